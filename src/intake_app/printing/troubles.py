"""What a print service says, and what it means to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.printing import JobState, JobStatus, Trouble
from intake_app.printing.ipp import first_number, first_text, first_truth, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.printing.ipp import Value

    Attributes = Mapping[str, tuple[Value, ...]]

PENDING, HELD, PROCESSING, STOPPED, CANCELLED, ABORTED, COMPLETED = range(3, 10)
"""The states of a job (RFC 8011, 5.3.7)."""
PRINTER_STOPPED = 5

_SILENT = ("may not exist", "unavailable", "unable to connect", "not responding", "unreachable")
"""CUPS says so when nobody answers at the printer's address; its reasons then are stale."""
_ADVISORY = ("-report", "-warning", "-error")
_REASONS: tuple[tuple[str, Trouble], ...] = (
    ("paused", Trouble.PAUSED),
    ("media-jam", Trouble.JAM),
    ("cover-open", Trouble.DOOR_OPEN),
    ("door-open", Trouble.DOOR_OPEN),
    ("interlock-open", Trouble.DOOR_OPEN),
    ("media-needed", Trouble.PAPER_OUT),
    ("media-empty", Trouble.PAPER_OUT),
    ("input-tray-missing", Trouble.PAPER_OUT),
    ("toner-empty", Trouble.INK_OUT),
    ("marker-supply-empty", Trouble.INK_OUT),
    ("offline", Trouble.OFF),
    ("timed-out", Trouble.OFF),
    ("shutdown", Trouble.OFF),
    ("output-area-full", Trouble.OTHER),
    ("output-tray-missing", Trouble.OTHER),
    ("marker-waste-full", Trouble.OTHER),
    ("fuser-over-temp", Trouble.OTHER),
    ("fuser-under-temp", Trouble.OTHER),
    ("cups-missing-filter", Trouble.OTHER),
    ("cups-insecure-filter", Trouble.OTHER),
)
"""Keywords of ``printer-state-reasons``, what hinders most first; all others hinder nothing."""


def printer_trouble(printer: Attributes) -> Trouble | None:
    """Return what keeps a printer from printing, as its print service saw it last."""
    if not first_truth(printer, "printer-is-accepting-jobs", otherwise=True):
        return Trouble.REJECTING
    if _is_silent(first_text(printer, "printer-state-message")):
        return Trouble.OFF
    if found := reason_trouble(texts(printer, "printer-state-reasons")):
        return found
    if first_number(printer, "printer-state") == PRINTER_STOPPED:
        return Trouble.PAUSED
    return None


def reason_trouble(reasons: tuple[str, ...]) -> Trouble | None:
    """Return the gravest thing that the reasons name."""
    said = {_bare(reason) for reason in reasons}
    return next((trouble for word, trouble in _REASONS if word in said), None)


def job_status(job: Attributes, printer: Attributes | None) -> JobStatus:
    """Return what became of a job; ``printer`` is ``None`` when it is there no longer.

    Only ``completed`` is printed: sheets are counted when they are sent, not when they come out.
    What the job itself says is newer than what is known of the printer.
    """
    state = first_number(job, "job-state")
    said = first_text(job, "job-printer-state-message")
    match state:
        case None:
            return JobStatus(state=JobState.UNKNOWN)
        case _ if state == COMPLETED:
            return _completed(job, said)
        case _ if state == CANCELLED:
            gone = Trouble.REMOVED if printer is None else Trouble.CANCELLED
            return JobStatus(state=JobState.CANCELLED, trouble=gone, detail=said)
        case _ if state == ABORTED:
            return JobStatus(state=JobState.FAILED, trouble=_why_aborted(said), detail=said)
    trouble = _why_waiting(job, printer, said)
    if state == PROCESSING and trouble is None:
        return JobStatus(state=JobState.PRINTING, detail=said)
    return JobStatus(state=JobState.WAITING, trouble=trouble, detail=said)


def _completed(job: Attributes, said: str) -> JobStatus:
    """Return printed, unless the job says of itself that it was ended before."""
    reasons = texts(job, "job-state-reasons")
    if any(reason.startswith(("job-canceled", "aborted-by")) for reason in reasons):
        return JobStatus(state=JobState.CANCELLED, trouble=Trouble.CANCELLED, detail=said)
    return JobStatus(state=JobState.PRINTED)


def _why_aborted(said: str) -> Trouble:
    return Trouble.OFF if _is_silent(said) else Trouble.OTHER


def _why_waiting(job: Attributes, printer: Attributes | None, said: str) -> Trouble | None:
    if printer is None:
        return Trouble.REMOVED
    if first_number(printer, "printer-state") == PRINTER_STOPPED:
        return Trouble.PAUSED
    if _is_silent(said):
        return Trouble.OFF
    state = first_number(job, "job-state")
    if state == HELD:
        return Trouble.HELD
    found = reason_trouble(texts(printer, "printer-state-reasons"))
    if found is None and state == STOPPED:
        return Trouble.OTHER
    return found


def _is_silent(said: str) -> bool:
    said = said.casefold()
    return any(words in said for words in _SILENT)


def _bare(reason: str) -> str:
    for ending in _ADVISORY:
        reason = reason.removesuffix(ending)
    return reason
