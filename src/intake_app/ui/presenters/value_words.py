"""One stored value in words, as its form shows it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.domain.stored_values import read_stored
from intake_app.domain.values import PartialDate, Quantity
from intake_app.ui.presenters.dates import day_words, moment_words

if TYPE_CHECKING:
    from datetime import tzinfo

    from intake_app.domain.fields import Field, FieldValue

NOTHING = "–"
"""What stands for an empty field."""


def value_words(field: Field, value: FieldValue, zone: tzinfo) -> str:  # noqa: PLR0911 - by type
    """Return a value as people read it: the label of an answer, a month as a word."""
    if value is None or value in ("", ()):
        return NOTHING
    match value:
        case bool():
            return translated(N_("Yes") if value else N_("No"))
        case datetime():
            return moment_words(value, zone)
        case date():
            return day_words(value)
        case time():
            return f"{value:%H:%M}"
        case PartialDate():
            return value.words
        case Quantity():
            return value.stored
        case tuple():
            return ", ".join(_label(field, each) for each in value)
        case int() | Decimal() if field.unit:
            return f"{value} {translated(field.unit)}"
    return _label(field, str(value)) if field.choices else str(value)


def stored_words(field: Field, text: str | None, zone: tzinfo) -> str:
    """Return a value of the trail as people read it; what cannot be read any more as it stands."""
    try:
        return value_words(field, read_stored(field, text), zone)
    except ValueError:
        return text or NOTHING


def _label(field: Field, value: str) -> str:
    label = next((option.label for option in field.choices if option.value == value), value)
    return translated(label)
