"""The windows for import and export, by keyboard, over the real program."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QTableWidget, QTabWidget, QWidget

from intake_app.domain.staff import Role
from intake_app.ui.app import Window
from intake_app.ui.notices import Notices
from intake_app.ui.widgets.inputs import ChoiceInput
from tests.hands import Hands

TABLE = (
    "Nachname;Vorname;Geburtsdatum;Geschlecht;Notiz\n"
    "Größe;Åse;24.12.1940;w;a\n"
    "Müller;Jürgen;31.02.1951;m;b\n"
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a table; the program's own file dialogs answer with it and with files beside it."""
    file = tmp_path / "patients.csv"
    file.write_text(TABLE, encoding="cp1252")
    monkeypatch.setattr(Notices, "ask_open_path", lambda _, *, kind: file)
    monkeypatch.setattr(
        Notices, "ask_save_path", lambda _, suggested, *, kind: tmp_path / Path(suggested).name
    )
    return file


def open_tab(window: Window, hands: Hands, role: Role) -> None:
    """Let somebody of this role open the settings at import and export."""
    main = window.main
    person = next(person for person in main._presenter.staff if role in person.roles)
    main._presenter.be(person.id)
    main.show_settings()
    hands.wait(lambda: main.settings_page is not None)
    tabs = hands.find("settings.tabs")
    assert isinstance(tabs, QTabWidget)
    titles = [tabs.tabText(number) for number in range(tabs.count())]
    tabs.setCurrentIndex(titles.index("Import and export"))


@pytest.fixture
def at_columns(opened: Window, hands: Hands, file: Path) -> Hands:
    """Return the keyboard at the import of a table that was recognised."""
    open_tab(opened, hands, Role.MANAGER)
    hands.press("action.import_patients")
    hands.press("action.choose_file")
    hands.wait(lambda: preview(hands).rowCount() == 2, "preview")
    return hands


def preview(hands: Hands) -> QTableWidget:
    table = hands.find("import.preview")
    assert isinstance(table, QTableWidget)
    return table


def cell(hands: Hands, row: int, column: int) -> str:
    item = preview(hands).item(row, column)
    return item.text() if item else ""


def test_a_table_is_taken_in_by_keyboard(at_columns: Hands, file: Path) -> None:
    hands = at_columns
    assert [cell(hands, 0, column) for column in range(4)] == [
        "Größe",
        "Åse",
        "24 December 1940",
        "Female",
    ]

    hands.press("action.take_in")
    hands.find("import.counts")
    hands.press("action.save_refused")
    hands.wait(lambda: "patients-refused.csv" in hands.text("import.saved"), "saved")

    assert hands.text("import.counts") == "New: 1. Here already: 0. Not taken in: 1."
    assert "31 February 1951" in file.with_name("patients-refused.csv").read_text("utf-8-sig")


def test_a_column_is_sent_elsewhere_by_typing(at_columns: Hands) -> None:
    hands = at_columns

    hands.choose("import.column.4", "Preferred name")

    hands.wait(lambda: preview(hands).columnCount() == 5, "preview")
    note = hands.find("import.column.4")
    assert isinstance(note, ChoiceInput)
    assert note.chosen() == "preferred_name"


def test_leaving_out_the_names_closes_the_way(at_columns: Hands) -> None:
    hands = at_columns
    name = hands.focus("import.column.0")

    hands.key(Qt.Key.Key_Delete)

    assert isinstance(name, ChoiceInput)
    assert name.currentText() == "Leave out"
    assert not hands.find("action.take_in").isEnabled()


def test_dates_nobody_can_tell_apart_are_chosen_by_typing(
    opened: Window, hands: Hands, file: Path
) -> None:
    file.write_text("Last,First,DOB\nDoe,Jane,3/4/1951\n")
    open_tab(opened, hands, Role.MANAGER)
    hands.press("action.import_patients")
    hands.press("action.choose_file")
    hands.wait(lambda: preview(hands).rowCount() == 1, "preview")
    assert not hands.find("action.take_in").isEnabled()

    hands.type("D", hands.find("import.dates"))

    hands.wait(lambda: cell(hands, 0, 2) == "3 April 1951", "read again")
    assert hands.find("action.take_in").isEnabled()


def test_esc_closes_the_window(at_columns: Hands) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)

    at_columns.key(Qt.Key.Key_Escape)

    at_columns.wait(lambda: QApplication.activeModalWidget() is None, "closed")


def test_every_input_of_the_window_has_a_name(
    at_columns: Hands, name_of: Callable[[QWidget], str]
) -> None:
    names = ("dates", "letters", "separator", "header", "doubtful_are_new", "column.0", "preview")

    said = [name_of(at_columns.find(f"import.{name}")) for name in names]

    assert all(said)


def test_everybody_is_written_to_tables(opened: Window, hands: Hands, file: Path) -> None:
    open_tab(opened, hands, Role.MANAGER)

    hands.press("action.export_patients")
    hands.wait(lambda: hands.text("export.answer"), "written")

    written = sorted(path.name for path in file.parent.glob("patients-2*.csv"))
    assert len(written) == 2
    assert written[1] in hands.text("export.answer")


def test_reception_sees_who_may_do_it(opened: Window, hands: Hands) -> None:
    open_tab(opened, hands, Role.RECEPTION)

    assert not hands.find("action.import_patients").isEnabled()
    assert not hands.find("action.export_patients").isEnabled()


def test_long_names_of_columns_are_told_apart(opened: Window, hands: Hands, file: Path) -> None:
    file.write_text("Nachname;Bemerkung der Praxis Nummer 1;Bemerkung der Praxis Nummer 2\nA;b;c\n")
    open_tab(opened, hands, Role.MANAGER)
    hands.press("action.import_patients")
    hands.press("action.choose_file")
    hands.wait(lambda: preview(hands).rowCount() == 1, "preview")

    labels = preview(hands).window().findChildren(QLabel)
    shown = [label for label in labels if label.toolTip().startswith("Bemerkung")]

    assert len({label.text() for label in shown}) == 2
    assert all(label.width() >= label.sizeHint().width() for label in shown)
