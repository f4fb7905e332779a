"""Answers as a FHIR R4 QuestionnaireResponse, and back; nothing that was answered is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.answer_values import OWN, decode_answer, encode_answer
from intake_app.domain.answers import Answers, Json, Kept
from intake_app.domain.asking import counted, start
from intake_app.domain.errors import QuestionnaireError
from intake_app.domain.questionnaires import Item, ItemType, Questionnaire, SafetyAnswers

if TYPE_CHECKING:
    from intake_app.domain.fields import FieldValue

HIDDEN = f"{OWN}not-asked-now"
"""Extension on an answer that is kept although its question is not asked at the moment."""


def to_response(questionnaire: Questionnaire, answers: Answers) -> Json:
    """Return the answers as a QuestionnaireResponse; hidden ones are marked as not asked now."""
    writer = _Writer(questionnaire, answers)
    response: Json = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": questionnaire.canonical,
        "status": "in-progress",
    }
    items = writer.items(questionnaire.items, None, "")
    return response | {"item": items} if items else response


class _Writer:
    def __init__(self, questionnaire: Questionnaire, answers: Answers) -> None:
        self._questionnaire = questionnaire
        self._answers = answers
        self._counted = counted(questionnaire, answers)

    def items(self, items: tuple[Item, ...], row: int | None, parent: str) -> list[Json]:
        written = [each for item in items for each in self._item(item, row)]
        written.extend(kept.item for kept in self._answers.kept if kept.parent == parent)
        return written

    def _item(self, item: Item, row: int | None) -> list[Json]:
        if item.is_rows:
            return [
                self._group(item, number, f"{item.link_id}.{number}")
                for number in self._answers.rows(item.link_id)
            ]
        if item.type is ItemType.GROUP:
            group = self._group(item, row, item.link_id)
            return [group] if "item" in group else []
        if item.type is ItemType.DISPLAY:
            return []
        path = self._questionnaire.path_of(item, row)
        value = self._answers.get(path)
        if value is None:
            return []
        written: Json = {"linkId": item.link_id, "text": item.text}
        if path not in self._counted.values:
            written["extension"] = [{"url": HIDDEN, "valueBoolean": True}]
        return [written | {"answer": encode_answer(item, value)}]

    def _group(self, item: Item, row: int | None, parent: str) -> Json:
        group: Json = {"linkId": item.link_id, "text": item.text}
        children = self.items(item.items, row, parent)
        return group | {"item": children} if children else group


def from_response(questionnaire: Questionnaire, response: Json) -> Answers:
    """Return the answers in a QuestionnaireResponse, also one of another version.

    What no question asks for any more, or cannot be read as its answer, is kept untouched.
    """
    reader = _ResponseReader(questionnaire)
    reader.read(response.get("item", []), "", None)
    return Answers(reader.values, reader.counts, tuple(reader.kept))


class _ResponseReader:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self.values: dict[str, FieldValue] = {}
        self.counts: dict[str, int] = {}
        self.kept: list[Kept] = []

    def read(self, items: list[Json], parent: str, row: int | None) -> None:
        for raw in items:
            item = self._questionnaire.find(str(raw.get("linkId")))
            if item is None:
                self._keep_unknown(raw, parent, row)
            elif item.is_rows:
                number = self.counts.get(item.link_id, 0)
                self.counts[item.link_id] = number + 1
                self.read(raw.get("item", []), f"{item.link_id}.{number}", number)
            elif item.type is ItemType.GROUP:
                inside = row if self._questionnaire.rows_of(item) else None
                self.read(raw.get("item", []), item.link_id if inside is None else parent, inside)
            else:
                self._read_question(item, raw, parent, row)

    def _keep_unknown(self, raw: Json, parent: str, row: int | None) -> None:
        """Keep an unknown item; questions we do know inside an unknown group are read."""
        known: list[Json] = []
        unknown: list[Json] = []
        for child in raw.get("item", []):
            found = self._questionnaire.find(str(child.get("linkId")))
            (unknown if found is None else known).append(child)
        if known:
            self.read(known, parent, row)
            raw = raw | {"item": unknown}
            if not unknown and "answer" not in raw:
                return
        self.kept.append(Kept(parent, raw))

    def _read_question(self, item: Item, raw: Json, parent: str, row: int | None) -> None:
        group = self._questionnaire.rows_of(item)
        placeless = group is not None and not parent.startswith(f"{group.link_id}.")
        try:
            if placeless or (path := self._questionnaire.path_of(item, row)) in self.values:
                raise ValueError(item.link_id)
            given = [decode_answer(item, answer) for answer in raw.get("answer", [])]
            if not given or (len(given) > 1 and not item.repeats):
                raise ValueError(item.link_id)
        except (ValueError, TypeError, AttributeError):
            self.kept.append(Kept(parent, raw))
            return
        self.values[path] = tuple(map(str, given)) if item.repeats else given[0]


def answers_of(record: SafetyAnswers, questionnaire: Questionnaire) -> Answers:
    """Return the answers in a record; before the first save, the initial values.

    Raises:
        QuestionnaireError: the stored response is damaged.
    """
    if not record.response:
        return start(questionnaire)
    try:
        response = json.loads(record.response, parse_float=Decimal)
        return from_response(questionnaire, response)
    except (ValueError, AttributeError, TypeError):
        raise QuestionnaireError(record.id, file="response", item="", why="not_json") from None


def with_answers(
    record: SafetyAnswers, questionnaire: Questionnaire, *, answers: Answers
) -> SafetyAnswers:
    """Return the record with the answers written into it; equal answers give equal text."""
    response = to_response(questionnaire, answers)
    text = json.dumps(response, ensure_ascii=False, separators=(",", ":"), default=float)
    return replace(record, questionnaire=questionnaire.canonical, response=text)
