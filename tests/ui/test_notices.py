"""What is said and asked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import AppError, ConflictError, NoPrinterError
from intake_app.ui.notices import BugDialog, Notices, Question, QuestionDialog, bug_report


def test_a_failure_is_said_with_what_to_do(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)

    notices.show_error(NoPrinterError())

    assert notices.isVisible()
    assert "No printer can be reached" in notices.text()
    assert notices.accessibleName() == notices.text()


def test_the_banner_can_be_closed(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.show_error(ConflictError("p1"))
    button = notices.findChild(QToolButton, "action.close_notice")
    assert button is not None

    button.click()

    assert notices.text() == ""
    assert button.accessibleName() == "Close this message"


def test_a_bug_is_left_to_its_own_dialog(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)

    notices.show_error(AppError())

    assert notices.text() == ""


def test_enter_gives_the_safe_answer(qtbot: QtBot) -> None:
    dialog = QuestionDialog(Question(text="Remove T12?", yes="Remove", no="Keep it"))
    qtbot.addWidget(dialog)
    answers: list[int] = []
    dialog.finished.connect(answers.append)
    with qtbot.waitExposed(dialog):
        dialog.open()

    QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert answers == [QuestionDialog.DialogCode.Rejected]
    assert (dialog.yes.text(), dialog.no.text()) == ("Remove", "Keep it")


def test_a_question_waits_for_its_answer(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)

    def press_yes() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QuestionDialog)
        dialog.yes.click()

    QTimer.singleShot(0, press_yes)
    answer = notices.ask(Question(text="Remove T12?", detail="Its answers go, too."))

    assert answer


@pytest.mark.parametrize(("chosen", "ending"), [("", ".csv"), ("Bundle (*.json)", ".json")])
def test_a_name_typed_without_its_ending_gets_it(
    qtbot: QtBot, tmp_path: Path, chosen: str, ending: str
) -> None:
    notices = Notices()
    qtbot.addWidget(notices)

    def type_a_name() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert name is not None
        name.setText(str(tmp_path / "everybody"))
        dialog.filterSelected.emit(chosen or "Table (*.csv)")
        dialog.accept()

    QTimer.singleShot(0, type_a_name)
    path = notices.ask_save_path("patients.csv", kind="Table (*.csv);;Bundle (*.json)")

    assert path == tmp_path / f"everybody{ending}"


def test_the_bug_dialog_gives_a_number_and_a_report_to_copy(qtbot: QtBot) -> None:
    dialog = BugDialog("K7Q2", "the report")
    qtbot.addWidget(dialog)

    dialog.copy.click()

    assert any("K7Q2" in label.text() for label in dialog.findChildren(QLabel))
    assert QGuiApplication.clipboard().text() == "the report"


def test_a_bug_report_holds_places_but_no_values() -> None:
    try:
        raise ValueError("Okafor")
    except ValueError as bug:
        report = bug_report(bug, "K7Q2")

    assert "K7Q2" in report
    assert "ValueError" in report
    assert "test_notices.py:" in report
    assert "Okafor" not in report
