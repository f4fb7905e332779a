"""Answers by letters, one step for several boxes, Enter that never gets lost."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.fields import Field, Kind, Option
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.inputs import (
    AddButton,
    ChoiceInput,
    ChoicesInput,
    InputArea,
    TextInput,
    TickInput,
)

ANSWERS = (
    Option("yes", "Yes"),
    Option("no", "No"),
    Option("unknown", "Unknown"),
)
PLACES = (
    Option("hip", "Hip"),
    Option("neck", "Neck of the hip"),
    Option("spine", "Spine"),
    Option("not_known", "Not known"),
)


def typed(widget: QWidget, text: str) -> None:
    """Type letters one after another without a pause."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


Show = Callable[..., InputArea]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Show widgets under each other in a window that has the keyboard."""
    windows = []

    def show_all(*widgets: QWidget) -> InputArea:
        window = InputArea()
        windows.append(window)  # or nobody holds it
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        widgets[0].setFocus()
        return window

    yield show_all
    windows.clear()


@pytest.mark.parametrize(
    ("letters", "answer"),
    [("y", "yes"), ("n", "no"), ("u", "unknown"), ("Y", "yes"), ("yn", "no")],
)
def test_one_letter_answers_yes_no_or_unknown(show: Show, letters: str, answer: str) -> None:
    choice = ChoiceInput(ANSWERS)
    show(choice)

    typed(choice, letters)

    assert choice.chosen() == answer


@pytest.mark.parametrize(
    ("letters", "answer"),
    [
        ("n", "neck"),
        ("nn", "not_known"),
        ("nnn", "neck"),
        ("not", "not_known"),
        ("neck of the h", "neck"),
        ("k", "not_known"),
    ],
)
def test_more_letters_tell_answers_apart(show: Show, letters: str, answer: str) -> None:
    choice = ChoiceInput(PLACES)
    show(choice)

    typed(choice, letters)

    assert choice.chosen() == answer


def test_a_space_inside_a_word_does_not_open_the_list(show: Show) -> None:
    choice = ChoiceInput(PLACES)
    show(choice)

    typed(choice, "neck of")

    assert not choice.view().isVisible()


def test_letters_that_mean_nothing_leave_the_answer(show: Show) -> None:
    choice = ChoiceInput(ANSWERS)
    show(choice)
    choice.choose("no")

    typed(choice, "q")

    assert choice.chosen() == "no"


def several(*, form: str = "patient") -> ChoicesInput:
    """Return the boxes of one question."""
    field = Field(key="places", label="Places", kind=Kind.CHOICES, choices=PLACES)
    return ChoicesInput(form, field)


def test_a_letter_goes_to_its_box_and_ticks_nothing(show: Show) -> None:
    boxes, after = several(), TextInput()
    show(boxes, after)

    typed(boxes.boxes[0], "s")

    assert boxes.boxes[2].hasFocus()
    assert boxes.chosen() == ()


def test_arrows_go_from_box_to_box(show: Show) -> None:
    boxes = several()
    show(boxes)

    QTest.keyClick(boxes.boxes[0], Qt.Key.Key_Right)
    QTest.keyClick(boxes.boxes[1], Qt.Key.Key_Down)

    assert boxes.boxes[2].hasFocus()


def test_enter_leaves_all_the_boxes_of_a_question(show: Show) -> None:
    boxes, after = several(), TextInput()
    show(boxes, after)

    QTest.keyClick(boxes.boxes[0], Qt.Key.Key_Return)

    assert after.hasFocus()


def test_enter_in_the_last_input_tells_the_area_and_stays(qtbot: QtBot, show: Show) -> None:
    first, last = TextInput(), TickInput("Tick")
    area = show(first, last)
    last.setFocus()

    with qtbot.waitSignal(area.end_reached):
        QTest.keyClick(last, Qt.Key.Key_Return)

    assert last.hasFocus()


def test_enter_passes_the_button_for_another_row_and_space_presses_it(
    qtbot: QtBot, show: Show
) -> None:
    first, add, after = TextInput(), AddButton("Add"), TextInput()
    show(first, add, after)
    QTest.keyClick(first, Qt.Key.Key_Return)
    reached = add.hasFocus()

    with qtbot.assertNotEmitted(add.clicked):
        QTest.keyClick(add, Qt.Key.Key_Return)
    passed = after.hasFocus()

    assert reached
    assert passed
    with qtbot.waitSignal(add.clicked):
        QTest.keyClick(add, Qt.Key.Key_Space)


def test_items_of_a_flow_inside_a_layout_live_as_long_as_it(qtbot: QtBot) -> None:
    window = QWidget()
    outer = QVBoxLayout(window)
    flow = FlowLayout()
    flow.addWidget(TextInput())
    outer.addLayout(flow)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()

    window.findChild(TextInput).nextInFocusChain()  # type: ignore[union-attr] # there is one

    assert flow.heightForWidth(200) > 0
