"""The new patient while reception types: kept from the first letters, created once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.errors import InvalidDraftError, NotFoundError
from intake_app.domain.fields import Kind, field_of
from intake_app.domain.names import digits_of, fold
from intake_app.domain.patients import Patient
from intake_app.domain.reading import clean_text, edit_text
from intake_app.domain.staff import Action
from intake_app.domain.validation import Problem
from intake_app.services.office import clinic_of, require

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.reading import Locality
    from intake_app.domain.staff import Actor
    from intake_app.services.forms import FormService
    from intake_app.services.office import Office
    from intake_app.services.patients import PatientService

DRAFT = "registration"
"""The form under which new patients that are only typed are kept, by the user who types."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """A new patient who is not created yet, as typed."""

    patient_id: str
    """The id the patient will have, so that nobody can be created twice."""
    texts: Mapping[str, str]
    """What was typed, by field key."""
    is_open: bool = False
    """Whether it stood on the screen when it was kept last; what was put aside did not."""

    @property
    def name(self) -> str:
        """The names typed so far, family name first."""
        return ", ".join(
            text for key in ("family_name", "given_name") if (text := self.texts.get(key, ""))
        )


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Where to go on with somebody who was there already."""

    visit_id: str
    differing: tuple[str, ...] = ()
    """Keys where the record says something else than was typed."""


class NewPatientService:
    """Keeps what is typed about a new patient, creates the patient, or hands it to another."""

    def __init__(self, office: Office, patients: PatientService, forms: FormService) -> None:
        self._office = office
        self._patients = patients
        self._forms = forms

    def half_typed(self, actor: Actor) -> tuple[HalfTyped, ...]:
        """Return the new patients of this user who are typed and not created, oldest first."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return _half_typed(work, actor)

    def keep(self, actor: Actor, typed: HalfTyped) -> None:
        """Keep what is typed so far; nothing typed, and nothing is kept."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            if work.records(Patient).find(typed.patient_id) is not None:
                return  # created meanwhile: a late save does not bring the draft back
            texts = {key: text for key, text in typed.texts.items() if text.strip()}
            kept = dict(work.typed(DRAFT, actor.id))
            before = dict(kept)
            if texts:
                # In ASCII: whatever was pasted, halves of characters too, can be stored.
                kept[typed.patient_id] = json.dumps({"open": typed.is_open, "texts": texts})
            else:
                kept.pop(typed.patient_id, None)
            if kept != before:
                work.keep_typed(DRAFT, actor.id, kept)
                work.commit()

    def forget(self, actor: Actor, patient_id: str) -> None:
        """Throw away a new patient who was only typed."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            _forget(work, actor, patient_id)
            work.commit()

    def create(self, actor: Actor, patient_id: str, draft: Mapping[str, FieldValue]) -> str:
        """Create the patient with a first visit; return the visit's id.

        Asked again for the same id it returns the visit there is. What cannot be a value is kept
        as it was typed, beside the record.

        Raises:
            InvalidDraftError: nobody without a name becomes a record.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            if work.records(Patient).find(patient_id) is None:
                if not clean_text(str(draft.get("family_name") or "")):
                    raise InvalidDraftError((Problem("family_name", "required"),))
                visit_id = self._patients.add(work, actor, draft, patient_id=patient_id)
                _forget(work, actor, patient_id)
                work.commit()
                return visit_id
        return self._patients.latest_visit(actor, patient_id)

    def carry_over(
        self, actor: Actor, typed_id: str, patient_id: str, *, draft: Mapping[str, FieldValue]
    ) -> CarriedOver:
        """Give what was typed to somebody who is there already; nothing there is overwritten.

        Empty fields are filled. Where the record says something else, what was typed is kept
        beside it, for reception to decide.
        """
        typed = {key: value for key, value in draft.items() if str(value or "").strip()}
        with self._office.look() as work:
            stored = work.records(Patient).get(patient_id)
            locality = self._office.locality(clinic_of(work))
        typed = {
            key: value
            for key, value in _names_in_order(typed, stored).items()
            if not _says_the_same(key, value, getattr(stored, key), locality)
        }
        saved = self._forms.save(
            actor, Patient, patient_id, draft=typed, seen=dict.fromkeys(typed), drafting=True
        )
        self.forget(actor, typed_id)
        try:
            visit_id = self._patients.latest_visit(actor, patient_id)
        except NotFoundError:
            visit_id = self._patients.new_visit(actor, patient_id)
        differing = {problem.key for problem in saved.problems if not problem.warning}
        return CarriedOver(visit_id, tuple(key for key in typed if key in differing))


def _half_typed(work: UnitOfWork, actor: Actor) -> tuple[HalfTyped, ...]:
    found = []
    for patient_id, text in work.typed(DRAFT, actor.id).items():
        if work.records(Patient).find(patient_id) is not None:
            continue  # created by somebody else who took over the keyboard
        kept = json.loads(text)
        found.append(HalfTyped(patient_id, kept["texts"], kept["open"]))
    return tuple(found)


def _forget(work: UnitOfWork, actor: Actor, patient_id: str) -> None:
    kept = dict(work.typed(DRAFT, actor.id))
    if kept.pop(patient_id, None) is not None:
        work.keep_typed(DRAFT, actor.id, kept)


def _names_in_order(typed: Mapping[str, FieldValue], stored: Patient) -> dict[str, FieldValue]:
    """Return what was typed, family and given name as in the record if they were swapped."""
    family, given = (fold(str(typed.get(key) or "")) for key in ("family_name", "given_name"))
    swapped = given and given == fold(stored.family_name)
    swapped = swapped or (family and family == fold(stored.given_name))
    if not swapped or family == fold(stored.family_name):
        return dict(typed)
    kept = {key: value for key, value in typed.items() if key not in ("family_name", "given_name")}
    for key, value in (
        ("family_name", typed.get("given_name")),
        ("given_name", typed.get("family_name")),
    ):
        if value:
            kept[key] = value
    return kept


def _says_the_same(key: str, typed: FieldValue, stored: FieldValue, locality: Locality) -> bool:
    """Return whether typed and stored differ at most in capitals, accents and punctuation."""
    field = field_of(Patient, key)
    left = typed if isinstance(typed, str) else edit_text(field, typed, locality)
    right = edit_text(field, stored, locality)
    if field.kind is Kind.PHONE:
        return digits_of(left) == digits_of(right)
    if isinstance(stored, str):
        return fold(clean_text(left)) == fold(clean_text(right))
    return False
