"""The safety questions: each answer kept by itself, unknown is an answer, rows come and go."""

from decimal import Decimal

import pytest

from intake_app.domain.audit import FieldChange
from intake_app.domain.errors import NotAllowedError, NotFoundError
from intake_app.domain.values import Quantity
from tests.services.desk import NURSE, RECEPTION, Desk, a_desk
from tests.services.drafting import answer_disputes


def test_before_anybody_asked_there_are_no_answers(desk: Desk, visit_id: str) -> None:
    answers, typed = desk.safety.open(RECEPTION, visit_id)

    assert (answers.values, typed) == ({}, {})


def test_an_answer_is_kept_by_itself(desk: Desk, visit_id: str) -> None:
    desk.safety.save(RECEPTION, visit_id, {"blood_thinner": "unknown"})

    answers, _ = desk.safety.open(RECEPTION, visit_id)
    assert answers.values == {"blood_thinner": "unknown"}


def test_unknown_is_an_answer_and_can_be_taken_back(desk: Desk, visit_id: str) -> None:
    desk.safety.save(RECEPTION, visit_id, {"blood_thinner": "unknown"})

    answers, _ = desk.safety.save(RECEPTION, visit_id, {"blood_thinner": ""})

    assert answers.get("blood_thinner") is None


@pytest.mark.parametrize("typed", ["2.4", "2,4"])
def test_an_inr_may_be_typed_with_a_comma(desk: Desk, visit_id: str, typed: str) -> None:
    answers, problems = desk.safety.save(NURSE, visit_id, {"inr": typed})

    assert (answers.get("inr"), problems) == (Decimal("2.4"), ())


def test_fahrenheit_typed_as_celsius_is_asked_about_and_not_lost() -> None:
    desk = a_desk(units="metric")
    visit_id = desk.register()

    answers, problems = desk.safety.save(NURSE, visit_id, {"temperature": "98.6 °C"})

    _, typed = desk.safety.open(NURSE, visit_id)
    assert [(p.key, p.code) for p in problems] == [("temperature", "other_unit")]
    assert (answers.get("temperature"), typed) == (None, {"temperature": "98.6 °C"})


def test_a_temperature_keeps_the_unit_it_was_typed_in(desk: Desk, visit_id: str) -> None:
    answers, _ = desk.safety.save(NURSE, visit_id, {"temperature": "98.6 °F"})

    assert answers.get("temperature") == Quantity(Decimal("98.6"), "°F")


def test_unreadable_text_is_kept_until_it_is_put_right(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"inr": "high", "platelets": "200"})
    before = dict(desk.safety.open(NURSE, visit_id)[1])

    desk.safety.save(NURSE, visit_id, {"inr": "1.1"})

    answers, typed = desk.safety.open(NURSE, visit_id)
    assert (before, typed) == ({"inr": "high"}, {})
    assert (answers.get("inr"), answers.get("platelets")) == (Decimal("1.1"), 200)


def test_the_same_answer_again_changes_nothing(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "no"})
    before = desk.work.commits

    desk.safety.save(NURSE, visit_id, {"blood_thinner": "no"})

    assert desk.work.commits == before


def test_a_question_that_is_not_asked_now_takes_no_answer(desk: Desk, visit_id: str) -> None:
    answers, _ = desk.safety.save(NURSE, visit_id, {"blood_thinners.0.name": "apixaban"})

    assert answers.values == {}


def test_an_answer_may_open_further_questions_of_the_same_save(desk: Desk, visit_id: str) -> None:
    draft = {"pregnancy_test": "", "allergy_status": "known", "diabetes": "type_2"}

    answers, problems = desk.safety.save(NURSE, visit_id, {"glucose": "140 mg/dL", **draft})

    assert problems == ()
    assert answers.get("glucose") == Quantity(Decimal(140), "mg/dL")


