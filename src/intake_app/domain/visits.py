"""A visit: the appointment, its state through the day, and who takes the patient home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Kind, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.validation import CrossChecks, Problem
from intake_app.domain.values import Answer, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.reading import Locality


class Technique(Choice):
    """The procedure as planned or done; the physician chooses it (F-22, F-120)."""

    VERTEBROPLASTY = "VP", N_("Vertebroplasty")
    KYPHOPLASTY = "BKP", N_("Balloon kyphoplasty")
    BOTH = "VP+BKP", N_("Vertebroplasty and balloon kyphoplasty")
    UNDECIDED = "undecided", N_("Undecided")
    OTHER = "other", N_("Other implant")


class VisitState(Choice):
    """Where the visit stands on the board."""

    BOOKED = "booked", N_("Booked")
    ARRIVED = "arrived", N_("Arrived")
    PREPARING = "preparing", N_("Preparing")
    PROCEDURE = "procedure", N_("Procedure")
    RECOVERY = "recovery", N_("Recovery")
    READY = "ready", N_("Ready to go home")
    LEFT = "left", N_("Left")
    CANCELLED = "cancelled", N_("Cancelled")
    NO_SHOW = "no_show", N_("Did not come")


COURSE: tuple[VisitState, ...] = (
    VisitState.BOOKED,
    VisitState.ARRIVED,
    VisitState.PREPARING,
    VisitState.PROCEDURE,
    VisitState.RECOVERY,
    VisitState.READY,
    VisitState.LEFT,
)
"""The states of a visit that goes as planned, in order."""


def next_state(state: VisitState) -> VisitState | None:
    """Return the state after ``state``; ``None`` when the visit is over."""
    if state in COURSE[:-1]:
        return COURSE[COURSE.index(state) + 1]
    return None


def previous_state(state: VisitState) -> VisitState | None:
    """Return the state that undoing leads back to; ``None`` when nothing happened yet."""
    if state in (VisitState.CANCELLED, VisitState.NO_SHOW):
        return VisitState.BOOKED
    index = COURSE.index(state)
    return COURSE[index - 1] if index else None


def _arrival_before_start(values: Mapping[str, FieldValue], _: Locality) -> Iterable[Problem]:
    arrival, start = values.get("planned_arrival"), values.get("planned_start")
    if isinstance(arrival, datetime) and isinstance(start, datetime) and arrival > start:
        yield Problem.of("planned_arrival", "arrival_after_start", warning=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """One visit with its appointment (F-22) and identity check (F-06)."""

    FORM: ClassVar[str] = "visit"
    OWNER: ClassVar[str] = "patient_id"
    CHECKS: ClassVar[CrossChecks] = (_arrival_before_start,)

    patient_id: str
    day: Annotated[date | None, Spec(N_("Date of the visit"), handle="F-22")] = None
    planned_arrival: Annotated[
        datetime | None,
        Spec(N_("Arrival"), handle="F-22", hint=N_("Empty: start less the preparation time")),
    ] = None
    planned_start: Annotated[
        datetime | None, Spec(N_("Procedure starts"), handle="F-22", hint=N_("for example 08:00"))
    ] = None
    room: Annotated[str, Spec(N_("Room"), max_length=30, handle="F-22")] = ""
    operator: Annotated[str, Spec(N_("Operator"), max_length=80, handle="F-22")] = ""
    planned_procedure: Annotated[
        Technique | None,
        Spec(N_("Planned procedure"), handle="F-22", by=EnteredBy.RECEPTION_THEN_NURSE),
    ] = None
    planned_sedation: Annotated[
        Answer | None,
        Spec(N_("Sedation planned"), by=EnteredBy.RECEPTION_THEN_NURSE, handle="F-22"),
    ] = None
    identity_checked: Annotated[
        bool, Spec(N_("Name and date of birth checked with the patient"), handle="F-06")
    ] = False
    what_to_bring: Annotated[str, Spec(N_("Note for the patient’s paper"), max_length=200)] = ""
    state: VisitState = VisitState.BOOKED
    identity_checked_by: str = ""
    identity_checked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleAdult(Record):
    """The driver and responsible adult of one visit (F-14), or the exemption (F-15). One row."""

    FORM: ClassVar[str] = "driver"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    name: Annotated[str, Spec(N_("Driver or responsible adult"), max_length=80, handle="F-14")] = ""
    relation: Annotated[str, Spec(N_("Relation"), max_length=40, handle="F-14")] = ""
    phone: Annotated[
        str, Spec(N_("Phone of the driver"), Kind.PHONE, max_length=40, handle="F-14")
    ] = ""
    will_take_home: Annotated[
        Answer | None, Spec(N_("Will take the patient home"), handle="F-14")
    ] = None
    will_stay_overnight: Annotated[
        Answer | None, Spec(N_("Will stay overnight"), handle="F-14")
    ] = None
    hours_staying: Annotated[
        int | None, Spec(N_("Stays for"), minimum=0, maximum=72, unit=N_("hours"), handle="F-14")
    ] = None
    confirmed_at: Annotated[datetime | None, Spec(N_("Confirmed by phone at"), handle="F-14")] = (
        None
    )
    exempted: Annotated[
        bool, Spec(N_("Physician says no adult is needed"), by=EnteredBy.PHYSICIAN, handle="F-15")
    ] = False
    exempted_by: Annotated[
        str,
        Spec(N_("Physician who exempted"), max_length=80, by=EnteredBy.PHYSICIAN, handle="F-15"),
    ] = ""
    exempted_at: Annotated[
        datetime | None, Spec(N_("Exempted at"), by=EnteredBy.PHYSICIAN, handle="F-15")
    ] = None
