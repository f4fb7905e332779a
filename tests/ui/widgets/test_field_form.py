"""The field form, typed into and looked at."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from intake_app.domain.drafts import Dispute
from intake_app.domain.fields import EnteredBy, Field, FieldValue, Kind, Option, field_of, fields_of
from intake_app.domain.patients import Patient, ReadingNeed, Sex
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.reading import Locality
from intake_app.domain.validation import Problem, checks_of
from intake_app.domain.values import PartialDate, Quantity
from intake_app.ui.presenters.disputes import Settle
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.widgets.adapters import ADAPTERS
from intake_app.ui.widgets.field_form import FieldForm, Section, Stamps
from intake_app.ui.widgets.inputs import ChoiceInput, ChoicesInput, LongTextInput, TextInput
from intake_app.ui.widgets.problem_line import ProblemLine
from tests.ui.conftest import Typing

LOCALITY = Locality(today=date(2026, 11, 22))
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
ONE_OF_EACH = (
    Field(key="name", label="Name", kind=Kind.TEXT, required=True),
    Field(key="note", label="Note", kind=Kind.LONG_TEXT),
    Field(key="phone", label="Phone", kind=Kind.PHONE),
    Field(key="email", label="E-mail", kind=Kind.EMAIL),
    Field(key="weeks", label="For how long", kind=Kind.INTEGER, unit="weeks"),
    Field(key="inr", label="INR", kind=Kind.DECIMAL),
    Field(key="asked", label="Asked", kind=Kind.BOOLEAN),
    Field(key="smoker", label="Smoker", kind=Kind.CHOICE, choices=YES_NO),
    Field(key="drugs", label="Drugs", kind=Kind.CHOICES, choices=YES_NO),
    Field(key="born", label="Born", kind=Kind.DATE),
    Field(key="broke", label="When it broke", kind=Kind.PARTIAL_DATE),
    Field(key="opens", label="Opens", kind=Kind.TIME),
    Field(key="started", label="Started", kind=Kind.DATE_TIME, by=EnteredBy.NURSE),
    Field(
        key="temperature",
        label="Temperature",
        kind=Kind.QUANTITY,
        unit="°C",
        units=("°C", "°F"),
        hint="37.2 C",
    ),
)


def a_model(**values: FieldValue) -> FormModel:
    model = FormModel("intake", ONE_OF_EACH, locality=LOCALITY)
    model.load(values)
    return model


@pytest.fixture
def model() -> FormModel:
    """A form with one field of each kind."""
    return a_model()


@pytest.fixture
def form(qtbot: QtBot, model: FormModel) -> FieldForm:
    """The form, shown."""
    form = FieldForm(model)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    return form


def test_every_kind_has_an_adapter() -> None:
    assert set(ADAPTERS) == set(Kind)


@pytest.mark.parametrize("key", [field.key for field in ONE_OF_EACH])
def test_every_input_is_found_by_form_and_key(form: FieldForm, key: str) -> None:
    assert form.findChild(QWidget, f"intake.{key}") is form.widget(key, QWidget)


@pytest.mark.parametrize("field", ONE_OF_EACH, ids=lambda field: field.key)
def test_every_input_has_a_name_for_a_screen_reader(
    form: FieldForm, name_of: Callable[[QWidget], str], field: Field
) -> None:
    assert field.label in name_of(form.widget(field.key, QWidget))


def test_a_unit_is_part_of_the_name_and_stands_beside_the_input(
    form: FieldForm, name_of: Callable[[QWidget], str]
) -> None:
    assert name_of(form.widget("weeks", TextInput)) == "For how long (weeks)"
    assert "weeks" in [label.text() for label in form.findChildren(QLabel)]


def test_labels_are_buddies_of_their_inputs(form: FieldForm) -> None:
    buddies = [label.buddy() for label in form.findChildren(QLabel) if label.buddy()]

    assert form.widget("phone", TextInput) in buddies


def test_what_is_typed_reaches_the_model(
    form: FieldForm, model: FormModel, type_text: Typing
) -> None:
    type_text(form.widget("name", QLineEdit), "Zoë Nuñez 🦴")

    assert model.readable() == {"name": "Zoë Nuñez 🦴"}


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("phone", "555 010 99", "555 010 99"),
        ("email", "a@b.org", "a@b.org"),
        ("weeks", "3", 3),
        ("inr", "1,2", Decimal("1.2")),
        ("born", "3/4/1951", date(1951, 3, 4)),
        ("broke", "March 2026", PartialDate.in_month(2026, 3)),
        ("opens", "7", time(7)),
        ("started", "8:05", datetime(2026, 11, 22, 8, 5, tzinfo=UTC)),
        ("temperature", "98.6 F", Quantity(Decimal("98.6"), "°F")),
    ],
)
def test_typed_text_is_read_by_its_kind(
    form: FieldForm, model: FormModel, key: str, typed: str, value: FieldValue
) -> None:
    QTest.keyClicks(form.widget(key, QLineEdit), typed)

    assert model.value(key) == value


def test_long_text_and_ticks_reach_the_model(form: FieldForm, model: FormModel) -> None:
    QTest.keyClicks(form.widget("note", QPlainTextEdit), "two lines")
    form.widget("asked", QCheckBox).click()

    assert model.readable() == {"note": "two lines", "asked": True}


def test_a_letter_chooses_an_answer(form: FieldForm, model: FormModel) -> None:
    QTest.keyClicks(form.widget("smoker", ChoiceInput), "n")

    assert model.value("smoker") == "no"


def test_a_choice_can_be_emptied_again(form: FieldForm, model: FormModel) -> None:
    QTest.keyClicks(form.widget("smoker", ChoiceInput), "n")

    QTest.keyClick(form.widget("smoker", ChoiceInput), Qt.Key.Key_Delete)

    assert model.value("smoker") is None


def test_each_of_several_answers_has_its_own_box(form: FieldForm, model: FormModel) -> None:
    box = form.findChild(QCheckBox, "intake.drugs.no")
    assert box is not None

    box.click()

    assert model.value("drugs") == ("no",)


def test_a_filled_form_shows_every_kind(qtbot: QtBot) -> None:
    form = FieldForm(
        a_model(
            name="Ana",
            note="a\nb",
            smoker="yes",
            drugs=("yes", "no"),
            asked=True,
            born=date(1951, 3, 4),
            opens=time(7, 30),
        )
    )
    qtbot.addWidget(form)

    assert form.widget("name", TextInput).text() == "Ana"
    assert form.widget("note", LongTextInput).toPlainText() == "a\nb"
    assert form.widget("smoker", ChoiceInput).chosen() == "yes"
    assert form.widget("drugs", ChoicesInput).chosen() == ("yes", "no")
    assert form.widget("asked", QCheckBox).isChecked()
    assert form.widget("born", TextInput).text() == "4 March 1951"
    assert form.widget("opens", TextInput).text() == "07:30"


def test_an_untouched_form_holds_no_date(form: FieldForm, model: FormModel) -> None:
    assert form.widget("born", TextInput).text() == ""
    assert model.readable() == {}


def test_enter_moves_through_the_inputs_in_field_order(form: FieldForm) -> None:
    form.focus_field("phone")
    visited = []

    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        visited.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Return)

    assert visited == ["intake.phone", "intake.email", "intake.weeks", "intake.inr"]


def test_tab_leaves_long_text(form: FieldForm) -> None:
    form.focus_field("note")

    QTest.keyClick(form.widget("note", LongTextInput), Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is form.widget("phone", TextInput)


def test_leaving_a_date_writes_the_month_as_a_word(form: FieldForm) -> None:
    born = form.widget("born", TextInput)
    form.focus_field("born")
    QTest.keyClicks(born, "3/4/1951")

    QTest.keyClick(born, Qt.Key.Key_Return)

    assert born.text() == "4 March 1951"


def test_the_sentence_about_a_problem_stands_under_its_field(form: FieldForm) -> None:
    born = form.widget("born", TextInput)
    form.focus_field("born")
    QTest.keyClicks(born, "2/31/1951")
    while_typing = form.problem_text("born")

    QTest.keyClick(born, Qt.Key.Key_Tab)

    line = form.findChild(ProblemLine, "problem.intake.born")
    assert while_typing == ""
    assert form.problem_text("born").startswith("31 February 1951 does not exist")
    assert line is not None
    assert line.y() >= born.geometry().bottom()
    assert born.accessibleDescription() == form.problem_text("born")


def test_the_sentence_goes_as_soon_as_the_text_is_right(form: FieldForm) -> None:
    form.focus_field("weeks")
    weeks = form.widget("weeks", TextInput)
    QTest.keyClicks(weeks, "x3")
    QTest.keyClick(weeks, Qt.Key.Key_Tab)
    form.focus_field("weeks")

    QTest.keyClick(weeks, Qt.Key.Key_Home)
    QTest.keyClick(weeks, Qt.Key.Key_Delete)

    assert form.problem_text("weeks") == ""


def test_problem_lines_are_made_only_when_there_is_a_problem(form: FieldForm) -> None:
    assert form.findChildren(ProblemLine) == []


def test_the_first_problem_gets_the_focus(form: FieldForm, model: FormModel) -> None:
    found = form.focus_first_problem()

    assert found
    assert QApplication.focusWidget() is form.widget("name", TextInput)
    assert form.problem_text("name") == "This cannot be empty."


def test_a_field_of_another_role_is_closed_and_says_who_fills_it_in(
    form: FieldForm, model: FormModel
) -> None:
    model.set_may_type(lambda field: field.by is not EnteredBy.NURSE)

    started = form.widget("started", TextInput)
    assert not started.isEnabled()
    assert started.toolTip() == "The nurse fills this in"
    assert form.widget("name", TextInput).isEnabled()


def test_the_wheel_does_not_change_an_answer_in_passing(form: FieldForm, model: FormModel) -> None:
    choice = form.widget("smoker", ChoiceInput)
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(choice.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(choice, turned)

    assert model.value("smoker") is None


def test_now_fills_in_the_minute(qtbot: QtBot) -> None:
    model = a_model()
    moment = datetime(2026, 11, 22, 9, 41, 33, tzinfo=UTC)
    form = FieldForm(model, stamps=Stamps(lambda: moment, frozenset({"started"})))
    qtbot.addWidget(form)
    button = form.findChild(QToolButton, "action.now.intake.started")
    assert button is not None

    button.click()

    assert form.widget("started", TextInput).text() == "09:41"
    assert model.readable() == {"started": moment.replace(second=0)}


def test_a_value_from_the_program_is_shown(form: FieldForm, model: FormModel) -> None:
    model.set_value("smoker", "yes")

    assert form.widget("smoker", ChoiceInput).currentText() == "Yes"


def test_a_stored_answer_that_left_the_list_is_shown_as_stored(form: FieldForm) -> None:
    choice = form.widget("smoker", ChoiceInput)

    choice.choose("sometimes")

    assert choice.currentText() == "sometimes"


def test_sections_have_headings_and_leave_out_fields_not_asked(qtbot: QtBot) -> None:
    form = FieldForm(
        a_model(), sections=(Section("Contact", ("phone", "email")), Section("Gone", ("nothing",)))
    )
    qtbot.addWidget(form)

    texts = [label.text() for label in form.findChildren(QLabel)]
    assert "Contact" in texts
    assert "Gone" not in texts
    with pytest.raises(KeyError):
        form.widget("name", QWidget)


def test_an_input_of_another_kind_is_refused(form: FieldForm) -> None:
    with pytest.raises(TypeError):
        form.widget("name", QCheckBox)


def test_questions_come_and_go_without_losing_the_focus(form: FieldForm, model: FormModel) -> None:
    form.focus_field("name")
    more = Field(key="since", label="Since", kind=Kind.TEXT)

    model.set_fields((ONE_OF_EACH[0], more, ONE_OF_EACH[2]))

    assert not form.widget("email", QWidget).isVisible()
    assert form.widget("since", TextInput).isVisible()
    assert QApplication.focusWidget() is form.widget("name", TextInput)
    QTest.keyClick(form.widget("name", TextInput), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.widget("since", TextInput)


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("text_size", [1, 2])
def test_no_input_covers_another(qtbot: QtBot, columns: int, text_size: int) -> None:
    page = QWidget()
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * text_size)
    page.setFont(font)
    form = FieldForm(a_model(), columns=columns, parent=page)
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    layout.addWidget(form)
    page.resize(700, 800 * text_size)
    with qtbot.waitExposed(page):
        page.show()

    boxes = [form.widget(field.key, QWidget).geometry() for field in ONE_OF_EACH]
    covered = [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if one.intersects(other)
    ]

    assert covered == []


@pytest.mark.parametrize(("width", "side_by_side"), [(900, True), (420, False)])
def test_columns_are_given_up_when_there_is_no_room(
    qtbot: QtBot, width: int, side_by_side: bool
) -> None:
    form = FieldForm(a_model(), sections=(Section("", ("phone", "email")),), columns=2)
    qtbot.addWidget(form)
    form.resize(width, 300)
    with qtbot.waitExposed(form):
        form.show()

    phone, email = form.widget("phone", QWidget), form.widget("email", QWidget)

    assert (abs(phone.y() - email.y()) < 4) is side_by_side


def test_a_form_in_a_narrow_window_needs_no_sideways_scrolling(qtbot: QtBot) -> None:
    scroll = QScrollArea()
    qtbot.addWidget(scroll)
    form = FieldForm(a_model(), columns=2)
    scroll.setWidget(form)
    scroll.setWidgetResizable(True)
    scroll.resize(480, 400)
    with qtbot.waitExposed(scroll):
        scroll.show()

    assert scroll.horizontalScrollBar().maximum() == 0
    assert form.width() <= 480


def test_a_patient_form_works_by_keyboard(qtbot: QtBot) -> None:
    model = FormModel("patient", fields_of(Patient), locality=LOCALITY, checks=checks_of(Patient))
    model.load({})
    form = FieldForm(model)
    qtbot.addWidget(form)

    QTest.keyClicks(form.widget("sex", ChoiceInput), "fem")
    form.findChildren(QCheckBox, "patient.reading_needs.large_print")[0].click()
    model.tell([Problem.of("record_number", "required")])

    assert model.value("sex") is Sex.FEMALE
    assert model.value("reading_needs") == (ReadingNeed.LARGE_PRINT,)
    assert not form._rows["record_number"].problem.isHidden()  # type: ignore[union-attr]


def test_none_takes_the_other_answers_away_and_they_take_none_away(qtbot: QtBot) -> None:
    model = FormModel(
        "procedure",
        [field_of(ProcedureRecord, "events")],
        locality=Locality(today=date(2026, 11, 22)),
    )
    model.load({})
    form = FieldForm(model)
    qtbot.addWidget(form)
    boxes = {box.objectName().rpartition(".")[2]: box for box in form.findChildren(QCheckBox)}
    told: list[str] = []
    model.changed.connect(told.append)

    for value in ("leak", "bleeding", "none"):
        boxes[value].setChecked(True)
    alone = model.value("events")
    boxes["leak"].setChecked(True)

    assert (alone, model.value("events")) == (("none",), ("leak",))
    assert len(told) == 4


def test_two_values_stand_under_the_field_with_a_button_for_each(qtbot: QtBot) -> None:
    model = FormModel("patient", fields_of(Patient), locality=Locality(today=date(2026, 11, 22)))
    model.load({"city": "Ames"})
    form = FieldForm(model)
    qtbot.addWidget(form)
    form.show()
    chosen: list[tuple[str, Settle]] = []
    model.settled.connect(lambda key, choice: chosen.append((key, choice)))
    model.edit("city", "Boone")

    model.dispute("city", Dispute(mine="Boone", theirs="Ames", by="Nora Hill"), typed="Boone")
    model.pause()
    said = form.problem_text("city")
    for name in ("keep_mine", "take_theirs"):
        (button,) = form.findChildren(QPushButton, f"action.{name}.patient.city")
        button.click()
    model.dispute("city", None)

    assert "Nora Hill saved: “Ames”. You typed: “Boone”." in said
    assert chosen == [("city", Settle.MINE), ("city", Settle.THEIRS)]
    assert form.problem_text("city") == ""


def test_where_nobody_else_saved_the_two_values_are_told_as_they_are(qtbot: QtBot) -> None:
    model = FormModel("patient", fields_of(Patient), locality=Locality(today=date(2026, 11, 22)))
    model.load({"given_name": "Helen"})
    form = FieldForm(model)
    qtbot.addWidget(form)
    form.show()

    model.dispute("given_name", Dispute(mine="Helena", theirs="Helen"), typed="Helena")

    said = form.problem_text("given_name")
    assert "The record says: “Helen”. You typed: “Helena”." in said
    assert "omebody else" not in said
