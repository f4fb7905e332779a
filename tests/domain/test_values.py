"""Partial dates keep what was said; quantities keep the unit they were typed in."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.patients import Sex
from intake_app.domain.values import Answer, Choice, PartialDate, Quantity, fitting, standing_alone

SAID_ON = date(2026, 11, 22)

PARTIAL = [
    (PartialDate.on(date(2026, 3, 4)), "2026-03-04", "4 March 2026"),
    (PartialDate.in_month(2026, 3), "2026-03", "March 2026"),
    (PartialDate.in_year(2026), "2026", "2026"),
    (
        PartialDate.about(3, "w", SAID_ON),
        "~3w@2026-11-22",
        "about 3 weeks before 22 November 2026",
    ),
    (PartialDate.about(1, "m", SAID_ON), "~1m@2026-11-22", "about 1 month before 22 November 2026"),
]


def partial_dates() -> st.SearchStrategy[PartialDate]:
    days = st.dates(min_value=date(1880, 1, 1), max_value=date(2100, 1, 1))
    return st.one_of(
        days.map(PartialDate.on),
        st.builds(PartialDate.in_month, st.integers(1880, 2100), st.integers(1, 12)),
        st.builds(PartialDate.in_year, st.integers(1880, 2100)),
        st.builds(PartialDate.about, st.integers(0, 99), st.sampled_from("dwmy"), days),
    )


@pytest.mark.parametrize(("value", "stored", "words"), PARTIAL)
def test_a_partial_date_is_stored_as_it_was_said(
    value: PartialDate, stored: str, words: str
) -> None:
    assert value.stored == stored


@pytest.mark.parametrize(("value", "stored", "words"), PARTIAL)
def test_a_partial_date_is_written_with_the_month_as_a_word(
    value: PartialDate, stored: str, words: str
) -> None:
    assert value.words == words


@given(partial_dates())
def test_a_stored_partial_date_reads_back_the_same(value: PartialDate) -> None:
    assert PartialDate.from_stored(value.stored) == value


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-02-31", "~3x@2026-11-22"])
def test_what_is_no_stored_partial_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)invalid|must be|range"):
        PartialDate.from_stored(text)


def test_about_needs_a_known_unit() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        PartialDate.about(1, "fortnight", SAID_ON)


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        (PartialDate.on(date(2026, 3, 4)), date(2026, 3, 4), date(2026, 3, 4)),
        (PartialDate.in_month(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (PartialDate.in_year(2025), date(2025, 1, 1), date(2025, 12, 31)),
        (PartialDate.about(3, "w", SAID_ON), date(2026, 10, 29), date(2026, 11, 4)),
        (PartialDate.about(0, "m", SAID_ON), date(2026, 11, 7), SAID_ON),
    ],
    ids=["day", "month of a leap year", "year", "about 3 weeks", "about now"],
)
def test_a_partial_date_knows_the_days_it_can_mean(
    value: PartialDate, earliest: date, latest: date
) -> None:
    assert (value.earliest, value.latest) == (earliest, latest)


@given(partial_dates())
def test_the_earliest_day_is_never_after_the_latest(value: PartialDate) -> None:
    assert value.earliest <= value.latest


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        (Quantity(Decimal("98.6"), "°F"), "°C", Decimal("37.0")),
        (Quantity(Decimal("37.0"), "°C"), "°F", Decimal("98.6")),
        (Quantity(Decimal(154), "lb"), "kg", Decimal("69.9")),
        (Quantity(Decimal(70), "kg"), "lb", Decimal("154.3")),
        (Quantity(Decimal(64), "in"), "cm", Decimal("162.6")),
        (Quantity(Decimal("7.0"), "mmol/L"), "mg/dL", Decimal(126)),
        (Quantity(Decimal(88), "µmol/L"), "mg/dL", Decimal("1.0")),
        (Quantity(Decimal("5.55"), "kg"), "kg", Decimal("5.55")),
    ],
    ids=str,
)
def test_a_quantity_converts_to_the_other_unit(
    quantity: Quantity, unit: str, expected: Decimal
) -> None:
    assert quantity.to(unit) == expected


def test_weight_does_not_convert_to_temperature() -> None:
    with pytest.raises(ValueError, match="kg to °C"):
        Quantity(Decimal(70), "kg").to("°C")


@given(
    st.decimals("-999", "999", places=1),
    st.sampled_from(["°C", "°F", "kg", "mg/dL", "10⁹/L"]),
)
def test_a_stored_quantity_reads_back_the_same(value: Decimal, unit: str) -> None:
    quantity = Quantity(value, unit)

    assert Quantity.from_stored(quantity.stored) == quantity


def test_what_is_no_stored_quantity_is_refused() -> None:
    with pytest.raises(ValueError, match="warm"):
        Quantity.from_stored("warm °C")


def test_a_choice_is_stored_by_value_and_read_by_label() -> None:
    assert (str(Sex.FEMALE), Sex.FEMALE.label) == ("female", "Female")


def test_a_choice_without_a_label_shows_its_value() -> None:
    class Bed(Choice):
        NARROW = "narrow"

    assert Bed.NARROW.label == "narrow"


def test_unknown_is_not_no() -> None:
    assert str(Answer.UNKNOWN) != str(Answer.NO)


# --- several answers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "latest", "left"),
    [
        (("heart", "none"), "none", ("none",)),
        (("none", "heart"), "heart", ("heart",)),
        (("unknown", "none"), "unknown", ("unknown",)),
        (("heart", "lung"), "lung", ("heart", "lung")),
        (("none",), "none", ("none",)),
    ],
)
def test_an_answer_for_the_whole_list_goes_with_no_other(
    chosen: tuple[str, ...], latest: str, left: tuple[str, ...]
) -> None:
    assert fitting(chosen, latest) == left


@pytest.mark.parametrize(
    ("chosen", "alone"),
    [((), ""), (("none",), ""), (("a", "b"), ""), (("a", "none"), "none"), (("none", "none"), "")],
)
def test_it_is_known_which_answer_cannot_be_true_with_the_others(
    chosen: tuple[str, ...], alone: str
) -> None:
    assert standing_alone(chosen) == alone
