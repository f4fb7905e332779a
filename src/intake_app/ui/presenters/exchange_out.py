"""Write all patients and visits to files."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.language import N_, translated
from intake_app.ui.tasks import CancelledError

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.services.exchange_out import Exported
    from intake_app.ui.presenters.main import MainPresenter
    from intake_app.ui.tasks import Progress


class ExportPresenter(QObject):
    """Writes in the work lane; a file that was there stays until the new one is whole."""

    busy_changed = Signal()
    progressed = Signal(int)
    said = Signal(str)
    """What was written, in words."""
    failed = Signal(object)

    def __init__(self, main: MainPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._main = main
        self._running: Progress | None = None
        self.busy = False

    def suggested(self) -> str:
        """Return a file name for everybody as of today."""
        today = self._main.services.clinic.locality().today
        return f"patients-{today.isoformat()}.csv"

    def export(self, patients: Path) -> None:
        """Write everybody to a file, and every visit to another one beside it."""
        if self.busy:
            return
        services, actor = self._main.services, self._main.actor
        visits = patients.with_name(f"{patients.stem}-visits{patients.suffix}")

        def work(progress: Progress) -> tuple[Exported, Path]:
            def report(percent: int) -> None:
                with suppress(CancelledError):
                    progress.report(percent)

            written = services.exchange.export_tables(
                actor, patients, visits, progress=report, cancelled=lambda: progress.cancelled
            )
            return written, visits

        self._set_busy(busy=True)
        running = self._main.tasks.run_long(
            work,
            owner=self,
            done=lambda found: self._wrote(patients, *found),
            failed=self._broke,
            progressed=self.progressed.emit,
        )
        self._running = running if self.busy else None

    def stop(self) -> None:
        """Stop writing; what was there before stays as it was."""
        if self._running is not None:
            self._running.cancel()

    def _wrote(self, patients: Path, written: Exported, visits: Path) -> None:
        self._set_busy(busy=False)
        if written.cancelled:
            self.said.emit(translated(N_("Stopped. Nothing was written.")))
            return
        self.said.emit(
            translated(N_("{patients} patients are in {file}, {visits} visits in {other}.")).format(
                patients=f"{written.patients:,}",
                visits=f"{written.visits:,}",
                file=patients.name,
                other=visits.name,
            )
        )

    def _broke(self, error: object) -> None:
        self._set_busy(busy=False)
        self.failed.emit(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        if not busy:
            self._running = None
        self.busy_changed.emit()
