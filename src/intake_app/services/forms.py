"""Save what is typed, field by field: nothing waits for a whole form to be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from intake_app.domain.audit import changes_between, differing_keys, stored_text
from intake_app.domain.drafts import RowDeed
from intake_app.domain.errors import DuplicateLevelError, InvalidDraftError, NotAllowedError
from intake_app.domain.fields import FieldValue, Record, field_of, fields_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import TreatedLevel
from intake_app.domain.reading import edit_text
from intake_app.domain.spine import UNKNOWN
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem, apply, draft_of, read_draft, read_field
from intake_app.domain.visits import Visit
from intake_app.services.drafting import (
    Outcome,
    Place,
    keep_edits,
    keep_row_deed,
    own_texts,
    patient_of,
)
from intake_app.services.living import living_record
from intake_app.services.office import Office, clinic_of, require
from intake_app.services.recording import Recorder

if TYPE_CHECKING:
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.reading import Locality
    from intake_app.domain.staff import Actor

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Opened(Generic[R]):
    """A record as a form shows it: its values, and texts typed earlier that are no values yet."""

    record: R
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saved(Generic[R]):
    """What a save kept: the record, the problems at its fields, and what others changed."""

    record: R
    problems: tuple[Problem, ...]
    changed: tuple[str, ...]
    """Keys whose stored value this save changed."""


class FormService:
    """Open and save any record by its field table. Asks rights field by field, keeps the trail."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def open(self, actor: Actor, record_type: type[R], record_id: str) -> Opened[R]:
        """Return the record and its unreadable texts."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            record = work.records(record_type).get(record_id)
            return Opened(record, texts_beside(work, actor, record_type.FORM, record_id))

    def typed(self, actor: Actor, form: str, record_id: str) -> Mapping[str, str]:
        """Return the unreadable texts kept beside a record, or beside a line of a visit."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return work.typed(form, record_id)

    def save(  # noqa: PLR0913 - what a form knows of its fields
        self,
        actor: Actor,
        record_type: type[R],
        record_id: str,
        *,
        draft: Mapping[str, FieldValue],
        seen: Mapping[str, FieldValue] | None = None,
        drafting: bool = False,
    ) -> Saved[R]:
        """Keep every field of ``draft``: values in the record, unreadable text beside it.

        ``seen`` holds what the form showed before each change. A field that somebody else changed
        meanwhile is not overwritten: what was typed waits in this person's draft and the problem
        ``changed_by_other`` says so. Saving it again, having seen theirs, replaces it.
        With ``drafting`` this person's draft remembers how each field was before.
        What reception changes in a fracture, the nurse has not confirmed any more.

        Raises:
            NotAllowedError: a field that this person's role does not enter.
        """
        self._require_fields(actor, record_type, draft)
        with self._office.work() as work:
            before = living_record(work, work.records(record_type).get(record_id))
            record_id = before.id  # a form opened before a merge saves into the record that stays
            locality = self._locality(work, before, draft)
            held = draft_of(before)
            reading = read_draft(record_type, draft, locality, known=held)
            refused = {problem.key for problem in reading.errors}
            problems = list(reading.problems)
            values = {k: v for k, v in reading.values.items() if k in draft and k not in refused}
            known = held | dict(seen or {})
            late = {
                key
                for key, value in values.items()
                if changed_by_other(getattr(before, key), value, seen=known[key])
            }
            for key in sorted(late):
                del values[key]
                problems.append(Problem(key, "changed_by_other"))
            wanted = apply(before, values)
            if taken := taken_elsewhere(work, wanted, values):
                del values[taken.key]
                refused.add(taken.key)
                problems.append(taken)
                wanted = apply(before, values)
            after = unconfirmed(before, wanted, actor)
            texts = dict(work.typed(record_type.FORM, record_id))
            typed = _as_typed(record_type, draft, locality)
            refused_texts = {key: typed[key] for key in refused & typed.keys() if typed[key]}
            kept = {key: text for key, text in texts.items() if key not in draft} | refused_texts
            extra = ("confirmed_by",) if isinstance(after, Fracture) else ()
            changes = changes_between(before, after, extra)
            after = Recorder(work, self._office, actor).keep(before, after, changes)
            if kept != texts:
                work.keep_typed(record_type.FORM, record_id, kept)
            drafted = keep_edits(
                work,
                self._office,
                actor=actor,
                place=Place.of(after, patient_of(work, before)),
                outcomes={
                    key: Outcome(
                        seen=stored_text(known[key]),
                        before=stored_text(getattr(before, key)),
                        after=stored_text(getattr(after, key)),
                        text=refused_texts.get(key, ""),
                        mine=typed[key] if key in late else None,
                    )
                    for key in typed
                },
                drafting=drafting,
            )
            if changes or kept != texts or drafted:
                work.commit()
        return Saved(after, tuple(problems), tuple(change.key for change in changes))

    def add_row(  # noqa: PLR0913 - what a form knows of a row
        self,
        actor: Actor,
        record_type: type[R],
        owner_id: str,
        values: Mapping[str, FieldValue],
        *,
        row_id: str = "",
        drafting: bool = False,
    ) -> R:
        """Add a row (a medicine, say) to its owner.

        With a ``row_id`` made before, the same call made twice adds one row. With ``drafting``
        undoing takes the row away again.

        Raises:
            InvalidDraftError: a field of it cannot be read or is missing.
            NotAllowedError: a field that this person's role does not enter.
            DuplicateLevelError: the visit has a row for this level already.
        """
        self._require_fields(actor, record_type, values)
        with self._office.work() as work:
            if row_id and (there := work.records(record_type).find(row_id)):
                return there
            locality = self._office.locality(clinic_of(work))
            required = {field.key: None for field in fields_of(record_type) if field.required}
            reading = read_draft(record_type, {**required, **values}, locality)
            if reading.errors:
                raise InvalidDraftError(reading.problems)
            owner = {record_type.OWNER: owner_id} if record_type.OWNER else {}
            kept = {key: value for key, value in reading.values.items() if value is not None}
            new_id = row_id or self._office.ids.new()
            record = record_type(id=new_id, **owner, **kept)  # type: ignore[arg-type] # keys are the record's own fields
            if _level_taken(work, record):
                raise DuplicateLevelError(owner_id, level=str(values["level"]))
            record = Recorder(work, self._office, actor).add(record)
            if drafting:
                keep_row_deed(work, self._office, actor, record, deed=RowDeed.ADDED)
            work.commit()
        return record

    def remove_row(
        self, actor: Actor, record_type: type[R], record_id: str, *, drafting: bool = False
    ) -> None:
        """Remove a row; the trail keeps every value it had, and undoing brings it back.

        Raises:
            NotAllowedError: a field that this person's role does not enter.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            record = work.records(record_type).get(record_id)
            blank = apply(record, dict.fromkeys(draft_of(record)))
            required = [field.key for field in fields_of(record_type) if field.required]
            held = draft_of(record)
            filled = [*required, *differing_keys(record, blank)]
            self._require_fields(actor, record_type, {key: held[key] for key in filled})
            Recorder(work, self._office, actor).remove(record, blank)
            if drafting:
                keep_row_deed(work, self._office, actor, record, deed=RowDeed.REMOVED)
            work.commit()

    def _locality(
        self, work: UnitOfWork, record: Record, draft: Mapping[str, FieldValue]
    ) -> Locality:
        """Return how the draft is read: a clock time belongs to the day of the visit."""
        day = None
        visit_id = getattr(record, "visit_id", record.id if isinstance(record, Visit) else "")
        if visit_id and (visit := work.records(Visit).find(visit_id)):
            day = visit.day
        locality = self._office.locality(clinic_of(work), day)
        if isinstance(record, Visit) and "day" in draft:
            typed = read_field(field_of(Visit, "day"), draft["day"], locality)[0]
            locality = replace(locality, base_day=typed if isinstance(typed, date) else day)
        return locality

    @staticmethod
    def _require_fields(
        actor: Actor, record_type: type[Record], draft: Mapping[str, FieldValue]
    ) -> None:
        require(actor, Action.EDIT_INTAKE)
        for field in fields_of(record_type):
            if field.key in draft and not actor.may_type(field):
                raise NotAllowedError(actor.id, action=f"{record_type.FORM}.{field.key}")


def changed_by_other(stored: FieldValue, typed: FieldValue, *, seen: FieldValue) -> bool:
    """Return whether saving ``typed`` would overwrite what somebody else saved meanwhile."""
    return stored != typed and _blank_as_none(stored) != _blank_as_none(seen)


def _blank_as_none(value: FieldValue) -> FieldValue:
    """Return ``None`` for empty text and no choices; 0 and "no" are answers."""
    return None if value in ("", ()) else value


def taken_elsewhere(work: UnitOfWork, record: Record, keys: Iterable[str]) -> Problem | None:
    """Return the problem if a field of ``keys`` holds what another record has to itself."""
    if "level" in keys and _level_taken(work, record):
        return Problem.of("level", "level_taken", level=getattr(record, "level", ""))
    if "record_number" in keys and isinstance(record, Patient) and _number_taken(work, record):
        return Problem.of("record_number", "record_number_taken", number=record.record_number)
    return None


def _number_taken(work: UnitOfWork, patient: Patient) -> bool:
    """Return whether another patient has the record number of this one."""
    return work.by_record_number(patient.record_number) not in (None, patient.id)


def _level_taken(work: UnitOfWork, record: Record) -> bool:
    """Return whether another row of the visit has the level of this one."""
    if not isinstance(record, Fracture | TreatedLevel) or record.level == UNKNOWN:
        return False
    rows = work.records(type(record)).owned_by(record.visit_id)
    return any(row.level == record.level and row.id != record.id for row in rows)


def texts_beside(work: UnitOfWork, actor: Actor, form: str, record_id: str) -> dict[str, str]:
    """Return the texts that are no values yet, one's own before those of others."""
    return {**work.typed(form, record_id), **own_texts(work, actor, form, record_id)}


def _as_typed(
    record_type: type[Record], draft: Mapping[str, FieldValue], locality: Locality
) -> dict[str, str]:
    """Return every field of a draft as text; '' for one that is blank."""
    texts = {}
    for field in fields_of(record_type):
        if field.key in draft:
            typed = draft[field.key]
            text = typed if isinstance(typed, str) else edit_text(field, typed, locality)
            texts[field.key] = text if text.strip() else ""
    return texts


def unconfirmed(before: R, after: R, actor: Actor) -> R:
    """Return ``after``, without the nurse's confirmation if somebody else changed the fracture."""
    if not isinstance(after, Fracture) or actor.may(Action.CONFIRM_INTAKE):
        return after
    return cast("R", replace(after, confirmed_by="")) if differing_keys(before, after) else after
