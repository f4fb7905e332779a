"""The single steps of merging two patients and of taking them apart, each with its trail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, Entry, FieldChange, changes_between, stored_text
from intake_app.domain.fields import field_of
from intake_app.domain.matching_decisions import DifferentPeople
from intake_app.domain.nurse_questions import NurseQuestion
from intake_app.domain.patients import Patient
from intake_app.domain.stored_values import read_stored
from intake_app.domain.validation import apply
from intake_app.domain.visits import Visit
from intake_app.services.cases import PATIENT_SINGLES
from intake_app.services.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from intake_app.domain.fields import FieldValue, Record
    from intake_app.domain.merging import Held
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor

OTHER_RECORD = "other_record"
"""Key under which the trail names the record number of the other patient."""

Line = list[str | None]
"""One line of what a merge changed: form, record, key, before, after."""


@dataclass(frozen=True, slots=True)
class Deal:
    """One merge, or one taking apart, while it is done."""

    office: Office
    work: UnitOfWork
    actor: Actor
    deed: Deed

    def take_over(self, before: Record, held: Mapping[str, Held], *, other: Patient) -> list[Line]:
        """Put values of the other record into the one that stays; return what changed."""
        return self._change(before, {key: each.value for key, each in held.items()}, other=other)

    def take_texts(self, record: Record, held: Mapping[str, Held]) -> list[Line]:
        """Put unreadable texts of the other record beside the one that stays."""
        form = type(record).FORM
        before = self.work.typed(form, record.id)
        after = {key: text for key, text in before.items() if key not in held}
        after |= {key: each.typed for key, each in held.items() if each.typed}
        if after != before:
            self.work.keep_typed(form, record.id, after)
        return [
            [form, record.id, key, before.get(key, ""), after.get(key, "")]
            for key in held
            if before.get(key, "") != after.get(key, "")
        ]

    def give_back(
        self, record: Record, taken: Iterable[Line], texts: Iterable[Line], *, other: Patient
    ) -> list[tuple[str, str]]:
        """Put back what a merge changed; return form and key of what was changed since."""
        form = type(record).FORM
        kept: list[tuple[str, str]] = []
        values: dict[str, FieldValue] = {}
        for where, _, key, before, after in taken:
            if where != form or key is None:
                continue
            if stored_text(getattr(record, key)) == after:
                values[key] = read_stored(field_of(type(record), key), before)
            else:
                kept.append((form, key))
        self._change(record, values, other=other)
        now = self.work.typed(form, record.id)
        typed = dict(now)
        for where, _, key, before, after in texts:
            if where == form and key is not None and now.get(key, "") == after:
                typed[key] = before or ""
        typed = {key: text for key, text in typed.items() if text}
        if typed != now:
            self.work.keep_typed(form, record.id, typed)
        return kept

    def hand_over(self, record: Record, *, source: Patient, target: Patient) -> list[str]:
        """Give a visit or a number to the other patient; return its table and id."""
        given = self.work.records(type(record)).hand_over(record, target.id)
        if isinstance(given, Visit):
            self._ask_at(given, source=source, target=target)
            self._draft_at(given, source=source, target=target)
        change = FieldChange(OTHER_RECORD, source.record_number, target.record_number)
        self._note(given, target.id, (change,))
        return [type(record).FORM, record.id]

    def tell(
        self, patient: Patient, *, other: Patient, changes: Sequence[FieldChange] = ()
    ) -> None:
        """Write into the history of one patient what happened with the other."""
        named = FieldChange(OTHER_RECORD, None, other.record_number)
        self._note(patient, patient.id, (named, *changes))

    def _change(
        self, before: Record, values: Mapping[str, FieldValue], *, other: Patient
    ) -> list[Line]:
        after = apply(before, values)
        changes = changes_between(before, after)
        if changes:
            after = self.work.records(type(after)).update(after)
        if isinstance(after, Patient):
            self.tell(after, other=other, changes=changes)
        elif changes:
            self._note(after, str(getattr(after, "patient_id", "")), changes)
        form = type(before).FORM
        return [[form, before.id, each.key, each.before, each.after] for each in changes]

    def tell_apart(self, *, source: Patient, target: Patient) -> list[list[str]]:
        """Tell the patient who stays apart from whom the other was; return what was added."""
        rows = self.work.records(DifferentPeople)
        known = {row.other_id for row in rows.owned_by(target.id)} | {target.id}
        added: list[list[str]] = []
        for row in rows.owned_by(source.id):
            if row.other_id in known:
                continue
            for mine, theirs in ((target.id, row.other_id), (row.other_id, target.id)):
                new = DifferentPeople(id=self.office.ids.new(), patient_id=mine, other_id=theirs)
                added.append([DifferentPeople.FORM, rows.add(new).id])
        return added

    def take_disputes(self, *, source: Patient, target: Patient) -> None:
        """Let what people typed and could not save wait at the record that stays, too."""
        ids = self._ids(source, target)
        for draft in self.work.drafts_at(source.id):
            record_id = ids.get(draft.record_id)
            mine = {key: edit for key, edit in draft.edits.items() if edit.mine is not None}
            if record_id is None or draft.undone or not mine:
                continue
            there = self.work.draft(draft.form, record_id, actor_id=draft.actor_id)
            edits = {**mine, **(there.edits if there is not None else {})}
            base = there or replace(draft, record_id=record_id, patient_id=target.id)
            self.work.keep_draft(replace(base, edits=edits))

    def _ids(self, source: Patient, target: Patient) -> dict[str, str]:
        """Return which record of the one patient has the place of which of the other."""
        ids = {source.id: target.id}
        for record_type in PATIENT_SINGLES:
            old = self.work.records(record_type).owned_by(source.id)
            new = self.work.records(record_type).owned_by(target.id)
            ids |= {each.id: new[0].id for each in old[:1] if new}
        return ids

    def _draft_at(self, visit: Visit, *, source: Patient, target: Patient) -> None:
        """Let what is typed at a visit be found at the patient it belongs to now."""
        for draft in self.work.drafts_at(source.id):
            if draft.visit_id == visit.id:
                self.work.keep_draft(replace(draft, patient_id=target.id))

    def _ask_at(self, visit: Visit, *, source: Patient, target: Patient) -> None:
        """Let the questions of a visit stand at the fields of the patient it belongs to now."""
        ids = self._ids(source, target)
        questions = self.work.records(NurseQuestion)
        for question in questions.owned_by(visit.id):
            if question.record_id in ids:
                questions.update(replace(question, record_id=ids[question.record_id]))

    def _note(self, record: Record, patient_id: str, changes: Sequence[FieldChange]) -> None:
        entry: Entry = self.office.entry(
            self.actor, self.deed, record, patient_id=patient_id, changes=tuple(changes)
        )
        self.work.note(entry)
