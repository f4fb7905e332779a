"""One transaction on the database: the records, the lists, the typed texts, the trail."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self, TypeVar, cast

from intake_app.domain.audit import Deed, Entry, FieldChange
from intake_app.domain.fields import Record
from intake_app.domain.handing import PrintJob
from intake_app.domain.matching_weights import HOUSEHOLD
from intake_app.domain.patients import Identifier, Patient
from intake_app.domain.sheets import StoredSheet
from intake_app.domain.wording_versions import WordingVersion
from intake_app.storage import drafts
from intake_app.storage.dialect import utc_text
from intake_app.storage.records import SqlIdentifierRecords, SqlPatientRecords, SqlRecords
from intake_app.storage.search import found_patient, search

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from types import TracebackType

    from intake_app.domain.drafts import Draft
    from intake_app.domain.matching import Likeness, Person
    from intake_app.domain.ports import Found
    from intake_app.domain.sheets import SheetKind
    from intake_app.storage.session import Row, Session

R = TypeVar("R", bound=Record)

_VIEWED = """
    SELECT patient_id FROM trail
    WHERE actor_id = :actor_id AND deed = 'viewed' AND patient_id <> '' ORDER BY sequence DESC"""
_VISITS_ON = """
    SELECT id FROM visit WHERE day = :day
    ORDER BY planned_start IS NULL, planned_start, sequence"""
_BY_IDENTIFIER = "SELECT patient_id FROM identifier WHERE system = :system AND value = :value"
_VISIT_BY_NUMBER = "SELECT visit_id FROM visit_number WHERE system = :system AND value = :value"
_BY_RECORD_NUMBER = """
    SELECT id FROM patient WHERE record_number = :number COLLATE NOCASE AND record_number <> ''
    ORDER BY merged_into <> '', sequence LIMIT 1"""
_TAKEN_IN = "SELECT patient_id FROM taken_in WHERE mark = :mark"
_NOTE_TAKEN_IN = """
    INSERT INTO taken_in (mark, patient_id) VALUES (:mark, :patient_id)
    ON CONFLICT (mark) DO UPDATE SET patient_id = excluded.patient_id"""
_COUNT = "UPDATE counter SET value = value + 1 WHERE name = :name"
_COUNTED = "SELECT value FROM counter WHERE name = :name"
_NUMBER_TAKEN = """
    SELECT 1 FROM patient_index WHERE record_number = :folded
    UNION ALL SELECT 1 FROM patient WHERE record_number = :number COLLATE NOCASE"""
_TYPED = "SELECT texts FROM typed WHERE form = :form AND record_id = :record_id"
_FORGET_TYPED = "DELETE FROM typed WHERE form = :form AND record_id = :record_id"
_KEEP_TYPED = """
    INSERT INTO typed (form, record_id, texts) VALUES (:form, :record_id, :texts)
    ON CONFLICT (form, record_id) DO UPDATE SET texts = excluded.texts
    WHERE texts <> excluded.texts"""
_NOTE = """
    INSERT INTO trail (at, actor_id, deed, record_table, record_id, patient_id, changes)
    VALUES (:at, :actor_id, :deed, :record_table, :record_id, :patient_id, :changes)"""
_TRAIL = """
    SELECT at, actor_id, deed, record_table, record_id, patient_id, changes FROM trail
    WHERE patient_id = :patient_id AND patient_id <> '' ORDER BY sequence DESC"""
_TRAIL_AFTER = """
    SELECT sequence, at, actor_id, deed, record_table, record_id, patient_id, changes FROM trail
    WHERE patient_id = :patient_id AND patient_id <> '' AND sequence > :line ORDER BY sequence"""
_LAST_LINE = """
    SELECT sequence FROM trail WHERE patient_id = :patient_id AND patient_id <> ''
    ORDER BY sequence DESC LIMIT 1"""
_APPROVED_WORDING = "SELECT id FROM wording_version WHERE wording = :wording AND stage = 'approved'"
_WORDING_VERSIONS = "SELECT id FROM wording_version WHERE wording = :wording ORDER BY number DESC"
_SHEET_BY_CODE = "SELECT id FROM sheet WHERE check_code = :code ORDER BY sequence DESC LIMIT 1"

_PRINTS_OF = """
    SELECT print_job.id FROM print_job JOIN sheet ON sheet.id = print_job.sheet_id
    WHERE sheet.visit_id = :visit_id ORDER BY print_job.sequence"""
_OPEN_PRINTS = "SELECT id FROM print_job WHERE state = 'waiting' ORDER BY sequence"


class SqliteWork:
    """One transaction. Leaving without ``commit`` rolls everything back."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._patients: SqlPatientRecords | None = None

    def __enter__(self) -> Self:
        """Begin."""
        self._patients = None
        self._begin()
        return self

    def _begin(self) -> None:
        self._session.begin()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed."""
        self._session.roll_back()

    def commit(self) -> None:
        """Make it durable: after this call a power cut loses nothing of it."""
        self._session.commit()

    def records(self, record_type: type[R]) -> SqlRecords[R]:
        """Return the repository of a record class."""
        if record_type is Patient:
            if self._patients is None:
                self._patients = SqlPatientRecords(self._session)
            return cast("SqlRecords[R]", self._patients)
        if record_type is Identifier:
            return cast("SqlRecords[R]", SqlIdentifierRecords(Identifier, self._session))
        return SqlRecords(record_type, self._session)

    def search(self, typed: str, *, limit: int = 20) -> tuple[Found, ...]:
        """Return patients whose name, birth date, record number or phone match what was typed."""
        return search(self._session, typed, limit=limit, now=datetime.now(UTC))

    def recent(self, actor_id: str, *, limit: int = 10) -> tuple[Found, ...]:
        """Return the patients this person looked at last, latest first."""
        latest: dict[str, Found] = {}
        for (patient_id,) in self._session.each(_VIEWED, {"actor_id": actor_id}):
            if len(latest) >= limit:
                break
            if patient_id in latest:
                continue
            found = found_patient(self._session, patient_id, now=datetime.now(UTC))
            if found is not None:
                latest[patient_id] = found
        return tuple(latest.values())

    def likely(
        self, person: Person, *, limit: int = 10, household: float = HOUSEHOLD
    ) -> tuple[Likeness, ...]:
        """Return the patients who may be this person, likeliest first; never ``person.id``."""
        from intake_app.storage.likely import likely

        return likely(self._session, person, limit=limit, household=household)

    def by_identifier(self, system: str, value: str) -> str | None:
        """Return the id of the patient to whom another system gave this number."""
        row = self._session.one(_BY_IDENTIFIER, {"system": system, "value": value})
        return None if row is None else str(row[0])

    def visit_by_number(self, system: str, value: str) -> str | None:
        """Return the id of the visit that another system knows under this number."""
        row = self._session.one(_VISIT_BY_NUMBER, {"system": system, "value": value})
        return None if row is None else str(row[0])

    def by_record_number(self, number: str) -> str | None:
        """Return the id of the patient with this record number, in large or small letters."""
        row = self._session.one(_BY_RECORD_NUMBER, {"number": number})
        return None if row is None else str(row[0])

    def taken_in(self, mark: str) -> str | None:
        """Return the id of the patient as whom exactly this row of a file was taken in."""
        row = self._session.one(_TAKEN_IN, {"mark": mark})
        return None if row is None else str(row[0])

    def note_taken_in(self, mark: str, patient_id: str) -> None:
        """Remember as whom a row of a file was taken in."""
        self._session.execute(_NOTE_TAKEN_IN, {"mark": mark, "patient_id": patient_id})

    def visit_ids_on(self, day: date) -> tuple[str, ...]:
        """Return the ids of the visits of a day, by planned start; those without one come last."""
        rows = self._session.all(_VISITS_ON, {"day": day.isoformat()})
        return tuple(visit_id for (visit_id,) in rows)

    def next_record_number(self) -> str:
        """Return a record number never given out before, and not typed by anybody either."""
        counter = {"name": "record_number"}
        while True:
            self._session.execute(_COUNT, counter)
            row = self._session.one(_COUNTED, counter)
            assert row is not None
            asked = {"folded": f"p{row[0]:06}", "number": f"P-{row[0]:06}"}
            if self._session.one(_NUMBER_TAKEN, asked) is None:
                return f"P-{row[0]:06}"

    def typed(self, form: str, record_id: str) -> dict[str, str]:
        """Return the unreadable texts of a form by field key, as they were typed."""
        row = self._session.one(_TYPED, {"form": form, "record_id": record_id})
        return dict(json.loads(row[0])) if row else {}

    def keep_typed(self, form: str, record_id: str, texts: Mapping[str, str]) -> None:
        """Replace the unreadable texts of a form; an empty mapping forgets them."""
        place = {"form": form, "record_id": record_id}
        if texts:
            kept = json.dumps(dict(texts), separators=(",", ":"))
            self._session.execute(_KEEP_TYPED, {**place, "texts": kept})
        else:
            self._session.execute(_FORGET_TYPED, place)

    def draft(self, form: str, record_id: str, *, actor_id: str) -> Draft | None:
        """Return what one person has done to one form and not left yet."""
        return drafts.draft(self._session, form, record_id, actor_id=actor_id)

    def drafts_at(self, patient_id: str) -> tuple[Draft, ...]:
        """Return everybody's drafts at one patient, in the order they were begun."""
        return drafts.drafts_at(self._session, patient_id)

    def keep_draft(self, draft: Draft) -> None:
        """Put a draft in the place of the one of the same form, record and person."""
        drafts.keep_draft(self._session, draft)

    def forget_draft(self, form: str, record_id: str, *, actor_id: str) -> None:
        """Forget a draft; does nothing where there is none."""
        drafts.forget_draft(self._session, form, record_id, actor_id=actor_id)

    def sheet_by_code(self, code: str) -> StoredSheet | None:
        """Return the stored sheet with this check code; the latest, if it was made twice."""
        row = self._session.one(_SHEET_BY_CODE, {"code": code})
        return None if row is None else self.records(StoredSheet).get(row[0])

    def sheets_of(self, visit_id: str, kind: SheetKind | None = None) -> tuple[StoredSheet, ...]:
        """Return the sheets of a visit, latest first."""
        sheets = self.records(StoredSheet).owned_by(visit_id)
        return tuple(sheet for sheet in reversed(sheets) if kind in (None, sheet.kind))

    def prints_of(self, visit_id: str) -> tuple[PrintJob, ...]:
        """Return the prints of the sheets of a visit, in the order they were sent."""
        return self._prints(_PRINTS_OF, {"visit_id": visit_id})

    def open_prints(self) -> tuple[PrintJob, ...]:
        """Return the prints that may still come out by themselves, in the order they were sent."""
        return self._prints(_OPEN_PRINTS, {})

    def _prints(self, sql: str, parameters: Mapping[str, str]) -> tuple[PrintJob, ...]:
        jobs = self.records(PrintJob)
        return tuple(jobs.get(job_id) for (job_id,) in self._session.all(sql, parameters))

    def approved_wording(self, wording: str) -> WordingVersion | None:
        """Return the approved version of a wording; there is at most one."""
        row = self._session.one(_APPROVED_WORDING, {"wording": wording})
        return None if row is None else self.records(WordingVersion).get(row[0])

    def wording_versions(self, wording: str) -> tuple[WordingVersion, ...]:
        """Return every version of a wording, newest first."""
        rows = self._session.all(_WORDING_VERSIONS, {"wording": wording})
        return tuple(self.records(WordingVersion).get(version_id) for (version_id,) in rows)

    def note(self, entry: Entry) -> None:
        """Write a line of the trail."""
        changes = [(change.key, change.before, change.after) for change in entry.changes]
        self._session.execute(
            _NOTE,
            {
                "at": utc_text(entry.at),
                "actor_id": entry.actor_id,
                "deed": entry.deed.value,
                "record_table": entry.table,
                "record_id": entry.record_id,
                "patient_id": entry.patient_id,
                "changes": json.dumps(changes, separators=(",", ":")),
            },
        )

    def trail_of(self, patient_id: str) -> tuple[Entry, ...]:
        """Return the history of one patient, latest first."""
        return tuple(map(_entry, self._session.all(_TRAIL, {"patient_id": patient_id})))

    def trail_after(self, patient_id: str, line: int) -> tuple[int, tuple[Entry, ...]]:
        """Return the lines about one patient after ``line``, and the number of the last one."""
        rows = self._session.all(_TRAIL_AFTER, {"patient_id": patient_id, "line": line})
        return (rows[-1][0] if rows else line), tuple(_entry(row[1:]) for row in rows)

    def last_line(self, patient_id: str) -> int:
        """Return the number of the latest line about one patient; 0 when there is none."""
        row = self._session.one(_LAST_LINE, {"patient_id": patient_id})
        return int(row[0]) if row else 0


class SqliteLook(SqliteWork):
    """A transaction that only reads: others may write meanwhile, and do not wait for it."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the database.

        Raises:
            RuntimeError: something was written, and is not kept.
        """
        written = self._session.has_written
        super().__exit__(kind, error, trace)
        if written and error is None:
            raise RuntimeError("a look writes nothing")

    def commit(self) -> None:
        """Refuse: there is nothing to keep."""
        raise RuntimeError("a look writes nothing")

    def _begin(self) -> None:
        self._session.begin_reading()


def _entry(row: Row) -> Entry:
    at, actor_id, deed, table, record_id, patient_id, changes = row
    return Entry(
        at=datetime.fromisoformat(at),
        actor_id=actor_id,
        deed=Deed(deed),
        table=table,
        record_id=record_id,
        patient_id=patient_id,
        changes=tuple(FieldChange(*change) for change in json.loads(changes)),
    )
