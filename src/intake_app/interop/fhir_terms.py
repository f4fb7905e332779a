"""FHIR R4 in our words and back: the tables between its codes and our values.

Sex and gender. We record the sex at birth and, in free words, a gender; FHIR has one code that
means "as the person is administered". What is written: ``gender`` follows the recorded gender when
that is a plain woman, man, female or male, is ``other`` when it is anything else, and follows the
sex at birth when no gender is recorded. The sex at birth goes along as an extension whenever it is
recorded. What is read: the extension is the sex at birth; without one, ``gender`` is taken for it.
"""

from __future__ import annotations

from typing import Any

from intake_app.domain.answer_values import OWN
from intake_app.domain.fractures import FractureStatus
from intake_app.domain.patients import Language, Patient, Sex
from intake_app.domain.procedures import DoneAtLevel
from intake_app.domain.visits import VisitState

Json = dict[str, Any]

RECORD_NUMBER = f"{OWN}record-number"
"""System of the numbers that this program gives."""
CHECK_CODE = f"{OWN}check-code"
VISIT_STATE = f"{OWN}visit-state"
OWN_SEX = f"{OWN}sex-at-birth"
OWN_GENDER = f"{OWN}gender"
OWN_MIDDLE = f"{OWN}middle-name"
BIRTH_SEX = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
PROFICIENCY = "http://hl7.org/fhir/StructureDefinition/patient-proficiency"
INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
LANGUAGES = "urn:ietf:bcp:47"
LANGUAGE_MODES = "http://terminology.hl7.org/CodeSystem/v3-LanguageAbilityMode"
IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203"
CONTACT_ROLES = "http://terminology.hl7.org/CodeSystem/v2-0131"
ENCOUNTER_CLASSES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CLINICAL_STATUS = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"

GENDERS: dict[Sex, str] = {
    Sex.FEMALE: "female",
    Sex.MALE: "male",
    Sex.OTHER: "other",
    Sex.UNKNOWN: "unknown",
}
SEXES: dict[str, Sex] = {code: sex for sex, code in GENDERS.items()}
BIRTH_SEXES: dict[Sex, str] = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.UNKNOWN: "UNK"}
SEXES_AT_BIRTH: dict[str, Sex] = {code: sex for sex, code in BIRTH_SEXES.items()} | {
    "OTH": Sex.OTHER
}
_PLAIN_GENDERS = {
    "female": "female",
    "woman": "female",
    "girl": "female",
    "male": "male",
    "man": "male",
    "boy": "male",
    "unknown": "unknown",
}

ENCOUNTERS: dict[VisitState, str] = {
    VisitState.BOOKED: "planned",
    VisitState.ARRIVED: "arrived",
    VisitState.PREPARING: "in-progress",
    VisitState.PROCEDURE: "in-progress",
    VisitState.RECOVERY: "in-progress",
    VisitState.READY: "in-progress",
    VisitState.LEFT: "finished",
    VisitState.CANCELLED: "cancelled",
    VisitState.NO_SHOW: "cancelled",
}
"""R4 has no word for somebody who did not come; our own state goes along as an extension."""
FRACTURES: dict[FractureStatus, str] = {
    FractureStatus.PLANNED: "active",
    FractureStatus.WATCH: "active",
    FractureStatus.HEALED: "inactive",
    FractureStatus.TREATED: "inactive",
}
PROCEDURES: dict[DoneAtLevel, str] = {
    DoneAtLevel.VERTEBROPLASTY: "completed",
    DoneAtLevel.KYPHOPLASTY: "completed",
    DoneAtLevel.OTHER: "completed",
    DoneAtLevel.NOT_DONE: "not-done",
}


def gender_of(patient: Patient) -> str:
    """Return the code of FHIR for a patient; '' when neither sex nor gender is recorded."""
    said = patient.gender.strip().casefold()
    if said:
        return _PLAIN_GENDERS.get(said, "other")
    return GENDERS[patient.sex] if patient.sex else ""


def language_of(code: str) -> Language | None:
    """Return our language for a BCP-47 or ISO 639-2 code: ``es-MX`` and ``spa`` are Spanish."""
    tag = code.strip().replace("_", "-").casefold()
    for language in Language:
        if language.value.casefold() == tag:
            return language
    main = tag.split("-")[0]
    return _LANGUAGES.get(_THREE_LETTERS.get(main, main))


_LANGUAGES = {language.value.split("-")[0]: language for language in Language}
_THREE_LETTERS = {
    "eng": "en",
    "spa": "es",
    "zho": "zh",
    "chi": "zh",
    "cmn": "zh",
    "vie": "vi",
    "ara": "ar",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "hat": "ht",
    "hin": "hi",
    "ita": "it",
    "kor": "ko",
    "pol": "pl",
    "por": "pt",
    "rus": "ru",
    "tgl": "tl",
    "fil": "tl",
    "urd": "ur",
}
"""ISO 639-2 and 639-3 codes of the languages we know, as HL7 v2 and older systems send them."""
