"""Questions to the nurse: reception marks a field with a note, a nurse answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from intake_app.domain.fields import Record

LONGEST_NOTE = 200
"""Characters; a note is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseQuestion(Record):
    """A note at one field of a visit: "says she takes a water tablet?". Printed nowhere."""

    FORM: ClassVar[str] = "nurse_question"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    form: str
    """Name of the form the field is in: ``patient``, ``safety``."""
    record_id: str
    """Whose field it is: the id of the record that the form shows."""
    key: str
    """Which field."""
    note: str
    asked_by: str
    asked_at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None
