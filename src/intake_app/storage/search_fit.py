"""How well a patient fits what was typed: exact, then beginnings, then near spellings."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from intake_app.domain.nicknames import Nicknames
from intake_app.domain.sound import sound_codes
from intake_app.resources import resource
from intake_app.storage.search_query import Term, born_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from intake_app.storage.search_entry import IndexEntry

EXACT, OTHER_DAY, BEGINS, ENDS, SAME_YEAR, INSIDE, AGED = range(7)
"""Costs of a part of what was typed that stands so in the record."""
GUESSED = 100
"""From this cost on the word was not typed as it stands there."""
NICKNAME = 100
ALIKE_AND_NEAR = 104
ONE_ERROR = 110
SOUND = 112
HALF_WITH_ONE_ERROR = 116
TWO_ERRORS = 120
HALF_WITH_TWO_ERRORS = 131
_YEAR = len("1951-")
_FARTHER = 3
"""Added for each letter by which a word that sounds alike is spelt differently."""

ONE_FROM, TWO_FROM = 4, 7
"""Letters of a word from which one error is forgiven, and from which two are."""


@cache
def nicknames() -> Nicknames:
    """Return the nicknames that ship with the program; read when first asked for."""
    groups = []
    for name in ("nicknames.csv", "more_nicknames.csv"):
        lines = resource("names", name).read_text(encoding="utf-8").splitlines()
        groups += [line.split(",") for line in lines if line and not line.startswith("#")]
    return Nicknames(groups)


@cache
def edit_distance() -> Callable[..., int]:
    """Return the function that counts letters changed, added, left out and swapped."""
    from rapidfuzz.distance import OSA

    return OSA.distance


def forgiven(typed: str) -> int:
    """Return how many errors are forgiven in a word."""
    return (len(typed) >= ONE_FROM) + (len(typed) >= TWO_FROM)


def word_cost(typed: str, word: str) -> int | None:
    """Return how far a typed word is from a word of a name; ``None`` when it is another one."""
    if word.startswith(typed):
        return EXACT if word == typed else BEGINS
    if nicknames().same(typed, word):
        return NICKNAME
    errors = _errors(typed, word)
    codes = sound_codes(typed)
    if codes and not set(codes).isdisjoint(sound_codes(word)):
        distance = edit_distance()(typed, word)
        if distance <= 1:
            return ALIKE_AND_NEAR
        if distance <= max(2, max(len(typed), len(word)) * 2 // 3):
            sound = SOUND + _FARTHER * (distance - 2)
            return sound if errors is None else min(sound, errors)
    return errors


def _errors(typed: str, word: str) -> int | None:
    """Return the cost of typing errors; the word may be longer than what was typed so far."""
    most = forgiven(typed)
    if not most or len(word) < len(typed) - most:
        return None
    distance = edit_distance()
    whole = distance(typed, word, score_cutoff=most)
    if whole <= most:
        return ONE_ERROR if whole == 1 else TWO_ERRORS
    length = len(typed)
    if len(word) <= length or distance(typed, word[:length], score_cutoff=2 * most) > 2 * most:
        return None
    half = min(
        distance(typed, word[:each], score_cutoff=most)
        for each in range(length - most, length + most + 1)
    )
    if half > most:
        return None
    return HALF_WITH_ONE_ERROR if half <= 1 else HALF_WITH_TWO_ERRORS


class Judge:
    """Compares patients with one query; remembers words it has compared."""

    def __init__(self, terms: tuple[Term, ...], today: date) -> None:
        self._terms = tuple(sorted(terms, key=lambda term: term.is_name))
        self._joined = tuple(_joined(terms))
        self._ages = {
            term.age: born_between(term.age, today) for term in terms if term.age is not None
        }
        self._known: dict[tuple[str, str], int | None] = {}

    def fit(self, entry: IndexEntry, *, guess: bool) -> tuple[int, int] | None:
        """Return how far a patient is from what was typed, and how many words stand behind others.

        ``None`` when some part does not fit; without ``guess`` only what stands so in the record
        fits.
        """
        found = self._fit(self._terms, entry, guess=guess)
        if found is None and guess:
            for terms in self._joined:
                if found := self._fit(terms, entry, guess=False):
                    return GUESSED + found[0], found[1]
        return found

    def reading_of(self, entry: IndexEntry) -> tuple[Term, ...]:
        """Return what was typed, read as it fits this patient: two words may be one."""
        if self._joined and self._fit(self._terms, entry, guess=True) is None:
            for terms in self._joined:
                if self._fit(terms, entry, guess=False):
                    return terms
        return self._terms

    def _fit(
        self, terms: tuple[Term, ...], entry: IndexEntry, *, guess: bool
    ) -> tuple[int, int] | None:
        total = behind = 0
        words: list[tuple[str, int]] | None = None
        for term in terms:
            best = None if term.is_name else self.number_cost(term, entry)
            place = 0
            if term.spelt and best != EXACT:
                words = words or _placed(entry.words)
                named, at = self._best_word(term, words, guess=guess)
                if named is not None and (best is None or named < best):
                    best, place = named, at
            if best is None:
                return None
            total += best
            behind += place
        return total, behind

    def _best_word(
        self, term: Term, words: list[tuple[str, int]], *, guess: bool
    ) -> tuple[int | None, int]:
        best: int | None = None
        place = 0
        for word, at in words:
            for typed in term.spelt:
                if word.startswith(typed):
                    cost: int | None = EXACT if word == typed else BEGINS
                elif guess:
                    cost = self.word(typed, word)
                else:
                    continue
                if cost is not None and (best is None or (cost, at) < (best, place)):
                    best, place = cost, at
        return best, place

    def word(self, typed: str, word: str) -> int | None:
        """Return what ``word_cost`` says."""
        key = (typed, word)
        try:
            return self._known[key]
        except KeyError:
            cost = self._known[key] = word_cost(typed, word)
            return cost

    def number_cost(self, term: Term, entry: IndexEntry) -> int | None:
        """Return how far the birth date, age or numbers of a patient are from a part."""
        costs = [cost for cost in self.number_costs(term, entry) if cost is not None]
        return min(costs, default=None)

    def number_costs(self, term: Term, entry: IndexEntry) -> tuple[int | None, ...]:
        """Return the cost as a birth date, a record number, a phone and an age."""
        return (
            _born_cost(term, entry),
            _begins(term.number, entry.record_number) if term.number else None,
            _digits_cost(term.digits, entry),
            self._age_cost(term, entry),
        )

    def _age_cost(self, term: Term, entry: IndexEntry) -> int | None:
        if term.age is None or not entry.birth_date:
            return None
        low, high = self._ages[term.age]
        return AGED if low <= entry.birth_date < high else None


def _joined(terms: tuple[Term, ...]) -> Iterator[tuple[Term, ...]]:
    """Yield the parts with two neighbouring names as one word: Mac Donald, Ann Marie."""
    for at, (one, other) in enumerate(pairwise(terms)):
        if one.is_name and other.is_name:
            yield (*terms[:at], Term(spelt=(one.spelt[0] + other.spelt[0],)), *terms[at + 2 :])


def _placed(words: str) -> list[tuple[str, int]]:
    """Return the words, with 0 for the first family and the first given name."""
    placed: list[tuple[str, int]] = []
    groups, place = 0, 0
    for word in words.split():
        if word == ",":
            groups += 1
            place = min(groups // 2, 1)
        else:
            placed.append((word, place))
            place = 1
    return placed


def _begins(typed: str, text: str) -> int | None:
    if not text.startswith(typed):
        return None
    return EXACT if text == typed else BEGINS


def _born_cost(term: Term, entry: IndexEntry) -> int | None:
    if not entry.birth_date or not (term.born or term.birthdays):
        return None
    for at, born in enumerate(term.born):
        if entry.birth_date.startswith(born):
            if entry.birth_date == born:
                return EXACT if at == 0 else OTHER_DAY
            return BEGINS if len(born) > _YEAR else SAME_YEAR
    return BEGINS if entry.birth_day.startswith(term.birthdays or ("?",)) else None


def _digits_cost(digits: Iterable[str], entry: IndexEntry) -> int | None:
    best: int | None = None
    numbers = (*entry.phones.split(), entry.record_number)
    for run in digits:
        for number in numbers:
            if run in number:
                cost = ENDS if number.endswith(run) else INSIDE
                best = cost if best is None else min(best, cost)
    if best is None and any(run in word for run in digits for word in entry.words.split(" ,")[-2:]):
        return INSIDE  # the number of a record that was merged into this one
    return best
