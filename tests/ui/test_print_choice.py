"""Where to print, for whom, and what became of it: the dialog and the card."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.config.settings import PrinterChoice
from intake_app.domain.handing import CopyFor
from intake_app.domain.printing import JobState, JobStatus, PrintRequest, Trouble
from intake_app.domain.procedures import DoneAtLevel, TreatedLevel
from intake_app.domain.sheets import SheetKind
from intake_app.ui.presenters import print_follower
from intake_app.ui.presenters.going_home import PaperPresenter
from intake_app.ui.presenters.print_jobs import tray_words
from intake_app.ui.views.paper_dialog import PaperDialog
from intake_app.ui.views.print_choice import PrintChoice
from intake_app.ui.views.print_state import PrintState
from tests.fakes_printing import DONE, NO_PAPER, WAITS, FakeSpooler
from tests.presenters.pages import a_page, approve
from tests.services.desk import NURSE, Desk, a_desk

ON_DESK = PrintRequest(printer="Desk printer")


@pytest.fixture
def desk() -> Desk:
    """Return the services of a clinic that is set up."""
    return a_desk()


@pytest.fixture
def paper(qtbot: QtBot, desk: Desk) -> PaperPresenter:
    """Return the aftercare sheet of a patient, in view."""
    visit_id = desk.register()
    desk.fractures.set_levels(NURSE, visit_id, "T12")
    desk.forms.add_row(
        NURSE, TreatedLevel, visit_id, {"level": "T12", "done": DoneAtLevel.VERTEBROPLASTY}
    )
    desk.visits.stamp(NURSE, visit_id, "started_at")
    approve(desk)
    paper = PaperPresenter(a_page(desk, visit_id), SheetKind.AFTERCARE)
    paper.start()
    return paper


@pytest.fixture
def spooler(desk: Desk) -> FakeSpooler:
    """Return the printers."""
    return desk.spooler


@pytest.fixture
def dialog(qtbot: QtBot, paper: PaperPresenter) -> Iterator[PrintChoice]:
    """Return the dialog, opened for the first time."""
    dialog = PrintChoice(paper.prints)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


@pytest.fixture
def card(qtbot: QtBot, paper: PaperPresenter) -> Iterator[PrintState]:
    """Return the card that says what became of the prints."""
    card = PrintState(paper)
    qtbot.addWidget(card)
    yield card
    card.close()


def press(card: PrintState, name: str) -> None:
    """Press a button of the card."""
    button = card.findChild(QPushButton, name)
    assert button is not None, name
    button.click()


# --- the dialog -------------------------------------------------------------------------------


def test_at_first_the_default_printer_and_the_patient_are_chosen(dialog: PrintChoice) -> None:
    assert dialog.request() == ON_DESK
    assert dialog.wanted() == (CopyFor.PATIENT,)
    assert dialog.findChild(QCheckBox, "print.copy_patient").isChecked()  # type: ignore[union-attr]


def test_a_letter_has_no_copy_for_patient_or_carer(qtbot: QtBot, paper: PaperPresenter) -> None:
    letter = PaperPresenter(paper._page, SheetKind.DISCHARGE_LETTER)
    dialog = PrintChoice(letter.prints)
    qtbot.addWidget(dialog)

    assert [box.text() for box in dialog.copies.values()] == ["Letter", "Clinic’s file"]


def test_enter_prints_from_any_input(dialog: PrintChoice) -> None:
    QTest.keyClick(dialog.two_sided, Qt.Key.Key_Return)

    assert dialog.result() == PrintChoice.DialogCode.Accepted


def test_what_was_chosen_is_what_is_asked_for(dialog: PrintChoice) -> None:
    dialog.tray.choose("main")
    dialog.two_sided.setChecked(True)
    dialog.copies[CopyFor.FILE].setChecked(True)

    assert dialog.request() == PrintRequest(printer="Desk printer", tray="main", two_sided=True)
    assert dialog.wanted() == (CopyFor.PATIENT, CopyFor.FILE)


def test_what_a_printer_cannot_do_is_not_offered(dialog: PrintChoice) -> None:
    dialog.two_sided.setChecked(True)

    dialog.printer.choose("Nurses")

    assert not dialog.two_sided.isVisible()
    assert not dialog.tray.isVisible()
    assert dialog.request() == PrintRequest(printer="Nurses")


def test_without_a_copy_for_anybody_nothing_is_printed(dialog: PrintChoice) -> None:
    dialog.copies[CopyFor.PATIENT].setChecked(False)

    assert not dialog.print_button.isEnabled()


def test_the_choice_of_last_time_is_there_again(qtbot: QtBot, paper: PaperPresenter) -> None:
    request = PrintRequest(printer="Desk printer", tray="main", two_sided=True)
    paper.prints.remember(request, (CopyFor.PATIENT, CopyFor.CARER))

    again = PrintChoice(paper.prints)
    qtbot.addWidget(again)

    assert again.request() == request
    assert again.wanted() == (CopyFor.PATIENT, CopyFor.CARER)


def test_a_printer_that_is_gone_is_not_chosen_again(qtbot: QtBot, paper: PaperPresenter) -> None:
    paper.prints.remember(PrintRequest(printer="Sold"), (CopyFor.PATIENT,))

    again = PrintChoice(paper.prints)
    qtbot.addWidget(again)

    assert again.request().printer == "Desk printer"


def test_another_kind_of_paper_has_a_printer_of_its_own(paper: PaperPresenter) -> None:
    paper.prints.remember(PrintRequest(printer="Nurses"), (CopyFor.PATIENT,))
    page = paper.parent()

    card = PaperPresenter(page, SheetKind.DRIVER_CARD)  # type: ignore[arg-type] # its page
    card.prints.look_for_printers()

    assert card.prints.usual == PrinterChoice(printer="Desk printer")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble.PAPER_OUT, "The printer is out of paper. So it said when it printed last."),
        (Trouble.PAUSED, "The printer is paused. The sheet waits"),
        (Trouble.REJECTING, "The printer takes no jobs at present. Choose another one"),
    ],
)
def test_what_keeps_the_printer_from_printing_is_said_before(
    qtbot: QtBot, paper: PaperPresenter, spooler: FakeSpooler, trouble: Trouble, said: str
) -> None:
    spooler.there = (replace(spooler.there[0], trouble=trouble),)

    dialog = PrintChoice(paper.prints)
    qtbot.addWidget(dialog)

    assert dialog.trouble.text().startswith(said)
    assert dialog.print_button.isEnabled()


def test_without_a_print_service_it_is_said_and_nothing_prints(
    qtbot: QtBot, paper: PaperPresenter, spooler: FakeSpooler
) -> None:
    spooler.silent = True

    dialog = PrintChoice(paper.prints)
    qtbot.addWidget(dialog)

    assert dialog.trouble.text() == "The print service of this computer is not running."
    assert not dialog.print_button.isEnabled()


def test_a_computer_that_cannot_see_says_so_before_printing(
    qtbot: QtBot, paper: PaperPresenter, spooler: FakeSpooler
) -> None:
    spooler.tells = False

    dialog = PrintChoice(paper.prints)
    qtbot.addWidget(dialog)

    said = [each.text() for each in dialog.findChildren(type(dialog.trouble.text_label))]
    assert any("cannot see whether" in each for each in said)


@pytest.mark.parametrize(
    ("tray", "words"),
    [("tray-2", "Tray 2"), ("main", "Main tray"), ("left-bin", "Left bin")],
)
def test_trays_are_called_as_people_call_them(tray: str, words: str) -> None:
    assert tray_words(tray) == words


# --- the card ---------------------------------------------------------------------------------


def test_the_card_says_what_is_in_the_way_and_then_that_it_is_printed(
    card: PrintState, paper: PaperPresenter, spooler: FakeSpooler
) -> None:
    spooler.now = NO_PAPER
    paper.print_on(ON_DESK, (CopyFor.PATIENT, CopyFor.CARER))
    stuck = card.text()
    spooler.now = DONE

    paper._page.follower.wake()

    out = "Not printed yet. The printer is out of paper."
    assert stuck.splitlines() == [f"Patient’s copy: {out}", f"Carer’s copy: {out}"]
    assert card.text().splitlines() == [
        "Patient’s copy: Printed, 2 pages.",
        "Carer’s copy: Printed, 2 pages.",
    ]


def test_news_come_by_themselves(
    qtbot: QtBot,
    card: PrintState,
    paper: PaperPresenter,
    spooler: FakeSpooler,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(print_follower, "ASK_EVERY_MS", 5)
    spooler.now = WAITS
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))
    before = card.text()

    spooler.now = DONE
    qtbot.waitUntil(lambda: "Printed" in card.text(), timeout=3000)

    assert before == "Patient’s copy: Printing…"
    qtbot.waitUntil(lambda: not paper._page.follower.following, timeout=3000)


def test_the_section_is_complete_only_once_the_sheet_is_on_paper(
    paper: PaperPresenter, spooler: FakeSpooler
) -> None:
    spooler.now = NO_PAPER
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))
    before = paper._page.printed
    spooler.now = DONE

    paper._page.follower.wake()

    assert (before, paper._page.printed) == (False, True)


def test_cancel_takes_the_print_back(
    card: PrintState, paper: PaperPresenter, spooler: FakeSpooler
) -> None:
    spooler.now = NO_PAPER
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))

    press(card, "action.cancel_job")

    assert spooler.cancelled == ["ticket 1"]
    assert card.text() == "Patient’s copy: Cancelled, not printed."


def test_try_again_sends_the_very_sheet_once_more(
    card: PrintState, paper: PaperPresenter, spooler: FakeSpooler
) -> None:
    spooler.now = JobStatus(state=JobState.CANCELLED, trouble=Trouble.CANCELLED)
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))
    said = card.text()
    spooler.now = DONE

    press(card, "action.try_again")

    assert said == "Patient’s copy: Not printed. The job was cancelled at the printer."
    assert card.text() == "Patient’s copy: Printed, 2 pages."
    assert spooler.printed[0] == spooler.printed[1]


def test_another_printer_is_asked_for_from_the_card(
    card: PrintState, paper: PaperPresenter, spooler: FakeSpooler, qtbot: QtBot
) -> None:
    spooler.now = NO_PAPER
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))

    with qtbot.waitSignal(card.other_wanted) as wanted:
        press(card, "action.other_printer")
    spooler.now = DONE
    paper.prints.try_again(wanted.args[0], PrintRequest(printer="Nurses"))

    assert spooler.taken[-1][1].printer == "Nurses"
    assert card.text() == "Patient’s copy: Printed, 2 pages."


def test_where_the_computer_cannot_see_somebody_looks(
    card: PrintState, paper: PaperPresenter, spooler: FakeSpooler
) -> None:
    spooler.tells = False
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))
    asked = card.text()

    press(card, "action.pages_there")

    assert asked.endswith("Are all pages there?")
    assert card.text() == (
        "Patient’s copy: Printed, 2 pages. Nora Hill saw that all pages are there."
    )


def test_a_page_that_is_missing_is_said_on_the_card(
    card: PrintState, paper: PaperPresenter
) -> None:
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))

    press(card, "action.page_missing")

    assert card.text() == "Patient’s copy: Not printed. Somebody saw that a page is missing."


def test_the_screen_reader_hears_the_card(card: PrintState, paper: PaperPresenter) -> None:
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))

    assert card.accessibleName() == "Patient’s copy: Printed, 2 pages."


def test_nothing_is_sent_when_the_page_is_opened_again(desk: Desk, paper: PaperPresenter) -> None:
    paper.print_on(ON_DESK, (CopyFor.PATIENT,))

    again = PaperPresenter(a_page(desk, paper._page.visit_id), SheetKind.AFTERCARE)
    again.start()

    assert len(desk.spooler.taken) == 1
    assert [line.done for line in again.print_lines()] == [True]


def test_the_window_of_a_paper_fits_a_small_screen_whatever_became_of_it(
    qtbot: QtBot, paper: PaperPresenter, spooler: FakeSpooler
) -> None:
    dialog = PaperDialog(paper)
    qtbot.addWidget(dialog)
    spooler.now = NO_PAPER

    paper.print_on(ON_DESK, (CopyFor.PATIENT, CopyFor.CARER, CopyFor.FILE))
    dialog.show()

    assert len(dialog.prints.text().splitlines()) == 3
    assert dialog.minimumSizeHint().height() <= 400


def test_the_window_of_a_paper_lists_what_was_printed_before(
    qtbot: QtBot, paper: PaperPresenter
) -> None:
    dialog = PaperDialog(paper)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.printed.isVisible()

    paper.print_on(ON_DESK, (CopyFor.PATIENT,))

    again = dialog.printed.findChild(QPushButton, "action.print_again")
    assert dialog.printed.isVisible()
    assert again is not None
    assert paper.sheets[0].check_code in again.accessibleName()
