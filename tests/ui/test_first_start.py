"""The first start, by keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from intake_app.config.paths import Paths
from intake_app.ui.app import Window
from tests.hands import Hands


@pytest.fixture
def window(start_window: Callable[[Paths], Window], tmp_path: Path) -> Window:
    """Return the program over an empty folder, asking for the set-up."""
    window = start_window(Paths(tmp_path / "clinic"))
    Hands(window.main).find("clinic.name")
    return window


@pytest.fixture
def hands(window: Window) -> Hands:
    """Return the keyboard at that window."""
    return Hands(window.main)


def test_a_clinic_is_set_up_by_keyboard_and_the_day_opens(hands: Hands, window: Window) -> None:
    hands.fill("clinic.name", "Prairie Spine")
    hands.fill("clinic.phone_day", "(515) 555-0100")
    hands.fill("staff.0.name", "Nora Hill")
    hands.press("staff.0.roles.nurse")
    hands.press("staff.0.roles.manager")

    hands.press("action.start")

    hands.find("today.table" if hands.seen("today.table") else "today.empty")
    assert window.presenter.actor.name == "Nora Hill"
    assert window.presenter.clinic is not None
    assert window.presenter.clinic.name == "Prairie Spine"


def test_the_cursor_waits_in_the_first_field(hands: Hands) -> None:
    assert hands.find("clinic.name").hasFocus()


def test_enter_moves_on_and_never_starts_half_a_form(hands: Hands, window: Window) -> None:
    hands.type("Prairie Spine")

    hands.key(Qt.Key.Key_Return)

    assert hands.find("clinic.country").hasFocus()
    assert not window.presenter.staff


def test_what_is_missing_is_said_and_nothing_is_made(hands: Hands, window: Window) -> None:
    hands.press("action.start")

    assert hands.text("first_start.problem") == ("Some answers about the clinic need another look.")
    assert hands.find("clinic.name").hasFocus()
    assert window.presenter.services.clinic.clinic is not None


def test_the_page_says_what_the_program_does_not_do(window: Window) -> None:
    said = [label.text() for label in window.main.findChildren(QLabel)]

    assert "Records and prints. Does not diagnose, choose treatment or replace judgement." in said


def test_the_demonstration_opens_the_day_of_its_nurse(hands: Hands, window: Window) -> None:
    hands.press("action.try_demonstration")

    hands.find("today.table")
    assert window.presenter.actor.name == "Nora Bell"
    assert hands.seen("first_start") is None


def test_nothing_of_the_day_is_offered_before_there_is_a_clinic(hands: Hands) -> None:
    assert [hands.seen(name) for name in ("search", "action.show_today", "actor")] == [None] * 3


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_nothing_is_typed_into_what_is_not_to_be_seen(
    hands: Hands, window: Window, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    hands.key(key, held)

    hands.type("Marsh")

    assert window.main.top.search.text() == ""
    assert hands.text("clinic.name") == "Marsh"
