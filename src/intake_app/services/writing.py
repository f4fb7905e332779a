"""The writer's helper with the word lists that ship with the program."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from intake_app.domain import writing_check
from intake_app.domain.syllables import Syllables, read_syllables
from intake_app.domain.word_lists import NO_LISTS, WordLists, read_pairs, read_words
from intake_app.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.writing_check import WritingReport
    from intake_app.domain.writing_texts import Placed


def check_writing(
    texts: Iterable[Placed], *, language: str, for_patient: bool = True
) -> WritingReport:
    """Return how hard the texts are to read, and what can be done about it."""
    return writing_check.check_writing(
        texts, language=language, lists=word_lists(language), for_patient=for_patient
    )


@cache
def word_lists(language: str) -> WordLists:
    """Return the shipped lists of a language; read when first asked for."""
    match language.partition("-")[0]:
        case "en":
            return WordLists(
                syllables=english_syllables(),
                plainer=read_pairs(_text("plain_words_en.csv")),
                terms=read_pairs(_text("medical_words_en.csv")),
                names=read_words(_text("names_en.txt")),
            )
        case "es":
            return WordLists(
                plainer=read_pairs(_text("plain_words_es.csv")),
                terms=read_pairs(_text("medical_words_es.csv")),
                names=read_words(_text("names_es.txt")),
            )
        case _:
            return NO_LISTS


@cache
def english_syllables() -> Syllables:
    """Return what counts the syllables of English words, our own words over the dictionary's."""
    corrections, exceptions = read_syllables(_text("en_syllables.txt"))
    _, more = read_syllables(_text("en_more_syllables.txt"))
    return Syllables(corrections, exceptions | more)


def _text(name: str) -> str:
    return resource("reading", name).read_text(encoding="utf-8")
