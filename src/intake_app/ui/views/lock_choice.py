"""The choice after how long the program locks by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from intake_app.domain.language import N_, translated

HINT = N_(
    "The lock is a curtain against looking, not against people: there are no PINs yet, and "
    "whoever is at this computer can go on by picking a name. What was typed is saved first."
)
_MINUTES = (0, 1, 2, 5, 10, 15, 30, 60)


class LockChoice(QComboBox):
    """Offers usual numbers of minutes, never, and what is chosen already."""

    def __init__(self, chosen: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings.lock_minutes")
        self.setAccessibleName(translated(N_("Lock when nobody is there")))
        self.setAccessibleDescription(translated(HINT))
        self.setToolTip(translated(HINT))
        for minutes in sorted({*_MINUTES, chosen}):
            self.addItem(_words(minutes), minutes)
        self.setCurrentIndex(self.findData(chosen))

    @property
    def minutes(self) -> int:
        """The number of minutes that is chosen; 0 for never."""
        return int(self.currentData())


def _words(minutes: int) -> str:
    if not minutes:
        return translated(N_("Never"))
    if minutes == 1:
        return translated(N_("After 1 minute"))
    return translated(N_("After {minutes} minutes")).format(minutes=minutes)
