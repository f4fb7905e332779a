"""From draft to record: every problem found at once, in the field's own place."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from intake_app.domain.errors import InvalidDraftError
from intake_app.domain.fields import Field, FieldValue, Kind, Record, fields_of
from intake_app.domain.phones import read_phone
from intake_app.domain.reading import Locality, UnreadableError, has_invisible, read

R = TypeVar("R", bound=Record)

Draft = dict[str, FieldValue]
"""What a form holds: text as typed, or values. It may be half a date, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one field; ``sentence`` (domain.sentences) says it in words."""

    key: str
    code: str
    values: tuple[tuple[str, object], ...] = ()
    warning: bool = False
    """A warning is shown at the field but does not keep the value from being saved."""

    @classmethod
    def of(cls, key: str, code: str, *, warning: bool = False, **values: object) -> Problem:
        """Return a problem with named values for its sentence."""
        return cls(key, code, tuple(sorted(values.items())), warning)


CrossCheck = Callable[[Mapping[str, FieldValue], Locality], Iterable[Problem]]
CrossChecks = tuple[CrossCheck, ...]
"""Rules over several fields of one record, listed on its class as ``CHECKS``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft that was read: the values that could be, and the problems with the rest."""

    values: Mapping[str, FieldValue]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep a value from being saved."""
        return tuple(problem for problem in self.problems if not problem.warning)


def read_field(
    field: Field, typed: FieldValue, locality: Locality
) -> tuple[FieldValue, list[Problem]]:
    """Return the value of one field and its problems; a value that cannot be read is ``None``."""
    try:
        value = read(field, typed, locality)
    except UnreadableError as error:
        return None, [Problem(field.key, error.code, tuple(sorted(error.values.items())))]
    problems: list[Problem] = []
    if isinstance(typed, str) and has_invisible(typed):
        problems.append(Problem.of(field.key, "invisible_characters", warning=True))
    if field.kind is Kind.PHONE and value and locality.country:
        phone = read_phone(str(value), locality.country)
        if not phone.is_valid:
            problems.append(Problem.of(field.key, "phone_not_valid", warning=True))
    if field.required and value is None:
        problems.append(Problem.of(field.key, "required"))
    return value, problems


def read_draft(
    record_type: type[Record],
    draft: Mapping[str, FieldValue],
    locality: Locality,
    *,
    known: Mapping[str, FieldValue] | None = None,
) -> Reading:
    """Read every declared field that ``draft`` holds and run the record's own cross checks.

    ``known`` holds the other fields' values: they are not read again, only cross-checked.
    """
    table = fields_of(record_type)
    return read_table(table, draft, locality, checks_of(record_type), known=known)


def read_table(
    table: Iterable[Field],
    draft: Mapping[str, FieldValue],
    locality: Locality,
    checks: Iterable[CrossCheck] = (),
    *,
    known: Mapping[str, FieldValue] | None = None,
) -> Reading:
    """Read a draft by any field table: a record's, or a questionnaire's."""
    values = {key: value for key, value in (known or {}).items() if key not in draft}
    problems: list[Problem] = []
    for field in table:
        if field.key not in draft:
            continue
        value, found = read_field(field, draft[field.key], locality)
        problems.extend(found)
        if not any(not problem.warning for problem in found):
            values[field.key] = value
    for check in checks:
        problems.extend(check(values, locality))
    return Reading(values, tuple(problems))


def checks_of(record_type: type[Record]) -> CrossChecks:
    """Return the cross-field rules that a record class lists as ``CHECKS``."""
    return cast("CrossChecks", getattr(record_type, "CHECKS", ()))


def find_problems(
    record_type: type[Record], draft: Mapping[str, FieldValue], locality: Locality
) -> tuple[Problem, ...]:
    """Return everything that is wrong or odd with ``draft``, in field order."""
    return read_draft(record_type, draft, locality).problems


def draft_of(record: Record) -> Draft:
    """Return the fields of a record as a draft that parses back to it."""
    return {field.key: getattr(record, field.key) for field in fields_of(type(record))}


def parse(record: R, draft: Mapping[str, FieldValue], locality: Locality) -> R:
    """Return ``record`` with every field of ``draft`` read into it.

    Raises:
        InvalidDraftError: with all problems, when a field cannot be read.
    """
    reading = read_draft(type(record), draft, locality)
    if reading.errors:
        raise InvalidDraftError(reading.problems)
    return apply(record, reading.values)


def apply(record: R, values: Mapping[str, FieldValue]) -> R:
    """Return ``record`` with ``values`` set; an emptied field gets its default."""
    defaults = _defaults(type(record))
    changes = {
        key: defaults[key] if value is None and key in defaults else value
        for key, value in values.items()
    }
    return replace(record, **changes)  # type: ignore[arg-type] # keys are the record's own fields


_DEFAULTS: dict[type[Record], dict[str, FieldValue]] = {}


def _defaults(record_type: type[Record]) -> dict[str, FieldValue]:
    """Return what an emptied field falls back to: '' for text, () for choices, else its default."""
    if record_type not in _DEFAULTS:
        _DEFAULTS[record_type] = {
            declared.name: declared.default
            for declared in dataclasses.fields(record_type)
            if declared.default is not dataclasses.MISSING
        }
    return _DEFAULTS[record_type]
