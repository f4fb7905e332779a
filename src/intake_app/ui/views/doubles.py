"""Possible doubles in a window: pairs of records, each to be merged or told apart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.notices import Notices
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button, emphasise, fit_over
from intake_app.ui.views.record_dialogs import open_over
from intake_app.ui.widgets.person_lines import PersonDelegate
from intake_app.ui.widgets.tables import line_table
from intake_app.ui.widgets.texts import heading, label, muted

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.ui.presenters.doubles import DoubleRow, DoublesPresenter

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH = 230 * GRID
_HEIGHT = 160 * GRID
_TITLES = (N_("One record"), N_("The other record"))


class PairsModel(QAbstractTableModel):
    """The pairs, one person in each column."""

    def __init__(self, presenter: DoublesPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter

    def begin_again(self) -> None:
        """Show the pairs there are now."""
        self.beginResetModel()
        self.endResetModel()

    def row(self, number: int) -> DoubleRow | None:
        """Return one of the pairs; ``None`` when there is no such row."""
        rows = self._presenter.rows
        return rows[number] if 0 <= number < len(rows) else None

    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many pairs there are."""
        return 0 if parent.isValid() else len(self._presenter.rows)

    def columnCount(self, parent: _Index = _ROOT, /) -> int:
        """Return two: one for each record."""
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0, /) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return translated(_TITLES[section])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = 0, /) -> Any:
        """Return one of the two people: for the delegate, or in words."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return row.other if index.column() else row.one
        if role == Qt.ItemDataRole.AccessibleTextRole and not index.column():
            return row.sentence
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (row.other if index.column() else row.one).sentence
        return None


class DoublesDialog(QDialog):
    """Looks for people registered twice and lets each pair be dealt with."""

    def __init__(self, presenter: DoublesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        presenter.setParent(self)
        self._presenter = presenter
        title = translated(N_("Possible doubles"))
        self.setObjectName("doubles")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.notices = Notices(self)
        self._model = PairsModel(presenter, self)
        self._words = label(name="doubles.words")
        self._bar = QProgressBar(self)
        self._stop = action_button("stop_looking", N_("Stop"), "x", parent=self)
        self._why = label(name="doubles.why")
        self._merge = action_button("merge_pair", N_("&Merge…"), parent=self)
        self._differ = action_button("not_same_person", N_("&Not the same person"), parent=self)
        self.table = self._make_table()
        self._arrange(title)
        presenter.progressed.connect(self._bar.setValue)
        presenter.found.connect(self._found)
        presenter.removed.connect(self._removed)
        presenter.said.connect(self.notices.show_message)
        presenter.failed.connect(self._failed)
        self._look()

    def done(self, result: int, /) -> None:
        """Close, and stop looking."""
        self._presenter.stop()
        super().done(result)

    # --- building ---------------------------------------------------------------------------

    def _arrange(self, title: str) -> None:
        self._bar.setObjectName("doubles.progress")
        self._bar.setAccessibleName(translated(N_("Patients compared")))
        self._bar.setTextVisible(True)
        looking = QHBoxLayout()
        looking.setSpacing(2 * GRID)
        looking.addWidget(self._bar, 1)
        looking.addWidget(self._stop)
        self._stop.clicked.connect(self._presenter.stop)
        self._why.setMinimumHeight(self.fontMetrics().lineSpacing())
        bar = QHBoxLayout()
        bar.setSpacing(2 * GRID)
        bar.addStretch(1)
        close = action_button("close_doubles", N_("Close"), parent=self)
        close.clicked.connect(self.reject)
        emphasise(self._merge)
        self._merge.clicked.connect(self._merge_pair)
        self._differ.clicked.connect(self._tell_apart)
        for button in (close, self._differ, self._merge):
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(heading(title))
        layout.addWidget(
            muted(translated(N_("Compare the dates of birth first. Nothing is merged by itself.")))
        )
        layout.addWidget(self.notices)
        layout.addWidget(self._words)
        layout.addLayout(looking)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._why)
        layout.addLayout(bar)
        fit_over(self, _WIDTH, _HEIGHT)

    def _make_table(self) -> QTableView:
        table = line_table(
            "doubles.table",
            translated(N_("Pairs that may be one person")),
            self._model,
            parent=self,
        )
        delegate = PersonDelegate(table)
        table.setItemDelegate(delegate)
        two_lines = 2 * table.fontMetrics().height() + 4 * GRID
        table.verticalHeader().setDefaultSectionSize(two_lines)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._show_why)
        table.doubleClicked.connect(self._merge_pair)
        table.installEventFilter(self)
        return table

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Open a pair with Enter."""
        if (
            watched is self.table
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._merge_pair()
            return True
        return super().eventFilter(watched, event)

    # --- following --------------------------------------------------------------------------

    def _look(self) -> None:
        self._presenter.start()
        self._show_state()

    def _found(self) -> None:
        self._model.begin_again()
        self._show_state()
        if self._presenter.rows:
            self.table.selectRow(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _removed(self, number: int) -> None:
        self._model.begin_again()
        self._show_state()
        if self._presenter.rows:
            self.table.selectRow(min(number, len(self._presenter.rows) - 1))

    def _show_state(self) -> None:
        looking = self._presenter.is_looking
        self._words.setText(self._presenter.words())
        self._bar.setVisible(looking)
        self._stop.setVisible(looking)
        there = bool(self._presenter.rows) and not looking
        self._merge.setEnabled(there)
        self._differ.setEnabled(there)
        if not there:
            self._why.setText("")

    def _show_why(self, current: QModelIndex, _: QModelIndex) -> None:
        row = self._model.row(current.row())
        self._why.setText(row.why if row is not None else "")

    def _tell_apart(self) -> None:
        self._presenter.mark_different(self.table.currentIndex().row())

    def _merge_pair(self, *_: object) -> None:
        row = self._model.row(self.table.currentIndex().row())
        if row is None:
            return
        from intake_app.ui.presenters.merge import MergePresenter
        from intake_app.ui.views.merge import MergeDialog

        presenter = self._presenter
        ids = (row.one.patient_id, row.other.patient_id)
        merging = MergePresenter(
            presenter.services, presenter.actor, presenter.tasks, one_id=ids[0], other_id=ids[1]
        )
        dialog = MergeDialog(merging, self)
        dialog.merged.connect(partial(self._merged, ids))
        open_over(dialog)

    def _merged(self, ids: tuple[str, str], kept_id: str) -> None:
        gone = ids[0] if kept_id == ids[1] else ids[1]
        self._presenter.merged(gone)
        self.notices.show_message(
            translated(N_("Merged. In the history of the patient it can be undone."))
        )

    def _failed(self, error: AppError) -> None:
        self.notices.show_error(error)
