"""Take in what other systems tell in messages: people, merged records, appointments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.audit import stored_text
from intake_app.domain.errors import AppError
from intake_app.domain.exchange import Incoming, Outcome, Verdict
from intake_app.domain.fields import Record, field_of
from intake_app.domain.patients import EmergencyContact, Patient
from intake_app.domain.validation import Problem, read_draft
from intake_app.services.exchange_in import Importer, differences
from intake_app.services.exchange_told import EMPTY, Sender, decide, remember
from intake_app.services.exchange_visits import Appointments
from intake_app.services.living import living_id
from intake_app.services.registration import new_patient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.exchange import Refused
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.reading import Locality
    from intake_app.domain.staff import Actor
    from intake_app.services.exchange_in import PersonRead
    from intake_app.services.merging import MergeService
    from intake_app.services.office import Office

R = TypeVar("R", bound=Record)

_MOST_SHOWN = 40
_MOST_DIFFERENCES = 1
"""Of family name, given name and birth date, this many may differ between merged records."""


class MessageImporter(Importer):
    """Takes in the people of any file, and all that messages tell of them."""

    def __init__(
        self,
        office: Office,
        actor: Actor,
        *,
        doubtful_are_new: bool,
        merging: MergeService,
    ) -> None:
        super().__init__(office, actor, doubtful_are_new=doubtful_are_new)
        self._merging = merging
        self._appointments = Appointments(office, actor)

    def _read(self, person: Incoming | Refused, locality: Locality) -> PersonRead | Refused:
        """Read somebody; without a row that could be corrected, leave out what cannot be read."""
        if isinstance(person, Incoming) and not person.cells:
            person = _readable(person, locality)
        return super()._read(person, locality)

    def _take(self, work: UnitOfWork, person: PersonRead) -> Outcome:
        incoming = person.incoming
        if not incoming.told_by:
            return super()._take(work, person)
        sender = Sender.of(incoming, person.locality)
        found = self._renumbered(work, person) or self._find(work, person)
        if isinstance(found, Problem):
            return Outcome(incoming.place, Verdict.REFUSED, reasons=(found,))
        plans = []
        for appointment in incoming.appointments:
            plan = self._appointments.plan(work, appointment, found, sender=sender)
            if isinstance(plan, Problem):
                known = found.id if found else ""
                return Outcome(incoming.place, Verdict.REFUSED, known, (plan,))
            plans.append(plan)
        verdict = Verdict.MATCHED if found else Verdict.ACCEPTED
        patient, reasons = self._tell(work, found, person, sender=sender)
        reasons += self._keep_numbers(work, patient, incoming.identifiers)
        reasons += self._tell_contact(work, patient, incoming, sender=sender)
        for plan in plans:
            reasons += self._appointments.carry_out(work, plan, patient, sender=sender)
        reasons += self._merge(work, patient, incoming)
        return Outcome(incoming.place, verdict, patient.id, (*incoming.remarks, *reasons))

    # --- the person -------------------------------------------------------------------------

    def _tell(
        self, work: UnitOfWork, found: Patient | None, person: PersonRead, *, sender: Sender
    ) -> tuple[Patient, tuple[Problem, ...]]:
        if found is None:
            patient = new_patient(self._office, work, self._actor, values=person.values)
            said = {key: stored_text(value) or "" for key, value in person.values.items()}
            remember(work, patient.id, sender, said=said)
            return patient, ()
        emptied = {key: value for key, value in person.incoming.values.items() if value is None}
        return self._change(work, found, {**person.values, **emptied}, sender=sender)

    def _tell_contact(
        self, work: UnitOfWork, patient: Patient, incoming: Incoming, *, sender: Sender
    ) -> tuple[Problem, ...]:
        contacts = work.records(EmergencyContact).owned_by(patient.id)
        said = {key: value for key, value in incoming.contact.items() if value not in EMPTY}
        if not said or not contacts:
            return ()
        reading = read_draft(EmergencyContact, said, sender.locality)
        values = {key: value for key, value in reading.values.items() if value not in EMPTY}
        _, kept = self._change(work, contacts[0], values, sender=sender)
        return kept

    def _change(
        self, work: UnitOfWork, record: R, values: Mapping[str, FieldValue], *, sender: Sender
    ) -> tuple[R, tuple[Problem, ...]]:
        decision = decide(work, record, values, sender=sender)
        if decision.older:
            return record, decision.kept
        owner = record.id if isinstance(record, Patient) else str(getattr(record, "patient_id", ""))
        record = self._save(work, record, decision.changes, patient_id=owner)
        remember(work, record.id, sender, said=decision.said)
        return record, decision.kept

    # --- merged records ---------------------------------------------------------------------

    def _renumbered(self, work: UnitOfWork, person: PersonRead) -> Patient | Problem | None:
        """Return who is known here only by a number that is no longer used."""
        incoming = person.incoming
        if any(work.by_identifier(*number) for number in incoming.identifiers):
            return None
        for system, value in incoming.replaces:
            owner = work.by_identifier(system, value)
            if owner is not None:
                patient = work.records(Patient).get(living_id(work, owner))
                if differences(patient, person.values) > _MOST_DIFFERENCES:
                    return Problem.of("message", "merge_not_possible")
                return patient
        return None

    def _merge(self, work: UnitOfWork, patient: Patient, incoming: Incoming) -> tuple[Problem, ...]:
        """Make the records with the replaced numbers part of this one."""
        reasons: list[Problem] = []
        for system, value in incoming.replaces:
            owner = work.by_identifier(system, value)
            if owner is None:
                reasons += self._keep_numbers(work, patient, ((system, value),))
                continue
            other = work.records(Patient).get(living_id(work, owner))
            if other.id != patient.id:
                reasons.append(self._merge_one(work, patient, other))
        return tuple(reasons)

    def _merge_one(self, work: UnitOfWork, patient: Patient, other: Patient) -> Problem:
        ours = {key: getattr(patient, key) for key in ("family_name", "given_name", "birth_date")}
        if differences(other, ours) > _MOST_DIFFERENCES:
            return Problem.of("message", "merge_not_possible", warning=True)
        try:
            self._merging.merge_within(work, self._actor, stays_id=patient.id, joins_id=other.id)
        except AppError:
            return Problem.of("message", "merge_not_possible", warning=True)
        number = other.record_number
        return Problem.of("message", "records_merged", warning=True, number=number)


def _readable(person: Incoming, locality: Locality) -> Incoming:
    """Return a person without the values that cannot be read, and a remark for each."""
    said = {key: value for key, value in person.values.items() if value not in EMPTY}
    reading = read_draft(Patient, said, locality)
    bad = {problem.key for problem in reading.errors} - {"family_name"}
    if not bad:
        return person
    remarks = [
        Problem.of(
            key,
            "left_out",
            warning=True,
            field=field_of(Patient, key).label,
            text=str(said[key])[:_MOST_SHOWN],
        )
        for key in sorted(bad)
    ]
    kept = {key: value for key, value in person.values.items() if key not in bad}
    return replace(person, values=kept, remarks=(*person.remarks, *remarks))
