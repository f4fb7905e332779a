"""What the papers from before the visit are composed from, and the names their wording may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from intake_app.domain.conditions import ALWAYS, Condition, Finding, always, either
from intake_app.domain.estimate import Estimate, Rule, estimate
from intake_app.domain.fractures import Fracture, planned
from intake_app.domain.language import N_, translated
from intake_app.domain.opening_hours import opening_hours
from intake_app.domain.paper_dates import PaperDates, written_hours, written_minutes
from intake_app.domain.paper_words import WORDLESS, PaperWords
from intake_app.domain.validation import Problem
from intake_app.domain.values import Answer
from intake_app.domain.visits import Technique

if TYPE_CHECKING:
    from intake_app.domain.clinic import Clinic
    from intake_app.domain.patients import Patient
    from intake_app.domain.placeholders import Placeholder
    from intake_app.domain.visits import ResponsibleAdult, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeFacts:
    """Everything that can change a what-to-expect sheet or a driver card."""

    patient: Patient
    visit: Visit
    clinic: Clinic
    fractures: tuple[Fracture, ...] = ()
    driver: ResponsibleAdult | None = None
    words: PaperWords = WORDLESS
    """The program's own words in the language of the paper."""

    @property
    def dates(self) -> PaperDates:
        """How the paper writes days and times."""
        return PaperDates(self.words, self.clinic)

    @property
    def n(self) -> int:
        """How many fractures are planned to treat."""
        return len(planned(self.fractures))

    @property
    def estimate(self) -> Estimate | None:
        """The estimate of the visit; ``None`` while no fracture is planned to treat."""
        if not self.n:
            return None
        clinic = self.clinic
        return estimate(
            self.n,
            Rule.of(clinic),
            start=self.visit.planned_start,
            arrival=self.visit.planned_arrival,
            closes=clinic.closes,
            zone=clinic.zone,
        )

    @property
    def arrive_at(self) -> datetime | None:
        """When the patient comes: the arrival that was booked, else start less preparation."""
        if self.visit.planned_arrival or self.visit.planned_start is None:
            return self.visit.planned_arrival
        return self.visit.planned_start - timedelta(minutes=self.clinic.preparation_minutes)

    @property
    def no_adult_needed(self) -> bool:
        """Whether a physician said that no adult is needed (F-15)."""
        return bool(self.driver and self.driver.exempted and self.driver.exempted_by)


def _fact(holds: object, yes: str, no: str) -> Finding:
    return either(holds=bool(holds), yes=yes, no=no)


def _sedation(facts: BeforeFacts) -> Finding:
    planned_answer = facts.visit.planned_sedation
    if planned_answer is None or planned_answer is Answer.UNKNOWN:
        return Finding(holds=True, because=translated(N_("sedation: not recorded")))
    return _fact(
        planned_answer is Answer.YES, N_("sedation is planned"), N_("local anesthetic only")
    )


def _planned(*wanted: Technique) -> Condition[BeforeFacts]:
    def look(facts: BeforeFacts) -> Finding:
        said = facts.visit.planned_procedure
        label = translated(said.label if said else N_("procedure not recorded"))
        return Finding(said in wanted, label)

    return look


def _not_settled(facts: BeforeFacts) -> Finding:
    known = (Technique.VERTEBROPLASTY, Technique.KYPHOPLASTY, Technique.BOTH)
    return _fact(
        facts.visit.planned_procedure not in known,
        N_("procedure not settled"),
        N_("procedure planned"),
    )


BEFORE_CONDITIONS: Mapping[str, Condition[BeforeFacts]] = {
    ALWAYS: always,
    "sedation": _sedation,
    "vertebroplasty": _planned(Technique.VERTEBROPLASTY),
    "kyphoplasty": _planned(Technique.KYPHOPLASTY),
    "both_techniques": _planned(Technique.BOTH),
    "technique_open": _not_settled,
    "several_levels": lambda f: _fact(f.n > 1, N_("several fractures"), N_("one fracture")),
    "counts_from_arrival": lambda f: _fact(
        f.clinic.counts_from.value == "arrival",
        N_("the visit counts from arrival"),
        N_("the visit counts from the start"),
    ),
    "fasting_food": lambda f: _fact(
        f.clinic.fasting_solid_hours, N_("the clinic’s rule for food"), N_("no rule for food")
    ),
    "fasting_fluid": lambda f: _fact(
        f.clinic.fasting_fluid_hours, N_("the clinic’s rule for drinks"), N_("no rule for drinks")
    ),
    "preparation_note": lambda f: _fact(
        f.clinic.before_visit_note, N_("the clinic’s own text"), N_("no text of the clinic")
    ),
    "visit_note": lambda f: _fact(
        f.visit.what_to_bring, N_("note for this patient"), N_("no note for this patient")
    ),
    "no_adult_needed": lambda f: _fact(
        f.no_adult_needed, N_("physician says no adult is needed"), N_("an adult is needed")
    ),
    "driver_known": lambda f: _fact(
        f.driver and f.driver.name, N_("driver is named"), N_("no driver is named")
    ),
    "adult_stays": lambda f: _fact(
        f.clinic.adult_stays_hours and f.clinic.limits_approved_by,
        N_("an adult stays"),
        N_("no approved number of hours for an adult to stay"),
    ),
    "directions": lambda f: _fact(
        f.clinic.directions, N_("place for the driver"), N_("no place for the driver")
    ),
}
"""Conditions of the papers from before the visit."""


