"""Stand-ins for what is outside: a database in memory, a clock that is set, ids that count.

``FakeWork`` keeps the contract of the real database: ``tests/storage/test_contract.py`` asks both.
"""

from collections import Counter
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Generic, Self, TypeVar, cast

from intake_app.domain.audit import Deed, Entry
from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.drafts import Draft
from intake_app.domain.errors import ConflictError, NotFoundError
from intake_app.domain.fields import Record
from intake_app.domain.handing import PrintJob, PrintState
from intake_app.domain.matching import Likeness, Person
from intake_app.domain.matching_compare import best_of, likeness
from intake_app.domain.matching_names import Crowd
from intake_app.domain.matching_traits import traits_of
from intake_app.domain.matching_weights import HOUSEHOLD
from intake_app.domain.patients import Identifier, Patient
from intake_app.domain.ports import Found
from intake_app.domain.sheets import SheetKind, StoredSheet
from intake_app.domain.told import VisitNumber
from intake_app.domain.visits import Visit, VisitState
from intake_app.domain.wording_versions import WordingStage, WordingVersion
from intake_app.storage.search_entry import IndexEntry
from intake_app.storage.search_fit import Judge
from intake_app.storage.search_marks import explain
from intake_app.storage.search_query import read_query
from intake_app.storage.search_rows import Candidate, in_rank

R = TypeVar("R", bound=Record)

ONLY_ONE = {
    "different_people": ("patient_id", "other_id"),
    "identifier": ("system", "value"),
    "visit_number": ("system", "value"),
    "insurance": ("patient_id",),
    "driver": ("visit_id",),
    "imaging": ("visit_id",),
    "pain": ("visit_id",),
    "safety": ("visit_id",),
    "procedure": ("visit_id",),
    "fracture": ("visit_id", "level"),
    "treated_level": ("visit_id", "level"),
    "wording_version": ("wording", "number"),
    "teach_back": ("visit_id", "group"),
}
"""Fields whose values no two rows of a table may share."""

OWNERS = {"version_id": "wording_version"}
"""Tables of owners that are not called like the field."""


@dataclass
class Shelf:
    """Everything a database keeps."""

    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    typed: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    trail: list[Entry] = field(default_factory=list)
    record_numbers: int = 0
    drafts: dict[tuple[str, str, str], Draft] = field(default_factory=dict)
    taken_in: dict[str, str] = field(default_factory=dict)

    def copy(self) -> "Shelf":
        """Return a shelf that can change without changing this one."""
        return Shelf(
            {form: dict(rows) for form, rows in self.tables.items()},
            {place: dict(texts) for place, texts in self.typed.items()},
            list(self.trail),
            self.record_numbers,
            dict(self.drafts),
            dict(self.taken_in),
        )

    def rows(self, form: str) -> dict[str, Record]:
        """Return the rows of one table by id, in the order they were added."""
        return self.tables.setdefault(form, {})


