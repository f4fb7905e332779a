"""Where this machine keeps the program's files."""

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PRIVATE_FOLDER = 0o700
_PRIVATE_UMASK = 0o077


@dataclass(frozen=True, slots=True)
class Paths:
    """The places inside one data folder."""

    data: Path

    @property
    def database(self) -> Path:
        """Return the database file."""
        return self.data / "intake.sqlite3"

    @property
    def settings(self) -> Path:
        """Return the settings file of this machine."""
        return self.data / "settings.json"

    @property
    def logs(self) -> Path:
        """Return the folder of the log files."""
        return self.data / "logs"

    @property
    def backups(self) -> Path:
        """Return the folder of dated copies of the database."""
        return self.data / "backups"

    def prepare(self) -> None:
        """Make the folders, and let nobody else read what this process writes from now on.

        Raises:
            OSError: a folder cannot be made there.
        """
        os.umask(_PRIVATE_UMASK)
        _make_private(self.data, ours=self.database.exists())
        for folder in (self.logs, self.backups):
            _make_private(folder, ours=True)


def paths_for(data: Path | None = None) -> Paths:
    """Return the places in ``data``, or in this user's own data folder when none is given."""
    if data is None:
        data = default_data_folder(os.environ, sys.platform, Path.home())
    return Paths(data.expanduser().absolute())


def default_data_folder(environment: Mapping[str, str], platform: str, home: Path) -> Path:
    """Return where a program of this platform keeps a user's data."""
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Spine Intake"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Spine Intake"
    shared = environment.get("XDG_DATA_HOME", "")
    # The XDG rules: a relative path there is to be ignored.
    root = Path(shared) if shared.startswith("/") else home / ".local" / "share"
    return root / "spine-intake"


def _make_private(folder: Path, *, ours: bool) -> None:
    """Make ``folder`` for this user alone; a folder shared with other things keeps its mode."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=_PRIVATE_FOLDER)
    except FileExistsError:
        if not folder.is_dir():
            raise
        sticky = folder.stat().st_mode & stat.S_ISVTX
        if ours or (not sticky and not any(folder.iterdir())):
            folder.chmod(_PRIVATE_FOLDER)
