"""The database file: opened with care, handed out one transaction at a time, copied, checked."""

from __future__ import annotations

import sqlite3
from functools import partial
from threading import get_ident
from typing import TYPE_CHECKING

from intake_app.domain.errors import BackupError, DatabaseMissingError
from intake_app.storage import likely_index, search_index
from intake_app.storage.files import (
    dated,
    make_private_file,
    make_private_folder,
    raise_sorted_os,
)
from intake_app.storage.migrate import expect_ours, migrate
from intake_app.storage.session import PATIENCE_S, Session, raise_sorted
from intake_app.storage.unit_of_work import SqliteLook, SqliteWork
from intake_app.storage.up_to_date import bring_up_to_date

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.storage.integrity import Integrity

# SQLite 3.7.0 to 3.51.2 may damage a WAL database when several connections write at once.
_FIRST_SAFE_WAL = (3, 51, 3)
_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA mmap_size = 0",
    # In KiB; the search of a million patients reads from many places of the file.
    "PRAGMA cache_size = -65536",
    "PRAGMA cell_size_check = ON",
)
_CACHED_STATEMENTS = 256


class SqliteDatabase:
    """One database file, with a connection of its own for each thread that uses it.

    It opens by itself when it is first used; ``open`` does so earlier, or without making one.
    A transaction stays in the thread that began it.
    """

    def __init__(self, path: Path, backups: Path, *, patience_s: float = PATIENCE_S) -> None:
        self.path = path
        self._backups = backups
        self._patience_s = patience_s
        self._opened_by: dict[int, tuple[sqlite3.Connection, Session]] = {}
        self._versions: dict[int, int] = {}

    def open(self, *, create: bool = True) -> None:
        """Open the database for this thread, at this program's schema; make it if there is none.

        Raises:
            DatabaseMissingError: the folder, or without ``create`` the file, is not there.
            NotADatabaseError: the file belongs to another program or is damaged.
            DatabaseNewerError: a newer version of the program wrote it.
            StorageUnavailableError: it is locked, cannot be written, or the disk is full.
        """
        if get_ident() in self._opened_by:
            return
        self._expect_file(create=create)
        connection = self._connect()
        session = Session(connection, self._patience_s)
        try:
            self._prepare(connection, session)
        except BaseException:
            connection.close()
            raise
        self._opened_by[get_ident()] = connection, session
        self._versions[get_ident()] = _version_of(connection)

    def _expect_file(self, *, create: bool) -> None:
        try:
            if create:
                make_private_file(self.path)
            elif not self.path.is_file():
                raise DatabaseMissingError("ENOENT")
        except OSError as error:
            raise_sorted_os(error)

    def _connect(self) -> sqlite3.Connection:
        try:
            return sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=rw",
                timeout=0,
                isolation_level=None,
                cached_statements=_CACHED_STATEMENTS,
                # Each thread has its own; only close() reaches for those of the others.
                check_same_thread=False,
                uri=True,
            )
        except sqlite3.Error as error:
            raise_sorted(error)

    def _prepare(self, connection: sqlite3.Connection, session: Session) -> None:
        session.patiently(lambda: expect_ours(connection))
        wal = sqlite3.sqlite_version_info >= _FIRST_SAFE_WAL
        journal = "PRAGMA journal_mode = WAL" if wal else "PRAGMA journal_mode = TRUNCATE"
        session.patiently(lambda: connection.execute(journal).fetchone())
        # References are switched on after the steps: a step that makes a table anew needs them off.
        migrate(
            connection, session, keep_copy=lambda version: self._keep(connection, session, version)
        )
        for pragma in _PRAGMAS:
            session.patiently(partial(connection.execute, pragma))
        bring_up_to_date(session, search_index.derived(), likely_index.derived())

    def _keep(self, connection: sqlite3.Connection, session: Session, version: int) -> None:
        """Copy a database that is about to be brought to a newer schema."""
        from intake_app.storage.backup import copy_database

        try:
            make_private_folder(self._backups)
        except OSError as error:
            raise_sorted_os(error)
        copy_database(connection, session, dated(self._backups, f"before-update-from-{version:03}"))

    def close(self) -> None:
        """Close the database for every thread; what was not committed is gone."""
        while self._opened_by:
            _, (connection, _) = self._opened_by.popitem()
            connection.close()
        self._versions.clear()

    def work(self) -> SqliteWork:
        """Return a new transaction, to be used in a ``with`` block."""
        return SqliteWork(self._opened()[1])

    def look(self) -> SqliteLook:
        """Return a new transaction that only reads, to be used in a ``with`` block."""
        return SqliteLook(self._opened()[1])

    def changed_elsewhere(self) -> bool:
        """Return whether another window, program or computer saved since the last time asked.

        Asked for the first time in a thread: since it opened the database. What this thread saved
        does not count.
        """
        connection, _ = self._opened()
        before = self._versions[get_ident()]
        now = self._versions[get_ident()] = _version_of(connection)
        return now != before

    def backup(self, target: Path) -> None:
        """Write a consistent, checked copy.

        Raises:
            BackupError: it could not be written.
        """
        from intake_app.storage.backup import copy_database

        if target.exists() and target.samefile(self.path):
            raise BackupError(why="the database itself")
        copy_database(*self._opened(), target)

    def restore(self, source: Path) -> Path | None:
        """Put a backup in the place of the database; return where the old one is kept.

        Afterwards the database is open, and brought to this program's schema if the copy is older.

        Raises:
            BackupError: the file cannot be used; the database is as it was.
        """
        from intake_app.storage.backup import put_back

        self.close()
        kept = put_back(source, self.path, self._backups)
        self.open()
        return kept

    def integrity(self) -> Integrity:
        """Return what is wrong with the database: damage, loose ends, a different schema."""
        from intake_app.storage.integrity import inspect

        return inspect(self._opened()[0])

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the database, a sentence each; nothing when it is sound."""
        found = self.integrity()
        sentences = tuple(f"The database is damaged: {finding}." for finding in found.findings)
        if found.version != found.expected_version:
            sentences += (
                f"The database has version {found.version}, expected {found.expected_version}.",
            )
        return sentences

    def _opened(self) -> tuple[sqlite3.Connection, Session]:
        if get_ident() not in self._opened_by:
            self.open()
        return self._opened_by[get_ident()]


def _version_of(connection: sqlite3.Connection) -> int:
    """Return a number that differs once another connection has saved something."""
    try:
        return int(connection.execute("PRAGMA data_version").fetchone()[0])
    except sqlite3.Error as error:
        raise_sorted(error)
