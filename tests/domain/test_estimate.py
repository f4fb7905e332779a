"""The seed's rule, to the minute: both ends, from the start, across midnight and clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.clinic import CountsFrom
from intake_app.domain.errors import NoFracturesError
from intake_app.domain.estimate import MOST_LEVELS, Rule, estimate, hours
from tests.builders import a_clinic

EIGHT = datetime(2026, 11, 22, 8, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")
VECTORS = [
    (1, 240, 300, "12:00", "13:00"),
    (2, 300, 360, "13:00", "14:00"),
    (3, 360, 420, "14:00", "15:00"),
    (4, 420, 480, "15:00", "16:00"),
    (6, 540, 600, "17:00", "18:00"),
]
"""n, shortest and longest stay, may leave from and until: clinical.md 2.4."""


@pytest.mark.parametrize(("n", "shortest", "longest", "earliest", "latest"), VECTORS)
def test_the_stay_follows_the_rule_to_the_minute(
    n: int, shortest: int, longest: int, earliest: str, latest: str
) -> None:
    found = estimate(n, Rule())

    assert (found.stay_min, found.stay_max) == (shortest, longest)


@pytest.mark.parametrize(("n", "shortest", "longest", "earliest", "latest"), VECTORS)
def test_with_a_start_the_clock_times_are_known(
    n: int, shortest: int, longest: int, earliest: str, latest: str
) -> None:
    found = estimate(n, Rule(), start=EIGHT)

    assert f"{found.leave_from:%H:%M} {found.leave_until:%H:%M}" == f"{earliest} {latest}"


@pytest.mark.parametrize("n", [0, -1])
def test_without_a_fracture_there_is_no_estimate(n: int) -> None:
    with pytest.raises(NoFracturesError):
        estimate(n, Rule())


def test_without_a_start_there_are_no_clock_times() -> None:
    found = estimate(2, Rule(), closes=time(18))

    assert (found.arrive_at, found.leave_from, found.leave_until, found.last_safe_start) == (
        None,
        None,
        None,
        None,
    )


@given(st.integers(1, MOST_LEVELS - 1), st.booleans())
def test_one_more_fracture_makes_both_ends_later(n: int, from_arrival: bool) -> None:
    rule = Rule(from_arrival=from_arrival, preparation_minutes=45)

    fewer, more = estimate(n, rule), estimate(n + 1, rule)

    assert (more.stay_min - fewer.stay_min, more.stay_max - fewer.stay_max) == (60, 60)


@given(st.integers(1, MOST_LEVELS), st.integers(5, 480), st.integers(0, 600), st.integers(0, 600))
def test_the_shortest_stay_is_never_longer_than_the_longest(
    n: int, level: int, shortest: int, more: int
) -> None:
    rule = Rule(
        level_minutes=level, recovery_min_minutes=shortest, recovery_max_minutes=shortest + more
    )

    found = estimate(n, rule)

    assert 0 < found.stay_min <= found.stay_max


@pytest.mark.parametrize(("n", "many"), [(1, False), (3, False), (4, True), (6, True)])
def test_more_than_three_levels_are_worth_a_question(n: int, many: bool) -> None:
    assert estimate(n, Rule()).many_levels is many


def test_the_clinics_own_minutes_make_the_rule() -> None:
    clinic = a_clinic(
        level_minutes=45,
        recovery_min_minutes=60,
        recovery_max_minutes=120,
        preparation_minutes=90,
        counts_from=CountsFrom.ARRIVAL,
    )

    assert Rule.of(clinic) == Rule(
        level_minutes=45,
        recovery_min_minutes=60,
        recovery_max_minutes=120,
        preparation_minutes=90,
        from_arrival=True,
    )


def test_preparation_comes_before_the_start_and_is_not_part_of_the_stay() -> None:
    found = estimate(1, Rule(preparation_minutes=60), start=EIGHT)

    assert (found.arrive_at, found.leave_from) == (
        EIGHT - timedelta(hours=1),
        EIGHT + timedelta(hours=4),
    )


def test_a_clinic_may_count_from_arrival() -> None:
    found = estimate(1, Rule(preparation_minutes=60, from_arrival=True), start=EIGHT)

    assert (found.leave_from, found.leave_until) == (
        EIGHT + timedelta(hours=3),
        EIGHT + timedelta(hours=4),
    )


@pytest.mark.parametrize(("from_arrival", "hour"), [(False, 12), (True, 10)])
def test_an_arrival_that_was_booked_goes_before_the_preparation_time(
    from_arrival: bool, hour: int
) -> None:
    arrival = EIGHT - timedelta(hours=2)

    found = estimate(1, Rule(from_arrival=from_arrival), start=EIGHT, arrival=arrival)

    assert (found.arrive_at, found.leave_from) == (arrival, EIGHT.replace(hour=hour))


@pytest.mark.parametrize(("n", "late"), [(6, False), (7, True)])
def test_leaving_after_closing_time_is_noticed(n: int, late: bool) -> None:
    assert estimate(n, Rule(), start=EIGHT, closes=time(18)).after_closing is late


def test_without_closing_time_nothing_is_too_late() -> None:
    found = estimate(30, Rule(), start=EIGHT)

    assert (found.after_closing, found.last_safe_start) == (False, None)


@pytest.mark.parametrize(("from_arrival", "hour"), [(False, 13), (True, 14)])
def test_the_last_safe_start_has_everybody_home_at_closing_time(
    from_arrival: bool, hour: int
) -> None:
    rule = Rule(preparation_minutes=60, from_arrival=from_arrival)
    last = estimate(1, rule, start=EIGHT, closes=time(18)).last_safe_start
    assert last is not None

    found = estimate(1, rule, start=last, closes=time(18))

    assert last == EIGHT.replace(hour=hour)
    assert found.leave_until == found.closes_at


def test_closing_time_is_the_clinics_wall_clock_on_the_day_of_the_start() -> None:
    start = datetime(2026, 11, 22, 8, tzinfo=CHICAGO)

    found = estimate(1, Rule(), start=start, closes=time(18), zone=CHICAGO)

    assert found.closes_at == datetime(2026, 11, 23, 0, tzinfo=UTC)


def test_a_stay_across_midnight_ends_the_next_day() -> None:
    found = estimate(1, Rule(), start=datetime(2026, 11, 22, 22, tzinfo=UTC), closes=time(23))

    assert found.leave_from == datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert found.after_closing


@pytest.mark.parametrize(
    ("start", "wall_clock"),
    [
        (datetime(2026, 3, 8, 1, tzinfo=CHICAGO), "06:00"),
        (datetime(2026, 11, 1, 0, 30, tzinfo=CHICAGO), "03:30"),
    ],
    ids=["spring", "autumn"],
)
def test_the_stay_lasts_as_long_when_the_clocks_change(start: datetime, wall_clock: str) -> None:
    found = estimate(1, Rule(), start=start.astimezone(UTC))
    assert found.leave_from is not None

    assert f"{found.leave_from.astimezone(CHICAGO):%H:%M}" == wall_clock


@pytest.mark.parametrize(
    ("minutes", "said"), [(240, "4 h"), (270, "4 h 30 min"), (45, "45 min"), (0, "0 min")]
)
def test_minutes_are_said_in_hours(minutes: int, said: str) -> None:
    assert hours(minutes) == said
