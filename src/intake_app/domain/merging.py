"""Two records of one person become one: what differs, what is taken over, and how to undo it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from intake_app.domain.audit import Deed
from intake_app.domain.fields import Field, FieldValue, Kind, Record, fields_of
from intake_app.domain.language import N_
from intake_app.domain.names import digits_of
from intake_app.domain.patients import EmergencyContact, Insurance, Patient

if TYPE_CHECKING:
    from intake_app.domain.audit import Entry

NEVER_CHOSEN = frozenset({"record_number"})
"""Keys of which the record that stays keeps its own; the other number goes on finding it."""


class Side(Enum):
    """One of the two records of a merge."""

    STAYS = "stays"
    """The record that goes on."""
    JOINS = "joins"
    """The record that becomes part of it."""


class Agreement(Enum):
    """How two records agree on something."""

    DIFFER = "differ"
    ONE_SIDED = "one_sided"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Record):
    """One merge of two patients, with everything that is needed to take them apart again."""

    FORM: ClassVar[str] = "merge"
    OWNER: ClassVar[str] = "patient_id"

    patient_id: str
    """The patient who stays."""
    merged_id: str
    merged_at: datetime
    merged_by: str
    moved: str
    """What came over, as JSON: table and id of each record."""
    taken: str
    """What changed in the record that stays, as JSON: form, record, key, before, after."""
    texts: str
    """Unreadable texts that came over, as JSON: form, record, key, before, after."""
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What one record holds of one field: its value, or a text that could not be read."""

    value: FieldValue = None
    typed: str = ""
    since: datetime | None = None
    """When it was entered, as far as the trail tells; not part of what is compared."""

    @property
    def filled(self) -> bool:
        """Whether there is anything at all; "no" and 0 are something."""
        return bool(self.typed) or self.value not in (None, "", ())


