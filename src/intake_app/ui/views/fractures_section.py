"""Fractures: mark them on a spine, or type them; one row for each, with its own small form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.domain.spine import TRANSITIONAL
from intake_app.ui.notices import Question
from intake_app.ui.presenters.fractures import FracturesPresenter
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.theme import GRID, icon
from intake_app.ui.views.section_page import SectionPage, scrolling
from intake_app.ui.widgets.field_form import FieldForm, Section
from intake_app.ui.widgets.inputs import TextInput, next_input
from intake_app.ui.widgets.press import press_once
from intake_app.ui.widgets.problem_line import ProblemLine
from intake_app.ui.widgets.spine_chart import SpineChart
from intake_app.ui.widgets.texts import clear, muted, strong

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from intake_app.domain.fractures import Fracture
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

EDITOR = (
    Section(
        "",
        (
            *("level", "status", "counted_by", "technique", "happened", "cause", "trigger"),
            *("severity", "height_loss", "shape", "posterior_wall", "kyphosis", "oedema"),
            *("earlier", "treated_on"),
        ),
    ),
)
_ROW_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6
_LABEL_LETTERS = 13
_ROWS_LETTERS = 38
"""Below this width in average letters the rows have no room beside the spine."""


class FracturesSection(SectionPage):
    """The spine, the typed line and the rows, always in step."""

    def __init__(self, page: PatientPagePresenter, notices: Notices) -> None:
        super().__init__(PageSection.FRACTURES)
        self._page = page
        self._notices = notices
        self.presenter = FracturesPresenter(page)
        self.chart = SpineChart()
        self.count = strong(scale=1.3, name="fractures.count")
        self.levels = TextInput()
        self.levels.setObjectName("fractures.levels")
        self.levels.setPlaceholderText(translated(N_("T12, L1-L3")))
        self.levels.setAccessibleName(translated(N_("Fractured levels")))
        self.problems = QVBoxLayout()
        self.rows = QListWidget()
        self.rows.setObjectName("fractures.rows")
        self.rows.setAccessibleName(translated(N_("List of fractures")))
        self.rows.setAlternatingRowColors(True)
        self.rows.setTabKeyNavigation(False)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.rows.setWordWrap(True)
        self.confirmation = muted(name="fractures.confirmation")
        self.add_unknown = _button(N_("+ unknown level"), "action.add_unknown_level")
        self.add_transitional = _button(N_("+ L6 / transitional"), "action.add_transitional_level")
        self.confirm = _button(N_("I confirm these levels"), "action.confirm_fractures")
        self.confirm.setIcon(icon("check"))
        self.remove = _button(N_("Remove this fracture"), "action.remove_fracture")
        self.remove.setIcon(icon("trash-2"))
        self.editor_title = strong(scale=1.1)
        self.editor_place = QVBoxLayout()
        self.editor: FieldForm | None = None
        self._wants_editor = False
        self._arrange()
        self._wire()
        self._show_rows()
        self._show_editor()
        self._show_count()
        self.levels.setText(self.presenter.text)

    def _arrange(self) -> None:
        caption = QLabel(translated(N_("Levels")))
        caption.setBuddy(self.levels)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(caption)
        line.addWidget(self.levels, 1)
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 2 * GRID, 0)
        right.setSpacing(2 * GRID)
        right.addWidget(self.title)
        right.addWidget(self.count)
        right.addLayout(line)
        right.addLayout(self.problems)
        right.addLayout(_side_by_side(self.add_unknown, self.add_transitional))
        right.addWidget(self.rows)
        right.addWidget(self.confirmation)
        right.addLayout(_side_by_side(self.confirm))
        right.addWidget(self.editor_title)
        right.addLayout(self.editor_place)
        right.addLayout(_side_by_side(self.remove))
        right.addStretch(1)
        self._side = side
        self._beside = scrolling(side)
        self.chart.setMaximumWidth(self.chart.minimumSizeHint().width())
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(2 * GRID)
        self._both.addWidget(self.chart)
        self._both.addWidget(self._beside, 1)
        self.lines.addLayout(self._both, 1)

    def _wire(self) -> None:
        presenter = self.presenter
        self.levels.textEdited.connect(self._type_levels)
        self.levels.editingFinished.connect(self._left_levels)
        self.chart.toggled_level.connect(self._toggled)
        self.chart.current_changed.connect(presenter.select_level)
        self.rows.currentItemChanged.connect(self._row_chosen)
        self.add_unknown.clicked.connect(presenter.add_unknown)
        self.add_transitional.clicked.connect(partial(self._add, TRANSITIONAL))
        self.confirm.clicked.connect(presenter.confirm)
        self.remove.clicked.connect(self._remove_current)
        presenter.rows_changed.connect(self._show_rows)
        presenter.text_changed.connect(self._show_text)
        presenter.problems_changed.connect(self._show_problems)
        presenter.current_changed.connect(self._show_editor)
        self._page.estimate_changed.connect(self._show_count)

    def is_end(self, start: QWidget) -> bool:
        """Leave the typed line only once its rows are there, and each fracture by itself."""
        following = next_input(start)
        last = self._is_in_editor(start) and not self._is_in_editor(following)
        return start is self.levels or last

    def go_on_inside(self) -> bool:
        """Go on to the next fracture; the typed line leads to the first one."""
        if self.levels.hasFocus():
            if not self.levels.text().strip():
                return False
            self._wants_editor = True
            self._left_levels()
            self._go_to_editor()
            return True
        rows = [row.id for row in self.presenter.rows]
        current = self.presenter.current
        here = rows.index(current.id) if current is not None and current.id in rows else -1
        if here + 1 >= len(rows):
            return False
        self._wants_editor = True
        self.presenter.select(rows[here + 1])
        self._go_to_editor()
        return True

    def go_to_group(self, step: int) -> bool:
        """Count every fracture as a group of its own."""
        forward = step > 0 and (self.levels.hasFocus() or self._in_editor())
        return self.go_on_inside() if forward else super().go_to_group(step)

    def _in_editor(self) -> bool:
        return self._is_in_editor(QApplication.focusWidget())

    def _is_in_editor(self, widget: QWidget | None) -> bool:
        return self.editor is not None and widget is not None and self.editor.isAncestorOf(widget)

    def _go_to_editor(self) -> None:
        """Put the keyboard into the first input of a fracture that is still empty, once it is."""
        if not self._wants_editor or self.editor is None or not self.presenter.rows:
            return
        self._wants_editor = False
        self.editor.focus_first_empty()

    def more_starts(self) -> list[QWidget]:
        """Count the typed line, too."""
        return [self.levels]

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Put the spine under the rows where there is no room beside it."""
        super().resizeEvent(event)
        letter = self.fontMetrics().averageCharWidth()
        narrow = self.width() < self.chart.minimumSizeHint().width() + _ROWS_LETTERS * letter
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)
        self._beside.setMinimumHeight(self._side.sizeHint().height() if narrow else 0)

    # --- showing ----------------------------------------------------------------------------

    def _show_count(self) -> None:
        self.count.setText(self._page.estimate_text().count)

    def _show_text(self, text: str) -> None:
        if self.levels.text() != text:
            self.levels.setText(text)

    def _show_problems(self) -> None:
        clear(self.problems)
        for problem in self.presenter.problems:
            line = ProblemLine()
            line.setObjectName("problem.fractures.levels")
            line.show_problem(problem)
            self.problems.addWidget(line)
        said = "\n".join(self.problem_texts())
        self.levels.setAccessibleDescription(said)

    def problem_texts(self) -> list[str]:
        """Return the sentences that stand under the typed line."""
        lines = [self.problems.itemAt(index) for index in range(self.problems.count())]
        return [
            widget.text()
            for line in lines
            if line is not None and isinstance(widget := line.widget(), ProblemLine)
        ]

    def _show_rows(self) -> None:
        presenter = self.presenter
        statuses = presenter.statuses()
        self.chart.set_rows({level: status.value for level, status in statuses.items()})
        words = [(row.id, presenter.row_words(row)) for row in presenter.rows]
        shown = [
            (str(item.data(_ROW_ID)), item.text())
            for item in (self.rows.item(index) for index in range(self.rows.count()))
        ]
        self.rows.blockSignals(True)
        if [row_id for row_id, _ in words] == [row_id for row_id, _ in shown]:
            for index, (_, text) in enumerate(words):
                self.rows.item(index).setText(text)
        else:
            self.rows.clear()
            for row_id, text in words:
                item = QListWidgetItem(text, self.rows)
                item.setData(_ROW_ID, row_id)
        self._mark_current()
        self.rows.blockSignals(False)
        self.rows.setVisible(bool(words))
        self._fit_rows(len(words))
        self.confirmation.setText(presenter.confirmation())
        self.confirmation.setVisible(bool(words))
        self.confirm.setVisible(presenter.may_confirm)

    def _fit_rows(self, count: int) -> None:
        if not count:
            return
        height = max(self.rows.sizeHintForRow(0), self.fontMetrics().lineSpacing())
        lines = min(count, _MOST_ROWS)
        self.rows.setFixedHeight(height * lines + 2 * self.rows.frameWidth() + 2 * GRID)

    def _mark_current(self) -> None:
        current = self.presenter.current
        for index in range(self.rows.count()):
            item = self.rows.item(index)
            if current is not None and item.data(_ROW_ID) == current.id:
                self.rows.setCurrentItem(item)

    def _show_editor(self) -> None:
        model, row = self.presenter.editor, self.presenter.current
        if self.editor is not None and self.editor.model is model:
            return
        clear(self.editor_place)
        self.editor = None
        self.remove.setVisible(row is not None)
        self.editor_title.setVisible(row is not None)
        if model is None or row is None:
            self.editor_title.setText("")
            return
        self.editor_title.setText(translated(row.level.label))
        self.editor = FieldForm(model, sections=EDITOR, label_letters=_LABEL_LETTERS)
        self.editor_place.addWidget(self.editor)
        self.rows.blockSignals(True)
        self._mark_current()
        self.rows.blockSignals(False)
        self.chart.blockSignals(True)
        self.chart.set_current(row.level.value)
        self.chart.blockSignals(False)
        self._go_to_editor()
        self.rearranged.emit()

    # --- doing ------------------------------------------------------------------------------

    def _toggled(self, level: str, mark: bool) -> None:  # noqa: FBT001 - a signal's argument
        if mark:
            self.presenter.add(level)
            return
        row = self.presenter.row_of(level)
        if row is not None and self._may_remove((row,)):
            self.presenter.remove(row.id)

    def _add(self, level: str, *_: object) -> None:
        self.presenter.add(level)

    def _remove_current(self) -> None:
        row = self.presenter.current
        if row is not None and self._may_remove((row,)):
            self.presenter.remove(row.id)

    def _type_levels(self, text: str) -> None:
        self._wants_editor = False
        self.presenter.type_levels(text)

    def _left_levels(self) -> None:
        going = self.presenter.rows_that_would_go()
        if going and not self._may_remove(going):
            self.presenter.restore_text()
            return
        self.presenter.commit_levels()

    def _may_remove(self, rows: tuple[Fracture, ...]) -> bool:
        """Ask first where somebody typed something into the row."""
        self._page.autosave.flush()
        filled = [row for row in rows if self.presenter.has_data(row)]
        if not filled:
            return True
        levels = ", ".join(translated(row.level.label) for row in filled)
        return self._notices.ask(
            Question(
                text=translated(N_("Remove {levels}?")).format(levels=levels),
                detail=N_("What was typed about it goes with it. The history keeps it."),
                yes=N_("Remove"),
                no=N_("Keep"),
            )
        )

    def _row_chosen(self, item: QListWidgetItem | None, _: object) -> None:
        if item is not None:
            self.presenter.select(str(item.data(_ROW_ID)))


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(translated(text))
    button.setObjectName(name)
    button.setAutoDefault(False)
    press_once(button)
    return button


def _side_by_side(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(2 * GRID)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout
