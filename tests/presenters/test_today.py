"""The day: lines in words, the course of each visit, the buttons."""

from datetime import UTC, date, datetime, timedelta

import pytest

from intake_app.domain.errors import AppError
from intake_app.domain.visits import ResponsibleAdult, Visit, VisitState
from intake_app.ui.presenters.today import Group, TodayLine, TodayPresenter
from tests.builders import NOW
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import NURSE, Desk
from tests.services.papers import approved, printed

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def presenter(desk: Desk) -> TodayPresenter:
    """Return the presenter of the Today page for a nurse."""
    return TodayPresenter(program(desk), NURSE, ImmediateTasks())


def plan(desk: Desk, visit_id: str, levels: str = "T12, L1", start: datetime | None = NOW) -> None:
    """Mark levels and plan a start."""
    desk.fractures.set_levels(NURSE, visit_id, levels)
    desk.save(desk.case(visit_id).visit, {"planned_start": start})


def only_line(presenter: TodayPresenter) -> TodayLine:
    """Read the day and return its one line."""
    presenter.reload()
    (line,) = presenter.lines
    return line


def test_a_line_says_when_who_what_and_where(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    plan(desk, visit_id)

    line = only_line(presenter)

    assert (line.time, line.name, line.initials) == ("14:00", "Doe, Jane", "J.D.")
    assert line.levels == "T12, L1  (2)"
    assert line.state == "Booked"
    assert line.home == "19:00 – 20:00"


def test_a_visit_without_fractures_says_so_instead_of_a_number(
    presenter: TodayPresenter, visit_id: str
) -> None:
    line = only_line(presenter)

    assert line.levels == "None planned"
    assert line.home == "–"


def test_who_has_the_sheet_waits_for_the_driver(desk: Desk, presenter: TodayPresenter) -> None:
    visit_id = approved(desk)
    printed(desk, visit_id)
    desk.handing_over.note(NURSE, visit_id, draft={"to_patient": True})
    desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=True)
    ready = only_line(presenter)

    desk.visits.advance(NURSE, visit_id)

    assert (ready.state, ready.group) == ("Handed over 14:00", Group.RECOVERY)
    assert only_line(presenter).state == "Left"


def test_a_corrected_sheet_is_still_to_be_handed_over(
    desk: Desk, presenter: TodayPresenter
) -> None:
    visit_id = approved(desk)
    printed(desk, visit_id)
    desk.handing_over.note(NURSE, visit_id, draft={"to_patient": True})
    desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=True)
    desk.save(desk.case(visit_id).procedure, {"closure": "glue"})

    printed(desk, visit_id)

    assert only_line(presenter).state.startswith("Ready to go home")


