"""What the trail wrote down is read back as it was."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from intake_app.domain.audit import stored_text
from intake_app.domain.fields import Field, FieldValue, Kind, field_of
from intake_app.domain.patients import Patient, ReadingNeed, Sex
from intake_app.domain.stored_values import read_stored
from intake_app.domain.values import PartialDate, Quantity

VALUES: dict[Kind, FieldValue] = {
    Kind.TEXT: "Zoë, 李",
    Kind.LONG_TEXT: "two\nlines",
    Kind.PHONE: "+1 312 555 0142",
    Kind.EMAIL: "a@example.org",
    Kind.INTEGER: 7,
    Kind.DECIMAL: Decimal("36.50"),
    Kind.BOOLEAN: True,
    Kind.CHOICE: "yes",
    Kind.CHOICES: ("a", "b"),
    Kind.DATE: date(1951, 3, 4),
    Kind.PARTIAL_DATE: PartialDate.about(3, "w", date(2026, 11, 22)),
    Kind.TIME: time(7, 30),
    Kind.DATE_TIME: datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    Kind.QUANTITY: Quantity(Decimal("37.2"), "°C"),
}


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_value_comes_back(kind: Kind) -> None:
    field = Field(key="it", label="It", kind=kind)

    assert read_stored(field, stored_text(VALUES[kind])) == VALUES[kind]


@pytest.mark.parametrize("kind", Kind)
def test_nothing_comes_back_as_nothing(kind: Kind) -> None:
    assert read_stored(Field(key="it", label="It", kind=kind), None) is None


def test_answers_of_a_list_come_back_as_such() -> None:
    assert read_stored(field_of(Patient, "sex"), "female") is Sex.FEMALE
    assert read_stored(field_of(Patient, "reading_needs"), "large_print,other") == (
        ReadingNeed.LARGE_PRINT,
        ReadingNeed.OTHER,
    )
    assert read_stored(field_of(Patient, "reading_needs"), "") == ()


@pytest.mark.parametrize("kind", [Kind.DECIMAL, Kind.INTEGER, Kind.DATE, Kind.QUANTITY])
def test_what_is_no_value_is_refused(kind: Kind) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_stored(Field(key="it", label="It", kind=kind), "what")


def test_an_answer_that_is_not_offered_any_more_is_refused() -> None:
    with pytest.raises(ValueError, match="something else"):
        read_stored(field_of(Patient, "sex"), "something else")
