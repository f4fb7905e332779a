"""The page that is shown when the database cannot be opened: why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import error_sentence
from intake_app.ui.theme import ATTENTION, GRID
from intake_app.ui.views.page_parts import Sign, action_button, emphasise, heading, note

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.domain.errors import AppError

_WIDEST = 150 * GRID
_SIGN = 10 * GRID


_AT_START = {
    "database_locked": N_(
        "Another program is using the database. Close the other program, or try again in a moment."
    ),
    "storage_unavailable": N_(
        "The database cannot be reached now. Check that its disk is connected, then try again."
    ),
}
"""Sentences that must not speak of anything typed: nothing has been."""


class StartProblemPage(QWidget):
    """Says what keeps the program from starting; offers to try again, or to quit."""

    try_again = Signal()
    quit_wanted = Signal()

    def __init__(self, error: AppError, database: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start_problem")
        inside = QWidget(self)
        inside.setMaximumWidth(_WIDEST)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(inside, 10)
        outer.addStretch(1)
        layout = QVBoxLayout(inside)
        layout.setSpacing(4 * GRID)
        layout.addStretch(1)
        layout.addWidget(Sign("circle-alert", ATTENTION, side=_SIGN, parent=inside))
        layout.addWidget(heading(N_("The database cannot be opened"), inside))
        said = _AT_START.get(error.code)
        self.sentence = QLabel(translated(said) if said else error_sentence(error), inside)
        self.sentence.setObjectName("start_problem.sentence")
        self.sentence.setWordWrap(True)
        layout.addWidget(self.sentence)
        place = note("", inside)
        place.setText(translated(N_("The database is here: {path}")).format(path=database))
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(place)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        again = action_button("try_again", N_("&Try again"), "refresh-cw", parent=inside)
        emphasise(again)
        leave = action_button("quit", N_("&Quit"), parent=inside)
        again.clicked.connect(self.try_again)
        leave.clicked.connect(self.quit_wanted)
        row.addWidget(again)
        row.addWidget(leave)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)
        again.setFocus()
