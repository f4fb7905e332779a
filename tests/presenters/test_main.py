"""Opening the database, who acts, what changed, when the last backup was."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake_app.config.settings import Settings, SettingsFile
from intake_app.domain.errors import (
    DatabaseLockedError,
    DatabaseNewerError,
    StorageUnavailableError,
)
from intake_app.domain.staff import Role
from intake_app.services.program import Program
from intake_app.ui.presenters.main import ELSEWHERE, Changed, MainPresenter
from intake_app.ui.presenters.preferences import Preferences
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import MANAGER, Desk, a_desk

pytestmark = pytest.mark.usefixtures("qapp")


class FakeDatabase:
    """Opens, or says why it cannot."""

    def __init__(self, *refusals: StorageUnavailableError) -> None:
        self.refusals = list(refusals)

    def open(self, *, create: bool = True) -> None:
        if self.refusals:
            raise self.refusals.pop(0)


class Counter:
    """Counts what a presenter says."""

    def __init__(self, presenter: MainPresenter) -> None:
        self.said: list[str] = []
        self.errors: list[StorageUnavailableError] = []
        presenter.opened.connect(lambda: self.said.append("opened"))
        presenter.set_up_needed.connect(lambda: self.said.append("set up"))
        presenter.actor_changed.connect(lambda: self.said.append("actor"))
        presenter.unavailable.connect(self.errors.append)


def offered(desk: Desk, *refusals: StorageUnavailableError) -> Program:
    """Return a desk with a database file that opens, or does not at first."""
    desk.database = FakeDatabase(*refusals)  # type: ignore[attr-defined]
    desk.closed = 0  # type: ignore[attr-defined]

    def close() -> None:
        desk.closed += 1  # type: ignore[attr-defined]

    desk.close = close  # type: ignore[attr-defined]
    return program(desk)


def staffed() -> Desk:
    """Return a desk where Nora and Max work."""
    desk = a_desk()
    desk.clinic.add_staff(MANAGER, "Nora Hill", frozenset({Role.NURSE}))
    desk.clinic.add_staff(MANAGER, "Max Low", frozenset({Role.MANAGER}))
    return desk


def a_presenter(services: Program, folder: Path) -> MainPresenter:
    """Return a presenter over a data folder, not opened yet."""
    return MainPresenter(
        lambda: services,
        Preferences(folder / "settings.json"),
        database=folder / "intake.sqlite3",
        backups=folder / "backups",
    )


def opened(folder: Path, desk: Desk | None = None) -> MainPresenter:
    """Return a presenter with an open database."""
    presenter = a_presenter(offered(desk or staffed()), folder)
    presenter.open_with(ImmediateTasks())
    return presenter


def test_a_database_with_a_clinic_opens_the_day(tmp_path: Path) -> None:
    presenter = a_presenter(offered(staffed()), tmp_path)
    counter = Counter(presenter)

    presenter.open_with(ImmediateTasks())

    assert counter.said == ["opened"]
    assert presenter.database_words() == "Database open"


def test_an_empty_database_asks_for_the_set_up(tmp_path: Path) -> None:
    presenter = a_presenter(offered(Desk()), tmp_path)
    counter = Counter(presenter)

    presenter.open_with(ImmediateTasks())

    assert counter.said == ["set up"]


def test_after_the_set_up_the_day_opens(tmp_path: Path) -> None:
    desk = Desk()
    presenter = a_presenter(offered(desk), tmp_path)
    counter = Counter(presenter)
    presenter.open_with(ImmediateTasks())
    desk.clinic.set_up({"name": "Prairie"}, [("Nora", frozenset({Role.NURSE}))])

    presenter.reopen()

    assert counter.said == ["set up", "opened"]


def test_a_clinic_that_another_program_sets_up_opens_here_too(tmp_path: Path) -> None:
    desk = Desk()
    presenter = a_presenter(offered(desk), tmp_path)
    counter = Counter(presenter)
    presenter.open_with(ImmediateTasks())
    desk.clinic.set_up({"name": "Prairie"}, [("Nora Hill", frozenset({Role.NURSE}))])

    presenter.tell(Changed(ELSEWHERE))

    assert counter.said == ["set up", "opened"]
    assert presenter.actor.name == "Nora Hill"


@pytest.mark.parametrize("error", [DatabaseNewerError, DatabaseLockedError])
def test_a_database_that_cannot_be_opened_is_told_and_let_go(
    tmp_path: Path, error: type[StorageUnavailableError]
) -> None:
    desk = staffed()
    presenter = a_presenter(offered(desk, error()), tmp_path)
    counter = Counter(presenter)

    presenter.open_with(ImmediateTasks())

    assert [found.code for found in counter.errors] == [error.code]
    assert counter.said == []
    assert desk.closed == 1  # type: ignore[attr-defined]


def test_trying_again_opens_a_database_that_was_locked(tmp_path: Path) -> None:
    presenter = a_presenter(offered(staffed(), DatabaseLockedError()), tmp_path)
    counter = Counter(presenter)
    presenter.open_with(ImmediateTasks())

    presenter.open()

    assert counter.said == ["opened"]


def test_this_machine_remembers_who_worked_here_last(tmp_path: Path) -> None:
    desk = staffed()
    last = desk.clinic.staff()[1]
    SettingsFile(tmp_path / "settings.json").save(Settings(last_user=last.id))

    assert opened(tmp_path, desk).actor.name == "Max Low"


def test_somebody_who_no_longer_works_here_is_not_chosen(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "settings.json").save(Settings(last_user="gone"))

    assert opened(tmp_path).actor.name == "Nora Hill"


def test_changing_the_user_is_told_and_remembered(tmp_path: Path) -> None:
    presenter = opened(tmp_path)
    counter = Counter(presenter)
    other = presenter.staff[1]

    presenter.be(other.id)
    presenter.be(other.id)

    assert counter.said == ["actor"]
    assert presenter.actor.name == "Max Low"
    assert SettingsFile(tmp_path / "settings.json").load().settings.last_user == other.id


def test_new_staff_can_be_chosen_at_once(tmp_path: Path) -> None:
    desk = staffed()
    presenter = opened(tmp_path, desk)
    desk.clinic.add_staff(MANAGER, "Rita Vale", frozenset({Role.RECEPTION}))

    presenter.tell(Changed("staff"))

    assert [person.name for person in presenter.staff] == ["Nora Hill", "Max Low", "Rita Vale"]
    assert presenter.actor.name == "Nora Hill"


def test_what_changed_is_handed_to_every_page(tmp_path: Path) -> None:
    presenter = opened(tmp_path)
    heard: list[Changed] = []
    presenter.changed.connect(heard.append)

    presenter.tell(Changed("visit", "visit-1"))

    assert heard == [Changed("visit", "visit-1")]


def test_without_a_backup_the_status_line_says_so(tmp_path: Path) -> None:
    assert opened(tmp_path).backup_words() == "No backup yet"


def test_the_newest_backup_is_named_whoever_made_it(tmp_path: Path) -> None:
    made = datetime(2026, 11, 20, 12, 0, tzinfo=UTC).timestamp()
    copy = tmp_path / "backups" / "before-update.sqlite3"
    copy.parent.mkdir()
    copy.touch()
    os.utime(copy, (made, made))
    SettingsFile(tmp_path / "settings.json").save(Settings(last_backup="2026-11-18T12:00:00+00:00"))

    assert opened(tmp_path).backup_words() == "Last backup: 20 November 2026"


def test_closing_closes_the_database(tmp_path: Path) -> None:
    desk = staffed()
    presenter = opened(tmp_path, desk)

    presenter.close()

    assert desk.closed == 1  # type: ignore[attr-defined]
