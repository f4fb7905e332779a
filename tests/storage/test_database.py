"""The database file: who may read it, and everything that can be wrong with it."""

import os
import shutil
import sqlite3
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import (
    AppError,
    ConflictError,
    DatabaseLockedError,
    DatabaseMissingError,
    DatabaseNewerError,
    DatabaseReadOnlyError,
    DiskFullError,
    NotADatabaseError,
)
from intake_app.domain.patients import Patient
from intake_app.domain.sheets import StoredSheet
from intake_app.domain.visits import Visit
from intake_app.storage.database import SqliteDatabase
from intake_app.storage.migrate import APPLICATION_ID
from tests.storage.conftest import Opening
from tests.storage.examples import ADA, VISIT, a_line, filled, with_owners

NOBODY = 65534


def keep_ada(database: SqliteDatabase) -> Patient:
    with database.work() as work:
        kept = work.records(Patient).add(ADA)
        work.note(a_line(deed=Deed.CREATED))
        work.commit()
    return kept


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def raw(database: SqliteDatabase) -> Iterator[sqlite3.Connection]:
    """Reach into the file as another program would."""
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        yield connection


# --- opening ------------------------------------------------------------------------------


def test_it_opens_by_itself_at_first_use(desk: Opening) -> None:
    database = desk()

    keep_ada(database)

    assert database.path.exists()


def test_it_is_not_made_where_it_has_to_be_there(desk: Opening) -> None:
    database = desk()

    with pytest.raises(DatabaseMissingError):
        database.open(create=False)
    assert not database.path.exists()


def test_what_was_saved_is_there_after_closing_and_opening(desk: Opening) -> None:
    database = desk()
    kept = keep_ada(database)
    database.close()

    with desk().work() as work:
        assert work.records(Patient).get(ADA.id) == kept


def test_an_empty_file_becomes_a_database(desk: Opening) -> None:
    database = desk()
    database.path.touch()

    database.open()

    assert database.problems() == ()


def test_every_save_waits_for_the_disk_and_keeps_references(database: SqliteDatabase) -> None:
    connection, _ = database._opened()

    names = ("synchronous", "foreign_keys", "temp_store", "trusted_schema", "mmap_size")
    settings = {name: connection.execute(f"PRAGMA {name}").fetchone() for name in names}
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()

    assert settings["synchronous"] == (2,)
    assert settings["foreign_keys"] == (1,)
    assert settings["temp_store"] == (2,)
    assert settings["trusted_schema"] == (0,)
    assert settings["mmap_size"] == (0,)
    assert journal == ("wal" if sqlite3.sqlite_version_info >= (3, 51, 3) else "truncate")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_this_user_can_read_the_files(desk: Opening, folder: Path) -> None:
    before = os.umask(0)
    try:
        database = desk()
        keep_ada(database)
        database.backup(folder / "copy.sqlite3")
        kept = database.restore(folder / "copy.sqlite3")
    finally:
        os.umask(before)

    assert kept is not None
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name: mode(path) for path in files} == {path.name: 0o600 for path in files}
    assert mode(folder / "backups") == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_file_that_others_could_read_is_closed_to_them(desk: Opening) -> None:
    database = desk()
    database.open()
    database.close()
    database.path.chmod(0o644)

    database.open()

    assert mode(database.path) == 0o600


# --- what is no database of ours ----------------------------------------------------------


def another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.commit()


def a_text(path: Path) -> None:
    path.write_text("Dear doctor, " * 500, encoding="utf-8")


def a_short_text(path: Path) -> None:
    path.write_text("not a database", encoding="utf-8")


def a_marked_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 42")
        connection.execute("PRAGMA user_version = 1")


@pytest.mark.parametrize("make", [another_program, a_text, a_short_text, a_marked_database])
def test_a_file_of_another_program_is_refused_and_left_as_it_is(
    desk: Opening, make: Callable[[Path], None]
) -> None:
    database = desk()
    make(database.path)
    before = database.path.read_bytes()

    with pytest.raises(NotADatabaseError):
        database.open()
    assert database.path.read_bytes() == before


