"""What ink is left on paper: black and white, photocopies, lines and shapes of a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import pikepdf
from PIL import Image, ImageFilter

from tests.documents.looking import Letter

DOTS = 300
"""Dots per inch of a plain office printer."""
SCALE = DOTS / 72
SOLID = frozenset(".,:;·•'’‘-–—|lIiíì!1/\\_°%\"“”")
"""Signs whose box is nearly full of ink, or too small to say."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Segment:
    """A drawn straight line of a page, in points from its foot."""

    start: Point
    end: Point
    dashed: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline and whether it is filled black."""

    points: tuple[Point, ...]
    black: bool

    @property
    def middle(self) -> Point:
        """The mean of its corners."""
        return (
            sum(x for x, _ in self.points) / len(self.points),
            sum(y for _, y in self.points) / len(self.points),
        )


def black_and_white(picture: Image.Image, threshold: int = 128) -> Image.Image:
    """Return a picture in one bit: what a laser printer without grey puts on paper."""
    return picture.point([255 * (grey > threshold) for grey in range(256)])


def photocopied(picture: Image.Image) -> Image.Image:
    """Return a copy of a copy: each blurred by the optics, then black or white."""
    once = black_and_white(picture.filter(ImageFilter.GaussianBlur(1.2)), 140)
    return black_and_white(once.filter(ImageFilter.GaussianBlur(1.2)), 140)


def faint(picture: Image.Image, letters: list[Letter]) -> list[tuple[str, float]]:
    """Return letters that lost their ink or drowned in it, and the share of their box in ink."""
    found = []
    for letter in letters:
        share = _ink(picture, letter.left, letter.bottom, letter.right, letter.top)
        drowned = share > 0.93 and letter.character not in SOLID
        if share < 0.1 or drowned:
            found.append((letter.character, round(share, 2)))
    return found


def lost_lines(picture: Image.Image, segments: list[Segment]) -> list[Segment]:
    """Return rules and borders that are not there, or have holes."""
    return [
        segment
        for segment in segments
        if _along(picture, segment) < (0.35 if segment.dashed else 0.97)
    ]


def wrongly_filled(picture: Image.Image, shapes: list[Shape]) -> list[Shape]:
    """Return shapes that do not look black, or white, as they are meant."""
    found = []
    for shape in shapes:
        x, y = shape.middle
        share = _ink(picture, x - 1, y - 1, x + 1, y + 1)
        if (share > 0.9) != shape.black or (share < 0.1) == shape.black:
            found.append(shape)
    return found


def segments_of(pdf: bytes, number: int) -> list[Segment]:
    """Return the level and upright lines of a page, those of rectangles with them."""
    found: list[Segment] = []
    for path, dashed, operator in _paths(pdf, number):
        if operator == "S":
            found += [Segment(a, b, dashed) for a, b in path if a[0] == b[0] or a[1] == b[1]]
    return found


def bones_of(pdf: bytes, number: int) -> list[Shape]:
    """Return the bodies of the vertebrae on a page: outlines of ten corners."""
    return [
        Shape(tuple(a for a, _ in path), operator == "black")
        for path, _, operator in _outlines(pdf, number)
        if len(path) == 9
    ]


def _ink(picture: Image.Image, left: float, bottom: float, right: float, top: float) -> float:
    box = (
        round(left * SCALE),
        round(picture.height - top * SCALE),
        max(round(right * SCALE), round(left * SCALE) + 1),
        max(round(picture.height - bottom * SCALE), round(picture.height - top * SCALE) + 1),
    )
    counted = picture.crop(box).histogram()
    return counted[0] / max(sum(counted), 1)


def _along(picture: Image.Image, segment: Segment) -> float:
    """Return the share of places along a line where ink is within a dot of it."""
    (x, y), (to_x, to_y) = segment.start, segment.end
    steps = max(int(max(abs(to_x - x), abs(to_y - y)) * SCALE / 2), 1)
    inked = 0
    for step in range(1, steps):
        part = step / steps
        across = x + (to_x - x) * part
        up = y + (to_y - y) * part
        inked += _ink(picture, across - 0.4, up - 0.4, across + 0.4, up + 0.4) > 0
    return inked / max(steps - 1, 1)


def _paths(pdf: bytes, number: int) -> Iterator[tuple[list[tuple[Point, Point]], bool, str]]:
    path: list[tuple[Point, Point]] = []
    place: Point = (0.0, 0.0)
    dashed = False
    with pikepdf.open(BytesIO(pdf)) as document:
        for step in pikepdf.parse_content_stream(document.pages[number]):
            name = str(step.operator)
            if name == "d":
                dashed = len(list(step.operands[0])) > 0
                continue
            if name not in {"re", "m", "l", "S", "f", "f*", "B", "B*", "n", "h", "c"}:
                continue
            values = [float(value) for value in step.operands]
            if name == "re":
                x, y, wide, high = values
                corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
                path += list(pairwise(corners))
            elif name == "m":
                place = (values[0], values[1])
            elif name == "l":
                path.append((place, (values[0], values[1])))
                place = (values[0], values[1])
            elif name not in {"h", "c"}:
                yield path, dashed, name
                path = []


def _outlines(pdf: bytes, number: int) -> Iterator[tuple[list[tuple[Point, Point]], bool, str]]:
    path: list[tuple[Point, Point]] = []
    waiting: list[list[tuple[Point, Point]]] = []
    place: Point = (0.0, 0.0)
    grey = 0.0
    with pikepdf.open(BytesIO(pdf)) as document:
        for step in pikepdf.parse_content_stream(document.pages[number]):
            name = str(step.operator)
            if name == "g":
                grey = float(step.operands[0])
            elif name == "m":
                place = (float(step.operands[0]), float(step.operands[1]))
            elif name == "l":
                to = (float(step.operands[0]), float(step.operands[1]))
                path.append((place, to))
                place = to
            elif name == "h":
                waiting.append(path)
                path = []
            elif name in {"B", "B*", "S", "f", "f*", "n"}:
                yield from ((one, False, "black" if grey == 0 else "white") for one in waiting)
                path, waiting = [], []
