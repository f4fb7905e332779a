"""What every use case needs from outside, and how it asks for rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, Entry, FieldChange
from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.errors import NotAllowedError
from intake_app.domain.ports import Clock, Ids, UnitOfWork
from intake_app.domain.reading import Locality

if TYPE_CHECKING:
    from datetime import date

    from intake_app.domain.fields import Record
    from intake_app.domain.staff import Action, Actor


@dataclass(frozen=True, slots=True)
class Office:
    """The database, the clock and the source of ids, as services see them."""

    work: Callable[[], UnitOfWork]
    look: Callable[[], UnitOfWork]
    """Like ``work``, for reading alone: it sees one moment, and nobody waits for it to write."""
    clock: Clock
    ids: Ids

    def entry(
        self,
        actor: Actor,
        deed: Deed,
        record: Record,
        *,
        patient_id: str = "",
        changes: tuple[FieldChange, ...] = (),
    ) -> Entry:
        """Return a line of the trail for something done now."""
        return Entry(
            at=self.clock.now(),
            actor_id=actor.id,
            deed=deed,
            table=type(record).FORM,
            record_id=record.id,
            patient_id=patient_id,
            changes=changes,
        )

    def locality(self, clinic: Clinic | None, base_day: date | None = None) -> Locality:
        """Return how typed values are read at this clinic now."""
        if clinic is None:
            return Locality(today=self.clock.now().date(), base_day=base_day)
        return Locality(
            today=self.clock.now().astimezone(clinic.zone).date(),
            zone=clinic.zone,
            date_order=clinic.date_order,
            country=clinic.country.value,
            base_day=base_day,
        )


def require(actor: Actor, action: Action) -> None:
    """Return if ``actor`` has the right to ``action``.

    Raises:
        NotAllowedError: none of the roles has it.
    """
    if not actor.may(action):
        raise NotAllowedError(actor.id, action=action.value)


def clinic_of(work: UnitOfWork) -> Clinic | None:
    """Return the clinic of this database; ``None`` before set-up."""
    return work.records(Clinic).find(CLINIC_ID)
