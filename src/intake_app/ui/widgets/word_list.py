"""A list in which each entry takes as many lines as it needs: a title and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from intake_app.domain.language import translated
from intake_app.ui.theme import ATTENTION, GRID, MUTED, draw_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

_Index = QModelIndex | QPersistentModelIndex
_ID = Qt.ItemDataRole.UserRole
_ROW = Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WRAP = Qt.TextFlag.TextWordWrap
_MARGIN = GRID
_TALL = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: its key, its title, what is said under it, and a sign in front."""

    key: str
    title: str
    said: str = ""
    sign: str = ""
    strong: bool = False

    @property
    def words(self) -> str:
        """The whole entry, as a screen reader says it."""
        return f"{self.title}. {self.said}" if self.said else self.title


class _RowDelegate(QStyledItemDelegate):
    """Draws title and second text, broken into lines, a sign in front."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one entry."""
        row: Row | None = index.data(_ROW)
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        cell.text = ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        if row is None:
            return
        selected = bool(cell.state & QStyle.StateFlag.State_Selected)
        chosen = QPalette.ColorRole.HighlightedText
        room = self._room(option.rect)
        if row.sign:
            side = QFontMetrics(option.font).height()
            role = chosen if selected else ATTENTION
            place = QRect(room.left(), room.top(), side, side)
            draw_icon(painter, row.sign, place, colour=cell.palette.color(role))
            room.setLeft(room.left() + side + GRID)
        painter.save()
        painter.setFont(_font(option.font, strong=row.strong))
        painter.setPen(cell.palette.color(chosen if selected else QPalette.ColorRole.Text))
        used = painter.drawText(room, _WRAP, row.title)
        if row.said:
            room.setTop(used.bottom() + 1)
            painter.setFont(option.font)
            painter.setPen(cell.palette.color(chosen if selected else MUTED))
            painter.drawText(room, _WRAP, row.said)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room of all its lines in the width of the list."""
        row: Row | None = index.data(_ROW)
        view = self.parent()
        if row is None or not isinstance(view, QListWidget):
            return super().sizeHint(option, index)
        width = view.viewport().width() - 2 * _MARGIN
        if row.sign:
            width -= QFontMetrics(option.font).height() + GRID
        height = _height(_font(option.font, strong=row.strong), row.title, width)
        if row.said:
            height += _height(option.font, row.said, width)
        return QSize(width, height + 2 * _MARGIN)

    @staticmethod
    def _room(rect: QRect) -> QRect:
        return rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, _TALL)


def _font(font: QFont, *, strong: bool) -> QFont:
    made = QFont(font)
    made.setBold(strong)
    return made


def _height(font: QFont, text: str, width: int) -> int:
    room = QRect(0, 0, max(width, 1), _TALL)
    return QFontMetrics(font).boundingRect(room, int(_WRAP), text).height()


class WordList(QListWidget):
    """Tells which entry was chosen; Alt with an arrow asks to move it."""

    chosen = Signal(str)
    move_wanted = Signal(int)
    """Alt with an arrow: -1 up, 1 down."""

    def __init__(self, name: str, title: str, *, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(translated(title))
        self._lines = lines
        self._filling = False
        self._rows: tuple[Row, ...] = ()
        self.setItemDelegate(_RowDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.currentItemChanged.connect(self._choose)

    def fill(self, rows: tuple[Row, ...], current: str) -> None:
        """Show these entries; the current one is chosen without being told."""
        self._filling = True
        if [row.key for row in rows] != [row.key for row in self._rows]:
            self.clear()
            for _ in rows:
                QListWidgetItem(self)
        if rows != self._rows or self.count() != len(self._rows):
            for number, row in enumerate(rows):
                item = self.item(number)
                item.setData(_ID, row.key)
                item.setData(_ROW, row)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, row.words)
            self.scheduleDelayedItemsLayout()
        self._rows = rows
        keys = [row.key for row in rows]
        wanted = keys.index(current) if current in keys else -1
        if self.currentRow() != wanted:
            self.setCurrentRow(wanted)
        self._filling = False

    def words(self) -> tuple[str, ...]:
        """Return every entry in words."""
        return tuple(row.words for row in self._rows)

    def _choose(self, item: QListWidgetItem | None, _: object) -> None:
        if item is not None and not self._filling:
            self.chosen.emit(str(item.data(_ID)))

    def sizeHint(self) -> QSize:
        """Want room for some lines."""
        return QSize(60 * GRID, self._lines * self.fontMetrics().lineSpacing() + 2 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Need room for four lines."""
        return QSize(30 * GRID, 4 * self.fontMetrics().lineSpacing() + 2 * GRID)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Ask to move the entry on Alt with an arrow."""
        key = Qt.Key(event.key())
        if key in _STEPS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.accept()
            self.move_wanted.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)
