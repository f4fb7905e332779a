"""What somebody types becomes a value, or a problem with the reason; nothing is guessed wrong."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.fields import Field, FieldValue, Kind, Option, field_of
from intake_app.domain.pain import PainFunction
from intake_app.domain.patients import Patient, ReadingNeed, Sex
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.reading import (
    UnreadableError,
    clean_text,
    has_invisible,
    read,
)
from intake_app.domain.values import Quantity
from tests.builders import a_locality

US = a_locality()


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
    ["+1 (555) 010-2030", "030 123456", "555.010.2030", "5550100 ext. 12", "555-0100 x5", "12345"],
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


@pytest.mark.parametrize("limits", [{}, {"minimum": 1}, {"maximum": 9}], ids=str)
def test_a_quantity_without_both_limits_is_not_compared(limits: dict[str, int]) -> None:
    field = of(Kind.QUANTITY, unit="kg", **limits)

    assert read(field, "5", US) == Quantity(Decimal(5), "kg")


def test_an_unknown_unit_names_the_only_one_there_is() -> None:
    assert refusal(of(Kind.QUANTITY, unit="kg"), "5 stone").values == {"units": ("kg",)}


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


@pytest.mark.parametrize("typed", [("none", "leak"), "None, Cement leak noted"], ids=str)
def test_none_together_with_another_answer_is_refused(typed: FieldValue) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(field_of(ProcedureRecord, "events"), typed, a_locality())

    assert (caught.value.code, caught.value.values) == ("stands_alone", {"choice": "None"})
