"""The language of a paper in the window: the patient's, another one, English beside it."""

from __future__ import annotations

import pytest

from intake_app.domain.patients import Language
from intake_app.domain.sheets import SheetKind, StoredSheet
from intake_app.ui.presenters.going_home import PaperPresenter
from tests.presenters.pages import a_page
from tests.services.desk import Desk
from tests.services.languages import a_desk_with_languages, a_reader

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk() -> Desk:
    """Return a desk at whose clinic every translation may be approved."""
    return a_desk_with_languages()


def a_paper(desk: Desk, language: Language, *approved: str) -> PaperPresenter:
    """Return the aftercare sheet of somebody who reads a language, in view."""
    page = a_page(desk, a_reader(desk, language, *approved))
    paper = PaperPresenter(page, SheetKind.AFTERCARE)
    paper.start()
    return paper


def test_the_language_is_the_patients_and_says_so(desk: Desk) -> None:
    paper = a_paper(desk, Language.SPANISH, "en", "es")

    assert paper.language == "es"
    assert paper.language_reason == "The patient reads Spanish"


def test_another_language_may_be_chosen(desk: Desk) -> None:
    paper = a_paper(desk, Language.SPANISH, "en", "es")

    paper.choose_language("en")

    assert paper.language == "en"
    assert paper.language_reason == "Chosen here; the patient reads Spanish"


def test_without_approved_wording_the_screen_says_why_it_is_english(desk: Desk) -> None:
    paper = a_paper(desk, Language.VIETNAMESE, "en")

    assert paper.language == "en"
    assert paper.language_reason == "No approved wording in Vietnamese"
    assert "with an interpreter" in " ".join(point.text for point in paper.text().remarks)


def test_the_reasons_stay_in_english_for_who_hands_it_out(desk: Desk) -> None:
    paper = a_paper(desk, Language.ARABIC, "en", "ar")

    titles = [title for title, _ in paper.text().blocks]

    assert "Wound care" in titles


def test_english_is_set_beside_it(desk: Desk) -> None:
    paper = a_paper(desk, Language.CHINESE, "en", "zh-Hans")
    before = paper.pdf

    paper.put_english_beside(beside=True)

    assert paper.may_have_english
    assert paper.has_english
    assert paper.pdf != before


def test_an_english_sheet_has_no_english_beside_it(desk: Desk) -> None:
    assert not a_paper(desk, Language.ENGLISH, "en", "es").may_have_english


def test_what_is_handed_out_is_in_the_language_of_the_preview(desk: Desk) -> None:
    paper = a_paper(desk, Language.ENGLISH, "en", "es")
    kept: list[StoredSheet] = []
    paper.handed_out.connect(kept.append)
    paper.choose_language("es")

    paper.record("file")

    assert [stored.language for stored in kept] == ["es"]