class FakeRecords(Generic[R]):
    """The records of one class on a shelf."""

    def __init__(self, record_type: type[R], shelf: Shelf) -> None:
        self._type = record_type
        self._shelf = shelf
        self._rows = cast("dict[str, R]", shelf.rows(record_type.FORM))

    def get(self, record_id: str) -> R:
        record = self.find(record_id)
        if record is None:
            raise NotFoundError(record_id)
        return record

    def find(self, record_id: str) -> R | None:
        return self._rows.get(record_id)

    def owned_by(self, owner_id: str) -> tuple[R, ...]:
        if not self._type.OWNER:
            raise TypeError(f"{self._type.FORM} has no owner")
        return tuple(row for row in self._rows.values() if self._owner(row) == owner_id)

    def all(self) -> tuple[R, ...]:
        return tuple(self._rows.values())

    def after(self, record_id: str, limit: int) -> tuple[R, ...]:
        rows = list(self._rows)
        start = rows.index(record_id) + 1 if record_id else 0
        return tuple(self._rows[each] for each in rows[start : start + limit])

    def count(self) -> int:
        return len(self._rows)

    def add(self, record: R) -> R:
        if record.id in self._rows:
            raise ConflictError(record.id)
        self._expect_owner(record)
        self._expect_only_one(record)
        added = replace(record, version=1)
        self._rows[record.id] = added
        return added

    def update(self, record: R) -> R:
        self._expect_current(record)
        self._expect_only_one(record)
        saved = replace(record, version=record.version + 1)
        kept = self._rows[record.id]
        self._rows[record.id] = self._owned(saved, self._owner(kept)) if self._type.OWNER else saved
        return saved

    def hand_over(self, record: R, owner_id: str) -> R:
        if not self._type.OWNER:
            raise TypeError(f"{self._type.FORM} has no owner")
        self._expect_current(record)
        kept = replace(self._rows[record.id], version=record.version + 1)
        given = self._owned(kept, owner_id)
        self._expect_owner(given)
        self._expect_only_one(given)
        self._rows[record.id] = given
        return given

    def remove(self, record: R) -> None:
        self._expect_current(record)
        del self._rows[record.id]

    def _owned(self, record: R, owner_id: str) -> R:
        return replace(record, **{self._type.OWNER: owner_id})  # type: ignore[arg-type] # its own field

    def _owner(self, record: R) -> str:
        return str(getattr(record, self._type.OWNER))

    def _expect_current(self, record: R) -> None:
        kept = self._rows.get(record.id)
        if kept is None or kept.version != record.version:
            raise ConflictError(record.id)

    def _expect_owner(self, record: R) -> None:
        owners = OWNERS.get(self._type.OWNER, self._type.OWNER.removesuffix("_id"))
        if owners and self._owner(record) not in self._shelf.rows(owners):
            raise NotFoundError(self._owner(record))

    def _expect_only_one(self, record: R) -> None:
        if isinstance(record, WordingVersion) and record.stage is WordingStage.APPROVED:
            rows = cast("dict[str, WordingVersion]", self._rows).values()
            if any(
                each.wording == record.wording
                and each.stage is WordingStage.APPROVED
                and each.id != record.id
                for each in rows
            ):
                raise ConflictError(record.id)
        keys = ONLY_ONE.get(self._type.FORM, ())
        if not keys or getattr(record, "level", "") == "unknown":
            return
        wanted = [getattr(record, key) for key in keys]
        for row in self._rows.values():
            if row.id != record.id and [getattr(row, key) for key in keys] == wanted:
                raise ConflictError(record.id)


