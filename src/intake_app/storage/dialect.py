"""Records as rows of SQLite: column types, conversions and the generated statements."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Generic,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from intake_app.domain.errors import NotADatabaseError
from intake_app.domain.fields import Record
from intake_app.domain.values import Choice, PartialDate, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.storage.session import Row

R = TypeVar("R", bound=Record)

SEQUENCE = "sequence"
"""Column that every table has in front: the order in which its rows were added."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how it is declared, and how values go in and come out (``None``: unchanged)."""

    name: str
    sql_type: str
    optional: bool
    into: Callable[[Any], Any] | None = None
    out_of: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one table."""

    find: str
    owned_by: str
    all: str
    after: str
    count: str
    add: str
    update: str
    hand_over: str
    remove: str


class Layout(Generic[R]):
    """How the records of one class lie in their table."""

    def __init__(self, record_type: type[R]) -> None:
        self.table = record_type.FORM
        self.columns = columns_of(record_type)
        self.statements = _statements(self.table, record_type.OWNER, self.columns)
        self._record_type = record_type
        self._updates: dict[tuple[str, ...], str] = {}
        self._names = tuple(column.name for column in self.columns)
        self._values = attrgetter(*self._names)
        self._into = [(c.name, c.into) for c in self.columns if c.into is not None]
        self._out_of = [(c.name, c.out_of) for c in self.columns if c.out_of is not None]

    def differing(self, before: R, after: R) -> tuple[str, ...]:
        """Return the names of the columns in which two records differ, but for their version."""
        pairs = zip(self._names, self._values(before), self._values(after), strict=True)
        return tuple(name for name, old, new in pairs if old != new and name not in _FIXED)

    def update_of(self, names: tuple[str, ...]) -> str:
        """Return the statement that saves these columns; indexes of the rest are left alone."""
        if names not in self._updates:
            self._updates[names] = _update_sql(self.table, names)
        return self._updates[names]

    def part(self, record: R, names: tuple[str, ...]) -> dict[str, object]:
        """Return these columns of the record, with id and version, as statement parameters."""
        row: dict[str, object] = {name: getattr(record, name) for name in (*_FIXED, *names)}
        for name, convert in self._into:
            value = row.get(name)
            if value is not None:
                row[name] = convert(value)
        return row

    def row(self, record: R) -> dict[str, object]:
        """Return the record as statement parameters."""
        row: dict[str, object] = dict(zip(self._names, self._values(record), strict=True))
        for name, convert in self._into:
            value = row[name]
            if value is not None:
                row[name] = convert(value)
        return row

    def record(self, row: Row) -> R:
        """Return the record that a row holds.

        Raises:
            NotADatabaseError: the row holds what no program of ours wrote there.
        """
        values = dict(zip(self._names, row, strict=True))
        try:
            for name, convert in self._out_of:
                value = values[name]
                if value is not None:
                    values[name] = convert(value)
        except (ValueError, ArithmeticError, TypeError):
            # Without the cause: its text would show what stands in the row.
            raise NotADatabaseError(f"{self.table} {values['id']}") from None
        return self._record_type(**values)


_LAYOUTS: dict[type[Record], object] = {}


def layout_of(record_type: type[R]) -> Layout[R]:
    """Return the layout of a record class; made once."""
    if record_type not in _LAYOUTS:
        _LAYOUTS[record_type] = Layout(record_type)
    return cast("Layout[R]", _LAYOUTS[record_type])


def columns_of(record_type: type[Record]) -> tuple[Column, ...]:
    """Return a column for each attribute of a record class, in the order they are declared."""
    hints = get_type_hints(record_type, include_extras=True)
    return tuple(_column(each.name, hints[each.name]) for each in dataclasses.fields(record_type))


def _column(name: str, hint: object) -> Column:
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    optional = False
    if get_origin(hint) in (Union, UnionType):
        optional = NoneType in get_args(hint)
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is tuple:
        choice_type = get_args(hint)[0]
        return Column(name, "TEXT", optional, ",".join, partial(_choices, choice_type))
    if isinstance(hint, type) and issubclass(hint, Choice):
        return Column(name, "TEXT", optional, str.__str__, hint)
    sql_type, into, out_of = _TYPES[hint]
    return Column(name, sql_type, optional, into, out_of)


def _choices(choice_type: type[Choice], text: str) -> tuple[Choice, ...]:
    return tuple(choice_type(value) for value in text.split(",")) if text else ()


def utc_text(moment: datetime) -> str:
    """Return an aware moment as text in UTC, which sorts by time."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).isoformat()


