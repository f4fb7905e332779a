"""Small questionnaires and answers for the tests of this folder."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from intake_app.domain.answers import Answers
from intake_app.domain.asking import with_new_row
from intake_app.domain.fields import FieldValue
from intake_app.domain.questionnaire_files import read_questionnaire
from intake_app.domain.questionnaires import Condition, Item, ItemType, Operator, Questionnaire
from intake_app.domain.values import PartialDate, Quantity
from intake_app.resources import resource

SAFETY = read_questionnaire(
    resource("questionnaires", "safety.json").read_text(encoding="utf-8"), name="safety.json"
)

SAMPLES: dict[ItemType, FieldValue] = {
    ItemType.BOOLEAN: True,
    ItemType.DECIMAL: Decimal("1.5"),
    ItemType.INTEGER: 2,
    ItemType.DATE: date(2026, 3, 4),
    ItemType.DATE_TIME: datetime(2026, 11, 22, 6, 30, tzinfo=UTC),
    ItemType.TIME: time(14, 30),
    ItemType.STRING: "words",
    ItemType.TEXT: "more\nwords",
    ItemType.OPEN_CHOICE: "Apixaban",
}


def sample(item: Item) -> FieldValue:
    """Return some answer to a question."""
    if item.type is ItemType.CHOICE:
        first = item.options[0].value
        return (first,) if item.repeats else first
    if item.type is ItemType.QUANTITY:
        return Quantity(Decimal(item.minimum or 1), item.units[0].name)
    if item.partial:
        return PartialDate.in_month(2026, 3)
    return SAMPLES[item.type]


def a_questionnaire(*items: dict[str, Any], **changes: Any) -> Questionnaire:
    """Return a questionnaire of these raw items."""
    return read_questionnaire(raw_text(*items, **changes), name="test.json")


def raw_text(*items: dict[str, Any], **changes: Any) -> str:
    """Return the JSON text of a questionnaire of these raw items."""
    raw = {
        "resourceType": "Questionnaire",
        "url": "urn:test",
        "version": "1",
        "title": "Test",
        "item": list(items),
    }
    return json.dumps(raw | changes)


def question(link_id: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """Return one raw question."""
    return {"linkId": link_id, "text": f"About {link_id}", "type": kind, **more}


def options(*codes: str) -> list[dict[str, Any]]:
    """Return raw answer options."""
    return [{"valueCoding": {"code": code, "display": code.title()}} for code in codes]


def meet(questionnaire: Questionnaire, item: Item, only: Condition | None = None) -> Answers:
    """Return answers with which ``item`` is asked; by ``only``, if one condition is enough."""
    answers = Answers()
    group = questionnaire.rows_of(item)
    if group is not None:
        answers = with_new_row(questionnaire, answers, group=group.link_id)
    return _meet(questionnaire, item, answers, only)


def _meet(
    questionnaire: Questionnaire, item: Item, answers: Answers, only: Condition | None
) -> Answers:
    parent = questionnaire.parent_of(item)
    if parent is not None:
        answers = _meet(questionnaire, parent, answers, None)
    conditions = item.conditions[:1] if item.any_condition else item.conditions
    for condition in (only,) if only and item.any_condition else conditions:
        other = questionnaire.find(condition.question)
        assert other is not None
        answers = _meet(questionnaire, other, answers, None)
        value = sample(other) if condition.operator is Operator.EXISTS else condition.answer
        if other.repeats:
            value = value if isinstance(value, tuple) else (str(value),)
        row = 0 if questionnaire.rows_of(other) else None
        answers = answers.set(questionnaire.path_of(other, row), value)
    return answers
