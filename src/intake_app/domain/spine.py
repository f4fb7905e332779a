"""The vertebrae: their order and regions, and reading "T12, L1-L3" as people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.language import N_
from intake_app.domain.validation import Problem
from intake_app.domain.values import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable


class Region(Choice):
    """A part of the spine, from the head down."""

    CERVICAL = "C", N_("Cervical (neck)")
    THORACIC = "T", N_("Thoracic (chest)")
    LUMBAR = "L", N_("Lumbar (low back)")
    SACRAL = "S", N_("Sacral (pelvis)")


REGION_SIZES = {Region.CERVICAL: 7, Region.THORACIC: 12, Region.LUMBAR: 5, Region.SACRAL: 5}
"""How many vertebrae each region usually has."""

LEVELS: tuple[str, ...] = tuple(
    f"{region.value}{number}"
    for region, size in REGION_SIZES.items()
    for number in range(1, size + 1)
)
"""Every usual level from C1 to S5, from the head down."""

STANDARD_LEVELS: tuple[str, ...] = tuple(level for level in LEVELS if level[0] in "TL")
"""T1 to L5: the 17 levels that are drawn large (clinical.md F-30)."""

TRANSITIONAL = "L6"
UNKNOWN = "unknown"


class Level(Choice):
    """A vertebral level as it is stored (F-30)."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"
    T5 = "T5"
    T6 = "T6"
    T7 = "T7"
    T8 = "T8"
    T9 = "T9"
    T10 = "T10"
    T11 = "T11"
    T12 = "T12"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"
    TRANSITIONAL = "L6", N_("L6 / transitional")
    UNKNOWN = "unknown", N_("Unknown level")


def position(level: str) -> int:
    """Return the place of a level counted from C1; transitional follows L5, unknown is last."""
    if level == TRANSITIONAL:
        return LEVELS.index("L5") + 1
    if level == UNKNOWN:
        return len(LEVELS) + 1
    index = LEVELS.index(level)
    return index + (level[0] == "S")


def region_of(level: str) -> Region | None:
    """Return the region of a level; ``None`` for an unknown one."""
    return None if level == UNKNOWN else Region(level[0])


def in_order(levels: Iterable[str]) -> tuple[str, ...]:
    """Return the levels from the head down."""
    return tuple(sorted(levels, key=position))


def write_levels(levels: Iterable[str]) -> str:
    """Return levels as people write them, runs of three or more joined: "T12, L1-L3".

    Unknown levels are not named: they have no name to read back. A transitional one stands alone.
    """
    ordered = [level for level in in_order(levels) if level != UNKNOWN]
    runs: list[list[str]] = []
    for level in ordered:
        if runs and _follows(runs[-1][-1], level):
            runs[-1].append(level)
        else:
            runs.append([level])
    words = []
    for run in runs:
        if len(run) > 2:  # noqa: PLR2004 - two neighbours are named, not joined
            words.append(f"{run[0]}-{run[-1]}")
        else:
            words.extend(run)
    return ", ".join(words)


def _follows(upper: str, lower: str) -> bool:
    joined = upper[0] == lower[0] and position(lower) == position(upper) + 1
    return joined and lower != TRANSITIONAL


@dataclass(frozen=True, slots=True)
class LevelsRead:
    """What a typed line of levels means: the levels in order, and what could not be read."""

    levels: tuple[str, ...]
    problems: tuple[Problem, ...]


