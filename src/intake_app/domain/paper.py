"""What all papers have in common: letterhead, foot, version line, check code and stored inputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

from intake_app.domain.paper_dates import PaperDates
from intake_app.domain.paper_languages import ENGLISH
from intake_app.domain.paper_reader import needs_interpreter
from intake_app.domain.paper_words import PaperWords
from intake_app.domain.patients import Interpreter, ReadingNeed
from intake_app.domain.sheets import LETTERS, Block, Sheet, SheetKind, Table, check_code
from intake_app.domain.validation import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.patients import Patient
    from intake_app.domain.sheets import Composition, PrintSize
    from intake_app.domain.wording_tree import Wording
    from intake_app.domain.wording_versions import Approval

_OF_THE_PATIENT = (
    "id",
    "family_name",
    "given_name",
    "middle_name",
    "birth_date",
    "record_number",
    "language_read",
)
"""What of the patient's record can change a paper; the rest is nobody's business there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What one paper has at its head and foot."""

    kind: SheetKind
    subtitle: str
    words: PaperWords


def identity_problems(patient: Patient, clinic: Clinic) -> list[Problem]:
    """Return what keeps every paper from printing: who it is for, and whom to call."""
    missing = (
        ("family_name", "no_patient_name", patient.full_name.strip()),
        ("birth_date", "no_birth_date", patient.birth_date),
        ("record_number", "no_record_number", patient.record_number.strip()),
        ("phone_day", "no_phone_day", clinic.phone_day.strip()),
        ("emergency_number", "no_emergency_number", clinic.emergency_number.strip()),
    )
    return [Problem.of(key, code) for key, code, value in missing if not value]


def reader_remarks(patient: Patient) -> Iterator[Problem]:
    """Yield what whoever hands a paper to this patient should know about reading it."""
    wanted = patient.interpreter
    if wanted is not None and wanted is not Interpreter.NONE:
        yield Problem.of("interpreter", "interpreter_wanted", interpreter=wanted.label)
    if ReadingNeed.READ_ALOUD in patient.reading_needs:
        yield Problem.of("reading_needs", "read_aloud")


def make_sheet(  # noqa: PLR0913 - each one is a different fact of the paper
    heading: Heading,
    patient: Patient,
    clinic: Clinic,
    *,
    wording: Wording,
    composition: Composition,
    size: PrintSize,
    specimen: bool,
    approval: Approval | None,
) -> Sheet:
    """Return the whole paper; equal facts give an equal check code."""
    title = next((block.title for block in composition.blocks if block.id == "A-01"), wording.title)
    # The driver's card goes to somebody else: the patient's name is all they need.
    for_patient = heading.kind is not SheetKind.DRIVER_CARD
    words = heading.words
    dates = PaperDates(words, clinic)
    born = dates.full(patient.birth_date) if patient.birth_date and for_patient else ""
    final = None if specimen else approval
    interpreter = wording.language == ENGLISH and needs_interpreter(
        patient, heading.kind, wording.language
    )
    sheet = Sheet(
        kind=heading.kind,
        title=title,
        subtitle=heading.subtitle,
        clinic_lines=letterhead(clinic),
        patient_name=patient.full_name,
        patient_birth_date=born,
        record_number=patient.record_number if for_patient else "",
        blocks=tuple(_drawn(block) for block in composition.blocks if block.elements),
        foot=_foot(heading, clinic, final, interpreter=interpreter),
        version_line=_version_line(wording, clinic, words, approval=final),
        language=wording.language,
        words=words.sheet,
        paper=clinic.paper,
        size=size,
        specimen=specimen,
        demonstration=clinic.demonstration,
    )
    return replace(sheet, check_code=check_code(sha256(canonical(sheet)).digest()))


def with_beside(sheet: Sheet, composition: Composition, language: str) -> Sheet:
    """Return the paper with the same blocks in another language beside its own."""
    blocks = tuple(_drawn(block) for block in composition.blocks if block.elements)
    both = replace(sheet, beside=blocks, beside_language=language, check_code="")
    return replace(both, check_code=check_code(sha256(canonical(both)).digest()))


def _drawn(block: Block) -> Block:
    """Return the block without a title that its table has as its first heading."""
    first = block.elements[0]
    same = isinstance(first, Table) and first.head[:1] == (block.title,)
    return replace(block, title="") if same else block


def letterhead(clinic: Clinic) -> tuple[str, ...]:
    """Return name, address and phone of the clinic, without blank lines."""
    address = ", ".join(part for part in (clinic.address_line_1, clinic.address_line_2) if part)
    return tuple(line for line in (clinic.name, address, clinic.phone_day) if line)


def _foot(heading: Heading, clinic: Clinic, approval: Approval | None, *, interpreter: bool) -> str:
    """Return the notice of clinical.md 7.5; before it, where it is needed, how to be helped."""
    words = heading.words
    if heading.kind in LETTERS:
        return f"From the record of {clinic.name}. Valid with a physician's signature."
    if approval:
        day = PaperDates(words, clinic).full(approval.approved_on)
        approved = words.say("foot_approved", clinic=clinic.name, day=day)
    else:
        approved = words.say("foot_general", clinic=clinic.name)
    said = [approved, words.say("foot_differ")]
    return words.sentences([words.say("foot_interpreter"), *said] if interpreter else said)


def _version_line(
    wording: Wording, clinic: Clinic, words: PaperWords, *, approval: Approval | None
) -> str:
    """Return template, version, approver, approval date and review date (A-30)."""
    full = PaperDates(words, clinic).full
    line = words.say("version", kind=words.kind(wording.kind), version=wording.version)
    if approval:
        line += words.say(
            "version_approved",
            name=approval.approved_by,
            day=full(approval.approved_on),
            review=full(approval.review_by),
        )
        if approval.translator:
            line += words.say("version_translator", name=approval.translator)
    else:
        line += words.say(
            "version_demonstration" if clinic.demonstration else "version_not_approved"
        )
    has_limits = wording.kind not in LETTERS and clinic.limits_approved_by
    if has_limits and clinic.limits_approved_on:
        day = full(clinic.limits_approved_on)
        line += words.say("version_limits", name=clinic.limits_approved_by, day=day)
    return f"{line}{words.joints['full_stop']}"


def canonical(sheet: Sheet) -> bytes:
    """Return the content of a paper as bytes; reasons and the check code are not part of it."""
    blocks = tuple(replace(block, reason="") for block in sheet.blocks)
    beside = tuple(replace(block, reason="") for block in sheet.beside)
    return _json(plain(replace(sheet, blocks=blocks, beside=beside, check_code=""))).encode()


def inputs_json(facts: object) -> str:
    """Return the facts that made a paper as JSON: the same facts give the same text."""
    return _json(plain(facts))


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def plain(value: object) -> object:
    """Return records, dates and choices as JSON knows them; blank fields are left out."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list | frozenset):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if is_dataclass(value):
        return _record(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _record(value: object) -> dict[str, object]:
    names = [part.name for part in fields(value)]  # type: ignore[arg-type] # is a dataclass
    if type(value).__name__ == "Patient":
        names = list(_OF_THE_PATIENT)
    # In which words a paper is written is no fact that it tells.
    names = [name for name in names if not isinstance(getattr(value, name), PaperWords)]
    written = {name: plain(getattr(value, name)) for name in names}
    keep_blank = isinstance(value, Block)
    return {key: part for key, part in written.items() if keep_blank or part not in (None, "", [])}
