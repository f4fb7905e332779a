"""Reads what was typed into the search box: parts in any order, and everything each may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from intake_app.domain.names import digits_of, fold, joined, typed_words
from intake_app.domain.patients import OLDEST
from intake_app.domain.reading import Locality, UnreadableError, clean_text, read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_TYPED = 200
"""Characters of the search box that count."""
FEWEST_DIGITS = 3
_MOST_PHONE_LIKE_DATE = 8
_US_NUMBER = 11
_FULL_NUMBER = 10
_SIX, _EIGHT = 6, 8
_MONTHS, _DAYS = range(1, 13), range(1, 32)
ISO_DAY = 10
"""Characters of a whole date."""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of what was typed, and everything it may mean; one meaning that fits is enough."""

    spelt: tuple[str, ...] = ()
    """Spellings of a name or of its beginning."""
    born: tuple[str, ...] = ()
    """Beginnings of a birth date in ISO form, the clinic's own way of reading it first."""
    birthdays: tuple[str, ...] = ()
    """Beginnings of a birth date as month-day-year, for a date whose year is still to come."""
    number: str = ""
    """Beginning of the record number."""
    digits: tuple[str, ...] = ()
    """Digits anywhere in a phone number or in the record number."""
    age: int | None = None
    """Age in years."""

    @property
    def is_name(self) -> bool:
        """Return whether it can be nothing but a name."""
        return bool(self.spelt) and not self.number


def read_query(typed: str, *, date_order: str, today: date) -> tuple[Term, ...]:
    """Return the parts of what was typed; a patient must fit each of them."""
    text = clean_text(typed)[:MOST_TYPED]
    tokens = text.replace(",", " ").split()
    locality = Locality(today=today, date_order=date_order)
    terms: list[Term] = []
    if not (_phone_like(text) and len(digits_of(text)) > _MOST_PHONE_LIKE_DATE):
        tokens, terms = _take_date(tokens, locality)
    for run in _joined_runs(_with_ages(tokens)):
        terms.extend(_terms_of(run, locality))
    return tuple(terms)


def born_between(age: int, today: date) -> tuple[str, str]:
    """Return the first birth date of somebody of this age today, and the first one too late."""
    return _years_before(today, age + 1).isoformat(), _years_before(today, age).isoformat()


def _years_before(day: date, years: int) -> date:
    """Return the day after the birthday on ``day`` so many years before it."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year) + timedelta(days=1)
    except ValueError:
        return date(year, 3, 1)


_PHONE_LIKE = re.compile(r"\+?[\d\s().\-/]+")
_ISO_PART = re.compile(r"((?:18|19|20)\d\d)(?:([-/.])(\d{0,2})(?:\2(\d{0,2}))?)?")
_DAY_PART = re.compile(r"(\d{1,2})([-/.])(?:(\d{1,2})(?:\2(\d{0,4}))?)?")
_AGE = re.compile(r"(\d{1,3})(?:y|yo|yrs?|years?)", re.IGNORECASE)
_YEARS = re.compile(r"y|yo|y/o|yrs?|years?", re.IGNORECASE)


def _phone_like(text: str) -> bool:
    return bool(_PHONE_LIKE.fullmatch(text))


def _take_date(tokens: list[str], locality: Locality) -> tuple[list[str], list[Term]]:
    """Return the tokens without the first date among them, and that date as a term."""
    for length in (3, 2, 1):
        for start in range(len(tokens) - length + 1):
            chunk = " ".join(tokens[start : start + length])
            days = _days(chunk, locality)
            if days:
                rest = tokens[:start] + tokens[start + length :]
                return rest, [_date_term(chunk, days, locality)]
    return tokens, []


def _date_term(chunk: str, days: tuple[str, ...], locality: Locality) -> Term:
    iso, part = _ISO_PART.fullmatch(chunk), _DAY_PART.fullmatch(chunk)
    if iso:
        return Term(born=tuple(dict.fromkeys((*days, *_iso_part(iso)))))
    going_on = part and len(part[4] or "") < len("1951")
    birthdays = tuple(dict.fromkeys(_day_part(part, locality))) if part and going_on else ()
    if not chunk.isdecimal():
        return Term(born=days, birthdays=birthdays)
    # Six digits may be a date, the middle of a phone number or a record number.
    return Term(born=days, number=fold(chunk), digits=_digit_runs(chunk))


def _days(chunk: str, locality: Locality) -> tuple[str, ...]:
    """Return the birth dates that ``chunk`` may name, read the clinic's way first."""
    if not chunk[0].isalnum() or len(digits_of(chunk)) < FEWEST_DIGITS:
        return ()
    other = "dmy" if locality.date_order == "mdy" else "mdy"
    spelt = [chunk]
    if chunk.isdecimal() and chunk.isascii() and len(chunk) == _EIGHT:
        spelt.append(f"{chunk[:4]}-{chunk[4:6]}-{chunk[6:]}")
    days: dict[str, None] = {}
    for text in spelt:
        for order in (locality.date_order, other):
            try:
                day = read_date(text, replace(locality, date_order=order), past=True)
            except UnreadableError:
                continue
            days[day.isoformat()] = None
    return tuple(days)


