"""Teach-back and hand-over: what was said back, who got the sheet, and the visit moves on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.audit import Deed, FieldChange, changes_between
from intake_app.domain.errors import CannotHandOverError, NotFoundError
from intake_app.domain.fields import FieldValue, Record
from intake_app.domain.file_page import FileFacts, file_page
from intake_app.domain.handing import CopyFor, HandOver, PrintJob, TeachBack, is_out
from intake_app.domain.paper_languages import ENGLISH
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.sheets import SheetKind, StoredSheet
from intake_app.domain.staff import PROGRAM, Action
from intake_app.domain.teach_back import groups_of
from intake_app.domain.validation import Problem, apply, draft_of, read_draft
from intake_app.domain.visits import COURSE, ResponsibleAdult, Visit, VisitState
from intake_app.services.cases import only
from intake_app.services.forms import Saved, changed_by_other
from intake_app.services.handing import Asked, Handing, refusals_of, remarks_on
from intake_app.services.office import Office, clinic_of, require
from intake_app.services.phrases import paper_words
from intake_app.services.recording import Recorder

if TYPE_CHECKING:
    from datetime import datetime

    from intake_app.domain.ports import Drawn, SheetEngine, UnitOfWork
    from intake_app.domain.staff import Actor
    from intake_app.services.sheets import Prepared, SheetService

R = TypeVar("R", bound=Record)
Draft = Mapping[str, FieldValue]
STAMP = "ready_at"
"""The time of the procedure record that a hand-over stamps."""
CARERS_MARK = "Copy for the carer"
FILE_MARK = "File copy of {code}"
"""In the margin of a copy, in the clinic's own language."""


