"""Save what is typed, field by field: nothing waits for a whole form to be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from intake_app.domain.audit import Deed, changes_between
from intake_app.domain.errors import InvalidDraftError, NotAllowedError
from intake_app.domain.fields import FieldValue, Record, fields_of
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem, apply, draft_of, read_draft
from intake_app.domain.visits import Visit
from intake_app.services.office import Office, clinic_of, require

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
        with self._office.work() as work:
            record = work.records(record_type).get(record_id)
            return Opened(record, work.typed(record_type.FORM, record_id))

    def save(
        self,
        actor: Actor,
        record_type: type[R],
        record_id: str,
        *,
        draft: Mapping[str, FieldValue],
        seen: Mapping[str, FieldValue] | None = None,
    ) -> Saved[R]:
        """Keep every field of ``draft``: values in the record, unreadable text beside it.

        ``seen`` holds what the form showed before each change. A field that somebody else changed
        meanwhile is not overwritten: the typed text is kept beside it and the problem
        ``changed_by_other`` says so. Saving the same text again, having seen it, replaces it.

        Raises:
            NotAllowedError: a field that this person's role does not enter.
        """
        self._require_fields(actor, record_type, draft)
        with self._office.work() as work:
            before = work.records(record_type).get(record_id)
            locality = self._locality(work, before)
            merged = draft_of(before) | dict(draft)
            reading = read_draft(record_type, merged, locality)
            refused = {problem.key for problem in reading.errors}
            problems = [problem for problem in reading.problems if problem.key in merged]
            values = {k: v for k, v in reading.values.items() if k in draft and k not in refused}
            for key in self._changed_by_others(before, values, seen or {}):
                del values[key]
                refused.add(key)
                problems.append(Problem(key, "changed_by_other"))
            after = apply(before, values)
            texts = dict(work.typed(record_type.FORM, record_id))
            kept = _texts_to_keep(texts, draft, refused)
            changes = changes_between(before, after)
            if changes:
                after = work.records(record_type).update(after)
                work.note(
                    self._office.entry(
                        actor,
                        Deed.CHANGED,
                        after,
                        patient_id=patient_of(work, after),
                        changes=changes,
                    )
                )
            if kept != texts:
                work.keep_typed(record_type.FORM, record_id, kept)
            if changes or kept != texts:
                work.commit()
        return Saved(after, tuple(problems), tuple(change.key for change in changes))

    def add_row(
        self,
        actor: Actor,
        record_type: type[R],
        owner_id: str,
        values: Mapping[str, FieldValue],
    ) -> R:
        """Add a row (a medicine, say) to its owner.

        Raises:
            InvalidDraftError: a field of it cannot be read.
            NotAllowedError: a field that this person's role does not enter.
        """
        self._require_fields(actor, record_type, values)
        with self._office.work() as work:
            locality = self._office.locality(clinic_of(work))
            reading = read_draft(record_type, values, locality)
            if reading.errors:
                raise InvalidDraftError(reading.problems)
            owner = {record_type.OWNER: owner_id} if record_type.OWNER else {}
            kept = {key: value for key, value in reading.values.items() if value is not None}
            record = record_type(id=self._office.ids.new(), **owner, **kept)  # type: ignore[arg-type] # keys are the record's own fields
            record = work.records(record_type).add(record)
            work.note(
                self._office.entry(actor, Deed.CREATED, record, patient_id=patient_of(work, record))
            )
            work.commit()
        return record

    def remove_row(self, actor: Actor, record_type: type[R], record_id: str) -> None:
        """Remove a row; the trail keeps every value it had.

        Raises:
            NotAllowedError: a field that this person's role does not enter.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            record = work.records(record_type).get(record_id)
            emptied = changes_between(record, apply(record, dict.fromkeys(draft_of(record))))
            work.records(record_type).remove(record)
            work.keep_typed(record_type.FORM, record_id, {})
            work.note(
                self._office.entry(
                    actor,
                    Deed.REMOVED,
                    record,
                    patient_id=patient_of(work, record),
                    changes=emptied,
                )
            )
            work.commit()

    def _locality(self, work: UnitOfWork, record: Record) -> Locality:
        day = None
        visit_id = getattr(record, "visit_id", record.id if isinstance(record, Visit) else "")
        if visit_id and (visit := work.records(Visit).find(visit_id)):
            day = visit.day
        return self._office.locality(clinic_of(work), day)

    @staticmethod
    def _require_fields(
        actor: Actor, record_type: type[Record], draft: Mapping[str, FieldValue]
    ) -> None:
        require(actor, Action.EDIT_INTAKE)
        for field in fields_of(record_type):
            if field.key in draft and not actor.may_type(field):
                raise NotAllowedError(actor.id, action=f"{record_type.FORM}.{field.key}")

    @staticmethod
    def _changed_by_others(
        before: Record, values: Mapping[str, FieldValue], seen: Mapping[str, FieldValue]
    ) -> tuple[str, ...]:
        return tuple(
            key
            for key, value in values.items()
            if key in seen
            and getattr(before, key) != value
            and (getattr(before, key) or None) != (seen[key] or None)
        )


def _texts_to_keep(
    texts: Mapping[str, str], draft: Mapping[str, FieldValue], refused: set[str]
) -> dict[str, str]:
    """Return the texts to keep beside the record: those typed now or before that are no values."""
    kept = {key: text for key, text in texts.items() if key not in draft}
    for key in refused:
        typed = draft.get(key)
        if isinstance(typed, str) and typed.strip():
            kept[key] = typed
    return kept


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
