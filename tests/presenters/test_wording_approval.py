"""The physician's signature: changes seen, reasons given, checklist answered."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from intake_app.domain.conditions import When
from intake_app.domain.sheets import SheetKind
from intake_app.domain.wording_changes import ChangeKind
from intake_app.domain.wording_edit import WordingText
from intake_app.domain.wording_versions import Verdict, WordingStage
from intake_app.ui.presenters.wording_approval import ApprovalPresenter
from intake_app.ui.presenters.wording_changes import ChangesPresenter, as_html, summary
from intake_app.ui.presenters.wording_fields import Place
from tests.presenters.wordings import AFTERCARE, Page, a_wording_page
from tests.services.desk import NURSE

pytestmark = pytest.mark.usefixtures("qapp")

FIRST = Place("R-1", 0, 0)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Return the page with a draft that a nurse changed and sent, a physician at it."""
    page = a_wording_page(tmp_path)
    page.blocks.type(FIRST, "Pain in your chest")
    page.wording.send_for_review()
    page.be("Dr. Rao")
    return page


@pytest.fixture
def second(tmp_path: Path) -> Page:
    """Return the page with a second version in review, the first one approved."""
    page = a_wording_page(tmp_path)
    page.desk.approve(SheetKind.AFTERCARE, date(2027, 3, 3))
    page.wording.load()
    page.wording.open(page.wording.versions[0].id)
    page.wording.start_draft()
    page.blocks.type(FIRST, "Pain in your chest")
    page.wording.send_for_review()
    page.be("Dr. Rao")
    return page


def answer_musts(page: Page) -> None:
    """Answer yes to everything that must be yes and that the program cannot decide."""
    version = page.wording.editor.version
    assert version is not None
    page.desk.reviews.answer(page.main.actor, version.id, "L-29", verdict=Verdict.YES)


def an_approval(page: Page) -> tuple[ApprovalPresenter, list[str]]:
    """Return what the window of the signature is driven by, and what it refused."""
    approval = ApprovalPresenter(page.wording)
    refused: list[str] = []
    approval.refused.connect(refused.append)
    approval.start()
    return approval, refused


def stage(page: Page) -> WordingStage:
    """Return how far the open version has come."""
    version = page.wording.editor.version
    assert version is not None
    return version.stage


def test_nothing_is_approved_before_its_changes_were_shown(page: Page) -> None:
    answer_musts(page)
    approval, refused = an_approval(page)

    approval.approve(approval.usual_review())

    assert refused == ["Read the changes down to the end first."]
    assert stage(page) is WordingStage.IN_REVIEW


def test_a_physician_approves_for_a_year(page: Page) -> None:
    answer_musts(page)
    approval, refused = an_approval(page)
    approval.note_seen()

    approval.approve(approval.usual_review())

    version = page.wording.editor.version
    assert version is not None
    assert refused == []
    assert (version.stage, version.approved_by) == (WordingStage.APPROVED, "Dr. Rao")
    assert version.review_by == date(2027, 11, 22)


def test_what_must_be_yes_and_is_open_keeps_it_from_being_approved(page: Page) -> None:
    approval, refused = an_approval(page)
    approval.note_seen()

    approval.approve(approval.usual_review())

    assert len(refused) == 1
    assert "L-29" in refused[0]
    assert stage(page) is WordingStage.IN_REVIEW


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("22 November 2026", "The review date must be in the future."),
        ("next year", "This is not a date."),
    ],
)
def test_a_review_date_must_be_a_day_to_come(page: Page, typed: str, said: str) -> None:
    answer_musts(page)
    approval, refused = an_approval(page)
    approval.note_seen()

    approval.approve(typed)

    assert refused[0].startswith(said)
    assert stage(page) is WordingStage.IN_REVIEW


def test_whoever_changed_a_word_is_refused_by_the_service_too(page: Page) -> None:
    version = page.wording.editor.version
    assert version is not None
    answer_musts(page)
    page.wording.send_back("I change it myself")
    page.blocks.type(FIRST, "Strong pain in your chest")
    page.wording.send_for_review()
    answer_musts(page)
    approval, refused = an_approval(page)
    approval.note_seen()

    approval.approve(approval.usual_review())

    assert "Dr. Rao changed words of this version" in refused[0]


def test_what_is_to_be_answered_first_is_said_before_anything_is_signed(page: Page) -> None:
    approval, _ = an_approval(page)
    before = approval.needed_words()
    answer_musts(page)

    approval.start()

    assert before.startswith("Answer on the checklist first:\nL-29: ")
    assert approval.needed_words() == ""


def test_the_one_before_is_retired(second: Page) -> None:
    answer_musts(second)
    approval, _ = an_approval(second)
    approval.note_seen()

    approval.approve(approval.usual_review())

    words = [row.words for row in second.wording.versions]
    assert words[0].startswith("Version 2: Approved by Dr. Rao")
    assert words[1].startswith("Version 1: Retired")


def test_english_needs_no_translator(page: Page) -> None:
    assert not ApprovalPresenter(page.wording).needs_translator


# --- the changes -----------------------------------------------------------------------------


def changes_of(page: Page) -> ChangesPresenter:
    """Return the changes of the open version."""
    version = page.wording.editor.version
    assert version is not None
    presenter = ChangesPresenter(page.main)
    presenter.read(version.id)
    return presenter


