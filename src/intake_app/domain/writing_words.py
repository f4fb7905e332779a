"""Hard words that have a plainer one, and medical words that nobody explained."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from intake_app.domain.reading_words import plain_text
from intake_app.domain.writing_remarks import Remark, remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from intake_app.domain.word_lists import WordLists
    from intake_app.domain.writing_texts import Placed

_VOWELS = "aeiou"
_WORD = re.compile(r"\w+(?:-\w+)*")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class WordFinder:
    """Finds words of the lists in the texts of one paper."""

    def __init__(self, texts: Iterable[Placed], lists: WordLists) -> None:
        self._plainer = _Finder.of(tuple(lists.plainer.items()))
        self._terms = _Finder.of(tuple(lists.terms.items()))
        self._explained = set(self._explained_in(texts))
        self._asked: set[str] = set()

    def hard(self, place: Placed) -> Iterator[Remark]:
        """Yield each hard word of a text with a plainer one."""
        for found, word in self._plainer.find(place.text):
            yield remark(place, "hard_word", found, word=found, plain=self._plainer.said(word))

    def unexplained(self, place: Placed) -> Iterator[Remark]:
        """Yield each medical word that is explained nowhere, where the paper first has it."""
        for found, word in self._terms.find(place.text):
            if word not in self._explained and word not in self._asked:
                self._asked.add(word)
                yield remark(
                    place, "unexplained", found, word=found, meaning=self._terms.said(word)
                )

    def _explained_in(self, texts: Iterable[Placed]) -> Iterator[str]:
        """Yield the words that a text explains: "opioid (strong pain medicine)"."""
        for place in texts:
            text = plain_text(place.text)
            for found, word in self._terms.find(place.text):
                if explains(text, found):
                    yield word


def explains(text: str, word: str) -> bool:
    """Return whether a text says what one of its words means."""
    said = re.escape(word)
    return bool(
        re.search(
            rf"{said}\s*\(|\({said}s?\)|\b{said} (?:is|are|means|es|son|significa)\b"
            rf"|(?:name is|names are|call (?:it|this)|called|se llama|llamamos)\s+[\w\s]*?{said}"
            rf"|[:=]\s+(?:\w+\s+)?{said}\b|{said}:\s",
            text,
            re.IGNORECASE,
        )
    )


class _Finder:
    """Finds whole words, with their common endings; the longest wins."""

    @staticmethod
    @lru_cache(16)
    def of(pairs: tuple[tuple[str, str], ...]) -> _Finder:
        """Return the finder of a list; made once for each list."""
        return _Finder(dict(pairs))

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._pairs = dict(pairs)
        words = {form: word for word in pairs for form in forms_of(word)}
        words |= {word: word for word in pairs}
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for form in sorted(words, key=lambda form: (-len(form), form)):  # the longest wins
            first = _WORD.findall(form)[0]
            self._by_first.setdefault(first, []).append((form, words[form]))

    def find(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield what stands in the text, and the word of the list."""
        plain = _PLACEHOLDER.sub("", plain_text(text))
        small = plain.casefold()
        if len(small) != len(plain):  # a sign that has two small ones moves all that follow
            plain = small
        end = 0
        for match in _WORD.finditer(small):
            if match.start() < end:
                continue
            for form, word in self._by_first.get(match[0], ()):
                end_here = match.start() + len(form)
                if small.startswith(form, match.start()) and not small[end_here:][:1].isalnum():
                    end = end_here
                    yield plain[match.start() : end], word
                    break

    def said(self, word: str) -> str:
        """Return what the list says of a word."""
        return self._pairs[word]


def forms_of(word: str) -> tuple[str, ...]:
    """Return a word with the endings that verbs and nouns commonly take."""
    if " " in word or not word.isascii():
        return (f"{word}s",)
    if word.endswith("e"):
        return (f"{word}s", f"{word}d", f"{word[:-1]}ing")
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return (f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing")
    return (f"{word}s", f"{word}es", f"{word}ed", f"{word}ing")
