"""Questions a clinic may change: a FHIR R4 Questionnaire as the same field table records have."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from intake_app.domain.answers import row_path
from intake_app.domain.countries import Units
from intake_app.domain.fields import EnteredBy, Field, FieldValue, Kind, Option, Record
from intake_app.domain.validation import Reading, read_table
from intake_app.domain.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from intake_app.domain.reading import Locality


class ItemType(StrEnum):
    """The FHIR item types that are supported."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    QUANTITY = "quantity"


KINDS: dict[ItemType, Kind] = {
    ItemType.BOOLEAN: Kind.BOOLEAN,
    ItemType.DECIMAL: Kind.DECIMAL,
    ItemType.INTEGER: Kind.INTEGER,
    ItemType.DATE: Kind.DATE,
    ItemType.DATE_TIME: Kind.DATE_TIME,
    ItemType.TIME: Kind.TIME,
    ItemType.STRING: Kind.TEXT,
    ItemType.TEXT: Kind.LONG_TEXT,
    ItemType.CHOICE: Kind.CHOICE,
    ItemType.OPEN_CHOICE: Kind.TEXT,
    ItemType.QUANTITY: Kind.QUANTITY,
}
"""The kind of field each type of question becomes; groups and displays are no fields."""


class Operator(StrEnum):
    """How a condition compares an answer."""

    EXISTS = "exists"
    EQUAL = "="
    NOT_EQUAL = "!="
    GREATER = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Condition:
    """One enableWhen: the question it looks at, how, and the answer it compares with."""

    question: str
    operator: Operator
    answer: FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOption:
    """One offered answer, with its points in a score and the note it raises, if any."""

    value: str
    label: str
    score: Decimal | None = None
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as people read it, and its UCUM code for exchange."""

    name: str
    code: str


_FIRST_UNITS: dict[Units, tuple[str, ...]] = {
    Units.US: ("°F", "lb", "in", "mg/dL"),
    Units.METRIC: ("°C", "kg", "cm"),
}
"""A bare number is read in the unit the clinic uses; limits move with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a questionnaire: a group, a question, or words to display."""

    link_id: str
    text: str
    type: ItemType
    items: tuple[Item, ...] = ()
    required: bool = False
    repeats: bool = False
    max_length: int = 120
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    decimals: int = 1
    units: tuple[Unit, ...] = ()
    options: tuple[AnswerOption, ...] = ()
    conditions: tuple[Condition, ...] = ()
    any_condition: bool = False
    """enableBehavior: one condition is enough; otherwise all must hold."""
    initial: FieldValue = None
    partial: bool = False
    """A date that may be a month, a year or "about 3 weeks" (own extension)."""
    hint: str = ""
    by: EnteredBy = EnteredBy.RECEPTION_THEN_NURSE
    handle: str = ""
    shows_sum: bool = False
    """The points of the answers in this group are added up and shown (own extension)."""

    @property
    def is_rows(self) -> bool:
        """Whether this is a repeating group: its questions are asked once for each row."""
        return self.type is ItemType.GROUP and self.repeats

    @property
    def kind(self) -> Kind | None:
        """The kind of field the answer is; ``None`` for a group and for display."""
        if self.type is ItemType.CHOICE and self.repeats:
            return Kind.CHOICES
        if self.type is ItemType.DATE and self.partial:
            return Kind.PARTIAL_DATE
        return KINDS.get(self.type)

    def field(self, path: str, units: Units | None = None) -> Field:
        """Return the row of the field table for this question at ``path``."""
        kind = self.kind
        assert kind is not None
        names = tuple(unit.name for unit in self.units)
        low, high = self.minimum, self.maximum
        if kind is Kind.QUANTITY and units is not None:
            first = next((name for name in _FIRST_UNITS[units] if name in names), names[0])
            low, high = (_in_unit(limit, names[0], first) for limit in (low, high))
            names = (first, *(name for name in names if name != first))
        return Field(
            key=path,
            label=self.text,
            kind=kind,
            required=self.required,
            choices=tuple(Option(option.value, option.label) for option in self.options),
            max_length=self.max_length,
            minimum=low,
            maximum=high,
            decimals=self.decimals,
            unit=names[0] if names else "",
            units=names if kind is Kind.QUANTITY else (),
            hint=self.hint,
            by=self.by,
            handle=self.handle,
        )


def _in_unit(limit: Decimal | int | None, unit: str, wanted: str) -> Decimal | int | None:
    return None if limit is None else Quantity(Decimal(limit), unit).to(wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A questionnaire as it was loaded, with an index of its items."""

    url: str
    version: str
    title: str
    items: tuple[Item, ...]
    _found: dict[str, Item] = field(init=False, repr=False, compare=False)
    _parents: dict[str, Item] = field(init=False, repr=False, compare=False)
    _rows: dict[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[str, Item] = {}
        parents: dict[str, Item] = {}
        rows: dict[str, Item] = {}

        def index(item: Item, parent: Item | None, group: Item | None) -> None:
            found[item.link_id] = item
            if parent is not None:
                parents[item.link_id] = parent
            if group is not None:
                rows[item.link_id] = group
            for child in item.items:
                index(child, item, item if item.is_rows else group)

        for item in self.items:
            index(item, None, None)
        object.__setattr__(self, "_found", found)
        object.__setattr__(self, "_parents", parents)
        object.__setattr__(self, "_rows", rows)

    @property
    def canonical(self) -> str:
        """Address and version in one text, as answers name their questionnaire."""
        return f"{self.url}|{self.version}"

    def __iter__(self) -> Iterator[Item]:
        """Return every item, groups before what they hold, in the order they are asked."""
        return iter(self._found.values())

    def find(self, link_id: str) -> Item | None:
        """Return the item with this link id."""
        return self._found.get(link_id)

    def parent_of(self, item: Item) -> Item | None:
        """Return the group an item stands in; ``None`` at the top."""
        return self._parents.get(item.link_id)

    def rows_of(self, item: Item) -> Item | None:
        """Return the repeating group an item is asked in; ``None`` outside rows."""
        return self._rows.get(item.link_id)

    def path_of(self, item: Item, row: int | None = None) -> str:
        """Return the path of the answer to ``item``; inside rows, of the given row.

        Raises:
            ValueError: a row is needed.
        """
        group = self.rows_of(item)
        if group is None:
            return item.link_id
        if row is None:
            raise ValueError(item.link_id)
        return f"{group.link_id}.{row}.{item.link_id.removeprefix(f'{group.link_id}.')}"

    def item_at(self, path: str) -> Item | None:
        """Return the question whose answer stands at ``path``."""
        place = row_path(path)
        link_ids = (path,) if place is None else (f"{place.group}.{place.tail}", place.tail)
        for link_id in link_ids:
            item = self.find(link_id)
            if item is None or item.kind is None:
                continue
            group = self.rows_of(item)
            if (group.link_id if group else None) == (place.group if place else None):
                return item
        return None


def read_answers(
    questionnaire: Questionnaire,
    draft: Mapping[str, FieldValue],
    *,
    locality: Locality,
    units: Units | None = None,
) -> Reading:
    """Read a draft (path → typed text or value) by the questions; unknown paths are left out."""
    asked = ((path, questionnaire.item_at(path)) for path in draft)
    table = [item.field(path, units) for path, item in asked if item is not None]
    return read_table(table, draft, locality)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAnswers(Record):
    """The answered safety questions of one visit (F-70 to F-110). One row."""

    FORM: ClassVar[str] = "safety"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    questionnaire: str = ""
    """Address and version of the questionnaire that was answered."""
    response: str = ""
    """The FHIR QuestionnaireResponse as JSON text; empty before the first answer."""