class HandOverService:
    """Notes what was said back, and that the papers were handed over."""

    def __init__(self, office: Office, sheets: SheetService, engine: SheetEngine) -> None:
        self._office = office
        self._sheets = sheets
        self._engine = engine

    def look(self, actor: Actor, visit_id: str) -> Handing:
        """Return how things stand with the sheet of a visit, teach-back and hand-over."""
        require(actor, Action.VIEW_PATIENT)
        now = self._prepared(actor, visit_id)
        with self._office.look() as work:
            return self._handing(work, visit_id, now=now)

    def say_back(
        self,
        actor: Actor,
        visit_id: str,
        group: str,
        *,
        draft: Draft,
        seen: Draft | None = None,
    ) -> Saved[TeachBack]:
        """Note how one group was said back, by whom, and who asked; what is typed is kept by field.

        Raises:
            NotAllowedError: only nurses and physicians teach.
        """
        require(actor, Action.HAND_OVER)
        with self._office.work() as work:
            rows = work.records(TeachBack)
            row = next((each for each in rows.owned_by(visit_id) if each.group == group), None)
            if row is None:
                row = rows.add(TeachBack(id=self._office.ids.new(), visit_id=visit_id, group=group))
            saved = self._save(
                work,
                actor,
                row,
                draft=draft,
                seen=seen,
                stamps={"asked_by": actor.name, "asked_at": self._office.clock.now()},
                known_by=(FieldChange("group", group, group),),
            )
            work.commit()
        return saved

    def note(
        self, actor: Actor, visit_id: str, *, draft: Draft, seen: Draft | None = None
    ) -> Saved[HandOver]:
        """Keep what is typed for the next hand-over, field by field.

        Raises:
            NotAllowedError: only nurses and physicians hand over.
        """
        require(actor, Action.HAND_OVER)
        with self._office.work() as work:
            saved = self._save(
                work, actor, self._begun(work, visit_id), draft=draft, seen=seen, stamps={}
            )
            work.commit()
        return saved

    def hand_over(self, actor: Actor, visit_id: str, *, confirmed_by_eye: bool) -> HandOver:
        """Record that the sheet was handed over now, and move the visit on to *Ready to go home*.

        A visit that is further already stays where it is: who left is said when they leave.

        Raises:
            NotAllowedError: only nurses and physicians hand over.
            CannotHandOverError: the reasons of ``Handing.refusals``, or nobody looked whose it is.
        """
        require(actor, Action.HAND_OVER)
        now = self._prepared(actor, visit_id)
        with self._office.work() as work:
            handing = self._handing(work, visit_id, now=now)
            refusals = handing.refusals
            if not confirmed_by_eye:
                refusals = (*refusals, Problem.of("", "not_confirmed_by_eye"))
            if refusals or handing.sheet is None:
                raise CannotHandOverError(refusals)
            recorder = Recorder(work, self._office, actor)
            at = self._office.clock.now()
            before = self._begun(work, visit_id)
            handed = recorder.change(
                before,
                replace(before, sheet_id=handing.sheet.id, handed_at=at, handed_by=actor.name),
                deed=Deed.HANDED_OVER,
                extra=("handed_at", "handed_by"),
            )
            self._move_on(work, recorder, handing.visit, at=_to_the_minute(at))
            work.commit()
        return handed

    def take_back(self, actor: Actor, hand_over_id: str) -> HandOver:
        """Take a hand-over back, and the step of the visit that came with it; the trail keeps both.

        Raises:
            NotAllowedError: only nurses and physicians hand over.
            NotFoundError: it is not there, or was taken back already.
        """
        require(actor, Action.HAND_OVER)
        with self._office.work() as work:
            before = work.records(HandOver).get(hand_over_id)
            if before.handed_at is None:
                raise NotFoundError(hand_over_id)
            recorder = Recorder(work, self._office, actor)
            after = recorder.change(
                before,
                replace(before, sheet_id="", handed_at=None, handed_by=""),
                deed=Deed.TAKEN_BACK,
                extra=("handed_at", "handed_by"),
            )
            visit = work.records(Visit).get(before.visit_id)
            record = only(work, ProcedureRecord, visit.id)
            moved = record.ready_at == _to_the_minute(before.handed_at)
            if visit.state is VisitState.READY and moved:
                recorder.change(record, apply(record, {STAMP: None}))
                back = replace(visit, state=VisitState.RECOVERY)
                recorder.change(visit, back, deed=Deed.MOVED, extra=("state",))
            work.commit()
        return after

    # --- copies -----------------------------------------------------------------------------

    def facts_of(self, sheet_id: str) -> FileFacts:
        """Return what the page for the clinic's file tells of a sheet.

        Raises:
            NotFoundError: there is no such sheet.
        """
        with self._office.look() as work:
            sheet = work.records(StoredSheet).get(sheet_id)
        now = self._prepared(PROGRAM, sheet.visit_id)
        with self._office.look() as work:
            return _file_facts(work, self._handing(work, sheet.visit_id, now=now), sheet)

    def file_page(self, facts: FileFacts) -> Drawn:
        """Return the page for the clinic's file; takes a moment, without the database."""
        return self._engine.draw(file_page(facts))

    def document(self, job: PrintJob, pdf: bytes, filed: FileFacts | None) -> bytes:
        """Return what prints for one copy: whose it is stands in the margin.

        The patient's is the sheet itself, byte for byte. Behind the clinic's copy is the page for
        the file, once something was said back.
        """
        if filed is not None and job.copy_for is CopyFor.FILE_PAGE:
            return self.file_page(filed).pdf
        marks = [job.stamp]
        if job.copy_for is CopyFor.CARER:
            marks.append(CARERS_MARK)
        if job.copy_for is CopyFor.FILE and filed is not None:
            marks.append(FILE_MARK.format(code=filed.sheet.check_code))
        mark = " \N{MIDDLE DOT} ".join(part for part in marks if part)
        marked = self._engine.stamp_copy(pdf, mark) if mark else pdf
        if filed is None or not any(row.said_back for _, row in filed.asked):
            return marked
        return self._engine.join(marked, self.file_page(filed).pdf)

    # --- inside -----------------------------------------------------------------------------

    def _prepared(self, actor: Actor, visit_id: str) -> Prepared:
        """Return what would print now, in size and language of the sheet that was printed last."""
        with self._office.look() as work:
            stored = next(iter(work.sheets_of(visit_id, SheetKind.AFTERCARE)), None)
        size, language = (stored.size, stored.language) if stored is not None else (None, "")
        return self._sheets.prepare(
            actor, visit_id, SheetKind.AFTERCARE, size=size, language=language
        )

    def _handing(self, work: UnitOfWork, visit_id: str, *, now: Prepared) -> Handing:
        clinic = clinic_of(work)
        if clinic is None:
            raise NotFoundError("clinic")
        visit = work.records(Visit).get(visit_id)
        patient = work.records(Patient).get(visit.patient_id)
        rows = {row.group: row for row in work.records(TeachBack).owned_by(visit_id)}
        groups = groups_of(block.id for block in now.composition.blocks)
        every = work.records(HandOver).owned_by(visit_id)
        begun = next((row for row in every if row.handed_at is None), None)
        done = tuple(row for row in reversed(every) if row.handed_at is not None)
        printed = work.sheets_of(visit_id, SheetKind.AFTERCARE)
        stored = printed[0] if printed else None
        jobs = work.records(PrintJob).owned_by(stored.id) if stored is not None else ()
        handing = Handing(
            clinic=clinic,
            visit=visit,
            patient=patient,
            sheet=stored,
            same=frozenset(each.id for each in printed if each.check_code == printed[0].check_code),
            asked=tuple(
                Asked(
                    group=group,
                    row=rows.get(group.key) or TeachBack(id="", visit_id=visit_id, group=group.key),
                )
                for group in groups
            ),
            open=begun or self._proposed(work, visit, patient),
            typed=work.typed(HandOver.FORM, begun.id) if begun is not None else {},
            done=done,
        )
        return replace(
            handing,
            refusals=tuple(refusals_of(handing, jobs, now)),
            remarks=tuple(remarks_on(handing, jobs)),
        )

    def _begun(self, work: UnitOfWork, visit_id: str) -> HandOver:
        """Return what is noted for the next hand-over; a new row where nothing is."""
        rows = work.records(HandOver)
        begun = next((row for row in rows.owned_by(visit_id) if row.handed_at is None), None)
        if begun is not None:
            return begun
        visit = work.records(Visit).get(visit_id)
        proposed = self._proposed(work, visit, work.records(Patient).get(visit.patient_id))
        return rows.add(replace(proposed, id=self._office.ids.new()))

    @staticmethod
    def _proposed(work: UnitOfWork, visit: Visit, patient: Patient) -> HandOver:
        """Return a hand-over filled from the record, or as the one before was."""
        done = [row for row in work.records(HandOver).owned_by(visit.id) if row.handed_at]
        if done:
            last = done[-1]
            return replace(last, id="", version=0, sheet_id="", handed_at=None, handed_by="")
        driver = only(work, ResponsibleAdult, visit.id)
        spoken = patient.language_spoken or patient.language_read
        return HandOver(
            id="",
            visit_id=visit.id,
            carer_name=driver.name,
            language=spoken.label if spoken is not None else "",
        )

    def _save(  # noqa: PLR0913 - what is known of one save
        self,
        work: UnitOfWork,
        actor: Actor,
        before: R,
        *,
        draft: Draft,
        seen: Draft | None,
        stamps: Mapping[str, str | datetime],
        known_by: tuple[FieldChange, ...] = (),
    ) -> Saved[R]:
        """Keep the fields of a draft that can be read and that nobody else changed meanwhile."""
        locality = self._office.locality(clinic_of(work))
        held = draft_of(before)
        reading = read_draft(type(before), draft, locality, known=held)
        refused = {problem.key for problem in reading.errors}
        problems = list(reading.problems)
        known = held | dict(seen or {})
        values = {k: v for k, v in reading.values.items() if k in draft and k not in refused}
        late = [
            key
            for key, value in values.items()
            if changed_by_other(getattr(before, key), value, seen=known[key])
        ]
        for key in sorted(late):
            del values[key]
            problems.append(Problem(key, "changed_by_other"))
        texts = {
            key: text
            for key, text in work.typed(type(before).FORM, before.id).items()
            if key not in draft
        }
        texts |= {key: text for key in refused if isinstance(text := draft[key], str) and text}
        work.keep_typed(type(before).FORM, before.id, texts)
        after = apply(before, values)
        changed = changes_between(before, after)
        if changed:
            after = replace(after, **stamps)  # type: ignore[arg-type] # its own fields
            recorder = Recorder(work, self._office, actor)
            after = recorder.keep(before, after, (*changed, *known_by))
        return Saved(after, tuple(problems), tuple(change.key for change in changed))

    def _move_on(self, work: UnitOfWork, recorder: Recorder, visit: Visit, *, at: datetime) -> None:
        if visit.state not in COURSE or COURSE.index(visit.state) >= COURSE.index(VisitState.READY):
            return
        record = only(work, ProcedureRecord, visit.id)
        if getattr(record, STAMP) is None:
            recorder.change(record, apply(record, {STAMP: at}))
        moved = replace(visit, state=VisitState.READY)
        recorder.change(visit, moved, deed=Deed.MOVED, extra=("state",))


def _file_facts(work: UnitOfWork, handing: Handing, sheet: StoredSheet) -> FileFacts:
    jobs = work.records(PrintJob).owned_by(sheet.id)
    printed = tuple(dict.fromkeys(job.copy_for for job in jobs if is_out(job)))
    handed = next((row for row in handing.done if row.sheet_id == sheet.id), handing.open)
    # What was said back is filed with the sheet that was explained, and with no letter or card.
    explained = handing.asked if sheet.kind is SheetKind.AFTERCARE else ()
    return FileFacts(
        clinic=handing.clinic,
        patient=handing.patient,
        sheet=sheet,
        asked=tuple((each.group, each.row) for each in explained),
        handed=handed,
        copies=printed,
        words=paper_words(ENGLISH),
    )


def _to_the_minute(at: datetime) -> datetime:
    """Return a moment as the form of the procedure record shows it."""
    return at.replace(second=0, microsecond=0)
