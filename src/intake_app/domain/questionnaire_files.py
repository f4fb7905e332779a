"""Read a FHIR R4 Questionnaire file, and refuse one that could not be asked."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from intake_app.domain.answer_values import OWN, decode_answer
from intake_app.domain.errors import QuestionnaireError
from intake_app.domain.fields import EnteredBy
from intake_app.domain.questionnaires import (
    AnswerOption,
    Condition,
    Item,
    ItemType,
    Operator,
    Questionnaire,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.answers import Json
    from intake_app.domain.fields import FieldValue

_FHIR = "http://hl7.org/fhir/StructureDefinition/"
_PLACES = f"{_FHIR}maxDecimalPlaces"
_LINK_ID = re.compile(r"[A-Za-z][\w-]*(\.[A-Za-z][\w-]*)*")
_NO_ANSWER = (ItemType.GROUP, ItemType.DISPLAY)


def read_questionnaire(text: str, *, name: str) -> Questionnaire:
    """Return the questionnaire in the JSON ``text``; ``name`` is the file's, for the error.

    Raises:
        QuestionnaireError: with ``file``, ``item`` and ``why``, when it could not be asked.
    """
    try:
        raw = json.loads(text, parse_float=Decimal)
    except ValueError:
        _refuse(name, "", "not_json")
    if not isinstance(raw, dict) or raw.get("resourceType") != "Questionnaire":
        _refuse(name, "", "not_a_questionnaire")
    try:
        return _Reader(name, raw).questionnaire()
    except (AttributeError, KeyError, TypeError, ValueError):
        _refuse(name, "", "not_a_questionnaire")


def _refuse(file: str, item: str, why: str) -> NoReturn:
    raise QuestionnaireError(item or file, file=file, item=item, why=why)


def _extensions(raw: Json, url: str) -> Iterable[Any]:
    """Return the values of every extension with this address."""
    for extension in raw.get("extension", ()):
        if extension.get("url") == url:
            yield from (value for key, value in extension.items() if key.startswith("value"))


def _extension(raw: Json, url: str) -> Any:
    return next(iter(_extensions(raw, url)), None)


class _Reader:
    """Reads one file; knows its name and its contained value sets."""

    def __init__(self, name: str, raw: Json) -> None:
        self._name = name
        self._raw = raw
        self._value_sets: dict[str, list[Json]] = {
            f"#{contained.get('id')}": [
                {"valueCoding": concept}
                for include in contained.get("compose", {}).get("include", ())
                for concept in include.get("concept", ())
            ]
            for contained in raw.get("contained", ())
            if contained.get("resourceType") == "ValueSet"
        }

    def questionnaire(self) -> Questionnaire:
        """Return the whole questionnaire, checked."""
        for key in ("url", "version", "title"):
            if not isinstance(self._raw.get(key), str) or not self._raw[key].strip():
                _refuse(self._name, "", f"no_{key}")
        if not self._raw.get("item"):
            _refuse(self._name, "", "no_items")
        raw_items: dict[str, Json] = {}
        items = tuple(self._item(raw, raw_items) for raw in self._raw["item"])
        found = Questionnaire(
            url=self._raw["url"],
            version=self._raw["version"],
            title=self._raw["title"],
            items=items,
        )
        self._check_paths(found)
        found = replace(
            found, items=tuple(self._with_conditions(item, found, raw_items) for item in items)
        )
        self._check_circles(found)
        return found

    def _item(self, raw: Json, seen: dict[str, Json]) -> Item:
        link_id = raw.get("linkId")
        if not isinstance(link_id, str) or not _LINK_ID.fullmatch(link_id):
            _refuse(self._name, str(link_id or ""), "bad_link_id")
        if link_id in seen:
            _refuse(self._name, link_id, "duplicate_link_id")
        seen[link_id] = raw
        if not isinstance(raw.get("text"), str) or not raw["text"].strip():
            _refuse(self._name, link_id, "no_text")
        if raw.get("type") not in tuple(ItemType):
            _refuse(self._name, link_id, "unknown_type")
        kind = ItemType(raw["type"])
        children = tuple(self._item(child, seen) for child in raw.get("item", ()))
        if bool(children) is not (kind is ItemType.GROUP):
            _refuse(self._name, link_id, "items_in_a_question" if children else "empty_group")
        item = Item(
            link_id=link_id,
            text=raw["text"].strip(),
            type=kind,
            items=children,
            required=raw.get("required") is True,
            repeats=raw.get("repeats") is True,
            max_length=raw.get("maxLength", 1000 if kind is ItemType.TEXT else 120),
            minimum=self._limit(raw, "minValue", link_id),
            maximum=self._limit(raw, "maxValue", link_id),
            decimals=1 if (places := _extension(raw, _PLACES)) is None else int(places),
            units=self._units(raw),
            options=self._options(raw, link_id),
            partial=_extension(raw, f"{OWN}partial-date") is True,
            hint=_extension(raw, f"{_FHIR}entryFormat") or "",
            by=self._entered_by(raw, link_id),
            handle=_extension(raw, f"{OWN}handle") or "",
            shows_sum=_extension(raw, f"{OWN}shows-sum") is True,
        )
        self._check(item)
        return replace(item, initial=self._initial(item, raw))

    def _limit(self, raw: Json, name: str, link_id: str) -> Decimal | int | None:
        limit = _extension(raw, f"{_FHIR}{name}")
        if limit is None or (isinstance(limit, int | Decimal) and not isinstance(limit, bool)):
            return limit
        _refuse(self._name, link_id, "bad_limit")

    def _units(self, raw: Json) -> tuple[Unit, ...]:
        codings = (
            *_extensions(raw, f"{_FHIR}questionnaire-unit"),
            *_extensions(raw, f"{_FHIR}questionnaire-unitOption"),
        )
        return tuple(Unit(c.get("display") or c["code"], c.get("code", "")) for c in codings)

    def _options(self, raw: Json, link_id: str) -> tuple[AnswerOption, ...]:
        offered = raw.get("answerOption", [])
        if reference := raw.get("answerValueSet"):
            if reference not in self._value_sets:
                _refuse(self._name, link_id, "unknown_value_set")
            offered = self._value_sets[reference]
        options = tuple(self._option(option, link_id) for option in offered)
        if len({option.value for option in options}) < len(options):
            _refuse(self._name, link_id, "duplicate_option")
        return options

    def _option(self, raw: Json, link_id: str) -> AnswerOption:
        coding = raw.get("valueCoding", {})
        plain = raw.get("valueString", raw.get("valueInteger"))
        value = coding.get("code", plain)
        if value in (None, ""):
            _refuse(self._name, link_id, "bad_option")
        score = _extension(coding, f"{_FHIR}ordinalValue")
        if score is None:
            score = _extension(raw, f"{_FHIR}ordinalValue")
        return AnswerOption(
            value=str(value),
            label=coding.get("display") or str(value),
            score=None if score is None else Decimal(str(score)),
            flag=_extension(raw, f"{OWN}flag") or "",
        )

    def _entered_by(self, raw: Json, link_id: str) -> EnteredBy:
        by = _extension(raw, f"{OWN}entered-by")
        try:
            return EnteredBy.RECEPTION_THEN_NURSE if by is None else EnteredBy(by)
        except ValueError:
            _refuse(self._name, link_id, "unknown_role")

    def _check(self, item: Item) -> None:
        low, high = item.minimum, item.maximum
        rows_inside = item.is_rows and any(_holds_rows(child) for child in item.items)
        only_groups_and_choices_repeat = (ItemType.GROUP, ItemType.CHOICE)
        for wrong, why in (
            (item.type is ItemType.CHOICE and not item.options, "no_options"),
            (item.type is ItemType.QUANTITY and not item.units, "no_units"),
            (low is not None and high is not None and low > high, "bad_limit"),
            (rows_inside, "rows_in_rows"),
            (item.repeats and item.type not in only_groups_and_choices_repeat, "cannot_repeat"),
        ):
            if wrong:
                _refuse(self._name, item.link_id, why)

    def _initial(self, item: Item, raw: Json) -> FieldValue:
        given = [
            self._answer(item, answer, "value", "bad_initial") for answer in raw.get("initial", ())
        ]
        if not given:
            return None
        if item.repeats:
            return tuple(str(value) for value in given)
        return given[0]

    def _answer(self, item: Item, raw: Json, prefix: str, why: str) -> FieldValue:
        """Return a value of ``item`` written in the file; a choice must be one of its options."""
        try:
            value = None if item.type in _NO_ANSWER else decode_answer(item, raw, prefix=prefix)
        except ValueError:
            value = None
        offered = {option.value for option in item.options}
        if value is None or (item.type is ItemType.CHOICE and value not in offered):
            _refuse(self._name, item.link_id, why)
        return value

    def _check_paths(self, questionnaire: Questionnaire) -> None:
        seen: set[str] = set()
        for item in questionnaire:
            path = questionnaire.path_of(item, 0)
            if path in seen:
                _refuse(self._name, item.link_id, "duplicate_link_id")
            seen.add(path)

    def _with_conditions(
        self, item: Item, questionnaire: Questionnaire, raw_items: dict[str, Json]
    ) -> Item:
        raw = raw_items[item.link_id]
        behavior = raw.get("enableBehavior", "all")
        if behavior not in ("all", "any"):
            _refuse(self._name, item.link_id, "bad_condition")
        return replace(
            item,
            items=tuple(
                self._with_conditions(child, questionnaire, raw_items) for child in item.items
            ),
            conditions=tuple(
                self._condition(condition, item, questionnaire)
                for condition in raw.get("enableWhen", ())
            ),
            any_condition=behavior == "any",
        )

    def _condition(self, raw: Json, item: Item, questionnaire: Questionnaire) -> Condition:
        question = questionnaire.find(str(raw.get("question")))
        if question is None or question.type in _NO_ANSWER:
            _refuse(self._name, item.link_id, "condition_points_nowhere")
        if raw.get("operator") not in tuple(Operator):
            _refuse(self._name, item.link_id, "bad_condition")
        operator = Operator(raw["operator"])
        if operator is Operator.EXISTS:
            answer: FieldValue = raw.get("answerBoolean")
            if not isinstance(answer, bool):
                _refuse(self._name, item.link_id, "bad_condition")
        else:
            exact = replace(question, partial=False)
            try:
                answer = self._answer(exact, raw, "answer", "bad_condition")
            except QuestionnaireError:
                _refuse(self._name, item.link_id, "bad_condition")
        return Condition(question.link_id, operator, answer)

    def _check_circles(self, questionnaire: Questionnaire) -> None:
        """An item may not wait, through conditions and groups, for its own answer."""
        done: set[str] = set()

        def visit(item: Item, waiting: tuple[str, ...]) -> None:
            if item.link_id in waiting:
                _refuse(self._name, item.link_id, "condition_in_a_circle")
            if item.link_id in done:
                return
            parent = questionnaire.parent_of(item)
            needed = [questionnaire.find(condition.question) for condition in item.conditions]
            for other in (parent, *needed):
                if other is not None:
                    visit(other, (*waiting, item.link_id))
            done.add(item.link_id)

        for item in questionnaire:
            visit(item, ())


def _holds_rows(item: Item) -> bool:
    return item.is_rows or any(_holds_rows(child) for child in item.items)
