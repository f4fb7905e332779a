"""One remark of the writer's helper: what it is about, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.reading_words import plain_text

if TYPE_CHECKING:
    from intake_app.domain.writing_texts import Placed

NOTES = frozenset({"verb_first", "should", "units_mixed"})
"""Codes that are only notes: there are good reasons to leave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something the writer can make better, and where."""

    block: str
    element: int
    item: int
    code: str
    text: str
    """The words it is about."""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def note(self) -> bool:
        """Whether it is only a note."""
        return self.code in NOTES


def remark(place: Placed, code: str, text: str = "", **params: object) -> Remark:
    """Return a remark about one text, or about the words ``text`` in it."""
    return Remark(
        block=place.block,
        element=place.element,
        item=place.item,
        code=code,
        text=text or plain_text(place.text),
        params=tuple((name, str(value)) for name, value in params.items()),
    )
