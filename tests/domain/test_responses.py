"""Tests for answers as a FHIR QuestionnaireResponse and back: nothing is lost."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.answers import Answers
from intake_app.domain.asking import start
from intake_app.domain.errors import QuestionnaireError
from intake_app.domain.fields import FieldValue
from intake_app.domain.questionnaires import Item, ItemType, SafetyAnswers
from intake_app.domain.responses import answers_of, from_response, to_response, with_answers
from intake_app.domain.values import PartialDate, Quantity
from tests.domain.questions import SAFETY, a_questionnaire, options, question

RECORD = SafetyAnswers(id="s1", visit_id="v1")
QUESTIONS = [item for item in SAFETY if item.kind is not None]


def there_and_back(answers: Answers) -> Answers:
    text = json.dumps(to_response(SAFETY, answers))
    return from_response(SAFETY, json.loads(text, parse_float=Decimal))


def an_answer(item: Item) -> st.SearchStrategy[FieldValue]:  # noqa: PLR0911 - one for each type
    """Return any answer a question may have."""
    codes = st.sampled_from([option.value for option in item.options] or [""])
    numbers = st.decimals(-10_000, 10_000, places=3)
    match item.type:
        case ItemType.CHOICE if item.repeats:
            return st.lists(codes, min_size=1, unique=True).map(tuple)
        case ItemType.CHOICE:
            return codes
        case ItemType.QUANTITY:
            names = st.sampled_from([unit.name for unit in item.units])
            return st.builds(Quantity, numbers, names)
        case ItemType.DECIMAL:
            return numbers
        case ItemType.INTEGER:
            return st.integers()
        case ItemType.DATE if item.partial:
            days = st.dates(min_value=date(1900, 1, 1))
            about = st.builds(PartialDate.about, st.integers(1, 99), st.sampled_from("dwmy"), days)
            months = st.builds(PartialDate.in_month, st.integers(1900, 2100), st.integers(1, 12))
            return about | months | days.map(PartialDate.on)
        case ItemType.DATE:
            return st.dates()
        case ItemType.DATE_TIME:
            return st.datetimes(timezones=st.just(UTC))
    return st.text(min_size=1)


@st.composite
def some_answers(draw: st.DrawFn) -> Answers:
    answers = Answers()
    for item in draw(st.lists(st.sampled_from(QUESTIONS), unique_by=lambda i: i.link_id)):
        row = draw(st.integers(0, 2)) if SAFETY.rows_of(item) else None
        answers = answers.set(SAFETY.path_of(item, row), draw(an_answer(item)))
    return answers


@given(some_answers())
def test_every_answer_comes_back_as_it_was_hidden_ones_too(answers: Answers) -> None:
    assert there_and_back(answers) == answers


def test_an_empty_row_comes_back() -> None:
    answers = Answers().add_row("allergies")

    assert there_and_back(answers) == answers


def test_a_response_names_its_questionnaire_and_speaks_fhir() -> None:
    answers = Answers().with_values(
        {"blood_thinner": "yes", "temperature": Quantity(Decimal("37.2"), "°C")}
    )

    response = to_response(SAFETY, answers)

    assert response["resourceType"] == "QuestionnaireResponse"
    assert response["questionnaire"] == "urn:intake-app:questionnaire:safety|1"
    (thinner,), (temperature,) = (group["item"] for group in response["item"])
    assert thinner["answer"] == [{"valueCoding": {"code": "yes", "display": "Yes"}}]
    assert temperature["answer"] == [
        {
            "valueQuantity": {
                "value": 37.2,
                "unit": "°C",
                "system": "http://unitsofmeasure.org",
                "code": "Cel",
            }
        }
    ]


def test_an_answer_not_asked_now_is_marked_in_the_response() -> None:
    answers = Answers().with_values({"cancer": "no", "cancer_kind": "breast"})

    (group,) = to_response(SAFETY, answers)["item"]

    assert "extension" not in group["item"][0]
    assert group["item"][1]["extension"] == [
        {"url": "urn:intake-app:not-asked-now", "valueBoolean": True}
    ]


UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
PARTIAL = {"extension": [{"url": "urn:intake-app:partial-date", "valueBoolean": True}]}
EVERY_TYPE = a_questionnaire(
    question("boolean", "boolean"),
    question("decimal", "decimal"),
    question("integer", "integer"),
    question("date", "date"),
    question("partial", "date", **PARTIAL),
    question("moment", "dateTime"),
    question("time", "time"),
    question("text", "text"),
    question("choice", "choice", answerOption=[*options("x"), {"valueInteger": 3}]),
    question("open", "open-choice", answerOption=[{"valueString": "Aspirin"}]),
    question("quantity", "quantity", extension=[{"url": UNIT, "valueCoding": {"display": "kg"}}]),
    question("inside", "group", item=[question("deep", "string")]),
    question(
        "rows",
        "group",
        repeats=True,
        item=[question("within", "group", item=[question("rows.deep")])],
    ),
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("boolean", False),
        ("decimal", Decimal("1.25")),
        ("integer", 0),
        ("date", date(2026, 3, 4)),
        ("partial", PartialDate.about(3, "w", date(2026, 11, 22))),
        ("partial", PartialDate.in_year(2024)),
        ("moment", datetime(2026, 11, 22, 6, 30, tzinfo=UTC)),
        ("time", time(14, 30)),
        ("text", "one\ntwo"),
        ("choice", "3"),
        ("open", "something else"),
        ("quantity", Quantity(Decimal(70), "kg")),
        ("deep", "words"),
        ("rows.1.deep", "words"),
    ],
    ids=str,
)
def test_every_type_of_answer_comes_back(path: str, value: FieldValue) -> None:
    answers = Answers().set(path, value)

    text = json.dumps(to_response(EVERY_TYPE, answers))

    assert from_response(EVERY_TYPE, json.loads(text, parse_float=Decimal)) == answers


@pytest.mark.parametrize(
    ("path", "answer", "value"),
    [
        ("choice", {"valueString": "x"}, "x"),
        ("choice", {"valueInteger": 3}, "3"),
        ("open", {"valueCoding": {"code": "asa", "display": "Aspirin"}}, "Aspirin"),
        ("integer", {"valueInteger": Decimal("2.0")}, 2),
    ],
)
def test_an_answer_another_program_wrote_in_its_own_way_is_read(
    path: str, answer: dict[str, Any], value: FieldValue
) -> None:
    response = {"item": [{"linkId": path, "answer": [answer]}]}

    assert from_response(EVERY_TYPE, response).values == {path: value}


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("boolean", [{"valueBoolean": "yes"}]),
        ("decimal", [{"valueDecimal": True}]),
        ("integer", [{"valueInteger": Decimal("2.5")}]),
        ("date", [{"valueDate": "2026-13-01"}]),
        ("partial", [{"_valueDate": {"extension": []}}]),
        ("moment", [{"valueDateTime": "2026-11-22T06:30:00"}]),
        ("choice", [{"valueCoding": "x"}]),
        ("choice", [{}]),
        ("quantity", [{"valueQuantity": {"value": 3, "unit": "stone"}}]),
        ("text", [{"valueString": ""}]),
        ("text", [{"valueString": "one"}, {"valueString": "two"}]),
        ("text", []),
        ("rows.deep", [{"valueString": "in no row"}]),
    ],
    ids=str,
)
def test_an_answer_that_cannot_be_read_is_kept_as_it_is(
    path: str, answers: list[dict[str, Any]]
) -> None:
    raw = {"linkId": path, "answer": answers}

    found = from_response(EVERY_TYPE, {"item": [raw]})

    assert found.values == {}
    assert [kept.item for kept in found.kept] == [raw]


# --- another version of the questionnaire -------------------------------------------------

OLD = a_questionnaire(
    question("gone"),
    question("old_group", "group", item=[question("moved"), question("gone_too")]),
    question(
        "drugs", "group", repeats=True, item=[question("drugs.name"), question("drugs.colour")]
    ),
    question("changed", "string"),
    version="1",
)
NEW = a_questionnaire(
    question("moved"),
    question("drugs", "group", repeats=True, item=[question("drugs.name")]),
    question("changed", "integer"),
    version="2",
)
OLD_ANSWERS = Answers().with_values(
    {
        "gone": "1",
        "moved": "2",
        "gone_too": "3",
        "drugs.0.name": "4",
        "drugs.0.colour": "5",
        "drugs.1.colour": "6",
        "changed": "seven",
    }
)


def in_new_version() -> Answers:
    return from_response(NEW, to_response(OLD, OLD_ANSWERS))


def test_answers_that_still_have_their_question_are_read_wherever_it_stands() -> None:
    answers = in_new_version()

    assert answers.values == {"moved": "2", "drugs.0.name": "4"}
    assert list(answers.rows("drugs")) == [0, 1]


def test_answers_without_a_question_are_kept_untouched() -> None:
    text = json.dumps(to_response(NEW, in_new_version()))

    assert from_response(OLD, json.loads(text)) == OLD_ANSWERS


def test_a_group_that_was_renamed_leaves_nothing_behind() -> None:
    old = a_questionnaire(question("before", "group", item=[question("a")]))
    new = a_questionnaire(question("after", "group", item=[question("a")]))

    answers = from_response(new, to_response(old, Answers().set("a", "x")))

    assert answers == Answers().set("a", "x")


def test_kept_answers_survive_many_saves() -> None:
    answers = from_response(NEW, to_response(NEW, in_new_version()))

    again = from_response(NEW, to_response(NEW, answers))

    assert again == answers
    assert sorted(map(str, again.kept)) == sorted(map(str, in_new_version().kept))


def test_an_answer_that_cannot_be_read_is_kept_beside_a_new_one() -> None:
    answers = in_new_version().set("changed", 7)

    again = from_response(NEW, to_response(NEW, answers))

    assert again.get("changed") == 7
    assert "seven" in json.dumps(to_response(NEW, again))


def test_an_option_no_longer_offered_stays_the_answer() -> None:
    old = a_questionnaire(question("a", "choice", answerOption=options("x", "y")))
    new = a_questionnaire(question("a", "choice", answerOption=options("x")))

    answers = from_response(new, to_response(old, Answers().set("a", "y")))

    assert answers.get("a") == "y"


# --- the stored record --------------------------------------------------------------------


def test_a_record_without_a_response_gives_the_initial_answers() -> None:
    assert answers_of(RECORD, SAFETY) == start(SAFETY)


def test_a_record_gives_back_the_answers_written_into_it() -> None:
    answers = Answers().with_values({"inr": Decimal("1.25"), "cancer_kind": "Zoë’s 🎗"})

    record = with_answers(RECORD, SAFETY, answers=answers)

    assert record.questionnaire == SAFETY.canonical
    assert answers_of(record, SAFETY) == answers


@given(some_answers())
def test_saving_what_was_read_writes_the_same_text(answers: Answers) -> None:
    once = with_answers(RECORD, SAFETY, answers=answers)

    assert with_answers(once, SAFETY, answers=answers_of(once, SAFETY)) == once


def test_kept_numbers_can_be_written_again() -> None:
    gone: dict[str, Any] = {"linkId": "gone", "answer": [{"valueDecimal": 1.5}]}
    old = SafetyAnswers(id="s1", visit_id="v1", response=json.dumps({"item": [gone]}))

    record = with_answers(old, SAFETY, answers=answers_of(old, SAFETY))

    assert json.loads(record.response)["item"] == [gone]


@pytest.mark.parametrize("damaged", ["{", "[]", '{"item": 3}', '{"item": ["x"]}'])
def test_a_damaged_response_is_an_error_and_not_an_empty_form(damaged: str) -> None:
    record = SafetyAnswers(id="s1", visit_id="v1", response=damaged)

    with pytest.raises(QuestionnaireError):
        answers_of(record, SAFETY)
