"""The page of a locked window: clinic, time, what is saved, and who may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.lock import picked
from intake_app.ui.scanner import GAP_MS
from intake_app.ui.theme import ATTENTION, GRID, MUTED
from intake_app.ui.views.page_parts import Sign, Title, note, page_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from intake_app.ui.presenters.lock import LockPresenter, StaffRow

_LETTERS_MS = 1000
"""Letters that follow each other sooner than this belong to one name."""
_LETTERS = 56
_TIME = 3.0
_CLINIC = 1.5
_LOW_LINES = 24
"""Below this height in lines of text there is no room for sign and day."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
_ID = Qt.ItemDataRole.UserRole


class StaffList(QListWidget):
    """Letters pick a name, Enter takes it. A scanner cannot: nobody types Enter that fast."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._typed = ""
        self._last_ms = 0
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_LETTERS_MS)
        self._forget.timeout.connect(self._begin_again)
        self.itemClicked.connect(self._take)

    def show_people(self, people: Sequence[StaffRow]) -> None:
        """Show who may go on; nobody is picked yet, so that nobody goes on as somebody else."""
        self.clear()
        self._names = [person.name for person in people]
        for person in people:
            item = QListWidgetItem(person.words)
            item.setData(_ID, person.id)
            item.setSizeHint(QSize(0, 2 * self.fontMetrics().height()))
            self.addItem(item)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Take the keyboard without looking as if the first name were picked."""
        super().focusInEvent(event)
        if not self.selectedItems():
            self.selectionModel().clearCurrentIndex()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Pick, move or take; no other key does anything here."""
        key, fast = event.key(), self._is_fast(event)
        self._last_ms = event.timestamp()
        if key in _ENTER:
            picked_now = self.selectedItems()
            if fast:
                self._begin_again()
                self.clearSelection()
            elif picked_now and not event.isAutoRepeat():
                self._take(picked_now[0])
        elif key in _MOVES:
            self._begin_again()
            super().keyPressEvent(event)
        elif event.text().strip() and event.modifiers() in _PLAIN:
            self._pick(event.text())
        event.accept()

    def _is_fast(self, event: QKeyEvent) -> bool:
        """Return whether a key comes sooner after the one before than anybody types."""
        return bool(event.timestamp()) and event.timestamp() - self._last_ms <= GAP_MS

    def _pick(self, letter: str) -> None:
        self._forget.start()
        self._typed += letter
        selected = self.selectedItems()
        after = self.row(selected[0]) if selected else -1
        number = picked(self._names, self._typed, max(after, -1))
        if number is None and len(self._typed) > 1:
            self._typed = letter
            number = picked(self._names, letter, after)
        if number is None:
            self.clearSelection()
        else:
            self.setCurrentRow(number)

    def _begin_again(self) -> None:
        self._forget.stop()
        self._typed = ""

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(_ID)))


class LockPage(QWidget):
    """A calm page that says nothing about anybody but the staff."""

    def __init__(self, presenter: LockPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.setAccessibleName(translated(N_("Locked")))
        self._presenter = presenter
        self._sign = Sign("lock", MUTED, side=8 * GRID, parent=self)
        self._clinic = Title("", _CLINIC, self)
        self._clinic.setObjectName("lock.clinic")
        self._clinic.setWordWrap(True)
        self._time = Title("", _TIME, self)
        self._time.setObjectName("lock.time")
        self._day = note("", self)
        self._day.setObjectName("lock.day")
        self._state = QLabel(self)
        self._state.setObjectName("lock.state")
        self._state.setWordWrap(True)
        self.staff = StaffList(self)
        self.staff.setObjectName("lock.staff")
        self.staff.setAccessibleName(translated(N_("Who goes on?")))
        self.staff.setAccessibleDescription(
            translated(N_("Type the letters of a name, then Enter"))
        )
        self.staff.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._arrange()
        self.staff.chosen.connect(presenter.unlock)
        presenter.text_changed.connect(self._show_text)
        presenter.staff_changed.connect(self._show_people)
        self._show_people()
        self._show_text()

    def _arrange(self) -> None:
        self._column = QWidget(self)
        lines = QVBoxLayout(self._column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2 * GRID)
        lines.addStretch(1)
        lines.addWidget(self._sign)
        lines.addWidget(self._clinic)
        lines.addWidget(self._time)
        lines.addWidget(self._day)
        lines.addSpacing(3 * GRID)
        lines.addWidget(self._state)
        lines.addSpacing(3 * GRID)
        hint = note(N_("Who goes on? Type the first letters of your name, then Enter."), self)
        hint.setObjectName("lock.hint")
        lines.addWidget(hint)
        lines.addWidget(self.staff, 20)
        lines.addStretch(1)
        layout = page_layout(self)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._column, 100)
        row.addStretch(1)
        layout.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Leave the room to the names where the window is low."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        self._column.setMaximumWidth(_LETTERS * metrics.averageCharWidth())
        low = self.height() < _LOW_LINES * metrics.lineSpacing()
        self._sign.setVisible(not low)
        self._day.setVisible(not low)
        line = self.staff.sizeHintForRow(0) if self.staff.count() else metrics.height()
        self.staff.setMaximumHeight(max(self.staff.count(), 2) * line + 2 * GRID)
        self.staff.setMinimumHeight(2 * line)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Let no key through to the window below."""
        event.accept()

    def _show_people(self) -> None:
        self.staff.show_people(self._presenter.people())
        self._fit()

    def _show_text(self) -> None:
        text = self._presenter.text()
        self._clinic.setText(text.clinic)
        self._time.setText(text.time)
        self._day.setText(text.day)
        news = self._state.text() not in ("", text.state)
        self._state.setText(text.state)
        self._state.setForegroundRole(ATTENTION if text.unsaved else self.foregroundRole())
        if news and text.unsaved and QAccessible.isActive():
            event = QAccessibleEvent(self._state, QAccessible.Event.Alert)
            QAccessible.updateAccessibility(event)
