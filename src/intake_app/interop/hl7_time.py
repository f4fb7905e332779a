"""Read moments as HL7 v2 writes them: as exactly as they were said, with or without a zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.domain.fields import FieldValue

_MOMENT = re.compile(
    r"(?P<year>\d{4})(?:(?P<month>\d\d)(?:(?P<day>\d\d)"
    r"(?:(?P<hour>\d\d)(?:(?P<minute>\d\d)(?:(?P<second>\d\d)(?:\.\d{1,4})?)?)?)?)?)?"
    r"(?P<zone>[+-]\d{4})?"
)
_YEARS = range(1880, 2200)
"""Outside of these nobody was born and nothing is planned."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with a time of day if one was said, and a zone if one was said."""

    day: date
    at: datetime | None = None
    """With its zone, or without one: then it is the receiver's own clock."""

    @property
    def moment(self) -> datetime:
        """The moment, the beginning of the day without a time; without a zone when none is said."""
        return self.at or datetime.combine(self.day, datetime.min.time())

    @property
    def start(self) -> FieldValue:
        """The time as a form takes it: a moment, or a text that is read on the clinic's clock."""
        if self.at is None:
            return None
        return self.at if self.at.tzinfo else f"{self.at:%Y-%m-%d %H:%M}"


def read_moment(text: str) -> Moment | None:
    """Return the moment a text names: ``20261122``, ``202611220800``, ``20261122080000-0600``.

    ``None`` for a month, a year, or what is no moment.
    """
    match = _MOMENT.fullmatch(text)
    if not match or not match["day"] or int(match["year"]) not in _YEARS:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        if not match["hour"]:
            return Moment(day)
        return Moment(day, _clock(match, day))
    except (ValueError, OverflowError):
        return None


def _clock(match: re.Match[str], day: date) -> datetime:
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    zone = None
    if said := match["zone"]:
        distance = timedelta(hours=int(said[1:3]), minutes=int(said[3:5]))
        zone = timezone(-distance if said[0] == "-" else distance)
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
