"""Writes records inside one transaction, each with its line in the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.audit import Deed, changes_between
from intake_app.domain.fields import Record
from intake_app.domain.ports import UnitOfWork
from intake_app.domain.staff import Actor
from intake_app.services.drafting import patient_of
from intake_app.services.office import Office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.domain.audit import FieldChange

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Recorder:
    """What one person writes in one transaction. Committing is for whoever began it."""

    work: UnitOfWork
    office: Office
    actor: Actor

    def add(self, record: R, changes: Sequence[FieldChange] = ()) -> R:
        """Add a record and tell of it; return it as it is kept."""
        kept = self.work.records(type(record)).add(record)
        self.note(Deed.CREATED, kept, changes)
        return kept

    def change(
        self, before: R, after: R, *, deed: Deed = Deed.CHANGED, extra: Sequence[str] = ()
    ) -> R:
        """Update a record and tell what changed, in ``extra`` too; nothing, if nothing did."""
        return self.keep(before, after, changes_between(before, after, extra), deed=deed)

    def keep(
        self, before: R, after: R, changes: Sequence[FieldChange], *, deed: Deed = Deed.CHANGED
    ) -> R:
        """Update a record of which is known what changed, and tell it; nothing, if nothing did."""
        if not changes:
            return before
        kept = self.work.records(type(after)).update(after)
        self.note(deed, kept, changes)
        return kept

    def remove(self, record: Record, blank: Record) -> None:
        """Remove a record and tell what it held beyond ``blank``."""
        self.work.records(type(record)).remove(record)
        self.work.keep_typed(type(record).FORM, record.id, {})
        self.note(Deed.REMOVED, record, changes_between(record, blank))

    def note(self, deed: Deed, record: Record, changes: Sequence[FieldChange] = ()) -> None:
        """Write a line of the trail about a record."""
        self.work.note(
            self.office.entry(
                self.actor,
                deed,
                record,
                patient_id=patient_of(self.work, record),
                changes=tuple(changes),
            )
        )
