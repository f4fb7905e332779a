"""Wording to and from a file that two clinics can share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.wording_files import FilesPresenter
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button

if TYPE_CHECKING:
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.wording import WordingPresenter

FILES = N_("Wording (*.toml)")


class WordingFiles(QWidget):
    """Two buttons; what became of a file is said in the banner."""

    def __init__(
        self, presenter: WordingPresenter, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = FilesPresenter(presenter, self)
        self._notices = notices
        self.export = action_button("export_wording", N_("Export…"), "file-down", parent=self)
        self.import_ = action_button("import_wording", N_("Import…"), "log-in", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.export)
        row.addWidget(self.import_)
        self.export.clicked.connect(self._export)
        self.import_.clicked.connect(self._import)
        self._presenter.said.connect(notices.show_message)
        presenter.steps_changed.connect(self.show_rights)
        self.show_rights()

    def show_rights(self) -> None:
        """Open the buttons for whoever may press them."""
        why = self._presenter.why_not()
        for button in (self.export, self.import_):
            button.setEnabled(not why)
            said = why or (self._presenter.what() if button is self.export else "")
            button.setToolTip(said)
            button.setAccessibleDescription(said)

    def _export(self) -> None:
        target = self._notices.ask_save_path(self._presenter.suggested(), kind=translated(FILES))
        if target is not None:
            self._presenter.export(target if target.suffix else target.with_suffix(".toml"))

    def _import(self) -> None:
        path = self._notices.ask_open_path(kind=translated(FILES))
        if path is not None:
            self._presenter.take_in(path)