def test_minutes_are_counted_from_the_stamp(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    plan(desk, visit_id)
    desk.visits.set_state(NURSE, visit_id, VisitState.PREPARING)
    desk.visits.advance(NURSE, visit_id)
    presenter.reload()
    desk.clock.advance(minutes=35)

    presenter.count_minutes()

    assert presenter.lines[0].state == "Procedure, 35 min"


def test_a_state_without_a_stamp_counts_from_the_move(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    desk.visits.advance(NURSE, visit_id)
    desk.clock.advance(minutes=65)

    assert only_line(presenter).state == "Arrived, 1 h 05"


def test_the_real_start_moves_the_expected_time_home(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    plan(desk, visit_id)
    desk.visits.set_state(NURSE, visit_id, VisitState.PREPARING)
    desk.clock.advance(minutes=30)
    desk.visits.advance(NURSE, visit_id)

    assert only_line(presenter).home == "19:30 – 20:30"


def test_somebody_still_here_after_the_latest_leaving_is_late(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    plan(desk, visit_id)
    desk.visits.set_state(NURSE, visit_id, VisitState.RECOVERY)
    desk.clock.advance(hours=7)

    assert only_line(presenter).late


def test_who_left_is_not_late(desk: Desk, presenter: TodayPresenter, visit_id: str) -> None:
    plan(desk, visit_id)
    desk.visits.set_state(NURSE, visit_id, VisitState.READY)
    desk.visits.advance(NURSE, visit_id)
    desk.clock.advance(hours=7)

    line = only_line(presenter)

    assert not line.late
    assert line.home == "left 14:00"


def test_a_start_after_the_last_safe_one_is_told(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    plan(desk, visit_id, "T12", NOW + timedelta(hours=3))

    line = only_line(presenter)

    assert line.last_safe_start == "13:00"
    assert line.too_late


def test_the_bar_runs_from_the_plan_to_both_ends_of_leaving(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    plan(desk, visit_id, "T12", datetime(2026, 11, 22, 8, 0, tzinfo=UTC))

    bar = only_line(presenter).bar

    assert bar is not None
    assert bar.home_from is not None
    assert bar.home_until is not None
    assert 0 < bar.planned < bar.home_from < bar.home_until <= 1
    assert bar.started is None


def test_a_cancelled_visit_has_no_bar(desk: Desk, presenter: TodayPresenter, visit_id: str) -> None:
    plan(desk, visit_id)
    presenter.cancel(visit_id)

    assert only_line(presenter).bar is None


def test_the_driver_is_named_with_whether_it_was_confirmed(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    driver: ResponsibleAdult = desk.case(visit_id).driver
    desk.save(driver, {"name": "John Doe", "confirmed_at": NOW})

    line = only_line(presenter)

    assert (line.driver, line.driver_confirmed) == ("John Doe", True)


def test_filters_count_and_show_their_visits(desk: Desk, presenter: TodayPresenter) -> None:
    here = desk.register("Doe, Jane 3/4/1951")
    desk.register("Roe, Richard 5/6/1940")
    desk.visits.advance(NURSE, here)
    presenter.reload()

    presenter.show_group(Group.HERE)

    assert [line.name for line in presenter.lines] == ["Doe, Jane"]
    counts = {group: presenter.count(group) for group in Group}
    assert (counts[Group.ALL], counts[Group.EXPECTED], counts[Group.HERE]) == (2, 1, 1)


@pytest.mark.parametrize("state", VisitState)
def test_every_state_belongs_to_a_filter(
    desk: Desk, presenter: TodayPresenter, visit_id: str, state: VisitState
) -> None:
    desk.visits.set_state(NURSE, visit_id, state)

    line = only_line(presenter)

    assert presenter.count(line.group) == 1


def test_the_next_step_moves_the_visit_and_undo_takes_it_back(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    moved: list[str] = []
    presenter.moved.connect(moved.append)

    presenter.advance(visit_id)
    step = presenter.lines[0].next_step
    presenter.undo(visit_id)

    assert step == "To preparation"
    assert moved == [visit_id, visit_id]
    assert desk.case(visit_id).visit.state is VisitState.BOOKED


def test_a_visit_that_is_over_has_no_next_step(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    desk.visits.set_state(NURSE, visit_id, VisitState.LEFT)

    assert only_line(presenter).next_step == ""


def test_who_did_not_come_is_noted_and_can_be_taken_back(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    presenter.note_absence(visit_id)

    assert desk.case(visit_id).visit.state is VisitState.NO_SHOW
    assert presenter.lines[0].can_undo


def test_a_step_that_cannot_be_taken_is_told_and_the_day_read_anew(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    errors: list[AppError] = []
    presenter.failed.connect(errors.append)
    desk.visits.set_state(NURSE, visit_id, VisitState.LEFT)

    presenter.advance(visit_id)

    assert [error.code for error in errors] == ["wrong_state"]
    assert presenter.lines[0].state == "Left"


def test_another_day_is_shown_and_left_again(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    presenter.reload()

    presenter.go(1)
    tomorrow = (presenter.day, presenter.lines, presenter.is_this_day)
    presenter.go_to(None)

    assert tomorrow == (date(2026, 11, 23), (), False)
    assert presenter.is_this_day
    assert len(presenter.lines) == 1


@pytest.mark.parametrize(
    ("typed", "day"),
    [("24 Nov 2026", date(2026, 11, 24)), ("+1w", date(2026, 11, 29))],
)
def test_a_day_can_be_typed(presenter: TodayPresenter, typed: str, day: date) -> None:
    presenter.reload()

    problem = presenter.go_to_typed(typed)

    assert (problem, presenter.day) == ("", day)


def test_a_day_that_does_not_exist_is_answered_with_a_sentence(presenter: TodayPresenter) -> None:
    presenter.reload()

    problem = presenter.go_to_typed("31 Feb 2026")

    assert problem.startswith("31 February 2026 does not exist")
    assert presenter.is_this_day


def test_past_midnight_the_next_day_is_the_present_one(
    desk: Desk, presenter: TodayPresenter
) -> None:
    presenter.reload()
    desk.clock.advance(hours=12)

    presenter.count_minutes()

    assert presenter.day == date(2026, 11, 23)
    assert presenter.is_this_day


def test_the_day_is_named_in_words(presenter: TodayPresenter) -> None:
    presenter.reload()

    assert presenter.day_words() == "Sunday, 22 November 2026"


def test_an_empty_day_says_what_to_do_next(presenter: TodayPresenter) -> None:
    presenter.reload()

    assert "New patient" in presenter.empty_words()


def test_the_minutes_are_counted_only_while_somebody_looks(presenter: TodayPresenter) -> None:
    presenter.watch(visible=True)
    shown = presenter.counting
    presenter.watch(visible=False)

    assert (shown, presenter.counting) == (True, False)


def test_a_visit_of_another_day_is_not_on_the_board(
    desk: Desk, presenter: TodayPresenter, visit_id: str
) -> None:
    visit: Visit = desk.case(visit_id).visit
    desk.save(visit, {"day": date(2026, 11, 30)})

    presenter.reload()

    assert presenter.lines == ()
