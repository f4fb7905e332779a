"""Fill pages from top to bottom: wide blocks across, the others in two even columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from intake_app.documents.page import Frame
from intake_app.documents.pieces import GUTTER, Piece, stack_height

_NEARLY: Final = 0.01
_NOBODY_SEES: Final = 3.0
"""Points by which columns may be uneven."""


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
    across: Callable[[], Section] | None = None
    """The same block as wide as the page, for where nothing is left to stand beside it."""
    height: float = field(init=False)

    def __post_init__(self) -> None:
        """Measure the pieces one under the other."""
        object.__setattr__(self, "height", stack_height(self.pieces))


@dataclass(frozen=True, slots=True)
class Placed:
    """Pieces of a block, one under the other, and where their upper left corner goes."""

    pieces: Sequence[Piece]
    x: float
    top: float
    block: str
    width: float
    band: int
    """Which row of blocks on its page it belongs to, counted from above."""

    @property
    def bottom(self) -> float:
        """The lower edge of the last piece."""
        return self.top - stack_height(self.pieces)


@dataclass(slots=True)
class _Column:
    """What a column of a given height takes: pieces, how far down, and of which block."""

    placed: list[tuple[Sequence[Piece], float, str]] = field(default_factory=list)
    used: float = 0.0

    def add(self, pieces: Sequence[Piece], section: Section) -> None:
        """Put pieces below what is there."""
        down = self.used + (section.gap if self.placed else 0.0)
        self.placed.append((pieces, down, section.block))
        whole = len(pieces) == len(section.pieces)
        self.used = down + (section.height if whole else stack_height(pieces))


@dataclass(frozen=True, slots=True)
class _Filled:
    columns: list[_Column]
    rest: list[Section]

    @property
    def height(self) -> float:
        return max(column.used for column in self.columns)


class Flow:
    """Places sections on as many pages as they need."""

    def __init__(
        self,
        frame_of: Callable[[int], Frame],
        *,
        patience: float,
        cut_from: float,
        company: bool = False,
    ) -> None:
        """Make an empty first page.

        ``patience`` is the height given away to keep blocks whole. A block is cut only where at
        least ``cut_from`` of a column would stay empty. With ``company`` no item of a list stands
        alone on either side of a cut.
        """
        self._frame_of = frame_of
        self._patience = patience
        self._cut_from = cut_from
        self._company = company
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
            foot = min(place.bottom for place in page)
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

    def _check_first(self, sections: Sequence[Section]) -> None:
        if len(self.pages) > 1:
            for section in sections:
                if section.first_page:
                    raise DoesNotFitError(section.block)

    # --- across the page -----------------------------------------------------------------

    def _wide(self, section: Section) -> None:
        while True:
            top = self._start(section)
            room = top - self._frame.bottom
            count = len(section.pieces)
            if section.height > room + _NEARLY:
                count = (
                    _fitting(section.pieces, room, company=self._company)
                    if room >= self._cut_from
                    else 0
                )
            if not count and not self._empty:
                self._next_page()
                continue
            count = count or _fitting(section.pieces, room, careful=False)
            if not count:
                raise DoesNotFitError(section.block)
            self._check_first([section])
            frame, pieces = self._frame, section.pieces[:count]
            page = self.pages[-1]
            page.append(Placed(pieces, frame.left, top, section.block, frame.width, self._band))
            self._top = page[-1].bottom
            self._band += 1
            if count == len(section.pieces):
                return
            section = replace(section, pieces=section.pieces[count:])
            self._next_page()

    # --- two columns ---------------------------------------------------------------------

    def _columns(self, run: list[Section]) -> None:
        while run:
            if len(run) == 1 and run[0].across is not None:
                self._wide(run[0].across())
                return
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
                x = frame.left + number * (width + GUTTER)
                self.pages[-1].extend(
                    Placed(pieces, x, top - down, block, width, self._band)
                    for pieces, down, block in column.placed
                )
            self._top = top - filled.height
            self._band += 1
            run = filled.rest
            if run:
                self._next_page()

    def _balanced(self, run: list[Section], room: float) -> _Filled | None:
        """Return the whole run in two columns as low as they go, or None when it does not fit."""
        whole = _halved(run)
        least = (sum(section.height for section in run) + sum(s.gap for s in run[1:-1])) / 2
        if whole.height <= min(room + _NEARLY, least + self._patience):
            return whole
        cut = self._fill(run, room, cut=True)
        if cut.rest:
            return whole if whole.height <= room + _NEARLY else None
        low, high = least - _NEARLY, cut.height
        while high - low > _NOBODY_SEES:
            middle = (low + high) / 2
            filled = self._fill(run, middle, cut=True)
            if filled.rest:
                low = middle
            else:
                cut, high = filled, min(middle, filled.height)
        if whole.height <= min(room + _NEARLY, cut.height + self._patience):
            return whole
        return cut

    def _fill(self, run: list[Section], height: float, *, cut: bool) -> _Filled:
        columns = [_Column()]
        rest = list(run)
        while rest:
            section = rest[0]
            column = columns[-1]
            gap = section.gap if column.placed else 0.0
            room = height - column.used - gap + _NEARLY
            pieces = section.pieces
            if section.height <= room:
                count = len(pieces)
            elif cut and room >= self._cut_from:
                count = _fitting(pieces, room, company=self._company)
                if not count and self._empty and not column.placed and len(columns) == 1:
                    count = _fitting(pieces, room, careful=False)
            else:
                count = 0
            if count:
                column.add(pieces[:count], section)
                if count == len(pieces):
                    rest.pop(0)
                    continue
                rest[0] = replace(section, pieces=pieces[count:])
            if len(columns) == 2:  # noqa: PLR2004 - there are two
                break
            columns.append(_Column())
        return _Filled(columns, rest)


def _halved(run: Sequence[Section]) -> _Filled:
    """Return a run in two columns without cutting a block: parted where they are most even."""
    down, tops = 0.0, []
    for section in run:
        tops.append(down)
        down += section.height + section.gap
    best, least = 1, float("inf")
    for number in range(1, len(run) + 1):
        left = tops[number] - run[number].gap if number < len(run) else down - run[0].gap
        right = down - run[-1].gap - tops[number] if number < len(run) else 0.0
        if max(left, right) < least:
            best, least = number, max(left, right)
    columns = [_Column()]
    for number, section in enumerate(run):
        if number == best:
            columns.append(_Column())
        columns[-1].add(section.pieces, section)
    return _Filled(columns, [])


def _fitting(
    pieces: Sequence[Piece], room: float, *, careful: bool = True, company: bool = False
) -> int:
    """Return how many pieces may stay above a cut; careful: two at least on either side."""
    count, used = 0, -pieces[0].gap
    for piece in pieces:
        used += piece.gap + piece.height
        if used > room + _NEARLY:
            break
        count += 1
    if careful and 0 < count == len(pieces) - 1:
        count -= 1
    while 0 < count < len(pieces) and _held(pieces[count - 1], company=company):
        count -= 1
    if careful and count < 2 + pieces[0].keep:
        return 0
    return count


def _held(piece: Piece, *, company: bool) -> bool:
    return piece.keep or (company and piece.company)
