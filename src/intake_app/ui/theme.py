"""How the program looks: palettes, font and icons over Fusion; one accent colour, a 4 px grid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)

from intake_app.resources import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

GRID = 4
"""Every distance is a multiple of this many pixels."""
FONT_FAMILY = "Atkinson Hyperlegible Next"
FONT_POINTS = 10.5
LEAST_CONTRAST = 4.5
_HALF = 128
LEAST_EDGE_CONTRAST = 3.0
_FUSION_DARKENS = 140
_STYLED = "styled"
_FRAMED = ("QLineEdit", "QPlainTextEdit", "QComboBox", "QCheckBox", "QRadioButton")

ACCENT = QPalette.ColorRole.Accent
DANGER = QPalette.ColorRole.BrightText
"""Only for danger: nothing else on the screen is red."""
ATTENTION = QPalette.ColorRole.LinkVisited
"""Sentences about problems at a field."""
MUTED = QPalette.ColorRole.PlaceholderText
"""Secondary text; still readable."""


class Scheme(StrEnum):
    """The palettes there are."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The colours of one scheme. Every text colour is readable on every surface beside it."""

    window: str
    surface: str
    striped: str
    button: str
    line: str
    edge: str
    """Frame of what can be typed into, ticked or pressed: 3:1 against what lies beside it."""
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    danger: str
    attention: str


COLOURS: dict[Scheme, Colours] = {
    Scheme.LIGHT: Colours(
        window="#f2f5f6",
        surface="#ffffff",
        striped="#f7f9fa",
        button="#e8edef",
        line="#b4bec4",
        edge="#7f8a91",
        text="#17222a",
        muted="#4f5d67",
        disabled="#586670",
        accent="#0b6478",
        on_accent="#ffffff",
        danger="#a61b17",
        attention="#854400",
    ),
    Scheme.DARK: Colours(
        window="#1c2328",
        surface="#141a1e",
        striped="#1a2126",
        button="#2a343b",
        line="#4d5c66",
        edge="#7b8b95",
        text="#e8edf0",
        muted="#a9b6bf",
        disabled="#9caab3",
        accent="#5fc4d8",
        on_accent="#08181c",
        danger="#ff9d94",
        attention="#f1b765",
    ),
    Scheme.HIGH_CONTRAST: Colours(
        window="#000000",
        surface="#000000",
        striped="#101010",
        button="#000000",
        line="#ffffff",
        edge="#b6b6b6",
        text="#ffffff",
        muted="#ededed",
        disabled="#c8c8c8",
        accent="#ffdd33",
        on_accent="#000000",
        danger="#ff9a9a",
        attention="#ffdd33",
    ),
}

# Fusion draws its frames by darkening the window colour: on black they would vanish.
_HIGH_CONTRAST_SHEET = """
QLineEdit, QPlainTextEdit, QComboBox, QPushButton, QToolButton, QAbstractItemView {
    border: 1px solid white; padding: 3px; background: black; color: white;
}
QHeaderView { border: 0; padding: 0; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QPushButton:focus, QToolButton:focus {
    border: 3px solid #ffdd33; padding: 1px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QPushButton:disabled {
    border: 1px dashed #c8c8c8; color: #c8c8c8;
}
QPushButton[emphasis="true"] { background: #ffdd33; color: black; }
QPushButton[emphasis="true"]:focus, QPushButton:checked:focus { border: 3px solid white; }
QPushButton:disabled { background: black; color: #c8c8c8; }
QPushButton:default { border: 3px double #ffdd33; padding: 1px; }
QPushButton:checked, QToolButton:checked { background: #ffdd33; color: black; }
QLineEdit, QPlainTextEdit, QAbstractItemView { placeholder-text-color: #ededed; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid #ffdd33; }
QCheckBox::indicator { width: 16px; height: 16px; border: 2px solid white; background: black; }
QCheckBox::indicator:checked { background: #ffdd33; border-color: #ffdd33; image: url(CHECK); }
QCheckBox::indicator:disabled { border: 2px dashed #c8c8c8; }
QRadioButton::indicator {
    width: 12px; height: 12px; border: 2px solid white; border-radius: 8px; background: black;
}
QRadioButton::indicator:checked { background: #ffdd33; }
QRadioButton::indicator:disabled { border: 2px dashed #c8c8c8; }
QAbstractItemView::item:selected { background: #ffdd33; color: black; }
QToolTip { border: 1px solid white; background: black; color: white; }
"""


