"""Pain and function before the procedure (clinical.md 1.4, F-60 to F-67)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.values import Answer, Choice, PartialDate


class PainCourse(Choice):
    """How the pain has changed (F-61)."""

    WORSE = "worse", N_("Getting worse")
    SAME = "same", N_("The same")
    BETTER = "better", N_("Getting better")


class Walking(Choice):
    """How the patient walks (F-64)."""

    ALONE = "alone", N_("Alone")
    STICK = "stick", N_("With a stick")
    FRAME = "frame", N_("With a frame")
    WHEELCHAIR = "wheelchair", N_("Wheelchair")
    BED = "bed", N_("In bed")


class CareTried(Choice):
    """Non-surgical care that was tried (F-66)."""

    ANALGESIA = "analgesia", N_("Pain medicine")
    BRACE = "brace", N_("Brace")
    REST = "rest", N_("Rest")
    PHYSIOTHERAPY = "physiotherapy", N_("Physiotherapy")
    CALCITONIN = "calcitonin", N_("Calcitonin")
    OTHER = "other", N_("Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class PainFunction(Record):
    """Pain, function and leg symptoms. One row for each visit."""

    FORM: ClassVar[str] = "pain"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    pain_now: Annotated[
        int | None,
        Spec(N_("Pain now (0-10)"), minimum=0, maximum=10, by=EnteredBy.NURSE, handle="F-60"),
    ] = None
    pain_worst: Annotated[
        int | None,
        Spec(
            N_("Worst pain in 24 hours (0-10)"),
            minimum=0,
            maximum=10,
            by=EnteredBy.NURSE,
            handle="F-60",
        ),
    ] = None
    pain_moving: Annotated[
        int | None,
        Spec(
            N_("Pain on standing or turning (0-10)"),
            minimum=0,
            maximum=10,
            by=EnteredBy.NURSE,
            handle="F-60",
        ),
    ] = None
    course: Annotated[PainCourse | None, Spec(N_("Pain is"), by=EnteredBy.NURSE, handle="F-61")] = (
        None
    )
    roland_morris: Annotated[
        int | None,
        Spec(N_("Roland-Morris (0-24)"), minimum=0, maximum=24, by=EnteredBy.NURSE, handle="F-62"),
    ] = None
    oswestry: Annotated[
        int | None,
        Spec(N_("Oswestry"), minimum=0, maximum=100, unit="%", by=EnteredBy.NURSE, handle="F-63"),
    ] = None
    walking: Annotated[Walking | None, Spec(N_("Walking"), by=EnteredBy.NURSE, handle="F-64")] = (
        None
    )
    care_tried: Annotated[
        tuple[CareTried, ...],
        Spec(N_("Care tried so far"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-66"),
    ] = ()
    care_tried_weeks: Annotated[
        int | None,
        Spec(
            N_("For how long"),
            minimum=0,
            maximum=520,
            unit=N_("weeks"),
            by=EnteredBy.RECEPTION_THEN_NURSE,
            handle="F-66",
        ),
    ] = None
    leg_weakness: Annotated[
        Answer | None, Spec(N_("New weakness in a leg"), by=EnteredBy.NURSE, handle="F-67")
    ] = None
    leg_numbness: Annotated[
        Answer | None, Spec(N_("New numbness in a leg"), by=EnteredBy.NURSE, handle="F-67")
    ] = None
    saddle_numbness: Annotated[
        Answer | None, Spec(N_("Numb between the legs"), by=EnteredBy.NURSE, handle="F-67")
    ] = None
    bladder_bowel: Annotated[
        Answer | None, Spec(N_("Bladder or bowel change"), by=EnteredBy.NURSE, handle="F-67")
    ] = None
    leg_symptoms_since: Annotated[
        PartialDate | None, Spec(N_("Since"), by=EnteredBy.NURSE, handle="F-67")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PainMedicine(Record):
    """One pain medicine taken now (F-65)."""

    FORM: ClassVar[str] = "pain_medicine"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    name: Annotated[
        str, Spec(N_("Medicine"), max_length=80, by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-65")
    ]
    dose: Annotated[
        str, Spec(N_("Dose"), max_length=40, by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-65")
    ] = ""
    times_a_day: Annotated[
        str,
        Spec(N_("Times a day"), max_length=40, by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-65"),
    ] = ""
    opioid: Annotated[
        Answer | None, Spec(N_("Opioid"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-65")
    ] = None
    mme_a_day: Annotated[
        int | None,
        Spec(N_("MME a day"), minimum=0, maximum=2000, by=EnteredBy.NURSE, handle="F-65"),
    ] = None
