"""Printers of this computer through CUPS: vector, without a file, and known to be printed."""

from __future__ import annotations

import os
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from intake_app.domain.countries import Paper
from intake_app.domain.errors import NoPrinterError, PrintFailedError
from intake_app.domain.printing import JOB_NAME, JobState, JobStatus, Printer, Trouble
from intake_app.printing.connection import (
    TIMEOUT_S,
    Connection,
    NoServiceError,
    Place,
    usual_place,
)
from intake_app.printing.ipp import (
    Group,
    Operation,
    Tag,
    collection,
    encode,
    first_number,
    first_text,
    number,
    text,
    texts,
)
from intake_app.printing.troubles import job_status, printer_trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from intake_app.domain.printing import PrintRequest
    from intake_app.printing.ipp import Attribute, Value

    Attributes = Mapping[str, tuple[Value, ...]]

NOT_FOUND = 0x0406
GONE = 0x0407
NOT_ACCEPTING = 0x0506
_DEFAULT_BIT = 0x20000
_PRINTER = (
    "printer-name",
    "printer-location",
    "printer-make-and-model",
    "printer-type",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "media-source-supported",
    "sides-supported",
)
_JOB = (
    "job-id",
    "job-uuid",
    "job-state",
    "job-state-reasons",
    "job-printer-uri",
    "job-printer-state-message",
)
_MEDIA = {
    Paper.LETTER: ("na_letter_8.5x11in", 21590, 27940),
    Paper.A4: ("iso_a4_210x297mm", 21000, 29700),
}
"""How each paper is called, and its width and height in hundredths of a millimetre."""
_TWO_SIDED = "two-sided-long-edge"
_ROOT = "/"


