"""A patient and the people around one as FHIR R4 resources."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from intake_app.domain.language import translated
from intake_app.domain.patients import Interpreter, Language
from intake_app.interop import fhir_terms as terms

if TYPE_CHECKING:
    from intake_app.domain.dossiers import Dossier, Telling
    from intake_app.domain.fields import Record
    from intake_app.domain.patients import EmergencyContact, Identifier, Patient
    from intake_app.domain.visits import ResponsibleAdult
    from intake_app.interop.fhir_terms import Json

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
"""What can be the system of an identifier; the name of an authority cannot."""
DRIVER = "Driver or responsible adult"
"""What is said of who takes a patient home."""
_UUID = re.compile(r"[0-9a-f]{32}")
_SPACE = uuid.UUID("5f0c3a52-6d4b-4e0f-9d0a-3b1d0f6f2c11")


def full_url(kind: str, record_id: str) -> str:
    """Return the address of a resource inside a bundle: the UUID that our ids are."""
    if _UUID.fullmatch(record_id):
        parts = (record_id[:8], record_id[8:12], record_id[12:16], record_id[16:20])
        return f"urn:uuid:{'-'.join(parts)}-{record_id[20:]}"
    return f"urn:uuid:{uuid.uuid5(_SPACE, f'{kind}/{record_id}')}"


def reference(kind: str, record_id: str) -> Json:
    """Return a reference to a resource of the same bundle."""
    return {"reference": full_url(kind, record_id), "type": kind}


def resource(kind: str, record: Record) -> Json:
    """Return the beginning of a resource that stands for one of our records."""
    return {"resourceType": kind, "id": record.id}


def bare(value: Any) -> Any:
    """Return ``value`` without what is empty: FHIR knows no empty text, list or object."""
    if isinstance(value, dict):
        kept = {}
        for key, each in value.items():
            full = bare(each) if isinstance(each, dict | list) else each
            if full or full == 0:  # no and zero are something
                kept[key] = full
        return kept
    if isinstance(value, list):
        return [full for each in value if (full := bare(each)) or full == 0]
    return value


def coded(system: str, code: str, display: str = "", *, text: str = "") -> Json:
    """Return a CodeableConcept of one code."""
    return {"coding": [{"system": system, "code": code, "display": display}], "text": text}


def numbered(system: str, value: str) -> Json:
    """Return an Identifier; who has no address of their own is named as the assigner."""
    if _ADDRESS.fullmatch(system):
        return {"system": system, "value": value}
    return {"value": value, "assigner": {"display": system}}


def patient_resource(dossier: Dossier, telling: Telling) -> Json:
    """Return the patient. Whether somebody died is never said: it is not recorded."""
    patient = dossier.patient
    return resource("Patient", patient) | {
        "extension": _extensions(patient),
        "identifier": _identifiers(patient, dossier.identifiers),
        "active": not patient.merged_into,
        "name": _names(patient),
        "telecom": [
            {"system": "phone", "value": patient.mobile_phone, "use": "mobile"}
            if patient.mobile_phone
            else {},
            {"system": "phone", "value": patient.home_phone, "use": "home"}
            if patient.home_phone
            else {},
            {"system": "email", "value": patient.email} if patient.email else {},
        ],
        "gender": terms.gender_of(patient),
        "birthDate": patient.birth_date.isoformat() if patient.birth_date else "",
        "address": [_address(patient)],
        "communication": _languages(patient),
        "managingOrganization": {"display": telling.clinic.name},
        "link": _links(dossier),
    }


def _identifiers(patient: Patient, identifiers: tuple[Identifier, ...]) -> list[Json]:
    own: Json = {}
    if patient.record_number:
        own = {
            "use": "usual",
            "type": coded(terms.IDENTIFIER_TYPES, "MR", "Medical record number"),
            "system": terms.RECORD_NUMBER,
            "value": patient.record_number,
        }
    return [own, *(numbered(each.system, each.value) for each in identifiers)]


def _names(patient: Patient) -> list[Json]:
    official: Json = {
        "use": "official",
        "text": patient.full_name,
        "family": patient.family_name,
        "given": [patient.given_name, patient.middle_name],
    }
    if patient.middle_name and not patient.given_name:
        only_middle = {"url": terms.OWN_MIDDLE, "valueBoolean": True}
        official["_given"] = [{"extension": [only_middle]}]
    names = [official]
    if patient.preferred_name:
        names.append({"use": "usual", "text": patient.preferred_name})
    if patient.former_name:
        names.append({"use": "old", "family": patient.former_name})
    return names


def _extensions(patient: Patient) -> list[Json]:
    extensions: list[Json] = []
    if patient.sex in terms.BIRTH_SEXES:
        code = terms.BIRTH_SEXES[patient.sex]
        extensions.append({"url": terms.BIRTH_SEX, "valueCode": code})
    elif patient.sex:
        extensions.append({"url": terms.OWN_SEX, "valueCode": patient.sex.value})
    if patient.gender:
        extensions.append({"url": terms.OWN_GENDER, "valueString": patient.gender})
    if patient.interpreter is not None:
        needed = patient.interpreter is not Interpreter.NONE
        extensions.append({"url": terms.INTERPRETER, "valueBoolean": needed})
    return extensions


def _address(patient: Patient) -> Json:
    address = bare(
        {
            "line": [patient.address_line_1, patient.address_line_2],
            "city": patient.city,
            "state": patient.region,
            "postalCode": patient.postcode,
            "country": patient.country,
        }
    )
    return {"use": "home", **address} if address else {}


def _languages(patient: Patient) -> list[Json]:
    spoken, read = patient.language_spoken, patient.language_read
    if spoken and spoken == read:
        return [_language(spoken, ("RSP", "RWR"), preferred=True)]
    listed = []
    if spoken:
        listed.append(_language(spoken, ("RSP",), preferred=True))
    if read:
        listed.append(_language(read, ("RWR",), preferred=False))
    return listed


_MODES = {"RSP": "Received spoken", "RWR": "Received written"}


def _language(language: Language, modes: tuple[str, ...], *, preferred: bool) -> Json:
    coding = {"system": terms.LANGUAGE_MODES}
    understood = [
        {
            "url": terms.PROFICIENCY,
            "extension": [
                {"url": "type", "valueCoding": coding | {"code": mode, "display": _MODES[mode]}}
            ],
        }
        for mode in modes
    ]
    text = translated(language.label)
    return {
        "extension": understood,
        "language": {"coding": [{"system": terms.LANGUAGES, "code": language.value}], "text": text},
        "preferred": preferred,
    }


def _links(dossier: Dossier) -> list[Json]:
    links = [{"other": reference("Patient", each), "type": "replaces"} for each in dossier.replaces]
    if dossier.patient.merged_into:
        other = reference("Patient", dossier.patient.merged_into)
        links.append({"other": other, "type": "replaced-by"})
    return links


def contact_resource(contact: EmergencyContact) -> Json:
    """Return the emergency contact; empty when nobody is named and no phone is known."""
    role = {"coding": [{"system": terms.CONTACT_ROLES, "code": "C"}], "text": "Emergency contact"}
    return _related(contact, contact.patient_id, role)


def driver_resource(driver: ResponsibleAdult, patient_id: str) -> Json:
    """Return who takes the patient home; empty when nobody is named and no phone is known."""
    return _related(driver, patient_id, {"text": DRIVER})


def _related(person: EmergencyContact | ResponsibleAdult, patient_id: str, role: Json) -> Json:
    if not person.name and not person.phone:
        return {}
    return resource("RelatedPerson", person) | {
        "active": True,
        "patient": reference("Patient", patient_id),
        "relationship": [role, {"text": person.relation}],
        "name": [{"text": person.name}],
        "telecom": [{"system": "phone", "value": person.phone}] if person.phone else [],
    }
