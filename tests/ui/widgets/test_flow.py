"""The flow layout breaks lines like words."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.widgets.flow import FlowLayout


@pytest.mark.parametrize(("width", "lines"), [(320, 1), (220, 2), (110, 3)])
def test_items_go_on_the_next_line_when_the_width_is_used_up(
    qtbot: QtBot, width: int, lines: int
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(page, gap=8)
    buttons = [QPushButton() for _ in range(3)]
    for button in buttons:
        button.setFixedSize(QSize(100, 20))
        layout.addWidget(button)
    page.resize(width, 200)
    with qtbot.waitExposed(page):
        page.show()

    assert len({button.y() for button in buttons}) == lines
    assert layout.heightForWidth(width) >= lines * 20
    assert all(button.geometry().right() < width for button in buttons)


def test_items_can_be_taken_out_again(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = FlowLayout(page)
    layout.addWidget(QPushButton(page))

    taken = layout.takeAt(0)

    assert taken is not None
    assert (layout.count(), layout.itemAt(0), layout.takeAt(3)) == (0, None, None)
