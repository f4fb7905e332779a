"""Opening hours on paper: days and clock times in the words of the paper's language.

The clinic types them as a line. A plain line ("Monday to Friday, 7 am to 6 pm") is read as days and
clock times, which every language writes like its other days and times; any other line stands as
it was typed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from intake_app.domain.paper_dates import PaperDates
    from intake_app.domain.paper_words import PaperWords

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK: Final = r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm|a\.m\.|p\.m\.)?"
_TO: Final = r" ?(?:to|until|through|-|\N{EN DASH}) ?"
_LINE: Final = re.compile(rf"([a-z]+){_TO}([a-z]+),? (?:from )?{_CLOCK}{_TO}{_CLOCK}\.?")
_NOON: Final = 12
_HOURS, _MINUTES = 24, 60


def opening_hours(line: str, words: PaperWords, dates: PaperDates) -> str:
    """Return the hours in the paper's language where they can be read, else as they were typed."""
    if words.language == "en":
        return line
    found = _LINE.fullmatch(" ".join(line.lower().split()))
    if not found:
        return line
    first, last, *clocks = found.groups()
    days = _day(first), _day(last)
    opens, closes = _time(*clocks[:3]), _time(*clocks[3:])
    if None in days or opens is None or closes is None or bool(clocks[2]) != bool(clocks[5]):
        return line
    if closes <= opens:  # "7 to 6" does not say which half of the day it means
        return line
    weekdays = words.lists["weekdays"]
    return words.say(
        "open_on_days",
        first=weekdays[days[0] or 0],
        last=weekdays[days[1] or 0],
        opens=dates.clock(opens),
        closes=dates.clock(closes),
    )


def _day(name: str) -> int | None:
    """Return the number of an English weekday, written in full or with three letters."""
    for number, day in enumerate(_DAYS):
        if name in {day, day[:3]}:
            return number
    return None


def _time(hour: str, minute: str | None, half: str | None) -> datetime | None:
    """Return a clock time on some day, or None where there is no such time."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= _NOON:
            return None
        hours = hours % _NOON + (_NOON if half.startswith("p") else 0)
    if hours >= _HOURS or minutes >= _MINUTES:
        return None
    return datetime(2000, 1, 1, hours, minutes, tzinfo=UTC)
