"""Databases are brought forward step by step, each step whole, after a copy was kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from intake_app.domain.patients import Patient
from intake_app.domain.sheets import StoredSheet
from intake_app.storage import migrate as steps
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.migrate import Migration, migrate, schema_version, shipped, statements
from intake_app.storage.session import Session
from tests.storage.conftest import Opening
from tests.storage.examples import RECORD_TYPES

STORED = Path(__file__).parent / "data"

FIRST = Migration(1, "CREATE TABLE a (n INTEGER) STRICT; INSERT INTO a VALUES (1);")
SECOND = Migration(2, "ALTER TABLE a ADD COLUMN m INTEGER; UPDATE a SET m = n;")
BROKEN = Migration(
    3,
    """CREATE TABLE b (n INTEGER);
    CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; INSERT INTO b VALUES (1); END;
    UPDATE a SET nowhere = 1;""",
)
LOOSE = Migration(
    3,
    """CREATE TABLE p (id TEXT PRIMARY KEY);
    CREATE TABLE c (p TEXT REFERENCES p (id));
    INSERT INTO c VALUES ('gone');""",
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


def bring_forward(connection: sqlite3.Connection, *missing: Migration) -> list[int]:
    """Carry out the steps; return the versions of which a copy was kept."""
    copies: list[int] = []
    migrate(connection, Session(connection), keep_copy=copies.append, steps=missing)
    return copies


def tables(connection: sqlite3.Connection) -> list[str]:
    names = connection.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
    return [name for (name,) in names]


def test_all_missing_steps_are_carried_out(connection: sqlite3.Connection) -> None:
    bring_forward(connection, FIRST, SECOND)

    assert connection.execute("SELECT n, m FROM a").fetchall() == [(1, 1)]
    assert schema_version(connection) == 2


def test_steps_that_were_carried_out_are_not_repeated(connection: sqlite3.Connection) -> None:
    bring_forward(connection, FIRST)
    bring_forward(connection, FIRST, SECOND)

    assert connection.execute("SELECT count(*) FROM a").fetchone() == (1,)


def test_a_copy_is_kept_before_a_database_in_use_is_changed(
    connection: sqlite3.Connection,
) -> None:
    assert bring_forward(connection, FIRST) == []
    assert bring_forward(connection, FIRST, SECOND) == [1]
    assert bring_forward(connection, FIRST, SECOND) == []


@pytest.mark.parametrize("step", [BROKEN, LOOSE], ids=["statement fails", "loose reference"])
def test_a_step_that_fails_midway_leaves_nothing_behind(
    connection: sqlite3.Connection, step: Migration
) -> None:
    bring_forward(connection, FIRST, SECOND)
    before = tables(connection)

    with pytest.raises(Exception, match=r"nowhere|storage_unavailable"):
        bring_forward(connection, FIRST, SECOND, step)

    assert tables(connection) == before
    assert schema_version(connection) == 2
    assert not connection.in_transaction


def test_a_step_that_was_put_right_can_be_carried_out_afterwards(
    connection: sqlite3.Connection,
) -> None:
    with pytest.raises(sqlite3.OperationalError):
        bring_forward(connection, FIRST, SECOND, BROKEN)

    bring_forward(connection, FIRST, SECOND, Migration(3, "CREATE TABLE b (n INTEGER);"))

    assert schema_version(connection) == 3


def test_a_trigger_is_one_statement() -> None:
    assert len(list(statements(BROKEN.sql))) == 3


def test_steps_are_numbered_without_a_gap() -> None:
    assert [step.version for step in shipped()] == list(range(1, len(shipped()) + 1))


# --- databases of earlier versions --------------------------------------------------------


def test_there_is_a_stored_database_of_every_schema() -> None:
    names = sorted(path.name for path in STORED.glob("schema_*.sqlite3"))

    assert names == [f"schema_{step.version:03}.sqlite3" for step in shipped()]


@pytest.mark.parametrize("name", sorted(path.name for path in STORED.glob("schema_*.sqlite3")))
def test_a_database_of_every_earlier_version_opens_with_its_records(
    desk: Opening, name: str
) -> None:
    database = desk()
    database.path.write_bytes((STORED / name).read_bytes())
    with closing(sqlite3.connect(database.path)) as connection:
        known_then = tables(connection)

    with database.work() as work:
        rows = {each.FORM: work.records(each).all() for each in RECORD_TYPES}
        found = work.search("lovelace")
        trail = work.trail_of("ada")

    assert database.problems() == ()
    assert [form for form in rows.keys() & known_then if not rows[form]] == []
    assert [each.patient_id for each in found] == ["ada"]
    assert trail


def test_an_earlier_database_is_copied_before_it_is_changed(
    desk: Opening, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = desk()
    database.open()
    database.close()
    newest = shipped()[-1].version
    more = (*shipped(), Migration(newest + 1, "CREATE TABLE later (n INTEGER) STRICT;"))
    monkeypatch.setattr(steps, "shipped", lambda: more)

    database.open()

    (copy,) = (folder / "backups").iterdir()
    assert copy.name.startswith(f"before-update-from-{newest:03}-")
    with closing(sqlite3.connect(copy)) as connection:
        assert schema_version(connection) == newest
        assert "later" not in tables(connection)


def test_two_desks_that_start_together_make_one_database(desk: Opening) -> None:
    first, second = desk(), desk()
    first.path.touch()
    second._expect_file(create=True)
    late = second._connect()
    first.open()

    migrate(late, Session(late), keep_copy=lambda version: None)

    late.close()
    with first.work() as work:
        assert work.records(Patient).all() == ()
        assert work.records(StoredSheet).all() == ()
    assert isinstance(first, SqliteDatabase)
