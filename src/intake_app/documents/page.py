"""The page: its size, margins and type sizes, and the pen that draws on it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from intake_app.documents.lines import FIRST_IDEOGRAPH, draw_line
from intake_app.domain.countries import Paper
from intake_app.domain.sheets import PrintSize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

    from intake_app.documents.lines import Line
    from intake_app.documents.tagging import Tag

MM: Final = 72 / 25.4
MARGIN: Final = 12.0 * MM
"""White on every side; desktop printers reach about 5 mm from the edge."""
PAPER_SIZES: Final = {Paper.LETTER: (612.0, 792.0), Paper.A4: (595.28, 841.89)}
_ROUND: Final = 0.5523
"""Where the handles of a quarter of a circle stand, as a share of its radius."""
_BASELINE: Final = 0.78
"""Where the baseline stands in a line, as a share of the size under the line's upper half-lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Type sizes and distances in points; ``SPACINGS`` lists them from airy to tight."""

    body: float
    heading: float
    title: float
    small: float
    foot: float
    lead: float
    """Line to line, as a multiple of the size."""
    block_gap: float
    item_gap: float
    padding: float
    """White inside a border."""
    writing_row: float
    spine: float
    """Height of the drawn spine."""
    spare_lines: float = 2.0
    """How many lines may stay empty to keep a group of a list whole."""
    run_in: bool = False
    """Set the title of a box in the first line of its text."""

    def leading(self, size: float) -> float:
        """Return the distance from line to line for a size."""
        return size * self.lead

    def stepped(self, body: float) -> Measures:
        """Return the same measures for text of another size."""
        if body == self.body:
            return self
        return replace(self, body=body, heading=self.heading - (self.body - body))


_NORMAL: Final = Measures(
    body=14, heading=16, title=22, small=12, foot=10.5, lead=1.3,
    block_gap=16, item_gap=4, padding=11, writing_row=27, spine=160,
)  # fmt: skip
_LARGE: Final = Measures(
    body=18, heading=20, title=26, small=16, foot=13, lead=1.3,
    block_gap=20, item_gap=5, padding=12, writing_row=34, spine=190,
)  # fmt: skip
SPACINGS: Final[dict[PrintSize, tuple[Measures, ...]]] = {
    PrintSize.NORMAL: (
        _NORMAL,
        replace(_NORMAL, lead=1.23, block_gap=12, item_gap=2.5, writing_row=25, spine=145),
        replace(
            _NORMAL, lead=1.2, block_gap=8, item_gap=1, padding=8, writing_row=22, spine=125,
            spare_lines=1.0, run_in=True,
        ),
        replace(
            _NORMAL, heading=15, lead=1.2, block_gap=5, item_gap=0, padding=6, writing_row=19,
            spine=120, spare_lines=0.0, run_in=True,
        ),
    ),
    PrintSize.LARGE: (
        _LARGE,
        replace(_LARGE, lead=1.22, block_gap=13, item_gap=3, writing_row=30, spine=170),
        replace(
            _LARGE, lead=1.2, block_gap=9, item_gap=1, padding=8, writing_row=27, spine=150,
            spare_lines=1.0, run_in=True,
        ),
        replace(
            _LARGE, heading=19, title=22, lead=1.2, block_gap=7, item_gap=0, padding=6,
            writing_row=26, spine=140, spare_lines=0.0, run_in=True,
        ),
    ),
}  # fmt: skip
FIRST_PAGE_SIZES: Final = {
    PrintSize.NORMAL: (14.0, 13.0, 12.0),
    PrintSize.LARGE: (18.0, 17.0, 16.0),
}
"""Danger signs stand on page 1 in every size and language: where they do not fit, the text of that
page steps down, never under the least size of clear print and of large print (clinical.md 4.4)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that may be filled; y counts from the foot of the paper."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """From the left to the right edge."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the upper to the lower edge."""
        return self.top - self.bottom


