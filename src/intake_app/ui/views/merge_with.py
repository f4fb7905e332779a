"""Choose the other record of a person by searching for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.notices import Notices
from intake_app.ui.theme import GRID, MUTED, icon
from intake_app.ui.views.page_parts import action_button, emphasise, fit_over
from intake_app.ui.widgets.person_lines import PersonDelegate
from intake_app.ui.widgets.texts import heading, muted, show_text

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.ui.presenters.merge_with import MergeWithPresenter
    from intake_app.ui.presenters.patient_rows import PatientRow
    from intake_app.ui.presenters.patients import Results

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH = 150 * GRID
_HEIGHT = 120 * GRID


class PeopleModel(QAbstractListModel):
    """People to choose from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PatientRow, ...] = ()

    def show_rows(self, rows: tuple[PatientRow, ...]) -> None:
        """Show these people."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> PatientRow | None:
        """Return one of them; ``None`` when there is no such row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = 0, /) -> Any:
        """Return a row: for the delegate, or in words."""
        row = self.row(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.sentence
        return row if role == Qt.ItemDataRole.UserRole else None


class MergeWithDialog(QDialog):
    """Finds the other record of a person."""

    chosen = Signal(str)
    """The id of the other record."""

    def __init__(self, presenter: MergeWithPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        presenter.setParent(self)
        self._presenter = presenter
        self._shown: str | None = None
        self._waits = False
        title = translated(N_("Which is the other record of this person?"))
        self.setObjectName("merge_with")
        self.setWindowTitle(translated(N_("Merge with…")))
        self.setAccessibleName(title)
        self.notices = Notices(self)
        self._model = PeopleModel(self)
        self.input = QLineEdit(self)
        self.view = QListView(self)
        self._words = muted(name="merge_with.words")
        self._go = action_button("choose_record", N_("&Compare"), parent=self)
        self._arrange(title)
        presenter.results_changed.connect(self._show)
        presenter.failed.connect(self._failed)
        presenter.look_for("")
        self.input.setFocus()

    def _arrange(self, title: str) -> None:
        self.input.setObjectName("merge_with.find")
        self.input.setAccessibleName(translated(N_("Find the other record")))
        self.input.setPlaceholderText(translated(N_("Name, date of birth, record number or phone")))
        self.input.addAction(icon("search", MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.input.setMinimumHeight(8 * GRID)
        self.input.textChanged.connect(self._presenter.look_for)
        self.input.installEventFilter(self)
        self.view.setObjectName("merge_with.results")
        self.view.setAccessibleName(translated(N_("People found")))
        self.view.setModel(self._model)
        self.view.setItemDelegate(PersonDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.doubleClicked.connect(self._choose)
        self.view.installEventFilter(self)
        emphasise(self._go)
        self._go.clicked.connect(self._choose)
        cancel = action_button("cancel_choice", N_("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        bar = QHBoxLayout()
        bar.setSpacing(2 * GRID)
        bar.addStretch(1)
        bar.addWidget(cancel)
        bar.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(heading(title))
        layout.addWidget(self.notices)
        layout.addWidget(self.input)
        layout.addWidget(self._words)
        layout.addWidget(self.view, 1)
        layout.addLayout(bar)
        fit_over(self, _WIDTH, _HEIGHT)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Go into the list with ↓, choose with Enter from either place."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
            if watched is self.input and key == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _show(self, results: Results) -> None:
        self._model.show_rows(results.rows)
        self._go.setEnabled(bool(results.rows))
        show_text(self._words, self._presenter.words(results))
        self._shown = results.typed
        if results.rows:
            self.view.setCurrentIndex(self._model.index(0, 0))
            if self._waits:
                self._choose()
        self._waits = False

    def _choose(self, *_: object) -> None:
        """Choose who is marked; what was typed since the last answer is answered first."""
        self._waits = self._shown != self.input.text()
        if self._waits:
            return
        row = self._model.row(self.view.currentIndex().row())
        if row is not None:
            self.accept()
            self.chosen.emit(row.patient_id)

    def _failed(self, error: AppError) -> None:
        self.notices.show_error(error)
