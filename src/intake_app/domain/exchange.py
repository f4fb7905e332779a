"""People from and for other systems: as a file tells them, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from intake_app.domain.fields import FieldValue
from intake_app.domain.validation import Problem

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from intake_app.domain.errors import AppError
    from intake_app.domain.fractures import Fracture
    from intake_app.domain.patients import Patient
    from intake_app.domain.reading import Locality
    from intake_app.domain.visits import Visit

Values = Mapping[str, FieldValue]
"""Values by the key of their field: as text, which is read like typed text, or as values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A visit as another system tells it: booked, moved or cancelled."""

    numbers: tuple[tuple[str, str], ...] = ()
    """System and number under which it tells of the same visit again."""
    values: Values = field(default_factory=dict)
    """By the keys of ``Visit``."""
    cancelled: bool = False
    driver: Values = field(default_factory=dict)
    """By the keys of ``ResponsibleAdult``."""
    levels: tuple[str, ...] = ()
    """Fractured levels, ``T12``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One person as read from a file, with what hangs on them."""

    place: str
    """Where in the file, in words: "row 17", "entry 3"."""
    values: Values
    """By the keys of ``Patient``."""
    identifiers: tuple[tuple[str, str], ...] = ()
    """System and value of each number that others gave."""
    replaces: tuple[tuple[str, str], ...] = ()
    """Numbers of another record of the same person that is to be merged into this one."""
    contact: Values = field(default_factory=dict)
    """By the keys of ``EmergencyContact``."""
    appointments: tuple[Appointment, ...] = ()
    remarks: tuple[Problem, ...] = ()
    """What of the person could not be read and is left out; nothing else is kept from coming in."""
    date_order: str = ""
    """How dates in ``values`` are written, ``mdy`` or ``dmy``; '' for the clinic's own order."""
    cells: tuple[str, ...] = ()
    """The row as it stands in the file, for the file of refused rows."""
    told_by: str = ""
    """The system that sent the message; what came from it and was not changed here since, it may
    change again. '' for a file that nobody sends twice."""
    told_at: datetime | None = None
    """When it sent the message; without a zone by the clinic's clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A part of a file that cannot be read as a person, and why."""

    place: str
    reasons: tuple[Problem, ...]
    cells: tuple[str, ...] = ()


class Verdict(Enum):
    """What became of one person of a file."""

    ACCEPTED = "accepted"
    """A new patient."""
    MATCHED = "matched"
    """Somebody who was there: empty fields were filled in, nothing was overwritten."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one person of a file, and why; ``sentence`` says each reason in words."""

    place: str
    verdict: Verdict
    patient_id: str = ""
    reasons: tuple[Problem, ...] = ()
    """Of a refusal: what is wrong. Of the others: what was left as it was."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of a file were taken in."""

    accepted: int = 0
    matched: int = 0
    refused: int = 0
    cancelled: bool = False
    """Somebody stopped it: everything counted here is in, the rest of the file is not."""
    failure: AppError | None = None
    """What kept the rest of the file out."""

    @property
    def seen(self) -> int:
        """How many were looked at."""
        return self.accepted + self.matched + self.refused


Progress = Callable[[int], None]
"""Is told how far a job is, in per cent."""
Cancelled = Callable[[], bool]
"""Says whether somebody asked the job to stop."""
OnOutcome = Callable[["Incoming | Refused", Outcome], None]
"""Is told of each person once that can no longer change."""
Intake = Iterable[Incoming | Refused]


class FileKind(Enum):
    """What sort of file people come in."""

    CSV = "csv"
    FHIR = "fhir"
    HL7 = "hl7"


class DateOrder(Enum):
    """How the dates of a file are written."""

    ISO = "iso"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a table is read: recognised by the program, confirmed or changed by a person."""

    encoding: str
    separator: str
    header: bool
    """The first row holds the names of the columns."""
    date_order: DateOrder
    columns: tuple[str, ...]
    """For each column the key it goes to: a key of ``Patient``, ``FULL_NAME``, or '' for none."""


ENCODINGS: dict[str, str] = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 (big endian)",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1 (ISO 8859-1)",
    "mac-roman": "Mac Roman",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "shift_jis": "Shift JIS",
    "euc-kr": "EUC-KR",
}
"""What a table may be written in, with the name that people know; the first six are recognised."""
FULL_NAME = "full_name"
"""Given and family name together, "Doe, Jane" or "Jane Doe"."""
OTHER_NUMBER = "other_number"
"""A number that the other system gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What was recognised of a table: how to read it, and what was odd."""

    reading: Reading
    headers: tuple[str, ...]
    """The names of the columns; "Column 3" where the file gives none."""
    rows: int
    """How many rows there are under the names."""
    sure_of_dates: bool
    """The dates themselves say which number is the day."""
    remarks: tuple[Problem, ...] = ()


class TableWriter(Protocol):
    """Writes patients and visits into two tables."""

    def patient(self, patient: Patient) -> None:
        """Write a patient."""

    def visit(self, patient: Patient, visit: Visit, fractures: Sequence[Fracture]) -> None:
        """Write a visit with the levels of its fractures."""


class RefusalWriter(Protocol):
    """Writes refused rows as they stood in the file."""

    def refused(self, cells: Sequence[str], what_to_do: str) -> None:
        """Write one row."""


class TableFiles(Protocol):
    """Reads and writes tables. The only thing that knows what CSV is."""

    def look(self, path: Path, *, clinic_order: str, progress: Progress | None = None) -> Table:
        """Return what was recognised of a file.

        Raises:
            FileUnusableError: it cannot be read, or there is nothing in it.
        """

    def again(self, path: Path, reading: Reading, *, clinic_order: str) -> Table:
        """Return what was recognised when encoding, separator or header are given."""

    def read(
        self, path: Path, reading: Reading, *, progress: Progress | None = None
    ) -> Iterator[Incoming | Refused]:
        """Yield each row as a person, few of them in memory at a time."""

    def writing_tables(
        self, patients: Path, visits: Path, locality: Locality
    ) -> AbstractContextManager[TableWriter]:
        """Write patients and visits; both files are whole, or nothing changes.

        Raises:
            DiskFullError: there is no room for them.
            FileUnwritableError: they cannot be written there.
        """

    def writing_refusals(
        self, path: Path, headers: Sequence[str]
    ) -> AbstractContextManager[RefusalWriter]:
        """Write rows that were refused, with what to do about each.

        Raises:
            DiskFullError: there is no room for them.
            FileUnwritableError: they cannot be written there.
        """


class MessageFiles(Protocol):
    """Reads files of other systems' messages: FHIR bundles, HL7 v2."""

    def kind_of(self, path: Path) -> FileKind:
        """Return what sort of file it is; a table when it is nothing else.

        Raises:
            FileUnusableError: it cannot be read, or there is nothing in it.
        """

    def read(self, path: Path, kind: FileKind) -> Iterator[Incoming | Refused]:
        """Yield each person of a file."""
