"""What the tests of windows share."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.ui.app import Window
from tests.fakes_printing import FakeSpooler
from tests.hands import Hands
from tests.keystrokes import program_at

Typing = Callable[[QWidget, str], None]


@pytest.fixture
def type_text(qapp: QApplication) -> Typing:
    """Type any letters into a widget; qtbot.keyClicks aborts on other than ASCII."""

    def type_into(widget: QWidget, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, event)

    return type_into


@pytest.fixture
def name_of(qapp: QApplication) -> Callable[[QWidget], str]:
    """Return what a screen reader calls a widget."""

    def name(widget: QWidget) -> str:
        found = QAccessible.queryAccessibleInterface(widget)
        return found.text(QAccessible.Text.Name)

    return name


@pytest.fixture(scope="session")
def demonstration_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that holds the demonstration clinic; it is only ever copied."""
    paths = Paths(tmp_path_factory.mktemp("demonstration") / "clinic")
    application = Application(paths)
    application.demonstration.create()
    application.close()
    return paths.data


@pytest.fixture
def demonstration(demonstration_template: Path, tmp_path: Path) -> Paths:
    """Return a data folder of our own with the demonstration clinic."""
    return Paths(Path(shutil.copytree(demonstration_template, tmp_path / "clinic")))


@pytest.fixture
def start_window(qapp: QApplication) -> Iterator[Callable[[Paths], Window]]:
    """Start the real program over a data folder; it is closed again."""
    windows: list[Window] = []
    dressed = qapp.palette(), qapp.font(), qapp.styleSheet()

    def start(paths: Paths) -> Window:
        window = Window(qapp, partial(program_at, paths, FakeSpooler()), paths)
        windows.append(window)
        window.show()
        return window

    yield start
    for window in windows:
        window.main.close()
        Hands(window.main).wait(window.main.isHidden, "closed")
        window.close()
        window.main.deleteLater()
    qapp.setStyleSheet(dressed[2])
    qapp.setPalette(dressed[0])
    qapp.setFont(dressed[1])


@pytest.fixture
def opened(start_window: Callable[[Paths], Window], demonstration: Paths) -> Window:
    """Return the program over the demonstration clinic, its day on the screen."""
    window = start_window(demonstration)
    Hands(window.main).find("today.table")
    return window


@pytest.fixture
def hands(opened: Window) -> Hands:
    """Return the keyboard at that window."""
    return Hands(opened.main)
