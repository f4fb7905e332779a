"""What the header of the patient page says, always in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.fractures import planned
from intake_app.domain.language import N_, translated
from intake_app.domain.patients import age_on
from intake_app.domain.spine import UNKNOWN, write_levels
from intake_app.ui.presenters.dates import day_words

if TYPE_CHECKING:
    from datetime import date

    from intake_app.domain.patients import Patient
    from intake_app.domain.safety import SafetyFacts
    from intake_app.services.cases import Case
    from intake_app.services.visits import ShownFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderText:
    """The parts of the header in words."""

    name: str
    born: str
    record: str
    visit: str
    allergies: str
    levels: str
    flags: str
    allergies_open: bool
    """Nobody asked, or the answer was that nobody knows."""
    allergies_none: bool
    """The answer was that there are none; a blank is never that."""


def header_text(
    case: Case, facts: SafetyFacts, flags: tuple[ShownFlag, ...], *, today: date
) -> HeaderText:
    """Return what the header says about a case."""
    allergies, is_open = _allergies(facts)
    return HeaderText(
        name=case.patient.full_name or translated(N_("Name not typed yet")),
        born=born_words(case.patient, today),
        record=translated(N_("Record {number}")).format(number=case.patient.record_number)
        if case.patient.record_number
        else translated(N_("No record number")),
        visit=_visit(case),
        allergies=allergies,
        levels=_levels(case),
        flags=_flags(flags),
        allergies_open=is_open,
        allergies_none=facts.no_known_allergies,
    )


def born_words(patient: Patient, today: date) -> str:
    """Return "4 March 1951, 75 years"; a birth date not typed yet is said to be missing."""
    if patient.birth_date is None:
        return translated(N_("Date of birth not typed yet"))
    return translated(N_("{day}, {age} years")).format(
        day=day_words(patient.birth_date), age=max(age_on(patient.birth_date, today), 0)
    )


def _visit(case: Case) -> str:
    state = translated(case.visit.state.label)
    if case.visit.day is None:
        return state
    return translated(N_("Visit {day}: {state}")).format(day=day_words(case.visit.day), state=state)


def _allergies(facts: SafetyFacts) -> tuple[str, bool]:
    if facts.no_known_allergies:
        return translated(N_("No known allergies")), False
    if facts.allergies:
        listed = ", ".join(allergy.substance for allergy in facts.allergies)
        return translated(N_("Allergies: {list}")).format(list=listed), False
    if facts.allergy_status == "unknown":
        return translated(N_("Allergies not known")), True
    if facts.allergy_status:
        return translated(N_("Allergies: not typed yet which")), True
    return translated(N_("Allergies not asked yet")), True


def _levels(case: Case) -> str:
    rows = planned(case.fractures)
    if not rows:
        return translated(N_("No levels to treat yet"))
    unknown = sum(row.level == UNKNOWN for row in rows)
    named = write_levels(row.level for row in rows)
    if not unknown:
        return named
    extra = translated(N_("{n} unknown")).format(n=unknown)
    return f"{named} + {extra}" if named else extra


def _flags(flags: tuple[ShownFlag, ...]) -> str:
    still_open = sum(shown.told is None for shown in flags)
    if still_open == 1:
        return translated(N_("1 to ask the physician"))
    return translated(N_("{n} to ask the physician")).format(n=still_open)
