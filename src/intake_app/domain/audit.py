"""The trail: who saw, changed or printed what, and when; earlier values are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from intake_app.domain.fields import FieldValue, Record, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class Deed(StrEnum):
    """What was done to a record."""

    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"
    VIEWED = "viewed"
    PRINTED = "printed"
    COPIED = "copied"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    MOVED = "moved"
    ACKNOWLEDGED = "acknowledged"
    BACKED_UP = "backed_up"
    MERGED = "merged"
    SEPARATED = "separated"
    IMPORTED = "imported"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after a save; values as the database stores them."""

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the trail."""

    at: datetime
    actor_id: str
    deed: Deed
    table: str
    record_id: str
    patient_id: str = ""
    """Whose data it was, so that one patient's history can be shown."""
    changes: tuple[FieldChange, ...] = ()


def stored_text(value: FieldValue) -> str | None:
    """Return a value as the trail and the database keep it; ``None`` stays ``None``."""
    match value:
        case None:
            return None
        case bool():
            return "1" if value else "0"
        case tuple():
            return ",".join(value)
    if hasattr(value, "stored"):
        return str(value.stored)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)


def differing_keys(before: Record, after: Record) -> tuple[str, ...]:
    """Return the keys of the declared fields that differ, in field order."""
    return tuple(
        field.key
        for field in fields_of(type(before))
        if getattr(before, field.key) != getattr(after, field.key)
    )


def changes_between(
    before: Record, after: Record, extra: Iterable[str] = ()
) -> tuple[FieldChange, ...]:
    """Return each differing declared field (and ``extra`` attributes) with both values."""
    keys = [
        *differing_keys(before, after),
        *(key for key in extra if getattr(before, key) != getattr(after, key)),
    ]
    return tuple(
        FieldChange(key, stored_text(getattr(before, key)), stored_text(getattr(after, key)))
        for key in keys
    )
