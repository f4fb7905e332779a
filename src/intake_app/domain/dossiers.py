"""Everything recorded about one person, as it is told to other systems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.exchange import Cancelled
    from intake_app.domain.fractures import Fracture
    from intake_app.domain.patients import EmergencyContact, Identifier, Patient
    from intake_app.domain.procedures import ProcedureRecord, TreatedLevel
    from intake_app.domain.questionnaires import SafetyAnswers
    from intake_app.domain.sheets import StoredSheet
    from intake_app.domain.visits import ResponsibleAdult, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDossier:
    """One visit with everything that hangs on it."""

    visit: Visit
    driver: ResponsibleAdult | None = None
    procedure: ProcedureRecord | None = None
    safety: SafetyAnswers | None = None
    numbers: tuple[tuple[str, str], ...] = ()
    """System and number under which others know the visit."""
    fractures: tuple[Fracture, ...] = ()
    treated: tuple[TreatedLevel, ...] = ()
    sheets: tuple[StoredSheet, ...] = ()
    """Latest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One patient with contact, numbers and visits."""

    patient: Patient
    contact: EmergencyContact | None = None
    identifiers: tuple[Identifier, ...] = ()
    visits: tuple[VisitDossier, ...] = ()
    replaces: tuple[str, ...] = ()
    """Ids of the records that became part of this one."""
    staff: Mapping[str, str] = field(default_factory=dict)
    """Names of those who made the sheets, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How dossiers are written down."""

    clinic: Clinic
    at: datetime
    """When it is written."""
    with_papers: bool = True
    """The handed-out sheets go along as documents; otherwise only that there was one."""


class DossierFiles(Protocol):
    """Writes people for other systems. The only thing that knows what FHIR is."""

    def write(
        self,
        target: Path,
        dossiers: Iterable[Dossier],
        telling: Telling,
        *,
        cancelled: Cancelled | None = None,
    ) -> int:
        """Write everybody to one file, whole or not at all; return how many there were.

        Stopped half-way, it leaves nothing behind and returns 0.

        Raises:
            FileUnwritableError: it cannot be written there.
        """
