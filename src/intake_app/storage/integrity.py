"""Looks whether a database is whole, complete and of this program's schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from intake_app.domain.errors import AppError
from intake_app.storage.migrate import schema_version, shipped, statements
from intake_app.storage.session import raise_sorted

_MOST_FINDINGS = 20
_SCHEMA = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name"""
_NOT_INDEXED = """
    SELECT count(*) FROM patient AS p
    WHERE p.merged_into = ''
    AND NOT EXISTS (SELECT 1 FROM patient_index AS i WHERE i.sequence = p.sequence)"""


@dataclass(frozen=True, slots=True)
class Integrity:
    """What was found; names tables and rows, never what stands in them."""

    version: int
    expected_version: int
    findings: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.version == self.expected_version and not self.findings


def inspect(connection: sqlite3.Connection) -> Integrity:
    """Return what is wrong with a database that is open."""
    try:
        version = schema_version(connection)
        findings = [*_damage(connection), *_schema_differences(connection)]
        if not findings:
            findings.extend(_not_found_by_search(connection))
    except sqlite3.DatabaseError as error:
        try:
            raise_sorted(error)
        except AppError as sorted_error:
            return Integrity(0, shipped()[-1].version, (f"unreadable: {sorted_error.reference}",))
    return Integrity(version, shipped()[-1].version, tuple(findings[:_MOST_FINDINGS]))


def _damage(connection: sqlite3.Connection) -> list[str]:
    damage = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    damage.extend(f"{table} row {row} has no {parent}" for table, row, parent, _ in orphans)
    return damage


def _schema_differences(connection: sqlite3.Connection) -> list[str]:
    """Compare with a new database made by the same steps: also triggers and indexes count."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for step in shipped():
            for statement in statements(step.sql):
                fresh.execute(statement)
        expected = _schema(fresh)
    present = _schema(connection)
    return [
        f"{kind} {name} is not as it should be"
        for kind, name in sorted(expected.keys() | present.keys())
        if expected.get((kind, name)) != present.get((kind, name))
    ]


def _schema(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in connection.execute(_SCHEMA)}


def _not_found_by_search(connection: sqlite3.Connection) -> list[str]:
    (count,) = connection.execute(_NOT_INDEXED).fetchone()
    return [f"{count} patients are missing from the search"] if count else []
