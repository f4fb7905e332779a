"""Read what somebody typed: text and a field in, a value or a problem out."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from intake_app.domain.fields import Field, FieldValue, Kind
from intake_app.domain.values import MONTHS, PartialDate, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """What reading a typed value depends on: the clinic's day, zone and habits."""

    today: date
    zone: tzinfo = UTC
    date_order: str = "mdy"
    """``mdy`` (United States) or ``dmy`` (everywhere else); ISO dates are read in both."""
    base_day: date | None = None
    """The day a bare clock time belongs to (the day of the visit); today if not given."""


class UnreadableError(ValueError):
    """What was typed cannot be read; ``code`` and ``values`` choose the sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read(field: Field, typed: FieldValue, locality: Locality) -> FieldValue:
    """Return the value of ``typed``; empty text is ``None``. Values pass through unchanged.

    Raises:
        UnreadableError: the text is not a value of this field; the code says what is wrong.
    """
    if not isinstance(typed, str):
        return _known_choices(field, typed) if isinstance(typed, tuple) else typed
    text = clean_text(typed, keep_lines=field.kind is Kind.LONG_TEXT)
    if not text:
        return None
    return _READERS[field.kind](field, text, locality)


def clean_text(typed: str, *, keep_lines: bool = False) -> str:
    """Return text in NFC without control and invisible formatting characters, spaces tidied.

    Joiners inside emoji and scripts that need them (U+200C, U+200D) stay.
    """
    kept = []
    for char in unicodedata.normalize("NFC", typed):
        if char == "\n" and keep_lines:
            kept.append(char)
        elif char in "\t\r\n\u00a0\u202f\u2028\u2029":
            kept.append(" ")
        elif unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char not in "\u200c\u200d":
            continue
        else:
            kept.append(char)
    text = "".join(kept)
    if keep_lines:
        return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    return " ".join(text.split()).strip("\u200c\u200d")


def has_invisible(typed: str) -> bool:
    """Return whether ``typed`` holds control or invisible formatting characters we leave out."""
    return any(
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char not in "\t\r\n\u200c\u200d"
        for char in typed
    )


def _read_text(field: Field, text: str, _: Locality) -> FieldValue:
    if len(text) > field.max_length:
        raise UnreadableError("too_long", maximum=field.max_length, length=len(text))
    return text


_PHONE = re.compile(r"\+?[\d\s().\-/]+(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
_FEWEST_PHONE_DIGITS = 5


def _read_phone(field: Field, text: str, locality: Locality) -> FieldValue:
    digits = sum(char.isdigit() for char in text)
    if not _PHONE.fullmatch(text) or digits < _FEWEST_PHONE_DIGITS:
        raise UnreadableError("not_a_phone")
    return _read_text(field, text, locality)


def _read_email(field: Field, text: str, locality: Locality) -> FieldValue:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise UnreadableError("not_an_email")
    return _read_text(field, text, locality)


def _number(text: str) -> Decimal:
    plain = text.replace(" ", "").replace("\N{MINUS SIGN}", "-")
    if re.fullmatch(r"[+-]?\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise UnreadableError("not_a_number") from None
    if not number.is_finite():
        raise UnreadableError("not_a_number")
    return number


def _check_range(field: Field, number: Decimal) -> None:
    low, high = field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise UnreadableError("out_of_range", minimum=low, maximum=high, unit=field.unit)


def _without_unit(field: Field, text: str) -> str:
    if field.unit and text.casefold().endswith(field.unit.casefold()):
        return text[: -len(field.unit)].strip()
    return text


def _read_integer(field: Field, text: str, _: Locality) -> FieldValue:
    number = _number(_without_unit(field, text))
    if number != number.to_integral_value():
        raise UnreadableError("not_whole")
    _check_range(field, number)
    return int(number)


def _read_decimal(field: Field, text: str, _: Locality) -> FieldValue:
    number = _number(_without_unit(field, text))
    _check_range(field, number)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if -exponent > field.decimals:
        raise UnreadableError("too_precise", decimals=field.decimals)
    return number


_UNIT_SPELLINGS = {
    "c": "°C",
    "°c": "°C",
    "ºc": "°C",
    "f": "°F",
    "°f": "°F",
    "ºf": "°F",
    "kg": "kg",
    "kgs": "kg",
    "lb": "lb",
    "lbs": "lb",
    "cm": "cm",
    "in": "in",
    "mg/dl": "mg/dL",
    "mmol/l": "mmol/L",
    "µmol/l": "µmol/L",
    "μmol/l": "µmol/L",
    "umol/l": "µmol/L",
}


def _read_quantity(field: Field, text: str, _: Locality) -> FieldValue:
    match = re.fullmatch(r"([+\-\N{MINUS SIGN}]?[\d.,\s]+)\s*(.*)", text)
    if not match:
        raise UnreadableError("not_a_number")
    number = _number(match[1].strip())
    unit = match[2].strip()
    unit = _UNIT_SPELLINGS.get(unit.casefold(), unit) or field.unit
    if unit not in (field.units or (field.unit,)):
        raise UnreadableError("unknown_unit", units=field.units or (field.unit,))
    quantity = Quantity(number, unit)
    _check_quantity(field, quantity)
    return quantity


def _check_quantity(field: Field, quantity: Quantity) -> None:
    """Limits are in the field's first unit. A value that fits another unit is named as such."""
    if field.minimum is None or field.maximum is None:
        return
    if field.minimum <= quantity.to(field.unit) <= field.maximum:
        return
    for other in field.units:
        if other == quantity.unit:
            continue
        if field.minimum <= Quantity(quantity.value, other).to(field.unit) <= field.maximum:
            raise UnreadableError(
                "other_unit", unit=quantity.unit, other=other, value=quantity.value
            )
    low = Quantity(Decimal(field.minimum), field.unit).to(quantity.unit)
    high = Quantity(Decimal(field.maximum), field.unit).to(quantity.unit)
    raise UnreadableError("out_of_range", minimum=low, maximum=high, unit=quantity.unit)


