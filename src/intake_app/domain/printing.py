"""What the program asks of a print system, and what a print system can say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from intake_app.domain.countries import Paper
from intake_app.domain.language import N_
from intake_app.domain.values import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

JOB_NAME = "Clinic sheet"
"""Print queues show and keep this, and some make a file name of it: never a patient's name."""


class Trouble(Choice):
    """Why a job does not come out, or a printer takes none; the label is said to people."""

    PAPER_OUT = "paper_out", N_("The printer is out of paper.")
    JAM = "jam", N_("Paper is stuck in the printer.")
    DOOR_OPEN = "door_open", N_("A door of the printer is open.")
    INK_OUT = "ink_out", N_("The printer is out of ink or toner.")
    OFF = "printer_off", N_("The printer does not answer. It may be switched off.")
    PAUSED = "paused", N_("The printer is paused.")
    HELD = "held", N_("The job is held back in the printer’s queue.")
    REJECTING = "rejecting", N_("The printer takes no jobs at present.")
    REMOVED = "removed", N_("This computer no longer has this printer.")
    CANCELLED = "cancelled", N_("The job was cancelled at the printer.")
    NO_SERVICE = "no_service", N_("The print service of this computer is not running.")
    OTHER = "other", N_("The printer reports a problem.")
    PAGE_MISSING = "page_missing", N_("Somebody saw that a page is missing.")


class JobState(Enum):
    """What the print system says of one job."""

    WAITING = "waiting"
    PRINTING = "printing"
    PRINTED = "printed"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """This print system does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """A printer of this computer, as far as its print system tells."""

    name: str
    place: str = ""
    model: str = ""
    default: bool = False
    trouble: Trouble | None = None
    trays: tuple[str, ...] = ()
    two_sided: bool = False
    """Whether it can print on both sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRequest:
    """One document to one printer."""

    printer: str
    tray: str = ""
    two_sided: bool = False
    copies: int = 1
    paper: Paper = Paper.LETTER


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStatus:
    """What became of a job so far."""

    state: JobState
    trouble: Trouble | None = None
    detail: str = ""
    """What the printer itself says, for who repairs it; never a patient's datum."""


class Spooler(Protocol):
    """A print system. Every call may take seconds: never call it on the window's thread."""

    tells: bool
    """Whether it can say that a job has really come out."""

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers, the default one first.

        Raises:
            NoPrinterError: the print service does not answer.
        """

    def submit(self, pdf: bytes, request: PrintRequest) -> str:
        """Hand a document over; return the ticket of the job.

        Raises:
            NoPrinterError: there is no such printer.
            PrintFailedError: the printer did not take it; says why.
        """

    def status(self, ticket: str) -> JobStatus:
        """Return what became of a job."""

    def cancel(self, ticket: str) -> None:
        """Take a job back; does nothing when it is over."""

    def follow(self, tickets: Sequence[str]) -> dict[str, JobStatus]:
        """Return what became of several jobs, asked together."""
