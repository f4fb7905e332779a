"""The board: columns, initials, filters, moving visits on and back."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTableView

from intake_app.ui.app import Window
from intake_app.ui.presenters.today import Group, TodayLine
from intake_app.ui.views.today_table import Column, TodayModel
from tests.hands import Hands

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def model_of(hands: Hands) -> QAbstractItemModel:
    """Return the model of the board."""
    table = hands.find("today.table")
    assert isinstance(table, QTableView)
    return table.model()


def column(hands: Hands, which: Column) -> list[str]:
    """Return one column of the board."""
    model = model_of(hands)
    return [str(model.index(row, which).data()) for row in range(model.rowCount())]


def a_line(*, unprinted: bool, open_questions: int) -> TodayLine:
    """Return a line of the board."""
    return TodayLine(
        visit_id="v1",
        time="8:00",
        name="Doe, Jane",
        initials="J. D.",
        levels="T12  (1)",
        state="Recovery",
        group=Group.RECOVERY,
        home="13:00",
        last_safe_start="12:00",
        too_late=False,
        open_flags=0,
        open_questions=open_questions,
        unprinted=unprinted,
        driver="",
        driver_confirmed=False,
        late=False,
        bar=None,
        next_step="",
        can_undo=False,
        is_booked=False,
        may_cancel=False,
    )


def choose(hands: Hands, name: str) -> None:
    """Choose the line of a patient."""
    table = hands.focus("today.table")
    assert isinstance(table, QTableView)
    table.selectRow(column(hands, Column.NAME).index(name))


def state_of(hands: Hands, name: str) -> str:
    """Return the state of a patient on the board."""
    return column(hands, Column.STATE)[column(hands, Column.NAME).index(name)]


def button(hands: Hands, name: str) -> QAbstractButton:
    """Return a button of the page."""
    found = hands.find(name)
    assert isinstance(found, QAbstractButton)
    return found


def test_the_day_shows_its_visits_by_start(hands: Hands) -> None:
    starts = column(hands, Column.TIME)

    assert len(starts) == 12
    assert starts == sorted(starts)


def test_on_a_public_screen_no_name_is_shown_anywhere(hands: Hands, opened: Window) -> None:
    names = column(hands, Column.NAME)
    hands.press("action.public_view")

    model = model_of(hands)
    shown = " ".join(
        f"{model.index(row, where).data()} {model.index(row, where).data(SPOKEN)}"
        for row in range(model.rowCount())
        for where in Column
    )

    family = [name.split(",")[0] for name in names]
    assert [name for name in family if name in shown] == []
    assert column(hands, Column.NAME)[0] == "R.O."
    assert hands.text("today.chosen").endswith("R.O.")
    assert opened.preferences.settings.public_view


def test_the_next_step_says_what_it_is_and_can_be_undone(hands: Hands) -> None:
    choose(hands, "Park, William")
    step = button(hands, "action.advance").text()

    hands.press("action.advance")
    hands.wait(lambda: state_of(hands, "Park, William").startswith("Arrived"), "arrived")
    following = button(hands, "action.advance").text()
    hands.press("action.undo")
    hands.wait(lambda: state_of(hands, "Park, William") == "Booked", "booked")

    assert (step, following) == ("Arrived", "To preparation")


def test_the_chosen_visit_stays_chosen_when_the_board_changes(hands: Hands) -> None:
    choose(hands, "Park, William")

    hands.press("action.advance")
    hands.wait(lambda: state_of(hands, "Park, William").startswith("Arrived"), "arrived")

    assert hands.text("today.chosen").endswith("Park, William")


def test_who_did_not_come_leaves_the_expected(hands: Hands) -> None:
    choose(hands, "Park, William")

    hands.press("action.no_show")
    hands.wait(lambda: state_of(hands, "Park, William") == "Did not come", "noted")

    assert button(hands, "action.filter_not_coming").text() == "Not coming · 1"


def test_a_sheet_that_is_not_printed_shows_first_and_with_a_sign(qapp: object) -> None:
    model = TodayModel()
    model.show_lines((a_line(unprinted=True, open_questions=2),), initials=False)
    cell = model.index(0, Column.FLAGS)

    assert cell.data() == "not printed · 2 questions"
    assert cell.data(Qt.ItemDataRole.DecorationRole) is not None


def test_only_a_booked_visit_can_be_cancelled(hands: Hands) -> None:
    choose(hands, "Park, William")
    booked = button(hands, "action.cancelled").isEnabled()
    choose(hands, "Marsh, Helen")

    assert (booked, button(hands, "action.cancelled").isEnabled()) == (True, False)


def test_a_filter_shows_its_visits_and_counts_them(hands: Hands) -> None:
    filter_button = button(hands, "action.filter_recovery")

    hands.press("action.filter_recovery")

    count = int(filter_button.text().split("·")[1])
    assert column(hands, Column.STATE)
    assert len(column(hands, Column.STATE)) == count


def test_enter_opens_the_chosen_visit(hands: Hands) -> None:
    choose(hands, "Marsh, Helen")

    hands.key(Qt.Key.Key_Return)
    hands.find("header.name")
    hands.wait(lambda: hands.text("header.name"), "name")

    assert hands.text("header.name") == "Helen Marsh"


def test_another_day_can_be_typed_and_left(hands: Hands) -> None:
    hands.focus("today.day")
    hands.type("+7d")
    hands.key(Qt.Key.Key_Return)
    hands.find("today.empty")

    hands.press("action.this_day")

    assert hands.find("today.table").isVisible()


def test_two_quick_clicks_on_the_arrow_go_two_days_on(hands: Hands, opened: Window) -> None:
    arrow = button(hands, "action.next_day")

    QTest.mouseClick(arrow, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(arrow, Qt.MouseButton.LeftButton)  # how a quick second press arrives
    QTest.mouseRelease(arrow, Qt.MouseButton.LeftButton)

    hands.wait(lambda: "24 November" in hands.text("today.title"), "two days on")


def test_a_day_that_cannot_be_read_is_told(hands: Hands) -> None:
    hands.focus("today.day")
    hands.type("31 Feb 2026")
    hands.key(Qt.Key.Key_Return)

    assert "does not exist" in hands.text("today.day_problem")


def test_the_bar_is_drawn_for_every_state(hands: Hands, opened: Window) -> None:
    board = opened.main.today.board
    assert board is not None
    picture = QImage(board.table.size(), QImage.Format.Format_RGB32)
    painter = QPainter(picture)

    board.table.render(painter, QPoint())
    painter.end()

    left = board.table.columnViewportPosition(Column.COURSE)
    width = board.table.columnWidth(Column.COURSE)
    middle = board.table.rowViewportPosition(1) + board.table.rowHeight(1)
    colours = {picture.pixel(x, middle) for x in range(left, left + width)}
    assert len(colours) > 1


@pytest.mark.parametrize("which", Column)
def test_every_column_has_a_title(which: Column, qapp: object) -> None:
    title = TodayModel().headerData(which, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)

    assert title
