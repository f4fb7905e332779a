"""The card of the hand-over: answered by keyboard, handed over, filed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.handing import HandOver, SaidBack, TeachBack
from intake_app.domain.staff import Actor
from intake_app.domain.visits import VisitState
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.views.confirm_identity import ConfirmIdentity
from intake_app.ui.views.going_home_section import GoingHomeSection
from intake_app.ui.views.patient_page import PatientPage
from tests.fakes_ui import FakeNotices
from tests.presenters.pages import a_page
from tests.services.desk import NURSE, RECEPTION, Desk, a_desk
from tests.services.papers import approved, printed


class Card:
    """The card in its page, with dialogs that do as told."""

    def __init__(self, desk: Desk, visit_id: str, actor: Actor = NURSE) -> None:
        self.page = PatientPage(a_page(desk, visit_id, actor))
        self.page.resize(1140, 690)
        self.page.show()
        section = self.page.go_to_section(PageSection.GOING_HOME)
        assert isinstance(section, GoingHomeSection)
        self.view = section.hand_over
        self.notices = FakeNotices()
        self.view._notices = self.notices  # type: ignore[assignment]
        section.buttons._notices = self.notices  # type: ignore[assignment]
        self.desk, self.visit_id = desk, visit_id

    def button(self, name: str) -> QPushButton:
        """Return a button."""
        found = self.view.findChild(QPushButton, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        """Press a button."""
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key) -> None:
        """Press a key wherever the keyboard is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    @property
    def focus(self) -> str:
        """Return the name of what has the keyboard."""
        found = QApplication.focusWidget()
        return found.objectName() if found is not None else ""

    def answers(self) -> dict[str, SaidBack | None]:
        """Return what is kept of each group."""
        with self.desk.work as work:
            rows = work.records(TeachBack).owned_by(self.visit_id)
        return {row.group: row.said_back for row in rows}

    def handed(self) -> list[HandOver]:
        """Return the hand-overs that are recorded."""
        with self.desk.work as work:
            rows = work.records(HandOver).owned_by(self.visit_id)
        return [row for row in rows if row.handed_at is not None]

    def give(self) -> None:
        """Tick that the patient gets the sheet."""
        tick = self.view.findChild(QCheckBox, "hand_over.to_patient")
        assert tick is not None
        tick.click()
        self.page.presenter.autosave.flush()


