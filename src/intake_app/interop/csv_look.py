"""Recognise how a table is written: its letters, its separator, its columns, its dates."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from intake_app.domain.errors import (
    FileEmptyError,
    FileNotATableError,
    FileWithoutRowsError,
)
from intake_app.domain.exchange import DateOrder, Reading, Table
from intake_app.domain.language import N_, translated
from intake_app.domain.validation import Problem
from intake_app.interop.csv_columns import (
    looks_like_date,
    looks_like_names,
    match_columns,
)
from intake_app.interop.csv_file import LONGEST, blocks_of, lines_of, opened, rows_of
from intake_app.interop.csv_values import DateOrders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from intake_app.domain.exchange import Progress
    from intake_app.interop.csv_file import Row

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200
SAMPLE_ROWS = 1000
_DATES = 0.6
"""Share of a column's filled cells that look like dates, so that the others are too."""
_WIDE = 0.3
"""Share of empty bytes on one side of every pair that means two bytes to a letter."""
_NAMED_SEPARATOR = "sep="
_NOT_TEXT = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"SQLite format 3", b"GIF8")


# --- letters ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Letters:
    """How the letters of a file are written."""

    encoding: str
    mixed: int = 0
    """How many lines are written in another way than the rest."""
    empty: bool = False
    """There are bytes of nothing in it, which are left out."""


def recognise_letters(path: Path, *, progress: Progress | None = None) -> Letters:
    """Return how a file is written, by reading all of it.

    Raises:
        FileUnusableError: it cannot be read, is empty, or is no text at all.
    """
    with opened(path) as file:
        size = path.stat().st_size
        start = file.read(4096)
        if not start:
            raise FileEmptyError
        if start.startswith(_NOT_TEXT):
            raise FileNotATableError
        for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
            if start.startswith(mark):
                return Letters(encoding)
        even, odd = start[0::2].count(0), start[1::2].count(0)
        if max(even, odd) > _WIDE * len(start) / 2 and max(even, odd) > 4 * min(even, odd):
            return Letters("utf-16-le" if odd > even else "utf-16-be")
        file.seek(0)
        return _count_letters(blocks_of(file, size, progress))


def _count_letters(blocks: Iterable[bytes]) -> Letters:
    """Tell UTF-8 from the encodings of one byte to a letter, line by line."""
    good = bad = 0
    empty = False
    odd: Counter[tuple[bool, int]] = Counter()
    rest = b""
    for block in blocks:
        empty = empty or b"\0" in block
        *lines, rest = (rest + block).split(b"\n")
        if len(rest) > LONGEST:
            rest = b""
        for line in (each for each in lines if not each.isascii() and len(each) <= LONGEST):
            fits = _count_line(line, odd)
            good, bad = good + fits, bad + (not fits)
    if not rest.isascii():
        fits = _count_line(rest, odd)
        good, bad = good + fits, bad + (not fits)
    if not bad:
        return Letters("utf-8", empty=empty)
    if good:
        return Letters("utf-8", mixed=bad, empty=empty)
    return Letters(max(_ONE_BYTE, key=lambda each: _sense(odd, each)), empty=empty)


