"""Everything recorded about one visit, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.answers import Answers
from intake_app.domain.clinic import Clinic
from intake_app.domain.errors import NotFoundError
from intake_app.domain.fields import Record
from intake_app.domain.flags import FlagAcknowledgement
from intake_app.domain.fractures import Fracture, planned
from intake_app.domain.imaging import Imaging
from intake_app.domain.nurse_questions import NurseQuestion
from intake_app.domain.pain import PainFunction, PainMedicine
from intake_app.domain.patients import EmergencyContact, Insurance, Patient
from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.questionnaires import Questionnaire, SafetyAnswers
from intake_app.domain.responses import answers_of
from intake_app.domain.spine import position
from intake_app.domain.visits import ResponsibleAdult, Visit
from intake_app.services.office import clinic_of

if TYPE_CHECKING:
    from intake_app.domain.ports import UnitOfWork

R = TypeVar("R", bound=Record)

PATIENT_SINGLES: tuple[type[Record], ...] = (EmergencyContact, Insurance)
"""Records of which each patient has exactly one row."""
VISIT_SINGLES: tuple[type[Record], ...] = (
    ResponsibleAdult,
    Imaging,
    PainFunction,
    ProcedureRecord,
    SafetyAnswers,
)
"""Records of which each visit has exactly one row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One visit with its patient and everything that hangs on both."""

    clinic: Clinic
    patient: Patient
    contact: EmergencyContact
    insurance: Insurance
    visit: Visit
    driver: ResponsibleAdult
    imaging: Imaging
    pain: PainFunction
    procedure: ProcedureRecord
    safety: SafetyAnswers
    answers: Answers
    fractures: tuple[Fracture, ...]
    """From the head down."""
    treated: tuple[TreatedLevel, ...]
    """From the head down."""
    pain_medicines: tuple[PainMedicine, ...]
    new_medicines: tuple[NewMedicine, ...]
    acknowledgements: tuple[FlagAcknowledgement, ...]
    questions: tuple[NurseQuestion, ...] = ()
    """What reception asked the nurse, in the order it was asked."""

    @property
    def n(self) -> int:
        """How many fractures are planned to treat."""
        return len(planned(self.fractures))


def read_case(work: UnitOfWork, visit_id: str, questionnaire: Questionnaire) -> Case:
    """Return the case of a visit.

    Raises:
        NotFoundError: there is no such visit, or the clinic is not set up.
    """
    clinic = clinic_of(work)
    if clinic is None:
        raise NotFoundError("clinic")
    visit = work.records(Visit).get(visit_id)
    patient = work.records(Patient).get(visit.patient_id)
    safety = only(work, SafetyAnswers, visit_id)
    return Case(
        clinic=clinic,
        patient=patient,
        contact=only(work, EmergencyContact, patient.id),
        insurance=only(work, Insurance, patient.id),
        visit=visit,
        driver=only(work, ResponsibleAdult, visit_id),
        imaging=only(work, Imaging, visit_id),
        pain=only(work, PainFunction, visit_id),
        procedure=only(work, ProcedureRecord, visit_id),
        safety=safety,
        answers=answers_of(safety, questionnaire),
        fractures=tuple(
            sorted(work.records(Fracture).owned_by(visit_id), key=lambda row: position(row.level))
        ),
        treated=tuple(
            sorted(
                work.records(TreatedLevel).owned_by(visit_id), key=lambda row: position(row.level)
            )
        ),
        pain_medicines=work.records(PainMedicine).owned_by(visit_id),
        new_medicines=work.records(NewMedicine).owned_by(visit_id),
        acknowledgements=work.records(FlagAcknowledgement).owned_by(visit_id),
        questions=work.records(NurseQuestion).owned_by(visit_id),
    )


def only(work: UnitOfWork, record_type: type[R], owner_id: str) -> R:
    """Return the one row that this owner has.

    Raises:
        NotFoundError: there is none.
    """
    rows = work.records(record_type).owned_by(owner_id)
    if not rows:
        raise NotFoundError(owner_id)
    return rows[0]
