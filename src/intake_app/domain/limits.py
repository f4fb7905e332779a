"""The limits of A-04 to A-12 and R-2: one stored number each, written with the day it ends.

A limit the physician ordered for this patient (F-128) replaces the clinic's. Nobody who had
sedation drives within 24 hours (clinical.md D-4). A limit that is blank is a problem, never a
guess.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from intake_app.domain.clinic import Clinic
from intake_app.domain.countries import Units
from intake_app.domain.fields import field_of
from intake_app.domain.paper_dates import next_half_hour, written_days, written_hours
from intake_app.domain.validation import Problem
from intake_app.domain.values import Quantity

if TYPE_CHECKING:
    from intake_app.domain.aftercare_facts import AftercareFacts

SEDATED_DRIVING_HOURS = 24
CHEMOTHERAPY_FEVER_C = Decimal("38.0")
"""A-20: with chemotherapy call at 38.0 °C (100.4 °F) whatever the clinic's limit."""
_GALLON_LB, _HALF_GALLON_LB = Decimal("8.6"), Decimal("4.3")
"""What milk weighs."""

Written = str | Problem


def blank(key: str) -> Problem:
    """Return the problem that the clinic has no number for a limit."""
    return Problem.of(key, "limit_blank", limit=field_of(Clinic, key).label)


def _ordered(facts: AftercareFacts, key: str) -> object:
    return getattr(facts.procedure, key) if facts.procedure.limits_ordered_by else None


def _number(facts: AftercareFacts, key: str) -> int | Problem:
    value = _ordered(facts, key)
    if value is None:
        value = getattr(facts.clinic, key)
    return value if isinstance(value, int) else blank(key)


def _plain_number(facts: AftercareFacts, key: str) -> int | Problem:
    value = getattr(facts.clinic, key)
    return value if isinstance(value, int) else blank(key)


def _after_hours(facts: AftercareFacts, base: datetime, hours: int) -> str:
    if not hours:
        return facts.words.say("today")
    end = next_half_hour(base.astimezone(UTC) + timedelta(hours=hours), facts.clinic.zone)
    return facts.dates.moment(end, year=facts.day.year)


def _after_days(facts: AftercareFacts, days: int) -> str:
    if not days:
        return facts.words.say("today")
    return facts.dates.day(facts.day + timedelta(days=days), year=facts.day.year)


def hours_wait(key: str, facts: AftercareFacts) -> Written:
    """Return how long a limit in hours lasts: "24 hours"."""
    hours = driving_hours(facts) if key == "no_driving_hours" else _number(facts, key)
    return hours if isinstance(hours, Problem) else written_hours(hours, facts.words)


def hours_end(key: str, facts: AftercareFacts) -> Written:
    """Return when a limit in hours ends: a weekday, a date and a clock time."""
    if key == "no_driving_hours":
        hours = driving_hours(facts)
        base = facts.last_sedative if facts.sedated else facts.ended
    else:
        hours, base = _number(facts, key), facts.ended
    return hours if isinstance(hours, Problem) else _after_hours(facts, base, hours)


def days_wait(key: str, facts: AftercareFacts) -> Written:
    """Return how long a limit in days lasts: "6 weeks"."""
    days = _number(facts, key)
    return days if isinstance(days, Problem) else written_days(days, facts.words)


def days_end(key: str, facts: AftercareFacts) -> Written:
    """Return the day from which a limit in days is over."""
    days = _number(facts, key)
    return days if isinstance(days, Problem) else _after_days(facts, days)


def clinic_days_wait(key: str, facts: AftercareFacts) -> Written:
    """Return how long a limit lasts that is the clinic's alone."""
    days = _plain_number(facts, key)
    return days if isinstance(days, Problem) else written_days(days, facts.words)


def clinic_days_end(key: str, facts: AftercareFacts) -> Written:
    """Return the day from which a limit is over that is the clinic's alone."""
    days = _plain_number(facts, key)
    return days if isinstance(days, Problem) else _after_days(facts, days)


def sedation_end(key: str, facts: AftercareFacts) -> Written:
    """Return the end of a rule of the clinic that counts from the last sedative."""
    hours = _plain_number(facts, key)
    return hours if isinstance(hours, Problem) else _after_hours(facts, facts.last_sedative, hours)


