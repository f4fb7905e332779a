"""A made-up patient whose papers show the wording before anybody approves it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from intake_app.domain.fractures import Fracture
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainFunction
from intake_app.domain.patients import EmergencyContact, Insurance, Patient
from intake_app.domain.procedures import (
    Closure,
    DoneAtLevel,
    ProcedureRecord,
    Sedation,
    TreatedLevel,
)
from intake_app.domain.questionnaires import Questionnaire, SafetyAnswers
from intake_app.domain.responses import answers_of
from intake_app.domain.spine import Level
from intake_app.domain.staff import Actor, Role
from intake_app.domain.values import Answer
from intake_app.domain.visits import ResponsibleAdult, Visit, VisitState
from intake_app.services.cases import Case

if TYPE_CHECKING:
    from datetime import datetime

    from intake_app.domain.clinic import Clinic

_ID = "specimen"
SPECIMEN_NURSE = Actor(_ID, "Nora Specimen", frozenset({Role.NURSE}))
"""Whoever looks at the wording, its papers name a nurse."""
_LEVELS = (Level.T12, Level.L1)
_PHONE = "555 0100"
"""From the range that is kept free for fiction."""


def specimen_case(clinic: Clinic, questionnaire: Questionnaire, now: datetime) -> Case:
    """Return the case of a person who does not exist, ready to go home ``now``."""
    local = now.astimezone(clinic.zone)
    today = local.date()
    start = now - timedelta(hours=5)
    safety = SafetyAnswers(id=_ID, visit_id=_ID)
    return Case(
        clinic=clinic,
        patient=Patient(
            id=_ID,
            family_name="Specimen",
            given_name="Sample",
            birth_date=date(1948, 3, 4),
            record_number="P-000000",
        ),
        contact=EmergencyContact(id=_ID, patient_id=_ID, name="Somebody Specimen"),
        insurance=Insurance(id=_ID, patient_id=_ID),
        visit=Visit(id=_ID, patient_id=_ID, day=today, planned_start=start, state=VisitState.READY),
        driver=ResponsibleAdult(
            id=_ID, visit_id=_ID, name="Somebody Specimen", relation="Daughter", phone=_PHONE
        ),
        imaging=Imaging(id=_ID, visit_id=_ID),
        pain=PainFunction(id=_ID, visit_id=_ID),
        procedure=ProcedureRecord(
            id=_ID,
            visit_id=_ID,
            operator="Dr. Specimen",
            started_at=start,
            ended_at=start + timedelta(hours=1),
            recovery_at=start + timedelta(hours=1),
            ready_at=now,
            sedation=Sedation.MODERATE,
            last_sedative_at=start + timedelta(minutes=40),
            closure=Closure.STRIPS,
            brace=Answer.NO,
            follow_up_at=now + timedelta(days=14),
            follow_up_place="here at the clinic",
            call_back_on=today + timedelta(days=2),
            discharge_ordered_by="Dr. Specimen",
            discharge_ordered_at=now,
        ),
        safety=safety,
        answers=answers_of(safety, questionnaire),
        fractures=tuple(
            Fracture(id=f"{_ID}-{level}", visit_id=_ID, level=level) for level in _LEVELS
        ),
        treated=tuple(
            TreatedLevel(
                id=f"{_ID}-{level}", visit_id=_ID, level=level, done=DoneAtLevel.VERTEBROPLASTY
            )
            for level in _LEVELS
        ),
        pain_medicines=(),
        new_medicines=(),
        acknowledgements=(),
    )
