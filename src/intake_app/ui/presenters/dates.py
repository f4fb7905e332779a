"""Days and times of day as people at the desk say them; the month is always a word."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from intake_app.domain.language import N_, translated
from intake_app.domain.values import MONTHS


def day_words(day: date) -> str:
    """Return "4 March 1951"."""
    return f"{day.day} {translated(MONTHS[day.month - 1])} {day.year}"


def clock_words(moment: datetime, zone: tzinfo, day: date | None = None) -> str:
    """Return "14:05"; a moment on another day than ``day`` says which: "01:00 on 23 November"."""
    local = moment.astimezone(zone)
    if day is None or local.date() == day:
        return f"{local:%H:%M}"
    return translated(N_("{time} on {day} {month}")).format(
        time=f"{local:%H:%M}", day=local.day, month=translated(MONTHS[local.month - 1])
    )


def moment_words(moment: datetime, zone: tzinfo) -> str:
    """Return "22 November 2026, 14:05"."""
    local = moment.astimezone(zone)
    return f"{day_words(local.date())}, {local:%H:%M}"
