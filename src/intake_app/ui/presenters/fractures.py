"""The fractures of a visit: the typed line, the drawing and the rows in step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.fields import fields_of
from intake_app.domain.fractures import Fracture, FractureStatus
from intake_app.domain.language import N_, translated
from intake_app.domain.spine import (
    LEVELS_KEY,
    TRANSITIONAL,
    UNKNOWN,
    read_levels,
    write_levels,
)
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem, checks_of, draft_of
from intake_app.services.fractures import LEVELS_FORM
from intake_app.ui.presenters.autosave import PAUSE_MS
from intake_app.ui.presenters.form import FormModel

if TYPE_CHECKING:
    from intake_app.domain.spine import LevelsRead
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

_SAID_BY_ITSELF = frozenset({"level", "status"})
"""What a row has without anybody having typed into it."""
_HARMLESS = "level_twice"
_HOLD = "levels"


class FracturesPresenter(QObject):
    """Decides what marking, typing, removing and confirming levels does."""

    rows_changed = Signal()
    """The rows, or the state of one, changed."""
    text_changed = Signal(str)
    """The typed line should show this text."""
    problems_changed = Signal()
    current_changed = Signal()
    """Another row is edited; ``editor`` is its form."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(page)
        self._page = page
        self._typed: str | None = None
        self._problems: tuple[Problem, ...] = ()
        self._current = ""
        self._editor: FormModel | None = None
        self._editors: dict[str, FormModel] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._pause)
        self._select_first()
        page.refreshed.connect(self._refreshed)
        page.flushing.connect(self.commit_levels)
        page.reopening.connect(self._reopen)
        page.run(
            lambda: page.services.forms.typed(page.actor, LEVELS_FORM, page.visit_id),
            lambda typed: self._show_kept_text(typed.get(LEVELS_KEY, "")),
        )

    # --- what is shown ----------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Fracture, ...]:
        """The rows, from the head down."""
        return self._page.case.fractures

    @property
    def current(self) -> Fracture | None:
        """The row that is edited."""
        return next((row for row in self.rows if row.id == self._current), None)

    @property
    def editor(self) -> FormModel | None:
        """The form of the row that is edited."""
        return self._editor

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the typed line."""
        return self._problems

    @property
    def text(self) -> str:
        """The line of levels: as it is being typed, else the saved levels written out."""
        if self._typed is not None:
            return self._typed
        return write_levels(row.level for row in self.rows)

    @property
    def may_confirm(self) -> bool:
        """Whether this person may confirm the levels, and has not done so yet."""
        actor = self._page.actor
        unconfirmed = any(row.confirmed_by != actor.name for row in self.rows)
        return unconfirmed and actor.may(Action.CONFIRM_INTAKE)

    def statuses(self) -> dict[str, FractureStatus]:
        """Return the status of each named level, for the drawing."""
        return {row.level.value: self._status(row) for row in self.rows if row.level != UNKNOWN}

    def row_words(self, row: Fracture) -> str:
        """Return a row of the list in words: level, status, who confirmed it."""
        parts = [translated(row.level.label), translated(self._status(row).label)]
        if row.confirmed_by:
            parts.append(translated(N_("confirmed by {name}")).format(name=row.confirmed_by))
        return " · ".join(parts)

    def confirmation(self) -> str:
        """Return who confirmed the levels, or that nobody has yet."""
        if not self.rows:
            return ""
        names = {row.confirmed_by for row in self.rows}
        if names == {""}:
            return translated(N_("Not confirmed by a nurse yet"))
        if "" in names:
            return translated(N_("Some levels are not confirmed by a nurse yet"))
        return translated(N_("Confirmed by {names}")).format(names=", ".join(sorted(names)))

    # --- the typed line ---------------------------------------------------------------------

    def type_levels(self, text: str) -> None:
        """Take the line as it is being typed; it counts at once and is kept after a pause."""
        self._typed = text
        self._page.hold(_HOLD)
        read = read_levels(text)
        self._preview(read)
        if self._problems:
            self._tell(tuple(p for p in self._problems if p in read.problems))
        self._timer.start(PAUSE_MS)

    def commit_levels(self) -> None:
        """Make the visit's levels those of the line; a line that cannot be read changes nothing."""
        self._timer.stop()
        if self._typed is None:
            return
        typed = self._typed
        self._tell(read_levels(typed).problems)
        self._page.release(_HOLD)
        self._page.change(
            partial(
                self._page.services.fractures.set_levels,
                self._page.actor,
                self._page.visit_id,
                typed,
                drafting=True,
            ),
            partial(self._levels_kept, typed),
        )

    def rows_that_would_go(self) -> tuple[Fracture, ...]:
        """Return the rows with data of their own that the line no longer names."""
        if self._typed is None:
            return ()
        read = read_levels(self._typed)
        if any(problem.code != _HARMLESS for problem in read.problems):
            return ()
        return tuple(
            row
            for row in self.rows
            if row.level not in (UNKNOWN, TRANSITIONAL)
            and row.level.value not in read.levels
            and self.has_data(row)
        )

    def restore_text(self) -> None:
        """Give the typed line up and write the saved levels out again."""
        self._timer.stop()
        self._typed = None
        self._keep_text("")
        self._page.release(_HOLD)
        self._tell(())
        self._page.preview_planned(None)
        self.text_changed.emit(self.text)

    def _pause(self) -> None:
        # Rows that hold something go only when the line is left, where the user can be asked.
        if self._typed is None:
            return
        if not self.rows_that_would_go():
            self.commit_levels()
            return
        self._keep_text(self._typed)

    def _keep_text(self, text: str) -> None:
        page = self._page
        page.run(
            partial(page.services.fractures.keep_levels, page.actor, page.visit_id, text),
            lambda _: None,
        )

    def _show_kept_text(self, text: str) -> None:
        """Show again what could not be read when the page was closed."""
        if text and self._typed is None:
            self._typed = text
            self._tell(read_levels(text).problems)
            self.text_changed.emit(text)

    def _levels_kept(self, typed: str, read: LevelsRead) -> None:
        self._tell(read.problems)
        kept = all(problem.code == _HARMLESS for problem in read.problems)
        if kept and self._typed == typed:
            self._typed = None

    def _preview(self, read: LevelsRead) -> None:
        known = {row.level.value: self._status(row) for row in self.rows}
        planned = sum(
            known.get(level, FractureStatus.PLANNED) is FractureStatus.PLANNED
            for level in read.levels
        )
        unnamed = sum(
            row.level in (UNKNOWN, TRANSITIONAL) and self._status(row) is FractureStatus.PLANNED
            for row in self.rows
        )
        self._page.preview_planned(planned + unnamed)

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        if problems != self._problems:
            self._problems = problems
            self.problems_changed.emit()

    # --- rows -------------------------------------------------------------------------------

    def has_data(self, row: Fracture) -> bool:
        """Return whether somebody typed something into a row beyond its level."""
        if row.status is not FractureStatus.PLANNED:
            return True
        blank = draft_of(Fracture(id="", visit_id="", level=row.level))
        return any(
            value != blank[key]
            for key, value in draft_of(row).items()
            if key not in _SAID_BY_ITSELF
        )

    def select(self, fracture_id: str) -> None:
        """Edit another row."""
        if fracture_id == self._current:
            return
        if self._editor is not None:
            self._page.autosave.flush()
        self._current = fracture_id
        self._open_editor()

    def select_level(self, level: str) -> None:
        """Edit the row of a level, if there is one."""
        for row in self.rows:
            if row.level == level:
                self.select(row.id)

    def row_of(self, level: str) -> Fracture | None:
        """Return the row of a named level."""
        return next((row for row in self.rows if row.level == level), None)

    def add(self, level: str) -> None:
        """Add a row planned to treat; a level that is there already is refused with a sentence."""
        services, page = self._page.services, self._page
        self._typed = None
        page.change(
            partial(services.fractures.add, page.actor, page.visit_id, level, drafting=True),
            lambda row: self._added(row.id),
        )

    def add_unknown(self) -> None:
        """Add a row whose level nobody knows yet: a referral that only gives a number."""
        self.add(UNKNOWN)

    def remove(self, fracture_id: str) -> None:
        """Remove a row; the trail keeps what it held."""
        self._typed = None
        self._forget_editor(fracture_id)
        page = self._page
        remove = page.services.fractures.remove
        page.change(partial(remove, page.actor, fracture_id, drafting=True))

    def confirm(self) -> None:
        """Record that this nurse confirms every row as it stands."""
        page = self._page
        page.change(
            partial(page.services.fractures.confirm, page.actor, page.visit_id),
            lambda _: None,
        )

    def _added(self, fracture_id: str) -> None:
        self._current = fracture_id
        self._editor = None

    def _status(self, row: Fracture) -> FractureStatus:
        editor = self._editors.get(row.id)
        chosen = editor.value("status") if editor is not None else None
        return FractureStatus(str(chosen)) if chosen else row.status

    def _open_editor(self) -> None:
        row = self.current
        self._editor = self._editor_of(row) if row is not None else None
        self.current_changed.emit()

    def _editor_of(self, row: Fracture) -> FormModel:
        if row.id not in self._editors:
            page = self._page
            model = FormModel(
                Fracture.FORM,
                fields_of(Fracture),
                locality=page.locality,
                checks=checks_of(Fracture),
                may_type=page.actor.may_type,
            )
            model.setParent(self)
            self._editors[row.id] = model
            save = partial(page.forms.save, Fracture, row.id)
            page.autosave.watch(model, save, values=draft_of(row))
            model.changed.connect(self._edited)
            page.forms.open(model, Fracture, row.id, page.autosave.reload)
        return self._editors[row.id]

    def _reopen(self) -> None:
        """Show every row as the database has it, after what was typed was taken back."""
        page = self._page
        for row_id, model in self._editors.items():
            page.forms.open(model, Fracture, row_id, page.autosave.restart)

    def _select_first(self) -> None:
        self._current = next((row.id for row in self.rows), "")
        self._open_editor()

    def _edited(self, key: str) -> None:
        if key == "status":
            planned = sum(self._status(row) is FractureStatus.PLANNED for row in self.rows)
            self._page.preview_planned(planned)
            self.rows_changed.emit()

    def _forget_editor(self, fracture_id: str) -> None:
        model = self._editors.pop(fracture_id, None)
        if model is not None:
            self._page.autosave.forget(model)
        if fracture_id == self._current:
            self._current, self._editor = "", None

    def _refreshed(self) -> None:
        rows = {row.id: row for row in self.rows}
        for gone in self._editors.keys() - rows.keys():
            self._forget_editor(gone)
        for row_id, model in self._editors.items():
            self._page.autosave.reload(model, values=draft_of(rows[row_id]))
        if self._typed is None:
            self._page.preview_planned(None)
            self.text_changed.emit(self.text)
        if self._current not in rows:
            self._select_first()
        elif self._editor is None:
            self._open_editor()
        self.rows_changed.emit()
