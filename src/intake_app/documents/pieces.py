"""Pieces of a block: what is measured once, placed somewhere, and then drawn there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from intake_app.documents.page import Frame, Measures, Pen
from intake_app.documents.spine_drawing import draw_spine, label_tops, spine_for
from intake_app.documents.type import BOLD, REGULAR, Letters
from intake_app.domain.sheets import Block, Bullets, Element, Lines, Paragraph, SpineFigure, Table
from intake_app.domain.spine import UNKNOWN

if TYPE_CHECKING:
    from intake_app.documents.type import Line

Dash = tuple[float, float]
Draw = Callable[[Pen, float, float], None]
"""Draws a piece; x is its left edge, top its upper edge."""

GUTTER: Final = 20.0
_CELL: Final = 5.0
_ENOUGH_FOR_COLUMNS: Final = 4
_TALL_ENOUGH_TO_CUT: Final = 12
"""Lines; a longer paragraph may go over a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is never cut: its height, the white above it, and how to draw it."""

    height: float
    gap: float
    draw: Draw
    keep: bool = False
    """Must not be parted from the piece below it."""


def stack_height(pieces: Sequence[Piece]) -> float:
    """Return how tall pieces are one under the other; white above the first does not count."""
    return sum(piece.height + piece.gap for piece in pieces) - (pieces[0].gap if pieces else 0)


def stacked(pieces: Sequence[Piece], *, gap: float = 0.0) -> Piece:
    """Return one piece made of pieces one under the other."""

    def draw(pen: Pen, x: float, top: float) -> None:
        for number, piece in enumerate(pieces):
            if number:
                top -= piece.gap
            piece.draw(pen, x, top)
            top -= piece.height

    return Piece(stack_height(pieces), gap, draw)


def side_by_side(left: Piece, right: Piece, *, shift: float, gap: float) -> Piece:
    """Return one piece with ``right`` beside ``left``, ``shift`` to the right of its left edge."""

    def draw(pen: Pen, x: float, top: float) -> None:
        left.draw(pen, x, top)
        right.draw(pen, x + shift, top)

    return Piece(max(left.height, right.height), gap, draw)


@dataclass(frozen=True, slots=True)
class Memory:
    """What was measured while one sheet is laid out; spacing does not change it."""

    lines: dict[tuple[str, float, float, str], list[Line]] = field(default_factory=dict)
    columns: dict[tuple[Table, float, float], list[float]] = field(default_factory=dict)


class Setter:
    """Sets blocks in type at one set of measures; remembers the lines it broke."""

    def __init__(self, letters: Letters, measures: Measures, memory: Memory) -> None:
        self.letters = letters
        self.measures = measures
        self._memory = memory

    def lines(self, text: str, width: float, *, size: float, font: str = REGULAR) -> list[Line]:
        """Return the lines of a text, broken once for each width and size."""
        key = (text, width, size, font)
        found = self._memory.lines.get(key)
        if found is None:
            found = self._memory.lines[key] = self.letters.lines(
                text, size=size, width=width, font=font
            )
        return found

    def text(
        self, text: str, width: float, *, size: float, font: str = REGULAR, gap: float = 0.0
    ) -> Piece:
        """Return a paragraph as one piece."""
        return self._set(self.lines(text, width, size=size, font=font), size=size, gap=gap)

    def _set(self, lines: Sequence[Line], *, size: float, gap: float) -> Piece:
        leading = self.measures.leading(size)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.text(lines, x, top, size=size, leading=leading)

        return Piece(len(lines) * leading, gap, draw)

    def block(self, block: Block, width: float) -> list[Piece]:
        """Return the pieces of a block, its title first."""
        pieces: list[Piece] = []
        elements = _with_words_beside(block.elements)
        only = elements[0] if len(elements) == 1 else None
        if block.boxed and self.measures.run_in and isinstance(only, Paragraph) and block.title:
            return self._paragraph(f"**{block.title}.** {only.text}", width)
        if block.title:
            title = self.text(block.title, width, size=self.measures.heading, font=BOLD)
            pieces.append(replace(title, gap=0.0, keep=True))
        waiting: list[Bullets] = []
        for element in elements:
            if isinstance(element, Bullets):
                waiting.append(element)
                continue
            pieces.extend(self._lists(waiting, width))
            waiting = []
            pieces.extend(self._element(element, width))
        pieces.extend(self._lists(waiting, width))
        return pieces

    def boxed(self, block: Block, width: float, *, weight: float, dash: Dash | None) -> Piece:
        """Return a whole block inside a border."""
        edge = self.measures.padding + weight
        inside = stacked(self.block(block, width - 2 * edge))
        lift = 0.14 * self.measures.body  # letters leave white over them in their line
        height = inside.height + 2 * edge - 2 * lift

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.box(Frame(x, x + width, top, top - height), weight=weight, dash=dash)
            inside.draw(pen, x + edge, top - edge + lift)

        return Piece(height, 0.0, draw)

    def _element(
        self, element: Paragraph | Table | SpineFigure | Lines, width: float
    ) -> list[Piece]:
        if isinstance(element, Paragraph):
            return self._paragraph(element.text, width)
        if isinstance(element, Table):
            return self._table(element, width)
        if isinstance(element, SpineFigure):
            return [self._figure(element, width)]
        return self._labels(element.labels, width)

    def _paragraph(self, text: str, width: float) -> list[Piece]:
        size, gap = self.measures.body, self.measures.item_gap + 1
        lines = self.lines(text, width, size=size)
        if len(lines) < _TALL_ENOUGH_TO_CUT:
            return [self._set(lines, size=size, gap=gap)]
        first, *middle, last = lines[:2], *[[line] for line in lines[2:-2]], lines[-2:]
        return [
            self._set(first, size=size, gap=gap),
            *(self._set(part, size=size, gap=0.0) for part in (*middle, last)),
        ]

    # --- lists ---------------------------------------------------------------------------

    def _lists(self, lists: Sequence[Bullets], width: float) -> list[Piece]:
        """Return lists that follow each other, in two columns where they ask for it."""
        if not lists:
            return []
        narrow = (width - GUTTER) / 2
        if narrow >= self.shortest_line and self._suits_columns(lists, narrow):
            groups = [self._list(bullets, narrow) for bullets in lists]
            return [self._two_columns(groups, narrow)]
        return [piece for bullets in lists for piece in self._list(bullets, width)]

    def _suits_columns(self, lists: Sequence[Bullets], narrow: float) -> bool:
        """Return whether lists ask for columns, or would leave half of the width empty."""
        items = [item for bullets in lists for item in bullets.items]
        return any(bullets.columns > 1 for bullets in lists) or (
            len(items) >= _ENOUGH_FOR_COLUMNS
            and all(
                len(self.lines(item, narrow - 2 * self.measures.body, size=self.measures.body)) == 1
                for item in items
            )
        )

    @property
    def shortest_line(self) -> float:
        """The narrowest column that still reads well: about 30 letters."""
        return 13.5 * self.measures.body

    def _two_columns(self, groups: Sequence[Sequence[Piece]], narrow: float) -> Piece:
        flat = [piece for group in groups for piece in group]
        starts = {sum(map(len, groups[:number])) for number in range(1, len(groups))}
        cuts = [cut for cut in range(1, len(flat)) if not flat[cut - 1].keep]

        def tallest(cut: int) -> float:
            return max(stack_height(flat[:cut]), stack_height(flat[cut:]))

        if not cuts:
            return stacked(flat, gap=flat[0].gap)
        best = min(cuts, key=tallest)
        whole = min((cut for cut in cuts if cut in starts), key=tallest, default=best)
        spare = self.measures.spare_lines * self.measures.leading(self.measures.body)
        if tallest(whole) <= tallest(best) + spare:
            best = whole
        return side_by_side(
            stacked(flat[:best]), stacked(flat[best:]), shift=narrow + GUTTER, gap=flat[0].gap
        )

    def _list(self, bullets: Bullets, width: float) -> list[Piece]:
        body, gap = self.measures.body, self.measures.item_gap
        pieces: list[Piece] = []
        if bullets.lead:
            lead = self.text(bullets.lead, width, size=body, font=BOLD, gap=gap + 3)
            pieces.append(replace(lead, keep=True))
        indent = body * (1.5 if bullets.tick else 0.95)
        mark = self._tick if bullets.tick else self._dot
        for item in bullets.items:
            text = self.text(item, width - indent, size=body, gap=gap)
            pieces.append(replace(text, draw=_marked(text.draw, mark, indent)))
        return pieces

    def _dot(self, pen: Pen, x: float, top: float) -> None:
        body = self.measures.body
        pen.dot(
            x + body * 0.3, top - self.measures.leading(body) / 2 - body * 0.02, radius=body * 0.13
        )

    def _tick(self, pen: Pen, x: float, top: float) -> None:
        body = self.measures.body
        side, middle = body * 0.85, top - self.measures.leading(body) / 2
        pen.box(Frame(x, x + side, middle + side / 2, middle - side / 2), weight=1.0)

    # --- tables and rules to write on ----------------------------------------------------

    def _table(self, table: Table, width: float) -> list[Piece]:
        if len(table.rows) == 1 and table.head and width < self.shortest_line * 2:
            table = _turned(table)
        widths = self._column_widths(table, width)
        rows = [(table.head, BOLD, 0.0)] if any(table.head) else []
        least = self.measures.writing_row if table.writing else 0.0
        rows += [(row, REGULAR, least) for row in table.rows]
        last = len(rows) - 1
        gap = self.measures.item_gap + 3
        return [
            replace(
                self._row(cells, widths, font=font, least=height, first=number == 0),
                gap=gap if number == 0 else 0.0,
                keep=number < last,
            )
            for number, (cells, font, height) in enumerate(rows)
        ]

    def _column_widths(self, table: Table, width: float) -> list[float]:
        key = (table, self.measures.body, width)
        found = self._memory.columns.get(key)
        if found is None:
            found = self._memory.columns[key] = self._fitted_columns(table, width)
        return found

    def _fitted_columns(self, table: Table, width: float) -> list[float]:
        """Return column widths near the asked shares, in which lines and words stay whole."""
        body, letters = self.measures.body, self.letters
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

    def _row(
        self, cells: Sequence[str], widths: Sequence[float], *, font: str, least: float, first: bool
    ) -> Piece:
        body = self.measures.body
        leading = self.measures.leading(body)
        texts = [
            self.lines(cell, width - 2 * _CELL, size=body, font=font)
            for cell, width in zip(cells, widths, strict=True)
        ]
        tallest = max((len(lines) for lines in texts), default=0) * leading
        height = max(tallest + self.measures.item_gap + 1.5, least)
        total = sum(widths)
        inset = min((height - leading) / 2, 3.0) if tallest <= leading else 2.0

        def draw(pen: Pen, x: float, top: float) -> None:
            if first:
                pen.rule(x, top, to=x + total)
            pen.rule(x, top - height, to=x + total, weight=1.2 if font == BOLD else 0.75)
            pen.upright(x, top, to=top - height)
            for lines, wide in zip(texts, widths, strict=True):
                if lines:
                    pen.text(lines, x + _CELL, top - inset, size=body, leading=leading)
                x += wide
                pen.upright(x, top, to=top - height)

        return Piece(height, 0.0, draw)

    def _labels(self, labels: Sequence[str], width: float) -> list[Piece]:
        """Return labels with a rule each, two in a row where both leave room to write."""
        body, half = self.measures.body, (width - GUTTER) / 2
        short = [self.letters.width(label, body) < half * 0.45 for label in labels]
        pieces: list[Piece] = []
        number = 0
        while number < len(labels):
            left = labels[number]
            if short[number] and number + 1 < len(labels) and short[number + 1]:
                pair = self._label(left, half), self._label(labels[number + 1], half)
                pieces.append(side_by_side(*pair, shift=half + GUTTER, gap=pair[0].gap))
                number += 2
            else:
                pieces.append(self._label(left, width))
                number += 1
        return pieces

    def _label(self, label: str, width: float) -> Piece:
        body = self.measures.body
        leading = self.measures.leading(body)
        lines = self.lines(label, width, size=body)
        end = self.letters.width(label, body) if len(lines) == 1 else width
        own_row = end > width * 0.7
        rows = len(lines) + own_row
        least = self.measures.writing_row
        height = max(rows * leading, least + (rows - 1) * leading)

        def draw(pen: Pen, x: float, top: float) -> None:
            base = top - height + leading * (0.22 if not own_row else 0.1)
            shift = 0.0 if own_row else height - rows * leading
            pen.text(lines, x, top - shift, size=body, leading=leading)
            pen.rule(x if own_row else x + end + 6, base, to=x + width)

        return Piece(height, self.measures.item_gap, draw)

    # --- the spine -----------------------------------------------------------------------

    def _figure(self, figure: SpineFigure, width: float) -> Piece:
        body, gap = self.measures.body, self.measures.item_gap
        tall = self.measures.spine
        named = [level for level in figure.treated if level != UNKNOWN]
        names = max((self.letters.width(level, body, BOLD) for level in named), default=0.0)
        lead_line = body * 1.6 if named else 0.0
        wide = spine_for(named).width * tall
        beside = names + lead_line + wide + body
        words = self._around(figure, width, beside=beside, tall=tall)

        def draw(pen: Pen, x: float, top: float) -> None:
            left = x + names + lead_line
            starts = draw_spine(pen, named, x=left, top=top - body * 0.2, height=tall)
            self._name_levels(pen, starts, x=x, width=names, top=top)

        return side_by_side(Piece(tall + body * 0.4, 0.0, draw), words, shift=0.0, gap=gap + 2)

    def _around(self, figure: SpineFigure, width: float, *, beside: float, tall: float) -> Piece:
        """Return the words of a figure: beside it, and below it where they are many."""
        body = self.measures.body
        leading, apart = self.measures.leading(body), self.measures.item_gap + 3
        pieces: list[Piece] = []
        if figure.caption:
            pieces.append(_shifted(self.text(figure.caption, width - beside, size=body), beside))
        text = " ".join(figure.text)
        if text:
            left = tall + leading * 0.5 - (stack_height(pieces) + apart if pieces else 0.0)
            rows = max(int(left / leading), 1)
            upper, rest = self.letters.first_lines(text, size=body, width=width - beside, rows=rows)
            pieces.append(_shifted(self._set(upper, size=body, gap=apart), beside))
            if rest:
                gap = max(0.0, tall + body * 0.5 - stack_height(pieces))
                lines = self.letters.broken(rest, size=body, width=width)
                pieces.append(self._set(lines, size=body, gap=gap))
        return stacked(pieces)

    def _name_levels(
        self,
        pen: Pen,
        starts: Sequence[tuple[str, tuple[float, float]]],
        *,
        x: float,
        width: float,
        top: float,
    ) -> None:
        body = self.measures.body
        middles = label_tops(
            [point[1] for _, point in starts],
            step=body * 1.05,
            top=top,
            bottom=top - self.measures.spine,
        )
        for (level, point), middle in zip(starts, middles, strict=True):
            lines = self.lines(level, width + 1, size=body, font=BOLD)
            pen.text(lines, x, middle + body * 0.5, size=body, leading=body)
            knee = x + width + body * 0.9
            pen.canvas.setLineWidth(0.9)
            pen.canvas.lines(
                [(x + width + 3, middle, knee, middle), (knee, middle, point[0], point[1])]
            )


def _with_words_beside(elements: Sequence[Element]) -> list[Element]:
    """Return the elements with the paragraphs that follow a spine set beside it."""
    found: list[Element] = []
    for element in elements:
        figure = found[-1] if found else None
        if isinstance(figure, SpineFigure) and isinstance(element, Paragraph):
            found[-1] = replace(figure, text=(*figure.text, element.text))
        else:
            found.append(element)
    return found


def _turned(table: Table) -> Table:
    """Return a table of one row as one of two columns: what was its head stands at the left."""
    return Table((), tuple(zip(table.head, table.rows[0], strict=True)), (0.56, 0.44))


def _shifted(piece: Piece, shift: float) -> Piece:
    def draw(pen: Pen, x: float, top: float) -> None:
        piece.draw(pen, x + shift, top)

    return Piece(piece.height, piece.gap, draw)


def _marked(text: Draw, mark: Draw, indent: float) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        mark(pen, x, top)
        text(pen, x + indent, top)

    return draw
