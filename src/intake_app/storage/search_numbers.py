"""Finds patients by numbers: birth date, age, record number, phone; alone or beside a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.storage.search_entry import digit_grams, year_sign
from intake_app.storage.search_fit import ONE_FROM
from intake_app.storage.search_names import NameSearch, any_of
from intake_app.storage.search_query import FEWEST_DIGITS, ISO_DAY, born_between
from intake_app.storage.search_rows import (
    AFTER,
    BY_BIRTH_DATE,
    BY_BIRTH_DAY,
    BY_DIGITS,
    BY_NUMBER,
    BY_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from intake_app.storage.search_query import Term
    from intake_app.storage.search_rows import Pool
    from intake_app.storage.session import Session

_RARE = 200
_MANY = 200
_SOME = 60
_MOST = 3000
"""Index entries that one question may go through."""
_MOST_NEAR = 300
"""Patients with a fitting number whose names are compared one by one."""
_WHOLE_MONTH = 7
_LONG, _SHORT = 6, 4
_BROAD = 5
"""From this rank on so many patients fit that names are asked for first."""


class NumberSearch:
    """What was typed with at least one number in it; all of it must fit."""

    def __init__(self, session: Session, terms: Sequence[Term], today: date) -> None:
        self._session = session
        self._today = today
        self._names = [term for term in terms if term.is_name]
        numbers = [term for term in terms if not term.is_name]
        self._driver = min(numbers, key=_breadth)

    def search(self, pool: Pool) -> None:
        """Take the patients who fit; with near names too when there are few."""
        if not self._names:
            for sql, asked in self._ways(ends_first=True):
                pool.fetch(sql, one="", other="", most=_SOME, limit=_SOME, **asked)
                if pool.enough:
                    return
            return
        names = NameSearch(self._session, self._names)
        if names.is_rare(_RARE):
            pool.fetch(BY_WORDS, match=names.match, limit=_RARE)
        else:
            self._among_many(pool)
        if not pool.enough:
            self._near(pool)

    def _among_many(self, pool: Pool) -> None:
        """Take those with a common name whose number fits."""
        years = self._years()
        if years:
            names = NameSearch(self._session, self._names, years)
            pool.fetch(BY_WORDS, match=names.match, limit=_RARE)
        spelt = max(self._names, key=lambda term: len(term.spelt[0])).spelt
        one, other = f" {spelt[0]}", f" {spelt[-1]}"
        for sql, asked in self._ways():
            pool.fetch(sql, one=one, other=other, most=_MOST, limit=_MANY, **asked)

    def _near(self, pool: Pool) -> None:
        """Take those whose number fits and whose name is near; letters alone are near nothing."""
        if max(len(term.spelt[0]) for term in self._names) < ONE_FROM:
            return
        pool.guess()
        if _breadth(self._driver) < _BROAD:
            for sql, asked in self._ways():
                pool.fetch(sql, one="", other="", most=_MOST_NEAR, limit=_MOST_NEAR, **asked)
        elif years := self._years():
            NameSearch(self._session, self._names, years).guess(pool)

    def _years(self) -> list[str]:
        """Return the signs of the birth years that the number may mean."""
        years = {born[:4] for born in self._driver.born}
        if self._driver.age is not None:
            years.update(day[:4] for day in born_between(self._driver.age, self._today))
        return [sign for year in sorted(years) if (sign := year_sign(year))]

    def _ways(self, *, ends_first: bool = False) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield the questions that find everybody whom the number may mean."""
        term = self._driver
        for born in term.born:
            yield BY_BIRTH_DATE, {"low": born, "high": born + AFTER}
        for day in term.birthdays:
            yield BY_BIRTH_DAY, {"low": day, "high": day + AFTER}
        if term.number:
            yield BY_NUMBER, {"low": term.number, "high": term.number + AFTER}
        for run in term.digits:
            for match in _digit_matches(run, ends_first=ends_first):
                yield BY_DIGITS, {"match": match}
        if term.spelt:
            yield BY_WORDS, {"match": any_of(term.spelt, begin=True)}
        if term.age is not None:
            low, high = born_between(term.age, self._today)
            yield BY_BIRTH_DATE, {"low": low, "high": high}


def _digit_matches(run: str, *, ends_first: bool) -> Iterator[str]:
    """Yield what the digit index must hold of a number with these digits in it or at its end."""
    if len(run) == FEWEST_DIGITS:
        yield any_of([run], begin=True)
        return
    grams = [f'"{gram}"' for gram in digit_grams(run)]
    if ends_first:
        yield " AND ".join([*grams, f'"{run[-4:]}e"'])
    yield " AND ".join(grams)


def _breadth(term: Term) -> int:
    """Return a rank of how many patients a number may mean; the fewest first."""
    ranks = []
    for born in term.born:
        whole = len(born) >= ISO_DAY
        ranks.append(0 if whole else 2 if len(born) >= _WHOLE_MONTH else _BROAD)
    ranks += [4 for _ in term.birthdays]
    longest = max((len(run) for run in term.digits), default=0)
    if term.digits:
        ranks.append(1 if longest >= _LONG else 3 if longest >= _SHORT else _BROAD)
    elif term.number and not ranks:
        ranks.append(1 if len(term.number) >= _LONG else _BROAD)
    if term.age is not None:
        ranks.append(_BROAD + 1)
    return max(ranks, default=_BROAD + 1)
