"""Which questions are asked now: conditions, sections to draw, scores, notes on answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from intake_app.domain.answers import Answers, row_path
from intake_app.domain.fields import Field, FieldValue
from intake_app.domain.questionnaires import Condition, Item, ItemType, Operator, Questionnaire
from intake_app.domain.values import PartialDate, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from intake_app.domain.countries import Units


def start(questionnaire: Questionnaire) -> Answers:
    """Return the answers of a new form: nothing but the initial values."""
    return Answers().with_values(
        {
            item.link_id: item.initial
            for item in questionnaire
            if item.initial is not None and questionnaire.rows_of(item) is None
        }
    )


def with_new_row(questionnaire: Questionnaire, answers: Answers, *, group: str) -> Answers:
    """Return answers with one more row in ``group``, holding the initial values of its questions.

    Raises:
        KeyError: there is no such repeating group.
    """
    rows = questionnaire.find(group)
    if rows is None or not rows.is_rows:
        raise KeyError(group)
    row = len(answers.rows(group))
    return answers.add_row(group).with_values(
        {
            questionnaire.path_of(item, row): item.initial
            for item in questionnaire
            if item.initial is not None and questionnaire.rows_of(item) is rows
        }
    )


class _Course:
    """Which items are asked with one set of answers; every verdict is worked out once."""

    def __init__(self, questionnaire: Questionnaire, answers: Answers) -> None:
        self._questionnaire = questionnaire
        self._answers = answers
        self._known: dict[tuple[str, int | None], bool] = {}

    def asks(self, item: Item, row: int | None) -> bool:
        """Return whether an item is asked, which needs every group around it to be asked."""
        known = self._known.get((item.link_id, row))
        if known is None:
            parent = self._questionnaire.parent_of(item)
            outer_row = None if parent is not None and parent.is_rows else row
            known = (parent is None or self.asks(parent, outer_row)) and self._holds(item, row)
            self._known[item.link_id, row] = known
        return known

    def _holds(self, item: Item, row: int | None) -> bool:
        if not item.conditions:
            return True
        verdicts = (
            _compare(condition, self._given(condition, item, row)) for condition in item.conditions
        )
        return any(verdicts) if item.any_condition else all(verdicts)

    def _given(self, condition: Condition, asking: Item, row: int | None) -> list[FieldValue]:
        """Return the counted answers a condition looks at; a hidden answer does not count."""
        question = self._questionnaire.find(condition.question)
        assert question is not None
        group = self._questionnaire.rows_of(question)
        rows: Iterable[int | None]
        if group is None:
            rows = [None]
        elif group is self._questionnaire.rows_of(asking):
            rows = [row]
        else:
            rows = self._answers.rows(group.link_id)
        given: list[FieldValue] = []
        for each in rows:
            value = self._answers.get(self._questionnaire.path_of(question, each))
            if value is None or not self.asks(question, each):
                continue
            given.extend(value if isinstance(value, tuple) else [value])
        return given


_VERDICTS: dict[Operator, Callable[[int], bool]] = {
    Operator.EQUAL: lambda order: order == 0,
    Operator.GREATER: lambda order: order > 0,
    Operator.LESS: lambda order: order < 0,
    Operator.AT_LEAST: lambda order: order >= 0,
    Operator.AT_MOST: lambda order: order <= 0,
}


def _compare(condition: Condition, given: list[FieldValue]) -> bool:
    if condition.operator is Operator.EXISTS:
        return bool(given) is condition.answer
    orders = [order for value in given if (order := _order(value, condition.answer)) is not None]
    if condition.operator is Operator.NOT_EQUAL:  # FHIR: no answer is equal, also when none given
        return 0 not in orders
    return any(_VERDICTS[condition.operator](order) for order in orders)


def _order(given: FieldValue, wanted: FieldValue) -> int | None:  # noqa: PLR0911 - one per type
    """Return -1, 0 or 1; ``None`` when the two cannot be compared, or a partial date overlaps."""
    match given, wanted:
        case (bool(), bool()) | (datetime(), datetime()) | (str(), str()):
            return _sign(given, wanted)
        case (bool(), _) | (_, bool()) | (datetime(), _) | (_, datetime()):
            return None
        case PartialDate(), date():
            if given.latest < wanted:
                return -1
            if given.earliest > wanted:
                return 1
            return 0 if given.earliest == given.latest else None
        case Quantity(), Quantity():
            try:
                return _sign(given.to(wanted.unit), wanted.value)
            except ValueError:
                return None
        case (int() | Decimal(), int() | Decimal()):
            return _sign(Decimal(given), Decimal(wanted))
    return _sign(given, wanted) if type(given) is type(wanted) else None


def _sign(given: object, wanted: object) -> int:
    more: bool = given > wanted  # type: ignore[operator] # the caller matched the types
    return 1 if more else -1 if given != wanted else 0


def enabled(questionnaire: Questionnaire, path: str, *, answers: Answers) -> bool:
    """Return whether the question at ``path`` is asked with these answers.

    Raises:
        KeyError: there is no such question.
    """
    item = questionnaire.item_at(path)
    if item is None:
        raise KeyError(path)
    place = row_path(path)
    return _Course(questionnaire, answers).asks(item, place.row if place else None)


def counted(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """Return only the answers to questions that are asked now; rules work with these alone."""
    course = _Course(questionnaire, answers)
    values: dict[str, FieldValue] = {}
    for path, value in answers.values.items():
        item = questionnaire.item_at(path)
        place = row_path(path)
        if item is not None and course.asks(item, place.row if place else None):
            values[path] = value
    counts = {
        group: count
        for group, count in answers.row_counts.items()
        if (item := questionnaire.find(group)) is not None and course.asks(item, None)
    }
    return replace(answers, values=values, row_counts=counts)


class Asked(NamedTuple):
    """One question that is asked now: path, row of the field table, title of its group."""

    path: str
    field: Field
    group: str


class Words(NamedTuple):
    """Words to display between the questions."""

    link_id: str
    text: str


class Rows(NamedTuple):
    """A repeating group that is asked now, with the questions of each row."""

    link_id: str
    title: str
    rows: tuple[tuple[Asked | Words, ...], ...]


class Section(NamedTuple):
    """One group of the top level with everything in it that is asked now."""

    link_id: str
    title: str
    parts: tuple[Asked | Words | Rows, ...]


def sections_for(
    questionnaire: Questionnaire, answers: Answers, *, units: Units | None = None
) -> tuple[Section, ...]:
    """Return what to draw now, section by section, in the order the questions are asked."""
    course = _Course(questionnaire, answers)

    def parts(item: Item, group: Item, row: int | None) -> Iterable[Asked | Words | Rows]:
        if not course.asks(item, row):
            return
        if item.is_rows:
            yield Rows(
                item.link_id,
                item.text,
                tuple(
                    tuple(
                        part
                        for child in item.items
                        for part in parts(child, item, number)
                        if not isinstance(part, Rows)
                    )
                    for number in answers.rows(item.link_id)
                ),
            )
        elif item.type is ItemType.GROUP:
            for child in item.items:
                yield from parts(child, item, row)
        elif item.type is ItemType.DISPLAY:
            yield Words(item.link_id, item.text)
        else:
            path = questionnaire.path_of(item, row)
            yield Asked(path, item.field(path, units), group.text)

    return tuple(
        Section(item.link_id, item.text, tuple(parts(item, item, None)))
        for item in questionnaire.items
        if course.asks(item, None)
    )


def fields_for(
    questionnaire: Questionnaire, answers: Answers, *, units: Units | None = None
) -> tuple[Asked, ...]:
    """Return the questions asked now as one flat list, rows included."""
    flat: list[Asked] = []
    for section in sections_for(questionnaire, answers, units=units):
        for part in section.parts:
            if isinstance(part, Rows):
                flat.extend(asked for row in part.rows for asked in row if isinstance(asked, Asked))
            elif isinstance(part, Asked):
                flat.append(part)
    return tuple(flat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The points of one group added up; arithmetic, never a verdict."""

    link_id: str
    title: str
    total: Decimal
    answered: int
    questions: int


