"""The history of a patient: who saw, changed or printed what, over every record of the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, Entry
from intake_app.domain.fractures import Fracture
from intake_app.domain.pain import PainMedicine
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import NewMedicine, TreatedLevel
from intake_app.domain.sheets import StoredSheet
from intake_app.domain.staff import PROGRAM, Action, Staff
from intake_app.domain.visits import Visit
from intake_app.services.living import all_ids_of, living_id, whole_trail
from intake_app.services.office import Office, clinic_of, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.fields import Record
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor

_ROWS: tuple[type[Record], ...] = (Fracture, TreatedLevel, PainMedicine, NewMedicine)
"""Records of which a visit has many: each is called by what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything that was done with the records of one person, and who and what is meant."""

    clinic: Clinic | None
    patient: Patient
    """The record that is used now."""
    patients: tuple[Patient, ...]
    """Every record of the person, that one first."""
    entries: tuple[Entry, ...]
    """Latest first."""
    names: Mapping[str, str]
    """Name of everybody who did something, by id."""
    records: Mapping[str, Record]
    """Visits and their rows by id, as far as they are still there."""
    sheets: Mapping[str, str]
    """Title of each sheet that was printed, by id."""


class HistoryService:
    """Reads the trail."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read(self, actor: Actor, patient_id: str) -> History:
        """Return the history of a person, whichever of their records is named.

        Raises:
            NotFoundError: there is no such patient.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            ids = all_ids_of(work, living_id(work, patient_id))
            patients = tuple(work.records(Patient).get(each) for each in ids)
            entries = whole_trail(work, ids[0])
            return History(
                clinic=clinic_of(work),
                patient=patients[0],
                patients=patients,
                entries=entries,
                names=_names(work),
                records=_records(work, ids),
                sheets=_sheets(work, entries),
            )


def _names(work: UnitOfWork) -> dict[str, str]:
    return {PROGRAM.id: PROGRAM.name} | {each.id: each.name for each in work.records(Staff).all()}


def _records(work: UnitOfWork, patient_ids: tuple[str, ...]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for patient_id in patient_ids:
        for visit in work.records(Visit).owned_by(patient_id):
            found[visit.id] = visit
            for record_type in _ROWS:
                found |= {row.id: row for row in work.records(record_type).owned_by(visit.id)}
    return found


def _sheets(work: UnitOfWork, entries: tuple[Entry, ...]) -> dict[str, str]:
    printed = {
        entry.record_id
        for entry in entries
        if entry.deed in (Deed.PRINTED, Deed.COPIED) and entry.table == StoredSheet.FORM
    }
    sheets = (work.records(StoredSheet).find(each) for each in sorted(printed))
    return {sheet.id: sheet.kind.label for sheet in sheets if sheet is not None}
