"""A button that makes something makes it once, however it is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class _Once(QObject):
    """Swallows the second half of a double click, and a key that is held down."""

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Return whether the event goes no further."""
        if event.type() is QEvent.Type.MouseButtonDblClick:
            return True
        if isinstance(event, QKeyEvent) and event.isAutoRepeat() and event.key() in _PRESSING:
            return True
        return super().eventFilter(watched, event)


def press_once(button: QAbstractButton) -> None:
    """Let a double click, or a key held down, count as one press of ``button``.

    Pressing again after that is a second press: some things are wanted twice.
    """
    button.installEventFilter(_Once(button))
