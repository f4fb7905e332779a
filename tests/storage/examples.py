"""Records of every class with every field filled, made from the annotations."""

import dataclasses
import importlib
import pkgutil
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import intake_app.domain
from intake_app.domain.audit import Deed, Entry, FieldChange
from intake_app.domain.fields import Record
from intake_app.domain.patients import Patient
from intake_app.domain.ports import UnitOfWork
from intake_app.domain.sheets import StoredSheet
from intake_app.domain.values import Choice, PartialDate, Quantity
from intake_app.domain.visits import Visit
from intake_app.domain.wording_versions import WordingVersion

R = TypeVar("R", bound=Record)

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ADA = Patient(id="ada", family_name="Lovelace", given_name="Ada", birth_date=date(1951, 3, 4))
VISIT = Visit(id="visit", patient_id="ada", day=date(2026, 11, 23))


def record_types() -> tuple[type[Record], ...]:
    """Return every record class of the domain; a new one is found by itself."""
    found: dict[str, type[Record]] = {}
    for module in pkgutil.iter_modules(intake_app.domain.__path__, "intake_app.domain."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, type) and issubclass(each, Record) and each is not Record:
                found[each.FORM] = each
    return tuple(found[form] for form in sorted(found))


RECORD_TYPES = record_types()
FORMS = [each.FORM for each in RECORD_TYPES]


def filled(record_type: type[R], record_id: str = "one") -> R:
    """Return a record of the visit, or of the patient, with a value in each of its fields."""
    hints = get_type_hints(record_type, include_extras=True)
    values: dict[str, Any] = {
        each.name: a_value(each.name, hints[each.name]) for each in dataclasses.fields(record_type)
    }
    values |= {"id": record_id, "version": 0}
    owners = {
        "patient_id": ADA.id,
        "visit_id": VISIT.id,
        "sheet_id": "a sheet",
        "version_id": "a wording",
    }
    values |= {name: owners[name] for name in values.keys() & owners.keys()}
    return record_type(**values)


def a_value(name: str, hint: Any) -> object:
    """Return a value that an annotation allows, and not its default."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    kinds = [part for part in get_args(hint) if part is not NoneType]
    if NoneType in get_args(hint):
        (hint,) = kinds
    if get_origin(hint) is tuple:
        return tuple(get_args(hint)[0])
    if isinstance(hint, type) and issubclass(hint, Choice):
        return list(hint)[-1]
    return {
        str: f"{name}: Zoë O’Brien, 李 🙂",
        int: 7,
        bool: True,
        bytes: b"%PDF-1.4\x00\xff",
        Decimal: Decimal("36.50"),
        date: date(1951, 3, 4),
        datetime: datetime(2026, 10, 25, 1, 30, 15, tzinfo=UTC),
        time: time(7, 30),
        PartialDate: PartialDate.about(3, "w", date(2026, 11, 22)),
        Quantity: Quantity(Decimal("37.2"), "°C"),
    }[hint]


def with_owners(work: UnitOfWork) -> None:
    """Add the patient and the visit that records of the other classes belong to."""
    work.records(Patient).add(ADA)
    work.records(Visit).add(VISIT)


def with_owners_of(work: UnitOfWork, record_type: type[Record]) -> None:
    """Add what a record of one class belongs to, and what that belongs to."""
    if record_type.OWNER:
        with_owners(work)
    if record_type.OWNER == "sheet_id":
        work.records(StoredSheet).add(filled(StoredSheet, "a sheet"))
    if record_type.OWNER == "version_id":
        work.records(WordingVersion).add(filled(WordingVersion, "a wording"))


def a_line(**changes: Any) -> Entry:
    """Return a line of the trail."""
    line = Entry(
        at=NOON,
        actor_id="nurse",
        deed=Deed.CHANGED,
        table="patient",
        record_id=ADA.id,
        patient_id=ADA.id,
        changes=(FieldChange("city", "Ulm", None), FieldChange("stairs", None, "yes")),
    )
    return dataclasses.replace(line, **changes)
