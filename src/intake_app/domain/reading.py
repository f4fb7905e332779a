"""Read what somebody typed: text and a field in, a value or a problem out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.dates import (
    AFTER_CHANGE,
    Locality,
    UnreadableError,
    date_example,
    read_date,
    read_date_time,
    read_partial_date,
    read_time,
    to_utc,
)
from intake_app.domain.fields import Field, FieldValue, Kind
from intake_app.domain.values import PartialDate, Quantity, standing_alone

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Locality",
    "UnreadableError",
    "clean_text",
    "date_example",
    "edit_text",
    "has_invisible",
    "read",
    "read_date",
    "read_time",
    "to_utc",
]


def read(field: Field, typed: FieldValue, locality: Locality) -> FieldValue:
    """Return the value of ``typed``; empty text is ``None``. Values pass through unchanged.

    Raises:
        UnreadableError: the text is not a value of this field; the code says what is wrong.
    """
    if not isinstance(typed, str):
        return _together(field, typed) if isinstance(typed, tuple) else typed
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
        elif char.isspace():
            kept.append(" ")
        elif unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char not in "\u200c\u200d":
            continue
        else:
            kept.append(char)
    text = unicodedata.normalize("NFC", "".join(kept))  # what was left out may have stood between
    if keep_lines:
        text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    else:
        text = " ".join(text.split())
    return text.strip(" \n\u200c\u200d")


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


_PHONE = re.compile(r"\+?[\d\s().\-/]+(?:[\s,;]*(?:extension|extn?|x|#)\.?\s*\d+)?", re.IGNORECASE)
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


_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,9})?|\.\d{1,9})")
"""Plain digits; longer ones are no number anybody measured."""


def _number(text: str) -> Decimal:
    plain = text.replace("\N{MINUS SIGN}", "-")
    plain = re.sub(r"(?<=[+-]) (?=\d)|(?<=\d) (?=\d{3}(?!\d))", "", plain)
    if re.fullmatch(r"[+-]?\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise UnreadableError("not_a_number")
    return Decimal(plain)


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
    if len(f"{number:f}".partition(".")[2].rstrip("0")) > field.decimals:
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
    "pounds": "lb",
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
    parts = [part.strip() for part in text.split(",")]
    labels = {option.label.casefold() for option in field.choices}
    chosen: list[str] = []
    while parts:
        taken = next(  # a label may hold a comma of its own
            (n for n in range(len(parts), 1, -1) if ", ".join(parts[:n]).casefold() in labels), 1
        )
        piece = ", ".join(parts[:taken])
        del parts[:taken]
        if piece:
            choice = str(_read_choice(field, piece, locality))
            chosen.append(field.choice_type(choice) if field.choice_type else choice)
    return _together(field, tuple(dict.fromkeys(chosen)))


def _together(field: Field, chosen: tuple[str, ...]) -> FieldValue:
    """Return several answers that can be true together."""
    if alone := standing_alone(chosen):
        raise UnreadableError("stands_alone", choice=_label(field, alone))
    return _known_choices(field, chosen)


def _known_choices(field: Field, chosen: tuple[str, ...]) -> FieldValue:
    if field.choice_type is not None:
        return tuple(field.choice_type(value) for value in chosen)
    return chosen


def _read_date(field: Field, text: str, locality: Locality) -> FieldValue:
    return read_date(text, locality, past=field.key == "birth_date")


def _read_time(_: Field, text: str, __: Locality) -> FieldValue:
    return read_time(text)


def _read_partial_date(_: Field, text: str, locality: Locality) -> FieldValue:
    return read_partial_date(text, locality)


def _read_date_time(_: Field, text: str, locality: Locality) -> FieldValue:
    return read_date_time(text, locality)


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
            if local.fold:
                clock += f" {AFTER_CHANGE}"
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
