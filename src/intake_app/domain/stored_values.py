"""Values as the trail keeps them, read back."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.fields import Kind
from intake_app.domain.values import PartialDate, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.fields import Field, FieldValue

_READ: dict[Kind, Callable[[str], FieldValue]] = {
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.BOOLEAN: lambda text: text == "1",
    Kind.CHOICES: lambda text: tuple(text.split(",")) if text else (),
    Kind.DATE: date.fromisoformat,
    Kind.PARTIAL_DATE: PartialDate.from_stored,
    Kind.TIME: time.fromisoformat,
    Kind.DATE_TIME: datetime.fromisoformat,
    Kind.QUANTITY: Quantity.from_stored,
}


def read_stored(field: Field, text: str | None) -> FieldValue:
    """Return the value of which ``stored_text`` made ``text``.

    Raises:
        ValueError: the text is no value of this field (it may be older than the field).
    """
    if text is None:
        return None
    if field.choice_type is not None:
        if field.kind is Kind.CHOICES:
            return tuple(field.choice_type(part) for part in text.split(",")) if text else ()
        return field.choice_type(text)
    read = _READ.get(field.kind)
    try:
        return text if read is None else read(text)
    except ArithmeticError as error:
        raise ValueError(field.key) from error


def read_if_known(field: Field, text: str | None) -> FieldValue:
    """Return the value of a stored text; ``None`` for one that is older than the field."""
    try:
        return read_stored(field, text)
    except ValueError:
        return None
