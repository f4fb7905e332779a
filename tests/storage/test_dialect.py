"""Every record class fits its table, and comes back as it went in."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from intake_app.domain.errors import NotADatabaseError
from intake_app.domain.fields import Kind, Record, fields_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import Patient
from intake_app.domain.spine import Level
from intake_app.domain.values import Choice
from intake_app.domain.visits import Visit
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.dialect import SEQUENCE, columns_of, utc_text
from tests.storage.examples import (
    ADA,
    FORMS,
    RECORD_TYPES,
    VISIT,
    filled,
    with_owners,
    with_owners_of,
)

EVERY_RECORD = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=FORMS)


def table_info(database: SqliteDatabase, table: str) -> list[tuple[str, str, bool]]:
    """Return name, type and optional of each column, as SQLite sees the table."""
    with closing(sqlite3.connect(database.path)) as connection:
        rows = connection.execute(
            'SELECT name, type, "notnull" FROM pragma_table_info(?) ORDER BY cid', (table,)
        ).fetchall()
    return [(name, sql_type, not required) for name, sql_type, required in rows]


@EVERY_RECORD
def test_the_table_has_exactly_the_columns_of_the_record(
    database: SqliteDatabase, record_type: type[Record]
) -> None:
    expected = {(c.name, c.sql_type, c.optional) for c in columns_of(record_type)}

    columns = table_info(database, record_type.FORM)

    assert columns[0][0] == SEQUENCE
    assert set(columns[1:]) == expected


@EVERY_RECORD
def test_every_form_field_has_a_column(record_type: type[Record]) -> None:
    columns = {column.name for column in columns_of(record_type)}

    assert {field.key for field in fields_of(record_type)} <= columns


def test_every_kind_of_field_is_stored_in_some_table() -> None:
    kinds = {field.kind for record_type in RECORD_TYPES for field in fields_of(record_type)}

    assert kinds >= set(Kind) - {Kind.QUANTITY}


@EVERY_RECORD
def test_a_record_with_every_field_filled_comes_back_equal(
    database: SqliteDatabase, record_type: type[Record]
) -> None:
    record = filled(record_type)
    with database.work() as work:
        with_owners_of(work, record_type)
        added = work.records(record_type).add(record)
        work.commit()

    with database.work() as work:
        assert added == replace(record, version=1)
        assert work.records(record_type).get(record.id) == added


@EVERY_RECORD
def test_a_save_keeps_every_field(database: SqliteDatabase, record_type: type[Record]) -> None:
    with database.work() as work:
        with_owners_of(work, record_type)
        added = work.records(record_type).add(filled(record_type))
        saved = work.records(record_type).update(added)

        assert saved == replace(added, version=2)
        assert work.records(record_type).get(saved.id) == saved


def test_nothing_is_not_an_empty_text(database: SqliteDatabase) -> None:
    with database.work() as work:
        kept = work.records(Patient).add(Patient(id="1", family_name="Cher"))

        assert work.records(Patient).get("1") == kept
        assert kept.birth_date is None
        assert kept.given_name == ""


def every_choice() -> list[Choice]:
    options = [
        field.choice_type
        for record_type in RECORD_TYPES
        for field in fields_of(record_type)
        if field.choice_type is not None
    ]
    return [member for choice_type in options for member in choice_type]


def test_no_stored_choice_holds_the_comma_that_parts_several() -> None:
    assert [member for member in every_choice() if "," in member or not member] == []


@pytest.mark.parametrize("level", list(Level))
def test_every_level_comes_back(database: SqliteDatabase, level: Level) -> None:
    with database.work() as work:
        with_owners(work)
        work.records(Fracture).add(Fracture(id="1", visit_id=VISIT.id, level=level))

        assert work.records(Fracture).get("1").level is level


def test_moments_are_stored_in_utc() -> None:
    in_berlin = datetime(2026, 11, 22, 15, 5, tzinfo=timezone(timedelta(hours=1)))

    assert utc_text(in_berlin) == "2026-11-22T14:05:00+00:00"


def test_moments_in_utc_sort_as_text() -> None:
    moments = [datetime(2026, 11, 22, 14, 5, 0, micro, tzinfo=UTC) for micro in (0, 1, 500_000)]

    assert sorted(map(utc_text, reversed(moments))) == [utc_text(moment) for moment in moments]


def test_a_moment_without_a_zone_is_refused(database: SqliteDatabase) -> None:
    naive = datetime(2026, 11, 22, 14, 5)  # noqa: DTZ001 - what is to be refused
    with database.work() as work:
        work.records(Patient).add(ADA)

        with pytest.raises(ValueError, match="time zone"):
            work.records(Visit).add(replace(VISIT, planned_start=naive))


@pytest.mark.parametrize(
    ("column", "text"),
    [("birth_date", "1951-02-31"), ("sex", "femme"), ("reading_needs", "large_print,?")],
)
def test_a_value_that_no_program_of_ours_wrote_is_damage_and_is_not_named(
    database: SqliteDatabase, column: str, text: str
) -> None:
    with database.work() as work:
        work.records(Patient).add(ADA)
        work.commit()
    statement = {
        "birth_date": "UPDATE patient SET birth_date = ?",
        "sex": "UPDATE patient SET sex = ?",
        "reading_needs": "UPDATE patient SET reading_needs = ?",
    }[column]
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute(statement, (text,))

    with database.work() as work, pytest.raises(NotADatabaseError) as failure:
        work.records(Patient).get(ADA.id)

    assert failure.value.reference == "patient ada"
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__
