"""The patient page as a window: sections, jumps, typing, names."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from intake_app.domain.patients import Patient
from intake_app.domain.procedures import DoneAtLevel, TreatedLevel
from intake_app.domain.staff import Actor
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.views.patient_header import PatientHeader
from intake_app.ui.views.patient_page import PatientPage
from tests.fakes_ui import FakeNotices
from tests.presenters.pages import a_page, approve
from tests.services.desk import NURSE, RECEPTION, Desk, a_desk

ALT = Qt.KeyboardModifier.AltModifier
INPUTS = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractButton, QListWidget)
INSIDE_OTHERS = ("qt_spinbox_lineedit", "qt_toolbar_ext_button")


@pytest.fixture
def desk() -> Desk:
    """Return the services of a clinic that is set up."""
    return a_desk()


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return the visit of Jane Doe with everything that has rows, ready to go home."""
    visit_id = desk.register()
    desk.fractures.set_levels(NURSE, visit_id, "T12, L1")
    desk.save(desk.case(visit_id).visit, {"planned_start": "08:00"})
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "yes"})
    desk.safety.add_row(NURSE, visit_id, "blood_thinners")
    desk.forms.add_row(
        NURSE, TreatedLevel, visit_id, {"level": "T12", "done": DoneAtLevel.VERTEBROPLASTY}
    )
    desk.visits.stamp(NURSE, visit_id, "started_at")
    approve(desk)
    return visit_id


def shown(desk: Desk, visit_id: str, actor: Actor = NURSE) -> PatientPage:
    """Return the page of a visit in a window of the least supported size."""
    presenter = a_page(desk, visit_id, actor)
    page = PatientPage(presenter)
    page.resize(1140, 690)
    page.show()
    return page


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, visit_id: str) -> Iterator[PatientPage]:
    """Return that page, shown to a nurse."""
    page = shown(desk, visit_id)
    qtbot.addWidget(page)
    yield page
    page.close()


def widget(page: QWidget, name: str) -> QWidget:
    """Return a widget of the page by its object name."""
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def inputs_of(page: QWidget) -> list[QWidget]:
    """Return everything on a page that takes the keyboard."""
    return [
        found
        for found in page.findChildren(QWidget)
        if isinstance(found, INPUTS)
        and found.isVisible()
        and found.focusPolicy() != Qt.FocusPolicy.NoFocus
        and found.objectName() not in INSIDE_OTHERS
    ]


# --- sections ---------------------------------------------------------------------------------


@pytest.mark.parametrize("section", list(PageSection), ids=lambda section: section.value)
def test_alt_and_a_digit_jump_to_each_section(page: PatientPage, section: PageSection) -> None:
    number = list(PageSection).index(section) + 1

    QTest.keyClick(page, Qt.Key(Qt.Key.Key_0.value + number), ALT)

    assert page.sections.button(section).isChecked()
    assert page.section_page(section).isVisible()


@pytest.mark.parametrize("section", list(PageSection), ids=lambda section: section.value)
def test_every_input_has_a_name_for_people_who_hear_it(
    page: PatientPage, section: PageSection
) -> None:
    page.go_to_section(section)

    nameless = [
        found.objectName() or type(found).__name__
        for found in inputs_of(page)
        if not QAccessible.queryAccessibleInterface(found).text(QAccessible.Text.Name)
    ]

    assert nameless == []


@pytest.mark.parametrize("section", list(PageSection), ids=lambda section: section.value)
def test_every_input_has_an_object_name_of_its_own(page: PatientPage, section: PageSection) -> None:
    page.go_to_section(section)

    names = Counter(found.objectName() for found in inputs_of(page))

    assert [name for name, count in names.items() if name and count > 1] == []
    assert all(found.objectName() for found in inputs_of(page) if isinstance(found, QPushButton))


@pytest.mark.parametrize(
    ("place", "section"),
    [
        ("patient.sex", PageSection.IDENTITY),
        ("driver.name", PageSection.CONTACTS),
        ("fractures.levels", PageSection.FRACTURES),
        ("pain.pain_now", PageSection.IMAGING),
        ("safety.allergy_status", PageSection.SAFETY),
        ("action.check_identity", PageSection.APPOINTMENT),
        ("procedure.follow_up_at", PageSection.PROCEDURE),
        ("action.take_over_plan", PageSection.PROCEDURE),
    ],
)
def test_something_missing_leads_to_its_place(
    page: PatientPage, place: str, section: PageSection
) -> None:
    found = page.go_to(place)

    assert found
    assert page.section_page(section).isVisible()
    assert page.focusWidget() is widget(page, place)


