"""Answers to the reviewer's checklist, and approving with it."""

import pytest

from intake_app.domain.errors import NotAllowedError, WordingNotReadyError, WordingStageError
from intake_app.domain.wording_edit import WordingText
from intake_app.domain.wording_versions import Verdict, WordingVersion
from tests.builders import TODAY
from tests.services.desk import NURSE, PHYSICIAN, RECEPTION, Desk

NEXT_YEAR = TODAY.replace(year=TODAY.year + 1)


@pytest.fixture
def version(desk: Desk) -> WordingVersion:
    """Return a draft of the aftercare sheet."""
    return desk.wordings.versions(NURSE, "aftercare/en")[0]


def test_one_answer_is_kept_for_each_item(desk: Desk, version: WordingVersion) -> None:
    desk.reviews.answer(NURSE, version.id, "L-29", verdict=Verdict.NO)

    desk.reviews.answer(PHYSICIAN, version.id, "L-29", verdict=Verdict.YES, note="seen")

    (answer,) = desk.reviews.answers(NURSE, version.id)
    assert (answer.verdict, answer.note, answer.answered_by) == (Verdict.YES, "seen", "Dr. Park")


def test_an_answer_taken_back_is_gone(desk: Desk, version: WordingVersion) -> None:
    desk.reviews.answer(NURSE, version.id, "L-29", verdict=Verdict.NO)

    desk.reviews.answer(NURSE, version.id, "L-29", verdict=None)

    assert desk.reviews.answers(NURSE, version.id) == ()


def test_taking_back_what_nobody_answered_does_nothing(desk: Desk, version: WordingVersion) -> None:
    desk.reviews.answer(NURSE, version.id, "L-29", verdict=None)

    assert desk.reviews.answers(NURSE, version.id) == ()


def test_answers_to_other_words_do_not_count(desk: Desk, version: WordingVersion) -> None:
    desk.reviews.answer(NURSE, version.id, "L-29", verdict=Verdict.YES)
    text = WordingText.from_toml(version.content).with_item("R-1", 0, 0, "Pain in your chest")

    desk.wordings.save(NURSE, version.id, text, base_version=version.version)

    assert desk.reviews.answers(NURSE, version.id) == ()


def test_a_new_answer_to_new_words_takes_the_place_of_the_old_one(
    desk: Desk, version: WordingVersion
) -> None:
    desk.reviews.answer(NURSE, version.id, "L-29", verdict=Verdict.YES)
    text = WordingText.from_toml(version.content).with_item("R-1", 0, 0, "Pain in your chest")
    desk.wordings.save(NURSE, version.id, text, base_version=version.version)

    desk.reviews.answer(NURSE, version.id, "L-29", verdict=Verdict.NO)

    (answer,) = desk.reviews.answers(NURSE, version.id)
    assert answer.verdict is Verdict.NO


def test_reception_answers_nothing(desk: Desk, version: WordingVersion) -> None:
    with pytest.raises(NotAllowedError):
        desk.reviews.answer(RECEPTION, version.id, "L-29", verdict=Verdict.YES)


def test_the_checklist_of_what_is_approved_stays_as_it_was(
    desk: Desk, version: WordingVersion
) -> None:
    desk.reviews.answer(PHYSICIAN, version.id, "L-29", verdict=Verdict.YES)
    desk.wordings.send_for_review(NURSE, version.id)
    desk.reviews.approve(PHYSICIAN, version.id, review_by=NEXT_YEAR)

    with pytest.raises(WordingStageError):
        desk.reviews.answer(PHYSICIAN, version.id, "L-29", verdict=Verdict.NO)


def test_nothing_is_approved_while_a_needed_answer_is_missing(
    desk: Desk, version: WordingVersion
) -> None:
    desk.wordings.send_for_review(NURSE, version.id)

    with pytest.raises(WordingNotReadyError) as caught:
        desk.reviews.approve(PHYSICIAN, version.id, review_by=NEXT_YEAR)

    assert [reason.code for reason in caught.value.reasons] == ["wording_musts_open"]


def test_a_needed_answer_of_no_keeps_it_from_being_approved(
    desk: Desk, version: WordingVersion
) -> None:
    desk.reviews.answer(PHYSICIAN, version.id, "L-29", verdict=Verdict.NO)
    desk.wordings.send_for_review(NURSE, version.id)

    with pytest.raises(WordingNotReadyError):
        desk.reviews.approve(PHYSICIAN, version.id, review_by=NEXT_YEAR)


def test_the_words_of_a_draft_are_remarked_on(desk: Desk, version: WordingVersion) -> None:
    text = WordingText.from_toml(version.content)
    long = "Walk " + "and walk " * 30

    report = desk.reviews.report(text.with_item("A-05", 0, 0, long))

    found = next(remark for remark in report.remarks if remark.code == "sentence_over_25")
    assert (found.block, found.element, found.item) == ("A-05", 0, 0)


def test_the_grade_of_the_printed_words_is_of_one_patient(
    desk: Desk, version: WordingVersion
) -> None:
    text = WordingText.from_toml(version.content)

    papers = desk.wordings.sample_papers(NURSE, text)

    words = [
        desk.reviews.report_printed(papers[each].sheet).words
        for each in ("local_only", "one_sedated")
    ]

    assert 0 < words[0] < words[1]


def test_only_physicians_approve(desk: Desk, version: WordingVersion) -> None:
    desk.wordings.send_for_review(NURSE, version.id)

    with pytest.raises(NotAllowedError):
        desk.reviews.approve(NURSE, version.id, review_by=NEXT_YEAR)
