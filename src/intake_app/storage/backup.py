"""Whole copies of the database: made while it is in use, checked, and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.errors import BackupError, DatabaseNewerError, NotADatabaseError
from intake_app.storage.files import BESIDE, dated, make_private_file, make_private_folder
from intake_app.storage.migrate import expect_ours
from intake_app.storage.session import error_name

if TYPE_CHECKING:
    from intake_app.storage.session import Session


def copy_database(connection: sqlite3.Connection, session: Session, target: Path) -> None:
    """Write a consistent copy to ``target``, whoever saves meanwhile; it is checked afterwards.

    A file that is there is replaced only once the new copy is whole.

    Raises:
        BackupError: it could not be written, or what was written is damaged.
    """
    part = target.with_name(target.name + ".part")
    try:
        with suppress(FileNotFoundError):
            part.unlink()
        make_private_file(part)
        session.begin_reading()
        try:
            _copy(connection, part)
        finally:
            session.roll_back()
        _to_disk(part)
        part.replace(target)
    except sqlite3.Error as error:
        raise BackupError(why=error_name(error) or type(error).__name__) from error
    except OSError as error:
        raise BackupError(why=error.strerror or type(error).__name__) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        source.backup(copy)
        # A copy is one file, wherever it is taken.
        copy.execute("PRAGMA journal_mode = DELETE")
        damaged = copy.execute("PRAGMA integrity_check").fetchall()
    if damaged != [("ok",)]:
        raise BackupError(why="integrity_check")


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def put_back(source: Path, database: Path, backups: Path) -> Path | None:
    """Put a checked copy of ``source`` in the place of ``database``, which must be closed.

    Return where the database that was there is kept now; ``None`` if there was none.

    Raises:
        BackupError: the file cannot be read, is not ours, is newer or damaged; nothing changed.
    """
    incoming = database.with_name(database.name + ".incoming")
    try:
        with suppress(FileNotFoundError):
            incoming.unlink()
        make_private_file(incoming)
        _read_in(source, incoming)
        _to_disk(incoming)
        kept = _set_aside(database, backups)
        incoming.replace(database)
    except sqlite3.Error as error:
        raise BackupError(why=error_name(error) or type(error).__name__) from error
    except OSError as error:
        raise BackupError(why=error.strerror or type(error).__name__) from error
    finally:
        with suppress(OSError):
            incoming.unlink()
    return kept


def _read_in(source: Path, incoming: Path) -> None:
    if not source.is_file():
        raise BackupError(why="no such file")
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        try:
            version = expect_ours(connection)
        except NotADatabaseError as error:
            raise BackupError(why="not a database of this program") from error
        except DatabaseNewerError as error:
            raise BackupError(why="written by a newer version of the program") from error
        if not version:
            raise BackupError(why="empty")
        _copy(connection, incoming)


def _set_aside(database: Path, backups: Path) -> Path | None:
    if not database.exists():
        return None
    make_private_folder(backups)
    kept = dated(backups, "replaced")
    try:
        kept.hardlink_to(database)
    except OSError:
        shutil.copy2(database, kept)
    # An unfinished journal belongs to the old database and would damage the new one.
    for ending in BESIDE:
        beside = database.with_name(database.name + ending)
        if beside.exists():
            shutil.move(beside, kept.with_name(kept.name + ending))
    return kept
