"""Says how a patient was found: by what, under which name, and which letters to mark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from intake_app.domain.names import digits_of, fold, joined, placed_words, spellings
from intake_app.domain.ports import Mark, MatchedBy
from intake_app.storage.search_fit import (
    EXACT,
    GUESSED,
    HALF_WITH_ONE_ERROR,
    HALF_WITH_TWO_ERRORS,
    NICKNAME,
    ONE_ERROR,
    TWO_ERRORS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from intake_app.domain.patients import Patient
    from intake_app.storage.search_entry import IndexEntry
    from intake_app.storage.search_fit import Judge
    from intake_app.storage.search_query import Term

_SPELLING = (ONE_ERROR, HALF_WITH_ONE_ERROR, TWO_ERRORS, HALF_WITH_TWO_ERRORS)
_NUMBERS = (MatchedBy.BIRTH_DATE, MatchedBy.RECORD_NUMBER, MatchedBy.PHONE, MatchedBy.AGE)


@dataclass(frozen=True, slots=True)
class Explained:
    """What of a result line matched."""

    phone: str
    other_name: str
    matched: tuple[MatchedBy, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    """The place in a name that one typed word fits best."""

    cost: int
    by: MatchedBy
    mark: Mark
    other_name: str = ""


def explain(
    judge: Judge, entry: IndexEntry, patient: Patient, absorbed: Iterable[Patient] = ()
) -> Explained:
    """Return how a patient was found; ``absorbed`` are the records merged into theirs."""
    matched: dict[MatchedBy, None] = {}
    marks: dict[Mark, None] = {}
    phone = patient.mobile_phone or patient.home_phone
    other_name = ""
    names = tuple(_names(patient, absorbed))
    for term in judge.reading_of(entry):
        costs = judge.number_costs(term, entry)
        number = min((cost for cost in costs if cost is not None), default=None)
        hit = _best_hit(judge, term, names)
        if hit is not None and (number is None or hit.cost < number):
            matched[hit.by] = None
            marks[hit.mark] = None
            other_name = other_name or hit.other_name
        elif number is not None:
            by = _NUMBERS[costs.index(number)]
            if by is MatchedBy.PHONE:
                by, mark, phone = _phone_hit(term, patient, phone)
            else:
                mark = _number_mark(by, term, patient)
            matched[by] = None
            marks.update(dict.fromkeys([mark] if mark else []))
    shown = (mark for mark in marks if mark.field != "other_name" or other_name)
    return Explained(phone, other_name, tuple(matched), tuple(shown))


def _names(patient: Patient, absorbed: Iterable[Patient]) -> Iterator[tuple[MatchedBy, int, str]]:
    """Yield each name with its kind and its place in the list name; other names start at 0."""
    at = 0
    for name in (patient.family_name, patient.given_name, patient.middle_name):
        if name:
            yield MatchedBy.NAME, at, name
            at += len(name) + (2 if name is patient.family_name and at == 0 else 1)
    yield MatchedBy.PREFERRED_NAME, 0, patient.preferred_name
    yield MatchedBy.FORMER_NAME, 0, patient.former_name
    for each in absorbed:
        yield MatchedBy.FORMER_NAME, 0, each.list_name
        yield MatchedBy.FORMER_NAME, 0, each.record_number


def _best_hit(judge: Judge, term: Term, names: Iterable[tuple[MatchedBy, int, str]]) -> _Hit | None:
    best: _Hit | None = None
    for kind, at, name in names:
        for start, end, words in _places(name):
            cost = _word_cost(judge, term, words)
            if cost is None or (best is not None and cost >= best.cost):
                continue
            exact = cost < GUESSED
            length = _length(name[start:end], len(term.spelt[0])) if exact else end - start
            field, other = ("name", "") if kind is MatchedBy.NAME else ("other_name", name)
            mark = Mark(field, at + start, at + start + length)
            best = _Hit(cost, _how(cost, kind), mark, other)
            if cost == EXACT:
                return best
    return best


@lru_cache(maxsize=2048)
def _places(name: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Return start, end and spellings of each word of a name, and of the whole."""
    placed = dict.fromkeys((*placed_words(name), (0, len(name), joined(name))))
    return tuple((start, end, spellings(text)) for start, end, text in placed if text)


def _word_cost(judge: Judge, term: Term, words: tuple[str, ...]) -> int | None:
    best: int | None = None
    for typed in term.spelt:
        for word in words:
            cost = judge.word(typed, word)
            if cost is not None and (best is None or cost < best):
                best = cost
    return best


def _how(cost: int, kind: MatchedBy) -> MatchedBy:
    if kind is not MatchedBy.NAME or cost < GUESSED:
        return kind
    if cost == NICKNAME:
        return MatchedBy.NICKNAME
    return MatchedBy.SPELLING if cost in _SPELLING else MatchedBy.SOUND


def _length(text: str, letters: int) -> int:
    """Return how many characters of ``text`` are its first folded letters and digits."""
    seen = 0
    for at, char in enumerate(text):
        if seen >= letters:
            return at
        seen += len(fold(joined(char)))
    return len(text)


def _number_mark(by: MatchedBy, term: Term, patient: Patient) -> Mark | None:
    if by is MatchedBy.RECORD_NUMBER:
        return Mark("record_number", 0, _length(patient.record_number, len(term.number)))
    return Mark(by.value)


def _phone_hit(term: Term, patient: Patient, shown: str) -> tuple[MatchedBy, Mark | None, str]:
    """Return where the digits stand: in a phone, which is then the one shown, or in the number."""
    for phone in (patient.mobile_phone, patient.home_phone):
        if mark := _digits_mark("phone", term.digits, phone):
            return MatchedBy.PHONE, mark, phone
    mark = _digits_mark("record_number", term.digits, patient.record_number)
    return (MatchedBy.RECORD_NUMBER if mark else MatchedBy.PHONE), mark, shown


def _digits_mark(field: str, runs: Iterable[str], text: str) -> Mark | None:
    digits = [(at, digits_of(char)) for at, char in enumerate(text) if char.isdecimal()]
    line = "".join(digit for _, digit in digits)
    for run in runs:
        start = line.rfind(run)
        if start >= 0:
            return Mark(field, digits[start][0], digits[start + len(run) - 1][0] + 1)
    return None