def sedation_end_soon(facts: AftercareFacts) -> Written:
    """Return weekday and clock time of the end of the rules after sedation: a day or two away."""
    hours = _plain_number(facts, "sedation_hours")
    if isinstance(hours, Problem):
        return hours
    end = facts.last_sedative.astimezone(UTC) + timedelta(hours=hours)
    local = next_half_hour(end, facts.clinic.zone)
    return facts.dates.weekday_clock(local)


def clinic_number(key: str, facts: AftercareFacts) -> Written:
    """Return a bare number of the clinic."""
    number = _plain_number(facts, key)
    return number if isinstance(number, Problem) else str(number)


def driving_hours(facts: AftercareFacts) -> int | Problem:
    """Return for how many hours not to drive: after sedation never below its rules, nor 24."""
    hours = _number(facts, "no_driving_hours")
    if isinstance(hours, Problem) or not facts.sedated:
        return hours
    return max(hours, SEDATED_DRIVING_HOURS, facts.clinic.sedation_hours or 0)


def driving_was_raised(facts: AftercareFacts) -> bool:
    """Return whether the recorded driving limit was below what holds after sedation."""
    return driving_hours(facts) != _number(facts, "no_driving_hours")


def _lifting_kg(facts: AftercareFacts) -> Decimal | None:
    ordered = _ordered(facts, "lifting_limit")
    if isinstance(ordered, Decimal):
        if facts.clinic.units is Units.METRIC:
            return ordered
        return ordered * Decimal("0.45359237")
    return facts.clinic.lifting_limit_kg


def _floored(value: Decimal, step: Decimal, slack: Decimal) -> Decimal:
    """Round down to ``step``; ``slack`` takes back what storing kilograms took away."""
    return ((value + slack) / step).to_integral_value(ROUND_FLOOR) * step


def lifting_limit(facts: AftercareFacts) -> Written:
    """Return the lifting limit in the clinic's unit, never more than the stored weight."""
    kg = _lifting_kg(facts)
    if kg is None:
        return blank("lifting_limit_kg")
    if facts.clinic.units is Units.METRIC:
        kilograms = _floored(kg, Decimal("0.5"), Decimal("0.05")).normalize()
        return facts.words.say("kilograms", n=f"{kilograms:f}")
    pounds = kg / Decimal("0.45359237")
    return facts.words.counted(int(_floored(pounds, Decimal(1), Decimal("0.1"))), "pound")


def lifting_example(facts: AftercareFacts) -> Written:
    """Return something everybody has lifted that is not heavier than the limit."""
    kg = _lifting_kg(facts)
    if kg is None:
        return blank("lifting_limit_kg")
    if facts.clinic.units is Units.METRIC:
        return facts.words.counted(max(1, int(kg / Decimal("1.03"))), "bottle_of_water")
    pounds = kg / Decimal("0.45359237")
    if pounds >= _GALLON_LB:
        return facts.words.say("gallon_of_milk")
    half = pounds >= _HALF_GALLON_LB
    return facts.words.say("half_gallon_of_milk" if half else "quart_of_milk")


def _lifting_end(facts: AftercareFacts) -> date | Problem:
    ordered = _ordered(facts, "lifting_until")
    if isinstance(ordered, date):
        return ordered
    days = facts.clinic.lifting_days
    return blank("lifting_days") if days is None else facts.day + timedelta(days=days)


def lifting_wait(facts: AftercareFacts) -> Written:
    """Return how long the lifting limit lasts."""
    end = _lifting_end(facts)
    return (
        end
        if isinstance(end, Problem)
        else written_days(max((end - facts.day).days, 0), facts.words)
    )


def lifting_end(facts: AftercareFacts) -> Written:
    """Return the day from which the lifting limit is over."""
    end = _lifting_end(facts)
    if isinstance(end, Problem):
        return end
    return facts.dates.day(end, year=facts.day.year)


def temperature(celsius: Decimal, clinic: Clinic) -> str:
    """Return a temperature in the clinic's unit, from the one stored in °C."""
    unit = "°C" if clinic.units is Units.METRIC else "°F"
    return f"{Quantity(celsius, '°C').to(unit):.1f} {unit}"


def fever_limit(facts: AftercareFacts) -> Written:
    """Return the temperature at which to call; with chemotherapy never above 38.0 °C."""
    limit = facts.clinic.fever_limit_c
    if limit is None:
        return blank("fever_limit_c")
    if facts.chemotherapy:
        limit = min(limit, CHEMOTHERAPY_FEVER_C)
    return temperature(limit, facts.clinic)
