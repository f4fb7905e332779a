"""Which record of a person is used now: an old one leads to the one it was merged into."""

from __future__ import annotations

from heapq import merge as in_one_order
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.fields import Record
from intake_app.domain.merging import Merge
from intake_app.domain.patients import Patient
from intake_app.services.cases import PATIENT_SINGLES

if TYPE_CHECKING:
    from intake_app.domain.audit import Entry
    from intake_app.domain.ports import UnitOfWork

R = TypeVar("R", bound=Record)


def living_id(work: UnitOfWork, patient_id: str) -> str:
    """Return the id of the record that is used now for ``patient_id``; the same for most."""
    seen = {""}
    patient = work.records(Patient).find(patient_id)
    while patient is not None and patient.merged_into not in seen:
        seen.add(patient.id)
        patient_id = patient.merged_into
        patient = work.records(Patient).find(patient_id)
    return patient_id


def living_record(work: UnitOfWork, record: R) -> R:
    """Return what is used now instead of a record of a merged patient; else the record itself.

    A form that was opened before the merge saves into the record that stays.
    """
    if isinstance(record, Patient):
        if not record.merged_into:
            return record
        return work.records(type(record)).get(living_id(work, record.id))
    if not isinstance(record, PATIENT_SINGLES):
        return record
    owner_id = str(getattr(record, type(record).OWNER))
    owner = living_id(work, owner_id)
    rows = () if owner == owner_id else work.records(type(record)).owned_by(owner)
    return rows[0] if rows else record


def merges_into(work: UnitOfWork, patient_id: str) -> tuple[Merge, ...]:
    """Return the merges that still hold by which others became part of a patient, in order."""
    merges = work.records(Merge).owned_by(patient_id)
    return tuple(merge for merge in merges if merge.undone_at is None)


def all_ids_of(work: UnitOfWork, patient_id: str) -> tuple[str, ...]:
    """Return the id of a patient, and of every record that became part of it, however long ago."""
    found = [patient_id]
    for each in found:  # grows while it is walked
        found.extend(m.merged_id for m in merges_into(work, each) if m.merged_id not in found)
    return tuple(found)


def whole_trail(work: UnitOfWork, patient_id: str) -> tuple[Entry, ...]:
    """Return the trail of a person over every record that became part of it, latest first."""
    trails = [work.trail_of(each) for each in all_ids_of(work, patient_id)]
    return tuple(in_one_order(*trails, key=lambda entry: entry.at, reverse=True))
