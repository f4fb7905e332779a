"""The rail on the left: one button for each page that works now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import ACCENT, GRID, draw_icon

if TYPE_CHECKING:
    from intake_app.domain.staff import Actor

_SIGN = 5 * GRID
_SIGN_MARGIN = 3 * GRID
"""Beside a sign that has no text."""
_TINT = 36
_OPAQUE = 255


class RailButton(QAbstractButton):
    """A page of the program; the strip at its side says which one is shown."""

    def __init__(self, name: str, text: str, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self._sign_only = False
        label = translated(text)
        self.setObjectName(f"action.{name}")
        self.setText(label)
        self.setAccessibleName(label.replace("&", ""))
        self.setCheckable(True)

    def show_sign_only(self, *, only: bool) -> None:
        """Leave the text out where the window is narrow; a tooltip says it."""
        if only != self._sign_only:
            self._sign_only = only
            self.setToolTip(self.accessibleName() if only else "")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for sign, text and strip."""
        metrics = self.fontMetrics()
        height = max(12 * GRID, 2 * metrics.height())
        if self._sign_only:
            return QSize(2 * _SIGN_MARGIN + _SIGN, height)
        text = metrics.horizontalAdvance(self.text().replace("&", ""))
        return QSize(5 * GRID + _SIGN + 3 * GRID + text + 5 * GRID, height)

    def paintEvent(self, _: QPaintEvent, /) -> None:
        """Draw the button; the one of the page that is shown is tinted and has a strip."""
        painter = QPainter(self)
        palette = self.palette()
        accent = palette.color(ACCENT)
        if self.isChecked() or self.underMouse():
            strength = _TINT if self.isChecked() else _TINT // 2
            _fill(painter, self.rect(), accent, strength=strength)
        if self.isChecked():
            _fill(painter, QRect(0, 0, GRID, self.height()), accent, strength=_OPAQUE)
        left = _SIGN_MARGIN if self._sign_only else 5 * GRID
        place = QRect(left, (self.height() - _SIGN) // 2, _SIGN, _SIGN)
        plain = palette.color(QPalette.ColorRole.WindowText)
        draw_icon(painter, self._sign, place, colour=accent if self.isChecked() else plain)
        if not self._sign_only:
            self._write(painter, left + _SIGN + 3 * GRID)
        if self.hasFocus():
            painter.setPen(accent)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _write(self, painter: QPainter, left: int) -> None:
        """Write the text with its Alt key underlined."""
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        metrics = painter.fontMetrics()
        start = QPoint(left, (self.height() + metrics.ascent() - metrics.descent()) // 2)
        before, _, after = self.text().partition("&")
        painter.drawText(start, before + after)
        if after:
            left += metrics.horizontalAdvance(before)
            under = start.y() + 2
            painter.drawLine(left, under, left + metrics.horizontalAdvance(after[0]) - 1, under)


def _fill(painter: QPainter, area: QRect, colour: QColor, *, strength: int) -> None:
    # A brush or a pen would make PySide build every enum of the Qt namespace before the first
    # paint, a seventh of the time to it; a stretched pixel does not.
    pixel = QPixmap(1, 1)
    pixel.fill(QColor(colour.red(), colour.green(), colour.blue(), strength))
    painter.drawPixmap(area, pixel)


class Rail(QFrame):
    """The buttons under each other; at most one is pressed."""

    def __init__(self, buttons: tuple[RailButton, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._buttons = buttons
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 3 * GRID, 0, 3 * GRID)
        layout.setSpacing(0)
        for button in buttons:
            button.setParent(self)
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)

    def show_signs_only(self, *, only: bool) -> None:
        """Leave the texts out where the window is narrow."""
        for button in self._buttons:
            button.show_sign_only(only=only)

    def press(self, button: RailButton | None) -> None:
        """Show which page is open; ``None`` when it is none of these."""
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(each is button)
        self._group.setExclusive(True)


class PagesRail(Rail):
    """The pages of the program, as far as this person's role works with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.today = RailButton("show_today", N_("&Today"), "calendar-days")
        self.patients = RailButton("show_patients", N_("Pat&ients"), "users")
        self.wording = RailButton("show_wording", N_("Wo&rding"), "file-text")
        self.settings = RailButton("show_settings", N_("Settin&gs"), "settings")
        super().__init__((self.today, self.patients, self.wording, self.settings), parent)
        self.wording.hide()  # until somebody is there who writes

    def show_for(self, actor: Actor) -> None:
        """Show the pages that this person's role works with."""
        from intake_app.domain.staff import Action

        self.wording.setVisible(actor.may(Action.EDIT_WORDING))
