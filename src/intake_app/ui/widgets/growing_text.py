"""A text that is as high as what is in it; keys that move or undo are told to whoever owns it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from intake_app.ui.theme import GRID
from intake_app.ui.widgets.inputs import move_on

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class GrowingText(QPlainTextEdit):
    """One text without line breaks of its own. Enter and Tab leave it; undoing is the page's."""

    edited = Signal(str)
    """The whole text, after somebody typed."""
    entered = Signal()
    left = Signal()
    move_wanted = Signal(int)
    """Alt with an arrow: -1 up, 1 down."""
    undo_wanted = Signal()
    redo_wanted = Signal()
    add_wanted = Signal()
    """Ctrl+Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(GRID - 1)
        self.textChanged.connect(self._changed)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show another text; the cursor stays where it was as far as there is text."""
        if text == self.toPlainText():
            return
        at = self.textCursor().position()
        self._showing = True
        self.setPlainText(text)
        self._showing = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)
        self._fit()

    def set_right_to_left(self, *, right_to_left: bool) -> None:
        """Write from right to left, or from left to right."""
        direction = (
            Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        )
        option = self.document().defaultTextOption()
        if option.textDirection() != direction:
            option.setTextDirection(direction)
            side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
            option.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
            self.document().setDefaultTextOption(option)
            self.setLayoutDirection(direction)

    def put_in(self, text: str) -> None:
        """Write a text where the cursor is."""
        if not self.isReadOnly():
            self.insertPlainText(text)

    def _changed(self) -> None:
        self._fit()
        if not self._showing:
            self.edited.emit(self.toPlainText().replace("\n", " "))

    # --- room -------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Want the height of the lines there are."""
        return QSize(60 * GRID, self._height())

    def minimumSizeHint(self) -> QSize:
        """Need the same height."""
        return QSize(20 * GRID, self._height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Break the lines anew, and be as high as they are."""
        super().resizeEvent(event)
        self._fit()

    def _height(self) -> int:
        lines = max(round(self.document().size().height()), 1)
        margins = 2 * (round(self.document().documentMargin()) + self.frameWidth())
        return lines * self.fontMetrics().lineSpacing() + margins + 2

    def _fit(self) -> None:
        height = self._height()
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    # --- keys -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Leave on Enter, move on Alt with an arrow; undo and redo are for the page."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key in _ENTER:
            event.accept()
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self.add_wanted.emit()
            else:
                move_on(self)
        elif key in _STEPS and modifiers & Qt.KeyboardModifier.AltModifier:
            event.accept()
            self.move_wanted.emit(_STEPS[key])
        elif event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            event.accept()
            self.redo_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Tell that the keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """Tell that the text was left."""
        super().focusOutEvent(event)
        self.left.emit()
