"""A print system that does as told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from intake_app.domain.errors import NoPrinterError, PrintFailedError
from intake_app.domain.printing import JobState, JobStatus, Printer, PrintRequest, Trouble

DESK = Printer(
    name="Desk printer", place="Front desk", default=True, trays=("auto", "main"), two_sided=True
)
NURSES = Printer(name="Nurses", place="Recovery")

WAITS = JobStatus(state=JobState.PRINTING)
DONE = JobStatus(state=JobState.PRINTED)
NO_PAPER = JobStatus(state=JobState.WAITING, trouble=Trouble.PAPER_OUT)


@dataclass
class FakeSpooler:
    """Takes documents at once; every job stands where ``now`` says, or its own ``states``."""

    tells: bool = True
    there: tuple[Printer, ...] = (DESK, NURSES)
    now: JobStatus = DONE
    states: dict[str, JobStatus] = field(default_factory=dict)
    refuses: Trouble | None = None
    silent: bool = False
    """The print service does not run."""
    taken: list[tuple[bytes, PrintRequest]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def printed(self) -> list[bytes]:
        """The documents that were taken, in order."""
        return [pdf for pdf, _ in self.taken]

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers that are there."""
        if self.silent:
            raise NoPrinterError(trouble=Trouble.NO_SERVICE.value)
        return self.there

    def submit(self, pdf: bytes, request: PrintRequest) -> str:
        """Take a document, or refuse it as told."""
        if request.printer not in {each.name for each in self.there}:
            raise NoPrinterError(trouble=Trouble.REMOVED.value)
        if self.refuses is not None:
            raise PrintFailedError(trouble=self.refuses.value)
        self.taken.append((pdf, request))
        return f"ticket {len(self.taken)}" if self.tells else ""

    def status(self, ticket: str) -> JobStatus:
        """Return where a job stands."""
        return self.follow((ticket,))[ticket]

    def follow(self, tickets: Sequence[str]) -> dict[str, JobStatus]:
        """Return where the jobs stand."""
        self.asked.append(tuple(tickets))
        if self.silent:
            gone = JobStatus(state=JobState.WAITING, trouble=Trouble.NO_SERVICE)
            return dict.fromkeys(tickets, gone)
        return {ticket: self.states.get(ticket, self.now) for ticket in tickets}

    def cancel(self, ticket: str) -> None:
        """Take a job back."""
        if self.silent:
            raise PrintFailedError(trouble=Trouble.NO_SERVICE.value)
        self.cancelled.append(ticket)
        if self.states.get(ticket, self.now) != DONE:
            self.states[ticket] = JobStatus(state=JobState.CANCELLED, trouble=Trouble.CANCELLED)
