"""Appointments that other systems tell: booked, moved, changed, cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, changes_between
from intake_app.domain.told import VisitNumber
from intake_app.domain.validation import Problem, apply, read_draft
from intake_app.domain.visits import Visit, VisitState
from intake_app.services.exchange_told import EMPTY, decide, remember
from intake_app.services.living import living_id
from intake_app.services.registration import new_visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.exchange import Appointment
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.patients import Patient
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor
    from intake_app.services.exchange_told import Sender
    from intake_app.services.office import Office

_STATE = "state"
_OPEN = (VisitState.BOOKED, VisitState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of an appointment."""

    appointment: Appointment
    values: Mapping[str, FieldValue]
    visit: Visit | None
    """The visit that it is about; ``None`` for a new one."""


class Appointments:
    """Books, moves and cancels visits as another system tells."""

    def __init__(self, office: Office, actor: Actor) -> None:
        self._office = office
        self._actor = actor

    def plan(
        self, work: UnitOfWork, appointment: Appointment, patient: Patient | None, *, sender: Sender
    ) -> Plan | Problem:
        """Return what is to be done, before anything is; a problem when nothing can be."""
        values = _values(appointment, sender)
        if isinstance(values, Problem):
            return values
        visit = _known(work, appointment)
        if visit is not None:
            if patient is None or living_id(work, visit.patient_id) != patient.id:
                return Problem.of("message", "appointment_of_other")
            if visit.state not in _OPEN and _differs(visit, appointment, values):
                return Problem.of("message", "visit_under_way")
        elif appointment.cancelled:
            return Problem.of("message", "appointment_unknown")
        elif patient is not None:
            visit = _booked_by_hand(work, patient, values)
        return Plan(appointment, values, visit)

    def carry_out(
        self, work: UnitOfWork, plan: Plan, patient: Patient, *, sender: Sender
    ) -> tuple[Problem, ...]:
        """Do what was planned; return what was left as it was. The caller commits."""
        visit = plan.visit
        if visit is None:
            visit = new_visit(self._office, work, self._actor, patient_id=patient.id, values={})
        self._keep_numbers(work, visit, plan.appointment)
        if visit.state not in _OPEN:
            return ()
        decision = decide(work, visit, plan.values, sender=sender)
        if decision.older:
            return decision.kept
        changes = dict(decision.changes)
        said = dict(decision.said)
        if moved := _arrival(visit, changes):
            changes["planned_arrival"] = moved
        after = replace(apply(visit, changes), state=_state(visit, plan.appointment, said))
        if plan.appointment.cancelled and visit.state is VisitState.BOOKED:
            said[_STATE] = VisitState.CANCELLED.value
        elif after.state is VisitState.BOOKED:
            said.pop(_STATE, None)
        self._save(work, visit, after)
        remember(work, visit.id, sender, said=said)
        if after.state is VisitState.CANCELLED and not plan.appointment.cancelled:
            return (*decision.kept, Problem.of("message", "cancelled_here", warning=True))
        return decision.kept

    def _save(self, work: UnitOfWork, before: Visit, after: Visit) -> None:
        changes = changes_between(before, after, (_STATE,))
        if not changes:
            return
        saved = work.records(Visit).update(after)
        deed = Deed.CHANGED if before.state is after.state else Deed.MOVED
        work.note(
            self._office.entry(
                self._actor, deed, saved, patient_id=saved.patient_id, changes=changes
            )
        )

    def _keep_numbers(self, work: UnitOfWork, visit: Visit, appointment: Appointment) -> None:
        for system, value in appointment.numbers:
            if work.visit_by_number(system, value) is None:
                number = VisitNumber(
                    id=self._office.ids.new(), visit_id=visit.id, system=system, value=value
                )
                work.records(VisitNumber).add(number)


def _values(appointment: Appointment, sender: Sender) -> dict[str, FieldValue] | Problem:
    reading = read_draft(Visit, appointment.values, sender.locality)
    for problem in reading.errors:
        if problem.key in ("day", "planned_start"):
            return problem
    values: dict[str, FieldValue] = {}
    values |= {key: value for key, value in reading.values.items() if value not in EMPTY}
    start = values.get("planned_start")
    if isinstance(start, datetime):
        values["day"] = start.astimezone(sender.locality.zone).date()
        # As it is stored: what was told is known again, whatever zone it was told in.
        values["planned_start"] = start.astimezone(UTC)
    return values


def _known(work: UnitOfWork, appointment: Appointment) -> Visit | None:
    """Return the visit that has one of the numbers."""
    for system, value in appointment.numbers:
        visit_id = work.visit_by_number(system, value)
        if visit_id is not None:
            return work.records(Visit).get(visit_id)
    return None


def _booked_by_hand(
    work: UnitOfWork, patient: Patient, values: Mapping[str, FieldValue]
) -> Visit | None:
    """Return the visit of that day that was booked here, and that no other system knows."""
    for visit in work.records(Visit).owned_by(patient.id):
        same_day = visit.day is not None and visit.day == values.get("day")
        known = bool(work.records(VisitNumber).owned_by(visit.id))
        if same_day and visit.state is VisitState.BOOKED and not known:
            return visit
    return None


def _differs(visit: Visit, appointment: Appointment, values: Mapping[str, FieldValue]) -> bool:
    return appointment.cancelled or any(
        getattr(visit, key) != values[key] for key in ("day", "planned_start") if key in values
    )


def _state(visit: Visit, appointment: Appointment, said: Mapping[str, str]) -> VisitState:
    """Return the new state: who cancelled a visit may bring it back."""
    if appointment.cancelled:
        return VisitState.CANCELLED
    if said.get(_STATE) == VisitState.CANCELLED.value:
        return VisitState.BOOKED
    return visit.state


def _arrival(visit: Visit, changes: Mapping[str, FieldValue]) -> datetime | None:
    """Return when the patient comes if the start moves: as long before it as was planned."""
    start = changes.get("planned_start")
    if visit.planned_arrival is None or visit.planned_start is None:
        return None
    if not isinstance(start, datetime):
        return None
    return start - (visit.planned_start - visit.planned_arrival)
