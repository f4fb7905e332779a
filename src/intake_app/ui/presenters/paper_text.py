"""What the screen says about a paper: what prints and why, what is missing, what keeps it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.sentences import sentence
from intake_app.ui.presenters.paper_places import place_of

if TYPE_CHECKING:
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.validation import Problem
    from intake_app.services.sheets import Prepared


@dataclass(frozen=True, slots=True)
class Point:
    """Something said about the paper, and the object name of where to put it right."""

    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperText:
    """What the screen says about a paper."""

    blocking: tuple[Point, ...] = ()
    remarks: tuple[Point, ...] = ()
    missing: tuple[Point, ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    """Title and reason of each block that prints."""
    left_out: tuple[tuple[str, str], ...] = ()
    specimen: bool = False


def paper_text(prepared: Prepared, questions: Questionnaire) -> PaperText:
    """Return what the screen says about a paper as it was prepared."""
    composition = prepared.composition
    # Whoever hands out a translation reads here what it says.
    named = prepared.in_english or composition

    def points(problems: tuple[Problem, ...]) -> tuple[Point, ...]:
        return tuple(
            Point(
                sentence(problem),
                place_of(problem)
                or (f"safety.{problem.key}" if questions.find(problem.key) else ""),
            )
            for problem in problems
        )

    return PaperText(
        blocking=points(composition.blocking),
        remarks=points(composition.remarks),
        missing=points(composition.missing),
        blocks=tuple((block.title, block.reason) for block in named.blocks),
        left_out=tuple((title, reason) for _, title, reason in named.left_out),
        specimen=prepared.specimen,
    )
