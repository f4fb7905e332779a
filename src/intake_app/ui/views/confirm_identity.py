"""Before anything prints: is this the patient in front of you? Name and birth date, both large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button, emphasise
from intake_app.ui.widgets.texts import label, scaled, strong

_LARGE = 2.0
_WIDTH_LETTERS = 56


class ConfirmIdentity(QDialog):
    """Shows name and birth date large; both must be ticked before the sheet prints."""

    def __init__(self, name: str, birth_date: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self.setWindowTitle(translated(N_("Check before printing")))
        self.setAccessibleName(translated(N_("Is this the patient in front of you?")))
        self.name = _tick("confirm.name", name, N_("Name is right: {what}"))
        self.birth_date = _tick("confirm.birth_date", birth_date, N_("Date of birth: {what}"))
        self.yes = action_button("confirm_identity", N_("Yes, both are right"), "check")
        self.no = action_button("cancel_print", N_("No, do not print"))
        emphasise(self.yes)
        self.yes.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 5 * GRID)
        layout.setSpacing(4 * GRID)
        layout.addWidget(strong(translated(N_("Is this the patient in front of you?")), scale=1.3))
        ask = N_("Ask for the name and the date of birth. Tick what you heard.")
        layout.addWidget(label(translated(ask)))
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
