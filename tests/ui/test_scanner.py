"""A scanner types: real keys into the real window, as the system delivers them."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from intake_app.config.paths import Paths
from intake_app.config.settings import Settings, SettingsFile
from intake_app.ui.app import Window
from tests.hands import Hands
from tests.interop.licences import IOWA, a_licence

PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
HELEN = a_licence(DCS="MARSH", DAC="HELEN", DBB="03041948", DBC="2", DAG="1 ELM ST")
"""A patient of the demonstration clinic."""


def scan(window: Window, text: str) -> None:
    """Send keys as a keyboard-wedge scanner does: every line end is an Enter."""
    Hands(window.main).wait(lambda: window.scanner is not None, "scanner")
    assert window.scanner is not None
    # A busy machine may let more than 50 ms pass between two keys of a test.
    window.scanner.gap_ms = window.scanner.ended_ms = 1000
    press(window, text)


def press(window: Window, text: str) -> None:
    """Press keys as the system delivers them."""
    Hands(window.main).wait(lambda: window.scanner is not None, "scanner")
    handle = window.main.windowHandle()
    assert handle is not None
    for letter in text:
        key, typed = _key(letter)
        QTest.sendKeyEvent(QTest.KeyAction.Click, handle, key, typed, PLAIN)


def _key(letter: str) -> tuple[Qt.Key, str]:
    if letter in "\r\n":
        return Qt.Key.Key_Return, "\r"
    return (Qt.Key(ord(letter.upper())) if letter.isprintable() else Qt.Key.Key_unknown), letter


def rows(hands: Hands) -> list[str]:
    """Return the rows of the list under the search box."""
    view = hands.find("search.results")
    model = view.model()  # type: ignore[attr-defined]
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def new_patient(hands: Hands, typed: str = "") -> None:
    """Open the page for a new patient."""
    hands.search(typed)
    hands.key(Qt.Key.Key_N, CONTROL)
    hands.find("registration.family_name")


# --- licences -----------------------------------------------------------------------------------


def test_a_licence_searches_for_name_and_birth_date(opened: Window, hands: Hands) -> None:
    hands.focus("today.table")

    scan(opened, HELEN)

    hands.wait(lambda: hands.seen("search.results") is not None, "results")
    hands.wait(lambda: rows(hands)[0].startswith("Marsh, Helen, 4 March 1948"), "Helen")


def test_a_licence_fills_the_new_patient_who_is_open(opened: Window, hands: Hands) -> None:
    new_patient(hands)

    scan(opened, IOWA)

    hands.wait(lambda: hands.text("registration.family_name") == "Weber", "filled")
    assert hands.text("registration.given_name") == "Clara"
    assert hands.text("registration.birth_date") == "4 March 1951"
    assert hands.text("registration.city") == "Ames"
    assert hands.text("registration.mobile_phone") == ""


def test_a_new_patient_made_of_a_scanned_licence_has_its_address(
    opened: Window, hands: Hands
) -> None:
    scan(opened, IOWA)
    hands.wait(lambda: hands.seen("search.results") is not None, "results")

    hands.key(Qt.Key.Key_N, CONTROL)

    hands.find("registration.city")
    assert hands.text("registration.address_line_1") == "12 Main St"


@pytest.mark.parametrize("field", ["registration.given_name", "registration.mobile_phone"])
def test_nothing_of_a_scan_lands_in_the_field_and_its_enters_press_nothing(
    opened: Window, hands: Hands, field: str
) -> None:
    new_patient(hands, "Miller")
    hands.focus(field)

    scan(opened, IOWA[: len(IOWA) // 2])
    hands.wait(lambda: hands.seen("notices.text") is not None, "told")

    assert "did not arrive whole" in hands.text("notices.text")
    assert hands.text(field) == ""
    assert hands.seen("registration.family_name") is not None
    assert hands.seen("header.name") is None


def test_a_button_with_the_focus_is_not_pressed(opened: Window, hands: Hands) -> None:
    new_patient(hands, "Miller")
    hands.focus("action.create_patient")

    scan(opened, IOWA)

    hands.wait(lambda: hands.text("registration.city") == "Ames", "filled")
    assert hands.seen("header.name") is None


def test_a_shortcut_of_enter_is_not_taken(opened: Window, hands: Hands) -> None:
    hands.press("action.show_patients")
    hands.fill("patients.find", "mar")
    hands.wait(lambda: hands.seen("patients.table") is not None, "found")
    hands.focus("patients.table")

    scan(opened, IOWA)

    hands.wait(lambda: hands.seen("search.results") is not None, "results")
    assert hands.seen("header.name") is None


def test_two_scans_one_after_the_other_create_nobody_twice(opened: Window, hands: Hands) -> None:
    new_patient(hands)

    scan(opened, IOWA)
    hands.wait(lambda: hands.seen("registration.city") is not None, "filled")
    scan(opened, IOWA)
    hands.settle(0.3)

    assert hands.text("registration.family_name") == "Weber"
    assert hands.seen("notices.text") is None


# --- people -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["@", "@x", "jo@ex", "@A", "@@", "@1"])
def test_what_a_person_types_arrives(opened: Window, hands: Hands, typed: str) -> None:
    box = hands.focus("search")
    assert isinstance(box, QLineEdit)

    press(opened, typed)

    hands.wait(lambda: box.text() == typed, typed)


def test_a_person_who_goes_on_after_a_pause_loses_nothing(opened: Window, hands: Hands) -> None:
    box = hands.focus("search")
    assert isinstance(box, QLineEdit)

    press(opened, "@")
    hands.wait(lambda: box.text() == "@", "late")
    press(opened, "ANSI 1234")

    hands.wait(lambda: box.text() == "@ANSI 1234", "typed")


def test_a_number_typed_by_a_person_while_the_window_was_busy_stays(
    opened: Window, hands: Hands
) -> None:
    new_patient(hands, "Miller")
    field = hands.focus("registration.given_name")
    assert isinstance(field, QLineEdit)
    handle = opened.main.windowHandle()
    assert handle is not None

    # Delivered at once, but pressed a fifth of a second apart.
    for number, letter in enumerate("5550142\n"):
        key, text = _key(letter)
        late = QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, text)
        late.setTimestamp(10_000_000 + 200 * number)
        QCoreApplication.sendEvent(handle, late)

    assert field.text() == "5550142"
    assert not field.hasFocus()


# --- cards --------------------------------------------------------------------------------------


def test_a_card_scanned_into_any_field_opens_its_patient(opened: Window, hands: Hands) -> None:
    new_patient(hands, "Miller")
    field = hands.focus("registration.given_name")
    assert isinstance(field, QLineEdit)
    hands.type("Jo", field)
    held: list[str] = []
    field.textChanged.connect(held.append)

    scan(opened, "P-000003\n")

    hands.find("header.name")
    hands.wait(lambda: "Nu" in hands.text("header.name"), "opened")
    assert held[-1] == "Jo"


def test_a_card_scanned_over_a_picked_answer_does_not_change_it(
    opened: Window, hands: Hands
) -> None:
    new_patient(hands, "Miller")
    hands.choose("registration.sex", "Female")
    box = hands.focus("registration.sex")
    assert isinstance(box, QComboBox)
    held: list[int] = []
    box.currentIndexChanged.connect(held.append)

    scan(opened, "M1000003\n")
    hands.settle()

    assert box.itemText(held[-1]) == "Female"


def test_letters_typed_as_fast_are_no_card(opened: Window, hands: Hands) -> None:
    box = hands.focus("search")
    assert isinstance(box, QLineEdit)

    scan(opened, "sukarno\n")

    hands.wait(lambda: hands.seen("header.name") is not None, "opened")


@pytest.fixture
def with_prefix(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> tuple[Window, Hands]:
    """Return the program on a machine whose scanner sends ~ before a card's number."""
    SettingsFile(demonstration.settings).save(Settings(scan_prefix="~"))
    window = start_window(demonstration)
    hands = Hands(window.main)
    hands.find("today.table")
    hands.wait(lambda: window.scanner is not None, "scanner")
    return window, hands


