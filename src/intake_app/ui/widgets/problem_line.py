"""The sentence about a problem, with a small sign in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from intake_app.domain.sentences import sentence
from intake_app.ui.theme import ATTENTION, GRID, draw_icon

if TYPE_CHECKING:
    from intake_app.domain.validation import Problem


class ProblemLine(QLabel):
    """A wrapped sentence; the sign tells an error from a mere oddity without colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = "circle-alert"
        self.setWordWrap(True)
        self.setForegroundRole(ATTENTION)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setContentsMargins(self._side() + GRID, 0, 0, GRID)

    def show_problem(self, problem: Problem) -> None:
        """Show what is wrong."""
        self._sign = "triangle-alert" if problem.warning else "circle-alert"
        self.setText(sentence(problem))
        self.show()

    def clear(self) -> None:
        """Say nothing and take no room."""
        super().clear()
        self.hide()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Draw the sign in front of the first line."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._side()
        colour = self.palette().color(self.foregroundRole())
        draw_icon(painter, self._sign, QRect(0, 1, side, side), colour=colour)
        painter.end()

    def _side(self) -> int:
        return self.fontMetrics().height()
