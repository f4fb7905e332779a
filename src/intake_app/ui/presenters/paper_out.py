"""A paper on its way out: looked at once more, kept, and then sent to a printer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.errors import StorageUnavailableError
from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.autosave import RETRY_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.errors import AppError
    from intake_app.domain.handing import CopyFor
    from intake_app.domain.ports import Drawn, UnitOfWork
    from intake_app.domain.printing import PrintRequest
    from intake_app.domain.sheets import SheetKind, StoredSheet
    from intake_app.services.sheets import Prepared
    from intake_app.ui.presenters.patient_page import PatientPagePresenter
    from intake_app.ui.presenters.print_jobs import PrintsPresenter

    Shown = tuple[Prepared, Drawn]

_STALE = N_(
    "The record has changed since this preview was made. Look at the new preview, then print."
)


class PaperOut(QObject):
    """Keeps each paper once, however often *Print* is pressed."""

    recorded = Signal(object)
    """A ``StoredSheet`` was kept."""
    busy_changed = Signal()
    stale = Signal()
    """The record says something else than the preview: nothing was printed."""

    def __init__(
        self, page: PatientPagePresenter, kind: SheetKind, prints: PrintsPresenter
    ) -> None:
        super().__init__(page)
        self._page = page
        self._kind = kind
        self._prints = prints
        self._recording = False
        self._looked_at: Shown | None = None
        self.busy = False
        """Whether a paper is on its way out: another press does nothing."""

    def check(
        self, shown: Shown | None, prepare: Callable[[], Prepared], then: Callable[[], None]
    ) -> None:
        """Save what is typed, then call ``then`` if ``shown`` still is what would print now."""
        if self.busy:
            return
        self._set_busy(busy=True)
        self._page.flush()

        def compare(now: Prepared) -> None:
            if shown is None or now.sheet != shown[0].sheet:
                self._set_busy(busy=False)
                self._page.said.emit(translated(_STALE))
                self.stale.emit()
                return
            self._looked_at = shown
            try:
                then()
            finally:
                self._looked_at = None
                self._set_busy(busy=self._recording)

        def refused(error: AppError) -> None:
            self._set_busy(busy=False)
            self._page.failed.emit(error)

        self._page.autosave.when_saved(lambda: self._page.run(prepare, compare, refused))

    def print_on(
        self, shown: Shown | None, request: PrintRequest, copies: tuple[CopyFor, ...]
    ) -> None:
        """Keep the sheet and the prints that are wanted, then hand them to the print system."""
        page = self._page
        self._prints.remember(request, copies)

        def wanted(work: UnitOfWork, stored: StoredSheet) -> None:
            page.services.prints.note_wanted(
                page.actor, work, stored, copies=copies, request=request
            )

        self.record(
            shown,
            request.printer,
            also=wanted,
            then=lambda sheet: self._prints.send_taken(sheet.id, request),
        )

    def record(
        self,
        shown: Shown | None,
        printer: str,
        *,
        also: Callable[[UnitOfWork, StoredSheet], None] | None = None,
        then: Callable[[StoredSheet], None] | None = None,
    ) -> None:
        """Keep what was looked at, after name and birth date were confirmed by eye.

        While the database cannot be reached it is tried again.
        """
        kept = self._looked_at or shown
        if kept is None:
            return
        page = self._page
        self._recording = True
        page.hold(self._held)
        hand_out = partial(
            page.services.sheets.hand_out,
            page.actor,
            *kept,
            printer=printer,
            confirmed_by_eye=True,
            sheet_id=page.services.office.ids.new(),
            also=also,
        )
        self._keep(hand_out, then)

    @property
    def _held(self) -> str:
        return f"sheet.{self._kind.value}"

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit()

    def _keep(
        self, hand_out: Callable[[], StoredSheet], then: Callable[[StoredSheet], None] | None
    ) -> None:
        def kept(stored: StoredSheet) -> None:
            if then is not None:
                then(stored)
            self._let_go()
            self.recorded.emit(stored)

        self._page.run(hand_out, kept, partial(self._not_kept, hand_out, then))

    def _not_kept(
        self,
        hand_out: Callable[[], StoredSheet],
        then: Callable[[StoredSheet], None] | None,
        error: AppError,
    ) -> None:
        self._page.failed.emit(error)
        if isinstance(error, StorageUnavailableError):
            QTimer.singleShot(RETRY_MS, self, partial(self._keep, hand_out, then))
        else:
            self._let_go()

    def _let_go(self) -> None:
        self._recording = False
        self._page.release(self._held)
        self._set_busy(busy=False)
