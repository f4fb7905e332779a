"""What was really done (clinical.md 1.11, F-120 to F-132): the aftercare sheet depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Kind, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.spine import Level
from intake_app.domain.validation import CrossChecks, Problem
from intake_app.domain.values import Answer, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.reading import Locality

_NURSE = EnteredBy.NURSE
STAMPS = ("started_at", "ended_at", "recovery_at", "ready_at", "left_at")
"""F-121, in the order in which they happen."""
LONGEST_DAY_HOURS = 24


class Sedation(Choice):
    """Sedation given (F-122)."""

    NONE = "none", N_("None: local anaesthetic only")
    MINIMAL = "minimal", N_("Minimal")
    MODERATE = "moderate", N_("Moderate")
    DEEP = "deep", N_("Deep or general anaesthetic")


class Closure(Choice):
    """How the skin was closed (F-124)."""

    NONE = "none", N_("Nothing: skin nick only")
    STRIPS = "strips", N_("Paper strips")
    GLUE = "glue", N_("Skin glue")
    DISSOLVING = "dissolving", N_("Stitches that dissolve")
    STITCHES = "stitches", N_("Stitches to remove")


class Event(Choice):
    """What happened during the procedure (F-125)."""

    NONE = "none", N_("None")
    LEAK = "leak", N_("Cement leak noted")
    BLEEDING = "bleeding", N_("Bleeding")
    LOW_BP = "low_bp", N_("Low blood pressure")
    LOW_SPO2 = "low_spo2", N_("Low oxygen")
    OTHER = "other", N_("Other")


def _stamps_in_order(values: Mapping[str, FieldValue], _: Locality) -> Iterable[Problem]:
    given = [(key, at) for key in STAMPS if isinstance(at := values.get(key), datetime)]
    for (before, earlier), (key, later) in pairwise(given):
        if later < earlier:
            yield Problem.of(key, "stamp_out_of_order", before=before)
        elif (later - earlier).total_seconds() > LONGEST_DAY_HOURS * 3600:
            yield Problem.of(key, "stamp_far_away", warning=True, before=before)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRecord(Record):
    """The procedure of one visit, typed by the nurse from the physician's note. One row."""

    FORM: ClassVar[str] = "procedure"
    OWNER: ClassVar[str] = "visit_id"
    CHECKS: ClassVar[CrossChecks] = (_stamps_in_order,)

    visit_id: str
    operator: Annotated[str, Spec(N_("Operator"), max_length=80, by=_NURSE, handle="F-120")] = ""
    started_at: Annotated[datetime | None, Spec(N_("Started"), by=_NURSE, handle="F-121")] = None
    ended_at: Annotated[datetime | None, Spec(N_("Ended"), by=_NURSE, handle="F-121")] = None
    recovery_at: Annotated[
        datetime | None, Spec(N_("Into recovery"), by=_NURSE, handle="F-121")
    ] = None
    ready_at: Annotated[
        datetime | None, Spec(N_("Ready to go home"), by=_NURSE, handle="F-121")
    ] = None
    left_at: Annotated[datetime | None, Spec(N_("Left"), by=_NURSE, handle="F-121")] = None
    sedation: Annotated[Sedation | None, Spec(N_("Sedation given"), by=_NURSE, handle="F-122")] = (
        None
    )
    last_sedative_at: Annotated[
        datetime | None, Spec(N_("Last dose into the vein"), by=_NURSE, handle="F-122")
    ] = None
    reversal: Annotated[
        Answer | None, Spec(N_("Reversal drug given"), by=_NURSE, handle="F-122")
    ] = None
    reversal_at: Annotated[
        datetime | None, Spec(N_("Reversal drug at"), by=_NURSE, handle="F-122")
    ] = None
    closure: Annotated[Closure | None, Spec(N_("Skin closed with"), by=_NURSE, handle="F-124")] = (
        None
    )
    stitches_out_on: Annotated[
        date | None, Spec(N_("Stitches out on"), by=_NURSE, handle="F-124")
    ] = None
    events: Annotated[tuple[Event, ...], Spec(N_("Events"), by=_NURSE, handle="F-125")] = ()
    events_note: Annotated[
        str, Spec(N_("More about the events"), max_length=300, by=_NURSE, handle="F-125")
    ] = ""
    naloxone: Annotated[Answer | None, Spec(N_("Naloxone supplied"), by=_NURSE, handle="F-126")] = (
        None
    )
    opioid_continued: Annotated[
        Answer | None, Spec(N_("Goes on with an opioid from before"), by=_NURSE, handle="F-126")
    ] = None
    simple_pain_medicine: Annotated[
        str,
        Spec(
            N_("Pain medicine for home, as ordered"),
            max_length=120,
            by=_NURSE,
            handle="F-126",
            hint=N_("Medicine, dose, how often, as ordered"),
        ),
    ] = ""
    nsaid_ordered: Annotated[
        bool, Spec(N_("Physician ordered an anti-inflammatory (NSAID)"), by=_NURSE, handle="F-126")
    ] = False
    usual_medicines: Annotated[
        str,
        Spec(
            N_("Usual medicines: what to restart and when"),
            Kind.LONG_TEXT,
            max_length=300,
            by=_NURSE,
            handle="F-126",
        ),
    ] = ""
    antibiotic: Annotated[
        str, Spec(N_("Antibiotic prescribed"), max_length=120, by=_NURSE, handle="F-126")
    ] = ""
    brace: Annotated[Answer | None, Spec(N_("Brace"), by=_NURSE, handle="F-127")] = None
    brace_when: Annotated[
        str,
        Spec(
            N_("Wear the brace"),
            max_length=80,
            by=_NURSE,
            handle="F-127",
            hint=N_("for example: when you are up"),
        ),
    ] = ""
    brace_until: Annotated[date | None, Spec(N_("Brace until"), by=_NURSE, handle="F-127")] = None
    limits_ordered_by: Annotated[
        str,
        Spec(
            N_("Different limits ordered by"),
            max_length=80,
            by=_NURSE,
            handle="F-128",
            hint=N_("Empty: the clinic’s approved limits"),
        ),
    ] = ""
    lifting_limit: Annotated[
        Decimal | None,
        Spec(
            N_("Lifting limit"),
            minimum=Decimal(0),
            maximum=Decimal(50),
            decimals=1,
            by=_NURSE,
            handle="F-128",
        ),
    ] = None
    lifting_until: Annotated[
        date | None, Spec(N_("Lifting limit until"), by=_NURSE, handle="F-128")
    ] = None
    no_driving_hours: Annotated[
        int | None,
        Spec(
            N_("No driving for"),
            minimum=0,
            maximum=2000,
            unit=N_("hours"),
            by=_NURSE,
            handle="F-128",
        ),
    ] = None
    shower_after_hours: Annotated[
        int | None,
        Spec(
            N_("Shower after"), minimum=0, maximum=720, unit=N_("hours"), by=_NURSE, handle="F-128"
        ),
    ] = None
    bath_after_days: Annotated[
        int | None,
        Spec(
            N_("Bath or pool after"),
            minimum=0,
            maximum=180,
            unit=N_("days"),
            by=_NURSE,
            handle="F-128",
        ),
    ] = None
    dressing_off_hours: Annotated[
        int | None,
        Spec(
            N_("Dressing off after"),
            minimum=0,
            maximum=240,
            unit=N_("hours"),
            by=_NURSE,
            handle="F-128",
        ),
    ] = None
    blood_thinner_restart: Annotated[
        str,
        Spec(
            N_("Blood thinner: restart"),
            max_length=160,
            by=_NURSE,
            handle="F-129",
            hint=N_("Medicine, dose, how often, as ordered"),
        ),
    ] = ""
    blood_thinner_restart_at: Annotated[
        datetime | None, Spec(N_("First dose again on"), by=_NURSE, handle="F-129")
    ] = None
    blood_thinner_ordered_by: Annotated[
        str, Spec(N_("Restart ordered by"), max_length=80, by=_NURSE, handle="F-129")
    ] = ""
    diabetes_plan: Annotated[
        str,
        Spec(N_("Diabetes: what to restart and when"), max_length=200, by=_NURSE, handle="F-128"),
    ] = ""
    cancer_plan: Annotated[
        str, Spec(N_("Cancer care: what was ordered"), max_length=200, by=_NURSE, handle="F-128")
    ] = ""
    sleep_apnoea_plan: Annotated[
        str, Spec(N_("Sleep apnea: what was ordered"), max_length=200, by=_NURSE, handle="F-128")
    ] = ""
    follow_up_at: Annotated[
        datetime | None, Spec(N_("Follow-up visit"), by=_NURSE, handle="F-130")
    ] = None
    follow_up_place: Annotated[
        str, Spec(N_("Where and with whom"), max_length=120, by=_NURSE, handle="F-130")
    ] = ""
    call_back_on: Annotated[date | None, Spec(N_("We ring on"), by=_NURSE, handle="F-130")] = None
    bone_health_referral: Annotated[
        Answer | None, Spec(N_("Referred for bone health"), by=_NURSE, handle="F-130")
    ] = None
    bone_health_place: Annotated[
        str,
        Spec(N_("Bone-health visit: when and where"), max_length=120, by=_NURSE, handle="F-130"),
    ] = ""
    score_variant: Annotated[
        str,
        Spec(
            N_("Discharge score used"),
            max_length=60,
            by=_NURSE,
            handle="F-131",
            hint=N_("Name and variant of the score"),
        ),
    ] = ""
    score_items: Annotated[
        str,
        Spec(
            N_("Items"),
            max_length=60,
            by=_NURSE,
            handle="F-131",
            hint=N_("one number for each item"),
        ),
    ] = ""
    score_total: Annotated[
        int | None, Spec(N_("Total"), minimum=0, maximum=20, by=_NURSE, handle="F-131")
    ] = None
    score_at: Annotated[datetime | None, Spec(N_("Scored at"), by=_NURSE, handle="F-131")] = None
    score_by: Annotated[str, Spec(N_("Scored by"), max_length=80, by=_NURSE, handle="F-131")] = ""
    discharge_ordered_by: Annotated[
        str, Spec(N_("Discharge ordered by"), max_length=80, by=_NURSE, handle="F-132")
    ] = ""
    discharge_ordered_at: Annotated[
        datetime | None, Spec(N_("Discharge ordered at"), by=_NURSE, handle="F-132")
    ] = None
    nurse_note: Annotated[
        str,
        Spec(
            N_("Note on the sheet, added by nurse"),
            Kind.LONG_TEXT,
            max_length=300,
            by=_NURSE,
            hint=N_("Printed in its own box with your name"),
        ),
    ] = ""


