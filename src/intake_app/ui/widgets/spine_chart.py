"""The spine to mark fractures on: a drawing whose every vertebra is a real button."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from intake_app.domain.fractures import FractureStatus
from intake_app.domain.language import N_, translated
from intake_app.domain.spine import LEVELS
from intake_app.ui.widgets.inputs import move_on
from intake_app.ui.widgets.spine_paint import SpineLook, paint_spine
from intake_app.ui.widgets.spine_shape import USUAL_HEIGHT, USUAL_WIDTH, Spine, draw_spine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent

FIRST_CURRENT = "T12"
"""Where the keyboard enters: the level that breaks most often."""
_USUAL_LINE = 18.0
_SPOKEN = {
    FractureStatus.PLANNED.value: N_("planned to treat"),
    FractureStatus.HEALED.value: N_("old or healed"),
    FractureStatus.WATCH.value: N_("watch only"),
    FractureStatus.TREATED.value: N_("already treated"),
}
_PAGE = 5
_NOT_MOVED = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
)
"""Reasons to have the focus that are no choice of a level."""


class VertebraButton(QAbstractButton):
    """One vertebra: the whole line of the drawing that belongs to it. The chart paints it."""

    def __init__(self, level: str, chart: SpineChart) -> None:
        super().__init__(chart)
        self._chart = chart
        self.level = level
        self.setObjectName(f"spine.{level}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def nextCheckState(self) -> None:
        """Leave the state alone: it follows the rows, not the click."""

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint nothing: bodies are larger than their lines, so the chart paints them."""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move by arrows, Home, End and Page keys; Enter goes on to the next input."""
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageUp: -_PAGE,
            Qt.Key.Key_PageDown: _PAGE,
            Qt.Key.Key_Home: -len(LEVELS),
            Qt.Key.Key_End: len(LEVELS),
        }
        key = Qt.Key(event.key())
        if key in steps:
            event.accept()
            self._chart.move_focus(self.level, steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            move_on(self)
        else:
            if key == Qt.Key.Key_Space:
                self._chart.set_current(self.level)
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Become the current level."""
        super().focusInEvent(event)
        self._chart.note_focus(self.level, event.reason())

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """Give up the ring."""
        super().focusOutEvent(event)
        self._chart.update()

    def event(self, event: QEvent, /) -> bool:
        """Light up under the pointer."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self._chart.update()
        return super().event(event)


class SpineChart(QWidget):
    """Side view of C1 to S5. It shows the rows it is given and tells what somebody wants.

    A click or Space asks to mark a blank vertebra. On a marked one the first click only selects
    it; when it is selected already, a click or Space asks to take the mark away.
    """

    toggled_level = Signal(str, bool)
    current_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("spine")
        self.setAccessibleName(translated(N_("Spine")))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._rows: dict[str, str] = {}
        self._current = ""
        self._pressed_current = ""
        self._shape: Spine | None = None
        self._buttons: dict[str, VertebraButton] = {}
        for level in LEVELS:
            button = VertebraButton(level, self)
            button.pressed.connect(self._note_press)
            button.clicked.connect(partial(self._clicked, level))
            self._buttons[level] = button
            self._name(level)
        self._take_tab_stop(FIRST_CURRENT)

    # --- what is shown ------------------------------------------------------------------------

    def set_rows(self, rows: Mapping[str, str]) -> None:
        """Show these levels with their status; levels the drawing does not have are left out."""
        shown = {level: str(status) for level, status in rows.items() if level in self._buttons}
        for level in LEVELS:
            if shown.get(level) != self._rows.get(level):
                self._buttons[level].setChecked(level in shown)
        changed = [level for level in LEVELS if shown.get(level) != self._rows.get(level)]
        self._rows = shown
        for level in changed:
            self._name(level)
        if changed:
            self.update()

    def rows(self) -> dict[str, str]:
        """Return the levels that are marked, with their status."""
        return dict(self._rows)

    def button(self, level: str) -> VertebraButton:
        """Return the button of a level.

        Raises:
            KeyError: the drawing has no such level.
        """
        return self._buttons[level]

    @property
    def current(self) -> str:
        """The selected level; empty before anything was selected."""
        return self._current

    def set_current(self, level: str) -> None:
        """Select a level without taking the focus; an unknown one selects nothing."""
        level = level if level in self._buttons else ""
        if level == self._current:
            return
        self._current = level
        if level:
            self._take_tab_stop(level)
        self.update()
        self.current_changed.emit(level)

    def set_read_only(self) -> None:
        """Let the drawing be looked at and walked through, but not marked."""
        for button in self._buttons.values():
            button.clicked.disconnect()
            button.setCursor(Qt.CursorShape.ArrowCursor)

    def move_focus(self, level: str, steps: int) -> None:
        """Go up or down from a level, as far as the drawing goes."""
        place = min(max(LEVELS.index(level) + steps, 0), len(LEVELS) - 1)
        self._buttons[LEVELS[place]].setFocus(Qt.FocusReason.OtherFocusReason)

    def note_focus(self, level: str, reason: Qt.FocusReason) -> None:
        """Follow the keyboard; a press of the mouse is judged by ``_clicked``."""
        if reason not in _NOT_MOVED:
            self.set_current(level)
        self.update()

    def sizeHint(self) -> QSize:
        """Want room for labels in the text size in use."""
        grown = self._grown()
        return QSize(int(USUAL_WIDTH * grown), int(USUAL_HEIGHT * grown))

    def minimumSizeHint(self) -> QSize:
        """Need nearly the same: smaller lines cannot be hit."""
        grown = self._grown()
        return QSize(int(USUAL_WIDTH * grown * 0.9), int(USUAL_HEIGHT * grown * 0.94))

    # --- asking -------------------------------------------------------------------------------

    def _note_press(self) -> None:
        self._pressed_current = self._current
        self.update()

    def _clicked(self, level: str, *_: object) -> None:
        marked = level in self._rows
        selected = self._pressed_current == level
        self.set_current(level)
        if not marked:
            self.toggled_level.emit(level, True)
        elif selected:
            self.toggled_level.emit(level, False)
        self.update()

    def _take_tab_stop(self, level: str) -> None:
        """One stop for Tab: 29 would keep the keyboard for a whole minute."""
        for other, button in self._buttons.items():
            policy = Qt.FocusPolicy.StrongFocus if other == level else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != policy:
                button.setFocusPolicy(policy)

    def _name(self, level: str) -> None:
        status = self._rows.get(level)
        if status is None:
            name = translated(N_("{level}, not marked")).format(level=level)
        else:
            name = translated(N_("{level}, fractured, {status}")).format(
                level=level, status=translated(_SPOKEN.get(status, status))
            )
        self._buttons[level].setAccessibleName(name)

    # --- drawing ------------------------------------------------------------------------------

    def _grown(self) -> float:
        return max(1.0, QFontMetricsF(self.font()).height() / _USUAL_LINE)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Draw for the new size and put the buttons where their vertebrae are."""
        super().resizeEvent(event)
        self._shape = draw_spine(self.width(), self.height())
        for level, vertebra in self._shape.vertebrae.items():
            self._buttons[level].setGeometry(vertebra.strip.toAlignedRect())

    def paintEvent(self, _: QPaintEvent, /) -> None:
        """Draw the spine as it is now."""
        if self._shape is None:
            return
        buttons = self._buttons.values()
        look = SpineLook(
            rows=self._rows,
            current=self._current,
            hovered=next((button.level for button in buttons if button.underMouse()), ""),
            focused=next((button.level for button in buttons if button.hasFocus()), ""),
            font=self.font(),
            palette=self.palette(),
            width=self.width(),
            grown=self._grown(),
        )
        painter = QPainter(self)
        paint_spine(painter, self._shape, look)
        painter.end()
