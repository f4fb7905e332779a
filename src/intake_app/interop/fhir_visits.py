"""A visit and what was found, asked and done at it as FHIR R4 resources.

Diagnoses and procedures are told in words and by level, without a code: which code is right is for
a coder to say from the written diagnosis (clinical.md 6), and the program never guesses one.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING

from intake_app.domain.fields import fields_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.language import translated
from intake_app.domain.procedures import STAMPS, DoneAtLevel, Side, TreatedLevel
from intake_app.domain.reading import Locality, edit_text
from intake_app.domain.spine import Level
from intake_app.domain.values import PartialDate, Precision
from intake_app.domain.visits import VisitState
from intake_app.interop import fhir_terms as terms
from intake_app.interop.fhir_people import coded, numbered, reference, resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from intake_app.domain.dossiers import Telling, VisitDossier
    from intake_app.domain.procedures import ProcedureRecord
    from intake_app.domain.sheets import SheetKind, StoredSheet
    from intake_app.interop.fhir_terms import Json

_NOT_BEGUN = (VisitState.BOOKED, VisitState.CANCELLED, VisitState.NO_SHOW)
_ELSEWHERE = ("level", "status", "happened")
"""What of a fracture has an element of its own; the rest are notes."""


def moment(at: datetime | None, telling: Telling) -> str:
    """Return a moment on the clinic's clock with its distance from UTC; '' for none."""
    return at.astimezone(telling.clinic.zone).isoformat(timespec="seconds") if at else ""


def encounter_resource(dossier: VisitDossier, telling: Telling) -> Json:
    """Return the visit. Its period is what was stamped; before that, what is planned."""
    visit = dossier.visit
    state = {"url": terms.VISIT_STATE, "valueCode": visit.state.value}
    operator = {"type": [{"text": "Operator"}], "individual": {"display": visit.operator}}
    return resource("Encounter", visit) | {
        "extension": [state],
        "identifier": [numbered(system, value) for system, value in dossier.numbers],
        "status": terms.ENCOUNTERS[visit.state],
        "class": {"system": terms.ENCOUNTER_CLASSES, "code": "AMB", "display": "ambulatory"},
        "type": [{"text": translated(visit.planned_procedure.label)}]
        if visit.planned_procedure
        else [],
        "subject": reference("Patient", visit.patient_id),
        "participant": [operator] if visit.operator else [],
        "period": _period(dossier, telling),
        "reasonReference": [reference("Condition", each.id) for each in dossier.fractures],
        "location": [{"location": {"display": visit.room}}] if visit.room else [],
        "serviceProvider": {"display": telling.clinic.name},
    }


def _period(dossier: VisitDossier, telling: Telling) -> Json:
    visit, procedure = dossier.visit, dossier.procedure
    planned = visit.planned_arrival or visit.planned_start
    day = visit.day.isoformat() if visit.day else ""
    stamps: list[datetime] = []
    if procedure is not None and visit.state not in _NOT_BEGUN:
        stamps = [at for at in (getattr(procedure, key) for key in STAMPS) if at]
    start = min(stamps, default=planned)
    period: Json = {"start": moment(start, telling) or day}
    if stamps and procedure is not None and visit.state is VisitState.LEFT and procedure.left_at:
        period["end"] = moment(procedure.left_at, telling)
    return period


def condition_resource(fracture: Fracture, patient_id: str, telling: Telling) -> Json:
    """Return one fracture: its level, when it happened, and the rest as notes."""
    where = "" if fracture.level is Level.UNKNOWN else translated(fracture.level.label)
    confirmed = "confirmed" if fracture.confirmed_by else "provisional"
    name = f"Fracture of vertebra {where}" if where else "Fracture of a vertebra, level unknown"
    return resource("Condition", fracture) | {
        "clinicalStatus": coded(terms.CLINICAL_STATUS, terms.FRACTURES[fracture.status]),
        "verificationStatus": coded(terms.VERIFICATION, confirmed),
        "code": {"text": name},
        "bodySite": [{"text": where}] if where else [],
        "subject": reference("Patient", patient_id),
        "encounter": reference("Encounter", fracture.visit_id),
        **_onset(fracture.happened),
        "note": [{"text": line} for line in _notes(fracture, telling)],
    }


def _onset(happened: PartialDate | None) -> Json:
    if happened is None:
        return {}
    if happened.precision is Precision.ABOUT:
        return {"onsetString": happened.words}
    return {"onsetDateTime": happened.stored}


