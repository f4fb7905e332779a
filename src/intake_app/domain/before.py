"""The papers from before the visit: what to expect, and the card for the driver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.before_facts import BeforeFacts
from intake_app.domain.composing import Filler, compose_blocks
from intake_app.domain.paper import (
    Heading,
    identity_problems,
    inputs_json,
    make_sheet,
    reader_remarks,
)
from intake_app.domain.paper_reader import language_remark, typed_remark
from intake_app.domain.sheets import Composition, SheetKind
from intake_app.domain.validation import Problem
from intake_app.domain.values import Answer
from intake_app.domain.vocabulary import APPOINTMENT_CARD, DRIVER_CARD, WHAT_TO_EXPECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.domain.sheets import PrintSize, Sheet
    from intake_app.domain.wording_tree import Wording
    from intake_app.domain.wording_versions import Approval

__all__ = ["BeforeFacts", "before_sheet", "compose_before", "inputs_json"]

_TYPED = ("before_visit_note", "directions")
"""Free texts of the clinic that the papers print."""
_VOCABULARIES = {
    SheetKind.WHAT_TO_EXPECT: WHAT_TO_EXPECT,
    SheetKind.DRIVER_CARD: DRIVER_CARD,
    SheetKind.APPOINTMENT_CARD: APPOINTMENT_CARD,
}


def compose_before(facts: BeforeFacts, wording: Wording) -> Composition:
    """Return the blocks of the paper that ``wording`` is for, and what keeps it from printing."""
    filler = Filler(facts, _VOCABULARIES[wording.kind], facts.words)
    blocks, left_out = compose_blocks(filler, wording, {})
    blocking = list(_blocking(facts, wording.kind))
    if not blocking:
        blocking += filler.problems
    return Composition(
        blocks=blocks,
        left_out=left_out,
        missing=tuple(_missing(facts)),
        blocking=tuple(blocking),
        remarks=tuple(_remarks(facts, wording)),
    )


def _blocking(facts: BeforeFacts, kind: SheetKind) -> Iterator[Problem]:
    yield from identity_problems(facts.patient, facts.clinic)
    if not facts.n and kind is not SheetKind.APPOINTMENT_CARD:
        yield Problem.of("fractures", "no_fractures")
    if facts.visit.planned_start is None:
        yield Problem.of("planned_start", "no_start")


def _missing(facts: BeforeFacts) -> Iterator[Problem]:
    if facts.visit.planned_procedure is None:
        yield Problem.of("planned_procedure", "procedure_not_planned")
    if facts.visit.planned_sedation in (None, Answer.UNKNOWN):
        yield Problem.of("planned_sedation", "sedation_not_planned")
    if not facts.no_adult_needed and not (facts.driver and facts.driver.name):
        yield Problem.of("driver", "driver_not_named")
    if facts.clinic.fasting_solid_hours is None or facts.clinic.fasting_fluid_hours is None:
        yield Problem.of("fasting_solid_hours", "no_fasting_rule")


def _remarks(facts: BeforeFacts, wording: Wording) -> Iterator[Problem]:
    figure = facts.estimate
    if figure and figure.after_closing:
        yield Problem.of("planned_start", "ends_after_closing")
    if figure and figure.many_levels:
        yield Problem.of("fractures", "many_levels", n=figure.n)
    yield from language_remark(facts.patient, wording.kind, wording.language)
    typed = ((facts.visit, ("what_to_bring",)), (facts.clinic, _TYPED))
    yield from typed_remark(wording.language, typed)
    yield from reader_remarks(facts.patient)


def before_sheet(  # noqa: PLR0913 - one keyword for each choice
    facts: BeforeFacts,
    wording: Wording,
    composition: Composition,
    *,
    size: PrintSize,
    specimen: bool,
    approval: Approval | None = None,
) -> Sheet:
    """Return the whole what-to-expect sheet or driver card, ready to be drawn."""
    start = facts.visit.planned_start
    day = start.astimezone(facts.clinic.zone).date() if start else None
    return make_sheet(
        Heading(kind=wording.kind, subtitle=facts.dates.day(day) if day else "", words=facts.words),
        facts.patient,
        facts.clinic,
        wording=wording,
        composition=composition,
        size=size,
        specimen=specimen,
        approval=approval,
    )
