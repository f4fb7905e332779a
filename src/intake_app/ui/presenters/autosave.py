"""Save what is typed by itself: after a pause, on leaving, and at once when told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.drafts import Dispute
from intake_app.domain.errors import AppError, InvalidDraftError, StorageUnavailableError
from intake_app.domain.fields import FieldValue, Kind
from intake_app.domain.language import translated
from intake_app.domain.reading import edit_text
from intake_app.ui.presenters.disputes import CHANGED_BY_OTHER, Settle, joined
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.presenters.sameness import same_value

if TYPE_CHECKING:
    from intake_app.domain.validation import Problem
    from intake_app.ui.tasks import Tasks

PAUSE_MS = 600
"""How long typing must pause before what was typed is saved."""
RETRY_MS = 5000
"""How long to wait before trying again when the database could not be reached."""
_SENT_AS_VALUES = frozenset(
    {Kind.BOOLEAN, Kind.CHOICE, Kind.CHOICES, Kind.DATE_TIME, Kind.QUANTITY}
)
"""Everything else is sent as it was typed, so that nothing of it can get lost."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a save kept: every value as it is stored now, and the problems at the fields."""

    values: Mapping[str, FieldValue]
    problems: tuple[Problem, ...] = ()
    disputes: Mapping[str, Dispute] = field(default_factory=dict)
    """Fields that somebody else saved first."""


Draft = dict[str, FieldValue]
Save = Callable[[Draft, Draft], Kept]
"""Keep a draft, given what the form showed before; runs in the database lane."""


