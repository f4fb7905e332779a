"""Read dates, clock times and moments as people type them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from intake_app.domain.values import MONTHS, PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """What reading a typed value depends on: the clinic's day, zone and habits."""

    today: date
    zone: tzinfo = UTC
    date_order: str = "mdy"
    """``mdy`` (United States) or ``dmy`` (everywhere else); ISO dates are read in both."""
    country: str = ""
    """The clinic's country as two letters, for phone numbers; not known when empty."""
    base_day: date | None = None
    """The day a bare clock time belongs to (the day of the visit); today if not given."""


class UnreadableError(ValueError):
    """What was typed cannot be read; ``code`` and ``values`` choose the sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


_MONTH_NAMES = {
    name[:length].casefold(): number
    for number, name in enumerate(MONTHS, start=1)
    for length in range(3, len(name) + 1)
} | {"sept": 9}
_EARLIEST_YEAR = 1880


def _in_year(digits: str, month: int, day: int, *, today: date, past: bool) -> date:
    """Return a day. Two digits mean the nearest year; for ``past``, the latest day up to today."""
    year = int(digits)
    if len(digits) == 2:  # noqa: PLR2004 - the century was left out
        first = today.year - (99 if past else 49)
        year = first + (year - first) % 100
        if past and (year, month, day) > (today.year, today.month, today.day):
            year -= 100
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise UnreadableError("no_such_month", month=month)
    if year < _EARLIEST_YEAR:
        raise UnreadableError("no_such_year", year=year, earliest=_EARLIEST_YEAR)
    if not 1 <= day <= monthrange(year, month)[1]:
        raise UnreadableError(
            "no_such_day",
            day=day,
            month=MONTHS[month - 1],
            year=year,
            days=monthrange(year, month)[1],
        )
    return date(year, month, day)


def read_date(text: str, locality: Locality, *, past: bool = False) -> date:
    """Return the day ``text`` names: 3/4/1951, 030451, 4 Mar 1951, 1951-03-04, today, -2w.

    ``past`` puts two-digit years into the last hundred years (birth dates).

    Raises:
        UnreadableError: it is no day; the code says why.
    """
    folded = text.casefold().strip().rstrip(".")
    if folded in ("today", "t"):
        return locality.today
    if folded in ("yesterday", "tomorrow"):
        return locality.today + timedelta(days=1 if folded == "tomorrow" else -1)
    if match := re.fullmatch(r"([+\-\N{MINUS SIGN}])\s?(\d{1,3})\s?([dw])", folded):
        days = int(match[2]) * (7 if match[3] == "w" else 1)
        return locality.today + timedelta(days=days if match[1] == "+" else -days)
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", folded):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", folded) or (
        re.fullmatch(r"(\d\d)(\d\d)(\d{4}|\d{2})", folded)
    ):
        first, second = int(match[1]), int(match[2])
        month, day = (first, second) if locality.date_order == "mdy" else (second, first)
        return _in_year(match[3], month, day, today=locality.today, past=past)
    if match := re.fullmatch(
        r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]*([a-z]+)[\s.,/-]*(\d{4}|\d{2})", folded
    ):
        day, name, year = int(match[1]), match[2], match[3]
    elif match := re.fullmatch(
        r"([a-z]+)[\s./-]*(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]+(\d{4}|\d{2})", folded
    ):
        day, name, year = int(match[2]), match[1], match[3]
    else:
        raise UnreadableError("not_a_date", example=date_example(locality))
    if name not in _MONTH_NAMES:
        raise UnreadableError("not_a_date", example=date_example(locality))
    return _in_year(year, _MONTH_NAMES[name], day, today=locality.today, past=past)


def date_example(locality: Locality) -> str:
    """Return how the clinic writes 4 March 1951 in digits."""
    return "3/4/1951" if locality.date_order == "mdy" else "4/3/1951"


_ABOUT = re.compile(
    r"(?:about|approx\.?|approximately|around|ca\.?|circa|~)?\s*(\d{1,3}|a|an|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve)\s*(d|w|m|y|days?|wks?|weeks?|months?|mos?|years?|yrs?)"
    r"(?:\s+ago|\s+before\s+(?P<said>.+))?"
)
_NUMBER_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}


def read_partial_date(text: str, locality: Locality) -> PartialDate:
    """Return a date as it was said: a day, a month, a year, or "about 3 weeks".

    Raises:
        UnreadableError: it is none of these; the code says why.
    """
    folded = text.casefold().strip()
    if match := _ABOUT.fullmatch(folded):
        count = _NUMBER_WORDS.get(match[1]) or int(match[1])
        said = read_date(match["said"], locality) if match["said"] else locality.today
        return PartialDate.about(count, match[2][0], said)
    if match := re.fullmatch(r"(\d{4})", folded):
        return PartialDate.in_year(_day(int(match[1]), 1, 1).year)
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", folded):
        day = _day(int(match[2]), int(match[1]), 1)
        return PartialDate.in_month(day.year, day.month)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", folded):
        day = _day(int(match[1]), int(match[2]), 1)
        return PartialDate.in_month(day.year, day.month)
    match = re.fullmatch(r"([a-z]+)[\s.,]+(\d{4})", folded)
    if match and match[1] in _MONTH_NAMES:
        return PartialDate.in_month(_day(int(match[2]), 1, 1).year, _MONTH_NAMES[match[1]])
    try:
        return PartialDate.on(read_date(folded, locality, past=True))
    except UnreadableError as error:
        if error.code == "not_a_date":
            raise UnreadableError("not_a_partial_date", example=date_example(locality)) from None
        raise


def read_time(text: str) -> time:
    """Return the clock time ``text`` names: 14:30, 1430, 2:30 pm, 8.

    Raises:
        UnreadableError: it is no clock time.
    """
    match = re.fullmatch(
        r"(\d{1,2})(?:[:.h]?(\d\d))?\s*(a\.?m?\.?|p\.?m?\.?)?", text.casefold().strip()
    )
    if not match:
        raise UnreadableError("not_a_time")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - hours on a clock face
            raise UnreadableError("not_a_time")
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - hours and minutes of a day
        raise UnreadableError("not_a_time")
    return time(hour, minute)


AFTER_CHANGE = "after the clock change"
_SECOND_TIME = re.compile(rf",?\s*{AFTER_CHANGE}", re.IGNORECASE)
"""In autumn the clock shows an hour twice; with these words the second one is meant."""


def read_date_time(text: str, locality: Locality) -> datetime:
    """Return the moment ``text`` names: a clock time on the base day, or a date and a time.

    Raises:
        UnreadableError: it is no moment, or the clock never showed it.
    """
    text, second = _SECOND_TIME.subn("", text)
    day = locality.base_day or locality.today
    clock = text
    if match := re.fullmatch(
        r"(.+?)[,T\s]+(?:at\s+)?(\d{1,2}(?:[:.h]?\d\d)?\s*(?:[ap]\.?m?\.?)?)",
        text,
        re.IGNORECASE,
    ):
        try:
            day, clock = read_date(match[1], locality), match[2]
        except UnreadableError as error:
            if error.code != "not_a_date":
                raise
            raise UnreadableError("not_a_date_time", example=date_example(locality)) from None
    try:
        local = datetime.combine(day, read_time(clock)).replace(fold=min(second, 1))
        return to_utc(local, locality.zone)
    except UnreadableError as error:
        if error.code == "not_a_time":
            raise UnreadableError("not_a_date_time", example=date_example(locality)) from None
        raise


def to_utc(local: datetime, zone: tzinfo) -> datetime:
    """Return the moment a wall clock in ``zone`` shows ``local``.

    If there are two, it is the first; ``fold=1`` asks for the second.

    Raises:
        UnreadableError: ``skipped_time``: the clock never showed it, it was put forward.
    """
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise UnreadableError("skipped_time", time=f"{local:%H:%M}")
    return moment
