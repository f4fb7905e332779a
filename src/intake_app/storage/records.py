"""The repository of every record class, made from its field table."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from intake_app.domain.errors import ConflictError, NotFoundError
from intake_app.domain.fields import Record
from intake_app.domain.patients import Identifier, Patient
from intake_app.storage.dialect import layout_of
from intake_app.storage.likely_index import keep_keys, keep_keys_of
from intake_app.storage.search_index import (
    forget,
    keep_index,
    keep_survivor,
    sequence_of,
)
from intake_app.storage.session import Session, error_name

if TYPE_CHECKING:
    from collections.abc import Mapping

R = TypeVar("R", bound=Record)


class SqlRecords(Generic[R]):
    """The records of one class in the database, as one transaction sees them."""

    def __init__(self, record_type: type[R], session: Session) -> None:
        self._session = session
        self._layout = layout_of(record_type)
        self._statements = self._layout.statements
        self._owner = record_type.OWNER

    def get(self, record_id: str) -> R:
        """Return the record.

        Raises:
            NotFoundError: there is none with this id.
        """
        record = self.find(record_id)
        if record is None:
            raise NotFoundError(record_id)
        return record

    def find(self, record_id: str) -> R | None:
        """Return the record, or ``None``."""
        row = self._session.one(self._statements.find, {"id": record_id})
        return None if row is None else self._layout.record(row)

    def owned_by(self, owner_id: str) -> tuple[R, ...]:
        """Return the records of one owner, in the order they were added."""
        if not self._owner:
            raise TypeError(f"{self._layout.table} has no owner")
        rows = self._session.all(self._statements.owned_by, {"owner": owner_id})
        return tuple(map(self._layout.record, rows))

    def all(self) -> tuple[R, ...]:
        """Return every record, in the order they were added."""
        return tuple(map(self._layout.record, self._session.all(self._statements.all, {})))

    def after(self, record_id: str, limit: int) -> tuple[R, ...]:
        """Return the next records in the order they were added; '' starts at the first."""
        rows = self._session.all(self._statements.after, {"id": record_id, "limit": limit})
        return tuple(map(self._layout.record, rows))

    def count(self) -> int:
        """Return how many records there are."""
        row = self._session.one(self._statements.count, {})
        return row[0] if row else 0

    def add(self, record: R) -> R:
        """Keep a new record; return it with version 1.

        Raises:
            ConflictError: there is one already where only one may be.
            NotFoundError: the owner is not there.
        """
        added = replace(record, version=1)
        self._change(self._statements.add, self._layout.row(added), added)
        return added

    def update(self, record: R) -> R:
        """Save every field; return the record with its new version.

        Raises:
            ConflictError: somebody saved it since it was read.
        """
        if self._change(self._statements.update, self._layout.row(record), record) != 1:
            raise ConflictError(record.id)
        return replace(record, version=record.version + 1)

    def hand_over(self, record: R, owner_id: str) -> R:
        """Give the record to another owner, as it stands; return it with its new version.

        Raises:
            ConflictError: somebody saved it since it was read.
            NotFoundError: the new owner is not there.
        """
        if not self._owner:
            raise TypeError(f"{self._layout.table} has no owner")
        given = replace(record, **{self._owner: owner_id})  # type: ignore[arg-type] # its own field
        here = {"id": record.id, "version": record.version, "owner": owner_id}
        if self._change(self._statements.hand_over, here, given) != 1:
            raise ConflictError(record.id)
        return self.get(record.id)

    def remove(self, record: R) -> None:
        """Delete the record.

        Raises:
            ConflictError: somebody saved it since it was read.
        """
        here = {"id": record.id, "version": record.version}
        if self._session.execute(self._statements.remove, here) != 1:
            raise ConflictError(record.id)

    def _change(self, sql: str, row: Mapping[str, object], record: R) -> int:
        try:
            return self._session.execute(sql, row)
        except sqlite3.IntegrityError as error:
            match error_name(error):
                case "SQLITE_CONSTRAINT_UNIQUE":
                    raise ConflictError(record.id) from error
                case "SQLITE_CONSTRAINT_FOREIGNKEY":
                    raise NotFoundError(getattr(record, self._owner)) from error
            raise


_NAMES = frozenset(
    {"family_name", "given_name", "middle_name", "preferred_name", "former_name", "birth_date"}
)
_NUMBERS = frozenset({"record_number", "mobile_phone", "home_phone", "merged_into"})
_PLACES = frozenset({"sex", "address_line_1", "address_line_2", "city", "postcode"})
_SEARCHED = _NAMES | _NUMBERS
_COMPARED = _NAMES | _NUMBERS | _PLACES


class SqlPatientRecords(SqlRecords[Patient]):
    """The patients, together with the index of the search box and what is compared of them.

    One for each transaction: nobody else writes meanwhile, so who was read once is remembered.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(Patient, session)
        self._read: dict[str, Patient] = {}

    def find(self, record_id: str) -> Patient | None:
        """Return the patient, or ``None``."""
        if record_id in self._read:
            return self._read[record_id]
        found = super().find(record_id)
        if found is not None:
            self._read[record_id] = found
        return found

    def add(self, record: Patient) -> Patient:
        """Keep a new patient, who can be found from now on."""
        added = super().add(record)
        keep_index(self._session, added)
        keep_keys(self._session, added)
        return added

    def update(self, record: Patient) -> Patient:
        """Save every field; the patient is found by the new names and numbers from now on."""
        before = self.find(record.id)
        if before is None or before.version != record.version:
            raise ConflictError(record.id)
        names = self._layout.differing(before, record)
        row = self._layout.part(record, names)
        if self._change(self._layout.update_of(names), row, record) != 1:
            raise ConflictError(record.id)
        self._read[record.id] = saved = replace(record, version=record.version + 1)
        # Most saves of a form touch neither: looking at the fields is cheaper than at the indexes.
        if not _SEARCHED.isdisjoint(names):
            keep_index(self._session, saved, was_merged_into=before.merged_into)
        if not _COMPARED.isdisjoint(names):
            keep_keys(self._session, saved)
        return saved

    def remove(self, record: Patient) -> None:
        """Delete the patient, who is not found any more."""
        sequence = sequence_of(self._session, record.id)
        super().remove(record)
        self._read.pop(record.id, None)
        forget(self._session, sequence)
        keep_survivor(self._session, record.merged_into)


class SqlIdentifierRecords(SqlRecords[Identifier]):
    """Numbers that other systems gave, by which a person is recognised."""

    def add(self, record: Identifier) -> Identifier:
        """Keep a new number; its patient is recognised by it from now on."""
        added = super().add(record)
        keep_keys_of(self._session, added.patient_id)
        return added

    def update(self, record: Identifier) -> Identifier:
        """Save a changed number; its patient is recognised by that one from now on."""
        saved = super().update(record)
        keep_keys_of(self._session, saved.patient_id)
        return saved

    def hand_over(self, record: Identifier, owner_id: str) -> Identifier:
        """Give the number to another patient, who is recognised by it from now on."""
        given = super().hand_over(record, owner_id)
        keep_keys_of(self._session, record.patient_id)
        keep_keys_of(self._session, owner_id)
        return given

    def remove(self, record: Identifier) -> None:
        """Delete the number; nobody is recognised by it any more."""
        super().remove(record)
        keep_keys_of(self._session, record.patient_id)
