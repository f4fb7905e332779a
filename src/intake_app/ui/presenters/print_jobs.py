"""Prints of one kind of paper at one visit: where they go, what became of them, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from intake_app.config.settings import PrinterChoice
from intake_app.domain.handing import CopyFor, PrintState
from intake_app.domain.language import N_, translated
from intake_app.domain.print_sets import (
    LETTER,
    PrintSet,
    copy_words,
    is_open,
    matters,
    needs_somebody,
    state_words,
    trouble_of,
)
from intake_app.domain.printing import Printer, PrintRequest, Trouble
from intake_app.domain.sheets import LETTERS
from intake_app.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.errors import AppError
    from intake_app.domain.handing import PrintJob
    from intake_app.domain.sheets import SheetKind
    from intake_app.services.outgoing import Outgoing
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

T = TypeVar("T")

TRAYS = {
    "auto": N_("Chosen by the printer"),
    "main": N_("Main tray"),
    "alternate": N_("Second tray"),
    "by-pass-tray": N_("Front slot"),
    "manual": N_("By hand"),
    "large-capacity": N_("Large tray"),
    "top": N_("Top tray"),
    "middle": N_("Middle tray"),
    "bottom": N_("Bottom tray"),
    "side": N_("Side tray"),
    "rear": N_("Back tray"),
    "envelope": N_("Envelope feeder"),
    "photo": N_("Photo tray"),
}
_NUMBERED = "tray-"


def tray_words(tray: str) -> str:
    """Return what people call a tray; what the printer calls it where we know no better."""
    if tray.startswith(_NUMBERED):
        return translated(N_("Tray {number}")).format(number=tray.removeprefix(_NUMBERED))
    return translated(TRAYS[tray]) if tray in TRAYS else tray.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLine:
    """One copy as the screen shows it, and what may be done about it."""

    job_id: str
    copy: str
    state: str
    attention: bool
    """Somebody must do something."""
    done: bool
    """It is known that it is on paper."""
    may_try: bool = False
    may_cancel: bool = False
    asks_for_pages: bool = False
    """The computer cannot know: somebody looks whether all pages are there."""
    may_miss: bool = False
    """Somebody may say that a page is missing after all."""


class PrintsPresenter(QObject):
    """Sends papers to printers, remembers where to, and says what is known of them."""

    changed = Signal()
    """What is known of a print changed."""
    printers_changed = Signal()

    def __init__(self, page: PatientPagePresenter, kind: SheetKind) -> None:
        super().__init__(page)
        self._page = page
        self._kind = kind
        self._sets: dict[str, PrintSet] = {}
        self.printers: tuple[Printer, ...] = ()
        self.no_printers = ""
        """Why there are none to choose from; '' while they are looked for, or when there are."""
        self.looked = False
        """Whether the list of printers has come."""
        page.follower.changed.connect(self.read)

    # --- what is known ----------------------------------------------------------------------

    def set_of(self, sheet_id: str) -> PrintSet:
        """Return the prints of one sheet."""
        return self._sets.get(sheet_id, PrintSet())

    def lines(self, sheet_ids: tuple[str, ...]) -> tuple[PrintLine, ...]:
        """Return the prints to show: those of the latest sheet, of others what is unsettled."""
        shown = []
        for number, sheet_id in enumerate(sheet_ids):
            earlier = number > 0
            shown += [
                self._line(job, earlier=earlier)
                for job in self.set_of(sheet_id).latest
                if not earlier
                or (matters(job, earlier=True) and (is_open(job) or needs_somebody(job)))
            ]
        return tuple(shown)

    def _line(self, job: PrintJob, *, earlier: bool) -> PrintLine:
        confirmed = bool(job.confirmed_by)
        unseen = job.state is PrintState.SENT and not confirmed
        done = job.state is PrintState.PRINTED or (job.state is PrintState.SENT and confirmed)
        stuck = is_open(job) and bool(job.trouble)
        here = job.station == self._page.services.prints.station
        state = state_words(job)
        if is_open(job) and not here:
            state = translated(N_("Sent from {station}. {state}")).format(
                station=job.station, state=state
            )
        wanted = not earlier or bool(job.stamp)
        return PrintLine(
            job_id=job.id,
            copy=copy_words(job, letter=self._kind in LETTERS, earlier=earlier),
            state=state,
            attention=needs_somebody(job),
            done=done,
            may_try=wanted and (stuck or job.state in (PrintState.FAILED, PrintState.CANCELLED)),
            may_cancel=is_open(job),
            asks_for_pages=unseen or (is_open(job) and not here),
            may_miss=done,
        )

    def read(self) -> None:
        """Read again what is known of the prints of this visit."""
        page = self._page
        page.run(partial(page.services.prints.sets, page.actor, page.visit_id), self._took)

    def _took(self, sets: dict[str, PrintSet]) -> None:
        self._sets = sets
        self.changed.emit()

    @property
    def tells(self) -> bool:
        """Whether this computer can know that a sheet has come out."""
        return self._page.services.prints.tells

    # --- where to ---------------------------------------------------------------------------

    def look_for_printers(self) -> None:
        """Ask for the printers of this computer; ``printers_changed`` follows."""
        page = self._page
        page.tasks.run(
            page.services.prints.printers,
            owner=self,
            done=self._found,
            failed=self._none_found,
            lane=Lane.PRINT,
        )

    def _found(self, printers: tuple[Printer, ...]) -> None:
        self.printers, self.looked = printers, True
        self.no_printers = (
            "" if printers else translated(N_("This computer has no printer set up."))
        )
        self.printers_changed.emit()

    def _none_found(self, error: AppError) -> None:
        code = str(error.values.get("trouble", Trouble.NO_SERVICE.value))
        self.printers, self.looked = (), True
        self.no_printers = translated(trouble_of(code).label)
        self.printers_changed.emit()

    def printer(self, name: str) -> Printer | None:
        """Return a printer by its name; ``None`` when it is not there."""
        return next((each for each in self.printers if each.name == name), None)

    @property
    def usual(self) -> PrinterChoice:
        """Where this kind of paper was printed last from here; else on the default printer."""
        kept = self._page.print_choices.printer_for(self._kind.value)
        if kept is not None and (not self.printers or self.printer(kept.printer)):
            return kept
        return PrinterChoice(printer=self.printers[0].name if self.printers else "")

    @property
    def copies(self) -> tuple[tuple[CopyFor, str], ...]:
        """For whom this kind of paper may be printed, and what each copy is called."""
        if self._kind in LETTERS:
            return (CopyFor.PATIENT, LETTER), (CopyFor.FILE, CopyFor.FILE.label)
        sheets = (CopyFor.PATIENT, CopyFor.CARER, CopyFor.FILE)
        return tuple((each, each.label) for each in sheets)

    @property
    def usual_copies(self) -> tuple[CopyFor, ...]:
        """For whom copies were printed last; for the patient when nobody chose yet."""
        known = {each.value for each in CopyFor}
        kept = tuple(CopyFor(each) for each in self.usual.copies if each in known)
        return kept or (CopyFor.PATIENT,)

    def remember(self, request: PrintRequest, copies: tuple[CopyFor, ...] = ()) -> None:
        """Keep where this kind of paper goes; without ``copies`` those stay as they were."""
        kept = copies or self.usual_copies
        self._page.print_choices.keep(
            self._kind.value,
            PrinterChoice(
                printer=request.printer,
                tray=request.tray,
                two_sided=request.two_sided,
                copies=tuple(each.value for each in kept),
            ),
        )

    # --- sending ----------------------------------------------------------------------------

    def send_taken(self, sheet_id: str, request: PrintRequest) -> None:
        """Hand the prints that were noted with a sheet to the print system."""
        self._take(partial(self._page.services.prints.outgoing, sheet_id, request))

    def send_copy(self, sheet_id: str, copies: tuple[CopyFor, ...], request: PrintRequest) -> None:
        """Print a stored sheet again, marked COPY."""
        page = self._page
        take = partial(
            page.services.prints.take,
            page.actor,
            sheet_id,
            copies,
            request=request,
            mark_copy=True,
        )
        self._take(take)

    def send_file_page(self, sheet_id: str, request: PrintRequest) -> None:
        """Print the page for the clinic's file of a stored sheet."""
        page = self._page
        wanted = (CopyFor.FILE_PAGE,)
        self._take(
            partial(page.services.prints.take, page.actor, sheet_id, wanted, request=request)
        )

    def try_again(self, job_id: str, request: PrintRequest | None = None) -> None:
        """Print a copy once more: where it went before, or where ``request`` says."""
        page = self._page
        job = self._job(job_id)
        if job is None:
            return
        if request is None:
            request = PrintRequest(printer=job.printer, tray=job.tray, two_sided=job.two_sided)
        take = partial(page.services.prints.take_again, page.actor, job_id, request=request)
        self._take(lambda: (take(),))

    def _take(self, take: Callable[[], tuple[Outgoing, ...]]) -> None:
        self._page.hold(self._held)
        self._page.run(take, self._submit, self._could_not)

    def _submit(self, outgoing: tuple[Outgoing, ...]) -> None:
        prints = self._page.services.prints
        self.read()
        self._beside(partial(prints.submit, outgoing), self._keep)

    def _keep(self, jobs: tuple[PrintJob, ...]) -> None:
        """Note the tickets; what cannot be noted is found later as a print without one."""
        keep = partial(self._page.services.prints.keep, jobs)
        self._page.run(keep, self._kept, self._could_not)

    def _kept(self, jobs: tuple[PrintJob, ...]) -> None:
        self._page.release(self._held)
        self._changed(jobs)

    @property
    def _held(self) -> str:
        return f"print.{self._kind.value}"

    # --- what somebody does about it --------------------------------------------------------

    def cancel(self, job_id: str) -> None:
        """Call a print off."""
        prints = self._page.services.prints
        job = self._job(job_id)
        if job is None:
            return
        note = partial(prints.note_called_off, self._page.actor)
        self._beside(
            partial(prints.call_off, job),
            lambda after: self._page.run(partial(note, after), self._changed),
        )

    def confirm(self, job_id: str) -> None:
        """Note that the person at the keyboard saw all pages."""
        page = self._page
        page.run(partial(page.services.prints.confirm, page.actor, job_id), self._changed)

    def say_missing(self, job_id: str) -> None:
        """Note that a page is missing."""
        page = self._page
        page.run(partial(page.services.prints.say_missing, page.actor, job_id), self._changed)

    def _job(self, job_id: str) -> PrintJob | None:
        jobs = (job for each in self._sets.values() for job in each.jobs)
        return next((job for job in jobs if job.id == job_id), None)

    def _changed(self, _: object) -> None:
        self.read()
        self._page.follower.wake()

    def _beside(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        page = self._page
        page.tasks.run(job, owner=page, done=done, failed=self._could_not, lane=Lane.PRINT)

    def _could_not(self, error: AppError) -> None:
        self._page.release(self._held)
        self._page.failed.emit(error)
        self._changed(())
