"""Syllables of English words.

First the rules of spelling, then corrections learnt from a pronouncing dictionary; words that both
get wrong are exceptions.
``tools/make_syllables.py`` makes corrections and exceptions from these rules and the dictionary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e|(?<=[aeiou])le)$")
_SOUNDED_ES = re.compile(r"(?:[sxz]|[cs]h|[cg])es$")
_TWO_VOWELS = re.compile(r"i[ao](?!u)|ua(?!r)|eo|[aeiouy]ing|uou|ye[rd]$|io(?=d)")
_JOINED = re.compile(r"[tsc]i[ao]|gio|qua|gua")
_HISSING = re.compile(r"(?:[sxz]|[cs]h|[cgsz]e)$")
"""Endings after which ``'s`` is a syllable: the nurse's."""
_PIECE = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIRST, _LAST = "^", "$"
_CACHED = 8192


class Syllables:
    """Counts the syllables of English words."""

    def __init__(
        self,
        corrections: Iterable[tuple[str, int]] = (),
        exceptions: Mapping[str, int] | None = None,
    ) -> None:
        """Take corrections (letters, with ^ and $ for the ends of a word, and what they add)."""
        self._corrections = tuple(corrections)
        self._exceptions = dict(exceptions or {})
        self.of = lru_cache(_CACHED)(self._of)
        """Return the syllables of a word; a number counts as one, joined words each for itself."""

    def _of(self, word: str) -> int:
        pieces = _PIECE.findall(word.casefold().replace("’", "'"))
        return sum(self._of_piece(piece) for piece in pieces) or 1

    def _of_piece(self, piece: str) -> int:
        bare, more = owner_of(piece)
        if bare in self._exceptions:
            return self._exceptions[bare] + more
        marked = f"{_FIRST}{bare}{_LAST}"
        count = by_rule(bare) + sum(add for part, add in self._corrections if part in marked)
        return max(1, count) + more


def owner_of(word: str) -> tuple[str, int]:
    """Return a small-letter word without apostrophes and its ``'s``, and what that ``'s`` adds."""
    if word.endswith("'s"):
        bare = word[:-2]
        return bare.replace("'", ""), int(bool(_HISSING.search(bare)))
    return word.replace("'", ""), 0


def by_rule(word: str) -> int:
    """Return the syllables that spelling suggests: groups of vowels, less a silent e."""
    count = len(_VOWELS.findall(word))
    if _SILENT_END.search(word) and not _SOUNDED_ES.search(word):
        count -= 1
    count += len(_TWO_VOWELS.findall(word)) - len(_JOINED.findall(word))
    return max(1, count)


def read_syllables(text: str) -> tuple[tuple[tuple[str, int], ...], dict[str, int]]:
    """Read a file of corrections (lines with + or -) and exceptions (lines with their number)."""
    corrections: list[tuple[str, int]] = []
    exceptions: dict[str, int] = {}
    for line in text.splitlines():
        first, *words = ("#",) if line.startswith("#") or not line else line.split()
        if first in ("+", "-"):
            corrections += [(word, 1 if first == "+" else -1) for word in words]
        elif first.isdigit():
            exceptions.update(dict.fromkeys(words, int(first)))
    return tuple(corrections), exceptions