_TYPES: dict[object, tuple[str, Callable[[Any], Any] | None, Callable[[Any], Any] | None]] = {
    str: ("TEXT", None, None),
    int: ("INTEGER", None, None),
    bytes: ("BLOB", None, None),
    bool: ("INTEGER", int, bool),
    Decimal: ("TEXT", str, Decimal),
    date: ("TEXT", date.isoformat, date.fromisoformat),
    datetime: ("TEXT", utc_text, datetime.fromisoformat),
    time: ("TEXT", time.isoformat, time.fromisoformat),
    PartialDate: ("TEXT", attrgetter("stored"), PartialDate.from_stored),
    Quantity: ("TEXT", attrgetter("stored"), Quantity.from_stored),
}
"""How each Python type is stored: SQL type, conversion into the row and out of it."""


_FIXED = ("id", "version")


def _update_sql(table: str, names: tuple[str, ...]) -> str:
    changed = "".join(f'"{name}" = :{name}, ' for name in names)
    return (
        f'UPDATE "{table}" SET {changed}"version" = "version" + 1 '  # noqa: S608 - our own names
        'WHERE "id" = :id AND "version" = :version'
    )


def _statements(table: str, owner: str, columns: tuple[Column, ...]) -> Statements:
    names = [column.name for column in columns]
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join(f":{name}" for name in names)
    changed = tuple(name for name in names if name not in (*_FIXED, owner))
    here = 'WHERE "id" = :id AND "version" = :version'
    # Values always go in as parameters.
    select = f'SELECT {listed} FROM "{table}"'  # noqa: S608 - names of our own records
    return Statements(
        find=f'{select} WHERE "id" = :id',
        owned_by=f'{select} WHERE "{owner}" = :owner ORDER BY "{SEQUENCE}"' if owner else "",
        all=f'{select} ORDER BY "{SEQUENCE}"',
        after=f'{select} WHERE "{SEQUENCE}" > '  # noqa: S608 - names of our own records
        f'coalesce((SELECT "{SEQUENCE}" FROM "{table}" WHERE "id" = :id), 0) '
        f'ORDER BY "{SEQUENCE}" LIMIT :limit',
        count=f'SELECT count(*) FROM "{table}"',  # noqa: S608 - our own names
        add=f'INSERT INTO "{table}" ({listed}) VALUES ({marks})',  # noqa: S608 - our own names
        update=_update_sql(table, changed),
        hand_over=f'UPDATE "{table}" SET "{owner}" = :owner, "version" = "version" + 1 {here}'  # noqa: S608 - our own names
        if owner
        else "",
        remove=f'DELETE FROM "{table}" {here}',  # noqa: S608 - our own names
    )


def table_sql(record_type: type[Record]) -> str:
    """Return a CREATE TABLE for a record class, to start the next migration from."""
    lines = [f'"{SEQUENCE}" INTEGER PRIMARY KEY']
    for column in columns_of(record_type):
        rule = "" if column.optional else " NOT NULL"
        if column.name == "id":
            rule += " UNIQUE"
        if column.name == record_type.OWNER:
            rule += f' REFERENCES "{record_type.OWNER.removesuffix("_id")}" ("id")'
        lines.append(f'"{column.name}" {column.sql_type}{rule}')
    inside = ",\n    ".join(lines)
    return f'CREATE TABLE "{record_type.FORM}" (\n    {inside}\n) STRICT;'
