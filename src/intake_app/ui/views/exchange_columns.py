"""How a file is read: its letters and dates, where each column goes, the first rows as read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.exchange import ENCODINGS, DateOrder, FileKind
from intake_app.domain.fields import Option
from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.exchange import DATE_ORDERS, SEPARATORS
from intake_app.ui.theme import ATTENTION, GRID, icon
from intake_app.ui.views.page_parts import note, subheading
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.inputs import ChoiceInput, TickInput
from intake_app.ui.widgets.texts import SignedText, clear

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from intake_app.ui.presenters.exchange import ImportPresenter
    from intake_app.ui.presenters.exchange_preview import PreviewRow

_EXAMPLE_LETTERS = 24
_NAME_LETTERS = 22
_CHOICE_LETTERS = 16


class ColumnsStep(QWidget):
    """What was recognised of a file, for somebody to confirm or change."""

    def __init__(self, presenter: ImportPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._headers: tuple[str, ...] = ()
        self._choices: list[ChoiceInput] = []
        self._examples: list[QLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        self._how = QWidget(self)
        layout.addWidget(self._how)
        self._build_how()
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(GRID)
        layout.addLayout(self._remarks)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        self._left = self._build_columns()
        split.addWidget(self._left)
        split.addWidget(self._build_preview())
        split.setHandleWidth(4 * GRID)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        layout.addWidget(split, 1)
        presenter.table_changed.connect(self._show_table)
        presenter.preview_changed.connect(self._show_preview)

    # --- how it is read ---------------------------------------------------------------------

    def _build_how(self) -> None:
        row = FlowLayout(self._how, 6 * GRID)
        self.dates = self._choice(
            "import.dates", N_("Dates"), [Option(k.value, v) for k, v in DATE_ORDERS.items()]
        )
        self.letters = self._choice(
            "import.letters", N_("Letters"), [Option(k, v) for k, v in ENCODINGS.items()]
        )
        self.separator = self._choice(
            "import.separator", N_("Between columns"), [Option(k, v) for k, v in SEPARATORS.items()]
        )
        for title, choice in (
            (N_("Dates"), self.dates),
            (N_("Letters"), self.letters),
            (N_("Between columns"), self.separator),
        ):
            pair = QWidget(self._how)
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(2 * GRID)
            label = QLabel(translated(title), pair)
            label.setBuddy(choice)
            line.addWidget(label)
            line.addWidget(choice)
            row.addWidget(pair)
        self.header = TickInput(translated(N_("The first row names the columns")), self)
        self.header.setObjectName("import.header")
        self.header.setAccessibleName(self.header.text())
        row.addWidget(self.header)
        self.dates.currentIndexChanged.connect(self._choose_dates)
        self.letters.currentIndexChanged.connect(self._choose_letters)
        self.separator.currentIndexChanged.connect(self._choose_separator)
        self.header.toggled.connect(self._choose_header)

    def _choice(self, name: str, title: str, options: Iterable[Option]) -> _OneOf:
        choice = _OneOf(options, self)
        choice.setObjectName(name)
        choice.setAccessibleName(translated(title))
        return choice

    def _choose_dates(self) -> None:
        if value := self.dates.chosen():
            self._presenter.choose_dates(DateOrder(value))

    def _choose_letters(self) -> None:
        if value := self.letters.chosen():
            self._presenter.choose_letters(value)

    def _choose_separator(self) -> None:
        if value := self.separator.chosen():
            self._presenter.choose_separator(value)

    def _choose_header(self, named: bool) -> None:  # noqa: FBT001 - a Qt signal
        self._presenter.choose_header(named=named)

    # --- columns ----------------------------------------------------------------------------

    def _build_columns(self) -> QWidget:
        inside = QWidget(self)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 2 * GRID, 0)
        self._grid.setHorizontalSpacing(3 * GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(2, 1)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area = area = _Columns(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outside = QWidget(self)
        layout = QVBoxLayout(outside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(subheading(N_("Where each column goes"), self))
        layout.addWidget(area, 1)
        return outside

    def _show_table(self) -> None:
        table = self._presenter.table
        is_table = table is not None and self._presenter.kind is FileKind.CSV
        self._how.setVisible(is_table)
        self._left.setVisible(is_table)
        clear(self._remarks)
        for said in self._presenter.remarks():
            self._remarks.addWidget(SignedText("triangle-alert", said, attention=True))
        if table is None:
            return
        reading = table.reading
        _show(self.dates, reading.date_order.value)
        if not self._presenter.dates_known:
            self.dates.blockSignals(True)
            self.dates.setCurrentIndex(-1)
            self.dates.blockSignals(False)
        _show(self.letters, reading.encoding)
        _show(self.separator, reading.separator)
        self.header.blockSignals(True)
        self.header.setChecked(reading.header)
        self.header.blockSignals(False)
        if table.headers != self._headers:
            self._headers = table.headers
            self._lay_out_columns()
        for choice, key in zip(self._choices, reading.columns, strict=False):
            _show(choice, key or None)

    def _lay_out_columns(self) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._choices, self._examples = [], []
        options = [option for option in self._presenter.targets() if option.value]
        letter = self.fontMetrics().averageCharWidth()
        for number, header in enumerate(self._headers):
            name = QLabel(_beginning_and_end(header, _NAME_LETTERS), self)
            name.setMinimumWidth(name.sizeHint().width())
            name.setToolTip(header)
            choice = ChoiceInput(options, self)
            choice.setItemText(0, translated(N_("Leave out")))
            choice.setObjectName(f"import.column.{number}")
            choice.setAccessibleName(
                translated(N_("The column “{header}” goes to")).format(header=header)
            )
            choice.setMinimumContentsLength(_CHOICE_LETTERS)
            choice.currentIndexChanged.connect(partial(self._send, number))
            example = note("", self)
            example.setWordWrap(False)
            example.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            example.setMinimumWidth(_EXAMPLE_LETTERS // 3 * letter)
            name.setBuddy(choice)
            for column, widget in enumerate((name, choice, example)):
                self._grid.addWidget(widget, number, column)
            self._choices.append(choice)
            self._examples.append(example)
        self._area.updateGeometry()

    def _send(self, number: int, *_: object) -> None:
        self._presenter.send(number, self._choices[number].chosen() or "")

    # --- the first rows ---------------------------------------------------------------------

    def _build_preview(self) -> QWidget:
        self.table = QTableWidget(self)
        self.table.setObjectName("import.preview")
        self.table.setAccessibleName(translated(N_("The first rows as they will be read")))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        outside = QWidget(self)
        layout = QVBoxLayout(outside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(subheading(N_("The first rows as they will be read"), self))
        layout.addWidget(self.table, 1)
        self._told = note("", self)
        self._told.setForegroundRole(ATTENTION)
        layout.addWidget(self._told)
        return outside

    def _show_preview(self) -> None:
        preview = self._presenter.preview
        self.table.clearContents()
        self.table.setColumnCount(max(len(preview.titles), 1))
        self.table.setHorizontalHeaderLabels(list(preview.titles) or [""])
        self.table.setRowCount(len(preview.rows))
        self.table.setVerticalHeaderLabels([row.place for row in preview.rows])
        for number, row in enumerate(preview.rows):
            self._show_row(number, row)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        said = [
            f"{row.place}: {said}"
            for row in preview.rows
            for said in (row.problem, *(cell.problem for cell in row.cells))
            if said
        ]
        self._told.setText("\n".join(said[:2]))
        self._told.setVisible(bool(said))
        for label, example in zip(self._examples, preview.examples, strict=False):
            label.setText(_short(example, _EXAMPLE_LETTERS))

    def _show_row(self, number: int, row: PreviewRow) -> None:
        if row.problem:
            item = QTableWidgetItem(icon("triangle-alert", ATTENTION), row.problem)
            item.setToolTip(row.problem)
            self.table.setItem(number, 0, item)
            return
        for column, cell in enumerate(row.cells):
            item = QTableWidgetItem(cell.text)
            if cell.problem:
                item.setIcon(icon("triangle-alert", ATTENTION))
                item.setToolTip(cell.problem)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{cell.text}. {cell.problem}")
            self.table.setItem(number, column, item)


class _OneOf(ChoiceInput):
    """A choice that cannot be emptied."""

    def __init__(self, options: Iterable[Option], parent: QWidget) -> None:
        super().__init__(options, parent)
        self.removeItem(0)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Pick by letters; Delete and Backspace leave the choice as it is."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.accept()
            return
        super().keyPressEvent(event)


class _Columns(QScrollArea):
    """Scrolls up and down only: as wide as what it holds."""

    def minimumSizeHint(self) -> QSize:
        """Need the width of what is inside, and of the bar beside it."""
        widget = self.widget()
        inside = widget.minimumSizeHint().width() if widget is not None else 0
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inside + bar, super().minimumSizeHint().height())


def _show(choice: ChoiceInput, value: str | None) -> None:
    choice.blockSignals(True)
    choice.choose(value)
    choice.blockSignals(False)


def _short(text: str, letters: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= letters else f"{line[: letters - 1]}…"


def _beginning_and_end(text: str, letters: int) -> str:
    """Return a text without its middle: names of columns often differ at the end only."""
    half = letters // 2
    line = " ".join(text.split())
    return line if len(line) <= letters else f"{line[:half]}…{line[-half:]}"
