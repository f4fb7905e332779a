"""The day at a glance: one line for each visit, in the order in which they start."""

from datetime import UTC, date, datetime

import pytest

from intake_app.domain.errors import NotAllowedError
from intake_app.domain.staff import Actor
from intake_app.domain.visits import VisitState
from intake_app.services.board import BoardLine
from tests.builders import NOW, TODAY
from tests.services.desk import NURSE, RECEPTION, Desk, a_desk
from tests.services.papers import approved, printed


def line(desk: Desk) -> BoardLine:
    (only,) = desk.board.lines(RECEPTION, TODAY)
    return only


def test_today_is_the_clinics_day() -> None:
    desk = a_desk(time_zone="Pacific/Auckland")

    assert desk.board.today() == date(2026, 11, 23)


def test_visits_stand_in_the_order_in_which_they_start(desk: Desk) -> None:
    for typed, start in (("Late, Ann", "11:00"), ("Early, Bo", "8:00"), ("Open, Cy", "")):
        visit_id = desk.register(typed)
        desk.save(desk.case(visit_id).visit, {"planned_start": start})

    lines = desk.board.lines(RECEPTION, TODAY)

    assert [each.name for each in lines] == ["Early, Bo", "Late, Ann", "Open, Cy"]


def test_another_day_has_its_own_visits(desk: Desk, visit_id: str) -> None:
    assert desk.board.lines(RECEPTION, date(2026, 11, 23)) == ()


def test_a_line_says_who_when_what_and_who_drives(desk: Desk, visit_id: str) -> None:
    case = desk.case(visit_id)
    desk.save(case.visit, {"planned_start": "8:00"})
    desk.save(case.driver, {"name": "John Doe", "confirmed_at": "7:30"})
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")

    shown = line(desk)

    assert (shown.name, shown.initials, shown.levels, shown.n) == (
        "Doe, Jane",
        "J.D.",
        "T12, L1",
        2,
    )
    assert (shown.start, shown.driver, shown.driver_confirmed) == (
        datetime(2026, 11, 22, 8, tzinfo=UTC),
        "John Doe",
        True,
    )
    assert shown.estimate is not None
    assert (shown.estimate.stay_min, shown.estimate.stay_max) == (300, 360)


def test_a_line_of_a_visit_nobody_filled_in_is_mostly_empty(desk: Desk, visit_id: str) -> None:
    shown = line(desk)

    assert (shown.levels, shown.n, shown.estimate, shown.driver, shown.start) == (
        "",
        0,
        None,
        "",
        None,
    )


@pytest.mark.parametrize(
    ("levels", "unknown", "said"),
    [("T12", 0, "T12"), ("T12", 1, "T12 + 1 unknown"), ("", 2, "2 unknown")],
)
def test_unknown_levels_are_counted_in_words(
    desk: Desk, visit_id: str, levels: str, unknown: int, said: str
) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, levels)
    for _ in range(unknown):
        desk.fractures.add(RECEPTION, visit_id, "unknown")

    assert line(desk).levels == said


def test_open_flags_are_counted_until_the_physician_was_told(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T11-L2")
    before = line(desk).open_flags
    flag = desk.visits.flags(desk.case(visit_id))[0].flag

    desk.visits.acknowledge(NURSE, visit_id, flag=flag, told_to="Dr. Park")

    assert (before > 0, line(desk).open_flags) == (True, before - 1)


@pytest.mark.parametrize("state", [VisitState.PROCEDURE, VisitState.RECOVERY, VisitState.LEFT])
def test_a_state_with_a_stamp_began_at_the_stamp(
    desk: Desk, visit_id: str, state: VisitState
) -> None:
    desk.visits.set_state(NURSE, visit_id, list(VisitState)[list(VisitState).index(state) - 1])
    desk.visits.advance(NURSE, visit_id)
    desk.clock.advance(minutes=30)

    assert (line(desk).state, line(desk).since) == (state, datetime(2026, 11, 22, 14, tzinfo=UTC))


def test_arriving_began_when_it_was_noted(desk: Desk, visit_id: str) -> None:
    desk.visits.advance(RECEPTION, visit_id)
    desk.clock.advance(minutes=30)

    assert line(desk).since == datetime(2026, 11, 22, 14, tzinfo=UTC)


def test_what_happens_after_arriving_does_not_change_when_that_was(
    desk: Desk, visit_id: str
) -> None:
    desk.visits.advance(RECEPTION, visit_id)
    desk.clock.advance(minutes=30)
    desk.visits.check_identity(RECEPTION, visit_id)
    again = desk.patients.new_visit(RECEPTION, desk.case(visit_id).patient.id)
    desk.visits.advance(RECEPTION, again)

    since = {each.visit_id: each.since for each in desk.board.lines(RECEPTION, TODAY)}

    assert since == {
        visit_id: datetime(2026, 11, 22, 14, tzinfo=UTC),
        again: datetime(2026, 11, 22, 14, 30, tzinfo=UTC),
    }


def test_a_booked_visit_has_not_begun(desk: Desk, visit_id: str) -> None:
    assert line(desk).since is None


def test_without_a_role_nobody_sees_the_day(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        desk.board.lines(Actor("staff-0", "Nobody", frozenset()), TODAY)


def test_a_line_says_when_the_sheet_was_handed_over(desk: Desk) -> None:
    visit_id = approved(desk)
    printed(desk, visit_id)
    desk.handing_over.note(NURSE, visit_id, draft={"to_patient": True})
    before = line(desk).handed_over

    desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=True)

    assert (before, line(desk).handed_over) == (None, NOW)
