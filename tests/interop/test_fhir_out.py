"""What is written for other systems is FHIR R4, says what is recorded and nothing more."""

import base64
import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import fhirkit
import pytest
from hypothesis import given

from intake_app.domain.dossiers import Dossier, VisitDossier
from intake_app.domain.errors import FileUnwritableError
from intake_app.domain.fractures import FractureStatus
from intake_app.domain.patients import Identifier, Language, Sex
from intake_app.domain.procedures import DoneAtLevel
from intake_app.domain.questionnaires import SafetyAnswers
from intake_app.domain.reading import clean_text
from intake_app.domain.sheets import SheetKind, StoredSheet
from intake_app.domain.values import PartialDate
from intake_app.domain.visits import VisitState
from intake_app.interop import fhir_terms as terms
from intake_app.interop.fhir_out import FhirFiles, entries, resources_of
from intake_app.services.dossiers import DossierService
from tests.builders import (
    a_contact,
    a_driver,
    a_fracture,
    a_patient,
    a_procedure,
    a_treated_level,
    a_visit,
)
from tests.interop.dossiers import TELLING, dossiers
from tests.interop.r4 import faults
from tests.naughty import STRINGS
from tests.services.desk import MANAGER
from tests.services.test_demonstration import carried_through

Json = dict[str, Any]

NAUGHTY = [each for each in STRINGS if clean_text(each)]


def written(dossier: Dossier, kind: str) -> list[Json]:
    """Return the resources of one kind."""
    return [r for r in resources_of(dossier, TELLING) if r["resourceType"] == kind]


def of(patient: Any, **visit: Any) -> Dossier:
    """Return a patient, with one visit if anything is said of it."""
    visits = (VisitDossier(**({"visit": a_visit()} | visit)),) if visit else ()
    return Dossier(patient=patient, visits=visits)


# --- it is FHIR -----------------------------------------------------------------------------


@cache
def demonstration(folder: Path) -> Json:
    """Return the bundle of the demonstration clinic, with every paper in it."""
    desk, _ = carried_through()
    service = DossierService(desk.office, FhirFiles())
    service.write_all(MANAGER, folder / "all.json")
    with desk.work as work:
        ids = [each.id for each in work.records(type(a_patient())).all()]
    one = folder / "one.json"
    service.write_one(MANAGER, ids[0], target=one)
    bundle: Json = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    bundle["one"] = json.loads(one.read_text(encoding="utf-8"))
    return bundle


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


def test_the_demonstration_clinic_is_twelve_patients_with_everything(folder: Path) -> None:
    bundle = demonstration(folder)

    kinds = Counter(each["resource"]["resourceType"] for each in bundle["entry"])

    assert kinds == {
        "Patient": 12,
        "RelatedPerson": 24,
        "Encounter": 12,
        "Condition": 20,
        "Procedure": 20,
        "QuestionnaireResponse": 12,
        "DocumentReference": 36,
    }


@pytest.mark.parametrize("number", range(12))
def test_everything_of_the_demonstration_clinic_is_allowed(folder: Path, number: int) -> None:
    resources = [each["resource"] for each in demonstration(folder)["entry"]]

    assert [fault for each in resources[number::12] for fault in faults(each)] == []


def test_a_bundle_as_a_whole_is_allowed(folder: Path) -> None:
    one = demonstration(folder)["one"]

    assert faults(one) == []
    assert fhirkit.parse(json.dumps(one)).issues == []


def test_every_reference_leads_to_an_entry_of_the_same_bundle(folder: Path) -> None:
    bundle = demonstration(folder)
    addresses = [each["fullUrl"] for each in bundle["entry"]]

    referred = {each["reference"] for each in found(bundle, "reference")}

    assert referred
    assert len(set(addresses)) == len(addresses)
    assert referred - set(addresses) == set()


def found(value: Any, key: str) -> list[Json]:
    """Return every object inside ``value`` that has ``key``."""
    if isinstance(value, list):
        return [each for item in value for each in found(item, key)]
    if not isinstance(value, dict):
        return []
    here = [value] if isinstance(value.get(key), str) else []
    return here + [each for item in value.values() for each in found(item, key)]


@given(dossiers())
def test_whoever_it_is_what_is_written_is_allowed(dossier: Dossier) -> None:
    for entry in entries((dossier,), TELLING):
        assert faults(entry["resource"]) == []


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_names_are_allowed(text: str) -> None:
    patient = a_patient(
        family_name=clean_text(text), gender=clean_text(text), city=clean_text(text)
    )

    (resource,) = written(of(patient), "Patient")

    assert faults(resource) == []


