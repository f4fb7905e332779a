"""What somebody is typing: how a form was before, what is no value yet, what is in dispute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from intake_app.domain.fields import FieldValue


class RowDeed(StrEnum):
    """What a draft did to the record as a whole."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What one person did to one field. Values are those of the trail (``stored_text``)."""

    before: str | None = None
    """What the database held before this person began."""
    after: str | None = None
    """What it holds since this person saved last."""
    text: str = ""
    """What is typed and is no value yet."""
    aside: str = ""
    """What was typed and no value when the changes were undone."""
    mine: str | None = None
    """What is typed and was not saved, because somebody else saved something else first."""
    seen: str | None = None
    """What the form showed when ``mine`` was typed."""
    by: str = ""
    """Who saved first."""
    at: str = ""
    """When, in ISO."""

    @property
    def is_open(self) -> bool:
        """Whether something of it is not in the record."""
        return bool(self.text) or self.mine is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one person has done to one form since it was last left or saved on purpose."""

    form: str
    record_id: str
    actor_id: str
    patient_id: str = ""
    visit_id: str = ""
    started_at: datetime
    edited_at: datetime
    deed: RowDeed = RowDeed.CHANGED
    undone: bool = False
    """The changes were taken back; undoing once more brings them back."""
    edits: Mapping[str, Edit] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether something typed is not in the record."""
        return any(edit.is_open for edit in self.edits.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two values for one field: somebody else saved first. Both wait for a person to choose."""

    mine: str
    """What was typed here."""
    theirs: FieldValue
    """What the database holds."""
    seen: FieldValue = None
    """What the form showed when ``mine`` was typed."""
    by: str = ""
    """The name of whoever saved first; '' when nobody knows."""
    at: datetime | None = None
