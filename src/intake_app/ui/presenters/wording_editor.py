"""The words of the open version while they are edited: undone, redone, saved by themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.errors import ConflictError, StorageUnavailableError, WordingEditError
from intake_app.domain.staff import Action
from intake_app.domain.wording_versions import WordingStage
from intake_app.ui.presenters.autosave import RETRY_MS
from intake_app.ui.presenters.wording_history import History

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.errors import AppError
    from intake_app.domain.wording_edit import WordingText
    from intake_app.domain.wording_problems import WordingProblem
    from intake_app.domain.wording_versions import WordingVersion
    from intake_app.services.wordings import OpenWording
    from intake_app.ui.presenters.main import MainPresenter

PAUSE_MS = 1000
"""How long typing must pause before what was typed is saved, and a new step begins."""


class WordingEditor(QObject):
    """Holds every state of the text since it was opened; nothing that is typed gets lost."""

    shown = Signal()
    """Another version is open, or none."""
    changed = Signal()
    """The words changed, by typing or by a step back."""
    problems_changed = Signal()
    state_changed = Signal()
    """Something became pending, everything is saved, or there are steps back or none."""
    conflict = Signal()
    """Somebody else saved this draft first: ``take_theirs`` or ``keep_mine``."""
    saved = Signal(object)
    """The ``WordingVersion`` as it is stored now."""
    failed = Signal(object)

    def __init__(self, main: MainPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._main = main
        self._history: History[WordingText] | None = None
        self._stored: WordingText | None = None
        self._sending: WordingText | None = None
        self._waiting: list[Callable[[], None]] = []
        self.version: WordingVersion | None = None
        self.problems: tuple[WordingProblem, ...] = ()
        self.in_conflict = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    # --- what is shown ----------------------------------------------------------------------

    @property
    def text(self) -> WordingText | None:
        """The words as they are now; ``None`` while no version is open."""
        return self._history.now if self._history is not None else None

    @property
    def may_edit(self) -> bool:
        """Whether the person at the keyboard may change the words."""
        version = self.version
        draft = version is not None and version.stage is WordingStage.DRAFT
        return draft and self._main.actor.may(Action.EDIT_WORDING)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.may_edit and self._history is not None and bool(self._history.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step that was taken back."""
        return self.may_edit and self._history is not None and bool(self._history.future)

    @property
    def pending(self) -> bool:
        """Whether something typed is not in the database yet."""
        return self._sending is not None or self.text is not self._stored

    # --- opening ----------------------------------------------------------------------------

    def show(self, opened: OpenWording | None) -> None:
        """Show a version as the database has it, or none."""
        self._timer.stop()
        self._sending, self.in_conflict = None, False
        self.version = opened.version if opened is not None else None
        self._history = History(opened.text) if opened is not None else None
        self._stored = opened.text if opened is not None else None
        self.problems = opened.problems if opened is not None else ()
        self.shown.emit()
        self.problems_changed.emit()
        self.state_changed.emit()

    # --- editing ----------------------------------------------------------------------------

    def edit(self, deed: Callable[[WordingText], WordingText], *, place: str = "") -> None:
        """Change the words; typing on in one ``place`` is one step back."""
        if self._history is None or not self.may_edit:
            return
        try:
            now = deed(self._history.now)
        except WordingEditError as error:
            self.failed.emit(error)
        else:
            self._take(self._history.changed(now, place=place))

    def problems_after(
        self, deed: Callable[[WordingText], WordingText]
    ) -> tuple[WordingProblem, ...]:
        """Return what would be wrong after an edit, without making it."""
        text = self.text
        return self._problems_of(deed(text)) if text is not None else ()

    def undo(self) -> None:
        """Take one step back."""
        if self._history is not None and self.may_edit:
            self._take(self._history.undone())

    def redo(self) -> None:
        """Take a step forward again."""
        if self._history is not None and self.may_edit:
            self._take(self._history.redone())

    def leave(self) -> None:
        """Note that a text was left: what is typed next is a step of its own."""
        if self._history is not None:
            self._history = self._history.paused()

    def _take(self, history: History[WordingText]) -> None:
        before, self._history = self._history, history
        if before is None or history.now is before.now:
            return
        self._find_problems()
        self.changed.emit()
        self.state_changed.emit()
        self._timer.start(PAUSE_MS)

    def _find_problems(self) -> None:
        problems = self._problems_of(self.text) if self.text is not None else ()
        if problems != self.problems:
            self.problems = problems
            self.problems_changed.emit()

    def _problems_of(self, text: WordingText) -> tuple[WordingProblem, ...]:
        return self._main.services.wordings.problems(text)

    # --- saving -----------------------------------------------------------------------------

    def flush(self) -> None:
        """Save what is typed now; what is on its way is followed by the rest."""
        self._timer.stop()
        self.leave()
        version, text = self.version, self.text
        if self.in_conflict:
            self._waiting.clear()  # what was to follow does not, whichever of two is kept
        if version is None or text is None or self._sending is not None or self.in_conflict:
            return
        if text is self._stored:
            self._all_saved()
            return
        self._sending = text
        self.state_changed.emit()
        services, actor = self._main.services, self._main.actor
        self._main.tasks.run(
            lambda: services.wordings.save(actor, version.id, text, base_version=version.version),
            owner=self,
            done=partial(self._saved, text),
            failed=partial(self._not_saved, version.id),
        )

    def when_saved(self, then: Callable[[], None]) -> None:
        """Call ``then`` once everything typed is in the database; not at all if it cannot be."""
        self._waiting.append(then)
        self.flush()
        if self.version is None:
            self._all_saved()

    def _saved(self, text: WordingText, version: WordingVersion) -> None:
        if self.version is None or version.id != self.version.id:
            return
        self._sending, self._stored, self.version = None, text, version
        self.saved.emit(version)
        if self.text is not text:
            self.flush()
        else:
            self._all_saved()

    def _all_saved(self) -> None:
        waiting, self._waiting = self._waiting, []
        self.state_changed.emit()
        for then in waiting:
            then()

    def _not_saved(self, version_id: str, error: AppError) -> None:
        if self.version is None or version_id != self.version.id:
            return
        self._sending = None
        self._waiting.clear()
        if isinstance(error, ConflictError):
            self.in_conflict = True
            self.state_changed.emit()
            self.conflict.emit()
            return
        if isinstance(error, StorageUnavailableError):
            self._timer.start(RETRY_MS)
        self.state_changed.emit()
        self.failed.emit(error)

    # --- two people at one draft ------------------------------------------------------------

    def take_theirs(self) -> None:
        """Show what the other person saved; ``undo`` still leads back to what was typed here."""
        self._read_again(self._took_theirs)

    def keep_mine(self) -> None:
        """Save what is typed here over what the other person saved."""
        self._read_again(self._keeps_mine)

    def _read_again(self, done: Callable[[OpenWording], None]) -> None:
        version, services, actor = self.version, self._main.services, self._main.actor
        if version is not None:
            self._main.tasks.run(
                lambda: services.wordings.open(actor, version.id),
                owner=self,
                done=done,
                failed=self.failed.emit,
            )

    def _took_theirs(self, opened: OpenWording) -> None:
        self.in_conflict = False
        self.version, self._stored = opened.version, opened.text
        if self._history is not None:
            self._take(self._history.changed(opened.text))
        self._find_problems()
        self.shown.emit()
        self.state_changed.emit()

    def _keeps_mine(self, opened: OpenWording) -> None:
        self.in_conflict = False
        self.version, self._stored = opened.version, opened.text
        self.shown.emit()
        self.flush()
