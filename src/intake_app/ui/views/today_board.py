"""The board of the Today page: one line for each visit, and buttons that move a visit on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.today import Group
from intake_app.ui.theme import ATTENTION, GRID
from intake_app.ui.views.page_parts import (
    PAGE_MARGIN,
    action_button,
    emphasise,
    go_button,
    heading,
    light_up,
    note,
    page_layout,
)
from intake_app.ui.views.today_table import WIDTHS, Column, CourseDelegate, TodayModel
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.tables import line_table

if TYPE_CHECKING:
    from intake_app.ui.presenters.preferences import Preferences
    from intake_app.ui.presenters.today import TodayLine, TodayPresenter

_LINE_HEIGHT = 9 * GRID
_DAY_LETTERS = 26
_NARROW_LETTERS = 110
"""Below this width in average letters the head and the foot say less."""


class TodayBoard(QWidget):
    """Shows the visits of a day."""

    visit_chosen = Signal(str)

    def __init__(
        self, presenter: TodayPresenter, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._preferences = preferences
        self._model = TodayModel(self)
        self._filters: dict[Group, QPushButton] = {}
        self._build()
        self._show_selected()
        presenter.lines_changed.connect(self._show_lines)
        presenter.day_changed.connect(self._show_day)

    @property
    def table(self) -> QTableView:
        """The table of visits."""
        return self._table

    def showEvent(self, event: QShowEvent, /) -> None:
        """Read the day again and count the minutes from now on."""
        super().showEvent(event)
        self._presenter.watch(visible=True)

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Stop counting while nobody looks."""
        super().hideEvent(event)
        self._presenter.watch(visible=False)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Turn the head where it does not fit."""
        super().resizeEvent(event)
        self._fit_head()

    def changeEvent(self, event: QEvent, /) -> None:
        """Follow the font of the program."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    # --- layout -----------------------------------------------------------------------------

    def _build(self) -> None:
        layout = page_layout(self)
        self._head = self._make_head()
        self._head.addLayout(self._day_row())
        layout.addLayout(self._head)
        layout.addWidget(self._day_problem)
        layout.addLayout(self._filter_row())
        self._table = self._make_table()
        self._empty = note("", self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("today.empty")
        self._content = QStackedWidget(self)
        self._content.addWidget(self._table)
        self._content.addWidget(self._empty)
        self._content.setCurrentWidget(self._empty)
        layout.addWidget(self._content, 1)
        layout.addLayout(self._action_row())
        self._fit()
        self._show_lines()

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self._title = heading(N_("Today"), self)
        self._title.setObjectName("today.title")
        # Wider than the window it must not keep the window from being made narrower.
        self._title.setMinimumWidth(1)
        row.addWidget(self._title, 1)
        return row

    def _day_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self._previous = self._arrow("previous_day", N_("Day before"), "chevron-left")
        self._previous.clicked.connect(partial(self._go, -1))
        self._day = QLineEdit(self)
        self._day.setObjectName("today.day")
        self._day.setAccessibleName(translated(N_("Day to show")))
        self._day.setPlaceholderText(translated(N_("Go to a day")))
        self._day.setToolTip(
            translated(N_("Type a day, for example 24 Nov 2026 or +7d, and press Enter"))
        )
        self._day.returnPressed.connect(self._go_to_typed)
        self._next = self._arrow("next_day", N_("Day after"), "chevron-right")
        self._next.clicked.connect(partial(self._go, 1))
        self._this_day = action_button("this_day", N_("Back to today"), parent=self)
        self._this_day.clicked.connect(self._go_home)
        self._public = action_button("public_view", N_("Initials only"), "eye", parent=self)
        self._public.setToolTip(translated(N_("Initials only: for a screen that patients can see")))
        light_up(self._public)
        self._public.setChecked(self._preferences.settings.public_view)
        self._public.toggled.connect(self._set_public)
        for widget in (self._previous, self._day, self._next, self._this_day):
            row.addWidget(widget)
        row.addWidget(self._public)
        self._day_problem = note("", self)
        self._day_problem.setObjectName("today.day_problem")
        self._day_problem.setForegroundRole(ATTENTION)
        self._day_problem.hide()
        return row

    def _arrow(self, name: str, text: str, sign: str) -> QPushButton:
        button = go_button(name, "", sign, parent=self)
        button.setAccessibleName(translated(text))
        button.setToolTip(translated(text))
        return button

    def _filter_row(self) -> FlowLayout:
        row = FlowLayout(gap=GRID)
        choices = QButtonGroup(self)
        choices.setExclusive(True)
        for group in Group:
            button = action_button(f"filter_{group.name.lower()}", group.value, parent=self)
            light_up(button)
            button.clicked.connect(partial(self._filter, group))
            choices.addButton(button)
            row.addWidget(button)
            self._filters[group] = button
        self._filters[Group.ALL].setChecked(True)
        return row

    def _make_table(self) -> QTableView:
        table = line_table(
            "today.table", translated(N_("Visits of the day")), self._model, parent=self
        )
        table.setItemDelegateForColumn(Column.COURSE, CourseDelegate(table))
        columns = table.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setStretchLastSection(True)
        table.selectionModel().currentRowChanged.connect(self._show_selected)
        table.doubleClicked.connect(self._open)
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), table)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(self._open)
        keypad = QShortcut(QKeySequence(Qt.Key.Key_Enter), table)
        keypad.setContext(Qt.ShortcutContext.WidgetShortcut)
        keypad.activated.connect(self._open)
        return table

    def _fit(self) -> None:
        """Give rows and columns the size that the font needs."""
        line = max(_LINE_HEIGHT, self.fontMetrics().height() + 4 * GRID)
        self._table.verticalHeader().setDefaultSectionSize(line)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in WIDTHS.items():
            self._table.setColumnWidth(column, letters * letter)
        self._day.setMaximumWidth(_DAY_LETTERS * letter)
        self._fit_head()

    def _fit_head(self) -> None:
        """Say less where there is little room."""
        narrow = self.width() < _NARROW_LETTERS * self.fontMetrics().averageCharWidth()
        presenter = self._presenter
        words = presenter.short_day_words() if narrow else presenter.day_words()
        today = translated(N_("Today · {day}")).format(day=words)
        self._title.setText(today if presenter.is_this_day else words)
        self._this_day.setVisible(not narrow or not presenter.is_this_day)
        self._public.setText("" if narrow else self._public.accessibleName())
        self._chosen.setVisible(not narrow)
        self._actions.setStretch(0, int(narrow))
        self._turn_head()

    def _turn_head(self) -> None:
        """Put the day's buttons under the title where both do not fit side by side."""
        needed = self._title.sizeHint().width() + self._head.minimumSize().width()
        beside = self.width() >= needed + 2 * PAGE_MARGIN
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._head.setDirection(way)

    def _action_row(self) -> QHBoxLayout:
        row = self._actions = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self._chosen = QLabel(self)
        self._chosen.setObjectName("today.chosen")
        self._open_button = action_button("open_visit", N_("&Open"), parent=self)
        self._advance = action_button("advance", N_("Next step"), parent=self)
        self._undo = action_button("undo", N_("&Undo last step"), "undo-2", parent=self)
        self._cancelled = action_button("cancelled", N_("Cancelled"), parent=self)
        self._absent = action_button("no_show", N_("Did not come"), parent=self)
        self._open_button.clicked.connect(self._open)
        self._advance.clicked.connect(self._advance_chosen)
        self._undo.clicked.connect(self._undo_chosen)
        self._cancelled.clicked.connect(self._cancel_chosen)
        self._absent.clicked.connect(self._absent_chosen)
        self._chosen.setMinimumWidth(1)
        row.addStretch(0)
        row.addWidget(self._chosen, 1)
        for button in (
            self._absent,
            self._cancelled,
            self._undo,
            self._open_button,
            self._advance,
        ):
            row.addWidget(button)
        emphasise(self._advance)
        return row

    # --- following the presenter ------------------------------------------------------------

    def _show_lines(self) -> None:
        presenter = self._presenter
        before = self._selected()
        lines = presenter.lines
        self._model.show_lines(lines, initials=self._public.isChecked())
        self._content.setCurrentWidget(self._table if lines else self._empty)
        self._empty.setText(presenter.empty_words())
        for group, button in self._filters.items():
            text = f"{translated(group.value)} · {presenter.count(group)}"
            button.setText(text)
            button.setAccessibleName(text)
            if group is presenter.group:
                button.setChecked(True)
        row = self._model.row_of(before.visit_id) if before else -1
        if lines:
            self._table.selectRow(max(row, 0))
        self._show_selected()

    def _show_day(self) -> None:
        self._this_day.setEnabled(not self._presenter.is_this_day)
        self._fit_head()

    def _selected(self) -> TodayLine | None:
        index = self._table.currentIndex()
        return self._model.line(index.row()) if index.isValid() else None

    def _show_selected(self, *_: QModelIndex) -> None:
        line = self._selected()
        for button in (self._open_button, self._undo, self._cancelled, self._absent):
            button.setEnabled(line is not None)
        self._advance.setEnabled(bool(line and line.next_step))
        self._advance.setText(
            line.next_step if line and line.next_step else translated(N_("Next step"))
        )
        self._advance.setAccessibleName(self._advance.text())
        if line is None:
            self._chosen.clear()
            return
        self._undo.setEnabled(line.can_undo)
        self._cancelled.setEnabled(line.may_cancel)
        self._absent.setEnabled(line.is_booked)
        who = line.initials if self._public.isChecked() else line.name
        self._chosen.setText(f"{line.time}  {who}")

    # --- reporting --------------------------------------------------------------------------

    def _filter(self, group: Group, *_: object) -> None:
        self._presenter.show_group(group)

    def _go(self, days: int, *_: object) -> None:
        self._presenter.go(days)

    def _go_home(self) -> None:
        self._presenter.go_to(None)

    def _go_to_typed(self) -> None:
        if not self._day.text().strip():
            return
        problem = self._presenter.go_to_typed(self._day.text())
        self._day_problem.setText(problem)
        self._day_problem.setVisible(bool(problem))
        if not problem:
            self._day.clear()

    def _set_public(self, initials_only: bool) -> None:  # noqa: FBT001 - a Qt signal
        self._preferences.change(public_view=initials_only)
        self._show_lines()

    def _open(self, *_: object) -> None:
        if line := self._selected():
            self.visit_chosen.emit(line.visit_id)

    def _advance_chosen(self) -> None:
        line = self._selected()
        if line and line.next_step:
            self._presenter.advance(line.visit_id)

    def _undo_chosen(self) -> None:
        line = self._selected()
        if line:
            self._presenter.undo(line.visit_id)

    def _cancel_chosen(self) -> None:
        line = self._selected()
        if line:
            self._presenter.cancel(line.visit_id)

    def _absent_chosen(self) -> None:
        line = self._selected()
        if line:
            self._presenter.note_absence(line.visit_id)