@pytest.fixture
def desk() -> Desk:
    """Return the services of a clinic that is set up."""
    return a_desk()


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return a visit in recovery whose sheet is printed."""
    visit_id = approved(desk)
    printed(desk, visit_id)
    return visit_id


@pytest.fixture
def card(qtbot: QtBot, desk: Desk, visit_id: str) -> Iterator[Card]:
    """Return the card in view."""
    card = Card(desk, visit_id)
    qtbot.addWidget(card.page)
    card.page.activateWindow()
    yield card
    card.page.close()


def test_1_answers_and_goes_on_to_the_next_group(card: Card) -> None:
    card.button("teach_back.danger_signs.said_back").setFocus()

    card.key(Qt.Key.Key_1)
    card.key(Qt.Key.Key_1)

    assert card.answers() == {"danger_signs": SaidBack.FIRST, "whom_to_call": SaidBack.FIRST}
    assert card.focus == "teach_back.limits.said_back"


@pytest.mark.parametrize(
    ("key", "answer"), [(Qt.Key.Key_2, SaidBack.AGAIN), (Qt.Key.Key_3, SaidBack.NOT_ABLE)]
)
def test_2_and_3_lead_to_the_note(card: Card, key: Qt.Key, answer: SaidBack) -> None:
    card.button("teach_back.wound.said_back").setFocus()

    card.key(key)

    assert card.answers() == {"wound": answer}
    assert card.focus == "teach_back.wound.note"


def test_a_digit_in_a_note_is_a_digit(card: Card) -> None:
    card.button("teach_back.wound.said_back").setFocus()
    card.key(Qt.Key.Key_2)
    note = card.view.findChild(QLineEdit, "teach_back.wound.note")
    assert note is not None

    QTest.keyClicks(note, "3 days")
    card.page.presenter.autosave.flush()

    assert note.text() == "3 days"
    assert card.answers() == {"wound": SaidBack.AGAIN}


def test_a_key_held_down_answers_nothing_more(card: Card) -> None:
    card.button("teach_back.danger_signs.said_back").setFocus()
    card.key(Qt.Key.Key_1)
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", autorep=True
    )

    QApplication.sendEvent(card.button(card.focus), held)

    assert set(card.answers()) == {"danger_signs"}
    assert card.focus == "teach_back.whom_to_call.said_back"


def test_after_the_last_group_comes_who_gets_the_sheet(card: Card) -> None:
    card.button("teach_back.next_visit.said_back").setFocus()

    card.key(Qt.Key.Key_1)

    assert card.focus == "hand_over.to_patient"


def test_tab_goes_on_from_the_groups_to_whom_the_sheet_goes(card: Card) -> None:
    card.button("teach_back.next_visit.said_back").setFocus()

    card.key(Qt.Key.Key_Tab)

    assert card.focus == "hand_over.to_patient"


def test_the_answer_that_was_given_is_lit(card: Card) -> None:
    card.press("teach_back.limits.not_able")

    lit = [
        name
        for name in ("said_back", "again", "not_able")
        if card.button(f"teach_back.limits.{name}").isChecked()
    ]
    assert lit == ["not_able"]


def test_how_many_groups_were_said_back_is_counted(card: Card) -> None:
    card.press("teach_back.limits.said_back")
    card.press("teach_back.wound.not_able")

    assert card.view.progress.text() == "1 of 6 said back"


def test_every_input_of_the_card_has_a_name_for_a_screen_reader(card: Card) -> None:
    inputs = [
        each
        for kind in (QPushButton, QLineEdit, QCheckBox)
        for each in card.view.findChildren(kind)
        if each.isVisible()
    ]

    assert len(inputs) > 20
    assert [each.objectName() for each in inputs if not each.accessibleName()] == []


def test_nothing_is_handed_over_before_it_is_said_to_whom(card: Card) -> None:
    assert not card.button("action.hand_over").isEnabled()


def test_handing_over_asks_whose_sheet_it_is_and_moves_the_visit(card: Card) -> None:
    card.give()

    card.press("action.hand_over")

    (asked,) = card.notices.questions
    assert isinstance(asked, ConfirmIdentity)
    assert asked.no.text() == "No, do not hand over"
    assert [row.to_patient for row in card.handed()] == [True]
    assert card.view.done.text() == "Handed over 14:00 by Nora Hill: Patient"
    assert card.desk.case(card.visit_id).visit.state is VisitState.READY


def test_a_sheet_of_somebody_else_is_not_handed_over(card: Card) -> None:
    card.give()
    card.notices.answer = False

    card.press("action.hand_over")

    assert card.handed() == []
    assert card.desk.case(card.visit_id).visit.state is VisitState.RECOVERY


def test_a_hand_over_is_taken_back(card: Card) -> None:
    card.give()
    card.press("action.hand_over")

    card.press("action.take_back_hand_over")

    assert card.handed() == []
    assert card.button("action.hand_over").isVisible()


def test_the_page_for_the_file_is_printed_by_itself(card: Card) -> None:
    card.press("teach_back.limits.again")

    card.press("action.print_file_page")

    (page,) = card.desk.spooler.printed
    assert b"('What must wait', 'Needed repeating', 'Patient'" in page
    assert card.notices.questions[-1].windowTitle() == "Print"


def test_before_anything_is_printed_there_is_no_page_for_the_file(qtbot: QtBot) -> None:
    desk = a_desk()
    card = Card(desk, approved(desk))
    qtbot.addWidget(card.page)

    assert not card.button("action.print_file_page").isVisible()
    card.page.close()


def test_reception_sees_the_answers_and_cannot_press_them(qtbot: QtBot) -> None:
    desk = a_desk()
    visit_id = approved(desk)
    desk.handing_over.say_back(
        NURSE, visit_id, "wound", draft={"said_back": SaidBack.FIRST, "listener": "patient"}
    )
    card = Card(desk, visit_id, RECEPTION)
    qtbot.addWidget(card.page)

    pressed = card.button("teach_back.wound.said_back")

    assert pressed.isChecked()
    assert not pressed.isEnabled()
    assert not card.button("action.hand_over").isEnabled()
    card.page.close()


def test_a_visit_without_a_procedure_asks_nothing(qtbot: QtBot) -> None:
    desk = a_desk()
    card = Card(desk, desk.register())
    qtbot.addWidget(card.page)

    found = card.page.findChild(QWidget, "hand_over.card")

    assert found is not None
    assert not found.isVisible()
    card.page.close()