def test_a_card_with_the_scanners_sign_never_touches_the_field(
    with_prefix: tuple[Window, Hands],
) -> None:
    window, hands = with_prefix
    hands.press("action.show_patients")
    field = hands.focus("patients.find")
    assert isinstance(field, QLineEdit)
    seen: list[str] = []
    field.textChanged.connect(seen.append)

    scan(window, "~P-000003\n")

    hands.find("header.name")
    assert seen == []


def test_a_card_that_is_cut_off_is_told(with_prefix: tuple[Window, Hands]) -> None:
    window, hands = with_prefix

    scan(window, "~P-00000")

    hands.wait(lambda: hands.seen("notices.text") is not None, "told")
    assert "did not arrive whole" in hands.text("notices.text")


def test_the_sign_typed_by_a_person_arrives(with_prefix: tuple[Window, Hands]) -> None:
    window, hands = with_prefix
    box = hands.focus("search")
    assert isinstance(box, QLineEdit)

    press(window, "~a")

    hands.wait(lambda: box.text() == "~a", "typed")


def test_the_sign_is_chosen_in_the_settings(opened: Window, hands: Hands) -> None:
    hands.press("action.show_settings")
    page = opened.main.settings_page
    assert page is not None
    tabs = page.tabs
    pages = cast("list[QWidget]", [tabs.widget(index) for index in range(tabs.count())])
    inside = [each.isAncestorOf(page.scan_prefix) for each in pages]
    tabs.setCurrentIndex(inside.index(True))

    hands.fill("settings.scan_prefix", "~")

    assert opened.scanner is not None
    assert opened.scanner.prefix == "~"


