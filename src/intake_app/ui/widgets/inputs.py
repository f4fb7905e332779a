"""The inputs of a form: Enter moves on, the wheel changes nothing, empty is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from intake_app.domain.fields import object_name
from intake_app.domain.language import translated
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.fields import Field, Option

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
LINES_SHOWN = 3
_CHOICE_LETTERS = 30
_MARGIN_LETTERS = 3


def next_input(start: QWidget) -> QWidget | None:
    """Return the input after ``start`` in Tab order; ``None`` when there is no other."""
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        if (
            isinstance(widget, QLineEdit | QComboBox | QPlainTextEdit | QCheckBox)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and widget.isVisibleTo(widget.window())
        ):
            return widget
        widget = widget.nextInFocusChain()
    return None


def move_on(start: QWidget) -> None:
    """Give the focus to the input after ``start``."""
    following = next_input(start)
    if following is not None:
        following.setFocus(Qt.FocusReason.TabFocusReason)


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in _ENTER and event.modifiers() in _PLAIN


class TextInput(QLineEdit):
    """One line of text, also for dates, times and numbers as people type them."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move to the next input on Enter."""
        if _is_enter(event):
            event.accept()
            move_on(self)
            return
        super().keyPressEvent(event)


class LongTextInput(QPlainTextEdit):
    """A few lines of text; Tab leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)

    def sizeHint(self) -> QSize:
        """Want room for three lines."""
        lines = QFontMetrics(self.font()).lineSpacing() * LINES_SHOWN
        return QSize(60 * GRID, lines + 2 * self.frameWidth() + 2 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Need room for three lines."""
        return QSize(20 * GRID, self.sizeHint().height())

    def focusOutEvent(self, event, /) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        """Tell that the input was left."""
        super().focusOutEvent(event)
        self.left.emit()


class ChoiceInput(QComboBox):
    """One answer of a list, or none: the first entry is empty. Typing letters selects."""

    left = Signal()

    def __init__(self, options: Iterable[Option] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        longest = 0
        self.addItem("", None)
        for option in options:
            label = translated(option.label)
            longest = max(longest, len(label))
            self.addItem(label, str(option.value))
        # Shorter than the longest answer the box would cut it off.
        self.setMinimumContentsLength(min(longest + _MARGIN_LETTERS, _CHOICE_LETTERS))

    def chosen(self) -> str | None:
        """Return the stored value of the answer; ``None`` for no answer."""
        value = self.currentData()
        return None if value is None else str(value)

    def choose(self, value: str | None) -> None:
        """Show an answer; one that is no longer in the list is shown as it is stored."""
        index = 0 if value is None else self.findData(str(value))
        if index < 0:
            self.addItem(str(value), str(value))
            index = self.count() - 1
        self.setCurrentIndex(index)
        self.setToolTip(self.currentText() if len(self.currentText()) >= _CHOICE_LETTERS else "")

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move to the next input on Enter; empty the answer on Delete or Backspace."""
        if _is_enter(event):
            event.accept()
            move_on(self)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.accept()
            self.setCurrentIndex(0)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        """Change the answer only while the input has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event, /) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        """Tell that the input was left."""
        super().focusOutEvent(event)
        self.left.emit()


class TickInput(QCheckBox):
    """One box to tick."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move to the next input on Enter."""
        if _is_enter(event):
            event.accept()
            move_on(self)
            return
        super().keyPressEvent(event)


class ChoicesInput(QWidget):
    """Several answers of a list, each with its own box to tick."""

    edited = Signal()

    def __init__(self, form: str, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, TickInput] = {}
        layout = FlowLayout(self)
        for option in field.choices:
            label = translated(option.label)
            box = TickInput(label, self)
            box.setObjectName(f"{object_name(form, field.key)}.{option.value}")
            box.setAccessibleName(f"{translated(field.label)}: {label}")
            box.toggled.connect(self._toggled)
            layout.addWidget(box)
            self._boxes[str(option.value)] = box
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def rename(self, name: str) -> None:
        """Take another object name, with every box."""
        self.setObjectName(name)
        for value, box in self._boxes.items():
            box.setObjectName(f"{name}.{value}")

    def chosen(self) -> tuple[str, ...]:
        """Return the stored values of the ticked answers, in the order of the list."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def choose(self, values: Iterable[str]) -> None:
        """Tick exactly these answers."""
        wanted = {str(value) for value in values}
        for value, box in self._boxes.items():
            box.setChecked(value in wanted)

    def _toggled(self) -> None:
        if not self.signalsBlocked():
            self.edited.emit()
