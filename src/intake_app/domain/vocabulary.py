"""Which names the wording of each paper may use, and which blocks it must have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from intake_app.domain.aftercare_facts import AftercareFacts
from intake_app.domain.before_facts import BEFORE_CONDITIONS, BEFORE_PLACEHOLDERS, BeforeFacts
from intake_app.domain.conditions import AFTERCARE_CONDITIONS, Condition
from intake_app.domain.letter_facts import LETTER_CONDITIONS, LETTER_PLACEHOLDERS, LetterFacts
from intake_app.domain.placeholders import AFTERCARE_PLACEHOLDERS, Placeholder
from intake_app.domain.sheets import SheetKind

F = TypeVar("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary(Generic[F]):
    """The closed lists that one kind of paper has."""

    conditions: Mapping[str, Condition[F]]
    placeholders: Mapping[str, Placeholder[F]]
    required: tuple[str, ...]
    """Handles of blocks without which the wording is refused."""


AFTERCARE_BLOCKS: tuple[str, ...] = (*(f"A-{number:02}" for number in range(1, 31)), "R-1", "R-2")
"""Every block of clinical.md 3.2 and 3.3."""

AFTERCARE: Vocabulary[AftercareFacts] = Vocabulary(
    conditions=AFTERCARE_CONDITIONS,
    placeholders=AFTERCARE_PLACEHOLDERS,
    required=AFTERCARE_BLOCKS,
)
WHAT_TO_EXPECT: Vocabulary[BeforeFacts] = Vocabulary(
    conditions=BEFORE_CONDITIONS,
    placeholders=BEFORE_PLACEHOLDERS,
    required=("B-1", "B-2", "B-3", "B-7"),
)
DRIVER_CARD: Vocabulary[BeforeFacts] = Vocabulary(
    conditions=BEFORE_CONDITIONS,
    placeholders=BEFORE_PLACEHOLDERS,
    required=("D-1",),
)
APPOINTMENT_CARD: Vocabulary[BeforeFacts] = Vocabulary(
    conditions=BEFORE_CONDITIONS,
    placeholders=BEFORE_PLACEHOLDERS,
    required=("P-1",),
)
DISCHARGE_LETTER: Vocabulary[LetterFacts] = Vocabulary(
    conditions=LETTER_CONDITIONS,
    placeholders=LETTER_PLACEHOLDERS,
    required=("L-TO", "L-DONE", "L-SIGN"),
)
BONE_LETTER: Vocabulary[LetterFacts] = Vocabulary(
    conditions=LETTER_CONDITIONS,
    placeholders=LETTER_PLACEHOLDERS,
    required=("L-TO", "L-FRACTURES", "L-SIGN"),
)


_OF: dict[
    SheetKind, Vocabulary[AftercareFacts] | Vocabulary[BeforeFacts] | Vocabulary[LetterFacts]
] = {
    SheetKind.AFTERCARE: AFTERCARE,
    SheetKind.WHAT_TO_EXPECT: WHAT_TO_EXPECT,
    SheetKind.DRIVER_CARD: DRIVER_CARD,
    SheetKind.APPOINTMENT_CARD: APPOINTMENT_CARD,
    SheetKind.DISCHARGE_LETTER: DISCHARGE_LETTER,
    SheetKind.BONE_LETTER: BONE_LETTER,
}


def names_of(kind: SheetKind) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Return the names of conditions and placeholders, and the required blocks, of a paper."""
    found = _OF[kind]
    return frozenset(found.conditions), frozenset(found.placeholders), found.required