def test_the_second_save_of_one_answer_loses_neither(desk: Desk, visit_id: str) -> None:
    desk.safety.save(RECEPTION, visit_id, {"cancer": "no"}, seen={"cancer": None})

    answers, problems = desk.safety.save(NURSE, visit_id, {"cancer": "yes"}, seen={"cancer": None})

    assert [(p.key, p.code) for p in problems] == [("cancer", "changed_by_other")]
    assert answers.get("cancer") == "no"
    assert answer_disputes(desk, NURSE, visit_id)["cancer"].mine == "Yes"


def test_having_seen_the_others_answer_it_can_be_replaced(desk: Desk, visit_id: str) -> None:
    desk.safety.save(RECEPTION, visit_id, {"cancer": "no"}, seen={"cancer": None})

    answers, problems = desk.safety.save(NURSE, visit_id, {"cancer": "yes"}, seen={"cancer": "no"})

    assert (answers.get("cancer"), problems) == ("yes", ())


def test_reception_does_not_answer_a_nurses_question(desk: Desk, visit_id: str) -> None:
    with pytest.raises(NotAllowedError) as caught:
        desk.safety.save(RECEPTION, visit_id, {"blood_thinner": "no", "inr": "1.1"})

    assert caught.value.values == {"action": "safety.inr"}
    assert desk.safety.open(NURSE, visit_id)[0].values == {}


def test_an_answer_is_in_the_history_with_what_was_there_before(desk: Desk, visit_id: str) -> None:
    desk.safety.save(RECEPTION, visit_id, {"blood_thinner": "unknown"})

    desk.safety.save(NURSE, visit_id, {"blood_thinner": "yes"})

    latest = desk.patients.history(NURSE, desk.case(visit_id).patient.id)[0]
    assert latest.actor_id == NURSE.id
    assert latest.changes == (FieldChange("blood_thinner", "unknown", "yes"),)


def with_two_thinners(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "yes"})
    desk.safety.add_row(RECEPTION, visit_id, "blood_thinners")
    desk.safety.add_row(RECEPTION, visit_id, "blood_thinners")
    desk.safety.save(
        NURSE,
        visit_id,
        {"blood_thinners.0.name": "apixaban", "blood_thinners.1.name": "aspirin"},
    )


def test_a_row_is_added_empty_and_filled_in(desk: Desk, visit_id: str) -> None:
    with_two_thinners(desk, visit_id)

    answers, _ = desk.safety.open(NURSE, visit_id)
    assert len(answers.rows("blood_thinners")) == 2
    assert answers.get("blood_thinners.1.name") == "aspirin"


def test_a_group_that_does_not_exist_gets_no_row(desk: Desk, visit_id: str) -> None:
    with pytest.raises(KeyError):
        desk.safety.add_row(NURSE, visit_id, "shoes")


def test_a_removed_row_stays_in_the_history(desk: Desk, visit_id: str) -> None:
    with_two_thinners(desk, visit_id)

    desk.safety.remove_row(NURSE, visit_id, "blood_thinners", index=0)

    answers, _ = desk.safety.open(NURSE, visit_id)
    latest = desk.patients.history(NURSE, desk.case(visit_id).patient.id)[0]
    assert answers.get("blood_thinners.0.name") == "aspirin"
    assert latest.changes == (FieldChange("blood_thinners.0.name", "apixaban", None),)


def test_an_empty_row_that_is_removed_is_in_the_history_too(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "yes"})
    desk.safety.add_row(NURSE, visit_id, "blood_thinners")

    desk.safety.remove_row(NURSE, visit_id, "blood_thinners", index=0)

    latest = desk.patients.history(NURSE, desk.case(visit_id).patient.id)[0]
    assert latest.changes == (FieldChange("blood_thinners.0", "", None),)


def test_unreadable_text_moves_up_with_its_row(desk: Desk, visit_id: str) -> None:
    with_two_thinners(desk, visit_id)
    desk.safety.save(NURSE, visit_id, {"blood_thinners.1.last_dose": "some time"})

    desk.safety.remove_row(NURSE, visit_id, "blood_thinners", index=0)

    assert desk.safety.open(NURSE, visit_id)[1] == {"blood_thinners.0.last_dose": "some time"}


def test_a_visit_that_does_not_exist_has_no_questions(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.safety.open(NURSE, "nowhere")
