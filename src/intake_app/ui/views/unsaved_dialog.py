"""The question before a window closes on typing that cannot be saved: nothing has to be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from intake_app.domain.language import N_, translated
from intake_app.ui.notices import Question, QuestionDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

QUESTION = Question(
    text=N_("Not everything is saved yet."),
    detail=N_(
        "The database cannot be reached. If you close the program now, what you typed last is "
        "lost, unless you copy it and paste it somewhere safe."
    ),
    yes=N_("Close and lose it"),
    no=N_("Keep the program open"),
)


class UnsavedDialog(QuestionDialog):
    """Asks whether to close all the same, and hands out what is not saved as text."""

    def __init__(self, unsaved: str, parent: QWidget | None = None) -> None:
        super().__init__(QUESTION, parent)
        self._unsaved = unsaved
        self.copy = QPushButton(translated(N_("Copy what is not saved")), self)
        self.copy.setObjectName("action.copy_unsaved")
        self.copy.setAutoDefault(False)
        self.copy.setVisible(bool(unsaved))
        buttons = self.findChild(QDialogButtonBox)
        if buttons is not None:
            buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setVisible(bool(unsaved))
        self.copy.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._unsaved)
        self.copy.setText(translated(N_("Copied")))