def scores(questionnaire: Questionnaire, answers: Answers) -> tuple[Score, ...]:
    """Return the sum of each group that shows one, over the questions asked now."""
    course = _Course(questionnaire, answers)
    found = []
    for group in questionnaire:
        in_rows = group.is_rows or questionnaire.rows_of(group) is not None
        if not group.shows_sum or in_rows or not course.asks(group, None):
            continue
        asked = [
            (item, answers.get(questionnaire.path_of(item)))
            for item in group.items
            if any(option.score is not None for option in item.options) and course.asks(item, None)
        ]
        points = [_points(item, value) for item, value in asked if value is not None]
        found.append(
            Score(
                link_id=group.link_id,
                title=group.text,
                total=sum(points, Decimal(0)),
                answered=len(points),
                questions=len(asked),
            )
        )
    return tuple(found)


def _points(item: Item, value: FieldValue) -> Decimal:
    chosen = value if isinstance(value, tuple) else (value,)
    return sum(
        (option.score for option in item.options if option.score and option.value in chosen),
        Decimal(0),
    )


class Raised(NamedTuple):
    """An answer that the questionnaire itself marks: question, answer, and the note on it."""

    path: str
    question: str
    answer: str
    note: str


def raised(questionnaire: Questionnaire, answers: Answers) -> tuple[Raised, ...]:
    """Return the counted answers that carry a note (own extension), in the order asked."""
    found: list[Raised] = []
    for asked in fields_for(questionnaire, answers):
        value = answers.get(asked.path)
        item = questionnaire.item_at(asked.path)
        assert item is not None
        chosen = value if isinstance(value, tuple) else (value,)
        found.extend(
            Raised(asked.path, item.text, option.label, option.flag)
            for option in item.options
            if option.flag and option.value in chosen
        )
    return tuple(found)
