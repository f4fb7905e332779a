"""The last section: what prints is looked at, confirmed by eye, and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.handing import SaidBack
from intake_app.domain.printing import Trouble
from intake_app.domain.procedures import DoneAtLevel, TreatedLevel
from intake_app.domain.sheets import SheetKind, StoredSheet
from intake_app.ui.presenters.going_home import PaperPresenter
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.views.confirm_identity import ConfirmIdentity
from intake_app.ui.views.going_home_section import GoingHomeSection
from intake_app.ui.views.paper_actions import PaperActions
from intake_app.ui.views.patient_page import PatientPage
from intake_app.ui.views.print_choice import PrintChoice
from intake_app.ui.widgets.texts import LinkButton
from tests.fakes_printing import DONE, NO_PAPER
from tests.fakes_ui import FakeNotices
from tests.presenters.pages import a_page, approve
from tests.services.desk import NURSE, Desk, a_desk


@pytest.fixture
def desk() -> Desk:
    """Return the services of a clinic that is set up."""
    return a_desk()


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return a visit at which T12 was treated."""
    visit_id = desk.register()
    desk.fractures.set_levels(NURSE, visit_id, "T12")
    desk.forms.add_row(
        NURSE, TreatedLevel, visit_id, {"level": "T12", "done": DoneAtLevel.VERTEBROPLASTY}
    )
    desk.visits.stamp(NURSE, visit_id, "started_at")
    approve(desk)
    return visit_id


class Section:
    """The section in its page, with a printer and dialogs that do as told."""

    def __init__(self, desk: Desk, visit_id: str) -> None:
        self.page = PatientPage(a_page(desk, visit_id))
        self.page.resize(1140, 690)
        self.page.show()
        section = self.page.go_to_section(PageSection.GOING_HOME)
        assert isinstance(section, GoingHomeSection)
        self.view = section
        self.notices = FakeNotices()
        self.spooler = desk.spooler
        self.view.buttons._notices = self.notices  # type: ignore[assignment]

    @property
    def printed(self) -> list[bytes]:
        """Return the documents that the printer took."""
        return self.spooler.printed

    @property
    def said(self) -> str:
        """Return what is said of the prints."""
        return self.view.print_state.text()

    @property
    def focus(self) -> str:
        """Return the name of what has the keyboard."""
        found = QApplication.focusWidget()
        return found.objectName() if found is not None else ""

    def key(self, key: Qt.Key) -> None:
        """Press a key wherever the keyboard is."""
        found = QApplication.focusWidget()
        assert found is not None
        QTest.keyClick(found, key)

    def press(self, name: str) -> None:
        """Press a button."""
        button = self.page.findChild(QPushButton, name)
        assert button is not None, name
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def section(qtbot: QtBot, desk: Desk, visit_id: str) -> Iterator[Section]:
    """Return the section in view."""
    section = Section(desk, visit_id)
    qtbot.addWidget(section.page)
    yield section
    section.page.close()


def kept(desk: Desk, visit_id: str) -> list[StoredSheet]:
    """Return the sheets that were recorded as handed out."""
    return list(desk.sheets.sheets(NURSE, visit_id))


def test_print_asks_for_the_patient_prints_and_records(
    section: Section, desk: Desk, visit_id: str
) -> None:
    section.press("action.print_sheet")

    (sheet,) = kept(desk, visit_id)
    asked = [type(dialog) for dialog in section.notices.questions]
    assert asked == [ConfirmIdentity, PrintChoice]
    assert section.printed == [sheet.pdf]
    assert sheet.printer == "Desk printer"
    assert sheet.check_code in section.notices.messages[-1]
    assert section.said == "Patient’s copy: Printed, 2 pages."


def test_a_patient_who_is_not_confirmed_gets_no_sheet(
    section: Section, desk: Desk, visit_id: str
) -> None:
    section.notices.answer = False

    section.press("action.print_sheet")

    assert section.printed == []
    assert kept(desk, visit_id) == []


