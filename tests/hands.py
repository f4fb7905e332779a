"""Two hands on a keyboard: drive the real windows by object names, as a person would."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

PATIENCE_S = 10.0
_PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """Types, presses and waits in one window and the dialogs over it."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def wait(self, until: Callable[[], object], what: str = "") -> None:
        """Let the program work until something is so.

        Raises:
            TimeoutError: it did not come to be.
        """
        limit = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > limit:
                raise TimeoutError(what)
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.002)

    def settle(self, seconds: float = 0.2) -> None:
        """Let the program finish what it shows."""
        limit = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > limit)

    def seen(self, name: str) -> QWidget | None:
        """Return the visible widget of this name, looking in dialogs first."""
        for top in [QApplication.activeModalWidget(), self.window]:
            if top is None:
                continue
            for found in top.findChildren(QWidget, name):
                if found.isVisible():
                    return found
        return None

    def find(self, name: str) -> QWidget:
        """Return the visible widget of this name, waiting for it."""
        self.wait(lambda: self.seen(name) is not None, name)
        found = self.seen(name)
        assert found is not None
        return found

    def focus(self, name: str) -> QWidget:
        """Put the keyboard into a widget."""
        widget = self.find(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        return widget

    def fill(self, name: str, text: str) -> None:
        """Replace what an input holds by typing, and leave it with Tab."""
        widget = self.focus(name)
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.selectAll()
        self.type(text, widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)

    def search(self, text: str) -> None:
        """Type into the search box and stay there."""
        box = self.focus("search")
        assert isinstance(box, QLineEdit)
        box.selectAll()
        self.type(text, box)

    def choose(self, name: str, letters: str) -> None:
        """Pick an answer by typing its first letters."""
        widget = self.focus(name)
        assert isinstance(widget, QComboBox)
        self.type(letters, widget)
        if not widget.currentText().startswith(letters):
            raise AssertionError(f"{name}: {widget.currentText()}")
        QTest.keyClick(widget, Qt.Key.Key_Tab)

    def press(self, name: str) -> None:
        """Press a button with the space bar."""
        widget = self.focus(name)
        self.wait(widget.isEnabled, f"{name} enabled")
        QTest.keyClick(widget, Qt.Key.Key_Space)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key wherever the keyboard is."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifier)

    def type(self, text: str, widget: QWidget | None = None) -> None:
        """Type any letters; ``QTest.keyClicks`` aborts on other than ASCII."""
        target = widget or QApplication.focusWidget() or self.window
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, _PLAIN, letter))

    def text(self, name: str) -> str:
        """Return what a label or an input says."""
        widget = self.find(name)
        said = getattr(widget, "text", None)
        return str(said()) if said is not None else widget.accessibleName()
