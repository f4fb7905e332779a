"""What was done, and when: stamps in order, across midnight and clock changes."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from intake_app.domain.procedures import DoneAtLevel, ProcedureRecord, levels_treated
from intake_app.domain.validation import find_problems
from tests.builders import a_locality, a_treated_level

HERE = a_locality(base_day=date(2026, 11, 20))


def test_stamps_in_order_are_not_questioned() -> None:
    draft = {"started_at": "8:00", "ended_at": "9:00", "recovery_at": "9:00", "left_at": "13:00"}

    assert find_problems(ProcedureRecord, draft, HERE) == ()


def test_a_stamp_before_an_earlier_one_is_refused_and_names_it() -> None:
    draft = {"started_at": "8:00", "ended_at": "7:00"}

    (problem,) = find_problems(ProcedureRecord, draft, HERE)

    assert (problem.key, problem.code) == ("ended_at", "stamp_out_of_order")
    assert dict(problem.values) == {"before": "started_at"}


def test_a_missing_stamp_between_two_does_not_hide_their_order() -> None:
    draft = {"started_at": "8:00", "left_at": "7:00"}

    (problem,) = find_problems(ProcedureRecord, draft, HERE)

    assert problem.key == "left_at"


def test_a_bare_time_after_midnight_is_out_of_order_until_its_day_is_typed() -> None:
    draft = {"started_at": "22:00", "left_at": "2:30"}

    (problem,) = find_problems(ProcedureRecord, draft, HERE)

    assert problem.code == "stamp_out_of_order"


def test_a_stamp_after_midnight_is_fine_with_its_day() -> None:
    draft = {"started_at": "22:00", "left_at": "11/21/2026 2:30"}

    assert find_problems(ProcedureRecord, draft, HERE) == ()


def test_more_than_a_day_between_two_stamps_is_questioned() -> None:
    draft = {"started_at": "8:00", "left_at": "11/21/2026 8:01"}

    (problem,) = find_problems(ProcedureRecord, draft, HERE)

    assert (problem.code, problem.warning) == ("stamp_far_away", True)


def test_the_repeated_hour_of_autumn_is_not_out_of_order() -> None:
    record = {
        "started_at": datetime(2026, 11, 1, 6, 45, tzinfo=UTC),
        "ended_at": datetime(2026, 11, 1, 7, 15, tzinfo=UTC),
    }
    chicago = a_locality(zone=ZoneInfo("America/Chicago"))

    assert find_problems(ProcedureRecord, record, chicago) == ()


def test_a_level_not_done_or_not_filled_in_was_not_treated() -> None:
    rows = [
        a_treated_level("T12"),
        a_treated_level("L1", done=DoneAtLevel.NOT_DONE),
        a_treated_level("L2", done=None),
        a_treated_level("L3", done=DoneAtLevel.VERTEBROPLASTY),
    ]

    assert [row.level for row in levels_treated(rows)] == ["T12", "L3"]


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [("score_total", "21", "out_of_range"), ("lifting_limit", "4.55", "too_precise")],
)
def test_what_cannot_be_is_refused_in_its_place(key: str, typed: str, code: str) -> None:
    (problem,) = find_problems(ProcedureRecord, {key: typed}, HERE)

    assert (problem.key, problem.code) == (key, code)
