"""Which name letters pick on the page of a locked window, and what locks unasked."""

from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QObject, Signal

from intake_app.domain.staff import Actor, Role
from intake_app.ui.presenters.autosave import RETRY_MS
from intake_app.ui.presenters.lock import LOOK_EVERY_MS, PATIENCE_MS, LockPresenter, picked
from intake_app.ui.presenters.main import MainPresenter

NAMES = ("Nora Bell", "Sam Ortiz", "Dr. Ruth Calder", "Renée Núñez")

pytestmark = pytest.mark.usefixtures("qapp")


class Clinic:
    """As much of a clinic as the page shows."""

    name = "Prairie Spine Center"
    zone = ZoneInfo("America/Chicago")


class Main(QObject):
    """As much of the program as a lock needs."""

    staff_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.staff = tuple(
            Actor(f"s{number}", name, frozenset({Role.NURSE})) for number, name in enumerate(NAMES)
        )
        self.actor = self.staff[0]
        self.clinic = Clinic()
        self.services = self.office = self.clock = self

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 3, 5, tzinfo=UTC)

    def be(self, staff_id: str) -> None:
        self.actor = next(person for person in self.staff if person.id == staff_id)


class Desk:
    """A window that saves, or does not."""

    def __init__(self) -> None:
        self.saved = True
        self.printing = False
        self.deeds: list[str] = []

    def put_down(self) -> None:
        self.deeds.append("put down")

    def save_now(self) -> None:
        self.deeds.append("saved again")

    def is_saved(self) -> bool:
        return self.saved

    def is_printing(self) -> bool:
        return self.printing


@pytest.fixture
def desk() -> Desk:
    """Return a window in which everything is saved."""
    return Desk()


@pytest.fixture
def lock(desk: Desk) -> LockPresenter:
    """Return the lock of that window."""
    main = Main()
    made = LockPresenter(cast("MainPresenter", main), desk)
    main.setParent(made)
    return made


@pytest.mark.parametrize(
    ("typed", "after", "number"),
    [
        ("n", -1, 0),
        ("n", 0, 3),
        ("n", 3, 0),
        ("SA", -1, 1),
        ("cal", -1, 2),
        ("dr. r", -1, 2),
        ("nun", 0, 3),
        ("rene", -1, 3),
        ("x", -1, None),
    ],
)
def test_letters_pick_a_name(typed: str, after: int, number: int | None) -> None:
    assert picked(NAMES, typed, after) == number


def test_nobody_works_here_nobody_is_picked() -> None:
    assert picked((), "n", -1) is None


def test_what_is_typed_is_saved_before_it_is_locked(lock: LockPresenter, desk: Desk) -> None:
    lock.locked.connect(lambda: desk.deeds.append("locked"))

    lock.lock()
    lock.lock()

    assert desk.deeds == ["put down", "locked"]


def test_the_time_is_that_of_the_clinic(lock: LockPresenter) -> None:
    text = lock.text()

    assert (text.clinic, text.time, text.day) == (
        "Prairie Spine Center",
        "21:05",
        "21 November 2026",
    )


@pytest.mark.parametrize(
    ("saved", "printing", "locked"),
    [(True, False, True), (False, False, False), (True, True, False)],
)
def test_unasked_it_locks_only_when_nothing_is_under_way(
    lock: LockPresenter, desk: Desk, *, saved: bool, printing: bool, locked: bool
) -> None:
    desk.saved, desk.printing = saved, printing

    assert lock.lock_unasked() is locked


def test_what_is_not_saved_is_said_and_tried_again(lock: LockPresenter, desk: Desk) -> None:
    desk.saved = False
    lock.lock()
    assert lock.text().state == "Locked. Saving what was typed…"

    for _ in range(PATIENCE_MS // LOOK_EVERY_MS):
        lock.look()
    assert lock.text().unsaved
    for _ in range((RETRY_MS - PATIENCE_MS) // LOOK_EVERY_MS):
        lock.look()

    assert desk.deeds == ["put down", "saved again"]
    desk.saved = True
    lock.look()
    assert lock.text().state == "Locked. Everything typed is saved."


@pytest.mark.parametrize(("staff_id", "told"), [("s0", [True]), ("s1", ["room", False])])
def test_whoever_picks_a_name_goes_on(
    lock: LockPresenter, staff_id: str, told: list[object]
) -> None:
    heard: list[object] = []
    lock.taking_over.connect(lambda: heard.append("room"))
    lock.unlocked.connect(heard.append)
    lock.lock()

    lock.unlock(staff_id)

    assert heard == told
    assert lock.is_locked is False


def test_somebody_who_does_not_work_here_stays_outside(lock: LockPresenter) -> None:
    lock.lock()

    lock.unlock("s9")

    assert lock.is_locked
