"""Tables, and labels with a rule to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from intake_app.documents.pieces import GUTTER, Piece, Setter, side_by_side
from intake_app.documents.tagging import CELL, HEAD_CELL, PARAGRAPH, ROW, SPAN, TABLE, Tag
from intake_app.documents.type import BOLD, REGULAR
from intake_app.domain.sheets import Table

if TYPE_CHECKING:
    from intake_app.documents.page import Pen

_CELL: Final = 5.0
_Said = tuple[Setter, str]
"""A text, and who sets it."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says, in which font, how tall it is at least, and what its cells are."""

    cells: Sequence[Sequence[_Said]]
    font: str
    tags: Sequence[Tag]
    least: float = 0.0


def _cells(
    setter: Setter, ours: Sequence[str], other: Setter | None, theirs: Sequence[str]
) -> list[list[_Said]]:
    """Return what each cell says, once where it is the same in both languages."""
    found: list[list[_Said]] = []
    for one, two in zip_longest(ours, theirs[: len(ours)], fillvalue=""):
        said = [(setter, one)]
        if other is not None and two and two != one:
            said.append((other, two))
        found.append(said)
    return found


def table_pieces(
    setter: Setter, table: Table, width: float, *, beside: tuple[Setter, Table] | None = None
) -> list[Piece]:
    """Return the rows of a table, its head first; they stay together where a page has room.

    The words of a table in another language, ``beside``, stand under ours in each cell.
    """
    if beside is None and len(table.rows) == 1 and table.head and width < setter.shortest_line * 2:
        table = _turned(table)
    other, under = beside or (None, Table((), (), ()))
    least = setter.measures.writing_row if table.writing else 0.0
    whole = setter.tag.child(TABLE)
    has_head = any(table.head)
    named = len(table.rows) > 1 or not has_head
    rows = []
    if has_head:
        row = whole.child(ROW)
        tags = [row.child(HEAD_CELL, kind="Column") for _ in table.head]
        rows.append(_Row(_cells(setter, table.head, other, under.head), BOLD, tags))
    for cells, more in zip_longest(table.rows, under.rows[: len(table.rows)], fillvalue=()):
        row = whole.child(ROW)
        tags = [
            row.child(HEAD_CELL, kind="Row") if named and column == 0 else row.child(CELL)
            for column in range(len(cells))
        ]
        rows.append(_Row(_cells(setter, cells, other, more), REGULAR, tags, least))
    key = (table, under, setter.measures.body, width, setter.letters.language)
    widths = setter.memory.columns.get(key)
    if widths is None:
        widths = _fitted_columns(rows, table.widths, setter.measures.body, width=width)
        setter.memory.columns[key] = widths
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


def _fitted_columns(
    rows: Sequence[_Row], shares: Sequence[float], body: float, *, width: float
) -> list[float]:
    """Return column widths near the asked shares, in which lines and words stay whole."""
    lines, words = [0.0] * len(shares), [0.0] * len(shares)
    for row in rows:
        for column, cell in enumerate(row.cells):
            for setter, text in cell:
                tokens = setter.letters.tokens(text, row.font)
                longest = max((token.width for token in tokens), default=0.0) * body
                words[column] = max(words[column], longest + 2 * _CELL + 0.5)
                whole = setter.letters.width(text, body, row.font) + 2 * _CELL + 0.5
                lines[column] = max(lines[column], whole)
    spare = width - sum(lines)
    if spare >= 0:
        return [line + spare * share for line, share in zip(lines, shares, strict=True)]
    ways = [_near(shares, words, width)]
    for column, word in enumerate(words):
        rest = lines[column] + spare
        if rest >= word:  # the other columns keep their lines whole
            ways.append([rest if n == column else line for n, line in enumerate(lines)])
    return min(ways, key=lambda way: sum(_lines_of(row, way, body) for row in rows))


def _near(shares: Sequence[float], words: Sequence[float], width: float) -> list[float]:
    """Return the asked shares, or what comes near them without parting a word."""
    found = [share * width for share in shares]
    lacking = sum(max(0.0, word - one) for word, one in zip(words, found, strict=True))
    giving = sum(max(0.0, one - word) for word, one in zip(words, found, strict=True))
    if lacking == 0 or giving < lacking:
        return found
    share = 1 - lacking / giving
    return [
        word if one <= word else word + (one - word) * share
        for word, one in zip(words, found, strict=True)
    ]


def _lines_of(row: _Row, widths: Sequence[float], body: float) -> int:
    """Return how many lines the tallest cell of a row takes in columns of these widths."""
    return max(
        sum(
            len(said.lines(text, width - 2 * _CELL, size=body, font=row.font))
            for said, text in cell
        )
        for cell, width in zip(row.cells, widths, strict=True)
    )


def _row(setter: Setter, row: _Row, widths: Sequence[float], *, first: bool) -> Piece:
    body = setter.measures.body
    leading = setter.measures.leading(body)
    texts = [
        [
            (said, said.lines(text, width - 2 * _CELL, size=body, font=row.font))
            for said, text in cell
        ]
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    tallest = leading * max((sum(len(lines) for _, lines in cell) for cell in texts), default=0)
    height = max(tallest + setter.measures.item_gap + 1.5, row.least)
    total = sum(widths)
    inset = (height - tallest) / 2

    def draw(pen: Pen, x: float, top: float) -> None:
        if first:
            pen.rule(x, top, to=x + total)
        pen.rule(x, top - height, to=x + total, weight=1.2 if row.font == BOLD else 0.75)
        pen.upright(x, top, to=top - height)
        for cell, wide, tag in zip(texts, widths, row.tags, strict=True):
            level = top - inset
            for said, lines in cell:
                if lines:
                    with pen.tagged(tag if len(cell) == 1 else _said_in(tag, said)):
                        pen.text(lines, x + _CELL, level, size=body, leading=leading)
                    level -= len(lines) * leading
            x += wide
            pen.upright(x, top, to=top - height)

    return Piece(height, 0.0, draw)


def _said_in(tag: Tag, setter: Setter) -> Tag:
    """Return what a cell says in one of two languages."""
    found = tag.child(SPAN)
    found.language = setter.letters.language
    return found


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
    words = said.child(SPAN) if setter.letters.leftwards else said
    room = said.child(SPAN, alt=setter.words.write_here)

    def draw(pen: Pen, x: float, top: float) -> None:
        base = top - height + leading * (0.22 if not own_row else 0.1)
        shift = 0.0 if own_row else height - rows * leading
        with pen.tagged(words):
            pen.text(lines, x, top - shift, size=body, leading=leading)
        with pen.tagged(room):
            pen.rule(x if own_row else x + end + 6, base, to=x + width)

    return Piece(height, setter.measures.item_gap, draw)


def _turned(table: Table) -> Table:
    """Return a table of one row as one of two columns: what was its head stands at the left."""
    return Table((), tuple(zip(table.head, table.rows[0], strict=True)), (0.56, 0.44))
