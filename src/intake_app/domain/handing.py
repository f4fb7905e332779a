"""What happens with a paper after it was made: printed for whom, explained, handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.values import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable


class CopyFor(Choice):
    """Whose copy a print is."""

    PATIENT = "patient", N_("Patient")
    CARER = "carer", N_("Carer")
    FILE = "file", N_("Clinic’s file")
    FILE_PAGE = "file_page", N_("Page for the clinic’s file")
    """Only what was said back and to whom the sheet was given; the patient's set is whole without.
    """


class PrintState(Choice):
    """What is known of a print; only ``PRINTED`` means that the paper is there."""

    WAITING = "waiting", N_("Not printed yet")
    PRINTED = "printed", N_("Printed")
    SENT = "sent", N_("Sent to the printer")
    """This computer cannot know whether it came out: somebody looks, and says so."""
    CANCELLED = "cancelled", N_("Cancelled")
    FAILED = "failed", N_("Not printed")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob(Record):
    """One copy of a stored sheet on its way to paper."""

    FORM: ClassVar[str] = "print_job"
    OWNER: ClassVar[str] = "sheet_id"

    sheet_id: str
    copy_for: CopyFor
    printer: str
    tray: str = ""
    two_sided: bool = False
    ticket: str = ""
    """By which the print system knows the job; '' until it took it."""
    pages: int
    state: PrintState
    trouble: str = ""
    """Code of what keeps it from coming out: ``paper_out``, ``printer_off``, ``paused`` …"""
    sent_at: datetime
    sent_by: str
    seen_at: datetime
    """When the state was last learnt."""
    confirmed_by: str = ""
    """Who looked and said that all pages are there, where the computer cannot know."""
    stamp: str = ""
    """What stands in the margin of a copy made later; '' for the sheet as it is."""
    station: str = ""
    """The workstation that sent it: only its print system knows the ticket."""


class SaidBack(Choice):
    """How the patient said it back, in their own words (clinical.md 4.6)."""

    FIRST = "first", N_("Said back")
    AGAIN = "again", N_("Needed repeating")
    NOT_ABLE = "not_able", N_("Not able")


class Listener(Choice):
    """Who said it back."""

    PATIENT = "patient", N_("Patient")
    CARER = "carer", N_("Carer")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachBack(Record):
    """One group of instructions explained and said back."""

    FORM: ClassVar[str] = "teach_back"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    group: str
    """``danger_signs``, ``whom_to_call``, ``limits``, ``blood_thinner``, ``next_visit`` …"""
    said_back: Annotated[
        SaidBack | None, Spec(N_("Said back in own words"), by=EnteredBy.NURSE, handle="A-29")
    ] = None
    listener: Annotated[Listener | None, Spec(N_("Who said it back"), by=EnteredBy.NURSE)] = None
    note: Annotated[str, Spec(N_("Note"), max_length=200, by=EnteredBy.NURSE)] = ""
    asked_by: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Record):
    """A set of papers was handed over: to whom, in which language, with which interpreter."""

    FORM: ClassVar[str] = "hand_over"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    sheet_id: str = ""
    to_patient: Annotated[bool, Spec(N_("Given to the patient"), by=EnteredBy.NURSE)] = False
    to_carer: Annotated[bool, Spec(N_("Given to the carer"), by=EnteredBy.NURSE)] = False
    carer_name: Annotated[str, Spec(N_("Name of the carer"), max_length=80, by=EnteredBy.NURSE)] = (
        ""
    )
    language: Annotated[str, Spec(N_("Spoken in"), max_length=40, by=EnteredBy.NURSE)] = ""
    interpreter: Annotated[
        str, Spec(N_("Interpreter, name or number"), max_length=80, by=EnteredBy.NURSE)
    ] = ""
    handed_at: datetime | None = None
    handed_by: str = ""


def given_to(handed: HandOver) -> tuple[Listener, ...]:
    """Return who got the papers."""
    return tuple(
        who
        for who, given in (
            (Listener.PATIENT, handed.to_patient),
            (Listener.CARER, handed.to_carer),
        )
        if given
    )


def not_out(jobs: Iterable[PrintJob]) -> tuple[CopyFor, ...]:
    """Return the copies of which nobody knows that they came out.

    What is on paper stays on paper, whatever becomes of a COPY that is printed later. A try that
    somebody called off does not count, unless all were. Where no print was followed nothing is
    known to be missing. The page for the clinic's file is none of the patient's papers.
    """
    every = tuple(job for job in jobs if job.copy_for is not CopyFor.FILE_PAGE)
    kept = [job for job in every if job.state is not PrintState.CANCELLED]
    wanted = dict.fromkeys(job.copy_for for job in kept or every)
    out = {job.copy_for for job in kept if is_out(job)}
    return tuple(copy for copy in wanted if copy not in out)


def is_out(job: PrintJob) -> bool:
    """Return whether a print is known to have come out, or somebody looked and said so."""
    sent = job.state is PrintState.SENT and bool(job.confirmed_by)
    return job.state is PrintState.PRINTED or sent
