"""The outline of a spine seen from its left side: where each vertebra lies and how it is shaped."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, radians, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

from intake_app.domain.spine import LEVELS

USUAL_HEIGHT = 560
"""Height in pixels at which one unit is one pixel."""
USUAL_WIDTH = 268
_TOP = 8.0
_AXIS = 108.0
"""Where the line through the middle of the bodies runs, before it bends."""

# Region: first and last distance between neighbours, width and share of the height that is bone.
_PITCH = {"C": (12.0, 12.6), "T": (17.8, 23.2), "L": (26.4, 29.2), "S": (13.0, 9.0)}
_WIDTH = {"C": (21.0, 24.0), "T": (25.0, 40.0), "L": (42.0, 48.0), "S": (42.0, 16.0)}
_BONE = {"C": 0.80, "T": 0.80, "L": 0.78, "S": 0.93}
# Length and slope (degrees below the horizontal) of the spinous process, first and last.
_PROCESS = {"C": (13.0, 25.0), "T": (25.0, 29.0), "L": (27.0, 25.0), "S": (9.0, 4.0)}
_SLOPE = {"C": (12.0, 26.0), "T": (30.0, 24.0), "L": (12.0, 10.0), "S": (20.0, 20.0)}
_STEEPEST = 46.0
"""The processes in the middle of the chest point down most."""

# The bends of the spine: how far each level lies behind (+) or in front of (-) the axis.
_BEND = {
    "C1": 4.0,
    "C4": -3.0,
    "C7": 3.0,
    "T2": 14.0,
    "T5": 27.0,
    "T8": 31.0,
    "T11": 19.0,
    "L1": 4.0,
    "L3": -8.0,
    "L4": -8.5,
    "L5": -3.0,
    "S1": 7.0,
    "S3": 19.0,
    "S5": 24.0,
}
_REGION_SIZE = {"C": 7, "T": 12, "L": 5, "S": 5}


@dataclass(frozen=True, slots=True)
class Vertebra:
    """One vertebra as it is drawn."""

    level: str
    body: QPainterPath
    process: QPainterPath
    disc: QPainterPath | None
    """The disc under it; none inside the sacrum."""
    centre: QPointF
    strip: QRectF
    """The whole line of the drawing that belongs to it: what a click hits."""
    left: float
    """How far left bone reaches inside the strip; the name stands before it."""


@dataclass(frozen=True, slots=True)
class Spine:
    """All vertebrae, the tail bone under them, and the scale they were drawn in."""

    vertebrae: dict[str, Vertebra]
    tail: tuple[QPainterPath, ...]
    scale: float
    column: float
    """Where the words beside the processes begin."""


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * share


def _share(level: str) -> float:
    return (int(level[1:]) - 1) / (_REGION_SIZE[level[0]] - 1)


def _heights() -> dict[str, tuple[float, float]]:
    """Return the middle and the height of each level's strip, in units from the top."""
    found, y = {}, _TOP
    for level in LEVELS:
        pitch = _between(_PITCH[level[0]], _share(level))
        found[level] = (y + pitch / 2, pitch)
        y += pitch
    return found


_STRIPS = _heights()
_KNOTS = [(_STRIPS[level][0], value) for level, value in _BEND.items()]
_STEEPNESS = [
    (after[1] - before[1]) / (after[0] - before[0])
    for before, after in zip(
        [_KNOTS[0], *_KNOTS[:-1]], [_KNOTS[1], *_KNOTS[2:], _KNOTS[-1]], strict=True
    )
]
_PIECES = list(zip(pairwise(_KNOTS), pairwise(_STEEPNESS), strict=True))


def _bend(y: float) -> float:
    """Return how far the curve lies from the axis at height ``y``: a smooth line through _BEND."""
    for (one, other), (slope, next_slope) in _PIECES:
        if y <= other[0] or other is _KNOTS[-1]:
            width = other[0] - one[0]
            t = (y - one[0]) / width
            return (
                (2 * t**3 - 3 * t**2 + 1) * one[1]
                + (t**3 - 2 * t**2 + t) * width * slope
                + (-2 * t**3 + 3 * t**2) * other[1]
                + (t**3 - t**2) * width * next_slope
            )
    return _KNOTS[-1][1]


def _tilt(y: float) -> float:
    """Return the slope of the curve in degrees; a body stands square on it."""
    return degrees(atan2(_bend(y + 2) - _bend(y - 2), 4))


