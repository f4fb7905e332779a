"""What was chosen on this machine; what belongs to the clinic is in the database."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

SMALLEST_TEXT_SCALE = 0.8
LARGEST_TEXT_SCALE = 2.5
MOST_LOCK_MINUTES = 24 * 60

Upgrade = Callable[[dict[str, object]], dict[str, object]]


class Theme(StrEnum):
    """The palettes a person can choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


def _nothing() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterChoice:
    """Where one kind of document was printed last from this machine, and how."""

    printer: str
    tray: str = ""
    two_sided: bool = False
    copies: tuple[str, ...] = ()
    """For whom copies were wanted; () for the patient alone."""


def _no_printers() -> Mapping[str, PrinterChoice]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices of this machine; ``printers`` keeps one choice for each kind of document."""

    language: str = "en"
    theme: Theme = Theme.SYSTEM
    text_scale: float = 1.0
    last_user: str | None = None
    printers: Mapping[str, PrinterChoice] = field(default_factory=_no_printers)
    public_view: bool = False
    scan_prefix: str = ""
    """The sign that the scanner of this machine sends before the number of a card; '' for none."""
    lock_minutes: int = 10
    """After how many minutes without a touch the program locks by itself; 0 for never."""
    last_backup: str | None = None
    """When the last backup was made by hand, as an ISO moment."""
    unknown: Mapping[str, object] = field(default_factory=_nothing)

    def printer_for(self, document_kind: str) -> PrinterChoice | None:
        """Return where this kind of document was printed last, and how."""
        return self.printers.get(document_kind)

    def with_printer(self, document_kind: str, choice: PrinterChoice) -> "Settings":
        """Return these settings with ``choice`` remembered for one kind of document."""
        return replace(self, printers=MappingProxyType({**self.printers, document_kind: choice}))


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as read, the keys that made no sense, and where the unreadable file went."""

    settings: Settings
    bad_keys: tuple[str, ...] = ()
    set_aside: Path | None = None


def _with_printer_choices(stored: dict[str, object]) -> dict[str, object]:
    """Say of each printer more than its name: tray, sides and copies."""
    printers = stored.get("printers")
    if not isinstance(printers, dict):
        return stored
    choices = {
        kind: {"printer": name} if isinstance(name, str) else name
        for kind, name in printers.items()
    }
    return {**stored, "printers": choices}


# UPGRADES[0] turns version 1 into version 2, and so on; append, never change one.
UPGRADES: tuple[Upgrade, ...] = (_with_printer_choices,)


class SettingsFile:
    """One JSON file that is replaced whole and never lost."""

    def __init__(self, path: Path, upgrades: Sequence[Upgrade] = UPGRADES) -> None:
        self._path = path
        self._upgrades = tuple(upgrades)

    def load(self) -> Loaded:
        """Return what the file says; what it does not say, or says wrongly, is the default.

        A file that is wrong somewhere is set aside under another name, never overwritten.

        Raises:
            OSError: the file is there and cannot be read or set aside.
        """
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Loaded(Settings())
        except ValueError:
            return Loaded(Settings(), set_aside=self._set_aside())
        if not isinstance(stored, dict):
            return Loaded(Settings(), set_aside=self._set_aside())
        settings, bad_keys = _parse(self._upgraded(stored))
        return Loaded(settings, bad_keys, self._set_aside() if bad_keys else None)

    def save(self, settings: Settings) -> None:
        """Replace the file in one step, keeping the keys of a newer program.

        Raises:
            OSError: the file cannot be written; the old one is still there.
        """
        stored = {"version": self._current, **settings.unknown, **_known(settings)}
        temporary = self._path.with_name(self._path.name + ".new")
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(stored, file, ensure_ascii=False, indent=2, sort_keys=True)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)

    @property
    def _current(self) -> int:
        return len(self._upgrades) + 1

    def _upgraded(self, stored: dict[str, object]) -> dict[str, object]:
        version = stored.get("version", 1)
        if not isinstance(version, int) or not 1 <= version <= self._current:
            return stored
        for number in range(version, self._current):
            stored = self._upgrades[number - 1](stored)
        return {**stored, "version": self._current}

    def _set_aside(self) -> Path:
        number = 1
        while (aside := self._path.with_name(f"{self._path.name}.broken-{number}")).exists():
            number += 1
        return self._path.rename(aside)


