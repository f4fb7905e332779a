"""Which sheet a check code belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Tasks


class SheetCheckPresenter(QObject):
    """Looks a code up among the sheets that were handed out."""

    answered = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Program, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks

    def check(self, typed: str) -> None:
        """Say which sheet a code belongs to, and whether it is as it was printed."""
        if not typed.strip():
            self.answered.emit(translated(N_("Type the code that is printed on the sheet.")))
            return
        self._tasks.run(
            lambda: self._services.checking.in_words(typed),
            owner=self,
            done=self.answered.emit,
            failed=self.failed.emit,
        )
