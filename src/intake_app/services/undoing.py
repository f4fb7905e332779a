"""Undo: each field of a draft goes back to how it was, unless somebody else changed it since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, FieldChange, stored_text
from intake_app.domain.drafts import Draft, Edit, RowDeed
from intake_app.domain.errors import ConflictError, NotFoundError
from intake_app.domain.fields import FieldValue, Record, fields_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainFunction, PainMedicine
from intake_app.domain.patients import EmergencyContact, Insurance, Patient
from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.questionnaires import SafetyAnswers
from intake_app.domain.responses import answers_of, with_answers
from intake_app.domain.stored_values import read_if_known
from intake_app.domain.validation import apply
from intake_app.domain.visits import ResponsibleAdult, Visit
from intake_app.services.drafting import Names, Stayed, last_change
from intake_app.services.forms import taken_elsewhere, unconfirmed
from intake_app.services.recording import Recorder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor
    from intake_app.services.office import Office

FORMS: dict[str, type[Record]] = {
    record_type.FORM: record_type
    for record_type in (
        Patient,
        EmergencyContact,
        Insurance,
        Visit,
        ResponsibleAdult,
        Imaging,
        PainFunction,
        ProcedureRecord,
        Fracture,
        PainMedicine,
        NewMedicine,
        TreatedLevel,
    )
}
"""The record class of each form of a visit whose fields are declared."""
_OTHER_WAY = {
    RowDeed.CHANGED: RowDeed.CHANGED,
    RowDeed.ADDED: RowDeed.REMOVED,
    RowDeed.REMOVED: RowDeed.ADDED,
}


class Undoing:
    """Takes drafts back, one after the other, in one transaction; remembers what stayed."""

    def __init__(
        self, work: UnitOfWork, office: Office, actor: Actor, *, questionnaire: Questionnaire
    ) -> None:
        self._work = work
        self._office = office
        self._actor = actor
        self._questionnaire = questionnaire
        self._recorder = Recorder(work, office, actor)
        self._names = Names(work)
        self.stayed: tuple[Stayed, ...] = ()

    def undo(self, draft: Draft) -> None:
        """Bring back what was there before a draft, and keep the way forward again."""
        if draft.form == SafetyAnswers.FORM:
            done = self._undo_answers(draft)
        elif draft.deed is RowDeed.REMOVED:
            done = self._add_again(draft)
        elif draft.deed is RowDeed.ADDED:
            done = self._remove_again(draft)
        else:
            done = self._undo_fields(draft)
        if done:
            self._work.keep_draft(
                replace(
                    draft,
                    edited_at=self._office.clock.now(),
                    deed=_OTHER_WAY[draft.deed],
                    undone=not draft.undone,
                    edits={key: _other_way(edit) for key, edit in done.items()},
                )
            )
        else:
            self._work.forget_draft(draft.form, draft.record_id, actor_id=draft.actor_id)

    # --- fields -----------------------------------------------------------------------------

    def _undo_fields(self, draft: Draft) -> dict[str, Edit]:
        record_type = FORMS.get(draft.form)
        record = self._work.records(record_type).find(draft.record_id) if record_type else None
        if record is None or (isinstance(record, Patient) and record.merged_into):
            return {}  # no form shows it any more
        table = {row.key: row for row in fields_of(type(record))}
        values: dict[str, FieldValue] = {}
        done: dict[str, Edit] = {}
        for key, edit in draft.edits.items():
            row = table.get(key)
            if row is not None and self._may_undo(draft, key, getattr(record, key)):
                values[key] = read_if_known(row, edit.before)
                done[key] = edit
        while taken := taken_elsewhere(self._work, apply(record, values), values):
            del values[taken.key], done[taken.key]
            self.stayed += (Stayed(form=draft.form, record_id=record.id, key=taken.key, name=""),)
        after = unconfirmed(record, apply(record, values), self._actor)
        extra = ("confirmed_by",) if isinstance(after, Fracture) else ()
        self._recorder.change(record, after, extra=extra)
        self._swap_texts(draft, done)
        return done

    def _may_undo(self, draft: Draft, key: str, stored: FieldValue) -> bool:
        """Return whether the field still is as this person left it; else note that it stays."""
        edit, now = draft.edits[key], _blank(stored_text(stored))
        if now in (_blank(edit.after), _blank(edit.before)):
            return True
        entry = last_change(self._work, draft.patient_id, draft.record_id, key=key)
        name = self._names.of(entry.actor_id) if entry is not None else ""
        self.stayed += (Stayed(form=draft.form, record_id=draft.record_id, key=key, name=name),)
        return False

    def _swap_texts(self, draft: Draft, done: Mapping[str, Edit]) -> None:
        """Take back the texts that were no values, and put those of before in their place."""
        typed = self._work.typed(draft.form, draft.record_id)
        wanted = dict(typed)
        for key, edit in done.items():
            if wanted.get(key) == edit.text:
                wanted.pop(key, None)
            if edit.aside:
                wanted[key] = edit.aside
        if wanted != typed:
            self._work.keep_typed(draft.form, draft.record_id, wanted)

    # --- rows -------------------------------------------------------------------------------

    def _add_again(self, draft: Draft) -> dict[str, Edit]:
        record_type = FORMS.get(draft.form)
        if record_type is None:
            return {}
        owner = draft.visit_id if record_type.OWNER == "visit_id" else draft.patient_id
        values = {}
        for row in fields_of(record_type):
            edit = draft.edits.get(row.key)
            if edit is not None and (value := read_if_known(row, edit.before)) is not None:
                values[row.key] = value
        record = record_type(id=draft.record_id, **{record_type.OWNER: owner}, **values)  # type: ignore[arg-type] # its own fields
        if taken_elsewhere(self._work, record, values):
            self.stayed += (Stayed(form=draft.form, record_id=record.id, key="", name=""),)
            return {}
        try:
            self._recorder.add(record)
        except (ConflictError, NotFoundError):  # it is there again, or its visit is gone
            return {}
        return dict(draft.edits)

    def _remove_again(self, draft: Draft) -> dict[str, Edit]:
        record_type = FORMS.get(draft.form)
        record = self._work.records(record_type).find(draft.record_id) if record_type else None
        if record is None:
            return {}
        held = {row.key: stored_text(getattr(record, row.key)) for row in fields_of(type(record))}
        if any(
            not self._may_undo(draft, key, getattr(record, key))
            for key in held
            if key in draft.edits
        ):
            return {}
        blank = apply(record, dict.fromkeys(held))
        self._recorder.remove(record, blank)
        return {key: Edit(after=text) for key, text in held.items() if text}

    # --- answers ----------------------------------------------------------------------------

    def _undo_answers(self, draft: Draft) -> dict[str, Edit]:
        stored = self._work.records(SafetyAnswers).find(draft.record_id)
        if stored is None:
            return {}
        answers = answers_of(stored, self._questionnaire)
        done: dict[str, Edit] = {}
        values: dict[str, FieldValue] = {}
        changes = []
        for path, edit in draft.edits.items():
            item = self._questionnaire.item_at(path)
            before = answers.get(path)
            if item is None or not self._may_undo(draft, path, before):
                continue
            done[path] = edit
            values[path] = read_if_known(item.field(path), edit.before)
            if before != values[path]:
                changes.append(FieldChange(path, stored_text(before), edit.before))
        if changes:
            answers = answers.with_values(values)
            kept = self._work.records(SafetyAnswers).update(
                with_answers(stored, self._questionnaire, answers=answers)
            )
            self._recorder.note(Deed.CHANGED, kept, changes)
        self._swap_texts(draft, done)
        return done


def _other_way(edit: Edit) -> Edit:
    return replace(edit, before=edit.after, after=edit.before, text=edit.aside, aside=edit.text)


def _blank(text: str | None) -> str:
    return text or ""
