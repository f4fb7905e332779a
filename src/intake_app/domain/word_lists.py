"""Lists of words that reading grades and the writer's helper look up; read when first needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """What is known about words of one language."""

    syllables: Mapping[str, int] = field(default_factory=dict)
    """Words that the rules of spelling get wrong, small letters."""
    plainer: Mapping[str, str] = field(default_factory=dict)
    """A hard word or phrase in small letters, and a plainer one."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """A medical word in small letters, and how it can be explained."""
    names: frozenset[str] = frozenset()
    """Names of drugs and anatomy words that a second grade leaves out."""


NO_LISTS = WordLists()
"""Rules of spelling alone."""
