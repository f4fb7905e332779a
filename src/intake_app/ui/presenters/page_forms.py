"""A form of the patient page as it was left, and what a save of it kept; for the database lane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.fields import Field, FieldValue, Record, fields_of
from intake_app.domain.validation import draft_of
from intake_app.ui.presenters.autosave import Kept
from intake_app.ui.presenters.disputes import CHANGED_BY_OTHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from intake_app.domain.drafts import Dispute
    from intake_app.domain.staff import Actor
    from intake_app.domain.validation import Problem
    from intake_app.services.program import Program


@dataclass(frozen=True, slots=True)
class Left:
    """A form as it was left."""

    values: Mapping[str, FieldValue]
    typed: Mapping[str, str]
    """Texts that are no values yet."""
    disputes: Mapping[str, Dispute]


def read_left(services: Program, actor: Actor, record_type: type[Record], record_id: str) -> Left:
    """Return what a form shows when it is opened."""
    opened = services.forms.open(actor, record_type, record_id)
    values = draft_of(opened.record)
    place = (record_type.FORM, record_id)
    table = fields_of(record_type)
    disputes = services.drafts.disputes(actor, place, values=values, table=table)
    return Left(values, opened.typed, disputes)


def kept_of(  # noqa: PLR0913 - what a save knows
    services: Program,
    actor: Actor,
    record: Record,
    *,
    values: Mapping[str, FieldValue],
    problems: tuple[Problem, ...],
    table: Iterable[Field],
) -> Kept:
    """Return what a save kept, with who was faster where somebody was."""
    if not any(each.code == CHANGED_BY_OTHER for each in problems):
        return Kept(values, problems)
    place = (record.FORM, record.id)
    disputes = services.drafts.disputes(actor, place, values=values, table=table)
    return Kept(values, problems, disputes)
