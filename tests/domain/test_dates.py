"""Dates, clock times and moments are read as people type them, or refused with the reason."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.fields import Field, FieldValue, Kind, field_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.reading import (
    UnreadableError,
    date_example,
    edit_text,
    read,
    read_date,
    read_time,
    to_utc,
)
from intake_app.domain.values import PartialDate
from tests.builders import TODAY, a_locality

US = a_locality()
ABROAD = a_locality(date_order="dmy")
CHICAGO = ZoneInfo("America/Chicago")
BORN = field_of(Patient, "birth_date")
HAPPENED = field_of(Fracture, "happened")
STARTED = field_of(ProcedureRecord, "started_at")


def of(kind: Kind, **limits: object) -> Field:
    return Field(key="it", label="It", kind=kind, **limits)  # type: ignore[arg-type]


def refusal(field: Field, typed: str, **changes: object) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(field, typed, a_locality(**changes))
    return caught.value


# --- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "3/4/1951",
        "03/04/1951",
        "3-4-1951",
        "3.4.1951",
        "3 4 1951",
        "3/4/51",
        "030451",
        "03041951",
        "4 Mar 1951",
        "4 March 51",
        "4th march 1951",
        "4mar1951",
        "March 4, 1951",
        "Mar 4th 51",
        "1951-03-04",
        "1951/3/4",
        " 4  MAR  1951. ",
    ],
)
def test_a_birth_date_is_read_as_an_american_clinic_writes_it(typed: str) -> None:
    assert read(BORN, typed, US) == date(1951, 3, 4)


@pytest.mark.parametrize("typed", ["4/3/1951", "4.3.51", "040351", "4 Mar 1951", "1951-03-04"])
def test_a_birth_date_is_read_day_first_everywhere_else(typed: str) -> None:
    assert read(BORN, typed, ABROAD) == date(1951, 3, 4)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        ("t", TODAY),
        ("yesterday", date(2026, 11, 21)),
        ("tomorrow", date(2026, 11, 23)),
        ("-2w", date(2026, 11, 8)),
        ("−2w", date(2026, 11, 8)),
        ("- 3 d", date(2026, 11, 19)),
        ("+2w", date(2026, 12, 6)),
    ],
)
def test_a_day_may_be_said_from_today(typed: str, day: date) -> None:
    assert read_date(typed, US) == day


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("3/4/51", date(1951, 3, 4)),
        ("3/4/26", date(2026, 3, 4)),
        ("11/22/26", TODAY),
        ("11/23/26", date(1926, 11, 23)),
        ("3/4/27", date(1927, 3, 4)),
        ("3/4/00", date(2000, 3, 4)),
    ],
)
def test_two_digits_of_a_birth_year_mean_the_latest_such_day_up_to_today(
    typed: str, born: date
) -> None:
    assert read(BORN, typed, US) == born


@pytest.mark.parametrize(
    ("typed", "year"), [("3/4/27", 2027), ("3/4/99", 1999), ("3/4/76", 2076), ("3/4/77", 1977)]
)
def test_two_digits_of_any_other_year_mean_the_nearest_one(typed: str, year: int) -> None:
    assert read(of(Kind.DATE), typed, US) == date(year, 3, 4)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2/31/1951", "no_such_day"),
        ("31 February 1951", "no_such_day"),
        ("2/29/1951", "no_such_day"),
        ("3/0/1951", "no_such_day"),
        ("13/1/1951", "no_such_month"),
        ("0/1/1951", "no_such_month"),
        ("3/4/1066", "no_such_year"),
        ("0000-00-00", "no_such_month"),
        ("soon", "not_a_date"),
        ("4 Brumaire 1951", "not_a_date"),
        ("3/4", "not_a_date"),
        ("51", "not_a_date"),
        ("99999999999", "not_a_date"),
        ("3/4/1951 or so", "not_a_date"),
    ],
)
def test_an_impossible_day_is_refused_with_its_reason(typed: str, code: str) -> None:
    assert refusal(BORN, typed).code == code


def test_the_31st_of_february_says_how_many_days_there_are() -> None:
    assert refusal(BORN, "31 Feb 1951").values == {
        "day": 31,
        "month": "February",
        "year": 1951,
        "days": 28,
    }


@pytest.mark.parametrize(("order", "example"), [("mdy", "3/4/1951"), ("dmy", "4/3/1951")])
def test_the_example_is_written_as_the_clinic_writes(order: str, example: str) -> None:
    assert date_example(a_locality(date_order=order)) == example


@given(st.dates(date(1880, 1, 1), date(2100, 1, 1)), st.sampled_from(["mdy", "dmy"]))
def test_a_day_written_out_in_digits_is_the_same_day(day: date, order: str) -> None:
    typed = f"{day.month}/{day.day}" if order == "mdy" else f"{day.day}/{day.month}"

    assert read_date(f"{typed}/{day.year}", a_locality(date_order=order)) == day


@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_reader_of_dates(typed: str) -> None:
    value: FieldValue = None

    with suppress(UnreadableError):
        value = read(BORN, typed, US)

    assert value is None or isinstance(value, date)


# --- partial dates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("4 Mar 2026", "2026-03-04"),
        ("3/4/26", "2026-03-04"),
        ("3/2026", "2026-03"),
        ("2026-03", "2026-03"),
        ("March 2026", "2026-03"),
        ("mar, 2026", "2026-03"),
        ("2026", "2026"),
        ("about 3 weeks", "~3w@2026-11-22"),
        ("approx. 3 weeks ago", "~3w@2026-11-22"),
        ("3w", "~3w@2026-11-22"),
        ("~ three weeks", "~3w@2026-11-22"),
        ("a month ago", "~1m@2026-11-22"),
        ("eleven days", "~11d@2026-11-22"),
        ("2 yrs", "~2y@2026-11-22"),
        ("about 3 weeks before 1 Nov 2026", "~3w@2026-11-01"),
    ],
)
def test_a_date_is_kept_as_it_was_said(typed: str, stored: str) -> None:
    value = read(HAPPENED, typed, US)

    assert isinstance(value, PartialDate)
    assert value.stored == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a while", "not_a_partial_date"),
        ("Brumaire 2026", "not_a_partial_date"),
        ("13/2026", "no_such_month"),
        ("2026-13", "no_such_month"),
        ("1066", "no_such_year"),
        ("March 1066", "no_such_year"),
        ("31 Feb 2026", "no_such_day"),
        ("about 3 weeks before noon", "not_a_date"),
    ],
)
def test_what_is_no_date_at_all_is_refused(typed: str, code: str) -> None:
    assert refusal(HAPPENED, typed).code == code


# --- clock times and moments ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("14.30", time(14, 30)),
        ("14h30", time(14, 30)),
        ("2:30 pm", time(14, 30)),
        ("2:30 P.M.", time(14, 30)),
        ("230p", time(14, 30)),
        ("8", time(8)),
        ("8 am", time(8)),
        ("830", time(8, 30)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_a_clock_time_is_read_as_people_write_it(typed: str, clock: time) -> None:
    assert read_time(typed) == clock


@pytest.mark.parametrize("typed", ["24:00", "8:60", "13 pm", "0 am", "8:5", "noon", "-8", "99999"])
def test_what_no_clock_shows_is_refused(typed: str) -> None:
    assert refusal(of(Kind.TIME), typed).code == "not_a_time"


@pytest.mark.parametrize(
    "typed",
    [
        "14:30",
        "2:30 pm",
        "today 14.30",
        "11/22/2026 14:30",
        "22 November 2026, 14:30",
        "22 Nov 26 at 2:30 pm",
        "2026-11-22T14:30",
    ],
)
def test_a_moment_is_a_clock_time_of_the_day_or_a_date_with_one(typed: str) -> None:
    assert read(STARTED, typed, US) == datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def test_a_bare_clock_time_belongs_to_the_day_of_the_visit() -> None:
    value = read(STARTED, "8", a_locality(base_day=date(2026, 11, 20)))

    assert value == datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["now", "later", "soon 14:30", "25:00", "4 Mar 2026", "3/4/2026"])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    assert refusal(STARTED, typed).code == "not_a_date_time"


def test_an_impossible_day_of_a_moment_keeps_its_own_reason() -> None:
    assert refusal(STARTED, "2/31/2026 14:30").code == "no_such_day"


def test_a_wall_clock_is_stored_in_utc() -> None:
    value = read(STARTED, "8:00", a_locality(zone=CHICAGO))

    assert value == datetime(2026, 11, 22, 14, tzinfo=UTC)


def test_an_hour_that_spring_skips_is_refused_by_its_time() -> None:
    refused = refusal(STARTED, "2:30", zone=CHICAGO, base_day=date(2026, 3, 8))

    assert (refused.code, refused.values) == ("skipped_time", {"time": "02:30"})


def test_an_hour_that_autumn_repeats_is_the_first_one() -> None:
    locality = a_locality(zone=CHICAGO, base_day=date(2026, 11, 1))

    assert read(STARTED, "1:30", locality) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_the_second_of_two_equal_hours_can_be_said() -> None:
    locality = a_locality(zone=CHICAGO, base_day=date(2026, 11, 1))

    value = read(STARTED, "1:30 after the clock change", locality)

    assert value == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


def test_the_second_of_two_equal_hours_is_shown_as_such() -> None:
    locality = a_locality(zone=CHICAGO, base_day=date(2026, 11, 1))

    text = edit_text(STARTED, datetime(2026, 11, 1, 7, 30, tzinfo=UTC), locality)

    assert text == "01:30 after the clock change"


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 8), 3), (date(2026, 11, 1), 5), (date(2026, 11, 22), 4)],
    ids=["spring", "autumn", "any other day"],
)
def test_durations_are_right_across_a_clock_change(day: date, hours: int) -> None:
    locality = a_locality(zone=CHICAGO, base_day=day)

    start, end = read(STARTED, "0:30", locality), read(STARTED, "4:30", locality)

    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    assert end - start == timedelta(hours=hours)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001 - a wall clock
    st.sampled_from(["America/Chicago", "Europe/London", "Australia/Sydney", "UTC"]),
)
def test_a_moment_shows_the_wall_clock_it_was_made_from(local: datetime, zone: str) -> None:
    place = ZoneInfo(zone)
    shown = local

    with suppress(UnreadableError):
        shown = to_utc(local, place).astimezone(place).replace(tzinfo=None)

    assert shown == local
