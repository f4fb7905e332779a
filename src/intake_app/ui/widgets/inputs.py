"""The inputs of a form: Enter moves on, the wheel changes nothing, empty is possible."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from intake_app.domain.fields import object_name
from intake_app.domain.language import translated
from intake_app.domain.values import fitting
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from intake_app.domain.fields import Field, Option

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
LINES_SHOWN = 3
_CHOICE_LETTERS = 30
_WORD_MS = 1000
"""Letters typed closer together than this belong to one word."""
_MARGIN_LETTERS = 3


def put_in_tab_order(stops: Sequence[QWidget], *, before: QWidget) -> None:
    """Let Tab go through ``stops`` one after another, and then to ``before``."""
    moved = set(stops)
    last = before.previousInFocusChain()
    while last is not None and (last in moved or not last.focusPolicy() & Qt.FocusPolicy.TabFocus):
        last = last.previousInFocusChain()  # what holds other widgets is no stop of its own
    for stop in stops:
        if last is not None:
            QWidget.setTabOrder(last, stop)
        last = stop


def next_input(start: QWidget) -> QWidget | None:
    """Return the input after ``start`` in Tab order; ``None`` when there is no other."""
    widget = start.nextInFocusChain()
    group = start.parentWidget() if isinstance(start, TickInput) else None
    while widget is not None and widget is not start:
        if isinstance(group, ChoicesInput) and widget.parentWidget() is group:
            widget = widget.nextInFocusChain()  # the boxes of one question are one step
            continue
        if (
            isinstance(widget, QLineEdit | QComboBox | QPlainTextEdit | QCheckBox | AddButton)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and widget.isVisibleTo(widget.window())
        ):
            return widget
        widget = widget.nextInFocusChain()
    return None


class InputArea(QWidget):
    """Inputs that belong together; Enter in the last of them asks for what comes after."""

    end_reached = Signal()

    def is_end(self, _: QWidget) -> bool:
        """Return whether Enter in this input does not go to the next one in Tab order."""
        return False


def move_on(start: QWidget) -> None:
    """Give the focus to the input after ``start``; at the end of an area tell the area."""
    following = next_input(start)
    area = start.parentWidget()
    while area is not None and not isinstance(area, InputArea):
        area = area.parentWidget()
    if area is not None and (
        following is None or area.is_end(start) or not _comes_after(start, following, area)
    ):
        area.end_reached.emit()
    elif following is not None:
        following.setFocus(Qt.FocusReason.TabFocusReason)


def _comes_after(start: QWidget, following: QWidget, area: QWidget) -> bool:
    """Return whether ``following`` is in the area and Tab does not leave it in between."""
    widget = start.nextInFocusChain()
    while widget is not None and widget is not following:
        outside = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not area.isAncestorOf(widget)
        if outside or widget is area:  # once round is no way on
            return False
        widget = widget.nextInFocusChain()
    return area.isAncestorOf(following)


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in _ENTER and event.modifiers() in _PLAIN


def _letter(event: QKeyEvent) -> str:
    """Return the letter that was typed, in small; empty for every other key."""
    plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    typed = event.text()
    if event.modifiers() & ~plain or len(typed) != 1 or not typed.isprintable():
        return ""
    return typed.casefold()


class TypedWord:
    """The letters typed one after another without a pause, and which label they mean."""

    def __init__(self) -> None:
        self._letters = ""
        self._clock = QElapsedTimer()

    @property
    def is_going_on(self) -> bool:
        """Whether the next letter belongs to the word."""
        return bool(self._letters) and self._clock.isValid() and self._clock.elapsed() < _WORD_MS

    def forget(self) -> None:
        """Begin a new word with the next letter."""
        self._letters = ""

    def find(self, letter: str, labels: Sequence[str], current: int) -> int | None:
        """Return which label the word with this letter means; ``None`` when it means none.

        The same letter again goes on to the next label that starts with it. A word inside a label
        counts when no label starts with it.
        """
        word = self._letters + letter if self.is_going_on else letter
        self._clock.restart()
        folded = [label.casefold() for label in labels]
        again = len(word) > 1 and set(word) == {letter} and not _starting(folded, word)
        if len(word) == 1 or again:
            self._letters = word
            here = _starting(folded, letter) or _inside(folded, letter)
            return next((each for each in here if each > current), here[0] if here else None)
        found = _starting(folded, word) or _inside(folded, word)
        if found:
            self._letters = word
            return current if current in found else found[0]
        self._letters = letter  # a new word, typed before the pause was over
        found = _starting(folded, letter) or _inside(folded, letter)
        return found[0] if found else None


def _starting(labels: Sequence[str], word: str) -> list[int]:
    return [index for index, label in enumerate(labels) if label.startswith(word)]


def _inside(labels: Sequence[str], word: str) -> list[int]:
    return [index for index, label in enumerate(labels) if f" {word}" in label]


class TextInput(QLineEdit):
    """One line of text, also for dates, times and numbers as people type them."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move to the next input on Enter."""
        if _is_enter(event):
            event.accept()
            move_on(self)
            return
        super().keyPressEvent(event)


