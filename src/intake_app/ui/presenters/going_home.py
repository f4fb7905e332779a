"""One paper of a visit: what will print and why, what is missing, preview, print, print again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.errors import AppError, NotAllowedError
from intake_app.domain.language import N_, translated
from intake_app.domain.paper_languages import ENGLISH
from intake_app.domain.sheets import PRINT_RIGHTS, PrintSize, SheetKind, StoredSheet
from intake_app.domain.spoken import spoken_text
from intake_app.ui.presenters.dates import day_words, moment_words
from intake_app.ui.presenters.paper_language import language_reason
from intake_app.ui.presenters.paper_out import PaperOut
from intake_app.ui.presenters.paper_text import PaperText, paper_text
from intake_app.ui.presenters.print_jobs import PrintsPresenter
from intake_app.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.handing import CopyFor
    from intake_app.domain.ports import Drawn
    from intake_app.domain.printing import PrintRequest
    from intake_app.services.sheets import Prepared
    from intake_app.ui.presenters.patient_page import PatientPagePresenter
    from intake_app.ui.presenters.print_jobs import PrintLine

_PAUSE_MS = 250
"""Several saves close together give one new preview."""


class PaperPresenter(QObject):
    """Keeps the preview of one paper true to the record, and hands the paper out."""

    text_changed = Signal()
    preview_changed = Signal()
    """Another document, or none, is to be shown."""
    working_changed = Signal(bool)
    handed_out = Signal(object)
    """A ``StoredSheet`` was recorded."""
    sheets_changed = Signal()

    def __init__(self, page: PatientPagePresenter, kind: SheetKind) -> None:
        super().__init__(page)
        self._page = page
        self.kind = kind
        self._size: PrintSize | None = None
        self._language = ""
        self._beside = False
        self._prepared: Prepared | None = None
        self._drawn: Drawn | None = None
        self._failure: AppError | None = None
        self._sheets: tuple[StoredSheet, ...] = ()
        self._asked = 0
        self._working = False
        self._active = False
        self.prints = PrintsPresenter(page, kind)
        self.prints.changed.connect(self._prints_changed)
        self._out = PaperOut(page, kind, self.prints)
        self._out.recorded.connect(self._recorded)
        self._out.busy_changed.connect(self._tell_busy)
        self._out.stale.connect(self.refresh)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        page.refreshed.connect(self._record_changed)

    # --- what is shown ----------------------------------------------------------------------

    @property
    def size(self) -> PrintSize:
        """The print size: as chosen, else what the patient needs."""
        if self._size is not None:
            return self._size
        return self._page.services.sheets.default_size(self._page.case)

    @property
    def size_reason(self) -> str:
        """Why the paper prints in this size, in words; empty when there is nothing to say."""
        needed = self._page.services.sheets.default_size(self._page.case)
        if self.size is PrintSize.LARGE and needed is PrintSize.LARGE:
            return translated(N_("Large print: reading needs of the patient"))
        if needed is PrintSize.LARGE:
            return translated(N_("Chosen here; the patient needs large print"))
        return translated(N_("Chosen here")) if self.size is not needed else ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the paper could print in today, English first."""
        return self._prepared.languages if self._prepared is not None else ()

    @property
    def language(self) -> str:
        """The language it prints in."""
        return self._prepared.language if self._prepared is not None else ENGLISH

    @property
    def language_reason(self) -> str:
        """Why it prints in this language, in words; empty when there is nothing to say."""
        if self._prepared is None:
            return ""
        approved = [each for each in self.languages if each not in self._prepared.drafts]
        return language_reason(self._page.case.patient, self.language, offered=approved)

    @property
    def may_have_english(self) -> bool:
        """Whether English may stand beside it."""
        return self._prepared is not None and self._prepared.may_have_english

    @property
    def has_english(self) -> bool:
        """Whether English is wanted beside it."""
        return self._beside

    @property
    def pdf(self) -> bytes | None:
        """The very document that will print; ``None`` while there is none."""
        return self._drawn.pdf if self._drawn is not None else None

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self._drawn.pages if self._drawn is not None else 0

    @property
    def working(self) -> bool:
        """Whether a newer preview is being made."""
        return self._working

    @property
    def may_print(self) -> bool:
        """Whether this person's role prints this paper."""
        return self._page.actor.may(PRINT_RIGHTS[self.kind])

    @property
    def can_print(self) -> bool:
        """Whether the preview is of the record as it stands, and may be printed."""
        ready = self._drawn is not None and not self._working
        return self.may_print and ready and not self._out.busy

    @property
    def failure(self) -> AppError | None:
        """Why the paper could not be made, where something unexpected kept it from it."""
        return self._failure

    @property
    def patient_name(self) -> str:
        """The name to compare with the patient."""
        return self._page.case.patient.full_name

    @property
    def birth_date(self) -> str:
        """The date of birth to compare with the patient, its month as a word."""
        born = self._page.case.patient.birth_date
        return day_words(born) if born is not None else ""

    @property
    def sheets(self) -> tuple[StoredSheet, ...]:
        """What was handed out of this kind, latest first."""
        return self._sheets

    def text(self) -> PaperText:
        """Return what the screen says about the paper as it was prepared last."""
        if self._prepared is None:
            return PaperText()
        return paper_text(self._prepared, self._page.services.questionnaire)

    def sheet_words(self, stored: StoredSheet) -> str:
        """Return a handed-out sheet in words: code, when, by whom, pages."""
        zone = self._page.case.clinic.zone
        pages = (
            translated(N_("1 page"))
            if stored.pages == 1
            else translated(N_("{n} pages")).format(n=stored.pages)
        )
        words = translated(N_("{code} · {moment} · {name} · {pages}")).format(
            code=stored.check_code,
            moment=moment_words(stored.made_at, zone),
            name=stored.made_by,
            pages=pages,
        )
        newer = next((each for each in self._sheets if each.replaces == stored.id), None)
        if newer is not None:
            template = N_("{sheet} · replaced by {code}")
            words = translated(template).format(sheet=words, code=newer.check_code)
        if self.prints.set_of(stored.id).complete:
            return words
        return translated(N_("{sheet} · not printed yet")).format(sheet=words)

    @property
    def spoken(self) -> str:
        """The words of the paper for a voice to read; '' while there is none."""
        sheet = self._prepared.sheet if self._prepared is not None else None
        return spoken_text(sheet) if sheet is not None else ""

    def file_name(self, ending: str = "pdf") -> str:
        """Return a file name without anything about the patient."""
        sheet = self._prepared.sheet if self._prepared is not None else None
        code = sheet.check_code if sheet is not None else ""
        name = self.kind.value.replace("_", "-")
        return f"{name}-{code}.{ending}" if code else f"{name}.{ending}"

    # --- keeping up -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to follow the record: the paper is in view."""
        self._active = True
        self.refresh()
        self._read_sheets()
        self.prints.look_for_printers()
        self._page.follower.wake()

    def stop(self) -> None:
        """Stop following: the paper is out of view."""
        self._active = False
        self._timer.stop()

    def choose_size(self, size: PrintSize) -> None:
        """Print in this size."""
        if size is not self.size or self._size is None:
            self._size = size
            self.refresh()

    def choose_language(self, language: str) -> None:
        """Print in this language, one of those it could print in."""
        if language != self.language:
            self._language = language
            self.refresh()

    def put_english_beside(self, *, beside: bool) -> None:
        """Set English beside a translation, or leave it out."""
        if beside != self._beside:
            self._beside = beside
            self.refresh()

    def refresh(self) -> None:
        """Compose and draw the paper again; an older preview on its way is dropped."""
        self._timer.stop()
        self._asked += 1
        self._set_working(working=True)
        number = self._asked
        self._page.tasks.run(
            self._prepare,
            owner=self,
            done=partial(self._took_prepared, number),
            failed=partial(self._could_not, number),
        )

    def _record_changed(self) -> None:
        if self._active:
            self._timer.start(_PAUSE_MS)

    def _prepare(self) -> Prepared:
        page = self._page
        return page.services.sheets.prepare(
            page.actor,
            page.visit_id,
            self.kind,
            size=self.size,
            language=self._language,
            beside=self._beside,
        )

    def _took_prepared(self, number: int, prepared: Prepared) -> None:
        if number != self._asked:
            return
        same = (
            self._prepared is not None
            and self._drawn is not None
            and self._prepared.sheet == prepared.sheet
        )
        self._prepared, self._failure = prepared, None
        self.text_changed.emit()
        if same:
            self._set_working(working=False)
            return
        if prepared.sheet is None:
            self._show(None)
            return
        self._page.tasks.run(
            partial(self._page.services.sheets.draw, prepared),
            owner=self,
            lane=Lane.WORK,
            done=partial(self._took_drawn, number),
            failed=partial(self._could_not, number),
        )

    def _took_drawn(self, number: int, drawn: Drawn) -> None:
        if number == self._asked:
            self._show(drawn)

    def _could_not(self, number: int, error: AppError) -> None:
        if number == self._asked:
            self._failure = error
            self._show(None)
            self.text_changed.emit()

    def _show(self, drawn: Drawn | None) -> None:
        self._drawn = drawn
        self._set_working(working=False)
        self.preview_changed.emit()

    def _set_working(self, *, working: bool) -> None:
        if working != self._working:
            self._working = working
            self.working_changed.emit(working)

    # --- handing out ------------------------------------------------------------------------

    def check_fresh(self, then: Callable[[], None]) -> None:
        """Save what is typed, then call ``then`` if the preview still is what would print now.

        While one paper is on its way out another press does nothing. If the record changed
        meanwhile, the new preview is shown instead and the user is told.
        """
        if not self.may_print:
            self._page.failed.emit(
                NotAllowedError(self._page.actor.id, action=PRINT_RIGHTS[self.kind].value)
            )
            return
        self._out.check(self._shown, self._prepare, then)

    @property
    def _shown(self) -> tuple[Prepared, Drawn] | None:
        if self._prepared is None or self._drawn is None:
            return None
        return self._prepared, self._drawn

    def _tell_busy(self) -> None:
        self.working_changed.emit(self._working)

    def print_on(self, request: PrintRequest, copies: tuple[CopyFor, ...]) -> None:
        """Keep the sheet and the prints that are wanted, then hand them to the print system.

        Name and birth date were confirmed by eye.
        """
        self._out.print_on(self._shown, request, copies)

    def record(self, printer: str) -> None:
        """Keep what was printed, after name and birth date were confirmed by eye."""
        self._out.record(self._shown, printer)

    def print_copy(self, sheet_id: str, copies: tuple[CopyFor, ...], request: PrintRequest) -> None:
        """Print a stored sheet again, marked COPY."""
        self.prints.remember(request, copies)
        self.prints.send_copy(sheet_id, copies, request)

    def print_lines(self) -> tuple[PrintLine, ...]:
        """Return what is known of the prints, the latest sheet's first."""
        return self.prints.lines(tuple(sheet.id for sheet in self._sheets))

    def _recorded(self, stored: StoredSheet) -> None:
        self.handed_out.emit(stored)
        self._read_sheets()
        self._page.reread()
        self._page.changed.emit()

    def _read_sheets(self) -> None:
        page = self._page
        page.run(partial(page.services.sheets.sheets, page.actor, page.visit_id), self._took_sheets)

    def _took_sheets(self, sheets: tuple[StoredSheet, ...]) -> None:
        self._sheets = tuple(sheet for sheet in sheets if sheet.kind is self.kind)
        self.prints.read()

    def _prints_changed(self) -> None:
        if self.kind is SheetKind.AFTERCARE:
            out = any(self.prints.set_of(sheet.id).complete for sheet in self._sheets)
            if out != self._page.printed:
                self._page.printed = out
                self._page.sections_changed.emit()
                self._page.changed.emit()
        self.sheets_changed.emit()