def contrast(one: QColor | str, other: QColor | str) -> float:
    """Return the WCAG contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def scheme_for(choice: str) -> Scheme:
    """Return the scheme for a choice of the settings; ``system`` follows the desktop."""
    if choice in set(Scheme):
        return Scheme(choice)
    return Scheme.DARK if _desktop_is_dark() else Scheme.LIGHT


@cache
def _desktop_is_dark() -> bool:
    # Asked once, before our palette hides the desktop's. Naming Qt.ColorScheme instead would make
    # PySide build every enum of the Qt namespace, a seventh of the time to the first paint.
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < _HALF


def palette_of(scheme: Scheme) -> QPalette:
    """Return the palette of a scheme; our own roles are ``ACCENT``, ``DANGER`` and so on."""
    colours = COLOURS[scheme]
    palette = QPalette(QColor(colours.button), QColor(colours.window))
    role = QPalette.ColorRole
    for target, value in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.striped),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.Text, colours.text),
        (role.Button, colours.button),
        (role.ButtonText, colours.text),
        (role.Mid, colours.line),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (ACCENT, colours.accent),
        (DANGER, colours.danger),
        (ATTENTION, colours.attention),
        (MUTED, colours.muted),
    ):
        palette.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText, MUTED):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.disabled))
    disabled = QPalette.ColorGroup.Disabled
    palette.setColor(disabled, role.Base, QColor(colours.window))
    palette.setColor(disabled, role.Highlight, QColor(colours.line))
    palette.setColor(disabled, role.HighlightedText, QColor(colours.text))
    return palette


def _framed(scheme: Scheme) -> QPalette:
    # Fusion frames an input in its palette's window colour, darkened to 1/1.4: lost on a dark
    # window and faint on a light one. Inputs paint no window, so theirs can carry the frame.
    framed = palette_of(scheme)  # a copy would make PySide build the enums of Qt, see above
    edge = QColor(COLOURS[scheme].edge)
    framed.setColor(QPalette.ColorRole.Window, edge.lighter(_FUSION_DARKENS))
    return framed


def start(program: str) -> QApplication:
    """Return the application, in our style from the first moment.

    Asked for later, the style costs a twentieth of the time to the first paint.
    """
    from PySide6.QtWidgets import QApplication

    application = QApplication([program, "-style", "fusion"])
    application.setProperty(_STYLED, True)
    return application


def apply(application: QApplication, choice: str = "system", text_scale: float = 1.0) -> Scheme:
    """Dress the whole program in the chosen scheme and text size; return the scheme used."""
    scheme = scheme_for(choice)
    if not application.property(_STYLED):
        application.setStyle("Fusion")
        application.setProperty(_STYLED, True)
    application.setPalette(palette_of(scheme))
    framed = _framed(scheme)
    for kind in _FRAMED:
        application.setPalette(framed, kind)  # type: ignore[arg-type] # the stub says bytes
    font = QFont(_family())
    font.setPointSizeF(FONT_POINTS * text_scale)
    application.setFont(font)
    sheet = ""
    if scheme is Scheme.HIGH_CONTRAST:
        check = resource("icons", "check.svg").as_posix()
        sheet = _HIGH_CONTRAST_SHEET.replace("CHECK", f'"{check}"')
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)
    return scheme


@cache
def _family() -> str:
    loaded = [
        QFontDatabase.addApplicationFont(
            str(resource("fonts", f"AtkinsonHyperlegibleNext-{cut}.ttf"))
        )
        for cut in ("Regular", "Bold")
    ]
    return FONT_FAMILY if min(loaded) >= 0 else QFont().family()


class _PaletteIcon(QIconEngine):
    """Draws one of our icons in the palette's colour of the moment, sharp at any scale."""

    def __init__(self, name: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def clone(self) -> QIconEngine:
        """Return an equal engine."""
        return _kept(_PaletteIcon(self._name, self._role))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into ``rect``."""
        del state
        group = (
            QPalette.ColorGroup.Disabled
            if mode is QIcon.Mode.Disabled
            else QPalette.ColorGroup.Active
        )
        role = QPalette.ColorRole.HighlightedText if mode is QIcon.Mode.Selected else self._role
        colour = QGuiApplication.palette().color(group, role)
        draw_icon(painter, self._name, rect, colour=colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a picture of ``size``."""
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture


_ENGINES: list[QIconEngine] = []


def _kept(engine: QIconEngine) -> QIconEngine:
    # The QIcon owns the C++ half; the Python half must live as long, and there are few of them.
    _ENGINES.append(engine)
    return engine


@cache
def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """Return one of our icons by its file name without ending, in a palette colour.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    resource("icons", f"{name}.svg")
    return QIcon(_kept(_PaletteIcon(name, role)))


@cache
def _drawing(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


def draw_icon(painter: QPainter, name: str, rect: QRect, *, colour: QColor) -> None:
    """Draw an icon into ``rect`` in ``colour``."""
    from PySide6.QtSvg import QSvgRenderer

    coloured = _drawing(name).replace(b"currentColor", colour.name().encode("ascii"))
    QSvgRenderer(QByteArray(coloured)).render(painter, rect)
