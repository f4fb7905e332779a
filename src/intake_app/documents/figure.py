"""The figure of what was done: the spine, the names of treated levels, and words around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake_app.documents.characters import FIRST_IDEOGRAPH
from intake_app.documents.pieces import Piece, Setter, shifted, side_by_side, stack_height, stacked
from intake_app.documents.spine_drawing import draw_spine, label_tops, spine_for
from intake_app.documents.tagging import FIGURE, PARAGRAPH
from intake_app.documents.type import BOLD
from intake_app.domain.spine import UNKNOWN

if TYPE_CHECKING:
    from intake_app.documents.page import Pen
    from intake_app.documents.spine_drawing import Point
    from intake_app.domain.sheets import SpineFigure


def figure_piece(setter: Setter, figure: SpineFigure, width: float) -> Piece:
    """Return the drawn spine with its words beside it, and below it where they are many."""
    body, gap = setter.measures.body, setter.measures.item_gap
    tall = setter.measures.spine
    named = [level for level in figure.treated if level != UNKNOWN]
    names = max((setter.letters.width(level, body, BOLD) for level in named), default=0.0)
    lead_line = body * 1.6 if named else 0.0
    wide = spine_for(named).width * tall
    beside = names + lead_line + wide + body
    drawing = setter.tag.child(FIGURE, alt=setter.words.spine.format(levels=", ".join(named)))
    words = _around(setter, figure, width, beside=beside, tall=tall)

    group = names + lead_line + wide

    def draw(pen: Pen, x: float, top: float) -> None:
        left = x + names + lead_line
        # Whichever way the text runs, the patient on the drawing looks to the left.
        with pen.unturned(x, group), pen.tagged(drawing):
            low = top - tall - body * 0.4
            drawing.box = (pen.at(x), low, pen.at(x + group), top)
            starts = draw_spine(pen, named, x=left, top=top - body * 0.2, height=tall)
            _name_levels(setter, pen, starts, corner=(x, top), width=names)

    return side_by_side(Piece(tall + body * 0.4, 0.0, draw), words, shift=0.0, gap=gap + 2)


def _around(
    setter: Setter, figure: SpineFigure, width: float, *, beside: float, tall: float
) -> Piece:
    """Return the words of a figure: beside it, and below it where they are many."""
    body = setter.measures.body
    leading, apart = setter.measures.leading(body), setter.measures.item_gap + 3
    pieces: list[Piece] = []
    if figure.caption:
        pieces.append(shifted(setter.text(figure.caption, width - beside, size=body), beside))
    text = _run_on(figure.text)
    if text:
        left = tall + leading * 0.5 - (stack_height(pieces) + apart if pieces else 0.0)
        rows = max(int(left / leading), 1)
        upper, rest = setter.letters.first_lines(text, size=body, width=width - beside, rows=rows)
        tag = setter.tag.child(PARAGRAPH)
        pieces.append(shifted(setter.set(upper, size=body, gap=apart, tag=tag), beside))
        if rest:
            gap = max(0.0, tall + body * 0.5 - stack_height(pieces))
            lines = setter.letters.broken(rest, size=body, width=width)
            pieces.append(setter.set(lines, size=body, gap=gap, tag=tag))
    return stacked(pieces)


def _run_on(texts: Sequence[str]) -> str:
    """Return sentences one after the other; Chinese ones have no blank between them."""
    said = ""
    for text in texts:
        blank = " " if said and said[-1] < FIRST_IDEOGRAPH else ""
        said += blank + text
    return said


def _name_levels(
    setter: Setter, pen: Pen, starts: Sequence[tuple[str, Point]], *, corner: Point, width: float
) -> None:
    """Print the levels in a column ``width`` wide whose upper left is ``corner``, with lines."""
    x, top = corner
    body = setter.measures.body
    middles = label_tops(
        [point[1] for _, point in starts],
        step=body * 1.05,
        top=top,
        bottom=top - setter.measures.spine,
    )
    for (level, point), middle in zip(starts, middles, strict=True):
        lines = setter.lines(level, width + 1, size=body, font=BOLD)
        pen.text(lines, x, middle + body * 0.5, size=body, leading=body)
        knee = x + width + body * 0.9
        pen.broken_line([(x + width + 3, middle), (knee, middle), point], weight=0.9)
