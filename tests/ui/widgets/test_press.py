"""A button that makes something makes it once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.ui.views.page_parts import action_button
from intake_app.ui.widgets.press import press_once

LEFT = Qt.MouseButton.LeftButton


def double_click(button: QPushButton) -> None:
    QTest.mouseClick(button, LEFT)
    QTest.mouseDClick(button, LEFT)


def hold_space(button: QPushButton) -> None:
    for repeated in (False, True, True):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier(0), " ", repeated)
            QApplication.sendEvent(button, event)


def press_twice(button: QPushButton) -> None:
    for _ in range(2):
        QTest.keyClick(button, Qt.Key.Key_Space)


@pytest.mark.parametrize(("press", "times"), [(double_click, 1), (hold_space, 1), (press_twice, 2)])
@pytest.mark.parametrize("is_action", [False, True])
def test_however_it_is_pressed(
    qtbot: QtBot, press: Callable[[QPushButton], None], times: int, is_action: bool
) -> None:
    button = action_button("make", "Make") if is_action else QPushButton("Make")
    if not is_action:
        press_once(button)
    qtbot.addWidget(button)
    made: list[bool] = []
    button.clicked.connect(lambda: made.append(True))
    button.show()

    press(button)

    assert len(made) == times
