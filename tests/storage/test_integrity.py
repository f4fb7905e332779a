"""The check names what is wrong with a database, and never what stands in it."""

import os
import sqlite3
from contextlib import closing

import pytest

from intake_app.domain.patients import Patient
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.migrate import shipped
from tests.storage.examples import ADA

PAGE = 4096
"""Bytes of a page of SQLite's file."""


@pytest.fixture
def kept(database: SqliteDatabase) -> SqliteDatabase:
    """Return a database with Ada in it."""
    with database.work() as work:
        work.records(Patient).add(ADA)
        work.commit()
    return database


def meddle(database: SqliteDatabase, statement: str) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        connection.execute(statement)


def test_a_sound_database_has_no_problems(kept: SqliteDatabase) -> None:
    found = kept.integrity()

    assert found.whole
    assert found.version == shipped()[-1].version
    assert kept.problems() == ()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DROP INDEX fracture_level", "index fracture_level"),
        ("DROP TRIGGER trail_stays", "trigger trail_stays"),
        ("ALTER TABLE patient ADD COLUMN extra TEXT", "table patient"),
        ("CREATE TABLE bookmarks (url TEXT)", "table bookmarks"),
        (
            "INSERT INTO visit (id, version, patient_id, room, operator, identity_checked, "
            "what_to_bring, state, identity_checked_by) "
            "VALUES ('v', 1, 'gone', '', '', 0, '', 'booked', '')",
            "visit row 1 has no patient",
        ),
        ("DELETE FROM patient_index", "1 patients are missing from the search"),
        ("PRAGMA user_version = 0", "version 0"),
    ],
)
def test_what_is_wrong_is_named(kept: SqliteDatabase, statement: str, named: str) -> None:
    meddle(kept, statement)

    assert any(named in problem for problem in kept.problems())
    assert not kept.integrity().whole


def test_damage_is_found_and_holds_no_patient(kept: SqliteDatabase) -> None:
    kept.close()
    content = bytearray(kept.path.read_bytes())
    page = content.rindex(b"Lovelace") // PAGE * PAGE
    content[page : page + PAGE] = os.urandom(PAGE)
    kept.path.write_bytes(content)

    problems = kept.problems()

    assert problems
    assert not any("Lovelace" in problem for problem in problems)
