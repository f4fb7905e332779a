"""Prepare, draw, hand out and find again the papers of a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.errors import CannotPrintError, IdentityNotConfirmedError
from intake_app.domain.handing import PrintJob, PrintState
from intake_app.domain.paper import with_beside
from intake_app.domain.patients import ReadingNeed
from intake_app.domain.replacing import corrected
from intake_app.domain.sheets import (
    PRINT_RIGHTS,
    Composition,
    PrintSize,
    Sheet,
    SheetKind,
    StoredSheet,
)
from intake_app.domain.staff import Action
from intake_app.domain.values import PartialDate
from intake_app.services.cases import Case, read_case
from intake_app.services.choosing import choose_wording, with_language_remark
from intake_app.services.office import Office, clinic_of, require
from intake_app.services.papers import Paper, paper_of
from intake_app.services.phrases import paper_words
from intake_app.services.wording_shelf import ENGLISH

if TYPE_CHECKING:
    from intake_app.domain.ports import Drawn, SheetEngine, UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor
    from intake_app.domain.wording_tree import Wording
    from intake_app.services.wording_shelf import WordingChoice
    from intake_app.services.wordings import WordingService

_NEVER_OUT = (PrintState.FAILED, PrintState.CANCELLED)
TO_FILE = "file"
"""Stands for the printer when a sheet was saved as a PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A paper ready to be drawn, or the reasons why it cannot be."""

    visit_id: str
    kind: SheetKind
    size: PrintSize
    composition: Composition
    sheet: Sheet | None
    """``None`` while something keeps the paper from printing."""
    specimen: bool
    """Nobody approved the wording, or the approval has run out: DRAFT on every page."""
    inputs: str
    wording_version: str
    patient_name: str
    birth_date: str
    replaces: str = ""
    """Id of the sheet that this one corrects; the paper names it."""
    language: str = ENGLISH
    """The language it prints in: as wanted, or English where the wanted one is not approved."""
    languages: tuple[str, ...] = (ENGLISH,)
    """Languages it could print in today, English first."""
    drafts: tuple[str, ...] = ()
    """Those of them that print only as drafts, in the demonstration."""
    may_have_english: bool = False
    """Whether English may stand beside it."""
    has_english: bool = False
    in_english: Composition | None = None
    """What the same blocks are called in English, for whoever hands out a translation."""


class SheetService:
    """The papers of a visit. What was handed out is kept for ever, byte for byte."""

    def __init__(
        self,
        office: Office,
        questionnaire: Questionnaire,
        engine: SheetEngine,
        *,
        wordings: WordingService,
    ) -> None:
        self._office = office
        self._questionnaire = questionnaire
        self._engine = engine
        self._wordings = wordings

    def missing_characters(self, text: str) -> tuple[str, ...]:
        """Return the characters of ``text`` that no shipped font has."""
        return self._engine.missing_characters(text)

    @staticmethod
    def default_size(case: Case) -> PrintSize:
        """Return the print size the patient needs."""
        large = ReadingNeed.LARGE_PRINT in case.patient.reading_needs
        return PrintSize.LARGE if large else PrintSize.NORMAL

    def prepare(  # noqa: PLR0913 - one keyword for each choice
        self,
        actor: Actor,
        visit_id: str,
        kind: SheetKind,
        *,
        size: PrintSize | None = None,
        language: str = "",
        beside: bool = False,
    ) -> Prepared:
        """Compose a paper from what is recorded now.

        It is in the patient's language, or in ``language`` where somebody chose one; in English
        where no wording in that language is approved. ``beside`` sets English beside it.
        """
        require(actor, Action.VIEW_PATIENT)
        self._wordings.take_in_shipped([f"{kind.value}/{ENGLISH}"])
        now = self._office.clock.now()
        with self._office.look() as work:
            case = read_case(work, visit_id, self._questionnaire)
            today = now.astimezone(case.clinic.zone).date()
            chosen = choose_wording(
                work,
                self._wordings,
                kind,
                patient=case.patient,
                clinic=case.clinic,
                today=today,
                language=language,
            )
            given = given_out(work, visit_id, kind)
        size = size or self.default_size(case)
        nurse = actor.name if actor.may(Action.PRINT_AFTERCARE) else ""

        def made(of: WordingChoice) -> Paper:
            return paper_of(
                case,
                of.wording,
                self._questionnaire,
                size=size,
                approval=of.approval,
                nurse=nurse,
                now=now,
            )

        paper = made(chosen.choice)
        english = made(chosen.english).composition if chosen.language != ENGLISH else None
        sheet, inputs = paper.sheet, paper.inputs
        composition = with_language_remark(paper.composition, chosen, case.patient, kind)
        named = [chosen.choice]
        against = chosen.against_english(size)
        if beside and english is not None:
            if against is None:
                sheet = with_beside(sheet, english, ENGLISH)
                named.append(chosen.english)
            else:
                composition = replace(composition, remarks=(*composition.remarks, against))
        sheet, old = corrected(
            sheet, given, inputs, clinic=case.clinic, words=paper_words(sheet.language)
        )
        return Prepared(
            visit_id=visit_id,
            kind=kind,
            size=size,
            composition=composition,
            sheet=None if composition.blocking else sheet,
            specimen=chosen.choice.approval is None,
            inputs=inputs,
            wording_version=" + ".join(_version(each.wording) for each in named),
            patient_name=case.patient.full_name,
            birth_date=(
                PartialDate.on(case.patient.birth_date).words if case.patient.birth_date else ""
            ),
            replaces=old.id if old is not None else "",
            language=chosen.language,
            languages=chosen.languages,
            drafts=chosen.drafts,
            may_have_english=english is not None and against is None,
            has_english=len(named) > 1,
            in_english=english,
        )

    def draw(self, prepared: Prepared) -> Drawn:
        """Return the document of a prepared paper.

        Raises:
            CannotPrintError: something keeps it from printing, or a character has no font.
        """
        if prepared.sheet is None:
            raise CannotPrintError(prepared.composition.blocking)
        return self._engine.draw(prepared.sheet)

    def hand_out(  # noqa: PLR0913 - what is known of a print
        self,
        actor: Actor,
        prepared: Prepared,
        drawn: Drawn,
        *,
        printer: str,
        confirmed_by_eye: bool,
        sheet_id: str = "",
        also: Callable[[UnitOfWork, StoredSheet], object] | None = None,
    ) -> StoredSheet:
        """Keep what was printed: bytes, hash, inputs, wording version, who, when, printer.

        With a ``sheet_id`` made before, the same call made twice keeps one sheet. What ``also``
        notes is kept in the same transaction.

        Raises:
            IdentityNotConfirmedError: name and birth date were not confirmed by eye.
            NotAllowedError: this person may not print this paper.
            CannotPrintError: there is nothing that could have been printed.
        """
        require(actor, PRINT_RIGHTS[prepared.kind])
        if not confirmed_by_eye:
            raise IdentityNotConfirmedError(prepared.visit_id)
        if prepared.sheet is None:
            raise CannotPrintError(prepared.composition.blocking)
        with self._office.work() as work:
            if sheet_id and (there := work.records(StoredSheet).find(sheet_id)):
                return there
            case = read_case(work, prepared.visit_id, self._questionnaire)
            stored = work.records(StoredSheet).add(
                StoredSheet(
                    id=sheet_id or self._office.ids.new(),
                    visit_id=prepared.visit_id,
                    kind=prepared.kind,
                    check_code=prepared.sheet.check_code,
                    sha256=sha256(drawn.pdf).hexdigest(),
                    pages=drawn.pages,
                    pdf=drawn.pdf,
                    inputs=prepared.inputs,
                    wording_version=prepared.wording_version,
                    language=prepared.sheet.language,
                    size=prepared.size,
                    made_at=self._office.clock.now(),
                    made_by=actor.name,
                    printer=printer,
                    replaces=prepared.replaces,
                    specimen=prepared.specimen,
                )
            )
            if also is not None:
                also(work, stored)
            work.note(self._office.entry(actor, Deed.PRINTED, stored, patient_id=case.patient.id))
            work.commit()
        return stored

    def sheets(self, actor: Actor, visit_id: str) -> tuple[StoredSheet, ...]:
        """Return what was handed out at a visit, latest first."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return work.sheets_of(visit_id)


def given_out(work: UnitOfWork, visit_id: str, kind: SheetKind) -> tuple[StoredSheet, ...]:
    """Return the sheets of a visit that may be in somebody's hands, latest first.

    Not those whose every print failed, and no DRAFT where drafts are not handed over.
    """
    clinic = clinic_of(work)
    demonstration = clinic is not None and clinic.demonstration

    def lost(sheet: StoredSheet) -> bool:
        jobs = work.records(PrintJob).owned_by(sheet.id)
        return bool(jobs) and all(job.state in _NEVER_OUT for job in jobs)

    return tuple(
        sheet
        for sheet in work.sheets_of(visit_id, kind)
        if (demonstration or not sheet.specimen) and not lost(sheet)
    )


def _version(wording: Wording) -> str:
    """Return which words were printed: wording, version and fingerprint; the phrases, too."""
    phrases = paper_words(wording.language).fingerprint[:8]
    return f"{wording.id} {wording.version} {wording.fingerprint[:12]} ({phrases})"
