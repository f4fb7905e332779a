"""Lay a sheet out: which spacing, which page, which column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Final

from intake_app.documents.beside import Pair
from intake_app.documents.blocks import block_pieces, boxed
from intake_app.documents.flow import DoesNotFitError, Flow, Placed, Section
from intake_app.documents.furniture import Furniture
from intake_app.documents.page import (
    FIRST_PAGE_SIZES,
    MARGIN,
    MM,
    PAPER_SIZES,
    SPACINGS,
    Frame,
    Measures,
)
from intake_app.documents.pieces import (
    GUTTER,
    Draw,
    Memory,
    Piece,
    Setter,
    side_by_side,
    stacked,
    turned,
)
from intake_app.documents.qr import draw_qr
from intake_app.documents.tagging import FIGURE, SECTION, TITLE, Tag, part
from intake_app.documents.type import BOLD, Letters
from intake_app.domain.errors import CannotPrintError
from intake_app.domain.sheets import (
    CARDS,
    LETTERS,
    Block,
    Element,
    Lines,
    Sheet,
    SheetKind,
    SpineFigure,
    Table,
    in_reading_order,
)
from intake_app.domain.validation import Problem

if TYPE_CHECKING:
    from intake_app.documents.page import Pen

_EMERGENCY: Final = ("R-1", "A-24")
_CARD: Final = "A-28"
_CONTACTS: Final = "A-26"
_EMERGENCIES: Final = ("A-02", "R-1", "A-24")
_DANGER_SIGNS: Final = (*_EMERGENCIES, "R-2", "A-25")
QR_SIDE: Final = 15.0 * MM
"""With the white around it that scanners need."""
QR_LIFT: Final = 4.0
"""How much of that white may lie over what stands above: there is white as well."""
_HEAVY, _LIGHT, _CUT = 3.0, 1.0, 0.75
_MOST_SPREAD: Final = 10.0
_MOST_NARROW_COLUMNS: Final = 2
_TITLE: Final = -0.5
"""Read after the header and before the first block."""


def lay_out(sheet: Sheet, letters: Letters) -> Layout:
    """Return the airiest layout that needs no more pages than the tightest one.

    Raises:
        CannotPrintError: something does not fit a page, or page 1 where it must stand.
    """
    desk = _Desk(sheet, letters)
    spacings = range(len(SPACINGS[sheet.size]))
    tightest = spacings[-1]
    failed = ""
    for must, size, lean in _ways(sheet):
        way = _Try(tightest, tightest, size, must, lean)
        fewest = desk.fewest(way)
        if isinstance(fewest, DoesNotFitError):
            failed = fewest.block
            continue
        way = fewest.way
        # First the other pages, then page 1: each as airy as the number of pages allows.
        rest = desk.airiest(fewest, [replace(way, rest=number) for number in spacings])
        way = replace(way, rest=rest.way.rest)
        found = desk.airiest(rest, [replace(way, first=number) for number in spacings])
        found.flow.spread(_MOST_SPREAD)
        return found
    raise CannotPrintError([Problem.of("", "does_not_fit", block=failed)])


class _Must(Enum):
    """What has to stand on page 1."""

    ALL = "every block that asks for it"
    CALLS = "main message, danger signs and whom to call"
    ALONE = "main message and danger signs in the reader's language, the other after them"
    DANGER_SIGNS = "main message and danger signs; the clinic's phone is in the header as well"

    def holds(self, block: Block) -> bool:
        """Return whether a block that asks for page 1 has to stand there."""
        if self is _Must.ALL or block.id in _DANGER_SIGNS:
            return True
        return self is _Must.CALLS and block.id == _CONTACTS


def _ways(sheet: Sheet) -> tuple[tuple[_Must, float, bool], ...]:
    """Return what page 1 holds, in which size, and whether its header and foot are lean.

    The best first: size before what is not urgent, danger signs before what the foot says.
    """
    ways = _full_ways(sheet)
    leans = (False, True) if sheet.kind is SheetKind.AFTERCARE else (False,)
    return tuple((must, size, lean) for lean in leans for must, size in ways)


def _full_ways(sheet: Sheet) -> tuple[tuple[_Must, float], ...]:
    full, less, least = FIRST_PAGE_SIZES[sheet.size]
    if sheet.kind in CARDS:
        return ((_Must.ALL, full), (_Must.ALL, less), (_Must.ALL, least), (_Must.CALLS, full))
    ways = (
        (_Must.ALL, full),
        (_Must.CALLS, full),
        (_Must.CALLS, less),
        (_Must.DANGER_SIGNS, full),
        (_Must.CALLS, least),
        (_Must.DANGER_SIGNS, less),
        (_Must.DANGER_SIGNS, least),
    )
    if not sheet.beside:
        return ways
    return (*ways, *((_Must.ALONE, size) for size in (full, less, least)))


@dataclass(frozen=True, slots=True)
class _Try:
    """One way to set a sheet: numbers of spacings, 0 the airiest, and what page 1 holds."""

    first: int
    rest: int
    first_size: float
    must: _Must
    lean: bool
    """Whether header and foot of page 1 leave out what later pages can say."""
    company: bool = True
    """Whether no item of a list may stand alone at the end of a page or column."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with every piece in its place."""

    flow: Flow
    furniture: Furniture
    way: _Try
    paper: tuple[float, float]
    cut_at: float | None = None
    """Height of the line to cut along, for a card of half a page."""

    @property
    def pages(self) -> list[list[Placed]]:
        """What stands on each page."""
        return self.flow.pages


