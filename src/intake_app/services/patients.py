"""Find a patient, register one, open one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, Entry
from intake_app.domain.errors import NotFoundError
from intake_app.domain.fields import field_of
from intake_app.domain.patients import Patient
from intake_app.domain.reading import (
    Locality,
    UnreadableError,
    clean_text,
    edit_text,
    read_date,
)
from intake_app.domain.staff import Action
from intake_app.domain.validation import read_draft
from intake_app.domain.visits import Visit
from intake_app.services.cases import VISIT_SINGLES, Case, read_case
from intake_app.services.found_phones import with_written_phone
from intake_app.services.living import all_ids_of, living_id, whole_trail
from intake_app.services.office import Office, clinic_of, require
from intake_app.services.registration import add_record, blank_of, new_patient

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.ports import Found, UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor

_FEWEST_PHONE_DIGITS = 7
_WRITTEN_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}|[A-Za-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?),?"
    r"\s+(?:\d{4}|\d{2})\b"
)
_DIGITS = re.compile(r"(?<![\w\-])[+(]?\d[\d\s().\-/]*\d")
"""Digits with what stands between them: a birth date, a phone, or both side by side."""


def identity_from(typed: str, locality: Locality) -> dict[str, FieldValue]:
    """Return what a search text says of a new patient: names, birth date, phone.

    "Doe, Jane 3/4/51" and "jane doe 3/4/51" both work. A single word is the family name. Names
    typed all in small letters get capitals; anything else stays as typed.
    """
    text = clean_text(typed)
    found: dict[str, FieldValue] = {}
    for match in _WRITTEN_DATE.finditer(text):
        if born := _birth_date(match[0], locality):
            found["birth_date"] = born
            text = text.replace(match[0], " ")
            break
    for match in _DIGITS.finditer(text):
        found = _from_digits(match[0], locality) | found
    words = [word for word in text.split() if not any(char.isdigit() for char in word)]
    names = " ".join(words)
    if "," in names:
        family, _, given = names.partition(",")
    else:
        given, _, family = names.rpartition(" ")
    for key, part in (("family_name", family), ("given_name", given)):
        if name := part.strip(" ,;"):
            found[key] = name.title() if name == name.lower() else name
    return found


def _from_digits(digits: str, locality: Locality) -> dict[str, FieldValue]:
    """Return the birth date and the phone in a run of digits; either may stand first."""
    if born := _birth_date(digits, locality):
        return {"birth_date": born}
    first, _, others = digits.partition(" ")
    before, _, last = digits.rpartition(" ")
    for day, phone in ((first, others), (last, before)):
        born = _birth_date(day, locality) if re.search(r"\d[-/.]\d", day) else None
        if born:
            return {"birth_date": born, **_phone(phone)}
    return _phone(digits)


def _birth_date(text: str, locality: Locality) -> date | None:
    try:
        return read_date(text, locality, past=True)
    except UnreadableError:
        return None


def _phone(text: str) -> dict[str, FieldValue]:
    enough = sum(char.isdigit() for char in text) >= _FEWEST_PHONE_DIGITS
    return {"mobile_phone": text} if enough else {}


@dataclass(frozen=True, slots=True)
class Lookup:
    """Who was found, and the clinic's day, by which ages are told."""

    found: tuple[Found, ...]
    today: date


