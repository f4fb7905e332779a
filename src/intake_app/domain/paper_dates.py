"""Days, clock times and lengths of time as the paper writes them: month as a word, no arithmetic.

The words are those of the paper's language, whatever the language of the screen.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.paper_words import PaperWords

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_HALF_HOUR = 30
_NOON = 12
_DAY_HOURS = 24


def american(clinic: Clinic) -> bool:
    """Return whether the clinic writes the month first and counts the hours to twelve."""
    return clinic.date_order == "mdy"


class PaperDates:
    """Writes days and times for one clinic in one language."""

    __slots__ = ("_clinic", "_forms", "_words")

    def __init__(self, words: PaperWords, clinic: Clinic) -> None:
        self._words = words
        self._clinic = clinic
        self._forms = words.dates["mdy" if american(clinic) else "dmy"]

    def _written(self, form: str, day: date) -> str:
        lists = self._words.lists
        return self._forms[form].format(
            day=day.day,
            month=lists["months"][day.month - 1],
            year=day.year,
            weekday=lists["weekdays"][day.weekday()],
        )

    def full(self, day: date) -> str:
        """Return a date with its year: "November 22, 2026", or "22 November 2026"."""
        return self._written("full", day)

    def day(self, day: date, *, year: int | None = None) -> str:
        """Return a date with its weekday; the year is left out when it is ``year``."""
        return self._written("day" if day.year == year else "day_with_year", day)

    def near(self, day: date) -> str:
        """Return a near date without weekday and year: "November 25", "25 November"."""
        return self._written("near", day)

    def weekday(self, day: date) -> str:
        """Return the name of the day of the week."""
        return self._words.lists["weekdays"][day.weekday()]

    def short_day(self, day: date) -> str:
        """Return weekday and number for the head of a narrow column: "Mon 23"."""
        weekday = self._words.lists["weekdays_short"][day.weekday()]
        return f"{weekday.replace(' ', _NO_BREAK_SPACE)} {day.day}"

    def clock(self, local: datetime) -> str:
        """Return a wall-clock time: "2:30 pm" in the United States, "14:30" elsewhere."""
        minute = f"{local.minute:02}"
        if not american(self._clinic):
            return self._words.say("clock_24", hour=f"{local.hour:02}", minute=minute)
        return self._words.say(
            "clock_12",
            hour=local.hour % _NOON or _NOON,
            minute=minute,
            half=self._words.half(local.hour),
        )

    def moment(self, at: datetime, *, year: int | None = None) -> str:
        """Return a moment in the clinic's zone: "Tuesday, November 24, 2:30 pm"."""
        local = at.astimezone(self._clinic.zone)
        day = self.day(local.date(), year=year)
        return self._words.say("moment", day=day, clock=self.clock(local))

    def weekday_clock(self, local: datetime) -> str:
        """Return the weekday and clock time of something a day or two away."""
        return self._words.say(
            "weekday_clock", weekday=self.weekday(local.date()), clock=self.clock(local)
        )


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


def written_hours(hours: int, words: PaperWords) -> str:
    """Return a length in hours as people say it: "24 hours", "2 days", "2 weeks"."""
    if hours > _DAY_HOURS and hours % _DAY_HOURS == 0:
        return written_days(hours // _DAY_HOURS, words)
    return words.counted(hours, "hour") if hours else words.say("no_wait")


def written_minutes(minutes: int, words: PaperWords) -> str:
    """Return a length in minutes as people say it: "1 hour", "1 hour 30 minutes"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return words.counted(rest, "minute")
    hours = words.counted(whole, "hour")
    if not rest:
        return hours
    return words.say("hours_and_minutes", hours=hours, minutes=words.counted(rest, "minute"))


def written_days(days: int, words: PaperWords) -> str:
    """Return a length in days as people say it: "10 days", "6 weeks"."""
    if not days:
        return words.say("no_wait")
    weeks, rest = divmod(days, 7)
    return words.counted(days, "day") if rest else words.counted(weeks, "week")