@dataclass(slots=True, eq=False)
class _Watched:
    model: FormModel
    save: Save
    known: Draft = field(default_factory=dict)
    """What the database held when it was last read or written."""
    texts: dict[str, str] = field(default_factory=dict)
    """The unreadable texts that are kept beside it."""
    settled: dict[str, tuple[FieldValue, FieldValue]] = field(default_factory=dict)
    """What was chosen of two values, and theirs that was seen then, until it is saved."""
    sending: int = 0
    """How many saves are on their way."""
    stored: Draft = field(default_factory=dict)
    """What saves on their way have stored; written and read in the database lane."""

    def keep(self, draft: Draft, seen: Draft) -> Kept:
        """Save, in the database lane; what an earlier save on its way stored counts as seen."""
        kept = self.save(draft, {key: self.stored.get(key, seen[key]) for key in draft})
        late = {each.key for each in kept.problems if each.code == CHANGED_BY_OTHER}
        mine = draft.keys() - late  # theirs was not seen here
        self.stored |= {key: kept.values.get(key) for key in mine}
        return kept

    def draft(self) -> Draft:
        """Return what is not saved yet: values, unreadable texts, texts put right again."""
        model, unreadable = self.model, self.model.unreadable()
        draft: Draft = {}
        for key, value in model.readable().items():
            as_value = model.field(key).kind in _SENT_AS_VALUES
            draft[key] = value if as_value else model.text(key)
        for key, text in unreadable.items():
            if self.texts.get(key) != text:
                draft[key] = text
        for key in self.texts:
            if key not in unreadable and key not in draft and model.has(key):
                draft[key] = model.value(key)
        for key in model.disputes:
            if not model.waits(key) and key not in draft:  # what the other saved was typed here too
                draft[key] = model.text(key)
        return draft | {key: chosen for key, (chosen, _) in self.settled.items()}

    def seen(self, key: str) -> FieldValue:
        """Return what the form showed before a field was typed over, or chosen."""
        if key in self.settled:
            return self.settled[key][1]
        dispute = self.model.disputed(key)
        return dispute.seen if dispute is not None else self.known.get(key)

    def take(self, draft: Draft, seen: Draft, kept: Kept) -> None:
        """Note what a finished save did; show what others changed; leave later typing alone."""
        disputes = self._disputes(draft, seen, kept)
        refused = {problem.key for problem in kept.problems if not problem.warning}
        own = {problem.key for problem in self.model.problems() if not problem.warning}
        told = [each for each in kept.problems if not each.warning and each.key not in own]
        told = [each for each in told if each.key not in disputes]
        texts = {key: text for key, text in self.texts.items() if key not in draft}
        for key in (refused & draft.keys()) - disputes.keys():
            typed = draft[key]
            if isinstance(typed, str) and typed.strip():
                texts[key] = typed
        self.texts = texts
        stored = dict.fromkeys(self.known) | dict(kept.values)
        for key in draft:
            self.known[key] = stored.get(key)
        for key in draft.keys() & self.settled.keys():
            if same_value(self.settled[key][0], draft[key]):
                del self.settled[key]
        for key in draft.keys() - disputes.keys():
            self.model.dispute(key, None)
        self.model.mark_saved({key: stored.get(key) for key in draft}, texts)
        for key, dispute in disputes.items():
            self.model.dispute(key, dispute, typed=draft[key])
        if told:
            self.model.tell(told)
        if told or disputes:
            self.model.pause()  # also where the cursor still is
        self.accept(stored)

    def _disputes(self, draft: Draft, seen: Draft, kept: Kept) -> dict[str, Dispute]:
        """Return the fields that somebody else saved first, also where nobody knows who it was."""
        late = {each.key for each in kept.problems if each.code == CHANGED_BY_OTHER}
        model, found = self.model, {}
        for key in late & draft.keys():
            text = edit_text(model.field(key), draft[key], model.locality)
            unknown = Dispute(mine=text, theirs=kept.values.get(key), seen=seen.get(key))
            found[key] = kept.disputes.get(key, unknown)
        return found

    def accept(self, stored: Mapping[str, FieldValue]) -> None:
        """Show what the database holds now, except where the user is changing it.

        There the old value stays known, so that saving finds out that somebody else was faster.
        """
        disputes = self.model.disputes
        editing = self.draft().keys() | disputes.keys()
        news = {
            key: value
            for key, value in stored.items()
            if key not in editing and not same_value(value, self.known.get(key))
        }
        if news:
            self.known |= news
            self.model.refresh(self.known, self.texts)
        for key, dispute in list(disputes.items()):
            if key in stored and not same_value(stored[key], dispute.theirs):
                self.model.dispute(key, replace(dispute, theirs=stored[key], by="", at=None))

    def show_disputes(self, disputes: Mapping[str, Dispute]) -> None:
        """Show what was not saved when the form was left; what is typed by now stays."""
        typed = self.draft()
        for key, dispute in disputes.items():
            if self.model.has(key) and key not in typed:
                self.texts.pop(key, None)
                self.known[key] = dispute.theirs
                self.model.show_value(key, dispute.mine)
                self.model.dispute(key, dispute, typed=dispute.mine)
        if disputes:
            self.model.mark_saved({}, self.texts)

    def settle(self, key: str, choice: Settle) -> None:
        """Take one of two values into the form, to be saved having seen theirs."""
        model, dispute = self.model, self.model.disputed(key)
        if dispute is None:
            return
        if choice is Settle.BOTH:
            theirs = model.words(key, dispute.theirs)
            model.show_value(key, joined(model.field(key), theirs, model.text(key)))
        elif choice is Settle.THEIRS:
            model.show_value(key, dispute.theirs)
        as_value = model.field(key).kind in _SENT_AS_VALUES and not model.cannot_be_read(key)
        chosen = model.value(key) if as_value else model.text(key)
        self.settled[key] = chosen, dispute.theirs


