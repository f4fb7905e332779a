"""How hard a text is to read (clinical.md 4.3).

English: Flesch-Kincaid grade, Flesch reading ease, and SMOG from 30 sentences. Spanish:
Fernández-Huerta and Szigriszt-Pazos with the bands of INFLESZ. No formula is used for a language
it was not made for. Headings, list items and cells of tables each count as a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from intake_app.domain.reading_words import sentences_of, words_of
from intake_app.domain.syllables_es import spanish_syllables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.word_lists import WordLists

Counter = Callable[[str], int]
SMOG_SENTENCES = 30
"""SMOG was made for samples of 30 sentences; fewer give no SMOG."""
POLYSYLLABLE = 3
_NOTHING = frozenset[str]()

# Each formula takes words per sentence and syllables per word.
# Flesch-Kincaid grade and Flesch reading ease (Kincaid and others, 1975).
_FK_WORDS, _FK_SYLLABLES, _FK_BASE = 0.39, 11.8, 15.59
_EASE_BASE, _EASE_WORDS, _EASE_SYLLABLES = 206.835, 1.015, 84.6
# SMOG (McLaughlin, 1969): words of three and more syllables for each 30 sentences.
_SMOG_FACTOR, _SMOG_BASE = 1.043, 3.1291
# Fernández-Huerta (1959), with words per sentence as it is commonly read; Szigriszt-Pazos (1993).
_HUERTA_BASE, _HUERTA_WORDS, _HUERTA_SYLLABLES = 206.84, 1.02, 60.0
_PAZOS_BASE, _PAZOS_WORDS, _PAZOS_SYLLABLES = 206.835, 1.0, 62.3

INFLESZ_BANDS: tuple[tuple[float, str], ...] = (
    (80, "very_easy"),
    (65, "quite_easy"),
    (55, "normal"),
    (40, "somewhat_hard"),
)
"""Szigriszt-Pazos from which a text is in the band; below the last it is very hard."""
VERY_HARD = "very_hard"


@dataclass(frozen=True, slots=True)
class ReadingGrade:
    """What was counted, and what the formulas make of it."""

    words: int
    sentences: int
    syllables: int
    polysyllables: int = 0

    @property
    def per_sentence(self) -> float:
        """Words for each sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def per_word(self) -> float:
        """Syllables for each word."""
        return self.syllables / self.words if self.words else 0.0

    @property
    def flesch_kincaid(self) -> float:
        """The American school grade that can read it; never below 0."""
        if not self.words:
            return 0.0
        grade = _FK_WORDS * self.per_sentence + _FK_SYLLABLES * self.per_word - _FK_BASE
        return max(0.0, grade)

    @property
    def reading_ease(self) -> float:
        """Flesch reading ease: the higher the easier, 80 and more is easy."""
        return _EASE_BASE - _EASE_WORDS * self.per_sentence - _EASE_SYLLABLES * self.per_word

    @property
    def smog(self) -> float | None:
        """The SMOG grade; ``None`` for fewer than 30 sentences."""
        if self.sentences < SMOG_SENTENCES:
            return None
        per_sample = self.polysyllables * SMOG_SENTENCES / self.sentences
        return _SMOG_FACTOR * sqrt(per_sample) + _SMOG_BASE

    @property
    def fernandez_huerta(self) -> float:
        """Reading ease of a Spanish text: the higher the easier."""
        return _HUERTA_BASE - _HUERTA_WORDS * self.per_sentence - _HUERTA_SYLLABLES * self.per_word

    @property
    def szigriszt_pazos(self) -> float:
        """Perspicuity of a Spanish text, for the bands of INFLESZ."""
        return _PAZOS_BASE - _PAZOS_WORDS * self.per_sentence - _PAZOS_SYLLABLES * self.per_word


def reading_grade(
    texts: Iterable[str], syllables: Counter, *, ignoring: frozenset[str] = _NOTHING
) -> ReadingGrade:
    """Return what is counted in some texts; words in ``ignoring`` (small letters) do not count."""
    words = sentences = total = many = 0
    for text in texts:
        for sentence in sentences_of(text):
            counts = [
                syllables(word) for word in words_of(sentence) if word.casefold() not in ignoring
            ]
            if counts:
                sentences += 1
                words += len(counts)
                total += sum(counts)
                many += sum(count >= POLYSYLLABLE for count in counts)
    return ReadingGrade(words, sentences, total, many)


def syllable_counter(language: str, lists: WordLists) -> Counter | None:
    """Return what counts syllables in a language; ``None`` where no formula needs them."""
    match language.partition("-")[0]:
        case "en":
            return lists.syllables.of
        case "es":
            return spanish_syllables
        case _:
            return None


def inflesz_band(szigriszt_pazos: float) -> str:
    """Return the code of the INFLESZ band."""
    return next((code for least, code in INFLESZ_BANDS if szigriszt_pazos >= least), VERY_HARD)
