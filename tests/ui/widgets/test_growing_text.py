"""A text as high as what is in it: its keys, its direction, and a list with several lines."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.widgets.growing_text import GrowingText
from intake_app.ui.widgets.word_list import Row, WordList

Typing = Callable[[QWidget, str], None]
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def two(qtbot: QtBot) -> Iterator[tuple[GrowingText, GrowingText]]:
    """Return two texts under each other in a window."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    texts = GrowingText(window), GrowingText(window)
    for text in texts:
        layout.addWidget(text)
    window.resize(300, 300)
    window.show()
    yield texts
    window.hide()


def test_it_grows_with_its_text(two: tuple[GrowingText, GrowingText]) -> None:
    first, _ = two
    low = first.height()

    first.show_text("Walk for five minutes, then rest, and do a bit more of it on each day. " * 2)

    assert first.height() > 2 * low
    assert not first.verticalScrollBar().isVisible()


def test_only_what_somebody_types_is_told(
    two: tuple[GrowingText, GrowingText], type_text: Typing
) -> None:
    told: list[str] = []
    two[0].edited.connect(told.append)

    two[0].show_text("Walk")
    two[0].moveCursor(two[0].textCursor().MoveOperation.End)
    type_text(two[0], "s")

    assert told == ["Walks"]


def test_showing_a_text_leaves_the_cursor_where_it_was(
    two: tuple[GrowingText, GrowingText],
) -> None:
    two[0].show_text("Walk slowly")
    cursor = two[0].textCursor()
    cursor.setPosition(4)
    two[0].setTextCursor(cursor)

    two[0].show_text("Walk very slowly")

    assert two[0].textCursor().position() == 4


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_enter_and_tab_leave_it(two: tuple[GrowingText, GrowingText], key: Qt.Key) -> None:
    two[0].setFocus()

    QTest.keyClick(two[0], key)

    assert two[0].window().focusWidget() is two[1]
    assert two[0].toPlainText() == ""


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_Z, CTRL, "undo_wanted"),
        (Qt.Key.Key_Y, CTRL, "redo_wanted"),
        (Qt.Key.Key_Return, CTRL, "add_wanted"),
        (Qt.Key.Key_Up, ALT, "move_wanted"),
    ],
)
def test_keys_that_are_for_the_page_are_told(
    qtbot: QtBot,
    two: tuple[GrowingText, GrowingText],
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    signal: str,
) -> None:
    with qtbot.waitSignal(getattr(two[0], signal), timeout=1000):
        QTest.keyClick(two[0], key, modifier)


def test_nothing_is_put_into_what_is_only_read(two: tuple[GrowingText, GrowingText]) -> None:
    two[0].setReadOnly(True)

    two[0].put_in("{emergency}")

    assert two[0].toPlainText() == ""


def test_arabic_begins_at_the_right(two: tuple[GrowingText, GrowingText]) -> None:
    two[0].set_right_to_left(right_to_left=True)
    two[0].show_text("ألم")

    assert two[0].cursorRect().center().x() > two[0].width() / 2


# --- the list --------------------------------------------------------------------------------


@pytest.fixture
def words(qtbot: QtBot) -> WordList:
    """Return a list of two entries, the second with a long text."""
    made = WordList("words", "Words", lines=4)
    qtbot.addWidget(made)
    made.fill((Row("a", "Short"), Row("b", "Title", "said of it " * 20, "lock")), "a")
    made.resize(200, 300)
    made.show()
    return made


def test_an_entry_takes_as_many_lines_as_it_needs(words: WordList) -> None:
    heights = [words.visualItemRect(words.item(row)).height() for row in range(2)]

    assert heights[1] > 4 * heights[0]


def test_filling_a_list_chooses_without_telling(qtbot: QtBot, words: WordList) -> None:
    told: list[str] = []
    words.chosen.connect(told.append)

    words.fill((Row("a", "Short"), Row("b", "Other")), "b")

    assert (words.currentRow(), told) == (1, [])


def test_choosing_by_key_is_told(words: WordList) -> None:
    told: list[str] = []
    words.chosen.connect(told.append)

    QTest.keyClick(words, Qt.Key.Key_Down)

    assert told == ["b"]


def test_a_screen_reader_hears_all_of_an_entry(words: WordList) -> None:
    said = words.item(1).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said.startswith("Title. said of it")
