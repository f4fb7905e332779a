"""The wording page: which wordings there are, the way of a version, why a step is closed."""

from datetime import date
from pathlib import Path

import pytest

from intake_app.domain.sheets import SheetKind
from intake_app.domain.wording_versions import WordingStage
from intake_app.ui.presenters.wording_fields import Place
from intake_app.ui.presenters.wording_steps import Step
from tests.presenters.wordings import AFTERCARE, Page, a_wording_page

pytestmark = pytest.mark.usefixtures("qapp")

CHEST_PAIN = Place("R-1", 0, 0)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Return the page as it opens for a nurse."""
    return a_wording_page(tmp_path)


def stage(page: Page) -> WordingStage:
    """Return how far the open version has come."""
    version = page.wording.editor.version
    assert version is not None
    return version.stage


def written_and_sent(page: Page) -> None:
    """Let the nurse change a word and send it for review."""
    page.blocks.type(CHEST_PAIN, "Pain in your chest")
    page.wording.send_for_review()


def test_it_opens_with_the_aftercare_sheet_in_english(page: Page) -> None:
    assert page.wording.wording_id == AFTERCARE
    assert page.text.wording_id == AFTERCARE


def test_every_paper_and_language_is_listed_with_how_it_stands(page: Page) -> None:
    row = next(row for row in page.wording.rows if row.id == AFTERCARE)

    assert (row.title, row.state, row.attention) == ("Aftercare sheet, English", "Draft 1.", True)


def test_an_approved_wording_says_by_whom_and_until_when(page: Page) -> None:
    page.desk.approve(SheetKind.AFTERCARE, date(2027, 3, 3))

    page.wording.load()

    row = next(row for row in page.wording.rows if row.id == AFTERCARE)
    assert row.state == "Approved by Dr. Park, review by 3 March 2027."
    assert not row.attention


def test_an_expired_wording_says_what_that_means(page: Page) -> None:
    page.desk.approve(SheetKind.AFTERCARE, date(2026, 11, 23))
    page.desk.clock.advance(days=3)

    page.wording.load()

    row = next(row for row in page.wording.rows if row.id == AFTERCARE)
    assert row.state == "Expired on 23 November 2026: prints only with DRAFT."
    assert row.attention


def test_a_draft_beside_what_is_approved_is_told(page: Page) -> None:
    page.desk.approve(SheetKind.AFTERCARE, date(2027, 3, 3))
    page.wording.load()
    page.wording.open(page.wording.versions[0].id)

    page.wording.start_draft()

    row = next(row for row in page.wording.rows if row.id == AFTERCARE)
    assert row.state.endswith("review by 3 March 2027. Draft 2.")
    assert stage(page) is WordingStage.DRAFT


def test_choosing_another_paper_opens_it(page: Page) -> None:
    page.wording.choose("driver_card/en")

    assert page.text.wording_id == "driver_card/en"
    assert page.blocks.chosen == "D-1"


def test_a_version_goes_from_draft_to_review(page: Page) -> None:
    written_and_sent(page)

    assert stage(page) is WordingStage.IN_REVIEW
    assert page.stored().block("R-1").elements[0].items[0].text == "Pain in your chest"
    assert page.said[-1].startswith("Sent for review.")


def test_what_is_in_review_cannot_be_typed_in(page: Page) -> None:
    written_and_sent(page)

    page.blocks.type(CHEST_PAIN, "Something else")

    assert page.text.block("R-1").elements[0].items[0].text == "Pain in your chest"


def test_what_is_sent_back_is_a_draft_that_says_why(page: Page) -> None:
    written_and_sent(page)

    page.wording.send_back("Say where it hurts")

    assert stage(page) is WordingStage.DRAFT
    assert page.wording.state_words().endswith("Sent back: Say where it hurts")


def test_only_a_physician_approves(page: Page) -> None:
    written_and_sent(page)

    assert page.wording.why_not(Step.APPROVE) == (
        "Only a physician does this. If you are one, choose your name at the top."
    )


def test_nobody_approves_their_own_edit(page: Page) -> None:
    page.be("Dr. Park")
    written_and_sent(page)

    own = page.wording.why_not(Step.APPROVE)
    page.be("Dr. Rao")

    assert own == ("Dr. Park changed words of this version, so another physician must approve it.")
    assert page.wording.why_not(Step.APPROVE) == ""


def test_reception_changes_nothing(page: Page) -> None:
    page.be("Rita Vale")

    assert page.wording.why_not(Step.SEND).startswith("Nurses, physicians and managers")
    assert not page.wording.editor.may_edit


def test_words_with_a_problem_are_not_sent(page: Page) -> None:
    page.blocks.type(CHEST_PAIN, "Pain {somewhere}")

    page.wording.send_for_review()

    assert stage(page) is WordingStage.DRAFT
    assert page.wording.next_words() == "Put right first what is marked in the text."


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (Step.START, "This is a draft already: type in it."),
        (Step.SEND_BACK, "Only what is in review can be sent back."),
        (Step.APPROVE, "Send it for review first."),
        (Step.RETIRE, "Only what is approved can be retired."),
        (Step.DELETE, "It is the only version, so it stays."),
    ],
)
def test_a_step_that_does_not_apply_says_why(page: Page, step: Step, why: str) -> None:
    assert page.wording.why_not(step) == why


def test_a_draft_that_is_deleted_gives_way_to_the_version_before(page: Page) -> None:
    page.desk.approve(SheetKind.AFTERCARE, date(2027, 3, 3))
    page.wording.load()
    page.wording.open(page.wording.versions[0].id)
    page.wording.start_draft()

    page.wording.delete_draft()

    assert stage(page) is WordingStage.APPROVED
    assert len(page.wording.versions) == 1


def test_what_is_retired_prints_no_more(page: Page) -> None:
    page.desk.approve(SheetKind.AFTERCARE, date(2027, 3, 3))
    page.wording.load()
    page.wording.open(page.wording.versions[0].id)
    page.be("Dr. Rao")

    page.wording.retire("Too long")

    assert stage(page) is WordingStage.RETIRED


def test_a_step_somebody_else_took_meanwhile_is_told_and_shown(page: Page) -> None:
    version = page.wording.editor.version
    assert version is not None
    page.desk.wordings.send_for_review(page.main.actor, version.id)

    page.wording.send_for_review()

    assert [getattr(error, "code", "") for error in page.errors] == ["wording_stage"]
    assert stage(page) is WordingStage.IN_REVIEW


def test_versions_say_who_wrote_them(page: Page) -> None:
    page.blocks.type(CHEST_PAIN, "Pain in your chest")

    page.wording.flush()

    assert [row.words for row in page.wording.versions] == [
        "Version 1: Draft. Written by Nora Hill"
    ]
