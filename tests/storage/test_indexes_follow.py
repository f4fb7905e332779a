"""Whatever field of a patient is saved, both indexes are as if they had been made anew."""

from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.fields import Field, FieldValue, Kind, fields_of
from intake_app.domain.patients import Patient
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.likely_index import keep_keys
from intake_app.storage.search_index import keep_index
from tests.storage.examples import ADA

_EVERYTHING = (
    "SELECT * FROM patient_index ORDER BY 1",
    "SELECT * FROM likeness ORDER BY 1",
    "SELECT key, person FROM likeness_key ORDER BY 1, 2",
)


def another(field: Field) -> FieldValue:
    """Return a value that the field does not have yet."""
    if field.choice_type is not None:
        first = next(iter(field.choice_type))
        return (first,) if field.kind is Kind.CHOICES else first
    values: dict[Kind, FieldValue] = {Kind.DATE: date(1960, 5, 6), Kind.BOOLEAN: True}
    return values.get(field.kind, "515 555 0199 x")


def indexed(database: SqliteDatabase) -> list[list[tuple[object, ...]]]:
    """Return both indexes as they stand."""
    connection, _ = database._opened()
    return [connection.execute(statement).fetchall() for statement in _EVERYTHING]


@pytest.mark.parametrize("field", fields_of(Patient), ids=lambda field: field.key)
def test_the_indexes_follow_every_field(database: SqliteDatabase, field: Field) -> None:
    with database.work() as work:
        added = work.records(Patient).add(ADA)
        changed = replace(added, **{field.key: another(field)})  # type: ignore[arg-type] # its own field
        work.records(Patient).update(changed)
        work.commit()
    after_saving = indexed(database)

    _, session = database._opened()
    session.begin()
    keep_index(session, changed)
    keep_keys(session, changed)
    session.commit()

    assert indexed(database) == after_saving
    assert changed != added
