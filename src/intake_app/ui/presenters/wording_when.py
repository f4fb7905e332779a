"""A condition as people choose it: which facts must hold, and which must not."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.domain.conditions import ALWAYS, ALWAYS_WHEN, SEVERAL, When

ALL, ANY, NONE = "all", "any", "none"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The facts that must hold, all of them or one of them, and those that must not."""

    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()
    one_is_enough: bool = False


def chosen_of(when: When[object]) -> Chosen | None:
    """Return a condition as it is chosen; ``None`` for one that is nested deeper than that."""
    names = tuple(part for part in when.parts if isinstance(part, str))
    inner = [part for part in when.parts if isinstance(part, When)]
    if any(isinstance(part, When) for each in inner for part in each.parts):
        return None
    if not inner:
        told = tuple(name for name in names if name != ALWAYS)
        if when.mode == NONE:
            return Chosen(fails=told)
        return Chosen(holds=told, one_is_enough=when.mode == ANY)
    fails = tuple(str(part) for each in inner if each.mode == NONE for part in each.parts)
    others = [each for each in inner if each.mode != NONE]
    if when.mode != ALL or len(others) > 1 or (others and names):
        return None
    if not others:
        return Chosen(names, fails)
    return Chosen(
        tuple(str(part) for part in others[0].parts), fails, one_is_enough=others[0].mode == ANY
    )


def when_of(chosen: Chosen) -> When[object]:
    """Return the condition for what was chosen; nothing chosen holds always."""
    several = len(chosen.holds) >= SEVERAL
    if not chosen.fails:
        if not chosen.holds:
            return ALWAYS_WHEN
        return When(ANY if chosen.one_is_enough and several else ALL, chosen.holds)
    without: When[object] = When(NONE, chosen.fails)
    if not chosen.holds:
        return without
    if chosen.one_is_enough and several:
        return When(ALL, (When(ANY, chosen.holds), without))
    return When(ALL, (*chosen.holds, without))
