"""Patients, visits and refused rows as tables: whole or not at all."""

from __future__ import annotations

import csv
import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from intake_app.domain.errors import DiskFullError, FileUnwritableError
from intake_app.domain.fields import field_of, fields_of
from intake_app.domain.fractures import planned
from intake_app.domain.language import N_, translated
from intake_app.domain.patients import Patient
from intake_app.domain.visits import Visit
from intake_app.interop.csv_columns import WHAT_TO_DO, is_ours, key_of
from intake_app.interop.csv_values import cell_of, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from intake_app.domain.fractures import Fracture
    from intake_app.domain.reading import Locality

_PRIVATE = 0o600
_WHOSE = ("record_number", "family_name", "given_name", "birth_date")
"""What of the patient stands in front of each visit."""
_STATE = N_("State")
_LEVELS = N_("Levels")
_PLANNED = N_("Planned to treat")


class TableWriter:
    """Writes patients and visits into two tables."""

    def __init__(self, patients: RowWriter, visits: RowWriter, locality: Locality) -> None:
        self._patients = patients
        self._visits = visits
        self._locality = locality
        self._fields = fields_of(Patient)
        self._visit_fields = fields_of(Visit)
        self._whose = [field for field in self._fields if field.key in _WHOSE]
        patients.row([translated(field.label) for field in self._fields])
        visits.row(
            [
                *(translated(field.label) for field in (*self._whose, *self._visit_fields)),
                *(translated(name) for name in (_STATE, _LEVELS, _PLANNED)),
            ]
        )

    def patient(self, patient: Patient) -> None:
        """Write a patient."""
        self._patients.row(
            [cell_of(field, getattr(patient, field.key), self._locality) for field in self._fields]
        )

    def visit(self, patient: Patient, visit: Visit, fractures: Sequence[Fracture]) -> None:
        """Write a visit with the levels of its fractures."""
        whose = [cell_of(f, getattr(patient, f.key), self._locality) for f in self._whose]
        said = [cell_of(f, getattr(visit, f.key), self._locality) for f in self._visit_fields]
        levels = ", ".join(row.level.value for row in fractures)
        state = translated(visit.state.label)
        self._visits.row([*whose, *said, state, levels, str(len(planned(fractures)))])


class RowWriter:
    """Writes rows of cells that no spreadsheet program runs."""

    def __init__(self, path: Path) -> None:
        # The mark at the start tells spreadsheet programs that it is UTF-8.
        descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, _PRIVATE)
        self._file = os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_ALL)

    def row(self, cells: Sequence[str]) -> None:
        """Write a row of cells that are harmless already."""
        self._writer.writerow(cells)

    def close(self) -> None:
        """Write everything to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def drop(self) -> None:
        """Let go of the file."""
        with suppress(OSError):
            self._file.close()


@contextmanager
def writing(*paths: Path) -> Iterator[tuple[RowWriter, ...]]:
    """Write tables that take their places once all are whole, and are nowhere before.

    Raises:
        DiskFullError: there is no room for them.
        FileUnwritableError: they cannot be written there.
    """
    parts = [path.with_name(f".{path.name}.part") for path in paths]
    writers: list[RowWriter] = []
    try:
        try:
            for part in parts:
                writers.append(RowWriter(part))
            yield tuple(writers)
            for writer in writers:
                writer.close()
            for part, path in zip(parts, paths, strict=True):
                part.replace(path)
        except BaseException:
            for writer, part in zip(writers, parts, strict=False):
                writer.drop()
                with suppress(OSError):
                    part.unlink()
            raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(errno.errorcode[error.errno]) from error
        raise FileUnwritableError(why=errno.errorcode.get(error.errno or 0, "")) from error


@contextmanager
def writing_tables(patients: Path, visits: Path, locality: Locality) -> Iterator[TableWriter]:
    """Write both tables, or neither."""
    with writing(patients, visits) as (first, second):
        yield TableWriter(first, second, locality)


class RefusalWriter:
    """Writes refused rows as they stood in the file, and what to do about each."""

    def __init__(self, rows: RowWriter, headers: Sequence[str]) -> None:
        self._rows = rows
        self._names = [name for name in headers if not is_ours(name)]
        known = set(map(key_of, self._names))
        self._added: list[str] = []
        if known - {""} and "record_number" not in known:
            # The reason may ask for the number of somebody who is here already.
            self._added.append(translated(field_of(Patient, "record_number").label))
        rows.row([*map(harmless, self._names), *self._added, translated(WHAT_TO_DO)])

    def refused(self, cells: Sequence[str], what_to_do: str) -> None:
        """Write one row."""
        width = len(self._names)
        row = [*cells[:width], *[""] * (width - len(cells)), *[""] * len(self._added)]
        # What stood too far right still does, so that nobody takes the row in as it is.
        self._rows.row([*map(harmless, row), harmless(what_to_do), *map(harmless, cells[width:])])


@contextmanager
def writing_refusals(path: Path, headers: Sequence[str]) -> Iterator[RefusalWriter]:
    """Write refused rows so that the file can be corrected and taken in again."""
    with writing(path) as (rows,):
        yield RefusalWriter(rows, headers)
