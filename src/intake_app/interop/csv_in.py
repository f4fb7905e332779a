"""Tables of patients: recognised, then read row by row as a person has confirmed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from intake_app.domain.exchange import (
    FULL_NAME,
    OTHER_NUMBER,
    DateOrder,
    Incoming,
    Reading,
    Refused,
)
from intake_app.domain.fields import fields_of
from intake_app.domain.language import N_, translated
from intake_app.domain.matching_traits import PARTICLES
from intake_app.domain.names import fold, joined
from intake_app.domain.patients import Patient
from intake_app.domain.reading import clean_text
from intake_app.domain.validation import Problem
from intake_app.interop.csv_columns import is_ours
from intake_app.interop.csv_look import SAMPLE_ROWS, look, rows_in, survey
from intake_app.interop.csv_out import writing_refusals, writing_tables
from intake_app.interop.csv_values import as_meant, reader_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from intake_app.domain.exchange import Progress, RefusalWriter, Table, TableWriter
    from intake_app.domain.reading import Locality
    from intake_app.interop.csv_file import Row


_TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sr", "sra", "mme", "mlle"}
_AFTER_NAMES = {"jr", "sr", "ii", "iii", "iv"}


class CsvFiles:
    """Reads tables; keeps nothing of them."""

    def look(self, path: Path, *, clinic_order: str, progress: Progress | None = None) -> Table:
        """Return what was recognised of a file.

        Raises:
            FileUnusableError: it cannot be read, or there is nothing in it.
        """
        return look(path, clinic_order=clinic_order, progress=progress)

    def again(self, path: Path, reading: Reading, *, clinic_order: str) -> Table:
        """Return what is recognised when encoding, separator and header are given."""
        return survey(path, reading, clinic_order=clinic_order, header=reading.header)

    def read(
        self, path: Path, reading: Reading, *, progress: Progress | None = None
    ) -> Iterator[Incoming | Refused]:
        """Yield each row as a person, few of them in memory at a time.

        Raises:
            FileUnusableError: it cannot be read.
        """
        rows = rows_in(path, reading.encoding, reading.separator, progress=progress)
        headers: tuple[str, ...] = ()
        if reading.header:
            headers = next((row.cells for row in rows if row.problem is None), ())
        people = _People(path, reading, headers)
        for row in rows:
            yield people.person(row)

    def writing_tables(
        self, patients: Path, visits: Path, locality: Locality
    ) -> AbstractContextManager[TableWriter]:
        """Write patients and visits; both files are whole, or nothing changes.

        Raises:
            DiskFullError: there is no room for them.
            FileUnwritableError: they cannot be written there.
        """
        return writing_tables(patients, visits, locality)

    def writing_refusals(
        self, path: Path, headers: Sequence[str]
    ) -> AbstractContextManager[RefusalWriter]:
        """Write rows that were refused, with what to do about each.

        Raises:
            DiskFullError: there is no room for them.
            FileUnwritableError: they cannot be written there.
        """
        return writing_refusals(path, headers)


class _People:
    """Makes a person of each row."""

    def __init__(self, path: Path, reading: Reading, headers: Sequence[str]) -> None:
        self._reading = reading
        self._headers = headers
        self._width = len(reading.columns)
        self._place = translated(N_("row {number}"))
        fields = {field.key: field for field in fields_of(Patient)}
        self._readers: dict[str, Callable[[str], str]] = {
            key: reader_of(fields[key]) for key in reading.columns if key in fields
        }
        if "sex" in self._readers and self._m_is_for_mujer(path):
            self._readers["sex"] = _spanish_sex(self._readers["sex"])

    def person(self, row: Row) -> Incoming | Refused:
        """Return the person in a row."""
        place = self._place.format(number=row.number)
        cells = tuple(map(as_meant, row.cells))
        problem = row.problem
        if problem is None and any(cell.strip() for cell in cells[self._width :]):
            problem = Problem.of("row", "too_many_cells", found=len(cells), expected=self._width)
        if row.problem is not None:
            # Beside the columns: what could not be taken apart belongs to none of them.
            cells = ("",) * self._width + cells
        if problem is not None:
            return Refused(place=place, reasons=(problem,), cells=self._kept(cells))
        values: dict[str, str] = {}
        numbers: list[tuple[str, str]] = []
        for at, (key, cell) in enumerate(zip(self._reading.columns, row.cells, strict=False)):
            if not key or not cell:
                continue
            if key == FULL_NAME:
                values |= split_name(as_meant(cell))
            elif key == OTHER_NUMBER:
                if number := clean_text(as_meant(cell)):
                    numbers.append((self._system(at), number))
            elif text := self._readers[key](cell):
                values[key] = text
        order = self._reading.date_order
        return Incoming(
            place=place,
            values=values,
            identifiers=tuple(numbers),
            date_order="" if order is DateOrder.ISO else order.value,
            cells=self._kept(cells),
        )

    def _system(self, at: int) -> str:
        """Return the name of who gave the numbers of a column."""
        name = self._headers[at].strip() if at < len(self._headers) else ""
        return f"csv:{fold(name) or at + 1}"

    def _kept(self, cells: Sequence[str]) -> tuple[str, ...]:
        """Return the cells without those of our own column."""
        return tuple(
            cell
            for at, cell in enumerate(cells)
            if at >= len(self._headers) or not is_ours(self._headers[at])
        )

    # In Spanish and French H is for a man; beside it M is for a woman (mujer), not for a man.
    def _m_is_for_mujer(self, path: Path) -> bool:
        at = self._reading.columns.index("sex")
        rows = rows_in(path, self._reading.encoding, self._reading.separator)
        first = islice(rows, int(self._reading.header), SAMPLE_ROWS)
        letters = {row.cells[at].strip().casefold() for row in first if at < len(row.cells)}
        return {"h", "m"} <= letters and not {"f", "w"} & letters


def _spanish_sex(otherwise: Callable[[str], str]) -> Callable[[str], str]:
    return lambda cell: "female" if cell.strip().casefold() == "m" else otherwise(cell)


def split_name(text: str) -> dict[str, str]:
    """Return family and given name of "Doe, Jane" or "Jane Doe"; a single word is the family's.

    A title in front is left out; "van der" and "Jr." belong to the family name.
    """
    if "," in text:
        family, _, given = text.partition(",")
        if fold(joined(given)) in _AFTER_NAMES and family.strip():
            return split_name(f"{family} {given}")
    else:
        words = text.split()
        while len(words) > 1 and fold(joined(words[0])) in _TITLES:
            del words[0]
        start = len(words) - 1
        if start > 0 and fold(joined(words[start])) in _AFTER_NAMES:
            start -= 1
        while start > 1 and fold(words[start - 1]) in PARTICLES:
            start -= 1
        given, family = " ".join(words[:start]), " ".join(words[start:])
    parts = {"family_name": family.strip(), "given_name": given.strip()}
    return {key: part for key, part in parts.items() if part}
