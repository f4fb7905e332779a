"""In which language a paper prints: what is approved for its reader, else English."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.errors import NotFoundError
from intake_app.domain.paper_languages import ENGLISH, PaperLanguage
from intake_app.domain.paper_reader import (
    chosen_otherwise,
    language_read,
    needs_interpreter,
    wanted_language,
)
from intake_app.domain.sheets import LETTERS, PrintSize
from intake_app.domain.validation import Problem

if TYPE_CHECKING:
    from datetime import date

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.patients import Patient
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.sheets import Composition, SheetKind
    from intake_app.services.wording_shelf import WordingChoice
    from intake_app.services.wordings import WordingService


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The wording that prints, the English of the same paper, and what else could print."""

    choice: WordingChoice
    english: WordingChoice
    """What stands beside a translation, and what the screen shows of it."""
    languages: tuple[str, ...]
    """Languages this paper prints in today, English first."""
    lapsed: tuple[Problem, ...] = ()
    """Why what was approved for this reader does not print as final any more."""
    drafts: tuple[str, ...] = ()
    """Those of them that only the demonstration prints, as drafts, and only when asked for."""

    @property
    def language(self) -> str:
        """The language that prints."""
        return self.choice.wording.language

    def against_english(self, size: PrintSize) -> Problem | None:
        """Return why English may not stand beside the paper; ``None`` when it may.

        In large print page 1 does not hold the danger signs twice. English beside a translation
        is approved like it, or both are drafts.
        """
        if size is PrintSize.LARGE:
            return Problem.of("", "no_english_beside_large")
        if self.choice.approval is not None and self.english.approval is None:
            return Problem.of("", "no_english_beside")
        return None


def choose_wording(  # noqa: PLR0913 - what decides the language
    work: UnitOfWork,
    wordings: WordingService,
    kind: SheetKind,
    *,
    patient: Patient,
    clinic: Clinic,
    today: date,
    language: str = "",
) -> Chosen:
    """Return the wording for a patient, or in the ``language`` that somebody asked for.

    No translation prints that nobody approved; only the demonstration shows drafts, when asked.
    """
    wanted = language or wanted_language(patient, kind)
    english = wordings.choose(work, kind, today=today)
    found = {ENGLISH: english}
    for each in PaperLanguage if kind not in LETTERS else ():
        other = _in_language(
            work, wordings, kind, each.value, today=today, drafts=clinic.demonstration
        )
        if other is not None:
            found[each.value] = other
    drafts = tuple(each for each, one in found.items() if each != ENGLISH and not one.approval)
    in_english = replace(english, wanted=wanted)
    choice = in_english if wanted in drafts and not language else found.get(wanted, in_english)
    asked = wordings.choose(work, kind, language=wanted, today=today)
    return Chosen(
        choice=choice,
        english=english,
        languages=tuple(found),
        lapsed=asked.lapsed,
        drafts=drafts,
    )


def _in_language(  # noqa: PLR0913 - what decides the language
    work: UnitOfWork,
    wordings: WordingService,
    kind: SheetKind,
    language: str,
    *,
    today: date,
    drafts: bool,
) -> WordingChoice | None:
    """Return the wording in this very language; ``None`` when it does not print."""
    choice = wordings.choose(work, kind, language=language, today=today)
    if choice.in_wanted_language:
        return choice
    if not drafts:
        return None
    try:
        number, wording = wordings.shelf.specimen(work, f"{kind.value}/{language}")
    except NotFoundError:
        return None
    return replace(choice, wording=wording, approval=None, version_number=number)


def with_language_remark(
    composition: Composition, chosen: Chosen, patient: Patient, kind: SheetKind
) -> Composition:
    """Return the composition with the right reason why the paper is in another language.

    Where the reader's own language could print, somebody chose otherwise. What was approved and
    is so no longer is said first.
    """
    composition = replace(composition, remarks=(*chosen.lapsed, *composition.remarks))
    reads = language_read(patient)
    printed = chosen.language
    if reads is None or not needs_interpreter(patient, kind, printed):
        return composition
    wanted = wanted_language(patient, kind)
    if wanted not in chosen.languages or wanted in chosen.drafts:
        return composition
    remarks = tuple(
        chosen_otherwise(reads, printed) if problem.code == "no_wording_in_language" else problem
        for problem in composition.remarks
    )
    return replace(composition, remarks=remarks)
