"""One visit typed by keyboard in the real window, and read back from the paper."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Actor, Role
from intake_app.domain.validation import draft_of
from intake_app.ui.app import Window
from intake_app.ui.views.confirm_identity import ConfirmIdentity
from intake_app.ui.views.patient_page import PatientPage
from tests.approving import approve
from tests.builders import a_clinic
from tests.fakes_printing import FakeSpooler
from tests.handing import hand_over, print_sheet, teach
from tests.hands import Hands

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = frozenset({Role.RECEPTION, Role.NURSE})


def set_up(paths: Paths) -> None:
    """Set a clinic up whose wording and limits are approved."""
    application = Application(paths)
    people = [("Nora Hill", BOTH), ("Dr. Park", frozenset({Role.PHYSICIAN}))]
    _, staff = application.clinic.set_up(draft_of(a_clinic()), people)
    today = application.board.today()
    review_by = today.replace(year=today.year + 1, day=1)
    approve(application.wordings, Actor.of(staff[1]), SheetKind.AFTERCARE, review_by)
    application.close()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Return the folder of a clinic that is set up."""
    paths = Paths(tmp_path / "clinic")
    set_up(paths)
    return paths


@pytest.fixture
def spooler() -> FakeSpooler:
    """Return the printer of the desk."""
    return FakeSpooler()


@pytest.fixture
def window(qapp: QApplication, paths: Paths, spooler: FakeSpooler) -> Iterator[Window]:
    """Return the real program over that folder, with that printer; it is closed again."""

    def application() -> Application:
        made = Application(paths)
        made.spooler = spooler
        return made

    window = Window(qapp, application, paths)
    window.show()
    yield window
    window.main.close()
    Hands(window.main).wait(lambda: not window.main.isVisible(), "closed")
    window.close()
    window.main.deleteLater()


@pytest.fixture
def hands(window: Window) -> Hands:
    """Return the keyboard at that window, once the day is shown."""
    hands = Hands(window.main)
    hands.find("search")
    hands.find("actor")
    return hands


def register(hands: Hands, typed: str) -> None:
    """Register a new patient from the search box."""
    hands.search(typed)
    hands.settle(0.4)
    hands.key(Qt.Key.Key_N, CONTROL)
    hands.press("action.create_patient")
    hands.find("patient.family_name")


def plan(hands: Hands) -> None:
    """Mark T12 and L1 and plan the procedure for 8 o'clock."""
    hands.key(Qt.Key.Key_3, ALT)
    hands.fill("fractures.levels", "T12 L1".replace(" ", ", "))
    hands.key(Qt.Key.Key_6, ALT)
    hands.fill("visit.planned_start", "8:00")
    hands.wait(lambda: "13:00" in hands.text("estimate.pick_up"), "estimate")


def record(hands: Hands) -> None:
    """Stamp the times and say what was done at both levels."""
    hands.key(Qt.Key.Key_7, ALT)
    for key in ("started_at", "ended_at", "recovery_at"):
        hands.press(f"action.stamp.{key}")
    hands.press("action.take_over_plan")
    for index in range(2):
        hands.choose(f"treated_level.{index}.done", "Vertebroplasty")
        hands.fill(f"treated_level.{index}.punctures", "2")
    hands.choose("procedure.sedation", "Moderate")
    hands.choose("procedure.closure", "Skin glue")


def save_as_pdf(hands: Hands, window: Window, target: Path) -> None:
    """Save the sheet, confirming name and birth date by eye."""
    page = window.main.findChild(PatientPage)
    assert page is not None
    page.notices.ask_save_path = lambda *_, **__: target  # type: ignore[method-assign]
    hands.key(Qt.Key.Key_8, ALT)
    hands.wait(lambda: hands.find("action.save_pdf").isEnabled(), "preview")

    def confirm() -> None:
        if not isinstance(QApplication.activeModalWidget(), ConfirmIdentity):
            QTimer.singleShot(20, confirm)
            return
        for name in ("confirm.name", "confirm.birth_date", "action.confirm_identity"):
            hands.press(name)

    QTimer.singleShot(0, confirm)
    hands.press("action.save_pdf")
    hands.wait(target.exists, "file")
    hands.find("notices.text")


def check(hands: Hands, code: str) -> str:
    """Type a check code; return what it says."""
    hands.press("action.check_sheet")
    hands.focus("sheet_check.code")
    hands.type(code.lower())
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.text("sheet_check.answer"), "answer")
    return hands.text("sheet_check.answer")


def text_of(pdf: Path) -> str:
    """Return the text of every page, in one line."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def test_a_visit_typed_by_keyboard_is_true_on_paper(
    hands: Hands, window: Window, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.pdf"

    register(hands, "Weber, Clara 3/4/1951")
    hands.choose("patient.sex", "Female")
    plan(hands)
    stay = hands.text("estimate.stay")
    record(hands)
    save_as_pdf(hands, window, sheet)

    text = text_of(sheet)
    assert stay == "5 h to 6 h from the start of the procedure"
    assert "Clara Weber" in text
    assert "March 4, 1951" in text
    assert "T12" in text
    assert "L1" in text
    assert "DRAFT" not in text
    assert "911" in text


def test_a_sheet_is_printed_explained_handed_over_and_corrected(
    hands: Hands, spooler: FakeSpooler, paths: Paths, tmp_path: Path
) -> None:
    register(hands, "Weber, Clara 3/4/1951")
    plan(hands)
    record(hands)

    first = print_sheet(hands, spooler)
    teach(hands)
    hand_over(hands)
    moved = hands.text("header.visit")
    hands.wait(lambda: "Complete" in hands.find("action.section_going_home").accessibleName())
    hands.key(Qt.Key.Key_7, ALT)
    hands.choose("procedure.closure", "Stitches")
    second = print_sheet(hands, spooler)
    opened_again = hands.find("action.hand_over").isVisible()
    told = check(hands, first), check(hands, second)

    corrected = tmp_path / "corrected.pdf"
    corrected.write_bytes(spooler.printed[-1])
    assert "Ready to go home" in moved
    assert opened_again
    assert f"({first}). Throw the old one away." in text_of(corrected)
    assert f"({second}). Use that one. Handed over" in told[0]
    assert "It replaced the sheet of" in told[1]
    assert told[1].endswith("It is not recorded as handed over.")
    assert stored_bytes(paths) == spooler.printed


def stored_bytes(paths: Paths) -> list[bytes]:
    """Return the sheets that are kept, in the order they were printed."""
    application = Application(paths)
    actor = Actor.of(application.clinic.staff()[0])
    (found,) = application.patients.search(actor, "Weber")
    visit_id = application.patients.latest_visit(actor, found.patient_id)
    sheets = application.sheets.sheets(actor, visit_id)
    application.close()
    return [sheet.pdf for sheet in reversed(sheets)]


def test_nothing_typed_is_lost_by_closing_the_window_at_once(
    hands: Hands, window: Window, paths: Paths
) -> None:
    register(hands, "Weber, Clara 3/4/1951")
    hands.focus("patient.city")
    hands.type("Ames")

    window.main.close()
    hands.wait(lambda: not window.main.isVisible(), "closed")
    window.close()

    reopened = Application(paths)
    actor = Actor.of(reopened.clinic.staff()[0])
    (found,) = reopened.patients.search(actor, "Weber")
    case = reopened.patients.case(actor, reopened.patients.latest_visit(actor, found.patient_id))
    reopened.close()
    assert case.patient.city == "Ames"
