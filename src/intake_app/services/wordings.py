"""Wording in versions, and the papers of made-up patients that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.errors import CannotPrintError, NotFoundError, WordingError
from intake_app.domain.staff import Action
from intake_app.services.office import clinic_of, require
from intake_app.services.papers import Paper, paper_of
from intake_app.services.specimens import SAMPLES, SPECIMEN_NURSE, Sample, sample_case, sample_size
from intake_app.services.wording_reading import OpenWording, WordingLine
from intake_app.services.wording_sharing import WordingSharing
from intake_app.services.wording_shelf import ENGLISH, WordingChoice, WordingShelf

if TYPE_CHECKING:
    from intake_app.domain.countries import Paper as PaperSize
    from intake_app.domain.ports import Drawn, SheetEngine
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.sheets import PrintSize, SheetKind
    from intake_app.domain.staff import Actor
    from intake_app.domain.wording_edit import WordingText
    from intake_app.domain.wording_tree import Wording
    from intake_app.services.office import Office

__all__ = [
    "ENGLISH",
    "SAMPLES",
    "OpenWording",
    "Sample",
    "WordingChoice",
    "WordingLine",
    "WordingService",
]


class WordingService(WordingSharing):
    """The clinic's wording. What is approved is never changed: a new version takes its place."""

    def __init__(
        self,
        office: Office,
        questionnaire: Questionnaire,
        engine: SheetEngine,
        shipped: Callable[[], Mapping[str, str]],
    ) -> None:
        super().__init__(office, WordingShelf(office, shipped))
        self._questionnaire = questionnaire
        self._engine = engine

    def preview(
        self,
        actor: Actor,
        text: WordingText,
        sample: str = "",
        *,
        size: PrintSize | None = None,
        paper: PaperSize | None = None,
    ) -> Drawn:
        """Return the paper of a sample patient from words as they are typed, DRAFT on it.

        Raises:
            CannotPrintError: the words have a problem, or the clinic's own data are incomplete.
            NotFoundError: the clinic is not set up, or there is no such sample.
        """
        return self.draw(self.sample_paper(actor, text, sample, size=size, paper=paper))

    def sample_paper(
        self,
        actor: Actor,
        text: WordingText,
        sample: str = "",
        *,
        size: PrintSize | None = None,
        paper: PaperSize | None = None,
    ) -> Paper:
        """Return the same undrawn; ``draw`` needs no database.

        Raises:
            CannotPrintError: the words have a problem, or the clinic's own data are incomplete.
            NotFoundError: the clinic is not set up, or there is no such sample.
        """
        require(actor, Action.VIEW_PATIENT)
        try:
            wording = text.wording()
        except WordingError as error:
            problems = [each.problem for each in self.problems(text)]
            raise CannotPrintError(problems) from error
        made = self._sample_paper(wording, sample, size=size, paper=paper)
        if made.composition.blocking:
            raise CannotPrintError(made.composition.blocking)
        return made

    def draw(self, made: Paper) -> Drawn:
        """Return the document of a sample paper.

        Raises:
            CannotPrintError: a character has no font, or something fits on no page.
        """
        return self._engine.draw(made.sheet)

    def sample_papers(self, actor: Actor, text: WordingText) -> Mapping[str, Paper]:
        """Return the papers of all sample patients, undrawn, for whoever checks the words.

        Raises:
            WordingError: the words have a problem.
        """
        require(actor, Action.VIEW_PATIENT)
        wording = text.wording()
        return {each.id: self._sample_paper(wording, each.id) for each in SAMPLES}

    def specimen(
        self, actor: Actor, kind: SheetKind, sample: str = "", *, language: str = ENGLISH
    ) -> Drawn:
        """Return a paper of a made-up patient, DRAFT on every page, to look at the wording.

        Of the version that is approved in this language, else of the newest.

        Raises:
            CannotPrintError: the clinic's own data are too incomplete for any paper.
            NotFoundError: the clinic is not set up, or there is no wording in this language.
        """
        require(actor, Action.VIEW_PATIENT)
        wording_id = f"{kind.value}/{language}"
        with self._office.look() as work:
            _, wording = self.shelf.specimen(work, wording_id)
        made = self._sample_paper(wording, sample)
        if made.composition.blocking:
            raise CannotPrintError(made.composition.blocking)
        return self._engine.draw(made.sheet)

    def _sample_paper(
        self,
        wording: Wording,
        sample: str,
        *,
        size: PrintSize | None = None,
        paper: PaperSize | None = None,
    ) -> Paper:
        with self._office.look() as work:
            clinic = clinic_of(work)
        if clinic is None:
            raise NotFoundError("clinic")
        now = self._office.clock.now()
        if paper is not None:
            clinic = replace(clinic, paper=paper)
        return paper_of(
            sample_case(sample, clinic, now),
            wording,
            self._questionnaire,
            size=size or sample_size(sample),
            approval=None,
            nurse=SPECIMEN_NURSE.name,
            now=now,
        )
