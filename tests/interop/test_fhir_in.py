"""People are read from FHIR R4; whatever else stands in the file is refused with a reason."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.dossiers import Dossier
from intake_app.domain.errors import (
    AppError,
    FileDamagedError,
    FileEmptyError,
    FileNotATableError,
    FileTooBigError,
)
from intake_app.domain.exchange import Incoming, Refused
from intake_app.domain.patients import Interpreter, Language, Sex
from intake_app.interop import fhir_in
from intake_app.interop.fhir_in import read_bundle
from intake_app.interop.fhir_out import FhirFiles, entries
from tests.builders import a_contact, a_patient
from tests.interop.dossiers import TELLING, dossiers

Json = dict[str, Any]

JANE: Json = {
    "resourceType": "Patient",
    "id": "jane",
    "name": [{"family": "Doe", "given": ["Jane"]}],
    "birthDate": "1951-03-04",
}
HUSBAND: Json = {
    "resourceType": "RelatedPerson",
    "id": "john",
    "patient": {"reference": "Patient/jane"},
    "relationship": [{"coding": [{"code": "C"}]}, {"text": "Husband"}],
    "name": [{"text": "John Doe"}],
    "telecom": [{"system": "phone", "value": "555 0101"}],
}


def all_of(*resources: Any, kind: str = "collection") -> list[Incoming | Refused]:
    """Return what is read of a bundle of resources."""
    listed = [{"fullUrl": f"urn:uuid:{n}", "resource": each} for n, each in enumerate(resources)]
    return raw({"resourceType": "Bundle", "type": kind, "entry": listed})


def raw(value: Any) -> list[Incoming | Refused]:
    return list(read_bundle(json.dumps(value).encode()))


def person(**changes: Any) -> Incoming:
    """Return what is read of Jane Doe with some things changed."""
    (read,) = raw(JANE | changes)
    assert isinstance(read, Incoming), read
    return read


def refusals(read: list[Incoming | Refused]) -> list[tuple[str, str]]:
    """Return place and reason of everything that was not taken in."""
    return [(each.place, each.reasons[0].code) for each in read if isinstance(each, Refused)]


def remarks(read: Incoming) -> list[str]:
    return [each.code for each in read.remarks]


# --- what comes back is what went out -----------------------------------------------------------

IDENTITY = (
    "family_name",
    "given_name",
    "middle_name",
    "preferred_name",
    "former_name",
    "birth_date",
    "sex",
    "gender",
    "record_number",
    "mobile_phone",
    "home_phone",
    "email",
    "address_line_1",
    "city",
    "region",
    "postcode",
    "country",
    "language_spoken",
    "language_read",
)


@given(dossiers())
def test_whoever_is_written_is_read_back_the_same(dossier: Dossier) -> None:
    dossier = replace(dossier, patient=replace(dossier.patient, merged_into=""))
    bundle = {"resourceType": "Bundle", "entry": list(entries((dossier,), TELLING))}

    (read,) = [each for each in raw(bundle) if isinstance(each, Incoming)]

    patient = dossier.patient
    wanted = {key: getattr(patient, key) for key in IDENTITY}
    lines = (patient.address_line_1, patient.address_line_2)
    wanted["address_line_1"] = lines[0] or lines[1]
    assert {key: read.values.get(key) or None for key in IDENTITY} == {
        key: value or None for key, value in wanted.items()
    }
    assert read.identifiers == tuple((each.system, each.value) for each in dossier.identifiers)
    assert read.remarks == ()


def test_a_contact_is_read_back_and_visits_are_refused_by_name(tmp_path: Path) -> None:
    contact = a_contact(relation="Husband", phone="555 0101")
    target = tmp_path / "out.json"
    FhirFiles().write(target, (Dossier(patient=a_patient(), contact=contact),), TELLING)

    (read,) = read_bundle(target.read_bytes())

    assert isinstance(read, Incoming)
    assert read.contact == {"name": "John Doe", "relation": "Husband", "phone": "555 0101"}


# --- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["searchset", "collection", "transaction", "batch", "history"])
def test_a_bundle_of_any_kind_is_read(kind: str) -> None:
    (read,) = all_of(JANE, kind=kind)

    assert isinstance(read, Incoming)
    assert read.place == "entry 1"
    assert read.values == {
        "family_name": "Doe",
        "given_name": "Jane",
        "birth_date": date(1951, 3, 4),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_letters_of_a_file_are_recognised(encoding: str) -> None:
    name = [{"family": "Nuñez"}]
    text = json.dumps(JANE | {"name": name}, ensure_ascii=False)

    (read,) = read_bundle(text.encode(encoding))

    assert isinstance(read, Incoming)
    assert read.values["family_name"] == "Nuñez"


def test_one_resource_on_each_line_is_read_and_a_broken_line_is_refused() -> None:
    lines = [json.dumps(JANE), json.dumps(HUSBAND), "", '{"resourceType":"Pat']

    read = list(read_bundle("\n".join(lines).encode()))

    assert refusals(read) == [("line 4", "unreadable_line")]
    (jane,) = [each for each in read if isinstance(each, Incoming)]
    assert jane.contact["name"] == "John Doe"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", FileEmptyError),
        (b" \n ", FileEmptyError),
        (b'{"resourceType":"Bundle","entry":[{"resource":{"resourceTy', FileDamagedError),
        (b"name;born", FileDamagedError),
        (b'{"resourceType":"Patient"\xff', FileDamagedError),
        (b'{"a":1}', FileNotATableError),
        (b"[1,2]", FileNotATableError),
        (b'"Patient"', FileNotATableError),
        (b'{"resourceType":"Bundle","entry":{}}', FileDamagedError),
        (b"[" * 200_000, FileDamagedError),
        (b'{"resourceType":"Patient","a":' * 50_000, FileDamagedError),
        (b'{"resourceType":"Patient","a":' + b"9" * 5000 + b"}", FileDamagedError),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(data: bytes, error: type[AppError]) -> None:
    with pytest.raises(error):
        list(read_bundle(data))


@pytest.mark.parametrize(
    "data",
    [
        b'{"resourceType":"Bundle","entry":[{}',
        b'{"resourceType":"Bundle","entry":[{}]',
        b'{"resourceType":"Bundle","entry":[{}]} x',
        b'{"resourceType":"Bundle","entry":[{} {}]}',
        b'{"resourceType":"Bundle","entry":[{}],1:2}',
        b'{"resourceType" "Bundle"}',
    ],
)
def test_a_bundle_that_is_no_json_is_damaged(data: bytes) -> None:
    with pytest.raises(FileDamagedError):
        list(read_bundle(data))


def test_a_bundle_may_be_spaced_and_name_its_kind_last() -> None:
    patient = b'{ "resource" : {"resourceType":"Patient","name":[{"family":"Doe"}]}}'
    data = b'\n{ "entry" : [\n' + patient + b' ,\n{}\n] , "resourceType" : "Bundle" }\n'

    told = list(read_bundle(data))

    assert sorted(type(each).__name__ for each in told) == ["Incoming", "Refused"]


def test_a_file_that_is_too_big_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_in, "MOST_MEGABYTES", 0)

    with pytest.raises(FileTooBigError):
        list(read_bundle(b"{}"))


def test_our_own_file_cut_in_half_is_damaged(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    FhirFiles().write(target, (Dossier(patient=a_patient()),), TELLING)
    data = target.read_bytes()

    with pytest.raises(FileDamagedError):
        list(read_bundle(data[: len(data) // 2]))


# --- bundles ------------------------------------------------------------------------------------


def test_every_other_resource_is_refused_by_its_name() -> None:
    read = all_of(JANE, {"resourceType": "Observation"}, {"resourceType": "Bundle"}, {"id": "x"})

    assert refusals(read) == [
        ("entry 2", "kind_not_taken"),
        ("entry 3", "kind_not_taken"),
        ("entry 4", "kind_not_taken"),
    ]
    refused = [dict(each.reasons[0].values)["kind"] for each in read if isinstance(each, Refused)]
    assert refused == ["Observation", "Bundle", ""]


@pytest.mark.parametrize("entry", [None, 7, "x", [], {}, {"resource": None}, {"resource": [1]}])
def test_an_entry_without_a_resource_is_refused(entry: Any) -> None:
    assert refusals(raw({"resourceType": "Bundle", "entry": [entry]})) == [
        ("entry 1", "nothing_inside")
    ]


def test_the_same_twice_counts_once() -> None:
    twice = {"fullUrl": "urn:uuid:1", "resource": JANE}

    read = raw({"resourceType": "Bundle", "entry": [twice, twice]})

    assert len(read) == 1


def test_an_address_used_twice_for_different_things_is_refused() -> None:
    first = {"fullUrl": "urn:uuid:1", "resource": JANE}
    second = {"fullUrl": "urn:uuid:1", "resource": JANE | {"birthDate": "1960-01-01"}}

    read = raw({"resourceType": "Bundle", "entry": [first, second]})

    assert refusals(read) == [("entry 2", "told_twice")]


def test_a_contact_may_stand_before_the_patient() -> None:
    read = all_of(HUSBAND, JANE)

    assert [each.contact["name"] for each in read if isinstance(each, Incoming)] == ["John Doe"]


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/jane",
        "urn:uuid:0",
        "https://x.example/fhir/Patient/jane",
        "Patient/jane/_history/2",
    ],
)
def test_a_contact_is_the_patients_however_the_patient_is_named(reference: str) -> None:
    read = all_of(JANE, HUSBAND | {"patient": {"reference": reference}})

    assert [each.contact["phone"] for each in read if isinstance(each, Incoming)] == ["555 0101"]


@pytest.mark.parametrize(
    "patient", [None, {}, {"reference": "Patient/nobody"}, "jane", {"reference": 7}]
)
def test_a_contact_of_nobody_is_refused(patient: Any) -> None:
    assert refusals(all_of(JANE, HUSBAND | {"patient": patient})) == [("entry 2", "whose_contact")]


def test_the_one_to_ring_goes_before_others_who_are_refused() -> None:
    friend = HUSBAND | {"id": "max", "name": [{"text": "Max Roe"}], "relationship": []}

    read = all_of(JANE, friend, HUSBAND)

    assert [each.contact["name"] for each in read if isinstance(each, Incoming)] == ["John Doe"]
    assert refusals(read) == [("entry 2", "second_contact")]


def test_a_contact_inside_the_patient_is_read() -> None:
    inside = {"relationship": [{"text": "Sister"}], "name": {"text": "Ann Doe"}}

    assert person(contact=[inside]).contact == {
        "name": "Ann Doe",
        "relation": "Sister",
        "phone": "",
    }


def test_references_in_a_circle_end() -> None:
    one = JANE | {"link": [{"other": {"reference": "Patient/two"}, "type": "seealso"}]}
    two = JANE | {
        "id": "two",
        "link": [{"other": {"reference": "Patient/jane"}, "type": "replaced-by"}],
    }

    read = all_of(one, two)

    assert [each.place for each in read if isinstance(each, Incoming)] == ["entry 1"]
    assert refusals(read) == [("entry 2", "replaced_record")]


def test_what_is_contained_in_a_patient_is_nobody_of_their_own() -> None:
    read = raw(JANE | {"contained": [JANE | {"id": "inside"}], "managingOrganization": {"x": 1}})

    assert len(read) == 1


# --- what is said of somebody --------------------------------------------------------------------


def test_the_official_name_counts_and_the_others_have_their_fields() -> None:
    names = [
        {"use": "old", "family": "Smith"},
        {"use": "nickname", "given": ["Janie"]},
        {"use": "usual", "family": "D", "given": ["J"]},
        {"use": "official", "family": "Doe", "given": ["Jane", "Q", "R"]},
    ]

    read = person(name=names)

    assert read.values["family_name"] == "Doe"
    assert read.values["given_name"] == "Jane"
    assert read.values["middle_name"] == "Q R"
    assert read.values["former_name"] == "Smith"
    assert read.values["preferred_name"] == "Janie"


@pytest.mark.parametrize("text", ["Jane Doe", "Doe, Jane"])
def test_a_name_that_is_only_written_out_is_taken_apart(text: str) -> None:
    read = person(name=[{"text": text}])

    assert (read.values["family_name"], read.values["given_name"]) == ("Doe", "Jane")


@pytest.mark.parametrize("name", [[], None, "Jane Doe", [{"use": "old", "family": "X"}], [7], {}])
def test_nobody_without_a_name_is_taken_in(name: Any) -> None:
    assert refusals(raw(JANE | {"name": name})) == [("entry 1", "no_name_told")]


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        ("1951", "partial_birth_date"),
        ("1951-03", "partial_birth_date"),
        ("1951-02-31", "left_out"),
        ("0001-01-01", "left_out"),
        ("4 March 1951", "left_out"),
        (19510304, "left_out"),
        (["1951-03-04"], "left_out"),
    ],
)
def test_a_birth_date_that_is_none_is_left_out_and_the_person_is_not(
    said: Any, remark: str
) -> None:
    read = person(birthDate=said)

    assert "birth_date" not in read.values
    assert remarks(read) == [remark]


@pytest.mark.parametrize(
    ("said", "sex"),
    [
        ({"gender": "female"}, Sex.FEMALE),
        ({"gender": "other"}, Sex.OTHER),
        ({"gender": "unknown"}, Sex.UNKNOWN),
        (
            {
                "gender": "male",
                "extension": [
                    {
                        "url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex",
                        "valueCode": "F",
                    }
                ],
            },
            Sex.FEMALE,
        ),
    ],
)
def test_the_sex_at_birth_goes_before_the_gender(said: Json, sex: Sex) -> None:
    assert person(**said).values["sex"] is sex


@pytest.mark.parametrize("gender", ["F", "Female", 1, [], {}])
def test_a_gender_that_is_no_code_is_left_out(gender: Any) -> None:
    read = person(gender=gender)

    assert "sex" not in read.values
    assert remarks(read) == ["left_out"]


def test_phones_go_by_their_use_and_the_rest_where_there_is_room() -> None:
    phones = [
        {"system": "phone", "value": "1", "use": "work"},
        {"system": "phone", "value": "2", "use": "home"},
        {"system": "phone", "value": "3", "use": "old"},
        {"system": "fax", "value": "4"},
        {"system": "email", "value": "jane@x.example"},
    ]

    read = person(telecom=phones)

    assert read.values["mobile_phone"] == "1"
    assert read.values["home_phone"] == "2"
    assert read.values["email"] == "jane@x.example"


def test_an_address_is_the_one_at_home() -> None:
    addresses = [
        {"use": "work", "city": "Boone"},
        {"use": "home", "line": ["1 Hill Rd", "Apt 2", "Rear"], "city": "Ames", "state": "IA"},
    ]

    read = person(address=addresses)

    assert read.values["address_line_1"] == "1 Hill Rd"
    assert read.values["address_line_2"] == "Apt 2, Rear"
    assert read.values["city"] == "Ames"


@pytest.mark.parametrize("code", ["es", "es-MX", "spa", "ES"])
def test_a_language_is_known_by_its_codes(code: str) -> None:
    read = person(communication=[{"language": {"coding": [{"code": code}]}}])

    assert read.values["language_spoken"] is Language.SPANISH


def test_an_unknown_language_is_remarked_on() -> None:
    read = person(communication=[{"language": {"coding": [{"code": "tlh"}], "text": "Klingon"}}])

    assert remarks(read) == ["left_out"]


def test_nobody_needs_an_interpreter_who_is_said_to_need_none() -> None:
    url = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"

    read = person(extension=[{"url": url, "valueBoolean": False}])

    assert read.values["interpreter"] is Interpreter.NONE


def test_numbers_are_kept_with_who_gave_them() -> None:
    numbers = [
        {"system": "urn:oid:1.2", "value": "77"},
        {"value": "88", "assigner": {"display": "Hospital"}},
        {"value": "nobody's"},
        {"system": "urn:oid:1.2", "value": "66", "use": "old"},
        {"system": "x:ssn", "value": "9", "type": {"coding": [{"code": "SS"}]}},
        {"system": "urn:oid:1.2", "value": True},
        "99",
    ]

    assert person(identifier=numbers).identifiers == (("urn:oid:1.2", "77"), ("Hospital", "88"))


@pytest.mark.parametrize("said", [{"deceasedBoolean": True}, {"deceasedDateTime": "2020"}])
def test_that_somebody_died_is_remarked_on(said: Json) -> None:
    assert remarks(person(**said)) == ["said_to_have_died"]


@pytest.mark.parametrize("key", ["telecom", "address", "communication", "contact"])
@pytest.mark.parametrize("value", ["x", 7, [7], [None], [[]], True])
def test_what_is_written_wrongly_is_left_out_and_said(key: str, value: Any) -> None:
    read = person(**{key: value})

    assert read.values["family_name"] == "Doe"
    assert remarks(read) == ["badly_written"]


def test_one_thing_may_stand_where_a_list_should_and_a_number_for_a_text() -> None:
    read = person(
        identifier={"system": "urn:oid:1.2", "value": 12345},
        name={"family": "Doe", "given": "Jane"},
        address={"line": "1 Hill Rd", "postalCode": 50010},
    )

    assert read.identifiers == (("urn:oid:1.2", "12345"),)
    assert read.values["given_name"] == "Jane"
    assert read.values["postcode"] == "50010"
    assert remarks(read) == []


# --- whatever comes -------------------------------------------------------------------------------

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = (
    *("name", "telecom", "address", "birthDate", "gender", "identifier", "communication"),
    *("contact", "link", "extension", "id", "active", "deceasedBoolean", "resourceType"),
)
parts = st.dictionaries(
    st.sampled_from(
        [
            *(
                "use",
                "family",
                "given",
                "text",
                "value",
                "system",
                "line",
                "city",
                "coding",
                "code",
            ),
            *("language", "extension", "url", "relationship", "type", "assigner", "rank", "_given"),
        ]
    ),
    json_values,
    max_size=4,
)
odd_patients = st.dictionaries(
    st.sampled_from(KEYS), json_values | parts | st.lists(parts, max_size=3), max_size=6
).map(lambda odd: {**JANE, **odd})


@given(
    st.lists(odd_patients | odd_patients.map(lambda p: {**HUSBAND, **p}) | json_values, max_size=4)
)
def test_whatever_a_bundle_holds_everything_is_read_or_refused(resources: list[Any]) -> None:
    read = all_of(*resources)

    assert all(isinstance(each, Incoming | Refused) for each in read)


@given(st.binary(max_size=200))
def test_whatever_bytes_come_nothing_but_a_foreseen_failure(data: bytes) -> None:
    said = ""
    try:
        said = repr(list(read_bundle(data)))
    except AppError as error:
        said = error.code

    assert said
