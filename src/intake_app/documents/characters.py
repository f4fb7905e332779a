"""Characters of a text before it is set: cleaned, and kept with the marks that belong to them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from intake_app.documents import bidi

JOINERS: Final = "\u200c\u200d"
"""Say whether letters join; they print nothing themselves."""
_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff"
COMBINING: Final = re.compile(f"[{_MARKS}]")
"""Marks over and under Latin letters that have no letter of their own with them."""
_PARTED: Final = re.compile(f"({bidi.STEERING.pattern}+)([{_MARKS}]+)")
"""A mark that something which prints nothing parts from its letter."""
FIRST_IDEOGRAPH: Final = "\u2e80"
"""From here on Chinese characters and signs: their sentences have no blank between them."""
_NO_BREAK_SPACES: Final = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
_GRAPHEME: Final = re.compile(r"\S(?:[\u200c\u200d]|(?<=[\u094d\u09cd\u0a4d\u0acd])\S)*|\s")


def clean(text: str, *, steering: bool = False) -> str:
    """Return ``text`` composed, and without characters that only steer its direction.

    ``steering`` keeps those, for who puts the text in order.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", _PARTED.sub(r"\2\1", text))
    if steering:
        return "".join(c if bidi.is_steering(c) else _cleaned(c) for c in text)
    return "".join(map(_cleaned, text))


def graphemes(text: str) -> list[str]:
    """Return letters with the marks that belong to them."""
    found: list[str] = []
    for part in _GRAPHEME.findall(text):
        if found and (is_mark(part[0]) or found[-1][-1] in JOINERS):
            found[-1] += part
        else:
            found.append(part)
    return found


@cache
def is_mark(character: str) -> bool:
    """Return whether a character belongs to the letter before it."""
    return unicodedata.category(character)[0] == "M"


@cache
def _cleaned(character: str) -> str:
    if character in _NO_BREAK_SPACES:
        return "\N{NO-BREAK SPACE}"
    if character in JOINERS:
        return character
    category = unicodedata.category(character)
    return " " if category == "Zs" else "" if category == "Cf" else character