class AddButton(QPushButton):
    """Adds a row with Space or a click; Enter passes it by, like every input."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)

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
        self._word = TypedWord()
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
        """Pick by letters; move on with Enter; empty the answer with Delete or Backspace.

        Space opens the list, except in the middle of a word.
        """
        letter = _letter(event)
        if _is_enter(event):
            event.accept()
            move_on(self)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.accept()
            self._word.forget()
            self.setCurrentIndex(0)
        elif letter and (letter != " " or self._word.is_going_on):
            event.accept()
            labels = [self.itemText(index) for index in range(self.count())]
            index = self._word.find(letter, labels, self.currentIndex())
            if index is not None:
                self.setCurrentIndex(index)
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
        self._word.forget()
        self.left.emit()


class TickInput(QCheckBox):
    """One box to tick; it may be one of several."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move on with Enter; among several boxes letters and arrows go to another one."""
        around = self.parentWidget()
        if _is_enter(event):
            event.accept()
            move_on(self)
        elif isinstance(around, ChoicesInput) and around.go_to_box(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)


class ChoicesInput(QWidget):
    """Several answers of a list, each with its own box to tick."""

    edited = Signal()

    def __init__(self, form: str, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, TickInput] = {}
        self._choosing = False
        self._word = TypedWord()
        layout = FlowLayout(self)
        for option in field.choices:
            label = translated(option.label)
            box = TickInput(label, self)
            box.setObjectName(f"{object_name(form, field.key)}.{option.value}")
            box.setAccessibleName(f"{translated(field.label)}: {label}")
            box.toggled.connect(partial(self._toggled, str(option.value)))
            layout.addWidget(box)
            self._boxes[str(option.value)] = box
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    @property
    def boxes(self) -> tuple[TickInput, ...]:
        """Return the boxes, in the order of the list."""
        return tuple(self._boxes.values())

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
        self._choosing = True
        for value, box in self._boxes.items():
            box.setChecked(value in wanted)
        self._choosing = False
        self._tell()

    def go_to_box(self, box: TickInput, event: QKeyEvent) -> bool:
        """Put the keyboard into another box, by arrow or by letter; return whether it was one."""
        boxes = list(self._boxes.values())
        here = boxes.index(box)
        step = _ARROWS.get(Qt.Key(event.key()), 0)
        letter = _letter(event)
        if step:
            wanted: int | None = min(max(here + step, 0), len(boxes) - 1)
        elif letter and letter != " ":
            wanted = self._word.find(letter, [each.text() for each in boxes], here)
        else:
            return False
        if wanted is not None:
            boxes[wanted].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _toggled(self, value: str, ticked: bool) -> None:  # noqa: FBT001 - a Qt signal
        if self._choosing:
            return
        if ticked:  # "None" goes with no other answer
            self.choose(fitting(self.chosen(), value))
        else:
            self._tell()

    def _tell(self) -> None:
        if not self.signalsBlocked():
            self.edited.emit()
