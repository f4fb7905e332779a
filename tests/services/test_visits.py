"""Levels typed and drawn, the estimate, flags, and the course of a visit."""

from datetime import UTC, datetime, timedelta

import pytest

from intake_app.domain.audit import Deed, FieldChange
from intake_app.domain.errors import NotAllowedError, WrongStateError
from intake_app.domain.fractures import Fracture
from intake_app.domain.procedures import TreatedLevel
from intake_app.domain.staff import Actor
from intake_app.domain.visits import COURSE, VisitState
from intake_app.services.visits import ShownFlag, estimate_of
from tests.services.desk import NURSE, PHYSICIAN, RECEPTION, Desk, a_desk


def levels(desk: Desk, visit_id: str) -> list[str]:
    return [row.level.value for row in desk.case(visit_id).fractures]


# --- estimate -------------------------------------------------------------------------------


def test_without_a_fracture_planned_there_is_no_estimate(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12")
    desk.save(desk.case(visit_id).fractures[0], {"status": "watch"})

    assert estimate_of(desk.case(visit_id)) is None


@pytest.mark.parametrize(
    ("typed", "window"),
    [
        ("T12", "12:00-13:00"),
        ("T12, L1", "13:00-14:00"),
        ("T12-L2", "14:00-15:00"),
        ("T12-L3", "15:00-16:00"),
        ("T10-L3", "17:00-18:00"),
    ],
)
def test_the_estimate_follows_the_levels_to_the_minute(
    desk: Desk, visit_id: str, typed: str, window: str
) -> None:
    desk.save(desk.case(visit_id).visit, {"planned_start": "8:00"})

    desk.fractures.set_levels(RECEPTION, visit_id, typed)

    found = estimate_of(desk.case(visit_id))
    assert found is not None
    assert f"{found.leave_from:%H:%M}-{found.leave_until:%H:%M}" == window


def test_the_estimate_knows_the_clinics_minutes_and_closing_time() -> None:
    desk = a_desk(preparation_minutes=90, time_zone="America/Chicago")
    visit_id = desk.register()
    desk.save(desk.case(visit_id).visit, {"planned_start": "14:00"})
    desk.fractures.set_levels(RECEPTION, visit_id, "T12")

    found = estimate_of(desk.case(visit_id))

    assert found is not None
    assert (found.preparation_minutes, found.after_closing) == (90, True)


# --- flags ----------------------------------------------------------------------------------


def crowded(desk: Desk, visit_id: str) -> ShownFlag:
    """Return the flag of four levels in one session."""
    shown = {each.flag.id: each for each in desk.visits.flags(desk.case(visit_id))}
    return shown["C-11"]


def test_four_levels_raise_a_flag_that_is_open(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T11-L2")

    assert crowded(desk, visit_id).told is None


def test_a_flag_is_told_to_somebody_by_name_at_a_time(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T11-L2")

    desk.visits.acknowledge(NURSE, visit_id, flag=crowded(desk, visit_id).flag, told_to="Dr. Park")

    told = crowded(desk, visit_id).told
    assert told is not None
    assert (told.told_to, told.told_at, told.recorded_by) == (
        "Dr. Park",
        desk.clock.now(),
        "Nora Hill",
    )
    latest = desk.patients.history(NURSE, desk.case(visit_id).patient.id)[0]
    assert latest.deed is Deed.ACKNOWLEDGED


def test_new_data_opens_a_flag_again(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T11-L2")
    desk.visits.acknowledge(NURSE, visit_id, flag=crowded(desk, visit_id).flag, told_to="Dr. Park")

    desk.fractures.set_levels(RECEPTION, visit_id, "T11-L3")

    assert crowded(desk, visit_id).told is None


def test_reception_does_not_record_that_the_physician_was_told(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T11-L2")
    flag = crowded(desk, visit_id).flag

    with pytest.raises(NotAllowedError):
        desk.visits.acknowledge(RECEPTION, visit_id, flag=flag, told_to="Dr. Park")


# --- the course of a visit ------------------------------------------------------------------


def test_the_identity_check_says_who_and_when(desk: Desk, visit_id: str) -> None:
    visit = desk.visits.check_identity(RECEPTION, visit_id)

    assert (visit.identity_checked, visit.identity_checked_by, visit.identity_checked_at) == (
        True,
        "Rita Vale",
        desk.clock.now(),
    )


def test_a_visit_goes_through_the_day_step_by_step(desk: Desk, visit_id: str) -> None:
    states = [desk.visits.advance(NURSE, visit_id).state for _ in COURSE[1:]]

    assert tuple(states) == COURSE[1:]


def test_a_visit_that_is_over_does_not_move_on(desk: Desk, visit_id: str) -> None:
    desk.visits.set_state(RECEPTION, visit_id, VisitState.CANCELLED)

    with pytest.raises(WrongStateError):
        desk.visits.advance(NURSE, visit_id)


def at_procedure(desk: Desk, visit_id: str, actor: Actor) -> None:
    desk.visits.set_state(RECEPTION, visit_id, VisitState.PREPARING)
    desk.visits.advance(actor, visit_id)


def test_the_nurses_step_stamps_the_minute(desk: Desk, visit_id: str) -> None:
    desk.clock.advance(seconds=42)

    at_procedure(desk, visit_id, NURSE)

    started = desk.case(visit_id).procedure.started_at
    assert started == datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def test_the_end_can_be_typed_as_the_minute_the_start_was_stamped(
    desk: Desk, visit_id: str
) -> None:
    desk.clock.advance(seconds=42)
    at_procedure(desk, visit_id, NURSE)

    saved = desk.save(desk.case(visit_id).procedure, {"ended_at": "14:00"})

    assert saved.problems == ()


def test_reception_moves_the_visit_without_stamping(desk: Desk, visit_id: str) -> None:
    at_procedure(desk, visit_id, RECEPTION)

    case = desk.case(visit_id)
    assert (case.visit.state, case.procedure.started_at) == (VisitState.PROCEDURE, None)


def test_undo_takes_the_stamp_back_and_the_trail_keeps_it(desk: Desk, visit_id: str) -> None:
    at_procedure(desk, visit_id, NURSE)

    desk.visits.undo(NURSE, visit_id)

    case = desk.case(visit_id)
    assert (case.visit.state, case.procedure.started_at) == (VisitState.PREPARING, None)
    changes = [e.changes for e in desk.patients.history(NURSE, case.patient.id)]
    assert (FieldChange("started_at", "2026-11-22T14:00:00+00:00", None),) in changes


def test_reception_does_not_take_a_nurses_stamp_back(desk: Desk, visit_id: str) -> None:
    at_procedure(desk, visit_id, NURSE)

    desk.visits.undo(RECEPTION, visit_id)

    assert desk.case(visit_id).procedure.started_at is not None


def test_undo_of_a_step_without_a_stamp(desk: Desk, visit_id: str) -> None:
    desk.visits.advance(RECEPTION, visit_id)

    assert desk.visits.undo(RECEPTION, visit_id).state is VisitState.BOOKED


def test_before_anything_happened_there_is_nothing_to_undo(desk: Desk, visit_id: str) -> None:
    with pytest.raises(WrongStateError):
        desk.visits.undo(RECEPTION, visit_id)


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("started_at", VisitState.PROCEDURE),
        ("ended_at", VisitState.PROCEDURE),
        ("recovery_at", VisitState.RECOVERY),
        ("ready_at", VisitState.READY),
        ("left_at", VisitState.LEFT),
    ],
)
def test_a_stamp_moves_the_visit_on(desk: Desk, visit_id: str, key: str, state: VisitState) -> None:
    record = desk.visits.stamp(NURSE, visit_id, key)

    assert (getattr(record, key), desk.case(visit_id).visit.state) == (desk.clock.now(), state)


def test_a_late_stamp_does_not_move_the_visit_back(desk: Desk, visit_id: str) -> None:
    desk.visits.stamp(NURSE, visit_id, "ready_at")

    desk.visits.stamp(NURSE, visit_id, "started_at")

    assert desk.case(visit_id).visit.state is VisitState.READY


def test_a_stamp_does_not_bring_a_cancelled_visit_back(desk: Desk, visit_id: str) -> None:
    desk.visits.set_state(RECEPTION, visit_id, VisitState.CANCELLED)

    desk.visits.stamp(NURSE, visit_id, "started_at")

    assert desk.case(visit_id).visit.state is VisitState.CANCELLED


def test_the_first_stamp_stands(desk: Desk, visit_id: str) -> None:
    first = desk.visits.stamp(NURSE, visit_id, "started_at").started_at
    desk.clock.advance(minutes=5)

    assert desk.visits.stamp(NURSE, visit_id, "started_at").started_at == first


def test_reception_does_not_stamp(desk: Desk, visit_id: str) -> None:
    with pytest.raises(NotAllowedError):
        desk.visits.stamp(RECEPTION, visit_id, "started_at")


def test_only_the_times_of_the_record_can_be_stamped(desk: Desk, visit_id: str) -> None:
    with pytest.raises(KeyError):
        desk.visits.stamp(NURSE, visit_id, "follow_up_at")


# --- taking over the plan -------------------------------------------------------------------


def test_the_plan_is_taken_over_without_saying_what_was_done(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1, L2")
    desk.save(desk.case(visit_id).fractures[2], {"status": "watch"})

    rows = desk.visits.take_over_plan(NURSE, visit_id)

    assert [(row.level.value, row.done) for row in rows] == [("T12", None), ("L1", None)]


def test_taking_over_again_adds_only_what_is_new(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12")
    (row,) = desk.visits.take_over_plan(NURSE, visit_id)
    desk.forms.save(NURSE, TreatedLevel, row.id, draft={"done": "BKP"})
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")

    rows = desk.visits.take_over_plan(NURSE, visit_id)

    assert [(row.level.value, row.done) for row in rows] == [("T12", "BKP"), ("L1", None)]


def test_reception_does_not_take_over_the_plan(desk: Desk, visit_id: str) -> None:
    with pytest.raises(NotAllowedError):
        desk.visits.take_over_plan(RECEPTION, visit_id)


def test_the_visit_service_shows_the_same_case(desk: Desk, visit_id: str) -> None:
    assert desk.visits.case(PHYSICIAN, visit_id) == desk.case(visit_id)


def test_a_fracture_typed_by_reception_is_in_the_history(desk: Desk, visit_id: str) -> None:
    desk.clock.advance(minutes=1)

    row = desk.fractures.add(RECEPTION, visit_id, "T12")

    latest = desk.patients.history(NURSE, desk.case(visit_id).patient.id)[0]
    assert (latest.table, latest.record_id) == (Fracture.FORM, row.id)
    assert latest.at == datetime(2026, 11, 22, 14, 0, tzinfo=UTC) + timedelta(minutes=1)
    assert latest.changes == (FieldChange("level", None, "T12"),)
