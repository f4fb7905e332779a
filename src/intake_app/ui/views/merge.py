"""Two records of one person side by side: choose line by line, then merge."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.domain.merging import Agreement, Side
from intake_app.ui.notices import Notices
from intake_app.ui.theme import GRID
from intake_app.ui.views.merge_parts import ChoiceCell, RecordHead
from intake_app.ui.views.page_parts import action_button, emphasise, fit_over
from intake_app.ui.views.section_page import scrolling
from intake_app.ui.widgets.texts import (
    Fold,
    Panel,
    SignedText,
    card,
    clear,
    heading,
    label,
    muted,
    strong,
)

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.ui.presenters.merge import MergeLine, MergePresenter

_WIDTH = 230 * GRID
_HEIGHT = 176 * GRID
_LABEL_LETTERS = 24
_PARTS: dict[Agreement, str] = {
    Agreement.DIFFER: N_("These differ: choose"),
    Agreement.ONE_SIDED: N_("Only one of them has this"),
    Agreement.SAME: N_("The same in both"),
}
_ARROWS = {Qt.Key.Key_Left: Side.STAYS, Qt.Key.Key_Right: Side.JOINS}


class MergeDialog(QDialog):
    """Shows what two records hold and takes one of both for each line."""

    merged = Signal(str)
    """The id of the patient who stays."""

    def __init__(self, presenter: MergePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        presenter.setParent(self)
        self._presenter = presenter
        self._cells: dict[tuple[str, Side], ChoiceCell] = {}
        self._groups: list[QButtonGroup] = []
        title = translated(N_("Merge two records of one person"))
        self.setObjectName("merge")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.notices = Notices(self)
        self._warning = SignedText("triangle-alert", attention=True)
        self._warning.setObjectName("merge.warning")
        self._heads = {side: RecordHead(side) for side in Side}
        self._body = QWidget(self)
        self._lines = QVBoxLayout(self._body)
        self._summary = muted(name="merge.summary")
        self._merge = action_button("merge", N_("&Merge"), parent=self)
        self._swap = action_button("swap_records", N_("&Swap"), "refresh-cw", parent=self)
        self._arrange(title)
        presenter.compared.connect(self._show)
        presenter.picked.connect(self._show_pick)
        presenter.merged.connect(self._done)
        presenter.failed.connect(self._failed)
        self._set_ready(ready=False)
        presenter.load()

    def cell(self, name: str, side: Side) -> ChoiceCell:
        """Return what is chosen by for one side of a line.

        Raises:
            KeyError: nothing is chosen there.
        """
        return self._cells[name, side]

    # --- building ---------------------------------------------------------------------------

    def _arrange(self, title: str) -> None:
        self._lines.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._lines.setSpacing(2 * GRID)
        heads = QHBoxLayout()
        heads.setSpacing(2 * GRID)
        heads.addWidget(self._heads[Side.STAYS], 1)
        heads.addWidget(self._swap, 0, Qt.AlignmentFlag.AlignVCenter)
        heads.addWidget(self._heads[Side.JOINS], 1)
        self._swap.setToolTip(translated(N_("Let the other record be the one that stays")))
        self._swap.clicked.connect(self._presenter.swap)
        frame = Panel(QPalette.ColorRole.Window)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        self._area = scrolling(self._body)
        inside.addWidget(self._area)
        bar = QHBoxLayout()
        bar.setSpacing(2 * GRID)
        bar.addWidget(self._summary, 1)
        cancel = action_button("cancel_merge", N_("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        bar.addWidget(cancel)
        emphasise(self._merge)
        self._merge.clicked.connect(self._presenter.merge)
        bar.addWidget(self._merge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(heading(title))
        layout.addWidget(self.notices)
        layout.addLayout(heads)
        layout.addWidget(self._warning)
        layout.addWidget(frame, 1)
        layout.addLayout(bar)
        self._warning.hide()
        fit_over(self, _WIDTH, _HEIGHT)

    def _set_ready(self, *, ready: bool) -> None:
        for button in (self._merge, self._swap):
            button.setEnabled(ready)

    # --- following --------------------------------------------------------------------------

    def _show(self) -> None:
        presenter = self._presenter
        for side, head in self._heads.items():
            head.show_half(presenter.half(side))
        self._warning.set_text(presenter.warning())
        self._summary.setText(presenter.summary())
        clear(self._lines)
        self._cells.clear()
        self._groups.clear()
        lines = presenter.lines()
        for agreement in Agreement:
            of_it = [line for line in lines if line.agreement is agreement]
            if of_it:
                self._lines.addWidget(self._part(agreement, of_it))
        self._lines.addStretch(1)
        self._set_ready(ready=True)
        # Once the new lines are on the screen: what is not shown yet does not keep the keyboard.
        QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        first = next(iter(self._cells.values()), None)
        wanted = first.group_button() if first is not None else self._merge
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _part(self, agreement: Agreement, lines: list[MergeLine]) -> QWidget:
        if agreement is Agreement.SAME:
            fold = Fold(f"{translated(_PARTS[agreement])} ({len(lines)})", name="action.show_same")
            fold.fill([_same(line) for line in lines])
            return fold
        panel, inside = card(name=f"merge.{agreement.value}")
        inside.addWidget(strong(translated(_PARTS[agreement]), scale=1.05))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        letters = _LABEL_LETTERS * self.fontMetrics().averageCharWidth()
        grid.setColumnMinimumWidth(0, letters)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        for row, line in enumerate(lines):
            self._add_line(grid, row, line)
        inside.addLayout(grid)
        return panel

    def _add_line(self, grid: QGridLayout, row: int, line: MergeLine) -> None:
        name = label(line.label)
        name.setContentsMargins(0, GRID // 2, 0, 0)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self._body)
        self._groups.append(group)
        for column, side in enumerate(Side, start=1):
            cell = ChoiceCell(line, side)
            group.addButton(cell.button)
            cell.button.setChecked(line.picked is side)
            cell.button.toggled.connect(partial(self._toggled, line.name, side))
            cell.button.installEventFilter(self)
            self._cells[line.name, side] = cell
            grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Choose a side with the arrows, go on with Enter, keep the keyboard in view."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            cell = watched.parent()
            if isinstance(cell, ChoiceCell):
                cell.update()
                self._area.ensureWidgetVisible(cell, 0, 8 * GRID)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            side = _ARROWS.get(Qt.Key(event.key()))
            name = self._line_of(watched)
            if name and side is not None:
                button = self._cells[name, side].button
                button.setChecked(True)
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if name and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def _line_of(self, watched: QObject) -> str:
        return next((name for (name, _), cell in self._cells.items() if cell.button is watched), "")

    def _toggled(self, name: str, side: Side, checked: bool) -> None:  # noqa: FBT001 - a Qt signal
        if checked:
            self._presenter.pick(name, side)

    def _show_pick(self, name: str) -> None:
        for line in self._presenter.lines():
            if line.name == name:
                self._cells[name, line.picked].button.setChecked(True)

    def _failed(self, error: AppError) -> None:
        self.notices.show_error(error)

    def _done(self, patient_id: str) -> None:
        self.accept()
        self.merged.emit(patient_id)


def _same(line: MergeLine) -> QLabel:
    value = line.stays if line.stays == line.joins else f"{line.stays} / {line.joins}"
    return label(f"{line.label}: {value}")
