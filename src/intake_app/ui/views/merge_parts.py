"""What the comparison of two records is made of: one side of a line, and whose record it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.merging import Side
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.texts import Panel, label, muted, strong

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from intake_app.ui.presenters.merge import HalfText, MergeLine

TITLES: dict[Side, str] = {
    Side.STAYS: N_("This record stays"),
    Side.JOINS: N_("This one becomes part of it"),
}
"""What becomes of each record."""


class ChoiceCell(QWidget):
    """One side of a line: a button to choose it by, and what it holds, in full."""

    def __init__(self, line: MergeLine, side: Side) -> None:
        super().__init__()
        text = line.text(side)
        newer = line.newer is side
        self.button = QRadioButton(self)
        self.button.setObjectName(f"merge.{line.name}.{side.value}")
        said = [line.label, text, translated(TITLES[side])]
        if newer:
            said.append(translated(N_("entered last")))
        self.button.setAccessibleName(", ".join(said))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(text))
        if newer:
            words.addWidget(muted(translated(N_("entered last"))))
        layout.addLayout(words, 1)

    def group_button(self) -> QRadioButton:
        """Return the button of the line that is chosen now."""
        group = self.button.group()
        chosen = group.checkedButton() if group is not None else None
        return chosen if isinstance(chosen, QRadioButton) else self.button

    def paintEvent(self, _: QPaintEvent, /) -> None:
        """Draw a frame around the side that has the keyboard."""
        if not self.button.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), GRID, GRID)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """Choose by pressing the text, too."""
        super().mousePressEvent(event)
        self.button.setChecked(True)
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)


class RecordHead(Panel):
    """Whose record it is, and what becomes of it."""

    def __init__(self, side: Side) -> None:
        super().__init__()
        self.setObjectName(f"merge.{side.value}")
        self._name = strong(scale=1.15, name=f"merge.{side.value}.name")
        self._born = label(name=f"merge.{side.value}.born")
        self._rest = muted(name=f"merge.{side.value}.details")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID // 2)
        layout.addWidget(muted(translated(TITLES[side])))
        for part in (self._name, self._born, self._rest):
            layout.addWidget(part)

    def show_half(self, half: HalfText) -> None:
        """Show who it is."""
        self._name.setText(half.name)
        self._born.setText(half.born)
        parts = (half.record_number, half.registered, half.visits)
        self._rest.setText(" · ".join(part for part in parts if part))
        self.setAccessibleName(half.sentence)
