"""Which way each letter of a line runs, and the order in which runs print from the left.

Numbers, phone numbers, doses, codes and Latin names inside right-to-left text are kept together
and read from the left; so are right-to-left names inside left-to-right text. The Unicode rules
alone would show "+1 555 0100" as "0100 555 1+".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFTWARDS: Final = frozenset(("ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"))
"""Languages that are written from right to left."""
_RTL: Final = "\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_LETTER: Final = re.compile(f"[{_RTL}]")
_NEEDS_ORDER: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200e\u200f\u2066-\u2069]"
)
STEERING: Final = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Characters that only say which way a text runs, or where it parts."""
_OPENS: Final = {"\u2066": 0, "\u202a": 0, "\u2067": 1, "\u202b": 1, "\u2068": None}
"""Isolates, and embeddings taken as isolates: direction, None for that of the first letter."""
_CLOSES: Final = "\u2069\u202c"
_ISOLATING: Final = re.compile("[\u2066-\u2069]")
_HELD: Final = "\ufffc"
"""Stands for a part that has its own direction."""
_HOLE: Final = -1
_BY_RULES: Final = re.compile("[\u0660-\u0669\u066b\u066c\u06f0-\u06f9\u061c\u200e\u200f]")
"""Arabic digits and direction marks: these places need all of the Unicode rules."""

_L: Final = (
    rf"(?:[^\W_{_RTL}\u0660-\u0669\u06f0-\u06f9]"
    r"|[\u0300-\u036f\u0900-\u109f\u1780-\u17ff\u200c\u200d])"
)
_WORD: Final = (
    rf"(?:\(\+?\d{{1,5}}\)[ \u00a0-]?(?=\d)|[#+$€£¥@°\u2103\u2212-]?)"
    rf"{_L}(?:{_L}|[.,:/'’\u2011@&+_\u00b0\u00b7-]{{1,3}}(?={_L}))*[%°\u2103+]?"
)
_GAP: Final = (
    r"(?:[ \u00a0]|(?<=[^\W\d_])[,;] | & |(?<=[A-Z][a-z])\. |(?<=[A-Z][a-z]{2})\. "
    r"|, (?=[A-Za-z]))"
)
_PHRASE: Final = rf"{_WORD}(?:{_GAP}{_WORD})*"
_LTR_PART: Final = re.compile(rf"{_PHRASE}(?: \((?=[^()]*[A-Za-z]){_PHRASE}\))?")
_LATIN: Final = re.compile("[A-Za-z]{2}")
_RTL_PART: Final = re.compile(
    rf"[{_RTL}](?:[{_RTL}\u0660-\u0669\u06f0-\u06f9\u200c\u200d]|[ \u00a0\d.,:'’-]+(?=[{_RTL}]))*"
)


class _Levelled(Protocol):
    @property
    def level(self) -> int: ...


_Run = TypeVar("_Run", bound=_Levelled)


def is_leftwards(language: str) -> bool:
    """Return whether a language is written from right to left."""
    return language.partition("-")[0] in LEFTWARDS


def needs_order(text: str, *, base: int) -> bool:
    """Return whether letters of a text may print in another order than they are read."""
    return base == 1 or _NEEDS_ORDER.search(text) is not None


def without_steering(text: str) -> str:
    """Return a text without characters that only say which way it runs."""
    return STEERING.sub("", text)


def is_steering(character: str) -> bool:
    """Return whether a character only says which way a text runs."""
    return STEERING.match(character) is not None


def levels(text: str, *, base: int) -> list[int]:
    """Return the level of each character: even runs to the right, odd to the left."""
    found = [base] * len(text)
    _resolve(text, range(len(text)), base, found)
    return found


def in_print_order(runs: Sequence[_Run]) -> list[_Run]:
    """Return runs, given as they are read, as they print from the left."""
    order = list(runs)
    for level in range(max((run.level for run in runs), default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end].level >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


def _resolve(text: str, places: Sequence[int], base: int, found: list[int]) -> None:
    """Write the levels of a part whose characters stand at ``places``."""
    outer, marked = _without_marked(text, places, base)
    rest, parts = _without_parts(text, outer, base)
    shown = _shown(text, rest)
    level_of = _by_rules(shown, base) if _BY_RULES.search(shown) else [base] * len(rest)
    for place, level in zip(rest, level_of, strict=True):
        if place != _HOLE:
            found[place] = level
    for part in parts:
        if base % 2:
            for place in part:
                found[place] = base + 1
        else:
            _resolve(text, part, base + 1, found)
    for level, part in marked:
        _resolve(text, part, level, found)


def _shown(text: str, places: Sequence[int]) -> str:
    return "".join(_HELD if place == _HOLE else text[place] for place in places)


def _without_marked(
    text: str, places: Sequence[int], base: int
) -> tuple[list[int], list[tuple[int, Sequence[int]]]]:
    """Return places with a hole for each part that marks set apart, and those parts' levels."""
    outer: list[int] = []
    marked: list[tuple[int, Sequence[int]]] = []
    number = 0
    while number < len(places):
        character = text[places[number]]
        if character not in _OPENS:
            outer.append(places[number])
            number += 1
            continue
        end = _closing(text, places, number)
        part = places[number + 1 : end]
        side = _OPENS[character]
        if side is None:
            side = _first_side(text, part)
        marked.append((base + 1 if (base + 1) % 2 == side else base + 2, part))
        outer.append(_HOLE)
        number = end + 1
    return outer, marked


def _without_parts(
    text: str, places: Sequence[int], base: int
) -> tuple[list[int], list[Sequence[int]]]:
    """Return places with a hole for each part that runs the other way, and those parts."""
    rest: list[int] = []
    parts: list[Sequence[int]] = []
    last = 0
    for start, end in _spans(_shown(text, places), base):
        rest += [*places[last:start], _HOLE]
        parts.append(places[start:end])
        last = end
    rest += places[last:]
    return rest, parts


def _spans(line: str, base: int) -> list[tuple[int, int]]:
    """Return where the parts that run the other way begin and end."""
    if base % 2 == 0:
        return [match.span() for match in _RTL_PART.finditer(line)]
    found: list[tuple[int, int]] = []
    for match in _LTR_PART.finditer(line):
        start, end = match.span()
        if found and _goes_on(line, found[-1], start, end):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _goes_on(line: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Return whether a part is more of the same phrase: "Bone clinic, 14 December, 9 am"."""
    phrase, gap = line[slice(*before)], line[before[1] : start]
    if gap in (", ", "; "):
        return _LATIN.search(phrase) is not None
    return gap in (". ", ": ") and " " in phrase and _LATIN.search(line, start, end) is not None


def _closing(text: str, places: Sequence[int], opened: int) -> int:
    depth = 0
    for number in range(opened, len(places)):
        character = text[places[number]]
        if character in _OPENS:
            depth += 1
        elif character in _CLOSES:
            depth -= 1
            if depth == 0:
                return number
    return len(places)


def _first_side(text: str, places: Sequence[int]) -> int:
    for place in places:
        if _RTL_LETTER.match(text[place]):
            return 1
        if text[place].isalpha():
            return 0
    return 0


def _by_rules(text: str, base: int) -> list[int]:
    """Return the levels by the whole of the Unicode rules."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "R" if base % 2 else "L"
    # Marks without their other half set nothing apart; the rules as written here know none.
    algorithm.get_embedding_levels(_ISOLATING.sub("\u200b", text), storage)
    for place, character in enumerate(storage["chars"]):
        character["place"] = place
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    found = [base] * len(text)
    for character in storage["chars"]:
        found[character["place"]] = character["level"]
    return found
