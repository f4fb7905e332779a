"""Bring a database to the schema of this program: numbered steps, forward only, each whole."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from intake_app.domain.errors import DatabaseNewerError, NotADatabaseError, StorageUnavailableError
from intake_app.storage.session import error_name, raise_sorted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from intake_app.storage.session import Session

APPLICATION_ID = 0x53504E31
"""Written into the header of every database of ours ("SPN1"), so that no other is touched."""

_FOLDER = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the version it leads to, and its statements."""

    version: int
    sql: str


@cache
def shipped() -> tuple[Migration, ...]:
    """Return the steps that ship with the program, in order."""
    files = sorted(_FOLDER.glob("[0-9][0-9][0-9]_*.sql"))
    return tuple(Migration(int(file.name[:3]), file.read_text(encoding="utf-8")) for file in files)


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the version of the schema in a database; 0 when it is empty."""
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise_sorted(error)


def expect_ours(connection: sqlite3.Connection, steps: tuple[Migration, ...] | None = None) -> int:
    """Return the schema version of a database of ours, 0 for one that is empty.

    Raises:
        NotADatabaseError: it belongs to another program, or it is no database at all.
        DatabaseNewerError: a newer version of the program wrote it.
    """
    steps = shipped() if steps is None else steps
    try:
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error as error:
        if error_name(error).startswith("SQLITE_BUSY"):
            raise  # whoever asks may wait and ask again
        raise_sorted(error)
    empty = not tables and not version
    if owner != APPLICATION_ID and not (owner == 0 and empty):
        raise NotADatabaseError("application_id")
    newest = steps[-1].version if steps else 0
    if version > newest:
        raise DatabaseNewerError(version=version, newest=newest)
    return int(version)


def migrate(
    connection: sqlite3.Connection,
    session: Session,
    *,
    keep_copy: Callable[[int], object],
    steps: tuple[Migration, ...] | None = None,
) -> None:
    """Carry out the steps that are missing; ``keep_copy`` is called first for a database in use.

    Two programs that start together are safe: the version is read again inside each step.

    Raises:
        StorageUnavailableError: a step failed; the database is as it was before that step.
    """
    steps = shipped() if steps is None else steps
    versions: list[int] = []
    session.patiently(lambda: versions.append(expect_ours(connection, steps)))
    version = versions[-1]
    missing = [step for step in steps if step.version > version]
    if missing and version:
        keep_copy(version)
    for step in missing:
        _carry_out(connection, session, step)


def _carry_out(connection: sqlite3.Connection, session: Session, step: Migration) -> None:
    # BEGIN IMMEDIATE by hand: a step that cannot write must fail here, not go on reading.
    session.patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
    try:
        if schema_version(connection) < step.version:
            for statement in statements(step.sql):
                connection.execute(statement)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StorageUnavailableError("foreign_key_check", step=step.version)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {step.version}")
        session.commit()
    except sqlite3.Error as error:
        session.roll_back()
        raise_sorted(error)
    except BaseException:
        session.roll_back()
        raise


def statements(sql: str) -> Iterator[str]:
    """Yield the statements of a script one by one; triggers stay whole.

    ``executescript`` is no choice: it commits the open transaction first.
    """
    statement = ""
    for piece in re.split(r"(?<=;)", sql):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
