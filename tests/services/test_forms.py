"""What is typed is kept field by field; nothing waits for a whole form, nothing is lost."""

from datetime import UTC, date, datetime

import pytest

from intake_app.domain.audit import Deed, FieldChange
from intake_app.domain.errors import NotAllowedError
from intake_app.domain.fractures import Fracture
from intake_app.domain.pain import PainMedicine
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import TreatedLevel
from intake_app.domain.staff import Actor, Staff
from intake_app.domain.visits import Visit
from intake_app.services.drafting import patient_of
from tests.builders import a_clinic, a_fracture
from tests.services.desk import MANAGER, NURSE, PHYSICIAN, RECEPTION, Desk
from tests.services.drafting import disputes

# --- one field at a time --------------------------------------------------------------------


def test_a_field_is_saved_without_the_others(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    saved = desk.save(patient, {"city": "Springfield"}, actor=RECEPTION)

    assert (saved.changed, saved.problems) == (("city",), ())
    assert desk.case(visit_id).patient.city == "Springfield"


def test_what_can_be_read_is_saved_beside_what_cannot(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    saved = desk.save(patient, {"city": "Springfield", "birth_date": "2/31/51"})

    assert [problem.code for problem in saved.problems] == ["no_such_day"]
    assert desk.case(visit_id).patient.city == "Springfield"


def test_unreadable_text_is_kept_beside_the_record_and_comes_back(
    desk: Desk, visit_id: str
) -> None:
    patient = desk.case(visit_id).patient

    desk.save(patient, {"birth_date": "2/31/51"})

    opened = desk.forms.open(RECEPTION, Patient, patient.id)
    assert opened.typed == {"birth_date": "2/31/51"}
    assert opened.record.birth_date == date(1951, 3, 4)


def test_unreadable_text_stays_while_other_fields_are_saved(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    desk.save(patient, {"birth_date": "2/31/51"})

    desk.save(patient, {"city": "Springfield"})

    assert desk.typed(patient) == {"birth_date": "2/31/51"}


@pytest.mark.parametrize("typed", ["3/5/51", ""])
def test_unreadable_text_goes_when_it_is_put_right_or_emptied(
    desk: Desk, visit_id: str, typed: str
) -> None:
    patient = desk.case(visit_id).patient
    desk.save(patient, {"birth_date": "2/31/51"})

    desk.save(patient, {"birth_date": typed})

    assert desk.typed(patient) == {}


def test_a_required_field_that_is_emptied_keeps_what_it_held(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    saved = desk.save(patient, {"family_name": " "})

    assert [problem.code for problem in saved.problems] == ["required"]
    assert (desk.case(visit_id).patient.family_name, desk.typed(patient)) == ("Doe", {})


def test_a_warning_is_told_and_the_value_saved(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    saved = desk.save(patient, {"birth_date": "1/1/1919"})

    assert [problem.code for problem in saved.problems] == ["very_old"]
    assert desk.case(visit_id).patient.birth_date == date(1919, 1, 1)


def test_saving_what_is_there_already_changes_nothing(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    before = desk.work.commits

    saved = desk.save(patient, {"given_name": "Jane"})

    assert (saved.changed, desk.work.commits) == ((), before)


def test_a_key_that_is_no_field_is_left_alone(desk: Desk, visit_id: str) -> None:
    saved = desk.save(desk.case(visit_id).visit, {"state": "left", "room": "2"})

    assert saved.changed == ("room",)


def test_a_bare_clock_time_belongs_to_the_day_of_the_visit(desk: Desk, visit_id: str) -> None:
    desk.save(desk.case(visit_id).visit, {"day": "11/25/2026"})

    desk.save(desk.case(visit_id).procedure, {"started_at": "8:00"})

    assert desk.case(visit_id).procedure.started_at == datetime(2026, 11, 25, 8, tzinfo=UTC)


def test_a_stamp_out_of_order_is_kept_as_text_until_it_fits(desk: Desk, visit_id: str) -> None:
    procedure = desk.case(visit_id).procedure
    desk.save(procedure, {"started_at": "9:00"})

    saved = desk.save(procedure, {"ended_at": "8:00"})

    assert [problem.code for problem in saved.problems] == ["stamp_out_of_order"]
    assert desk.typed(procedure) == {"ended_at": "8:00"}
    assert desk.case(visit_id).procedure.ended_at is None


def test_a_picked_value_that_does_not_fit_is_kept_as_text(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    desk.save(patient, {"birth_date": date(2030, 1, 1)})

    assert desk.typed(patient) == {"birth_date": "1 January 2030"}


# --- two people -----------------------------------------------------------------------------


def test_two_people_save_different_fields_of_one_patient(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    desk.save(patient, {"city": "Springfield"}, actor=RECEPTION, seen={"city": ""})
    desk.save(patient, {"postcode": "12345"}, actor=NURSE, seen={"postcode": ""})

    kept = desk.case(visit_id).patient
    assert (kept.city, kept.postcode) == ("Springfield", "12345")


def test_the_second_save_of_one_field_loses_neither_typing(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    desk.save(patient, {"city": "Springfield"}, actor=RECEPTION, seen={"city": ""})

    saved = desk.save(patient, {"city": "Shelbyville"}, actor=NURSE, seen={"city": ""})

    assert [(p.key, p.code) for p in saved.problems] == [("city", "changed_by_other")]
    assert desk.case(visit_id).patient.city == "Springfield"
    assert disputes(desk, NURSE, patient)["city"].mine == "Shelbyville"


def test_having_seen_the_others_value_the_same_text_replaces_it(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    desk.save(patient, {"city": "Springfield"}, actor=RECEPTION, seen={"city": ""})
    desk.save(patient, {"city": "Shelbyville"}, seen={"city": ""})

    saved = desk.save(patient, {"city": "Shelbyville"}, seen={"city": "Springfield"})

    assert saved.problems == ()
    assert desk.case(visit_id).patient.city == "Shelbyville"
    assert disputes(desk, NURSE, patient) == {}


def test_both_typing_the_same_is_no_conflict(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    desk.save(patient, {"city": "Springfield"}, actor=RECEPTION, seen={"city": ""})

    assert desk.save(patient, {"city": "Springfield"}, seen={"city": ""}).problems == ()


def test_a_zero_somebody_typed_is_an_answer_and_not_overwritten(desk: Desk, visit_id: str) -> None:
    pain = desk.case(visit_id).pain
    desk.save(pain, {"pain_now": "0"}, actor=NURSE, seen={"pain_now": None})

    saved = desk.save(pain, {"pain_now": "7"}, actor=PHYSICIAN, seen={"pain_now": None})

    assert [problem.code for problem in saved.problems] == ["changed_by_other"]
    assert desk.case(visit_id).pain.pain_now == 0


# --- rights ---------------------------------------------------------------------------------


def test_reception_may_not_type_a_nurses_field(desk: Desk, visit_id: str) -> None:
    pain = desk.case(visit_id).pain

    with pytest.raises(NotAllowedError) as caught:
        desk.save(pain, {"pain_now": "7"}, actor=RECEPTION)

    assert caught.value.values == {"action": "pain.pain_now"}
    assert desk.case(visit_id).pain.pain_now is None


@pytest.mark.parametrize("actor", [RECEPTION, NURSE, PHYSICIAN], ids=lambda actor: actor.id)
def test_nobody_but_the_manager_types_the_clinics_fields(desk: Desk, actor: Actor) -> None:
    with pytest.raises(NotAllowedError):
        desk.save(a_clinic(), {"phone_day": "555 010 0009"}, actor=actor)


def test_the_manager_types_the_clinics_fields(desk: Desk) -> None:
    saved = desk.save(a_clinic(), {"phone_day": "555 010 0009"}, actor=MANAGER)

    assert saved.changed == ("phone_day",)


# --- the trail ------------------------------------------------------------------------------


def test_the_trail_keeps_what_was_there_before_who_and_when(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    desk.save(patient, {"given_name": "Ann", "birth_date": "3/5/51"}, actor=RECEPTION)

    latest = desk.patients.history(NURSE, patient.id)[0]
    assert (latest.deed, latest.actor_id, latest.at) == (
        Deed.CHANGED,
        RECEPTION.id,
        desk.clock.now(),
    )
    assert latest.changes == (
        FieldChange("given_name", "Jane", "Ann"),
        FieldChange("birth_date", "1951-03-04", "1951-03-05"),
    )


def test_a_change_of_a_visits_record_is_part_of_the_patients_history(
    desk: Desk, visit_id: str
) -> None:
    case = desk.case(visit_id)

    desk.save(case.imaging, {"mri_place": "City Hospital"})

    latest = desk.patients.history(NURSE, case.patient.id)[0]
    assert (latest.table, latest.patient_id) == ("imaging", case.patient.id)


@pytest.mark.parametrize(
    "record", [a_clinic(), Staff(id="s", name="Sam"), a_fracture(visit_id="gone")]
)
def test_a_record_without_a_patient_is_about_nobody(desk: Desk, record: Staff | Fracture) -> None:
    with desk.work as work:
        assert patient_of(work, record) == ""


# --- what one field means for others ----------------------------------------------------------


def test_a_record_without_owner_is_added_too(desk: Desk) -> None:
    row = desk.forms.add_row(MANAGER, Staff, "", {"name": "Sam Reed"})

    assert row.name == "Sam Reed"


@pytest.mark.parametrize(
    ("record_type", "values"),
    [(TreatedLevel, {"level": "T12"}), (PainMedicine, {"name": "x", "mme_a_day": "5"})],
)
def test_reception_does_not_remove_what_a_nurse_entered(
    desk: Desk,
    visit_id: str,
    record_type: type[TreatedLevel | PainMedicine],
    values: dict[str, str],
) -> None:
    row = desk.forms.add_row(NURSE, record_type, visit_id, values)

    with pytest.raises(NotAllowedError):
        desk.forms.remove_row(RECEPTION, record_type, row.id)


def test_a_visit_of_its_own_day_reads_its_own_times(desk: Desk, visit_id: str) -> None:
    visit = desk.case(visit_id).visit

    saved = desk.forms.save(RECEPTION, Visit, visit.id, draft={"planned_start": "8"})

    assert saved.record.planned_start == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_a_start_typed_together_with_a_new_day_is_on_that_day(desk: Desk, visit_id: str) -> None:
    visit = desk.case(visit_id).visit

    saved = desk.forms.save(
        RECEPTION, Visit, visit.id, draft={"planned_start": "8", "day": "11/25/2026"}
    )

    assert saved.record.planned_start == datetime(2026, 11, 25, 8, tzinfo=UTC)


def test_a_start_typed_with_a_day_nobody_can_read_is_on_the_known_day(
    desk: Desk, visit_id: str
) -> None:
    visit = desk.case(visit_id).visit

    saved = desk.forms.save(RECEPTION, Visit, visit.id, draft={"planned_start": "8", "day": "soon"})

    assert saved.record.planned_start == datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("actor", "confirmed"), [(RECEPTION, ""), (NURSE, "Nora Hill")], ids=["reception", "nurse"]
)
def test_what_reception_changes_is_not_confirmed_any_more(
    desk: Desk, visit_id: str, actor: Actor, confirmed: str
) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12")
    desk.fractures.confirm(NURSE, visit_id)
    row = desk.case(visit_id).fractures[0]

    desk.save(row, {"status": "watch"}, actor=actor)

    assert desk.case(visit_id).fractures[0].confirmed_by == confirmed


@pytest.mark.parametrize("typed", ["P-000001", "p-000001"])
def test_a_record_number_belongs_to_one_patient(desk: Desk, visit_id: str, typed: str) -> None:
    other = desk.case(desk.register("Roe, Richard")).patient

    saved = desk.save(other, {"record_number": typed, "city": "Springfield"})

    assert [(p.key, p.code) for p in saved.problems] == [("record_number", "record_number_taken")]
    assert saved.changed == ("city",)
    assert desk.typed(other) == {"record_number": typed}


@pytest.mark.parametrize("typed", ["MRN 77-a", "P-000001", ""])
def test_a_record_number_may_be_ones_own_a_new_one_or_none(
    desk: Desk, visit_id: str, typed: str
) -> None:
    patient = desk.case(visit_id).patient

    assert desk.save(patient, {"record_number": typed}).problems == ()
