"""The history of a patient in a window: filters over a list of who changed what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.notices import Notices, Question
from intake_app.ui.theme import GRID
from intake_app.ui.views.history_lines import COLUMNS, HistoryModel
from intake_app.ui.views.page_parts import action_button, fit_over
from intake_app.ui.widgets.tables import line_table
from intake_app.ui.widgets.texts import clear, heading, label, muted

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QResizeEvent

    from intake_app.domain.errors import AppError
    from intake_app.ui.presenters.history import Choice, HistoryPresenter, MergedRecord

_WIDTH = 290 * GRID
_HEIGHT = 170 * GRID
_LINE_HEIGHT = 8 * GRID
_FILTER_LETTERS = 10
_WIDEST_FILTER = 34
_NARROWEST_COLUMN = 14
_NARROW_LETTERS = 130
"""Below this width in average letters where it was is said only under the list."""
_LEAST_COLUMN = 10
_DETAIL_LINES = 2


class HistoryDialog(QDialog):
    """Shows who changed, printed and saw what; merged records are taken apart here."""

    separated = Signal()
    """Two records were taken apart."""

    def __init__(self, presenter: HistoryPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        presenter.setParent(self)
        self._presenter = presenter
        title = translated(N_("History"))
        self.setObjectName("history")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.notices = Notices(self)
        self._model = HistoryModel(self)
        self._whose = muted(name="history.whose")
        self._part = _filter("history.part", N_("Part"))
        self._field = _filter("history.field", N_("Field"))
        self._prints = _switch("history.prints", N_("Printing"), on=presenter.with_prints)
        self._views = _switch("history.views", N_("Who looked"), on=presenter.with_views)
        self._count = muted(name="history.count")
        self._detail = label(name="history.detail")
        self._merged = QVBoxLayout()
        self.table = self._make_table()
        self._arrange(title)
        presenter.loaded.connect(self._loaded)
        presenter.shown_changed.connect(self._show)
        presenter.said.connect(self.notices.show_message)
        presenter.failed.connect(self._failed)
        presenter.separated.connect(self.separated)
        presenter.load()

    # --- building ---------------------------------------------------------------------------

    def _arrange(self, title: str) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(2 * GRID)
        for name, box in ((N_("Part"), self._part), (N_("Field"), self._field)):
            said = QLabel(translated(name), self)
            said.setBuddy(box)
            filters.addWidget(said)
            filters.addWidget(box, 3)
        filters.addWidget(self._prints)
        filters.addWidget(self._views)
        filters.addStretch(1)
        self._count.setWordWrap(False)
        head = QHBoxLayout()
        head.addWidget(heading(title), 1)
        head.addWidget(self._count)
        self._part.activated.connect(self._part_chosen)
        self._field.activated.connect(self._field_chosen)
        self._prints.toggled.connect(lambda on: self._presenter.show_prints(wanted=on))
        self._views.toggled.connect(lambda on: self._presenter.show_views(wanted=on))
        self._detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._detail.setMinimumHeight(_DETAIL_LINES * self.fontMetrics().lineSpacing())
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        bar = QHBoxLayout()
        bar.addStretch(1)
        close = action_button("close_history", N_("Close"), parent=self)
        close.clicked.connect(self.reject)
        bar.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(head)
        layout.addWidget(self._whose)
        layout.addWidget(self.notices)
        layout.addLayout(self._merged)
        layout.addLayout(filters)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._detail)
        layout.addLayout(bar)
        fit_over(self, _WIDTH, _HEIGHT)

    def _make_table(self) -> QTableView:
        table = line_table(
            "history.table", translated(N_("History, latest first")), self._model, parent=self
        )
        line = max(_LINE_HEIGHT, table.fontMetrics().height() + 2 * GRID)
        table.verticalHeader().setDefaultSectionSize(line)
        for column, (_, _, letters, _) in enumerate(COLUMNS):
            if not letters:
                table.horizontalHeader().setSectionResizeMode(
                    column, QHeaderView.ResizeMode.Stretch
                )
        table.selectionModel().currentRowChanged.connect(self._show_detail)
        return table

    # --- room -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Leave the room to before and after where there is little."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        letter = self.table.fontMetrics().averageCharWidth()
        narrow = self.width() < _NARROW_LETTERS * letter
        least = _LEAST_COLUMN if narrow else _NARROWEST_COLUMN
        self.table.horizontalHeader().setMinimumSectionSize(least * letter)
        for column, (_, _, letters, few) in enumerate(COLUMNS):
            self.table.setColumnHidden(column, narrow and bool(letters) and not few)
            if letters:
                self.table.setColumnWidth(column, (few if narrow else letters) * letter)

    # --- following --------------------------------------------------------------------------

    def _loaded(self) -> None:
        self._whose.setText(self._presenter.title())
        self._show_merged()
        self._show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        presenter = self._presenter
        _offer(self._part, presenter.parts(), presenter.part)
        _offer(self._field, presenter.fields(), presenter.field)
        self._model.show_lines(presenter.lines())
        self._count.setText(presenter.count_words())
        self._detail.setText("")
        if self._model.rowCount():
            self.table.selectRow(0)

    def _show_detail(self, current: QModelIndex, _: QModelIndex) -> None:
        line = self._model.line(current.row())
        self._detail.setText(line.sentence if line is not None else "")

    def _show_merged(self) -> None:
        clear(self._merged)
        for number, record in enumerate(self._presenter.merged()):
            self._merged.addWidget(self._merged_row(number, record))

    def _merged_row(self, number: int, record: MergedRecord) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(label(record.text, name=f"history.merged.{number}"), 1)
        name = "take_apart" if not number else f"take_apart.{number}"
        apart = action_button(name, N_("&Take them apart again…"), "undo-2", parent=row)
        apart.setEnabled(self._presenter.may_take_apart)
        apart.clicked.connect(partial(self._take_apart, record))
        layout.addWidget(apart)
        return row

    def _take_apart(self, record: MergedRecord, *_: object) -> None:
        sure = self.notices.ask(
            Question(
                text=N_("Make two records of this one again?"),
                detail=N_(
                    "What came from the other record goes back to it. Visits and entries made "
                    "since stay here."
                ),
                yes=N_("Take them apart"),
                no=N_("Leave it as it is"),
            )
        )
        if sure:
            self._presenter.take_apart(record.merge_id)

    def _part_chosen(self, index: int) -> None:
        self._presenter.show_part(str(self._part.itemData(index)))

    def _field_chosen(self, index: int) -> None:
        self._presenter.show_field(str(self._field.itemData(index)))

    def _failed(self, error: AppError) -> None:
        self.notices.show_error(error)


def _filter(name: str, title: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(translated(title))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_FILTER_LETTERS)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setMaximumWidth(_WIDEST_FILTER * box.fontMetrics().averageCharWidth())
    return box


def _switch(name: str, title: str, *, on: bool) -> QCheckBox:
    box = QCheckBox(translated(title))
    box.setObjectName(name)
    box.setAccessibleName(translated(title))
    box.setChecked(on)
    return box


def _offer(box: QComboBox, choices: tuple[Choice, ...], chosen: str) -> None:
    box.clear()
    for choice in choices:
        box.addItem(choice.label, choice.value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    longest = max((len(choice.label) for choice in choices), default=0)
    box.view().setMinimumWidth((longest + 4) * box.fontMetrics().averageCharWidth())
