"""Days, clock times and lengths of time as the paper writes them: month as a word, no arithmetic.

The paper is English whatever the language of the screen, so nothing here is translated.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from intake_app.domain.values import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, tzinfo

    from intake_app.domain.clinic import Clinic

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HALF_HOUR = 30
_NOON = 12
_DAY_HOURS = 24
_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _american(clinic: Clinic) -> bool:
    return clinic.date_order == "mdy"


def written_date(day: date, clinic: Clinic) -> str:
    """Return a date with its year: "November 22, 2026", or "22 November 2026"."""
    month = MONTHS[day.month - 1]
    if _american(clinic):
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month} {day.year}"


def written_day(day: date, clinic: Clinic, *, year: int | None = None) -> str:
    """Return a date with its weekday; the year is left out when it is ``year``."""
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    if _american(clinic):
        text = f"{weekday}, {month} {day.day}"
        return text if day.year == year else f"{text}, {day.year}"
    text = f"{weekday} {day.day} {month}"
    return text if day.year == year else f"{text} {day.year}"


def written_month_day(day: date, clinic: Clinic) -> str:
    """Return a near date without weekday and year: "November 25", "25 November"."""
    month = MONTHS[day.month - 1]
    return f"{month} {day.day}" if _american(clinic) else f"{day.day} {month}"


def written_clock(local: datetime, clinic: Clinic) -> str:
    """Return a wall-clock time: "2:30 pm" in the United States, "14:30" elsewhere."""
    if not _american(clinic):
        return f"{local.hour:02}:{local.minute:02}"
    half = "am" if local.hour < _NOON else "pm"
    return f"{local.hour % _NOON or _NOON}:{local.minute:02} {half}"


def written_moment(at: datetime, clinic: Clinic, *, year: int | None = None) -> str:
    """Return a moment in the clinic's zone: "Tuesday, November 24, 2:30 pm"."""
    local = at.astimezone(clinic.zone)
    return f"{written_day(local.date(), clinic, year=year)}, {written_clock(local, clinic)}"


def next_half_hour(at: datetime, zone: tzinfo) -> datetime:
    """Return ``at`` rounded up to a half hour that nobody can read as an earlier one.

    Midnight becomes 00:30 ("12:00 am" is read as noon, or as the night after), and a clock time
    that comes twice on the night of a clock change becomes the first that comes once.
    """
    local = at.astimezone(zone)
    over = timedelta(minutes=local.minute % _HALF_HOUR, seconds=local.second)
    over += timedelta(microseconds=local.microsecond)
    moment = at.astimezone(UTC)
    if over:
        moment += timedelta(minutes=_HALF_HOUR) - over
    local = moment.astimezone(zone)
    while local.fold or (local.hour, local.minute) == (0, 0):
        moment += timedelta(minutes=_HALF_HOUR)
        local = moment.astimezone(zone)
    return local


def counted(number: int, word: str) -> str:
    """Return "1 day", "3 days"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def number_word(number: int) -> str:
    """Return a small number as a word, others as digits."""
    return _NUMBER_WORDS[number] if number < len(_NUMBER_WORDS) else str(number)


def written_hours(hours: int) -> str:
    """Return a length in hours as people say it: "24 hours", "2 days", "2 weeks"."""
    if hours > _DAY_HOURS and hours % _DAY_HOURS == 0:
        return written_days(hours // _DAY_HOURS)
    return counted(hours, "hour") if hours else "no wait"


def written_minutes(minutes: int) -> str:
    """Return a length in minutes as people say it: "1 hour", "1 hour 30 minutes"."""
    whole, rest = divmod(minutes, 60)
    parts = [counted(whole, "hour")] if whole else []
    if rest or not whole:
        parts.append(counted(rest, "minute"))
    return " ".join(parts)


def written_days(days: int) -> str:
    """Return a length in days as people say it: "10 days", "6 weeks"."""
    if not days:
        return "no wait"
    weeks, rest = divmod(days, 7)
    return counted(days, "day") if rest else counted(weeks, "week")


def joined(words: Sequence[str]) -> str:
    """Return "T12", "T12 and L1", "T12, L1 and L2"."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
