"""Take in a file in three steps: choose it, look at its columns, see what became of everybody."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.exchange import (
    FULL_NAME,
    OTHER_NUMBER,
    DateOrder,
    FileKind,
)
from intake_app.domain.fields import Option, fields_of
from intake_app.domain.language import N_, translated
from intake_app.domain.patients import Patient
from intake_app.domain.sentences import sentence
from intake_app.services.exchange import Listing
from intake_app.ui.presenters.exchange_preview import Preview, preview_of
from intake_app.ui.tasks import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from intake_app.domain.exchange import Reading, Summary, Table
    from intake_app.domain.staff import Actor
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Progress, Tasks

PREVIEWED = 8
"""Rows that are shown as they will be read."""
LISTED = 500
"""Refused people that are listed; the file of refused rows has all."""
DATE_ORDERS: dict[DateOrder, str] = {
    DateOrder.DAY_FIRST: N_("Day first: 4/3/1951 is 4 March"),
    DateOrder.MONTH_FIRST: N_("Month first: 3/4/1951 is 4 March"),
    DateOrder.ISO: N_("Year first: 1951-03-04"),
}
SEPARATORS: dict[str, str] = {
    ",": N_("Comma"),
    ";": N_("Semicolon"),
    "\t": N_("Tab"),
    "|": N_("Vertical line"),
}


class Step(Enum):
    """Where somebody is on the way."""

    FILE = "file"
    COLUMNS = "columns"
    RESULT = "result"


class ImportPresenter(QObject):
    """Holds what was chosen; the file is read in the work lane."""

    step_changed = Signal()
    table_changed = Signal()
    """How the file is read has changed: letters, separator, columns, dates."""
    preview_changed = Signal()
    progressed = Signal(int)
    busy_changed = Signal()
    failed = Signal(object)
    taken_in = Signal()
    """Somebody was taken in: lists of patients are out of date."""

    def __init__(
        self, services: Program, actor: Actor, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._exchange = services.exchange
        self._actor = actor
        self._tasks = tasks
        self._running: Progress | None = None
        self._previewing = 0
        self.step = Step.FILE
        self.path: Path | None = None
        self.kind = FileKind.CSV
        self.table: Table | None = None
        self.preview = Preview()
        self.summary: Summary | None = None
        self.listing = Listing()
        self.busy = False
        self.dates_known = True
        """The dates say which number is the day, or somebody has said it."""

    # --- step 1: the file -------------------------------------------------------------------

    def choose(self, path: Path) -> None:
        """Recognise a file; the step after shows what was recognised."""
        exchange, actor = self._exchange, self._actor

        def look(progress: Progress) -> tuple[FileKind, Table | None]:
            kind = exchange.kind_of(actor, path)
            if kind is not FileKind.CSV:
                return kind, None
            return kind, exchange.look(actor, path, progress=progress.report)

        self.path = path
        self._start(look, partial(self._recognised, path))

    def _recognised(self, path: Path, found: tuple[FileKind, Table | None]) -> None:
        if not self.busy or path != self.path:
            return  # it was stopped meanwhile
        self.kind, self.table = found
        self.dates_known = self.table is None or self.table.sure_of_dates
        self._end()
        self._go(Step.COLUMNS)
        self.table_changed.emit()
        self._show_preview()

    # --- step 2: the columns ----------------------------------------------------------------

    def targets(self) -> tuple[Option, ...]:
        """Return what a column can go to; '' leaves it out."""
        return (
            Option("", translated(N_("Leave out"))),
            Option(FULL_NAME, _title(FULL_NAME)),
            *(Option(field.key, translated(field.label)) for field in fields_of(Patient)),
            Option(OTHER_NUMBER, _title(OTHER_NUMBER)),
        )

    def send(self, column: int, key: str) -> None:
        """Let a column of the file go to a field; the field is taken from any other column."""
        reading = self._reading()
        columns = ["" if each == key and key != OTHER_NUMBER else each for each in reading.columns]
        columns[column] = key
        self._read_as(replace(reading, columns=tuple(columns)))

    def choose_dates(self, order: DateOrder) -> None:
        """Say how the file writes dates."""
        self.dates_known = True
        self._read_as(replace(self._reading(), date_order=order))

    def choose_letters(self, encoding: str) -> None:
        """Say how the file writes letters."""
        self._look_again(replace(self._reading(), encoding=encoding))

    def choose_separator(self, separator: str) -> None:
        """Say what parts the columns of the file."""
        self._look_again(replace(self._reading(), separator=separator))

    def choose_header(self, *, named: bool) -> None:
        """Say whether the first row holds the names of the columns."""
        self._look_again(replace(self._reading(), header=named))

    @property
    def has_names(self) -> bool:
        """Whether some column goes to the family name; without one nobody can be taken in."""
        if self.table is None:
            return self.kind is not FileKind.CSV
        return bool({"family_name", FULL_NAME} & set(self.table.reading.columns))

    @property
    def can_take_in(self) -> bool:
        """Whether nothing is left to choose."""
        dated = self.table is not None and "birth_date" in self.table.reading.columns
        return self.has_names and (self.dates_known or not dated) and not self.busy

    def remarks(self) -> tuple[str, ...]:
        """Return what was odd in the file, a sentence each."""
        found = self.table.remarks if self.table else ()
        settled = {"dates_unclear"} if self.dates_known else set()
        said = [sentence(remark) for remark in found if remark.code not in settled]
        if not self.has_names:
            said.append(translated(N_("Choose the column that holds the family name.")))
        return tuple(said)

    def _reading(self) -> Reading:
        assert self.table is not None
        return self.table.reading

    def _read_as(self, reading: Reading) -> None:
        assert self.table is not None
        self.table = replace(self.table, reading=reading)
        self.table_changed.emit()
        self._show_preview()

    def _look_again(self, reading: Reading) -> None:
        path, exchange, actor = self.path, self._exchange, self._actor
        assert path is not None
        self._start(lambda _: exchange.look_again(actor, path, reading), self._looked_again)

    def _looked_again(self, table: Table) -> None:
        before = self._reading()
        if len(before.columns) == len(table.headers):
            # The columns are the same ones: where somebody sent them, there they go.
            order = table.reading.date_order if table.sure_of_dates else before.date_order
            reading = replace(table.reading, columns=before.columns, date_order=order)
            table = replace(table, reading=reading)
        self.table = table
        self.dates_known = self.dates_known or table.sure_of_dates
        self._end()
        self.table_changed.emit()
        self._show_preview()

    def _show_preview(self) -> None:
        """Read the first rows; only the latest wish is shown."""
        if self.path is None:
            return
        self._previewing += 1
        number, path, kind, table = self._previewing, self.path, self.kind, self.table
        exchange, actor = self._exchange, self._actor

        def read(_: Progress) -> tuple[int, Preview]:
            reading = table.reading if table else None
            first = exchange.sample(actor, path, kind, reading=reading, limit=PREVIEWED)
            return number, preview_of(first, table, exchange.locality())

        self._tasks.run_long(read, owner=self, done=self._previewed, failed=self.failed.emit)

    def _previewed(self, found: tuple[int, Preview]) -> None:
        number, preview = found
        if number == self._previewing:
            self.preview = preview
            self.preview_changed.emit()

    # --- step 3: the result -----------------------------------------------------------------

    def take_in(self, *, doubtful_are_new: bool) -> None:
        """Take in everybody; the step after shows what became of them."""
        path, kind, exchange, actor = self.path, self.kind, self._exchange, self._actor
        assert path is not None
        reading = self.table.reading if self.table else None
        listing = Listing()

        def work(progress: Progress) -> tuple[Summary, Listing]:
            def report(percent: int) -> None:
                # A cancelled import ends between two people and still says how many are in.
                with suppress(CancelledError):
                    progress.report(percent)

            people = exchange.people_of(actor, path, kind=kind, reading=reading, progress=report)
            summary = exchange.take_in(
                actor,
                people,
                doubtful_are_new=doubtful_are_new,
                cancelled=lambda: progress.cancelled,
                on_outcome=listing.add,
            )
            return summary, listing

        self._start(work, self._took_in)

    def _took_in(self, found: tuple[Summary, Listing]) -> None:
        self.summary, self.listing = found
        self._end()
        self._go(Step.RESULT)
        if self.summary.accepted or self.summary.matched:
            self.taken_in.emit()
        if self.summary.failure is not None:
            self.failed.emit(self.summary.failure)

    def stop(self) -> None:
        """Stop what is running; batches that are in stay in."""
        if self._running is not None:
            self._running.cancel()
            if self.step is Step.FILE:
                self._end()

    def back(self) -> None:
        """Go back to choosing a file."""
        self._go(Step.FILE)

    def suggested_refusals(self) -> str:
        """Return a file name for the refused rows, beside the file."""
        assert self.path is not None
        return str(self.path.with_name(f"{self.path.stem}-refused.csv"))

    def save_refused(self, target: Path, done: Callable[[str], None]) -> None:
        """Write the refused rows; ``done`` is told the file's name."""
        exchange, actor, returned = self._exchange, self._actor, self.listing.refused
        headers = self.table.headers if self.table else ()

        def work(_: Progress) -> str:
            exchange.save_refused(actor, target, headers=headers, returned=returned)
            return target.name

        self._tasks.run_long(work, owner=self, done=done, failed=self.failed.emit)

    # --- how it goes on ---------------------------------------------------------------------

    def _start(self, job: Callable[[Progress], object], done: Callable[..., None]) -> None:
        if self.busy:
            return
        self._set_busy(busy=True)
        running = self._tasks.run_long(
            job, owner=self, done=done, failed=self._broke, progressed=self.progressed.emit
        )
        self._running = running if self.busy else None

    def _broke(self, error: object) -> None:
        self._end()
        self.table_changed.emit()  # what was wished for did not come to be
        self.failed.emit(error)

    def _end(self) -> None:
        self._running = None
        self._set_busy(busy=False)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit()

    def _go(self, step: Step) -> None:
        self.step = step
        self.step_changed.emit()


def _title(key: str) -> str:
    other = {
        FULL_NAME: N_("Whole name"),
        OTHER_NUMBER: N_("Number in another system"),
    }
    labels = {field.key: field.label for field in fields_of(Patient)}
    return translated(other.get(key) or labels[key])