def test_only_the_changed_parts_are_different(second: Page) -> None:
    changes = changes_of(second).changes

    assert changes is not None
    assert [(block.id, block.kind) for block in changes.different] == [("R-1", ChangeKind.CHANGED)]
    assert summary(changes).startswith("Different from version 1: 1 of ")
    assert summary(changes).endswith("That one was approved by Dr. Park.")


def test_words_that_went_are_struck_and_words_that_came_underlined(second: Page) -> None:
    changes = changes_of(second).changes

    assert changes is not None
    html = as_html(changes)
    assert "<s><b>" in html
    assert "<u><b>" in html
    assert "your" in html


def test_a_text_that_looks_like_a_mark_is_shown_as_it_is(second: Page) -> None:
    second.wording.send_back("Again")
    second.blocks.type(FIRST, "Pain <b>now</b>")
    second.wording.flush()

    changes = changes_of(second).changes

    assert changes is not None
    assert "<b>now</b>" not in as_html(changes)


def test_a_changed_condition_is_told_in_words(second: Page) -> None:
    second.wording.send_back("Again")
    second.blocks.choose("A-05")
    second.blocks.set_when(Place("A-05", 0, 0), When("all", ("sedation",)))
    second.wording.flush()

    changes = changes_of(second).changes

    assert changes is not None
    assert "Always prints" in as_html(changes)
    assert "Prints only if sedation was given" in as_html(changes)


# --- translations ----------------------------------------------------------------------------


@pytest.fixture
def spanish(tmp_path: Path) -> Page:
    """Return the page with the Spanish aftercare sheet in review, a physician at it."""
    page = a_wording_page(tmp_path, languages=("es",))
    page.wording.choose("aftercare/es")
    page.wording.send_for_review()
    page.be("Dr. Rao")
    answer_musts(page)
    return page


def test_a_translation_needs_the_name_of_whoever_answers_for_it(spanish: Page) -> None:
    approval, refused = an_approval(spanish)
    approval.note_seen()

    approval.approve(approval.usual_review(), translated_on=approval.today_words())

    assert approval.needs_translator
    assert "name of the person who answers for it" in refused[0]


def test_a_translation_is_approved_with_translator_and_day(spanish: Page) -> None:
    approval, refused = an_approval(spanish)
    approval.note_seen()

    approval.approve(
        approval.usual_review(), translator="Tara Novak", translated_on="20 November 2026"
    )

    version = spanish.wording.editor.version
    assert refused == []
    assert version is not None
    assert (version.translator, version.translated_on) == ("Tara Novak", date(2026, 11, 20))
    assert version.stage is WordingStage.APPROVED


# --- hard words ------------------------------------------------------------------------------


def test_words_that_somebody_changed_while_they_were_read_are_not_approved(page: Page) -> None:
    answer_musts(page)
    approval, refused = an_approval(page)
    approval.note_seen()
    wordings, version_id = page.desk.wordings, approval.version.id
    back = wordings.send_back(NURSE, version_id, "One more word")
    text = WordingText.from_toml(back.content).with_item("R-1", 0, 0, "Other pain")
    wordings.save(NURSE, version_id, text, base_version=back.version)
    wordings.send_for_review(NURSE, version_id)

    approval.approve(approval.usual_review())

    assert refused
    assert "The words are not those you have read" in refused[0]
    assert wordings.open(NURSE, version_id).version.stage is WordingStage.IN_REVIEW


def test_hard_words_are_approved_with_a_reason_only(page: Page) -> None:
    hard = "Considerable deterioration necessitates immediate hospitalization"
    page.wording.send_back("Harder")
    text = page.text
    lines = [
        Place(block.id, number, 0)
        for block in text.blocks
        for number, element in enumerate(block.elements)
        if element.kind == "paragraph" and not block.into
    ]
    [page.blocks.type(place, f"{hard} and {hard}") for place in lines]  # type: ignore[func-returns-value]
    page.wording.send_for_review()
    page.be("Dr. Park")
    approval, refused = an_approval(page)
    approval.note_seen()

    approval.approve(approval.usual_review())

    assert approval.needs_reason
    assert "harder than grade 8. Say why it may be" in refused[0]


def test_the_physician_reads_the_words_of_the_program_before_the_first_signature(
    page: Page,
) -> None:
    approval, _ = an_approval(page)

    changes = approval.changes.changes
    assert changes is not None
    said = as_html(changes)
    assert "You approve them, too" in said
    assert "[clinic]" in said
    assert "Monday" in said


def test_words_of_the_program_that_were_approved_before_are_not_read_again(second: Page) -> None:
    approval, _ = an_approval(second)

    changes = approval.changes.changes
    assert changes is not None
    assert changes.own_words == ()


def approved_with_other_phrases(page: Page) -> None:
    """Let the version in force be approved with phrases of an earlier program."""
    with page.desk.work.look() as work:
        version = work.approved_wording(AFTERCARE)
    assert version is not None
    page.desk.work.kept.tables["wording_version"][version.id] = replace(
        version, phrases="of an earlier program"
    )


def test_words_of_the_program_that_changed_are_read_again(second: Page) -> None:
    approved_with_other_phrases(second)

    approval, _ = an_approval(second)

    changes = approval.changes.changes
    assert changes is not None
    assert "You approve them, too" in as_html(changes)


def test_the_list_says_that_the_words_of_the_program_have_changed(second: Page) -> None:
    approved_with_other_phrases(second)

    second.wording.load()

    row = second.wording.row
    assert row is not None
    assert row.attention
    assert "own words have changed" in row.state
