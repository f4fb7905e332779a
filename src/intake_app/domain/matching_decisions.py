"""What somebody decided about two patients who look alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from intake_app.domain.fields import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferentPeople(Record):
    """Two patients whom somebody told apart. Two rows for each pair, one from either side."""

    FORM: ClassVar[str] = "different_people"
    OWNER: ClassVar[str] = "patient_id"

    patient_id: str
    other_id: str
