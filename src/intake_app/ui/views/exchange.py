"""Take in a file: choose it, look at its columns, see what became of everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.exchange import FileKind
from intake_app.domain.language import N_, translated
from intake_app.ui.notices import Notices
from intake_app.ui.presenters.exchange import LISTED, Step
from intake_app.ui.theme import GRID
from intake_app.ui.views.exchange_columns import ColumnsStep
from intake_app.ui.views.page_parts import action_button, emphasise, heading, note, subheading
from intake_app.ui.widgets.inputs import TickInput

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from intake_app.ui.presenters.exchange import ImportPresenter

_WIDTH, _HEIGHT = 290 * GRID, 178 * GRID
_STEPS = {
    Step.FILE: N_("1 of 3: the file"),
    Step.COLUMNS: N_("2 of 3: what is in it"),
    Step.RESULT: N_("3 of 3: what became of it"),
}
FILES = N_("Files of patients (*.csv *.tsv *.txt *.json *.hl7);;All files (*)")
TABLES = N_("Tables (*.csv)")


class ImportDialog(QDialog):
    """Three steps; while a file is read or taken in, a bar and a button to stop."""

    def __init__(self, presenter: ImportPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.setObjectName("import")
        self.setWindowTitle(translated(N_("Import patients")))
        self.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        head = QHBoxLayout()
        head.addWidget(heading(N_("Import patients"), self))
        head.addStretch(1)
        self._step = note("", self)
        self._step.setObjectName("import.step")
        self._step.setWordWrap(False)
        head.addWidget(self._step)
        layout.addLayout(head)
        self.notices = Notices(self)
        layout.addWidget(self.notices)
        self._file = _FileStep(self)
        self.columns = ColumnsStep(presenter, self)
        self.outcome = _ResultStep(presenter, self)
        self._pages = QStackedWidget(self)
        for page in (self._file, self.columns, self.outcome):
            self._pages.addWidget(page)
        layout.addWidget(self._pages, 1)
        layout.addLayout(self._build_bar())
        layout.addLayout(self._build_buttons())
        self._file.choose.clicked.connect(self._choose)
        self.outcome.save.clicked.connect(self._save_refused)
        presenter.step_changed.connect(self._show_step)
        presenter.table_changed.connect(self._show_buttons)
        presenter.busy_changed.connect(self._show_busy)
        presenter.progressed.connect(self.bar.setValue)
        presenter.failed.connect(self.notices.show_error)
        self.resize(_WIDTH, _HEIGHT)
        self._show_step()
        self._show_busy()

    def _build_bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("import.progress")
        self.bar.setAccessibleName(translated(N_("How far it is")))
        self.stop = action_button("stop", N_("Stop"), "x", parent=self)
        self.stop.clicked.connect(self._presenter.stop)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        return row

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self.doubtful = TickInput(
            translated(N_("Take in as new also who may be here already")), self
        )
        self.doubtful.setObjectName("import.doubtful_are_new")
        self.doubtful.setAccessibleName(self.doubtful.text())
        self.doubtful.setToolTip(
            translated(N_("Otherwise these people are refused, and the reason says who it may be."))
        )
        row.addWidget(self.doubtful)
        row.addStretch(1)
        self._back = action_button("back", N_("Another file"), "chevron-left", parent=self)
        self._back.clicked.connect(self._presenter.back)
        self.go = action_button("take_in", N_("Take in"), parent=self)
        emphasise(self.go)
        self.go.clicked.connect(self._take_in)
        self._close = action_button("close_import", N_("Close"), parent=self)
        self._close.clicked.connect(self.reject)
        for button in (self._back, self.go, self._close):
            row.addWidget(button)
        return row

    # --- what is pressed --------------------------------------------------------------------

    def _choose(self) -> None:
        path = self.notices.ask_open_path(kind=translated(FILES))
        if path is not None:
            self.notices.clear()
            self._presenter.choose(path)

    def _take_in(self) -> None:
        self.notices.clear()
        self._presenter.take_in(doubtful_are_new=self.doubtful.isChecked())

    def _save_refused(self) -> None:
        suggested = self._presenter.suggested_refusals()
        target = self.notices.ask_save_path(suggested, kind=translated(TABLES))
        if target is not None:
            self._presenter.save_refused(target, self.outcome.show_saved)

    def reject(self) -> None:
        """Close; while something is running, stop that and stay."""
        if self._presenter.busy:
            self._presenter.stop()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent, /) -> None:
        """Stop what is running."""
        if self._presenter.busy:
            self._presenter.stop()
        super().closeEvent(event)

    # --- what is shown ----------------------------------------------------------------------

    def _show_step(self) -> None:
        step = self._presenter.step
        self._pages.setCurrentIndex(list(Step).index(step))
        self._step.setText(translated(_STEPS[step]))
        self._show_buttons()
        if step is Step.RESULT:
            self.outcome.show_result()
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step is Step.COLUMNS:
            first = self.go if self._presenter.can_take_in else self.columns.dates
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._file.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self) -> None:
        presenter = self._presenter
        at_columns = presenter.step is Step.COLUMNS
        self._back.setVisible(at_columns)
        self.go.setVisible(at_columns)
        self.doubtful.setVisible(at_columns)
        self.go.setEnabled(presenter.can_take_in)
        if presenter.table is not None and presenter.kind is FileKind.CSV:
            rows = f"{presenter.table.rows:,}"
            self.go.setText(translated(N_("Take in {rows} rows")).format(rows=rows))
        else:
            self.go.setText(translated(N_("Take in everybody")))
        self.go.setAccessibleName(self.go.text())

    def _show_busy(self) -> None:
        busy = self._presenter.busy
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        if busy:
            self.bar.setValue(0)
        self._pages.setEnabled(not busy)
        for button in (self._back, self._close, self.doubtful):
            button.setEnabled(not busy)
        self._show_buttons()
        if busy:
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)


class _FileStep(QWidget):
    """Says what files can be taken in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4 * GRID, 0, 0)
        layout.setSpacing(3 * GRID)
        for text in (
            N_(
                "A table (CSV) from your old program or a spreadsheet, a file of FHIR resources, "
                "or HL7 messages. How it is written is recognised; you see it before anything "
                "is kept."
            ),
            N_(
                "Nobody is registered twice: who is here already gets only what was missing, and "
                "nothing is overwritten. Who cannot be taken in is listed with the reason, in a "
                "file you can correct and take in again."
            ),
        ):
            layout.addWidget(note(text, self))
        self.choose = action_button("choose_file", N_("Choose a file…"), "file-text", parent=self)
        emphasise(self.choose)
        layout.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)


