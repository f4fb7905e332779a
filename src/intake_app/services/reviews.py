"""What people answer to the reviewer's checklist, for one version of a wording."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.aftercare_facts import AftercareFacts
from intake_app.domain.errors import WordingStageError
from intake_app.domain.review_decisions import SamplePaper, decide, settled
from intake_app.domain.review_items import open_musts
from intake_app.domain.sheets import LETTERS, PrintSize
from intake_app.domain.staff import Action
from intake_app.domain.wording_versions import (
    ReviewAnswer,
    Verdict,
    WordingStage,
    WordingVersion,
)
from intake_app.domain.writing_texts import placed_sheet, placed_texts
from intake_app.services.office import require
from intake_app.services.recording import Recorder
from intake_app.services.writing import check_writing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from intake_app.domain.review_items import Decision
    from intake_app.domain.sheets import Sheet
    from intake_app.domain.staff import Actor
    from intake_app.domain.wording_edit import WordingText
    from intake_app.domain.writing_check import WritingReport
    from intake_app.services.office import Office
    from intake_app.services.papers import Paper
    from intake_app.services.wordings import WordingService

REVIEWED = (WordingStage.DRAFT, WordingStage.IN_REVIEW)
"""Stages in which the checklist is still answered; after that it is kept as it was."""

_TOLD = ("verdict", "note", "fingerprint", "answered_by")
"""What the trail tells of an answer: none of it is a field of a form."""


class ReviewService:
    """Keeps one answer for each item and version; a changed word asks anew."""

    def __init__(self, office: Office, wordings: WordingService) -> None:
        self._office = office
        self._wordings = wordings

    # --- what the program finds ---------------------------------------------------------------

    @staticmethod
    def report(text: WordingText) -> WritingReport:
        """Return how hard the words are to read, and what the writer can make better.

        Raises:
            WordingError: the words have a problem.
        """
        wording = text.wording()
        return check_writing(
            placed_texts(wording),
            language=text.language,
            for_patient=wording.kind not in LETTERS,
        )

    @staticmethod
    def report_printed(sheet: Sheet) -> WritingReport:
        """Return the same for the very words that print for one patient."""
        return check_writing(
            placed_sheet(sheet), language=sheet.language, for_patient=sheet.kind not in LETTERS
        )

    def decisions(
        self, actor: Actor, text: WordingText, *, translator: str = ""
    ) -> Mapping[str, Decision]:
        """Return what the program itself can decide of the checklist, by handle.

        Raises:
            WordingError: the words have a problem.
        """
        papers = self._wordings.sample_papers(actor, text)
        return self.decide(text, papers, translator=translator)

    def decide(
        self, text: WordingText, papers: Mapping[str, Paper], *, translator: str = ""
    ) -> Mapping[str, Decision]:
        """Return the same from the papers of the sample patients; it needs no database.

        Raises:
            WordingError: the words have a problem.
        """
        samples = [
            SamplePaper(
                name=name,
                sheet=paper.sheet,
                facts=paper.facts if isinstance(paper.facts, AftercareFacts) else None,
                report=self.report_printed(paper.sheet),
                ordinary=paper.sheet.size is PrintSize.NORMAL,
            )
            for name, paper in papers.items()
        ]
        return decide(text.wording(), samples, self.report(text), translator=translator)

    def verdicts(
        self, actor: Actor, version_id: str, *, translator: str = ""
    ) -> Mapping[str, Verdict]:
        """Return every item that is decided for a version: by the program, else by a person.

        ``translator`` is who is about to be named for it.

        Raises:
            WordingError: the words have a problem.
        """
        opened = self._wordings.open(actor, version_id)
        decisions = self.decisions(
            actor, opened.text, translator=translator or opened.version.translator
        )
        answers = {each.item: each.verdict for each in self.answers(actor, version_id)}
        return settled(decisions, answers)

    def approve(  # noqa: PLR0913 - what a physician signs
        self,
        actor: Actor,
        version_id: str,
        *,
        review_by: date,
        grade_reason: str = "",
        translator: str = "",
        translated_on: date | None = None,
        fingerprint: str = "",
    ) -> WordingVersion:
        """Approve a version with its reading grade and its checklist as they are.

        With the ``fingerprint`` of the words that were read, no other words are approved.

        Raises:
            NotAllowedError: only physicians approve wording.
            WordingNotReadyError: with every reason why it cannot be approved yet.
        """
        require(actor, Action.APPROVE_WORDING)
        opened = self._wordings.open(actor, version_id)
        return self._wordings.approve(
            actor,
            version_id,
            review_by=review_by,
            grade=self.report(opened.text).hardest,
            grade_reason=grade_reason,
            translator=translator,
            translated_on=translated_on,
            open_musts=tuple(
                item.handle
                for item in open_musts(self.verdicts(actor, version_id, translator=translator))
            ),
            fingerprint=fingerprint or opened.version.fingerprint,
        )

    # --- what people answer -------------------------------------------------------------------

    def answers(self, actor: Actor, version_id: str) -> tuple[ReviewAnswer, ...]:
        """Return the answers given for the words as they stand; those for older words are gone.

        Raises:
            NotFoundError: there is no such version.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            version = work.records(WordingVersion).get(version_id)
            given = work.records(ReviewAnswer).owned_by(version_id)
        return tuple(answer for answer in given if answer.fingerprint == version.fingerprint)

    def answer(
        self,
        actor: Actor,
        version_id: str,
        item: str,
        *,
        verdict: Verdict | None,
        note: str = "",
    ) -> ReviewAnswer | None:
        """Keep the answer to one item in place of an earlier one; ``None`` takes it back.

        Raises:
            NotAllowedError: this person neither writes nor approves wording.
            WordingStageError: the version is approved or retired.
        """
        require(actor, Action.EDIT_WORDING)
        with self._office.work() as work:
            version = work.records(WordingVersion).get(version_id)
            if version.stage not in REVIEWED:
                raise WordingStageError(version_id, stage=version.stage.value)
            recorder = Recorder(work, self._office, actor)
            before = next(
                (
                    answer
                    for answer in work.records(ReviewAnswer).owned_by(version_id)
                    if answer.item == item
                ),
                None,
            )
            kept = self._kept(recorder, version, before, item=item, verdict=verdict, note=note)
            work.commit()
        return kept

    def _kept(  # noqa: PLR0913 - one answer
        self,
        recorder: Recorder,
        version: WordingVersion,
        before: ReviewAnswer | None,
        *,
        item: str,
        verdict: Verdict | None,
        note: str,
    ) -> ReviewAnswer | None:
        if verdict is None:
            if before is not None:
                recorder.remove(before, before)
            return None
        answer = ReviewAnswer(
            id=before.id if before is not None else self._office.ids.new(),
            version_id=version.id,
            item=item,
            verdict=verdict,
            note=note,
            answered_by=recorder.actor.name,
            answered_at=self._office.clock.now(),
            fingerprint=version.fingerprint,
        )
        if before is None:
            return recorder.add(answer)
        return recorder.change(before, replace(answer, version=before.version), extra=_TOLD)
