"""The patient: identity, contacts, insurance (clinical.md F-01 to F-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from intake_app.domain.fields import Kind, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.validation import CrossChecks, Problem
from intake_app.domain.values import Answer, Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.reading import Locality

OLDEST_WITHOUT_WARNING = 105
"""Years; clinical.md F-04."""
ADULT = 18
"""Years; under 18 is outside the RAND pathway (clinical.md F-04)."""
OLDEST = 120


class Sex(Choice):
    """Sex at birth (F-05)."""

    FEMALE = "female", N_("Female")
    MALE = "male", N_("Male")
    OTHER = "other", N_("Other")
    UNKNOWN = "unknown", N_("Unknown")


class Interpreter(Choice):
    """Kind of interpreter needed (F-11)."""

    NONE = "none", N_("None")
    IN_PERSON = "in_person", N_("In person")
    PHONE = "phone", N_("By phone")
    VIDEO = "video", N_("By video")
    SIGN = "sign", N_("Sign language")


class ReadingNeed(Choice):
    """What somebody needs to read or hear us (F-12)."""

    LARGE_PRINT = "large_print", N_("Large print")
    READ_ALOUD = "read_aloud", N_("Read aloud")
    HEARING_AID = "hearing_aid", N_("Hearing aid")
    OTHER = "other", N_("Other")


class Representative(Choice):
    """Legal representative or a concern about capacity (F-17)."""

    NONE = "none", N_("None")
    REPRESENTATIVE = "representative", N_("Power of attorney or guardian")
    CONCERN = "concern", N_("Concern: ask the nurse")


class Language(Choice):
    """Languages by their BCP-47 code (F-10)."""

    ENGLISH = "en", N_("English")
    SPANISH = "es", N_("Spanish")
    CHINESE = "zh-Hans", N_("Chinese (simplified)")
    VIETNAMESE = "vi", N_("Vietnamese")
    ARABIC = "ar", N_("Arabic")
    FRENCH = "fr", N_("French")
    GERMAN = "de", N_("German")
    HAITIAN_CREOLE = "ht", N_("Haitian Creole")
    HINDI = "hi", N_("Hindi")
    ITALIAN = "it", N_("Italian")
    KOREAN = "ko", N_("Korean")
    POLISH = "pl", N_("Polish")
    PORTUGUESE = "pt", N_("Portuguese")
    RUSSIAN = "ru", N_("Russian")
    TAGALOG = "tl", N_("Tagalog")
    URDU = "ur", N_("Urdu")
    OTHER = "und", N_("Other")


def _birth_date_is_plausible(
    values: Mapping[str, FieldValue], locality: Locality
) -> Iterable[Problem]:
    born = values.get("birth_date")
    if not isinstance(born, date):
        return
    if born > locality.today:
        yield Problem.of("birth_date", "birth_date_in_future")
        return
    years = age_on(born, locality.today)
    if years > OLDEST:
        yield Problem.of("birth_date", "too_old", age=years, oldest=OLDEST)
    elif years > OLDEST_WITHOUT_WARNING:
        yield Problem.of("birth_date", "very_old", warning=True, age=years)
    elif years < ADULT:
        yield Problem.of("birth_date", "under_age", warning=True, age=years)


def age_on(born: date, day: date) -> int:
    """Return completed years of age on ``day``; somebody born on 29 February ages on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient(Record):
    """A person the clinic knows (F-01 to F-12, F-16 to F-18, F-21)."""

    FORM: ClassVar[str] = "patient"
    CHECKS: ClassVar[CrossChecks] = (_birth_date_is_plausible,)

    family_name: Annotated[
        str,
        Spec(N_("Family name"), max_length=80, handle="F-02", hint=N_("A single name goes here")),
    ]
    given_name: Annotated[str, Spec(N_("Given name"), max_length=80, handle="F-02")] = ""
    middle_name: Annotated[str, Spec(N_("Middle name"), max_length=80, handle="F-02")] = ""
    birth_date: Annotated[date | None, Spec(N_("Date of birth"), handle="F-04")] = None
    record_number: Annotated[str, Spec(N_("Record number"), max_length=20, handle="F-01")] = ""
    sex: Annotated[Sex | None, Spec(N_("Sex at birth"), handle="F-05")] = None
    gender: Annotated[str, Spec(N_("Gender"), max_length=40, handle="F-05")] = ""
    preferred_name: Annotated[str, Spec(N_("Preferred name"), max_length=80, handle="F-03")] = ""
    former_name: Annotated[
        str,
        Spec(
            N_("Former name"),
            max_length=80,
            handle="F-02",
            hint=N_("Name at birth or before a marriage"),
        ),
    ] = ""
    pronouns: Annotated[str, Spec(N_("Pronouns"), max_length=30, handle="F-03")] = ""
    mobile_phone: Annotated[
        str, Spec(N_("Mobile phone"), Kind.PHONE, max_length=40, handle="F-08")
    ] = ""
    home_phone: Annotated[str, Spec(N_("Home phone"), Kind.PHONE, max_length=40, handle="F-08")] = (
        ""
    )
    best_time_to_call: Annotated[
        str, Spec(N_("Best time to call"), max_length=60, handle="F-08")
    ] = ""
    may_leave_message: Annotated[
        Answer | None, Spec(N_("May we leave a message?"), handle="F-08")
    ] = None
    email: Annotated[str, Spec(N_("E-mail"), Kind.EMAIL, handle="F-09")] = ""
    portal_consent: Annotated[
        Answer | None, Spec(N_("Consent to the patient portal"), handle="F-09")
    ] = None
    address_line_1: Annotated[str, Spec(N_("Address"), handle="F-07")] = ""
    address_line_2: Annotated[str, Spec(N_("Address, second line"), handle="F-07")] = ""
    city: Annotated[str, Spec(N_("City"), max_length=80, handle="F-07")] = ""
    region: Annotated[str, Spec(N_("State or county"), max_length=80, handle="F-07")] = ""
    postcode: Annotated[str, Spec(N_("Postcode"), max_length=20, handle="F-07")] = ""
    country: Annotated[str, Spec(N_("Country"), max_length=60, handle="F-07")] = ""
    language_spoken: Annotated[Language | None, Spec(N_("Language spoken"), handle="F-10")] = None
    language_read: Annotated[Language | None, Spec(N_("Language read"), handle="F-10")] = None
    interpreter: Annotated[Interpreter | None, Spec(N_("Interpreter"), handle="F-11")] = None
    reading_needs: Annotated[
        tuple[ReadingNeed, ...], Spec(N_("Sight, hearing and reading"), handle="F-12")
    ] = ()
    reading_needs_note: Annotated[str, Spec(N_("Other need"), handle="F-12")] = ""
    lives_alone: Annotated[Answer | None, Spec(N_("Lives alone"), handle="F-16")] = None
    stairs: Annotated[Answer | None, Spec(N_("Stairs at home"), handle="F-16")] = None
    who_helps: Annotated[str, Spec(N_("Who helps at home"), handle="F-16")] = ""
    representative: Annotated[
        Representative | None, Spec(N_("Legal representative"), handle="F-17")
    ] = None
    representative_name: Annotated[
        str, Spec(N_("Representative’s name"), max_length=80, handle="F-17")
    ] = ""
    representative_phone: Annotated[
        str, Spec(N_("Representative’s phone"), Kind.PHONE, max_length=40, handle="F-17")
    ] = ""
    advance_directive: Annotated[
        Answer | None, Spec(N_("Advance directive on file"), handle="F-21")
    ] = None
    referrer_name: Annotated[str, Spec(N_("Referring physician"), max_length=80, handle="F-18")] = (
        ""
    )
    referrer_practice: Annotated[str, Spec(N_("Practice"), handle="F-18")] = ""
    referrer_phone: Annotated[
        str, Spec(N_("Phone of the referring practice"), Kind.PHONE, max_length=40, handle="F-18")
    ] = ""
    referrer_fax: Annotated[
        str, Spec(N_("Fax of the referring practice"), Kind.PHONE, max_length=40, handle="F-18")
    ] = ""
    referrer_identifier: Annotated[
        str, Spec(N_("Identifier (NPI)"), max_length=20, handle="F-18")
    ] = ""
    bone_health_name: Annotated[
        str, Spec(N_("Bone-health or primary-care clinician"), max_length=80, handle="F-18")
    ] = ""
    bone_health_practice: Annotated[str, Spec(N_("Practice of that clinician"), handle="F-18")] = ""
    bone_health_phone: Annotated[
        str, Spec(N_("Phone of that clinician"), Kind.PHONE, max_length=40, handle="F-18")
    ] = ""
    bone_health_fax: Annotated[
        str, Spec(N_("Fax of that clinician"), Kind.PHONE, max_length=40, handle="F-18")
    ] = ""
    bone_health_identifier: Annotated[
        str, Spec(N_("Identifier of that clinician (NPI)"), max_length=20, handle="F-18")
    ] = ""

    merged_into: str = ""
    """Id of the patient with whom this record was merged; '' for a record of its own."""

    @property
    def full_name(self) -> str:
        """Given, middle and family name as one line, for the sheet and the header."""
        parts = (self.given_name, self.middle_name, self.family_name)
        return " ".join(part for part in parts if part)

    @property
    def list_name(self) -> str:
        """Family name first, for lists."""
        given = " ".join(part for part in (self.given_name, self.middle_name) if part)
        return f"{self.family_name}, {given}" if given else self.family_name

    @property
    def initials(self) -> str:
        """First letters, for a screen that the public can see."""
        return "".join(f"{part[0]}." for part in (self.given_name, self.family_name) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyContact(Record):
    """Whom to ring about the patient (F-13). One row each."""

    FORM: ClassVar[str] = "emergency_contact"
    OWNER: ClassVar[str] = "patient_id"

    patient_id: str
    name: Annotated[str, Spec(N_("Emergency contact"), max_length=80, handle="F-13")] = ""
    relation: Annotated[str, Spec(N_("Relation"), max_length=40, handle="F-13")] = ""
    phone: Annotated[
        str, Spec(N_("Phone of the emergency contact"), Kind.PHONE, max_length=40, handle="F-13")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier(Record):
    """A number that another system gave the patient. One row each; a number belongs to one."""

    FORM: ClassVar[str] = "identifier"
    OWNER: ClassVar[str] = "patient_id"

    patient_id: str
    system: str
    """Who gave it: an address (FHIR) or the name of an authority (HL7)."""
    value: str


class PlanType(Choice):
    """Kind of insurance (F-19)."""

    ORIGINAL_MEDICARE = "original_medicare", N_("Original Medicare")
    MEDICARE_ADVANTAGE = "medicare_advantage", N_("Medicare Advantage")
    MEDICAID = "medicaid", N_("Medicaid")
    COMMERCIAL = "commercial", N_("Commercial")
    SELF_PAY = "self_pay", N_("Self-pay")
    NHS = "nhs", N_("NHS")
    OTHER = "other", N_("Other")


class Authorisation(Choice):
    """Prior authorisation (F-20)."""

    NOT_NEEDED = "not_needed", N_("Not needed")
    REQUESTED = "requested", N_("Requested")
    APPROVED = "approved", N_("Approved")
    REFUSED = "refused", N_("Refused")


def _authorisation_ends_after_it_starts(
    values: Mapping[str, FieldValue], _: Locality
) -> Iterable[Problem]:
    start, end = values.get("authorisation_from"), values.get("authorisation_to")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        yield Problem.of("authorisation_to", "ends_before_start")


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance(Record):
    """Who pays, and the prior authorisation (F-19, F-20). One row for each patient."""

    FORM: ClassVar[str] = "insurance"
    OWNER: ClassVar[str] = "patient_id"
    CHECKS: ClassVar[CrossChecks] = (_authorisation_ends_after_it_starts,)

    patient_id: str
    payer: Annotated[str, Spec(N_("Payer"), max_length=80, handle="F-19")] = ""
    plan_type: Annotated[PlanType | None, Spec(N_("Plan type"), handle="F-19")] = None
    member_id: Annotated[str, Spec(N_("Member ID"), max_length=40, handle="F-19")] = ""
    group: Annotated[str, Spec(N_("Group"), max_length=40, handle="F-19")] = ""
    holder: Annotated[str, Spec(N_("Holder"), max_length=80, handle="F-19")] = ""
    authorisation: Annotated[
        Authorisation | None, Spec(N_("Prior authorisation"), handle="F-20")
    ] = None
    authorisation_number: Annotated[
        str, Spec(N_("Authorisation number"), max_length=40, handle="F-20")
    ] = ""
    authorisation_from: Annotated[date | None, Spec(N_("Valid from"), handle="F-20")] = None
    authorisation_to: Annotated[date | None, Spec(N_("Valid to"), handle="F-20")] = None
    authorisation_units: Annotated[
        int | None, Spec(N_("Units"), minimum=0, maximum=99, handle="F-20")
    ] = None