class Pen:
    """Draws lines of text, rules and shapes; every ``top`` is the upper edge of what is drawn.

    Whatever it draws is marked: as content of the tag it belongs to, else as decoration that
    nobody needs to hear ("artifact"). A turned pen draws at the right what would stand at the
    left, for writing that runs from right to left.
    """

    def __init__(self, canvas: Canvas, page: int = 0) -> None:
        """Take up the pen for an empty page counted from 0."""
        self.canvas = canvas
        self.page = page
        self.marked: list[Tag] = []
        """The tag of each marked content of this page, by its number."""
        self._tag: Tag | None = None
        self._decorating = False
        self._open: Tag | None = None
        self._is_open = False
        self._origin, self._side = 0.0, 1
        canvas.setFillGray(0)
        canvas.setStrokeGray(0)

    # --- what it belongs to ------------------------------------------------------------------

    @contextmanager
    def tagged(self, tag: Tag | None) -> Iterator[None]:
        """Make what is drawn inside content of ``tag``."""
        before, self._tag = self._tag, tag
        yield
        self._tag = before

    @contextmanager
    def decorating(self) -> Iterator[None]:
        """Make everything drawn inside decoration, whatever its tags say."""
        before, self._decorating = self._decorating, True
        yield
        self._decorating = before

    def end(self) -> None:
        """Close the last marked content of the page."""
        if self._is_open:
            self.canvas.addLiteral("EMC")
            self._is_open = False

    def mark(self, top: float, *, text: bool = False) -> None:
        """Begin the marked content for what is drawn next; ``top`` is its upper edge."""
        tag = None if self._decorating else self._tag
        if tag is not None and not text and not tag.is_drawn:
            tag = None
        if self._is_open:
            if self._open is tag:
                return
            self.canvas.addLiteral("EMC")
        self._is_open, self._open = True, tag
        if tag is None:
            self.canvas.addLiteral("/Artifact BMC")
            return
        number = len(self.marked)
        self.marked.append(tag)
        tag.drawn(self.page, number, top)
        self.canvas.addLiteral(f"/{tag.role} <</MCID {number}>> BDC")

    # --- which way it goes -------------------------------------------------------------------

    @contextmanager
    def turned(self, x: float, width: float) -> Iterator[None]:
        """Swap left and right for what is drawn inside, between ``x`` and ``x + width``."""
        before = self._origin, self._side
        self._origin += self._side * (2 * x + width)
        self._side = -self._side
        yield
        self._origin, self._side = before

    @contextmanager
    def unturned(self, x: float, width: float) -> Iterator[None]:
        """Draw inside, between ``x`` and ``x + width``, as if the pen were not turned."""
        if self._side > 0:
            yield
        else:
            with self.turned(x, width):
                yield

    def at(self, x: float) -> float:
        """Return where ``x`` is on the paper."""
        return self._origin + self._side * x

    # --- drawing -----------------------------------------------------------------------------

    def text(
        self, lines: Sequence[Line], x: float, top: float, *, size: float, leading: float
    ) -> None:
        """Print lines one under the other; a space ends each, so that words stay apart."""
        self.mark(top, text=True)
        if self._open is not None:
            self._open.lines.extend(lines)
        base = top - (leading - size) / 2 - _BASELINE * size
        if self._side < 0 or not all(line.simple for line in lines):
            self._say(lines)
            for number, line in enumerate(lines):
                left = self.at(x) - (line.width * size if self._side < 0 else 0.0)
                draw_line(self.canvas, line, left, base - number * leading, size=size)
            return
        text = self.canvas.beginText(self.at(x), base)
        font = ""
        for line in lines:
            last = len(line) - 1
            for number, run in enumerate(line):
                if run.font != font:
                    font = run.font
                    text.setFont(font, size, leading)
                if number < last:
                    text.textOut(run.text)
                elif run.text[-1:] < FIRST_IDEOGRAPH:
                    text.textLine(run.text + " ")
                else:
                    text.textLine(run.text)
        self.canvas.drawText(text)

    def _say(self, lines: Sequence[Line]) -> None:
        """Have lines heard as they are read, where their letters print in another order."""
        tag = self._open
        if tag is not None and not tag.alt and any(line.logical for line in lines):
            tag.actual = f"{tag.actual} {' '.join(line.text for line in lines)}".strip()

    def rule(self, x: float, y: float, *, to: float, weight: float = 0.75) -> None:
        """Draw a level line."""
        self.mark(y)
        self.canvas.setLineWidth(weight)
        self.canvas.line(self.at(x), y, self.at(to), y)

    def upright(self, x: float, top: float, *, to: float, weight: float = 0.75) -> None:
        """Draw a vertical line."""
        self.mark(top)
        self.canvas.setLineWidth(weight)
        self.canvas.line(self.at(x), top, self.at(x), to)

    def broken_line(self, points: Sequence[tuple[float, float]], *, weight: float) -> None:
        """Draw a line from point to point."""
        self.mark(points[0][1])
        self.canvas.setLineWidth(weight)
        placed = [(self.at(x), y) for x, y in points]
        self.canvas.lines([(*start, *end) for start, end in pairwise(placed)])

    def box(self, frame: Frame, *, weight: float, dash: tuple[float, float] | None = None) -> None:
        """Draw a rectangle whose outer edge is the frame."""
        self.mark(frame.top)
        if dash:
            self.canvas.setDash(*dash)
        self.canvas.setLineWidth(weight)
        half = weight / 2
        left = min(self.at(frame.left), self.at(frame.right)) + half
        self.canvas.rect(left, frame.bottom + half, frame.width - weight, frame.height - weight)
        if dash:
            self.canvas.setDash()

    def shapes(
        self, outlines: Iterable[Sequence[tuple[float, float]]], *, filled: bool, weight: float
    ) -> None:
        """Draw closed outlines, filled black or left white."""
        path = self.canvas.beginPath()
        for outline in outlines:
            path.moveTo(self.at(outline[0][0]), outline[0][1])
            for x, y in outline[1:]:
                path.lineTo(self.at(x), y)
            path.close()
        self.canvas.setLineWidth(weight)
        self.canvas.setFillGray(0 if filled else 1)
        self.filled(path, stroke=True)
        self.canvas.setFillGray(0)

    def filled(self, path: PDFPathObject, *, stroke: bool = False) -> None:
        """Fill a path whose points are places on the paper."""
        self.mark(0.0)
        self.canvas.drawPath(path, stroke=int(stroke), fill=1)

    def dot(self, x: float, y: float, *, radius: float) -> None:
        """Draw a filled dot around a point."""
        self.mark(y + radius)
        x, bend = self.at(x), radius * _ROUND
        left, right, low, high = x - radius, x + radius, y - radius, y + radius
        before, after, under, over = x - bend, x + bend, y - bend, y + bend
        self.canvas.addLiteral(
            f"{right:.2f} {y:.2f} m"
            f" {right:.2f} {over:.2f} {after:.2f} {high:.2f} {x:.2f} {high:.2f}"
            f" c {before:.2f} {high:.2f} {left:.2f} {over:.2f} {left:.2f} {y:.2f}"
            f" c {left:.2f} {under:.2f} {before:.2f} {low:.2f} {x:.2f} {low:.2f}"
            f" c {after:.2f} {low:.2f} {right:.2f} {under:.2f} {right:.2f} {y:.2f} c f"
        )
