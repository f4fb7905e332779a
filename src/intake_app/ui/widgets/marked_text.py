"""Draws a line of text in which parts are marked: bold and underlined, never by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.ui.presenters.patient_rows import MarkedText

_Index = QModelIndex | QPersistentModelIndex
MARKED = Qt.ItemDataRole.UserRole + 2
"""The role of a cell's ``MarkedText``."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class MarkedDelegate(QStyledItemDelegate):
    """Draws a cell like any other, with the parts of its ``MARKED`` text that matched marked."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        text: MarkedText | None = index.data(MARKED)
        if text is None or not text.text:
            super().paint(painter, option, index)
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.text = ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        selected = bool(cell.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, cell, cell.widget) + 1
        painter.save()
        painter.setFont(cell.font)
        painter.setPen(cell.palette.color(role))
        draw_marked(painter, cell.rect.adjusted(margin, 0, -margin, 0), text)
        painter.restore()


def draw_marked(painter: QPainter, room: QRect, text: MarkedText) -> int:
    """Draw the text in the painter's font from the left of ``room``; return where it ends."""
    plain = painter.font()
    strong = QFont(plain)
    strong.setBold(True)
    strong.setUnderline(True)
    left, right = room.left(), room.left() + room.width()
    for part, is_marked in _parts(text.text, text.spans):
        font = strong if is_marked else plain
        metrics = QFontMetrics(font, painter.device())
        width = metrics.horizontalAdvance(part)
        painter.setFont(font)
        place = QRect(left, room.top(), right - left, room.height())
        if left + width > right:
            painter.drawText(
                place, _LEFT, metrics.elidedText(part, Qt.TextElideMode.ElideRight, right - left)
            )
            left = right
            break
        painter.drawText(place, _LEFT, part)
        left += width
    painter.setFont(plain)
    return left


def _parts(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return the text in pieces, marked and not, in order."""
    found, done = [], 0
    for start, end in sorted(spans):
        first = max(start, done)
        if first >= end:
            continue
        found.append((text[done:first], False))
        found.append((text[first:end], True))
        done = end
    found.append((text[done:], False))
    return [(part, is_marked) for part, is_marked in found if part]
