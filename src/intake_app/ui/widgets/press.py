"""A button that makes something makes it once, however it is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton


def _is_held_down(event: QKeyEvent) -> bool:
    # Importing Qt, with its hundreds of names, takes 14 ms; nothing on the way to the first paint
    # may do it.
    from PySide6.QtCore import Qt

    pressing = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)
    return event.isAutoRepeat() and event.key() in pressing


class OnceButton(QPushButton):
    """A button for which a double click, or a key held down, counts as one press.

    Pressing again after that is a second press: some things are wanted twice.
    """

    def mouseDoubleClickEvent(self, event: QMouseEvent, /) -> None:
        """Swallow the second half of a double click."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Swallow what comes of a key that is held down."""
        if _is_held_down(event):
            event.accept()
        else:
            super().keyPressEvent(event)


class _Once(QObject):
    """Swallows the second half of a double click, and a key that is held down."""

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Return whether the event goes no further."""
        if event.type() is QEvent.Type.MouseButtonDblClick:
            return True
        if isinstance(event, QKeyEvent) and _is_held_down(event):
            return True
        return super().eventFilter(watched, event)


def press_once(button: QAbstractButton) -> None:
    """Let any other ``button`` behave like a ``OnceButton``."""
    button.installEventFilter(_Once(button))
