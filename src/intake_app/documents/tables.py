"""Tables, and labels with a rule to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from intake_app.documents.pieces import GUTTER, Piece, Setter, side_by_side
from intake_app.documents.tagging import CELL, HEAD_CELL, PARAGRAPH, ROW, SPAN, TABLE, Tag
from intake_app.documents.type import BOLD, REGULAR
from intake_app.domain.sheets import Table

if TYPE_CHECKING:
    from intake_app.documents.page import Pen

_CELL: Final = 5.0


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says, in which font, how tall it is at least, and what its cells are."""

    cells: Sequence[str]
    font: str
    tags: Sequence[Tag]
    least: float = 0.0


def table_pieces(setter: Setter, table: Table, width: float) -> list[Piece]:
    """Return the rows of a table, its head first; they stay together where a page has room."""
    if len(table.rows) == 1 and table.head and width < setter.shortest_line * 2:
        table = _turned(table)
    widths = _column_widths(setter, table, width)
    least = setter.measures.writing_row if table.writing else 0.0
    whole = setter.tag.child(TABLE)
    has_head = any(table.head)
    named = len(table.rows) > 1 or not has_head
    rows = []
    if has_head:
        row = whole.child(ROW)
        tags = [row.child(HEAD_CELL, kind="Column") for _ in table.head]
        rows.append(_Row(table.head, BOLD, tags))
    for cells in table.rows:
        row = whole.child(ROW)
        tags = [
            row.child(HEAD_CELL, kind="Row") if named and column == 0 else row.child(CELL)
            for column in range(len(cells))
        ]
        rows.append(_Row(cells, REGULAR, tags, least))
    last = len(rows) - 1
    gap = setter.measures.item_gap + 3
    return [
        replace(
            _row(setter, row, widths, first=number == 0),
            gap=gap if number == 0 else 0.0,
            keep=number < last,
        )
        for number, row in enumerate(rows)
    ]


def _column_widths(setter: Setter, table: Table, width: float) -> list[float]:
    key = (table, setter.measures.body, width)
    found = setter.memory.columns.get(key)
    if found is None:
        found = setter.memory.columns[key] = _fitted_columns(setter, table, width)
    return found


def _fitted_columns(setter: Setter, table: Table, width: float) -> list[float]:
    """Return column widths near the asked shares, in which lines and words stay whole."""
    body, letters = setter.measures.body, setter.letters
    rows = [(table.head, BOLD), *((row, REGULAR) for row in table.rows)]
    lines, words = [0.0] * len(table.widths), [0.0] * len(table.widths)
    for cells, font in rows:
        for column, cell in enumerate(cells):
            tokens = letters.tokens(cell, font)
            longest = max((token.width for token in tokens), default=0.0) * body
            words[column] = max(words[column], longest + 2 * _CELL + 0.5)
            whole = letters.width(cell, body, font) + 2 * _CELL + 0.5
            lines[column] = max(lines[column], whole)
    spare = width - sum(lines)
    if spare >= 0:
        return [line + spare * share for line, share in zip(lines, table.widths, strict=True)]
    found = [share * width for share in table.widths]
    lacking = sum(max(0.0, word - one) for word, one in zip(words, found, strict=True))
    giving = sum(max(0.0, one - word) for word, one in zip(words, found, strict=True))
    if lacking == 0 or giving < lacking:
        return found
    share = 1 - lacking / giving
    return [
        word if one <= word else word + (one - word) * share
        for word, one in zip(words, found, strict=True)
    ]


def _row(setter: Setter, row: _Row, widths: Sequence[float], *, first: bool) -> Piece:
    body = setter.measures.body
    leading = setter.measures.leading(body)
    texts = [
        setter.lines(cell, width - 2 * _CELL, size=body, font=row.font)
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    tallest = max((len(lines) for lines in texts), default=0) * leading
    height = max(tallest + setter.measures.item_gap + 1.5, row.least)
    total = sum(widths)
    inset = (height - tallest) / 2

    def draw(pen: Pen, x: float, top: float) -> None:
        if first:
            pen.rule(x, top, to=x + total)
        pen.rule(x, top - height, to=x + total, weight=1.2 if row.font == BOLD else 0.75)
        pen.upright(x, top, to=top - height)
        for lines, wide, tag in zip(texts, widths, row.tags, strict=True):
            if lines:
                with pen.tagged(tag):
                    pen.text(lines, x + _CELL, top - inset, size=body, leading=leading)
            x += wide
            pen.upright(x, top, to=top - height)

    return Piece(height, 0.0, draw)


def label_pieces(setter: Setter, labels: Sequence[str], width: float) -> list[Piece]:
    """Return labels with a rule each, two in a row where both leave room to write."""
    body, half = setter.measures.body, (width - GUTTER) / 2
    short = [setter.letters.width(label, body) < half * 0.45 for label in labels]
    pieces: list[Piece] = []
    number = 0
    while number < len(labels):
        left = labels[number]
        if short[number] and number + 1 < len(labels) and short[number + 1]:
            pair = _label(setter, left, half), _label(setter, labels[number + 1], half)
            pieces.append(side_by_side(*pair, shift=half + GUTTER, gap=pair[0].gap))
            number += 2
        else:
            pieces.append(_label(setter, left, width))
            number += 1
    return pieces


def _label(setter: Setter, label: str, width: float) -> Piece:
    body = setter.measures.body
    leading = setter.measures.leading(body)
    lines = setter.lines(label, width, size=body)
    end = setter.letters.width(label, body) if len(lines) == 1 else width
    own_row = end > width * 0.7
    rows = len(lines) + own_row
    least = setter.measures.writing_row
    height = max(rows * leading, least + (rows - 1) * leading)
    said = setter.tag.child(PARAGRAPH)
    room = said.child(SPAN, alt=setter.words.write_here)

    def draw(pen: Pen, x: float, top: float) -> None:
        base = top - height + leading * (0.22 if not own_row else 0.1)
        shift = 0.0 if own_row else height - rows * leading
        with pen.tagged(said):
            pen.text(lines, x, top - shift, size=body, leading=leading)
        with pen.tagged(room):
            pen.rule(x if own_row else x + end + 6, base, to=x + width)

    return Piece(height, setter.measures.item_gap, draw)


def _turned(table: Table) -> Table:
    """Return a table of one row as one of two columns: what was its head stands at the left."""
    return Table((), tuple(zip(table.head, table.rows[0], strict=True)), (0.56, 0.44))
