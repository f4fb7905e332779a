"""Questions to the nurse: asked at a field, answered by a nurse, never lost."""

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import EmptyQuestionError, NotAllowedError
from intake_app.domain.nurse_questions import NurseQuestion
from tests.builders import NOW
from tests.services.desk import NURSE, RECEPTION, Desk


def a_question(note: str = "Takes a water tablet?", key: str = "blood_thinner") -> NurseQuestion:
    """Return a question at a safety answer, as a window asks it."""
    return NurseQuestion(
        id="",
        visit_id="",
        form="safety",
        record_id="safety-1",
        key=key,
        note=note,
        asked_by="",
        asked_at=NOW,
    )


@pytest.fixture
def visit(desk: Desk) -> str:
    """Return the visit of a new patient."""
    return desk.register()


def test_a_question_is_kept_with_who_asked_and_when(desk: Desk, visit: str) -> None:
    desk.questions.ask(RECEPTION, visit, a_question())

    (kept,) = desk.case(visit).questions
    assert (kept.note, kept.asked_by, kept.asked_at) == ("Takes a water tablet?", "Rita Vale", NOW)
    assert kept.is_open


def test_asking_again_at_the_same_field_changes_the_note(desk: Desk, visit: str) -> None:
    desk.questions.ask(RECEPTION, visit, a_question())

    desk.questions.ask(RECEPTION, visit, a_question("Takes two water tablets"))

    (kept,) = desk.questions.questions(NURSE, visit)
    assert kept.note == "Takes two water tablets"


def test_another_field_gets_a_question_of_its_own(desk: Desk, visit: str) -> None:
    desk.questions.ask(RECEPTION, visit, a_question())

    desk.questions.ask(RECEPTION, visit, a_question(key="kidney"))

    assert len(desk.questions.questions(NURSE, visit)) == 2


def test_a_question_without_words_is_refused(desk: Desk, visit: str) -> None:
    with pytest.raises(EmptyQuestionError):
        desk.questions.ask(RECEPTION, visit, a_question("   "))


def test_a_nurse_answers_and_the_question_is_closed(desk: Desk, visit: str) -> None:
    asked = desk.questions.ask(RECEPTION, visit, a_question())

    desk.questions.answer(NURSE, asked.id, "No blood thinner")

    (kept,) = desk.case(visit).questions
    assert (kept.answer, kept.answered_by, kept.is_open) == ("No blood thinner", "Nora Hill", False)


def test_reception_does_not_answer_for_the_nurse(desk: Desk, visit: str) -> None:
    asked = desk.questions.ask(RECEPTION, visit, a_question())

    with pytest.raises(NotAllowedError):
        desk.questions.answer(RECEPTION, asked.id, "Looks fine")


def test_after_an_answer_the_same_field_can_be_asked_about_again(desk: Desk, visit: str) -> None:
    asked = desk.questions.ask(RECEPTION, visit, a_question())
    desk.questions.answer(NURSE, asked.id, "")

    desk.questions.ask(RECEPTION, visit, a_question("And now?"))

    assert [each.is_open for each in desk.case(visit).questions] == [False, True]


def test_the_history_keeps_a_question_that_was_taken_back(desk: Desk, visit: str) -> None:
    asked = desk.questions.ask(RECEPTION, visit, a_question())

    desk.questions.take_back(RECEPTION, asked.id)

    latest = desk.patients.history(NURSE, desk.case(visit).patient.id)[0]
    assert desk.case(visit).questions == ()
    assert latest.deed is Deed.REMOVED
    assert ("note", "Takes a water tablet?") in [(each.key, each.before) for each in latest.changes]
    assert ("field", "safety.blood_thinner") in [(each.key, each.after) for each in latest.changes]


def test_an_open_question_is_counted_on_the_line_of_the_day(desk: Desk, visit: str) -> None:
    asked = desk.questions.ask(RECEPTION, visit, a_question())
    before = desk.board.lines(NURSE, desk.board.today())[0].open_questions

    desk.questions.answer(NURSE, asked.id, "")

    assert before == 1
    assert desk.board.lines(NURSE, desk.board.today())[0].open_questions == 0
