"""The rail on the left: one button for each page that works now."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from intake_app.domain.language import translated
from intake_app.ui.theme import ACCENT, GRID, draw_icon

_SIGN = 5 * GRID
_TINT = 36


class RailButton(QAbstractButton):
    """A page of the program; the strip at its side says which one is shown."""

    def __init__(self, name: str, text: str, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        label = translated(text)
        self.setObjectName(f"action.{name}")
        self.setText(label)
        self.setAccessibleName(label.replace("&", ""))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return room for sign, text and strip."""
        metrics = self.fontMetrics()
        text = metrics.horizontalAdvance(self.text().replace("&", ""))
        return QSize(
            5 * GRID + _SIGN + 3 * GRID + text + 5 * GRID, max(12 * GRID, 2 * metrics.height())
        )

    def paintEvent(self, _: QPaintEvent, /) -> None:
        """Draw the button; the one of the page that is shown is tinted and has a strip."""
        painter = QPainter(self)
        palette = self.palette()
        accent = palette.color(ACCENT)
        if self.isChecked() or self.underMouse():
            tint = QColor(accent)
            tint.setAlpha(_TINT if self.isChecked() else _TINT // 2)
            painter.fillRect(self.rect(), tint)
        if self.isChecked():
            painter.fillRect(QRect(0, 0, GRID, self.height()), accent)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        colour = palette.color(group, QPalette.ColorRole.WindowText)
        left = 5 * GRID
        place = QRect(left, (self.height() - _SIGN) // 2, _SIGN, _SIGN)
        draw_icon(painter, self._sign, place, colour=accent if self.isChecked() else colour)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(colour)
        text = self.rect().adjusted(left + _SIGN + 3 * GRID, 0, 0, 0)
        painter.drawText(
            text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text()
        )
        if self.hasFocus():
            painter.setPen(accent)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()


class Rail(QFrame):
    """The buttons under each other; at most one is pressed."""

    def __init__(self, buttons: tuple[RailButton, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 3 * GRID, 0, 3 * GRID)
        layout.setSpacing(0)
        for button in buttons:
            button.setParent(self)
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)

    def press(self, button: RailButton | None) -> None:
        """Show which page is open; ``None`` when it is none of these."""
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(each is button)
        self._group.setExclusive(True)
