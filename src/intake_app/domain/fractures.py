"""One row for each fracture (clinical.md 1.2). The count is never typed: it is counted here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.spine import Level
from intake_app.domain.validation import CrossChecks, Problem
from intake_app.domain.values import Choice, PartialDate
from intake_app.domain.visits import Technique

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.reading import Locality


class LevelSource(Choice):
    """Who counted the level (F-31)."""

    REPORT = "report", N_("Radiology report")
    REFERRAL = "referral", N_("Referral letter")
    PATIENT = "patient", N_("Patient")
    OTHER = "other", N_("Other")


class FractureStatus(Choice):
    """What is planned for the fracture (F-32). Only the first one counts for time."""

    PLANNED = "planned", N_("Planned to treat")
    HEALED = "healed", N_("Old or healed")
    WATCH = "watch", N_("Watch only")
    TREATED = "treated", N_("Already treated")


class Genant(Choice):
    """Genant grade, copied from the report and never graded here (F-33, [GENANT])."""

    G0 = "0", N_("0: under 20 % height loss")
    G05 = "0.5", N_("0.5: suspected")
    G1 = "1", N_("1: 20-25 %")
    G2 = "2", N_("2: 25-40 %")
    G3 = "3", N_("3: over 40 %")
    NOT_GRADED = "not_graded", N_("Not graded")


class Shape(Choice):
    """Shape of the fracture as the report says it (F-35)."""

    WEDGE = "wedge", N_("Wedge")
    BICONCAVE = "biconcave", N_("Biconcave")
    CRUSH = "crush", N_("Crush (whole body)")
    BURST = "burst", N_("Burst")
    SPLIT = "split", N_("Split or pincer")
    OTHER = "other", N_("Other")
    NOT_STATED = "not_stated", N_("Not stated")


class PosteriorWall(Choice):
    """Posterior wall broken or a fragment in the canal (F-36)."""

    NO = "no", N_("No")
    YES = "yes", N_("Yes")
    NOT_STATED = "not_stated", N_("Not stated")


class Cause(Choice):
    """Cause of the fracture (F-39)."""

    OSTEOPOROSIS = "osteoporosis", N_("Osteoporosis")
    TRAUMA = "trauma", N_("Trauma (high energy)")
    METASTASIS = "metastasis", N_("Tumour: metastasis")
    MYELOMA = "myeloma", N_("Tumour: myeloma")
    HAEMANGIOMA = "haemangioma", N_("Haemangioma")
    STEROID = "steroid", N_("Steroid-related")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Not known")


TUMOUR_CAUSES = frozenset({Cause.METASTASIS, Cause.MYELOMA})


class Trigger(Choice):
    """What happened (F-40; list from [SEED])."""

    FALL_STANDING = "fall_standing", N_("Fall from standing")
    LIFTING = "lifting", N_("Lifting")
    BENDING = "bending", N_("Bending")
    SLIP = "slip", N_("Slip")
    COUGH = "cough", N_("Cough or sneeze")
    ROAD_CRASH = "road_crash", N_("Road crash")
    FALL_HEIGHT = "fall_height", N_("Fall from a height")
    NONE_KNOWN = "none_known", N_("None known")
    OTHER = "other", N_("Other")


class Oedema(Choice):
    """Marrow oedema seen at this level (F-42)."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    NOT_ASSESSED = "not_assessed", N_("Not assessed")


def _happened_already(values: Mapping[str, FieldValue], locality: Locality) -> Iterable[Problem]:
    happened = values.get("happened")
    if isinstance(happened, PartialDate) and happened.earliest > locality.today:
        yield Problem.of("happened", "date_in_future")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fracture(Record):
    """One fracture of one visit (F-30 to F-42)."""

    FORM: ClassVar[str] = "fracture"
    OWNER: ClassVar[str] = "visit_id"
    CHECKS: ClassVar[CrossChecks] = (_happened_already,)

    visit_id: str
    level: Annotated[Level, Spec(N_("Level"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-30")]
    status: Annotated[
        FractureStatus, Spec(N_("Status"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-32")
    ] = FractureStatus.PLANNED
    counted_by: Annotated[LevelSource | None, Spec(N_("Level counted by"), handle="F-31")] = None
    technique: Annotated[
        Technique | None,
        Spec(N_("Planned technique"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-22"),
    ] = None
    happened: Annotated[
        PartialDate | None,
        Spec(
            N_("When it broke"),
            by=EnteredBy.RECEPTION_THEN_NURSE,
            handle="F-38",
            hint=N_("March 2026, or about 3 weeks"),
        ),
    ] = None
    cause: Annotated[
        Cause | None, Spec(N_("Cause"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-39")
    ] = None
    trigger: Annotated[Trigger | None, Spec(N_("What happened"), handle="F-40")] = None
    severity: Annotated[
        Genant | None, Spec(N_("Genant grade, from the report"), by=EnteredBy.NURSE, handle="F-33")
    ] = None
    height_loss: Annotated[
        int | None,
        Spec(
            N_("Height loss"), minimum=0, maximum=100, unit="%", by=EnteredBy.NURSE, handle="F-34"
        ),
    ] = None
    shape: Annotated[Shape | None, Spec(N_("Shape"), by=EnteredBy.NURSE, handle="F-35")] = None
    posterior_wall: Annotated[
        PosteriorWall | None, Spec(N_("Posterior wall broken"), by=EnteredBy.NURSE, handle="F-36")
    ] = None
    kyphosis: Annotated[
        int | None,
        Spec(
            N_("Kyphosis angle"), minimum=0, maximum=90, unit="°", by=EnteredBy.NURSE, handle="F-37"
        ),
    ] = None
    oedema: Annotated[
        Oedema | None, Spec(N_("Marrow oedema at this level"), by=EnteredBy.NURSE, handle="F-42")
    ] = None
    earlier: Annotated[
        str,
        Spec(
            N_("Earlier fractures or cement, with year"),
            max_length=200,
            by=EnteredBy.RECEPTION_THEN_NURSE,
            handle="F-41",
        ),
    ] = ""
    treated_on: Annotated[
        PartialDate | None, Spec(N_("Treated on"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-32")
    ] = None
    confirmed_by: str = ""


def planned(fractures: Iterable[Fracture]) -> tuple[Fracture, ...]:
    """Return the rows planned to treat; their number is n of the estimate."""
    return tuple(row for row in fractures if row.status is FractureStatus.PLANNED)
