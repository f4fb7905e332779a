"""The trail keeps what was there before, in the form the database stores."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from intake_app.domain.audit import FieldChange, changes_between, differing_keys, stored_text
from intake_app.domain.fields import FieldValue
from intake_app.domain.patients import ReadingNeed, Sex
from intake_app.domain.values import PartialDate, Quantity
from intake_app.domain.visits import VisitState
from tests.builders import a_patient, a_visit


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", ""),
        ("Doe", "Doe"),
        (7, "7"),
        (Decimal("37.50"), "37.50"),
        (True, "1"),
        (False, "0"),
        (Sex.FEMALE, "female"),
        ((ReadingNeed.LARGE_PRINT, ReadingNeed.OTHER), "large_print,other"),
        ((), ""),
        (date(1951, 3, 4), "1951-03-04"),
        (time(8, 30), "08:30:00"),
        (datetime(2026, 11, 22, 8, tzinfo=UTC), "2026-11-22T08:00:00+00:00"),
        (PartialDate.in_month(2026, 3), "2026-03"),
        (Quantity(Decimal("98.6"), "°F"), "98.6 °F"),
    ],
    ids=repr,
)
def test_every_kind_of_value_is_kept_as_text(value: FieldValue, text: str | None) -> None:
    assert stored_text(value) == text


def test_equal_records_differ_in_nothing() -> None:
    assert differing_keys(a_patient(), a_patient()) == ()


def test_a_change_is_kept_with_both_values_in_field_order() -> None:
    after = a_patient(sex=Sex.FEMALE, given_name="Ann")

    assert changes_between(a_patient(), after) == (
        FieldChange("given_name", "Jane", "Ann"),
        FieldChange("sex", None, "female"),
    )


def test_a_new_version_alone_is_no_change() -> None:
    assert changes_between(a_patient(), a_patient(version=2)) == ()


def test_what_is_no_form_field_is_kept_when_asked_for() -> None:
    after = a_visit(state=VisitState.ARRIVED)

    changes = changes_between(a_visit(), after, ["state", "identity_checked_by"])

    assert changes == (FieldChange("state", "booked", "arrived"),)
