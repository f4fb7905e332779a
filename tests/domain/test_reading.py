"""What somebody types becomes a value, or a problem with the reason; nothing is guessed wrong."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.clinic import Clinic
from intake_app.domain.fields import Field, FieldValue, Kind, Option, Record, field_of, fields_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainFunction
from intake_app.domain.patients import Insurance, Patient, ReadingNeed, Sex
from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.reading import (
    UnreadableError,
    clean_text,
    date_example,
    edit_text,
    has_invisible,
    read,
    read_date,
    read_time,
    to_utc,
)
from intake_app.domain.staff import Staff
from intake_app.domain.values import PartialDate, Quantity
from intake_app.domain.visits import ResponsibleAdult, Visit
from tests.builders import TODAY, a_locality

US = a_locality()
ABROAD = a_locality(date_order="dmy")
CHICAGO = ZoneInfo("America/Chicago")
BORN = field_of(Patient, "birth_date")
HAPPENED = field_of(Fracture, "happened")
STARTED = field_of(ProcedureRecord, "started_at")


def of(kind: Kind, **limits: object) -> Field:
    return Field(key="it", label="It", kind=kind, **limits)  # type: ignore[arg-type]


INR = of(Kind.DECIMAL, minimum=Decimal("0.5"), maximum=Decimal(15))
TEMPERATURE = of(
    Kind.QUANTITY, unit="°C", units=("°C", "°F"), minimum=Decimal(30), maximum=Decimal(45)
)
WEIGHT = of(Kind.QUANTITY, unit="kg", units=("kg", "lb"), minimum=Decimal(20), maximum=Decimal(400))
NRS = field_of(PainFunction, "pain_now")


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
    assert read_date(typed, US) == date(year, 3, 4)


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


# --- text -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Sukarno",
        "O'Brien",
        "O’Brien",
        "Nuñez-García",
        "李小龍",
        "Даша",
        "محمد",
        "שרה",
        "नेहा",
        "👩‍⚕️ Ana",
        "نرگس‌خانم",
    ],
)
def test_a_name_of_any_kind_is_kept_as_it_is(name: str) -> None:
    assert read(field_of(Patient, "family_name"), name, US) == name


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  Ana \t Ruiz ", "Ana Ruiz"),
        ("A\u200bna", "Ana"),
        ("\u202eAna\u202c", "Ana"),
        ("\ufeffAna\x00\x07", "Ana"),
        ("An\u00ada", "Ana"),
        ("Ana\u00a0Ruiz", "Ana Ruiz"),
        ("Ana\x0bRuiz\u2028Paz", "Ana Ruiz Paz"),
        ("Ana\nRuiz", "Ana Ruiz"),
        ("Ze\u0301", "Zé"),
        ("Ze\u200b\u0301", "Zé"),
        ("\ud800Ana", "Ana"),
        ("\u200d\u200c", ""),
        ("Ana \u200d", "Ana"),
    ],
)
def test_invisible_and_control_characters_are_left_out(typed: str, clean: str) -> None:
    assert clean_text(typed) == clean


def test_a_long_text_keeps_its_lines() -> None:
    field = of(Kind.LONG_TEXT)

    assert read(field, " one  two \r\n three\n", US) == "one two\nthree"


@given(st.text(max_size=40), st.booleans())
def test_clean_text_stays_as_it_is(typed: str, keep_lines: bool) -> None:
    clean = clean_text(typed, keep_lines=keep_lines)

    assert clean_text(clean, keep_lines=keep_lines) == clean


@pytest.mark.parametrize(
    ("typed", "invisible"),
    [("Ana", False), ("👩‍⚕️", False), ("A\tB", False), ("A\u200bB", True), ("\u202eA", True)],
)
def test_only_characters_that_are_left_out_are_worth_a_word(typed: str, invisible: bool) -> None:
    assert has_invisible(typed) is invisible


def test_three_hundred_characters_are_too_many_and_counted() -> None:
    refused = refusal(field_of(Patient, "family_name"), "x" * 300)

    assert (refused.code, refused.values) == ("too_long", {"maximum": 80, "length": 300})


@pytest.mark.parametrize("typed", ["", "   ", "\u200b"], ids=repr)
def test_nothing_typed_is_no_value_of_any_kind(typed: str) -> None:
    values = {read(of(kind), typed, US) for kind in Kind}

    assert values == {None}


@pytest.mark.parametrize(
    "typed",
    ["+1 (555) 010-2030", "030 123456", "555.010.2030", "5550100 ext. 12", "555-0100 x5"],
)
def test_a_phone_is_kept_as_it_was_typed(typed: str) -> None:
    assert read(of(Kind.PHONE), typed, US) == typed


@pytest.mark.parametrize("typed", ["call me", "1234", "555 O1O 2030", "ana@example.org"])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    assert refusal(of(Kind.PHONE), typed).code == "not_a_phone"


def test_an_e_mail_address_is_kept() -> None:
    assert read(of(Kind.EMAIL), "ana.ruiz@example.org", US) == "ana.ruiz@example.org"


@pytest.mark.parametrize("typed", ["ana", "ana@home", "@example.org", "ana ruiz@example.org"])
def test_what_is_no_e_mail_address_is_refused(typed: str) -> None:
    assert refusal(of(Kind.EMAIL), typed).code == "not_an_email"


# --- numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2.4", "2.4"), ("2,4", "2.4"), ("2", "2"), (".9", "0.9"), ("2.", "2"), ("2.50", "2.5")],
)
def test_an_inr_is_read_with_a_point_or_a_comma(typed: str, value: str) -> None:
    assert read(INR, typed, US) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("high", "not_a_number"),
        ("2.4.1", "not_a_number"),
        ("1,234", "not_a_number"),
        ("2 4", "not_a_number"),
        ("1_0", "not_a_number"),
        ("1e1", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("9" * 5000, "not_a_number"),
        ("2.44", "too_precise"),
        ("24", "out_of_range"),
        ("0", "out_of_range"),
    ],
    ids=lambda text: text[:8],
)
def test_what_is_no_inr_is_refused(typed: str, code: str) -> None:
    assert refusal(INR, typed).code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("11", "out_of_range"), ("-1", "out_of_range"), ("7.5", "not_whole"), ("ten", "not_a_number")],
)
def test_pain_is_a_whole_number_from_0_to_10(typed: str, code: str) -> None:
    assert refusal(NRS, typed).code == code


@pytest.mark.parametrize(("typed", "value"), [("0", 0), ("10", 10), ("7.0", 7), ("٧", 7)])
def test_pain_at_both_ends_is_a_value(typed: str, value: int) -> None:
    assert read(NRS, typed, US) == value


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (of(Kind.INTEGER, unit="%"), "25 %", 25),
        (of(Kind.INTEGER, unit="hours"), "24 Hours", 24),
        (of(Kind.DECIMAL, unit="kg"), "4.5kg", Decimal("4.5")),
        (of(Kind.DECIMAL), "−2.5", Decimal("-2.5")),
        (of(Kind.DECIMAL), "- 2.5", Decimal("-2.5")),
        (of(Kind.INTEGER), "12 000", 12000),
    ],
)
def test_a_number_may_carry_its_unit_sign_and_thousands(
    field: Field, typed: str, value: FieldValue
) -> None:
    assert read(field, typed, US) == value


@pytest.mark.parametrize(
    ("field", "typed", "value", "unit"),
    [
        (TEMPERATURE, "37.2", "37.2", "°C"),
        (TEMPERATURE, "37,2 C", "37.2", "°C"),
        (TEMPERATURE, "98.6 f", "98.6", "°F"),
        (TEMPERATURE, "98.6ºF", "98.6", "°F"),
        (WEIGHT, "70", "70", "kg"),
        (WEIGHT, "154 lbs", "154", "lb"),
        (of(Kind.QUANTITY, unit="µmol/L"), "88 umol/l", "88", "µmol/L"),
        (of(Kind.QUANTITY, unit="µmol/L"), "88 μmol/L", "88", "µmol/L"),
    ],
)
def test_a_quantity_keeps_the_unit_it_was_typed_in(
    field: Field, typed: str, value: str, unit: str
) -> None:
    assert read(field, typed, US) == Quantity(Decimal(value), unit)


@pytest.mark.parametrize(
    ("field", "typed", "other"),
    [(TEMPERATURE, "98.6", "°F"), (TEMPERATURE, "37 °F", "°C"), (WEIGHT, "500 kg", "lb")],
    ids=["°F typed as °C", "°C typed as °F", "lb typed as kg"],
)
def test_a_number_that_fits_another_unit_is_asked_about(
    field: Field, typed: str, other: str
) -> None:
    refused = refusal(field, typed)

    assert (refused.code, refused.values["other"]) == ("other_unit", other)


def test_a_quantity_out_of_every_range_names_the_range_in_its_own_unit() -> None:
    refused = refusal(TEMPERATURE, "200 °F")

    assert refused.values == {
        "minimum": Decimal("86.0"),
        "maximum": Decimal("113.0"),
        "unit": "°F",
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [("70 stone", "unknown_unit"), ("heavy", "not_a_number"), ("9" * 40, "not_a_number")],
    ids=["unit", "word", "forty digits"],
)
def test_what_is_no_quantity_is_refused(typed: str, code: str) -> None:
    assert refusal(WEIGHT, typed).code == code


# --- choices --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value"), [("yes", True), ("Y", True), ("1", True), ("No", False), ("false", False)]
)
def test_yes_and_no_are_read(typed: str, value: bool) -> None:
    assert read(of(Kind.BOOLEAN), typed, US) is value


def test_perhaps_is_neither_yes_nor_no() -> None:
    assert refusal(of(Kind.BOOLEAN), "perhaps").code == "not_a_choice"


@pytest.mark.parametrize("typed", ["female", "Female", "FEM", Sex.FEMALE])
def test_a_choice_is_read_by_value_label_or_beginning(typed: str) -> None:
    assert read(field_of(Patient, "sex"), typed, US) is Sex.FEMALE


def test_a_choice_without_an_enumeration_is_its_value() -> None:
    field = of(Kind.CHOICE, choices=(Option("a", "Apple"), Option("b", "Banana")))

    assert read(field, "ban", US) == "b"


def test_a_beginning_that_two_answers_share_is_refused_with_the_answers() -> None:
    refused = refusal(field_of(Patient, "interpreter"), "by")

    assert (refused.code, len(refused.values)) == ("not_a_choice", 1)


def test_several_choices_are_read_once_each() -> None:
    value = read(field_of(Patient, "reading_needs"), "large print, read aloud,, large", US)

    assert value == (ReadingNeed.LARGE_PRINT, ReadingNeed.READ_ALOUD)


def test_chosen_values_become_members_of_their_list() -> None:
    value = read(field_of(Patient, "reading_needs"), ("large_print",), US)

    assert value == (ReadingNeed.LARGE_PRINT,)


def test_chosen_values_of_an_open_list_stay_as_they_are() -> None:
    assert read(of(Kind.CHOICES), ("a", "b"), US) == ("a", "b")


@pytest.mark.parametrize("value", [date(1951, 3, 4), 7, None, True])
def test_a_value_is_not_read_again(value: FieldValue) -> None:
    assert read(of(Kind.TEXT), value, US) is value


# --- back to text ---------------------------------------------------------------------------

MINUTES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001 - made aware
    lambda local: local.replace(second=0, microsecond=0, tzinfo=UTC)
)
DAYS = st.dates(date(1880, 1, 1), date(2099, 12, 31))
TEXTS = st.text(max_size=60).map(clean_text).filter(bool)
OPTIONS = (Option("a", "Apple"), Option("b", "Banana, ripe"), Option("c", "Cherry"))
VALUES: dict[Kind, tuple[Field, st.SearchStrategy[FieldValue]]] = {
    Kind.TEXT: (of(Kind.TEXT), TEXTS),
    Kind.LONG_TEXT: (
        of(Kind.LONG_TEXT),
        st.text(max_size=60).map(lambda text: clean_text(text, keep_lines=True)).filter(bool),
    ),
    Kind.PHONE: (of(Kind.PHONE), st.from_regex(r"\A\+?[1-9][0-9]{6,12}\Z")),
    Kind.EMAIL: (of(Kind.EMAIL), st.from_regex(r"\A[a-z]{1,9}@[a-z]{1,9}\.org\Z")),
    Kind.INTEGER: (of(Kind.INTEGER), st.integers(-(10**9), 10**9)),
    Kind.DECIMAL: (of(Kind.DECIMAL, decimals=2), st.decimals("-9999", "9999", places=2)),
    Kind.BOOLEAN: (of(Kind.BOOLEAN), st.booleans()),
    Kind.CHOICE: (of(Kind.CHOICE, choices=OPTIONS), st.sampled_from("abc")),
    Kind.CHOICES: (
        of(Kind.CHOICES, choices=OPTIONS),
        st.lists(st.sampled_from("abc"), min_size=1, unique=True).map(tuple),
    ),
    Kind.DATE: (of(Kind.DATE), DAYS),
    Kind.PARTIAL_DATE: (
        of(Kind.PARTIAL_DATE),
        st.one_of(
            DAYS.map(PartialDate.on),
            st.builds(PartialDate.in_month, st.integers(1880, 2099), st.integers(1, 12)),
            st.builds(PartialDate.in_year, st.integers(1880, 2099)),
            st.builds(PartialDate.about, st.integers(0, 999), st.sampled_from("dwmy"), DAYS),
        ),
    ),
    Kind.TIME: (of(Kind.TIME), st.times().map(lambda t: t.replace(second=0, microsecond=0))),
    Kind.DATE_TIME: (of(Kind.DATE_TIME), MINUTES),
    Kind.QUANTITY: (
        of(Kind.QUANTITY, unit="kg", units=("kg", "lb")),
        st.builds(Quantity, st.decimals("-999", "999", places=1), st.sampled_from(["kg", "lb"])),
    ),
}


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data(), order=st.sampled_from(["mdy", "dmy"]), zone=st.sampled_from([UTC, CHICAGO]))
def test_the_text_of_a_value_reads_back_as_that_value(
    kind: Kind, data: st.DataObject, order: str, zone: ZoneInfo
) -> None:
    field, values = VALUES[kind]
    value = data.draw(values)
    locality = a_locality(date_order=order, zone=zone, base_day=date(2026, 11, 1))

    assert read(field, edit_text(field, value, locality), locality) == value


def test_no_value_is_shown_as_nothing() -> None:
    assert edit_text(BORN, None, US) == ""


def test_a_day_is_shown_with_the_month_as_a_word() -> None:
    assert edit_text(BORN, date(1951, 3, 4), US) == "4 March 1951"


def test_a_choice_nobody_knows_is_shown_as_it_is_stored() -> None:
    assert edit_text(of(Kind.CHOICE, choices=OPTIONS), "quince", US) == "quince"


RECORDS: list[type[Record]] = [
    Patient, Insurance, Visit, ResponsibleAdult, Fracture, Imaging, PainFunction, ProcedureRecord,
    TreatedLevel, NewMedicine, Clinic, Staff,
]  # fmt: skip


@pytest.mark.parametrize("record", RECORDS)
def test_every_answer_of_every_list_is_read_by_its_label(record: type[Record]) -> None:
    misread = [
        (field.key, option.value)
        for field in fields_of(record)
        for option in field.choices
        if field.kind is Kind.CHOICE and read(field, option.label, US) != option.value
    ]

    assert misread == []
