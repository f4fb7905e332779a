"""Facts for papers: an ordinary patient, and what everything together looks like."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from intake_app.domain.aftercare import AftercareFacts, compose
from intake_app.domain.before import BeforeFacts
from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.fractures import Cause, Fracture
from intake_app.domain.pain import PainMedicine
from intake_app.domain.paper_words_reader import read_words
from intake_app.domain.patients import Language, Patient
from intake_app.domain.procedures import (
    Closure,
    DoneAtLevel,
    NewMedicine,
    ProcedureRecord,
    Sedation,
    TreatedLevel,
)
from intake_app.domain.safety import Allergy, BloodThinner, SafetyFacts
from intake_app.domain.sheets import Block, Bullets, Composition, Lines, SpineFigure, Table
from intake_app.domain.spine import Level
from intake_app.domain.values import Answer
from intake_app.domain.visits import ResponsibleAdult, Technique, Visit
from intake_app.domain.wording import Wording, read_wording

WORDING_FOLDER = Path(__file__).parents[2] / "resources" / "wording" / "en"
ENGLISH = read_words((WORDING_FOLDER / "phrases.toml").read_text("utf-8"), "phrases.toml")

CLINIC = Clinic(
    id=CLINIC_ID,
    name="Prairie Spine Center",
    address_line_1="1200 Sample Avenue",
    address_line_2="Des Moines, IA 50300",
    phone_day="(515) 555-0100",
    phone_night="(515) 555-0199",
    emergency_number="911",
    time_zone="America/Chicago",
    opening_hours="Monday to Friday, 7 am to 6 pm",
    directions="Front door, bell marked Recovery",
    fasting_solid_hours=6,
    fasting_fluid_hours=2,
    before_visit_note="Wear loose clothes. Leave rings and watches at home.",
    adult_stays_hours=24,
    sedation_hours=24,
    sit_minutes=30,
    lifting_limit_kg=Decimal("4.54"),
    lifting_days=90,
    no_driving_hours=48,
    desk_work_days=2,
    strenuous_days=42,
    dressing_off_hours=24,
    strips_off_days=7,
    shower_after_hours=24,
    bath_after_days=14,
    ice_minutes=15,
    acetaminophen_max_mg=3000,
    pain_better_days=3,
    fever_limit_c=Decimal("38.0"),
    limits_approved_by="Dr. Ruth Calder",
    limits_approved_on=date(2026, 10, 1),
)
PATIENT = Patient(
    id="p1",
    family_name="Marsh",
    given_name="Helen",
    birth_date=date(1948, 3, 4),
    record_number="10023",
    language_read=Language.ENGLISH,
)
VISIT = Visit(
    id="v1",
    patient_id="p1",
    day=date(2026, 11, 22),
    planned_start=datetime(2026, 11, 22, 14, 0, tzinfo=UTC),
    planned_procedure=Technique.VERTEBROPLASTY,
    planned_sedation=Answer.YES,
    operator="Dr. Ruth Calder",
)
DRIVER = ResponsibleAdult(
    id="d1",
    visit_id="v1",
    name="Tom Marsh",
    will_take_home=Answer.YES,
    will_stay_overnight=Answer.YES,
)
PROCEDURE = ProcedureRecord(
    id="x1",
    visit_id="v1",
    operator="Dr. Ruth Calder",
    started_at=datetime(2026, 11, 22, 14, 5, tzinfo=UTC),
    ended_at=datetime(2026, 11, 22, 16, 0, tzinfo=UTC),
    sedation=Sedation.MODERATE,
    last_sedative_at=datetime(2026, 11, 22, 15, 40, tzinfo=UTC),
    closure=Closure.STRIPS,
    opioid_continued=Answer.NO,
    simple_pain_medicine="acetaminophen 500 mg, 2 tablets, up to 3 times a day",
    usual_medicines="Take your usual medicines from tonight on",
    brace=Answer.NO,
    follow_up_at=datetime(2026, 12, 4, 16, 30, tzinfo=UTC),
    follow_up_place="Dr. Calder, here at the clinic",
    call_back_on=date(2026, 11, 24),
    bone_health_referral=Answer.YES,
    discharge_ordered_by="Dr. Ruth Calder",
)
SAFETY = SafetyFacts(
    blood_thinner=Answer.NO,
    no_known_allergies=True,
    diabetes="none",
    kidney="none",
    sleep_apnoea="none",
    cancer=Answer.NO,
    steroids=Answer.NO,
)
FRACTURES = (
    Fracture(id="f1", visit_id="v1", level=Level.T12, cause=Cause.OSTEOPOROSIS),
    Fracture(id="f2", visit_id="v1", level=Level.L1, cause=Cause.OSTEOPOROSIS),
)


def treated(
    level: Level,
    done: DoneAtLevel | None = DoneAtLevel.VERTEBROPLASTY,
    *,
    punctures: int | None = 2,
) -> TreatedLevel:
    return TreatedLevel(
        id=f"t-{level.value}", visit_id="v1", level=level, done=done, punctures=punctures
    )


def medicine(name: str, opioid: Answer | None = Answer.NO) -> NewMedicine:
    return NewMedicine(
        id=f"m-{name}",
        visit_id="v1",
        name=name,
        dose="5 mg",
        times="every 6 hours",
        days=3,
        opioid=opioid,
    )


def pain_medicine(name: str, opioid: Answer | None = Answer.YES) -> PainMedicine:
    return PainMedicine(id=f"pm-{name}", visit_id="v1", name=name, opioid=opioid)


ORDINARY = AftercareFacts(
    patient=PATIENT,
    visit=VISIT,
    clinic=CLINIC,
    procedure=PROCEDURE,
    safety=SAFETY,
    nurse="Nora Bell",
    now=datetime(2026, 11, 22, 19, 0, tzinfo=UTC),
    fractures=FRACTURES,
    treated=(treated(Level.T12), treated(Level.L1)),
    driver=DRIVER,
    words=ENGLISH,
)
"""Sedation, two levels, osteoporosis, 78 years old, no blood thinner."""

EVERYTHING = replace(
    ORDINARY,
    procedure=replace(
        PROCEDURE,
        closure=Closure.STITCHES,
        stitches_out_on=date(2026, 12, 2),
        naloxone=Answer.YES,
        opioid_continued=Answer.YES,
        nsaid_ordered=True,
        antibiotic="cephalexin 500 mg, 4 times a day, 3 days",
        brace=Answer.YES,
        brace_when="when you are up",
        brace_until=date(2027, 1, 3),
        blood_thinner_restart="apixaban 5 mg, twice a day",
        blood_thinner_restart_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
        blood_thinner_ordered_by="Dr. Ruth Calder",
        diabetes_plan="Back to your usual insulin from tonight's meal",
        cancer_plan="Your cancer doctor calls you about the next infusion",
        sleep_apnoea_plan="Sleep with your head raised",
        bone_health_place="Bone clinic, December 14, 9 am",
        nurse_note="Your son has the spare dressings.",
    ),
    safety=SafetyFacts(
        blood_thinner=Answer.YES,
        blood_thinners=(BloodThinner("apixaban"),),
        allergies=(Allergy("adhesive tape"),),
        diabetes="type_2",
        kidney="disease",
        sleep_apnoea="diagnosed",
        cancer=Answer.YES,
        chemotherapy=Answer.YES,
        steroids=Answer.YES,
    ),
    treated=(
        treated(Level.T11),
        treated(Level.T12),
        treated(Level.L1, DoneAtLevel.KYPHOPLASTY),
        treated(Level.L2, DoneAtLevel.KYPHOPLASTY),
    ),
    new_medicines=(medicine("oxycodone", Answer.YES), medicine("docusate")),
)

BEFORE = BeforeFacts(
    patient=PATIENT,
    visit=VISIT,
    clinic=CLINIC,
    fractures=FRACTURES,
    driver=DRIVER,
    words=ENGLISH,
)


def shipped(name: str) -> Wording:
    return read_wording((WORDING_FOLDER / name).read_text("utf-8"), name)


AFTERCARE = shipped("aftercare.toml")


def composed(facts: AftercareFacts) -> Composition:
    return compose(facts, AFTERCARE)


def with_procedure(**changes: object) -> AftercareFacts:
    return replace(ORDINARY, procedure=replace(PROCEDURE, **changes))  # type: ignore[arg-type]


def with_safety(**changes: object) -> AftercareFacts:
    return replace(ORDINARY, safety=replace(SAFETY, **changes))  # type: ignore[arg-type]


def with_clinic(**changes: object) -> AftercareFacts:
    return replace(ORDINARY, clinic=replace(CLINIC, **changes))  # type: ignore[arg-type]


def texts_of(block: Block) -> tuple[str, ...]:
    """Return every text of a block: one sentence, list item or cell each."""
    found: list[str] = []
    for element in block.elements:
        match element:
            case Bullets():
                found += [element.lead, *element.items]
            case Table():
                found += [*element.head, *(cell for row in element.rows for cell in row)]
            case SpineFigure():
                found += [element.caption, *element.text]
            case Lines():
                found += element.labels
            case _:
                found.append(element.text)
    return tuple(text for text in found if text)


def said_by(composition: Composition, block_id: str) -> str:
    """Return all text of one block, one line for each text."""
    block = next(block for block in composition.blocks if block.id == block_id)
    return "\n".join(texts_of(block))


def all_text(composition: Composition) -> str:
    return "\n".join(
        text for block in composition.blocks for text in (block.title, *texts_of(block))
    )


def ids(composition: Composition) -> tuple[str, ...]:
    return tuple(block.id for block in composition.blocks)
