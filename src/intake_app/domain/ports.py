"""What the use cases need from outside: a database, a clock, ids, a drawing engine, a printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeVar

from intake_app.domain.fields import Record
from intake_app.domain.matching_weights import HOUSEHOLD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from intake_app.domain.audit import Entry
    from intake_app.domain.drafts import Draft
    from intake_app.domain.handing import PrintJob
    from intake_app.domain.matching import Likeness, Person
    from intake_app.domain.sheets import Sheet, SheetKind, StoredSheet
    from intake_app.domain.wording_versions import WordingVersion

R = TypeVar("R", bound=Record)


class Repository(Protocol[R]):
    """The records of one class, as one transaction sees them."""

    def get(self, record_id: str) -> R:
        """Return the record.

        Raises:
            NotFoundError: there is none with this id.
        """

    def find(self, record_id: str) -> R | None:
        """Return the record, or ``None``."""

    def owned_by(self, owner_id: str) -> tuple[R, ...]:
        """Return the records of one owner, in the order they were added."""

    def all(self) -> tuple[R, ...]:
        """Return every record, in the order they were added."""

    def after(self, record_id: str, limit: int) -> tuple[R, ...]:
        """Return the next records in the order they were added; '' starts at the first.

        For walking over all records with few of them in memory.
        """

    def count(self) -> int:
        """Return how many records there are."""

    def add(self, record: R) -> R:
        """Keep a new record; return it with version 1."""

    def update(self, record: R) -> R:
        """Save every field; return the record with its new version.

        Raises:
            ConflictError: somebody saved it since it was read.
        """

    def hand_over(self, record: R, owner_id: str) -> R:
        """Give the record to another owner, as it stands; return it with its new version.

        ``update`` never does: a form knows nothing of owners.

        Raises:
            ConflictError: somebody saved it since it was read.
            NotFoundError: the new owner is not there.
        """

    def remove(self, record: R) -> None:
        """Delete the record.

        Raises:
            ConflictError: somebody saved it since it was read.
        """


class MatchedBy(Enum):
    """How part of what was typed was found."""

    NAME = "name"
    SPELLING = "spelling"
    SOUND = "sound"
    NICKNAME = "nickname"
    FORMER_NAME = "former_name"
    PREFERRED_NAME = "preferred_name"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    RECORD_NUMBER = "record_number"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Mark:
    """Which part of a result line matched: ``start`` to ``end`` of its name, number or phone."""

    field: str
    """``name``, ``other_name``, ``birth_date``, ``age``, ``record_number`` or ``phone``."""
    start: int = 0
    end: int = 0
    """0 to 0 marks the whole."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a search result."""

    patient_id: str
    name: str
    birth_date: date | None
    record_number: str
    phone: str
    last_visit: date | None
    visit_today: bool = False
    other_name: str = ""
    """The former or preferred name by which the patient was found; '' when by none of these."""
    matched: tuple[MatchedBy, ...] = ()
    marks: tuple[Mark, ...] = ()


