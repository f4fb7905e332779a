"""Six made-up patients whose papers show the wording before anybody approves it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from intake_app.domain.answers import Answers
from intake_app.domain.errors import NotFoundError
from intake_app.domain.fractures import Cause, Fracture
from intake_app.domain.imaging import Imaging
from intake_app.domain.language import N_
from intake_app.domain.pain import PainFunction
from intake_app.domain.patients import EmergencyContact, Insurance, Patient, ReadingNeed
from intake_app.domain.procedures import (
    Closure,
    DoneAtLevel,
    NewMedicine,
    ProcedureRecord,
    Sedation,
    TreatedLevel,
)
from intake_app.domain.questionnaires import SafetyAnswers
from intake_app.domain.sheets import PrintSize
from intake_app.domain.spine import Level
from intake_app.domain.staff import Actor, Role
from intake_app.domain.values import Answer
from intake_app.domain.visits import ResponsibleAdult, Technique, Visit, VisitState
from intake_app.services.cases import Case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.fields import FieldValue

_ID = "specimen"
SPECIMEN_NURSE = Actor(_ID, "Nora Specimen", frozenset({Role.NURSE}))
"""Whoever looks at the wording, its papers name a nurse."""
_PHONE = "555 0100"
"""From the range that is kept free for fiction."""
_NOTHING = {
    "blood_thinner": "no",
    "allergy_status": "none_known",
    "diabetes": "none",
    "kidney": "none",
    "sleep_apnoea": "none",
    "cancer": "no",
    "steroids": "no",
}
"""Everything was asked, and the answer was no."""
_APIXABAN = {"blood_thinner": "yes", "blood_thinners.0.name": "apixaban"}
_DOCTOR = "Dr. Specimen"


@dataclass(frozen=True, slots=True)
class Sample:
    """One made-up patient: how people choose them."""

    id: str
    label: str


SAMPLES = (
    Sample("one_sedated", N_("One bone, sedated")),
    Sample("three_apixaban_diabetes", N_("Three bones, apixaban, diabetes")),
    Sample("tumour_chemotherapy", N_("Tumor, with chemotherapy")),
    Sample("local_only", N_("Numbing medicine only, no sedation")),
    Sample("kyphoplasty_brace_opioid", N_("Balloon kyphoplasty, brace, opioid")),
    Sample("everything_large", N_("Everything at once, large print")),
)
"""The first is shown where nobody chose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """What is particular to one sample patient."""

    name: str
    levels: tuple[Level, ...]
    done: tuple[DoneAtLevel, ...] = (DoneAtLevel.VERTEBROPLASTY,)
    """At each level; the last goes on."""
    technique: Technique = Technique.VERTEBROPLASTY
    cause: Cause = Cause.OSTEOPOROSIS
    sedation: Sedation = Sedation.MODERATE
    safety: Mapping[str, FieldValue] = field(default_factory=dict)
    procedure: Mapping[str, object] = field(default_factory=dict)
    """Fields of the procedure record."""
    opioid: bool = False
    large: bool = False


_STORIES: Mapping[str, _Story] = {
    "one_sedated": _Story(name="Ruth", levels=(Level.L1,)),
    "three_apixaban_diabetes": _Story(
        name="Omar",
        levels=(Level.T11, Level.T12, Level.L2),
        safety={**_APIXABAN, "diabetes": "type_2", "metformin": "yes"},
        procedure={"diabetes_plan": "Take metformin again with your evening meal today"},
    ),
    "tumour_chemotherapy": _Story(
        name="Ines",
        levels=(Level.T8, Level.L3),
        done=(DoneAtLevel.KYPHOPLASTY,),
        technique=Technique.KYPHOPLASTY,
        cause=Cause.MYELOMA,
        safety={"cancer": "yes", "cancer_kind": "multiple myeloma", "chemotherapy": "yes"},
        procedure={"cancer_plan": "Your next infusion stays as booked", "closure": Closure.GLUE},
    ),
    "local_only": _Story(
        name="Paul",
        levels=(Level.T12,),
        sedation=Sedation.NONE,
        procedure={"closure": Closure.NONE},
    ),
    "kyphoplasty_brace_opioid": _Story(
        name="Mei",
        levels=(Level.L1,),
        done=(DoneAtLevel.KYPHOPLASTY,),
        technique=Technique.KYPHOPLASTY,
        cause=Cause.STEROID,
        safety={"steroids": "yes"},
        procedure={
            "brace": Answer.YES,
            "brace_when": "when you are up",
            "closure": Closure.DISSOLVING,
            "naloxone": Answer.YES,
        },
        opioid=True,
    ),
    "everything_large": _Story(
        name="Alexandra-Konstantina",
        levels=(Level.T7, Level.T11, Level.T12, Level.L2),
        done=(DoneAtLevel.VERTEBROPLASTY, DoneAtLevel.KYPHOPLASTY),
        technique=Technique.BOTH,
        cause=Cause.METASTASIS,
        safety={
            **_APIXABAN,
            "allergy_status": "known",
            "allergies.0.substance": "adhesive",
            "diabetes": "type_1",
            "insulin": "yes",
            "sleep_apnoea": "diagnosed",
            "cancer": "yes",
            "chemotherapy": "yes",
            "steroids": "yes",
        },
        procedure={
            "closure": Closure.STITCHES,
            "brace": Answer.YES,
            "brace_when": "when you are up",
            "naloxone": Answer.YES,
            "nsaid_ordered": True,
            "usual_medicines": "Take your blood pressure pills again tonight",
            "antibiotic": "cefalexin 500 mg, 4 times a day for 3 days",
            "blood_thinner_restart": "apixaban 5 mg, twice a day",
            "blood_thinner_ordered_by": _DOCTOR,
            "diabetes_plan": "Take half your insulin tonight, all of it from tomorrow",
            "sleep_apnoea_plan": "Sleep with your head raised tonight",
            "cancer_plan": "Your next infusion stays as booked",
            "bone_health_referral": Answer.YES,
            "bone_health_place": "they send you a letter",
            "nurse_note": "Bring your brace to the next visit.",
        },
        opioid=True,
        large=True,
    ),
}


