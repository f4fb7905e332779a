"""Which words of the names in the database somebody may have meant by a word."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from intake_app.domain.sound import sound_codes
from intake_app.storage.search_fit import edit_distance, forgiven, nicknames, word_cost
from intake_app.storage.search_index import PART_LENGTHS, WORD_COUNTS, remains

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.storage.session import Session

_LONGEST_PART = PART_LENGTHS[-1]
_MOST_WORDS = 24
_MOST_HALVES = 16
_MOST_PARTS = 40
_NEAR = """
    SELECT DISTINCT n.part FROM json_each(:remains) AS j CROSS JOIN name_near AS n
    ON n.remains = j.value"""
_SOUND = """
    SELECT w.word, w.patients FROM json_each(:codes) AS j CROSS JOIN name_sound AS s
    ON s.code = j.value CROSS JOIN name_word AS w ON w.word = s.word LIMIT 600"""
_WORDS_FROM = """
    SELECT w.word, w.patients FROM json_each(:parts) AS j CROSS JOIN name_word AS w
    ON w.word >= j.value AND w.word < j.value || char(1114111) LIMIT 600"""


class Meant:
    """What a typed word may have been meant to be, asked of the database only when needed."""

    def __init__(self, session: Session, typed: str) -> None:
        self._session = session
        self.typed = typed

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """Return nicknames, words that sound alike and words one error away, nearest first."""
        found = self._counted(WORD_COUNTS, "words", nicknames().others(self.typed))
        found |= self._counted(_SOUND, "codes", sound_codes(self.typed))
        found |= self._words_near(1)
        return self._nearest(found)

    @cached_property
    def halves(self) -> tuple[str, ...]:
        """Return beginnings of words, one error away from what was typed so far."""
        if not forgiven(self.typed):
            return ()
        return _shortest(self._parts_near(1))[:_MOST_HALVES]

    @cached_property
    def farther(self) -> tuple[str, ...]:
        """Return words two errors away, nearest first."""
        return self._nearest(self._words_near(2)) if forgiven(self.typed) > 1 else ()

    @cached_property
    def farther_halves(self) -> tuple[str, ...]:
        """Return beginnings of words, two errors away from what was typed so far."""
        return _shortest(self._parts_near(2))[:_MOST_HALVES] if forgiven(self.typed) > 1 else ()

    def _words_near(self, errors: int) -> dict[str, int]:
        if forgiven(self.typed) < errors:
            return {}
        parts = self._parts_near(errors)
        longest = [part for part in parts if len(part) == _LONGEST_PART]
        shorter = [part for part in parts if len(part) < _LONGEST_PART]
        found = self._counted(WORD_COUNTS, "words", shorter)
        return found | self._counted(_WORDS_FROM, "parts", longest)

    def _parts_near(self, errors: int) -> list[str]:
        """Return beginnings of words at most so many errors from the beginning of this one."""
        start = self.typed[:_LONGEST_PART]
        asked = {"remains": json.dumps(sorted(remains(start, errors)))}
        distance = edit_distance()
        near: list[tuple[int, str]] = []
        for (part,) in self._session.each(_NEAR, asked):
            if len(part) < _LONGEST_PART:
                off = distance(self.typed, part, score_cutoff=errors)
            else:
                lengths = range(_LONGEST_PART - errors, _LONGEST_PART + errors + 1)
                off = min(
                    distance(self.typed[:length], part, score_cutoff=errors) for length in lengths
                )
            if off <= errors:
                near.append((off, part))
        return [part for _, part in sorted(near)[:_MOST_PARTS]]

    def _counted(self, sql: str, name: str, values: Iterable[str]) -> dict[str, int]:
        wanted = tuple(values)
        if not wanted:
            return {}
        return dict(self._session.all(sql, {name: json.dumps(wanted)}))

    def _nearest(self, found: dict[str, int]) -> tuple[str, ...]:
        costs = [
            (cost, -patients, word)
            for word, patients in found.items()
            if word != self.typed and (cost := word_cost(self.typed, word)) is not None
        ]
        return tuple(word for _, _, word in sorted(costs)[:_MOST_WORDS])


def _shortest(parts: list[str]) -> tuple[str, ...]:
    """Return the beginnings without those that another one begins."""
    kept: list[str] = []
    for part in sorted(parts):
        if not kept or not part.startswith(kept[-1]):
            kept.append(part)
    return tuple(part for part in parts if part in kept)
