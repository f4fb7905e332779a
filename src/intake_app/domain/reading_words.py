"""Sentences and words of a text, counted one way everywhere.

A stop, a question mark, an exclamation mark, a colon and a semicolon end a sentence, as in Flesch's
own rules; a heading or a list item without an end is one sentence (clinical.md 4.3).
"""

from __future__ import annotations

import re

# U+FF01 and so on: the wide signs of Chinese, which no space follows.
_ENDS = re.compile(r"(?<=[.!?;:…؟؛])[\"”’)]*\s+|(?<=[\u3002\uff01\uff1a\uff1b\uff1f])")
_STOPS = re.compile(r"(?<=[.!?…؟])[\"”’)]*\s+|(?<=[\u3002\uff01\uff1f])")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’\-][^\W_]+)*")
_ABBREVIATION = re.compile(
    r"\b(Drs?|Mr|Mrs|Ms|St|Dra|Sra?|Uds?|p|ej|e\.g|i\.e|a\.m|p\.m|BS|ThS|TS)\.(?=\s)"
)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
NO_SPACES = ("zh",)
"""Languages that write without spaces: their words cannot be counted this way."""


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; a heading or list item without an end is one."""
    return _parts(_ENDS, text)


def long_sentences_of(text: str) -> list[str]:
    """Return what stands between full stops: a colon or semicolon does not make it shorter."""
    return _parts(_STOPS, text)


def _parts(end: re.Pattern[str], text: str) -> list[str]:
    plain = _ABBREVIATION.sub(r"\1", plain_text(text))
    return [part for part in end.split(plain) if _WORD.search(part)]


def plain_text(text: str) -> str:
    """Return a text without the marks of bold print."""
    return text.replace("**", "")


def words_of(sentence: str) -> list[str]:
    """Return the words and numbers of a sentence; what is joined by a hyphen is one word."""
    return _WORD.findall(sentence)


def without_placeholders(text: str) -> str:
    """Return a text with a number in the place of each {placeholder}: one word, one syllable."""
    return _PLACEHOLDER.sub("9", text)


def spaced(language: str) -> bool:
    """Return whether the language parts its words with spaces."""
    return language.partition("-")[0] not in NO_SPACES
