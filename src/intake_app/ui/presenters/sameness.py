"""When two values mean the same to a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.domain.fields import FieldValue


def same_value(left: FieldValue, right: FieldValue) -> bool:
    """Return whether two values mean the same to a form; every kind of empty is the same."""
    if left in (None, "", ()) and right in (None, "", ()):
        return True
    if isinstance(left, str) and isinstance(right, str):
        return str(left) == str(right)
    return identical(left, right)


def identical(left: FieldValue, right: FieldValue) -> bool:
    """Return whether two values are equal and of one type: 1 is not True."""
    return type(left) is type(right) and left == right
