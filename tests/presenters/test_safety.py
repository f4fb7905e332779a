"""The safety questions while they are answered."""

import pytest

from intake_app.ui.presenters.patient_page import PatientPagePresenter
from intake_app.ui.presenters.safety import SafetyPresenter
from tests.presenters.pages import a_page
from tests.services.desk import RECEPTION, Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def page(desk: Desk, visit_id: str) -> PatientPagePresenter:
    """Return the page of a visit, seen by a nurse."""
    return a_page(desk, visit_id)


@pytest.fixture
def safety(page: PatientPagePresenter) -> SafetyPresenter:
    """Return the safety questions of that visit."""
    return SafetyPresenter(page)


def test_a_question_appears_with_the_answer_it_depends_on(safety: SafetyPresenter) -> None:
    before = safety.model.has("insulin")

    safety.model.edit("diabetes", "type_2")

    assert not before
    assert safety.model.has("insulin")


def test_a_question_goes_again_and_its_answer_comes_back_with_it(safety: SafetyPresenter) -> None:
    safety.model.edit("diabetes", "type_2")
    safety.model.edit("insulin", "yes")
    safety.model.edit("diabetes", "none")
    gone = not safety.model.has("insulin")

    safety.model.edit("diabetes", "type_1")

    assert gone
    assert safety.model.value("insulin") == "yes"


def test_an_answer_and_what_it_opens_are_kept_in_one_save(
    desk: Desk, visit_id: str, page: PatientPagePresenter, safety: SafetyPresenter
) -> None:
    safety.model.edit("diabetes", "type_2")
    safety.model.edit("insulin", "yes")

    page.flush()

    answers = desk.case(visit_id).answers
    assert answers.get("diabetes") == "type_2"
    assert answers.get("insulin") == "yes"
    assert page.is_saved()


def test_unknown_is_an_answer(
    desk: Desk, visit_id: str, page: PatientPagePresenter, safety: SafetyPresenter
) -> None:
    safety.model.edit("blood_thinner", "unknown")

    page.flush()

    assert desk.case(visit_id).answers.get("blood_thinner") == "unknown"
    assert page.snapshot.facts.blood_thinner == "unknown"


def test_text_that_is_no_answer_is_shown_again_at_reopening(
    desk: Desk, visit_id: str, page: PatientPagePresenter, safety: SafetyPresenter
) -> None:
    safety.model.edit("inr", "about two")
    page.flush()

    again = SafetyPresenter(a_page(desk, visit_id))

    assert again.model.text("inr") == "about two"
    assert again.model.problem("inr") is not None


def test_a_bare_number_is_read_in_the_unit_of_the_clinic(
    desk: Desk, visit_id: str, page: PatientPagePresenter, safety: SafetyPresenter
) -> None:
    safety.model.edit("temperature", "98.6")

    page.flush()

    assert page.snapshot.facts.temperature_c == 37


def rows_of(safety: SafetyPresenter) -> list[str]:
    """Return the names typed in the rows of blood thinners."""
    return [
        str(safety.model.value(field.key))
        for field in safety.model.fields
        if field.key.startswith("blood_thinners.") and field.key.endswith(".name")
    ]


def test_rows_are_added_typed_and_removed(
    page: PatientPagePresenter, safety: SafetyPresenter, desk: Desk, visit_id: str
) -> None:
    safety.model.edit("blood_thinner", "yes")
    safety.add_row("blood_thinners")
    safety.add_row("blood_thinners")
    safety.model.edit("blood_thinners.0.name", "apixaban")
    safety.model.edit("blood_thinners.1.name", "aspirin")
    page.flush()

    safety.remove_row("blood_thinners", 0)

    assert rows_of(safety) == ["aspirin"]
    assert desk.case(visit_id).answers.get("blood_thinners.0.name") == "aspirin"


def test_adding_a_row_keeps_what_was_typed_just_before(
    desk: Desk, visit_id: str, safety: SafetyPresenter
) -> None:
    safety.model.edit("blood_thinner", "yes")
    safety.add_row("blood_thinners")
    safety.model.edit("blood_thinners.0.name", "apixaban")

    safety.add_row("blood_thinners")

    assert rows_of(safety)[0] == "apixaban"
    assert desk.case(visit_id).answers.get("blood_thinners.0.name") == "apixaban"


def test_reception_cannot_type_what_the_nurse_measures(desk: Desk, visit_id: str) -> None:
    safety = SafetyPresenter(a_page(desk, visit_id, RECEPTION))

    assert not safety.model.read_only("blood_thinner")
    assert safety.model.read_only("temperature")


def test_an_answer_that_somebody_else_gave_meanwhile_is_not_overwritten(
    desk: Desk, visit_id: str, page: PatientPagePresenter, safety: SafetyPresenter
) -> None:
    desk.safety.save(RECEPTION, visit_id, {"blood_thinner": "yes"})

    safety.model.edit("blood_thinner", "no")
    page.flush()

    problem = safety.model.problem("blood_thinner")
    assert desk.case(visit_id).answers.get("blood_thinner") == "yes"
    assert problem is not None
    assert problem.code == "changed_by_other"


def test_the_place_for_the_first_allergy_comes_with_the_answer(safety: SafetyPresenter) -> None:
    arranged: list[bool] = []
    safety.arranged.connect(lambda: arranged.append(True))

    safety.model.edit("allergy_status", "known")

    assert arranged
