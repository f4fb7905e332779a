"""Single answers in FHIR's words (``valueCoding``, ``valueQuantity`` …) and back."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from intake_app.domain.questionnaires import Item, ItemType
from intake_app.domain.values import PartialDate, Precision, Quantity

if TYPE_CHECKING:
    from intake_app.domain.answers import Json
    from intake_app.domain.fields import FieldValue

OWN = "urn:intake-app:"
"""In front of the names of our own extensions."""
AS_SAID = f"{OWN}as-said"
"""Extension of a date that is no date in FHIR: "about 3 weeks ago", and when it was said."""

_SUFFIXES: dict[ItemType, str] = {
    ItemType.BOOLEAN: "Boolean",
    ItemType.DECIMAL: "Decimal",
    ItemType.INTEGER: "Integer",
    ItemType.DATE: "Date",
    ItemType.DATE_TIME: "DateTime",
    ItemType.TIME: "Time",
    ItemType.STRING: "String",
    ItemType.TEXT: "String",
    ItemType.OPEN_CHOICE: "String",
    ItemType.CHOICE: "Coding",
    ItemType.QUANTITY: "Quantity",
}


def encode_answer(item: Item, value: FieldValue) -> list[Json]:
    """Return the FHIR answers of one question; several choices are several answers."""
    if isinstance(value, tuple):
        return [_encode(item, choice) for choice in value]
    return [_encode(item, value)]


def _encode(item: Item, value: FieldValue) -> Json:  # noqa: PLR0911 - one return for each type
    key = f"value{_SUFFIXES[item.type]}"
    match value:
        case PartialDate() if value.precision is Precision.ABOUT:
            said = {"extension": [{"url": AS_SAID, "valueString": value.stored}]}
            return {f"_{key}": said}
        case PartialDate():
            return {key: value.stored}
        case Quantity():
            code = next((unit.code for unit in item.units if unit.name == value.unit), "")
            quantity: Json = {"value": _number(value.value), "unit": value.unit}
            if code:
                quantity |= {"system": "http://unitsofmeasure.org", "code": code}
            return {key: quantity}
        case Decimal():
            return {key: _number(value)}
        case date() | time():
            return {key: value.isoformat()}
        case str() if item.type is ItemType.CHOICE:
            label = next((o.label for o in item.options if o.value == value), value)
            return {key: {"code": value, "display": label}}
    return {key: value}


def _number(value: Decimal) -> int | float:
    """Return a JSON number; up to 15 digits are kept exactly, far more than any question has."""
    return int(value) if value == value.to_integral_value() else float(value)


def decode_answer(item: Item, raw: Json, *, prefix: str = "value") -> FieldValue:
    """Return what one FHIR answer says; ``prefix`` is ``answer`` in an enableWhen.

    Raises:
        ValueError: it is no answer to this question.
    """
    key = f"{prefix}{_SUFFIXES[item.type]}"
    try:
        if item.partial and f"_{key}" in raw:
            extensions = raw[f"_{key}"]["extension"]
            said = next(each for each in extensions if each.get("url") == AS_SAID)
            return PartialDate.from_stored(_text(said["valueString"]))
        if key not in raw and item.options:
            return _decode_option(item, raw, prefix)
        return _decode(item, raw[key])
    except (AttributeError, InvalidOperation, KeyError, StopIteration, TypeError) as error:
        raise ValueError(key) from error


def _decode_option(item: Item, raw: Json, prefix: str) -> FieldValue:
    """Return an answer written in another way than ours: a plain option, a coding with words."""
    if item.type is ItemType.OPEN_CHOICE:
        coding = raw[f"{prefix}Coding"]
        return _text(coding.get("display") or coding.get("code"))
    plain = raw.get(f"{prefix}String", raw.get(f"{prefix}Integer"))
    return _text(None if plain is None else str(plain))


def _decode(item: Item, raw: Any) -> FieldValue:  # noqa: PLR0911 - one return for each type
    match item.type:
        case ItemType.BOOLEAN:
            if isinstance(raw, bool):
                return raw
            raise ValueError(type(raw).__name__)
        case ItemType.INTEGER:
            number = _decimal(raw)
            if number != number.to_integral_value():
                raise ValueError("integer")
            return int(number)
        case ItemType.DECIMAL:
            return _decimal(raw)
        case ItemType.DATE if item.partial:
            return PartialDate.from_stored(_text(raw))
        case ItemType.DATE:
            return date.fromisoformat(_text(raw))
        case ItemType.DATE_TIME:
            moment = datetime.fromisoformat(_text(raw))
            if moment.tzinfo is None:
                raise ValueError("no time zone")
            return moment
        case ItemType.TIME:
            return time.fromisoformat(_text(raw))
        case ItemType.CHOICE:
            return _text(raw["code"])
        case ItemType.QUANTITY:
            unit = next(
                u.name for u in item.units if raw.get("unit", raw.get("code")) in (u.name, u.code)
            )
            return Quantity(_decimal(raw["value"]), unit)
    return _text(raw)


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        raise ValueError(type(raw).__name__)
    return Decimal(str(raw))


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw:
        raise ValueError(type(raw).__name__)
    return raw
