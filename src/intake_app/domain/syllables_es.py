"""Syllables of Spanish words, by the rules of spelling.

Two strong vowels (a, e, o) are two syllables, a weak one (i, u) beside a strong one is none of its
own unless it has an accent; a silent u and an h between vowels do not count.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PIECE = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
_VOWEL_Y = re.compile(r"y(?![aeiouáéíóúü])")
_SILENT_H = re.compile(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])")
_RUN = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéó")
_WEAK_WITH_ACCENT = frozenset("íú")
_CACHED = 8192


@lru_cache(_CACHED)
def spanish_syllables(word: str) -> int:
    """Return the syllables of a word; a number counts as one."""
    pieces = _PIECE.findall(unicodedata.normalize("NFC", word).casefold())
    return sum(_of_piece(piece) for piece in pieces) or 1


def _of_piece(piece: str) -> int:
    bare = _SILENT_U.sub("", piece)
    bare = _SILENT_H.sub("", _VOWEL_Y.sub("i", bare))
    return sum(_of_run(run) for run in _RUN.findall(bare)) or 1


def _of_run(run: str) -> int:
    """Return the syllables of vowels that stand together."""
    strong = sum(sign in _STRONG for sign in run)
    apart = sum(
        sign in _WEAK_WITH_ACCENT and _beside_strong(run, place) for place, sign in enumerate(run)
    )
    return (strong + apart) or 1


def _beside_strong(run: str, place: int) -> bool:
    around = run[max(place - 1, 0) : place] + run[place + 1 : place + 2]
    return any(sign in _STRONG for sign in around)
