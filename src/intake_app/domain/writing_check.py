"""The writer's helper: how hard a text is to read, and what to do about it, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.writing_texts import Placed, TextKind, placed_sheet, placed_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.word_lists import WordLists

__all__ = [
    "Placed",
    "Remark",
    "TextKind",
    "WritingReport",
    "check_writing",
    "placed_sheet",
    "placed_texts",
]

HARDEST_GRADE = 8
"""Above it nothing is approved without a written reason (clinical.md 4.3)."""
TARGET_GRADE = 6


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
    note: bool = False
    """Only a note: there are good reasons to leave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingReport:
    """How hard a paper is to read, and what can be done about it."""

    language: str
    words: int
    sentences: int
    grade: float | None = None
    """Flesch-Kincaid; ``None`` where there is no formula for the language."""
    grade_plain: float | None = None
    """The same without names of drugs and anatomy words."""
    ease: float | None = None
    """Flesch reading ease, for Spanish Fernández-Huerta."""
    smog: float | None = None
    """English, from 30 sentences."""
    inflesz: float | None = None
    """Spanish: Szigriszt-Pazos."""
    band: str = ""
    """Code of the band, to be said by ``sentences_writing.band_words``."""
    remarks: tuple[Remark, ...] = ()

    @property
    def needs_reason(self) -> bool:
        """Whether approving needs a written reason: harder than grade 8."""
        return self.grade is not None and round(self.grade, 1) > HARDEST_GRADE


def check_writing(texts: Iterable[Placed], *, language: str, lists: WordLists) -> WritingReport:
    """Return how hard the texts are to read, and remarks in their order."""
    raise NotImplementedError
