"""Values that another system tells again and again: it may change its own, and nobody else's."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.audit import stored_text
from intake_app.domain.fields import Record, field_of
from intake_app.domain.language import N_, translated
from intake_app.domain.merging import TOGETHER
from intake_app.domain.reading import edit_text
from intake_app.domain.told import Told, told_id
from intake_app.domain.validation import Problem
from intake_app.services.exchange_in import says_the_same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.exchange import Incoming
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.reading import Locality

R = TypeVar("R", bound=Record)

EMPTY = ("", None, ())
_MOMENT = ("day", "planned_start")
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who tells something, when, and how the clinic reads it."""

    name: str
    at: datetime | None
    locality: Locality

    @classmethod
    def of(cls, incoming: Incoming, locality: Locality) -> Sender:
        """Return who sent a message; a time without a zone is the clinic's."""
        at = incoming.told_at
        if at is not None and at.tzinfo is None:
            at = at.replace(tzinfo=locality.zone)
        return cls(incoming.told_by, at, locality)


@dataclass(frozen=True, slots=True)
class Decision:
    """What of a message changes a record, what of it then came from the sender, and what stays."""

    changes: Mapping[str, FieldValue]
    said: Mapping[str, str]
    kept: tuple[Problem, ...] = ()
    older: bool = False
    """Something newer was told before; nothing changes."""


def remember(work: UnitOfWork, record_id: str, sender: Sender, *, said: Mapping[str, str]) -> None:
    """Keep what came from the sender and when it told so; the caller commits."""
    records = work.records(Told)
    before = records.find(told_id(record_id, sender.name))
    at = max(before.told_at if before else NEVER, sender.at or NEVER)
    text = json.dumps(dict(said), ensure_ascii=False, sort_keys=True)
    if before is None:
        records.add(Told(id=told_id(record_id, sender.name), told_at=at, said=text))
    elif (before.told_at, before.said) != (at, text):
        records.update(replace(before, told_at=at, said=text))


def decide(
    work: UnitOfWork, record: Record, values: Mapping[str, FieldValue], *, sender: Sender
) -> Decision:
    """Return what becomes of the values of a message.

    Empty fields are filled. What came from the same sender and nobody changed here since is
    changed again. Everything else stays, and is named. Of an address, or a name with its phone,
    either all or nothing is taken over.
    """
    told = work.records(Told).find(told_id(record.id, sender.name))
    said = dict(json.loads(told.said)) if told else {}
    if told is not None and sender.at is not None and sender.at < told.told_at:
        older = Problem.of("message", "older_than_held", warning=True)
        return Decision({}, said, (older,), older=True)
    unreadable = work.typed(type(record).FORM, record.id)
    changes: dict[str, FieldValue] = {}
    kept: list[Problem] = []
    for group in _groups(type(record), values):
        differing = [key for key in group if not _same(getattr(record, key), values[key])]
        if all(_is_theirs(record, key, said) and key not in unreadable for key in group):
            changes |= {key: values[key] for key in differing}
        else:
            kept += [_kept(record, key, values[key], locality=sender.locality) for key in differing]
    if any(problem.key in _MOMENT for problem in kept):
        # A day without its time is no appointment that anybody made.
        split = [key for key in _MOMENT if key in changes]
        kept += [_kept(record, key, changes.pop(key), locality=sender.locality) for key in split]
    for key, value in changes.items():
        said.pop(key, None)
        if value not in EMPTY:
            said[key] = stored_text(value) or ""
    return Decision(changes, said, tuple(kept))


def _groups(record_type: type[Record], values: Mapping[str, FieldValue]) -> list[tuple[str, ...]]:
    """Return the keys of a message, those together that are one thing."""
    groups: list[tuple[str, ...]] = []
    alone = dict.fromkeys(values)
    for owner, _, keys in TOGETHER:
        together = tuple(key for key in keys if key in alone)
        if owner is record_type and together:
            groups.append(together)
            alone = {key: None for key in alone if key not in together}
    return [*groups, *((key,) for key in alone)]


def _is_theirs(record: Record, key: str, said: Mapping[str, str]) -> bool:
    """Return whether a field is as the sender left it: empty or with what it told before."""
    ours = getattr(record, key)
    if ours in EMPTY:
        return key not in said  # what it told was taken out here
    return key in said and said[key] == stored_text(ours)


def _same(ours: FieldValue, theirs: FieldValue) -> bool:
    if ours in EMPTY or theirs in EMPTY:
        return ours in EMPTY and theirs in EMPTY
    return says_the_same(ours, theirs)


def _kept(record: Record, key: str, theirs: FieldValue, *, locality: Locality) -> Problem:
    field = field_of(type(record), key)
    said = edit_text(field, theirs, locality) if theirs not in EMPTY else translated(N_("nothing"))
    return Problem.of(key, "kept_ours", warning=True, field=field.label, theirs=said)
