"""Drafts: what somebody is typing is kept with how it was before, until the form is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, Entry, stored_text
from intake_app.domain.drafts import Dispute, Draft, Edit, RowDeed
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Action
from intake_app.domain.stored_values import read_if_known
from intake_app.domain.visits import Visit
from intake_app.services.drafting import Names, Place, Stayed, drafts_here
from intake_app.services.office import Office, require

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from intake_app.domain.fields import Field, FieldValue
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor

_NO_ENTRIES: tuple[Entry, ...] = ()
_TOLD = (Deed.CREATED, Deed.CHANGED, Deed.REMOVED, Deed.MOVED)
_TOLD_OF_PATIENT = (Deed.MERGED, Deed.SEPARATED)
"""Deeds with a line for each record that came over; that of the patient says it all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that somebody else saved at a patient."""

    name: str
    at: datetime
    deed: Deed
    form: str
    record_id: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who is typing what at a visit, and what others saved meanwhile."""

    mine: tuple[Draft, ...] = ()
    others: tuple[tuple[str, Draft], ...] = ()
    """Name and draft of everybody else."""
    news: tuple[News, ...] = ()
    line: int = 0
    """Where to go on reading the trail."""


class DraftService:
    """What is not finished, and the way back."""

    def __init__(self, office: Office, questionnaire: Questionnaire) -> None:
        self._office = office
        self._questionnaire = questionnaire

    def standing(self, actor: Actor, visit_id: str, *, after: int | None = None) -> Standing:
        """Return the drafts at a visit and its patient, and what others saved since a line.

        Without ``after`` there is no news yet: reading starts with the next line.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            patient_id = work.records(Visit).get(visit_id).patient_id
            names = Names(work)
            drafts = drafts_here(work, patient_id, visit_id)
            line, entries = work.last_line(patient_id) if after is None else after, _NO_ENTRIES
            if after is not None:
                line, entries = work.trail_after(patient_id, after)
            return Standing(
                mine=tuple(each for each in drafts if each.actor_id == actor.id),
                others=tuple(
                    (names.of(each.actor_id), each)
                    for each in drafts
                    if each.actor_id != actor.id and not each.undone
                ),
                news=tuple(_news(entry, names) for entry in entries if _is_news(entry, actor)),
                line=line,
            )

    def disputes(
        self,
        actor: Actor,
        record: tuple[str, str],
        *,
        values: Mapping[str, FieldValue],
        table: Iterable[Field],
    ) -> dict[str, Dispute]:
        """Return the fields for which this person and somebody else saved different values.

        ``record`` is form and record id; ``values`` are those that the database holds now.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            draft = work.draft(*record, actor_id=actor.id)
            edits = draft.edits if draft is not None and not draft.undone else {}
            names = Names(work)
            found = {}
            for row in table:
                edit = edits.get(row.key)
                mine = _disputed_text(edit, values.get(row.key)) if edit is not None else None
                if edit is not None and mine is not None:
                    found[row.key] = Dispute(
                        mine=mine,
                        theirs=values.get(row.key),
                        seen=read_if_known(row, edit.seen if edit.mine is not None else edit.after),
                        by=names.of(edit.by) if edit.by else "",
                        at=_moment(edit.at),
                    )
            return found

    def keep_row(self, actor: Actor, place: Place, texts: Mapping[str, str]) -> None:
        """Keep what is typed into a row that cannot be a record yet: something needed is missing.

        Without any text there is no row.
        """
        require(actor, Action.EDIT_INTAKE)
        edits = {key: Edit(text=text) for key, text in texts.items() if text.strip()}
        now = self._office.clock.now()
        with self._office.work() as work:
            known = work.draft(place.form, place.record_id, actor_id=actor.id)
            if edits:
                work.keep_draft(place.draft(actor, edits, deed=RowDeed.ADDED, known=known, now=now))
            elif known is not None:
                work.forget_draft(place.form, place.record_id, actor_id=actor.id)
            work.commit()

    def rows(self, actor: Actor, form: str, visit_id: str) -> dict[str, dict[str, str]]:
        """Return the texts of this person's rows that are no records yet, by row id."""
        return {
            draft.record_id: {key: edit.text for key, edit in draft.edits.items()}
            for draft in self.standing(actor, visit_id).mine
            if draft.form == form and _is_no_record(draft) and not draft.undone
        }

    def undo(self, actor: Actor, visit_id: str) -> tuple[Stayed, ...]:
        """Bring back how this person's forms at a visit were before; return what stayed.

        A field that somebody else changed since stays as it is. Undoing again brings the changes
        back, as long as nothing is typed into the form meanwhile.
        """
        from intake_app.services.undoing import Undoing

        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            patient_id = work.records(Visit).get(visit_id).patient_id
            mine = [
                each
                for each in drafts_here(work, patient_id, visit_id)
                if each.actor_id == actor.id
            ]
            fresh = [each for each in mine if not each.undone]
            undoing = Undoing(work, self._office, actor, questionnaire=self._questionnaire)
            for draft in fresh or mine:
                undoing.undo(draft)
            work.commit()
        return undoing.stayed

    def close(self, actor: Actor, visit_id: str) -> None:
        """Note that this person left the visit: what is in the record is no draft any more."""
        with self._office.work() as work:
            visit = work.records(Visit).find(visit_id)
            if visit is None:
                return
            drafts = drafts_here(work, visit.patient_id, visit_id)
            mine = [each for each in drafts if each.actor_id == actor.id]
            for draft in mine:
                _close(work, draft)
            if mine:
                work.commit()


def _is_no_record(draft: Draft) -> bool:
    """Return whether nothing of a row could be saved: all of it is text in the draft."""
    texts_only = all(edit.text and edit.after is None for edit in draft.edits.values())
    return draft.deed is RowDeed.ADDED and texts_only


def _close(work: UnitOfWork, draft: Draft) -> None:
    edits = {key: edit for key, edit in draft.edits.items() if edit.is_open}
    if edits and not draft.undone:
        deed = RowDeed.ADDED if _is_no_record(draft) else RowDeed.CHANGED
        work.keep_draft(replace(draft, edits=edits, deed=deed))
    else:
        work.forget_draft(draft.form, draft.record_id, actor_id=draft.actor_id)


def _disputed_text(edit: Edit, stored: FieldValue) -> str | None:
    """Return what this person typed, if the database holds what they never saw."""
    now = stored_text(stored)
    if edit.mine is not None:
        return edit.mine
    if edit.text and _blank(now) not in (_blank(edit.after), _blank(edit.before)):
        return edit.text
    return None


def _blank(text: str | None) -> str:
    return text or ""


def _moment(text: str) -> datetime | None:
    from datetime import datetime

    return datetime.fromisoformat(text) if text else None


def _is_news(entry: Entry, actor: Actor) -> bool:
    if entry.actor_id == actor.id:
        return False
    whole = entry.deed in _TOLD_OF_PATIENT and entry.table == Patient.FORM
    return whole or entry.deed in _TOLD


def _news(entry: Entry, names: Names) -> News:
    return News(
        name=names.of(entry.actor_id),
        at=entry.at,
        deed=entry.deed,
        form=entry.table,
        record_id=entry.record_id,
        keys=tuple(change.key for change in entry.changes),
    )
