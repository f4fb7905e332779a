"""The day at the clinic: its visits, who is where, and the next step of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.errors import AppError
    from intake_app.domain.staff import Actor
    from intake_app.services.board import BoardLine
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Tasks

REFRESH_MS = 30_000
"""How often the minutes are counted anew while the page is to be seen."""


class Group(Enum):
    """Where patients are, as a receptionist would ask; the value is the filter's label."""

    ALL = N_("All")
    EXPECTED = N_("Expected")
    HERE = N_("Arrived, preparing")
    PROCEDURE = N_("In procedure")
    RECOVERY = N_("Recovery, ready")
    GONE = N_("Left")
    NOT_COMING = N_("Not coming")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A visit against the day: places from 0 (opening) to 1 (closing)."""

    planned: float
    home_from: float | None
    home_until: float | None
    started: float | None
    until: float | None
    now: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayLine:
    """One visit of the day in words."""

    visit_id: str
    time: str
    name: str
    initials: str
    levels: str
    state: str
    group: Group
    home: str
    last_safe_start: str
    too_late: bool
    """Started, or to be started, after the last safe start."""
    open_flags: int
    open_questions: int
    """Questions to the nurse nobody has answered."""
    unprinted: bool
    """A sheet was sent to a printer and is not known to have come out."""
    driver: str
    driver_confirmed: bool
    late: bool
    """Still here after the latest expected leaving."""
    bar: Bar | None
    next_step: str
    """What the button for the next step says; empty when the visit is over."""
    can_undo: bool
    is_booked: bool
    may_cancel: bool
    """The procedure has not begun."""


@dataclass(frozen=True, slots=True)
class _Read:
    day: date
    today: date
    clinic: Clinic
    board: tuple[BoardLine, ...]
    lines: tuple[TodayLine, ...]


class TodayPresenter(QObject):
    """Shows one day, moves visits on and back, counts the minutes."""

    lines_changed = Signal()
    day_changed = Signal()
    moved = Signal(str)
    """The id of a visit that moved."""
    failed = Signal(object)

    def __init__(
        self,
        services: Program,
        actor: Actor,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self.actor = actor
        self._read: _Read | None = None
        self._wanted: date | None = None
        self._group = Group.ALL
        self._clock = QTimer(self)
        self._clock.setInterval(REFRESH_MS)
        self._clock.timeout.connect(self.count_minutes)

    # --- which day, which visits ------------------------------------------------------------

    @property
    def day(self) -> date | None:
        """The day shown; ``None`` before the first one is."""
        return self._read.day if self._read else None

    @property
    def is_this_day(self) -> bool:
        """Whether the day shown is the clinic's present day."""
        return self._read is not None and self._read.day == self._read.today

    @property
    def group(self) -> Group:
        """Which visits are shown."""
        return self._group

    def show_group(self, group: Group) -> None:
        """Show only the visits of one group."""
        if group is not self._group:
            self._group = group
            self.lines_changed.emit()

    @property
    def lines(self) -> tuple[TodayLine, ...]:
        """The visits to show, by planned start."""
        everything = self._read.lines if self._read else ()
        if self._group is Group.ALL:
            return everything
        return tuple(line for line in everything if line.group is self._group)

    def count(self, group: Group) -> int:
        """Return how many visits of the day a filter would show."""
        everything = self._read.lines if self._read else ()
        return sum(group in (Group.ALL, line.group) for line in everything)

    def day_words(self) -> str:
        """Return the day shown: "Sunday, 22 November 2026"."""
        if self._read is None:
            return ""
        from intake_app.ui.presenters.dates import day_words

        weekday = translated(WEEKDAYS[self._read.day.weekday()])
        return f"{weekday}, {day_words(self._read.day)}"

    def short_day_words(self) -> str:
        """Return the day shown where there is little room: "22 November"."""
        if self._read is None:
            return ""
        from intake_app.domain.values import MONTHS

        day = self._read.day
        return f"{day.day} {translated(MONTHS[day.month - 1])}"

    def empty_words(self) -> str:
        """Return what to say, and what to do next, when there is nothing to show."""
        if self._read is None:
            return translated(N_("Reading the day…"))
        if self._read.lines:
            return translated(N_("No visit of this day is there now. Choose “All” to see the day."))
        return translated(
            N_(
                "No visits on this day yet. Type a name in the search box, or press New patient; "
                "the date of the visit is under Appointment."
            )
        )

    def go(self, days: int) -> None:
        """Show the day so many days later, or earlier; counted from the day asked for last."""
        from datetime import timedelta

        if self._read is not None:
            self.go_to((self._wanted or self._read.day) + timedelta(days=days))

    def go_to(self, day: date | None) -> None:
        """Show a day; ``None`` for the present one."""
        self._wanted = day
        self._group = Group.ALL
        self.reload()

    def go_to_typed(self, typed: str) -> str:
        """Show the day that was typed; return the sentence that says why it cannot be read."""
        from intake_app.domain.dates import Locality, UnreadableError, read_date
        from intake_app.domain.sentences import sentence
        from intake_app.domain.validation import Problem

        if self._read is None:
            return ""
        clinic = self._read.clinic
        locality = Locality(today=self._read.today, zone=clinic.zone, date_order=clinic.date_order)
        try:
            day = read_date(typed, locality)
        except UnreadableError as error:
            return sentence(Problem("day", error.code, tuple(sorted(error.values.items()))))
        self.go_to(day)
        return ""

    # --- reading ----------------------------------------------------------------------------

    def watch(self, *, visible: bool) -> None:
        """Count the minutes while the page is to be seen; read anew when it comes back."""
        if visible:
            self._clock.start()
            self.reload()
        else:
            self._clock.stop()

    @property
    def counting(self) -> bool:
        """Whether the minutes are counted by themselves."""
        return self._clock.isActive()

    def reload(self) -> None:
        """Read the day again."""
        wanted = self._wanted
        self._tasks.run(
            lambda: self._look(wanted), owner=self, done=self._took, failed=self.failed.emit
        )

    def count_minutes(self) -> None:
        """Bring minutes and bars up to date; past midnight the present day is the next one."""
        read = self._read
        if read is None:
            return
        now = self._services.office.clock.now()
        if now.astimezone(read.clinic.zone).date() != read.today:
            self.reload()
            return
        self._read = self._in_words(read.day, read.clinic, read.board, now=now)
        self.lines_changed.emit()

    def _look(self, wanted: date | None) -> _Read:
        clinic = self._services.clinic.clinic()
        assert clinic is not None
        now = self._services.office.clock.now()
        day = wanted or now.astimezone(clinic.zone).date()
        board = self._services.board.lines(self.actor, day)
        return self._in_words(day, clinic, board, now=now)

    @staticmethod
    def _in_words(
        day: date, clinic: Clinic, board: tuple[BoardLine, ...], *, now: datetime
    ) -> _Read:
        from intake_app.ui.presenters.today_lines import today_lines

        today = now.astimezone(clinic.zone).date()
        return _Read(day, today, clinic, board, today_lines(board, clinic, day=day, now=now))

    def _took(self, read: _Read) -> None:
        other_day = self._read is None or self._read.day != read.day
        self._read = read
        if other_day:
            self.day_changed.emit()
        self.lines_changed.emit()

    # --- deeds ------------------------------------------------------------------------------

    def advance(self, visit_id: str) -> None:
        """Move a visit to its next step."""
        self._move(visit_id, lambda: self._services.visits.advance(self.actor, visit_id))

    def undo(self, visit_id: str) -> None:
        """Take the last step of a visit back."""
        self._move(visit_id, lambda: self._services.visits.undo(self.actor, visit_id))

    def cancel(self, visit_id: str) -> None:
        """Note that the visit was cancelled."""
        self._put(visit_id, "cancelled")

    def note_absence(self, visit_id: str) -> None:
        """Note that the patient did not come."""
        self._put(visit_id, "no_show")

    def _put(self, visit_id: str, state: str) -> None:
        def put() -> object:
            from intake_app.domain.visits import VisitState

            return self._services.visits.set_state(self.actor, visit_id, VisitState(state))

        self._move(visit_id, put)

    def _move(self, visit_id: str, deed: Callable[[], object]) -> None:
        def moved(_: object) -> None:
            self.moved.emit(visit_id)
            self.reload()

        def refused(error: AppError) -> None:
            self.failed.emit(error)
            self.reload()

        self._tasks.run(deed, owner=self, done=moved, failed=refused)


WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