def _read_boolean(_: Field, text: str, __: Locality) -> FieldValue:
    match text.casefold():
        case "yes" | "y" | "true" | "1":
            return True
        case "no" | "n" | "false" | "0":
            return False
    raise UnreadableError("not_a_choice", choices=("Yes", "No"))


def _read_choice(field: Field, text: str, _: Locality) -> FieldValue:
    wanted = text.casefold()
    exact = [o for o in field.choices if wanted in (o.value.casefold(), o.label.casefold())]
    starting = exact or [o for o in field.choices if o.label.casefold().startswith(wanted)]
    if len(starting) != 1:
        raise UnreadableError("not_a_choice", choices=tuple(o.label for o in field.choices))
    return field.choice_type(starting[0].value) if field.choice_type else starting[0].value


def _read_choices(field: Field, text: str, locality: Locality) -> FieldValue:
    return tuple(
        str(_read_choice(field, part.strip(), locality))
        if field.choice_type is None
        else field.choice_type(str(_read_choice(field, part.strip(), locality)))
        for part in text.split(",")
        if part.strip()
    )


def _known_choices(field: Field, chosen: tuple[str, ...]) -> FieldValue:
    if field.choice_type is not None:
        return tuple(field.choice_type(value) for value in chosen)
    return chosen


_MONTH_NAMES = {
    name[:length].casefold(): number
    for number, name in enumerate(MONTHS, start=1)
    for length in range(3, len(name) + 1)
} | {"sept": 9}
_EARLIEST_YEAR = 1880


