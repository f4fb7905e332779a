"""What other systems told us: their numbers for a visit, and what came from whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from intake_app.domain.fields import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitNumber(Record):
    """A number under which another system tells of a visit. One row each; it belongs to one."""

    FORM: ClassVar[str] = "visit_number"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    system: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Record):
    """What one system told last of one record: it may change that again, and nothing else.

    Its id is made of both, so that it is found by them.
    """

    FORM: ClassVar[str] = "told"

    told_at: datetime
    """When it said so, by its own clock; what is older than this changes nothing any more."""
    said: str
    """The values that came from it and were taken over, as JSON: key to value as stored."""


def told_id(record_id: str, system: str) -> str:
    """Return the id of what ``system`` told of a record."""
    return f"{record_id} {system}"
