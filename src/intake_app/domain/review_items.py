"""The reviewer's checklist: PEMAT-P, the CDC Index and L-01 to L-31 (clinical.md 4.1, 4.2, 4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.language import N_
from intake_app.domain.values import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.wording_versions import Verdict


class ReviewList(Choice):
    """Which list an item is from; each is scored apart."""

    UNDERSTAND = "understand", N_("PEMAT-P: easy to understand")
    ACT = "act", N_("PEMAT-P: easy to act on")
    CDC = "cdc", N_("CDC Clear Communication Index")
    RELEASE = "release", N_("Release checklist")


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question to the reviewer."""

    list: ReviewList
    handle: str
    """``PEMAT-7``, ``CDC-3`` or ``L-15``."""
    question: str
    must: bool = False
    """Nothing is approved while this one is open or answered no."""
    may_not_apply: bool = False


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


REVIEW_ITEMS: tuple[ReviewItem, ...] = ()


def open_musts(verdicts: Mapping[str, Verdict]) -> tuple[ReviewItem, ...]:
    """Return the items that must be yes and are not (or do not apply where that is allowed)."""
    raise NotImplementedError


def scores(verdicts: Mapping[str, Verdict]) -> ReviewScores:
    """Return the score of each list."""
    raise NotImplementedError
