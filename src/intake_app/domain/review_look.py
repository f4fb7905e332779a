"""What the checks of a review look at: a wording, what was found in it, and its sample sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.language import translated
from intake_app.domain.wording_versions import Verdict
from intake_app.domain.writing_texts import placed_blocks, placed_sheet

if TYPE_CHECKING:
    from intake_app.domain.aftercare_facts import AftercareFacts
    from intake_app.domain.sheets import Block, Sheet
    from intake_app.domain.wording_tree import BlockWording, ElementWording, Wording
    from intake_app.domain.writing_check import WritingReport

Found = tuple[Verdict, str]
"""A verdict, and why in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePaper:
    """One sample sheet: its tree, the facts it was made from, how many pages it takes."""

    name: str
    sheet: Sheet
    facts: AftercareFacts | None = None
    pages: int | None = None
    report: WritingReport | None = None
    """What was found in the words that print."""
    ordinary: bool = True
    """``False`` for large print."""

    def block(self, handle: str) -> Block | None:
        """Return the printed block with a handle."""
        return next((block for block in self.sheet.blocks if block.id == handle), None)

    def said(self, handle: str) -> str:
        """Return all that a block says, one text a line; '' when it does not print."""
        block = self.block(handle)
        return "\n".join(place.text for place in placed_blocks((block,))) if block else ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that prints."""
        return tuple(place.text for place in placed_sheet(self.sheet))


@dataclass(frozen=True, slots=True)
class Look:
    """Everything a check may look at."""

    wording: Wording
    samples: tuple[SamplePaper, ...]
    report: WritingReport
    translator: str = ""

    @property
    def printed(self) -> tuple[BlockWording, ...]:
        """The blocks that print under a title of their own."""
        return tuple(b for b in self.wording.blocks if not b.place and not b.into)

    def elements(self, *kinds: str) -> Iterator[ElementWording]:
        """Yield every element of the wording that is of one of the kinds."""
        for block in self.wording.blocks:
            for element in block.elements:
                if element.kind in kinds:
                    yield element

    def remarks(self, *codes: str) -> tuple[str, ...]:
        """Return what remarks with one of the codes are about, with their block."""
        return tuple(f"{r.block}: {r.text}" for r in self.report.remarks if r.code in codes)


Check = Callable[[Look], Found | None]


def yes(why: str, **values: object) -> Found:
    """Return a yes with its reason."""
    return Verdict.YES, translated(why).format_map(values)


def no(why: str, **values: object) -> Found:
    """Return a no with its reason."""
    return Verdict.NO, translated(why).format_map(values)


def not_applicable(why: str) -> Found:
    """Return that an item does not apply, with the reason."""
    return Verdict.NOT_APPLICABLE, translated(why)


def none_of(codes: tuple[str, ...], *, good: str, bad: str) -> Check:
    """Return a check that no remark with one of the codes is there; ``bad`` names the first."""

    def look(at: Look) -> Found:
        found = at.remarks(*codes)
        return no(bad, first=found[0], count=len(found)) if found else yes(good)

    return look
