"""Versions of a wording: written, reviewed, approved by a named physician, retired.

Draft → in review → approved with a review-by date → retired. A wording (one paper in one
language) has at most one approved version, and nobody approves what they wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from intake_app.domain.fields import EnteredBy, Record, Spec
from intake_app.domain.language import N_
from intake_app.domain.values import Choice


class WordingStage(Choice):
    """How far a version has come."""

    DRAFT = "draft", N_("Draft")
    IN_REVIEW = "in_review", N_("In review")
    APPROVED = "approved", N_("Approved")
    RETIRED = "retired", N_("Retired")


class Lapse(Choice):
    """Why a version prints only as a specimen."""

    NOT_APPROVED = "not_approved", N_("Nobody approved it")
    EXPIRED = "expired", N_("The day of review has passed")
    PHRASES = "phrases", N_("The program's own words have changed since it was approved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Who approved a version of wording, and until when it holds: printed in its version line."""

    approved_by: str
    approved_on: date
    review_by: date
    translator: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingVersion(Record):
    """One version of the wording of one paper in one language."""

    FORM: ClassVar[str] = "wording_version"
    OWNER: ClassVar[str] = ""

    wording: str
    """``aftercare/en``"""
    number: int
    """1, 2, 3 … within the wording; printed in the version line."""
    stage: WordingStage
    content: str
    """The whole wording as TOML."""
    fingerprint: str
    """Of the content; any change of a word changes it, comments and spacing do not."""
    origin: str = ""
    """``shipped``, ``imported``, or the id of the version it was begun from."""
    made_at: datetime
    made_by: str
    editors: str = ""
    """Ids of everybody who changed a word of it, parted by blanks; none of them approves it."""
    edited_at: datetime
    note: Annotated[str, Spec(N_("What changed, and why"), max_length=300)] = ""
    sent_by: str = ""
    sent_at: datetime | None = None
    sent_back_why: Annotated[str, Spec(N_("Why it was sent back"), max_length=300)] = ""
    """What the reviewer wants changed; empty while nobody sent it back."""
    translator: Annotated[str, Spec(N_("Translator"), max_length=80, by=EnteredBy.PHYSICIAN)] = ""
    """Who answers for the translation, by name; needed for every language but English."""
    translated_on: date | None = None
    grade_reason: Annotated[
        str, Spec(N_("Why it may be harder than grade 8"), max_length=300, by=EnteredBy.PHYSICIAN)
    ] = ""
    approved_by: str = ""
    approved_by_id: str = ""
    approved_on: date | None = None
    review_by: Annotated[date | None, Spec(N_("Review by"), by=EnteredBy.PHYSICIAN)] = None
    phrases: str = ""
    """Fingerprint of the program's own words in its language, as they were when it was approved."""
    retired_on: date | None = None
    retired_by: str = ""
    retired_why: Annotated[
        str, Spec(N_("Why it is retired"), max_length=300, by=EnteredBy.PHYSICIAN)
    ] = ""

    @property
    def approval(self) -> Approval | None:
        """The approval as papers print it; ``None`` while nobody approved it."""
        if self.approved_on is None or self.review_by is None:
            return None
        return Approval(
            approved_by=self.approved_by,
            approved_on=self.approved_on,
            review_by=self.review_by,
            translator=self.translator,
            number=self.number,
        )

    def holds_on(self, day: date) -> bool:
        """Return whether its approval has not run out on a day."""
        approval = self.approval
        return (
            self.stage is WordingStage.APPROVED
            and approval is not None
            and approval.approved_on <= day <= approval.review_by
        )

    def lapsed_on(self, day: date, phrases: str) -> Lapse | None:
        """Return why what was approved prints only as a specimen; ``None`` when it prints.

        ``phrases`` is the fingerprint of the program's own words in its language, as they are now.
        """
        if self.approval is None or self.stage is not WordingStage.APPROVED:
            return Lapse.NOT_APPROVED
        if not self.holds_on(day):
            return Lapse.EXPIRED
        return None if phrases and self.phrases == phrases else Lapse.PHRASES


class Verdict(Choice):
    """The answer to one item of a reviewer's checklist."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    NOT_APPLICABLE = "na", N_("Does not apply")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswer(Record):
    """What a person answered to one item of the reviewer's checklist, for one version."""

    FORM: ClassVar[str] = "review_answer"
    OWNER: ClassVar[str] = "version_id"

    version_id: str
    item: str
    """``PEMAT-7``, ``CDC-3`` or ``L-15``."""
    verdict: Verdict
    note: str = ""
    answered_by: str
    answered_at: datetime
    fingerprint: str
    """Of the content it was answered for: changed words ask anew."""
