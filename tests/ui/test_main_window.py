"""The main window: search, new patients, pages, who I am, closing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

from intake_app.config.paths import Paths
from intake_app.config.settings import SettingsFile, Theme
from intake_app.domain.errors import DatabaseLockedError
from intake_app.domain.staff import Role
from intake_app.ui.app import Window
from tests.hands import Hands

CONTROL = Qt.KeyboardModifier.ControlModifier
INPUTS = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractButton, QAbstractItemView)
PAGES = {
    "today": "action.show_today",
    "patients": "action.show_patients",
    "settings": "action.show_settings",
    "check": "action.check_sheet",
}


def results(hands: Hands) -> list[str]:
    """Return the rows of the list under the search box."""
    view = hands.find("search.results")
    assert isinstance(view, QListView)
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def find_in_list(hands: Hands, typed: str, row: str) -> None:
    """Type into the search box and wait for a row."""
    hands.search(typed)
    hands.wait(lambda: hands.seen("search.results") is not None, "results")
    hands.wait(lambda: any(row in found for found in results(hands)), row)


def opened_patient(hands: Hands) -> str:
    """Return the name in the header of the patient page."""
    hands.find("header.name")
    hands.wait(lambda: hands.text("header.name"), "name")
    return hands.text("header.name")


# --- search -------------------------------------------------------------------------------------


def test_typing_shows_who_is_found_with_birth_date_and_age(hands: Hands) -> None:
    find_in_list(hands, "marsh", "Marsh, Helen")

    assert results(hands)[0].startswith("Marsh, Helen, 4 March 1948 · 78 years · P-000001")


def test_arrow_down_and_enter_open_a_patient(hands: Hands) -> None:
    find_in_list(hands, "mar", "Marsh, Helen")

    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)

    assert opened_patient(hands) == "Helen Marsh"


def test_enter_opens_the_only_hit(hands: Hands) -> None:
    find_in_list(hands, "sukarno", "Sukarno")

    hands.key(Qt.Key.Key_Return)

    assert opened_patient(hands) == "Sukarno"


def test_enter_with_several_hits_asks_which(hands: Hands) -> None:
    find_in_list(hands, "mar", "Marsh, Helen")

    hands.key(Qt.Key.Key_Return)

    assert hands.find("search.results").hasFocus()
    assert hands.seen("header.name") is None


def test_enter_pressed_before_the_answer_waits_for_it(hands: Hands) -> None:
    hands.search("sukarno")
    hands.key(Qt.Key.Key_Return)

    assert opened_patient(hands) == "Sukarno"


def test_arrow_down_pressed_before_the_answer_waits_for_it(hands: Hands) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.search("marsh")
    hands.key(Qt.Key.Key_Down)
    hands.wait(lambda: hands.find("search.results").hasFocus(), "list")

    hands.key(Qt.Key.Key_Return)

    assert opened_patient(hands) == "Helen Marsh"


def test_enter_after_the_list_was_closed_asks_again(hands: Hands) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Escape)

    hands.key(Qt.Key.Key_Return)

    assert opened_patient(hands) == "Sukarno"


def test_arrow_down_in_an_empty_box_shows_who_was_looked_at_last(hands: Hands) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)
    hands.press("action.show_today")

    hands.focus("search")
    hands.key(Qt.Key.Key_Down)
    hands.find("search.results")

    assert [row.split(",")[0] for row in results(hands)] == ["Sukarno"]


def test_nothing_is_said_before_anything_is_typed(hands: Hands) -> None:
    hands.focus("search")
    hands.settle()

    assert hands.seen("search.results") is None


def test_nobody_found_offers_a_new_patient(hands: Hands) -> None:
    find_in_list(hands, "Weber, Clara", "New patient")

    assert results(hands) == ["Nobody found. New patient “Weber, Clara”?"]


def test_escape_closes_the_list_and_then_empties_the_box(hands: Hands, opened: Window) -> None:
    find_in_list(hands, "marsh", "Marsh, Helen")

    hands.key(Qt.Key.Key_Escape)
    first = (hands.seen("search.results"), opened.main.top.search.text())
    hands.key(Qt.Key.Key_Escape)

    assert first == (None, "marsh")
    assert opened.main.top.search.text() == ""


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_K, CONTROL), (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)],
)
def test_a_key_leads_to_the_search_box_from_anywhere(
    hands: Hands, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    hands.focus("today.table")

    hands.key(key, modifier)

    assert hands.find("search").hasFocus()


# --- new patients -------------------------------------------------------------------------------


def test_a_new_patient_takes_over_what_was_typed(hands: Hands) -> None:
    hands.search("Weber, Clara 3/4/1951")
    hands.key(Qt.Key.Key_N, CONTROL)

    hands.find("registration.sex")
    assert hands.text("registration.family_name") == "Weber"
    assert hands.text("registration.birth_date") == "4 March 1951"
    assert hands.seen("header.name") is None


def test_the_row_for_a_new_patient_leads_to_the_same_page(hands: Hands) -> None:
    find_in_list(hands, "Weber, Clara", "New patient")

    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)

    hands.find("registration.family_name")
    assert hands.text("registration.given_name") == "Clara"


def test_enter_on_the_patients_page_waits_for_the_answer(hands: Hands) -> None:
    hands.press("action.show_patients")
    hands.settle()
    hands.focus("patients.find")
    hands.type("sukarno")

    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.find("patients.table").hasFocus(), "list")
    hands.key(Qt.Key.Key_Return)

    assert opened_patient(hands) == "Sukarno"


# --- pages --------------------------------------------------------------------------------------


def test_the_title_of_the_window_never_names_a_patient(hands: Hands, opened: Window) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)

    assert opened.main.windowTitle() == "Spine Intake"


def test_the_keys_are_listed_on_f1(hands: Hands) -> None:
    hands.key(Qt.Key.Key_F1)

    hands.press("action.close_keys")

    hands.wait(lambda: hands.seen("keys") is None, "closed")


def test_escape_leads_back_to_the_day(hands: Hands, opened: Window) -> None:
    hands.press("action.show_patients")
    hands.focus("patients.table" if hands.seen("patients.table") else "patients.find")

    hands.key(Qt.Key.Key_Escape)

    assert opened.main.today.isVisible()


def test_leaving_a_patient_keeps_what_was_typed_last(hands: Hands, opened: Window) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)
    hands.focus("patient.city")
    hands.type("Ames")

    hands.press("action.show_today")
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)

    assert hands.text("patient.city") == "Ames"


def test_closing_the_window_keeps_what_was_typed_last(
    hands: Hands, opened: Window, start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)
    hands.focus("patient.city")
    hands.type("Ames")

    opened.main.close()
    hands.wait(lambda: not opened.main.isVisible(), "closed")
    opened.close()

    again = Hands(start_window(demonstration).main)
    again.find("today.table")
    find_in_list(again, "sukarno", "Sukarno")
    again.key(Qt.Key.Key_Return)
    opened_patient(again)
    assert again.text("patient.city") == "Ames"


def test_the_window_opens_as_high_as_it_was_closed(
    hands: Hands, opened: Window, start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    opened.main.resize(1100, 650)
    opened.main.close()
    hands.wait(opened.main.isHidden, "closed")
    opened.close()

    again = start_window(demonstration)

    assert again.main.height() == 650


def test_an_empty_search_box_has_nothing_to_clear(hands: Hands, opened: Window) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)

    assert opened.main.top.search.text() == ""
    assert hands.seen("search.results") is None


def test_a_failure_is_told_in_a_banner(hands: Hands, opened: Window) -> None:
    opened.presenter.failed.emit(DatabaseLockedError())

    assert "Another program is using the database" in hands.text("notices.text")


# --- who I am -----------------------------------------------------------------------------------


def be(hands: Hands, name: str) -> None:
    """Choose who is at the keyboard."""
    actor = hands.focus("actor")
    assert isinstance(actor, QComboBox)
    hands.choose("actor", name)


def test_the_user_is_chosen_by_keyboard_and_remembered(
    hands: Hands, opened: Window, demonstration: Paths
) -> None:
    be(hands, "Lena Frank")

    assert opened.presenter.actor.name == "Lena Frank"
    remembered = SettingsFile(demonstration.settings).load().settings.last_user
    assert remembered == opened.presenter.actor.id


def test_an_open_patient_follows_the_user(hands: Hands) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)
    hands.key(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    as_nurse = hands.find("procedure.operator").isEnabled()

    be(hands, "Sam Ortiz")
    opened_patient(hands)
    hands.key(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)

    assert (as_nurse, hands.find("procedure.operator").isEnabled()) == (True, False)


# --- everybody can use it -----------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_input_has_a_name_that_can_be_spoken(
    hands: Hands, opened: Window, name_of: Callable[[QWidget], str], page: str
) -> None:
    hands.press(PAGES[page])
    hands.settle()

    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in opened.main.findChildren(QWidget)
        if isinstance(widget, INPUTS)
        and widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
        and not name_of(widget)
    ]
    assert nameless == []


@pytest.mark.parametrize("page", PAGES)
def test_no_two_buttons_share_an_alt_key(hands: Hands, opened: Window, page: str) -> None:
    hands.press(PAGES[page])
    hands.settle()

    keys = [
        button.shortcut().toString()
        for button in opened.main.findChildren(QAbstractButton)
        if button.isVisible() and not button.shortcut().isEmpty()
    ]
    assert sorted(keys) == sorted(set(keys))


def test_no_button_of_the_patient_page_shares_an_alt_key_with_the_frame(
    hands: Hands, opened: Window
) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)

    keys = [
        button.shortcut().toString()
        for button in opened.main.findChildren(QAbstractButton)
        if button.isVisible() and not button.shortcut().isEmpty()
    ]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_page_fits_into_a_small_screen(
    hands: Hands, opened: Window, page: str, scale: float
) -> None:
    opened.presenter.preferences.change(text_scale=scale)
    hands.press(PAGES[page])
    hands.settle()

    needed = opened.main.minimumSizeHint()

    assert needed.width() <= 1280
    assert needed.height() <= 800


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.HIGH_CONTRAST])
def test_a_theme_is_taken_on_at_once(opened: Window, theme: Theme, hands: Hands) -> None:
    opened.presenter.preferences.change(theme=theme)
    hands.settle()

    background = opened.main.palette().window().color()
    assert background.lightness() < 64


def test_the_status_line_names_the_last_backup(
    hands: Hands, opened: Window, tmp_path: Path
) -> None:
    before = hands.text("status.backup")
    hands.press("action.show_settings")
    page = opened.main.settings_page
    assert page is not None
    opened.main.notices.ask_save_path = (  # type: ignore[method-assign]
        lambda *_, **__: tmp_path / "copy.sqlite3"
    )
    page.tabs.setCurrentIndex(page.tabs.count() - 1)

    hands.press("action.backup")
    hands.wait(lambda: hands.text("settings.backup_answer").startswith("Backup written"), "copy")

    hands.wait(lambda: hands.text("status.backup").startswith("Last backup: "), "told")

    assert before == "No backup yet"
    assert (tmp_path / "copy.sqlite3").stat().st_size > 0


def test_escape_in_the_empty_search_box_goes_back_to_the_day(hands: Hands) -> None:
    find_in_list(hands, "sukarno", "Sukarno")
    hands.key(Qt.Key.Key_Return)
    opened_patient(hands)
    hands.search("marsh")
    hands.wait(lambda: hands.seen("search.results") is not None, "results")
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Escape)
    assert hands.seen("header.name") is not None

    hands.key(Qt.Key.Key_Escape)

    hands.find("today.table")


def test_the_wording_stands_at_the_left_for_who_writes_it(hands: Hands) -> None:
    hands.key(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)

    assert hands.find("wording_page").isVisible()


def test_the_wording_does_not_stand_at_the_left_for_reception(opened: Window, hands: Hands) -> None:
    (reception,) = (one for one in opened.presenter.staff if one.roles == {Role.RECEPTION})

    opened.presenter.be(reception.id)

    hands.wait(lambda: hands.seen("action.show_wording") is None, "hidden")