class FakeWork:
    """A unit of work in memory. It may be entered again and again; each time is a transaction."""

    def __init__(self, *, today: date | None = None) -> None:
        self.kept = Shelf()
        """What was committed."""
        self.commits = 0
        self._today = today
        self._shelf: Shelf | None = None
        self._only_reads = False

    def __enter__(self) -> Self:
        if self._shelf is not None:
            raise RuntimeError("a unit of work inside a unit of work")
        self._shelf = self.kept.copy()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shelf = None

    def look(self) -> "FakeWork":
        """Return a transaction on the same database that only reads."""
        looking = copy(self)
        looking._shelf, looking._only_reads = None, True
        return looking

    @property
    def _open(self) -> Shelf:
        if self._shelf is None:
            raise RuntimeError("outside a unit of work")
        return self._shelf

    def records(self, record_type: type[R]) -> FakeRecords[R]:
        return FakeRecords(record_type, self._open)

    def commit(self) -> None:
        if self._only_reads:
            raise RuntimeError("a look writes nothing")
        self.kept = self._open
        self.commits += 1
        self._shelf = None

    def search(self, typed: str, *, limit: int = 20) -> tuple[Found, ...]:
        clinic = self.records(Clinic).find(CLINIC_ID)
        today = self._day
        terms = read_query(typed, date_order=clinic.date_order if clinic else "mdy", today=today)
        if not terms:
            return ()
        judge = Judge(terms, today)
        plain = self._candidates(judge, guess=False)
        found = plain if len(plain) >= limit else self._candidates(judge, guess=True)
        return tuple(self._found(each.entry.patient_id, judge) for each in in_rank(found, limit))

    @property
    def _day(self) -> date:
        return self._today or datetime.now(UTC).date()

    def _candidates(self, judge: Judge, *, guess: bool) -> list[Candidate]:
        candidates = []
        for patient in self.records(Patient).all():
            if patient.merged_into:
                continue
            entry = IndexEntry.of(0, patient, self._absorbed(patient.id))
            cost = judge.fit(entry, guess=guess)
            if cost is not None:
                last_visit, today = self._visits(patient.id)
                day = last_visit.isoformat() if last_visit else ""
                candidates.append(Candidate(entry, day, today, *cost))
        return candidates

    def _absorbed(self, patient_id: str) -> list[Patient]:
        merged = [p for p in self.records(Patient).all() if p.merged_into == patient_id]
        return merged + [each for one in merged for each in self._absorbed(one.id)]

    def _visits(self, patient_id: str) -> tuple[date | None, bool]:
        visits = self.records(Visit).owned_by(patient_id)
        days = [visit.day for visit in visits if visit.day]
        kept = [visit.day for visit in visits if visit.state is not VisitState.CANCELLED]
        return max(days, default=None), self._day in kept

    def recent(self, actor_id: str, *, limit: int = 10) -> tuple[Found, ...]:
        viewed = (
            entry.patient_id
            for entry in reversed(self._open.trail)
            if entry.actor_id == actor_id and entry.deed is Deed.VIEWED
        )
        there = {p.id for p in self.records(Patient).all() if not p.merged_into}
        latest = [each for each in dict.fromkeys(viewed) if each in there]
        return tuple(self._found(each) for each in latest[:limit])

    def _found(self, patient_id: str, judge: Judge | None = None) -> Found:
        patient = self.records(Patient).get(patient_id)
        last_visit, visit_today = self._visits(patient_id)
        line = Found(
            patient_id=patient_id,
            name=patient.list_name,
            birth_date=patient.birth_date,
            record_number=patient.record_number,
            phone=patient.mobile_phone or patient.home_phone,
            last_visit=last_visit,
            visit_today=visit_today,
        )
        if judge is None:
            return line
        absorbed = self._absorbed(patient_id)
        explained = explain(judge, IndexEntry.of(0, patient, absorbed), patient, absorbed)
        return replace(
            line,
            phone=explained.phone,
            other_name=explained.other_name,
            matched=explained.matched,
            marks=explained.marks,
        )

    def likely(
        self, person: Person, *, limit: int = 10, household: float = HOUSEHOLD
    ) -> tuple[Likeness, ...]:
        patients = [each for each in self.records(Patient).all() if not each.merged_into]
        traits = {
            each.id: traits_of(Person.of(each, self.records(Identifier).owned_by(each.id)))
            for each in patients
        }
        words = Counter(word for each in traits.values() for word in {*each.family, *each.given})
        crowd = Crowd(len(patients), lambda word: words[word], household=household)
        asked = traits_of(person)
        compared = (
            likeness(asked, stored, crowd, patient_id=patient_id)
            for patient_id, stored in traits.items()
            if patient_id != person.id
        )
        return best_of((each for each in compared if each is not None), limit)

    def by_identifier(self, system: str, value: str) -> str | None:
        rows = self.records(Identifier).all()
        return next((r.patient_id for r in rows if (r.system, r.value) == (system, value)), None)

    def visit_by_number(self, system: str, value: str) -> str | None:
        rows = self.records(VisitNumber).all()
        return next((r.visit_id for r in rows if (r.system, r.value) == (system, value)), None)

    def by_record_number(self, number: str) -> str | None:
        wanted = number.casefold()
        rows = [row for row in self.records(Patient).all() if row.record_number]
        rows = sorted(rows, key=lambda row: bool(row.merged_into))
        return next((row.id for row in rows if row.record_number.casefold() == wanted), None)

    def taken_in(self, mark: str) -> str | None:
        return self._open.taken_in.get(mark)

    def note_taken_in(self, mark: str, patient_id: str) -> None:
        self._open.taken_in[mark] = patient_id

    def visit_ids_on(self, day: date) -> tuple[str, ...]:
        never = datetime.max.replace(tzinfo=UTC)
        visits = [visit for visit in self.records(Visit).all() if visit.day == day]
        return tuple(v.id for v in sorted(visits, key=lambda v: v.planned_start or never))

    def next_record_number(self) -> str:
        taken = {IndexEntry.of(0, patient).record_number for patient in self.records(Patient).all()}
        while True:
            self._open.record_numbers += 1
            if f"p{self._open.record_numbers:06}" not in taken:
                return f"P-{self._open.record_numbers:06}"

    def typed(self, form: str, record_id: str) -> dict[str, str]:
        return dict(self._open.typed.get((form, record_id), {}))

    def keep_typed(self, form: str, record_id: str, texts: Mapping[str, str]) -> None:
        if texts:
            self._open.typed[form, record_id] = dict(texts)
        else:
            self._open.typed.pop((form, record_id), None)

    def draft(self, form: str, record_id: str, *, actor_id: str) -> Draft | None:
        return self._open.drafts.get((form, record_id, actor_id))

    def drafts_at(self, patient_id: str) -> tuple[Draft, ...]:
        here = [each for each in self._open.drafts.values() if each.patient_id == patient_id]
        return tuple(sorted(here, key=lambda d: (d.started_at, d.form, d.record_id, d.actor_id)))

    def keep_draft(self, draft: Draft) -> None:
        self._open.drafts[draft.form, draft.record_id, draft.actor_id] = draft

    def forget_draft(self, form: str, record_id: str, *, actor_id: str) -> None:
        self._open.drafts.pop((form, record_id, actor_id), None)

    def sheet_by_code(self, code: str) -> StoredSheet | None:
        sheets = self.records(StoredSheet).all()
        return next((sheet for sheet in reversed(sheets) if sheet.check_code == code), None)

    def sheets_of(self, visit_id: str, kind: SheetKind | None = None) -> tuple[StoredSheet, ...]:
        sheets = self.records(StoredSheet).owned_by(visit_id)
        return tuple(sheet for sheet in reversed(sheets) if kind in (None, sheet.kind))

    def prints_of(self, visit_id: str) -> tuple[PrintJob, ...]:
        sheets = {sheet.id for sheet in self.records(StoredSheet).owned_by(visit_id)}
        return tuple(job for job in self.records(PrintJob).all() if job.sheet_id in sheets)

    def open_prints(self) -> tuple[PrintJob, ...]:
        jobs = self.records(PrintJob).all()
        return tuple(job for job in jobs if job.state is PrintState.WAITING)

    def approved_wording(self, wording: str) -> WordingVersion | None:
        versions = self.wording_versions(wording)
        return next((each for each in versions if each.stage is WordingStage.APPROVED), None)

    def wording_versions(self, wording: str) -> tuple[WordingVersion, ...]:
        rows = [each for each in self.records(WordingVersion).all() if each.wording == wording]
        return tuple(sorted(rows, key=lambda each: -each.number))

    def note(self, entry: Entry) -> None:
        self._open.trail.append(entry)

    def trail_of(self, patient_id: str) -> tuple[Entry, ...]:
        return tuple(e for e in reversed(self._open.trail) if e.patient_id == patient_id)

    def trail_after(self, patient_id: str, line: int) -> tuple[int, tuple[Entry, ...]]:
        lines = [
            (number, entry)
            for number, entry in enumerate(self._open.trail, start=1)
            if number > line and entry.patient_id == patient_id
        ]
        return (lines[-1][0] if lines else line), tuple(entry for _, entry in lines)

    def last_line(self, patient_id: str) -> int:
        return self.trail_after(patient_id, 0)[0]


class FakeClock:
    """A clock that stands still until it is put forward."""

    def __init__(self, now: datetime = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, **time: float) -> None:
        """Put the clock forward: ``advance(hours=2)``."""
        self._now += timedelta(**time)


class FakeIds:
    """Ids that count: id-1, id-2."""

    def __init__(self, prefix: str = "id") -> None:
        self._prefix = prefix
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"{self._prefix}-{self._count}"
