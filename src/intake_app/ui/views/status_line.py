"""The one line at the bottom: saved or saving, the database, the last backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, MUTED

if TYPE_CHECKING:
    from intake_app.ui.presenters.main import MainPresenter


class StatusLine(QFrame):
    """Three short texts; a screen reader finds them by name."""

    def __init__(self, presenter: MainPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._presenter = presenter
        layout = QHBoxLayout(self)
        layout.setContentsMargins(5 * GRID, GRID, 5 * GRID, GRID)
        layout.setSpacing(6 * GRID)
        self.saved = self._label("status.saved")
        self.working = self._label("status.working")
        self.database = self._label("status.database")
        self.backup = self._label("status.backup")
        layout.addWidget(self.saved)
        layout.addWidget(self.working)
        layout.addStretch(1)
        layout.addWidget(self.database)
        layout.addWidget(self.backup)
        presenter.status_changed.connect(self._show)
        self._show()

    def begin_work(self) -> None:
        """The database is open."""
        self.say_saved(translated(N_("Everything is saved")))
        self._show()

    def say_saved(self, text: str) -> None:
        """Say whether what was typed is in the database."""
        self.saved.setText(text)

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt signal
        """Say that something takes a while."""
        self.working.setText(translated(N_("Working…")) if busy else "")

    def _show(self) -> None:
        self.database.setText(self._presenter.database_words())
        self.backup.setText(self._presenter.backup_words())

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setForegroundRole(MUTED)
        return label
