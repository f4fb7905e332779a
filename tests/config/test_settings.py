"""Tests for the settings file."""

import json
from pathlib import Path

import pytest

from intake_app.config.settings import Loaded, PrinterChoice, Settings, SettingsFile, Theme

DESK = PrinterChoice(printer="Desk", tray="main", two_sided=True, copies=("patient", "file"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the settings file would be."""
    return tmp_path / "settings.json"


def test_without_a_file_everything_is_the_default(path: Path) -> None:
    assert SettingsFile(path).load() == Loaded(Settings())


def test_what_was_saved_comes_back(path: Path) -> None:
    settings = Settings(
        theme=Theme.DARK, text_scale=1.5, last_user="u1", public_view=True, language="es"
    ).with_printer("aftercare_sheet", DESK)

    SettingsFile(path).save(settings)

    loaded = SettingsFile(path).load().settings
    assert (loaded.theme, loaded.text_scale, loaded.last_user) == (Theme.DARK, 1.5, "u1")
    assert (loaded.public_view, loaded.language) == (True, "es")
    assert loaded.printer_for("aftercare_sheet") == DESK


def test_a_printer_that_an_older_program_remembered_is_kept(path: Path) -> None:
    path.write_text('{"printers": {"aftercare": "Desk"}}', encoding="utf-8")

    loaded = SettingsFile(path).load()

    assert loaded.settings.printer_for("aftercare") == PrinterChoice(printer="Desk")
    assert not loaded.bad_keys


def test_keys_of_a_newer_program_are_kept(path: Path) -> None:
    path.write_text('{"version": 7, "scent": "lemon"}', encoding="utf-8")
    file = SettingsFile(path)

    file.save(file.load().settings)

    stored = json.loads(path.read_text(encoding="utf-8"))
    assert (stored["scent"], stored["version"]) == ("lemon", 7)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "\ufeff{}"])
def test_a_broken_file_is_set_aside(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")

    loaded = SettingsFile(path).load()

    assert loaded.settings == Settings()
    assert loaded.set_aside is not None
    assert loaded.set_aside.read_text(encoding="utf-8") == text


def test_an_earlier_broken_file_is_not_overwritten(path: Path) -> None:
    path.write_text("{first", encoding="utf-8")
    first = SettingsFile(path).load().set_aside
    path.write_text("{second", encoding="utf-8")

    second = SettingsFile(path).load().set_aside

    assert first is not None
    assert first.read_text(encoding="utf-8") == "{first"
    assert second != first


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("theme", 1),
        ("text_scale", "big"),
        ("text_scale", True),
        ("text_scale", 90),
        ("language", ""),
        ("last_user", 5),
        ("printers", ["Desk"]),
        ("printers", {"sheet": 1}),
        ("printers", {"sheet": {"tray": "main"}}),
        ("printers", {"sheet": {"printer": "Desk", "copies": [1]}}),
        ("printers", {"sheet": {"printer": "Desk", "two_sided": "yes"}}),
        ("public_view", "yes"),
        ("last_backup", "yesterday"),
        ("lock_minutes", -1),
        ("lock_minutes", True),
        ("lock_minutes", 2.5),
        ("lock_minutes", 100_000),
    ],
)
def test_one_wrong_value_costs_only_itself(path: Path, key: str, value: object) -> None:
    stored = {"text_scale": 1.25, "public_view": True, key: value}
    path.write_text(json.dumps(stored), encoding="utf-8")

    loaded = SettingsFile(path).load()

    assert loaded.bad_keys == (key,)
    assert loaded.set_aside is not None
    assert (
        loaded.settings.text_scale == 1.25 or key == "text_scale",
        loaded.settings.public_view or key == "public_view",
    ) == (True, True)


def test_an_older_file_is_upgraded_step_by_step(path: Path) -> None:
    path.write_text('{"version": 1, "colours": "dark"}', encoding="utf-8")
    upgrades = (
        lambda old: {**old, "palette": old["colours"]},
        lambda old: {**old, "theme": old["palette"]},
    )

    loaded = SettingsFile(path, upgrades).load()

    assert loaded.settings.theme is Theme.DARK


def test_a_failed_save_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SettingsFile(path)
    file.save(Settings(language="es"))

    def disk_full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", disk_full)

    with pytest.raises(OSError, match="No space left"):
        file.save(Settings(language="de"))
    assert file.load().settings.language == "es"


@pytest.mark.parametrize("minutes", [0, 1, 7, 10, 1440])
def test_after_how_many_minutes_to_lock_comes_back(path: Path, minutes: int) -> None:
    SettingsFile(path).save(Settings(lock_minutes=minutes))

    assert SettingsFile(path).load().settings.lock_minutes == minutes


@pytest.mark.parametrize("sign", ["", "~", "%", "^"])
def test_a_sign_that_nobody_starts_with_may_stand_before_a_scan(path: Path, sign: str) -> None:
    SettingsFile(path).save(Settings(scan_prefix=sign))

    assert SettingsFile(path).load().settings.scan_prefix == sign


@pytest.mark.parametrize("sign", ['"a"', '"7"', '"@"', '" "', '"~~"', "5", "null"])
def test_a_sign_that_people_type_may_not(path: Path, sign: str) -> None:
    path.write_text(f'{{"scan_prefix": {sign}}}', encoding="utf-8")

    loaded = SettingsFile(path).load()

    assert loaded.settings.scan_prefix == ""
    assert loaded.bad_keys == ("scan_prefix",)
