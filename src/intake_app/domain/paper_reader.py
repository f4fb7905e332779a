"""Which language the reader of a paper reads, and what to know when the paper is in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.fields import field_of
from intake_app.domain.language import translated
from intake_app.domain.paper_languages import ENGLISH, PaperLanguage, paper_language
from intake_app.domain.sheets import LETTERS, SheetKind
from intake_app.domain.validation import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from intake_app.domain.fields import Record
    from intake_app.domain.patients import Language, Patient

_FOR_OTHERS = frozenset({*LETTERS, SheetKind.DRIVER_CARD})
"""Papers that somebody else reads: a clinician, or whoever takes the patient home."""


def language_read(patient: Patient) -> Language | None:
    """Return the language the patient reads, else speaks; ``None`` when neither is recorded."""
    return patient.language_read or patient.language_spoken


def wanted_language(patient: Patient, kind: SheetKind) -> str:
    """Return the language a paper should be in for its reader; '' for one that we do not have."""
    reads = language_read(patient)
    if reads is None or kind in _FOR_OTHERS:
        return ENGLISH
    return paper_language(reads.value)


def needs_interpreter(patient: Patient, kind: SheetKind, printed: str) -> bool:
    """Return whether the patient cannot read a paper printed in a language."""
    return kind not in _FOR_OTHERS and wanted_language(patient, kind) != printed


def language_remark(patient: Patient, kind: SheetKind, printed: str) -> Iterator[Problem]:
    """Yield that the paper is in a language that its reader does not read."""
    reads = language_read(patient)
    if reads is None or not needs_interpreter(patient, kind, printed):
        return
    if printed == ENGLISH:
        yield Problem.of("language_read", "no_wording_in_language", language=reads.label)
    else:
        yield chosen_otherwise(reads, printed)


def chosen_otherwise(reads: Language, printed: str) -> Problem:
    """Return the remark that somebody chose another language than the patient reads."""
    label = PaperLanguage(printed).label
    return Problem.of("language_read", "language_chosen", language=reads.label, printed=label)


def typed_remark(printed: str, records: Iterable[tuple[Record, tuple[str, ...]]]) -> list[Problem]:
    """Return the remark that what was typed by hand stands on a translated paper as it was typed.

    ``records`` gives each record with the keys of its free texts that the paper may print.
    """
    if printed == ENGLISH:
        return []
    typed = [
        translated(field_of(type(record), key).label)
        for record, keys in records
        for key in keys
        if getattr(record, key)
    ]
    language = PaperLanguage(printed).label
    said = ", ".join(typed)
    return [Problem.of("", "typed_as_it_is", fields=said, language=language)] if typed else []
