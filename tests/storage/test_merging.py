"""Merging in the real database: found by every name and number, whole again afterwards."""

import sqlite3
from pathlib import Path

import pytest

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.errors import AppError
from intake_app.domain.merging import Merge, Side
from intake_app.domain.patients import Patient
from intake_app.domain.staff import PROGRAM


@pytest.fixture
def program(tmp_path: Path) -> Application:
    """Return the program over an empty database."""
    application = Application(Paths(tmp_path / "clinic"))
    application.database.open()
    application.demonstration.create()
    return application


def registered(program: Application, typed: str) -> str:
    visit = program.patients.register(PROGRAM, typed)
    return program.patients.case(PROGRAM, visit).patient.id


def merged(program: Application, stays: str, joins: str, **picks: Side) -> Merge:
    seen = program.merging.compare(PROGRAM, stays, joins)
    named = {f"patient.{key}": side for key, side in picks.items()}
    return program.merging.merge(PROGRAM, seen, named)


def found(program: Application, typed: str) -> list[str]:
    return [hit.patient_id for hit in program.patients.search(PROGRAM, typed)]


def test_the_patient_who_stays_is_found_by_every_name_and_number(program: Application) -> None:
    stays = registered(program, "Zylberstein, Clara 3/4/1951")
    joins = registered(program, "Quandt, Klara 3/4/1951")
    number = program.history.read(PROGRAM, joins).patient.record_number

    merged(program, stays, joins, family_name=Side.STAYS, given_name=Side.STAYS)

    assert found(program, "Quandt") == [stays]
    assert found(program, number) == [stays]
    assert program.database.problems() == ()


def test_taken_apart_each_is_found_alone(program: Application) -> None:
    stays = registered(program, "Zylberstein, Clara 3/4/1951")
    joins = registered(program, "Quandt, Klara 3/4/1951")
    merge = merged(program, stays, joins, family_name=Side.STAYS, given_name=Side.STAYS)

    program.merging.take_apart(PROGRAM, merge.id)

    assert found(program, "Quandt") == [joins]
    assert found(program, "Zylberstein") == [stays]
    assert program.database.problems() == ()


def test_a_merged_record_is_nobodys_double(program: Application) -> None:
    stays = registered(program, "Zylberstein, Clara 3/4/1951")
    joins = registered(program, "Zylbersteyn, Clara 3/4/1951")
    before = [each.found.patient_id for each in program.doubles.likely_of(PROGRAM, stays)]

    merged(program, stays, joins)

    assert before == [joins]
    assert program.doubles.likely_of(PROGRAM, stays) == ()


def test_a_merge_that_fails_midway_changes_nothing(program: Application, tmp_path: Path) -> None:
    stays = registered(program, "Zylberstein, Clara 3/4/1951")
    joins = registered(program, "Quandt, Klara 3/4/1951")
    seen = program.merging.compare(PROGRAM, stays, joins)
    refuse(program.paths.database)

    with pytest.raises((AppError, sqlite3.Error)):
        program.merging.merge(PROGRAM, seen, {})

    with program.office.work() as work:
        assert work.records(Patient).get(joins).merged_into == ""
        assert work.records(Patient).get(stays).family_name == "Zylberstein"
    assert len(program.patients.visits(PROGRAM, joins)) == 1
    assert found(program, "Quandt") == [joins]


def refuse(database: Path) -> None:
    """Let the last step of every merge fail."""
    connection = sqlite3.connect(database)
    connection.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON merge BEGIN SELECT RAISE (ABORT, 'no'); END"
    )
    connection.commit()
    connection.close()
