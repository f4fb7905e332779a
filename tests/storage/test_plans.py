"""What happens at every save and keystroke reads a few rows, however many there are."""

import sqlite3
from contextlib import closing

import pytest

from intake_app.domain.fields import Record
from intake_app.storage import search, unit_of_work
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.dialect import layout_of
from tests.storage.examples import FORMS, RECORD_TYPES


def plan_of(database: SqliteDatabase, sql: str) -> str:
    with closing(sqlite3.connect(database.path)) as connection:
        names = {
            name[1:]: "x"
            for name in sql.replace(",", " ").replace(")", " ").split()
            if name.startswith(":")
        }
        rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", names).fetchall()
    return "\n".join(str(row[3]) for row in rows)


@pytest.mark.parametrize(
    "sql",
    [
        search._READ,
        search._BY_WORD,
        search._BY_BIRTH_DATE,
        search._BY_NUMBER,
        search._FOUND,
        search._FORGET_WORDS,
        unit_of_work._VIEWED,
        unit_of_work._VISITS_ON,
        unit_of_work._NUMBER_TAKEN,
        unit_of_work._TYPED,
        unit_of_work._TRAIL,
        unit_of_work._SHEET_BY_CODE,
    ],
)
def test_no_list_is_read_from_one_end_to_the_other(database: SqliteDatabase, sql: str) -> None:
    database.open()

    plan = plan_of(database, sql)

    assert "SEARCH" in plan
    assert "SCAN" not in plan


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=FORMS)
def test_a_record_is_found_and_saved_by_its_id(
    database: SqliteDatabase, record_type: type[Record]
) -> None:
    statements = layout_of(record_type).statements

    plans = [plan_of(database, sql) for sql in (statements.find, statements.update)]

    assert [plan for plan in plans if "SCAN" in plan] == []


@pytest.mark.parametrize(
    "record_type", [each for each in RECORD_TYPES if each.OWNER], ids=lambda each: each.FORM
)
def test_the_records_of_an_owner_are_found_by_an_index(
    database: SqliteDatabase, record_type: type[Record]
) -> None:
    assert "SCAN" not in plan_of(database, layout_of(record_type).statements.owned_by)
