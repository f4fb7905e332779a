"""Whether a sheet that was handed out still says what the record says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEVER_SAID = frozenset({"now", "nurse", "words", "version"})
"""When a sheet was made, by whom, in whose words, and how often a record was saved: no fact."""
_NOT_ON_PAPER: Mapping[str, frozenset[str]] = {
    "visit": frozenset({"state", "identity_checked", "identity_checked_by", "identity_checked_at"}),
    "procedure": frozenset(
        {
            *("recovery_at", "ready_at", "left_at"),
            *("score_variant", "score_items", "score_total", "score_at", "score_by"),
            *("discharge_ordered_by", "discharge_ordered_at"),
        }
    ),
}
"""What goes on changing after the sheet was printed, and that no sheet says."""


def same_facts(one: str, other: str) -> bool:
    """Return whether two sheets were made from the same facts; both as ``StoredSheet.inputs``."""
    return one == other or _said(one) == _said(other)


def _said(inputs: str) -> object:
    """Return the facts without what no paper says; a text that is none is compared as it is."""
    try:
        return _without(json.loads(inputs), frozenset())
    except ValueError:
        return inputs


def _without(part: object, names: frozenset[str]) -> object:
    if isinstance(part, list):
        return [_without(each, names) for each in part]
    if isinstance(part, dict):
        return {
            key: _without(value, _NOT_ON_PAPER.get(key, frozenset()))
            for key, value in part.items()
            if key not in names | _NEVER_SAID
        }
    return part
