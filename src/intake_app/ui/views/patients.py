"""The Patients page: who was looked at last, and everybody a search finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, MUTED, icon
from intake_app.ui.views.page_parts import (
    action_button,
    emphasise,
    heading,
    note,
    page_layout,
    subheading,
)
from intake_app.ui.widgets.marked_text import MARKED, MarkedDelegate
from intake_app.ui.widgets.tables import line_table

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from intake_app.ui.presenters.patient_rows import PatientRow
    from intake_app.ui.presenters.patients import PatientsPresenter, Results

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LINE_HEIGHT = 9 * GRID
_COLUMNS = (
    (N_("Name"), "name", 34),
    (N_("Date of birth"), "born", 22),
    (N_("Age"), "age", 12),
    (N_("Record number"), "record_number", 18),
    (N_("Phone"), "phone", 22),
    (N_("Visit"), "last_visit", 30),
)
"""Title, attribute of a row, width in average letters."""
_NAME = ("name", "other_name", "how")
"""What stands in the column of the name."""


class PatientsModel(QAbstractTableModel):
    """The people found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PatientRow, ...] = ()

    def show_rows(self, rows: tuple[PatientRow, ...]) -> None:
        """Show these people."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> PatientRow | None:
        """Return one of the people; ``None`` when there is no such row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many people are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT, /) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0, /) -> Any:
        """Return the title of a column."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return translated(_COLUMNS[section][0])
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = 0, /) -> Any:
        """Return what one cell shows."""
        row = self.row(index.row())
        if row is None:
            return None
        column = _COLUMNS[index.column()][1]
        if role == Qt.ItemDataRole.DisplayRole:
            return getattr(row, column) or "–"
        if role == MARKED:
            return row.marked(*(_NAME if column == "name" else (column,)))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == "name":
            return ", ".join(part for part in (row.name, row.other_name, row.how) if part)
        return None


class PatientsPage(QWidget):
    """A search with room for everything it finds."""

    new_wanted = Signal(str)
    """What was typed, for a new patient."""

    def __init__(self, presenter: PatientsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shown: str | None = None
        """The text that the list answers."""
        self._enter_waits = False
        self._model = PatientsModel(self)
        layout = page_layout(self)
        layout.addLayout(self._head())
        self._title = subheading("", self)
        layout.addWidget(self._title)
        self.table = self._make_table()
        self._empty = note("", self)
        self._empty.setObjectName("patients.empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._content = QStackedWidget(self)
        self._content.addWidget(self.table)
        self._content.addWidget(self._empty)
        layout.addWidget(self._content, 1)
        row = QHBoxLayout()
        doubles = action_button("possible_doubles", N_("Possible &doubles…"), "users", parent=self)
        doubles.clicked.connect(self._show_doubles)
        row.addWidget(doubles)
        row.addStretch(1)
        self._open_button = action_button("open_patient", N_("&Open"), parent=self)
        emphasise(self._open_button)
        self._open_button.clicked.connect(self._open)
        self._open_button.setEnabled(False)
        row.addWidget(self._open_button)
        layout.addLayout(row)
        presenter.results_changed.connect(self._show)
        self._fit()

    def changeEvent(self, event: QEvent, /) -> None:
        """Follow the font of the program."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        line = max(_LINE_HEIGHT, self.fontMetrics().height() + 4 * GRID)
        self.table.verticalHeader().setDefaultSectionSize(line)
        letter = self.fontMetrics().averageCharWidth()
        for column, (_, _, letters) in enumerate(_COLUMNS):
            self.table.setColumnWidth(column, letters * letter)

    def showEvent(self, event: QShowEvent, /) -> None:
        """Read again what is shown: names may have changed."""
        super().showEvent(event)
        self._presenter.look_for(self.input.text())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(heading(N_("Patients"), self))
        row.addSpacing(4 * GRID)
        self.input = QLineEdit(self)
        self.input.setObjectName("patients.find")
        self.input.setAccessibleName(translated(N_("Find patients")))
        self.input.setPlaceholderText(translated(N_("Name, date of birth, record number or phone")))
        self.input.setClearButtonEnabled(True)
        self.input.addAction(icon("search", MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.input.setMinimumHeight(8 * GRID)
        self.input.textChanged.connect(self._typed)
        self.input.returnPressed.connect(self._enter)
        row.addWidget(self.input, 1)
        new = action_button("new_patient_here", N_("New patient"), "user-plus", parent=self)
        new.clicked.connect(self._new)
        row.addWidget(new)
        return row

    def _make_table(self) -> QTableView:
        table = line_table("patients.table", translated(N_("Patients")), self._model, parent=self)
        table.setItemDelegate(MarkedDelegate(table))
        table.horizontalHeader().setStretchLastSection(True)
        table.doubleClicked.connect(self._open)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            enter = QShortcut(QKeySequence(key), table)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)
            enter.activated.connect(self._open)
        return table

    def _show(self, results: Results) -> None:
        self._shown = results.typed
        self._model.show_rows(results.rows)
        count = len(results.rows)
        self._open_button.setEnabled(bool(count))
        self._content.setCurrentWidget(self.table if count else self._empty)
        if results.latest:
            self._title.setText(translated(N_("Patients you looked at last")))
            self._empty.setText(
                translated(N_("Nobody yet. Type a name to search, or press New patient."))
            )
        else:
            self._title.setText(_count_words(count))
            self._empty.setText(
                translated(N_("Nobody found. Check the spelling, or press New patient."))
            )
        if count:
            self.table.selectRow(0)
        if self._enter_waits:
            self._enter()

    def _enter(self) -> None:
        """Go into the list once it answers exactly what is typed."""
        self._enter_waits = self._shown != self.input.text()
        if not self._enter_waits and self._model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self, text: str) -> None:
        self._enter_waits = False
        self._presenter.look_for(text)

    def _open(self, *_: object) -> None:
        row = self._model.row(self.table.currentIndex().row())
        if row is not None:
            self._presenter.open_patient(row.patient_id)

    def _show_doubles(self) -> None:
        from intake_app.ui.views.doubles import DoublesDialog
        from intake_app.ui.views.record_dialogs import open_over

        dialog = DoublesDialog(self._presenter.new_doubles_presenter(), self)
        dialog.finished.connect(lambda: self._presenter.look_for(self.input.text()))
        open_over(dialog)

    def _new(self) -> None:
        self.new_wanted.emit(self.input.text())


def _count_words(count: int) -> str:
    if count == 1:
        return translated(N_("1 patient found"))
    return translated(N_("{count} patients found")).format(count=count)
