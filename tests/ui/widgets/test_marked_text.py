"""What matched is marked so that nobody needs colours to see it."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from intake_app.ui.presenters.patient_rows import MarkedText
from intake_app.ui.widgets.marked_text import draw_marked

pytestmark = pytest.mark.usefixtures("qapp")
WIDTH, HEIGHT = 400, 40
WHITE = QColor("white")


def drawn(text: MarkedText, room: QRect) -> tuple[QImage, int]:
    """Return the picture of a text in black on white, and where it ends."""
    picture = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    picture.fill(WHITE)
    painter = QPainter(picture)
    painter.setPen(QColor("black"))
    end = draw_marked(painter, room, text)
    painter.end()
    return picture, end


def longest_line(picture: QImage, columns: range) -> int:
    """Return how many pixels of one row are drawn without a gap, at most."""
    longest = 0
    for row in range(picture.height()):
        run = 0
        for column in columns:
            run = run + 1 if picture.pixelColor(column, row) != WHITE else 0
            longest = max(longest, run)
    return longest


def test_a_marked_part_is_underlined_and_the_rest_is_not() -> None:
    room = QRect(0, 0, WIDTH, HEIGHT)
    whole = MarkedText("iiiiiiiiii iiiiiiiiii", ((0, 10),))
    bold = QFont()
    bold.setBold(True)

    picture, end = drawn(whole, room)

    split = QFontMetrics(bold).horizontalAdvance("iiiiiiiiii")
    assert longest_line(picture, range(split)) >= split - 4
    assert longest_line(picture, range(split + 4, end)) < 8


def test_a_text_without_marks_has_no_line() -> None:
    picture, end = drawn(MarkedText("iiiiiiiiii"), QRect(0, 0, WIDTH, HEIGHT))

    assert longest_line(picture, range(end)) < 8


def test_a_long_text_stays_in_its_room() -> None:
    room = QRect(10, 0, 60, HEIGHT)

    picture, end = drawn(MarkedText("Nuñez-Ortega, María del Carmen", ((14, 19),)), room)

    assert end <= 70
    assert longest_line(picture, range(71, WIDTH)) == 0


@pytest.mark.parametrize("spans", [((0, 3), (2, 5)), ((2, 2),), ((4, 90),), ((7, 9), (0, 2))])
def test_marks_that_overlap_or_lie_outside_lose_no_letter(
    spans: tuple[tuple[int, int], ...],
) -> None:
    plain = drawn(MarkedText("Weber, Clara"), QRect(0, 0, WIDTH, HEIGHT))[1]

    _, end = drawn(MarkedText("Weber, Clara", spans), QRect(0, 0, WIDTH, HEIGHT))

    assert end >= plain
