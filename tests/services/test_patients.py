"""Find a patient, register one from what was typed, open one, see who did what."""

from datetime import date

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import NotAllowedError, NotFoundError
from intake_app.domain.fields import FieldValue
from intake_app.domain.staff import Actor
from intake_app.domain.visits import Visit
from intake_app.services.patients import identity_from
from tests.builders import TODAY, a_locality
from tests.services.desk import NURSE, RECEPTION, Desk

JANE = {"family_name": "Doe", "given_name": "Jane"}
BORN = date(1951, 3, 4)
NOBODY = Actor("staff-0", "Nobody", frozenset())


@pytest.mark.parametrize(
    ("typed", "identity"),
    [
        ("Doe, Jane 3/4/51", {**JANE, "birth_date": BORN}),
        ("jane doe", JANE),
        ("Jane Doe 030451", {**JANE, "birth_date": BORN}),
        ("3/4/1951 Jane Doe", {**JANE, "birth_date": BORN}),
        ("Jane Doe 4 Mar 1951", {**JANE, "birth_date": BORN}),
        ("Jane Doe March 4, 1951", {**JANE, "birth_date": BORN}),
        ("Jane Doe 1951-03-04", {**JANE, "birth_date": BORN}),
        ("Sukarno", {"family_name": "Sukarno"}),
        ("Doe,", {"family_name": "Doe"}),
        ("Maria de la Cruz", {"family_name": "Cruz", "given_name": "Maria de la"}),
        ("de la Cruz, Maria", {"family_name": "de la Cruz", "given_name": "Maria"}),
        ("o'brien, pat", {"family_name": "O'Brien", "given_name": "Pat"}),
        ("josé garcía-nuñez", {"family_name": "García-Nuñez", "given_name": "José"}),
        ("McDonald", {"family_name": "McDonald"}),
        ("李小龍", {"family_name": "李小龍"}),
        ("Doe\u200b, Jane", JANE),
        ("555-010-2030", {"mobile_phone": "555-010-2030"}),
        ("+1 (555) 010-2030", {"mobile_phone": "+1 (555) 010-2030"}),
        ("(555) 010-2030 Doe", {"family_name": "Doe", "mobile_phone": "(555) 010-2030"}),
        (
            "Doe, Jane 3/4/51 555 010 2030",
            {**JANE, "birth_date": BORN, "mobile_phone": "555 010 2030"},
        ),
        (
            "Doe, Jane 555 010 2030 3/4/51",
            {**JANE, "birth_date": BORN, "mobile_phone": "555 010 2030"},
        ),
        ("Doe 31 Foo 1951", {"family_name": "Foo", "given_name": "Doe"}),
        ("Doe 2/31/51", {"family_name": "Doe"}),
        ("Doe 5550100", {"family_name": "Doe", "mobile_phone": "5550100"}),
        ("Doe 555010", {"family_name": "Doe"}),
        ("P-030451", {}),
        ("1234", {}),
        ("", {}),
        (" , ; ", {}),
    ],
)
def test_what_was_searched_for_fills_in_the_new_patient(
    typed: str, identity: dict[str, FieldValue]
) -> None:
    assert identity_from(typed, a_locality()) == identity


def test_abroad_the_day_comes_first() -> None:
    assert identity_from("Doe 4/3/51", a_locality(date_order="dmy"))["birth_date"] == BORN


def test_a_new_patient_has_a_record_number_a_visit_today_and_every_blank_form(desk: Desk) -> None:
    visit_id = desk.patients.register(RECEPTION, "Doe, Jane 3/4/51")

    case = desk.case(visit_id)
    assert (case.patient.record_number, case.patient.full_name) == ("P-000001", "Jane Doe")
    assert (case.patient.birth_date, case.visit.day, case.n) == (BORN, TODAY, 0)
    assert case.answers.values == {}


def test_a_patient_may_be_registered_before_anything_is_known(desk: Desk) -> None:
    visit_id = desk.patients.register(RECEPTION)

    assert desk.case(visit_id).patient.full_name == ""


def test_record_numbers_are_never_given_twice(desk: Desk) -> None:
    numbers = [desk.case(desk.register()).patient.record_number for _ in range(3)]

    assert numbers == ["P-000001", "P-000002", "P-000003"]


def test_a_name_far_too_long_is_kept_as_text_and_not_lost(desk: Desk) -> None:
    visit_id = desk.patients.register(RECEPTION, "x" * 300)

    patient = desk.case(visit_id).patient
    assert (patient.family_name, desk.typed(patient)) == ("", {"family_name": "X" + "x" * 299})


