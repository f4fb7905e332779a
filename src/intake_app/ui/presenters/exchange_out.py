"""Write all patients and visits to files."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.language import N_, translated
from intake_app.ui.tasks import CancelledError

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.domain.exchange import Cancelled
    from intake_app.domain.exchange import Progress as Report
    from intake_app.ui.presenters.main import MainPresenter
    from intake_app.ui.tasks import Progress

BUNDLE = ".json"
_STOPPED = N_("Stopped. Nothing was written.")


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

    def export(self, target: Path) -> None:
        """Write everybody: to a FHIR bundle (.json), else to a table with the visits beside it."""
        if self.busy:
            return
        write = self._write_bundle if target.suffix.casefold() == BUNDLE else self._write_tables

        def work(progress: Progress) -> str:
            def report(percent: int) -> None:
                with suppress(CancelledError):
                    progress.report(percent)

            return write(target, report, lambda: progress.cancelled)

        self._set_busy(busy=True)
        running = self._main.tasks.run_long(
            work, owner=self, done=self._wrote, failed=self._broke, progressed=self.progressed.emit
        )
        self._running = running if self.busy else None

    def stop(self) -> None:
        """Stop writing; what was there before stays as it was."""
        if self._running is not None:
            self._running.cancel()

    # --- in the work lane -------------------------------------------------------------------

    def _write_tables(self, target: Path, progress: Report, cancelled: Cancelled) -> str:
        main = self._main
        visits = target.with_name(f"{target.stem}-visits{target.suffix}")
        written = main.services.exchange.export_tables(
            main.actor, target, visits, progress=progress, cancelled=cancelled
        )
        if written.cancelled:
            return translated(_STOPPED)
        said = N_("{patients} patients are in {file}, {visits} visits in {other}.")
        return translated(said).format(
            patients=f"{written.patients:,}",
            visits=f"{written.visits:,}",
            file=target.name,
            other=visits.name,
        )

    def _write_bundle(self, target: Path, progress: Report, cancelled: Cancelled) -> str:
        main = self._main
        written = main.services.dossiers.write_all(
            main.actor, target, progress=progress, cancelled=cancelled
        )
        if cancelled():
            return translated(_STOPPED)
        said = N_("{patients} patients are in {file}.")
        return translated(said).format(patients=f"{written:,}", file=target.name)

    # --- home again -------------------------------------------------------------------------

    def _wrote(self, said: str) -> None:
        self._set_busy(busy=False)
        self.said.emit(said)

    def _broke(self, error: object) -> None:
        self._set_busy(busy=False)
        self.failed.emit(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        if not busy:
            self._running = None
        self.busy_changed.emit()
