"""The lock: who may go on, and whether everything typed is in the database."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Role
from intake_app.ui.presenters.autosave import RETRY_MS
from intake_app.ui.presenters.dates import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.ui.presenters.main import MainPresenter

LOOK_EVERY_MS = 250
"""How often the lock looks at the clock, and whether everything is saved by now."""
PATIENCE_MS = 3000
"""After this long without an answer what was typed counts as not saved."""


class Lockable(Protocol):
    """What a lock needs of the window that it covers."""

    def put_down(self) -> None:
        """Take what is typed as finished, the input with the keyboard included, and save it."""

    def save_now(self) -> None:
        """Save what is typed, once more."""

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""

    def is_printing(self) -> bool:
        """Return whether a paper is on its way to a printer."""


@dataclass(frozen=True, slots=True)
class LockText:
    """What the page of a locked window says."""

    clinic: str
    time: str
    day: str
    state: str
    unsaved: bool
    """Whether ``state`` says that something could not be saved."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody who may go on."""

    id: str
    name: str
    words: str


class LockPresenter(QObject):
    """Locks when told to, or when nobody was there for a while; unlocks for a member of staff."""

    locked = Signal()
    taking_over = Signal()
    """Somebody else than before comes: what belongs to the one before has to go."""
    unlocked = Signal(bool)
    """Whether it is the same person as before."""
    text_changed = Signal()
    staff_changed = Signal()

    def __init__(
        self, main: MainPresenter, window: Lockable, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._main = main
        self._window = window
        self.is_locked = False
        self._waited_ms = 0
        self._shown: LockText | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        main.staff_changed.connect(self.staff_changed)

    # --- locking ----------------------------------------------------------------------------

    def lock(self) -> None:
        """Save everything typed, then cover the window."""
        if self.is_locked:
            return
        self._window.put_down()
        self.is_locked = True
        self._waited_ms = 0
        self._shown = self.text()
        self.locked.emit()
        self._timer.start()

    def lock_unasked(self) -> bool:
        """Lock because nobody is there, unless something is being saved or printed.

        Return whether it is locked now.
        """
        if not self.is_locked and self._window.is_saved() and not self._window.is_printing():
            self.lock()
        return self.is_locked

    def unlock(self, staff_id: str) -> None:
        """Let a member of staff go on: the same person as before, or somebody else."""
        here = {person.id for person in self._main.staff}
        if not self.is_locked or staff_id not in here:
            return
        same = staff_id == self._main.actor.id
        if not same:
            self.taking_over.emit()
            self._main.be(staff_id)
        self._timer.stop()
        self.is_locked = False
        self.unlocked.emit(same)

    # --- what is shown ----------------------------------------------------------------------

    def look(self) -> None:
        """Follow the clock and the saving; what could not be saved is tried again."""
        saved = self._window.is_saved()
        self._waited_ms = 0 if saved else self._waited_ms + LOOK_EVERY_MS
        if self._waited_ms and self._waited_ms % RETRY_MS == 0:
            self._window.save_now()
        text = self.text()
        if text != self._shown:
            self._shown = text
            self.text_changed.emit()

    def text(self) -> LockText:
        """Return what the page says now; nothing of it is about a patient."""
        clinic = self._main.clinic
        now = self._main.services.office.clock.now()
        local = now.astimezone(clinic.zone if clinic is not None else None)
        unsaved = self._waited_ms >= PATIENCE_MS
        if unsaved:
            state = N_(
                "Not everything could be saved yet. It is kept here and tried again by itself: "
                "leave the computer on."
            )
        elif self._window.is_saved():
            state = N_("Locked. Everything typed is saved.")
        else:
            state = N_("Locked. Saving what was typed…")
        return LockText(
            clinic=clinic.name if clinic is not None else "",
            time=f"{local:%H:%M}",
            day=day_words(local.date()),
            state=translated(state),
            unsaved=unsaved,
        )

    def people(self) -> tuple[StaffRow, ...]:
        """Return everybody who works here now."""
        return tuple(
            StaffRow(person.id, person.name, _words(person.name, person.roles))
            for person in self._main.staff
        )


def picked(names: Sequence[str], typed: str, after: int) -> int | None:
    """Return which name typed letters mean: one of its words begins with them.

    One letter again goes on to the next such name after number ``after``.
    """
    wanted = _plain(typed)
    step = 1 if len(wanted) == 1 else 0
    for offset in range(len(names)):
        number = (after + step + offset) % len(names)
        plain = _plain(names[number])
        if plain.startswith(wanted) or any(word.startswith(wanted) for word in plain.split()):
            return number
    return None


def _words(name: str, roles: frozenset[Role]) -> str:
    said = ", ".join(translated(role.label) for role in Role if role in roles)
    return f"{name} · {said}" if said else name


def _plain(text: str) -> str:
    """Return letters without accents and case."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
