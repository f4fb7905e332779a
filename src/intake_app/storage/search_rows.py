"""Rows of the index as candidates for the result, and the statements that fetch them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from intake_app.storage.search_entry import IndexEntry
from intake_app.storage.search_fit import GUESSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.storage.search_fit import Judge
    from intake_app.storage.session import Row, Session

AFTER = "\U0010ffff"
"""Sorts behind every text it is the end of."""
_MOST_VISITORS = 300

# Statements are put together from the constants of this module; what was typed is a parameter.
_ROW = """
    i.sequence, i.patient_id, i.words, i.sort_name, i.birth_date, i.record_number, i.phones,
    (SELECT max(v.day) FROM visit AS v WHERE v.patient_id = i.patient_id)"""
_NAMED = "instr(i.words, :one) > 0 OR instr(i.words, :other) > 0"

BY_WORDS = f"""
    SELECT {_ROW} FROM patient_words AS w CROSS JOIN patient_index AS i ON i.sequence = w.rowid
    WHERE patient_words MATCH :match ORDER BY w.rowid DESC LIMIT :limit"""  # noqa: S608 - our own columns
COUNT_BY_WORDS = """
    SELECT count(*) FROM (
        SELECT rowid FROM patient_words WHERE patient_words MATCH :match LIMIT :limit)"""
BY_DIGITS = f"""
    SELECT {_ROW} FROM (
        SELECT rowid AS found FROM patient_digits WHERE patient_digits MATCH :match
        ORDER BY rowid DESC LIMIT :most
    ) CROSS JOIN patient_index AS i ON i.sequence = found WHERE {_NAMED} LIMIT :limit"""  # noqa: S608 - our own columns
BY_BIRTH_DATE = f"""
    SELECT {_ROW} FROM (
        SELECT sequence AS found FROM patient_index
        WHERE birth_date >= :low AND birth_date < :high LIMIT :most
    ) CROSS JOIN patient_index AS i ON i.sequence = found WHERE {_NAMED} LIMIT :limit"""  # noqa: S608 - our own columns
BY_BIRTH_DAY = f"""
    SELECT {_ROW} FROM (
        SELECT sequence AS found FROM patient_index
        WHERE birth_day >= :low AND birth_day < :high LIMIT :most
    ) CROSS JOIN patient_index AS i ON i.sequence = found WHERE {_NAMED} LIMIT :limit"""  # noqa: S608 - our own columns
BY_NUMBER = f"""
    SELECT {_ROW} FROM (
        SELECT sequence AS found FROM patient_index
        WHERE record_number >= :low AND record_number < :high ORDER BY record_number LIMIT :most
    ) CROSS JOIN patient_index AS i ON i.sequence = found WHERE {_NAMED} LIMIT :limit"""  # noqa: S608 - our own columns
BY_VISIT = f"""
    SELECT {_ROW} FROM visit AS t CROSS JOIN patient AS p ON p.id = t.patient_id
    CROSS JOIN patient_index AS i ON i.sequence = p.sequence
    WHERE t.day = :day AND t.state <> 'cancelled' LIMIT :limit"""  # noqa: S608 - our own columns


class Candidate(NamedTuple):
    """One patient who fits, and how well."""

    entry: IndexEntry
    last_visit: str
    visit_today: bool
    cost: int
    behind: int
    """How many of the words stand behind another one in the name."""


class Pool:
    """The patients found so far for one query."""

    def __init__(self, session: Session, judge: Judge, *, day: str, limit: int) -> None:
        self.limit = limit
        self._session = session
        self._judge = judge
        self._visitors = session.remembered(f"visitors {day}", lambda: _visitors(session, day))
        self._found: dict[int, Candidate] = {}
        self._missed: set[int] = set()
        self._guessing = False
        self._take(self._visitors.values())

    @property
    def enough(self) -> bool:
        """Whether nothing more needs to be looked for."""
        return len(self._found) >= self.limit

    def guess(self) -> None:
        """Take near words too from now on."""
        if not self._guessing:
            self._guessing = True
            self._missed.clear()
            self._take(self._visitors.values())

    def fetch(self, sql: str, **values: object) -> int:
        """Take the rows of a query that fit; return how many rows there were."""
        rows = self._session.all(sql, values)
        self._take(rows)
        return len(rows)

    def _take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            sequence = row[0]
            if sequence in self._found or sequence in self._missed:
                continue
            entry = IndexEntry._make(row[:-1])
            fit = self._judge.fit(entry, guess=self._guessing)
            if fit is None:
                self._missed.add(sequence)
                continue
            today = sequence in self._visitors
            self._found[sequence] = Candidate(entry, row[-1] or "", today, fit[0], fit[1])

    def best(self) -> list[Candidate]:
        """Return the best of those found."""
        return in_rank(self._found.values(), self.limit)


def _visitors(session: Session, day: str) -> dict[int, Row]:
    """Return the rows of those who come on a day."""
    return {row[0]: row for row in session.all(BY_VISIT, {"day": day, "limit": _MOST_VISITORS})}


def in_rank(candidates: Iterable[Candidate], limit: int) -> list[Candidate]:
    """Return the best: those without a guess first, and of them who comes today.

    Then by closeness, the more recent last visit, the place in the name, and the name.
    """
    ranked = sorted(
        candidates, key=lambda each: (each.behind, each.entry.sort_name, each.entry.patient_id)
    )
    ranked.sort(key=lambda each: each.last_visit, reverse=True)
    ranked.sort(key=lambda each: (each.cost >= GUESSED, not each.visit_today, each.cost))
    return ranked[:limit]
