"""Bring a new patient into the database: the one way, whoever brings them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.audit import Deed, changes_between
from intake_app.domain.fields import Record
from intake_app.domain.patients import Patient
from intake_app.domain.validation import apply, draft_of
from intake_app.domain.visits import Visit
from intake_app.services.cases import PATIENT_SINGLES, VISIT_SINGLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor
    from intake_app.services.office import Office

R = TypeVar("R", bound=Record)


def new_patient(
    office: Office,
    work: UnitOfWork,
    actor: Actor,
    *,
    values: Mapping[str, FieldValue],
    patient_id: str = "",
) -> Patient:
    """Add a patient with the records that each patient has one of; the caller commits.

    Without a record number among ``values`` the patient gets the next one; without an id, a new
    one.
    """
    number = "" if values.get("record_number") else work.next_record_number()
    blank = Patient(id=patient_id or office.ids.new(), record_number=number, family_name="")
    kept = {key: value for key, value in values.items() if value is not None}
    patient = add_record(office, work, actor, record=apply(blank, kept), patient_id=blank.id)
    for single in PATIENT_SINGLES:
        add_record(
            office,
            work,
            actor,
            record=blank_of(office, single, owner_id=patient.id),
            patient_id=patient.id,
        )
    return patient


def new_visit(
    office: Office,
    work: UnitOfWork,
    actor: Actor,
    *,
    patient_id: str,
    values: Mapping[str, FieldValue],
) -> Visit:
    """Add a visit with the records that each visit has one of; the caller commits."""
    visit = apply(Visit(id=office.ids.new(), patient_id=patient_id), values)
    visit = add_record(office, work, actor, record=visit, patient_id=patient_id)
    for single in VISIT_SINGLES:
        blank = blank_of(office, single, owner_id=visit.id)
        add_record(office, work, actor, record=blank, patient_id=patient_id)
    return visit


def blank_of(office: Office, record_type: type[R], *, owner_id: str) -> R:
    """Return an empty record of an owner."""
    owner = {record_type.OWNER: owner_id}
    return record_type(id=office.ids.new(), **owner)  # type: ignore[arg-type] # the owner's field


def add_record(office: Office, work: UnitOfWork, actor: Actor, *, record: R, patient_id: str) -> R:
    """Add a record and its line of the trail, with what it holds; the caller commits."""
    kept = work.records(type(record)).add(record)
    blank = apply(kept, dict.fromkeys(draft_of(kept)))
    held = tuple(change for change in changes_between(blank, kept) if change.after)
    work.note(office.entry(actor, Deed.CREATED, kept, patient_id=patient_id, changes=held))
    return kept
