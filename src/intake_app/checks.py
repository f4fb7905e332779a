"""What ``intake-app check`` looks at: database, shipped files, fonts and wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.bootstrap import ShippedWording, shipped_text
from intake_app.domain.errors import AppError
from intake_app.domain.paper_languages import PaperLanguage
from intake_app.domain.sentences import error_sentence
from intake_app.domain.sheets import SheetKind
from intake_app.resources import resource
from intake_app.services.phrases import PHRASES_FILE, paper_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from intake_app.bootstrap import Application

_TRANSLATED = ("aftercare", "what_to_expect", "driver_card", "appointment_card")
"""Papers that ship in every language; letters to clinicians are in English."""
_SHIPPED = (
    ("fonts", "AtkinsonHyperlegibleNext-Regular.ttf"),
    ("fonts", "AtkinsonHyperlegibleNext-Bold.ttf"),
    ("fonts", "NotoSans-Regular.ttf"),
    ("fonts", "NotoSans-Bold.ttf"),
    ("questionnaires", "safety.json"),
    ("demonstration", "clinic.toml"),
    *(("wording", "en", f"{kind.value}.toml") for kind in SheetKind),
    *(
        ("wording", language.value, f"{name}.toml")
        for language in PaperLanguage
        for name in (*_TRANSLATED, "phrases")
    ),
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check and the sentences of what it found wrong."""

    name: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def run_checks(application: Application) -> tuple[CheckResult, ...]:
    """Run every check; one that fails does not keep the others from running."""
    checks: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("Database is whole and of this version", application.database.problems),
        ("Files that ship with the program are there", _missing_files),
        ("Safety questions can be read", lambda: _questionnaire(application)),
        ("Wording can be read and its placeholders are known", lambda: _wording(application)),
        ("Fonts have every character of the wording", lambda: _fonts(application)),
    )
    return tuple(CheckResult(name, _problems(check)) for name, check in checks)


def _problems(check: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    try:
        return tuple(check())
    except AppError as error:
        return (error_sentence(error),)


def _missing_files() -> Iterable[str]:
    for parts in _SHIPPED:
        try:
            resource(*parts)
        except FileNotFoundError:
            yield f"Missing: {'/'.join(parts)}. Install the program again."


def _questionnaire(application: Application) -> Iterable[str]:
    if not application.questionnaire.items:
        yield "The safety questions are empty."


def _wording(application: Application) -> Iterable[str]:
    for wording_id in ShippedWording():
        application.wordings.shipped(wording_id)
    for language in PaperLanguage:
        paper_words(language.value)
    for version in application.wordings.damaged():
        yield (
            f"Version {version.number} of {version.wording} is not as it was saved. "
            "Restore the last backup."
        )
    for version in application.wordings.outdated():
        yield (
            f"{version.wording} was approved with other words of the program (dates, times, foot "
            "of the page): it prints with DRAFT until a physician approves it again."
        )


def _fonts(application: Application) -> Iterable[str]:
    phrases = (
        (f"the phrases in {language.label}", shipped_text("wording", language.value, PHRASES_FILE))
        for language in PaperLanguage
    )
    for wording_id, text in (*ShippedWording().items(), *phrases):
        for character in application.sheets.missing_characters(text):
            yield f"No shipped font has U+{ord(character):04X}, used in {wording_id}."
    for character in application.sheets.missing_characters(
        shipped_text("questionnaires", "safety.json")
    ):
        yield f"No shipped font has {character!r}, used in the safety questions."
