"""Where papers were printed last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from intake_app.config.settings import PrinterChoice


class PrintChoices(Protocol):
    """Remembers a printer for each kind of paper; the settings of this machine do."""

    def printer_for(self, document_kind: str) -> PrinterChoice | None:
        """Return where this kind of document was printed last, and how."""

    def keep(self, document_kind: str, choice: PrinterChoice) -> None:
        """Remember where this kind of document is printed."""


class RememberedHere:
    """Remembers until the page is closed, where there are no settings to keep it in."""

    def __init__(self) -> None:
        self._choices: dict[str, PrinterChoice] = {}

    def printer_for(self, document_kind: str) -> PrinterChoice | None:
        """Return where this kind of document was printed last, and how."""
        return self._choices.get(document_kind)

    def keep(self, document_kind: str, choice: PrinterChoice) -> None:
        """Remember where this kind of document is printed."""
        self._choices[document_kind] = choice
