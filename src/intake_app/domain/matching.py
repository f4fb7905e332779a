"""Is this the same person? A weight in bits, and its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Self

from intake_app.domain.patients import Sex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.patients import Identifier, Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What of somebody is compared, as it was typed or stored."""

    id: str = ""
    family_name: str = ""
    given_name: str = ""
    middle_name: str = ""
    former_name: str = ""
    preferred_name: str = ""
    birth_date: date | None = None
    sex: Sex | None = None
    phones: tuple[str, ...] = ()
    address: str = ""
    city: str = ""
    postcode: str = ""
    record_number: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    """System and value of each number that somebody else gave."""

    @classmethod
    def of(cls, patient: Patient, identifiers: Iterable[Identifier] = ()) -> Self:
        """Return what is compared of a stored patient."""
        phones = (patient.mobile_phone, patient.home_phone)
        return cls(
            id=patient.id,
            family_name=patient.family_name,
            given_name=patient.given_name,
            middle_name=patient.middle_name,
            former_name=patient.former_name,
            preferred_name=patient.preferred_name,
            birth_date=patient.birth_date,
            sex=patient.sex,
            phones=tuple(phone for phone in phones if phone),
            address=" ".join(
                part for part in (patient.address_line_1, patient.address_line_2) if part
            ),
            city=patient.city,
            postcode=patient.postcode,
            record_number=patient.record_number,
            identifiers=tuple((each.system, each.value) for each in identifiers),
        )


class Certainty(Enum):
    """How sure the comparison is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against; ``reason_words`` says it in words."""

    code: str
    speaks_for: bool = True
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a stored patient is to the person asked about."""

    patient_id: str
    weight: float
    """Fellegi-Sunter weight in bits; the odds that it is the same person are 2 to its power."""
    certainty: Certainty
    reasons: tuple[Reason, ...]
