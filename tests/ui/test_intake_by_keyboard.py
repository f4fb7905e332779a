"""A whole intake typed by a receptionist: real keys, a real window, every keystroke counted."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.patients import Interpreter, ReadingNeed
from intake_app.domain.sheets import PrintSize, StoredSheet
from intake_app.domain.values import Answer, PartialDate
from intake_app.domain.visits import Technique
from intake_app.services.cases import Case
from intake_app.ui.app import Window
from tests import keystrokes
from tests.fakes_printing import FakeSpooler
from tests.hands import Hands


@dataclass(frozen=True)
class Taken:
    """What one intake left behind."""

    counts: dict[str, int]
    case: Case
    today: date
    sheets: tuple[StoredSheet, ...]
    paper: str


@pytest.fixture(scope="module")
def taken(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Return the intake of Clara Weber, typed once into the real window."""
    paths = Paths(Path(tmp_path_factory.mktemp("desk")) / "clinic")
    actor = keystrokes.set_up(paths)
    spooler = FakeSpooler()
    window = Window(qapp, partial(keystrokes.program_at, paths, spooler), paths)
    window.show()
    hands = Hands(window.main)
    hands.find("actor")
    counts = keystrokes.take_intake(hands)
    window.main.close()
    hands.wait(window.main.isHidden, "closed")
    window.close()
    window.main.deleteLater()
    application = Application(paths)
    (found,) = application.patients.search(actor, "Weber")
    visit_id = application.patients.latest_visit(actor, found.patient_id)
    case = application.patients.case(actor, visit_id)
    sheets = application.sheets.sheets(actor, visit_id)
    today = application.board.today()
    application.close()
    return Taken(counts, case, today, sheets, text_of(spooler.printed[0]))


def text_of(pdf: bytes) -> str:
    """Return the text of every page, in one line."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def test_a_whole_intake_is_typed_in_ninety_seconds(taken: Taken) -> None:
    keys = sum(taken.counts.values())

    assert keystrokes.seconds(keys) <= keystrokes.LONGEST_S


def test_the_page_in_the_handbook_tells_the_count_of_today(taken: Taken) -> None:
    written = keystrokes.PAGE.read_text(encoding="utf-8")

    assert written == keystrokes.page_of(taken.counts), "run python -m tests.keystrokes"


def test_who_she_is_and_who_sent_her_is_kept(taken: Taken) -> None:
    patient = taken.case.patient

    assert patient.full_name == "Clara Weber"
    assert patient.birth_date == date(1951, 3, 4)
    assert patient.mobile_phone == "(312) 555-0142"
    assert (patient.address_line_1, patient.city, patient.postcode) == (
        "12 Oak Street",
        "Ames",
        "50010",
    )
    assert patient.interpreter is Interpreter.NONE
    assert patient.reading_needs == (ReadingNeed.LARGE_PRINT,)
    assert (patient.lives_alone, patient.stairs) == (Answer.NO, Answer.YES)
    assert (patient.referrer_name, patient.referrer_phone) == ("Dr. Lang", "(515) 555-0199")


def test_the_driver_is_confirmed_by_phone_and_is_the_emergency_contact(taken: Taken) -> None:
    driver, contact = taken.case.driver, taken.case.contact

    assert (driver.name, driver.phone) == ("Paul Weber", "(515) 555-0123")
    assert (driver.will_take_home, driver.hours_staying) == (Answer.YES, 24)
    assert driver.confirmed_at is not None
    assert (contact.name, contact.phone) == (driver.name, driver.phone)


def test_both_fractures_say_when_and_how(taken: Taken) -> None:
    rows = taken.case.fractures

    assert [row.level.value for row in rows] == ["T12", "L1"]
    assert [row.happened for row in rows] == [PartialDate.about(3, "w", taken.today)] * 2
    assert [row.cause and row.cause.value for row in rows] == ["osteoporosis"] * 2


def test_pictures_and_pain_medicine_are_kept(taken: Taken) -> None:
    (medicine,) = taken.case.pain_medicines

    assert taken.case.imaging.mri_on == taken.today - timedelta(weeks=2)
    assert taken.case.imaging.dexa_on == date(2025, 3, 2)
    assert (medicine.name, medicine.dose) == ("Acetaminophen", "1 g")


def test_every_safety_question_has_the_answer_that_was_typed(taken: Taken) -> None:
    answers = taken.case.answers

    assert answers.get("allergies.0.substance") == "penicillin"
    assert answers.get("blood_thinner") == "no"
    assert answers.get("infection_virus") == "no"
    assert answers.get("kidney") == "none"
    assert answers.get("smoking") == "never"
    assert answers.get("belongings") == ("glasses",)


def test_the_appointment_stands_and_identity_is_checked(taken: Taken) -> None:
    visit = taken.case.visit

    assert visit.day == taken.today + timedelta(days=3)
    assert visit.planned_start is not None
    assert (visit.planned_start.date(), visit.planned_start.hour) == (visit.day, 8)
    assert visit.planned_procedure is Technique.VERTEBROPLASTY
    assert visit.identity_checked_by == keystrokes.RECEPTION


def test_the_sheet_is_hers_in_large_print(taken: Taken) -> None:
    (sheet,) = taken.sheets

    assert sheet.size is PrintSize.LARGE
    assert "Clara Weber" in taken.paper
    assert "Repair of 2 broken bones" in taken.paper
