"""The paper beside the words: always of the newest good words, drawn without the database."""

from pathlib import Path

import pytest

from intake_app.domain.countries import Paper
from intake_app.domain.sheets import PrintSize
from intake_app.ui.presenters.wording_fields import Place
from intake_app.ui.tasks import Lane
from tests.fakes_ui import ImmediateTasks
from tests.presenters.wordings import Page, a_wording_page

pytestmark = pytest.mark.usefixtures("qapp")

FIRST = Place("R-1", 0, 0)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Return the page with the paper in view."""
    page = a_wording_page(tmp_path)
    page.wording.preview.start()
    return page


def paper(page: Page) -> str:
    """Return the document; the fake engine writes the sheet in words."""
    drawn = page.wording.preview.drawn
    return drawn.pdf.decode() if drawn is not None else ""


def test_what_is_typed_is_on_the_paper(page: Page) -> None:
    page.blocks.type(FIRST, "Pain in your chest")

    assert "Pain in your chest" in paper(page)
    assert "specimen=True" in paper(page)


def test_drawing_and_reading_need_no_database(page: Page) -> None:
    page.tasks.lanes.clear()

    page.blocks.type(FIRST, "Pain in your chest")

    assert page.tasks.lanes == [Lane.DATABASE, Lane.WORK, Lane.WORK]


def test_nothing_is_drawn_while_nobody_looks(page: Page) -> None:
    page.wording.preview.stop()
    page.tasks.lanes.clear()

    page.blocks.type(FIRST, "Pain in your chest")

    assert page.tasks.lanes == []


def test_while_one_paper_is_made_only_the_last_wish_waits(tmp_path: Path) -> None:
    tasks = ImmediateTasks()
    page = a_wording_page(tmp_path, tasks)
    tasks.held = True
    page.wording.preview.start()
    for text in ("One", "Two", "Three"):
        page.blocks.type(FIRST, text)
    tasks.held = False
    tasks.lanes.clear()

    tasks.release()

    assert "Three" in paper(page)
    assert "'Two'" not in paper(page)
    assert tasks.lanes.count(Lane.DATABASE) == 1


def test_while_words_are_wrong_the_last_good_ones_stay_on_the_paper(page: Page) -> None:
    page.blocks.type(FIRST, "Pain in your chest")

    page.blocks.type(FIRST, "Pain {nowhere}")

    assert "Pain in your chest" in paper(page)
    assert page.wording.preview.said == ("The words have a problem: this is how it was before it.",)


def test_another_sample_patient_has_another_paper(page: Page) -> None:
    before = paper(page)

    page.wording.preview.choose("local_only", None, None)

    assert paper(page) != before


def test_size_and_paper_can_be_chosen(page: Page) -> None:
    page.wording.preview.choose("one_sedated", PrintSize.LARGE, Paper.A4)

    assert "PrintSize.LARGE" in paper(page)
    assert "Paper.A4" in paper(page)


def test_the_grade_is_of_all_texts_and_of_what_prints(page: Page) -> None:
    preview = page.wording.preview

    assert preview.report is not None
    assert preview.printed is not None
    assert preview.report.words != preview.printed.words


def test_a_number_of_the_clinic_that_changes_is_on_the_paper_at_once(page: Page) -> None:
    page.be("Max Low")
    page.wording.clinic.load()
    model = page.wording.clinic.model
    assert model is not None
    before = paper(page)

    model.edit("phone_day", "(515) 555-0177")
    page.wording.flush()

    assert "555-0177" in paper(page)
    assert paper(page) != before