def _known(settings: Settings) -> dict[str, object]:
    return {
        "language": settings.language,
        "theme": settings.theme.value,
        "text_scale": settings.text_scale,
        "last_user": settings.last_user,
        "printers": {kind: _stored_choice(each) for kind, each in settings.printers.items()},
        "public_view": settings.public_view,
        "last_backup": settings.last_backup,
        "scan_prefix": settings.scan_prefix,
        "lock_minutes": settings.lock_minutes,
    }


def _language(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _theme(value: object) -> Theme | None:
    return Theme(value) if isinstance(value, str) and value in set(Theme) else None


def _text_scale(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if SMALLEST_TEXT_SCALE <= value <= LARGEST_TEXT_SCALE else None


def _stored_choice(choice: PrinterChoice) -> dict[str, object]:
    return {
        "printer": choice.printer,
        "tray": choice.tray,
        "two_sided": choice.two_sided,
        "copies": list(choice.copies),
    }


def _choice(value: object) -> PrinterChoice | None:
    if not isinstance(value, dict):
        return None
    printer, tray = value.get("printer"), value.get("tray", "")
    two_sided, copies = value.get("two_sided", False), value.get("copies", [])
    if not (isinstance(printer, str) and isinstance(tray, str) and isinstance(two_sided, bool)):
        return None
    if not (isinstance(copies, list) and all(isinstance(each, str) for each in copies)):
        return None
    return PrinterChoice(printer=printer, tray=tray, two_sided=two_sided, copies=tuple(copies))


def _printers(value: object) -> Mapping[str, PrinterChoice] | None:
    if not isinstance(value, dict):
        return None
    read = {kind: _choice(each) for kind, each in value.items()}
    choices = {kind: each for kind, each in read.items() if each is not None}
    return MappingProxyType(choices) if len(choices) == len(read) else None


def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return False
    from datetime import datetime

    try:
        return bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _public_view(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def may_be_scan_prefix(text: str) -> bool:
    """Return whether a scanner may send this before a number: one sign that nobody starts with."""
    return len(text) <= 1 and text.isprintable() and not text.isalnum() and text not in {" ", "@"}


def _scan_prefix(value: object) -> str | None:
    return value if isinstance(value, str) and may_be_scan_prefix(value) else None


def _lock_minutes(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= MOST_LOCK_MINUTES else None


def _parse(stored: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings and the keys whose value made no sense."""
    unknown = {key: value for key, value in stored.items() if key not in _known(Settings())}
    language = _language(stored.get("language", "en"))
    theme = _theme(stored.get("theme", Theme.SYSTEM.value))
    text_scale = _text_scale(stored.get("text_scale", 1.0))
    last_user = stored.get("last_user")
    printers = _printers(stored.get("printers", {}))
    public_view = _public_view(stored.get("public_view", False))
    last_backup = stored.get("last_backup")
    scan_prefix = _scan_prefix(stored.get("scan_prefix", ""))
    lock_minutes = _lock_minutes(stored.get("lock_minutes", Settings().lock_minutes))
    read = {
        "language": language is not None,
        "theme": theme is not None,
        "text_scale": text_scale is not None,
        "last_user": last_user is None or isinstance(last_user, str),
        "printers": printers is not None,
        "public_view": public_view is not None,
        "last_backup": last_backup is None or _is_moment(last_backup),
        "scan_prefix": scan_prefix is not None,
        "lock_minutes": lock_minutes is not None,
    }
    settings = Settings(
        language=language or "en",
        theme=theme or Theme.SYSTEM,
        text_scale=text_scale or 1.0,
        last_user=last_user if isinstance(last_user, str) else None,
        printers=printers or _no_printers(),
        public_view=bool(public_view),
        last_backup=str(last_backup) if _is_moment(last_backup) else None,
        scan_prefix=scan_prefix or "",
        lock_minutes=Settings().lock_minutes if lock_minutes is None else lock_minutes,
        unknown=MappingProxyType(unknown),
    )
    return settings, tuple(key for key, good in read.items() if not good)
