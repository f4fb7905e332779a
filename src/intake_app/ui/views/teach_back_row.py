"""One group of instructions: what to ask, three answers, and a note where it is needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.handing import SaidBack, TeachBack
from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import light_up
from intake_app.ui.widgets.field_form import FieldForm, Section
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.texts import label, muted, show_text, strong

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from intake_app.ui.presenters.form import FormModel
    from intake_app.ui.presenters.hand_over import Row

_SHORT = {
    SaidBack.FIRST: N_("1 Said back"),
    SaidBack.AGAIN: N_("2 Repeated"),
    SaidBack.NOT_ABLE: N_("3 Not able"),
}
"""With the key that presses it."""
_KEYS = {
    Qt.Key.Key_1: SaidBack.FIRST,
    Qt.Key.Key_2: SaidBack.AGAIN,
    Qt.Key.Key_3: SaidBack.NOT_ABLE,
}
_MORE = (Section("", ("listener", "note")),)
_LABEL_LETTERS = 14


class TeachBackRow(QWidget):
    """Shows one group; 1, 2 and 3 answer it while the keyboard is in it."""

    answered = Signal(object)
    """A ``SaidBack``."""
    left = Signal()
    """The keyboard goes on to the next group."""

    def __init__(self, row: Row, model: FormModel, *, enabled: bool) -> None:
        super().__init__()
        self.key = row.key
        self.setObjectName(f"{TeachBack.FORM}.{row.key}")
        self.setAccessibleName(f"{row.title}. {row.question}")
        self.line = muted(name=f"{TeachBack.FORM}.{row.key}.line")
        self.more = FieldForm(model, sections=_MORE, label_letters=_LABEL_LETTERS)
        self.buttons: dict[SaidBack, QPushButton] = {}
        self._one = QButtonGroup(self)
        self._one.setExclusive(False)  # pressing the same again takes it back
        choices = QWidget()
        flow = FlowLayout(choices)
        for answer in SaidBack:
            button = self._button(row, answer)
            button.setEnabled(enabled)
            self._one.addButton(button)
            flow.addWidget(button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, GRID, 0, GRID)
        lines.setSpacing(GRID)
        lines.addWidget(strong(row.title))
        lines.addWidget(label(row.question))
        lines.addWidget(choices)
        lines.addWidget(self.line)
        lines.addWidget(self.more)
        self.show_row(row)

    def _button(self, row: Row, answer: SaidBack) -> QPushButton:
        button = QPushButton(translated(_SHORT[answer]))
        button.setObjectName(f"{TeachBack.FORM}.{row.key}.{_NAMES[answer]}")
        button.setAccessibleName(f"{row.title}: {translated(answer.label)}")
        button.setAutoDefault(False)
        light_up(button)
        button.clicked.connect(partial(self._pressed, answer))
        self.buttons[answer] = button
        return button

    def show_row(self, row: Row) -> None:
        """Show the answer as it is now."""
        for answer, button in self.buttons.items():
            if button.isChecked() is not (row.said_back is answer):
                button.setChecked(row.said_back is answer)
        show_text(self.line, row.line)
        self.more.setVisible(row.more)

    def begin(self) -> None:
        """Put the keyboard to the answers."""
        chosen = next((each for each in self.buttons.values() if each.isChecked()), None)
        (chosen or self.buttons[SaidBack.FIRST]).setFocus(Qt.FocusReason.TabFocusReason)

    def _pressed(self, answer: SaidBack, *_: object) -> None:
        self.answered.emit(answer)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Answer with 1, 2 or 3; go on after the first, to the note after the others."""
        answer = _KEYS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if answer is None or not plain or not self.buttons[answer].isEnabled():
            super().keyPressEvent(event)
            return
        event.accept()
        if event.isAutoRepeat():
            return  # a key that is held down answers one group, not all that follow
        self.answered.emit(answer)
        if answer is SaidBack.FIRST:
            self.left.emit()
        elif not self.more.isHidden():
            self.more.focus_field("note")


_NAMES = {
    SaidBack.FIRST: "said_back",
    SaidBack.AGAIN: "again",
    SaidBack.NOT_ABLE: "not_able",
}
