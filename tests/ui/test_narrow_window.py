"""A small screen, or a large one at twice the size: 640 by 400, and nothing is cut off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTableView, QWidget

from intake_app.ui.app import Window
from tests.hands import Hands

ALT = Qt.KeyboardModifier.AltModifier
WIDTH, HEIGHT = 640, 400
SIGNS = ("action.new_patient", "action.check_sheet")
RAIL = ("action.show_today", "action.show_patients", "action.show_settings")


@pytest.fixture
def narrow(opened: Window, hands: Hands) -> Hands:
    """Return the keyboard at a window of this size."""
    opened.main.resize(WIDTH, HEIGHT)
    hands.settle()
    return hands


def open_patient(hands: Hands) -> None:
    """Open somebody from the search box."""
    hands.search("sukarno")
    hands.wait(lambda: hands.seen("search.results") is not None, "results")
    hands.settle()
    hands.key(Qt.Key.Key_Return)
    hands.find("patient.family_name")
    hands.settle()


@pytest.mark.parametrize("page", [*RAIL, *SIGNS])
def test_no_page_wants_a_wider_window(narrow: Hands, page: str) -> None:
    narrow.press(page)
    narrow.settle()

    assert narrow.window.size().toTuple() == (WIDTH, HEIGHT)
    assert narrow.window.centralWidget().minimumSizeHint().width() <= WIDTH  # type: ignore[attr-defined]


def test_the_page_of_a_patient_wants_no_larger_window(narrow: Hands) -> None:
    open_patient(narrow)

    wanted = narrow.window.centralWidget().minimumSizeHint()  # type: ignore[attr-defined]
    assert (wanted.width() <= WIDTH, wanted.height() <= HEIGHT) == (True, True)


@pytest.mark.parametrize("name", SIGNS)
def test_buttons_at_the_top_show_signs_that_a_tooltip_explains(narrow: Hands, name: str) -> None:
    button = narrow.find(name)

    assert isinstance(button, QPushButton)
    assert button.text() == ""
    assert button.accessibleName()
    assert button.toolTip().startswith(button.accessibleName())


@pytest.mark.parametrize("name", RAIL)
def test_the_rail_shows_signs_that_a_tooltip_explains(narrow: Hands, name: str) -> None:
    button = narrow.find(name)

    assert button.width() < 60
    assert button.toolTip() == button.accessibleName() != ""


def test_a_button_without_its_words_keeps_its_letter(narrow: Hands) -> None:
    narrow.key(Qt.Key.Key_N, ALT)

    assert narrow.find("registration_page").isVisible()


def test_the_words_come_back_with_the_room(narrow: Hands, opened: Window) -> None:
    opened.main.resize(1280, 800)
    narrow.settle()

    button = narrow.find("action.new_patient")
    assert isinstance(button, QPushButton)
    assert button.text() == "&New patient"
    assert narrow.find("action.show_today").toolTip() == ""


def test_the_day_is_written_whole(narrow: Hands) -> None:
    title = next(
        label
        for label in narrow.find("today.table").window().findChildren(QLabel)
        if label.isVisible() and label.text().startswith("Today")
    )

    assert title.fontMetrics().horizontalAdvance(title.text()) <= title.width()


def test_the_history_shows_before_and_after_without_scrolling(narrow: Hands) -> None:
    open_patient(narrow)

    narrow.press("action.show_history")

    table = narrow.find("history.table")
    assert isinstance(table, QTableView)
    assert not table.horizontalScrollBar().isVisible()
    assert table.viewport().rect().contains(table.columnViewportPosition(5) + 40, 5)


@pytest.mark.parametrize(
    ("button", "dialog"), [("action.show_history", "history"), ("action.merge_with", "merge_with")]
)
def test_windows_over_a_page_are_not_larger_than_it(
    narrow: Hands, button: str, dialog: str
) -> None:
    open_patient(narrow)

    narrow.press(button)

    over: QWidget = narrow.find(dialog)
    assert isinstance(over, QDialog)
    assert over.size().boundedTo(narrow.window.size()) == over.size()