def _body(width: float, height: float) -> QPainterPath:
    """Return a vertebral body around the origin: rounded corners, a waist, hollow end plates."""
    x, y, r = width / 2, height / 2, min(width, height) * 0.24
    waist, hollow = width * 0.10, height * 0.10
    path = QPainterPath(QPointF(-x + r, -y))
    path.quadTo(0, -y + hollow, x - r, -y)
    path.quadTo(x, -y, x, -y + r)
    path.quadTo(x - waist, 0, x, y - r)
    path.quadTo(x, y, x - r, y)
    path.quadTo(0, y - hollow, -x + r, y)
    path.quadTo(-x, y, -x, y - r)
    path.quadTo(-x + waist, 0, -x, -y + r)
    path.quadTo(-x, -y, -x + r, -y)
    path.closeSubpath()
    return path


def _process(level: str, width: float, height: float) -> QPainterPath:
    """Return the arch and spinous process behind a body, around the body's middle."""
    region, share = level[0], _share(level)
    length = _between(_PROCESS[region], share)
    slope = _between(_SLOPE[region], share)
    if region == "T":
        slope += (_STEEPEST - slope) * max(0.0, 1 - abs(share - 0.55) * 2.2)
    down = radians(slope)
    root, thick = width / 2 - 2, height * (0.30 if region == "L" else 0.20)
    tip = QPointF(root + 6 + length * cos(down), length * sin(down) - height * 0.06)
    along = QPointF(cos(down), sin(down))
    across = QPointF(-sin(down), cos(down))
    upper, lower = tip - across * thick, tip + across * thick
    path = QPainterPath(QPointF(root, -height * 0.36))
    path.cubicTo(
        QPointF(root + length * 0.30, -height * 0.40), upper - along * (length * 0.45), upper
    )
    path.quadTo(tip + along * (thick * 1.5), lower)
    path.cubicTo(
        lower - along * (length * 0.45),
        QPointF(root + length * 0.22, height * 0.22),
        QPointF(root, height * 0.10),
    )
    path.closeSubpath()
    return path


def _disc(width: float, height: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-width / 2, -height / 2, width, height), height / 2, height / 2)
    return path


def draw_spine(width: float, height: float) -> Spine:
    """Return the spine for a drawing of this size; it fills the height."""
    scale = height / USUAL_HEIGHT
    across = min(scale, width / USUAL_WIDTH)
    spread = max(0.0, width - USUAL_WIDTH * across) / 2
    to_screen = QTransform().translate(spread, 0).scale(across, scale)
    vertebrae, before = {}, list[QPainterPath]()
    for level in LEVELS:
        y, pitch = _STRIPS[level]
        # Along a tilted line neighbours are farther apart than their strips are high.
        bone = pitch * _BONE[level[0]] / cos(radians(_tilt(y)))
        body_width = _between(_WIDTH[level[0]], _share(level))
        x = _AXIS + _bend(y)
        place = QTransform().translate(x, y).rotate(-_tilt(y)) * to_screen
        disc = None
        if level[0] != "S":
            below = y + pitch / 2
            at = QTransform().translate(_AXIS + _bend(below), below).rotate(-_tilt(below))
            disc = (at * to_screen).map(_disc(body_width * 0.86, pitch * 0.30))
        body = place.map(_body(body_width, bone))
        strip = QRectF(0, (y - pitch / 2) * scale, width, pitch * scale)
        vertebrae[level] = Vertebra(
            level,
            body,
            place.map(_process(level, body_width, bone)),
            disc,
            to_screen.map(QPointF(x, y)),
            strip,
            min([body.boundingRect().left(), *(_edge(above, strip) for above in before[-1:])]),
        )
        before.append(body)
    return Spine(vertebrae, _tail(to_screen), across, to_screen.map(QPointF(_AXIS + 96, 0)).x())


def _edge(body: QPainterPath, strip: QRectF) -> float:
    """Return how far left a body reaches inside a strip that it hangs into."""
    line = QPainterPath()
    line.addRect(strip)
    inside = body.intersected(line).boundingRect()
    return strip.right() if inside.isEmpty() else inside.left()


def _tail(to_screen: QTransform) -> tuple[QPainterPath, ...]:
    """Return the small bones under the sacrum, drawn but not to be marked."""
    y, pitch = _STRIPS[LEVELS[-1]]
    y += pitch / 2
    bones = []
    for number, (dx, size) in enumerate(((24.0, 9.0), (21.5, 7.5), (17.5, 6.0))):
        place = (
            QTransform().translate(_AXIS + dx, y + 3.2 + number * 5.6).rotate(14.0 + number * 14)
        )
        bones.append((place * to_screen).map(_body(size, 5.4)))
    return tuple(bones)
