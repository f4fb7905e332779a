"""Merge, history and possible doubles in the real windows, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QTableView,
)

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.patients import EmergencyContact, Patient
from intake_app.domain.staff import PROGRAM
from intake_app.ui.app import Window
from tests.hands import Hands

MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""What the screen of the tests cannot do for a menu."""
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def twins(demonstration: Paths) -> tuple[str, str]:
    """Register Clara Weber twice; return the first visit of both records."""
    program = Application(demonstration)
    first = program.patients.register(PROGRAM, "Weber, Clara 3/4/1951 (515) 555-0142")
    second = program.patients.register(PROGRAM, "Webber, Clara 3/4/1951 (515) 555-0142")
    patient = program.patients.case(PROGRAM, second).patient
    contact = program.patients.case(PROGRAM, second).contact
    program.forms.save(PROGRAM, Patient, patient.id, draft={"email": "clara@example.org"})
    program.forms.save(PROGRAM, EmergencyContact, contact.id, draft={"name": "Mary Weber"})
    program.close()
    return first, second


@pytest.fixture
def page(twins: tuple[str, str], opened: Window) -> Hands:
    """Return the keyboard at the first of the two records."""
    hands = Hands(opened.main)
    opened.main.open_visit(twins[0])
    hands.find("patient.family_name")
    return hands


def keyboard(hands: Hands, name: str) -> bool:
    """Return whether the keyboard is in a widget whose name begins like this."""
    focused = QApplication.focusWidget()
    return focused is not None and focused.objectName().startswith(name)


def start_merge(hands: Hands, typed: str = "Webber") -> None:
    """Choose the other record by typing, as far as the comparison."""
    hands.press("action.merge_with")
    hands.wait(lambda: keyboard(hands, "merge_with.find"), "the search for the other record")
    hands.type(typed)
    hands.key(Qt.Key.Key_Return)  # before the answer is there
    hands.wait(lambda: keyboard(hands, "merge.patient.family_name"), "the comparison")


def test_two_records_become_one_without_the_mouse(page: Hands) -> None:
    start_merge(page)
    page.key(Qt.Key.Key_Right)
    page.key(Qt.Key.Key_Return)
    page.press("action.merge")
    page.wait(lambda: page.seen("merge") is None, "closed")
    page.wait(lambda: page.seen("notices.text") is not None, "said")

    assert "one now" in page.text("notices.text")
    page.wait(lambda: page.text("patient.email") == "clara@example.org", "taken over")
    assert page.text("patient.family_name") == "Webber"


def test_the_arrows_choose_a_side(page: Hands) -> None:
    start_merge(page)

    page.key(Qt.Key.Key_Right)

    chosen = page.find("merge.patient.family_name.joins")
    assert isinstance(chosen, QRadioButton)
    assert chosen.isChecked()
    page.key(Qt.Key.Key_Left)
    assert not chosen.isChecked()
    page.press("action.cancel_merge")


def test_the_patient_who_asks_is_not_offered_as_the_other_record(page: Hands) -> None:
    page.press("action.merge_with")
    page.wait(lambda: keyboard(page, "merge_with.find"), "the search for the other record")
    page.type("P-000013")
    page.settle(0.5)

    assert not page.find("action.choose_record").isEnabled()
    page.press("action.cancel_choice")


def test_each_choice_says_its_field_and_its_record_to_a_screen_reader(page: Hands) -> None:
    start_merge(page)

    stays = page.find("merge.patient.family_name.stays").accessibleName()
    joins = page.find("merge.patient.family_name.joins").accessibleName()

    assert stays.startswith("Family name, Weber, This record stays")
    assert joins.startswith("Family name, Webber, This one becomes part of it")
    page.press("action.cancel_merge")


def test_the_old_number_finds_the_patient_who_stays(page: Hands, opened: Window) -> None:
    start_merge(page)
    page.press("action.merge")
    page.wait(lambda: page.seen("notices.text") is not None, "said")
    page.wait(lambda: page.text("patient.email") == "clara@example.org", "opened again")
    number = page.text("header.record")

    page.window.activateWindow()  # as a window manager does when a dialog closes
    page.search("P-000014")
    page.wait(lambda: page.seen("search.results") is not None, "found")
    page.settle(0.4)
    page.key(Qt.Key.Key_Return)
    page.wait(lambda: page.seen("header.record") is not None, "opened")
    page.settle(0.4)

    assert page.text("header.record") == number


def test_records_are_taken_apart_in_the_history(page: Hands) -> None:
    start_merge(page)
    page.press("action.merge")
    page.wait(lambda: page.seen("notices.text") is not None, "said")
    page.wait(lambda: page.text("patient.email") == "clara@example.org", "taken over")

    page.press("action.show_history")
    page.find("history.merged.0")
    answered(page)
    page.press("action.take_apart")
    page.wait(lambda: page.seen("history.merged.0") is None, "apart")
    page.press("action.close_history")
    page.wait(lambda: page.seen("history") is None, "closed")

    page.wait(lambda: page.text("patient.email") == "", "given back")
    assert "two records again" in page.text("notices.text")


