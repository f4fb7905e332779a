"""Blocks in type: title, paragraphs, lists, and whatever else a block holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from intake_app.documents.characters import FIRST_IDEOGRAPH
from intake_app.documents.figure import figure_piece
from intake_app.documents.page import Frame, Pen
from intake_app.documents.pieces import (
    GUTTER,
    Draw,
    Piece,
    Setter,
    side_by_side,
    stack_height,
    stacked,
)
from intake_app.documents.tables import label_pieces, table_pieces
from intake_app.documents.tagging import (
    HEADING,
    ITEM,
    ITEM_BODY,
    LEAD,
    LIST,
    MARK,
    PARAGRAPH,
    Tag,
)
from intake_app.domain.sheets import Block, Bullets, Element, Paragraph, SpineFigure, Table

if TYPE_CHECKING:
    from intake_app.domain.sheets import Lines

Dash = tuple[float, float]
_ENOUGH_FOR_COLUMNS: Final = 4
_TALL_ENOUGH_TO_CUT: Final = 12
"""Lines; a longer paragraph may go over a page."""


def block_pieces(setter: Setter, block: Block, width: float) -> list[Piece]:
    """Return the pieces of a block, its title first."""
    pieces: list[Piece] = []
    elements = with_words_beside(block.elements)
    only = elements[0] if len(elements) == 1 else None
    if block.boxed and setter.measures.run_in and isinstance(only, Paragraph) and block.title:
        end = "." if block.title[-1] < FIRST_IDEOGRAPH else "\N{IDEOGRAPHIC FULL STOP}"
        gap = " " if end == "." else ""
        return _paragraph(setter, f"**{block.title}{end}**{gap}{only.text}", width)
    if block.title:
        pieces.append(setter.title(block.title, width, size=setter.measures.heading))
        setter.tag.has_heading = True
    lead = LEAD if setter.tag.has_heading else HEADING
    waiting: list[Bullets] = []
    for element in elements:
        if isinstance(element, Bullets):
            waiting.append(element)
            continue
        pieces.extend(_lists(setter, waiting, width, lead=lead))
        waiting = []
        pieces.extend(_element(setter, element, width))
    pieces.extend(_lists(setter, waiting, width, lead=lead))
    return pieces


def boxed(
    setter: Setter,
    made: Callable[[float], Sequence[Piece]],
    width: float,
    *,
    weight: float,
    dash: Dash | None,
) -> Piece:
    """Return what ``made`` makes for the width inside a border, with the border."""
    edge = setter.measures.padding + weight
    inside = stacked(made(width - 2 * edge))
    lift = 0.14 * setter.measures.body  # letters leave white over them in their line
    height = inside.height + 2 * edge - 2 * lift

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.box(Frame(x, x + width, top, top - height), weight=weight, dash=dash)
        inside.draw(pen, x + edge, top - edge + lift)

    return Piece(height, 0.0, draw)


def _element(
    setter: Setter, element: Paragraph | Table | SpineFigure | Lines, width: float
) -> list[Piece]:
    if isinstance(element, Paragraph):
        return _paragraph(setter, element.text, width)
    if isinstance(element, Table):
        return table_pieces(setter, element, width)
    if isinstance(element, SpineFigure):
        return [figure_piece(setter, element, width)]
    return label_pieces(setter, element.labels, width)


def _paragraph(setter: Setter, text: str, width: float) -> list[Piece]:
    size, gap = setter.measures.body, setter.measures.item_gap + 1
    lines = setter.lines(text, width, size=size)
    if len(lines) < _TALL_ENOUGH_TO_CUT:
        return [setter.set(lines, size=size, gap=gap)]
    first, *middle, last = lines[:2], *[[line] for line in lines[2:-2]], lines[-2:]
    tag = setter.tag.child(PARAGRAPH)
    return [
        setter.set(first, size=size, gap=gap, tag=tag),
        *(setter.set(part, size=size, gap=0.0, tag=tag) for part in (*middle, last)),
    ]


def _lists(setter: Setter, lists: Sequence[Bullets], width: float, *, lead: str) -> list[Piece]:
    """Return lists that follow each other, in two columns where they ask for it."""
    if not lists:
        return []
    narrow = (width - GUTTER) / 2
    if narrow >= setter.shortest_line and _suits_columns(setter, lists, narrow):
        groups = [_list(setter, bullets, narrow, lead=lead) for bullets in lists]
        return [_two_columns(setter, groups, narrow)]
    return [piece for bullets in lists for piece in _list(setter, bullets, width, lead=lead)]


def _suits_columns(setter: Setter, lists: Sequence[Bullets], narrow: float) -> bool:
    """Return whether lists ask for columns, or would leave half of the width empty."""
    items = [item for bullets in lists for item in bullets.items]
    return any(bullets.columns > 1 for bullets in lists) or (
        len(items) >= _ENOUGH_FOR_COLUMNS
        and all(
            len(setter.lines(item, narrow - 2 * setter.measures.body, size=setter.measures.body))
            == 1
            for item in items
        )
    )


def _two_columns(setter: Setter, groups: Sequence[Sequence[Piece]], narrow: float) -> Piece:
    flat = [piece for group in groups for piece in group]
    starts = {sum(map(len, groups[:number])) for number in range(1, len(groups))}
    cuts = [cut for cut in range(1, len(flat)) if not flat[cut - 1].keep]

    def tallest(cut: int) -> float:
        return max(stack_height(flat[:cut]), stack_height(flat[cut:]))

    if not cuts:
        return stacked(flat, gap=flat[0].gap)
    best = min(cuts, key=lambda cut: (tallest(cut), flat[cut - 1].company))
    whole = min((cut for cut in cuts if cut in starts), key=tallest, default=best)
    spare = setter.measures.spare_lines * setter.measures.leading(setter.measures.body)
    if tallest(whole) <= tallest(best) + spare:
        best = whole
    return side_by_side(
        stacked(flat[:best]), stacked(flat[best:]), shift=narrow + GUTTER, gap=flat[0].gap
    )


def _list(setter: Setter, bullets: Bullets, width: float, *, lead: str) -> list[Piece]:
    body, gap = setter.measures.body, setter.measures.item_gap
    pieces: list[Piece] = []
    if bullets.lead:
        pieces.append(setter.title(bullets.lead, width, size=body, gap=gap + 3, role=lead))
    indent = body * (1.5 if bullets.tick else 0.95)
    mark = partial(_tick if bullets.tick else _dot, setter)
    whole = setter.tag.child(LIST, kind="Square" if bullets.tick else "Disc")
    for item in bullets.items:
        tag = whole.child(ITEM)
        sign = (
            tag.child(MARK, alt=setter.words.tick)
            if bullets.tick
            else tag.child(MARK, actual="\N{BULLET}")
        )
        text = setter.text(item, width - indent, size=body, gap=gap, tag=tag.child(ITEM_BODY))
        pieces.append(Piece(text.height, gap, _marked(text.draw, mark, indent, sign=sign)))
    ends = {len(pieces) - len(bullets.items), len(pieces) - 2} - {len(pieces) - 1}
    return [replace(one, company=number in ends) for number, one in enumerate(pieces)]


def _dot(setter: Setter, pen: Pen, x: float, top: float) -> None:
    body = setter.measures.body
    pen.dot(
        x + body * 0.3, top - setter.measures.leading(body) / 2 - body * 0.02, radius=body * 0.13
    )


def _tick(setter: Setter, pen: Pen, x: float, top: float) -> None:
    body = setter.measures.body
    side, middle = body * 0.85, top - setter.measures.leading(body) / 2
    pen.box(Frame(x, x + side, middle + side / 2, middle - side / 2), weight=1.0)


def with_words_beside(elements: Sequence[Element]) -> list[Element]:
    """Return the elements with the paragraphs that follow a spine set beside it."""
    found: list[Element] = []
    for element in elements:
        figure = found[-1] if found else None
        if isinstance(figure, SpineFigure) and isinstance(element, Paragraph):
            found[-1] = replace(figure, text=(*figure.text, element.text))
        else:
            found.append(element)
    return found


def _marked(text: Draw, mark: Draw, indent: float, *, sign: Tag) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        with pen.tagged(sign):
            mark(pen, x, top)
        text(pen, x + indent, top)

    return draw
