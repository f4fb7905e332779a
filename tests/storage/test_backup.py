"""Copies are whole, bad copies are refused, and what was there is never thrown away."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.domain.errors import BackupError
from intake_app.domain.patients import Patient
from intake_app.storage.database import SqliteDatabase
from tests.storage.conftest import Opening
from tests.storage.examples import ADA


def keep(database: SqliteDatabase, patient: Patient) -> None:
    with database.work() as work:
        work.records(Patient).add(patient)
        work.commit()


def everybody(database: SqliteDatabase) -> list[str]:
    with database.work() as work:
        return [patient.id for patient in work.records(Patient).all()]


def reopened(path: Path) -> list[str]:
    """Return who is in a database file."""
    database = SqliteDatabase(path, path.parent)
    try:
        return everybody(database)
    finally:
        database.close()


@pytest.fixture
def copy(database: SqliteDatabase, folder: Path) -> Path:
    """Return a backup with Ada in it."""
    keep(database, ADA)
    target = folder / "copy.sqlite3"
    database.backup(target)
    return target


def test_a_backup_holds_what_was_saved(copy: Path) -> None:
    assert reopened(copy) == ["ada"]


def test_a_backup_does_not_hold_what_is_not_yet_saved(
    database: SqliteDatabase, desk: Opening, copy: Path
) -> None:
    with desk().work() as work:
        work.records(Patient).add(replace(ADA, id="bea"))
        database.backup(copy)

    assert reopened(copy) == ["ada"]


def test_a_newer_backup_takes_the_place_of_an_older_one(
    database: SqliteDatabase, copy: Path
) -> None:
    keep(database, replace(ADA, id="bea"))

    database.backup(copy)

    assert reopened(copy) == ["ada", "bea"]


@pytest.mark.parametrize("name", ["away/copy.sqlite3", "backups"])
def test_a_backup_that_cannot_be_written_is_named_as_such(
    database: SqliteDatabase, folder: Path, name: str
) -> None:
    (folder / "backups").mkdir()
    (folder / "backups" / "kept").touch()

    with pytest.raises(BackupError) as failure:
        database.backup(folder / name)

    assert failure.value.values["why"]
    assert list(folder.rglob("*.part")) == []


def test_a_backup_onto_the_database_itself_is_refused(database: SqliteDatabase, copy: Path) -> None:
    with pytest.raises(BackupError):
        database.backup(database.path)

    assert everybody(database) == ["ada"]


def test_restoring_brings_back_what_the_copy_holds(database: SqliteDatabase, copy: Path) -> None:
    keep(database, replace(ADA, id="bea"))

    database.restore(copy)

    assert everybody(database) == ["ada"]
    assert database.problems() == ()


def test_what_was_there_before_restoring_is_kept_under_its_date(
    database: SqliteDatabase, copy: Path, folder: Path
) -> None:
    keep(database, replace(ADA, id="bea"))

    kept = database.restore(copy)

    assert kept is not None
    assert kept.parent == folder / "backups"
    assert kept.name.startswith("replaced-20")
    assert reopened(kept) == ["ada", "bea"]


def test_restoring_where_there_is_no_database_keeps_nothing_aside(
    copy: Path, tmp_path: Path
) -> None:
    fresh = SqliteDatabase(tmp_path / "new.sqlite3", tmp_path / "backups")

    assert fresh.restore(copy) is None

    assert everybody(fresh) == ["ada"]
    fresh.close()


def test_a_damaged_database_can_be_replaced(database: SqliteDatabase, copy: Path) -> None:
    database.close()
    database.path.write_bytes(b"not a database " * 1000)
    damaged = database.path.read_bytes()

    kept = database.restore(copy)

    assert kept is not None
    assert kept.read_bytes() == damaged
    assert everybody(database) == ["ada"]


def test_a_journal_of_the_old_database_is_not_applied_to_the_new_one(
    database: SqliteDatabase, copy: Path
) -> None:
    database.close()
    journal = database.path.with_name(database.path.name + "-journal")
    journal.write_bytes(b"half a save")

    kept = database.restore(copy)

    assert kept is not None
    assert kept.with_name(kept.name + "-journal").read_bytes() == b"half a save"
    assert everybody(database) == ["ada"]


def a_missing_file(path: Path) -> None:
    path.unlink()


def a_text(path: Path) -> None:
    path.write_text("not a database " * 1000, encoding="utf-8")


def an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


def a_torn_file(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def a_newer_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def another_programs_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 42")


@pytest.mark.parametrize(
    "spoil",
    [a_missing_file, a_text, an_empty_file, a_torn_file, a_newer_file, another_programs_file],
)
def test_a_bad_copy_is_refused_and_the_database_stays(
    database: SqliteDatabase, copy: Path, folder: Path, spoil: Callable[[Path], None]
) -> None:
    keep(database, replace(ADA, id="bea"))
    spoil(copy)

    with pytest.raises(BackupError) as failure:
        database.restore(copy)

    assert failure.value.values["why"]
    assert everybody(database) == ["ada", "bea"]
    assert not (folder / "backups").exists()
    assert list(folder.glob("*.incoming*")) == []


def test_a_bad_copy_is_named_as_such_even_where_the_database_is_damaged(
    database: SqliteDatabase, copy: Path
) -> None:
    database.close()
    database.path.write_bytes(b"not a database " * 1000)
    a_text(copy)

    with pytest.raises(BackupError):
        database.restore(copy)
