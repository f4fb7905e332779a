"""What the program can decide of the reviewer's checklist, each with its reason.

Decided from the wording, from what the writer's helper found in it, and from sample sheets with
the facts they were made from. What needs a reader's judgement is left to a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.domain.review_facts import FACT_CHECKS
from intake_app.domain.review_items import Decision, scores
from intake_app.domain.review_look import Found, Look, SamplePaper
from intake_app.domain.review_questions import REVIEW_ITEMS, ReviewItem, ReviewList
from intake_app.domain.review_words import WORD_CHECKS
from intake_app.domain.sheets import LETTERS, SheetKind
from intake_app.domain.wording_versions import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intake_app.domain.wording_tree import Wording
    from intake_app.domain.writing_check import WritingReport

__all__ = ["SamplePaper", "decide", "settled"]

SCORES_ITEM = "L-30"
"""It follows from the scores of the other lists."""
_AFTERCARE_ONLY = frozenset(
    {"L-01", "L-02", "L-06", "L-08", "L-09", "L-10", "L-11", "L-28", "CDC-18", "CDC-19"}
)
_FOR_PATIENTS = frozenset({"L-04", "L-05", "L-12", "L-13", "L-15", "L-18", "L-19", "L-20", "L-21"})
_ON_PAPERS_WITH_A_RECORD = frozenset({"L-03"})


def decide(
    wording: Wording,
    samples: Sequence[SamplePaper],
    report: WritingReport,
    *,
    translator: str = "",
) -> Mapping[str, Decision]:
    """Return what a program can decide, by handle; the other items are for a person."""
    look = Look(wording, tuple(samples), report, translator)
    checks = WORD_CHECKS | FACT_CHECKS
    decided: dict[str, Decision] = {}
    for item in REVIEW_ITEMS:
        found = _not_asked(item, wording.kind)
        if found is None and item.handle in checks:
            found = checks[item.handle](look)
        if found is not None:
            verdict, why = found
            decided[item.handle] = Decision(item.handle, verdict, why)
    return decided


def _not_asked(item: ReviewItem, kind: SheetKind) -> Found | None:
    """Return that an item is not asked of this kind of paper."""
    if kind in LETTERS and (item.list is not ReviewList.RELEASE or item.handle in _FOR_PATIENTS):
        return Verdict.NOT_APPLICABLE, translated(N_("The paper is for a clinician."))
    if kind is not SheetKind.AFTERCARE and item.handle in _AFTERCARE_ONLY:
        return Verdict.NOT_APPLICABLE, translated(N_("Asked of the aftercare sheet only."))
    if kind is SheetKind.DRIVER_CARD and item.handle in _ON_PAPERS_WITH_A_RECORD:
        return Verdict.NOT_APPLICABLE, translated(N_("The card goes to somebody else."))
    return None


def settled(
    decisions: Mapping[str, Decision], answers: Mapping[str, Verdict]
) -> Mapping[str, Verdict]:
    """Return the verdict of every answered item: the program's, else the person's; L-30 follows."""
    verdicts = dict(answers) | {handle: found.verdict for handle, found in decisions.items()}
    verdicts.pop(SCORES_ITEM, None)
    lists_pass = scores(verdicts).lists_pass
    if lists_pass is not None:
        verdicts[SCORES_ITEM] = lists_pass
    return verdicts