# --- it says what is recorded ---------------------------------------------------------------


def test_names_are_told_with_their_use() -> None:
    patient = a_patient(middle_name="Q", preferred_name="Janie", former_name="Smith")

    (resource,) = written(of(patient), "Patient")

    assert resource["name"] == [
        {"use": "official", "text": "Jane Q Doe", "family": "Doe", "given": ["Jane", "Q"]},
        {"use": "usual", "text": "Janie"},
        {"use": "old", "family": "Smith"},
    ]


def test_numbers_of_others_are_told_with_who_gave_them() -> None:
    given_by = [("urn:oid:1.2.3", "77"), ("General Hospital", "88")]
    numbers = tuple(
        Identifier(id=value, patient_id="patient-1", system=system, value=value)
        for system, value in given_by
    )

    (resource,) = written(Dossier(patient=a_patient(), identifiers=numbers), "Patient")

    assert resource["identifier"][0]["value"] == "P-000001"
    assert resource["identifier"][1:] == [
        {"system": "urn:oid:1.2.3", "value": "77"},
        {"value": "88", "assigner": {"display": "General Hospital"}},
    ]


@pytest.mark.parametrize(
    ("sex", "gender", "code"),
    [
        (Sex.FEMALE, "", "female"),
        (Sex.FEMALE, "man", "male"),
        (Sex.MALE, "non-binary", "other"),
        (None, "Woman", "female"),
        (Sex.OTHER, "", "other"),
        (Sex.UNKNOWN, "", "unknown"),
    ],
)
def test_the_code_follows_the_recorded_gender_and_else_the_sex(
    sex: Sex | None, gender: str, code: str
) -> None:
    (resource,) = written(of(a_patient(sex=sex, gender=gender)), "Patient")

    assert resource["gender"] == code


def test_nothing_is_said_that_nobody_recorded() -> None:
    (resource,) = written(of(a_patient(birth_date=None, mobile_phone="")), "Patient")

    assert not {"gender", "birthDate", "telecom", "address", "deceasedBoolean"} & set(resource)


def test_a_record_that_became_part_of_another_leads_to_it() -> None:
    (resource,) = written(of(a_patient(merged_into="patient-2")), "Patient")
    (stays,) = written(
        Dossier(patient=a_patient(id="patient-2"), replaces=("patient-1",)), "Patient"
    )

    assert resource["active"] is False
    assert resource["link"][0]["type"] == "replaced-by"
    assert stays["link"][0]["type"] == "replaces"


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (VisitState.BOOKED, "planned"),
        (VisitState.ARRIVED, "arrived"),
        (VisitState.RECOVERY, "in-progress"),
        (VisitState.LEFT, "finished"),
        (VisitState.NO_SHOW, "cancelled"),
    ],
)
def test_a_visit_is_told_by_its_state(state: VisitState, status: str) -> None:
    (resource,) = written(of(a_patient(), visit=a_visit(state=state)), "Encounter")

    assert resource["status"] == status
    assert resource["extension"] == [{"url": terms.VISIT_STATE, "valueCode": state.value}]


def test_every_state_fracture_and_procedure_has_a_word() -> None:
    assert set(terms.ENCOUNTERS) == set(VisitState)
    assert set(terms.FRACTURES) == set(FractureStatus)
    assert set(terms.PROCEDURES) == set(DoneAtLevel)
    assert set(terms.GENDERS) == set(Sex)


def test_a_visit_to_come_has_its_planned_time_on_the_clinics_clock() -> None:
    (resource,) = written(of(a_patient(), procedure=a_procedure()), "Encounter")

    assert resource["period"] == {"start": "2026-11-22T02:00:00-06:00"}


def test_a_visit_that_is_over_lasts_from_the_first_stamp_to_the_last() -> None:
    left = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
    visit, procedure = a_visit(state=VisitState.LEFT), a_procedure(left_at=left)

    (resource,) = written(of(a_patient(), visit=visit, procedure=procedure), "Encounter")

    assert resource["period"] == {
        "start": "2026-11-22T02:00:00-06:00",
        "end": "2026-11-22T07:00:00-06:00",
    }


def test_a_fracture_is_told_by_its_level_and_without_a_guessed_code() -> None:
    fracture = a_fracture("T12", happened=PartialDate.in_month(2026, 3))

    (resource,) = written(of(a_patient(), fractures=(fracture,)), "Condition")

    assert resource["code"] == {"text": "Fracture of vertebra T12"}
    assert resource["bodySite"] == [{"text": "T12"}]
    assert resource["onsetDateTime"] == "2026-03"


