"""A window looks for what others saved, one look at a time, and never complains by itself."""

from typing import cast

import pytest
from PySide6.QtCore import QObject

from intake_app.domain.errors import DatabaseLockedError
from intake_app.ui.presenters.elsewhere import Elsewhere
from intake_app.ui.presenters.main import MainPresenter
from tests.fakes_ui import ImmediateTasks

pytestmark = pytest.mark.usefixtures("qapp")


class Database:
    """Says what it is told."""

    def __init__(self) -> None:
        self.answers: list[bool] = []
        self.locked = False
        self.asked = 0

    def changed_elsewhere(self) -> bool:
        self.asked += 1
        if self.locked:
            raise DatabaseLockedError
        return self.answers.pop(0) if self.answers else False


class Main(QObject):
    """As much of the program as a look needs."""

    def __init__(self) -> None:
        super().__init__()
        self.database = Database()
        self.tasks = ImmediateTasks()
        self.is_open = True

    @property
    def services(self) -> "Main":
        return self


@pytest.fixture
def main() -> Main:
    """Return a program whose database is open."""
    return Main()


def watch(main: Main) -> tuple[Elsewhere, list[bool]]:
    """Return a watch and what it told."""
    elsewhere = Elsewhere(cast("MainPresenter", main), main)
    told: list[bool] = []
    elsewhere.changed.connect(lambda: told.append(True))
    return elsewhere, told


def test_only_what_others_saved_is_told(main: Main) -> None:
    elsewhere, told = watch(main)
    main.database.answers = [False, True, False]

    for _ in range(3):
        elsewhere.look()

    assert told == [True]


def test_a_busy_database_is_asked_once_and_not_in_a_row(main: Main) -> None:
    elsewhere, _ = watch(main)
    main.tasks.held = True

    for _ in range(5):
        elsewhere.look()
    main.tasks.release()

    assert main.database.asked == 1


def test_after_a_look_that_failed_the_next_one_is_made(main: Main) -> None:
    elsewhere, told = watch(main)
    main.database.locked = True
    elsewhere.look()
    main.database.locked = False
    main.database.answers = [True]

    elsewhere.look()

    assert told == [True]


def test_nothing_is_asked_before_the_database_is_open(main: Main) -> None:
    elsewhere, _ = watch(main)
    main.is_open = False

    elsewhere.look()

    assert main.database.asked == 0
