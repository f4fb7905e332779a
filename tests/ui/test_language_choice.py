"""Which language a sheet prints in, chosen under its buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from intake_app.domain.patients import Language
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.views.going_home_section import GoingHomeSection
from intake_app.ui.views.language_choice import LanguageChoice
from intake_app.ui.views.patient_page import PatientPage
from tests.presenters.pages import a_page
from tests.services.languages import a_desk_with_languages, a_reader

Open = Callable[..., GoingHomeSection]


@pytest.fixture
def going_home(qtbot: QtBot) -> Open:
    """Return what opens the section for somebody who reads a language."""

    def open_it(language: Language, *approved: str) -> GoingHomeSection:
        desk = a_desk_with_languages()
        page = PatientPage(a_page(desk, a_reader(desk, language, *approved)))
        qtbot.addWidget(page)
        page.resize(1140, 690)
        page.show()
        section = page.go_to_section(PageSection.GOING_HOME)
        assert isinstance(section, GoingHomeSection)
        return section

    return open_it


def offered(choice: LanguageChoice) -> list[str]:
    return [choice.input.itemText(index) for index in range(choice.input.count())]


def test_the_patients_language_is_set_and_the_others_are_offered(going_home: Open) -> None:
    choice = going_home(Language.SPANISH, "en", "es", "ar").language

    assert choice.isVisible()
    assert choice.input.currentText() == "Spanish"
    assert offered(choice) == ["English", "Spanish", "Arabic"]
    assert choice.reason.text() == "The patient reads Spanish"


def test_while_english_is_the_only_one_there_is_nothing_to_choose(going_home: Open) -> None:
    assert not going_home(Language.SPANISH, "en").language.isVisible()


def test_choosing_english_makes_an_english_sheet(going_home: Open) -> None:
    section = going_home(Language.SPANISH, "en", "es")

    section.language.input.setCurrentIndex(0)

    assert section.presenter.language == "en"
    assert section.language.input.currentText() == "English"
    assert not section.language.beside.isVisible()


def test_a_tick_sets_english_beside_it(going_home: Open) -> None:
    section = going_home(Language.CHINESE, "en", "zh-Hans")
    tick = section.findChild(QCheckBox, "going_home.english_beside")
    assert tick is not None

    tick.click()

    assert section.presenter.has_english
    assert tick.isChecked()


def test_the_language_is_reached_by_its_name(going_home: Open) -> None:
    choice = going_home(Language.SPANISH, "en", "es").language

    assert choice.input.objectName() == "going_home.language"
    assert choice.input.accessibleName() == "Print in"
