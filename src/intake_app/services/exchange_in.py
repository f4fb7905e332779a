"""Take in the people of a file: each is accepted, matched or refused, with reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain.audit import Deed, Entry, FieldChange, changes_between, stored_text
from intake_app.domain.errors import AppError
from intake_app.domain.exchange import Incoming, Outcome, Refused, Summary, Verdict
from intake_app.domain.fields import Record, field_of
from intake_app.domain.matching import Certainty, Person
from intake_app.domain.matching_traits import traits_of
from intake_app.domain.matching_words import reasons_words
from intake_app.domain.names import digits_of, fold
from intake_app.domain.patients import EmergencyContact, Identifier, Patient
from intake_app.domain.reading import edit_text
from intake_app.domain.validation import Problem, apply, read_draft
from intake_app.domain.values import PartialDate
from intake_app.services.living import living_id
from intake_app.services.office import Office, clinic_of
from intake_app.services.registration import new_patient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from intake_app.domain.exchange import Cancelled, Intake, OnOutcome
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.matching import Likeness
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.reading import Locality
    from intake_app.domain.staff import Actor

BATCH = 250
"""Most people of one transaction: all of them are kept, or none."""
HELD_S = 0.2
"""How long a transaction may take: as long may a desk wait that saves meanwhile."""
_FEWEST = 20
IMPORT = "import"
"""Name of the trail's lines about a whole file."""
_MOST_NUMBERS = 50
"""Numbers of others that are kept of one person."""
_MOST_DIFFERENCES = 1
"""Of family name, given name and birth date, this many may differ under one number."""