def test_a_print_that_failed_is_kept_as_not_printed_and_tried_again(
    section: Section, desk: Desk, visit_id: str
) -> None:
    section.spooler.refuses = Trouble.REJECTING
    section.press("action.print_sheet")
    (sheet,) = kept(desk, visit_id)
    refused = section.said, section.view.presenter.sheet_words(sheet)
    section.spooler.refuses = None

    section.press("action.try_again")

    assert refused[0] == "Patient’s copy: Not printed. The printer takes no jobs at present."
    assert refused[1].endswith("not printed yet")
    assert section.said == "Patient’s copy: Printed, 2 pages."
    assert not section.view.presenter.sheet_words(sheet).endswith("not printed yet")
    assert section.printed == [sheet.pdf]


def test_saving_writes_the_very_bytes_under_a_name_without_the_patient(
    section: Section, desk: Desk, visit_id: str, tmp_path: Path
) -> None:
    section.notices.path = tmp_path / "sheet.pdf"

    section.press("action.save_pdf")

    (sheet,) = kept(desk, visit_id)
    suggested = section.notices.questions[-1][0]
    assert section.notices.path.read_bytes() == sheet.pdf
    assert sheet.printer == "file"
    assert suggested == f"aftercare-{sheet.check_code}.pdf"


def test_saving_as_text_writes_the_words_for_a_voice_and_keeps_the_sheet(
    section: Section, desk: Desk, visit_id: str, tmp_path: Path
) -> None:
    section.notices.path = tmp_path / "sheet.txt"

    section.press("action.save_text")

    (sheet,) = kept(desk, visit_id)
    written = section.notices.path.read_bytes().decode("utf-8")
    suggested = section.notices.questions[-1][0]
    code = ", ".join(" ".join(group) for group in sheet.check_code.split("-"))
    assert written.endswith(f"Check code {code}.\n")
    assert "**" not in written
    assert suggested == f"aftercare-{sheet.check_code}.txt"


def test_a_file_that_cannot_be_written_is_not_recorded(
    section: Section, desk: Desk, visit_id: str, tmp_path: Path
) -> None:
    section.notices.path = tmp_path / "missing" / "sheet.pdf"

    section.press("action.save_pdf")

    assert kept(desk, visit_id) == []
    assert [error.code for error in section.notices.errors] == ["file_unwritable"]


def test_print_again_prints_a_copy_and_records_no_second_sheet(
    section: Section, desk: Desk, visit_id: str
) -> None:
    section.press("action.print_sheet")

    section.press("action.print_again")

    assert len(kept(desk, visit_id)) == 1
    assert section.printed[1].startswith(section.printed[0])
    assert b"COPY" in section.printed[1]


