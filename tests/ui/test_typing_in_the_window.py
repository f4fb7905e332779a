"""What reception types, end to end: real window, real form, real database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.staff import Actor
from intake_app.services.cases import Case
from intake_app.ui.app import Window
from tests import keystrokes
from tests.hands import Hands


class Desk:
    """One window with the page of one patient."""

    def __init__(self, qapp: QApplication, paths: Paths) -> None:
        self.actor: Actor = keystrokes.set_up(paths)
        application = Application(paths)
        self.visit_id = application.patients.register(self.actor, "Weber, Clara")
        application.close()
        self.paths = paths
        self.window = Window(qapp, lambda: Application(paths), paths)
        self.window.show()
        self.hands = Hands(self.window.main)
        self.hands.find("actor")
        self.hands.wait(self.window.main.status.isVisible, "start")
        self.hands.settle(0.3)
        self.window.main.open_visit(self.visit_id)
        self.hands.find("patient.family_name")

    def go(self, section: int) -> None:
        """Jump to a section by its number."""
        self.hands.key(Qt.Key(Qt.Key.Key_0 + section), Qt.KeyboardModifier.AltModifier)

    def labels(self, text: str) -> str:
        """Return everything that the labels of the page say that begin with ``text``."""
        labels = self.window.main.findChildren(QLabel)
        return " ".join(each.text() for each in labels if each.text().startswith(text))

    def saved(self) -> Case:
        """Save, and return what a second program reads from the database."""
        self.hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.hands.wait(self.window.main.patients.is_saved, "saved")
        application = Application(self.paths)
        case = application.patients.case(self.actor, self.visit_id)
        application.close()
        return case


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk with the page of one patient on the screen."""
    made = Desk(qapp, Paths(tmp_path / "clinic"))
    yield made
    made.window.main.close()
    made.hands.wait(made.window.main.isHidden, "closed")
    made.window.close()
    made.window.main.deleteLater()


def test_a_birth_date_is_read_as_the_clinic_writes_it(desk: Desk) -> None:
    def kept(typed: str) -> tuple[str, date | None]:
        desk.hands.fill("patient.birth_date", typed)
        return desk.hands.text("patient.birth_date"), desk.saved().patient.birth_date

    ways = ("3/4/51", "030451", "4 Mar 1951", "1951-03-04", "March 4, 1951")

    assert [kept(typed) for typed in ways] == [("4 March 1951", date(1951, 3, 4))] * len(ways)


def test_a_day_may_be_counted_from_today(desk: Desk) -> None:
    desk.go(4)

    def kept(typed: str) -> date | None:
        desk.hands.fill("imaging.mri_on", typed)
        return desk.saved().imaging.mri_on

    ways = {"t": 0, "today": 0, "-2w": -14, "-3d": -3, "yesterday": -1}
    today = desk.saved().visit.day
    assert today is not None

    assert [kept(typed) for typed in ways] == [today + timedelta(days=n) for n in ways.values()]


def test_a_time_belongs_to_the_day_of_the_visit(desk: Desk) -> None:
    desk.go(6)

    def kept(typed: str) -> tuple[str, datetime | None]:
        desk.hands.fill("visit.planned_start", typed)
        return desk.hands.text("visit.planned_start"), desk.saved().visit.planned_start

    ways = ("14:30", "1430", "2:30 pm", "14.30")
    day = desk.saved().visit.day
    assert day is not None
    moment = datetime(day.year, day.month, day.day, 14, 30, tzinfo=UTC)

    assert [kept(typed) for typed in ways] == [("14:30", moment)] * len(ways)


def test_a_phone_is_written_the_way_of_the_country(desk: Desk) -> None:
    desk.go(1)
    desk.hands.fill("patient.home_phone", "312 555 0142 x12")

    assert desk.hands.text("patient.home_phone") == "(312) 555-0142 ext. 12"
    assert desk.saved().patient.home_phone == "(312) 555-0142 ext. 12"


def test_a_phone_nobody_can_have_is_kept_with_a_warning(desk: Desk) -> None:
    desk.go(1)
    desk.hands.fill("patient.home_phone", "312 555 014")

    assert "may be wrong" in desk.hands.text("problem.patient.home_phone")
    assert desk.saved().patient.home_phone == "312 555 014"


def test_f6_asks_the_nurse_about_the_field_that_has_the_keyboard(desk: Desk) -> None:
    desk.go(1)
    desk.hands.focus("patient.lives_alone")
    desk.hands.key(Qt.Key.Key_F6)
    desk.hands.type("Says her sister moves in?")
    desk.hands.key(Qt.Key.Key_Return)

    desk.hands.wait(lambda: desk.saved().questions, "kept")
    (question,) = desk.saved().questions
    assert (question.form, question.key) == ("patient", "lives_alone")
    assert desk.hands.find("patient.lives_alone").hasFocus()
    button = desk.hands.find("action.section_identity")
    desk.hands.wait(lambda: "1 question" in button.accessibleName(), "count")
    assert desk.hands.seen("action.answer.patient.lives_alone") is None


def test_esc_gives_a_question_up_and_leaves_the_page_open(desk: Desk) -> None:
    desk.go(1)
    desk.hands.focus("patient.stairs")
    desk.hands.key(Qt.Key.Key_F6)
    desk.hands.type("Not")
    desk.hands.key(Qt.Key.Key_Escape)

    assert desk.hands.find("patient.stairs").hasFocus()
    assert desk.hands.seen("question.patient.stairs") is None


def test_a_field_that_paper_needs_says_so_until_it_is_filled(desk: Desk) -> None:
    desk.go(6)
    desk.hands.fill("visit.planned_start", "")
    desk.saved()
    desk.hands.wait(lambda: "needed for" in desk.labels("Procedure starts"), "mark")

    desk.hands.fill("visit.planned_start", "8")
    desk.saved()

    desk.hands.wait(lambda: "needed for" not in desk.labels("Procedure starts"), "no mark")


def test_pressing_what_a_paper_needs_leads_to_the_field(desk: Desk) -> None:
    desk.go(6)
    desk.hands.fill("visit.planned_start", "")
    desk.saved()
    desk.go(1)
    desk.hands.settle(0.3)
    desk.hands.press("action.missing_for_estimate")
    links = [desk.hands.find(f"missing.{number}").accessibleName() for number in range(2)]

    desk.hands.press(f"missing.{links.index('Procedure starts')}")

    assert desk.hands.find("visit.planned_start").hasFocus()
