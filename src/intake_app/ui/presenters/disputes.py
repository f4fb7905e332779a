"""Fields for which there are two values: what was typed, and what can become of both."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from intake_app.domain.fields import Kind
from intake_app.domain.validation import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.drafts import Dispute
    from intake_app.domain.fields import Field, FieldValue

_ROOM_FOR_TWO = 200
"""A line that holds this many characters is for notes, which may stand behind each other."""
CHANGED_BY_OTHER = "changed_by_other"
"""Code of the problem of a field for which there are two values."""


class Settle(Enum):
    """What becomes of two values for one field."""

    MINE = "keep_mine"
    THEIRS = "take_theirs"
    BOTH = "keep_both"


class Disputes:
    """Holds the disputes of one form, with what was in each input when it was found out."""

    def __init__(self) -> None:
        self._disputes: dict[str, Dispute] = {}
        self._typed: dict[str, FieldValue] = {}

    @property
    def all(self) -> Mapping[str, Dispute]:
        """Every dispute by the key of its field."""
        return self._disputes

    def note(self, key: str, dispute: Dispute, typed: FieldValue) -> None:
        """Note a dispute; without ``typed`` only what the other person saved is new."""
        if key not in self._disputes or typed is not None:
            self._typed[key] = typed
        self._disputes[key] = dispute

    def end(self, key: str) -> None:
        """Forget the dispute of a field."""
        self._disputes.pop(key, None)
        self._typed.pop(key, None)

    def clear(self) -> None:
        """Forget every dispute."""
        self._disputes.clear()
        self._typed.clear()

    def typed(self, key: str) -> FieldValue:
        """Return what was in the input when the dispute was found out."""
        return self._typed.get(key)

    def problems(self, key: str) -> tuple[Problem, ...]:
        """Return the problem of a field with two values; nothing for the others."""
        return (Problem(key, CHANGED_BY_OTHER),) if key in self._disputes else ()


def may_join(field: Field) -> bool:
    """Return whether two texts of a field may stand behind each other."""
    roomy = field.kind is Kind.TEXT and field.max_length >= _ROOM_FOR_TWO and not field.choices
    return roomy or field.kind is Kind.LONG_TEXT


def joined(field: Field, theirs: str, mine: str) -> str:
    """Return both texts as one."""
    between = "\n" if field.kind is Kind.LONG_TEXT else "; "
    return between.join(text for text in (theirs, mine) if text.strip())
