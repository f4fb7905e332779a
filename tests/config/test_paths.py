"""Tests for the data folder."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.config.paths import Paths, default_data_folder, paths_for

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
HOME = Path("/home/ada")


@pytest.fixture(autouse=True)
def _keep_umask() -> Iterator[None]:
    """Put the process's umask back."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", HOME / ".local/share/spine-intake"),
        ({"XDG_DATA_HOME": "/srv/data"}, "linux", Path("/srv/data/spine-intake")),
        ({"XDG_DATA_HOME": "relative"}, "linux", HOME / ".local/share/spine-intake"),
        ({"LOCALAPPDATA": "/win/local"}, "win32", Path("/win/local/Spine Intake")),
        ({}, "win32", HOME / "AppData/Local/Spine Intake"),
        ({}, "darwin", HOME / "Library/Application Support/Spine Intake"),
    ],
)
def test_each_platform_has_its_own_place(
    environment: dict[str, str], platform: str, expected: Path
) -> None:
    assert default_data_folder(environment, platform, HOME) == expected


def test_a_given_folder_wins(tmp_path: Path) -> None:
    assert paths_for(tmp_path).database == tmp_path / "intake.sqlite3"


def test_without_a_folder_the_users_own_is_taken() -> None:
    assert paths_for().data.is_absolute()


@posix_only
def test_a_new_folder_is_private(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "deep" / "data")

    paths.prepare()

    assert [mode(folder) for folder in (paths.data, paths.logs, paths.backups)] == [0o700] * 3


@posix_only
def test_files_written_afterwards_are_private(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")

    paths.prepare()
    paths.database.touch()

    assert mode(paths.database) == 0o600


@posix_only
def test_a_folder_that_holds_the_database_is_made_private_again(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.database.touch()
    tmp_path.chmod(0o755)

    paths.prepare()

    assert mode(tmp_path) == 0o700


@posix_only
def test_a_folder_with_other_things_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    tmp_path.chmod(0o755)

    Paths(tmp_path).prepare()

    assert mode(tmp_path) == 0o755


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").touch()

    with pytest.raises(FileExistsError):
        Paths(tmp_path / "data").prepare()
