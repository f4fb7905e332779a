"""Estimate, flags and the course of a visit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.errors import NoFracturesError, WrongStateError
from intake_app.domain.estimate import Estimate, Rule, estimate
from intake_app.domain.flags import Flag, FlagAcknowledgement, FlagFacts, find_flags
from intake_app.domain.fractures import Fracture, FractureStatus
from intake_app.domain.procedures import STAMPS, ProcedureRecord, TreatedLevel
from intake_app.domain.safety import read_safety
from intake_app.domain.staff import Action
from intake_app.domain.validation import apply
from intake_app.domain.visits import Visit, VisitState, next_state, previous_state
from intake_app.services.cases import Case, only, read_case
from intake_app.services.office import Office, require
from intake_app.services.recording import Recorder

if TYPE_CHECKING:
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor

_STAMP_OF_STATE = {
    VisitState.PROCEDURE: "started_at",
    VisitState.RECOVERY: "recovery_at",
    VisitState.READY: "ready_at",
    VisitState.LEFT: "left_at",
}
_STATE_OF_STAMP = {
    "started_at": VisitState.PROCEDURE,
    "ended_at": VisitState.PROCEDURE,
    "recovery_at": VisitState.RECOVERY,
    "ready_at": VisitState.READY,
    "left_at": VisitState.LEFT,
}


def _stamp_with(actor: Actor, state: VisitState) -> str | None:
    return _STAMP_OF_STATE.get(state) if actor.may(Action.RECORD_PROCEDURE) else None


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """A flag with what was done about it."""

    flag: Flag
    told: FlagAcknowledgement | None


def estimate_of(case: Case) -> Estimate | None:
    """Return the estimate of a case; ``None`` while no fracture is planned to treat."""
    try:
        return estimate(
            case.n,
            Rule.of(case.clinic),
            start=case.visit.planned_start,
            arrival=case.visit.planned_arrival,
            closes=case.clinic.closes,
            zone=case.clinic.zone,
        )
    except NoFracturesError:
        return None


class VisitService:
    """What is planned for a visit and how it goes."""

    def __init__(self, office: Office, questionnaire: Questionnaire) -> None:
        self._office = office
        self._questionnaire = questionnaire

    def flags(self, case: Case) -> tuple[ShownFlag, ...]:
        """Return the flags that the recorded data fires, each with who was told.

        A flag counts as told only for the data it was told with; new data opens it again.
        """
        now = self._office.clock.now()
        facts = FlagFacts(
            patient=case.patient,
            visit=case.visit,
            driver=case.driver,
            fractures=case.fractures,
            imaging=case.imaging,
            pain=case.pain,
            safety=read_safety(self._questionnaire, case.answers),
            clinic=case.clinic,
            today=now.astimezone(case.clinic.zone).date(),
            now=now,
        )
        shown = []
        for flag in find_flags(facts):
            told = [
                row
                for row in case.acknowledgements
                if row.flag == flag.id and row.fired_by == flag.data
            ]
            shown.append(ShownFlag(flag, told[-1] if told else None))
        return tuple(shown)

    def acknowledge(
        self, actor: Actor, visit_id: str, *, flag: Flag, told_to: str
    ) -> FlagAcknowledgement:
        """Record that the physician was told of a flag, by name, now."""
        require(actor, Action.ACKNOWLEDGE_FLAG)
        with self._office.work() as work:
            row = work.records(FlagAcknowledgement).add(
                FlagAcknowledgement(
                    id=self._office.ids.new(),
                    visit_id=visit_id,
                    flag=flag.id,
                    told_to=told_to,
                    told_at=self._office.clock.now(),
                    recorded_by=actor.name,
                    fired_by=flag.data,
                )
            )
            Recorder(work, self._office, actor).note(Deed.ACKNOWLEDGED, row)
            work.commit()
        return row

    def check_identity(self, actor: Actor, visit_id: str) -> Visit:
        """Record that name and birth date were checked, by whom and when (F-06)."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            before = work.records(Visit).get(visit_id)
            after = Recorder(work, self._office, actor).change(
                before,
                replace(
                    before,
                    identity_checked=True,
                    identity_checked_by=actor.name,
                    identity_checked_at=self._office.clock.now(),
                ),
                extra=("identity_checked_by", "identity_checked_at"),
            )
            work.commit()
        return after

    def advance(self, actor: Actor, visit_id: str) -> Visit:
        """Move the visit to its next state; a nurse's step stamps the time that goes with it.

        Reception moves the visit without stamping: the times of F-121 are the nurse's.

        Raises:
            WrongStateError: the visit is over.
        """
        require(actor, Action.MOVE_VISIT)
        with self._office.work() as work:
            visit = work.records(Visit).get(visit_id)
            state = next_state(visit.state)
            if state is None:
                raise WrongStateError(visit_id)
            visit = self._move(work, actor, visit, state)
            self._stamp(work, actor, visit_id, _stamp_with(actor, state))
            work.commit()
        return visit

    def undo(self, actor: Actor, visit_id: str) -> Visit:
        """Take the last step back; a time that a nurse stamped with it, a nurse takes back too.

        Raises:
            WrongStateError: nothing happened yet.
        """
        require(actor, Action.MOVE_VISIT)
        with self._office.work() as work:
            visit = work.records(Visit).get(visit_id)
            state = previous_state(visit.state)
            if state is None:
                raise WrongStateError(visit_id)
            if stamp := _stamp_with(actor, visit.state):
                record = only(work, ProcedureRecord, visit_id)
                taken_back = apply(record, {stamp: None})
                Recorder(work, self._office, actor).change(record, taken_back)
            visit = self._move(work, actor, visit, state)
            work.commit()
        return visit

    def set_state(self, actor: Actor, visit_id: str, state: VisitState) -> Visit:
        """Put the visit into ``state``: cancelled, did not come, or a step that was missed."""
        require(actor, Action.MOVE_VISIT)
        with self._office.work() as work:
            visit = self._move(work, actor, work.records(Visit).get(visit_id), state)
            work.commit()
        return visit

    def stamp(self, actor: Actor, visit_id: str, key: str) -> ProcedureRecord:
        """Stamp one of F-121's times with now; the visit moves on with it, never back.

        Raises:
            NotAllowedError: only nurses and physicians stamp.
            KeyError: ``key`` is no stamp.
        """
        require(actor, Action.RECORD_PROCEDURE)
        if key not in STAMPS:
            raise KeyError(key)
        with self._office.work() as work:
            record = self._stamp(work, actor, visit_id, key)
            visit = work.records(Visit).get(visit_id)
            state = _STATE_OF_STAMP[key]
            order = list(VisitState)
            if order.index(visit.state) < order.index(state):
                self._move(work, actor, visit, state)
            work.commit()
        return record

    def take_over_plan(self, actor: Actor, visit_id: str) -> tuple[TreatedLevel, ...]:
        """Make a row of the procedure record for each planned level that has none; return all rows.

        What was done stays empty: only the physician's note says it.
        """
        require(actor, Action.RECORD_PROCEDURE)
        with self._office.work() as work:
            rows = work.records(TreatedLevel).owned_by(visit_id)
            present = {row.level for row in rows}
            recorder = Recorder(work, self._office, actor)
            for fracture in work.records(Fracture).owned_by(visit_id):
                if fracture.status is FractureStatus.PLANNED and fracture.level not in present:
                    new_id = self._office.ids.new()
                    row = TreatedLevel(id=new_id, visit_id=visit_id, level=fracture.level)
                    recorder.add(row)
            rows = work.records(TreatedLevel).owned_by(visit_id)
            work.commit()
        return rows

    def case(self, actor: Actor, visit_id: str) -> Case:
        """Return everything about a visit."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return read_case(work, visit_id, self._questionnaire)

    def _move(self, work: UnitOfWork, actor: Actor, visit: Visit, state: VisitState) -> Visit:
        recorder = Recorder(work, self._office, actor)
        moved = replace(visit, state=state)
        return recorder.change(visit, moved, deed=Deed.MOVED, extra=("state",))

    def _stamp(
        self, work: UnitOfWork, actor: Actor, visit_id: str, key: str | None
    ) -> ProcedureRecord:
        record = only(work, ProcedureRecord, visit_id)
        if key is None or getattr(record, key) is not None:
            return record
        now = self._office.clock.now().replace(second=0, microsecond=0)  # what the form shows
        return Recorder(work, self._office, actor).change(record, apply(record, {key: now}))