@dataclass(frozen=True, slots=True)
class Holding:
    """One record as it goes into a merge: its values, its unreadable texts, and since when."""

    record: Record
    typed: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)

    def held(self, key: str) -> Held:
        """Return what the record holds of one field."""
        typed = self.typed.get(key, "")
        return Held(getattr(self.record, key), typed, self.since.get(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to choose: a field, or several that belong together."""

    form: str
    label: str
    fields: tuple[Field, ...]
    stays: tuple[Held, ...]
    joins: tuple[Held, ...]
    agreement: Agreement
    suggested: Side

    @property
    def name(self) -> str:
        """What it is chosen by: the object name of its first field."""
        return f"{self.form}.{self.fields[0].key}"

    def held(self, side: Side) -> tuple[Held, ...]:
        """Return what one of the records holds, field by field."""
        return self.stays if side is Side.STAYS else self.joins

    def same_as(self, other: Item) -> bool:
        """Return whether both items say the same of both records, whenever it was entered."""
        return self.name == other.name and all(
            [(held.value, held.typed) for held in self.held(side)]
            == [(held.value, held.typed) for held in other.held(side)]
            for side in Side
        )


TOGETHER: tuple[tuple[type[Record], str, tuple[str, ...]], ...] = (
    (
        Patient,
        N_("Address"),
        ("address_line_1", "address_line_2", "city", "region", "postcode", "country"),
    ),
    (
        Patient,
        N_("Legal representative"),
        ("representative", "representative_name", "representative_phone"),
    ),
    (
        Patient,
        N_("Referring physician"),
        (
            "referrer_name",
            "referrer_practice",
            "referrer_phone",
            "referrer_fax",
            "referrer_identifier",
        ),
    ),
    (
        Patient,
        N_("Bone-health or primary-care clinician"),
        (
            "bone_health_name",
            "bone_health_practice",
            "bone_health_phone",
            "bone_health_fax",
            "bone_health_identifier",
        ),
    ),
    (EmergencyContact, N_("Emergency contact"), ("name", "relation", "phone")),
    (Insurance, N_("Insurance"), ("payer", "plan_type", "member_id", "group", "holder")),
    (
        Insurance,
        N_("Prior authorisation"),
        (
            "authorisation",
            "authorisation_number",
            "authorisation_from",
            "authorisation_to",
            "authorisation_units",
        ),
    ),
)
"""Fields that are taken from one record as a whole once any of them differs.

Half of one address with half of another is nobody's address; the same goes for the phone of one
contact under the name of another.
"""


def items_of(stays: Holding, joins: Holding) -> tuple[Item, ...]:
    """Return everything that either record holds, in field order; what both lack is left out."""
    record_type = type(stays.record)
    items: list[Item] = []
    done: set[str] = set()
    for each in fields_of(record_type):
        if each.key in done:
            continue
        label, group = _group(record_type, each)
        together = _item(label, group, stays, joins=joins)
        parts = [together]
        if len(group) > 1 and not _is_whole(together):
            parts = [_item(one.label, (one,), stays, joins=joins) for one in group]
        items.extend(part for part in parts if _says_anything(part))
        done.update(one.key for one in group)
    return tuple(items)


def _group(record_type: type[Record], first: Field) -> tuple[str, tuple[Field, ...]]:
    for owner, label, keys in TOGETHER:
        if owner is record_type and first.key in keys:
            return label, tuple(one for one in fields_of(record_type) if one.key in keys)
    return first.label, (first,)


def _item(label: str, group: tuple[Field, ...], stays: Holding, *, joins: Holding) -> Item:
    left = tuple(stays.held(one.key) for one in group)
    right = tuple(joins.held(one.key) for one in group)
    pairs = list(zip(group, left, right, strict=True))
    if all(_alike(*pair) for pair in pairs):
        agreement, suggested = Agreement.SAME, Side.STAYS
    elif any(
        here.filled and there.filled and not _alike(one, here, there) for one, here, there in pairs
    ):
        agreement, suggested = Agreement.DIFFER, _newer(left, right)
    else:
        here_alone = any(here.filled and not there.filled for _, here, there in pairs)
        agreement, suggested = Agreement.ONE_SIDED, Side.STAYS if here_alone else Side.JOINS
    if group[0].key in NEVER_CHOSEN and agreement is Agreement.DIFFER:
        agreement, suggested = Agreement.SAME, Side.STAYS
    return Item(
        form=type(stays.record).FORM,
        label=label,
        fields=group,
        stays=left,
        joins=right,
        agreement=agreement,
        suggested=suggested,
    )


def _says_anything(item: Item) -> bool:
    return any(held.filled for side in Side for held in item.held(side))


def _is_whole(item: Item) -> bool:
    """Return whether fields that belong together are taken together: one side, or the other."""
    empty = [not any(held.filled for held in item.held(side)) for side in Side]
    return item.agreement is Agreement.DIFFER or any(empty)


def _alike(one: Field, here: Held, there: Held) -> bool:
    """Return whether both hold the same; a phone written another way is the same phone."""
    if here.typed or there.typed:
        return (here.value, here.typed) == (there.value, there.typed)
    if not here.filled and not there.filled:
        return True
    if one.kind is Kind.PHONE and digits_of(str(here.value)):
        return digits_of(str(here.value)) == digits_of(str(there.value))
    return here.value == there.value


def _newer(left: tuple[Held, ...], right: tuple[Held, ...]) -> Side:
    """Return who was filled in last; what can be read goes before what cannot."""
    unreadable = [any(held.typed for held in side) for side in (left, right)]
    if unreadable[0] != unreadable[1]:
        return Side.JOINS if unreadable[0] else Side.STAYS
    return Side.JOINS if _latest(right) > _latest(left) else Side.STAYS


def _latest(side: tuple[Held, ...]) -> float:
    return max((held.since.timestamp() for held in side if held.since and held.filled), default=0)


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items as they are looked at: what differs first, what is the same last."""
    order = list(Agreement)
    return tuple(sorted(items, key=lambda item: order.index(item.agreement)))


def taken_over(items: Iterable[Item], picks: Mapping[str, Side]) -> dict[str, dict[str, Held]]:
    """Return what the record that stays takes from the other: form to key to what is held.

    ``picks`` holds the side chosen for an item by its name; the suggested one counts elsewhere.
    """
    taken: dict[str, dict[str, Held]] = {}
    for item in items:
        if item.agreement is Agreement.SAME:
            continue
        if picks.get(item.name, item.suggested) is Side.JOINS:
            for one, held in zip(item.fields, item.joins, strict=True):
                taken.setdefault(item.form, {})[one.key] = held
    return taken


def entered_since(entries: Iterable[Entry], record: Record) -> dict[str, datetime]:
    """Return when each field of ``record`` was last entered, by the trail (latest line first).

    A field that nobody changed was entered when the record was made.
    """
    since: dict[str, datetime] = {}
    made: datetime | None = None
    for entry in entries:
        if entry.record_id != record.id:
            continue
        for change in entry.changes:
            since.setdefault(change.key, entry.at)
        if entry.deed is Deed.CREATED:
            made = entry.at
    if made is None:
        return since
    return {one.key: since.get(one.key, made) for one in fields_of(type(record))}