def test_a_birth_date_to_come_is_kept_as_text_and_not_lost(desk: Desk) -> None:
    visit_id = desk.patients.register(RECEPTION, "Doe 1/1/2030")

    patient = desk.case(visit_id).patient
    assert (patient.birth_date, desk.typed(patient)) == (None, {"birth_date": "1 January 2030"})


@pytest.mark.parametrize("typed", ["doe", "Jane", "3/4/1951", "P-000001"])
def test_a_registered_patient_is_found(desk: Desk, visit_id: str, typed: str) -> None:
    (found,) = desk.patients.search(RECEPTION, typed)

    assert (found.name, found.birth_date, found.last_visit) == ("Doe, Jane", BORN, TODAY)


def test_nothing_typed_shows_whom_i_looked_at_last(desk: Desk, visit_id: str) -> None:
    other = desk.register("Roe, Richard")
    desk.patients.case(RECEPTION, visit_id, viewed=True)
    desk.patients.case(RECEPTION, other, viewed=True)
    desk.patients.case(RECEPTION, other, viewed=True)

    names = [found.name for found in desk.patients.search(RECEPTION, "  ")]

    assert names == ["Roe, Richard", "Doe, Jane"]


def test_viewing_is_part_of_the_history(desk: Desk, visit_id: str) -> None:
    case = desk.patients.case(RECEPTION, visit_id, viewed=True)

    latest = desk.patients.history(NURSE, case.patient.id)[0]
    assert (latest.deed, latest.actor_id) == (Deed.VIEWED, RECEPTION.id)


def test_reading_for_the_program_itself_is_not_viewing(desk: Desk, visit_id: str) -> None:
    case = desk.patients.case(RECEPTION, visit_id)

    deeds = {entry.deed for entry in desk.patients.history(NURSE, case.patient.id)}
    assert deeds == {Deed.CREATED}


def test_a_patient_may_come_again(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    again = desk.patients.new_visit(RECEPTION, patient.id)

    assert [visit.id for visit in desk.patients.visits(RECEPTION, patient.id)] == [visit_id, again]
    assert desk.case(again).patient == patient


def test_there_is_no_new_visit_of_a_patient_who_does_not_exist(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.patients.new_visit(RECEPTION, "nobody")


def test_the_visit_to_show_is_the_latest_by_day_then_by_entry(desk: Desk, visit_id: str) -> None:
    patient_id = desk.case(visit_id).patient.id
    earlier = desk.patients.new_visit(RECEPTION, patient_id)
    desk.forms.save(RECEPTION, Visit, earlier, draft={"day": "1/2/2020"})

    assert desk.patients.latest_visit(RECEPTION, patient_id) == visit_id


def test_of_two_visits_on_one_day_the_one_entered_last_is_shown(desk: Desk, visit_id: str) -> None:
    patient_id = desk.case(visit_id).patient.id
    again = desk.patients.new_visit(RECEPTION, patient_id)

    assert desk.patients.latest_visit(RECEPTION, patient_id) == again


def test_somebody_without_a_visit_has_none_to_show(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.patients.latest_visit(RECEPTION, "nobody")


@pytest.mark.parametrize("by", ["id", "record number", "small letters"])
def test_a_visit_is_named_by_its_id_or_the_record_number(
    desk: Desk, visit_id: str, by: str
) -> None:
    name = {"id": visit_id, "record number": "P-000001", "small letters": "p-000001"}[by]

    assert desk.patients.visit_named(RECEPTION, name) == visit_id


@pytest.mark.parametrize("name", ["Doe", "P-000009", ""])
def test_a_visit_is_not_named_by_anything_else(desk: Desk, visit_id: str, name: str) -> None:
    with pytest.raises(NotFoundError):
        desk.patients.visit_named(RECEPTION, name)


def test_without_a_role_nobody_sees_or_registers_a_patient(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        desk.patients.search(NOBODY, "doe")
    with pytest.raises(NotAllowedError):
        desk.patients.register(NOBODY, "doe")


def test_without_a_clinic_there_is_no_case_to_show() -> None:
    desk = Desk()
    visit_id = desk.register()

    with pytest.raises(NotFoundError):
        desk.case(visit_id)


def test_a_case_that_lacks_a_form_is_not_shown_half(desk: Desk, visit_id: str) -> None:
    case = desk.case(visit_id)
    with desk.work as work:
        work.records(type(case.imaging)).remove(case.imaging)
        work.commit()

    with pytest.raises(NotFoundError):
        desk.case(visit_id)


def test_a_record_number_in_small_letters_names_a_visit_too(desk: Desk, visit_id: str) -> None:
    desk.save(desk.case(visit_id).patient, {"record_number": "mrn-77a"})

    assert desk.patients.visit_named(RECEPTION, "MRN-77A") == visit_id