def test_when_it_broke_is_told_as_it_was_said() -> None:
    fracture = a_fracture(happened=PartialDate.about(3, "w", date(2026, 11, 22)))

    (resource,) = written(of(a_patient(), fractures=(fracture,)), "Condition")

    assert resource["onsetString"] == "about 3 weeks before 22 November 2026"


def test_what_was_not_done_is_told_as_not_done_with_why() -> None:
    treated = a_treated_level(done=DoneAtLevel.NOT_DONE, not_done_reason="Healed since")

    (resource,) = written(of(a_patient(), treated=(treated,)), "Procedure")

    assert resource["status"] == "not-done"
    assert resource["statusReason"] == {"text": "Healed since"}


def test_a_level_where_nothing_is_recorded_is_no_procedure() -> None:
    assert written(of(a_patient(), treated=(a_treated_level(done=None),)), "Procedure") == []


def test_nobody_named_is_nobody_told() -> None:
    visit = VisitDossier(visit=a_visit(), driver=a_driver(name=""))

    dossier = Dossier(patient=a_patient(), contact=a_contact(name=""), visits=(visit,))

    assert written(dossier, "RelatedPerson") == []


@pytest.mark.parametrize("response", ["", "{", "[]", '{"resourceType":"Patient"}'])
def test_damaged_answers_are_left_out(response: str) -> None:
    safety = SafetyAnswers(id="safety-1", visit_id="visit-1", response=response)

    assert written(of(a_patient(), safety=safety), "QuestionnaireResponse") == []


def test_a_paper_goes_along_byte_for_byte(folder: Path) -> None:
    one = demonstration(folder)["one"]
    documents = [e["resource"] for e in one["entry"] if "content" in e["resource"]]

    attachments = [each["content"][0]["attachment"] for each in documents]

    papers = [base64.b64decode(each["data"]) for each in attachments]
    assert len(papers) == 3
    assert [len(paper) for paper in papers] == [each["size"] for each in attachments]
    assert [hashlib.sha1(paper).digest() for paper in papers] == [
        base64.b64decode(each["hash"]) for each in attachments
    ]


def test_only_the_latest_paper_of_a_kind_is_current(folder: Path) -> None:
    desk, _ = carried_through()
    with desk.work as work:
        sheet = work.records(StoredSheet).all()[0]
    older = replace(sheet, id="older")
    other = replace(sheet, id="other", kind=SheetKind.DRIVER_CARD)

    documents = written(of(a_patient(), sheets=(sheet, older, other)), "DocumentReference")

    assert [each["status"] for each in documents] == ["current", "superseded", "current"]


def test_everybody_goes_without_the_papers_themselves(folder: Path) -> None:
    everything = demonstration(folder)["entry"]

    assert [each for each in found(everything, "contentType") if "data" in each] == []


# --- the file -------------------------------------------------------------------------------


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("as it was", encoding="utf-8")
    people = (of(a_patient(id=f"patient-{number}")) for number in count())
    asked = iter([False, False, True])

    how_many = FhirFiles().write(target, people, TELLING, cancelled=lambda: next(asked))

    assert how_many == 0
    assert target.read_text(encoding="utf-8") == "as it was"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    def breaks_off() -> Any:
        yield of(a_patient())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        FhirFiles().write(tmp_path / "out.json", breaks_off(), TELLING)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_a_foreseen_failure(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritableError):
        FhirFiles().write(tmp_path / "nowhere" / "out.json", (of(a_patient()),), TELLING)


@pytest.mark.parametrize("how_many", [0, 1, 3])
def test_however_many_there_are_the_file_is_a_bundle(tmp_path: Path, how_many: int) -> None:
    target = tmp_path / "out.json"
    people = (
        of(replace(a_patient(), id=f"p-{n}")) for n in takewhile(lambda n: n < how_many, count())
    )

    written_people = FhirFiles().write(target, people, TELLING)

    bundle = json.loads(target.read_text(encoding="utf-8"))
    assert written_people == how_many
    assert len(bundle.get("entry", [])) == how_many
    assert faults(bundle) == []


def test_nobody_else_can_read_the_file(tmp_path: Path) -> None:
    target = tmp_path / "out.json"

    FhirFiles().write(target, (of(a_patient(language_spoken=Language.SPANISH)),), TELLING)

    assert target.stat().st_mode & 0o077 == 0
