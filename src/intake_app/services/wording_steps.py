"""The steps of a version: begun, written, sent for review, approved, retired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from intake_app.domain.errors import (
    NotAllowedError,
    NotFoundError,
    WordingNotReadyError,
    WordingStageError,
)
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem
from intake_app.domain.wording_edit import WordingText
from intake_app.domain.wording_versions import ReviewAnswer, WordingStage, WordingVersion
from intake_app.services.office import clinic_of, require
from intake_app.services.phrases import phrases_mark
from intake_app.services.recording import Recorder
from intake_app.services.wording_reading import WordingReading, language_of, names_of_editors
from intake_app.services.wording_shelf import ENGLISH

if TYPE_CHECKING:
    from datetime import date

    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.sheets import SheetKind
    from intake_app.domain.staff import Actor

LONGEST_APPROVAL = timedelta(days=3 * 366)
"""A review date further away is taken for a slip: wording is looked at once a year."""
HARDEST_GRADE = 8
"""Above it nothing is approved without a written reason (clinical.md 4.3)."""
_TOLD = (
    "stage", "fingerprint", "sent_by", "approved_by", "approved_on", "phrases", "retired_by",
    "retired_on",
)  # fmt: skip
"""What the trail tells of a version beside its declared fields."""


class WordingSteps(WordingReading):
    """Takes versions from step to step; what is approved never changes any more."""

    # --- writing ----------------------------------------------------------------------------

    def start_draft(
        self, actor: Actor, wording_id: str, *, from_id: str = "", note: str = ""
    ) -> WordingVersion:
        """Begin a new version from another one: else from what is approved, else the newest.

        Raises:
            NotAllowedError: this person does not write wording.
            NotFoundError: there is no such wording.
        """
        require(actor, Action.EDIT_WORDING)
        self.take_in_shipped([each for each in self.shelf.shipped_ids if each == wording_id])
        with self._office.work() as work:
            versions = work.wording_versions(wording_id)
            if not versions:
                raise NotFoundError(wording_id)
            source = (
                next((each for each in versions if each.id == from_id), None)
                if from_id
                else work.approved_wording(wording_id) or versions[0]
            )
            if source is None:
                raise NotFoundError(from_id)
            # Whoever wrote what nobody approved yet has written part of the new version too.
            unapproved = source.approved_on is None
            draft = self._draft(actor, wording_id, source.content, number=versions[0].number + 1)
            kept = Recorder(work, self._office, actor).add(
                replace(
                    draft,
                    fingerprint=source.fingerprint,
                    origin=source.id,
                    note=note,
                    editors=source.editors if unapproved else "",
                )
            )
            work.commit()
        return kept

    def _draft(self, actor: Actor, wording_id: str, content: str, *, number: int) -> WordingVersion:
        now = self._office.clock.now()
        return WordingVersion(
            id=self._office.ids.new(),
            wording=wording_id,
            number=number,
            stage=WordingStage.DRAFT,
            content=content,
            fingerprint="",
            made_at=now,
            made_by=actor.name,
            edited_at=now,
        )

    def save(
        self,
        actor: Actor,
        version_id: str,
        text: WordingText,
        *,
        note: str | None = None,
        base_version: int,
    ) -> WordingVersion:
        """Keep the words of a draft, right or wrong; whoever changed a word is noted as editor.

        Raises:
            WordingStageError: it is no draft any more.
            ConflictError: somebody saved it since ``base_version`` was read.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            _expect(before, WordingStage.DRAFT)
            if text.wording_id != before.wording:
                raise WordingNotReadyError([Problem.of("", "wording_other_paper")])
            changed = text.fingerprint != before.fingerprint
            after = replace(
                before,
                version=base_version,
                content=text.to_toml() if changed else before.content,
                fingerprint=text.fingerprint,
                note=before.note if note is None else note,
            )
            if changed:
                after = replace(
                    after,
                    editors=_with_editor(before.editors, actor.id),
                    edited_at=self._office.clock.now(),
                )
            kept = self._keep(work, actor, before, after)
            work.commit()
        return kept

    def delete_draft(self, actor: Actor, version_id: str) -> None:
        """Throw a draft away, with what was answered about it.

        Raises:
            WordingStageError: it is no draft, or the only version of its wording.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            version = work.records(WordingVersion).get(version_id)
            _expect(version, WordingStage.DRAFT)
            if len(work.wording_versions(version.wording)) == 1:
                raise WordingStageError(version_id, stage=version.stage.value)
            recorder = Recorder(work, self._office, actor)
            for answer in work.records(ReviewAnswer).owned_by(version_id):
                recorder.remove(answer, answer)
            recorder.remove(version, version)
            work.commit()

    # --- review -----------------------------------------------------------------------------

    def send_for_review(self, actor: Actor, version_id: str) -> WordingVersion:
        """Give a draft to a physician: from now on nobody changes it.

        Raises:
            WordingStageError: it is no draft.
            WordingNotReadyError: the words have a problem.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            _expect(before, WordingStage.DRAFT)
            if reasons := self._wrong_words(before):
                raise WordingNotReadyError(reasons)
            after = replace(
                before,
                stage=WordingStage.IN_REVIEW,
                sent_by=actor.name,
                sent_at=self._office.clock.now(),
                sent_back_why="",
            )
            kept = self._keep(work, actor, before, after)
            work.commit()
        return kept

    def send_back(self, actor: Actor, version_id: str, why: str) -> WordingVersion:
        """Give a version back to its writer, with what should be different.

        Raises:
            WordingStageError: it is not in review.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            _expect(before, WordingStage.IN_REVIEW)
            after = replace(before, stage=WordingStage.DRAFT, sent_back_why=why.strip())
            kept = self._keep(work, actor, before, after)
            work.commit()
        return kept

    def approve(  # noqa: PLR0913 - what a physician signs
        self,
        actor: Actor,
        version_id: str,
        *,
        review_by: date,
        grade: float | None,
        grade_reason: str = "",
        translator: str = "",
        translated_on: date | None = None,
        open_musts: tuple[str, ...] = (),
        fingerprint: str = "",
    ) -> WordingVersion:
        """Let a physician who wrote none of it approve a version; the one before is retired.

        ``grade`` is the reading grade of the words, ``None`` where there is none for the language;
        ``open_musts`` are the items of the reviewer's checklist that must be yes and are not;
        ``fingerprint`` is that of the words that were read, where somebody read them before.

        Raises:
            NotAllowedError: only physicians approve wording.
            WordingNotReadyError: with every reason why it cannot be approved yet.
        """
        require(actor, Action.APPROVE_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            today = self._office.locality(clinic_of(work)).today
            after = replace(
                before,
                stage=WordingStage.APPROVED,
                approved_by=actor.name,
                approved_by_id=actor.id,
                approved_on=today,
                review_by=review_by,
                phrases=phrases_mark(language_of(before)),
                grade_reason=grade_reason.strip(),
                translator=translator.strip(),
                translated_on=translated_on,
            )
            reasons = [
                *_unread(before, fingerprint),
                *_against(work, actor, before, after, grade=grade),
                *self._wrong_words(before),
            ]
            if open_musts:
                items = ", ".join(dict.fromkeys(open_musts))
                reasons.append(Problem.of("", "wording_musts_open", items=items))
            if reasons:
                raise WordingNotReadyError(reasons)
            kept = self._put_in_force(work, actor, before, after)
            work.commit()
        return kept

    def approve_for_demonstration(
        self, actor: Actor, kind: SheetKind, *, review_by: date
    ) -> WordingVersion:
        """Put the shipped English wording in force at the demonstration clinic, as it stands.

        Raises:
            NotAllowedError: this is a real clinic, or no physician.
        """
        require(actor, Action.APPROVE_WORDING)
        self.take_in_shipped([f"{kind.value}/{ENGLISH}"])
        with self._office.work() as work:
            clinic = clinic_of(work)
            if clinic is None or not clinic.demonstration:
                raise NotAllowedError(actor.id, action=Action.APPROVE_WORDING.value)
            before = work.wording_versions(f"{kind.value}/{ENGLISH}")[0]
            after = replace(
                before,
                stage=WordingStage.APPROVED,
                approved_by=actor.name,
                approved_by_id=actor.id,
                approved_on=self._office.locality(clinic).today,
                review_by=review_by,
                phrases=phrases_mark(ENGLISH),
            )
            kept = self._put_in_force(work, actor, before, after)
            work.commit()
        return kept

    def retire(self, actor: Actor, version_id: str, why: str) -> WordingVersion:
        """Take an approved version out of force: its sheet prints as a specimen from now on.

        Raises:
            WordingStageError: it is not approved.
        """
        require(actor, Action.APPROVE_WORDING)
        with self._office.work() as work:
            before = work.records(WordingVersion).get(version_id)
            _expect(before, WordingStage.APPROVED)
            kept = self._retire(work, actor, before, why=why)
            work.commit()
        return kept

    def _put_in_force(
        self, work: UnitOfWork, actor: Actor, before: WordingVersion, after: WordingVersion
    ) -> WordingVersion:
        in_force = work.approved_wording(before.wording)
        if in_force is not None and in_force.id != before.id:
            self._retire(work, actor, in_force, why="")
        return self._keep(work, actor, before, after)

    def _retire(
        self, work: UnitOfWork, actor: Actor, version: WordingVersion, *, why: str
    ) -> WordingVersion:
        today = self._office.locality(clinic_of(work)).today
        after = replace(
            version,
            stage=WordingStage.RETIRED,
            retired_on=today,
            retired_by=actor.name,
            retired_why=why.strip(),
        )
        return self._keep(work, actor, version, after)

    def _wrong_words(self, version: WordingVersion) -> list[Problem]:
        found = self.problems(WordingText.from_toml(version.content))
        return [
            Problem.of("", "wording_has_problems", block=each.block, problem=each.sentence)
            for each in found
        ]

    def _keep(
        self, work: UnitOfWork, actor: Actor, before: WordingVersion, after: WordingVersion
    ) -> WordingVersion:
        recorder = Recorder(work, self._office, actor)
        return recorder.change(before, after, extra=_TOLD)


def _expect(version: WordingVersion, stage: WordingStage) -> None:
    if version.stage is not stage:
        raise WordingStageError(version.id, stage=version.stage.value)


def _with_editor(editors: str, actor_id: str) -> str:
    return " ".join(dict.fromkeys((*editors.split(), actor_id)))


def _unread(version: WordingVersion, fingerprint: str) -> Iterable[Problem]:
    """Yield that the words are not those that were read, when they are not."""
    if fingerprint and version.fingerprint != fingerprint:
        yield Problem.of("", "wording_not_as_read")


def _against(
    work: UnitOfWork,
    actor: Actor,
    before: WordingVersion,
    after: WordingVersion,
    *,
    grade: float | None,
) -> Iterable[Problem]:
    """Yield why ``actor`` cannot approve a version, apart from its words."""
    if before.stage is not WordingStage.IN_REVIEW:
        yield Problem.of("", "wording_not_in_review")
    if actor.id in before.editors.split():
        yield Problem.of("", "wording_own_edit", names=", ".join(names_of_editors(work, before)))
    assert after.approved_on is not None
    assert after.review_by is not None
    if after.review_by <= after.approved_on:
        yield Problem.of("review_by", "wording_review_past")
    if after.review_by - after.approved_on > LONGEST_APPROVAL:
        yield Problem.of("review_by", "wording_review_far")
    if grade is not None and round(grade, 1) > HARDEST_GRADE and not after.grade_reason:
        yield Problem.of("grade_reason", "wording_grade_reason", grade=f"{grade:.1f}")
    if not after.phrases:
        yield Problem.of("", "wording_no_phrases")
    if language_of(before) == ENGLISH:
        return
    if not after.translator:
        yield Problem.of("translator", "wording_no_translator")
    if _spoken(after.translator) == _spoken(actor.name):
        yield Problem.of("translator", "wording_own_translation")


def _spoken(name: str) -> str:
    """Return a name without what people write in different ways."""
    return "".join(each for each in name.casefold() if each.isalnum())