def _clock(at: datetime | None, facts: BeforeFacts) -> str | Problem:
    """Say a clock time; the weekday too when it is not the day of the procedure."""
    start = facts.visit.planned_start
    if at is None or start is None:
        return Problem.of("planned_start", "no_start")
    local, day = (moment.astimezone(facts.clinic.zone) for moment in (at, start))
    clock = facts.dates.clock(local)
    if local.date() == day.date():
        return clock
    said = facts.dates.day(local.date(), year=day.year)
    return facts.words.say("clock_on", clock=clock, day=said)


def _estimated(name: str, facts: BeforeFacts) -> str | Problem:
    figure = facts.estimate
    if figure is None:
        return Problem.of("fractures", "no_fractures")
    value = getattr(figure, name)
    return written_minutes(value, facts.words) if isinstance(value, int) else _clock(value, facts)


def _day(facts: BeforeFacts) -> str | Problem:
    if facts.visit.planned_start is None:
        return Problem.of("planned_start", "no_start")
    return facts.dates.day(facts.visit.planned_start.astimezone(facts.clinic.zone).date())


def _fasting(key: str, facts: BeforeFacts) -> str | Problem:
    """Say until when one may eat or drink, by the clinic's own rule."""
    start, lead = facts.visit.planned_start, getattr(facts.clinic, key)
    return _clock(start - timedelta(hours=lead or 0) if start else None, facts)


def _address(facts: BeforeFacts) -> str:
    clinic = facts.clinic
    parts = (clinic.name, clinic.address_line_1, clinic.address_line_2)
    # Whatever the language of the paper: an address stands as it does on an envelope.
    return ", ".join(part for part in parts if part)


BEFORE_PLACEHOLDERS: Mapping[str, Placeholder[BeforeFacts]] = {
    "patient": lambda f: f.patient.full_name,
    "birth_date": lambda f: f.dates.full(f.patient.birth_date) if f.patient.birth_date else "",
    "clinic": lambda f: f.clinic.name,
    "address": _address,
    "directions": lambda f: f.clinic.directions,
    "phone_day": lambda f: f.clinic.phone_day,
    "phone_night": lambda f: f.clinic.phone_night,
    "opening_hours": lambda f: (
        opening_hours(f.clinic.opening_hours, f.words, f.dates) or f.words.say("by_day")
    ),
    "emergency": lambda f: f.clinic.emergency_number,
    "day": _day,
    "arrival": lambda f: _clock(f.arrive_at, f),
    "start": lambda f: _clock(f.visit.planned_start, f),
    "preparation": lambda f: written_minutes(f.clinic.preparation_minutes, f.words),
    "bones": lambda f: f.words.counted(f.n, "back_bone") if f.n else "",
    "fractures": lambda f: f.words.counted(f.n, "broken_bone") if f.n else "",
    "level_time": lambda f: written_minutes(f.clinic.level_minutes, f.words),
    "procedure_time": lambda f: written_minutes(f.clinic.level_minutes * f.n, f.words),
    "recovery_shortest": lambda f: written_minutes(f.clinic.recovery_min_minutes, f.words),
    "recovery_longest": lambda f: written_minutes(f.clinic.recovery_max_minutes, f.words),
    "stay_shortest": lambda f: _estimated("stay_min", f),
    "stay_longest": lambda f: _estimated("stay_max", f),
    "leave_from": lambda f: _estimated("leave_from", f),
    "leave_until": lambda f: _estimated("leave_until", f),
    "last_meal": lambda f: _fasting("fasting_solid_hours", f),
    "last_drink": lambda f: _fasting("fasting_fluid_hours", f),
    "preparation_note": lambda f: f.clinic.before_visit_note.replace("\n", " ").rstrip(),
    "visit_note": lambda f: f.visit.what_to_bring.rstrip(),
    "driver": lambda f: f.driver.name if f.driver else "",
    "adult_hours": lambda f: written_hours(f.clinic.adult_stays_hours or 0, f.words),
}
"""Placeholders of the papers from before the visit."""
