"""The field table: every form field is declared once, as an annotation of a record."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, ClassVar, NamedTuple, Union, get_args, get_origin, get_type_hints

from intake_app.domain.values import Choice, PartialDate, Quantity


class Kind(Enum):
    """What sort of value a field holds; decides widget, column, printed form and FHIR type."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    PHONE = "phone"
    EMAIL = "email"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    TIME = "time"
    DATE_TIME = "date_time"
    QUANTITY = "quantity"


class EnteredBy(Enum):
    """Who enters a field (clinical.md section 1). ``RECEPTION_THEN_NURSE``: the nurse confirms."""

    RECEPTION = "reception"
    RECEPTION_THEN_NURSE = "reception_then_nurse"
    NURSE = "nurse"
    PHYSICIAN = "physician"
    MANAGER = "manager"


FieldValue = (
    str
    | int
    | Decimal
    | bool
    | date
    | datetime
    | time
    | PartialDate
    | Quantity
    | tuple[str, ...]
    | None
)
"""What a parsed field may hold. Choices are ``str``; several choices are a tuple."""

_KINDS: dict[object, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    Decimal: Kind.DECIMAL,
    bool: Kind.BOOLEAN,
    date: Kind.DATE,
    datetime: Kind.DATE_TIME,
    time: Kind.TIME,
    PartialDate: Kind.PARTIAL_DATE,
    Quantity: Kind.QUANTITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _SpecLimits:
    kind: Kind | None
    max_length: int
    minimum: Decimal | int | None
    maximum: Decimal | int | None
    decimals: int
    unit: str
    units: tuple[str, ...]
    hint: str
    by: EnteredBy
    handle: str


class Spec:
    """What an annotation says of a field: label, limits, who enters it, its handle."""

    __slots__ = ("label", "limits")

    def __init__(  # noqa: PLR0913 - one keyword for each column of the field table
        self,
        label: str,
        kind: Kind | None = None,
        *,
        max_length: int = 120,
        minimum: Decimal | int | None = None,
        maximum: Decimal | int | None = None,
        decimals: int = 1,
        unit: str = "",
        units: tuple[str, ...] = (),
        hint: str = "",
        by: EnteredBy = EnteredBy.RECEPTION,
        handle: str = "",
    ) -> None:
        self.label = label
        self.limits = _SpecLimits(
            kind=kind,
            max_length=max_length,
            minimum=minimum,
            maximum=maximum,
            decimals=decimals,
            unit=unit,
            units=units,
            hint=hint,
            by=by,
            handle=handle,
        )


class Option(NamedTuple):
    """One answer of a closed list: what is stored and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One row of the field table."""

    key: str
    """Name inside its form: ``family_name``; with the form in front it is the object name."""
    label: str
    kind: Kind
    required: bool = False
    choices: tuple[Option, ...] = ()
    choice_type: type[Choice] | None = None
    max_length: int = 120
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    decimals: int = 1
    unit: str = ""
    units: tuple[str, ...] = ()
    hint: str = ""
    by: EnteredBy = EnteredBy.RECEPTION
    handle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Something stored under an ``id`` with a ``version`` that grows by one at each save."""

    FORM: ClassVar[str] = ""
    """Prefix of the object names and name of the table: ``patient``."""
    OWNER: ClassVar[str] = ""
    """Name of the field that says whose record this is: ``patient_id``; empty for none."""

    id: str
    version: int = 0


_TABLES: dict[type[Record], tuple[Field, ...]] = {}


def fields_of(record_type: type[Record]) -> tuple[Field, ...]:
    """Return the declared form fields of a record class, in the order they are asked."""
    if record_type not in _TABLES:
        _TABLES[record_type] = _read_declarations(record_type)
    return _TABLES[record_type]


def _read_declarations(record_type: type[Record]) -> tuple[Field, ...]:
    hints = get_type_hints(record_type, include_extras=True)
    table = []
    for declared in fields(record_type):
        hint = hints[declared.name]
        if get_origin(hint) is not Annotated:
            continue
        annotated, *extras = get_args(hint)
        spec = next((extra for extra in extras if isinstance(extra, Spec)), None)
        if spec is None:
            continue
        optional, python_type = _without_none(annotated)
        no_default = declared.default is MISSING and declared.default_factory is MISSING
        table.append(_field(declared.name, spec, python_type, required=no_default and not optional))
    return tuple(table)


def field_of(record_type: type[Record], key: str) -> Field:
    """Return one row of the table.

    Raises:
        KeyError: the record declares no such field.
    """
    for field in fields_of(record_type):
        if field.key == key:
            return field
    raise KeyError(f"{record_type.__name__}.{key}")


def object_name(form: str, key: str) -> str:
    """Return the name people drive an input by: ``patient.family_name``."""
    return f"{form}.{key}"


def _without_none(annotated: object) -> tuple[bool, object]:
    if get_origin(annotated) in (Union, UnionType):
        kinds = [part for part in get_args(annotated) if part is not NoneType]
        return True, kinds[0]
    return False, annotated


def _field(key: str, spec: Spec, python_type: object, *, required: bool) -> Field:
    choice_type: type[Choice] | None = None
    kind = spec.limits.kind
    if get_origin(python_type) is tuple:
        element = get_args(python_type)[0]
        kind = kind or Kind.CHOICES
        choice_type = element
    elif isinstance(python_type, type) and issubclass(python_type, Choice):
        kind = kind or Kind.CHOICE
        choice_type = python_type
    choices = tuple(Option(member.value, member.label) for member in choice_type or ())
    return Field(
        key=key,
        label=spec.label,
        kind=kind or _KINDS[python_type],
        required=required,
        choices=choices,
        choice_type=choice_type,
        max_length=spec.limits.max_length,
        minimum=spec.limits.minimum,
        maximum=spec.limits.maximum,
        decimals=spec.limits.decimals,
        unit=spec.limits.unit,
        units=spec.limits.units,
        hint=spec.limits.hint,
        by=spec.limits.by,
        handle=spec.limits.handle,
    )
