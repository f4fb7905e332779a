"""Prints on their way are asked after, until somebody knows what became of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.ui.tasks import Lane

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.domain.handing import PrintJob
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Tasks

ASK_EVERY_MS = 1000
PATIENT_AFTER = 120
"""Asked so often without news: from then on it is asked less often."""
ASK_SELDOM_MS = 5000


class PrintFollower(QObject):
    """Asks after all open prints of this workstation together, as long as there are any."""

    changed = Signal()
    """Something is known of a print that was not known before."""

    def __init__(self, services: Program, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._asking = False
        self._again = False
        self._without_news = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    @property
    def following(self) -> bool:
        """Whether there are prints on their way, as far as is known."""
        return self._asking or self._timer.isActive()

    def wake(self) -> None:
        """Look for open prints now, and ask after them until there are none."""
        self._without_news = 0
        self._timer.stop()
        if self._asking:
            self._again = True
        else:
            self._look()

    def _look(self) -> None:
        self._asking, self._again = True, False
        self._tasks.run(
            self._services.prints.open_jobs, owner=self, done=self._ask, failed=self._could_not
        )

    def _ask(self, jobs: tuple[PrintJob, ...]) -> None:
        if not jobs:
            self._asking = False
            if self._again:
                self._look()
            return
        self._tasks.run(
            partial(self._services.prints.ask, jobs),
            owner=self,
            done=partial(self._answered, jobs),
            failed=self._could_not,
            lane=Lane.PRINT,
        )

    def _answered(self, before: tuple[PrintJob, ...], after: tuple[PrintJob, ...]) -> None:
        news = tuple(job for job in after if job not in before)
        if not news:
            self._without_news += 1
            self._rest()
            return
        self._without_news = 0
        self._tasks.run(
            partial(self._services.prints.keep, news),
            owner=self,
            done=self._kept,
            failed=self._could_not,
        )

    def _kept(self, _: object) -> None:
        self._rest()
        self.changed.emit()

    def _could_not(self, _: AppError) -> None:
        """Try again: nothing is lost, the print is noted as open."""
        self._rest()

    def _rest(self) -> None:
        self._asking = False
        if self._again:
            self._look()
            return
        seldom = self._without_news > PATIENT_AFTER
        self._timer.start(ASK_SELDOM_MS if seldom else ASK_EVERY_MS)
