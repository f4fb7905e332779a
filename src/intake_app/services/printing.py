"""Send sheets to a printer and know what became of them.

A print system may need seconds. Each deed therefore has steps, so that the database never waits
for a printer: ``take`` notes what is wanted, ``submit`` or ``ask`` speaks to the print system
without a transaction, ``keep`` notes what came of it. ``send``, ``again``, ``cancel`` and
``follow`` do all of it, one after the other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, changes_between
from intake_app.domain.errors import (
    CannotPrintError,
    NoPrinterError,
    NotFoundError,
    PrintFailedError,
)
from intake_app.domain.handing import CopyFor, PrintJob, PrintState
from intake_app.domain.print_sets import PrintSet, is_open, learnt, sets_of
from intake_app.domain.printing import JobState, JobStatus, Printer, PrintRequest, Spooler, Trouble
from intake_app.domain.sheets import PRINT_RIGHTS, StoredSheet
from intake_app.domain.staff import Action
from intake_app.domain.values import PartialDate
from intake_app.domain.visits import Visit
from intake_app.services.checking import unchanged
from intake_app.services.office import Office, clinic_of, require
from intake_app.services.outgoing import CLINICS, Filing, Outgoing, with_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from intake_app.domain.audit import FieldChange
    from intake_app.domain.file_page import FileFacts
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor

FORGOTTEN_AFTER = timedelta(seconds=30)
"""A print without a ticket for so long was sent by a program that ended meanwhile."""
_LEARNT = ("state", "trouble", "ticket", "confirmed_by")


class PrintService:
    """Prints of this workstation, and what is known of those of others."""

    def __init__(
        self,
        office: Office,
        spooler: Spooler,
        *,
        filing: Filing,
        station: str,
    ) -> None:
        self._office = office
        self._spooler = spooler
        self._filing = filing
        self.station = station

    @property
    def tells(self) -> bool:
        """Whether this computer can know that a sheet has really come out."""
        return self._spooler.tells

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers of this computer, the default one first; may take seconds.

        Raises:
            NoPrinterError: the print service does not answer.
        """
        return self._spooler.printers()

    # --- all steps of a deed ----------------------------------------------------------------

    def send(
        self,
        actor: Actor,
        stored: StoredSheet,
        copies: tuple[CopyFor, ...],
        *,
        request: PrintRequest,
    ) -> tuple[PrintJob, ...]:
        """Print a stored sheet, one job for each copy; return what is known of them."""
        return self.keep(self.submit(self.take(actor, stored.id, copies, request=request)))

    def again(self, actor: Actor, job_id: str, *, request: PrintRequest) -> tuple[PrintJob, ...]:
        """Print a copy once more, here or on another printer; an earlier try is called off."""
        return self.keep(self.submit((self.take_again(actor, job_id, request=request),)))

    def cancel(self, actor: Actor, job_id: str) -> PrintJob:
        """Call a print off; what has come out meanwhile is known as printed."""
        return self.note_called_off(actor, self.call_off(self.job(job_id)))

    def follow(self, visit_id: str = "") -> tuple[PrintJob, ...]:
        """Ask what became of the open prints of this workstation; return them as they are now."""
        return self.keep(self.ask(self.open_jobs(visit_id)))

    # --- what is wanted ---------------------------------------------------------------------

    def take(
        self,
        actor: Actor,
        sheet_id: str,
        copies: tuple[CopyFor, ...],
        *,
        request: PrintRequest,
        mark_copy: bool = False,
    ) -> tuple[Outgoing, ...]:
        """Note that copies of a stored sheet are wanted, before any printer knows of it.

        With ``mark_copy`` they carry COPY and the moment in the margin.

        Raises:
            NotAllowedError: this person may not print this paper.
            NotFoundError: there is no such sheet, or its bytes are not what was printed.
        """
        filed = self._filed(sheet_id, copies)
        with self._office.work() as work:
            stored = self._printable(actor, work, sheet_id)
            stamp = self._copy_words(work) if mark_copy else ""
            jobs = self.note_wanted(
                actor, work, stored, copies=copies, request=request, stamp=stamp
            )
            deed = Deed.COPIED if mark_copy else Deed.PRINTED
            for job in jobs:
                self._note(actor, work, job, deed)
            outgoing = self._outgoing(work, stored, jobs, request)
            work.commit()
        return with_file(outgoing, filed)

    def note_wanted(  # noqa: PLR0913 - what is known of a print
        self,
        actor: Actor,
        work: UnitOfWork,
        stored: StoredSheet,
        *,
        copies: tuple[CopyFor, ...],
        request: PrintRequest,
        stamp: str = "",
    ) -> tuple[PrintJob, ...]:
        """Add the prints of a sheet within a transaction that somebody else began."""
        now = self._office.clock.now()
        return tuple(
            work.records(PrintJob).add(
                PrintJob(
                    id=self._office.ids.new(),
                    sheet_id=stored.id,
                    copy_for=copy_for,
                    printer=request.printer,
                    tray=request.tray,
                    two_sided=request.two_sided,
                    pages=1 if copy_for is CopyFor.FILE_PAGE else stored.pages,
                    state=PrintState.WAITING,
                    sent_at=now,
                    sent_by=actor.name,
                    seen_at=now,
                    stamp=stamp,
                    station=self.station,
                )
            )
            for copy_for in copies
        )

    def outgoing(self, sheet_id: str, request: PrintRequest) -> tuple[Outgoing, ...]:
        """Return the prints of a sheet that no printer knows of yet."""
        with self._office.look() as work:
            stored = work.records(StoredSheet).get(sheet_id)
            jobs = work.records(PrintJob).owned_by(sheet_id)
            fresh = tuple(job for job in jobs if is_open(job) and not job.ticket)
            outgoing = self._outgoing(work, stored, fresh, request)
        return with_file(outgoing, self._filed(sheet_id, [job.copy_for for job in fresh]))

    def take_again(self, actor: Actor, job_id: str, *, request: PrintRequest) -> Outgoing:
        """Note that a copy is wanted once more, in the place of an earlier try."""
        first = self.job(job_id)
        filed = self._filed(first.sheet_id, (first.copy_for,))
        with self._office.work() as work:
            before = work.records(PrintJob).get(job_id)
            stored = self._printable(actor, work, before.sheet_id)
            if is_open(before):
                before = self._changed(actor, work, before, state=PrintState.CANCELLED, trouble="")
            jobs = self.note_wanted(
                actor,
                work,
                stored,
                copies=(before.copy_for,),
                request=request,
                stamp=before.stamp,
            )
            self._note(actor, work, jobs[0], Deed.PRINTED)
            (outgoing,) = with_file(self._outgoing(work, stored, jobs, request), filed)
            work.commit()
        return replace(outgoing, instead_of=before)

    def _filed(self, sheet_id: str, copies: Iterable[CopyFor]) -> FileFacts | None:
        """Return what the clinic's copies tell beyond the sheet; ``None`` when there are none."""
        return self._filing.facts_of(sheet_id) if CLINICS.intersection(copies) else None

    def _printable(self, actor: Actor, work: UnitOfWork, sheet_id: str) -> StoredSheet:
        stored = work.records(StoredSheet).get(sheet_id)
        require(actor, PRINT_RIGHTS[stored.kind])
        if not unchanged(stored):
            raise NotFoundError(sheet_id)
        return stored

    def _outgoing(
        self,
        work: UnitOfWork,
        stored: StoredSheet,
        jobs: tuple[PrintJob, ...],
        request: PrintRequest,
    ) -> tuple[Outgoing, ...]:
        clinic = clinic_of(work)
        if clinic is not None:
            request = replace(request, paper=clinic.paper)
        return tuple(Outgoing(job, stored.pdf, request) for job in jobs)

    def _copy_words(self, work: UnitOfWork) -> str:
        clinic = clinic_of(work)
        now = self._office.clock.now()
        local = now.astimezone(clinic.zone) if clinic is not None else now
        return f"COPY {PartialDate.on(local.date()).words}, {local:%H:%M}"

    # --- without the database ---------------------------------------------------------------

    def submit(self, outgoing: Sequence[Outgoing]) -> tuple[PrintJob, ...]:
        """Hand prints to the print system; return what is known of them then. May take seconds."""
        return tuple(self._submitted(each) for each in outgoing)

    def _submitted(self, outgoing: Outgoing) -> PrintJob:
        job, now = outgoing.job, self._office.clock.now()
        try:
            if outgoing.instead_of is not None:
                self._call_off(outgoing.instead_of)
            pdf = self._filing.document(job, outgoing.pdf, outgoing.filed)
            ticket = self._spooler.submit(pdf, outgoing.request)
        except (NoPrinterError, PrintFailedError) as error:
            trouble = str(error.values.get("trouble", Trouble.OTHER.value))
            return replace(job, state=PrintState.FAILED, trouble=trouble, seen_at=now)
        except CannotPrintError:
            return replace(job, state=PrintState.FAILED, trouble=Trouble.OTHER.value, seen_at=now)
        state = PrintState.WAITING if self._spooler.tells else PrintState.SENT
        return replace(job, ticket=ticket, state=state, seen_at=now)

    def ask(self, jobs: Sequence[PrintJob]) -> tuple[PrintJob, ...]:
        """Ask the print system what became of open prints. May take seconds."""
        now = self._office.clock.now()
        tickets = [job.ticket for job in jobs if job.ticket]
        found = self._spooler.follow(tickets) if tickets else {}
        unknown = JobStatus(state=JobState.UNKNOWN)
        return tuple(
            learnt(job, found.get(job.ticket, unknown), now)
            for job in jobs
            if job.ticket or now - job.sent_at > FORGOTTEN_AFTER
        )

    def call_off(self, job: PrintJob) -> PrintJob:
        """Take a print back from the print system; return what is known of it then.

        Raises:
            PrintFailedError: the print service does not answer, so the print may still come out.
        """
        if not is_open(job):
            return job
        if self._call_off(job) is JobState.PRINTED:
            return replace(job, state=PrintState.PRINTED, trouble="")
        return replace(job, state=PrintState.CANCELLED, trouble="")

    def _call_off(self, job: PrintJob) -> JobState:
        """Take a print back, if this workstation can; return what its print system says of it."""
        if not job.ticket or job.station != self.station:
            return JobState.UNKNOWN
        self._spooler.cancel(job.ticket)
        return self._spooler.status(job.ticket).state

    # --- what came of it --------------------------------------------------------------------

    def keep(self, jobs: Sequence[PrintJob]) -> tuple[PrintJob, ...]:
        """Note what was learnt of prints; what a person said of them meanwhile stays."""
        with self._office.work() as work:
            records = work.records(PrintJob)
            kept, wrote = [], False
            for job in jobs:
                there = records.get(job.id)
                same = all(getattr(there, key) == getattr(job, key) for key in _LEARNT)
                if is_open(there) and not same:
                    there = records.update(
                        replace(
                            there,
                            state=job.state,
                            trouble=job.trouble,
                            ticket=job.ticket or there.ticket,
                            seen_at=job.seen_at,
                        )
                    )
                    wrote = True
                kept.append(there)
            if wrote:
                work.commit()
        return tuple(kept)

    def note_called_off(self, actor: Actor, job: PrintJob) -> PrintJob:
        """Note that somebody called a print off, unless it has come out."""
        with self._office.work() as work:
            there = work.records(PrintJob).get(job.id)
            if is_open(there):
                there = self._changed(actor, work, there, state=job.state, trouble="")
                work.commit()
        return there

    def confirm(self, actor: Actor, job_id: str) -> PrintJob:
        """Note that somebody looked: all pages are there."""
        with self._office.work() as work:
            job = work.records(PrintJob).get(job_id)
            state = PrintState.SENT if job.state is not PrintState.PRINTED else job.state
            job = self._changed(actor, work, job, state=state, trouble="", confirmed_by=actor.name)
            work.commit()
        return job

    def say_missing(self, actor: Actor, job_id: str) -> PrintJob:
        """Note that a page is missing: the copy counts as not printed."""
        with self._office.work() as work:
            job = self._changed(
                actor,
                work,
                work.records(PrintJob).get(job_id),
                state=PrintState.FAILED,
                trouble=Trouble.PAGE_MISSING.value,
                confirmed_by="",
            )
            work.commit()
        return job

    # --- what is known ----------------------------------------------------------------------

    def job(self, job_id: str) -> PrintJob:
        """Return a print as it was noted last.

        Raises:
            NotFoundError: there is no such print.
        """
        with self._office.look() as work:
            return work.records(PrintJob).get(job_id)

    def open_jobs(self, visit_id: str = "") -> tuple[PrintJob, ...]:
        """Return the prints of this workstation that may still come out; of all visits, or one."""
        with self._office.look() as work:
            jobs = work.prints_of(visit_id) if visit_id else work.open_prints()
        return tuple(job for job in jobs if is_open(job) and job.station == self.station)

    def sets(self, actor: Actor, visit_id: str) -> dict[str, PrintSet]:
        """Return the prints of each sheet of a visit, by the sheet's id."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return sets_of(work.prints_of(visit_id))

    def set_state(self, sheet_id: str) -> PrintSet:
        """Return the prints of one sheet, and whether all copies are on paper."""
        with self._office.look() as work:
            return PrintSet(work.records(PrintJob).owned_by(sheet_id))

    # --- the trail --------------------------------------------------------------------------

    def _changed(
        self, actor: Actor, work: UnitOfWork, before: PrintJob, **changes: object
    ) -> PrintJob:
        now = self._office.clock.now()
        after = replace(before, seen_at=now, **changes)  # type: ignore[arg-type] # its own fields
        kept = work.records(PrintJob).update(after)
        self._note(actor, work, kept, Deed.CHANGED, changes_between(before, after, _LEARNT))
        return kept

    def _note(
        self,
        actor: Actor,
        work: UnitOfWork,
        job: PrintJob,
        deed: Deed,
        changes: tuple[FieldChange, ...] = (),
    ) -> None:
        stored = work.records(StoredSheet).get(job.sheet_id)
        visit = work.records(Visit).get(stored.visit_id)
        work.note(
            self._office.entry(actor, deed, job, patient_id=visit.patient_id, changes=changes)
        )
