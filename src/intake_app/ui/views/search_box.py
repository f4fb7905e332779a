"""The search box: typing, and the keys that lead into the list under it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, MUTED, icon

_BOX_LETTERS = 44
_NARROWEST = 50 * GRID


class SearchBox(QLineEdit):
    """One box for name, birth date, record number and phone."""

    entered = Signal()
    """Enter was pressed."""
    list_wanted = Signal()
    """Arrow down: into the list."""
    cleared = Signal()
    """Esc was pressed."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setPlaceholderText(translated(N_("Name, date of birth, record number or phone")))
        self.setAccessibleName(translated(N_("Search for a patient")))
        self.setToolTip(translated(N_("Ctrl+K or F2; ↓ shows the patients you looked at last")))
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", MUTED), QLineEdit.ActionPosition.LeadingPosition)
        letter = self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(2 * _BOX_LETTERS * letter)
        self.setMinimumHeight(9 * GRID)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Hand on Enter, Esc and arrow down; everything else is typing."""
        from PySide6.QtCore import Qt

        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Down:
            self.list_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """Tell that the box was left."""
        super().focusOutEvent(event)
        self.left.emit()
