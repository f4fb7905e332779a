"""A table as bytes on the disk: lines in whatever encoding, rows of cells, nothing too large."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, AnyStr, BinaryIO

from intake_app.domain.errors import (
    FileEmptyError,
    FileForbiddenError,
    FileIsFolderError,
    FileMissingError,
    FileUnusableError,
)
from intake_app.domain.validation import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from intake_app.domain.exchange import Progress

LONGEST = 131_072
"""Characters of a row; the longest patient has a tenth of it."""
_MOST_LINES = 30
"""Lines that one row may go over, in quotation marks."""
_BLOCK = 65_536
QUOTE = '"'


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file that was chosen.

    Raises:
        FileUnusableError: it cannot be read; the class says why.
    """
    try:
        if path.is_dir():
            raise FileIsFolderError
        if path.exists() and not path.is_file():
            raise FileUnusableError
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise FileMissingError(str(error.errno)) from error
    except PermissionError as error:
        raise FileForbiddenError(str(error.errno)) from error
    except OSError as error:
        raise FileUnusableError(str(error.errno)) from error


def blocks_of(file: BinaryIO, size: int, progress: Progress | None) -> Iterator[bytes]:
    """Yield a file piece by piece, and tell how far it is."""
    done, told = 0, -1
    while block := file.read(_BLOCK):
        yield block
        done += len(block)
        percent = min(100, done * 100 // max(size, 1))
        if progress is not None and percent != told:
            told = percent
            progress(percent)


def lines_of(
    path: Path, encoding: str, *, progress: Progress | None = None
) -> Iterator[str | None]:
    """Yield the lines of a file; ``None`` for one that is far too long, which is not kept.

    Raises:
        FileUnusableError: it cannot be read, or there is nothing in it.
    """
    with opened(path) as file:
        size = path.stat().st_size
        if not size:
            raise FileEmptyError
        blocks = blocks_of(file, size, progress)
        if encoding.startswith("utf-16"):
            for text in _split(_decoded(blocks, encoding), "\n", "\r"):
                yield None if text is None else text.removeprefix("\ufeff")
            return
        first = True
        for raw in _split(blocks, b"\n", b"\r"):
            if first and raw is not None:
                raw = raw.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901 - only of the first line
            first = False
            yield None if raw is None else decoded(raw, encoding)


def decoded(raw: bytes, encoding: str) -> str:
    """Return one line as text; a line in another encoding than the rest is read in its own."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _decoded(blocks: Iterable[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in blocks:
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _split(blocks: Iterable[AnyStr], newline: AnyStr, carriage: AnyStr) -> Iterator[AnyStr | None]:
    """Yield lines without their ends; ``None`` for a line of more than ``LONGEST``."""
    nothing = newline[:0]
    buffer, skipping, chosen = nothing, False, False
    for block in blocks:
        if not chosen and (newline in block or carriage in block):
            chosen = True
            # An old Macintosh ends its lines with a carriage return alone.
            newline = newline if newline in block else carriage
        parts = (buffer + block).split(newline)
        buffer = parts.pop()
        for line in parts:
            yield None if skipping or len(line) > LONGEST else line.rstrip(carriage)
            skipping = False
        if len(buffer) > LONGEST:
            buffer, skipping = nothing, True
    if buffer or skipping:
        yield None if skipping else buffer.rstrip(carriage)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells, or why it has none."""

    number: int
    """Counted as a spreadsheet counts: the names of the columns are row 1."""
    cells: tuple[str, ...]
    problem: Problem | None = None


def rows_of(lines: Iterable[str | None], separator: str) -> Iterator[Row]:
    """Yield rows; a cell in quotation marks may go over several lines. Empty rows are left out."""
    source = _Lines(lines)
    for number, line in enumerate(source, start=1):
        if line is None:
            yield Row(number, (), Problem.of("row", "row_too_long", size=f"> {LONGEST // 1024} kB"))
        elif QUOTE not in line:
            if line.strip():
                yield Row(number, tuple(line.split(separator)))
        else:
            yield _quoted_row(number, line, source, separator)


class _Lines:
    """Lines that can be given back."""

    def __init__(self, lines: Iterable[str | None]) -> None:
        self._lines = iter(lines)
        self._back: deque[str | None] = deque()

    def __iter__(self) -> Iterator[str | None]:
        while True:
            try:
                yield self.next()
            except StopIteration:
                return

    def next(self) -> str | None:
        """Return the next line.

        Raises:
            StopIteration: there is none.
        """
        return self._back.popleft() if self._back else next(self._lines)

    def give_back(self, lines: Iterable[str | None]) -> None:
        """Let these lines be the next ones."""
        self._back.extendleft(reversed(list(lines)))


def _quoted_row(number: int, line: str, source: _Lines, separator: str) -> Row:
    taken: list[str] = [line]
    more: list[str | None] = []
    length = len(line)
    while True:
        text = "\n".join(taken)
        try:
            return Row(number, _cells(text, separator, strict=True))
        except csv.Error as error:
            if "unexpected end" not in str(error):
                if len(taken) == 1:
                    break
                # The mark that ends here belongs to a later row.
                source.give_back(more)
                return Row(number, (line,), Problem.of("row", "quote_never_closed"))
        try:
            following = source.next()
        except StopIteration:
            following = None
        else:
            more.append(following)
        length += len(following or "")
        if following is None or len(taken) == _MOST_LINES or length > LONGEST:
            source.give_back(more)
            return Row(number, (line,), Problem.of("row", "quote_never_closed"))
        taken.append(following)
    try:
        # A quotation mark in the middle of a cell stands for itself.
        return Row(number, _cells(text, separator, strict=False))
    except csv.Error:
        return Row(number, (line,), Problem.of("row", "quote_never_closed"))


def _cells(text: str, separator: str, *, strict: bool) -> tuple[str, ...]:
    reader = csv.reader([text], delimiter=separator, strict=strict, skipinitialspace=True)
    return tuple(next(reader, ()))