def test_a_section_is_built_only_when_somebody_looks_at_it(page: PatientPage) -> None:
    before = page.findChild(QWidget, "procedure.sedation")

    page.go_to_section(PageSection.PROCEDURE)

    assert before is None
    assert page.findChild(QWidget, "procedure.sedation") is not None


def test_the_section_list_says_in_words_what_is_missing(page: PatientPage) -> None:
    button = page.sections.button(PageSection.IDENTITY)

    assert "missing" in button.accessibleName()
    assert "Sex at birth" in button.toolTip()


# --- typing -----------------------------------------------------------------------------------


def test_what_is_typed_is_saved_when_the_section_is_left(
    page: PatientPage, desk: Desk, visit_id: str
) -> None:
    QTest.keyClicks(widget(page, "patient.city"), "Ames")

    page.go_to_section(PageSection.CONTACTS)

    assert desk.case(visit_id).patient.city == "Ames"


def test_ctrl_s_saves_at_once(page: PatientPage, desk: Desk, visit_id: str) -> None:
    city = widget(page, "patient.city")
    QTest.keyClicks(city, "Ames")

    QTest.keyClick(city, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert desk.case(visit_id).patient.city == "Ames"


def test_esc_saves_and_goes_back(
    page: PatientPage, qtbot: QtBot, desk: Desk, visit_id: str
) -> None:
    city = widget(page, "patient.city")
    city.setFocus()
    QTest.keyClicks(city, "Ames")

    with qtbot.waitSignal(page.closed, timeout=1000):
        QTest.keyClick(city, Qt.Key.Key_Escape)

    assert desk.case(visit_id).patient.city == "Ames"


def test_the_estimate_and_the_header_follow_the_levels(page: PatientPage) -> None:
    page.go_to_section(PageSection.FRACTURES)
    levels = widget(page, "fractures.levels")
    assert isinstance(levels, QLineEdit)
    levels.selectAll()

    QTest.keyClicks(levels, "T12, L1-L3")

    assert page.estimate.stay.text() == "7 h to 8 h from the start of the procedure"
    assert "15:00 to 16:00" in page.header.estimate.text()


def test_a_level_that_does_not_exist_is_said_under_the_line(page: PatientPage) -> None:
    page.go_to_section(PageSection.FRACTURES)
    levels = widget(page, "fractures.levels")
    assert isinstance(levels, QLineEdit)
    levels.setFocus()
    levels.selectAll()

    QTest.keyClicks(levels, "T13")
    QTest.keyClick(levels, Qt.Key.Key_Return)

    assert "There is no T13" in levels.accessibleDescription()


def test_space_on_a_vertebra_marks_it_everywhere(
    page: PatientPage, desk: Desk, visit_id: str
) -> None:
    page.go_to_section(PageSection.FRACTURES)

    QTest.keyClick(widget(page, "spine.L3"), Qt.Key.Key_Space)

    levels = widget(page, "fractures.levels")
    assert isinstance(levels, QLineEdit)
    assert levels.text() == "T12, L1, L3"
    assert page.header.levels.text() == "T12, L1, L3"
    assert len(desk.case(visit_id).fractures) == 3


@pytest.mark.parametrize(("answer", "left"), [(True, ["L1"]), (False, ["T12", "L1"])])
def test_removing_a_row_with_data_asks_first(
    page: PatientPage, desk: Desk, visit_id: str, answer: bool, left: list[str]
) -> None:
    desk.save(desk.case(visit_id).fractures[0], {"cause": "trauma"})
    page.presenter.reread()
    section = page.go_to_section(PageSection.FRACTURES)
    notices = FakeNotices(answer=answer)
    section._notices = notices  # type: ignore[union-attr]

    QTest.mouseClick(widget(page, "action.remove_fracture"), Qt.MouseButton.LeftButton)

    assert [row.level for row in desk.case(visit_id).fractures] == left
    assert len(notices.questions) == 1


def test_removing_a_row_without_data_asks_nothing(
    page: PatientPage, desk: Desk, visit_id: str
) -> None:
    section = page.go_to_section(PageSection.FRACTURES)
    notices = FakeNotices()
    section._notices = notices  # type: ignore[union-attr]

    QTest.mouseClick(widget(page, "action.remove_fracture"), Qt.MouseButton.LeftButton)

    assert [row.level for row in desk.case(visit_id).fractures] == ["L1"]
    assert notices.questions == []


def test_a_new_question_appears_and_the_keyboard_stays(page: PatientPage) -> None:
    page.go_to_section(PageSection.SAFETY)
    diabetes = widget(page, "safety.diabetes")
    assert isinstance(diabetes, QComboBox)
    diabetes.setFocus()

    QTest.keyClicks(diabetes, "Type")

    assert widget(page, "safety.insulin").isVisible()
    assert page.focusWidget() is diabetes


def test_a_row_of_the_questions_is_added_and_removed(page: PatientPage, qtbot: QtBot) -> None:
    page.go_to_section(PageSection.SAFETY)

    QTest.mouseClick(widget(page, "action.add_row.blood_thinners"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: widget(page, "safety.blood_thinners.1.name").isVisible())
    QTest.mouseClick(widget(page, "action.remove_row.blood_thinners.1"), Qt.MouseButton.LeftButton)

    assert page.findChild(QWidget, "safety.blood_thinners.1.name") is None


def test_medicines_of_the_list_are_offered_while_typing(page: PatientPage) -> None:
    page.go_to_section(PageSection.SAFETY)
    name = widget(page, "safety.blood_thinners.0.name")
    assert isinstance(name, QLineEdit)
    offered = name.completer()
    assert offered is not None

    offered.setCompletionPrefix("apix")

    assert offered.currentCompletion().lower().startswith("apixaban")


# --- deeds ------------------------------------------------------------------------------------


def test_one_press_stamps_and_the_button_says_when(
    page: PatientPage, desk: Desk, visit_id: str
) -> None:
    page.go_to_section(PageSection.PROCEDURE)
    button = widget(page, "action.stamp.ended_at")
    assert isinstance(button, QPushButton)

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert desk.case(visit_id).procedure.ended_at == desk.clock.now()
    assert button.text() == "Ended 14:00"
    assert not button.isEnabled()


def test_telling_the_physician_needs_a_name(page: PatientPage, desk: Desk, visit_id: str) -> None:
    flag = page.presenter.flags[0].flag
    name = widget(page, f"flag_told_to.{flag.id}")
    press = f"action.acknowledge_flag.{flag.id}"

    QTest.mouseClick(widget(page, press), Qt.MouseButton.LeftButton)
    before = desk.case(visit_id).acknowledgements
    QTest.keyClicks(name, "Dr. Park")
    QTest.mouseClick(widget(page, press), Qt.MouseButton.LeftButton)

    assert before == ()
    assert [row.told_to for row in desk.case(visit_id).acknowledgements] == ["Dr. Park"]


def test_the_identity_check_says_who_and_when(page: PatientPage) -> None:
    page.go_to_section(PageSection.APPOINTMENT)

    QTest.mouseClick(widget(page, "action.check_identity"), Qt.MouseButton.LeftButton)

    said = widget(page, "visit.identity_checked")
    assert said.text() == f"Checked by {NURSE.name}, 22 November 2026, 14:00"  # type: ignore[attr-defined]


def test_reception_sees_the_procedure_record_but_cannot_type_it(
    qtbot: QtBot, desk: Desk, visit_id: str
) -> None:
    page = shown(desk, visit_id, RECEPTION)
    qtbot.addWidget(page)
    page.go_to_section(PageSection.PROCEDURE)

    closed = widget(page, "procedure.sedation")
    stamp = widget(page, "action.stamp.ended_at")

    assert not closed.isEnabled()
    assert not stamp.isEnabled()
    assert page.findChild(QWidget, "action.acknowledge_flag.C-06") is None
    page.close()


def test_a_narrow_window_puts_the_estimate_under_the_section(page: PatientPage) -> None:
    page.resize(720, 500)

    assert page.estimate.isVisible()
    assert page.section_page(PageSection.IDENTITY).isAncestorOf(page.estimate)


def test_the_draft_bar_never_covers_the_input_that_is_typed_in(
    qtbot: QtBot, page: PatientPage
) -> None:
    page.go_to("patient.city")
    qtbot.wait(50)
    scroll = page.stack.currentWidget()
    assert isinstance(scroll, QScrollArea)
    city, bar = widget(page, "patient.city"), scroll.verticalScrollBar()

    def below() -> int:
        return city.mapTo(scroll, city.rect().bottomLeft()).y() - scroll.height()

    bar.setValue(bar.value() + below() + 2)  # the last line that is to be seen
    before = below()
    page.presenter.form(Patient).set_value("city", "Ames")
    page.flush()

    qtbot.waitUntil(page.drafts.isVisible, timeout=2000)
    qtbot.waitUntil(lambda: below() < 0, timeout=2000)
    assert before == -2


def test_a_name_written_from_right_to_left_begins_where_the_others_do(qtbot: QtBot) -> None:
    header = PatientHeader()
    qtbot.addWidget(header)
    header.resize(1000, 200)
    header.name.setText("محمد")
    header.show()

    picture = header.name.grab().toImage()
    paper = picture.pixelColor(picture.width() - 1, 0)
    right = picture.width() // 2

    inked = any(
        picture.pixelColor(x, y) != paper
        for x in range(right, picture.width())
        for y in range(picture.height())
    )
    assert not inked