_OTHER_NAMES = {"former_name", "given_name"}
_TWINS = {"other_sex", "given_one_letter", "given_sound", "given_similar", "given_beginning"}
"""What speaks for twins as much as for an error of typing."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class PersonRead:
    """A person whose values were read, before anybody looks into the database."""

    incoming: Incoming
    values: Mapping[str, FieldValue]
    problems: tuple[Problem, ...]
    locality: Locality

    @property
    def mark(self) -> str:
        """A digest of everything said about the person; equal rows have equal marks."""
        said = [f"{key}={stored_text(self.values[key])}" for key in sorted(self.values)]
        said += [f"{system}|{value}" for system, value in sorted(self.incoming.identifiers)]
        return sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()

    def person(self) -> Person:
        """Return what is compared with the patients who are there."""
        known = Patient(id="", **{"family_name": "", **_filled(self.values)})  # type: ignore[arg-type] # keys are the record's own fields
        return replace(Person.of(known), identifiers=self.incoming.identifiers)


class Importer:
    """Takes in people one batch after the other; made for one file."""

    def __init__(self, office: Office, actor: Actor, *, doubtful_are_new: bool) -> None:
        self._office = office
        self._actor = actor
        self._doubtful_are_new = doubtful_are_new
        self._id = office.ids.new()

    def run(
        self, incoming: Intake, *, cancelled: Cancelled | None, on_outcome: OnOutcome | None
    ) -> Summary:
        """Take in everybody; stop between two people when it is cancelled."""
        with self._office.look() as work:
            locality = self._office.locality(clinic_of(work))
        counted = dict.fromkeys(Verdict, 0)
        people = iter(incoming)
        stopped, failure, size = False, None, BATCH
        while not stopped:
            try:
                # Read before the transaction begins: meanwhile the desks have the database.
                batch = [self._read(person, locality) for person in islice(people, size)]
                if not batch:
                    break
                began = monotonic()
                outcomes = self._take_batch(batch, cancelled)
            except AppError as error:
                failure = error
                break
            size = _next_size(size, monotonic() - began)
            stopped = len(outcomes) < len(batch)
            if stopped:
                break
            for person, outcome in zip(batch, outcomes, strict=True):
                counted[outcome.verdict] += 1
                if on_outcome is not None:
                    on_outcome(
                        person.incoming if isinstance(person, PersonRead) else person, outcome
                    )
        return Summary(
            counted[Verdict.ACCEPTED],
            counted[Verdict.MATCHED],
            counted[Verdict.REFUSED],
            cancelled=stopped,
            failure=failure,
        )

    def _read(self, person: Incoming | Refused, locality: Locality) -> PersonRead | Refused:
        if isinstance(person, Refused):
            return person
        if len(person.identifiers) > _MOST_NUMBERS:
            many = Problem.of("identifier", "too_many_numbers", warning=True, count=_MOST_NUMBERS)
            kept = person.identifiers[:_MOST_NUMBERS]
            person = replace(person, identifiers=kept, remarks=(*person.remarks, many))
        if person.date_order:
            locality = replace(locality, date_order=person.date_order)
        draft = {key: value for key, value in person.values.items() if value not in ("", None)}
        if "family_name" not in draft and (other := _OTHER_NAMES & set(draft)):
            # A name at birth alone is the name still; a single word is the family's.
            instead = "former_name" if "former_name" in other else "given_name"
            draft["family_name"] = draft.pop(instead)
        if "family_name" not in draft:
            reason = Problem.of("row", "no_name_at_all")
            return Refused(place=person.place, reasons=(reason,), cells=person.cells)
        reading = read_draft(Patient, draft, locality)
        if reading.errors:
            return Refused(place=person.place, reasons=reading.errors, cells=person.cells)
        return PersonRead(person, _filled(reading.values), reading.problems, locality)

    def _take_batch(
        self, batch: list[PersonRead | Refused], cancelled: Cancelled | None
    ) -> list[Outcome]:
        """Return an outcome for each; nothing is kept and fewer come back when it was cancelled."""
        outcomes: list[Outcome] = []
        with self._office.work() as work:
            for person in batch:
                if cancelled is not None and cancelled():
                    return []
                if isinstance(person, Refused):
                    outcomes.append(Outcome(person.place, Verdict.REFUSED, reasons=person.reasons))
                else:
                    outcomes.append(self._take(work, person))
            self._note(work, outcomes)
            work.commit()
        return outcomes

    def _note(self, work: UnitOfWork, outcomes: Iterable[Outcome]) -> None:
        """Write who took in how many into the trail; never whom."""
        counts = dict.fromkeys(Verdict, 0)
        for outcome in outcomes:
            counts[outcome.verdict] += 1
        work.note(
            Entry(
                at=self._office.clock.now(),
                actor_id=self._actor.id,
                deed=Deed.IMPORTED,
                table=IMPORT,
                record_id=self._id,
                changes=tuple(
                    FieldChange(verdict.value, None, str(count))
                    for verdict, count in counts.items()
                ),
            )
        )

    # --- one person -------------------------------------------------------------------------

    def _take(self, work: UnitOfWork, person: PersonRead) -> Outcome:
        place = person.incoming.place
        reasons: tuple[Problem, ...] = ()
        before = work.taken_in(person.mark)
        if before is not None:
            patient, verdict = _current(work, before), Verdict.MATCHED
        else:
            found = self._find(work, person)
            if isinstance(found, Problem):
                return Outcome(place, Verdict.REFUSED, reasons=(found,))
            if found is None:
                verdict = Verdict.ACCEPTED
                patient = new_patient(self._office, work, self._actor, values=person.values)
            else:
                verdict = Verdict.MATCHED
                patient, reasons = self._fill(work, found, person)
            reasons += self._keep_numbers(work, patient, person.incoming.identifiers)
            self._keep_contact(work, patient, person)
            work.note_taken_in(person.mark, patient.id)
        return Outcome(place, verdict, patient.id, (*person.incoming.remarks, *reasons))

    def _find(self, work: UnitOfWork, person: PersonRead) -> Patient | Problem | None:
        """Return who it is; ``None`` for somebody new; a problem when a person must decide."""
        numbered = {patient.id: patient for patient in _by_numbers(work, person)}
        if len(numbered) > 1:
            return Problem.of("row", "numbers_disagree")
        for patient in numbered.values():
            if differences(patient, person.values) <= _MOST_DIFFERENCES:
                return patient
            number = patient.record_number
            own = number == person.values.get("record_number")
            code = "number_of_other" if own else "other_number_of_other"
            return Problem.of("row", code, number=number, person=_words(patient))
        likely = work.likely(person.person(), limit=2)
        certain = [each for each in likely if each.certainty is Certainty.CERTAIN]
        if len(certain) == 1:
            patient = _current(work, certain[0].patient_id)
            if not may_be_twin(Person.of(patient), person.person(), certain[0]):
                return patient
        if likely and not self._doubtful_are_new:
            patient = _current(work, likely[0].patient_id)
            return _doubt(patient, likely[0], code=self._doubt_code(person))
        return None

    def _doubt_code(self, person: PersonRead) -> str:
        """Return which sentence fits: a row can be corrected and taken in again, others cannot."""
        return "may_be_same" if person.incoming.cells else "may_be_same_told"

    def _fill(
        self, work: UnitOfWork, patient: Patient, person: PersonRead
    ) -> tuple[Patient, tuple[Problem, ...]]:
        """Fill in what is empty; report what is not the same."""
        empty = {k: v for k, v in person.values.items() if getattr(patient, k) in ("", None, ())}
        kept = tuple(
            Problem.of(
                "row",
                "kept_ours",
                warning=True,
                field=field_of(Patient, key).label,
                theirs=edit_text(field_of(Patient, key), value, person.locality),
            )
            for key, value in person.values.items()
            if key not in empty and not says_the_same(getattr(patient, key), value)
        )
        return self._save(work, patient, empty, patient_id=patient.id), kept

    def _keep_contact(self, work: UnitOfWork, patient: Patient, person: PersonRead) -> None:
        """Take over whom to ring, where nobody is named yet."""
        contact = work.records(EmergencyContact).owned_by(patient.id)
        if not person.incoming.contact or not contact or contact[0].name:
            return
        reading = read_draft(EmergencyContact, person.incoming.contact, person.locality)
        self._save(work, contact[0], _filled(reading.values), patient_id=patient.id)

    def _save(
        self, work: UnitOfWork, record: R, values: Mapping[str, FieldValue], *, patient_id: str
    ) -> R:
        after = apply(record, values)
        changes = changes_between(record, after)
        if not changes:
            return record
        saved = work.records(type(record)).update(after)
        work.note(
            self._office.entry(
                self._actor, Deed.CHANGED, saved, patient_id=patient_id, changes=changes
            )
        )
        return saved

    def _keep_numbers(
        self, work: UnitOfWork, patient: Patient, numbers: Iterable[tuple[str, str]]
    ) -> tuple[Problem, ...]:
        """Remember the numbers of others, so that the next file finds the patient by them."""
        taken = []
        for system, value in dict.fromkeys(numbers):
            owner = work.by_identifier(system, value)
            if owner is None:
                number = Identifier(
                    id=self._office.ids.new(), patient_id=patient.id, system=system, value=value
                )
                work.records(Identifier).add(number)
            elif _current(work, owner).id != patient.id:
                taken.append(Problem.of("identifier", "number_kept", warning=True, number=value))
        return tuple(taken)


def _next_size(size: int, took_s: float) -> int:
    """Return how many people fit into one transaction, after one that took so long."""
    fitting = int(size * HELD_S / took_s) if took_s > 0 else BATCH
    return min(BATCH, max(_FEWEST, fitting, size // 2))


def _filled(values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    return {key: value for key, value in values.items() if value not in ("", None, ())}


def _current(work: UnitOfWork, patient_id: str) -> Patient:
    """Return the patient, or the one that the record was merged into."""
    return work.records(Patient).get(living_id(work, patient_id))


def _by_numbers(work: UnitOfWork, person: PersonRead) -> Iterator[Patient]:
    """Yield who has one of the person's numbers."""
    found = [work.by_identifier(system, value) for system, value in person.incoming.identifiers]
    if number := person.values.get("record_number"):
        found.append(work.by_record_number(str(number)))
    for patient_id in found:
        if patient_id is not None:
            yield _current(work, patient_id)