_REGION_WORDS = {
    "c": "C",
    "cervical": "C",
    "t": "T",
    "th": "T",
    "d": "T",
    "thoracic": "T",
    "dorsal": "T",
    "l": "L",
    "lumbar": "L",
    "s": "S",
    "sacral": "S",
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth"),
            *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
        ),
        start=1,
    )
}
_LEVEL = re.compile(
    r"(?P<region>cervical|thoracic|dorsal|lumbar|sacral|th|[ctdls])\s*\.?\s*(?P<number>\d{1,2})|"
    r"(?P<ordinal>\d{1,2}(?:st|nd|rd|th)|" + "|".join(_ORDINALS) + r")\s+"
    r"(?P<named>cervical|thoracic|dorsal|lumbar|sacral)"
)
_FILLER = re.compile(r"\b(?:vertebra[el]?|bod(?:y|ies)|levels?|fractures?|of|the|at|from)\b")
_REGIONS = r"(?:cervical|thoracic|dorsal|lumbar|sacral|th|[ctdls])"
_HYPHENATED = re.compile(rf"\b({_REGIONS})-(?=\d)")
"""T-12 is one level, not a range."""
_NEIGHBOURS = re.compile(rf"(?<=\d)\s+(?={_REGIONS}\s*\.?\s*\d)")
"""T12 L1 are two levels without a comma between them."""
_DASHES = re.compile(
    r"\s*(?:[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]|\bto\b|\bthrough\b|\bthru\b)\s*"
)
_SEPARATORS = re.compile(r"\s*(?:[,;/+&\n]|\band\b)\s*")
LEVELS_KEY = "levels"


def read_levels(typed: str) -> LevelsRead:
    """Read levels as people write them: ``T12, L1-L3``, ``12th thoracic``, ``D12``, ``T11-12``.

    Every piece that cannot be read gives one problem (key ``levels``) and no level; the rest is
    read all the same. A level named twice is a problem and counted once.
    """
    levels: list[str] = []
    problems: list[Problem] = []
    text = _FILLER.sub(" ", typed.casefold())
    text = _NEIGHBOURS.sub(", ", _HYPHENATED.sub(r"\1", text))
    for raw in _SEPARATORS.split(text):
        piece = " ".join(raw.split()).strip(" .")
        if not piece:
            continue
        found, problem = _read_piece(piece, levels[-1] if levels else None)
        if problem:
            problems.append(problem)
        for level in found:
            if level in levels:
                problems.append(Problem.of(LEVELS_KEY, "level_twice", level=level))
            else:
                levels.append(level)
    return LevelsRead(in_order(levels), tuple(problems))


def _read_piece(piece: str, before: str | None) -> tuple[tuple[str, ...], Problem | None]:
    ends = _DASHES.split(piece)
    if len(ends) == 1:
        level, problem = _read_level(piece, before[0] if before else None)
        return ((level,) if level else ()), problem
    if len(ends) != 2 or not all(ends):  # noqa: PLR2004 - a range has two ends
        return (), _unreadable(piece)
    upper, problem = _read_level(ends[0], None)
    if problem or upper is None:
        return (), problem
    lower, problem = _read_level(ends[1], upper[0])
    if problem or lower is None:
        return (), problem
    if position(lower) < position(upper):
        return (), Problem.of(LEVELS_KEY, "range_upwards", upper=upper, lower=lower)
    return tuple(
        level for level in LEVELS if position(upper) <= position(level) <= position(lower)
    ), None


def _read_level(text: str, region: str | None) -> tuple[str | None, Problem | None]:
    """Read one level; a bare number belongs to ``region`` when one is given ("T11-12")."""
    if match := _LEVEL.fullmatch(text):
        if match["region"]:
            letter, number = _REGION_WORDS[match["region"]], int(match["number"])
        else:
            letter = _REGION_WORDS[match["named"]]
            number = _ORDINALS.get(match["ordinal"]) or int(match["ordinal"][:-2])
    elif region and re.fullmatch(r"\d{1,2}", text):
        letter, number = region, int(text)
    else:
        return None, _unreadable(text)
    size = REGION_SIZES[Region(letter)]
    if 1 <= number <= size:
        return f"{letter}{number}", None
    code = "transitional_level" if (letter, number) == ("L", 6) else "no_such_level"
    return None, Problem.of(
        LEVELS_KEY, code, level=f"{letter}{number}", first=f"{letter}1", last=f"{letter}{size}"
    )


def _unreadable(text: str) -> Problem:
    return Problem.of(LEVELS_KEY, "not_a_level", text=text.upper())
