"""Drafts inside a transaction: what a save did to each field, kept with how it was before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import stored_text
from intake_app.domain.drafts import Draft, Edit, RowDeed
from intake_app.domain.fields import Record
from intake_app.domain.patients import Patient
from intake_app.domain.staff import PROGRAM, Staff
from intake_app.domain.validation import draft_of
from intake_app.domain.visits import Visit
from intake_app.services.living import all_ids_of, living_id, whole_trail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from intake_app.domain.audit import Entry
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.staff import Actor
    from intake_app.services.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which form of which record, and whose."""

    form: str
    record_id: str
    patient_id: str
    visit_id: str

    @classmethod
    def of(cls, record: Record, patient_id: str) -> Place:
        """Return the place of a record's own form."""
        visit_id = record.id if isinstance(record, Visit) else getattr(record, "visit_id", "")
        return cls(form=record.FORM, record_id=record.id, patient_id=patient_id, visit_id=visit_id)

    def draft(
        self,
        actor: Actor,
        edits: Mapping[str, Edit],
        *,
        deed: RowDeed,
        known: Draft | None,
        now: datetime,
    ) -> Draft:
        """Return what ``actor`` types here as it is now; it began with ``known``, unless undone."""
        return Draft(
            form=self.form,
            record_id=self.record_id,
            actor_id=actor.id,
            patient_id=self.patient_id,
            visit_id=self.visit_id,
            started_at=known.started_at if known is not None and not known.undone else now,
            edited_at=now,
            deed=deed,
            edits=edits,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a save did with one field. Values are those of the trail."""

    seen: str | None
    """What the form showed before it was typed over."""
    before: str | None
    after: str | None
    text: str = ""
    """What was typed, where it is no value."""
    mine: str | None = None
    """What was typed, where somebody else was faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stayed:
    """A field that stayed as somebody else saved it, when changes were undone."""

    form: str
    record_id: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of staff, looked up when they are needed."""

    work: UnitOfWork
    known: dict[str, str] = field(default_factory=lambda: {PROGRAM.id: PROGRAM.name})

    def of(self, actor_id: str) -> str:
        """Return a name; '' for somebody who is not on the list."""
        if actor_id not in self.known:
            person = self.work.records(Staff).find(actor_id)
            self.known[actor_id] = person.name if person is not None else ""
        return self.known[actor_id]


def drafts_here(work: UnitOfWork, patient_id: str, visit_id: str) -> tuple[Draft, ...]:
    """Return everybody's drafts at a patient and who was merged into it, for one visit."""
    drafts = [draft for each in all_ids_of(work, patient_id) for draft in work.drafts_at(each)]
    return tuple(each for each in drafts if each.visit_id in ("", visit_id))


def own_texts(work: UnitOfWork, actor: Actor, form: str, record_id: str) -> dict[str, str]:
    """Return this person's texts that are no values yet, by field key."""
    draft = work.draft(form, record_id, actor_id=actor.id)
    if draft is None or draft.undone:
        return {}
    return {key: edit.text for key, edit in draft.edits.items() if edit.text}


def keep_edits(  # noqa: PLR0913 - what a save knows
    work: UnitOfWork,
    office: Office,
    *,
    actor: Actor,
    place: Place,
    outcomes: Mapping[str, Outcome],
    drafting: bool = True,
) -> bool:
    """Keep what a save did in the draft of this person; return whether the draft changed.

    Without ``drafting`` nothing new is remembered but values that somebody else was faster with.
    """
    known = work.draft(place.form, place.record_id, actor_id=actor.id) if outcomes else None
    before = {} if known is None or known.undone else known.edits
    wanted = {
        key: each
        for key, each in outcomes.items()
        if drafting or key in before or each.mine is not None
    }
    edits = dict(before)
    for key, outcome in wanted.items():
        edit = _edited(before.get(key), outcome)
        if outcome.mine is not None:
            edit = _with_who(work, place, key, edit=edit)
        if edit.is_open or edit.before != edit.after:
            edits[key] = edit
        else:
            edits.pop(key, None)
    if edits == before:
        return False
    deed = known.deed if known is not None and not known.undone else RowDeed.CHANGED
    if not edits and deed is RowDeed.CHANGED:
        work.forget_draft(place.form, place.record_id, actor_id=actor.id)
        return True
    work.keep_draft(place.draft(actor, edits, deed=deed, known=known, now=office.clock.now()))
    return True


def keep_row_deed(
    work: UnitOfWork, office: Office, actor: Actor, record: Record, *, deed: RowDeed
) -> None:
    """Keep that a row was added or removed, with what it held."""
    place, values = Place.of(record, patient_of(work, record)), draft_of(record)
    known = work.draft(place.form, place.record_id, actor_id=actor.id)
    if deed is RowDeed.REMOVED and known is not None and known.deed is RowDeed.ADDED:
        work.forget_draft(place.form, place.record_id, actor_id=actor.id)
        return
    removed = deed is RowDeed.REMOVED
    began = known.edits if known is not None and not known.undone else {}
    held = {key: stored_text(value) for key, value in values.items() if value not in (None, "", ())}
    held = {key: began[key].before if key in began else text for key, text in held.items()}
    edits = {key: Edit(before=text) if removed else Edit(after=text) for key, text in held.items()}
    work.keep_draft(place.draft(actor, edits, deed=deed, known=known, now=office.clock.now()))


def _edited(known: Edit | None, outcome: Outcome) -> Edit:
    if outcome.mine is not None:
        return Edit(
            before=known.before if known is not None else outcome.seen,
            after=known.after if known is not None else outcome.seen,
            mine=outcome.mine,
            seen=outcome.seen,
        )
    # What somebody else saved in between is what undoing goes back to.
    own = known is not None and _same(known.after, outcome.before)
    began = known.before if known is not None and own else outcome.before
    if outcome.text:
        return Edit(before=began, after=outcome.seen, text=outcome.text)
    return Edit(before=began, after=outcome.after)


def _same(one: str | None, other: str | None) -> bool:
    return (one or "") == (other or "")


def _with_who(work: UnitOfWork, place: Place, key: str, *, edit: Edit) -> Edit:
    """Add who saved first, and when."""
    entry = last_change(work, place.patient_id, place.record_id, key=key)
    return edit if entry is None else replace(edit, by=entry.actor_id, at=entry.at.isoformat())


def last_change(work: UnitOfWork, patient_id: str, record_id: str, *, key: str) -> Entry | None:
    """Return the line of the trail that tells of the last change of a field.

    A visit that came over by a merge was changed in the trail of the other record, too.
    """
    for entry in whole_trail(work, living_id(work, patient_id)) if patient_id else ():
        if entry.record_id == record_id and any(change.key == key for change in entry.changes):
            return entry
    return None


def patient_of(work: UnitOfWork, record: Record) -> str:
    """Return the id of the patient a record is about; '' for clinic and staff."""
    if isinstance(record, Patient):
        return record.id
    if patient_id := getattr(record, "patient_id", ""):
        return str(patient_id)
    if visit_id := getattr(record, "visit_id", ""):
        visit = work.records(Visit).find(visit_id)
        return visit.patient_id if visit else ""
    return ""
