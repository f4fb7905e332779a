"""A sheet in two languages: each thing said stands beside what it means in the other one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from intake_app.documents.blocks import block_pieces, with_words_beside
from intake_app.documents.pieces import GUTTER, Piece, stacked, turned
from intake_app.documents.tables import label_pieces, table_pieces
from intake_app.domain.sheets import Lines, Paragraph, SpineFigure, Table

if TYPE_CHECKING:
    from intake_app.documents.page import Pen
    from intake_app.documents.pieces import Setter
    from intake_app.domain.sheets import Block, Element

_MOST_NARROW_COLUMNS: Final = 2
_NOTHING: Final = Piece(0.0, 0.0, lambda _pen, _x, _top: None)


@dataclass(frozen=True, slots=True)
class Pair:
    """How the two languages are set: the patient's first."""

    first: Setter
    second: Setter

    def pieces(self, block: Block, other: Block, width: float) -> list[Piece]:
        """Return the rows of a block: its own language at the start, the other one beside it."""
        column = (width - GUTTER) / 2
        if not block.title:  # it stands over the table instead
            other = replace(other, title="")
        titles = replace(block, elements=()), replace(other, elements=())
        rows = self._rows(titles, column)
        ours, theirs = with_words_beside(block.elements), with_words_beside(other.elements)
        for one, two in zip_longest(ours, theirs):
            rows.extend(self._element(block, one, two, width=width))
        return rows

    def _element(
        self, block: Block, one: Element | None, two: Element | None, *, width: float
    ) -> list[Piece]:
        column = (width - GUTTER) / 2
        match one, two:
            case Table(), Table() if _needs_width(one):
                return table_pieces(self.first, one, width, beside=(self.second, two))
            case Lines(), Lines():
                labels = tuple(map(_both, one.labels, two.labels))
                return label_pieces(self.first, labels, width)
            case SpineFigure(), SpineFigure():
                texts = tuple(Paragraph(text) for text in (two.caption, *two.text) if text)
                drawn = block_pieces(self.first, _of(block, one), column)
                said = stacked(block_pieces(self.second, _of(block, *texts), column))
                return [self._row(drawn[0], said, column), *drawn[1:]]
        sides = _of(block, *([one] if one else [])), _of(block, *([two] if two else []))
        return self._rows(sides, column)

    def _rows(self, sides: tuple[Block, Block], column: float) -> list[Piece]:
        ours = block_pieces(self.first, sides[0], column)
        theirs = block_pieces(self.second, sides[1], column)
        return [
            self._row(one, two, column)
            for one, two in zip_longest(ours, theirs, fillvalue=_NOTHING)
        ]

    def _row(self, one: Piece, two: Piece, column: float) -> Piece:
        right = two
        if self.first.letters.leftwards != self.second.letters.leftwards:
            right = turned(two, column)

        def draw(pen: Pen, x: float, top: float) -> None:
            one.draw(pen, x, top)
            right.draw(pen, x + column + GUTTER, top)

        return Piece(
            max(one.height, two.height),
            max(one.gap, two.gap),
            draw,
            keep=one.keep or two.keep,
            company=one.company or two.company,
        )


def _of(block: Block, *elements: Element) -> Block:
    """Return only these elements of a block, without its title."""
    return replace(block, title="", elements=elements, boxed=False)


def _both(one: str, two: str) -> str:
    return one if one == two else f"{one} / {two}"


def _needs_width(table: Table) -> bool:
    return table.writing or max(len(table.head), len(table.widths)) > _MOST_NARROW_COLUMNS
