"""What happens at every save and keystroke reads a few rows, however many there are."""

import sqlite3
from contextlib import closing

import pytest

from intake_app.domain.fields import Record
from intake_app.storage import (
    likely,
    likely_index,
    search,
    search_index,
    search_rows,
    search_words,
    unit_of_work,
)
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.dialect import layout_of
from tests.storage.examples import FORMS, RECORD_TYPES


def plan_of(database: SqliteDatabase, sql: str) -> str:
    with closing(sqlite3.connect(database.path)) as connection:
        names = {
            name[1:]: "x"
            for name in sql.replace(",", " ").replace(")", " ").replace("(", " ").split()
            if name.startswith(":")
        }
        rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", names).fetchall()
    return "\n".join(str(row[3]) for row in rows)


@pytest.mark.parametrize(
    "sql",
    [
        search._CLINIC,
        search._VISITS,
        search_index._READ,
        search_index._SEQUENCE,
        search_index._MERGED,
        search_index._COUNTED,
        search_index._KNOWN_PART,
        search_index._PART_IN_USE,
        search_index._PATIENT_COUNT,
        search_rows.BY_VISIT,
        likely._UNDER_KEYS,
        likely_index._KEPT,
        likely_index._IDENTIFIERS,
        unit_of_work._VIEWED,
        unit_of_work._VISITS_ON,
        unit_of_work._NUMBER_TAKEN,
        unit_of_work._TYPED,
        unit_of_work._TRAIL,
        unit_of_work._SHEET_BY_CODE,
        unit_of_work._APPROVED_WORDING,
        unit_of_work._WORDING_VERSIONS,
    ],
)
def test_no_list_is_read_from_one_end_to_the_other(database: SqliteDatabase, sql: str) -> None:
    database.open()

    plan = plan_of(database, sql)

    assert "SEARCH" in plan
    assert "SCAN" not in plan


@pytest.mark.parametrize(
    "sql",
    [
        search_rows.BY_WORDS,
        search_rows.COUNT_BY_WORDS,
        search_rows.BY_DIGITS,
        search_rows.BY_BIRTH_DATE,
        search_rows.BY_BIRTH_DAY,
        search_rows.BY_NUMBER,
        search_words._NEAR,
        search_words._SOUND,
        search_words._WORDS_FROM,
        search_index._ABSORBED,
        search_index._SOME_PATIENTS,
        search_index.WORD_COUNTS,
    ],
)
def test_a_keystroke_goes_through_no_table(database: SqliteDatabase, sql: str) -> None:
    database.open()

    plan = plan_of(database, sql).splitlines()

    # A full-text index, a list of parameters and what was already found are gone through.
    through = [line for line in plan if line.startswith("SCAN")]
    known = ("VIRTUAL TABLE INDEX", "(subquery-", "SCAN gone", "SCAN found")
    assert [line for line in through if not any(each in line for each in known)] == []


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
