"""The reviewer's checklist on the page: what the program decides, what people answer."""

from pathlib import Path

import pytest

from intake_app.domain.review_items import ReviewList
from intake_app.domain.wording_versions import Verdict
from intake_app.ui.presenters.wording_fields import Place
from intake_app.ui.presenters.wording_review import ReviewPresenter, ReviewRow
from tests.presenters.wordings import Page, a_wording_page

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Return the page as it opens for a nurse."""
    return a_wording_page(tmp_path)


@pytest.fixture
def review(page: Page) -> ReviewPresenter:
    """Return the checklist, looked at."""
    review = ReviewPresenter(page.wording)
    review.failed.connect(page.errors.append)
    review.start()
    return review


def row(review: ReviewPresenter, wanted: ReviewList, handle: str) -> ReviewRow:
    """Return one item."""
    return next(row for row in review.rows(wanted) if row.handle == handle)


def test_every_list_has_its_items(review: ReviewPresenter) -> None:
    counts = [len(review.rows(each)) for each in ReviewList]

    assert sum(counts[:2]) == 24
    assert counts[2:] == [20, 31]


def test_what_the_program_decides_says_why_and_asks_nobody(review: ReviewPresenter) -> None:
    found = row(review, ReviewList.UNDERSTAND, "PEMAT-3")

    assert found.verdict is Verdict.YES
    assert found.decided.startswith("Found by the program: Yes.")


def test_a_hard_word_turns_the_verdict(page: Page, review: ReviewPresenter) -> None:
    page.blocks.type(Place("A-05", 0, 0), "Commence utilization of the spine")

    page.wording.flush()

    assert row(review, ReviewList.UNDERSTAND, "PEMAT-3").verdict is Verdict.NO


def test_an_answer_is_kept_with_name_and_day(review: ReviewPresenter) -> None:
    review.answer("L-29", Verdict.YES, "read twice")

    found = row(review, ReviewList.RELEASE, "L-29")
    assert (found.verdict, found.note) == (Verdict.YES, "read twice")
    assert found.by == "Nora Hill, 22 November 2026"


def test_an_answer_can_be_taken_back(review: ReviewPresenter) -> None:
    review.answer("L-29", Verdict.YES, "")

    review.answer("L-29", None, "")

    assert row(review, ReviewList.RELEASE, "L-29").is_open


def test_what_is_needed_before_an_approval_is_named(review: ReviewPresenter) -> None:
    before = review.score_words()

    review.answer("L-29", Verdict.YES, "")

    assert "Needed before it can be approved: L-29." in before
    assert "Needed before" not in review.score_words()


def test_changed_words_ask_anew(page: Page, review: ReviewPresenter) -> None:
    review.answer("L-29", Verdict.YES, "")
    page.blocks.type(Place("R-1", 0, 0), "Pain in your chest")

    page.wording.flush()

    assert row(review, ReviewList.RELEASE, "L-29").is_open


def test_with_a_problem_in_the_words_the_program_decides_nothing(
    page: Page, review: ReviewPresenter
) -> None:
    page.blocks.type(Place("R-1", 0, 0), "Pain {nowhere}")

    page.wording.flush()

    assert review.score_words() == "Put right first what is marked in the text."
    assert row(review, ReviewList.UNDERSTAND, "PEMAT-3").decided == ""


def test_reception_answers_nothing(page: Page, review: ReviewPresenter) -> None:
    page.be("Rita Vale")

    review.answer("L-29", Verdict.YES, "")

    assert not review.may_answer
    assert row(review, ReviewList.RELEASE, "L-29").is_open


def test_all_answered_yes_gives_a_score_for_each_list(review: ReviewPresenter) -> None:
    open_items = [each for wanted in ReviewList for each in review.rows(wanted) if each.is_open]
    [review.answer(each.handle, Verdict.YES, "") for each in open_items]  # type: ignore[func-returns-value]

    said = review.score_words()

    assert "easy to act on: 100 %." in said
    assert "Open" not in said
