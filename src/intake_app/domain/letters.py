"""The letters to other clinicians: the discharge letter and the bone-health letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.composing import Filler, compose_blocks, medicines_table
from intake_app.domain.letter_facts import (
    LetterFacts,
    bone_health_clinician,
    referrer,
)
from intake_app.domain.paper import Heading, identity_problems, inputs_json, make_sheet
from intake_app.domain.sheets import Composition, Element, SheetKind, Table
from intake_app.domain.validation import Problem
from intake_app.domain.vocabulary import BONE_LETTER, DISCHARGE_LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.domain.aftercare_facts import AftercareFacts
    from intake_app.domain.composing import Special
    from intake_app.domain.imaging import Imaging
    from intake_app.domain.letter_facts import Addressee
    from intake_app.domain.pain import PainFunction
    from intake_app.domain.sheets import PrintSize, Sheet
    from intake_app.domain.wording_tree import ElementWording, Wording
    from intake_app.domain.wording_versions import Approval

__all__ = ["LetterFacts", "compose_letter", "inputs_json", "letter_facts", "letter_sheet"]

_NOT_RECORDED = "not recorded"


def letter_facts(
    kind: SheetKind, after: AftercareFacts, *, imaging: Imaging, pain: PainFunction
) -> LetterFacts:
    """Return what a letter is composed from; its kind decides whom it goes to."""
    to = referrer(after) if kind is SheetKind.DISCHARGE_LETTER else bone_health_clinician(after)
    return LetterFacts(after=after, imaging=imaging, pain=pain, to=to)


def compose_letter(facts: LetterFacts, wording: Wording) -> Composition:
    """Return the blocks of a letter with their reasons, and what keeps it from printing."""
    bones = wording.kind is SheetKind.BONE_LETTER
    filler = Filler(facts, BONE_LETTER if bones else DISCHARGE_LETTER, facts.after.words)
    specials: dict[str, Special[LetterFacts]] = {
        "fractures_table": _fractures,
        "medicines_table": _medicines,
    }
    blocks, left_out = compose_blocks(filler, wording, specials)
    blocking = list(_blocking(facts, wording.kind))
    if not blocking:
        blocking += filler.problems
    return Composition(
        blocks=blocks,
        left_out=left_out,
        missing=tuple(_missing(facts, wording.kind)),
        blocking=tuple(blocking),
    )


def _blocking(facts: LetterFacts, kind: SheetKind) -> Iterator[Problem]:
    yield from identity_problems(facts.after.patient, facts.after.clinic)
    if not facts.to.name.strip():
        key = "referrer_name" if kind is SheetKind.DISCHARGE_LETTER else "bone_health_name"
        yield Problem.of(key, "no_addressee")
    if not facts.after.done:
        yield Problem.of("treated_level", "no_treated_level")


def _missing(facts: LetterFacts, kind: SheetKind) -> Iterator[Problem]:
    if not _reachable(facts.to):
        yield Problem.of("referrer_practice", "addressee_without_address")
    if any(row.cause is None for row in facts.fractures):
        yield Problem.of("cause", "cause_missing_in_letter")
    if any(row.happened is None for row in facts.fractures):
        yield Problem.of("happened", "fracture_date_not_recorded")
    if kind is SheetKind.BONE_LETTER and facts.imaging.dexa_t_score is None:
        yield Problem.of("dexa_t_score", "no_t_score")


def _reachable(to: Addressee) -> bool:
    return bool(to.practice.strip() or to.phone.strip() or to.fax.strip())


def _fractures(filler: Filler[LetterFacts], element: ElementWording) -> Element | None:
    treated = filler.facts.after.levels
    rows = tuple(
        (
            row.level.value,
            row.happened.words if row.happened else _NOT_RECORDED,
            row.cause.label if row.cause else _NOT_RECORDED,
            "treated this time" if row.level.value in treated else row.status.label.casefold(),
        )
        for row in filler.facts.fractures
    )
    return Table(element.head, rows, element.widths) if rows else None


def _medicines(filler: Filler[LetterFacts], element: ElementWording) -> Element | None:
    return medicines_table(filler.facts.after.new_medicines, element, filler.words)


def letter_sheet(  # noqa: PLR0913 - one keyword for each choice
    facts: LetterFacts,
    wording: Wording,
    composition: Composition,
    *,
    size: PrintSize,
    specimen: bool,
    approval: Approval | None = None,
) -> Sheet:
    """Return the whole letter, ready to be drawn."""
    after = facts.after
    today = after.now.astimezone(after.clinic.zone).date()
    return make_sheet(
        Heading(kind=wording.kind, subtitle=after.dates.full(today), words=after.words),
        after.patient,
        after.clinic,
        wording=wording,
        composition=composition,
        size=size,
        specimen=specimen,
        approval=approval,
    )