class PatientService:
    """Patients and the record of one visit."""

    def __init__(self, office: Office, questionnaire: Questionnaire) -> None:
        self._office = office
        self._questionnaire = questionnaire

    def search(self, actor: Actor, typed: str, *, limit: int = 20) -> tuple[Found, ...]:
        """Return patients that match what was typed; nothing typed gives the last ten."""
        return self.look_up(actor, typed, limit=limit).found

    def look_up(self, actor: Actor, typed: str, *, limit: int = 20) -> Lookup:
        """Return what ``search`` does, and the day on which it was asked, in one look."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            locality = self._office.locality(clinic_of(work))
            found = work.search(typed, limit=limit) if typed.strip() else work.recent(actor.id)
        found = tuple(with_written_phone(each, locality.country) for each in found)
        return Lookup(found, locality.today)

    def register(self, actor: Actor, typed: str = "") -> str:
        """Create a patient with a first visit from what was typed; return the visit's id.

        What cannot be a value (a birth date to come, a far too long name) is kept as text.
        """
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            identity = identity_from(typed, self._office.locality(clinic_of(work)))
            visit_id = self.add(work, actor, identity)
            work.commit()
        return visit_id

    def add(
        self,
        work: UnitOfWork,
        actor: Actor,
        draft: Mapping[str, FieldValue],
        *,
        patient_id: str = "",
    ) -> str:
        """Add a patient with a first visit and return the visit's id; the caller commits.

        What cannot be a value is kept as text.
        """
        require(actor, Action.EDIT_INTAKE)
        locality = self._office.locality(clinic_of(work))
        reading = read_draft(Patient, draft, locality)
        refused = {problem.key for problem in reading.errors}
        values = {k: value for k, value in reading.values.items() if k not in refused}
        patient = new_patient(self._office, work, actor, values=values, patient_id=patient_id)
        texts = {key: edit_text(field_of(Patient, key), draft[key], locality) for key in refused}
        work.keep_typed(Patient.FORM, patient.id, {k: text for k, text in texts.items() if text})
        return self._new_visit(work, actor, patient.id, locality.today).id

    def new_visit(self, actor: Actor, patient_id: str) -> str:
        """Create another visit of a patient; return its id."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            today = self._office.locality(clinic_of(work)).today
            patient = work.records(Patient).get(living_id(work, patient_id))
            visit = self._new_visit(work, actor, patient.id, today)
            work.commit()
        return visit.id

    def latest_visit(self, actor: Actor, patient_id: str) -> str:
        """Return the id of the patient's visit to show: the latest by day, then by entry.

        Raises:
            NotFoundError: the patient has no visit.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            visits = work.records(Visit).owned_by(living_id(work, patient_id))
        if not visits:
            raise NotFoundError(patient_id)
        numbered = list(enumerate(visits))
        return max(numbered, key=lambda pair: (str(pair[1].day or ""), pair[0]))[1].id

    def visit_named(self, actor: Actor, name: str) -> str:
        """Return the id of a visit given by its own id or by a record number of the patient.

        Raises:
            NotFoundError: neither exists.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            if work.records(Visit).find(name):
                return name
            found = [hit for hit in work.search(name) if _has_number(work, hit.patient_id, name)]
        if not found:
            raise NotFoundError("visit")
        return self.latest_visit(actor, found[0].patient_id)

    def visits(self, actor: Actor, patient_id: str) -> tuple[Visit, ...]:
        """Return every visit of a patient, in the order they were entered."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return work.records(Visit).owned_by(living_id(work, patient_id))

    def case(self, actor: Actor, visit_id: str, *, viewed: bool = False) -> Case:
        """Return everything about a visit; ``viewed`` writes into the trail that it was opened."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.work() as work:
            case = read_case(work, visit_id, self._questionnaire)
            if viewed:
                work.note(
                    self._office.entry(actor, Deed.VIEWED, case.patient, patient_id=case.patient.id)
                )
                work.commit()
        return case

    def history(self, actor: Actor, patient_id: str) -> tuple[Entry, ...]:
        """Return who changed, saw or printed what of this patient, latest first."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return whole_trail(work, living_id(work, patient_id))

    def _new_visit(self, work: UnitOfWork, actor: Actor, patient_id: str, day: date) -> Visit:
        visit = Visit(id=self._office.ids.new(), patient_id=patient_id, day=day)
        visit = add_record(self._office, work, actor, record=visit, patient_id=patient_id)
        for single in VISIT_SINGLES:
            blank = blank_of(self._office, single, owner_id=visit.id)
            add_record(self._office, work, actor, record=blank, patient_id=patient_id)
        return visit


def _has_number(work: UnitOfWork, patient_id: str, number: str) -> bool:
    """Return whether a patient, or a record that became part of it, has this record number."""
    patients = work.records(Patient)
    records = (patients.get(each) for each in all_ids_of(work, patient_id))
    return any(record.record_number.casefold() == number.casefold() for record in records)
