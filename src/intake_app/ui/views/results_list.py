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
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, MUTED
from intake_app.ui.widgets.person_lines import PersonDelegate

if TYPE_CHECKING:
    from intake_app.ui.presenters.patient_rows import PatientRow
    from intake_app.ui.presenters.patients import Results

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_LINES = 9
_LETTERS = 60
"""So many average letters have room in a line."""


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
        self.view.setItemDelegate(PersonDelegate(self.view))
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

    def show_results(self, results: Results) -> None:
        """Show the answer to a search."""
        self._model.show_results(results.rows, _new_words(results))
        self._head.setText(_head_words(results))
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
        """Lie right under ``box``, at least as wide as it and wide enough for a line."""
        around = self.parentWidget()
        assert around is not None
        place = box.mapTo(around, QPoint(0, box.height() + 2))
        self.move(place)
        wanted = _LETTERS * self.fontMetrics().averageCharWidth()
        room = around.width() - place.x() - 2 * GRID
        self.setFixedWidth(max(box.width(), min(wanted, room)))

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


def _new_words(results: Results) -> str:
    if results.latest:
        return ""
    template = N_("New patient “{typed}”")
    if not results.rows:
        template = N_("Nobody found. New patient “{typed}”?")
    return translated(template).format(typed=" ".join(results.typed.split()))


def _head_words(results: Results) -> str:
    if results.latest:
        template = N_("Patients you looked at last") if results.rows else N_("Nobody yet")
        return translated(template)
    return ""
