"""The list of keys under F1: every key in it works, and every key that works is in it."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake_app.ui.app import Window
from intake_app.ui.views.keys import KEYS
from intake_app.ui.views.patient_page import PatientPage
from intake_app.ui.views.registration import RegistrationPage
from tests.hands import Hands

ARROWS = {"↑": "Up", "↓": "Down"}
BY_THE_WIDGET = {
    *("Tab", "Shift+Tab", "Return", "Enter", "Space", "Up", "Down", "Del"),
    *("Alt+Up", "Alt+Down"),
}
"""Keys that inputs, lists and the spine take themselves; no shortcut stands for them."""
OF_EVERY_PROGRAM = {"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"}
"""Undo and redo: which keys they are, the platform says."""


def listed() -> set[str]:
    """Return the keys of the list, written as Qt writes them."""
    found = set()
    for _, lines in KEYS:
        for names, meaning in lines:
            first, last = re.match(r"(?:Alt\+(\d) … Alt\+(\d))?", names).groups()  # type: ignore[union-attr] # it may be empty
            if first:
                found |= {f"Alt+{digit}" for digit in range(int(first), int(last) + 1)}
                continue
            for name in re.split(r",\s*|\s(?=[↑↓])", names):
                plain = "".join(ARROWS.get(letter, letter) for letter in name)
                found.add(QKeySequence(plain).toString())
            if "with Shift" in meaning:
                found.add(QKeySequence(f"Ctrl+Shift+{names.rpartition('+')[2]}").toString())
    return {key for key in found if key}


def real(widget: QWidget) -> set[str]:
    """Return the shortcuts of a window and everything in it."""
    keys = {
        key.toString()
        for shortcut in widget.findChildren(QShortcut)
        for key in shortcut.keys()  # noqa: SIM118 - a Qt method
    }
    return {key.replace("Return", "Enter") for key in keys}


@pytest.fixture
def shortcuts(opened: Window) -> set[str]:
    """Return every shortcut of the window with a patient page and a registration in it."""
    hands = Hands(opened.main)
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.wait(lambda: opened.main.findChild(RegistrationPage), "registration")
    found = real(opened.main)
    hands.key(Qt.Key.Key_Escape)
    table = hands.find("today.table")
    hands.wait(lambda: table.model().rowCount(), "visits")  # type: ignore[attr-defined] # a table
    hands.focus("today.table")
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: opened.main.findChild(PatientPage), "page")
    hands.find("patient.family_name")
    return found | real(opened.main)


def test_every_key_in_the_list_is_there(shortcuts: set[str]) -> None:
    promised = {key.replace("Return", "Enter") for key in listed()} - BY_THE_WIDGET

    taken_otherwise = {"Esc", "Ctrl+S"} | OF_EVERY_PROGRAM
    assert {key for key in promised if "+" in key or key[0] == "F"} <= shortcuts | taken_otherwise


def test_every_shortcut_of_the_program_is_in_the_list(shortcuts: set[str]) -> None:
    known = {key.replace("Return", "Enter") for key in listed()}

    assert shortcuts - BY_THE_WIDGET - OF_EVERY_PROGRAM <= known


def test_the_window_lists_them_all(hands: Hands, name_of: Callable[[QWidget], str]) -> None:
    hands.key(Qt.Key.Key_F1)

    window = hands.find("keys")
    said = {name_of(child) for child in window.findChildren(QWidget)}
    assert {"F6", "F8", "Ctrl+Enter"} <= said
