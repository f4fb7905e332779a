"""The safety questions: answers kept as a FHIR QuestionnaireResponse, one change at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.answers import without_row
from intake_app.domain.asking import fields_for, with_new_row
from intake_app.domain.audit import Deed, FieldChange, stored_text
from intake_app.domain.errors import NotAllowedError
from intake_app.domain.questionnaires import SafetyAnswers
from intake_app.domain.reading import edit_text
from intake_app.domain.responses import answers_of, with_answers
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem, read_field
from intake_app.domain.visits import Visit
from intake_app.services.cases import only
from intake_app.services.drafting import Outcome, Place, keep_edits, patient_of
from intake_app.services.forms import changed_by_other, texts_beside
from intake_app.services.office import Office, clinic_of, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.answers import Answers
    from intake_app.domain.asking import Asked
    from intake_app.domain.clinic import Clinic
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor


class SafetyService:
    """Open and save the safety questions of a visit."""

    def __init__(self, office: Office, questionnaire: Questionnaire) -> None:
        self._office = office
        self.questionnaire = questionnaire

    def open(self, actor: Actor, visit_id: str) -> tuple[Answers, Mapping[str, str]]:
        """Return the answers and the texts typed earlier that are no answers yet, by path."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            stored = only(work, SafetyAnswers, visit_id)
            return (
                answers_of(stored, self.questionnaire),
                texts_beside(work, actor, SafetyAnswers.FORM, stored.id),
            )

    def save(
        self,
        actor: Actor,
        visit_id: str,
        draft: Mapping[str, FieldValue],
        *,
        seen: Mapping[str, FieldValue] | None = None,
        drafting: bool = False,
    ) -> tuple[Answers, tuple[Problem, ...]]:
        """Keep each answer of ``draft`` by its path; unreadable text is kept beside it.

        An answer may open further questions of the same draft; those that are not asked even then
        are left out. ``seen`` holds what the form showed before each change: an answer that
        somebody else changed meanwhile is not overwritten (``changed_by_other``): it waits in this
        person's draft. With ``drafting`` the draft remembers how each answer was before.

        Raises:
            NotAllowedError: a question that this person's role does not answer.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            stored = only(work, SafetyAnswers, visit_id)
            answers = answers_of(stored, self.questionnaire)
            visit = work.records(Visit).find(visit_id)
            clinic = clinic_of(work)
            locality = self._office.locality(clinic, visit.day if visit else None)
            before_texts = work.typed(SafetyAnswers.FORM, stored.id)
            texts = dict(before_texts)
            problems: list[Problem] = []
            changes: list[FieldChange] = []
            outcomes: dict[str, Outcome] = {}
            known = seen or {}
            left = dict(draft)
            while ready := [each for each in self._asked(answers, clinic) if each.path in left]:
                for path, field, _ in ready:
                    typed = left.pop(path)
                    if not actor.may_type(field):
                        raise NotAllowedError(actor.id, action=f"safety.{path}")
                    value, found = read_field(field, typed, locality)
                    before = answers.get(path)
                    refused = any(not problem.warning for problem in found)
                    shown = known.get(path, before)
                    late = not refused and changed_by_other(before, value, seen=shown)
                    if late:
                        found.append(Problem(path, "changed_by_other"))
                    problems.extend(found)
                    texts.pop(path, None)
                    text = edit_text(field, typed, locality)
                    if refused:
                        texts[path] = text
                    elif before != value and not late:
                        answers = answers.set(path, value)
                        changes.append(FieldChange(path, stored_text(before), stored_text(value)))
                    outcomes[path] = Outcome(
                        seen=stored_text(shown),
                        before=stored_text(before),
                        after=stored_text(answers.get(path)),
                        text=text if refused else "",
                        mine=text if late else None,
                    )
            if changes:
                self._keep(work, actor, stored, answers=answers, changes=tuple(changes))
            if texts != before_texts:
                work.keep_typed(SafetyAnswers.FORM, stored.id, texts)
            drafted = keep_edits(
                work,
                self._office,
                actor=actor,
                place=Place.of(stored, visit.patient_id if visit else ""),
                outcomes=outcomes,
                drafting=drafting,
            )
            if changes or texts != before_texts or drafted:
                work.commit()
        return answers, tuple(problems)

    def add_row(self, actor: Actor, visit_id: str, group: str) -> Answers:
        """Add an empty row to a repeating group (a blood thinner, an allergy).

        Raises:
            KeyError: there is no such group.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            stored = only(work, SafetyAnswers, visit_id)
            before = answers_of(stored, self.questionnaire)
            answers = with_new_row(self.questionnaire, before, group=group)
            change = FieldChange(f"{group}.{len(before.rows(group))}", None, "")
            self._keep(work, actor, stored, answers=answers, changes=(change,))
            work.commit()
        return answers

    def remove_row(self, actor: Actor, visit_id: str, group: str, *, index: int) -> Answers:
        """Remove a row of a repeating group; the trail keeps what it held."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            stored = only(work, SafetyAnswers, visit_id)
            before = answers_of(stored, self.questionnaire)
            lost = tuple(
                FieldChange(path, stored_text(value), None)
                for path, value in before.values.items()
                if path.startswith(f"{group}.{index}.")
            )
            change = lost or (FieldChange(f"{group}.{index}", "", None),)
            answers = before.remove_row(group, index)
            self._keep(work, actor, stored, answers=answers, changes=change)
            texts = work.typed(SafetyAnswers.FORM, stored.id)
            work.keep_typed(SafetyAnswers.FORM, stored.id, without_row(texts, group, row=index))
            for known in work.drafts_at(patient_of(work, stored)):
                if known.record_id == stored.id:
                    left = without_row(known.edits, group, row=index)
                    work.keep_draft(replace(known, edits=left))
            work.commit()
        return answers

    def _asked(self, answers: Answers, clinic: Clinic | None) -> tuple[Asked, ...]:
        """Return the questions asked now; a bare number is read in the clinic's own unit."""
        units = clinic.units if clinic else None
        return fields_for(self.questionnaire, answers, units=units)

    def _keep(
        self,
        work: UnitOfWork,
        actor: Actor,
        stored: SafetyAnswers,
        *,
        answers: Answers,
        changes: tuple[FieldChange, ...],
    ) -> None:
        kept = work.records(SafetyAnswers).update(
            with_answers(stored, self.questionnaire, answers=answers)
        )
        work.note(
            self._office.entry(
                actor,
                Deed.CHANGED,
                kept,
                patient_id=patient_of(work, kept),
                changes=changes,
            )
        )
