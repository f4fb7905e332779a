"""The program's own words on papers, read from what ships with it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from intake_app.domain.errors import ResourceMissingError
from intake_app.domain.paper_words_reader import read_words
from intake_app.resources import resource

if TYPE_CHECKING:
    from intake_app.domain.paper_words import PaperWords

PHRASES_FILE = "phrases.toml"


@cache
def paper_words(language: str) -> PaperWords:
    """Return the words of one language that papers are written in; read once.

    Raises:
        ResourceMissingError: the program was shipped without them.
        WordingError: the file has a gap.
    """
    try:
        text = resource("wording", language, PHRASES_FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceMissingError(f"{language}/{PHRASES_FILE}") from error
    return read_words(text, f"{language}/{PHRASES_FILE}")


def phrases_mark(language: str) -> str:
    """Return the fingerprint of the words of one language; '' where none ship."""
    try:
        return paper_words(language).fingerprint
    except ResourceMissingError:
        return ""