class Autosave(QObject):
    """Watches form models and saves each of them, one save at a time."""

    state_changed = Signal()
    """Something became pending, or everything is saved."""
    saved = Signal(str)
    """A save was acknowledged; the name of the form."""
    failed = Signal(object)
    """An ``AppError`` that belongs to no field."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._watched: list[_Watched] = []
        self._waiting: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._paused)

    def watch(
        self,
        model: FormModel,
        save: Save,
        *,
        values: Mapping[str, FieldValue],
        typed: Mapping[str, str] | None = None,
    ) -> None:
        """Show ``values`` in ``model`` and save every later edit of it with ``save``."""
        watched = _Watched(model, save, dict(values), dict(typed or {}))
        model.load(values, typed)
        self._watched.append(watched)
        model.changed.connect(partial(self._edited, watched))
        model.dirty_changed.connect(self._tell)
        model.settled.connect(partial(self._settled, watched))

    def reload(
        self,
        model: FormModel,
        *,
        values: Mapping[str, FieldValue] | None = None,
        typed: Mapping[str, str] | None = None,
        disputes: Mapping[str, Dispute] | None = None,
    ) -> None:
        """Show what the database holds now; edits that are not saved yet stay."""
        watched = self._of(model)
        if watched is None:
            return
        if typed and typed != watched.texts:
            watched.texts = dict(typed)
            model.refresh(watched.known, watched.texts)
        if disputes:
            watched.show_disputes(disputes)
        if values is not None and not watched.sending:
            watched.accept(dict.fromkeys(watched.known) | dict(values))

    def restart(
        self,
        model: FormModel,
        *,
        values: Mapping[str, FieldValue],
        typed: Mapping[str, str] | None = None,
        disputes: Mapping[str, Dispute] | None = None,
    ) -> None:
        """Show ``values`` in a watched model as if it had just been opened; edits are given up."""
        watched = self._of(model)
        if watched is not None:
            watched.known, watched.texts = dict(values), dict(typed or {})
            watched.settled.clear()
            model.load(values, typed)
            watched.show_disputes(disputes or {})

    def forget(self, model: FormModel) -> None:
        """Stop watching; what is not saved of it is given up."""
        self._watched = [watched for watched in self._watched if watched.model is not model]
        self._tell()

    @property
    def models(self) -> tuple[FormModel, ...]:
        """Every form that is watched."""
        return tuple(watched.model for watched in self._watched)

    @property
    def pending(self) -> bool:
        """Whether anything typed is not acknowledged by the database yet."""
        return any(watched.sending > 0 or self._unsaved(watched) for watched in self._watched)

    def unsaved(self) -> tuple[tuple[str, str], ...]:
        """Return label and text of each field that the database has not acknowledged."""
        return tuple(
            (translated(watched.model.field(key).label), watched.model.text(key))
            for watched in self._watched
            for key in watched.draft()
        )

    def flush(self) -> None:
        """Save everything that is not saved, now."""
        self._timer.stop()
        for watched in list(self._watched):
            self._send(watched)
        self._tell()

    def when_saved(self, then: Callable[[], None]) -> None:
        """Save everything now and call ``then`` when that is done, or could not be done."""
        self._waiting.append(then)
        self.flush()
        self._release()

    def _of(self, model: FormModel) -> _Watched | None:
        return next((one for one in self._watched if one.model is model), None)

    @staticmethod
    def _unsaved(watched: _Watched) -> bool:
        changed = watched.model.dirty or watched.settled or watched.model.disputes
        return bool(changed) and bool(watched.draft())

    def _edited(self, watched: _Watched, key: str) -> None:
        watched.settled.pop(key, None)
        self._timer.start(PAUSE_MS)
        self._tell()

    def _settled(self, watched: _Watched, key: str, choice: Settle) -> None:
        watched.settle(key, choice)
        self.flush()

    def _paused(self) -> None:
        for watched in self._watched:
            watched.model.pause()
        self.flush()

    def _send(self, watched: _Watched) -> None:
        draft = watched.draft() if self._unsaved(watched) else {}
        if not draft:
            return
        seen = {key: watched.seen(key) for key in draft}
        watched.sending += 1
        self._tasks.run(
            partial(watched.keep, draft, seen),
            owner=self,
            done=partial(self._stored, watched, draft, seen),
            failed=partial(self._refused, watched),
        )

    def _stored(self, watched: _Watched, draft: Draft, seen: Draft, kept: Kept) -> None:
        self._came_back(watched)
        watched.take(draft, seen, kept)
        self.saved.emit(watched.model.form)
        self._release()
        self._tell()

    @staticmethod
    def _came_back(watched: _Watched) -> None:
        watched.sending -= 1
        if not watched.sending:
            watched.stored = {}

    def _refused(self, watched: _Watched, error: AppError) -> None:
        self._came_back(watched)
        if isinstance(error, InvalidDraftError):
            watched.model.tell(error.problems)
            watched.model.pause()
        else:
            self.failed.emit(error)
        if isinstance(error, StorageUnavailableError):
            self._timer.start(RETRY_MS)
        self._release()
        self._tell()

    def _release(self) -> None:
        if any(watched.sending for watched in self._watched):
            return
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _tell(self) -> None:
        self.state_changed.emit()