def _notes(fracture: Fracture, telling: Telling) -> list[str]:
    locality = Locality(today=telling.at.date(), zone=telling.clinic.zone)
    lines = [f"Status: {translated(fracture.status.label)}"]
    for field in fields_of(Fracture):
        value = getattr(fracture, field.key)
        if field.key in _ELSEWHERE or value in (None, "", ()):
            continue
        unit = f" {translated(field.unit)}" if field.unit else ""
        said = edit_text(field, value, locality)
        lines.append(f"{translated(field.label)}: {said}{unit}")
    return lines


def procedure_resource(
    treated: TreatedLevel, dossier: VisitDossier, patient_id: str, *, telling: Telling
) -> Json:
    """Return what was done at one level; empty when nobody has recorded anything there."""
    if treated.done is None:
        return {}
    done = treated.done is not DoneAtLevel.NOT_DONE
    label = translated(treated.done.label) if done else "Vertebral augmentation"
    reasons = [each for each in dossier.fractures if each.level is treated.level]
    procedure = dossier.procedure
    operator = procedure.operator if procedure else ""
    return resource("Procedure", treated) | {
        "status": terms.PROCEDURES[treated.done],
        "statusReason": {} if done else {"text": treated.not_done_reason},
        "code": {"text": label},
        "subject": reference("Patient", patient_id),
        "encounter": reference("Encounter", treated.visit_id),
        "performedPeriod": _performed(procedure, telling) if done else {},
        "performer": [{"actor": {"display": operator}}] if operator else [],
        "reasonReference": [reference("Condition", each.id) for each in reasons],
        "bodySite": [{"text": translated(treated.level.label)}],
        "note": [{"text": line} for line in _entry_notes(treated)],
    }


def _performed(procedure: ProcedureRecord | None, telling: Telling) -> Json:
    if procedure is None or procedure.started_at is None:
        return {}
    period = {"start": moment(procedure.started_at, telling)}
    if procedure.ended_at and procedure.ended_at >= procedure.started_at:
        period["end"] = moment(procedure.ended_at, telling)
    return period


def _entry_notes(treated: TreatedLevel) -> list[str]:
    lines = []
    if treated.side is not None:
        lines.append(f"Side of the puncture: {translated(Side(treated.side).label)}")
    if treated.punctures is not None:
        lines.append(f"Skin nicks: {treated.punctures}")
    return lines


def answers_resource(dossier: VisitDossier) -> Json:
    """Return the answered safety questions; empty when none was answered or they are damaged."""
    safety = dossier.safety
    if safety is None or not safety.response:
        return {}
    try:
        response = json.loads(safety.response)
    except ValueError:
        return {}
    if not isinstance(response, dict) or response.get("resourceType") != "QuestionnaireResponse":
        return {}
    finished = dossier.visit.state is VisitState.LEFT
    return response | {
        "id": safety.id,
        "status": "completed" if finished else "in-progress",
        "subject": reference("Patient", dossier.visit.patient_id),
        "encounter": reference("Encounter", dossier.visit.id),
    }


def document_resources(
    dossier: VisitDossier, telling: Telling, *, staff: Mapping[str, str]
) -> list[Json]:
    """Return each handed-out sheet; an older one of its kind is superseded by the latest."""
    seen: set[SheetKind] = set()
    documents = []
    for sheet in dossier.sheets:
        status = "superseded" if sheet.kind in seen else "current"
        seen.add(sheet.kind)
        author = staff.get(sheet.made_by, "")
        documents.append(
            resource("DocumentReference", sheet)
            | {
                "identifier": [{"system": terms.CHECK_CODE, "value": sheet.check_code}],
                "status": status,
                "docStatus": "final",
                "type": {"text": translated(sheet.kind.label)},
                "subject": reference("Patient", dossier.visit.patient_id),
                "date": moment(sheet.made_at, telling),
                "author": [{"display": author}] if author else [],
                "description": sheet.wording_version,
                "content": [{"attachment": _attachment(sheet, telling)}],
                "context": {"encounter": [reference("Encounter", dossier.visit.id)]},
            }
        )
    return documents


def _attachment(sheet: StoredSheet, telling: Telling) -> Json:
    digest = hashlib.sha1(sheet.pdf, usedforsecurity=False).digest()  # FHIR wants this one
    return {
        "contentType": "application/pdf",
        "language": sheet.language,
        "data": base64.b64encode(sheet.pdf).decode("ascii") if telling.with_papers else "",
        "size": len(sheet.pdf),
        "hash": base64.b64encode(digest).decode("ascii"),
        "title": f"{translated(sheet.kind.label)} {sheet.check_code}".strip(),
        "creation": moment(sheet.made_at, telling),
    }
