"""The visits of a day as a table: the model, and the bar drawn against the day."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import ACCENT, ATTENTION, GRID, MUTED, icon

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from intake_app.ui.presenters.today import Bar, TodayLine

LINE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    TIME = 0
    NAME = 1
    LEVELS = 2
    STATE = 3
    COURSE = 4
    HOME = 5
    LAST_SAFE_START = 6
    FLAGS = 7
    DRIVER = 8


TITLES = {
    Column.TIME: N_("Start"),
    Column.NAME: N_("Patient"),
    Column.LEVELS: N_("Levels"),
    Column.STATE: N_("State"),
    Column.COURSE: N_("Planned and real"),
    Column.HOME: N_("Expected home"),
    Column.LAST_SAFE_START: N_("Last safe start"),
    Column.FLAGS: N_("Flags"),
    Column.DRIVER: N_("Driver"),
}
WIDTHS = {
    Column.TIME: 7,
    Column.NAME: 20,
    Column.LEVELS: 14,
    Column.STATE: 24,
    Column.COURSE: 18,
    Column.HOME: 17,
    Column.LAST_SAFE_START: 14,
    Column.FLAGS: 15,
    Column.DRIVER: 24,
}
"""In average letters."""


class TodayModel(QAbstractTableModel):
    """The lines to show; nothing in it is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[TodayLine, ...] = ()
        self._initials = False

    def show_lines(self, lines: tuple[TodayLine, ...], *, initials: bool) -> None:
        """Show these lines; ``initials`` hides the names."""
        same = len(lines) == len(self._lines) and initials == self._initials
        if same and all(a.visit_id == b.visit_id for a, b in zip(lines, self._lines, strict=True)):
            self._lines = lines
            if lines:
                last = self.index(len(lines) - 1, len(Column) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._lines = lines
        self._initials = initials
        self.endResetModel()

    def line(self, row: int) -> TodayLine | None:
        """Return one line; ``None`` when there is no such row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, visit_id: str) -> int:
        """Return the row of a visit; -1 when it is not shown."""
        return next((n for n, line in enumerate(self._lines) if line.visit_id == visit_id), -1)

    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many visits are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0, /) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return translated(TITLES[Column(section)])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = 0, /) -> Any:
        """Return what one cell shows."""
        line = self.line(index.row())
        if line is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column is Column.COURSE else self._text(line, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(line, column)
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(line, column)
        return None

    def _text(self, line: TodayLine, column: Column) -> str:
        return {
            Column.TIME: line.time,
            Column.NAME: line.initials if self._initials else line.name,
            Column.LEVELS: line.levels,
            Column.STATE: line.state,
            Column.COURSE: self._course(line),
            Column.HOME: line.home,
            Column.LAST_SAFE_START: line.last_safe_start,
            Column.FLAGS: self._asked(line),
            Column.DRIVER: self._driver(line),
        }[column]

    @staticmethod
    def _asked(line: TodayLine) -> str:
        """Return how much waits for whoever sees to the printer, the physician, and the nurse."""
        parts = []
        if line.unprinted:
            parts.append(translated(N_("not printed")))
        if line.open_flags:
            parts.append(translated(N_("{n} open")).format(n=line.open_flags))
        if line.open_questions:
            one = N_("1 question") if line.open_questions == 1 else N_("{n} questions")
            parts.append(translated(one).format(n=line.open_questions))
        return " · ".join(parts) or "–"

    def _driver(self, line: TodayLine) -> str:
        if not line.driver:
            return translated(N_("No driver yet"))
        if self._initials:
            return translated(N_("confirmed") if line.driver_confirmed else N_("not confirmed"))
        if line.driver_confirmed:
            return line.driver
        return translated(N_("{driver}, not confirmed")).format(driver=line.driver)

    @staticmethod
    def _course(line: TodayLine) -> str:
        return translated(N_("Planned start {time}, expected home {home}")).format(
            time=line.time, home=line.home
        )

    def _spoken(self, line: TodayLine, column: Column) -> str:
        text = self._text(line, column)
        if column is Column.DRIVER and line.driver and line.driver_confirmed:
            text = translated(N_("{text}, confirmed")).format(text=text)
        if column is Column.HOME and line.late:
            text = translated(N_("{text}: later than expected")).format(text=text)
        if column is Column.LAST_SAFE_START and line.too_late:
            text = translated(N_("{text}: too late to be home by closing time")).format(text=text)
        if column is Column.FLAGS and line.open_flags:
            text = translated(N_("{text}: ask the physician")).format(text=text)
        if column is Column.FLAGS and line.unprinted:
            text = translated(N_("{text}: look after the printer")).format(text=text)
        return text

    @staticmethod
    def _sign(line: TodayLine, column: Column) -> object:
        if column is Column.FLAGS and line.open_flags:
            return icon("triangle-alert", ATTENTION)
        if column is Column.FLAGS and line.unprinted:
            return icon("printer", ATTENTION)
        if column is Column.DRIVER:
            return icon("check", ACCENT) if line.driver_confirmed else icon("phone", MUTED)
        if column is Column.HOME and line.late:
            return icon("clock", ATTENTION)
        if column is Column.LAST_SAFE_START and line.too_late:
            return icon("triangle-alert", ATTENTION)
        return None


class CourseDelegate(QStyledItemDelegate):
    """Draws the plan as an outline and what happened as a filled bar; the day is the width."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one visit."""
        super().paint(painter, option, index)
        line: TodayLine | None = index.data(LINE)
        if line is None or line.bar is None:
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        role = QPalette.ColorRole.HighlightedText if selected else ACCENT
        grey = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Mid
        area = QRectF(option.rect).adjusted(2 * GRID, 0, -2 * GRID, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_bar(painter, line.bar, area, plan=palette.color(grey), real=palette.color(role))
        painter.restore()


def draw_bar(painter: QPainter, bar: Bar, area: QRectF, *, plan: QColor, real: QColor) -> None:
    """Draw one visit into ``area``: outline to the earliest leaving, thin on to the latest."""
    middle = area.center().y()
    high = 3.0 * GRID

    def x(share: float) -> float:
        return area.left() + share * area.width()

    painter.setPen(QPen(plan, 1))
    painter.drawLine(int(area.left()), int(middle), int(area.right()), int(middle))
    if bar.home_from is not None and bar.home_until is not None:
        from_x = x(bar.started if bar.started is not None else bar.planned)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(real, 1.2))
        outline = QRectF(from_x, middle - high / 2, x(bar.home_from) - from_x, high)
        painter.drawRoundedRect(outline, 2, 2)
        thin = QRectF(x(bar.home_from), middle - 2, x(bar.home_until) - x(bar.home_from), 4)
        painter.drawRect(thin)
    if bar.started is not None and bar.until is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(real)
        filled = QRectF(x(bar.started), middle - high / 2, x(bar.until) - x(bar.started), high)
        painter.drawRoundedRect(filled, 2, 2)
    if bar.now is not None:
        painter.setPen(QPen(plan, 1, Qt.PenStyle.DashLine))
        painter.drawLine(
            int(x(bar.now)), int(area.top()) + 2, int(x(bar.now)), int(area.bottom()) - 2
        )
