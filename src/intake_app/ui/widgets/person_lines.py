"""Draws a person in a list: the name, what tells people of one name apart, and the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, MUTED, icon
from intake_app.ui.widgets.marked_text import draw_marked

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from intake_app.ui.presenters.patient_rows import PatientRow

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_SIGN = 4 * GRID
WHY = Qt.ItemDataRole.UserRole + 1
"""The role of a sentence for the lines under the details."""
KEY = Qt.ItemDataRole.UserRole + 3
"""The role of the key that opens this person."""


class PersonDelegate(QStyledItemDelegate):
    """Draws the ``PatientRow`` of ``UserRole``; a row without one is for a new patient."""

    def __init__(self, parent: QObject | None = None, *, lines: int = 2) -> None:
        super().__init__(parent)
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the same height for every row."""
        del index
        height = self._lines * (option.fontMetrics.height() + 2) + 3 * GRID - 2
        return QSize(10 * GRID, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row: PatientRow | None = index.data(Qt.ItemDataRole.UserRole)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        painter.save()
        if selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        strong = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        inside: QRect = option.rect.adjusted(3 * GRID, GRID, -3 * GRID, -GRID)
        painter.setFont(option.font)
        painter.setPen(palette.color(strong))
        if row is None:
            _draw_new(painter, inside, str(index.data()), sign=strong)
        else:
            weak = strong if selected else MUTED
            upper = QRect(
                inside.left(), inside.top() + 2, inside.width(), painter.fontMetrics().height()
            )
            _draw_name(painter, upper, row, weak=palette.color(weak), right=_right(row, index))
            painter.setPen(palette.color(weak))
            lower = upper.translated(0, upper.height() + 2)
            draw_marked(painter, lower, row.marked_details())
            if why := index.data(WHY):
                painter.setPen(palette.color(strong))
                third = lower.translated(0, upper.height() + 2)
                third.setBottom(inside.bottom())
                painter.drawText(third, _WRAPPED, str(why))
        painter.restore()


def _right(row: PatientRow, index: _Index) -> str:
    return str(index.data(KEY) or "") or (translated(N_("Today")) if row.today else "")


def _draw_name(
    painter: QPainter, room: QRect, row: PatientRow, *, weak: QColor, right: str
) -> None:
    """Draw the name in bold, a word at the right end, and how the name was found between them."""
    plain = QFont(painter.font())
    bold = QFont(plain)
    bold.setBold(True)
    name_room = QRect(room)
    strong = painter.pen().color()
    painter.setFont(bold)
    if right:
        painter.drawText(room, _RIGHT, right)
        name_room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(right) - 2 * GRID)
    end = draw_marked(painter, name_room, row.marked("name"))
    painter.setFont(plain)
    rest = row.marked("other_name", "how")
    if rest.text:
        painter.setPen(weak)
        draw_marked(painter, name_room.adjusted(end - name_room.left() + 3 * GRID, 0, 0, 0), rest)
        painter.setPen(strong)


def _draw_new(painter: QPainter, room: QRect, text: str, *, sign: QPalette.ColorRole) -> None:
    font = QFont(painter.font())
    font.setBold(True)
    painter.setFont(font)
    place = QRect(room.left(), room.center().y() - _SIGN // 2, _SIGN, _SIGN)
    icon("user-plus", sign).paint(painter, place)
    beside = room.adjusted(6 * GRID, 0, 0, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, beside.width())
    painter.drawText(beside, _LEFT, shown)
