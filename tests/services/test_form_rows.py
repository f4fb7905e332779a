"""Rows come and go: medicines, levels, whatever a visit has several of."""

import pytest

from intake_app.domain.audit import Deed, FieldChange
from intake_app.domain.errors import DuplicateLevelError, InvalidDraftError, NotAllowedError
from intake_app.domain.fractures import Fracture
from intake_app.domain.pain import PainMedicine
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import TreatedLevel
from intake_app.domain.spine import Level
from tests.services.desk import NURSE, RECEPTION, Desk


def test_a_row_is_added_with_what_was_typed(desk: Desk, visit_id: str) -> None:
    row = desk.forms.add_row(RECEPTION, PainMedicine, visit_id, {"name": "ibuprofen", "dose": ""})

    assert (row.name, row.dose, row.visit_id) == ("ibuprofen", "", visit_id)
    assert desk.case(visit_id).pain_medicines == (row,)


@pytest.mark.parametrize("values", [{}, {"name": ""}, {"dose": "400 mg"}], ids=str)
def test_a_row_without_its_required_field_is_refused(
    desk: Desk, visit_id: str, values: dict[str, str]
) -> None:
    with pytest.raises(InvalidDraftError) as caught:
        desk.forms.add_row(RECEPTION, PainMedicine, visit_id, values)

    assert [(p.key, p.code) for p in caught.value.problems] == [("name", "required")]


def test_a_row_of_a_nurse_is_not_added_by_reception(desk: Desk, visit_id: str) -> None:
    with pytest.raises(NotAllowedError):
        desk.forms.add_row(RECEPTION, TreatedLevel, visit_id, {"level": "T12"})


def test_a_removed_row_leaves_every_value_in_the_trail(desk: Desk, visit_id: str) -> None:
    row = desk.forms.add_row(
        RECEPTION, PainMedicine, visit_id, {"name": "ibuprofen", "dose": "400 mg"}
    )

    desk.forms.remove_row(RECEPTION, PainMedicine, row.id)

    latest = desk.patients.history(NURSE, desk.case(visit_id).patient.id)[0]
    assert desk.case(visit_id).pain_medicines == ()
    assert (latest.deed, latest.changes) == (
        Deed.REMOVED,
        (FieldChange("name", "ibuprofen", None), FieldChange("dose", "400 mg", "")),
    )


def test_a_removed_row_takes_its_unreadable_texts_with_it(desk: Desk, visit_id: str) -> None:
    row = desk.forms.add_row(NURSE, PainMedicine, visit_id, {"name": "ibuprofen"})
    desk.save(row, {"mme_a_day": "lots"})

    desk.forms.remove_row(NURSE, PainMedicine, row.id)

    assert desk.work.kept.typed == {}


def test_a_level_that_has_a_row_gets_no_second_one(desk: Desk, visit_id: str) -> None:
    desk.forms.add_row(RECEPTION, Fracture, visit_id, {"level": "T12"})

    with pytest.raises(DuplicateLevelError):
        desk.forms.add_row(RECEPTION, Fracture, visit_id, {"level": "T12"})


def test_a_row_cannot_be_given_the_level_of_another(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")
    upper, lower = desk.case(visit_id).fractures

    saved = desk.save(lower, {"level": "T12", "cause": "osteoporosis"})

    assert [(p.key, p.code) for p in saved.problems] == [("level", "level_taken")]
    assert saved.changed == ("cause",)
    assert [row.level for row in desk.case(visit_id).fractures] == [upper.level, Level.L1]


def test_a_row_can_be_given_a_level_that_is_free(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")

    saved = desk.save(desk.case(visit_id).fractures[1], {"level": "L2"})

    assert (saved.problems, saved.changed) == ((), ("level",))


def test_several_rows_may_be_of_unknown_level(desk: Desk, visit_id: str) -> None:
    for _ in range(2):
        desk.forms.add_row(RECEPTION, Fracture, visit_id, {"level": "unknown"})

    assert desk.case(visit_id).n == 2


def test_texts_kept_beside_a_line_of_a_visit_can_be_asked_for(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    desk.save(patient, {"birth_date": "2/31/51"})

    assert desk.forms.typed(RECEPTION, Patient.FORM, patient.id) == {"birth_date": "2/31/51"}
