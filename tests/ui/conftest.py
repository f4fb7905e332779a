"""What the tests of windows share."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

Typing = Callable[[QWidget, str], None]


@pytest.fixture
def type_text(qapp: QApplication) -> Typing:
    """Type any letters into a widget; qtbot.keyClicks aborts on other than ASCII."""

    def type_into(widget: QWidget, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, event)

    return type_into


@pytest.fixture
def name_of(qapp: QApplication) -> Callable[[QWidget], str]:
    """Return what a screen reader calls a widget."""

    def name(widget: QWidget) -> str:
        found = QAccessible.queryAccessibleInterface(widget)
        return found.text(QAccessible.Text.Name)

    return name
