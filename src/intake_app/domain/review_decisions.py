"""What the program can decide of the reviewer's checklist, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intake_app.domain.aftercare_facts import AftercareFacts
    from intake_app.domain.review_items import Decision
    from intake_app.domain.sheets import Sheet
    from intake_app.domain.wording_tree import Wording
    from intake_app.domain.wording_versions import Verdict
    from intake_app.domain.writing_check import WritingReport


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePaper:
    """One sample sheet: its tree, the facts it was made from, how many pages it takes."""

    name: str
    sheet: Sheet
    facts: AftercareFacts | None = None
    pages: int | None = None
    ordinary: bool = True
    """``False`` for the one with everything at once: it may take more pages."""


def decide(
    wording: Wording,
    samples: Sequence[SamplePaper],
    report: WritingReport,
    *,
    translator: str = "",
) -> Mapping[str, Decision]:
    """Return what a program can decide, by handle; the other items are for a person."""
    raise NotImplementedError


def settled(
    decisions: Mapping[str, Decision], answers: Mapping[str, Verdict]
) -> Mapping[str, Verdict]:
    """Return the verdict of every answered item: the program's, else the person's; L-30 follows."""
    raise NotImplementedError