def sample_size(sample_id: str) -> PrintSize:
    """Return the print size that a sample patient needs."""
    return PrintSize.LARGE if _story(sample_id).large else PrintSize.NORMAL


def sample_case(sample_id: str, clinic: Clinic, now: datetime) -> Case:
    """Return the case of a person who does not exist, ready to go home ``now``.

    Raises:
        NotFoundError: there is no such sample.
    """
    story = _story(sample_id)
    today = now.astimezone(clinic.zone).date()
    start = now - timedelta(hours=5)
    fractures = tuple(
        Fracture(id=f"{_ID}-{level}", visit_id=_ID, level=level, cause=story.cause)
        for level in story.levels
    )
    return Case(
        clinic=clinic,
        patient=Patient(
            id=_ID,
            family_name="Specimen",
            given_name=story.name,
            birth_date=date(1948, 3, 4),
            record_number="P-000000",
            referrer_name="Dr. Referrer Specimen",
            referrer_practice="Specimen Practice",
            referrer_phone=_PHONE,
            reading_needs=(ReadingNeed.LARGE_PRINT,) if story.large else (),
        ),
        contact=EmergencyContact(id=_ID, patient_id=_ID, name="Somebody Specimen"),
        insurance=Insurance(id=_ID, patient_id=_ID),
        visit=Visit(
            id=_ID,
            patient_id=_ID,
            day=today,
            planned_start=start,
            planned_procedure=story.technique,
            planned_sedation=Answer.NO if story.sedation is Sedation.NONE else Answer.YES,
            operator=_DOCTOR,
            state=VisitState.READY,
        ),
        driver=ResponsibleAdult(
            id=_ID, visit_id=_ID, name="Somebody Specimen", relation="Daughter", phone=_PHONE
        ),
        imaging=Imaging(id=_ID, visit_id=_ID),
        pain=PainFunction(id=_ID, visit_id=_ID),
        procedure=_procedure(story, now, clinic),
        safety=SafetyAnswers(id=_ID, visit_id=_ID),
        answers=Answers().with_values({**_NOTHING, **story.safety}),
        fractures=fractures,
        treated=_treated(story),
        pain_medicines=(),
        new_medicines=(_oxycodone(),) if story.opioid else (),
        acknowledgements=(),
    )


def _story(sample_id: str) -> _Story:
    try:
        return _STORIES[sample_id or SAMPLES[0].id]
    except KeyError:
        raise NotFoundError(sample_id) from None


def _procedure(story: _Story, now: datetime, clinic: Clinic) -> ProcedureRecord:
    start = now - timedelta(hours=5)
    today = now.astimezone(clinic.zone).date()
    ordinary = ProcedureRecord(
        id=_ID,
        visit_id=_ID,
        operator=_DOCTOR,
        started_at=start,
        ended_at=start + timedelta(hours=1),
        recovery_at=start + timedelta(hours=1),
        ready_at=now,
        sedation=story.sedation,
        last_sedative_at=(
            None if story.sedation is Sedation.NONE else start + timedelta(minutes=40)
        ),
        closure=Closure.STRIPS,
        brace=Answer.NO,
        simple_pain_medicine="acetaminophen 500 mg, 2 tablets, up to 3 times a day",
        opioid_continued=Answer.NO,
        follow_up_at=_at(10, today + timedelta(days=14), clinic),
        follow_up_place="here at the clinic",
        call_back_on=today + timedelta(days=2),
        discharge_ordered_by=_DOCTOR,
        discharge_ordered_at=now,
    )
    dated: dict[str, object] = {}
    if story.procedure.get("closure") is Closure.STITCHES:
        dated["stitches_out_on"] = today + timedelta(days=10)
    if story.procedure.get("brace") is Answer.YES:
        dated["brace_until"] = today + timedelta(days=28)
    if "blood_thinner_restart" in story.procedure:
        dated["blood_thinner_restart_at"] = _at(20, today + timedelta(days=1), clinic)
    return replace(ordinary, **story.procedure, **dated)  # type: ignore[arg-type] # its own fields


def _at(hour: int, day: date, clinic: Clinic) -> datetime:
    return datetime.combine(day, time(hour), clinic.zone).astimezone(UTC)


def _treated(story: _Story) -> tuple[TreatedLevel, ...]:
    done = (*story.done, *[story.done[-1]] * len(story.levels))
    return tuple(
        TreatedLevel(id=f"{_ID}-{level}", visit_id=_ID, level=level, done=each, punctures=2)
        for level, each in zip(story.levels, done, strict=False)
    )


def _oxycodone() -> NewMedicine:
    return NewMedicine(
        id=_ID,
        visit_id=_ID,
        name="oxycodone",
        dose="5 mg",
        times="1 tablet, up to 4 times a day",
        days=5,
        opioid=Answer.YES,
    )
