"""Work beside the window: jobs are plain functions, results come home to the main thread."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from intake_app.domain.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SHOW_BUSY_AFTER_MS = 200
COLLECT_EVERY_MS = 250
"""How often the main thread looks whether Python's collector is due."""


class Lane(Enum):
    """Where a job runs. Jobs of one lane run one after the other."""

    DATABASE = "database"
    """One thread: a connection never changes hands."""
    WORK = "work"
    """Documents, exports: nothing that needs the database."""
    PRINT = "print"
    """Printers: they may need seconds, and nothing else should wait for them."""


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


@dataclass(slots=True)
class _Job:
    """A job as the main thread keeps it. A worker only borrows it by number.

    Qt objects die with their last reference, on whatever thread drops it. So a worker holds
    nothing of the window: job, owner and answers stay here until the main thread lets them go.
    """

    work: Callable[[], Any]
    owner: QObject
    done: Callable[[Any], None] | None
    failed: Callable[[AppError], None] | None
    progressed: Callable[[int], None] | None = None
    result: object = None
    error: Exception | None = None


class _Collector(QObject):
    """Lets Python collect cycles on the main thread only, as long as there are workers.

    A cycle of widgets that the collector finds on a worker's thread would be destroyed there,
    which Qt forbids: timers and windows belong to the main thread.
    """

    holders: ClassVar[int] = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        type(self).holders += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(COLLECT_EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        """Collect as Python would have by itself by now: the oldest generation that is due."""
        for generation, threshold in reversed(list(enumerate(gc.get_threshold()))):
            if gc.get_count()[generation] > threshold:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Give the collector back to Python once the last runner is closed."""
        self._timer.stop()
        type(self).holders -= 1
        if not type(self).holders:
            gc.enable()


class TaskRunner(QObject):
    """Runs jobs in two lanes for as long as the program lives."""

    busy_changed = Signal(bool)
    """Work has been going on for a while, or has ended."""
    _came_home = Signal(int)
    _told = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane.value) for lane in Lane
        }
        self._collector = _Collector(self)
        self._closed = False
        self._numbers = count()
        self._jobs: dict[int, _Job] = {}
        self._busy = False
        self._long: list[Progress] = []
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOW_BUSY_AFTER_MS)
        self._patience.timeout.connect(self._show_busy)
        self._came_home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)

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
        self._submit(_Job(job, owner, done, failed), lane)

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
        number = next(self._numbers)
        progress = Progress(lambda percent: self._told.emit(number, percent))
        self._long.append(progress)

        def fail(error: AppError) -> None:
            if failed is not None and not isinstance(error, CancelledError):
                failed(error)

        kept = _Job(lambda: job(progress), owner, done, fail, progressed)
        self._submit(kept, Lane.WORK, number)
        return progress

    def finish_beside(self) -> None:
        """End the lanes beside the database: wait for what runs, drop what has not begun.

        They read and write the database too; it must not be closed under them.
        """
        for progress in self._long:
            progress.cancel()
        for lane in (Lane.WORK, Lane.PRINT):
            self._lanes[lane].shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """Refuse new jobs, finish those of the database, drop the others that have not begun.

        What was handed to the database lane is what somebody typed: it is never dropped.
        """
        if self._closed:
            return
        self._closed = True
        self._patience.stop()
        self.finish_beside()
        self._lanes[Lane.DATABASE].shutdown(wait=True)
        self._jobs.clear()
        self._collector.close()

    def _submit(self, job: _Job, lane: Lane, number: int | None = None) -> None:
        if self._closed:
            return
        number = next(self._numbers) if number is None else number
        self._jobs[number] = job
        if not self._patience.isActive():
            self._patience.start()
        self._lanes[lane].submit(self._work, number)

    def _work(self, number: int) -> None:
        """Do a job on a worker's thread; leave what came of it where the main thread finds it."""
        job = self._jobs[number]
        try:
            job.result = job.work()
        except Exception as error:  # noqa: BLE001 - the one place for failures nobody foresaw
            job.error = error
        del job
        self._came_home.emit(number)

    def _tell(self, number: int, percent: int) -> None:
        job = self._jobs.get(number)
        if job is None or job.progressed is None:
            return
        if not self._closed and isValid(job.owner):
            job.progressed(percent)

    def _deliver(self, number: int) -> None:
        job = self._jobs.pop(number, None)
        if not self._jobs:
            self._patience.stop()
            self._set_busy(busy=False)
        if job is None or self._closed or not isValid(job.owner):
            return
        if job.error is None:
            if job.done is not None:
                job.done(job.result)
        elif not isinstance(job.error, AppError):
            _report(job.error, job.failed)
        elif job.failed is not None:
            job.failed(job.error)

    def _show_busy(self) -> None:
        self._set_busy(busy=bool(self._jobs))

    def _set_busy(self, *, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)


def _report(bug: Exception, failed: Callable[[AppError], None] | None) -> None:
    sys.excepthook(type(bug), bug, bug.__traceback__)
    if failed is not None:
        failed(AppError())
