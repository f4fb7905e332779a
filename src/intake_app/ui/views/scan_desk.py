"""What becomes of a scan: a new patient is filled in, a person searched for, a sheet checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from intake_app.ui.scanner import Scanner
    from intake_app.ui.views.main_window import MainWindow


class ScanDesk(QObject):
    """Stands between a scanner and the main window."""

    def __init__(self, scanner: Scanner, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        scanner.licence_scanned.connect(self.take_licence)
        scanner.card_scanned.connect(self.take_card)
        scanner.sheet_scanned.connect(self.take_sheet)
        scanner.cut_off.connect(self.take_rest)

    def take_licence(self, text: str) -> None:
        """Fill the new patient that is open, or search for name and date of birth."""
        if not self._is_ready():
            return
        licence = self._window.services.read_licence(text)
        if not licence.complete:
            self.take_rest()
        elif not self._window.registrations.fill(licence):
            self._window.top.search_licence(licence)

    def take_card(self, text: str) -> None:
        """Search for the number on a card."""
        if self._is_ready():
            self._window.top.search_card(text)

    def take_sheet(self, text: str) -> None:
        """Say which sheet the code belongs to."""
        if self._is_ready():
            self._window.show_check(text)

    def take_rest(self) -> None:
        """Say that a scan was cut off."""
        if self._window.is_working:
            self._window.say(
                translated(
                    N_(
                        "The scan did not arrive whole, so nothing was filled in. "
                        "Please scan again."
                    )
                )
            )

    def _is_ready(self) -> bool:
        """Return whether a scan can be used now; over the page may lie a question."""
        if self._window.is_working and QApplication.activeModalWidget() is not None:
            self._window.say(
                translated(
                    N_("Something was scanned while a question was open. Please scan again.")
                )
            )
            return False
        return self._window.is_working
