"""Fill pages from top to bottom: wide blocks across, the others in two even columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from intake_app.documents.page import Frame
from intake_app.documents.pieces import GUTTER, Piece, stack_height

_NEARLY: Final = 0.01


class DoesNotFitError(Exception):
    """A piece is taller than a page, or a page-1 block does not fit on page 1."""

    def __init__(self, block: str) -> None:
        super().__init__(block)
        self.block = block


@dataclass(frozen=True, slots=True)
class Section:
    """A block in pieces: across the whole page, or as wide as a column."""

    block: str
    pieces: Sequence[Piece]
    wide: bool
    gap: float
    """White above it, but not at the top of a page or column."""
    first_page: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and where its upper left corner goes."""

    piece: Piece
    x: float
    top: float
    block: str
    width: float
    band: int = 0
    """Which row of blocks on its page it belongs to, counted from above."""


@dataclass(slots=True)
class _Column:
    """What a column of a given height takes."""

    placed: list[tuple[Piece, float, str]] = field(default_factory=list)
    used: float = 0.0


@dataclass(frozen=True, slots=True)
class _Filled:
    columns: list[_Column]
    rest: list[Section]


class Flow:
    """Places sections on as many pages as they need."""

    def __init__(
        self, frame_of: Callable[[int], Frame], *, patience: float, cut_from: float
    ) -> None:
        """Make an empty first page.

        ``patience`` is the height given away to keep blocks whole. A block is cut only where at
        least ``cut_from`` of a column would stay empty.
        """
        self._frame_of = frame_of
        self._patience = patience
        self._cut_from = cut_from
        self.pages: list[list[Placed]] = [[]]
        self._band = 0
        self._top = frame_of(0).top

    def place(self, sections: Sequence[Section]) -> None:
        """Place all sections in their order.

        Raises:
            DoesNotFitError: one does not fit a page, or not page 1 where it must.
        """
        run: list[Section] = []
        for section in sections:
            if section.wide:
                self._columns(run)
                run = []
                self._wide(section)
            else:
                run.append(section)
        self._columns(run)

    def spread(self, most: float) -> None:
        """Share out the white left at the foot of each page, at most ``most`` above each row."""
        for number, page in enumerate(self.pages):
            rows = max((place.band for place in page), default=0)
            if not rows:
                continue
            foot = min(place.top - place.piece.height for place in page)
            share = max(0.0, min(most, (foot - self._frame_of(number).bottom) / rows))
            page[:] = [replace(place, top=place.top - share * place.band) for place in page]

    # --- the current page ----------------------------------------------------------------

    @property
    def _frame(self) -> Frame:
        return self._frame_of(len(self.pages) - 1)

    @property
    def _empty(self) -> bool:
        return not self.pages[-1]

    def _start(self, section: Section) -> float:
        """Return where a section would begin on this page."""
        return self._top - (0.0 if self._empty else section.gap)

    def _next_page(self) -> None:
        self.pages.append([])
        self._band = 0
        self._top = self._frame.top

    def _put(self, piece: Piece, x: float, top: float, block: str, *, width: float) -> None:
        self.pages[-1].append(Placed(piece, x, top, block, width, self._band))

    def _check_first(self, sections: Sequence[Section]) -> None:
        if len(self.pages) > 1:
            for section in sections:
                if section.first_page:
                    raise DoesNotFitError(section.block)

    # --- across the page -----------------------------------------------------------------

    def _wide(self, section: Section) -> None:
        pieces = list(section.pieces)
        while pieces:
            room = self._start(section) - self._frame.bottom
            if stack_height(pieces) <= room + _NEARLY:
                count = len(pieces)
            else:
                count = _fitting(pieces, room) if room >= self._cut_from else 0
            if not count:
                if self._empty:
                    count = _fitting(pieces, room, careful=False)
                    if not count:
                        raise DoesNotFitError(section.block)
                else:
                    self._next_page()
                    continue
            self._check_first([section])
            top = self._start(section)
            for number, piece in enumerate(pieces[:count]):
                if number:
                    top -= piece.gap
                self._put(piece, self._frame.left, top, section.block, width=self._frame.width)
                top -= piece.height
            self._top = top
            self._band += 1
            pieces = pieces[count:]
            if pieces:
                self._next_page()

    # --- two columns ---------------------------------------------------------------------

    def _columns(self, run: list[Section]) -> None:
        while run:
            self._check_first(run)
            top = self._start(run[0])
            room = top - self._frame.bottom
            filled = self._balanced(run, room)
            if filled is None:
                filled = self._fill(run, room, cut=True)
                moved = len(filled.rest) == len(run) and len(filled.rest[0].pieces) == len(
                    run[0].pieces
                )
                if moved:
                    if self._empty:
                        raise DoesNotFitError(run[0].block)
                    self._next_page()
                    continue
            frame = self._frame
            width = (frame.width - GUTTER) / 2
            for number, column in enumerate(filled.columns):
                for piece, down, block in column.placed:
                    x = frame.left + number * (width + GUTTER)
                    self._put(piece, x, top - down, block, width=width)
            self._top = top - max(column.used for column in filled.columns)
            self._band += 1
            run = filled.rest
            if run:
                self._next_page()

    def _balanced(self, run: list[Section], room: float) -> _Filled | None:
        """Return the whole run in two columns as low as they go, or None when it does not fit."""
        cut = self._lowest(run, room, cut=True)
        whole = self._lowest(run, room, cut=False)
        if whole and (cut is None or _height(whole) <= _height(cut) + self._patience):
            return whole
        return cut

    def _lowest(self, run: list[Section], room: float, *, cut: bool) -> _Filled | None:
        best = self._fill(run, room, cut=cut)
        if best.rest:
            return None
        low, high = sum(map(_section_height, run)) / 2 - _NEARLY, _height(best)
        while high - low > 2:  # noqa: PLR2004 - points; nobody sees less
            middle = (low + high) / 2
            filled = self._fill(run, middle, cut=cut)
            if filled.rest:
                low = middle
            else:
                best, high = filled, min(middle, _height(filled))
        return best

    def _fill(self, run: list[Section], height: float, *, cut: bool) -> _Filled:
        columns = [_Column()]
        rest = list(run)
        while rest:
            section = rest[0]
            column = columns[-1]
            gap = section.gap if column.placed else 0.0
            room = height - column.used - gap + _NEARLY
            pieces = section.pieces
            if stack_height(pieces) <= room:
                count = len(pieces)
            elif cut and room >= self._cut_from:
                count = _fitting(pieces, room, careful=bool(column.placed) or len(columns) > 1)
            else:
                count = 0
            if count:
                _add(column, pieces[:count], gap, section.block)
                if count == len(pieces):
                    rest.pop(0)
                    continue
                rest[0] = replace(section, pieces=pieces[count:])
            if len(columns) == 2:  # noqa: PLR2004 - there are two
                break
            columns.append(_Column())
        return _Filled(columns, rest)


def _add(column: _Column, pieces: Sequence[Piece], gap: float, block: str) -> None:
    down = column.used + gap
    for number, piece in enumerate(pieces):
        if number:
            down += piece.gap
        column.placed.append((piece, down, block))
        down += piece.height
    column.used = down


def _height(filled: _Filled) -> float:
    return max(column.used for column in filled.columns)


def _section_height(section: Section) -> float:
    return stack_height(section.pieces)


def _fitting(pieces: Sequence[Piece], room: float, *, careful: bool = True) -> int:
    """Return how many pieces may stay above a cut; careful: two at least on either side."""
    count, used = 0, -pieces[0].gap
    for piece in pieces:
        used += piece.gap + piece.height
        if used > room + _NEARLY:
            break
        count += 1
    if careful and 0 < count == len(pieces) - 1:
        count -= 1
    while count and pieces[count - 1].keep:
        count -= 1
    if careful and count < 2 + pieces[0].keep:
        return 0
    return count
