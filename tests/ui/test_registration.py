"""The page for a new patient, by keyboard in the real window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QListView, QWidget

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.patients import Patient
from intake_app.ui.app import Window
from tests.hands import Hands

CONTROL = Qt.KeyboardModifier.ControlModifier


def begin(hands: Hands, typed: str = "") -> None:
    """Open the page for a new patient from the search box."""
    hands.search(typed)
    hands.key(Qt.Key.Key_N, CONTROL)
    hands.find("registration.family_name")


def candidates(hands: Hands) -> list[str]:
    """Return who may be meant, as a screen reader says it."""
    view = hands.find("registration.candidates")
    assert isinstance(view, QListView)
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def opened_patient(hands: Hands) -> str:
    """Return the name in the header of the patient page."""
    hands.find("header.name")
    hands.wait(lambda: hands.text("header.name"), "name")
    return hands.text("header.name")


def people(paths: Paths) -> list[Patient]:
    """Return every patient in the database."""
    application = Application(paths)
    application.database.open()
    with application.office.work() as work:
        found = list(work.records(Patient).all())
    application.close()
    return found


# --- typing -------------------------------------------------------------------------------------


def test_the_cursor_is_where_something_is_missing(hands: Hands) -> None:
    begin(hands, "Weber, Clara 3/4/1951")

    hands.wait(lambda: hands.find("registration.sex").hasFocus(), "cursor")


def test_enter_in_the_last_field_creates_the_patient(hands: Hands) -> None:
    begin(hands)
    for text in ("Weber", "Clara", "3/4/51"):
        hands.type(text)
        hands.key(Qt.Key.Key_Return)
    hands.type("f")
    hands.key(Qt.Key.Key_Return)
    hands.type("5155550142")
    hands.key(Qt.Key.Key_Return)

    assert opened_patient(hands) == "Clara Weber"
    assert hands.text("patient.birth_date") == "4 March 1951"
    assert hands.text("search") == ""


def test_enter_pressed_twice_creates_one_patient(
    hands: Hands, opened: Window, demonstration: Paths
) -> None:
    before = len(people(demonstration))
    begin(hands, "Weber, Clara 3/4/1951")
    last = hands.focus("registration.mobile_phone")

    page = opened.main.registrations.current
    assert page is not None
    hands.key(Qt.Key.Key_Return)
    page.presenter.create()
    hands.key(Qt.Key.Key_Return)

    opened_patient(hands)
    assert len(people(demonstration)) == before + 1
    assert last is not None


def test_nobody_without_a_name_is_created(hands: Hands, demonstration: Paths) -> None:
    before = len(people(demonstration))
    begin(hands)

    hands.press("action.create_patient")

    assert "without a name" in hands.text("problem.registration.family_name")
    assert hands.find("registration.family_name").hasFocus()
    assert len(people(demonstration)) == before


def test_new_patient_asked_for_twice_is_one_page(hands: Hands, opened: Window) -> None:
    begin(hands)
    hands.type("Weber")

    hands.key(Qt.Key.Key_N, CONTROL)
    hands.settle()

    assert hands.text("registration.family_name") == "Weber"


# --- nobody twice -------------------------------------------------------------------------------


def test_who_may_be_meant_is_shown_with_birth_date_number_and_reasons(hands: Hands) -> None:
    begin(hands, "Marsh, Helena 3/4/1948")

    (found, *_) = candidates(hands)
    assert found.startswith("Marsh, Helen, 4 March 1948 · 78 years · P-000001")
    assert "same date of birth" in found.casefold() or "same birth date" in found.casefold()


def test_f4_opens_the_person_who_is_there_with_what_was_typed(
    hands: Hands, demonstration: Paths
) -> None:
    before = len(people(demonstration))
    begin(hands, "Sukarno 1 Jan 1956")
    hands.focus("registration.given_name")
    hands.type("Ahmad")
    hands.wait(lambda: "Sukarno" in candidates(hands)[0], "found")

    hands.key(Qt.Key.Key_F4)

    hands.find("header.name")
    hands.wait(lambda: hands.text("patient.given_name") == "Ahmad", "carried over")
    assert "already" in hands.text("notices.text")
    assert len(people(demonstration)) == before


def test_arrow_down_and_enter_open_a_person_from_the_list(hands: Hands) -> None:
    begin(hands, "Marsh, Helena 3/4/1948")
    candidates(hands)
    hands.focus("registration.given_name")

    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)

    assert opened_patient(hands) == "Helen Marsh"


def test_a_difference_is_told_and_nothing_is_overwritten(
    hands: Hands, demonstration: Paths
) -> None:
    begin(hands, "Marsh, Helena 3/4/1948")
    candidates(hands)

    hands.key(Qt.Key.Key_F4)

    assert opened_patient(hands) == "Helen Marsh"
    assert "Given name" in hands.text("notices.text")
    hands.press("action.show_today")
    hands.settle(0.3)
    given = [each.given_name for each in people(demonstration) if each.family_name == "Marsh"]
    assert given == ["Helen"]


# --- nothing lost -------------------------------------------------------------------------------


def test_what_was_typed_is_on_the_screen_after_a_crash(
    hands: Hands,
    opened: Window,
    demonstration: Paths,
    start_window: Callable[[Paths], Window],
) -> None:
    begin(hands)
    hands.type("Weber")
    hands.key(Qt.Key.Key_Return)
    hands.type("Cla")
    page = opened.main.registrations.current
    assert page is not None
    hands.wait(lambda: page.presenter.is_saved, "kept")

    again = Hands(start_window(demonstration).main)  # the first one never left the page

    again.find("registration.family_name")
    assert again.text("registration.family_name") == "Weber"
    assert again.text("registration.given_name") == "Cla"
    assert "no record yet" in again.text("notices.text")


def test_what_was_left_with_escape_can_be_gone_on_with(hands: Hands, opened: Window) -> None:
    begin(hands)
    hands.type("Weber")
    hands.key(Qt.Key.Key_Escape)
    hands.wait(opened.main.today.isVisible, "left")

    begin(hands, "Miller, John")
    hands.find("action.go_on_with_other")
    assert "Weber" in hands.text("registration.other")
    hands.press("action.go_on_with_other")

    hands.wait(lambda: hands.text("registration.family_name") == "Weber", "back")


def test_what_was_thrown_away_does_not_come_back(hands: Hands, opened: Window) -> None:
    begin(hands)
    hands.type("Weber")

    hands.press("action.discard_registration")
    hands.wait(opened.main.today.isVisible, "left")
    begin(hands)
    hands.settle(0.3)

    assert hands.text("registration.family_name") == ""
    assert hands.seen("action.go_on_with_other") is None


def test_somebody_else_at_the_keyboard_goes_on_with_the_same(hands: Hands) -> None:
    begin(hands)
    hands.type("Weber")

    hands.choose("actor", "Sam Ortiz")

    hands.wait(lambda: hands.text("registration.family_name") == "Weber", "still there")


# --- everybody can use it -----------------------------------------------------------------------


def test_every_input_has_a_name_that_can_be_spoken(
    hands: Hands, opened: Window, name_of: Callable[[QWidget], str]
) -> None:
    begin(hands, "Marsh, Helena 3/4/1948")
    candidates(hands)

    page = opened.main.registrations.current
    assert page is not None
    nameless = [
        widget.objectName()
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.objectName()
        and not name_of(widget)
    ]
    assert nameless == []


def test_no_two_buttons_share_an_alt_key(hands: Hands, opened: Window) -> None:
    begin(hands)

    keys = [
        button.shortcut().toString()
        for button in opened.main.findChildren(QAbstractButton)
        if button.isVisible() and not button.shortcut().isEmpty()
    ]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_page_fits_into_a_small_screen(hands: Hands, opened: Window, scale: float) -> None:
    opened.presenter.preferences.change(text_scale=scale)
    begin(hands, "Marsh, Helena 3/4/1948")
    candidates(hands)

    needed = opened.main.minimumSizeHint()

    assert needed.width() <= 1280
    assert needed.height() <= 800


# --- a record edited into somebody else's likeness ----------------------------------------------


def edit_into_helen(hands: Hands) -> None:
    """Register Clara Weber and type Helen Marsh over her."""
    begin(hands, "Weber, Clara 3/4/1951")
    hands.press("action.create_patient")
    opened_patient(hands)
    hands.fill("patient.family_name", "Marsh")
    hands.fill("patient.given_name", "Helen")
    hands.fill("patient.birth_date", "3/4/1948")


def test_the_patient_page_says_who_an_edited_record_may_be(hands: Hands) -> None:
    edit_into_helen(hands)

    hands.find("likeness.text")
    assert "Marsh, Helen, 4 March 1948" in hands.text("likeness.text")


def test_merging_can_be_asked_for_from_there(hands: Hands, opened: Window) -> None:
    edit_into_helen(hands)

    hands.press("action.merge_likely")

    hands.wait(lambda: opened.main.findChild(QDialog) is not None, "compared")


def test_told_apart_they_are_not_named_again(hands: Hands) -> None:
    edit_into_helen(hands)

    hands.press("action.tell_apart")

    hands.wait(lambda: hands.seen("likeness.text") is None, "gone")


def test_what_is_thrown_away_leaves_the_search_box_too(hands: Hands) -> None:
    hands.search("Marsh, Helena")
    hands.press("action.new_patient")
    hands.find("registration_page")

    hands.press("action.discard_registration")

    hands.find("today.table")
    assert hands.text("search") == ""
