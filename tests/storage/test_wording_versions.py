"""What was approved stays in the database as it was, whatever a program tries."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.ports import Repository
from intake_app.domain.wording_versions import WordingStage, WordingVersion
from intake_app.storage.database import SqliteDatabase
from tests.storage.examples import filled

KEPT = (WordingStage.APPROVED, WordingStage.RETIRED)
TRIES: dict[str, Callable[[Repository[WordingVersion], WordingVersion], object]] = {
    "another word": lambda rows, version: rows.update(replace(version, content="other")),
    "another fingerprint": lambda rows, version: rows.update(replace(version, fingerprint="f")),
    "a later review": lambda rows, version: rows.update(
        replace(version, review_by=date(2099, 1, 1))
    ),
    "another approver": lambda rows, version: rows.update(replace(version, approved_by="Dr. No")),
    "other phrases": lambda rows, version: rows.update(replace(version, phrases="f")),
    "thrown away": lambda rows, version: rows.remove(version),
}


def add(database: SqliteDatabase, stage: WordingStage) -> WordingVersion:
    database.open()
    with database.work() as work:
        version = work.records(WordingVersion).add(replace(filled(WordingVersion), stage=stage))
        work.commit()
    return version


@pytest.mark.parametrize("name", TRIES)
@pytest.mark.parametrize("stage", KEPT)
def test_what_was_approved_cannot_be_changed_or_removed(
    database: SqliteDatabase, stage: WordingStage, name: str
) -> None:
    version = add(database, stage)

    with database.work() as work, pytest.raises(sqlite3.IntegrityError):
        TRIES[name](work.records(WordingVersion), version)

    with database.look() as look:
        assert look.records(WordingVersion).get(version.id) == version


@pytest.mark.parametrize("name", TRIES)
def test_a_draft_can_be(database: SqliteDatabase, name: str) -> None:
    version = add(database, WordingStage.DRAFT)

    with database.work() as work:
        TRIES[name](work.records(WordingVersion), version)
        work.commit()

    with database.look() as look:
        assert look.records(WordingVersion).find(version.id) != version


def test_what_is_approved_can_be_retired(database: SqliteDatabase) -> None:
    version = add(database, WordingStage.APPROVED)

    with database.work() as work:
        work.records(WordingVersion).update(replace(version, stage=WordingStage.RETIRED))
        work.commit()

    with database.look() as look:
        assert look.approved_wording(version.wording) is None


@pytest.mark.parametrize("stage", [WordingStage.DRAFT, WordingStage.IN_REVIEW])
@pytest.mark.parametrize("kept", KEPT)
def test_what_was_approved_is_never_written_on(
    database: SqliteDatabase, kept: WordingStage, stage: WordingStage
) -> None:
    version = add(database, kept)

    with database.work() as work, pytest.raises(sqlite3.IntegrityError):
        work.records(WordingVersion).update(replace(version, stage=stage))


def test_what_was_retired_does_not_come_back(database: SqliteDatabase) -> None:
    version = add(database, WordingStage.RETIRED)

    with database.work() as work, pytest.raises(sqlite3.IntegrityError):
        work.records(WordingVersion).update(replace(version, stage=WordingStage.APPROVED))
