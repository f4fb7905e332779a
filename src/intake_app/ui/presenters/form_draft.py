"""What is typed in a form: what it reads as, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.fields import Kind
from intake_app.domain.reading import edit_text
from intake_app.domain.validation import read_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.fields import Field, FieldValue
    from intake_app.domain.reading import Locality
    from intake_app.domain.validation import CrossChecks, Problem

_VALUE_KINDS = frozenset({Kind.BOOLEAN, Kind.CHOICE, Kind.CHOICES})
"""Kinds that are picked, not typed: they have a value and no text."""


class FormDraft:
    """Holds what stands in the inputs of a form, read anew with each change."""

    def __init__(self, table: Iterable[Field], locality: Locality, checks: CrossChecks) -> None:
        self.fields = {field.key: field for field in table}
        """The rows of the field table by key, in the order they are asked."""
        self.locality = locality
        self.typed: dict[str, FieldValue] = {}
        """What stands in each input: a value, or the text as it was typed."""
        self.values: dict[str, FieldValue] = {}
        """What each field reads as; ``None`` where it cannot be read."""
        self.touched: set[str] = set()
        """Fields that were edited; a required one is not missed before."""
        self.told: dict[str, Problem] = {}
        """Problems found elsewhere, until their fields are edited."""
        self._checks = checks
        self._found: dict[str, tuple[Problem, ...]] = {}
        self._crossed: tuple[Problem, ...] = ()

    def clear(self) -> None:
        """Forget what was typed, and what was told of it."""
        self.typed.clear()
        self.touched.clear()
        self.told.clear()

    def put(self, key: str, typed: FieldValue) -> None:
        """Take what now stands in an input."""
        self.typed[key] = typed
        self.touched.add(key)
        self.read([key])

    def read(self, keys: Iterable[str]) -> None:
        """Read some fields, and compare those that depend on each other."""
        for key in keys:
            value, found = self.reading_of(key, self.typed.get(key))
            if key not in self.touched:
                found = [problem for problem in found if problem.code != "required"]
            self._found[key] = tuple(found)
            self.values[key] = value
        if self._checks:
            values = {key: value for key, value in self.values.items() if not self._garbled(key)}
            self._crossed = tuple(p for check in self._checks for p in check(values, self.locality))

    def reading_of(self, key: str, typed: FieldValue) -> tuple[FieldValue, list[Problem]]:
        """Return what a text or value would read as in a field, and what is wrong with it."""
        return read_field(self.fields[key], typed, self.locality)

    def _garbled(self, key: str) -> bool:
        return any(not problem.warning for problem in self._found.get(key, ()))

    def problems(self, key: str) -> tuple[Problem, ...]:
        """Return what is wrong with a field, by itself, beside others or as told."""
        crossed = tuple(problem for problem in self._crossed if problem.key == key)
        told = (self.told[key],) if key in self.told else ()
        return self._found.get(key, ()) + crossed + told

    def refused(self, key: str) -> bool:
        """Return whether a field cannot be saved as it stands."""
        return any(not problem.warning for problem in self.problems(key))

    def text(self, key: str) -> str:
        """Return the text to show in the input."""
        typed = self.typed.get(key)
        field = self.fields[key]
        if isinstance(typed, str) and not (field.choices and field.kind in _VALUE_KINDS):
            return typed
        return self.words(key, typed)

    def words(self, key: str, value: FieldValue) -> str:
        """Return a value of a field as its input would show it."""
        return edit_text(self.fields[key], value, self.locality)
