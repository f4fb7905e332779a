"""Plural forms of the languages that papers are written in, by the rules of CLDR."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FEW, _MANY = range(3, 11), range(11, 100)


def _one_or_more(number: int) -> str:
    return "one" if number == 1 else "other"


def _never_changes(_: int) -> str:
    return "other"


def _arabic(number: int) -> str:
    named = {0: "zero", 1: "one", 2: "two"}
    if number in named:
        return named[number]
    rest = number % 100
    if rest in _FEW:
        return "few"
    return "many" if rest in _MANY else "other"


_RULES: dict[str, tuple[Callable[[int], str], tuple[str, ...]]] = {
    "en": (_one_or_more, ("one", "other")),
    "es": (_one_or_more, ("one", "other")),
    "zh-Hans": (_never_changes, ("other",)),
    "vi": (_never_changes, ("other",)),
    "ar": (_arabic, ("zero", "one", "two", "few", "many", "other")),
}


def plural_form(language: str, number: int) -> str:
    """Return which form of a word goes with a whole number: ``one``, ``few``, ``other``."""
    return _RULES[language][0](number)


def plural_forms(language: str) -> tuple[str, ...]:
    """Return every form that words have in a language."""
    return _RULES[language][1]