def _full_year(digits: str, today: date, *, past: bool) -> int:
    """Return the year. Two digits mean the latest year not after today, or the nearest one."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - written out
        return year
    year += today.year // 100 * 100
    if past:
        return year - 100 if year > today.year else year
    return year


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise UnreadableError("no_such_month", month=month)
    if year < _EARLIEST_YEAR or year > 9999:  # noqa: PLR2004 - what a date can hold
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
    if match := re.fullmatch(r"([+-])\s?(\d{1,3})\s?([dw])", folded):
        days = int(match[2]) * (7 if match[3] == "w" else 1)
        return locality.today + timedelta(days=days if match[1] == "+" else -days)
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", folded):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", folded) or (
        re.fullmatch(r"(\d\d)(\d\d)(\d{4}|\d{2})", folded)
    ):
        first, second = int(match[1]), int(match[2])
        month, day = (first, second) if locality.date_order == "mdy" else (second, first)
        return _day(_full_year(match[3], locality.today, past=past), month, day)
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
    return _day(_full_year(year, locality.today, past=past), _MONTH_NAMES[name], day)


def date_example(locality: Locality) -> str:
    """Return how the clinic writes 4 March 1951 in digits."""
    return "3/4/1951" if locality.date_order == "mdy" else "4/3/1951"


def _read_date(field: Field, text: str, locality: Locality) -> FieldValue:
    return read_date(text, locality, past=field.key == "birth_date")


_ABOUT = re.compile(
    r"(?:about|approx\.?|approximately|around|ca\.?|circa|~)?\s*(\d{1,3}|a|an|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|twelve)\s*(d|w|m|y|days?|wks?|weeks?|months?|mos?|years?|yrs?)"
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
    "twelve": 12,
}


def _read_partial_date(_: Field, text: str, locality: Locality) -> FieldValue:
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


def _read_time(_: Field, text: str, __: Locality) -> FieldValue:
    return read_time(text)


def _read_date_time(_: Field, text: str, locality: Locality) -> FieldValue:
    if text.casefold() == "now":
        raise UnreadableError("not_a_time")
    day = locality.base_day or locality.today
    clock = text
    if match := re.fullmatch(
        r"(.+?)[,T\s]+(?:at\s+)?(\d{1,2}(?::?\d\d)?\s*(?:[ap]\.?m\.?)?)",
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
        return to_utc(datetime.combine(day, read_time(clock)), locality.zone)
    except UnreadableError as error:
        if error.code == "not_a_time":
            raise UnreadableError("not_a_date_time", example=date_example(locality)) from None
        raise


def to_utc(local: datetime, zone: tzinfo) -> datetime:
    """Return the moment a wall clock in ``zone`` shows ``local``; the first one if there are two.

    Raises:
        UnreadableError: ``skipped_time``: the clock never showed it, it was put forward.
    """
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise UnreadableError("skipped_time", time=f"{local:%H:%M}")
    return moment


_READERS: dict[Kind, Callable[[Field, str, Locality], FieldValue]] = {
    Kind.TEXT: _read_text,
    Kind.LONG_TEXT: _read_text,
    Kind.PHONE: _read_phone,
    Kind.EMAIL: _read_email,
    Kind.INTEGER: _read_integer,
    Kind.DECIMAL: _read_decimal,
    Kind.BOOLEAN: _read_boolean,
    Kind.CHOICE: _read_choice,
    Kind.CHOICES: _read_choices,
    Kind.DATE: _read_date,
    Kind.PARTIAL_DATE: _read_partial_date,
    Kind.TIME: _read_time,
    Kind.DATE_TIME: _read_date_time,
    Kind.QUANTITY: _read_quantity,
}


def edit_text(  # noqa: PLR0911 - one return for each type of value
    field: Field, value: FieldValue, locality: Locality
) -> str:
    """Return ``value`` as text that ``read`` reads back to the same value; empty for ``None``.

    Dates print the month as a word, so that nobody reads the day as the month.
    """
    if value is None:
        return ""
    match value:
        case bool():
            return "Yes" if value else "No"
        case PartialDate():
            return value.words
        case Quantity():
            return value.stored
        case datetime():
            local = value.astimezone(locality.zone)
            clock = f"{local:%H:%M}"
            if local.date() == (locality.base_day or locality.today):
                return clock
            return f"{PartialDate.on(local.date()).words}, {clock}"
        case date():
            return PartialDate.on(value).words
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return ", ".join(_label(field, item) for item in value)
        case str() if field.choices:
            return _label(field, value)
    return str(value)


def _label(field: Field, value: str) -> str:
    for option in field.choices:
        if option.value == value:
            return option.label
    return value
