"""Databases in a temporary folder, closed when the test ends."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake_app.storage.database import SqliteDatabase

Opening = Callable[[], SqliteDatabase]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder that holds the database."""
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path) -> Iterator[Opening]:
    """Return a function that opens the one database from one more desk."""
    folder.mkdir()
    opened: list[SqliteDatabase] = []

    def open_one() -> SqliteDatabase:
        database = SqliteDatabase(folder / "intake.sqlite3", folder / "backups", patience_s=0.1)
        opened.append(database)
        return database

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def database(desk: Opening) -> SqliteDatabase:
    """Return an open, empty database."""
    database = desk()
    database.open()
    return database
