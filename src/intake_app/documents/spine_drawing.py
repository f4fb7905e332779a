"""The spine from the side, small, with the treated bones filled and named."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from intake_app.domain.spine import LEVELS, TRANSITIONAL, UNKNOWN, in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.documents.page import Pen

Point = tuple[float, float]
Outline = tuple[Point, ...]

# Lean of the column in degrees, followed downwards; positive goes to the back. Shapes the curves
# of neck, chest and low back; not a measurement of anybody.
_LEANS: Final = (
    ("C1", -14.0), ("C4", 2.0), ("C7", 20.0), ("T2", 20.0), ("T7", 0.0), ("T11", -14.0),
    ("L1", -16.0), ("L3", -4.0), ("L5", 20.0), ("S1", 42.0), ("S3", 34.0), ("S5", -20.0),
)  # fmt: skip
_ONLY_HINTED: Final = frozenset(("C1", "C2", "C3", "C4", "C5", "S4", "S5"))
"""Left out of the drawing unless a level of the neck or the pelvis is marked."""
_HEIGHTS: Final = {"C": (0.46, 0.56), "T": (0.62, 0.92), "L": (1.0, 1.06), "S": (0.62, 0.34)}
_DEPTHS: Final = {"C": (0.72, 0.86), "T": (1.0, 1.56), "L": (1.66, 1.8), "S": (1.4, 0.4)}
_GAPS: Final = {"C": 0.14, "T": 0.15, "L": 0.24, "S": 0.03}
_PROCESS_LENGTHS: Final = {"C": 0.5, "T": 0.86, "L": 0.74, "S": 0.0}
_PROCESS_DROPS: Final = {"C": 18.0, "T": 42.0, "L": 10.0, "S": 0.0}


@dataclass(frozen=True, slots=True)
class Bone:
    """One drawn vertebra: its outlines, and where a label's line starts (its front edge)."""

    level: str
    body: Outline
    process: Outline
    front: Point


@dataclass(frozen=True, slots=True)
class Spine:
    """All bones in a box of height 1, y downwards."""

    bones: tuple[Bone, ...]
    width: float


def spine_for(treated: Sequence[str]) -> Spine:
    """Return the spine on which these levels can be marked."""
    ends = any(level[0] in "CS" for level in treated)
    return _spine(TRANSITIONAL in treated, ends)


@lru_cache(maxsize=4)
def _spine(transitional: bool, ends: bool) -> Spine:  # noqa: FBT001 - private, cached
    names = [name for name in LEVELS if ends or name not in _ONLY_HINTED]
    if transitional:
        names.insert(names.index("L5") + 1, TRANSITIONAL)
    bones: list[Bone] = []
    x = y = 0.0
    for name in names:
        region = name[0]
        share = _share(name)
        height = _between(_HEIGHTS[region], share)
        depth = _between(_DEPTHS[region], share)
        lean = math.radians(_lean(name))
        step = height + _GAPS[region]
        middle = (x + math.sin(lean) * step / 2, y + math.cos(lean) * step / 2)
        bones.append(_bone(name, middle, lean=lean, height=height, depth=depth))
        x, y = x + math.sin(lean) * step, y + math.cos(lean) * step
    points = [point for bone in bones for point in (*bone.body, *bone.process)]
    left, top = min(p[0] for p in points), min(p[1] for p in points)
    right, bottom = max(p[0] for p in points), max(p[1] for p in points)
    scale = 1 / (bottom - top)

    def fitted(point: Point) -> Point:
        return (point[0] - left) * scale, (point[1] - top) * scale

    return Spine(
        tuple(
            Bone(
                bone.level,
                tuple(map(fitted, bone.body)),
                tuple(map(fitted, bone.process)),
                fitted(bone.front),
            )
            for bone in bones
        ),
        (right - left) * scale,
    )


def _share(name: str) -> float:
    if name == TRANSITIONAL:
        return 1.0
    region = [level for level in LEVELS if level[0] == name[0]]
    return region.index(name) / (len(region) - 1)


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * share