def answered(hands: Hands) -> None:
    """Answer yes to the question that comes next."""

    def answer() -> None:
        yes = hands.seen("action.yes")
        if yes is None:
            QTimer.singleShot(20, answer)
        else:
            QTest.keyClick(yes, Qt.Key.Key_Space)

    QTimer.singleShot(0, answer)


@MENUS
def test_the_history_of_a_field_opens_from_its_menu(page: Hands) -> None:
    page.fill("patient.city", "Ames")
    page.wait(lambda: page.seen("patient.city") is not None)
    page.focus("patient.city")

    page.key(Qt.Key.Key_F10, SHIFT)
    page.wait(lambda: QApplication.activePopupWidget() is not None, "the menu")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_H)

    table = page.find("history.table")
    assert isinstance(table, QTableView)
    page.wait(lambda: table.model().rowCount() == 1, "the change")
    shown = [table.model().index(0, column).data() for column in range(6)]
    assert shown[2:] == ["Identity", "City", "–", "Ames"]
    field = page.find("history.field")
    assert isinstance(field, QComboBox)
    assert field.currentText() == "City"
    page.press("action.close_history")


@MENUS
def test_a_choice_has_its_history_in_the_menu_too(page: Hands) -> None:
    page.focus("patient.sex")

    page.key(Qt.Key.Key_F10, SHIFT)
    page.wait(lambda: QApplication.activePopupWidget() is not None, "the menu")

    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert "action.field_history" in [action.objectName() for action in menu.actions()]
    menu.close()


def test_the_history_is_filtered_with_the_keyboard(page: Hands) -> None:
    page.fill("patient.city", "Ames")
    page.press("action.show_history")
    table = page.find("history.table")
    assert isinstance(table, QTableView)
    page.wait(lambda: table.model().rowCount() > 1, "the history")
    before = table.model().rowCount()

    page.press("history.views")
    page.wait(lambda: table.model().rowCount() > before, "who looked")
    page.choose("history.part", "Appointment")

    page.wait(lambda: table.model().rowCount() == 2, "the visit alone")
    assert table.model().index(0, 2).data() == "Appointment"
    page.press("action.close_history")


def test_a_pair_of_the_report_is_merged_and_gone(page: Hands, opened: Window) -> None:
    opened.main.show_patients()
    page.press("action.possible_doubles")
    table = page.find("doubles.table")
    assert isinstance(table, QTableView)
    page.wait(lambda: table.model().rowCount() >= 1, "pairs")
    before = table.model().rowCount()
    assert "Web" in str(table.model().index(0, 0).data())

    page.focus("doubles.table")
    page.key(Qt.Key.Key_Return)
    page.press("action.merge")

    page.wait(lambda: table.model().rowCount() == before - 1, "gone from the list")
    page.press("action.close_doubles")


def test_a_pair_that_is_two_people_is_not_shown_again(page: Hands, opened: Window) -> None:
    opened.main.show_patients()
    page.press("action.possible_doubles")
    table = page.find("doubles.table")
    assert isinstance(table, QTableView)
    page.wait(lambda: table.model().rowCount() >= 1, "pairs")
    before = table.model().rowCount()
    page.press("action.not_same_person")
    page.wait(lambda: table.model().rowCount() == before - 1, "gone")
    page.press("action.close_doubles")
    page.wait(lambda: page.seen("doubles") is None)

    page.press("action.possible_doubles")
    again = page.find("doubles.table")
    assert isinstance(again, QTableView)
    page.wait(lambda: not page.find("doubles.words").text().startswith("Comparing"), "looked")  # type: ignore[attr-defined]

    assert again.model().rowCount() == before - 1
    page.press("action.close_doubles")


INPUTS = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView)


def nameless(hands: Hands, window: str) -> list[str]:
    """Return what in a window a screen reader has no name for."""
    inputs = [each for kind in INPUTS for each in hands.find(window).findChildren(kind)]
    ours = [each for each in inputs if "." in each.objectName()]  # not the parts Qt makes
    return [each.objectName() for each in ours if each.isVisible() and not each.accessibleName()]


def test_everything_in_the_windows_has_a_name_for_a_screen_reader(page: Hands) -> None:
    page.press("action.merge_with")
    page.wait(lambda: keyboard(page, "merge_with.find"), "the search for the other record")
    found = nameless(page, "merge_with")
    page.type("Webber")
    page.key(Qt.Key.Key_Return)
    page.wait(lambda: keyboard(page, "merge.patient.family_name"), "the comparison")
    found += nameless(page, "merge")
    page.press("action.merge")
    page.wait(lambda: page.seen("merge") is None, "closed")
    page.wait(lambda: page.text("patient.email") == "clara@example.org", "taken over")
    page.press("action.show_history")
    page.find("history.merged.0")
    found += nameless(page, "history")
    page.press("action.close_history")

    assert found == []
