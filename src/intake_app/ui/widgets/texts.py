"""Small pieces of text: headings, secondary text, text with a sign, links, things that fold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import ATTENTION, GRID, MUTED, draw_icon, icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent

HEADING_SCALE = 1.25
SMALL_SCALE = 0.92


def label(text: str = "", *, wrap: bool = True, name: str = "") -> QLabel:
    """Return plain text that breaks into lines where it must."""
    made = QLabel(text)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if name:
        made.setObjectName(name)
    return made


def strong(text: str = "", *, scale: float = 1.0, name: str = "") -> QLabel:
    """Return bold text."""
    made = label(text, name=name)
    made.setFont(scaled(made.font(), scale, bold=True))
    return made


def heading(text: str) -> QLabel:
    """Return the title of a page or card."""
    return strong(text, scale=HEADING_SCALE)


def muted(text: str = "", *, name: str = "") -> QLabel:
    """Return secondary text."""
    made = label(text, name=name)
    made.setForegroundRole(MUTED)
    made.setFont(scaled(made.font(), SMALL_SCALE, bold=False))
    return made


def scaled(font: QFont, scale: float, *, bold: bool) -> QFont:
    """Return a font larger or smaller than ``font``."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * scale)
    made.setBold(bold)
    return made


def show_text(target: QLabel, text: str) -> None:
    """Show a text; an empty one takes no room."""
    if target.text() != text:
        target.setText(text)
    target.setVisible(bool(text))


class Sign(QWidget):
    """One of our icons as high as the text; it follows the palette."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self.setForegroundRole(role)

    def set_sign(self, name: str, role: QPalette.ColorRole) -> None:
        """Show another icon."""
        self._name = name
        self.setForegroundRole(role)
        self.update()

    def sizeHint(self) -> QSize:
        """Want the height of a line."""
        side = self.fontMetrics().height()
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Need the same."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent, /) -> None:
        """Draw the icon."""
        side = self.fontMetrics().height()
        painter = QPainter(self)
        colour = self.palette().color(self.foregroundRole())
        draw_icon(painter, self._name, QRect(0, 0, side, side), colour=colour)
        painter.end()


class Panel(QWidget):
    """A surface with a thin frame that can be seen in every scheme."""

    def __init__(self, surface: QPalette.ColorRole = QPalette.ColorRole.Base) -> None:
        super().__init__()
        self._surface = surface

    def paintEvent(self, _: QPaintEvent, /) -> None:
        """Paint surface and frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(self._surface))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, GRID, GRID)
        painter.end()


class SignedText(QWidget):
    """A text with a small sign in front of it."""

    def __init__(self, sign: str, text: str = "", *, attention: bool = False) -> None:
        super().__init__()
        self._sign = Sign(sign, QPalette.ColorRole.WindowText)
        self.text_label = label(text)
        self.text_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID + 2)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text_label, 1)
        self.show_sign(sign, attention=attention)

    def text(self) -> str:
        """Return the text."""
        return self.text_label.text()

    def set_text(self, text: str) -> None:
        """Show another text; an empty one takes no room."""
        if self.text_label.text() != text:
            self.text_label.setText(text)
        self.setVisible(bool(text))

    def show_sign(self, sign: str, *, attention: bool) -> None:
        """Put another sign in front."""
        role = ATTENTION if attention else QPalette.ColorRole.WindowText
        self.text_label.setForegroundRole(role)
        self._sign.set_sign(sign, role)


class LinkButton(QPushButton):
    """A line of text that can be pressed, to go where it points."""

    def __init__(self, text: str, place: str) -> None:
        super().__init__()
        self.place = place
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self._text = label(text)
        self._text.setForegroundRole(QPalette.ColorRole.Link)
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        layout.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Want the room of the text."""
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Need the room of the text broken into lines."""
        layout = self.layout()
        assert layout is not None
        return layout.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower line is a higher one."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """Return the height of the text in ``width``."""
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width)


class Fold(QWidget):
    """A heading that shows or hides what is under it."""

    def __init__(self, title: str, *, name: str, is_open: bool = False) -> None:
        super().__init__()
        self._title = title
        self._is_open = is_open
        self.button = QToolButton(self)
        self.button.setObjectName(name)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFont(scaled(self.button.font(), 1.0, bold=True))
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body = QWidget(self)
        self.lines = QVBoxLayout(self.body)
        self.lines.setContentsMargins(2 * GRID, 0, 0, GRID)
        self.lines.setSpacing(GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.button)
        layout.addWidget(self.body)
        self.button.clicked.connect(self._turn)
        self._show()

    def set_title(self, title: str) -> None:
        """Show another heading."""
        self._title = title
        self._show()

    def fill(self, widgets: Iterable[QWidget]) -> None:
        """Replace what is under the heading."""
        clear(self.lines)
        for widget in widgets:
            self.lines.addWidget(widget)

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._show()

    def _show(self) -> None:
        self.button.setText(self._title)
        self.button.setIcon(icon("chevron-down" if self._is_open else "chevron-right"))
        spoken = N_("{title}, shown") if self._is_open else N_("{title}, hidden")
        self.button.setAccessibleName(translated(spoken).format(title=self._title))
        self.body.setVisible(self._is_open)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            for part in (widget, *widget.findChildren(QWidget)):
                part.setObjectName("")  # nobody may find it until the event loop lets it go
            widget.deleteLater()


def card(*, name: str = "") -> tuple[Panel, QVBoxLayout]:
    """Return a framed surface and the layout to fill it by."""
    panel = Panel()
    if name:
        panel.setObjectName(name)
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
    layout.setSpacing(GRID + 2)
    return panel, layout
