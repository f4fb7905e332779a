"""The main window's decisions: which database, who works here now, what the status line says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.staff import Actor
    from intake_app.services.program import Program
    from intake_app.ui.presenters.preferences import Preferences
    from intake_app.ui.presenters.print_follower import PrintFollower
    from intake_app.ui.tasks import Tasks


ELSEWHERE = "elsewhere"
"""Stands for the form name when another window, program or computer saved something."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Something in the database changed; open pages that show it read it again."""

    record: str
    """The form name of what changed: ``visit``, ``clinic``."""
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class _Opened:
    services: Program
    clinic: Clinic | None
    staff: tuple[Actor, ...]


class MainPresenter(QObject):
    """Opens the database, knows who is acting, and tells every page what changed."""

    opened = Signal()
    """The database is open and the clinic is set up."""
    set_up_needed = Signal()
    unavailable = Signal(object)
    """The ``AppError`` that keeps the database from being opened."""
    actor_changed = Signal()
    staff_changed = Signal()
    changed = Signal(object)
    """A ``Changed``."""
    failed = Signal(object)
    status_changed = Signal()

    def __init__(
        self,
        open_application: Callable[[], Program],
        preferences: Preferences,
        *,
        database: Path,
        backups: Path,
    ) -> None:
        super().__init__()
        self._open_application = open_application
        self.preferences = preferences
        self._tasks: Tasks | None = None
        self.database_path = database
        self._backups = backups
        self._services: Program | None = None
        self._actor: Actor | None = None
        self.staff: tuple[Actor, ...] = ()
        self.clinic: Clinic | None = None
        self.last_backup: datetime | None = None
        self._follower: PrintFollower | None = None
        preferences.failed.connect(self.failed)

    # --- opening and closing ----------------------------------------------------------------

    def open_with(self, tasks: Tasks) -> None:
        """Open the database; one of ``opened``, ``set_up_needed`` and ``unavailable`` follows."""
        self._tasks = tasks
        self.open()

    def open(self) -> None:
        """Try to open the database, for the first time or once more."""
        self.tasks.run(self._open, owner=self, done=self._took, failed=self.unavailable.emit)

    def reopen(self) -> None:
        """Read clinic and staff again, after the set-up."""
        services = self.services
        self.tasks.run(
            lambda: _look(services), owner=self, done=self._took, failed=self.failed.emit
        )

    def _open(self) -> _Opened:
        services = self._open_application()
        try:
            services.database.open()
            return _look(services)
        except BaseException:
            services.close()
            raise

    def _took(self, opened: _Opened) -> None:
        self._services = opened.services
        self.clinic = opened.clinic
        self.staff = opened.staff
        if opened.clinic is None or not opened.staff:
            self.set_up_needed.emit()
            return
        self._actor = self._usual_actor()
        self.staff_changed.emit()
        self.find_last_backup()
        self.opened.emit()

    def close(self) -> None:
        """Close the database, after everything that was handed to it."""
        if self._services is not None:
            self.tasks.run(self._services.close, owner=self)

    # --- who and what -----------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether there is a database to work with."""
        return self._services is not None

    @property
    def tasks(self) -> Tasks:
        """Where slow work goes; only once ``open_with`` was called."""
        assert self._tasks is not None
        return self._tasks

    @property
    def services(self) -> Program:
        """Every use case; only once the database is open."""
        assert self._services is not None
        return self._services

    @property
    def actor(self) -> Actor:
        """Who does what is done now; only once the clinic is set up."""
        assert self._actor is not None
        return self._actor

    def be(self, staff_id: str) -> None:
        """Let another member of staff act from now on; this machine remembers who."""
        chosen = next((person for person in self.staff if person.id == staff_id), None)
        if chosen is None or chosen == self._actor:
            return
        self._actor = chosen
        self.preferences.change(last_user=chosen.id)
        self.actor_changed.emit()

    @property
    def follower(self) -> PrintFollower:
        """Asks after the prints on their way from this workstation."""
        if self._follower is None:
            # Loaded when something is printed, or a while after the start.
            from intake_app.ui.presenters.print_follower import PrintFollower

            self._follower = PrintFollower(self.services, self.tasks, self)
            self._follower.changed.connect(lambda: self.tell(Changed("print_job")))
        return self._follower

    def look_for_prints(self) -> None:
        """Go on asking after what was on its way when the program was closed."""
        self.follower.wake()

    def tell(self, changed: Changed) -> None:
        """Hand on to every open page what changed."""
        if changed.record in ("staff", "clinic", ELSEWHERE):
            self._read_again()
        self.changed.emit(changed)

    def _usual_actor(self) -> Actor:
        last = self.preferences.settings.last_user
        return next((person for person in self.staff if person.id == last), self.staff[0])

    def _read_again(self) -> None:
        services = self.services
        self.tasks.run(lambda: _look(services), owner=self, done=self._refreshed)

    def _refreshed(self, opened: _Opened) -> None:
        if (opened.clinic, opened.staff) == (self.clinic, self.staff):
            return
        if self._actor is None:
            if opened.clinic is not None and opened.staff:
                self._took(opened)  # another program has set the clinic up meanwhile
            return
        self.clinic, self.staff = opened.clinic, opened.staff
        same = [person for person in self.staff if person.id == self.actor.id]
        self._actor = same[0] if same else self._actor
        self.staff_changed.emit()

    # --- the status line --------------------------------------------------------------------

    def find_last_backup(self) -> None:
        """Look when the newest backup was made."""
        remembered = self.preferences.settings.last_backup
        backups = self._backups

        def newest() -> datetime | None:
            from datetime import datetime

            times = [path.stat().st_mtime for path in backups.glob("*.sqlite3")]
            found = [datetime.fromtimestamp(time).astimezone() for time in times]
            if remembered:
                found.append(datetime.fromisoformat(remembered).astimezone())
            return max(found, default=None)

        self.tasks.run(newest, owner=self, done=self._found_backup)

    def _found_backup(self, made_at: datetime | None) -> None:
        self.last_backup = made_at
        self.status_changed.emit()

    def database_words(self) -> str:
        """Return the state of the database file."""
        if self._services is None:
            return translated(N_("Opening the database…"))
        return translated(N_("Database open"))

    def backup_words(self) -> str:
        """Return when the last backup was made."""
        if self._services is None:
            return ""
        if self.last_backup is None:
            return translated(N_("No backup yet"))
        from intake_app.ui.presenters.dates import day_words

        return translated(N_("Last backup: {day}")).format(
            day=day_words(self.last_backup.astimezone().date())
        )


def _look(services: Program) -> _Opened:
    from intake_app.domain.staff import Actor

    clinic = services.clinic.clinic()
    return _Opened(services, clinic, tuple(Actor.of(person) for person in services.clinic.staff()))
