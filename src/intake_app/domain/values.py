"""Values that are more than one number: partial dates, quantities, choices."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from typing import Self

from intake_app.domain.language import N_

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


class Choice(StrEnum):
    """A closed list of answers; the stored value never moves, the label is for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make one member from its stored value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class Answer(Choice):
    """Yes, no, or unknown. Unknown is an answer; it is never treated as no."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    UNKNOWN = "unknown", N_("Unknown")


ALONE = frozenset({"none", "unknown"})
"""Answers that say something about a whole list: none of the others can be true with them."""


def fitting(chosen: tuple[str, ...], latest: str) -> tuple[str, ...]:
    """Return the answers of a list that fit the one that was chosen last."""
    if latest in ALONE:
        return tuple(value for value in chosen if value == latest)
    return tuple(value for value in chosen if value not in ALONE)


def standing_alone(chosen: tuple[str, ...]) -> str:
    """Return an answer that cannot be true together with the others; '' when all of them can."""
    alone = (value for value in chosen if value in ALONE)
    return next(alone, "") if len(set(chosen)) > 1 else ""


class Precision(Enum):
    """How exactly a date was said."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"


_UNIT_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_UNIT_WORDS = {
    "d": (N_("day"), N_("days")),
    "w": (N_("week"), N_("weeks")),
    "m": (N_("month"), N_("months")),
    "y": (N_("year"), N_("years")),
}
_STORED_ABOUT = re.compile(r"~(\d{1,3})([dwmy])@(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as it was said: a day, a month, a year, or "about 3 weeks ago" and when it was said.

    What was said is kept; ``earliest`` and ``latest`` bound what it can mean.
    """

    precision: Precision
    year: int = 0
    month: int = 0
    day: int = 0
    count: int = 0
    unit: str = ""
    said_on: date | None = None

    @classmethod
    def on(cls, day: date) -> PartialDate:
        """Return an exact day."""
        return cls(Precision.DAY, day.year, day.month, day.day)

    @classmethod
    def in_month(cls, year: int, month: int) -> PartialDate:
        """Return a month of a year."""
        return cls(Precision.MONTH, year, month)

    @classmethod
    def in_year(cls, year: int) -> PartialDate:
        """Return a whole year."""
        return cls(Precision.YEAR, year)

    @classmethod
    def about(cls, count: int, unit: str, said_on: date) -> PartialDate:
        """Return "about ``count`` units ago", said on ``said_on``; unit is one of d, w, m, y."""
        if unit not in _UNIT_DAYS:
            raise ValueError(unit)
        return cls(Precision.ABOUT, count=count, unit=unit, said_on=said_on)

    @classmethod
    def from_stored(cls, text: str) -> PartialDate:
        """Read what ``stored`` wrote.

        Raises:
            ValueError: the text is not a stored partial date.
        """
        if match := _STORED_ABOUT.fullmatch(text):
            return cls.about(int(match[1]), match[2], date.fromisoformat(match[3]))
        parts = text.split("-")
        if len(parts) == 1:
            return cls.in_year(int(parts[0]))
        if len(parts) == 2:  # noqa: PLR2004 - year and month
            first = date.fromisoformat(f"{text}-01")
            return cls.in_month(first.year, first.month)
        return cls.on(date.fromisoformat(text))

    @property
    def stored(self) -> str:
        """The value as text, for the database and for exchange; sorts by year."""
        match self.precision:
            case Precision.DAY:
                return f"{self.year:04}-{self.month:02}-{self.day:02}"
            case Precision.MONTH:
                return f"{self.year:04}-{self.month:02}"
            case Precision.YEAR:
                return f"{self.year:04}"
            case Precision.ABOUT:
                said_on = self.said_on.isoformat() if self.said_on else ""
                return f"~{self.count}{self.unit}@{said_on}"

    @property
    def _middle(self) -> date:
        assert self.said_on is not None
        return self.said_on - timedelta(days=self.count * _UNIT_DAYS[self.unit])

    @property
    def earliest(self) -> date:
        """The first day this can mean. "About" allows half a unit on either side."""
        match self.precision:
            case Precision.DAY:
                return date(self.year, self.month, self.day)
            case Precision.MONTH:
                return date(self.year, self.month, 1)
            case Precision.YEAR:
                return date(self.year, 1, 1)
            case Precision.ABOUT:
                return self._middle - timedelta(days=_UNIT_DAYS[self.unit] // 2)

    @property
    def latest(self) -> date:
        """The last day this can mean; "about" is never later than the day it was said."""
        match self.precision:
            case Precision.DAY:
                return date(self.year, self.month, self.day)
            case Precision.MONTH:
                return date(self.year, self.month, monthrange(self.year, self.month)[1])
            case Precision.YEAR:
                return date(self.year, 12, 31)
            case Precision.ABOUT:
                assert self.said_on is not None
                after = self._middle + timedelta(days=_UNIT_DAYS[self.unit] // 2)
                return min(after, self.said_on)

    @property
    def words(self) -> str:
        """The value in English words with the month as a word, as it was said."""
        match self.precision:
            case Precision.DAY:
                return f"{self.day} {MONTHS[self.month - 1]} {self.year}"
            case Precision.MONTH:
                return f"{MONTHS[self.month - 1]} {self.year}"
            case Precision.YEAR:
                return str(self.year)
            case Precision.ABOUT:
                said = PartialDate.on(self.said_on).words if self.said_on else ""
                unit = _UNIT_WORDS[self.unit][self.count != 1]
                return f"about {self.count} {unit} before {said}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured number with the unit it was typed in, such as 37.2 °C."""

    value: Decimal
    unit: str

    @classmethod
    def from_stored(cls, text: str) -> Quantity:
        """Read what ``stored`` wrote.

        Raises:
            ValueError: the text is not a stored quantity.
        """
        number, _, unit = text.partition(" ")
        try:
            return cls(Decimal(number), unit)
        except InvalidOperation as error:
            raise ValueError(text) from error

    @property
    def stored(self) -> str:
        """The number, a space and the unit."""
        return f"{self.value} {self.unit}"

    def to(self, unit: str) -> Decimal:
        """Return the value converted to ``unit``, rounded to one decimal (whole for mg/dL).

        Raises:
            ValueError: there is no conversion between the two units.
        """
        if unit == self.unit:
            return self.value
        try:
            factor, offset, digits = _CONVERSIONS[self.unit, unit]
        except KeyError as error:
            raise ValueError(f"{self.unit} to {unit}") from error
        return round(
            (self.value + offset) * factor if offset < 0 else self.value * factor + offset, digits
        )


# Exact by definition: 1 lb = 0.45359237 kg, 1 in = 2.54 cm, °F = °C × 9/5 + 32.
# Glucose: 1 mmol/L = 18.016 mg/dL; creatinine: 1 mg/dL = 88.42 µmol/L (molar masses).
_CONVERSIONS: dict[tuple[str, str], tuple[Decimal, Decimal, int]] = {
    ("°C", "°F"): (Decimal("1.8"), Decimal(32), 1),
    ("°F", "°C"): (Decimal(5) / Decimal(9), Decimal(-32), 1),
    ("kg", "lb"): (1 / Decimal("0.45359237"), Decimal(0), 1),
    ("lb", "kg"): (Decimal("0.45359237"), Decimal(0), 1),
    ("cm", "in"): (1 / Decimal("2.54"), Decimal(0), 1),
    ("in", "cm"): (Decimal("2.54"), Decimal(0), 1),
    ("mmol/L", "mg/dL"): (Decimal("18.016"), Decimal(0), 0),
    ("mg/dL", "mmol/L"): (1 / Decimal("18.016"), Decimal(0), 1),
    ("µmol/L", "mg/dL"): (1 / Decimal("88.42"), Decimal(0), 1),
    ("mg/dL", "µmol/L"): (Decimal("88.42"), Decimal(0), 0),
}
