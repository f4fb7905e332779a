"""The lines of a history as a table shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from intake_app.ui.presenters.history_words import HistoryLine

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
COLUMNS = (
    (N_("When"), "at", 28, 24),
    (N_("Who"), "who", 18, 12),
    (N_("Where"), "place", 26, 0),
    (N_("What"), "what", 31, 20),
    (N_("Before"), "before", 0, 0),
    (N_("After"), "after", 0, 0),
)
"""Title, attribute of a line, width in average letters (0 shares what is left), and the width
where there is little room (0 is left out there, if it has a width at all)."""


class HistoryModel(QAbstractTableModel):
    """The lines shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[HistoryLine, ...] = ()

    def show_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, number: int) -> HistoryLine | None:
        """Return one of the lines; ``None`` when there is no such line."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0, /) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return translated(COLUMNS[section][0])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = 0, /) -> Any:
        """Return what one cell shows; a long text is one line here, and whole under the list."""
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(getattr(line, COLUMNS[index.column()][1]).split())
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return line.sentence
        return None