def _lean(name: str) -> float:
    place = LEVELS.index("L5") if name == TRANSITIONAL else LEVELS.index(name)
    for (upper, first), (lower, second) in pairwise(_LEANS):
        start, end = LEVELS.index(upper), LEVELS.index(lower)
        if start <= place <= end:
            return first + (second - first) * (place - start) / (end - start)
    raise AssertionError(name)


def _bone(name: str, middle: Point, *, lean: float, height: float, depth: float) -> Bone:
    # Along: to the back. Down: along the column.
    along, down = (math.cos(lean), -math.sin(lean)), (math.sin(lean), math.cos(lean))

    def at(back: float, low: float) -> Point:
        return (
            middle[0] + along[0] * back + down[0] * low,
            middle[1] + along[1] * back + down[1] * low,
        )

    half, tall = depth / 2, height / 2
    cut = min(half, tall) * 0.3
    waist = 0.06 * depth
    body = (
        at(-half + cut, -tall),
        at(half - cut, -tall),
        at(half, -tall + cut),
        at(half - waist, 0),
        at(half, tall - cut),
        at(half - cut, tall),
        at(-half + cut, tall),
        at(-half, tall - cut),
        at(-half + waist, 0),
        at(-half, -tall + cut),
    )
    process: Outline = ()
    length = _PROCESS_LENGTHS[name[0]] * (0.8 + depth / 4)
    if length:
        drop = math.radians(_PROCESS_DROPS[name[0]])
        thick = height * (0.3 if name[0] == "L" else 0.2)
        root, tip = half + 0.34, half + 0.34 + length * math.cos(drop)
        fall = length * math.sin(drop)
        process = (
            at(root - 0.12, -tall * 0.7),
            at(root + 0.1, -tall * 0.7),
            at(tip, -tall * 0.7 + fall),
            at(tip, -tall * 0.7 + fall + thick * 1.5),
            at(tip - 0.1, -tall * 0.7 + fall + thick * 1.7),
            at(root - 0.04, -tall * 0.7 + thick * 2),
        )
    return Bone(name, body, process, at(-half + waist, 0))


def draw_spine(
    pen: Pen, treated: Sequence[str], *, x: float, top: float, height: float
) -> tuple[tuple[str, Point], ...]:
    """Draw the spine; return each treated level and the point its label's line starts from.

    ``x`` is the left edge of the drawing, ``top`` its upper edge.
    """
    drawn = spine_for(treated)
    black: list[list[Point]] = []
    main: list[list[Point]] = []
    hinted: list[list[Point]] = []
    starts: dict[str, Point] = {}
    for bone in drawn.bones:
        outlines = [
            [(x + px * height, top - py * height) for px, py in outline]
            for outline in (bone.body, bone.process)
            if outline
        ]
        hint = bone.level[0] in "CS"
        if bone.level in treated:
            black.append(outlines[0])
            starts[bone.level] = (x + bone.front[0] * height, top - bone.front[1] * height)
            (hinted if hint else main).extend(outlines[1:])
        else:
            (hinted if hint else main).extend(outlines)
    pen.shapes(hinted, filled=False, weight=0.35)
    pen.shapes(main, filled=False, weight=0.7)
    if black:
        pen.shapes(black, filled=True, weight=0.9)
    return tuple((level, starts[level]) for level in in_order(treated) if level != UNKNOWN)


def label_tops(wanted: Sequence[float], *, step: float, top: float, bottom: float) -> list[float]:
    """Return a middle height for each label, near the wanted ones, at least ``step`` apart.

    Heights fall from first to last and lie between ``top`` and ``bottom`` where there is room.
    """
    placed: list[float] = []
    for height in wanted:
        limit = placed[-1] - step if placed else top - step / 2
        placed.append(min(height, limit))
    floor = bottom + step / 2
    for number in range(len(placed) - 1, -1, -1):
        if placed[number] >= floor:
            break
        placed[number] = floor
        floor += step
    # Labels pushed down by the ones above move back up half of it, so the fan stays centred.
    shift = sum(w - p for w, p in zip(wanted, placed, strict=True)) / max(len(placed), 1)
    room = (top - step / 2) - placed[0] if placed else 0.0
    return [height + max(0.0, min(shift, room)) for height in placed]
