"""Database files on the disk: private modes, dated names, and the system's errors sorted."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from intake_app.domain.errors import (
    DatabaseMissingError,
    DatabaseReadOnlyError,
    DiskFullError,
    StorageUnavailableError,
)

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database; belongs to it and to no other."""


def raise_sorted_os(error: OSError) -> NoReturn:
    """Raise the foreseen failure that an error of the file system stands for."""
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            raise DatabaseReadOnlyError(errno.errorcode[error.errno]) from error
        case errno.ENOSPC | errno.EDQUOT:
            raise DiskFullError(errno.errorcode[error.errno]) from error
        case errno.ENOENT | errno.ENOTDIR | errno.EISDIR:
            raise DatabaseMissingError(errno.errorcode[error.errno]) from error
    raise StorageUnavailableError(errno.errorcode.get(error.errno or 0, "")) from error


def make_private_file(path: Path) -> bool:
    """Make an empty file that only this user can read; return whether it is new."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
    except FileExistsError:
        with suppress(OSError):
            path.chmod(PRIVATE_FILE & path.stat().st_mode)
        return False
    return True


def make_private_folder(folder: Path) -> None:
    """Make a folder that only this user can look into; one that is there is closed to others."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    with suppress(OSError):
        folder.chmod(PRIVATE_FOLDER)


def dated(folder: Path, what: str) -> Path:
    """Return a name in ``folder`` that says what is kept there and when, and is not yet taken."""
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    path = folder / f"{what}-{moment}.sqlite3"
    number = 2
    while path.exists():
        path = folder / f"{what}-{moment}-{number}.sqlite3"
        number += 1
    return path
