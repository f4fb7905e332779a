"""What the writer's helper must know of a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DATE_NAMES = re.compile(
    r"\{\w*(?:end|until|_at|_by|_on|_off|_out|day|date|soon|since|call_back|follow_up)\w*\}"
)
"""Placeholders that stand for a day or a clock time."""
_CLAUSE = re.compile(r"[:;,–]\s+|\.\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """The patterns of one language."""

    passive: re.Pattern[str]
    """The participle is the group ``done``."""
    not_passive: frozenset[str]
    """Participles that say how somebody feels or how something is."""
    sum_of: re.Pattern[str]
    limit: re.Pattern[str]
    date: re.Pattern[str]
    verbs: frozenset[str]
    """First words of instructions."""
    advice: re.Pattern[str]

    def passives(self, text: str) -> Iterator[str]:
        """Yield words in the passive voice."""
        for match in self.passive.finditer(text):
            if (match["done"] or "").casefold() not in self.not_passive:
                yield match[0]

    def sums(self, text: str) -> Iterator[str]:
        """Yield numbers that the reader would have to reckon with."""
        for match in self.sum_of.finditer(text):
            yield match[0]

    def limits(self, text: str) -> Iterator[str]:
        """Yield lengths of time that an instruction lasts."""
        for match in self.limit.finditer(text):
            yield match[0]

    def is_dated(self, text: str) -> bool:
        """Return whether a day or a clock time stands there, or will."""
        return bool(DATE_NAMES.search(text) or self.date.search(text))

    def hides_its_verb(self, text: str) -> bool:
        """Return whether an instruction is there, but not at the beginning."""
        if text.rstrip().endswith("?"):
            return False
        first, *others = (self._first_word(part) for part in _CLAUSE.split(text))
        return first not in self.verbs and any(word in self.verbs for word in others)

    def begins_with_verb(self, text: str) -> bool:
        """Return whether a text begins with what to do."""
        return self._first_word(text) in self.verbs

    def advises(self, text: str) -> Iterator[str]:
        """Yield words that advise instead of telling: "you should walk"."""
        for match in self.advice.finditer(text):
            yield match[0]

    def _first_word(self, clause: str) -> str:
        found = re.match(r"[^\w{]*(\w+)", clause)
        return found[1].casefold() if found else ""
