"""What is still missing for the estimate, the what-to-expect sheet and the aftercare sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.aftercare_gaps import missing_in, problems_of
from intake_app.domain.fields import field_of, fields_of, object_name
from intake_app.domain.language import N_, translated
from intake_app.domain.paper import identity_problems
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.sentences import sentence
from intake_app.domain.validation import Problem
from intake_app.domain.values import Choice
from intake_app.domain.visits import Visit
from intake_app.services.case_facts import aftercare_facts
from intake_app.ui.presenters.page_sections import Missing
from intake_app.ui.presenters.paper_places import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.services.cases import Case
    from intake_app.ui.presenters.page_sections import PageSection, SectionState

_SOMEBODY = "-"
"""Stands for the nurse who will hand the sheet out: who that is, is never missing here."""
_RECORDS = (ProcedureRecord, Patient, Visit)


class Purpose(Choice):
    """What something is needed for."""

    ESTIMATE = "estimate", N_("Estimate")
    EXPECT = "expect", N_("What-to-expect sheet")
    AFTERCARE = "aftercare", N_("Aftercare sheet")


WORDS = {
    Purpose.ESTIMATE: N_("needed for the estimate"),
    Purpose.EXPECT: N_("needed for the what-to-expect sheet"),
    Purpose.AFTERCARE: N_("needed for the aftercare sheet"),
}
"""What stands at a field that is empty."""


NEEDED_ON_BOTH = N_("needed for both sheets")


def needs(
    case: Case, questionnaire: Questionnaire, now: datetime
) -> dict[Purpose, tuple[Missing, ...]]:
    """Return what is missing for each purpose; nothing of it blocks anything but paper."""
    shared = [Problem.of("levels", "no_fractures")] if not case.n else []
    if case.visit.planned_start is None:
        shared.append(Problem.of("planned_start", "no_start"))
    facts = aftercare_facts(case, questionnaire, nurse=_SOMEBODY, now=now)
    found = {
        Purpose.ESTIMATE: shared,
        Purpose.EXPECT: [*identity_problems(case.patient, case.clinic), *shared],
        Purpose.AFTERCARE: [*problems_of(facts), *missing_in(facts)],
    }
    return {
        purpose: tuple(dict.fromkeys(_missing(problem, questionnaire) for problem in problems))
        for purpose, problems in found.items()
    }


def annotated(
    states: tuple[SectionState, ...],
    wanted: Mapping[Purpose, tuple[Missing, ...]],
    questions: Callable[[PageSection], int],
) -> tuple[SectionState, ...]:
    """Return the states with what each missing item is needed for, and the open questions."""
    words = {
        missing.place: translated(WORDS[purpose])
        for purpose in reversed(list(Purpose))
        for missing in wanted.get(purpose, ())
        if missing.place
    }
    on_both = (Purpose.EXPECT, Purpose.AFTERCARE)
    places = [{missing.place for missing in wanted.get(purpose, ())} for purpose in on_both]
    words |= dict.fromkeys(filter(None, places[0] & places[1]), translated(NEEDED_ON_BOTH))
    return tuple(
        replace(
            state,
            missing=tuple(
                replace(missing, needed=words.get(missing.place, "")) for missing in state.missing
            ),
            questions=questions(state.section),
        )
        for state in states
    )


def _missing(problem: Problem, questionnaire: Questionnaire) -> Missing:
    item = questionnaire.find(problem.key)
    place = place_of(problem) or (f"safety.{problem.key}" if item is not None else "")
    if problem.key == "levels":
        return Missing(translated(N_("At least one fracture to treat")), place)
    for record_type in _RECORDS:
        if any(field.key == problem.key for field in fields_of(record_type)):
            label = field_of(record_type, problem.key).label
            return Missing(translated(label), object_name(record_type.FORM, problem.key))
    if item is not None:
        return Missing(translated(item.text), place)
    return Missing(sentence(problem), place)
