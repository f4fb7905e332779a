"""Watch for what other windows, programs and computers save in the same database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.ui.presenters.main import MainPresenter

LOOK_EVERY_MS = 1000


class Elsewhere(QObject):
    """Looks once a second, while a window is to be seen; one look at a time."""

    changed = Signal()
    """Somebody else saved something."""

    def __init__(self, main: MainPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._main = main
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    def stop(self) -> None:
        """Stop looking: nobody sees the window."""
        self._timer.stop()

    def look(self) -> None:
        """Look now, unless the last look is still on its way."""
        if self._looking or not self._main.is_open:
            return
        self._looking = True
        self._main.tasks.run(
            self._main.services.database.changed_elsewhere,
            owner=self,
            done=self._looked,
            failed=self._could_not,
        )

    def _looked(self, changed: bool) -> None:  # noqa: FBT001 - the result of a job
        self._looking = False
        if changed:
            self.changed.emit()

    def _could_not(self, _: AppError) -> None:
        # Whoever reads or saves next says so; a look by itself is no news.
        self._looking = False