def test_a_damaged_page_is_named_as_such(database: SqliteDatabase) -> None:
    keep_ada(database)
    database.close()
    content = bytearray(database.path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    database.path.write_bytes(content)

    with pytest.raises(NotADatabaseError), database.work() as work:
        work.records(Patient).all()


def test_a_newer_database_is_refused_and_left_as_it_is(database: SqliteDatabase) -> None:
    database.close()
    with raw(database) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = database.path.read_bytes()

    with pytest.raises(DatabaseNewerError) as failure:
        database.open()
    assert failure.value.values["version"] == 999
    assert database.path.read_bytes() == before


def test_a_missing_folder_is_named_as_such(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "away" / "intake.sqlite3", tmp_path / "backups")

    with pytest.raises(DatabaseMissingError):
        database.open()


def test_a_folder_in_its_place_is_named_as_such(desk: Opening) -> None:
    database = desk()
    database.path.mkdir()

    with pytest.raises(DatabaseMissingError):
        database.open()


def test_our_databases_carry_our_mark(database: SqliteDatabase) -> None:
    with raw(database) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


# --- read-only ----------------------------------------------------------------------------


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Return a folder that every user of the machine can reach."""
    folder = Path(tempfile.mkdtemp(prefix="intake-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Act as a user without rights; root would be let through everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


needs_users = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such users")


@needs_users
def test_a_read_only_database_can_be_read_but_not_saved_to(public_folder: Path) -> None:
    path = public_folder / "intake.sqlite3"
    mine = SqliteDatabase(path, public_folder)
    kept = keep_ada(mine)
    mine.close()
    path.chmod(0o444)
    public_folder.chmod(0o555)
    theirs = SqliteDatabase(path, public_folder)

    with as_nobody(), theirs.work() as work:
        read = work.records(Patient).get(ADA.id)
        with pytest.raises(DatabaseReadOnlyError):
            work.records(Patient).update(read)

    theirs.close()
    public_folder.chmod(0o755)
    assert read == kept


@needs_users
def test_a_folder_that_cannot_be_written_to_is_named_as_such(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    database = SqliteDatabase(public_folder / "intake.sqlite3", public_folder)

    with as_nobody(), pytest.raises(DatabaseReadOnlyError):
        database.open()

    public_folder.chmod(0o755)


# --- two desks ----------------------------------------------------------------------------


def test_a_save_of_one_desk_is_seen_by_the_other(desk: Opening) -> None:
    here, there = desk(), desk()
    kept = keep_ada(here)

    with there.work() as work:
        assert work.records(Patient).get(ADA.id) == kept


def test_the_second_desk_does_not_overwrite_the_first(desk: Opening) -> None:
    here, there = desk(), desk()
    read = keep_ada(here)
    with here.work() as work:
        first = work.records(Patient).update(replace(read, city="Ulm"))
        work.commit()

    with there.work() as work, pytest.raises(ConflictError):
        work.records(Patient).update(replace(read, city="Bonn"))

    with there.work() as work:
        assert work.records(Patient).get(ADA.id) == first


def test_a_desk_that_only_looks_waits_for_nobody_who_is_writing(desk: Opening) -> None:
    here, there = desk(), desk()
    with here.work() as work:
        work.records(Patient).add(ADA)
        work.commit()

    with here.work() as writing:
        writing.records(Patient).update(replace(ADA, version=1, family_name="Byron"))
        with there.look() as look:
            found = look.search("lovelace")

    assert [each.patient_id for each in found] == [ADA.id]


def test_a_desk_that_looks_lets_others_write(desk: Opening) -> None:
    here, there = desk(), desk()

    with here.look() as look:
        look.records(Patient).all()
        with there.work() as writing:
            writing.records(Patient).add(ADA)
        seen = look.records(Patient).all()

    assert seen == ()


def test_a_look_that_writes_keeps_nothing_and_is_an_error(database: SqliteDatabase) -> None:
    with pytest.raises(RuntimeError, match="writes nothing"), database.look() as look:
        look.records(Patient).add(ADA)

    with database.look() as look:
        assert look.records(Patient).all() == ()


def test_a_desk_that_waits_too_long_is_told_so(desk: Opening) -> None:
    here, there = desk(), desk()
    keep_ada(there)

    with here.work():
        started = time.monotonic()
        with pytest.raises(DatabaseLockedError), there.work():
            pass
        waited = time.monotonic() - started

    assert 0.1 <= waited < 2


def test_a_desk_waits_until_the_other_has_saved(desk: Opening) -> None:
    here, there = desk(), desk()
    read = keep_ada(here)
    connection, session = there._opened()
    first = here.work()
    first.__enter__()
    first.records(Patient).update(replace(read, city="Ulm"))
    tries = []

    def begin() -> None:
        tries.append(1)
        if len(tries) == 3:
            first.commit()
        connection.execute("BEGIN IMMEDIATE")

    session.patiently(begin)
    session.roll_back()

    assert len(tries) == 3


def test_a_database_that_another_program_holds_cannot_be_opened(desk: Opening) -> None:
    database = desk()
    database.open()
    database.close()

    with raw(database) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseLockedError):
            database.open()

    database.open()


def test_record_numbers_of_two_desks_differ(desk: Opening) -> None:
    numbers = []
    for database in (desk(), desk()):
        with database.work() as work:
            numbers.append(work.next_record_number())
            work.commit()

    assert len(set(numbers)) == 2


def test_each_thread_has_its_own_transactions(database: SqliteDatabase) -> None:
    kept = keep_ada(database)

    with ThreadPoolExecutor(max_workers=1) as lane:
        read = lane.submit(read_ada, database).result()
        with database.work() as work:
            saved = work.records(Patient).update(replace(kept, city="Ulm"))
            work.commit()
        read_again = lane.submit(read_ada, database).result()
    database.close()

    assert (read, read_again) == (kept, saved)


def read_ada(database: SqliteDatabase) -> Patient:
    with database.work() as work:
        return work.records(Patient).get(ADA.id)


# --- what happens while it is open --------------------------------------------------------


def test_a_full_disk_keeps_nothing_of_the_save_and_everything_before(
    database: SqliteDatabase,
) -> None:
    with database.work() as work:
        with_owners(work)
        work.commit()
    connection, _ = database._opened()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    big = replace(filled(StoredSheet), pdf=bytes(1_000_000))

    with suppress(DiskFullError), database.work() as work:
        work.records(Visit).update(replace(VISIT, version=1, room="2"))
        work.records(StoredSheet).add(big)
        pytest.fail("there was room")

    with database.work() as work:
        assert work.records(Visit).get(VISIT.id).room == ""
        assert work.records(StoredSheet).all() == ()


@needs_users
def test_a_file_that_was_taken_away_is_noticed_at_the_next_save(desk: Opening) -> None:
    database = desk()
    kept = keep_ada(database)
    database.path.unlink()

    with pytest.raises(AppError) as failure, database.work() as work:
        work.records(Patient).update(kept)

    assert type(failure.value) is DatabaseMissingError


def test_a_mistake_of_ours_is_not_passed_off_as_a_failure(database: SqliteDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), database.work() as work:
        work._session.one("SELECT 1 FROM no_table", {})


# --- what is only ever added to -----------------------------------------------------------


@pytest.mark.parametrize("statement", ["DELETE FROM trail", "UPDATE trail SET actor_id = 'x'"])
def test_the_trail_cannot_be_changed(database: SqliteDatabase, statement: str) -> None:
    keep_ada(database)

    with (
        raw(database) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only ever added"),
    ):
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM sheet", "UPDATE sheet SET pdf = x'00'", "UPDATE sheet SET inputs=''"]
)
def test_a_sheet_that_was_handed_out_cannot_be_changed(
    database: SqliteDatabase, statement: str
) -> None:
    with database.work() as work:
        with_owners(work)
        work.records(StoredSheet).add(filled(StoredSheet))
        work.commit()

    with raw(database) as connection, pytest.raises(sqlite3.IntegrityError, match="handed out"):
        connection.execute(statement)


# --- several at one database ----------------------------------------------------------------


def add_ada(database: SqliteDatabase) -> None:
    with database.work() as work:
        work.records(Patient).add(ADA)
        work.commit()


def test_what_another_program_saved_is_noticed_once(desk: Opening) -> None:
    here, there = desk(), desk()
    asked = [here.changed_elsewhere()]
    there.open()
    here.changed_elsewhere()

    add_ada(there)
    asked += [here.changed_elsewhere(), here.changed_elsewhere()]

    assert asked == [False, True, False]


def test_what_this_program_saved_is_not_elsewhere(desk: Opening) -> None:
    here = desk()
    here.changed_elsewhere()

    add_ada(here)

    assert not here.changed_elsewhere()
