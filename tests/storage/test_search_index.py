"""The index is true at every moment, and is made anew when another version made it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.patients import Patient
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.search_index import patient_count, token_counts
from tests.storage.conftest import Opening

TABLES = ("patient_index", "name_word", "name_sound", "name_near")
ANN = Patient(
    id="ann",
    family_name="O’Brien-Sørensen",
    given_name="Ann Marie",
    birth_date=date(1951, 3, 4),
    record_number="P-000001",
    mobile_phone="+1 312 555 0100",
    home_phone="312 555 0199",
)
BEN = Patient(id="ben", family_name="Brien", given_name="Ben", former_name="Weißmüller")


def add(database: SqliteDatabase, *patients: Patient) -> None:
    with database.work() as work:
        for patient in patients:
            work.records(Patient).add(patient)
        work.commit()


def save(database: SqliteDatabase, patient_id: str, **values: object) -> None:
    with database.work() as work:
        patient = work.records(Patient).get(patient_id)
        work.records(Patient).update(replace(patient, **values))  # type: ignore[arg-type] # fields by name
        work.commit()


def remove(database: SqliteDatabase, patient_id: str) -> None:
    with database.work() as work:
        work.records(Patient).remove(work.records(Patient).get(patient_id))
        work.commit()


def asked(database: SqliteDatabase, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database.path)) as connection:
        return connection.execute(sql).fetchall()


def contents(database: SqliteDatabase) -> dict[str, list[tuple[object, ...]]]:
    """Return everything in the index, also the words and digits of the full-text tables."""
    rows = {table: sorted(asked(database, f"SELECT * FROM {table}")) for table in TABLES}
    with closing(sqlite3.connect(database.path)) as connection:
        for table in ("patient_words", "patient_digits"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, {table}, row)")
            found = connection.execute("SELECT term, doc FROM temp.v WHERE doc > 0").fetchall()
            rows[table] = sorted(found)
            connection.execute("DROP TABLE temp.v")
    return rows


def make_stale(database: SqliteDatabase) -> None:
    database.close()
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("UPDATE counter SET value = 0 WHERE name = 'search_index'")
        connection.commit()


def counts(database: SqliteDatabase, *words: str) -> dict[str, int]:
    with database.work() as work:
        return token_counts(work._session, words)


def found(database: SqliteDatabase, typed: str) -> list[str]:
    with database.work() as work:
        return [line.patient_id for line in work.search(typed)]


def test_an_index_that_was_kept_is_the_one_that_is_made_anew(database: SqliteDatabase) -> None:
    add(database, ANN, BEN, replace(ANN, id="cat", given_name="Cat"), replace(BEN, id="dan"))
    save(database, "ann", family_name="Nuñez", mobile_phone="")
    save(database, "cat", birth_date=None, record_number="")
    save(database, "dan", merged_into="ben")
    save(database, "cat", merged_into="ann")
    save(database, "cat", merged_into="")
    remove(database, "dan")
    kept = contents(database)

    make_stale(database)
    database.open()

    assert contents(database) == kept


def test_nothing_of_a_patient_who_was_removed_is_left(database: SqliteDatabase) -> None:
    add(database, ANN)
    remove(database, "ann")

    assert contents(database) == {name: [] for name in (*TABLES, "patient_words", "patient_digits")}


def test_a_name_nobody_has_any_more_is_forgotten(database: SqliteDatabase) -> None:
    add(database, BEN)
    save(database, "ben", family_name="Xylander", former_name="")

    assert counts(database, "brien", "xylander") == {"brien": 0, "xylander": 1}
    assert found(database, "brein") == []


def test_a_stale_index_is_made_anew_when_the_database_is_opened(database: SqliteDatabase) -> None:
    add(database, ANN)
    make_stale(database)
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("DELETE FROM patient_index")
        connection.commit()

    database.open()

    assert found(database, "sorensen") == ["ann"]
    assert found(database, "brein") == ["ann"]


def test_an_index_of_this_version_is_left_as_it_is(database: SqliteDatabase, desk: Opening) -> None:
    add(database, ANN)
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("DELETE FROM patient_index")
        connection.commit()

    other = desk()
    other.open()

    assert found(other, "sorensen") == []


def test_words_are_counted_by_patient(database: SqliteDatabase) -> None:
    add(database, ANN, BEN, replace(BEN, id="eve", given_name="Brien"))

    assert counts(database, "brien", "marie", "nobody") == {"brien": 3, "marie": 1, "nobody": 0}
    with database.work() as work:
        assert patient_count(work._session) == 3


def test_names_run_together_are_no_words_to_compare_with(database: SqliteDatabase) -> None:
    twice = Patient(id="x", family_name="de la Cruz", given_name="Ana Ana")
    add(database, ANN, twice)

    assert counts(database, "annmarie", "anaana", "delacruz", "obrien") == {
        "annmarie": 0,
        "anaana": 0,
        "delacruz": 1,
        "obrien": 1,
    }
    assert found(database, "annmarie") == ["ann"]


@pytest.mark.parametrize(
    "name",
    [
        "李小龙",
        "محمد",
        "Ω’mega",
        "🙂",
        "a\u0301\u0301",
        "x" * 300,
        "1",
        "a aa aaa " + "a" * 36 + "c",
    ],
)
def test_every_name_can_be_kept_changed_and_removed(database: SqliteDatabase, name: str) -> None:
    add(database, replace(BEN, family_name=name))
    save(database, "ben", family_name="Other")
    save(database, "ben", family_name=name)
    remove(database, "ben")

    assert contents(database)["patient_words"] == []


def test_the_year_and_the_numbers_are_found_beside_a_name(database: SqliteDatabase) -> None:
    add(database, ANN)

    assert found(database, "marie 1951") == ["ann"]
    assert found(database, "marie 1952") == []
    assert found(database, "0199 marie") == ["ann"]
    assert found(database, "2550") == []
    assert found(database, "2555") == ["ann"]


def test_two_programs_that_start_together_make_it_anew_once(database: SqliteDatabase) -> None:
    add(database, ANN, *(replace(BEN, id=str(number)) for number in range(200)))
    kept = contents(database)
    make_stale(database)

    def start() -> list[str]:
        program = SqliteDatabase(database.path, database.path.parent / "backups")
        with closing(program):
            return found(program, "sorensen")

    with ThreadPoolExecutor(2) as both:
        answers = [answer.result() for answer in [both.submit(start), both.submit(start)]]

    assert answers == [["ann"], ["ann"]]
    assert contents(database) == kept
