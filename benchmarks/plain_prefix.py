"""The floor of the search: full-text prefixes and ranges, nothing forgiven."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.drivers import opened
from benchmarks.people import Invented, on_a_plain_keyboard

SHOWN = 20


class PlainPrefix:
    """The floor: FTS5 prefixes of folded names, B-tree ranges of numbers, nothing forgiven."""

    def __init__(self, driver: str, path: Path, *, key: bool) -> None:
        self.connection = opened(driver, path, key=key)

    def fill(self, everybody: Sequence[Invented]) -> None:
        """Make the tables and add the patients."""
        for statement in _PLAIN_SCHEMA:
            self.connection.execute(statement)
        self.connection.execute("BEGIN")
        self.connection.executemany(
            "INSERT INTO patient VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    p.number,
                    p.family,
                    p.given,
                    p.born,
                    p.phone[1:],
                    p.record_number,
                    p.phone[:0:-1],
                    p.phone[-7:],
                )
                for p in everybody
            ),
        )
        self.connection.executemany(
            "INSERT INTO names (rowid, n) VALUES (?, ?)",
            ((p.number, on_a_plain_keyboard(f"{p.family} {p.given}")) for p in everybody),
        )
        self.connection.execute("COMMIT")
        self.connection.execute("INSERT INTO names (names) VALUES ('optimize')")

    def search(self, typed: str) -> list[int]:
        """Return who is found; of what has digits only the first counts, as in most programs."""
        words = typed.split()
        numbers = [word for word in words if re.search(r"\d", word)]
        names = [
            name
            for word in words
            if not re.search(r"\d", word)
            for name in on_a_plain_keyboard(word).split()
        ]
        found = self._by_number(numbers[0], names) if numbers else self._by_name(names)
        return [number for number, *_ in found]

    def _by_name(self, names: list[str]) -> list[Any]:
        match = " AND ".join(f'"{name}"*' for name in names)
        return list(self.connection.execute(_PLAIN_NAMES, {"match": match, "limit": SHOWN}))

    def _by_number(self, typed: str, names: list[str]) -> list[Any]:
        digits = re.sub(r"\D", "", typed)
        found = {
            each[0]: each
            for sql, low in (
                (_PLAIN_RANGES[0], typed),
                (_PLAIN_RANGES[1], digits),
                (_PLAIN_RANGES[2], digits[::-1]),
                (_PLAIN_RANGES[3], digits),
            )
            for each in self.connection.execute(sql, {"low": low, "high": low + "\U0010ffff"})
        }
        wanted = [re.compile(rf"\b{re.escape(name)}") for name in names]
        fitting = (
            each
            for each in found.values()
            if all(w.search(on_a_plain_keyboard(f"{each[1]} {each[2]}")) for w in wanted)
        )
        return list(fitting)[:SHOWN]


_PLAIN_SCHEMA = (
    "CREATE TABLE patient (id INTEGER PRIMARY KEY, family TEXT, given TEXT, born TEXT,"
    " phone TEXT, number TEXT, backwards TEXT, local TEXT)",
    "CREATE INDEX p_born ON patient (born)",
    "CREATE INDEX p_number ON patient (number)",
    "CREATE INDEX p_backwards ON patient (backwards)",
    "CREATE INDEX p_local ON patient (local)",
    "CREATE VIRTUAL TABLE names USING fts5 (n, content = '', detail = none, columnsize = 0,"
    " prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 0')",
)
_PLAIN_NAMES = """
    SELECT p.* FROM names AS n CROSS JOIN patient AS p ON p.id = n.rowid
    WHERE names MATCH :match ORDER BY n.rowid DESC LIMIT :limit"""
_PLAIN_RANGES = tuple(
    f"SELECT * FROM patient WHERE {column} >= :low AND {column} < :high LIMIT 200"  # noqa: S608 - our own columns
    for column in ("born", "number", "backwards", "local")
)