class UnitOfWork(Protocol):
    """One transaction. Leaving without ``commit`` rolls everything back."""

    def __enter__(self) -> UnitOfWork:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""

    def records(self, record_type: type[R]) -> Repository[R]:
        """Return the repository of a record class."""

    def commit(self) -> None:
        """Make it durable: after this call a power cut loses nothing of it."""

    # search and lists
    def search(self, typed: str, *, limit: int = 20) -> tuple[Found, ...]:
        """Return patients whose name, birth date, record number or phone match what was typed."""

    def recent(self, actor_id: str, *, limit: int = 10) -> tuple[Found, ...]:
        """Return the patients this person looked at last, latest first."""

    def likely(
        self, person: Person, *, limit: int = 10, household: float = HOUSEHOLD
    ) -> tuple[Likeness, ...]:
        """Return the patients who may be this person, likeliest first; never ``person.id``.

        ``household`` is the most that an address and a family name in common say, in bits.
        """

    def by_identifier(self, system: str, value: str) -> str | None:
        """Return the id of the patient to whom another system gave this number."""

    def visit_by_number(self, system: str, value: str) -> str | None:
        """Return the id of the visit that another system knows under this number."""

    def by_record_number(self, number: str) -> str | None:
        """Return the id of the patient with this record number, in large or small letters."""

    def taken_in(self, mark: str) -> str | None:
        """Return the id of the patient as whom exactly this row of a file was taken in."""

    def note_taken_in(self, mark: str, patient_id: str) -> None:
        """Remember as whom a row of a file was taken in."""

    def visit_ids_on(self, day: date) -> tuple[str, ...]:
        """Return the ids of the visits of a day, by planned start."""

    def next_record_number(self) -> str:
        """Return a record number never given out before."""

    # typed text that is not yet a value
    def typed(self, form: str, record_id: str) -> dict[str, str]:
        """Return the unreadable texts of a form by field key, as they were typed."""

    def keep_typed(self, form: str, record_id: str, texts: Mapping[str, str]) -> None:
        """Replace the unreadable texts of a form; an empty mapping forgets them."""

    # what somebody is typing
    def draft(self, form: str, record_id: str, *, actor_id: str) -> Draft | None:
        """Return what one person has done to one form and not left yet."""

    def drafts_at(self, patient_id: str) -> tuple[Draft, ...]:
        """Return everybody's drafts at one patient, in the order they were begun."""

    def keep_draft(self, draft: Draft) -> None:
        """Put a draft in the place of the one of the same form, record and person."""

    def forget_draft(self, form: str, record_id: str, *, actor_id: str) -> None:
        """Forget a draft; does nothing where there is none."""

    # handed-out sheets
    def sheet_by_code(self, code: str) -> StoredSheet | None:
        """Return the stored sheet with this check code."""

    def sheets_of(self, visit_id: str, kind: SheetKind | None = None) -> tuple[StoredSheet, ...]:
        """Return the sheets of a visit, latest first."""

    # prints
    def prints_of(self, visit_id: str) -> tuple[PrintJob, ...]:
        """Return the prints of the sheets of a visit, in the order they were sent."""

    def open_prints(self) -> tuple[PrintJob, ...]:
        """Return the prints that may still come out by themselves, in the order they were sent."""

    # wording
    def approved_wording(self, wording: str) -> WordingVersion | None:
        """Return the approved version of a wording; there is at most one."""

    def wording_versions(self, wording: str) -> tuple[WordingVersion, ...]:
        """Return every version of a wording, newest first."""

    # trail
    def note(self, entry: Entry) -> None:
        """Write a line of the trail."""

    def trail_of(self, patient_id: str) -> tuple[Entry, ...]:
        """Return the history of one patient, latest first."""

    def trail_after(self, patient_id: str, line: int) -> tuple[int, tuple[Entry, ...]]:
        """Return the lines about one patient after ``line``, and the number of the last one.

        Without such lines the number is ``line``; numbers only grow.
        """

    def last_line(self, patient_id: str) -> int:
        """Return the number of the latest line about one patient; 0 when there is none."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""


class Ids(Protocol):
    """Makes ids."""

    def new(self) -> str:
        """Return an id never used before."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn document."""

    pdf: bytes
    pages: int


class SheetEngine(Protocol):
    """Draws a sheet. The only thing that knows what a PDF is."""

    def draw(self, sheet: Sheet) -> Drawn:
        """Return the document. Equal sheets give equal bytes.

        Raises:
            CannotPrintError: a character no font has, or content that fits no page.
        """

    def stamp_copy(self, pdf: bytes, text: str) -> bytes:
        """Return the same pages with ``text`` ("COPY 22 November 2026, 14:05") in the margin."""

    def join(self, pdf: bytes, more: bytes) -> bytes:
        """Return the pages of both, one document after the other, to be printed together."""

    def missing_characters(self, text: str) -> tuple[str, ...]:
        """Return the characters that no shipped font has."""


class Database(Protocol):
    """The whole database as one file."""

    def changed_elsewhere(self) -> bool:
        """Return whether another window, program or computer saved since the last time asked."""

    def open(self, *, create: bool = True) -> None:
        """Open it, and bring it to this program's schema.

        Raises:
            StorageUnavailableError: it cannot be used; the class says why.
        """

    def backup(self, target: Path) -> None:
        """Write a consistent, checked copy.

        Raises:
            BackupError: it could not be written.
        """