class CupsSpooler:
    """The print service of this computer, asked in the language of printers."""

    tells = True

    def __init__(
        self,
        place: Callable[[], Place] = usual_place,
        *,
        timeout: float = TIMEOUT_S,
        user: str = "",
    ) -> None:
        self._place = place
        self._timeout = timeout
        self._user = user or _user_name()
        self._numbers = count(1)

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers, the default one first.

        Raises:
            NoPrinterError: the print service does not answer.
        """
        try:
            with self._open() as line:
                found = self._printers(line)
        except NoServiceError as error:
            raise NoPrinterError(trouble=Trouble.NO_SERVICE.value) from error
        listed = [_printer(each) for each in found.values()]
        return tuple(sorted(listed, key=lambda each: (not each.default, each.name.casefold())))

    def submit(self, pdf: bytes, request: PrintRequest) -> str:
        """Hand a document over; return the ticket of the job.

        Raises:
            NoPrinterError: there is no such printer.
            PrintFailedError: the printer did not take it; says why.
        """
        try:
            with self._open() as line:
                return self._submit(line, pdf, request)
        except NoServiceError as error:
            raise PrintFailedError(trouble=Trouble.NO_SERVICE.value) from error

    def _submit(self, line: Connection, pdf: bytes, request: PrintRequest) -> str:
        uri = _printer_uri(request.printer)
        head = self._request(
            Operation.PRINT_JOB,
            text(Tag.URI, "printer-uri", uri),
            self._requester(),
            text(Tag.NAME, "job-name", JOB_NAME),
            text(Tag.MIME, "document-format", "application/pdf"),
            job=_job_attributes(request),
        )
        answer = line.ask(_resource(uri), head, pdf)
        if answer.status in {NOT_FOUND, GONE}:
            raise NoPrinterError(trouble=Trouble.REMOVED.value)
        if answer.status == NOT_ACCEPTING:
            raise PrintFailedError(trouble=Trouble.REJECTING.value)
        job = next(answer.of(Group.JOB), {})
        job_id = first_number(job, "job-id")
        if not answer.ok or job_id is None:
            raise PrintFailedError(trouble=Trouble.OTHER.value)
        return f"{job_id} {self._uuid_of(line, job_id)}".strip()

    def _uuid_of(self, line: Connection, job_id: int) -> str:
        """Return what no other job has: numbers begin anew where a print service is set up anew."""
        try:
            return first_text(self._job(line, job_id) or {}, "job-uuid")
        except NoServiceError:
            return ""

    def status(self, ticket: str) -> JobStatus:
        """Return what became of a job."""
        return self.follow((ticket,))[ticket]

    def follow(self, tickets: Sequence[str]) -> dict[str, JobStatus]:
        """Return what became of several jobs, asked together."""
        try:
            with self._open() as line:
                printers = self._printers(line)
                return {ticket: self._status(line, ticket, printers) for ticket in tickets}
        except NoServiceError:
            # The jobs are kept by the service on its disk: it goes on with them once it runs.
            silent = JobStatus(state=JobState.WAITING, trouble=Trouble.NO_SERVICE)
            return dict.fromkeys(tickets, silent)

    def _status(
        self, line: Connection, ticket: str, printers: Mapping[str, Attributes]
    ) -> JobStatus:
        number_text, _, uuid = ticket.partition(" ")
        job = self._job(line, int(number_text)) if number_text.isdigit() else None
        if job is None or (uuid and first_text(job, "job-uuid") not in {uuid, ""}):
            return JobStatus(state=JobState.UNKNOWN)
        return job_status(job, printers.get(_name_in(first_text(job, "job-printer-uri"))))

    def cancel(self, ticket: str) -> None:
        """Take a job back; does nothing when it is over."""
        job_id, _, _ = ticket.partition(" ")
        if not job_id.isdigit():
            return
        head = self._request(
            Operation.CANCEL_JOB,
            text(Tag.URI, "job-uri", _job_uri(int(job_id))),
            self._requester(),
        )
        try:
            with self._open() as line:
                if self._status(line, ticket, {}).state is not JobState.UNKNOWN:
                    line.ask("/jobs/", head, user=self._user)
        except NoServiceError as error:
            raise PrintFailedError(trouble=Trouble.NO_SERVICE.value) from error

    # --- asking -----------------------------------------------------------------------------

    def _open(self) -> Connection:
        return Connection(self._place(), timeout=self._timeout)

    def _requester(self) -> Attribute:
        return text(Tag.NAME, "requesting-user-name", self._user)

    def _request(
        self, operation: Operation, *attributes: Attribute, job: tuple[Attribute, ...] = ()
    ) -> bytes:
        groups = {Group.OPERATION: attributes, Group.JOB: job}
        return encode(operation, next(self._numbers), groups)

    def _printers(self, line: Connection) -> dict[str, Attributes]:
        wanted = text(Tag.KEYWORD, "requested-attributes", *_PRINTER)
        head = self._request(Operation.CUPS_GET_PRINTERS, self._requester(), wanted)
        answer = line.ask(_ROOT, head)
        if answer.status == NOT_FOUND:
            return {}
        if not answer.ok:
            raise NoServiceError(hex(answer.status))
        named = ((first_text(each, "printer-name"), each) for each in answer.of(Group.PRINTER))
        return {name: each for name, each in named if name}

    def _job(self, line: Connection, job_id: int) -> Attributes | None:
        """Return what the service says of a job; ``None`` when it knows of none."""
        head = self._request(
            Operation.GET_JOB_ATTRIBUTES,
            text(Tag.URI, "job-uri", _job_uri(job_id)),
            self._requester(),
            text(Tag.KEYWORD, "requested-attributes", *_JOB),
        )
        answer = line.ask("/jobs/", head)
        return next(answer.of(Group.JOB), None) if answer.ok else None


def _job_attributes(request: PrintRequest) -> tuple[Attribute, ...]:
    keyword, width, height = _MEDIA[request.paper]
    given = [
        number("copies", request.copies),
        text(Tag.KEYWORD, "sides", _TWO_SIDED if request.two_sided else "one-sided"),
    ]
    if not request.tray:
        return (*given, text(Tag.KEYWORD, "media", keyword))
    size = collection("media-size", number("x-dimension", width), number("y-dimension", height))
    source = text(Tag.KEYWORD, "media-source", request.tray)
    return (*given, collection("media-col", size, source))


def _printer(attributes: Attributes) -> Printer:
    return Printer(
        name=first_text(attributes, "printer-name"),
        place=first_text(attributes, "printer-location"),
        model=first_text(attributes, "printer-make-and-model"),
        default=bool((first_number(attributes, "printer-type") or 0) & _DEFAULT_BIT),
        trouble=printer_trouble(attributes),
        trays=texts(attributes, "media-source-supported"),
        two_sided=_TWO_SIDED in texts(attributes, "sides-supported"),
    )


def _printer_uri(name: str) -> str:
    return f"ipp://localhost/printers/{quote(name, safe='')}"


def _resource(uri: str) -> str:
    return uri.removeprefix("ipp://localhost")


def _job_uri(job_id: int) -> str:
    return f"ipp://localhost/jobs/{job_id}"


def _name_in(uri: str) -> str:
    return unquote(uri.rpartition("/")[2])


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return os.environ.get("USERNAME", "") or "anonymous"