def _iso_part(part: re.Match[str]) -> Iterator[str]:
    """Yield the beginnings of ISO dates that a year with part of a month or day may become."""
    year, _, month, day = part.groups()
    if not month:
        yield year + ("-" if part[2] else "")
        return
    for number in _going_on(month, _MONTHS, ended=day is not None):
        if not day:
            yield f"{year}-{number:02}" + ("" if day is None else "-")
        else:
            yield from (f"{year}-{number:02}-{each:02}" for each in _going_on(day, _DAYS))


def _day_part(part: re.Match[str], locality: Locality) -> Iterator[str]:
    """Yield month-day-year beginnings of a date in digits whose end is still to come."""
    first, _, second, year = part.groups()
    for order in dict.fromkeys((locality.date_order, "mdy", "dmy")):
        month, day = (first, second) if order == "mdy" else (second, first)
        for number in _going_on(month, _MONTHS, ended=order == "mdy" or year is not None):
            if day is None:
                yield f"{number:02}-"
                continue
            ended = order == "dmy" or year is not None
            for each in _going_on(day, _DAYS, ended=ended):
                yield f"{number:02}-{each:02}-{year or ''}"


def _going_on(digits: str | None, numbers: Iterable[int], *, ended: bool = False) -> Iterator[int]:
    """Yield the numbers that begin with what was typed; all of them when nothing was."""
    if not digits:
        yield from numbers
        return
    for number in numbers:
        if int(digits) == number or (not ended and f"{number:02}".startswith(digits)):
            yield number


def _with_ages(tokens: list[str]) -> Iterator[str]:
    """Yield the tokens, "75" and "years" as one."""
    skip = False
    for token, following in zip_longest(tokens, tokens[1:], fillvalue=""):
        if skip:
            skip = False
            continue
        skip = token.isdecimal() and bool(_YEARS.fullmatch(following))
        yield f"{token}y" if skip else token


def _joined_runs(tokens: Iterable[str]) -> Iterator[str]:
    """Yield the tokens, those of one phone number joined: "555 01 00" is one run of digits."""
    run: list[str] = []
    for token in tokens:
        if _phone_like(token) and not _is_date_part(token):
            run.append(token)
            continue
        if run:
            yield "".join(run)
            run = []
        yield token
    if run:
        yield "".join(run)


def _is_date_part(token: str) -> bool:
    return bool(_ISO_PART.fullmatch(token)) or (
        bool(_DAY_PART.fullmatch(token)) and not token.startswith("0" * 2)
    )


def _terms_of(token: str, locality: Locality) -> list[Term]:
    number = fold(joined(token))
    if not number:
        return []
    if aged := _AGE.fullmatch(token):
        return [Term(age=int(aged[1]), spelt=(number,), number=number)]
    if _phone_like(token):
        return [_number_term(token, number, locality)]
    if any(char.isdecimal() for char in number):
        return [Term(spelt=(number,), number=number)]
    return [Term(spelt=spelt) for spelt in typed_words(token)]


def _number_term(token: str, number: str, locality: Locality) -> Term:
    iso, part = _ISO_PART.fullmatch(token), _DAY_PART.fullmatch(token)
    plain = digits_of(token)
    age = int(plain) if token.isdecimal() and plain and int(plain) <= OLDEST else None
    return Term(
        born=tuple(_iso_part(iso)) if iso else (),
        birthdays=tuple(dict.fromkeys(_day_part(part, locality))) if part and not iso else (),
        number=number,
        digits=_digit_runs(token),
        age=age if len(plain) > 1 else None,
    )


def _digit_runs(token: str) -> tuple[str, ...]:
    """Return the digits to look for: as typed, and without zeros and codes in front of them."""
    digits = digits_of(token)
    runs = dict.fromkeys((digits, digits.lstrip("0")))
    if len(digits) == _US_NUMBER and digits[0] == "1":
        runs[digits[1:]] = None
    if token.startswith("+") and len(digits) >= _FULL_NUMBER:
        runs.update(dict.fromkeys((digits[1:], digits[2:], digits[3:])))
    return tuple(run for run in runs if len(run) >= FEWEST_DIGITS)
