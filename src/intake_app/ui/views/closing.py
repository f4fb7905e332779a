"""Closes a window once everything typed is in the database; asks when that cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from intake_app.ui.notices import Notices

_LOOK_AGAIN_MS = 50
_PATIENCE_MS = 3000


class Closing(QObject):
    """Waits a moment for what was typed to be saved; only then may a window close."""

    def __init__(
        self,
        window: QWidget,
        *,
        save: Callable[[], None],
        is_saved: Callable[[], bool],
        unsaved: Callable[[], str],
        notices: Callable[[], Notices],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._save = save
        self._is_saved = is_saved
        self._unsaved = unsaved
        self._notices = notices
        self._waited_ms = 0
        self._allowed = False

    def may_close(self) -> bool:
        """Return whether the window may close now; else it is closed as soon as it may."""
        if self._allowed or self._is_saved():
            self._allowed = True
            return True
        self._save()
        self._waited_ms = 0
        QTimer.singleShot(_LOOK_AGAIN_MS, self, self._close_when_saved)
        return False

    def _close_when_saved(self) -> None:
        self._waited_ms += _LOOK_AGAIN_MS
        if self._is_saved():
            self._window.close()
        elif self._waited_ms < _PATIENCE_MS:
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self._close_when_saved)
        elif self._may_lose():
            self._allowed = True
            self._window.close()

    def _may_lose(self) -> bool:
        from intake_app.ui.views.unsaved_dialog import UnsavedDialog

        return self._notices().run(UnsavedDialog(self._unsaved(), self._window))