class _ResultStep(QWidget):
    """How many are in, and why the others are not."""

    def __init__(self, presenter: ImportPresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter = presenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * GRID, 0, 0)
        layout.setSpacing(3 * GRID)
        self.counts = QLabel(self)
        self.counts.setObjectName("import.counts")
        self.counts.setWordWrap(True)
        layout.addWidget(self.counts)
        self._title = subheading(N_("Not taken in, or not the same"), self)
        layout.addWidget(self._title)
        self.table = QTableWidget(0, 2, self)
        self.table.setObjectName("import.refused")
        self.table.setAccessibleName(translated(N_("Not taken in, or not the same")))
        self.table.setHorizontalHeaderLabels([translated(N_("Where")), translated(N_("What"))])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        layout.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        self.save = action_button("save_refused", N_("Save the refused rows…"), "save", parent=self)
        emphasise(self.save)
        row.addWidget(self.save)
        self._saved = note("", self)
        self._saved.setObjectName("import.saved")
        row.addWidget(self._saved, 1)
        layout.addLayout(row)
        layout.addStretch(0)

    def show_result(self) -> None:
        """Show what became of everybody."""
        summary, listing = self._presenter.summary, self._presenter.listing
        if summary is None:
            return
        said = translated(
            N_("New: {accepted}. Here already: {matched}. Not taken in: {refused}.")
        ).format(
            accepted=f"{summary.accepted:,}",
            matched=f"{summary.matched:,}",
            refused=f"{summary.refused:,}",
        )
        if listing.differences:
            differing = translated(N_("Of {count} the file says something else than we do."))
            said += " " + differing.format(count=f"{listing.differences:,}")
        if summary.cancelled or summary.failure:
            said += " " + translated(
                N_("It was stopped before the end. Take in the same file again for the rest.")
            )
        self.counts.setText(said)
        self._saved.setText("")
        listed = [*listing.refused[:LISTED], *listing.differing]
        for widget in (self._title, self.table):
            widget.setVisible(bool(listed))
        self.save.setVisible(bool(listing.refused))
        is_table = self._presenter.kind is FileKind.CSV
        save = N_("Save the refused rows…") if is_table else N_("Save this list…")
        self.save.setText(translated(save))
        self.save.setAccessibleName(translated(save))
        self.table.setRowCount(len(listed))
        for number, each in enumerate(listed):
            self.table.setItem(number, 0, QTableWidgetItem(each.place))
            why = QTableWidgetItem(each.what_to_do)
            why.setToolTip(each.what_to_do)
            self.table.setItem(number, 1, why)
        self.table.horizontalHeader().setSectionResizeMode(
            0, QHeaderView.ResizeMode.ResizeToContents
        )
        self.table.resizeRowsToContents()

    def show_saved(self, name: str) -> None:
        """Say that the refused rows are in a file."""
        said = N_("Saved as {name}. Correct the rows there, then take that file in.")
        if self._presenter.kind is not FileKind.CSV:
            said = N_("Saved as {name}.")
        self._saved.setText(translated(said).format(name=name))
