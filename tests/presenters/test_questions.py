"""Questions to the nurse on the patient page; and what each paper still needs."""

import pytest

from intake_app.domain.patients import Patient
from intake_app.domain.visits import Visit
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.presenters.paper_needs import Purpose
from tests.presenters.pages import a_page
from tests.services.desk import NURSE, RECEPTION, Desk

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_question_stands_at_its_field_and_counts_in_its_section(
    desk: Desk, visit_id: str
) -> None:
    page = a_page(desk, visit_id, RECEPTION)
    model = page.form(Patient)

    page.questions.ask(model, "lives_alone", "Her sister moves in?")

    asked = page.questions.at(model, "lives_alone")
    assert asked is not None
    assert (asked.note, asked.is_open) == ("Her sister moves in?", True)
    assert "Rita Vale" in asked.asked
    (identity,) = [each for each in page.sections() if each.section is PageSection.IDENTITY]
    assert identity.questions == 1
    assert identity.line.endswith("1 question")


def test_a_nurse_answers_and_the_answer_stands_there(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, NURSE)
    model = page.form(Patient)
    page.questions.ask(model, "lives_alone", "Her sister moves in?")
    asked = page.questions.at(model, "lives_alone")
    assert asked is not None

    page.questions.answer(asked.id, "Yes, on Friday")

    answered = page.questions.at(model, "lives_alone")
    assert answered is not None
    assert not answered.is_open
    assert answered.answer.startswith("Yes, on Friday (Nora Hill")
    assert page.questions.open_in(PageSection.IDENTITY) == 0


def test_a_question_that_is_taken_back_leaves_its_field(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, RECEPTION)
    model = page.form(Patient)
    page.questions.ask(model, "lives_alone", "Her sister moves in?")
    asked = page.questions.at(model, "lives_alone")
    assert asked is not None

    page.questions.take_back(asked.id)

    assert page.questions.at(model, "lives_alone") is None


def test_who_answers_what_depends_on_the_role(desk: Desk, visit_id: str) -> None:
    reception, nurse = a_page(desk, visit_id, RECEPTION), a_page(desk, visit_id, NURSE)

    assert (reception.questions.may_ask, reception.questions.may_answer) == (True, False)
    assert (nurse.questions.may_ask, nurse.questions.may_answer) == (True, True)


def test_a_new_visit_lacks_a_start_and_a_fracture_for_the_estimate(
    desk: Desk, visit_id: str
) -> None:
    page = a_page(desk, visit_id, RECEPTION)

    needed = page.needs()

    assert [each.place for each in needed[Purpose.ESTIMATE]] == [
        "fractures.levels",
        "visit.planned_start",
    ]
    assert "procedure.closure" in [each.place for each in needed[Purpose.AFTERCARE]]


def test_what_is_typed_is_needed_no_more(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, RECEPTION)
    page.form(Visit).set_value("planned_start", page.now())

    page.flush()

    assert [each.place for each in page.needs()[Purpose.ESTIMATE]] == ["fractures.levels"]


def test_a_missing_field_says_for_which_paper_it_is_needed(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, RECEPTION)

    (appointment,) = [each for each in page.sections() if each.section is PageSection.APPOINTMENT]

    words = {each.place: each.needed for each in appointment.missing}
    assert words["visit.planned_start"] == "needed for the estimate"
    assert words["visit.operator"] == ""
