"""The field table is read from the annotations of a record, once."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

import pytest

from intake_app.domain.fields import (
    EnteredBy,
    Kind,
    Option,
    Record,
    Spec,
    field_of,
    fields_of,
    object_name,
)
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import Patient, ReadingNeed, Sex
from intake_app.domain.procedures import ProcedureRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed(Record):
    """A record of this test."""

    FORM: ClassVar[str] = "bed"

    number: Annotated[int, Spec("Number", minimum=1, maximum=9, unit="m", by=EnteredBy.NURSE)]
    note: Annotated[str | None, "no declaration", Spec("Note", Kind.LONG_TEXT)] = None
    made: bool = False
    height: Annotated[int, "not a form field"] = 50


def test_the_table_holds_the_declared_fields_in_their_order() -> None:
    table = fields_of(Bed)

    assert [field.key for field in table] == ["number", "note"]


def test_a_field_without_default_that_is_never_none_is_required() -> None:
    assert field_of(Bed, "number").required


def test_a_field_that_may_be_none_is_not_required() -> None:
    assert not field_of(Bed, "note").required


def test_the_kind_follows_from_the_type() -> None:
    assert field_of(Bed, "number").kind is Kind.INTEGER


def test_a_declared_kind_goes_before_the_type() -> None:
    assert field_of(Bed, "note").kind is Kind.LONG_TEXT


def test_limits_unit_and_role_come_from_the_declaration() -> None:
    field = field_of(Bed, "number")

    assert (field.minimum, field.maximum, field.unit, field.by) == (1, 9, "m", EnteredBy.NURSE)


def test_the_table_is_read_once() -> None:
    assert fields_of(Patient) is fields_of(Patient)


def test_a_field_that_is_not_declared_is_not_found() -> None:
    with pytest.raises(KeyError, match=r"Bed\.made"):
        field_of(Bed, "made")


def test_a_choice_lists_its_options_with_labels() -> None:
    field = field_of(Patient, "sex")

    assert (field.kind, field.choice_type) == (Kind.CHOICE, Sex)
    assert field.choices[0] == Option("female", "Female")


def test_several_choices_are_a_kind_of_their_own() -> None:
    field = field_of(Patient, "reading_needs")

    assert (field.kind, field.choice_type) == (Kind.CHOICES, ReadingNeed)


def test_the_name_of_an_input_is_form_and_key() -> None:
    assert object_name(Patient.FORM, "family_name") == "patient.family_name"


@pytest.mark.parametrize("record_type", [Patient, Fracture, ProcedureRecord])
def test_every_field_has_a_label_and_a_place_in_the_fact_file(record_type: type[Record]) -> None:
    odd = [
        field.key
        for field in fields_of(record_type)
        if not field.label or not (field.handle.startswith("F-") or field.key == "nurse_note")
    ]

    assert odd == []
