"""Before anything prints: is this the patient in front of you? Name and birth date, both large."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button, emphasise
from intake_app.ui.widgets.texts import label, scaled, strong

_LARGE = 2.0
_WIDTH_LETTERS = 56


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is about to happen, and how it is asked whose it is."""

    title: str
    no: str
    question: str = N_("Is this the patient in front of you?")
    how: str = N_("Ask for the name and the date of birth. Tick what you heard.")


PRINTING = Occasion(N_("Check before printing"), N_("No, do not print"))
SAVING = Occasion(N_("Check before saving"), N_("No, do not save"))
HANDING_OVER = Occasion(N_("Check before handing over"), N_("No, do not hand over"))
_LETTER = N_("Is this letter about the right patient?")
_COMPARE = N_("Compare the name and the date of birth with the letter. Tick what is right.")
PRINTING_LETTER = Occasion(PRINTING.title, PRINTING.no, _LETTER, _COMPARE)
SAVING_LETTER = Occasion(SAVING.title, SAVING.no, _LETTER, _COMPARE)
"""The patient of a letter has often left when it is written."""


class ConfirmIdentity(QDialog):
    """Shows name and birth date large; both must be ticked before it goes on."""

    def __init__(
        self,
        name: str,
        birth_date: str,
        parent: QWidget | None = None,
        *,
        occasion: Occasion = PRINTING,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self.setWindowTitle(translated(occasion.title))
        self.setAccessibleName(translated(occasion.question))
        self.name = _tick("confirm.name", name, N_("Name is right: {what}"))
        self.birth_date = _tick("confirm.birth_date", birth_date, N_("Date of birth: {what}"))
        self.yes = action_button("confirm_identity", N_("Yes, both are right"), "check")
        self.no = action_button("cancel_print", occasion.no)
        emphasise(self.yes)
        self.yes.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 5 * GRID)
        layout.setSpacing(4 * GRID)
        layout.addWidget(strong(translated(occasion.question), scale=1.3))
        layout.addWidget(label(translated(occasion.how)))
        layout.addWidget(self.name)
        layout.addWidget(self.birth_date)
        layout.addLayout(buttons)
        self.setMinimumWidth(_WIDTH_LETTERS * self.fontMetrics().averageCharWidth())
        self.name.toggled.connect(self._weigh)
        self.birth_date.toggled.connect(self._weigh)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.name.setFocus()

    def _weigh(self) -> None:
        both = self.name.isChecked() and self.birth_date.isChecked()
        self.yes.setEnabled(both)
        self.yes.setDefault(both)
        if both:
            self.yes.setFocus(Qt.FocusReason.OtherFocusReason)


def _tick(name: str, text: str, spoken: str) -> QCheckBox:
    box = QCheckBox(text.replace("&", "&&"))
    box.setObjectName(name)
    box.setFont(scaled(box.font(), _LARGE, bold=True))
    box.setAccessibleName(translated(spoken).format(what=text))
    return box
