"""What every page is made of: headings, notes and buttons that look alike."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake_app.domain.language import translated
from intake_app.ui.theme import GRID, MUTED, draw_icon, icon
from intake_app.ui.widgets.press import OnceButton

_HEADING = 1.5
_SUBHEADING = 1.15
PAGE_MARGIN = 5 * GRID
_EMPHASIS = "emphasis"
_SIGN = "sign"


def heading(text: str, parent: QWidget | None = None) -> Title:
    """Return the title of a page."""
    return Title(text, _HEADING, parent)


def subheading(text: str, parent: QWidget | None = None) -> Title:
    """Return the title of a part of a page."""
    return Title(text, _SUBHEADING, parent)


def note(text: str, parent: QWidget | None = None) -> QLabel:
    """Return a wrapped sentence in secondary text."""
    label = QLabel(translated(text), parent)
    label.setWordWrap(True)
    label.setForegroundRole(MUTED)
    return label


def action_button(
    name: str, text: str, sign: str = "", *, parent: QWidget | None = None
) -> QPushButton:
    """Return a button that people drive by ``action.NAME``; a sign stands in front of the text."""
    return _named(OnceButton(parent), name, text, sign)


def go_button(
    name: str, text: str, sign: str = "", *, parent: QWidget | None = None
) -> QPushButton:
    """Return a button that only leads somewhere: each press counts, however quick."""
    return _named(QPushButton(parent), name, text, sign)


def _named(button: QPushButton, name: str, text: str, sign: str) -> QPushButton:
    label = translated(text)
    button.setText(label)
    button.setObjectName(f"action.{name}")
    button.setAccessibleName(label.replace("&", ""))
    button.setAutoDefault(False)
    if sign:
        button.setProperty(_SIGN, sign)
        button.setIcon(icon(sign))
    return button


def emphasise(button: QPushButton) -> None:
    """Give the one button of a page that people come for the accent colour."""
    button.setProperty(_EMPHASIS, True)
    _follow_sheet(button)
    palette = QGuiApplication.palette()
    fill = palette.color(QPalette.ColorRole.Highlight)
    text = palette.color(QPalette.ColorRole.HighlightedText)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setColor(group, QPalette.ColorRole.Button, fill)
        palette.setColor(group, QPalette.ColorRole.ButtonText, text)
    button.setPalette(palette)
    if sign := button.property(_SIGN):
        button.setIcon(icon(sign, QPalette.ColorRole.HighlightedText))


def _follow_sheet(button: QPushButton) -> None:
    """Let a style sheet, if there is one, look at the button's properties again."""
    style = button.style()
    style.unpolish(button)
    style.polish(button)


def light_up(button: QPushButton) -> None:
    """Give a button that stays down the accent colour while it is down."""
    button.setCheckable(True)
    button.toggled.connect(partial(_light, button))


def _light(button: QPushButton, down: bool) -> None:  # noqa: FBT001 - a Qt signal
    if down:
        emphasise(button)
    else:
        button.setProperty(_EMPHASIS, False)
        _follow_sheet(button)
        button.setPalette(QPalette())
        if sign := button.property(_SIGN):
            button.setIcon(icon(sign))


def dress_again(window: QWidget) -> None:
    """Give emphasised buttons and titles the colours and the size of the moment."""
    for title in window.findChildren(Title):
        title.follow_font()
    for button in window.findChildren(QPushButton):
        if button.property(_EMPHASIS):
            emphasise(button)


def page_layout(page: QWidget) -> QVBoxLayout:
    """Give a page its margins and return its layout."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(PAGE_MARGIN, 4 * GRID, PAGE_MARGIN, 3 * GRID)
    layout.setSpacing(3 * GRID)
    return layout


def fit_over(dialog: QWidget, width: int, height: int) -> None:
    """Give a window over a page its size, but never more than the window under it has."""
    around = dialog.parentWidget()
    wanted = QSize(width, height)
    dialog.resize(wanted if around is None else wanted.boundedTo(around.window().size()))


class Sign(QWidget):
    """One of our icons in the palette's colour of the moment."""

    def __init__(
        self,
        name: str,
        role: QPalette.ColorRole,
        *,
        side: int = 5 * GRID,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self.setFixedSize(side, side)

    def show_sign(self, name: str, role: QPalette.ColorRole) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _: QPaintEvent, /) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        draw_icon(painter, self._name, self.rect(), colour=self.palette().color(self._role))
        painter.end()


class Title(QLabel):
    """Bold text that stays in proportion when the text size of the program changes."""

    def __init__(self, text: str, scale: float, parent: QWidget | None = None) -> None:
        super().__init__(translated(text), parent)
        self._scale = scale
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.follow_font()

    def follow_font(self) -> None:
        """Keep the proportion to the font of the program as it is now."""
        font = QApplication.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * self._scale)
        self.setFont(font)
