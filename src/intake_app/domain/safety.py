"""What the safety questions (F-70 to F-110) mean to flags and sheets, as typed facts.

``None`` means nobody asked or answered; ``Answer.UNKNOWN`` means "we do not know" was the answer.
Neither is ever treated as no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.values import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Allergy:
    """One allergy as it was told (F-80)."""

    substance: str
    reaction: str = ""
    severity: str = ""


@dataclass(frozen=True, slots=True)
class BloodThinner:
    """One blood thinner or antiplatelet (F-71)."""

    name: str
    dose: str = ""
    last_dose_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFacts:
    """The answers that rules compute with."""

    blood_thinner: Answer | None = None
    blood_thinners: tuple[BloodThinner, ...] = ()
    hold_ordered: str = ""
    """F-72 as typed: drug, last dose and who ordered it; empty when there is no hold plan."""
    inr: Decimal | None = None
    platelets: Decimal | None = None
    """10⁹/L."""
    no_known_allergies: bool = False
    allergies: tuple[Allergy, ...] = ()
    temperature_c: Decimal | None = None
    infection_signs: Mapping[str, Answer] = field(default_factory=dict)
    """Label of each infection question (F-91) with its answer."""
    pregnancy: str | None = None
    """``no``, ``possible``, ``positive``, ``not_applicable``, ``unknown``."""
    diabetes: str | None = None
    """``none``, ``type_1``, ``type_2``, ``other``, ``unknown``."""
    diabetes_drugs: tuple[str, ...] = ()
    """Of ``insulin``, ``sglt2``, ``metformin``, ``glp1``: those answered yes."""
    diabetes_plan: str = ""
    glucose_mg_dl: Decimal | None = None
    kidney: str | None = None
    """``none``, ``disease``, ``dialysis``, ``unknown``."""
    conditions: tuple[str, ...] = ()
    """Of ``heart_failure``, ``heart``, ``lung``, ``severe_lung``, ``liver``, ``stroke``,
    ``seizure``, ``ulcer``."""
    asa: str | None = None
    """``1`` to ``6``."""
    sleep_apnoea: str | None = None
    """``none``, ``suspected``, ``diagnosed``, ``unknown``."""
    cpap: Answer | None = None
    last_solid_at: datetime | None = None
    last_fluid_at: datetime | None = None
    lie_prone: str | None = None
    """``yes``, ``short``, ``no``, ``unknown``."""
    skin: str | None = None
    """``intact``, ``rash``, ``wound``."""
    cancer: Answer | None = None
    cancer_kind: str = ""
    chemotherapy: Answer | None = None
    """Within the last four weeks (F-104)."""
    epidural_tumour: Answer | None = None
    cord_signs: Answer | None = None
    steroids: Answer | None = None
    tumour_work_up: str = ""
    sees_to_teaching: str = ""
    """Who receives the teaching (F-107)."""