class DoneAtLevel(Choice):
    """What was done at one level (F-120)."""

    VERTEBROPLASTY = "VP", N_("Vertebroplasty")
    KYPHOPLASTY = "BKP", N_("Balloon kyphoplasty")
    OTHER = "other", N_("Other implant")
    NOT_DONE = "not_done", N_("Not done")


class Side(Choice):
    """Side of the puncture (F-123)."""

    LEFT = "left", N_("Left")
    RIGHT = "right", N_("Right")
    BOTH = "both", N_("Both sides")


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatedLevel(Record):
    """What was done at one level (F-120, F-123); may differ from the plan."""

    FORM: ClassVar[str] = "treated_level"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    level: Annotated[Level, Spec(N_("Level"), by=_NURSE, handle="F-120")]
    done: Annotated[DoneAtLevel | None, Spec(N_("Done"), by=_NURSE, handle="F-120")] = None
    not_done_reason: Annotated[str, Spec(N_("Why not"), by=_NURSE, handle="F-120")] = ""
    punctures: Annotated[
        int | None, Spec(N_("Skin nicks"), minimum=0, maximum=4, by=_NURSE, handle="F-123")
    ] = None
    side: Annotated[Side | None, Spec(N_("Side"), by=_NURSE, handle="F-123")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMedicine(Record):
    """One medicine prescribed at discharge (F-126)."""

    FORM: ClassVar[str] = "new_medicine"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    name: Annotated[str, Spec(N_("Medicine"), max_length=80, by=_NURSE, handle="F-126")]
    dose: Annotated[str, Spec(N_("Dose"), max_length=40, by=_NURSE, handle="F-126")] = ""
    times: Annotated[str, Spec(N_("How often"), max_length=60, by=_NURSE, handle="F-126")] = ""
    days: Annotated[
        int | None, Spec(N_("Days"), minimum=0, maximum=365, by=_NURSE, handle="F-126")
    ] = None
    opioid: Annotated[Answer | None, Spec(N_("Opioid"), by=_NURSE, handle="F-126")] = None


def levels_treated(rows: Iterable[TreatedLevel]) -> tuple[TreatedLevel, ...]:
    """Return the levels where something was done, leaving out *not done* and blank rows."""
    return tuple(row for row in rows if row.done and row.done is not DoneAtLevel.NOT_DONE)
