"""The list that opens under the search box while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, MUTED, icon

if TYPE_CHECKING:
    from intake_app.ui.presenters.patients import PatientRow, Results

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_LINES = 9


class HitsModel(QAbstractListModel):
    """The hits, and after them the row for a new patient."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PatientRow, ...] = ()
        self.new_patient = ""

    def show_results(self, rows: tuple[PatientRow, ...], new_patient: str) -> None:
        """Show hits; ``new_patient`` is the text of the last row, empty for none."""
        self.beginResetModel()
        self._rows = rows
        self.new_patient = new_patient
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many rows there are, the one for a new patient included."""
        return 0 if parent.isValid() else len(self._rows) + bool(self.new_patient)

    def hit(self, row: int) -> PatientRow | None:
        """Return a hit; ``None`` for the row of a new patient."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def data(self, index: _Index, role: int = 0, /) -> Any:
        """Return the row in words."""
        hit = self.hit(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return hit.sentence if hit else self.new_patient
        if role == Qt.ItemDataRole.UserRole:
            return hit
        return None


class HitDelegate(QStyledItemDelegate):
    """Draws a hit in two lines: the name, and what tells people of one name apart."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the same height for every row."""
        del index
        return QSize(10 * GRID, 2 * option.fontMetrics.height() + 3 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        hit: PatientRow | None = index.data(Qt.ItemDataRole.UserRole)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        painter.save()
        if selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        strong = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        weak = QPalette.ColorRole.HighlightedText if selected else MUTED
        inside: QRect = option.rect.adjusted(3 * GRID, GRID, -3 * GRID, -GRID)
        line = option.fontMetrics.height()
        font = option.font
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(palette.color(strong))
        if hit is None:
            font.setBold(True)
            painter.setFont(font)
            sign = QRect(inside.left(), inside.center().y() - 8, 16, 16)
            mode = icon("user-plus", strong)
            mode.paint(painter, sign)
            painter.drawText(inside.adjusted(6 * GRID, 0, 0, 0), left, str(index.data()))
        else:
            font.setBold(True)
            painter.setFont(font)
            upper = QRect(inside.left(), inside.top() + 2, inside.width(), line)
            metrics = painter.fontMetrics()
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(upper, left, metrics.elidedText(hit.name, elide, inside.width()))
            font.setBold(False)
            painter.setFont(font)
            painter.setPen(palette.color(weak))
            lower = upper.translated(0, line + 2)
            text = painter.fontMetrics().elidedText(hit.details, elide, inside.width())
            painter.drawText(lower, left, text)
        painter.restore()


class ResultsList(QFrame):
    """The list under the search box; it lies over the page and takes the keys only when asked."""

    chosen = Signal(str)
    """The id of a patient."""
    new_wanted = Signal()
    left = Signal()
    """Esc, or up from the first row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._head = QLabel(self)
        self._head.setForegroundRole(MUTED)
        self._head.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        self._model = HitsModel(self)
        self.view = QListView(self)
        self.view.setObjectName("search.results")
        self.view.setAccessibleName(translated(N_("People found")))
        self.view.setModel(self._model)
        self.view.setItemDelegate(HitDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._choose)
        self.view.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.view)
        self.hide()

    def show_results(self, results: Results, *, doubles: bool = False) -> None:
        """Show the answer to a search; ``doubles`` asks whether it is one of these."""
        typed = " ".join(results.typed.split())
        self._model.show_results(results.rows, _new_words(results, typed, doubles=doubles))
        self._head.setText(_head_words(results, doubles=doubles))
        self._head.setVisible(bool(self._head.text()))
        if not self._model.rowCount() and not self._head.text():
            self.hide()
            return
        self._fit()
        self.show()
        self.raise_()

    def enter(self) -> None:
        """Take the keys, on the first row."""
        if self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(0, 0))
            self.view.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def hits(self) -> int:
        """How many people are shown."""
        return self._model.rowCount() - bool(self._model.new_patient)

    def choose_first(self) -> None:
        """Act as if the first row had been chosen."""
        self._choose(self._model.index(0, 0))

    def head(self) -> str:
        """Return the line over the list."""
        return self._head.text()

    def place_under(self, box: QWidget) -> None:
        """Lie right under ``box``, as wide as it."""
        around = self.parentWidget()
        assert around is not None
        self.move(box.mapTo(around, QPoint(0, box.height() + 2)))
        self.setFixedWidth(max(box.width(), 60 * GRID))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Open on Enter, go back up on Esc and above the first row, close when left."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.view.currentIndex())
                return True
            if key == Qt.Key.Key_Escape or (
                key == Qt.Key.Key_Up and self.view.currentIndex().row() <= 0
            ):
                self.left.emit()
                return True
        if event.type() == QEvent.Type.FocusOut:
            self._close_when_left()
        return super().eventFilter(watched, event)

    def _close_when_left(self) -> None:
        taken_by = QApplication.focusWidget()
        if taken_by is not None and taken_by is not self.view and taken_by is not self.box():
            self.hide()

    def box(self) -> QWidget | None:
        """Return the search box this list belongs to."""
        return self.focusProxy()

    def _fit(self) -> None:
        line = self.view.sizeHintForRow(0) if self._model.rowCount() else 0
        shown = min(self._model.rowCount(), _MOST_LINES)
        self.view.setFixedHeight(shown * line + (2 if shown else 0))
        self.adjustSize()

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        hit = self._model.hit(index.row())
        self.hide()
        if hit is None:
            self.new_wanted.emit()
        else:
            self.chosen.emit(hit.patient_id)


def _new_words(results: Results, typed: str, *, doubles: bool) -> str:
    if results.latest:
        return ""
    if doubles:
        template = N_("None of these: new patient “{typed}”")
    elif results.rows:
        template = N_("New patient “{typed}”")
    else:
        template = N_("Nobody found. New patient “{typed}”?")
    return translated(template).format(typed=typed)


def _head_words(results: Results, *, doubles: bool) -> str:
    if doubles:
        return translated(N_("Is it one of these? Compare the dates of birth."))
    if results.latest:
        template = N_("Patients you looked at last") if results.rows else N_("Nobody yet")
        return translated(template)
    return ""
