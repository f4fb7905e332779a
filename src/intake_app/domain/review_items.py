"""What a review comes to: each list scored apart, as its makers do, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.review_questions import REVIEW_ITEMS, ReviewItem, ReviewList
from intake_app.domain.wording_versions import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "REVIEW_ITEMS",
    "Decision",
    "ReviewItem",
    "ReviewList",
    "ReviewScores",
    "may_be_released",
    "open_musts",
    "scores",
]

PEMAT_PASS, CDC_PASS, RELEASE_PASS = 70.0, 90.0, 90.0
SCORES_ITEM = "L-30"
"""It follows from the scores of the other lists."""
_MAIN_MESSAGE, _OF_MAIN_MESSAGE = "CDC-1", ("CDC-2", "CDC-3", "CDC-4")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the program itself found for one item, and why in words."""

    handle: str
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewScores:
    """Percentages, each part apart; ``None`` while an item of the part has no answer."""

    understand: float | None
    act: float | None
    cdc: float | None
    release: float | None
    open: tuple[str, ...] = ()
    """Handles without an answer."""

    @property
    def lists_pass(self) -> Verdict | None:
        """The answer to L-30; ``None`` while a list is not finished."""
        if self.understand is None or self.act is None or self.cdc is None:
            return None
        passes = min(self.understand, self.act) >= PEMAT_PASS and self.cdc >= CDC_PASS
        return Verdict.YES if passes else Verdict.NO


def scores(verdicts: Mapping[str, Verdict]) -> ReviewScores:
    """Return the score of each list; what does not apply leaves the count."""
    counted = dict(verdicts)
    if counted.get(_MAIN_MESSAGE) is Verdict.NO:  # without a main message nothing can be about it
        counted |= dict.fromkeys(_OF_MAIN_MESSAGE, Verdict.NO)
    return ReviewScores(
        understand=_percent(ReviewList.UNDERSTAND, counted),
        act=_percent(ReviewList.ACT, counted),
        cdc=_percent(ReviewList.CDC, counted),
        release=_percent(ReviewList.RELEASE, counted),
        open=tuple(item.handle for item in REVIEW_ITEMS if item.handle not in counted),
    )


def _percent(part: ReviewList, verdicts: Mapping[str, Verdict]) -> float | None:
    given = [verdicts.get(item.handle) for item in REVIEW_ITEMS if item.list is part]
    if None in given:
        return None
    applying = [verdict for verdict in given if verdict is not Verdict.NOT_APPLICABLE]
    yes = sum(verdict is Verdict.YES for verdict in applying)
    return 100 * yes / len(applying) if applying else 100.0


def open_musts(verdicts: Mapping[str, Verdict]) -> tuple[ReviewItem, ...]:
    """Return the items that must be yes and are not; what does not apply is not open."""
    return tuple(item for item in REVIEW_ITEMS if item.must and not _done(item, verdicts))


def _done(item: ReviewItem, verdicts: Mapping[str, Verdict]) -> bool:
    verdict = verdicts.get(item.handle)
    if verdict is Verdict.NOT_APPLICABLE:
        return item.may_not_apply
    return verdict is Verdict.YES


def may_be_released(verdicts: Mapping[str, Verdict]) -> bool:
    """Return whether every must is yes and the release checklist has its 90 %."""
    reached = scores(verdicts).release
    return not open_musts(verdicts) and reached is not None and reached >= RELEASE_PASS