def _count_line(line: bytes, odd: Counter[tuple[bool, int]]) -> bool:
    """Return whether a line is UTF-8; else count its letters, and which follow a small letter."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        before = 0
        for byte in line:
            if byte > 0x7F:  # noqa: PLR2004 - the end of ASCII
                odd[chr(before).islower(), byte] += 1
            before = byte
        return False
    return True


_ONE_BYTE = ("cp1252", "mac-roman", "latin-1")
"""In the order in which they are believed, where they make the same sense."""


def _sense(odd: Counter[tuple[bool, int]], encoding: str) -> float:
    """Return how much sense the letters make in one encoding."""
    sense = 0.0
    for (after_small, byte), count in odd.items():
        letter = bytes([byte]).decode(encoding, "replace")
        if not letter.isalpha() or letter in "ªºˆƒ":
            sense -= count
        elif after_small and not letter.islower():
            sense -= count / 2
        else:
            sense += count
    return sense


# --- separator and columns --------------------------------------------------------------------


def recognise_separator(lines: Iterable[str]) -> str:
    """Return the separator that parts the lines most evenly."""
    sample = list(islice((line for line in lines if line.strip()), _SAMPLE_LINES))
    named = sample[0].strip().removeprefix(_NAMED_SEPARATOR) if sample else ""
    if len(named) == 1 and sample[0].startswith(_NAMED_SEPARATOR):
        return named
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: Sequence[str], separator: str) -> tuple[float, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator))
    except csv.Error:
        return 0.0, 0
    (width, count), *_ = widths.most_common(1) or [(1, 0)]
    return (count / max(sum(widths.values()), 1) if width > 1 else 0.0), width


def is_separator_line(row: Row) -> bool:
    """Return whether the first row only names the separator for a spreadsheet program."""
    return row.number == 1 and "".join(row.cells).startswith(_NAMED_SEPARATOR)


def rows_in(
    path: Path, encoding: str, separator: str, *, progress: Progress | None = None
) -> Iterator[Row]:
    """Yield the rows of a file, the names of the columns among them."""
    rows = rows_of(lines_of(path, encoding, progress=progress), separator)
    return (row for row in rows if not is_separator_line(row))


def look(path: Path, *, clinic_order: str, progress: Progress | None = None) -> Table:
    """Return what is recognised of a file, by reading all of it twice.

    Raises:
        FileUnusableError: it cannot be read, or there is no row in it.
    """
    tell = progress or (lambda _: None)
    letters = recognise_letters(path, progress=lambda percent: tell(percent // 4))
    lines = lines_of(path, letters.encoding)
    separator = recognise_separator(line for line in islice(lines, _SAMPLE_LINES) if line)
    table = survey(
        path,
        Reading(
            encoding=letters.encoding,
            separator=separator,
            header=True,
            date_order=DateOrder(clinic_order),
            columns=(),
        ),
        clinic_order=clinic_order,
        progress=lambda percent: tell(25 + percent * 3 // 4),
    )
    return replace(table, remarks=(*_remarks(letters), *table.remarks))


def _remarks(letters: Letters) -> list[Problem]:
    remarks = []
    if letters.mixed:
        remarks.append(Problem.of("file", "mixed_encodings", warning=True, count=letters.mixed))
    if letters.empty:
        remarks.append(Problem.of("file", "nul_characters", warning=True))
    return remarks


def survey(
    path: Path,
    reading: Reading,
    *,
    clinic_order: str,
    header: bool | None = None,
    progress: Progress | None = None,
) -> Table:
    """Return columns and dates of a file whose letters and separator are known.

    Raises:
        FileWithoutRowsError: there is no row under the names of the columns.
    """
    rows = rows_in(path, reading.encoding, reading.separator, progress=progress)
    first = next((row for row in rows if row.problem is None), None)
    if first is None:
        raise FileNotATableError
    sample = [first, *islice(rows, SAMPLE_ROWS)]
    named = looks_like_names(sample[0].cells) if header is None else header
    found = []
    headers = _headers(sample[0].cells, named=named)
    if header is None and not named:
        found.append(Problem.of("file", "no_header", warning=True))
    body = [row.cells for row in sample[1 if named else 0 :]]
    if not body:
        raise FileWithoutRowsError
    doubled = [name for name, count in Counter(headers).items() if count > 1]
    found += [Problem.of("file", "same_headers", warning=True, header=name) for name in doubled]
    columns = match_columns(headers if named else [""] * len(headers), body)
    dates = DateOrders()
    dated = _date_columns(body, len(headers))
    count = _look_at_dates(body, dated, dates)
    count += _look_at_dates((row.cells for row in rows), dated, dates)
    order, sure = dates.order(clinic_order)
    if dates.disagree:
        found.append(Problem.of("file", "dates_disagree", warning=True))
    elif not sure:
        found.append(Problem.of("file", "dates_unclear", warning=True))
    return Table(
        reading=Reading(
            encoding=reading.encoding,
            separator=reading.separator,
            header=named,
            date_order=order,
            columns=columns,
        ),
        headers=headers,
        rows=count,
        sure_of_dates=sure,
        remarks=tuple(found),
    )


def _headers(cells: Sequence[str], *, named: bool) -> tuple[str, ...]:
    numbered = translated(N_("Column {number}"))
    return tuple(
        (cell.strip() if named else "") or numbered.format(number=number)
        for number, cell in enumerate(cells, start=1)
    )


def _date_columns(rows: Sequence[Sequence[str]], width: int) -> tuple[int, ...]:
    found = []
    for number in range(width):
        cells = [row[number] for row in rows if number < len(row) and row[number].strip()]
        if cells and sum(map(looks_like_date, cells)) >= _DATES * len(cells):
            found.append(number)
    return tuple(found)


def _look_at_dates(rows: Iterable[Sequence[str]], columns: Iterable[int], dates: DateOrders) -> int:
    """Count what the dates of some columns say; return how many rows there were."""
    count = 0
    for cells in rows:
        count += 1
        for number in columns:
            if number < len(cells):
                dates.look(cells[number])
    return count
