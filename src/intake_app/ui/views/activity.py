"""Notices when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QGuiApplication

LOOK_EVERY_MS = 5000
LOCK_KEYS = "Ctrl+L"
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


class Activity(QObject):
    """Watches every window of the program, dialogs included."""

    idle = Signal()
    """Nobody was there for ``limit_s``; told again and again until somebody is."""
    lock_pressed = Signal()
    """The keys of the lock were pressed where no shortcut takes them."""

    def __init__(
        self,
        application: QGuiApplication,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        # The time of day, not that of a stopwatch: a stopwatch stands still while a laptop sleeps.
        self.clock = clock
        self.limit_s = 0.0
        """After how long without a touch nobody is there; 0 for never."""
        self._last = clock()
        self._lock_keys = QKeySequence(LOCK_KEYS)
        self._watched: set[QWindow] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application.focusWindowChanged.connect(self._watch)
        self._watch(application.focusWindow())

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self.clock()

    def look(self) -> None:
        """Tell when nobody is there any more."""
        if self.limit_s and self.clock() - self._last >= self.limit_s:
            self.idle.emit()

    def _watch(self, window: QWindow | None) -> None:
        # On windows, not on the application: that would see every paint of every widget.
        if window is not None and window not in self._watched:
            self._watched.add(window)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._watched.discard(window))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Note keys and mouse; the first of them after a long time is told as idle, too."""
        kind = event.type()
        if kind in _TOUCHES and isinstance(watched, QWindow):
            self.look()
            self.touch()
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                pressed = QKeySequence(event.keyCombination())
                if pressed.matches(self._lock_keys) == QKeySequence.SequenceMatch.ExactMatch:
                    self.lock_pressed.emit()
        return False
