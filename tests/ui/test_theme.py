"""Colours are readable, icons follow the palette."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QTableView, QWidget
from pytestqt.qtbot import QtBot

from intake_app.resources import resource
from intake_app.ui import theme
from intake_app.ui.theme import ACCENT, ATTENTION, DANGER, MUTED, Scheme, contrast
from intake_app.ui.views.page_parts import action_button, emphasise

ROLE = QPalette.ColorRole
TEXTS = (ROLE.WindowText, ROLE.Text, ROLE.ButtonText, ROLE.Link, ACCENT, DANGER, ATTENTION, MUTED)
SURFACES = (ROLE.Window, ROLE.Base, ROLE.AlternateBase, ROLE.Button, ROLE.ToolTipBase)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_text_colour_can_be_read_on_every_surface(
    scheme: Scheme, text: QPalette.ColorRole, surface: QPalette.ColorRole
) -> None:
    palette = theme.palette_of(scheme)

    ratio = contrast(palette.color(text), palette.color(surface))

    assert ratio >= theme.LEAST_CONTRAST


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("text", [ROLE.WindowText, ROLE.Text, ROLE.ButtonText])
def test_closed_fields_stay_readable(scheme: Scheme, text: QPalette.ColorRole) -> None:
    palette = theme.palette_of(scheme)
    disabled = QPalette.ColorGroup.Disabled

    ratio = contrast(palette.color(disabled, text), palette.color(disabled, ROLE.Base))

    assert ratio >= theme.LEAST_CONTRAST


@pytest.mark.parametrize("scheme", Scheme)
def test_selected_text_can_be_read(scheme: Scheme) -> None:
    palette = theme.palette_of(scheme)

    ratio = contrast(palette.color(ROLE.HighlightedText), palette.color(ROLE.Highlight))

    assert ratio >= theme.LEAST_CONTRAST


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("beside", ["window", "surface"])
def test_frames_of_inputs_can_be_seen(scheme: Scheme, beside: str) -> None:
    colours = theme.COLOURS[scheme]

    assert contrast(colours.edge, getattr(colours, beside)) >= theme.LEAST_EDGE_CONTRAST


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_an_input_is_framed_in_the_colour_of_edges(
    qapp: QApplication, qtbot: QtBot, choice: str
) -> None:
    before = qapp.palette(), qapp.font(), qapp.styleSheet()
    scheme = theme.apply(qapp, choice)
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.resize(100, 30)

    image = edit.grab().toImage()

    qapp.setPalette(before[0])
    qapp.setFont(before[1])
    frame = image.pixelColor(50, 0)
    assert contrast(frame, theme.COLOURS[scheme].surface) >= theme.LEAST_EDGE_CONTRAST


@pytest.mark.parametrize("choice", ["light", "dark", "high_contrast", "system"])
def test_the_whole_program_takes_the_scheme_and_text_size(
    qapp: QApplication, qtbot: QtBot, choice: str
) -> None:
    before = qapp.palette(), qapp.font(), qapp.styleSheet()

    scheme = theme.apply(qapp, choice, 2.0)

    window = qapp.palette().color(ROLE.Window)
    points = qapp.font().pointSizeF()
    qapp.setPalette(before[0])
    qapp.setFont(before[1])
    qapp.setStyleSheet(before[2])
    assert window == QColor(theme.COLOURS[scheme].window)
    assert points == 2 * theme.FONT_POINTS


@pytest.mark.parametrize("name", sorted(path.stem for path in resource("icons").glob("*.svg")))
def test_every_icon_is_drawn_in_the_colour_of_its_role(qapp: QApplication, name: str) -> None:
    picture = theme.icon(name, ATTENTION).pixmap(32, 32).toImage()

    wanted = qapp.palette().color(ATTENTION)
    strong = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 250
    }
    assert wanted.name() in strong


def test_an_icon_that_does_not_exist_is_refused(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        theme.icon("no-such-icon")


@pytest.fixture
def high_contrast(qapp: QApplication) -> Iterator[QApplication]:
    """Return the program in high contrast."""
    before = qapp.palette(), qapp.font(), qapp.styleSheet()
    theme.apply(qapp, "high_contrast")
    yield qapp
    qapp.setPalette(before[0])
    qapp.setFont(before[1])
    qapp.setStyleSheet(before[2])


@pytest.mark.parametrize("kind", [QLineEdit, QListView, QTableView])
def test_secondary_text_is_bright_in_high_contrast(
    high_contrast: QApplication, qtbot: QtBot, kind: type[QWidget]
) -> None:
    widget = kind()
    qtbot.addWidget(widget)
    widget.show()

    assert widget.palette().color(MUTED).name() == theme.COLOURS[Scheme.HIGH_CONTRAST].muted


def test_the_button_people_come_for_stands_out_in_high_contrast(
    high_contrast: QApplication, qtbot: QtBot
) -> None:
    button = action_button("go", "Go", "check")
    qtbot.addWidget(button)
    button.resize(120, 40)
    button.show()
    plain = button.grab().toImage().pixelColor(8, 8)

    emphasise(button)

    colours = theme.COLOURS[Scheme.HIGH_CONTRAST]
    assert plain == QColor(colours.button)
    assert button.grab().toImage().pixelColor(8, 8) == QColor(colours.accent)


def test_a_closed_button_does_not_stand_out_in_high_contrast(
    high_contrast: QApplication, qtbot: QtBot
) -> None:
    button = action_button("go", "Go")
    qtbot.addWidget(button)
    emphasise(button)
    button.setEnabled(False)
    button.resize(120, 40)
    button.show()

    shown = button.grab().toImage().pixelColor(8, 8)

    assert shown == QColor(theme.COLOURS[Scheme.HIGH_CONTRAST].button)
