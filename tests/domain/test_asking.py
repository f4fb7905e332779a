"""Tests for what is asked now: conditions both ways, rows, scores, notes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.answers import Answers
from intake_app.domain.asking import (
    Rows,
    Score,
    Words,
    counted,
    enabled,
    fields_for,
    raised,
    scores,
    sections_for,
    start,
    with_new_row,
)
from intake_app.domain.fields import FieldValue
from intake_app.domain.questionnaires import Condition, Item, Operator
from intake_app.domain.values import PartialDate, Quantity
from tests.domain.questions import SAFETY, a_questionnaire, meet, options, question

CONDITIONS = [(item, condition) for item in SAFETY for condition in item.conditions]


def asked_paths(answers: Answers) -> set[str]:
    return {asked.path for asked in fields_for(SAFETY, answers)}


def shown_items(answers: Answers) -> set[str]:
    """Return link ids of everything drawn, rows and words included."""
    parts = [part for section in sections_for(SAFETY, answers) for part in section.parts]
    in_rows = [
        each for part in parts if isinstance(part, Rows) for row in part.rows for each in row
    ]
    return {
        part.link_id
        if isinstance(part, Rows | Words)
        else getattr(SAFETY.item_at(part.path), "link_id", "")
        for part in (*parts, *in_rows)
    }


@pytest.mark.parametrize(
    ("item", "condition"),
    CONDITIONS,
    ids=[f"{item.link_id} by {c.question} {c.answer}" for item, c in CONDITIONS],
)
def test_each_condition_of_the_safety_questions_shows_its_question(
    item: Item, condition: Condition
) -> None:
    assert item.link_id in shown_items(meet(SAFETY, item, condition))


@pytest.mark.parametrize(
    "item", [item for item in SAFETY if item.conditions], ids=lambda item: item.link_id
)
def test_a_question_with_conditions_is_not_asked_before_one_holds(item: Item) -> None:
    group = SAFETY.rows_of(item)
    answers = meet(SAFETY, group) if group else start(SAFETY)
    answers = with_new_row(SAFETY, answers, group=group.link_id) if group else answers

    assert item.link_id not in shown_items(answers)


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_rows_of_blood_thinners_are_asked_only_after_yes(answer: str) -> None:
    answers = start(SAFETY).set("blood_thinners.0.name", "Apixaban").set("blood_thinner", answer)

    assert "blood_thinners.0.name" not in asked_paths(answers)
    assert "blood_thinners.0.name" in asked_paths(answers.set("blood_thinner", "yes"))


def test_a_hold_plan_is_asked_also_when_nobody_knows_of_a_blood_thinner() -> None:
    assert "hold_plan" in asked_paths(start(SAFETY).set("blood_thinner", "unknown"))


# --- operators ----------------------------------------------------------------------------

OPERATORS = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
}


def waiting(operator: str, kind: str, more: dict[str, Any] | None = None, **answer: Any) -> Any:
    """Return a questionnaire whose question b waits for question a."""
    when = {"question": "a", "operator": operator, **answer}
    return a_questionnaire(question("a", kind, **(more or {})), question("b", enableWhen=[when]))


@pytest.mark.parametrize("operator", OPERATORS)
@given(typed=st.integers(-5, 5), wanted=st.integers(-5, 5))
def test_numbers_compare_as_numbers(operator: str, typed: int, wanted: int) -> None:
    asks = waiting(operator, "integer", answerInteger=wanted)

    shown = enabled(asks, "b", answers=Answers().set("a", typed))

    assert shown is OPERATORS[operator](typed, wanted)


@pytest.mark.parametrize("operator", OPERATORS)
@given(typed=st.dates(), wanted=st.dates())
def test_dates_compare_as_dates(operator: str, typed: Any, wanted: Any) -> None:
    asks = waiting(operator, "date", answerDate=wanted.isoformat())

    shown = enabled(asks, "b", answers=Answers().set("a", typed))

    assert shown is OPERATORS[operator](typed, wanted)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [("=", False), ("!=", True), (">", False), ("<", False), (">=", False), ("<=", False)],
)
def test_without_an_answer_only_not_equal_holds(operator: str, *, expected: bool) -> None:
    asks = waiting(operator, "integer", answerInteger=1)

    assert enabled(asks, "b", answers=Answers()) is expected


@pytest.mark.parametrize("wanted", [True, False])
@pytest.mark.parametrize("value", ["x", None])
def test_exists_asks_whether_there_is_an_answer(value: str | None, *, wanted: bool) -> None:
    asks = waiting("exists", "string", answerBoolean=wanted)

    shown = enabled(asks, "b", answers=Answers().set("a", value))

    assert shown is (bool(value) is wanted)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (Quantity(Decimal("38.1"), "°C"), True),
        (Quantity(Decimal("100.6"), "°F"), True),
        (Quantity(Decimal("98.6"), "°F"), False),
    ],
)
def test_quantities_compare_across_units(typed: Quantity, *, expected: bool) -> None:
    unit = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
    units = [{"url": unit, "valueCoding": {"code": code}} for code in ("°C", "°F")]
    asks = waiting(
        ">",
        "quantity",
        {"extension": units},
        answerQuantity={"value": 38, "unit": "°C"},
    )

    assert enabled(asks, "b", answers=Answers().set("a", typed)) is expected


@pytest.mark.parametrize(
    ("said", "shown_by"),
    [
        (PartialDate.in_month(2026, 2), {"<", "<=", "!="}),
        (PartialDate.in_month(2026, 3), {"!="}),
        (PartialDate.on(date(2026, 3, 4)), {"=", "<=", ">="}),
        (PartialDate.in_year(2027), {">", ">=", "!="}),
    ],
    ids=["before", "overlaps", "the day", "after"],
)
def test_a_date_said_in_part_compares_only_where_it_is_sure(
    said: PartialDate, shown_by: set[str]
) -> None:
    partial = {"extension": [{"url": "urn:intake-app:partial-date", "valueBoolean": True}]}
    answers = Answers().set("a", said)

    found = {
        operator
        for operator in OPERATORS
        if enabled(
            waiting(operator, "date", partial, answerDate="2026-03-04"), "b", answers=answers
        )
    }

    assert found == shown_by


@pytest.mark.parametrize(
    ("kind", "answer", "typed"),
    [
        ("boolean", {"answerBoolean": True}, "true"),
        ("dateTime", {"answerDateTime": "2026-11-22T08:00:00Z"}, date(2026, 11, 22)),
        ("integer", {"answerInteger": 1}, "1"),
    ],
)
def test_an_answer_of_another_type_is_not_equal(
    kind: str, answer: dict[str, Any], typed: FieldValue
) -> None:
    assert not enabled(waiting("=", kind, **answer), "b", answers=Answers().set("a", typed))


def test_a_unit_that_cannot_be_converted_meets_no_condition() -> None:
    unit = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
    units = [{"url": unit, "valueCoding": {"code": code}} for code in ("kg", "cm")]
    answer = {"answerQuantity": {"value": 38, "unit": "kg"}}
    asks = waiting(">", "quantity", {"extension": units}, **answer)

    assert not enabled(asks, "b", answers=Answers().set("a", Quantity(Decimal(90), "cm")))


def test_a_question_outside_rows_may_look_at_every_row() -> None:
    when = [{"question": "rows.a", "operator": "=", "answerString": "x"}]
    asks = a_questionnaire(
        question("rows", "group", repeats=True, item=[question("rows.a")]),
        question("b", enableWhen=when),
    )
    answers = Answers().with_values({"rows.0.a": "w", "rows.1.a": "x"})

    assert enabled(asks, "b", answers=answers)
    assert not enabled(asks, "b", answers=answers.remove_row("rows", 1))


@pytest.mark.parametrize(
    ("chosen", "equal"), [(("x", "y"), True), (("y",), False), ((), False)], ids=str
)
def test_of_several_choices_one_that_is_equal_is_enough(
    chosen: tuple[str, ...], *, equal: bool
) -> None:
    several = {"answerOption": options("x", "y"), "repeats": True}
    answers = Answers().set("a", chosen)

    for_equal = waiting("=", "choice", several, answerCoding={"code": "x"})
    for_other = waiting("!=", "choice", several, answerCoding={"code": "x"})

    assert enabled(for_equal, "b", answers=answers) is equal
    assert enabled(for_other, "b", answers=answers) is not equal


@given(a=st.booleans(), b=st.booleans(), behavior=st.sampled_from(["all", "any"]))
def test_all_or_any_conditions_must_hold(a: bool, b: bool, behavior: str) -> None:
    when = [{"question": name, "operator": "=", "answerBoolean": True} for name in ("a", "b")]
    asks = a_questionnaire(
        question("a", "boolean"),
        question("b", "boolean"),
        question("c", enableWhen=when, enableBehavior=behavior),
    )

    shown = enabled(asks, "c", answers=Answers().set("a", a).set("b", b))

    assert shown is (all if behavior == "all" else any)([a, b])


def test_a_hidden_answer_is_kept_but_does_not_count() -> None:
    answers = start(SAFETY).with_values({"cancer": "yes", "cancer_kind": "breast"})

    hidden = answers.set("cancer", "no")

    assert hidden.get("cancer_kind") == "breast"
    assert counted(SAFETY, hidden).get("cancer_kind") is None
    assert counted(SAFETY, answers).get("cancer_kind") == "breast"


def test_what_waits_for_a_hidden_answer_is_hidden_too() -> None:
    answers = start(SAFETY).with_values({"sleep_apnoea": "diagnosed", "cpap": "yes"})

    assert "cpap_brought" in asked_paths(answers)
    assert "cpap_brought" not in asked_paths(answers.set("sleep_apnoea", "none"))


def test_a_condition_inside_a_row_looks_at_its_own_row() -> None:
    answers = start(SAFETY).with_values(
        {
            "blood_thinner": "yes",
            "blood_thinners.0.reason": "af",
            "blood_thinners.1.reason": "stent",
        }
    )

    paths = asked_paths(answers)

    assert "blood_thinners.1.reason_on" in paths
    assert "blood_thinners.0.reason_on" not in paths


def test_a_question_that_is_not_there_cannot_be_asked_about() -> None:
    with pytest.raises(KeyError):
        enabled(SAFETY, "nothing", answers=Answers())


@given(st.dictionaries(st.sampled_from([i.link_id for i in SAFETY if not i.items]), st.text()))
def test_any_answers_at_all_can_be_drawn(values: dict[str, FieldValue]) -> None:
    answers = Answers().with_values(values)

    assert set(counted(SAFETY, answers).values) <= asked_paths(answers)


# --- what is drawn ------------------------------------------------------------------------


def test_fields_come_with_the_title_of_their_group() -> None:
    asked = fields_for(SAFETY, start(SAFETY))

    assert asked[0][0] == asked[0].field.key == "allergy_status"
    assert asked[0].group == "Allergies"


def test_an_enabled_group_of_rows_is_drawn_even_without_a_row() -> None:
    answers = start(SAFETY).set("allergy_status", "known")

    (section,) = [each for each in sections_for(SAFETY, answers) if each.title == "Allergies"]

    assert section.parts[1] == Rows("allergies", "Allergy", ())


def test_words_to_display_stand_between_the_questions() -> None:
    sections = {section.link_id: section for section in sections_for(SAFETY, start(SAFETY))}

    assert isinstance(sections["report_section"].parts[0], Words)


def test_initial_answers_are_there_from_the_start_and_in_each_new_row() -> None:
    asks = a_questionnaire(
        question("a", "integer", initial=[{"valueInteger": 3}]),
        question(
            "rows",
            "group",
            repeats=True,
            item=[question("rows.b", initial=[{"valueString": "x"}])],
        ),
    )

    answers = with_new_row(asks, start(asks), group="rows")

    assert answers.values == {"a": 3, "rows.0.b": "x"}


def test_a_row_can_be_added_only_to_a_group_of_rows() -> None:
    with pytest.raises(KeyError):
        with_new_row(SAFETY, Answers(), group="allergies_section")


# --- scores and notes ---------------------------------------------------------------------

POINTS = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def scored(link_id: str) -> dict[str, Any]:
    offered = [
        {"valueCoding": {"code": str(n)}, "extension": [{"url": POINTS, "valueDecimal": n}]}
        for n in (0, 1, 2)
    ]
    return question(link_id, "choice", answerOption=offered)


SUMMED = a_questionnaire(
    question(
        "score",
        "group",
        item=[scored("a"), scored("b"), question("c")],
        extension=[{"url": "urn:intake-app:shows-sum", "valueBoolean": True}],
    )
)


@pytest.mark.parametrize(
    ("values", "total", "answered"),
    [({}, 0, 0), ({"a": "2"}, 2, 1), ({"a": "2", "b": "1", "c": "x"}, 3, 2), ({"a": "0"}, 0, 1)],
)
def test_points_are_added_up_and_what_is_open_is_counted(
    values: dict[str, FieldValue], total: int, answered: int
) -> None:
    (score,) = scores(SUMMED, Answers().with_values(values))

    assert score == Score(
        link_id="score",
        title="About score",
        total=Decimal(total),
        answered=answered,
        questions=2,
    )


def test_points_may_also_stand_on_the_coding_of_an_option() -> None:
    coding = {"code": "x", "extension": [{"url": POINTS, "valueDecimal": 2}]}
    asks = a_questionnaire(question("a", "choice", answerOption=[{"valueCoding": coding}]))

    assert asks.items[0].options[0].score == 2


def test_the_safety_questions_show_no_score() -> None:
    assert scores(SAFETY, start(SAFETY)) == ()


def test_an_answer_the_file_marks_raises_its_note() -> None:
    marked = options("yes", "no")
    marked[0]["extension"] = [{"url": "urn:intake-app:flag", "valueString": "Tell Dr. Roy."}]
    asks = a_questionnaire(question("a", "choice", answerOption=marked))

    assert raised(asks, Answers().set("a", "no")) == ()
    assert raised(asks, Answers().set("a", "yes")) == (("a", "About a", "Yes", "Tell Dr. Roy."),)


def test_all_operators_are_tried_here() -> None:
    assert {*OPERATORS, "exists"} == set(Operator)
