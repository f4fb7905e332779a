"""The wording and the phrases that ship, in every language."""

from __future__ import annotations

from pathlib import Path

from intake_app.domain.paper_languages import PaperLanguage
from intake_app.domain.paper_words import PaperWords
from intake_app.domain.paper_words_reader import read_words
from intake_app.domain.sheets import SheetKind
from intake_app.domain.wording import read_wording
from intake_app.domain.wording_tree import Wording

FOLDER = Path(__file__).parents[2] / "resources" / "wording"
CODES = tuple(language.value for language in PaperLanguage)
TRANSLATED = tuple(code for code in CODES if code != "en")
KINDS = (
    SheetKind.AFTERCARE,
    SheetKind.WHAT_TO_EXPECT,
    SheetKind.DRIVER_CARD,
    SheetKind.APPOINTMENT_CARD,
)
"""The papers that patients and their drivers read, in every language."""


def phrases_text(language: str) -> str:
    return (FOLDER / language / "phrases.toml").read_text("utf-8")


def words_in(language: str) -> PaperWords:
    return read_words(phrases_text(language), "phrases.toml")


def wording_text(kind: SheetKind, language: str) -> str:
    return (FOLDER / language / f"{kind.value}.toml").read_text("utf-8")


def wording_in(kind: SheetKind, language: str) -> Wording:
    return read_wording(wording_text(kind, language), f"{kind.value}.toml")
