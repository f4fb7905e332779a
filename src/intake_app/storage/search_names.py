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

_MANY = 100
"""Rows that one question to the index may bring."""
_MOST_GUESSED = 4
"""Words of which near ones are looked for; who types more has typed enough."""


class NameSearch:
    """The names among what was typed; ``signs`` are birth years that must fit too."""

    def __init__(self, session: Session, names: Sequence[Term], signs: Iterable[str] = ()) -> None:
        self._session = session
        self._spelt = [term.spelt for term in names]
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
        for match in self._whole(self._spelt):
            if self._fetch(pool, match) == _MANY:
                return
        if len(self._spelt) > 1:
            exact = [any_of(spelt) for spelt in self._spelt[:-1]]
            self._fetch(pool, self._all([*exact, any_of(self._spelt[-1], begin=True)]))

    def guess(self, pool: Pool) -> None:
        """Take patients whose names are near what was typed, until there are enough."""
        pool.guess()
        for match in self._guesses():
            if pool.enough:
                return
            self._fetch(pool, match)

    def _guesses(self) -> Iterator[str]:
        """Yield questions to the index, those that bring the nearest first."""
        spelt = self._spelt[:_MOST_GUESSED]
        meant = [Meant(self._session, each[0]) for each in spelt]
        yield from self._joined(spelt)
        for at, each in enumerate(meant):
            if each.whole:
                yield from self._with(spelt, at, each.whole)
        near = [(*one, *each.whole) for one, each in zip(spelt, meant, strict=True)]
        if len(spelt) > 1:
            yield from self._whole(near)
        begun = [any_of(one, begin=True) for one in spelt]
        loose = [f"({a} OR {any_of(b)})" for a, b in zip(begun, near, strict=True)]
        for at, each in enumerate(meant):
            if each.halves:
                yield self._all([*begun[:at], any_of(each.halves, begin=True), *begun[at + 1 :]])
        for at, each in enumerate(meant):
            if each.farther:
                yield from self._with(spelt, at, each.farther)
        for at, each in enumerate(meant):
            farther = (*each.halves, *each.farther_halves)
            if farther:
                yield self._all([*loose[:at], any_of(farther, begin=True), *loose[at + 1 :]])
        if len(spelt) > 1:
            yield self._all(
                f"({one} OR {any_of(halves, begin=True)})" if halves else one
                for one, halves in zip(loose, (each.halves for each in meant), strict=True)
            )

    def _joined(self, spelt: list[tuple[str, ...]]) -> Iterator[str]:
        """Yield the questions for two words that are one in the record: Mac Donald."""
        for at in range(len(spelt) - 1):
            one = any_of([spelt[at][0] + spelt[at + 1][0]], begin=True)
            others = [any_of(each, begin=True) for each in (*spelt[:at], *spelt[at + 2 :])]
            yield self._all([one, *others])

    def _with(self, spelt: list[tuple[str, ...]], at: int, words: tuple[str, ...]) -> Iterator[str]:
        """Yield the questions with other words in one place; the other places as typed."""
        yield from self._whole([*spelt[:at], words, *spelt[at + 1 :]])
        if len(spelt) > 1:
            begun = [any_of(each, begin=True) for each in spelt]
            yield self._all([*begun[:at], any_of(words), *begun[at + 1 :]])

    def _whole(self, words: Sequence[Sequence[str]]) -> Iterator[str]:
        """Yield the questions for whole words: as first family and given name, then anywhere."""
        family = [any_of(f"{word}{FIRST_FAMILY}" for word in each) for each in words]
        given = [any_of(f"{word}{FIRST_GIVEN}" for word in each) for each in words]
        if len(words) == 1:
            yield self._all([f"({family[0]} OR {given[0]})"])
        elif len(words) == 2:  # noqa: PLR2004 - a family and a given name
            yield self._all([f"(({family[0]} AND {given[1]}) OR ({given[0]} AND {family[1]}))"])
        yield self._all(any_of(each) for each in words)

    def _all(self, parts: Iterable[str]) -> str:
        return " AND ".join((*parts, *self._years))

    def _fetch(self, pool: Pool, match: str) -> int:
        return pool.fetch(BY_WORDS, match=match, limit=_MANY)


def any_of(words: Iterable[str], *, begin: bool = False) -> str:
    """Return the question for one of several words, or for words that begin so."""
    star = "*" if begin else ""
    return "(" + " OR ".join(f'"{word}"{star}' for word in words) + ")"
