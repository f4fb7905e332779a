"""Imaging of one visit (clinical.md 1.3, F-50 to F-55)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.values import Answer, Choice


class MriDone(Choice):
    """Whether an MRI was done (F-50)."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    BOOKED = "booked", N_("Booked")


class NoMriReason(Choice):
    """Why an MRI is not possible (F-52): a reason, never a safety decision on MRI."""

    PACEMAKER = "pacemaker", N_("Pacemaker, ICD or leads not MR-safe")
    COCHLEAR = "cochlear", N_("Cochlear implant")
    NERVE_STIMULATOR = "nerve_stimulator", N_("Nerve stimulator")
    ANEURYSM_CLIP = "aneurysm_clip", N_("Brain aneurysm clip")
    METAL_EYE = "metal_eye", N_("Metal in the eye")
    TISSUE_EXPANDER = "tissue_expander", N_("Tissue expander")
    PUMP = "pump", N_("Pump")
    OTHER_IMPLANT = "other_implant", N_("Other implant")
    CLAUSTROPHOBIA = "claustrophobia", N_("Claustrophobia")
    CANNOT_LIE_FLAT = "cannot_lie_flat", N_("Cannot lie flat")
    SIZE = "size", N_("Size or weight limit")
    NOT_AVAILABLE = "not_available", N_("Not available")
    REFUSED = "refused", N_("Refused")
    OTHER = "other", N_("Other")


class OtherImaging(Choice):
    """Imaging other than MRI (F-53)."""

    BONE_SCAN = "bone_scan", N_("Bone scan")
    SPECT_CT = "spect_ct", N_("SPECT/CT")
    CT = "ct", N_("CT")
    DEXA = "dexa", N_("DEXA")
    XRAY = "xray", N_("X-ray series")
    NONE = "none", N_("None")


class DexaSite(Choice):
    """Where density was measured (F-54)."""

    HIP = "hip", N_("Hip")
    NECK = "neck", N_("Neck of the hip")
    SPINE = "spine", N_("Spine")
    FOREARM = "forearm", N_("Forearm")


class LevelMatch(Choice):
    """Tender level equals imaged level (F-55)."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    NOT_EXAMINED = "not_examined", N_("Not examined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imaging(Record):
    """What imaging there is. One row for each visit."""

    FORM: ClassVar[str] = "imaging"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    mri: Annotated[MriDone | None, Spec(N_("MRI"), handle="F-50")] = None
    mri_on: Annotated[date | None, Spec(N_("Date of the MRI"), handle="F-50")] = None
    mri_place: Annotated[str, Spec(N_("Place of the MRI"), max_length=80, handle="F-50")] = ""
    mri_accession: Annotated[str, Spec(N_("Accession number"), max_length=40, handle="F-50")] = ""
    mri_stir: Annotated[
        Answer | None, Spec(N_("STIR or fat-suppressed T2"), by=EnteredBy.NURSE, handle="F-51")
    ] = None
    no_mri_reason: Annotated[
        NoMriReason | None, Spec(N_("Why no MRI"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-52")
    ] = None
    no_mri_note: Annotated[
        str, Spec(N_("More about why no MRI"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-52")
    ] = ""
    other: Annotated[
        tuple[OtherImaging, ...],
        Spec(N_("Other imaging"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-53"),
    ] = ()
    other_on: Annotated[
        date | None,
        Spec(N_("Date of the other imaging"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-53"),
    ] = None
    other_result: Annotated[
        str,
        Spec(
            N_("Result of the other imaging"),
            max_length=300,
            by=EnteredBy.RECEPTION_THEN_NURSE,
            handle="F-53",
        ),
    ] = ""
    dexa_on: Annotated[
        date | None, Spec(N_("Date of the DEXA"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-54")
    ] = None
    dexa_site: Annotated[
        DexaSite | None, Spec(N_("DEXA site"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-54")
    ] = None
    dexa_t_score: Annotated[
        Decimal | None,
        Spec(
            N_("T-score"),
            minimum=Decimal(-6),
            maximum=Decimal(4),
            decimals=1,
            by=EnteredBy.RECEPTION_THEN_NURSE,
            handle="F-54",
            hint=N_("for example −2.5"),
        ),
    ] = None
    level_match: Annotated[
        LevelMatch | None,
        Spec(N_("Tender level is the imaged level"), by=EnteredBy.NURSE, handle="F-55"),
    ] = None