# --- sheets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["search", "patients.find"])
def test_a_sheet_scanned_anywhere_says_which_one_it_is(
    opened: Window, hands: Hands, field: str
) -> None:
    hands.press("action.show_patients")
    box = hands.focus(field)
    assert isinstance(box, QLineEdit)
    hands.type("Jo", box)

    scan(opened, "SI:7K3M-Q2XD\n")

    hands.wait(lambda: hands.seen("sheet_check.code") is not None, "page")
    hands.wait(lambda: hands.text("sheet_check.answer"), "answer")
    assert hands.text("sheet_check.code") == "7K3M-Q2XD"
    assert "Not from this database" in hands.text("sheet_check.answer")
    assert box.text() == "Jo"


def test_a_second_sheet_is_scanned_into_the_page_itself(opened: Window, hands: Hands) -> None:
    hands.press("action.check_sheet")
    hands.focus("sheet_check.code")

    scan(opened, "SI:7K3M-Q2XD\n")
    scan(opened, "SI:0000-0000\n")

    hands.wait(lambda: hands.text("sheet_check.answer"), "answer")
    assert hands.text("sheet_check.code") == "0000-0000"


def test_a_sheet_is_scanned_with_the_scanners_sign(with_prefix: tuple[Window, Hands]) -> None:
    window, hands = with_prefix

    scan(window, "~SI:7K3M-Q2XD\n")

    hands.wait(lambda: hands.seen("sheet_check.code") is not None, "page")
    assert hands.text("sheet_check.code") == "7K3M-Q2XD"


def test_a_colon_after_other_letters_is_no_sheet(opened: Window, hands: Hands) -> None:
    box = hands.focus("search")
    assert isinstance(box, QLineEdit)

    scan(opened, "NO:7K3M")

    assert box.text() == "NO:7K3M"
    assert hands.seen("sheet_check.code") is None
