"""Questions to the nurse: asked at a field, answered by a nurse, kept in the history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, FieldChange, changes_between
from intake_app.domain.errors import EmptyQuestionError
from intake_app.domain.fields import object_name
from intake_app.domain.nurse_questions import LONGEST_NOTE, NurseQuestion
from intake_app.domain.reading import clean_text
from intake_app.domain.staff import Action
from intake_app.domain.visits import Visit
from intake_app.services.drafting import patient_of
from intake_app.services.office import Office, require

if TYPE_CHECKING:
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor

_TOLD = ("note", "answer", "answered_by")
"""What of a question the history shows, before and after."""


class QuestionService:
    """What reception wants a nurse to look at, field by field."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def ask(self, actor: Actor, visit_id: str, question: NurseQuestion) -> NurseQuestion:
        """Keep a question at a field; one that is open there already gets the new note.

        Raises:
            EmptyQuestionError: the note says nothing.
        """
        require(actor, Action.EDIT_INTAKE)
        note = clean_text(question.note)[:LONGEST_NOTE]
        if not note:
            raise EmptyQuestionError(visit_id)
        with self._office.work() as work:
            work.records(Visit).get(visit_id)
            said = {"note": note, "asked_by": actor.name, "asked_at": self._office.clock.now()}
            known = _open_at(work, visit_id, question)
            if known is None:
                blank = replace(question, id=self._office.ids.new(), visit_id=visit_id)
                kept = work.records(NurseQuestion).add(replace(blank, **said))  # type: ignore[arg-type] # its own fields
                self._note(work, actor, Deed.CREATED, kept, before=replace(kept, note=""))
            elif known.note == note:
                return known
            else:
                kept = self._update(work, actor, known, replace(known, **said))  # type: ignore[arg-type] # its own fields
            work.commit()
        return kept

    def answer(self, actor: Actor, question_id: str, answer: str) -> NurseQuestion:
        """Record a nurse's answer; without words it says that the field was looked at.

        Raises:
            NotAllowedError: only nurses and physicians answer.
        """
        require(actor, Action.CONFIRM_INTAKE)
        with self._office.work() as work:
            before = work.records(NurseQuestion).get(question_id)
            after = replace(
                before,
                answer=clean_text(answer)[:LONGEST_NOTE],
                answered_by=actor.name,
                answered_at=self._office.clock.now(),
            )
            kept = self._update(work, actor, before, after)
            work.commit()
        return kept

    def take_back(self, actor: Actor, question_id: str) -> None:
        """Remove a question that needs no answer any more; the history keeps it."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            before = work.records(NurseQuestion).get(question_id)
            work.records(NurseQuestion).remove(before)
            self._note(work, actor, Deed.REMOVED, replace(before, note=""), before=before)
            work.commit()

    def questions(self, actor: Actor, visit_id: str) -> tuple[NurseQuestion, ...]:
        """Return every question of a visit, in the order they were asked."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return work.records(NurseQuestion).owned_by(visit_id)

    def _update(
        self, work: UnitOfWork, actor: Actor, before: NurseQuestion, after: NurseQuestion
    ) -> NurseQuestion:
        kept = work.records(NurseQuestion).update(after)
        self._note(work, actor, Deed.CHANGED, kept, before=before)
        return kept

    def _note(
        self,
        work: UnitOfWork,
        actor: Actor,
        deed: Deed,
        after: NurseQuestion,
        *,
        before: NurseQuestion,
    ) -> None:
        name = object_name(after.form, after.key)
        place = FieldChange("field", name, name)
        work.note(
            self._office.entry(
                actor,
                deed,
                after,
                patient_id=patient_of(work, after),
                changes=(place, *changes_between(before, after, _TOLD)),
            )
        )


def _open_at(work: UnitOfWork, visit_id: str, asked: NurseQuestion) -> NurseQuestion | None:
    """Return the open question at the same field."""
    where = (asked.form, asked.record_id, asked.key)
    return next(
        (
            row
            for row in work.records(NurseQuestion).owned_by(visit_id)
            if row.is_open and (row.form, row.record_id, row.key) == where
        ),
        None,
    )
