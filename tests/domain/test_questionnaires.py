"""Tests for questionnaires: loading, refusing, and the field table they give."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from intake_app.domain.countries import Units
from intake_app.domain.errors import QuestionnaireError
from intake_app.domain.fields import EnteredBy, Kind, Option
from intake_app.domain.questionnaire_files import read_questionnaire
from intake_app.domain.questionnaires import Item, read_answers
from intake_app.domain.reading import Locality
from intake_app.domain.values import PartialDate, Quantity
from tests.domain.questions import SAFETY, a_questionnaire, options, question, raw_text

LOCALITY = Locality(today=date(2026, 11, 22))
QUANTITY_UNITS = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
            "valueCoding": {"code": code, "display": name},
        }
        for code, name in (("Cel", "°C"), ("[degF]", "°F"))
    ]
}


def first(raw: dict[str, Any]) -> Item:
    return a_questionnaire(raw).items[0]


# --- the field table ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (question("a", "string"), Kind.TEXT),
        (question("a", "text"), Kind.LONG_TEXT),
        (question("a", "boolean"), Kind.BOOLEAN),
        (question("a", "decimal"), Kind.DECIMAL),
        (question("a", "integer"), Kind.INTEGER),
        (question("a", "date"), Kind.DATE),
        (question("a", "dateTime"), Kind.DATE_TIME),
        (question("a", "time"), Kind.TIME),
        (question("a", "choice", answerOption=options("x")), Kind.CHOICE),
        (question("a", "choice", answerOption=options("x"), repeats=True), Kind.CHOICES),
        (question("a", "open-choice", answerOption=options("x")), Kind.TEXT),
        (question("a", "quantity", **QUANTITY_UNITS), Kind.QUANTITY),
        (
            question(
                "a",
                "date",
                extension=[{"url": "urn:intake-app:partial-date", "valueBoolean": True}],
            ),
            Kind.PARTIAL_DATE,
        ),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else value.value,
)
def test_every_type_of_question_becomes_its_kind_of_field(raw: dict[str, Any], kind: Kind) -> None:
    assert first(raw).field("a").kind is kind


@pytest.mark.parametrize("kind", ["group", "display"])
def test_groups_and_displayed_words_are_no_fields(kind: str) -> None:
    inside = {"item": [question("b")]} if kind == "group" else {}

    assert first(question("a", kind, **inside)).kind is None


def test_a_field_carries_everything_the_file_says_of_the_question() -> None:
    structure = "http://hl7.org/fhir/StructureDefinition/"
    raw = question(
        "inr",
        "decimal",
        required=True,
        extension=[
            {"url": f"{structure}minValue", "valueDecimal": 0.5},
            {"url": f"{structure}maxValue", "valueInteger": 20},
            {"url": f"{structure}maxDecimalPlaces", "valueInteger": 2},
            {"url": f"{structure}questionnaire-unit", "valueCoding": {"code": "1"}},
            {"url": f"{structure}entryFormat", "valueString": "1.1"},
            {"url": "urn:intake-app:entered-by", "valueCode": "nurse"},
            {"url": "urn:intake-app:handle", "valueString": "F-74"},
        ],
    )

    field = first(raw).field("inr")

    assert (field.key, field.label, field.required) == ("inr", "About inr", True)
    assert (field.minimum, field.maximum, field.decimals) == (Decimal("0.5"), 20, 2)
    assert (field.unit, field.hint) == ("1", "1.1")
    assert (field.by, field.handle) == (EnteredBy.NURSE, "F-74")


def test_options_may_come_from_a_value_set_in_the_file() -> None:
    contained = [
        {
            "resourceType": "ValueSet",
            "id": "yn",
            "compose": {"include": [{"concept": [{"code": "y", "display": "Yes"}]}]},
        }
    ]

    found = a_questionnaire(question("a", "choice", answerValueSet="#yn"), contained=contained)

    assert found.items[0].field("a").choices == (Option("y", "Yes"),)


def test_several_choices_may_be_chosen_from_the_start() -> None:
    initial = [{"valueCoding": {"code": code}} for code in ("x", "y")]
    raw = question("a", "choice", repeats=True, answerOption=options("x", "y"), initial=initial)

    assert first(raw).initial == ("x", "y")


def test_the_path_of_a_question_in_rows_needs_its_row() -> None:
    item = SAFETY.find("allergies.which")
    assert item is not None

    with pytest.raises(ValueError, match=r"allergies\.which"):
        SAFETY.path_of(item)
    assert SAFETY.path_of(item, 2) == "allergies.2.which"


@pytest.mark.parametrize(
    ("units", "first_unit", "low", "high"),
    [(Units.US, "°F", Decimal("93.2"), Decimal("107.6")), (Units.METRIC, "°C", 34, 42)],
    ids=["us", "metric"],
)
def test_a_bare_temperature_is_read_in_the_unit_of_the_clinic(
    units: Units, first_unit: str, low: Decimal, high: Decimal
) -> None:
    temperature = SAFETY.find("temperature")
    assert temperature is not None

    field = temperature.field("temperature", units)

    assert (field.unit, field.minimum, field.maximum) == (first_unit, low, high)
    assert set(field.units) == {"°C", "°F"}


# --- reading what was typed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("inr", "1,2", Decimal("1.2")),
        ("temperature", "98.6 F", Quantity(Decimal("98.6"), "°F")),
        ("blood_thinner", "Unknown", "unknown"),
        ("allergies.3.noted", "March 2026", PartialDate.in_month(2026, 3)),
        ("blood_thinners.0.name", "Apixaban", "Apixaban"),
        ("creatinine", "90 umol/l", Quantity(Decimal(90), "µmol/L")),
    ],
)
def test_typed_answers_are_read_like_every_other_field(
    path: str, typed: str, value: object
) -> None:
    reading = read_answers(SAFETY, {path: typed}, locality=LOCALITY)

    assert reading.values == {path: value}


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("inr", "high", "not_a_number"),
        ("temperature", "98.6 °C", "other_unit"),
        ("weight", "900 lb", "out_of_range"),
        ("creatinine", "9000 µmol/L", "out_of_range"),
        ("blood_thinner", "perhaps", "not_a_choice"),
        ("lie_prone_minutes", "0", "out_of_range"),
        ("allergies.0.noted", "31 February 2026", "no_such_day"),
        ("allergies.0.which", "x" * 81, "too_long"),
    ],
)
def test_unreadable_answers_are_problems_at_their_path(path: str, typed: str, code: str) -> None:
    reading = read_answers(SAFETY, {path: typed}, locality=LOCALITY)

    assert [(problem.key, problem.code) for problem in reading.problems] == [(path, code)]


@pytest.mark.parametrize(
    "path", ["nothing", "allergies", "allergies.substance", "allergies.0.inr", "inr.0.x"]
)
def test_a_path_without_a_question_is_left_out(path: str) -> None:
    reading = read_answers(SAFETY, {path: "x"}, locality=LOCALITY)

    assert (reading.values, reading.problems) == ({}, ())


# --- refusing a file ----------------------------------------------------------------------

IN_ROWS = question("rows", "group", repeats=True, item=[question("rows.b")])
BAD_WHEN = {"question": "a", "operator": "=", "answerString": "x"}
REFUSED: dict[str, tuple[list[dict[str, Any]], str, str]] = {
    "unknown type": ([question("a", "url")], "a", "unknown_type"),
    "same id twice": ([question("a"), question("a")], "a", "duplicate_link_id"),
    "same path twice": (
        [question("rows", "group", repeats=True, item=[question("rows.b"), question("b")])],
        "b",
        "duplicate_link_id",
    ),
    "id with a number part": ([question("a.1")], "a.1", "bad_link_id"),
    "no id": ([{"text": "A", "type": "string"}], "", "bad_link_id"),
    "no text": ([{"linkId": "a", "type": "string"}], "a", "no_text"),
    "blank text": ([question("a") | {"text": " "}], "a", "no_text"),
    "choice without options": ([question("a", "choice")], "a", "no_options"),
    "same option twice": (
        [question("a", "choice", answerOption=options("x", "x"))],
        "a",
        "duplicate_option",
    ),
    "quantity without units": ([question("a", "quantity")], "a", "no_units"),
    "unknown value set": (
        [question("a", "choice", answerValueSet="#no")],
        "a",
        "unknown_value_set",
    ),
    "empty group": ([question("a", "group")], "a", "empty_group"),
    "question with items": (
        [question("a", "string", item=[question("b")])],
        "a",
        "items_in_a_question",
    ),
    "rows in rows": (
        [question("a", "group", repeats=True, item=[IN_ROWS])],
        "a",
        "rows_in_rows",
    ),
    "text that repeats": ([question("a", "string", repeats=True)], "a", "cannot_repeat"),
    "initial of another type": (
        [question("a", "integer", initial=[{"valueString": "x"}])],
        "a",
        "bad_initial",
    ),
    "initial not offered": (
        [
            question(
                "a",
                "choice",
                answerOption=options("x"),
                initial=[{"valueCoding": {"code": "y"}}],
            )
        ],
        "a",
        "bad_initial",
    ),
    "condition on nothing": (
        [question("b", enableWhen=[BAD_WHEN])],
        "b",
        "condition_points_nowhere",
    ),
    "condition on a group": (
        [question("a", "group", item=[question("c")]), question("b", enableWhen=[BAD_WHEN])],
        "b",
        "condition_points_nowhere",
    ),
    "condition with an unknown operator": (
        [question("a"), question("b", enableWhen=[BAD_WHEN | {"operator": "~"}])],
        "b",
        "bad_condition",
    ),
    "condition with an answer of another type": (
        [question("a", "integer"), question("b", enableWhen=[BAD_WHEN])],
        "b",
        "bad_condition",
    ),
    "condition with a choice not offered": (
        [
            question("a", "choice", answerOption=options("x")),
            question(
                "b",
                enableWhen=[{"question": "a", "operator": "=", "answerCoding": {"code": "z"}}],
            ),
        ],
        "b",
        "bad_condition",
    ),
    "exists without yes or no": (
        [question("a"), question("b", enableWhen=[BAD_WHEN | {"operator": "exists"}])],
        "b",
        "bad_condition",
    ),
    "unknown behavior": (
        [question("a"), question("b", enableWhen=[BAD_WHEN], enableBehavior="most")],
        "b",
        "bad_condition",
    ),
    "condition on itself": (
        [question("a", enableWhen=[BAD_WHEN])],
        "a",
        "condition_in_a_circle",
    ),
    "group that waits for its own question": (
        [question("g", "group", item=[question("a")], enableWhen=[BAD_WHEN])],
        "g",
        "condition_in_a_circle",
    ),
    "option without a value": (
        [question("a", "choice", answerOption=[{"valueCoding": {"display": "X"}}])],
        "a",
        "bad_option",
    ),
    "limit that is no number": (
        [
            question(
                "a",
                "integer",
                extension=[
                    {
                        "url": "http://hl7.org/fhir/StructureDefinition/maxValue",
                        "valueString": "ten",
                    }
                ],
            )
        ],
        "a",
        "bad_limit",
    ),
    "unknown role": (
        [question("a", extension=[{"url": "urn:intake-app:entered-by", "valueCode": "gardener"}])],
        "a",
        "unknown_role",
    ),
    "limits the wrong way round": (
        [
            question(
                "a",
                "integer",
                extension=[
                    {
                        "url": "http://hl7.org/fhir/StructureDefinition/minValue",
                        "valueInteger": 5,
                    },
                    {
                        "url": "http://hl7.org/fhir/StructureDefinition/maxValue",
                        "valueInteger": 4,
                    },
                ],
            )
        ],
        "a",
        "bad_limit",
    ),
}


@pytest.mark.parametrize(("items", "item", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_asked_is_refused_with_the_item_named(
    items: list[dict[str, Any]], item: str, why: str
) -> None:
    with pytest.raises(QuestionnaireError) as refused:
        a_questionnaire(*items)

    assert refused.value.values == {"file": "test.json", "item": item, "why": why}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not_json"),
        ("[]", "not_a_questionnaire"),
        ('{"resourceType": "Patient"}', "not_a_questionnaire"),
        (raw_text(question("a"), version=""), "no_version"),
        (raw_text(question("a"), url=None), "no_url"),
        (raw_text(), "no_items"),
        (raw_text(question("a"), item=["a"]), "not_a_questionnaire"),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused(text: str, why: str) -> None:
    with pytest.raises(QuestionnaireError) as refused:
        read_questionnaire(text, name="test.json")

    assert refused.value.values["why"] == why


# --- the shipped safety questions ---------------------------------------------------------

HANDLES = [
    *("F-70", "F-71", "F-72", "F-74", "F-80"),
    *(f"F-{number}" for number in range(90, 109)),
    "F-110",
]


@pytest.mark.parametrize("handle", HANDLES)
def test_every_safety_fact_has_its_question(handle: str) -> None:
    assert [item.link_id for item in SAFETY if item.handle == handle]


def test_the_restart_of_blood_thinners_is_not_asked_before_the_procedure() -> None:
    assert [item.link_id for item in SAFETY if item.handle == "F-73"] == []


YES_NO = [item for item in SAFETY if {"yes", "no"} <= {option.value for option in item.options}]


@pytest.mark.parametrize("item", YES_NO, ids=lambda item: item.link_id)
def test_every_yes_or_no_question_can_be_answered_unknown(item: Item) -> None:
    assert "unknown" in {option.value for option in item.options}


@pytest.mark.parametrize(
    "link_id",
    [
        *("blood_thinner", "allergies.severity", "lie_prone", "allergy_status"),
        *("pregnancy_possible", "diabetes", "kidney", "sleep_apnoea", "skin", "smoking"),
        *("conditions", "asa", "teaching_to", "blood_thinners.reason", "osteoporosis_treatment"),
    ],
)
def test_unknown_is_offered_where_the_facts_allow_it(link_id: str) -> None:
    item = SAFETY.find(link_id)

    assert item is not None
    assert "unknown" in {option.value for option in item.options}


@pytest.mark.parametrize(
    "item", [item for item in SAFETY if item.kind is not None], ids=lambda item: item.link_id
)
def test_every_safety_question_says_who_enters_it_and_its_handle(item: Item) -> None:
    field = item.field(item.link_id)

    assert field.handle
    assert field.by in (EnteredBy.RECEPTION, EnteredBy.RECEPTION_THEN_NURSE, EnteredBy.NURSE)
    assert len(field.label) <= 80


@pytest.mark.parametrize(
    ("link_id", "by"),
    [
        ("hold_plan", EnteredBy.NURSE),
        ("asa", EnteredBy.NURSE),
        ("consent_by", EnteredBy.NURSE),
        ("blood_thinner", EnteredBy.RECEPTION_THEN_NURSE),
        ("belongings", EnteredBy.RECEPTION),
    ],
)
def test_the_role_that_enters_is_the_one_in_the_facts(link_id: str, by: EnteredBy) -> None:
    item = SAFETY.find(link_id)

    assert item is not None
    assert item.by is by


def test_there_are_eight_to_ten_groups_in_the_order_a_nurse_asks() -> None:
    titles = [item.text for item in SAFETY.items]

    assert 8 <= len(titles) <= 10
    assert (titles[0], titles[-1]) == ("Allergies", "Consent")
