"""The clinic: letterhead, hours, minutes for the estimate and the limits that print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar
from zoneinfo import ZoneInfo

from intake_app.domain.countries import HABITS, Country, Paper, Units
from intake_app.domain.fields import EnteredBy, Kind, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.validation import CrossChecks, Problem
from intake_app.domain.values import Answer, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.reading import Locality

_MANAGER = EnteredBy.MANAGER
CLINIC_ID = "clinic"


class CountsFrom(Choice):
    """From which moment the visit is counted (D-19)."""

    START = "start", N_("Start of the procedure")
    ARRIVAL = "arrival", N_("Arrival")


def _zone_exists(values: Mapping[str, FieldValue], _: Locality) -> Iterable[Problem]:
    zone = values.get("time_zone")
    if isinstance(zone, str) and zone:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            yield Problem.of("time_zone", "no_such_zone")


def _longest_not_below_shortest(values: Mapping[str, FieldValue], _: Locality) -> Iterable[Problem]:
    low, high = values.get("recovery_min_minutes"), values.get("recovery_max_minutes")
    if isinstance(low, int) and isinstance(high, int) and high < low:
        yield Problem.of("recovery_max_minutes", "ends_before_start")


def _closes_after_opening(values: Mapping[str, FieldValue], _: Locality) -> Iterable[Problem]:
    opens, closes = values.get("opens"), values.get("closes")
    if isinstance(opens, time) and isinstance(closes, time) and closes <= opens:
        yield Problem.of("closes", "ends_before_start")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic(Record):
    """The one clinic of this database. The limits of A-06 to A-11 print only when approved."""

    FORM: ClassVar[str] = "clinic"
    CHECKS: ClassVar[CrossChecks] = (
        _zone_exists,
        _longest_not_below_shortest,
        _closes_after_opening,
    )

    name: Annotated[str, Spec(N_("Name of the clinic"), max_length=80, by=_MANAGER)]
    address_line_1: Annotated[str, Spec(N_("Address"), by=_MANAGER)] = ""
    address_line_2: Annotated[str, Spec(N_("Address, second line"), by=_MANAGER)] = ""
    phone_day: Annotated[
        str, Spec(N_("Phone in opening hours"), Kind.PHONE, max_length=40, by=_MANAGER)
    ] = ""
    phone_night: Annotated[
        str, Spec(N_("Phone at night and on weekends"), Kind.PHONE, max_length=40, by=_MANAGER)
    ] = ""
    country: Annotated[Country, Spec(N_("Country"), by=_MANAGER)] = Country.US
    emergency_number: Annotated[str, Spec(N_("Emergency number"), max_length=10, by=_MANAGER)] = ""
    time_zone: Annotated[str, Spec(N_("Time zone"), max_length=40, by=_MANAGER)] = "UTC"
    units: Annotated[Units, Spec(N_("Units on paper"), by=_MANAGER)] = Units.US
    paper: Annotated[Paper, Spec(N_("Paper"), by=_MANAGER)] = Paper.LETTER
    opening_hours: Annotated[
        str,
        Spec(
            N_("Opening hours, as printed"),
            max_length=60,
            by=_MANAGER,
            hint=N_("for example Monday to Friday, 7 to 18"),
        ),
    ] = ""
    opens: Annotated[time | None, Spec(N_("Opens"), by=_MANAGER, hint=N_("for example 07:00"))] = (
        None
    )
    closes: Annotated[
        time | None, Spec(N_("Closes"), by=_MANAGER, hint=N_("for example 18:00"))
    ] = None
    counts_from: Annotated[CountsFrom, Spec(N_("The visit is counted from"), by=_MANAGER)] = (
        CountsFrom.START
    )
    preparation_minutes: Annotated[
        int,
        Spec(
            N_("Preparation before the procedure"),
            minimum=0,
            maximum=480,
            unit=N_("minutes"),
            by=_MANAGER,
        ),
    ] = 60
    level_minutes: Annotated[
        int,
        Spec(
            N_("Procedure, for each fracture"),
            minimum=5,
            maximum=480,
            unit=N_("minutes"),
            by=_MANAGER,
        ),
    ] = 60
    recovery_min_minutes: Annotated[
        int,
        Spec(N_("Recovery, shortest"), minimum=0, maximum=1440, unit=N_("minutes"), by=_MANAGER),
    ] = 180
    recovery_max_minutes: Annotated[
        int, Spec(N_("Recovery, longest"), minimum=0, maximum=1440, unit=N_("minutes"), by=_MANAGER)
    ] = 240
    fasting_solid_hours: Annotated[
        int | None, Spec(N_("No food for"), minimum=0, maximum=24, unit=N_("hours"), by=_MANAGER)
    ] = None
    fasting_fluid_hours: Annotated[
        int | None,
        Spec(N_("No clear drinks for"), minimum=0, maximum=24, unit=N_("hours"), by=_MANAGER),
    ] = None
    before_visit_note: Annotated[
        str,
        Spec(
            N_("Preparation text for the what-to-expect sheet"),
            Kind.LONG_TEXT,
            max_length=400,
            by=_MANAGER,
        ),
    ] = ""
    directions: Annotated[
        str, Spec(N_("Where the driver comes to"), max_length=120, by=_MANAGER)
    ] = ""
    adult_stays_hours: Annotated[
        int | None,
        Spec(
            N_("An adult stays for"),
            minimum=0,
            maximum=72,
            unit=N_("hours"),
            by=_MANAGER,
            handle="A-04",
        ),
    ] = None
    sedation_hours: Annotated[
        int | None,
        Spec(
            N_("Sedation rules last"),
            minimum=12,
            maximum=72,
            unit=N_("hours"),
            by=_MANAGER,
            handle="A-04",
        ),
    ] = None
    sit_minutes: Annotated[
        int | None,
        Spec(
            N_("Longest time to sit"),
            minimum=10,
            maximum=120,
            unit=N_("minutes"),
            by=_MANAGER,
            handle="A-05",
        ),
    ] = None
    lifting_limit_kg: Annotated[
        Decimal | None,
        Spec(
            N_("Lift no more than"),
            minimum=Decimal(1),
            maximum=Decimal(20),
            decimals=2,
            unit="kg",
            by=_MANAGER,
            handle="A-06",
        ),
    ] = None
    lifting_days: Annotated[
        int | None,
        Spec(
            N_("Lifting limit lasts"),
            minimum=1,
            maximum=180,
            unit=N_("days"),
            by=_MANAGER,
            handle="A-06",
        ),
    ] = None
    no_driving_hours: Annotated[
        int | None,
        Spec(
            N_("No driving for"),
            minimum=0,
            maximum=2000,
            unit=N_("hours"),
            by=_MANAGER,
            handle="A-07",
        ),
    ] = None
    desk_work_days: Annotated[
        int | None,
        Spec(
            N_("Desk work after"),
            minimum=0,
            maximum=90,
            unit=N_("days"),
            by=_MANAGER,
            handle="A-08",
        ),
    ] = None
    strenuous_days: Annotated[
        int | None,
        Spec(
            N_("Hard work and sport after"),
            minimum=0,
            maximum=180,
            unit=N_("days"),
            by=_MANAGER,
            handle="A-08",
        ),
    ] = None
    dressing_off_hours: Annotated[
        int | None,
        Spec(
            N_("Dressing off after"),
            minimum=0,
            maximum=240,
            unit=N_("hours"),
            by=_MANAGER,
            handle="A-09",
        ),
    ] = None
    strips_off_days: Annotated[
        int | None,
        Spec(
            N_("Paper strips off after"),
            minimum=1,
            maximum=30,
            unit=N_("days"),
            by=_MANAGER,
            handle="A-10",
        ),
    ] = None
    shower_after_hours: Annotated[
        int | None,
        Spec(
            N_("Shower after"), minimum=0, maximum=720, unit=N_("hours"), by=_MANAGER, handle="A-11"
        ),
    ] = None
    bath_after_days: Annotated[
        int | None,
        Spec(
            N_("Bath or pool after"),
            minimum=0,
            maximum=180,
            unit=N_("days"),
            by=_MANAGER,
            handle="A-11",
        ),
    ] = None
    ice_minutes: Annotated[
        int | None,
        Spec(N_("Ice for"), minimum=5, maximum=30, unit=N_("minutes"), by=_MANAGER, handle="A-12"),
    ] = None
    acetaminophen_max_mg: Annotated[
        int | None,
        Spec(
            N_("Acetaminophen (paracetamol), most in 24 hours"),
            minimum=1000,
            maximum=4000,
            unit="mg",
            by=_MANAGER,
            handle="A-12",
        ),
    ] = None
    pain_better_days: Annotated[
        int | None,
        Spec(
            N_("Pain should be better within"),
            minimum=1,
            maximum=14,
            unit=N_("days"),
            by=_MANAGER,
            handle="R-2",
        ),
    ] = None
    fever_limit_c: Annotated[
        Decimal | None,
        Spec(
            N_("Call us at a temperature of"),
            minimum=Decimal("37.5"),
            maximum=Decimal("38.5"),
            decimals=1,
            unit="°C",
            by=_MANAGER,
            handle="R-2",
        ),
    ] = None
    limits_approved_by: Annotated[
        str, Spec(N_("Limits approved by (physician)"), max_length=80, by=_MANAGER)
    ] = ""
    limits_approved_on: Annotated[date | None, Spec(N_("Limits approved on"), by=_MANAGER)] = None
    clinic_gk_rules: Annotated[
        Answer, Spec(N_("Also show flags nobody has confirmed yet"), by=_MANAGER)
    ] = Answer.NO
    demonstration: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone; UTC when the name is not known to this machine."""
        try:
            return ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError):
            return ZoneInfo("UTC")

    @property
    def date_order(self) -> str:
        """``mdy`` or ``dmy``, the habit of the country."""
        return HABITS[self.country].date_order


LIMIT_KEYS: tuple[str, ...] = (
    "adult_stays_hours",
    "sedation_hours",
    "sit_minutes",
    "lifting_limit_kg",
    "lifting_days",
    "no_driving_hours",
    "desk_work_days",
    "strenuous_days",
    "dressing_off_hours",
    "strips_off_days",
    "shower_after_hours",
    "bath_after_days",
    "ice_minutes",
    "acetaminophen_max_mg",
    "pain_better_days",
    "fever_limit_c",
)
"""The clinic's numbers that print on an aftercare sheet; all blank until somebody approves."""
