"""Everything recorded about one person or about everybody, for other systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.audit import Deed
from intake_app.domain.dossiers import Dossier, Telling, VisitDossier
from intake_app.domain.errors import NotFoundError
from intake_app.domain.exchange import FileKind
from intake_app.domain.fields import Record
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import EmergencyContact, Identifier, Patient
from intake_app.domain.procedures import ProcedureRecord, TreatedLevel
from intake_app.domain.questionnaires import SafetyAnswers
from intake_app.domain.spine import position
from intake_app.domain.staff import Action, Staff
from intake_app.domain.told import VisitNumber
from intake_app.domain.visits import ResponsibleAdult, Visit
from intake_app.services.exchange_out import note_export
from intake_app.services.living import merges_into
from intake_app.services.office import clinic_of, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from intake_app.domain.dossiers import DossierFiles
    from intake_app.domain.exchange import Cancelled, Progress
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor
    from intake_app.services.office import Office

R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class _Visits:
    """How many visits went by."""

    seen: int = 0


_AT_ONCE = 100
"""Patients that are read in one transaction; the database is free for others in between."""


class DossierService:
    """Writes one patient or all of them for other systems."""

    def __init__(self, office: Office, files: DossierFiles) -> None:
        self._office = office
        self._files = files

    def write_one(self, actor: Actor, patient_id: str, *, target: Path) -> int:
        """Write one patient with every visit and paper; return how many people that were.

        Raises:
            NotFoundError: there is no such patient, or the clinic is not set up.
            FileUnwritableError: the file cannot be written.
        """
        require(actor, Action.VIEW_PATIENT)
        telling = self._telling(with_papers=True)
        with self._office.work() as work:
            patient = work.records(Patient).get(patient_id)
            dossier = _dossier(work, patient, _staff(work))
            work.note(self._office.entry(actor, Deed.EXPORTED, patient, patient_id=patient.id))
            work.commit()
        return self._files.write(target, (dossier,), telling)

    def write_all(
        self,
        actor: Actor,
        target: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> int:
        """Write everybody, few of them in memory at a time; return how many there were.

        Of each handed-out sheet only is said that there was one: the papers themselves go along
        with a single patient. Stopped half-way, nothing is written and the answer is 0.

        Raises:
            NotFoundError: the clinic is not set up.
            FileUnwritableError: the file cannot be written.
        """
        require(actor, Action.EXPORT_PATIENTS)
        telling = self._telling(with_papers=False)
        visits = _Visits()
        everybody = self._everybody(progress, visits)
        patients = self._files.write(target, everybody, telling, cancelled=cancelled)
        if patients:
            kind = FileKind.FHIR.value
            note_export(self._office, actor, kind, patients=patients, visits=visits.seen)
        return patients

    def _telling(self, *, with_papers: bool) -> Telling:
        with self._office.look() as work:
            clinic = clinic_of(work)
        if clinic is None:
            raise NotFoundError("clinic")
        return Telling(clinic=clinic, at=self._office.clock.now(), with_papers=with_papers)

    def _everybody(self, progress: Progress | None, visits: _Visits) -> Iterator[Dossier]:
        last, done = "", 0
        while True:
            with self._office.look() as work:
                staff = _staff(work)
                total = work.records(Patient).count()
                patients = work.records(Patient).after(last, _AT_ONCE)
                dossiers = [_dossier(work, patient, staff) for patient in patients]
            if not dossiers:
                return
            yield from dossiers
            last, done = dossiers[-1].patient.id, done + len(dossiers)
            visits.seen += sum(len(each.visits) for each in dossiers)
            if progress is not None:
                progress(min(100, done * 100 // max(total, 1)))


def _staff(work: UnitOfWork) -> Mapping[str, str]:
    return {each.id: each.name for each in work.records(Staff).all()}


def _dossier(work: UnitOfWork, patient: Patient, staff: Mapping[str, str]) -> Dossier:
    return Dossier(
        patient=patient,
        contact=_first(work, EmergencyContact, patient.id),
        identifiers=work.records(Identifier).owned_by(patient.id),
        visits=tuple(_visit(work, each) for each in work.records(Visit).owned_by(patient.id)),
        replaces=tuple(each.merged_id for each in merges_into(work, patient.id)),
        staff=staff,
    )


def _visit(work: UnitOfWork, visit: Visit) -> VisitDossier:
    fractures = work.records(Fracture).owned_by(visit.id)
    treated = work.records(TreatedLevel).owned_by(visit.id)
    numbers = work.records(VisitNumber).owned_by(visit.id)
    return VisitDossier(
        visit=visit,
        driver=_first(work, ResponsibleAdult, visit.id),
        procedure=_first(work, ProcedureRecord, visit.id),
        safety=_first(work, SafetyAnswers, visit.id),
        numbers=tuple((each.system, each.value) for each in numbers),
        fractures=tuple(sorted(fractures, key=lambda row: position(row.level))),
        treated=tuple(sorted(treated, key=lambda row: position(row.level))),
        sheets=work.sheets_of(visit.id),
    )


def _first(work: UnitOfWork, record_type: type[R], owner_id: str) -> R | None:
    rows = work.records(record_type).owned_by(owner_id)
    return rows[0] if rows else None
