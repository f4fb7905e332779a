"""One connection: runs statements, waits its turn, and sorts the driver's errors into ours."""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from intake_app.domain.errors import (
    AppError,
    DatabaseLockedError,
    DatabaseMissingError,
    DatabaseReadOnlyError,
    DiskFullError,
    NotADatabaseError,
    StorageUnavailableError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Row = tuple[Any, ...]
T = TypeVar("T")

PATIENCE_S = 5.0
"""How long to wait for another program's save before saying that the database is locked."""
_SHORTEST_WAIT_S = 0.001
_LONGEST_WAIT_S = 0.02

_SORTED: tuple[tuple[str, type[AppError]], ...] = (
    ("SQLITE_BUSY", DatabaseLockedError),
    ("SQLITE_LOCKED", DatabaseLockedError),
    ("SQLITE_READONLY_DBMOVED", DatabaseMissingError),
    ("SQLITE_READONLY", DatabaseReadOnlyError),
    ("SQLITE_PERM", DatabaseReadOnlyError),
    ("SQLITE_FULL", DiskFullError),
    ("SQLITE_CANTOPEN", DatabaseMissingError),
    ("SQLITE_CORRUPT", NotADatabaseError),
    ("SQLITE_NOTADB", NotADatabaseError),
    ("SQLITE_IOERR", StorageUnavailableError),
)


def error_name(error: sqlite3.Error) -> str:
    """Return SQLite's own name of what went wrong; '' when the driver itself complains."""
    return str(getattr(error, "sqlite_errorname", ""))


def raise_sorted(error: sqlite3.Error) -> NoReturn:
    """Raise the foreseen failure that ``error`` stands for, or ``error`` itself: that is a bug."""
    name = error_name(error)
    for beginning, sorted_error in _SORTED:
        if name.startswith(beginning):
            raise sorted_error(name) from error
    raise error


class Session:
    """Statements on one connection, inside one transaction at a time."""

    def __init__(self, connection: sqlite3.Connection, patience_s: float = PATIENCE_S) -> None:
        self._connection = connection
        self._patience_s = patience_s
        self._remembered: dict[str, object] = {}
        self._remembered_at: tuple[int, int] = (0, 0)
        self._changes_at_begin = 0

    # SQLite's own waiting lets one program starve the others; short random pauses do not.
    def patiently(self, run: Callable[[], object]) -> None:
        """Run a statement again and again until another program has let go of the database.

        Raises:
            DatabaseLockedError: it was held for too long.
        """
        deadline = time.monotonic() + self._patience_s
        longest = _SHORTEST_WAIT_S
        while True:
            try:
                run()
            except sqlite3.Error as error:
                if not error_name(error).startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                    raise_sorted(error)
            else:
                return
            time.sleep(longest * os.urandom(1)[0] / 255)
            longest = min(longest * 2, _LONGEST_WAIT_S)

    def begin(self) -> None:
        """Begin a transaction that may write, or one that reads where nothing may be written."""
        self._changes_at_begin = self._connection.total_changes
        try:
            self.patiently(lambda: self._connection.execute("BEGIN IMMEDIATE"))
        except DatabaseReadOnlyError:
            self.begin_reading()

    @property
    def has_written(self) -> bool:
        """Whether rows were changed since the transaction began."""
        return self._connection.total_changes != self._changes_at_begin

    def begin_reading(self) -> None:
        """Begin a transaction that sees the database as it is now, whoever writes meanwhile."""
        self._changes_at_begin = self._connection.total_changes
        self.patiently(self._begin_reading)

    def _begin_reading(self) -> None:
        self._connection.execute("BEGIN")
        try:
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            self.roll_back()
            raise

    def commit(self) -> None:
        """Make everything since ``begin`` durable.

        Raises:
            StorageUnavailableError: it could not be written; nothing of it is kept.
        """
        self._expect_transaction()
        try:
            self.patiently(lambda: self._connection.execute("COMMIT"))
        except BaseException:
            self.roll_back()
            raise

    def roll_back(self) -> None:
        """Forget everything since ``begin``. Does nothing when no transaction is open."""
        # A full disk makes SQLite roll back by itself.
        if self._connection.in_transaction:
            if self.has_written:
                self._remembered.clear()
            try:
                self._connection.execute("ROLLBACK")
            except sqlite3.Error as error:
                raise_sorted(error)

    def execute(self, sql: str, values: Mapping[str, object]) -> int:
        """Run a statement that changes rows; return how many it changed."""
        self._expect_transaction()
        try:
            return self._connection.execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise_sorted(error)

    def many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Run a statement that changes rows once with each of ``rows``."""
        self._expect_transaction()
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise_sorted(error)

    def one(self, sql: str, values: Mapping[str, object]) -> Row | None:
        """Return the first row of a query, or ``None``."""
        self._expect_transaction()
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise_sorted(error)
        return row

    def each(self, sql: str, values: Mapping[str, object]) -> Iterator[Row]:
        """Yield the rows of a query one by one."""
        self._expect_transaction()
        try:
            yield from self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise_sorted(error)

    def all(self, sql: str, values: Mapping[str, object]) -> list[Row]:
        """Return the rows of a query."""
        self._expect_transaction()
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise_sorted(error)

    def remembered(self, name: str, make: Callable[[], T]) -> T:
        """Return what ``make`` gave when it was last asked for; anew once anything was saved.

        For what each keystroke asks for. Whoever saves it, here or in another program, counts.
        """
        row = self.one("PRAGMA data_version", {})
        now = (row[0] if row else 0, self._connection.total_changes)
        if now != self._remembered_at:
            self._remembered.clear()
            self._remembered_at = now
        if name not in self._remembered:
            self._remembered[name] = make()
        return cast("T", self._remembered[name])

    def _expect_transaction(self) -> None:
        if not self._connection.in_transaction:
            raise RuntimeError("outside a unit of work")
