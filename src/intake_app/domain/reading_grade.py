"""How hard an English text is to read: the Flesch-Kincaid grade (clinical.md 4.3).

Each list item, heading and table cell counts as a sentence. Syllables are counted by rule, with a
list of the words of our sheets that the rule gets wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Flesch-Kincaid grade = 0.39 · words per sentence + 11.8 · syllables per word - 15.59.
_PER_WORD, _PER_SYLLABLE, _BASE = 0.39, 11.8, 15.59
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d,.:]*")
_ABBREVIATION = re.compile(r"\b(Dr|Mr|Mrs|Ms|St)\.")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e|(?<=[aeiou])le)$")
_SOUNDED_ES = re.compile(r"(?:[sxz]|[cs]h|[cg])es$")
_TWO_VOWELS = re.compile(r"i[ao](?!u)|ua(?!r)|eo|[aeiouy]ing|uou|ye[rd]$|io(?=d)")
_JOINED = re.compile(r"[tsc]i[ao]|gio|qua|gua")
_EXCEPTIONS: dict[str, int] = {
    "area": 3, "being": 2, "people": 2, "diary": 3, "diabetes": 4, "apnea": 3, "idea": 3,
    "something": 2, "someone": 2, "sometimes": 2, "anyone": 3, "everyone": 3, "anything": 3,
    "somewhere": 2, "medicine": 3, "medicines": 3, "vertebroplasty": 6, "kyphoplasty": 5,
    "oxycodone": 4, "acetaminophen": 6, "x": 1, "rays": 1, "cpap": 2, "id": 2, "am": 2, "pm": 2,
    "mg": 3, "ml": 3, "lb": 1, "kg": 2, "wednesday": 2, "does": 1, "doesn't": 2, "clothes": 1,
    "bones": 1, "radiation": 4, "moment": 2, "insurance": 3, "surgery": 3, "antibiotic": 5,
    "antibiotics": 5, "naloxone": 3, "apixaban": 4, "insulin": 3, "doctor": 2, "opioid": 4,
    "opioids": 4, "hours": 1, "hour": 1, "urine": 2, "fluids": 2, "fluid": 2, "quiet": 2,
    "usual": 3, "usually": 4, "choice": 1, "safety": 2, "closed": 1, "used": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadingGrade:
    """What the grade is made of."""

    words: int
    sentences: int
    syllables: int

    @property
    def flesch_kincaid(self) -> float:
        """The American school grade that can read it; never below 0."""
        if not self.words:
            return 0.0
        per_sentence = self.words / self.sentences
        per_word = self.syllables / self.words
        return max(0.0, _PER_WORD * per_sentence + _PER_SYLLABLE * per_word - _BASE)


def reading_grade(texts: Iterable[str], *, ignoring: frozenset[str] = frozenset()) -> ReadingGrade:
    """Return the grade of some texts; words in ``ignoring`` (names of drugs) do not count."""
    words = sentences = syllables = 0
    for text in texts:
        for sentence in sentences_of(text):
            counted = [word for word in words_of(sentence) if word.casefold() not in ignoring]
            if not counted:
                continue
            sentences += 1
            words += len(counted)
            syllables += sum(syllables_of(word.casefold()) for word in counted)
    return ReadingGrade(words, sentences, syllables)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; a heading or list item without an end is one."""
    plain = _ABBREVIATION.sub(r"\1", text.replace("**", ""))
    return [part for part in _SENTENCE_END.split(plain) if _WORD.search(part)]


def words_of(sentence: str) -> list[str]:
    """Return the words and numbers of a sentence."""
    return _WORD.findall(sentence)


@lru_cache(maxsize=4096)
def syllables_of(word: str) -> int:
    """Return the syllables of a lower-case word; a number counts as one."""
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    plain = word.replace("’", "'").removesuffix("'s")
    count = len(_VOWELS.findall(plain))
    if _SILENT_END.search(plain) and not _SOUNDED_ES.search(plain):
        count -= 1
    count += len(_TWO_VOWELS.findall(plain)) - len(_JOINED.findall(plain))
    return max(1, count)
