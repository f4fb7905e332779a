"""The spine as a person at the keyboard, with a mouse or with a screen reader meets it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.spine import LEVELS, STANDARD_LEVELS
from intake_app.ui.widgets.spine_chart import SpineChart, VertebraButton


@pytest.fixture
def chart(qtbot: QtBot) -> SpineChart:
    """The spine with T12 planned and L3 healed, 560 pixels high."""
    chart = SpineChart()
    qtbot.addWidget(chart)
    chart.set_rows({"T12": "planned", "L3": "healed"})
    chart.resize(268, 560)
    with qtbot.waitExposed(chart):
        chart.show()
    return chart


def asked(chart: SpineChart) -> list[Any]:
    heard: list[Any] = []
    chart.toggled_level.connect(lambda level, on: heard.append((level, on)))
    return heard


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_a_named_button_that_takes_the_focus(
    chart: SpineChart, name_of: Callable[[QWidget], str], level: str
) -> None:
    button = chart.findChild(VertebraButton, f"spine.{level}")

    assert button is not None
    assert name_of(button).startswith(f"{level}, ")
    assert button.focusPolicy() != Qt.FocusPolicy.NoFocus
    assert QAccessible.queryAccessibleInterface(button).role() != QAccessible.Role.NoRole


@pytest.mark.parametrize(
    ("level", "name"),
    [
        ("T12", "T12, fractured, planned to treat"),
        ("L3", "L3, fractured, old or healed"),
        ("L1", "L1, not marked"),
    ],
)
def test_a_level_says_its_state(
    chart: SpineChart, name_of: Callable[[QWidget], str], level: str, name: str
) -> None:
    assert name_of(chart.button(level)) == name


def test_marked_levels_are_checked(chart: SpineChart) -> None:
    assert [level for level in LEVELS if chart.button(level).isChecked()] == ["T12", "L3"]


def test_a_click_asks_to_mark_a_blank_level(chart: SpineChart) -> None:
    heard = asked(chart)

    QTest.mouseClick(chart.button("L1"), Qt.MouseButton.LeftButton)

    assert heard == [("L1", True)]
    assert chart.current == "L1"
    assert not chart.button("L1").isChecked()


def test_the_first_click_on_a_marked_level_selects_and_the_second_asks_to_unmark(
    chart: SpineChart,
) -> None:
    heard = asked(chart)

    QTest.mouseClick(chart.button("T12"), Qt.MouseButton.LeftButton)
    after_one = list(heard)
    QTest.mouseClick(chart.button("T12"), Qt.MouseButton.LeftButton)

    assert (after_one, heard) == ([], [("T12", False)])


def test_space_toggles_where_the_keyboard_is(chart: SpineChart) -> None:
    heard = asked(chart)
    chart.button("T12").setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(chart.button("T12"), Qt.Key.Key_Space)
    QTest.keyClick(chart.button("T12"), Qt.Key.Key_Down)
    QTest.keyClick(chart.button("L1"), Qt.Key.Key_Space)

    assert heard == [("T12", False), ("L1", True)]


@pytest.mark.parametrize(
    ("key", "reached"),
    [
        (Qt.Key.Key_Down, "L1"),
        (Qt.Key.Key_Up, "T11"),
        (Qt.Key.Key_Home, "C1"),
        (Qt.Key.Key_End, "S5"),
        (Qt.Key.Key_PageUp, "T7"),
        (Qt.Key.Key_PageDown, "L5"),
    ],
)
def test_keys_move_along_the_spine(chart: SpineChart, key: Qt.Key, reached: str) -> None:
    chart.button("T12").setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(chart.button("T12"), key)

    assert QApplication.focusWidget() is chart.button(reached)
    assert chart.current == reached


@pytest.mark.parametrize(("level", "key"), [("C1", Qt.Key.Key_Up), ("S5", Qt.Key.Key_Down)])
def test_the_keyboard_stops_at_the_ends(chart: SpineChart, level: str, key: Qt.Key) -> None:
    chart.button(level).setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(chart.button(level), key)

    assert QApplication.focusWidget() is chart.button(level)


def test_tab_stops_once_at_the_current_level(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    before, chart, after = QLineEdit(), SpineChart(), QLineEdit()
    layout = QVBoxLayout(page)
    layout.addWidget(before)
    layout.addWidget(chart)
    layout.addWidget(after)
    with qtbot.waitExposed(page):
        page.show()
    chart.set_current("L2")
    before.setFocus()

    QTest.keyClick(before, Qt.Key.Key_Tab)
    inside = QApplication.focusWidget()
    QTest.keyClick(chart.button("L2"), Qt.Key.Key_Tab)

    assert inside is chart.button("L2")
    assert QApplication.focusWidget() is after


def test_enter_goes_on_to_the_next_input(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    chart, after = SpineChart(), QLineEdit()
    layout = QVBoxLayout(page)
    layout.addWidget(chart)
    layout.addWidget(after)
    with qtbot.waitExposed(page):
        page.show()
    chart.button("T12").setFocus(Qt.FocusReason.TabFocusReason)

    QTest.keyClick(chart.button("T12"), Qt.Key.Key_Return)

    assert QApplication.focusWidget() is after


def test_selecting_tells_once(chart: SpineChart) -> None:
    heard: list[str] = []
    chart.current_changed.connect(heard.append)

    chart.set_current("T5")
    chart.set_current("T5")
    chart.set_current("unknown")

    assert heard == ["T5", ""]


def test_levels_outside_the_drawing_are_left_out(chart: SpineChart) -> None:
    chart.set_rows({"L6": "planned", "unknown": "planned", "T8": "watch"})

    assert chart.rows() == {"T8": "watch"}


def test_somebody_who_may_not_mark_can_still_look(chart: SpineChart) -> None:
    heard = asked(chart)
    chart.set_read_only()

    QTest.mouseClick(chart.button("L1"), Qt.MouseButton.LeftButton)

    assert heard == []
    assert chart.button("L1").focusPolicy() != Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("level", STANDARD_LEVELS)
def test_chest_and_low_back_lines_are_high_enough_to_hit(chart: SpineChart, level: str) -> None:
    assert chart.button(level).height() >= 17
    assert chart.button(level).width() >= 200


def test_no_line_covers_another(chart: SpineChart) -> None:
    lines = [chart.button(level).geometry() for level in LEVELS]

    overlaps = [one.bottom() - other.top() for one, other in pairwise(lines)]

    assert max(overlaps) <= 1  # whole pixels round outwards


def test_larger_text_makes_a_larger_drawing(qtbot: QtBot) -> None:
    chart = SpineChart()
    qtbot.addWidget(chart)
    usual = chart.sizeHint()
    font = chart.font()
    font.setPointSizeF(font.pointSizeF() * 2)

    chart.setFont(font)

    assert chart.sizeHint().height() >= usual.height() * 1.5


def colours_inside(chart: SpineChart, level: str) -> set[str]:
    image = chart.grab().toImage()
    box = chart.button(level).geometry()
    return {
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right(), 2)
        for y in range(box.top(), box.bottom())
    }


def test_a_planned_level_is_filled_and_a_blank_one_is_not(chart: SpineChart) -> None:
    accent = QColor(chart.palette().accent().color()).name()

    assert accent in colours_inside(chart, "T12")
    assert accent not in colours_inside(chart, "T5")


def test_a_state_changes_shapes_and_not_only_colours(chart: SpineChart) -> None:
    chart.set_rows({"T6": "planned"})
    planned = (
        chart.grab().toImage().convertToFormat(chart.grab().toImage().Format.Format_Grayscale8)
    )
    chart.set_rows({"T6": "watch"})
    watched = chart.grab().toImage().convertToFormat(planned.format())

    assert planned != watched


def test_it_fits_beside_a_form_on_a_small_screen(chart: SpineChart) -> None:
    assert chart.minimumSizeHint().height() <= 560
    assert chart.sizeHint().boundedTo(QSize(300, 600)) == chart.sizeHint()
