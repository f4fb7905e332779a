"""The lock: everything is saved first, then nothing of a patient is seen, said or opened."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QTabWidget

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.patients import Patient
from intake_app.ui.app import Window
from intake_app.ui.notices import Question, QuestionDialog
from intake_app.ui.presenters.lock import LockPresenter
from intake_app.ui.views.curtain import Curtain
from tests.hands import Hands

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
PATIENT = "Marsh"
ME, OTHER, PHYSICIAN = "Nora Bell", "Sam Ortiz", "Dr. Ruth Calder"


def curtain_of(window: Window) -> Curtain:
    """Return the curtain of a window that works."""
    assert window.main.curtain is not None
    return window.main.curtain


def presenter_of(window: Window) -> LockPresenter:
    """Return the lock of a window that works."""
    return curtain_of(window).presenter


def open_patient(hands: Hands, name: str = PATIENT) -> None:
    """Open a patient from the search box."""
    hands.search(name)
    hands.wait(lambda: hands.seen("search.results") is not None, "results")
    hands.settle(0.3)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.seen("header.name") and name in hands.text("header.name"), name)
    hands.find("patient.family_name")


def lock(hands: Hands) -> None:
    """Lock with the keys."""
    hands.key(Qt.Key.Key_L, CONTROL)
    hands.find("lock.staff")


def go_on(hands: Hands, letters: str = "nora") -> None:
    """Pick a name by its letters and take it."""
    hands.focus("lock.staff")
    hands.type(letters)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.seen("lock") is None, "unlocked")


def picked(hands: Hands) -> list[str]:
    """Return the names that are picked."""
    names = hands.find("lock.staff")
    assert isinstance(names, QListWidget)
    return [item.text() for item in names.selectedItems()]


def press(window: Window, text: str) -> None:
    """Press keys as a scanner does and the system delivers them."""
    Hands(window.main).wait(lambda: window.scanner is not None, "scanner")
    handle = window.main.windowHandle()
    assert handle is not None
    for letter in text:
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter.upper()))
        QTest.sendKeyEvent(QTest.KeyAction.Click, handle, key, letter, PLAIN)


def spoken() -> str:
    """Return everything a screen reader can find in all windows of the program."""
    found: list[str] = []

    def walk(part: QAccessibleInterface | None) -> None:
        if part is None or not part.isValid():
            return
        kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        found.extend(part.text(kind) for kind in kinds)
        for number in range(part.childCount()):
            walk(part.child(number))

    application = QApplication.instance()
    assert application is not None
    walk(QAccessible.queryAccessibleInterface(application))
    for top in QApplication.topLevelWidgets():
        if top.windowHandle() is not None:
            walk(QAccessible.queryAccessibleInterface(top))
    return "\n".join(found)


@pytest.fixture
def locked(opened: Window, hands: Hands) -> Hands:
    """Return the keyboard at a window that is locked over a patient."""
    open_patient(hands)
    lock(hands)
    return hands


@pytest.fixture
def blocked(opened: Window, demonstration: Paths) -> Iterator[sqlite3.Connection]:
    """Return another program that can keep the database to itself."""
    other = sqlite3.connect(demonstration.database, isolation_level=None, timeout=10)
    yield other
    other.close()


def stored(paths: Paths, family_name: str) -> Patient:
    """Return a patient as another program reads it."""
    application = Application(paths)
    try:
        with application.office.work() as work:
            return next(
                each for each in work.records(Patient).all() if each.family_name == family_name
            )
    finally:
        application.close()


# --- locking ------------------------------------------------------------------------------------


def test_the_button_locks_and_says_what_it_does(
    hands: Hands, name_of: Callable[[object], str]
) -> None:
    button = hands.find("action.lock")

    assert (name_of(button), "Ctrl+L" in button.toolTip()) == ("Lock", True)
    hands.press("action.lock")
    assert hands.find("lock.staff").hasFocus()


def test_everything_typed_is_saved_first(hands: Hands, demonstration: Paths) -> None:
    open_patient(hands)
    city = hands.focus("patient.city")
    assert isinstance(city, QLineEdit)
    city.selectAll()
    hands.type("Ottumwa")

    lock(hands)

    hands.wait(lambda: hands.text("lock.state") == "Locked. Everything typed is saved.", "saved")
    assert stored(demonstration, PATIENT).city == "Ottumwa"


def test_the_page_says_clinic_time_and_who_works_here(opened: Window, locked: Hands) -> None:
    names = locked.find("lock.staff")
    assert isinstance(names, QListWidget)

    assert locked.text("lock.clinic") == "Prairie Spine Center"
    assert locked.text("lock.time").count(":") == 1
    shown = [names.item(row).text() for row in range(names.count())]
    assert [line.partition(" · ")[0] for line in shown] == [
        person.name for person in opened.presenter.staff
    ]


def test_nobody_is_picked_beforehand(locked: Hands) -> None:
    locked.key(Qt.Key.Key_Return)

    assert (picked(locked), locked.seen("lock") is not None) == ([], True)


# --- nothing of a patient -----------------------------------------------------------------------


def test_a_screen_reader_finds_no_patient(opened: Window, hands: Hands) -> None:
    open_patient(hands)
    before = spoken()

    lock(hands)

    after = spoken()
    assert PATIENT in before
    assert (PATIENT in after, "1948" in after, ME in after) == (False, False, True)


def test_names_that_were_searched_for_are_gone_as_well(opened: Window, hands: Hands) -> None:
    hands.search("marsh")
    hands.wait(lambda: hands.seen("search.results") is not None, "results")

    lock(hands)

    assert PATIENT not in spoken()
    assert "marsh" not in spoken()


def test_the_title_says_nothing_new(opened: Window, locked: Hands) -> None:
    assert opened.main.windowTitle() == "Spine Intake"


def test_a_window_over_the_page_is_put_away_and_comes_back(hands: Hands) -> None:
    open_patient(hands)
    hands.press("action.show_history")
    dialog = hands.find("history")

    curtain = hands.window.curtain  # type: ignore[attr-defined] # the main window
    curtain.presenter.lock()

    assert (dialog.isVisible(), PATIENT in spoken()) == (False, False)
    go_on(hands)
    assert hands.find("history") is dialog


def test_the_keys_lock_from_a_window_over_the_page(opened: Window, hands: Hands) -> None:
    open_patient(hands)
    hands.press("action.show_history")
    handle = hands.find("history").windowHandle()
    hands.wait(lambda: QApplication.focusWindow() is handle, "focus")

    QTest.sendKeyEvent(QTest.KeyAction.Press, handle, Qt.Key.Key_L, "", CONTROL)

    hands.wait(lambda: presenter_of(opened).is_locked, "locked")
    assert hands.seen("history") is None


def test_a_question_gets_the_safe_answer(opened: Window, hands: Hands) -> None:
    QTimer.singleShot(100, presenter_of(opened).lock)

    assert opened.main.notices.ask(Question(text=f"Remove {PATIENT}?")) is False
    hands.settle(0.05)
    assert PATIENT not in spoken()


def test_no_question_comes_up_over_the_lock(opened: Window, locked: Hands) -> None:
    dialog = QuestionDialog(Question(text=f"Print for {PATIENT}?"), opened.main)
    QTimer.singleShot(2000, dialog, dialog.accept)  # should it come up after all

    assert opened.main.notices.run(dialog) is False
    assert QApplication.activeModalWidget() is None


# --- nothing is opened --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_K, CONTROL),
        (Qt.Key.Key_N, CONTROL),
        (Qt.Key.Key_P, CONTROL),
        (Qt.Key.Key_F1, PLAIN),
        (Qt.Key.Key_F2, PLAIN),
        (Qt.Key.Key_3, ALT),
        (Qt.Key.Key_T, ALT),
        (Qt.Key.Key_Escape, PLAIN),
        (Qt.Key.Key_Tab, PLAIN),
        (Qt.Key.Key_L, CONTROL),
    ],
)
def test_the_keys_of_the_window_below_do_nothing(
    opened: Window, locked: Hands, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    page = opened.main.patients.current

    locked.key(key, modifier)
    locked.settle(0.05)

    assert locked.find("lock.staff").hasFocus()
    assert QApplication.activeModalWidget() is None
    go_on(locked)
    locked.settle(0.05)
    assert opened.main.patients.current is page
    assert opened.main.registrations.current is None


@pytest.mark.parametrize("text", ["P-000001\r", "NORA\r", "nora\r", "12345678\r"])
def test_a_scan_does_nothing(opened: Window, locked: Hands, text: str) -> None:
    Hands(opened.main).wait(lambda: opened.scanner is not None, "scanner")

    press(opened, text)
    locked.settle(0.4)

    assert presenter_of(opened).is_locked
    assert opened.main.top.search.text() in ("", PATIENT)


def test_a_visit_that_was_asked_for_waits_until_the_same_person_is_back(
    opened: Window, locked: Hands
) -> None:
    here = opened.main.patients.current
    assert here is not None

    opened.main.open_visit(here.presenter.visit_id)

    assert opened.main.patients.current is here
    go_on(locked)
    assert opened.main.patients.current not in (None, here)


# --- going on -----------------------------------------------------------------------------------


def test_the_same_person_goes_on_in_the_same_field(opened: Window, hands: Hands) -> None:
    open_patient(hands)
    hands.key(Qt.Key.Key_6, ALT)
    field = hands.focus("visit.operator")
    page = opened.main.patients.current

    lock(hands)
    go_on(hands)

    assert opened.main.patients.current is page
    assert hands.find("visit.operator") is field
    assert field.hasFocus()


def test_a_text_that_is_no_value_is_still_there(hands: Hands) -> None:
    open_patient(hands)
    hands.fill("patient.birth_date", "32 March")

    lock(hands)
    go_on(hands)

    assert hands.text("patient.birth_date") == "32 March"


def test_any_word_of_a_name_picks_it(opened: Window, locked: Hands) -> None:
    locked.type("ca")

    assert picked(locked)[0].startswith(PHYSICIAN)


def test_somebody_else_goes_on_with_their_own_rights_in_the_same_section(
    opened: Window, hands: Hands
) -> None:
    open_patient(hands)
    hands.key(Qt.Key.Key_6, ALT)
    page, section = opened.main.patients.current, opened.main.patients.current.current  # type: ignore[union-attr] # it is open
    lock(hands)

    go_on(hands, "sam")

    assert opened.presenter.actor.name == OTHER
    now = opened.main.patients.current
    assert now is not None
    assert now is not page
    hands.wait(lambda: now.presenter.is_loaded and now.current is section, "the section")
    assert now.presenter.actor.name == OTHER


def test_a_new_patient_half_typed_stays_with_who_typed(opened: Window, hands: Hands) -> None:
    hands.key(Qt.Key.Key_N, CONTROL)
    hands.fill("registration.family_name", "Quimby")
    lock(hands)

    go_on(hands, "sam")

    hands.find("today.table")
    actors = {person.name: person for person in opened.presenter.staff}
    new = opened.presenter.services.new_patients
    hands.wait(opened.main.is_saved, "saved")
    assert [half.name for half in new.half_typed(actors[ME])] == ["Quimby"]
    assert new.half_typed(actors[OTHER]) == ()


def test_a_window_that_was_open_closes_for_somebody_else(hands: Hands) -> None:
    open_patient(hands)
    hands.press("action.show_history")
    hands.find("history")
    hands.window.curtain.presenter.lock()  # type: ignore[attr-defined] # the main window

    go_on(hands, "sam")

    hands.settle(0.1)
    assert hands.seen("history") is None


def test_the_keys_work_again_afterwards(hands: Hands) -> None:
    lock(hands)
    go_on(hands)

    hands.key(Qt.Key.Key_K, CONTROL)
    assert hands.find("search").hasFocus()
    lock(hands)
    assert hands.find("lock.staff").hasFocus()


def test_a_locked_window_can_be_closed(opened: Window, locked: Hands) -> None:
    opened.main.close()

    locked.wait(opened.main.isHidden, "closed")


# --- saving fails -------------------------------------------------------------------------------


def test_what_cannot_be_saved_is_kept_and_tried_again(
    opened: Window, hands: Hands, blocked: sqlite3.Connection, demonstration: Paths
) -> None:
    open_patient(hands)
    hands.settle(0.3)
    blocked.execute("BEGIN EXCLUSIVE")
    city = hands.focus("patient.city")
    assert isinstance(city, QLineEdit)
    city.selectAll()
    hands.type("Keokuk")

    lock(hands)

    hands.wait(lambda: hands.text("lock.state").startswith("Not everything could"), "said")
    blocked.execute("ROLLBACK")
    hands.wait(lambda: hands.text("lock.state") == "Locked. Everything typed is saved.", "saved")
    assert stored(demonstration, PATIENT).city == "Keokuk"


# --- by itself ----------------------------------------------------------------------------------


def test_it_locks_by_itself_when_nobody_is_there(opened: Window, hands: Hands) -> None:
    activity = curtain_of(opened).activity
    assert activity.limit_s == 600
    activity.limit_s = 0.001
    hands.settle(0.05)

    activity.look()

    assert hands.find("lock.staff").hasFocus()


def test_with_never_it_does_not(opened: Window, hands: Hands) -> None:
    opened.preferences.change(lock_minutes=0)
    activity = curtain_of(opened).activity
    hands.settle(0.05)

    activity.look()

    assert (activity.limit_s, presenter_of(opened).is_locked) == (0, False)


def test_it_waits_while_a_save_is_pending(opened: Window, hands: Hands) -> None:
    open_patient(hands)
    hands.focus("patient.city")
    hands.type("x")

    assert presenter_of(opened).lock_unasked() is False
    hands.wait(opened.main.is_saved, "saved")
    assert presenter_of(opened).lock_unasked() is True


def test_it_waits_while_the_system_asks_how_to_print(
    opened: Window, hands: Hands, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    dialog = QPrintDialog(printer, opened.main)
    dialog.setModal(True)
    dialog.show()

    assert presenter_of(opened).lock_unasked() is False
    dialog.close()
    assert presenter_of(opened).lock_unasked() is True


def test_a_key_in_the_program_puts_it_off(opened: Window, hands: Hands) -> None:
    now = [1000.0]
    activity = curtain_of(opened).activity
    activity.clock = lambda: now[0]
    activity.touch()
    now[0] += 599
    handle = opened.main.windowHandle()
    QTest.sendKeyEvent(QTest.KeyAction.Click, handle, Qt.Key.Key_Shift, "", PLAIN)
    now[0] += 599

    activity.look()
    hands.settle(0.05)

    assert presenter_of(opened).is_locked is False
    now[0] += 1
    activity.look()
    hands.wait(lambda: presenter_of(opened).is_locked, "locked")


def test_the_settings_offer_the_minutes_and_say_what_the_lock_is_not(
    opened: Window, hands: Hands
) -> None:
    hands.press("action.show_settings")
    tabs = hands.find("settings.tabs")
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(3)

    hands.choose("settings.lock_minutes", "After 30 minutes")

    assert opened.preferences.settings.lock_minutes == 30
    assert curtain_of(opened).activity.limit_s == 30 * 60
    assert "no PINs" in hands.find("settings.lock_minutes").accessibleDescription()
