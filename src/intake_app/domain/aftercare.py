"""The aftercare sheet: which blocks it holds for this visit and why, and what keeps it back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from intake_app.domain.aftercare_facts import AftercareFacts
from intake_app.domain.aftercare_gaps import missing_in, problems_of, remarks_on
from intake_app.domain.composing import Filler, Special, compose_blocks, limit_rows, medicines_table
from intake_app.domain.paper import Heading, inputs_json, make_sheet
from intake_app.domain.procedures import DoneAtLevel
from intake_app.domain.sheets import Composition, Element, SheetKind, SpineFigure, Table
from intake_app.domain.spine import write_levels
from intake_app.domain.validation import Problem
from intake_app.domain.vocabulary import AFTERCARE

if TYPE_CHECKING:
    from intake_app.domain.sheets import PrintSize, Sheet
    from intake_app.domain.wording_tree import ElementWording, Wording
    from intake_app.domain.wording_versions import Approval

__all__ = ["AftercareFacts", "aftercare_sheet", "compose", "inputs_json"]

DIARY_DAYS = 7
_DIARY_LABEL_SHARE = 0.23
_TECHNIQUES = {
    DoneAtLevel.VERTEBROPLASTY: "vertebroplasty",
    DoneAtLevel.KYPHOPLASTY: "kyphoplasty",
    DoneAtLevel.OTHER: "implant",
}


def compose(facts: AftercareFacts, wording: Wording) -> Composition:
    """Return the blocks of the sheet with their reasons, what is missing and what blocks it."""
    filler = Filler(facts, AFTERCARE, facts.words)
    specials: dict[str, Special[AftercareFacts]] = {
        "spine": _spine,
        "diary": _diary,
        "medicines_table": _medicines,
        "limits_table": partial(_limits, wording),
    }
    blocks, left_out = compose_blocks(filler, wording, specials)
    blocking = problems_of(facts)
    blocking += [problem for problem in filler.problems if problem not in blocking]
    return Composition(
        blocks=blocks,
        left_out=left_out,
        missing=missing_in(facts),
        blocking=_without_echoes(blocking),
        remarks=remarks_on(facts, wording.language),
    )


def _without_echoes(problems: list[Problem]) -> tuple[Problem, ...]:
    """Drop what is blank or empty for a reason already named."""
    named = {problem.code for problem in problems}
    echoes = {
        "phone_day": "no_phone_day",
        "phone_night": "no_phone_night",
        "emergency": "no_emergency_number",
        "patient": "no_patient_name",
        "birth_date": "no_birth_date",
        "nurse": "no_nurse",
        "levels": "no_treated_level",
        "levels_in_words": "no_treated_level",
        "bones": "no_treated_level",
        "A-22": "no_treated_level",
    }
    return tuple(
        problem
        for problem in problems
        if problem.code not in ("placeholder_unresolved", "block_failed")
        or echoes.get(problem.key) not in named
    )


def aftercare_sheet(  # noqa: PLR0913 - one keyword for each choice
    facts: AftercareFacts,
    wording: Wording,
    composition: Composition,
    *,
    size: PrintSize,
    specimen: bool,
    approval: Approval | None = None,
) -> Sheet:
    """Return the whole sheet, ready to be drawn."""
    techniques = [
        facts.words.say(phrase, levels=write_levels(facts.levels_with(done)))
        for done, phrase in _TECHNIQUES.items()
        if facts.levels_with(done)
    ]
    operator = facts.procedure.operator or facts.visit.operator
    parts = (*techniques, facts.dates.full(facts.day), operator)
    subtitle = facts.words.joints["semicolon"].join(part for part in parts if part)
    return make_sheet(
        Heading(kind=SheetKind.AFTERCARE, subtitle=subtitle, words=facts.words),
        facts.patient,
        facts.clinic,
        wording=wording,
        composition=composition,
        size=size,
        specimen=specimen,
        approval=approval,
    )


def _spine(filler: Filler[AftercareFacts], element: ElementWording) -> Element:
    captions = [text for item in filler.items(element.items) for text in item]
    return SpineFigure(filler.facts.levels, caption=filler.words.sentences(captions))


def _diary(filler: Filler[AftercareFacts], element: ElementWording) -> Element:
    day, dates = filler.facts.day, filler.facts.dates
    days = [day + timedelta(days=n) for n in range(1, DIARY_DAYS + 1)]
    share = (1 - _DIARY_LABEL_SHARE) / DIARY_DAYS
    return Table(
        (filler.words.say("first_week"), *(dates.short_day(one) for one in days)),
        tuple((label, *[""] * DIARY_DAYS) for (label, *_) in filler.items(element.items)),
        (_DIARY_LABEL_SHARE, *[share] * DIARY_DAYS),
        writing=True,
    )


def _medicines(filler: Filler[AftercareFacts], element: ElementWording) -> Element | None:
    return medicines_table(filler.facts.new_medicines, element, filler.words)


def _limits(
    wording: Wording, filler: Filler[AftercareFacts], element: ElementWording
) -> Element | None:
    rows = limit_rows(filler, wording)
    return Table(element.head, rows, element.widths) if rows else None
