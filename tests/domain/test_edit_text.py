"""The text of a value reads back as that value, for every kind."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.clinic import Clinic
from intake_app.domain.fields import Field, FieldValue, Kind, Option, Record, field_of, fields_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainFunction
from intake_app.domain.patients import Insurance, Patient
from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.reading import (
    clean_text,
    edit_text,
    read,
)
from intake_app.domain.staff import Staff
from intake_app.domain.values import PartialDate, Quantity
from intake_app.domain.visits import ResponsibleAdult, Visit
from tests.builders import a_locality

US = a_locality()
CHICAGO = ZoneInfo("America/Chicago")
BORN = field_of(Patient, "birth_date")


def of(kind: Kind, **limits: object) -> Field:
    return Field(key="it", label="It", kind=kind, **limits)  # type: ignore[arg-type]


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


@pytest.mark.parametrize(
    ("base_day", "text"),
    [(None, "22 November 2026, 08:00"), (date(2026, 11, 22), "08:00")],
    ids=["another day", "the day of the visit"],
)
def test_a_moment_shows_its_date_unless_it_is_the_day_of_the_visit(
    base_day: date | None, text: str
) -> None:
    locality = a_locality(today=date(2026, 11, 25), base_day=base_day)

    assert edit_text(of(Kind.DATE_TIME), datetime(2026, 11, 22, 8, tzinfo=UTC), locality) == text
