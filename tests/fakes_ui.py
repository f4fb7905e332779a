"""Stand-ins for what windows and presenters lean on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from intake_app.domain.errors import AppError
from intake_app.ui.tasks import CancelledError, Lane, Progress


class ImmediateTasks:
    """Runs every job in the call; while ``held`` jobs wait for ``release``."""

    def __init__(self, *, held: bool = False) -> None:
        self.held = held
        self.lanes: list[Lane] = []
        self._waiting: list[Callable[[], None]] = []

    def run(
        self,
        job: Callable[[], Any],
        *,
        owner: QObject,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
        lane: Lane = Lane.DATABASE,
    ) -> None:
        """Run ``job`` now, or when released."""
        self.lanes.append(lane)

        def work() -> None:
            try:
                result = job()
            except CancelledError:
                return
            except AppError as error:
                if failed:
                    failed(error)
                return
            if done:
                done(result)

        if self.held:
            self._waiting.append(work)
        else:
            work()

    def run_long(
        self,
        job: Callable[[Progress], Any],
        *,
        owner: QObject,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
        progressed: Callable[[int], None] | None = None,
    ) -> Progress:
        """Run a long job like any other."""
        progress = Progress(progressed or (lambda percent: None))
        self.run(lambda: job(progress), owner=owner, done=done, failed=failed, lane=Lane.WORK)
        return progress

    def release(self) -> None:
        """Run what waited."""
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            work()


class FakeNotices:
    """Remembers what was said and answers questions as told."""

    def __init__(self, *, answer: bool = True, path: Path | None = None) -> None:
        self.answer = answer
        self.path = path
        self.errors: list[AppError] = []
        self.messages: list[str] = []
        self.questions: list[Any] = []

    def show_error(self, error: AppError) -> None:
        """Remember a failure."""
        self.errors.append(error)

    def show_message(self, text: str) -> None:
        """Remember a message."""
        self.messages.append(text)

    def clear(self) -> None:
        """Forget what was said."""
        self.errors.clear()
        self.messages.clear()

    def ask(self, question: Any) -> bool:
        """Answer as told."""
        self.questions.append(question)
        return self.answer

    def run(self, dialog: Any) -> bool:
        """Answer a dialog as told, without showing it."""
        self.questions.append(dialog)
        return self.answer

    def ask_save_path(self, suggested: str, *, kind: str) -> Path | None:
        """Return the path as told."""
        self.questions.append((suggested, kind))
        return self.path
