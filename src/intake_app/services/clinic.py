"""The clinic's own record and first set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.countries import HABITS, Country, Paper, Units
from intake_app.domain.errors import WrongStateError
from intake_app.domain.staff import PROGRAM, Action, Role, Staff
from intake_app.domain.validation import parse
from intake_app.services.office import Office, clinic_of, require

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.ports import Database, UnitOfWork
    from intake_app.domain.reading import Locality
    from intake_app.domain.staff import Actor


class ClinicService:
    """Read the clinic, set it up once."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def clinic(self) -> Clinic | None:
        """Return the clinic; ``None`` before set-up."""
        with self._office.look() as work:
            return clinic_of(work)

    def locality(self, base_day: date | None = None) -> Locality:
        """Return how typed values are read at this clinic today."""
        return self._office.locality(self.clinic(), base_day)

    @staticmethod
    def proposed(country: Country) -> dict[str, FieldValue]:
        """Return what a clinic in ``country`` usually has, as a draft to change."""
        habits = HABITS[country]
        return {
            "country": country,
            "emergency_number": habits.emergency_number,
            "units": Units(habits.units),
            "paper": Paper(habits.paper),
            "time_zone": habits.zone,
        }

    def set_up(
        self,
        draft: Mapping[str, FieldValue],
        people: Sequence[tuple[str, frozenset[Role]]],
        *,
        demonstration: bool = False,
    ) -> tuple[Clinic, tuple[Staff, ...]]:
        """Create the clinic and its first staff, once, on a new database.

        Raises:
            InvalidDraftError: a field of the clinic cannot be read, or a name is missing.
            WrongStateError: the clinic is set up already.
        """
        require(PROGRAM, Action.EDIT_CLINIC)
        blank = Clinic(id=CLINIC_ID, name="", demonstration=demonstration)
        with self._office.work() as work:
            if clinic_of(work) is not None:
                raise WrongStateError(CLINIC_ID)
            clinic = parse(blank, {"name": "", **draft}, self._office.locality(None))
            clinic = work.records(Clinic).add(clinic)
            work.note(self._office.entry(PROGRAM, Deed.CREATED, clinic))
            staff = tuple(self._employ(work, PROGRAM, name, roles=roles) for name, roles in people)
            work.commit()
        return clinic, staff

    def staff(self) -> tuple[Staff, ...]:
        """Return everybody who works here now."""
        with self._office.look() as work:
            return tuple(person for person in work.records(Staff).all() if person.active)

    def add_staff(self, actor: Actor, name: str, roles: frozenset[Role]) -> Staff:
        """Add somebody to the staff.

        Raises:
            InvalidDraftError: the name is missing.
            NotAllowedError: this person may not.
        """
        require(actor, Action.EDIT_STAFF)
        with self._office.work() as work:
            person = self._employ(work, actor, name, roles=roles)
            work.commit()
        return person

    def back_up(self, actor: Actor, database: Database, target: Path) -> None:
        """Copy the whole database to a file; the trail says who did so, and when.

        Raises:
            BackupError: the copy could not be written.
            NotAllowedError: this person may not.
        """
        require(actor, Action.BACK_UP)
        database.backup(target)
        with self._office.work() as work:
            clinic = clinic_of(work)
            if clinic is not None:
                work.note(self._office.entry(actor, Deed.BACKED_UP, clinic))
                work.commit()

    def _employ(
        self, work: UnitOfWork, actor: Actor, name: str, *, roles: frozenset[Role]
    ) -> Staff:
        draft: dict[str, FieldValue] = {
            "name": name,
            "roles": tuple(role for role in Role if role in roles),
        }
        blank = Staff(id=self._office.ids.new(), name="")
        person = work.records(Staff).add(parse(blank, draft, self._office.locality(None)))
        work.note(self._office.entry(actor, Deed.CREATED, person))
        return person
