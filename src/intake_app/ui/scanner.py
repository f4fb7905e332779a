"""Tells a scanner that types from a person who types.

A keyboard-wedge scanner sends a bar code as keys, with an Enter for every line of it. Those keys
must neither land in the field that has the cursor nor press buttons. Keys are looked at where they
reach a window, before any widget sees them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

GAP_MS = 50
"""A person needs longer from key to key than this; a scanner does not."""
SILENCE_MS = 300
"""After this long without a key a scan is over, whole or not."""
ENDED_MS = 120
"""The same after an Enter, with which every whole scan ends."""
FEWEST_CARD_KEYS = 5
"""A card number typed by a scanner in one burst has at least this many characters."""
LICENCE_MARK = "@"
_HEADERS = ("ANSI", "AAMVA")
_LINE_ENDS = "\r\n"
_SHEET = re.compile(r"SI:[A-Za-z0-9\-]*", re.IGNORECASE)
_SHEET_MARK = "SI"
_CARD = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-]*")
_SEPARATORS = re.compile(r"[\x00-\x20]+")


@dataclass(slots=True)
class _Burst:
    """Keys that follow each other faster than anybody types, and the way back before them."""

    input: QWidget | None
    take_back: Callable[[], None]
    text: str = ""


class Scanner(QObject):
    """Watches the keys of every window of the program; hands on what a person typed."""

    licence_scanned = Signal(str)
    """The text of a licence's bar code, perhaps cut off: the reader knows."""
    card_scanned = Signal(str)
    """A record number or member number."""
    sheet_scanned = Signal(str)
    """The square code of a sheet: "SI:7K3M-Q2XD"."""
    cut_off = Signal()
    """A scan began and did not end."""

    def __init__(self, application: QGuiApplication, *, prefix: str = "") -> None:
        super().__init__(application)
        self.prefix = prefix
        """What a scanner is set to send before the number of a card; '' for nothing."""
        self.gap_ms, self.silence_ms, self.ended_ms = GAP_MS, SILENCE_MS, ENDED_MS
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._text = ""
        self._replaying = False
        self._burst: _Burst | None = None
        self._gap = QTimer(self)
        self._gap.setSingleShot(True)
        self._gap.timeout.connect(self._look_once_more)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(self._end_soon)
        self._last_ms = 0
        """When the latest key was pressed, by the clock of the system that delivers them."""
        self._watched: set[QWindow] = set()
        application.focusWindowChanged.connect(self._watch)
        self._watch(application.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        # On windows, not on the application: that would see every paint and every mouse move.
        if window is not None and window not in self._watched:
            self._watched.add(window)
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._watched.discard(window))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Hold back what may come from a scanner; everything else passes."""
        if self._replaying or not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            if self._holding() or self._ends_burst(event):
                event.accept()  # no shortcut acts on a key of a scan
                return True
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._holding()
        return self._pressed(watched, event)

    # --- keys -------------------------------------------------------------------------------

    def _holding(self) -> bool:
        return bool(self._held)

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        text = event.text()
        if self._holding() and not self._is_scan() and not self._is_fast(event):
            self._release()  # the window was busy, and a person went on typing
        try:
            if self._holding():
                self._hold(window, event)
                return True
            starts = bool(text) and text in (LICENCE_MARK, self.prefix)
            if starts and not (self._burst is not None and self._is_fast(event)):
                self._burst = None
                self._hold(window, event)
                return True
            return self._in_burst(event)
        finally:
            self._last_ms = event.timestamp()

    def _is_fast(self, event: QKeyEvent) -> bool:
        """Return whether nobody types a key so soon after the one before.

        Not when it arrives counts, but when it was pressed: keys wait while a window is busy.
        """
        return event.timestamp() - self._last_ms <= self.gap_ms

    def _hold(self, window: QWindow, event: QKeyEvent) -> None:
        self._held.append((window, event.clone()))
        self._text += event.text()
        if not self._may_be_scan():
            self._release()
        elif self._is_scan():
            self._gap.stop()
            ended = self._text.endswith(tuple(_LINE_ENDS))
            self._silence.start(self.ended_ms if ended else self.silence_ms)
        else:
            self._gap.start(self.gap_ms)

    def _may_be_scan(self) -> bool:
        if not self._text.startswith(LICENCE_MARK):
            number = self._text[1:].rstrip(_LINE_ENDS)
            return not number or bool(_CARD.fullmatch(number) or _SHEET.fullmatch(number))
        said = _SEPARATORS.sub("", self._text[1:])
        return any(said.startswith(head) or head.startswith(said) for head in _HEADERS)

    def _is_scan(self) -> bool:
        """Return whether so much came so fast that nobody can have typed it."""
        if not self._text.startswith(LICENCE_MARK):
            return len(self._text) > FEWEST_CARD_KEYS
        said = _SEPARATORS.sub("", self._text[1:])
        return any(said.startswith(head) for head in _HEADERS)

    # --- the end ----------------------------------------------------------------------------

    def _look_once_more(self) -> None:
        """Let keys that have arrived already be counted first: the window may have been busy."""
        held = len(self._held)
        QTimer.singleShot(0, self, lambda: self._release_if(held))

    def _release_if(self, held: int) -> None:
        if held and held == len(self._held) and not self._is_scan():
            self._release()

    def _release(self) -> None:
        """Hand on what a person typed after all, a moment late."""
        held, self._held, self._text = self._held, [], ""
        self._gap.stop()
        self._silence.stop()
        self._replaying = True
        try:
            for window, event in held:
                QCoreApplication.sendEvent(window, event)
        finally:
            self._replaying = False

    def _end_soon(self) -> None:
        held = len(self._held)
        QTimer.singleShot(0, self, lambda: self._end_if(held))

    def _end_if(self, held: int) -> None:
        if held == len(self._held) and not self._silence.isActive():
            self._end()

    def _end(self) -> None:
        text, self._text = self._text, ""
        self._held = []
        if text.startswith(LICENCE_MARK):
            self.licence_scanned.emit(text)
        elif text.endswith(tuple(_LINE_ENDS)):
            self._tell(text[1:].rstrip(_LINE_ENDS))
        else:
            self.cut_off.emit()

    # --- cards without a prefix -------------------------------------------------------------

    def _in_burst(self, event: QKeyEvent) -> bool:
        """Follow keys faster than a person's; take them back when Enter shows that they were."""
        text = event.text()
        if self._ends_burst(event):
            burst, self._burst = self._burst, None
            assert burst is not None
            if burst.input is not None and isValid(burst.input):
                burst.take_back()
            self._tell(burst.text)
            return True
        if not text:
            return False
        if event.isAutoRepeat() or not (_CARD.fullmatch(f"0{text}") or self._marks_sheet(event)):
            self._burst = None
            return False
        if self._burst is None or not self._is_fast(event):
            self._burst = _begun()
        self._burst.text += text
        return False

    def _marks_sheet(self, event: QKeyEvent) -> bool:
        """Return whether a colon after "SI" goes on with the code of a sheet."""
        burst = self._burst
        begun = burst is not None and burst.text.upper() == _SHEET_MARK
        return begun and event.text() == ":" and self._is_fast(event)

    def _tell(self, text: str) -> None:
        if _SHEET.fullmatch(text):
            self.sheet_scanned.emit(text)
        else:
            self.card_scanned.emit(text)

    def _ends_burst(self, event: QKeyEvent) -> bool:
        burst = self._burst
        return (
            burst is not None
            and self._is_fast(event)
            and bool(event.text())
            and event.text() in _LINE_ENDS
            and len(burst.text) >= FEWEST_CARD_KEYS
            and any(char.isdigit() for char in burst.text)
        )


def _begun() -> _Burst:
    """Remember what the input with the cursor holds now."""
    found = QApplication.focusWidget()
    if isinstance(found, QLineEdit):
        return _Burst(found, partial(_write_again, found, found.text(), found.cursorPosition()))
    if isinstance(found, QPlainTextEdit):
        return _Burst(found, partial(found.setPlainText, found.toPlainText()))
    if isinstance(found, QComboBox):
        return _Burst(found, partial(found.setCurrentIndex, found.currentIndex()))
    if isinstance(found, QAbstractItemView):
        return _Burst(found, partial(found.setCurrentIndex, found.currentIndex()))
    return _Burst(None, _nothing)


def _write_again(field: QLineEdit, text: str, cursor: int) -> None:
    field.setText(text)
    field.setCursorPosition(cursor)


def _nothing() -> None:
    pass
