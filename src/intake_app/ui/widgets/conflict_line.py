"""Two values for one field, under its input: what somebody else saved, and a button for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake_app.domain.fields import object_name
from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import sentence
from intake_app.ui.presenters.disputes import Settle, joined, may_join
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.problem_line import ProblemLine

if TYPE_CHECKING:
    from intake_app.domain.drafts import Dispute
    from intake_app.ui.presenters.form import FormModel

_LABELS = {
    Settle.MINE: N_("Keep mine"),
    Settle.THEIRS: N_("Take theirs"),
    Settle.BOTH: N_("Keep both"),
}
_SPOKEN = {
    Settle.MINE: N_("{label}: keep mine"),
    Settle.THEIRS: N_("{label}: take theirs"),
    Settle.BOTH: N_("{label}: keep both"),
}
_LONGEST = 120


class ConflictLine(QWidget):
    """Shows both values; nothing is decided before a person presses one of the buttons."""

    def __init__(self, model: FormModel, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._key = key
        self._line = ProblemLine(self)
        self.buttons: dict[Settle, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._line)
        choices = QWidget(self)
        choices.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = FlowLayout(choices)
        layout.addWidget(choices)
        label = translated(model.field(key).label)
        for choice in self._choices():
            button = QPushButton(translated(_LABELS[choice]), choices)
            button.setAccessibleName(translated(_SPOKEN[choice]).format(label=label))
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(self._choose, choice))
            row.addWidget(button)
            self.buttons[choice] = button
        self.rename(object_name(model.form, key))
        self.hide()

    def _choices(self) -> tuple[Settle, ...]:
        if may_join(self._model.field(self._key)):
            return (Settle.MINE, Settle.THEIRS, Settle.BOTH)
        return (Settle.MINE, Settle.THEIRS)

    def rename(self, name: str) -> None:
        """Take the object name of another field; the buttons are named after it."""
        self.setObjectName(f"conflict.{name}")
        for choice, button in self.buttons.items():
            button.setObjectName(f"action.{choice.value}.{name}")

    def text(self) -> str:
        """Return what is said now; empty when there is no dispute."""
        return self._line.text()

    def show_dispute(self, dispute: Dispute | None) -> None:
        """Show what somebody else saved and what was typed here; ``None`` says nothing."""
        problem = self._model.problem(self._key)
        if dispute is None or problem is None:
            self._line.clear()
            self.hide()
            return
        self._line.show_problem(problem)
        self._line.setText(f"{sentence(problem)}\n{self._values(dispute)}")
        for choice, button in self.buttons.items():
            button.setToolTip(self._outcome(choice, dispute))
        self.show()

    def _values(self, dispute: Dispute) -> str:
        theirs = self._model.words(self._key, dispute.theirs)
        said = {"theirs": _short(theirs), "mine": _short(dispute.mine)}
        if not dispute.by:
            return translated(N_("The record says: {theirs}. You typed: {mine}.")).format(**said)
        template = N_("{name} saved: {theirs}. You typed: {mine}.")
        return translated(template).format(name=dispute.by, **said)

    def _outcome(self, choice: Settle, dispute: Dispute) -> str:
        theirs = self._model.words(self._key, dispute.theirs)
        if choice is Settle.BOTH:
            return joined(self._model.field(self._key), theirs, dispute.mine)
        return dispute.mine if choice is Settle.MINE else theirs

    def _choose(self, choice: Settle, *_: object) -> None:
        self._model.settle(self._key, choice)


def _short(text: str) -> str:
    """Return a value on one line, in quotes; nothing has a word of its own."""
    line = " ".join(text.split())
    if not line:
        return translated(N_("nothing"))
    return f"“{line[:_LONGEST]}…”" if len(line) > _LONGEST else f"“{line}”"
