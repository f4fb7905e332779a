"""The Today page: there from the first moment, filled as soon as the database answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.language import N_
from intake_app.ui.views.page_parts import heading, note, page_layout

if TYPE_CHECKING:
    from intake_app.ui.presenters.preferences import Preferences
    from intake_app.ui.presenters.today import TodayPresenter
    from intake_app.ui.views.today_board import TodayBoard


class TodayPage(QWidget):
    """Says that it is reading the day, then shows the board."""

    visit_chosen = Signal(str)

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.board: TodayBoard | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._waiting = QWidget(self)
        waiting = page_layout(self._waiting)
        waiting.addWidget(heading(N_("Today"), self._waiting))
        waiting.addWidget(note(N_("Reading the day…"), self._waiting))
        waiting.addStretch(1)
        self._layout.addWidget(self._waiting)

    def show_with(self, presenter: TodayPresenter) -> None:
        """Show what a presenter reads, in place of the one before."""
        # What the board needs is loaded after the first paint: the window is there sooner.
        from intake_app.ui.views.today_board import TodayBoard

        shown = self.board or self._waiting
        self.board = TodayBoard(presenter, self._preferences, self)
        self.board.visit_chosen.connect(self.visit_chosen)
        self._layout.replaceWidget(shown, self.board)
        shown.hide()
        shown.deleteLater()
