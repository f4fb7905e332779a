"""Two windows, two programs, two people: each sees what the other does, and nothing gets lost."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Actor
from intake_app.ui.app import Window
from tests.hands import Hands

ROOT = Path(__file__).parents[2]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def two(start_window: Callable[[Paths], Window], demonstration: Paths) -> tuple[Hands, Hands]:
    """Return two keyboards at two windows of one database, each with another person at it."""
    windows = [start_window(demonstration) for _ in range(2)]
    hands = []
    for number, window in enumerate(windows):
        Hands(window.main).find("today.table")
        window.presenter.be(window.presenter.staff[number].id)
        hands.append(Hands(window.main))
    return hands[0], hands[1]


def any_visit(paths: Paths) -> tuple[str, Patient]:
    """Return the latest visit of one patient of the demonstration clinic."""
    application = Application(paths)
    try:
        actor = Actor.of(application.clinic.staff()[0])
        with application.office.work() as work:
            patient = work.records(Patient).all()[0]
        return application.patients.latest_visit(actor, patient.id), patient
    finally:
        application.close()


def stored(paths: Paths, patient_id: str) -> Patient:
    """Return a patient as another program reads it."""
    application = Application(paths)
    try:
        with application.office.work() as work:
            return work.records(Patient).get(patient_id)
    finally:
        application.close()


def open_visit(hands: Hands, visit_id: str) -> None:
    """Show the page of a visit."""
    hands.window.open_visit(visit_id)  # type: ignore[attr-defined] # the main window
    hands.find("patient.city")


def test_what_one_window_saves_the_other_shows(
    two: tuple[Hands, Hands], demonstration: Paths
) -> None:
    visit_id, _ = any_visit(demonstration)
    first, second = two
    for hands in two:
        open_visit(hands, visit_id)

    first.fill("patient.city", "Shelbyville")

    second.wait(lambda: second.text("patient.city") == "Shelbyville", "the city")
    second.wait(lambda: "City" in second.text("draft_bar.others"), "who changed it")


def test_fields_that_do_not_touch_merge(two: tuple[Hands, Hands], demonstration: Paths) -> None:
    visit_id, patient = any_visit(demonstration)
    first, second = two
    for hands in two:
        open_visit(hands, visit_id)

    first.fill("patient.city", "Shelbyville")
    second.fill("patient.region", "Iowa")

    first.wait(lambda: first.text("patient.region") == "Iowa", "the region")
    now = stored(demonstration, patient.id)
    assert (now.city, now.region) == ("Shelbyville", "Iowa")


@pytest.mark.parametrize(
    ("button", "kept"), [("keep_mine", "Boone"), ("take_theirs", "Shelbyville")]
)
def test_two_values_for_one_field_wait_for_a_button(
    two: tuple[Hands, Hands], demonstration: Paths, button: str, kept: str
) -> None:
    visit_id, patient = any_visit(demonstration)
    first, second = two
    for hands in two:
        open_visit(hands, visit_id)
    second.window.elsewhere.stop()  # type: ignore[attr-defined] # they type in the same second

    first.fill("patient.city", "Shelbyville")
    first.wait(lambda: stored(demonstration, patient.id).city == "Shelbyville", "the first save")
    second.fill("patient.city", "Boone")
    second.find("conflict.patient.city")
    before = stored(demonstration, patient.id).city
    second.press(f"action.{button}.patient.city")

    second.wait(lambda: second.seen("conflict.patient.city") is None, "settled")
    second.wait(lambda: stored(demonstration, patient.id).city == kept, kept)
    assert before == "Shelbyville"
    assert second.text("patient.city") == kept


def test_the_day_of_the_other_window_follows(
    two: tuple[Hands, Hands], demonstration: Paths
) -> None:
    first, second = two
    table = second.find("today.table")
    model = table.model()  # type: ignore[attr-defined] # a table
    before = model.rowCount()

    application = Application(demonstration)
    actor = Actor.of(application.clinic.staff()[0])
    application.patients.register(actor, "Newcomer, Nina 3/4/1951")
    application.close()

    second.wait(lambda: model.rowCount() == before + 1, "one more line")
    assert first.window.isVisible()


# --- undo -----------------------------------------------------------------------------------


def test_undoing_by_key_never_takes_the_key_from_an_input(
    hands: Hands, demonstration: Paths
) -> None:
    visit_id, patient = any_visit(demonstration)
    open_visit(hands, visit_id)
    hands.fill("patient.region", "Iowa")
    hands.wait(lambda: stored(demonstration, patient.id).region == "Iowa", "saved")
    hands.focus("patient.city")
    hands.type("X")

    hands.key(Qt.Key.Key_Z, CONTROL)

    assert hands.text("patient.city") == patient.city
    assert hands.text("patient.region") == "Iowa"


def test_undoing_by_key_outside_of_an_input_and_back(hands: Hands, demonstration: Paths) -> None:
    visit_id, patient = any_visit(demonstration)
    open_visit(hands, visit_id)
    hands.fill("patient.city", "Shelbyville")
    hands.find("action.undo_changes")
    hands.focus("patient.sex")

    QTest.keySequence(hands.window, QKeySequence(QKeySequence.StandardKey.Undo))

    hands.wait(lambda: stored(demonstration, patient.id).city == patient.city, "undone")
    hands.wait(lambda: hands.text("patient.city") == patient.city, "shown")
    hands.press("action.redo_changes")
    hands.wait(lambda: hands.text("patient.city") == "Shelbyville", "brought back")


def test_saving_by_key_ends_the_draft(hands: Hands, demonstration: Paths) -> None:
    visit_id, _ = any_visit(demonstration)
    open_visit(hands, visit_id)
    hands.fill("patient.city", "Shelbyville")
    hands.find("action.undo_changes")

    hands.key(Qt.Key.Key_S, CONTROL)

    hands.wait(lambda: hands.seen("draft_bar") is None, "nothing to say")


def test_somebody_else_taking_over_saves_first(opened: Window, demonstration: Paths) -> None:
    visit_id, patient = any_visit(demonstration)
    hands = Hands(opened.main)
    open_visit(hands, visit_id)
    hands.focus("patient.city")
    city = hands.find("patient.city")
    city.selectAll()  # type: ignore[attr-defined] # a line
    hands.type("Shelbyville")

    opened.presenter.be(opened.presenter.staff[1].id)

    hands.wait(lambda: stored(demonstration, patient.id).city == "Shelbyville", "saved")


# --- a program that dies ----------------------------------------------------------------------

TYPING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.ui import theme
from intake_app.ui.app import Window
from tests.hands import Hands
paths = Paths(Path(sys.argv[1]))
application = theme.start("test")
window = Window(application, lambda: Application(paths), paths)
window.show()
hands = Hands(window.main)
hands.find("today.table")
window.main.open_visit(sys.argv[2])
for name, text in (("patient.birth_date", "31/2"), ("patient.city", "Shelby")):
    hands.find(name).selectAll()
    hands.focus(name)
    hands.find(name).selectAll()
    hands.type(text)
hands.settle(1.0)
print("typed", flush=True)
while True:
    hands.settle(1.0)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_what_was_typed_a_second_ago_is_there_after_a_kill(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    visit_id, patient = any_visit(demonstration)
    command = [sys.executable, "-c", TYPING, str(demonstration.data), visit_id]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        program.send_signal(signal.SIGKILL)

    window = start_window(demonstration)
    hands = Hands(window.main)
    hands.find("today.table")
    open_visit(hands, visit_id)

    assert said == "typed\n"
    hands.wait(lambda: hands.text("patient.birth_date") == "31/2", "the half date")
    assert hands.text("patient.city") == "Shelby"
    assert hands.text("draft_bar.mine").startswith("Not finished since")
    hands.press("action.undo_changes")
    hands.wait(lambda: hands.text("patient.city") == patient.city, "as before")
    assert stored(demonstration, patient.id).birth_date == patient.birth_date


# --- a database that cannot be reached ----------------------------------------------------------


@pytest.fixture
def unreachable(demonstration: Paths) -> Iterator[Callable[[], None]]:
    """Return a function that keeps the database from being written to, until the test ends."""
    held = sqlite3.connect(demonstration.database, isolation_level=None)

    def hold() -> None:
        held.execute("BEGIN EXCLUSIVE")

    yield hold
    held.close()


@pytest.mark.slow
def test_closing_warns_only_where_nothing_can_be_saved_and_hands_the_text_out(
    opened: Window, demonstration: Paths, unreachable: Callable[[], None]
) -> None:
    visit_id, _ = any_visit(demonstration)
    hands = Hands(opened.main)
    open_visit(hands, visit_id)
    hands.settle(0.5)
    opened.main.elsewhere.stop()
    unreachable()
    hands.find("patient.city").selectAll()  # type: ignore[attr-defined] # a line
    hands.focus("patient.city")
    hands.type("Shelbyville")
    shown: list[QDialog] = []
    opened.main.notices.run = lambda dialog: shown.append(dialog) or False  # type: ignore[method-assign,func-returns-value]

    opened.main.close()

    hands.wait(lambda: shown, "the question")
    (dialog,) = shown
    (copy,) = dialog.findChildren(QPushButton, "action.copy_unsaved")
    copy.click()
    assert "City: " in QGuiApplication.clipboard().text()
    assert "Shelbyville" in QGuiApplication.clipboard().text()
    assert opened.main.isVisible()
    assert hands.text("patient.city").endswith("Shelbyville")