class _Desk:
    """Tries ways to set one sheet."""

    def __init__(self, sheet: Sheet, letters: Letters) -> None:
        self._sheet = sheet
        self._memory = Memory()
        self._letters = letters
        self._spacings = SPACINGS[sheet.size]
        self._blocks = in_reading_order(sheet.blocks)
        self._beside = {block.id: block for block in sheet.beside}
        self._paper = PAPER_SIZES[sheet.paper]
        self._sections: dict[tuple[int, int, float, bool, bool], Section] = {}
        self._furniture: dict[tuple[float, float, bool], Furniture] = {}

    def fewest(self, way: _Try) -> Layout | DoesNotFitError:
        """Return the layout with items in company, unless without it is shorter or fits."""
        company, alone = self.made(way), self.made(replace(way, company=False))
        if isinstance(company, DoesNotFitError):
            return alone
        if isinstance(alone, Layout) and len(alone.pages) < len(company.pages):
            return alone
        return company

    def airiest(self, fewest: Layout, ways: Sequence[_Try]) -> Layout:
        """Return the first layout, from airy to tight, with no more pages than ``fewest``."""
        low, best, number = 0, fewest, len(ways) - 1
        while low < number:
            middle = min((low + number + 1) // 2, number - 1)
            layout = self.made(ways[middle])
            if isinstance(layout, Layout) and len(layout.pages) == len(fewest.pages):
                best, number = layout, middle
            else:
                low = middle + 1
        return best

    def made(self, how: _Try) -> Layout | DoesNotFitError:
        """Return the layout, or what did not fit."""
        sheet, measures = self._sheet, self._spacings[how.rest]
        width, height = self._paper
        half = sheet.kind in CARDS and how.must is _Must.ALL
        paper = Frame(MARGIN, width - MARGIN, height - MARGIN, MARGIN)
        if half:
            paper = replace(paper, bottom=height / 2 + MARGIN / 2)
        furniture = self._furniture_on(paper, measures, lean=how.lean)
        flow = Flow(
            furniture.frame,
            patience=2 * measures.spare_lines * measures.leading(measures.body),
            cut_from=6 * measures.leading(measures.body),
            company=how.company,
        )
        try:
            flow.place(self._sections_of(how, paper.width))
        except DoesNotFitError as error:
            return error
        if half and len(flow.pages) > 1:
            return DoesNotFitError(sheet.title)
        return Layout(flow, furniture, how, (width, height), height / 2 if half else None)

    def _furniture_on(self, paper: Frame, measures: Measures, *, lean: bool) -> Furniture:
        """Return header and foot; their sizes do not depend on the spacing."""
        key = (paper.bottom, measures.lead, lean)
        if key not in self._furniture:
            setter = self._setter(measures)
            self._furniture[key] = Furniture(setter, self._sheet, paper, lean=lean)
        return self._furniture[key]

    def _setter(self, measures: Measures) -> Setter:
        return Setter(self._letters, measures, memory=self._memory, words=self._sheet.words)

    def _sections_of(self, how: _Try, width: float) -> list[Section]:
        sheet = self._sheet
        first = self._spacings[how.first]
        title = self._title(self._setter(first), width)
        sections = [Section(sheet.title, title, wide=True, gap=first.block_gap, first_page=True)]
        later: list[Section] = []
        for number, block in enumerate(self._blocks):
            card = sheet.kind in CARDS
            must = block.first_page and how.must.holds(block)
            spacing = how.first if block.first_page or card else how.rest
            size = how.first_size if must or card else 0.0
            alone = how.must is _Must.ALONE and must
            key = (number, spacing, size, must, alone)
            section = self._sections.get(key)
            if section is None:
                measures = self._spacings[spacing]
                setter = self._setter(measures.stepped(size) if size else measures)
                setter = setter.under(part(number, title=block.heading))
                section = self._sections[key] = self._section(
                    setter, block, width, must=must, alone=alone
                )
            if not must:
                sections += later
                later = []
            sections.append(section)
            if alone and block.id in self._beside:
                later.append(self._translation(how, number, block, width))
        return [*sections, *later]

    def _translation(self, how: _Try, number: int, block: Block, width: float) -> Section:
        """Return a block of page 1 in the other language, for a later page."""
        language = self._sheet.beside_language
        tag = part(number + 0.5, language=language)
        setter = self._setter(self._spacings[how.rest]).under(tag).reading(language)
        section = self._section(setter, self._beside[block.id], width, must=False, alone=True)
        if setter.letters.leftwards == self._letters.leftwards:
            return section
        return replace(section, pieces=[turned(piece, width) for piece in section.pieces])

    def _section(
        self, setter: Setter, block: Block, width: float, *, must: bool, alone: bool = False
    ) -> Section:
        sheet, gap = self._sheet, setter.measures.block_gap
        if block.boxed or block.id == _CARD:
            weight = _HEAVY if block.id in _EMERGENCY else _CUT if block.id == _CARD else _LIGHT
            dash = (5.0, 4.0) if block.id == _CARD else None
            made = partial(self._pieces, setter, block, alone=alone)
            box = boxed(setter, made, width, weight=weight, dash=dash)
            return Section(block.title, [box], wide=True, gap=gap, first_page=must)
        if sheet.beside and not (alone and must):
            pieces = self._pieces(setter, block, width, alone=alone)
            return Section(block.title, pieces, wide=True, gap=gap, first_page=must)
        column = (width - GUTTER) / 2
        wide = (
            column < setter.shortest_line
            or sheet.kind in CARDS | LETTERS
            or any(map(_needs_width, block.elements))
        )
        pieces = block_pieces(setter, block, width if wide else column)
        section = Section(block.title, pieces, wide=wide, gap=gap, first_page=must)
        if wide or not any(isinstance(element, SpineFigure) for element in block.elements):
            return section

        def across() -> Section:
            return replace(
                section, pieces=block_pieces(setter, block, width), wide=True, across=None
            )

        return replace(section, across=across)

    def _pieces(
        self, setter: Setter, block: Block, width: float, *, alone: bool = False
    ) -> list[Piece]:
        """Return the pieces of a block, with the other language beside it where there is one."""
        other = self._beside.get(block.id)
        if other is None or alone:
            return block_pieces(setter, block, width)
        language = self._sheet.beside_language
        own, tag = setter.tag.child(SECTION), setter.tag.child(SECTION)
        tag.language = language
        pair = Pair(setter.under(own), setter.under(tag).reading(language))
        return pair.pieces(block, other, width)

    def _title(self, setter: Setter, width: float) -> list[Piece]:
        sheet, measures = self._sheet, setter.measures
        room = width - (QR_SIDE + 8 if sheet.check_code else 0.0)
        setter = setter.under(part(_TITLE))
        title = setter.tag.child(TITLE)
        pieces = [setter.text(sheet.title, room, size=measures.title, font=BOLD, tag=title)]
        if sheet.subtitle:
            pieces.append(setter.text(sheet.subtitle, room, size=measures.body))
        if sheet.notice:
            pieces.append(setter.text(sheet.notice, room, size=measures.body, font=BOLD))
        words = stacked(pieces)
        if not sheet.check_code:
            return [words]
        tag = setter.tag.child(FIGURE, alt=setter.words.qr.format(code=sheet.check_code))
        square = Piece(QR_SIDE - 2 * QR_LIFT, 0.0, _qr(f"SI:{sheet.check_code}", tag))
        return [side_by_side(words, square, shift=width - QR_SIDE, gap=0.0)]


def _qr(content: str, tag: Tag) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        left, upper = x + QR_LIFT, top + QR_LIFT
        with pen.unturned(left, QR_SIDE), pen.tagged(tag):
            tag.box = (pen.at(left), upper - QR_SIDE, pen.at(left + QR_SIDE), upper)
            draw_qr(pen, content, x=left, top=upper, side=QR_SIDE)

    return draw


def _needs_width(element: Element) -> bool:
    if isinstance(element, Lines):
        return True
    return isinstance(element, Table) and (
        element.writing or (len(element.head) > _MOST_NARROW_COLUMNS and len(element.rows) > 1)
    )
