"""Work beside the window: jobs are plain functions, results come home to the main thread."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from threading import Event
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from intake_app.domain.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SHOW_BUSY_AFTER_MS = 200


class Lane(Enum):
    """Where a job runs. Jobs of one lane run one after the other."""

    DATABASE = "database"
    """One thread: a connection never changes hands."""
    WORK = "work"
    """Documents, exports: nothing that needs the database."""


class CancelledError(AppError):
    """The person cancelled the job; nothing is shown."""

    code = "app"


class Progress:
    """What a long job reports to and asks whether it should stop."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell = tell
        self._stop = Event()

    def report(self, percent: int) -> None:
        """Tell how far the job is, and stop here when it was cancelled.

        Raises:
            CancelledError: somebody cancelled the job.
        """
        if self._stop.is_set():
            raise CancelledError
        self._tell(percent)

    def cancel(self) -> None:
        """Ask the job to stop at its next report."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the job to stop."""
        return self._stop.is_set()


class Tasks(Protocol):
    """What presenters need of a runner."""

    def run(
        self,
        job: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
        lane: Lane = Lane.DATABASE,
    ) -> None:
        """Run ``job`` beside the window; ``done`` or ``failed`` follow on the main thread."""

    def run_long(
        self,
        job: Callable[[Progress], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
        progressed: Callable[[int], None] | None = None,
    ) -> Progress:
        """Run a job that reports per cent and can be cancelled through what is returned."""


@dataclass(frozen=True, slots=True)
class _Homecoming:
    owner: QObject
    then: Callable[[], None]
    last: bool


class TaskRunner(QObject):
    """Runs jobs in two lanes for as long as the program lives."""

    busy_changed = Signal(bool)
    """Work has been going on for a while, or has ended."""
    _came_home = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane.value) for lane in Lane
        }
        self._closed = False
        self._waiting = 0
        self._busy = False
        self._long: list[Progress] = []
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOW_BUSY_AFTER_MS)
        self._patience.timeout.connect(self._show_busy)
        self._came_home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
        lane: Lane = Lane.DATABASE,
    ) -> None:
        """Run ``job`` beside the window; ``done`` or ``failed`` follow on the main thread.

        Neither follows when ``owner`` has been deleted by then. A failure nobody foresaw goes to
        ``sys.excepthook`` and reaches ``failed`` as a bare ``AppError``.
        """
        if self._closed:
            return
        self._waiting += 1
        if not self._patience.isActive():
            self._patience.start()
        self._lanes[lane].submit(self._work, job, owner, done, failed)

    def run_long(
        self,
        job: Callable[[Progress], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
        progressed: Callable[[int], None] | None = None,
    ) -> Progress:
        """Run a job that reports per cent and can be cancelled through what is returned."""

        def tell(percent: int) -> None:
            if progressed is not None:
                self._send(owner, lambda: progressed(percent), last=False)

        progress = Progress(tell)
        self._long.append(progress)

        def fail(error: AppError) -> None:
            if failed is not None and not isinstance(error, CancelledError):
                failed(error)

        self.run(lambda: job(progress), owner=owner, done=done, failed=fail, lane=Lane.WORK)
        return progress

    def close(self) -> None:
        """Refuse new jobs, finish those of the database, drop the others that have not begun.

        What was handed to the database lane is what somebody typed: it is never dropped.
        """
        self._closed = True
        self._patience.stop()
        for progress in self._long:
            progress.cancel()
        self._lanes[Lane.WORK].shutdown(wait=True, cancel_futures=True)
        self._lanes[Lane.DATABASE].shutdown(wait=True)

    def _work(
        self,
        job: Callable[[], T],
        owner: QObject,
        done: Callable[[T], None] | None,
        failed: Callable[[AppError], None] | None,
    ) -> None:
        try:
            result = job()
        except AppError as error:
            told = error
            self._send(owner, lambda: failed(told) if failed else None, last=True)
        except Exception as bug:  # noqa: BLE001 - the one place for failures nobody foresaw
            unforeseen = bug
            self._send(owner, lambda: _report(unforeseen, failed), last=True)
        else:
            self._send(owner, lambda: done(result) if done else None, last=True)

    def _send(self, owner: QObject, then: Callable[[], None], *, last: bool) -> None:
        self._came_home.emit(_Homecoming(owner, then, last))

    def _deliver(self, homecoming: _Homecoming) -> None:
        if homecoming.last:
            self._waiting -= 1
            if not self._waiting:
                self._patience.stop()
                self._set_busy(busy=False)
        if not self._closed and isValid(homecoming.owner):
            homecoming.then()

    def _show_busy(self) -> None:
        self._set_busy(busy=self._waiting > 0)

    def _set_busy(self, *, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)


def _report(bug: Exception, failed: Callable[[AppError], None] | None) -> None:
    sys.excepthook(type(bug), bug, bug.__traceback__)
    if failed is not None:
        failed(AppError())
