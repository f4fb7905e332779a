"""The choices of this machine while the program runs; every change is on the disk at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from intake_app.config.settings import Settings, SettingsFile
from intake_app.domain.errors import FileUnwritableError

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.config.settings import PrinterChoice


class Preferences(QObject):
    """Holds the settings of this machine."""

    changed = Signal()
    failed = Signal(object)
    """A ``FileUnwritableError``: the choice holds, but only until the program is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = SettingsFile(path)
        self.set_aside: Path | None = None
        """Where a settings file that could not be understood was put."""
        self.settings = self._load()

    def change(self, **changes: Any) -> None:
        """Change settings by name and keep them."""
        wanted = replace(self.settings, **changes)
        if wanted == self.settings:
            return
        self.settings = wanted
        try:
            self._file.save(wanted)
        except OSError as error:
            self.failed.emit(FileUnwritableError(why=error.strerror or type(error).__name__))
        self.changed.emit()

    def printer_for(self, document_kind: str) -> PrinterChoice | None:
        """Return where this kind of document was printed last from here, and how."""
        return self.settings.printer_for(document_kind)

    def keep(self, document_kind: str, choice: PrinterChoice) -> None:
        """Remember where this kind of document is printed from here."""
        self.change(printers=self.settings.with_printer(document_kind, choice).printers)

    def _load(self) -> Settings:
        try:
            loaded = self._file.load()
        except OSError:
            return Settings()
        self.set_aside = loaded.set_aside
        return loaded.settings