def differences(patient: Patient, values: Mapping[str, FieldValue]) -> int:
    """Return how much of name and birth date speaks against the same person."""
    pairs = [
        (fold(getattr(patient, key)), fold(str(values[key])))
        for key in ("family_name", "given_name")
        if values.get(key) and getattr(patient, key)
    ]
    differing = sum(ours != theirs for ours, theirs in pairs)
    born = values.get("birth_date")
    return differing + bool(born and patient.birth_date and born != patient.birth_date)


def says_the_same(ours: FieldValue, theirs: FieldValue) -> bool:
    """Return whether two values say the same, however they are written."""
    if not (isinstance(ours, str) and isinstance(theirs, str)):
        return ours == theirs
    if fold(ours) == fold(theirs):
        return True
    digits = digits_of(ours)
    return bool(digits) and ours.lstrip("+ (0123456789-./)") == "" and digits == digits_of(theirs)


def may_be_twin(stored: Person, told: Person, likeness: Likeness) -> bool:
    """Return whether two people of one birth date may share all but the given name, or the sex.

    A further given name that only one of them has, or its initial, tells nobody apart; another one
    does, and so does a letter: Jean and Joan, Ana María and Ana Lucía.
    """
    codes = {reason.code for reason in likeness.reasons}
    if codes & _TWINS:
        return True
    if "given_one_of_several" not in codes:
        return False
    ours, theirs = traits_of(stored).given, traits_of(told).given
    return not (_covers(ours, theirs) or _covers(theirs, ours))


def _covers(names: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether every other name, or the name of its initial, is among ``names``."""
    known = set(names)
    initials = {name[:1] for name in known}
    return all(other in known or other in initials for other in others)


def _doubt(patient: Patient, likeness: Likeness, *, code: str) -> Problem:
    return Problem.of(
        "row",
        code,
        person=_words(patient),
        number=patient.record_number,
        why=reasons_words(likeness.reasons),
    )


def _words(patient: Patient) -> str:
    """Return who somebody is: "Jane Doe, 4 March 1951"."""
    if patient.birth_date is None:
        return patient.full_name
    return f"{patient.full_name}, {PartialDate.on(patient.birth_date).words}"
