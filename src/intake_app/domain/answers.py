"""Answers to a questionnaire: an immutable mapping of paths to values, with rows.

The path of a question is its link id; inside a repeating group the row stands after the group:
``blood_thinners.0.name``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from intake_app.domain.fields import FieldValue

if TYPE_CHECKING:
    from collections.abc import Mapping

V = TypeVar("V")

Json = dict[str, Any]
"""One JSON object; ``Any`` because the file, not the type checker, says what is inside."""


class RowPath(NamedTuple):
    """The parts of the path of one answer in a row."""

    group: str
    row: int
    tail: str


def row_path(path: str) -> RowPath | None:
    """Return the parts of ``blood_thinners.0.name``; ``None`` for a path outside rows."""
    parts = path.split(".")
    for at, part in enumerate(parts):
        if at and part.isdecimal() and at + 1 < len(parts):
            return RowPath(".".join(parts[:at]), int(part), ".".join(parts[at + 1 :]))
    return None


def without_row(values: Mapping[str, V], group: str, *, row: int) -> dict[str, V]:
    """Return ``values`` (by path) without one row; the rows after it move up.

    Use it also for texts that could not be read, so that they stay with their row.
    """
    left: dict[str, V] = {}
    for path, value in values.items():
        place = row_path(path)
        if place is None or place.group != group or place.row < row:
            left[path] = value
        elif place.row > row:
            left[f"{group}.{place.row - 1}.{place.tail}"] = value
    return left


class Kept(NamedTuple):
    """A response item no question asks for any more: where it stood, and what it said."""

    parent: str
    """Link id of its group, ``group.row`` for a row, empty for the top."""
    item: Json


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered. Every change gives new answers; nothing is altered in place."""

    values: Mapping[str, FieldValue] = field(default_factory=dict)
    row_counts: Mapping[str, int] = field(default_factory=dict)
    """How many rows each repeating group has; a new row may still be empty."""
    kept: tuple[Kept, ...] = ()
    """Answers to questions of an older version, untouched."""

    def get(self, path: str) -> FieldValue:
        """Return the answer at ``path``; ``None`` when there is none."""
        return self.values.get(path)

    def set(self, path: str, value: FieldValue) -> Answers:
        """Return answers with ``path`` set; nothing, empty text and no choice remove it."""
        return self.with_values({path: value})

    def with_values(self, values: Mapping[str, FieldValue]) -> Answers:
        """Return answers with several paths set; a row that is named comes to be."""
        merged = dict(self.values)
        counts = dict(self.row_counts)
        for path, value in values.items():
            if value is None or value in ("", ()):
                merged.pop(path, None)
                continue
            merged[path] = value
            if place := row_path(path):
                counts[place.group] = max(counts.get(place.group, 0), place.row + 1)
        return replace(self, values=merged, row_counts=counts)

    def rows(self, group: str) -> range:
        """Return the numbers of the rows of ``group``, from 0."""
        return range(self.row_counts.get(group, 0))

    def add_row(self, group: str) -> Answers:
        """Return answers with one more, empty row at the end of ``group``."""
        return replace(
            self, row_counts={**self.row_counts, group: self.row_counts.get(group, 0) + 1}
        )

    def remove_row(self, group: str, row: int) -> Answers:
        """Return answers without one row; the rows after it move up. No such row: no change."""
        if row not in self.rows(group):
            return self
        kept = []
        for item in self.kept:
            parent = row_path(f"{item.parent}.")
            if parent is None or parent.group != group or parent.row < row:
                kept.append(item)
            elif parent.row > row:
                kept.append(Kept(f"{group}.{parent.row - 1}", item.item))
        counts = {**self.row_counts, group: self.row_counts[group] - 1}
        return Answers(
            without_row(self.values, group, row=row),
            {name: count for name, count in counts.items() if count},
            tuple(kept),
        )