def test_ctrl_p_prints_from_any_section(section: Section, desk: Desk, visit_id: str) -> None:
    section.page.go_to_section(PageSection.IDENTITY)

    QTest.keyClick(section.page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    assert len(kept(desk, visit_id)) == 1


def test_what_is_missing_is_a_way_to_its_field(section: Section) -> None:
    link = section.page.findChild(QPushButton, "goto.procedure.follow_up_at")
    assert link is not None

    link.click()

    assert section.page.focusWidget() is section.page.findChild(QWidget, "procedure.follow_up_at")


def test_another_size_is_another_sheet(section: Section) -> None:
    before = section.view.presenter.pdf

    section.view.print_size.input.choose("large")

    assert section.view.presenter.pdf != before


def test_what_is_missing_is_shown_anew_as_soon_as_the_sheet_is_out(section: Section) -> None:
    section.press("action.print_sheet")

    rows = section.page.sections.findChildren(LinkButton)
    assert "Aftercare sheet, handed over" in [row.accessibleName() for row in rows]


def test_the_keyboard_begins_at_the_paper_whatever_was_said_back(
    section: Section, desk: Desk, visit_id: str
) -> None:
    section.view.handing.say("limits", SaidBack.AGAIN)

    section.page.jump(PageSection.GOING_HOME)

    assert section.page.focusWidget().objectName() == "going_home.size"


def test_of_an_earlier_sheet_nothing_is_printed_again(
    section: Section, desk: Desk, visit_id: str
) -> None:
    section.spooler.now = NO_PAPER
    section.press("action.print_sheet")
    desk.save(desk.case(visit_id).procedure, {"closure": "stitches"})
    section.view.presenter.refresh()
    section.press("action.print_sheet")

    latest, earlier = section.view.presenter.print_lines()

    assert (latest.copy, latest.may_try) == ("Patient’s copy", True)
    assert (earlier.copy, earlier.may_try) == ("Earlier sheet, Patient’s copy", False)
    assert earlier.may_cancel


def test_the_keyboard_stays_at_try_again_and_goes_to_no_other_button(
    section: Section, desk: Desk
) -> None:
    section.page.activateWindow()
    section.spooler.now = NO_PAPER
    section.press("action.print_sheet")
    section.press("action.try_again")
    section.page.findChild(QPushButton, "action.try_again").setFocus()  # type: ignore[union-attr]

    section.key(Qt.Key.Key_Space)
    still = section.focus
    section.spooler.now = DONE
    section.page.presenter.follower.wake()

    assert still == "action.try_again"
    assert section.said == "Patient’s copy: Printed, 2 pages."
    assert section.focus == "print_state"


def test_the_keyboard_stays_at_print_again(section: Section) -> None:
    section.page.activateWindow()
    section.press("action.print_sheet")
    section.page.findChild(QPushButton, "action.print_again").setFocus()  # type: ignore[union-attr]

    section.key(Qt.Key.Key_Space)

    assert len(section.printed) == 2
    assert section.focus == "action.print_again"


def test_what_is_said_of_a_print_stays_true_once_it_is_out(section: Section) -> None:
    section.press("action.print_sheet")

    assert section.said.endswith("Printed, 2 pages.")
    assert "on its way" not in section.notices.messages[-1]


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        (SheetKind.AFTERCARE, "Is this the patient in front of you?"),
        (SheetKind.DISCHARGE_LETTER, "Is this letter about the right patient?"),
    ],
)
def test_a_letter_needs_no_patient_in_front_of_you(
    section: Section, desk: Desk, visit_id: str, kind: SheetKind, question: str
) -> None:
    desk.save(desk.case(visit_id).patient, {"referrer_name": "Dr. Paul Ives"})
    presenter = PaperPresenter(section.page.presenter, kind)
    actions = PaperActions(presenter, section.notices)  # type: ignore[arg-type]
    presenter.start()

    actions.print_button.click()

    assert section.notices.questions[0].accessibleName() == question


# --- the question before printing -------------------------------------------------------------


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[ConfirmIdentity]:
    """Return the question for Jane Doe."""
    dialog = ConfirmIdentity("Jane Doe", "4 March 1951")
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def test_name_and_birth_date_are_shown_large(dialog: ConfirmIdentity) -> None:
    usual = dialog.font().pointSizeF()

    assert dialog.findChild(QCheckBox, "confirm.name").text() == "Jane Doe"  # type: ignore[union-attr]
    assert dialog.birth_date.text() == "4 March 1951"
    assert dialog.name.font().pointSizeF() >= 1.8 * usual
    assert dialog.birth_date.font().pointSizeF() >= 1.8 * usual


@pytest.mark.parametrize(
    ("name", "birth_date", "enough"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_both_must_be_ticked(
    dialog: ConfirmIdentity, name: bool, birth_date: bool, enough: bool
) -> None:
    dialog.name.setChecked(name)
    dialog.birth_date.setChecked(birth_date)

    assert dialog.yes.isEnabled() is enough


def test_enter_does_not_confirm_before_both_are_ticked(dialog: ConfirmIdentity) -> None:
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    assert dialog.result() != ConfirmIdentity.DialogCode.Accepted
