"""Patients, settings, checking a sheet: each page by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTableView

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.staff import PROGRAM
from intake_app.ui.app import Window
from tests.hands import Hands


def people(hands: Hands) -> list[str]:
    """Return the names on the Patients page."""
    table = hands.find("patients.table")
    assert isinstance(table, QTableView)
    model = table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def be(hands: Hands, name: str) -> None:
    """Choose who is at the keyboard."""
    hands.choose("actor", name)


def tab(opened: Window, number: int) -> None:
    """Show a tab of the settings."""
    page = opened.main.settings_page
    assert page is not None
    page.tabs.setCurrentIndex(number)


# --- patients -----------------------------------------------------------------------------------


def test_the_patients_page_finds_while_typing(hands: Hands) -> None:
    hands.press("action.show_patients")
    hands.focus("patients.find")
    hands.type("marsh")
    hands.find("patients.table")

    hands.wait(lambda: people(hands) == ["Marsh, Helen"], "one")

    assert people(hands) == ["Marsh, Helen"]


def test_enter_leads_into_the_list_and_opens(hands: Hands) -> None:
    hands.press("action.show_patients")
    hands.focus("patients.find")
    hands.type("marsh")
    hands.find("patients.table")
    hands.wait(lambda: people(hands) == ["Marsh, Helen"], "one")

    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return)
    hands.find("header.name")
    hands.wait(lambda: hands.text("header.name"), "name")

    assert hands.text("header.name") == "Helen Marsh"


def test_nobody_found_says_what_to_do(hands: Hands) -> None:
    hands.press("action.show_patients")
    hands.focus("patients.find")
    hands.type("zzyzx")

    hands.wait(lambda: hands.text("patients.empty").startswith("Nobody found"), "answer")

    assert "New patient" in hands.text("patients.empty")


# --- settings -----------------------------------------------------------------------------------


def test_a_manager_changes_the_clinic_and_it_saves_itself(hands: Hands, opened: Window) -> None:
    be(hands, "Lena Frank")
    hands.press("action.show_settings")

    hands.fill("clinic.directions", "Side door")
    hands.wait(lambda: opened.main.settings_page and opened.main.settings_page.is_saved(), "saved")

    assert opened.presenter.clinic is not None
    hands.wait(lambda: opened.presenter.clinic.directions == "Side door", "told")  # type: ignore[union-attr]
    assert hands.text("status.saved") == "Everything is saved"


def test_leaving_the_settings_saves_at_once(
    hands: Hands, opened: Window, demonstration: Paths
) -> None:
    be(hands, "Lena Frank")
    hands.press("action.show_settings")
    hands.focus("clinic.directions")
    hands.find("clinic.directions").setProperty("text", "")
    hands.type("Side door")

    hands.press("action.show_today")
    page = opened.main.settings_page
    assert page is not None
    hands.wait(page.is_saved, "saved")

    other = Application(demonstration)
    clinic = other.clinic.clinic()
    other.close()
    assert clinic is not None
    assert clinic.directions == "Side door"


def test_nobody_but_a_manager_types_there(hands: Hands) -> None:
    hands.press("action.show_settings")

    assert not hands.find("clinic.name").isEnabled()


def test_wording_can_be_looked_at_in_the_settings(hands: Hands, opened: Window) -> None:
    hands.press("action.show_settings")
    tab(opened, 4)

    hands.press("action.look_at_driver_card")

    assert hands.find("specimen")
    hands.press("action.close_specimen")
    hands.wait(lambda: hands.seen("specimen") is None, "closed")


def test_a_manager_adds_somebody_who_can_be_chosen_at_once(hands: Hands, opened: Window) -> None:
    be(hands, "Lena Frank")
    hands.press("action.show_settings")
    tab(opened, 2)
    hands.fill("new_staff.name", "Rita Vale")
    hands.press("new_staff.roles.reception")

    hands.press("action.add_staff")

    actor = hands.find("actor")
    assert isinstance(actor, QComboBox)
    hands.wait(lambda: actor.findText("Rita Vale · Reception") >= 0, "offered")
    assert opened.presenter.actor.name == "Lena Frank"


def test_the_text_size_is_chosen_and_kept(hands: Hands, opened: Window) -> None:
    hands.press("action.show_settings")
    tab(opened, 3)

    hands.choose("settings.text_scale", "150")

    assert opened.preferences.settings.text_scale == pytest.approx(1.5)


# --- check a sheet ------------------------------------------------------------------------------


def test_a_sheet_that_was_handed_out_is_found_by_its_code(
    hands: Hands, opened: Window, demonstration: Paths
) -> None:
    other = Application(demonstration)
    visit_id = other.patients.visit_named(PROGRAM, "P-000002")
    code = other.sheets.sheets(PROGRAM, visit_id)[0].check_code
    other.close()
    hands.press("action.check_sheet")

    hands.focus("sheet_check.code")
    hands.type(code.lower())
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.text("sheet_check.answer"), "answer")

    assert hands.text("sheet_check.answer").startswith("This is the aftercare sheet of ")
    assert ", unchanged. It is not recorded as handed over." in hands.text("sheet_check.answer")


def test_an_unknown_code_is_told(hands: Hands) -> None:
    hands.press("action.check_sheet")
    hands.focus("sheet_check.code")
    hands.type("0000-0000")

    hands.press("action.check_code")
    hands.wait(lambda: hands.text("sheet_check.answer"), "answer")

    assert hands.text("sheet_check.answer") == (
        "Not from this database: no sheet with this code is in it."
    )


def test_back_leads_to_the_day(hands: Hands, opened: Window) -> None:
    hands.press("action.check_sheet")

    hands.press("action.close_check")

    assert opened.main.today.isVisible()
