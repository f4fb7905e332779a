"""Records for tests: valid by default, changed by name. One line of intent per test is enough."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.countries import Country, Paper, Units
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
from intake_app.domain.reading import Locality
from intake_app.domain.spine import Level
from intake_app.domain.staff import Actor, Role
from intake_app.domain.visits import ResponsibleAdult, Visit

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)

# Any: a builder takes whatever field the record has; the record itself is typed.


def a_locality(**changes: Any) -> Locality:
    """Return a clinic that writes the month first, on 22 November 2026."""
    return Locality(**({"today": TODAY} | changes))


def a_patient(**changes: Any) -> Patient:
    """Return Jane Doe, born 4 March 1951."""
    values: dict[str, Any] = {
        "id": "patient-1",
        "family_name": "Doe",
        "given_name": "Jane",
        "birth_date": date(1951, 3, 4),
        "record_number": "P-000001",
        "mobile_phone": "+1 555 010 2030",
    }
    return Patient(**(values | changes))


def a_contact(**changes: Any) -> EmergencyContact:
    """Return an emergency contact of Jane Doe."""
    values = {"id": "contact-1", "patient_id": "patient-1", "name": "John Doe"}
    return EmergencyContact(**(values | changes))


def an_insurance(**changes: Any) -> Insurance:
    """Return the insurance of Jane Doe."""
    return Insurance(**({"id": "insurance-1", "patient_id": "patient-1"} | changes))


def a_visit(**changes: Any) -> Visit:
    """Return a visit today that starts at 8:00 UTC."""
    values: dict[str, Any] = {
        "id": "visit-1",
        "patient_id": "patient-1",
        "day": TODAY,
        "planned_start": datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
    }
    return Visit(**(values | changes))


def a_driver(**changes: Any) -> ResponsibleAdult:
    """Return who takes the patient home."""
    values = {"id": "driver-1", "visit_id": "visit-1", "name": "John Doe"}
    return ResponsibleAdult(**(values | changes))


def a_fracture(level: str = "T12", **changes: Any) -> Fracture:
    """Return a fracture planned to treat."""
    values: dict[str, Any] = {
        "id": f"fracture-{level}",
        "visit_id": "visit-1",
        "level": Level(level),
    }
    return Fracture(**(values | changes))


def an_imaging(**changes: Any) -> Imaging:
    """Return imaging nobody has filled in."""
    return Imaging(**({"id": "imaging-1", "visit_id": "visit-1"} | changes))


def a_pain(**changes: Any) -> PainFunction:
    """Return pain and function nobody has filled in."""
    return PainFunction(**({"id": "pain-1", "visit_id": "visit-1"} | changes))


def a_procedure(**changes: Any) -> ProcedureRecord:
    """Return a procedure with moderate sedation and paper strips, recovery at 9:30 UTC."""
    values: dict[str, Any] = {
        "id": "procedure-1",
        "visit_id": "visit-1",
        "operator": "Dr. Park",
        "started_at": datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
        "ended_at": datetime(2026, 11, 22, 9, 15, tzinfo=UTC),
        "recovery_at": datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        "sedation": Sedation.MODERATE,
        "last_sedative_at": datetime(2026, 11, 22, 9, 5, tzinfo=UTC),
        "closure": Closure.STRIPS,
    }
    return ProcedureRecord(**(values | changes))


def a_treated_level(level: str = "T12", **changes: Any) -> TreatedLevel:
    """Return a level where a kyphoplasty was done."""
    values: dict[str, Any] = {
        "id": f"treated-{level}",
        "visit_id": "visit-1",
        "level": Level(level),
        "done": DoneAtLevel.KYPHOPLASTY,
    }
    return TreatedLevel(**(values | changes))


def a_clinic(**changes: Any) -> Clinic:
    """Return a clinic with every limit filled in and approved, on UTC so that times are plain."""
    values: dict[str, Any] = {
        "id": CLINIC_ID,
        "name": "Hillside Spine Clinic",
        "address_line_1": "1 Hill Road",
        "phone_day": "+1 555 010 0001",
        "phone_night": "+1 555 010 0002",
        "country": Country.US,
        "emergency_number": "911",
        "time_zone": "UTC",
        "units": Units.US,
        "paper": Paper.LETTER,
        "opening_hours": "Monday to Friday, 07:00 to 18:00",
        "opens": time(7),
        "closes": time(18),
        "adult_stays_hours": 24,
        "sedation_hours": 24,
        "sit_minutes": 30,
        "lifting_limit_kg": Decimal("4.5"),
        "lifting_days": 14,
        "no_driving_hours": 48,
        "desk_work_days": 3,
        "strenuous_days": 42,
        "dressing_off_hours": 48,
        "strips_off_days": 7,
        "shower_after_hours": 48,
        "bath_after_days": 14,
        "ice_minutes": 15,
        "acetaminophen_max_mg": 3000,
        "pain_better_days": 3,
        "fever_limit_c": Decimal("38.0"),
        "limits_approved_by": "Dr. Park",
        "limits_approved_on": date(2026, 1, 10),
    }
    return Clinic(**(values | changes))


def an_actor(*roles: Role, name: str = "Sam Reed") -> Actor:
    """Return somebody with these roles; a nurse if none is given."""
    wanted = frozenset(roles or (Role.NURSE,))
    return Actor(f"staff-{'-'.join(sorted(wanted))}", name, wanted)
