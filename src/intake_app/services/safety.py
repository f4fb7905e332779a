"""The safety questions: answers kept as a FHIR QuestionnaireResponse, one change at a time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, FieldChange, stored_text
from intake_app.domain.errors import NotAllowedError
from intake_app.domain.questionnaires import Answers, SafetyAnswers, fields_for, to_response
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem, read_field
from intake_app.domain.visits import Visit
from intake_app.services.cases import only, read_answers
from intake_app.services.forms import patient_of
from intake_app.services.office import Office, clinic_of, require

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        """Return the answers and the texts typed earlier that are no answers yet."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.work() as work:
            stored = only(work, SafetyAnswers, visit_id)
            return (
                read_answers(self.questionnaire, stored),
                work.typed(SafetyAnswers.FORM, stored.id),
            )

    def save(
        self, actor: Actor, visit_id: str, draft: Mapping[str, FieldValue]
    ) -> tuple[Answers, tuple[Problem, ...]]:
        """Keep each answer of ``draft`` by its path; unreadable text is kept beside it.

        Raises:
            NotAllowedError: a question that this person's role does not answer.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            stored = only(work, SafetyAnswers, visit_id)
            answers = read_answers(self.questionnaire, stored)
            visit = work.records(Visit).find(visit_id)
            locality = self._office.locality(clinic_of(work), visit.day if visit else None)
            texts = dict(work.typed(SafetyAnswers.FORM, stored.id))
            problems: list[Problem] = []
            changes: list[FieldChange] = []
            table = {path: field for path, field, _ in fields_for(self.questionnaire, answers)}
            for path, typed in draft.items():
                field = table.get(path)
                if field is None:
                    continue
                if not actor.may_type(field):
                    raise NotAllowedError(actor.id, action=f"safety.{path}")
                value, found = read_field(field, typed, locality)
                problems.extend(replace(problem, key=path) for problem in found)
                texts.pop(path, None)
                if any(not problem.warning for problem in found):
                    texts[path] = str(typed)
                    continue
                before = answers.get(path)
                if before != value:
                    answers = answers.set(path, value)
                    changes.append(FieldChange(path, stored_text(before), stored_text(value)))
            self._keep(work, actor, stored, answers=answers, changes=tuple(changes))
            work.keep_typed(SafetyAnswers.FORM, stored.id, texts)
            work.commit()
        return answers, tuple(problems)

    def add_row(self, actor: Actor, visit_id: str, group: str) -> Answers:
        """Add an empty row to a repeating group (a blood thinner, an allergy)."""
        return self._change_rows(
            actor, visit_id, FieldChange(group, None, "+"), lambda answers: answers.add_row(group)
        )

    def remove_row(self, actor: Actor, visit_id: str, group: str, *, index: int) -> Answers:
        """Remove a row of a repeating group."""
        return self._change_rows(
            actor,
            visit_id,
            FieldChange(f"{group}.{index}", "-", None),
            lambda answers: answers.remove_row(group, index),
        )

    def _change_rows(
        self,
        actor: Actor,
        visit_id: str,
        change: FieldChange,
        make: Callable[[Answers], Answers],
    ) -> Answers:
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            stored = only(work, SafetyAnswers, visit_id)
            answers = make(read_answers(self.questionnaire, stored))
            self._keep(work, actor, stored, answers=answers, changes=(change,))
            work.commit()
        return answers

    def _keep(
        self,
        work: UnitOfWork,
        actor: Actor,
        stored: SafetyAnswers,
        *,
        answers: Answers,
        changes: tuple[FieldChange, ...],
    ) -> None:
        if not changes:
            return
        response = json.dumps(
            to_response(self.questionnaire, answers), ensure_ascii=False, sort_keys=True
        )
        kept = work.records(SafetyAnswers).update(
            replace(stored, questionnaire=self.questionnaire.canonical, response=response)
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
