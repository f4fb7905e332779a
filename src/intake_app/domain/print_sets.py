"""What is known of the copies of a sheet, in words, and whether all of them are on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.handing import CopyFor, PrintJob, PrintState, not_out
from intake_app.domain.language import N_, translated
from intake_app.domain.printing import JobState, JobStatus, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

COPIES = {
    CopyFor.PATIENT: N_("Patient’s copy"),
    CopyFor.CARER: N_("Carer’s copy"),
    CopyFor.FILE: N_("Copy for the clinic’s file"),
    CopyFor.FILE_PAGE: N_("Page for the clinic’s file"),
}
LETTER = N_("Letter")
"""What the patient’s copy is called where the paper goes to another clinician."""
CANNOT_KNOW = N_(
    "Sent to the printer. This computer cannot see whether it came out. Are all pages there?"
)


@dataclass(frozen=True, slots=True)
class PrintSet:
    """The copies of one sheet: every print of them, in the order they were sent."""

    jobs: tuple[PrintJob, ...] = ()

    @property
    def missing(self) -> tuple[CopyFor, ...]:
        """The copies of which nobody knows that they came out."""
        return not_out(self.jobs)

    @property
    def complete(self) -> bool:
        """Whether every copy that was wanted is on paper; so too where no print was followed."""
        return not self.missing

    @property
    def latest(self) -> tuple[PrintJob, ...]:
        """The last print of each copy."""
        return tuple({job.copy_for: job for job in self.jobs}.values())

    @property
    def sentence(self) -> str:
        """What is known, in words."""
        return " ".join(f"{copy_words(job)}: {state_words(job)}" for job in self.latest)


def copy_words(job: PrintJob, *, letter: bool = False, earlier: bool = False) -> str:
    """Return whose copy it is, and whether it is one of an earlier sheet."""
    sent_off = letter and job.copy_for is CopyFor.PATIENT
    words = translated(LETTER if sent_off else COPIES[job.copy_for])
    if earlier:
        words = translated(N_("Earlier sheet, {copy}")).format(copy=words)
    return translated(N_("{copy}, marked COPY")).format(copy=words) if job.stamp else words


def state_words(job: PrintJob) -> str:
    """Return what is known of a print, and what keeps it from coming out."""
    pages = N_("Printed, 1 page.") if job.pages == 1 else N_("Printed, {pages} pages.")
    printed = translated(pages).format(pages=job.pages)
    match job.state:
        case PrintState.PRINTED:
            said = printed
        case PrintState.SENT if job.confirmed_by:
            looked = translated(N_("{name} saw that all pages are there."))
            said = f"{printed} {looked.format(name=job.confirmed_by)}"
        case PrintState.SENT:
            said = translated(CANNOT_KNOW)
        case PrintState.CANCELLED:
            said = translated(N_("Cancelled, not printed."))
        case PrintState.FAILED:
            said = _with_trouble(translated(N_("Not printed.")), job.trouble)
        case _ if job.trouble:
            said = _with_trouble(translated(N_("Not printed yet.")), job.trouble)
        case _:
            said = translated(N_("Printing…"))
    return said


def trouble_of(code: str) -> Trouble:
    """Return the trouble that a code stands for; a code of a newer program is ``OTHER``."""
    return Trouble(code) if code in {each.value for each in Trouble} else Trouble.OTHER


def _with_trouble(said: str, code: str) -> str:
    return f"{said} {translated(trouble_of(code).label)}" if code else said


def is_open(job: PrintJob) -> bool:
    """Return whether it may still come out by itself."""
    return job.state is PrintState.WAITING


def needs_somebody(job: PrintJob) -> bool:
    """Return whether somebody must do something before this copy is known to be on paper."""
    unseen = job.state is PrintState.SENT and not job.confirmed_by
    return unseen or job.state is PrintState.FAILED or (is_open(job) and bool(job.trouble))


def matters(job: PrintJob, *, earlier: bool) -> bool:
    """Return whether somebody wants to know what becomes of a print.

    Of an ``earlier`` sheet nothing is wanted any more but the copies that were asked for as such;
    what may still come out is to be known all the same.
    """
    return not earlier or is_open(job) or bool(job.stamp)


def learnt(job: PrintJob, status: JobStatus, at: datetime) -> PrintJob:
    """Return a print as its print system describes it now; the same when nothing is new."""
    state = _STATES[status.state]
    trouble = status.trouble.value if status.trouble is not None else ""
    if (job.state, job.trouble) == (state, trouble):
        return job
    return replace(job, state=state, trouble=trouble, seen_at=at)


_STATES = {
    JobState.WAITING: PrintState.WAITING,
    JobState.PRINTING: PrintState.WAITING,
    JobState.PRINTED: PrintState.PRINTED,
    JobState.CANCELLED: PrintState.FAILED,
    JobState.FAILED: PrintState.FAILED,
    JobState.UNKNOWN: PrintState.SENT,
}
"""Cancelled at the printer is a failure: the copy is wanted still."""


def unprinted(jobs: Iterable[PrintJob]) -> bool:
    """Return whether a sheet waits for somebody: it was sent and is not known to be on paper."""
    sheets = list(sets_of(jobs).values())
    return any(not each.complete for each in sheets)


def sets_of(jobs: Iterable[PrintJob]) -> dict[str, PrintSet]:
    """Return the prints of several sheets, apart: one set for each sheet's id."""
    by_sheet: dict[str, list[PrintJob]] = {}
    for job in jobs:
        by_sheet.setdefault(job.sheet_id, []).append(job)
    return {sheet_id: PrintSet(tuple(rows)) for sheet_id, rows in by_sheet.items()}
