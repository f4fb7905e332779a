"""Finds patients by their names: as typed first, then by near words, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.storage.search_entry import FIRST_FAMILY, FIRST_GIVEN
from intake_app.storage.search_rows import BY_WORDS, COUNT_BY_WORDS
from intake_app.storage.search_words import Meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from intake_app.storage.search_query import Term
    from intake_app.storage.search_rows import Pool
    from intake_app.storage.session import Session

Spelt = list[tuple[str, ...]]
"""The spellings of each word."""

_MANY = 60
"""Rows that one question to the index may bring."""
_MOST_GUESSED = 4
"""Words of which near ones are looked for; who types more has typed enough."""


class NameSearch:
    """The names among what was typed; ``signs`` are birth years that must fit too."""

    def __init__(self, session: Session, names: Sequence[Term], signs: Iterable[str] = ()) -> None:
        self._session = session
        self._spelt: Spelt = [term.spelt for term in names]
        signs = tuple(signs)
        self._years = [any_of(signs)] if signs else []

    @property
    def match(self) -> str:
        """Return what the word index must hold of whom the names fit as typed."""
        return self._all(any_of(spelt, begin=True) for spelt in self._spelt)

    def is_rare(self, most: int) -> bool:
        """Return whether no more than ``most`` patients have such names."""
        asked = {"match": self.match, "limit": most + 1}
        row = self._session.one(COUNT_BY_WORDS, asked)
        return row is not None and row[0] <= most

    def plain(self, pool: Pool) -> None:
        """Take the patients whose names begin as typed; whole names before beginnings."""
        if self._fetch(pool, self.match) < _MANY:
            return
        spelt = self._spelt
        if self._fetch(pool, self._all(map(any_of, spelt))) == _MANY:
            self._fetch(pool, self._all(_in_first_place(spelt)))
        elif len(spelt) > 1:
            exact = [any_of(each) for each in spelt[:-1]]
            self._fetch(pool, self._all([*exact, any_of(spelt[-1], begin=True)]))

    def guess(self, pool: Pool) -> None:
        """Take patients whose names are near what was typed, until there are enough.

        Each step asks for less likely words than the one before.
        """
        pool.guess()
        spelt = self._spelt[:_MOST_GUESSED]
        meant = [Meant(self._session, each[0]) for each in spelt]
        for step in (self._joined, self._near, self._begun, self._farther, self._far_begun):
            if pool.enough:
                return
            step(pool, spelt, meant)

    def _joined(self, pool: Pool, spelt: Spelt, _: list[Meant]) -> None:
        """Take those of whom two words are one in the record: Mac Donald."""
        ways = []
        for at in range(len(spelt) - 1):
            one = any_of([spelt[at][0] + spelt[at + 1][0]], begin=True)
            others = [any_of(each, begin=True) for each in (*spelt[:at], *spelt[at + 2 :])]
            ways.append(" AND ".join([one, *others]))
        if ways:
            self._fetch(pool, self._all(["((" + ") OR (".join(ways) + "))"]))

    def _near(self, pool: Pool, spelt: Spelt, meant: list[Meant]) -> None:
        """Take those with whole words that are near."""
        if not any(each.whole for each in meant):
            return
        words = [(*one, *each.whole) for one, each in zip(spelt, meant, strict=True)]
        if self._fetch(pool, self._all(map(any_of, words))) < _MANY:
            return
        for at, each in enumerate(meant):
            if each.whole:
                one = [*spelt[:at], each.whole, *spelt[at + 1 :]]
                if self._fetch(pool, self._all(map(any_of, one))) == _MANY:
                    self._fetch(pool, self._all(_in_first_place(one)))

    def _begun(self, pool: Pool, spelt: Spelt, meant: list[Meant]) -> None:
        """Take those of whom the word being typed begins nearly so."""
        *others, last = _loosely(spelt, meant)
        if halves := meant[-1].halves:
            last = any_of(halves, begin=True)
        if others or halves:
            self._fetch(pool, self._all([*others, last]))

    def _farther(self, pool: Pool, spelt: Spelt, meant: list[Meant]) -> None:
        """Take those with one word that has two errors."""
        begun = [any_of(each, begin=True) for each in spelt]
        for at, each in enumerate(meant):
            if each.farther:
                self._fetch(pool, self._all([*begun[:at], any_of(each.farther), *begun[at + 1 :]]))

    def _far_begun(self, pool: Pool, spelt: Spelt, meant: list[Meant]) -> None:
        """Take those of whom the word being typed begins so but for two errors."""
        *others, _ = _loosely(spelt, meant)
        if halves := meant[-1].farther_halves:
            self._fetch(pool, self._all([*others, any_of(halves, begin=True)]))

    def _all(self, parts: Iterable[str]) -> str:
        return " AND ".join((*parts, *self._years))

    def _fetch(self, pool: Pool, match: str) -> int:
        return pool.fetch(BY_WORDS, match=match, limit=_MANY)


def _in_first_place(words: Sequence[Sequence[str]]) -> list[str]:
    """Return the question for whole words as first family and first given name."""
    family = [any_of(f"{word}{FIRST_FAMILY}" for word in each) for each in words]
    given = [any_of(f"{word}{FIRST_GIVEN}" for word in each) for each in words]
    if len(words) == 1:
        return [f"({family[0]} OR {given[0]})"]
    if len(words) == 2:  # noqa: PLR2004 - a family and a given name
        return [f"(({family[0]} AND {given[1]}) OR ({given[0]} AND {family[1]}))"]
    return [f"({one} OR {other})" for one, other in zip(family, given, strict=True)]


def _loosely(spelt: Spelt, meant: list[Meant]) -> Iterator[str]:
    """Yield the question for each word as typed so far, or near."""
    for one, each in zip(spelt, meant, strict=True):
        begun = [f'"{word}"*' for word in one]
        yield "(" + " OR ".join((*begun, *(f'"{word}"' for word in each.whole))) + ")"


def any_of(words: Iterable[str], *, begin: bool = False) -> str:
    """Return the question for one of several words, or for words that begin so."""
    star = "*" if begin else ""
    return "(" + " OR ".join(f'"{word}"{star}' for word in words) + ")"
