"""The fractures of a visit: named in one line, row by row, confirmed by the nurse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import FieldChange
from intake_app.domain.drafts import RowDeed
from intake_app.domain.errors import DuplicateLevelError
from intake_app.domain.fractures import Fracture
from intake_app.domain.spine import (
    LEVELS_KEY,
    TRANSITIONAL,
    UNKNOWN,
    Level,
    LevelsRead,
    read_levels,
)
from intake_app.domain.staff import Action
from intake_app.services.drafting import keep_row_deed
from intake_app.services.forms import unconfirmed
from intake_app.services.office import Office, require
from intake_app.services.recording import Recorder

if TYPE_CHECKING:
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor

LEVELS_FORM = "fractures"
"""Where the line of levels is kept while it cannot be read."""


class FractureService:
    """Which vertebrae of a visit are fractured. What reception changes, the nurse confirms."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def set_levels(
        self, actor: Actor, visit_id: str, typed: str, *, drafting: bool = False
    ) -> LevelsRead:
        """Make the visit's named levels those of ``typed``; return how it was read.

        New levels become rows planned to treat; rows of levels no longer named are removed. Rows
        without a named level stay. While something typed cannot be read, the text is only kept.
        With ``drafting`` undoing brings the rows back as they were.
        """
        require(actor, Action.EDIT_INTAKE)
        read = read_levels(typed)
        harmless = {"level_twice"}
        with self._office.work() as work:
            rows = work.records(Fracture).owned_by(visit_id)
            if any(row.level == TRANSITIONAL for row in rows):
                harmless.add("transitional_level")
            if any(problem.code not in harmless for problem in read.problems):
                work.keep_typed(LEVELS_FORM, visit_id, {LEVELS_KEY: typed})
                work.commit()
                return read
            work.keep_typed(LEVELS_FORM, visit_id, {})
            for row in rows:
                named = row.level not in (UNKNOWN, TRANSITIONAL)
                if named and row.level.value not in read.levels:
                    self._remove(work, actor, row, drafting=drafting)
            present = {row.level.value for row in rows}
            for level in read.levels:
                if level not in present:
                    self._add(work, actor, visit_id, Level(level), drafting=drafting)
            work.commit()
        return read

    def keep_levels(self, actor: Actor, visit_id: str, typed: str) -> None:
        """Keep the line of levels as it is being typed, '' for none; the rows stay as they are."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            work.keep_typed(LEVELS_FORM, visit_id, {LEVELS_KEY: typed} if typed else {})
            work.commit()

    def add(self, actor: Actor, visit_id: str, level: str, *, drafting: bool = False) -> Fracture:
        """Add a row planned to treat for ``level``; ``unknown`` may be added many times.

        Raises:
            DuplicateLevelError: the visit has a row for this level already.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            rows = work.records(Fracture).owned_by(visit_id)
            if level != UNKNOWN and any(row.level == level for row in rows):
                raise DuplicateLevelError(visit_id, level=level)
            row = self._add(work, actor, visit_id, Level(level), drafting=drafting)
            work.commit()
        return row

    def move(self, actor: Actor, fracture_id: str, level: str) -> Fracture:
        """Give a row another level (an unknown one that is now known, T11 that should be L1).

        Raises:
            DuplicateLevelError: the visit has a row for this level already.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            before = work.records(Fracture).get(fracture_id)
            rows = work.records(Fracture).owned_by(before.visit_id)
            others = [row for row in rows if row.id != fracture_id]
            if level != UNKNOWN and any(row.level == level for row in others):
                raise DuplicateLevelError(before.visit_id, level=level)
            moved = unconfirmed(before, replace(before, level=Level(level)), actor)
            recorder = Recorder(work, self._office, actor)
            after = recorder.change(before, moved, extra=["confirmed_by"])
            work.commit()
        return after

    def remove(self, actor: Actor, fracture_id: str, *, drafting: bool = False) -> None:
        """Remove a row; the trail keeps what it held."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            row = work.records(Fracture).get(fracture_id)
            self._remove(work, actor, row, drafting=drafting)
            work.commit()

    def confirm(self, actor: Actor, visit_id: str) -> None:
        """Record that the nurse has confirmed every row as it stands."""
        require(actor, Action.CONFIRM_INTAKE)
        with self._office.work() as work:
            recorder = Recorder(work, self._office, actor)
            for row in work.records(Fracture).owned_by(visit_id):
                confirmed = replace(row, confirmed_by=actor.name)
                recorder.change(row, confirmed, extra=["confirmed_by"])
            work.commit()

    def _add(
        self, work: UnitOfWork, actor: Actor, visit_id: str, level: Level, *, drafting: bool
    ) -> Fracture:
        new = Fracture(id=self._office.ids.new(), visit_id=visit_id, level=level)
        told = (FieldChange("level", None, level.value),)
        row = Recorder(work, self._office, actor).add(new, told)
        if drafting:
            keep_row_deed(work, self._office, actor, row, deed=RowDeed.ADDED)
        return row

    def _remove(self, work: UnitOfWork, actor: Actor, row: Fracture, *, drafting: bool) -> None:
        blank = Fracture(id=row.id, visit_id=row.visit_id, level=Level.UNKNOWN)
        Recorder(work, self._office, actor).remove(row, blank)
        if drafting:
            keep_row_deed(work, self._office, actor, row, deed=RowDeed.REMOVED)
