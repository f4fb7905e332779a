"""What was approved stays in the database as it was, whatever a program tries."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from intake_app.domain.ports import Repository
from intake_app.domain.wording_versions import WordingStage, WordingVersion
from intake_app.storage.database import SqliteDatabase
from tests.storage.examples import filled

KEPT = (WordingStage.APPROVED, WordingStage.RETIRED)
TRIES: dict[str, Callable[[Repository[WordingVersion], WordingVersion], object]] = {
    "another word": lambda rows, version: rows.update(replace(version, content="other")),
    "another fingerprint": lambda rows, version: rows.update(replace(version, fingerprint="f")),
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
