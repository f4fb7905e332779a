"""Lists of words that reading grades and the writer's helper look up; read when first needed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from intake_app.domain.syllables import Syllables


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """What is known about words of one language."""

    syllables: Syllables = field(default_factory=Syllables)
    """English: counts syllables."""
    plainer: Mapping[str, str] = field(default_factory=dict)
    """A hard word or phrase in small letters, and a plainer one."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """A medical word in small letters, and how it can be explained."""
    names: frozenset[str] = frozenset()
    """Names of drugs and anatomy words that the second grade leaves out."""


NO_LISTS = WordLists()
"""Rules of spelling alone."""


def read_pairs(text: str) -> dict[str, str]:
    """Read a CSV file of two columns; lines that begin with # are comments."""
    rows = csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0].strip().casefold(): row[1].strip() for row in rows if len(row) > 1}


def read_words(text: str) -> frozenset[str]:
    """Read words, as many on a line as there are; lines that begin with # are comments."""
    lines: Iterable[str] = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.casefold() for line in lines for word in line.split())
