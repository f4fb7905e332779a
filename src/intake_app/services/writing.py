"""The writer's helper with the word lists that ship with the program."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from intake_app.domain import writing_check
from intake_app.domain.word_lists import WordLists

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.writing_check import WritingReport
    from intake_app.domain.writing_texts import Placed


def check_writing(texts: Iterable[Placed], *, language: str) -> WritingReport:
    """Return how hard the texts are to read, and what can be done about it."""
    return writing_check.check_writing(texts, language=language, lists=word_lists(language))


@cache
def word_lists(language: str) -> WordLists:
    """Return the shipped lists of a language; read when first asked for."""
    return WordLists()
