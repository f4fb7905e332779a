"""The choices of this machine, kept at once."""

from pathlib import Path

import pytest

from intake_app.config.settings import SettingsFile, Theme
from intake_app.domain.errors import AppError
from intake_app.ui.presenters.preferences import Preferences

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_change_is_on_the_disk_at_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"

    Preferences(path).change(theme=Theme.DARK)

    assert SettingsFile(path).load().settings.theme is Theme.DARK


def test_the_same_choice_again_is_no_change(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "settings.json")
    heard: list[None] = []
    preferences.changed.connect(lambda: heard.append(None))

    preferences.change(theme=Theme.SYSTEM)

    assert heard == []
    assert not (tmp_path / "settings.json").exists()


def test_a_choice_that_cannot_be_kept_holds_for_now_and_is_told(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "nowhere" / "settings.json")
    errors: list[AppError] = []
    preferences.failed.connect(errors.append)

    preferences.change(theme=Theme.DARK)

    assert preferences.settings.theme is Theme.DARK
    assert [error.code for error in errors] == ["file_unwritable"]


def test_a_broken_file_is_set_aside_and_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{", encoding="utf-8")

    preferences = Preferences(path)

    assert preferences.set_aside is not None
    assert preferences.set_aside.read_text(encoding="utf-8") == "{"
