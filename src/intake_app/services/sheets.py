"""Prepare, draw, hand out and find again the papers of a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from intake_app.domain.aftercare import AftercareFacts, aftercare_sheet, compose, inputs_json
from intake_app.domain.audit import Deed
from intake_app.domain.before import BeforeFacts, before_sheet, compose_before
from intake_app.domain.errors import CannotPrintError, IdentityNotConfirmedError, NotFoundError
from intake_app.domain.handing import PrintJob, PrintState
from intake_app.domain.language import N_, translated
from intake_app.domain.letters import compose_letter, letter_facts, letter_sheet
from intake_app.domain.patients import ReadingNeed
from intake_app.domain.replacing import naming, replaced_sheet
from intake_app.domain.safety import read_safety
from intake_app.domain.sheets import (
    LETTERS,
    PRINT_RIGHTS,
    Composition,
    PrintSize,
    Sheet,
    SheetKind,
    StoredSheet,
    read_code,
)
from intake_app.domain.staff import Action
from intake_app.domain.values import PartialDate
from intake_app.domain.wording import (
    ApprovalState,
    Wording,
    WordingApproval,
    approval_state,
    current_approval,
    read_wording,
)
from intake_app.services.cases import Case, read_case
from intake_app.services.office import Office, clinic_of, require
from intake_app.services.phrases import paper_words
from intake_app.services.specimens import SPECIMEN_NURSE, specimen_case

if TYPE_CHECKING:
    from intake_app.domain.ports import Drawn, SheetEngine, UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor

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


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingState:
    """One set of wording and whether it may print as final."""

    kind: SheetKind
    wording: Wording
    state: ApprovalState
    approval: WordingApproval | None


class SheetService:
    """The papers of a visit. What was handed out is kept for ever, byte for byte."""

    def __init__(
        self,
        office: Office,
        questionnaire: Questionnaire,
        engine: SheetEngine,
        *,
        wording_text: Callable[[SheetKind], str],
    ) -> None:
        self._office = office
        self._questionnaire = questionnaire
        self._engine = engine
        self._wording_text = wording_text
        self._wordings: dict[SheetKind, Wording] = {}

    def wording(self, kind: SheetKind) -> Wording:
        """Return the English wording of a paper, read and checked once."""
        if kind not in self._wordings:
            self._wordings[kind] = read_wording(self._wording_text(kind), f"{kind.value}.toml")
        return self._wordings[kind]

    def missing_characters(self, text: str) -> tuple[str, ...]:
        """Return the characters of ``text`` that no shipped font has."""
        return self._engine.missing_characters(text)

    @staticmethod
    def default_size(case: Case) -> PrintSize:
        """Return the print size the patient needs."""
        large = ReadingNeed.LARGE_PRINT in case.patient.reading_needs
        return PrintSize.LARGE if large else PrintSize.NORMAL

    def prepare(
        self, actor: Actor, visit_id: str, kind: SheetKind, *, size: PrintSize | None = None
    ) -> Prepared:
        """Compose a paper from what is recorded now."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            case = read_case(work, visit_id, self._questionnaire)
            approvals = self._approvals(work)
            given = given_out(work, visit_id, kind)
        size = size or self.default_size(case)
        wording = self.wording(kind)
        today = self._office.clock.now().astimezone(case.clinic.zone).date()
        approval = current_approval(wording, approvals, today)
        composition, sheet, inputs = self._compose(
            actor, case, wording, size=size, approval=approval
        )
        old = replaced_sheet(given, inputs)
        if old is not None:
            sheet = naming(sheet, old, case.clinic, words=paper_words(sheet.language))
        return Prepared(
            visit_id=visit_id,
            kind=kind,
            size=size,
            composition=composition,
            sheet=None if composition.blocking else sheet,
            specimen=approval is None,
            inputs=inputs,
            wording_version=f"{wording.id} {wording.version} {wording.fingerprint[:12]}",
            patient_name=case.patient.full_name,
            birth_date=(
                PartialDate.on(case.patient.birth_date).words if case.patient.birth_date else ""
            ),
            replaces=old.id if old is not None else "",
        )

    def _compose(
        self,
        actor: Actor,
        case: Case,
        wording: Wording,
        *,
        size: PrintSize,
        approval: WordingApproval | None,
    ) -> tuple[Composition, Sheet, str]:
        specimen = approval is None
        if wording.kind is SheetKind.AFTERCARE or wording.kind in LETTERS:
            facts = AftercareFacts(
                patient=case.patient,
                visit=case.visit,
                clinic=case.clinic,
                procedure=case.procedure,
                safety=read_safety(self._questionnaire, case.answers),
                nurse=actor.name if actor.may(Action.PRINT_AFTERCARE) else "",
                now=self._office.clock.now(),
                fractures=case.fractures,
                treated=case.treated,
                new_medicines=case.new_medicines,
                pain_medicines=case.pain_medicines,
                driver=case.driver,
                words=paper_words(wording.language),
            )
            if wording.kind in LETTERS:
                letter = letter_facts(wording.kind, facts, imaging=case.imaging, pain=case.pain)
                composition = compose_letter(letter, wording)
                sheet = letter_sheet(
                    letter, wording, composition, size=size, specimen=specimen, approval=approval
                )
                return composition, sheet, inputs_json(letter)
            composition = compose(facts, wording)
            sheet = aftercare_sheet(
                facts, wording, composition, size=size, specimen=specimen, approval=approval
            )
            return composition, sheet, inputs_json(facts)
        before = BeforeFacts(
            patient=case.patient,
            visit=case.visit,
            clinic=case.clinic,
            fractures=case.fractures,
            driver=case.driver,
            words=paper_words(wording.language),
        )
        composition = compose_before(before, wording)
        sheet = before_sheet(
            before, wording, composition, size=size, specimen=specimen, approval=approval
        )
        return composition, sheet, inputs_json(before)

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

    def copy(self, actor: Actor, sheet_id: str) -> bytes:
        """Return the very sheet again, with COPY and today's date in the margin.

        Raises:
            NotFoundError: there is no such sheet, or its bytes are not what was printed.
        """
        with self._office.work() as work:
            stored = work.records(StoredSheet).get(sheet_id)
            require(actor, PRINT_RIGHTS[stored.kind])
            if not unchanged(stored):
                raise NotFoundError(sheet_id)
            case = read_case(work, stored.visit_id, self._questionnaire)
            work.note(self._office.entry(actor, Deed.COPIED, stored, patient_id=case.patient.id))
            work.commit()
        local = self._office.clock.now().astimezone(case.clinic.zone)
        return self._engine.stamp_copy(stored.pdf, f"COPY {_moment(local)}")

    def check(self, typed: str) -> StoredSheet | None:
        """Return the stored sheet that a typed or scanned check code belongs to."""
        code = read_code(typed)
        if not code:
            return None
        with self._office.look() as work:
            return work.sheet_by_code(code)

    def check_in_words(self, typed: str) -> str:
        """Return what a check code says: which sheet, when, how many pages, unchanged or not."""
        stored = self.check(typed)
        if stored is None:
            return translated(N_("No sheet with this code is in this database."))
        with self._office.look() as work:
            clinic = clinic_of(work)
        local = stored.made_at.astimezone(clinic.zone) if clinic else stored.made_at
        kind = translated(stored.kind.label)
        if not unchanged(stored):
            return translated(
                N_("{kind} of {moment}: CHANGED since it was printed. Do not use it.")
            ).format(kind=kind, moment=_moment(local))
        pages = N_("1 page") if stored.pages == 1 else N_("{count} pages")
        return translated(N_("{kind} of {moment}, {pages}, unchanged.")).format(
            kind=kind, moment=_moment(local), pages=translated(pages).format(count=stored.pages)
        )

    def wordings(self) -> tuple[WordingState, ...]:
        """Return every set of wording with its approval."""
        with self._office.look() as work:
            today = self._office.locality(clinic_of(work)).today
            approvals = self._approvals(work)
        return tuple(
            WordingState(
                kind=kind,
                wording=self.wording(kind),
                state=approval_state(self.wording(kind), approvals, today),
                approval=current_approval(self.wording(kind), approvals, today),
            )
            for kind in SheetKind
        )

    def specimen(self, actor: Actor, kind: SheetKind) -> Drawn:
        """Return a paper of a made-up patient, DRAFT on every page, to look at the wording.

        Raises:
            CannotPrintError: the clinic's own data are too incomplete for any paper.
            NotFoundError: the clinic is not set up.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            clinic = clinic_of(work)
        if clinic is None:
            raise NotFoundError("clinic")
        case = specimen_case(clinic, self._questionnaire, self._office.clock.now())
        composition, sheet, _ = self._compose(
            SPECIMEN_NURSE, case, self.wording(kind), size=PrintSize.NORMAL, approval=None
        )
        if composition.blocking:
            raise CannotPrintError(composition.blocking)
        return self._engine.draw(sheet)

    def approve(self, actor: Actor, kind: SheetKind, review_by: date) -> WordingApproval:
        """Record that a named physician approves the wording as it stands, until ``review_by``.

        Raises:
            NotAllowedError: only physicians approve wording.
        """
        require(actor, Action.APPROVE_WORDING)
        wording = self.wording(kind)
        with self._office.work() as work:
            today = self._office.locality(clinic_of(work)).today
            approval = work.records(WordingApproval).add(
                WordingApproval(
                    id=self._office.ids.new(),
                    wording=wording.id,
                    fingerprint=wording.fingerprint,
                    approved_by=actor.name,
                    approved_on=today,
                    review_by=review_by,
                    recorded_by=actor.name,
                )
            )
            work.note(self._office.entry(actor, Deed.CREATED, approval))
            work.commit()
        return approval

    @staticmethod
    def _approvals(work: UnitOfWork) -> tuple[WordingApproval, ...]:
        return work.records(WordingApproval).all()


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


def unchanged(stored: StoredSheet) -> bool:
    """Return whether the stored bytes are those that were printed."""
    return sha256(stored.pdf).hexdigest() == stored.sha256


def _moment(local: datetime) -> str:
    return f"{PartialDate.on(local.date()).words}, {local:%H:%M}"
