"""Nobody twice: who may be the same person as one who is typed, imported or stored."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappush, heapreplace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.fields import fields_of
from intake_app.domain.matching import Likeness, Person
from intake_app.domain.matching_decisions import DifferentPeople
from intake_app.domain.matching_weights import HOUSEHOLD
from intake_app.domain.patients import Identifier, Patient
from intake_app.domain.ports import Found
from intake_app.domain.reading import UnreadableError, read
from intake_app.domain.staff import Action
from intake_app.domain.visits import Visit
from intake_app.services.office import Office, clinic_of, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from intake_app.domain.fields import FieldValue
    from intake_app.domain.matching_traits import Traits
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.reading import Locality
    from intake_app.domain.staff import Actor

MOST_SHOWN = 10
"""Candidates shown for one person."""
MOST_PAIRS = 1000
"""Pairs in one report; whoever has worked through them asks for the next."""
_AT_A_TIME = 50
"""Patients compared in one transaction of the report, so that the desks go on saving."""
_LEARNT_FROM = 5000
"""Patients whose households say what an address in common means at this clinic."""
_COMPARED = (
    "family_name",
    "given_name",
    "middle_name",
    "former_name",
    "preferred_name",
    "birth_date",
    "record_number",
    "sex",
    "mobile_phone",
    "home_phone",
    "address_line_1",
    "address_line_2",
    "city",
    "postcode",
)
"""Fields of a patient that the comparison looks at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored patient who may be the person asked about, and why."""

    found: Found
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two stored patients who may be one person, and why."""

    one: Found
    other: Found
    likeness: Likeness


class DoublesService:
    """Find people who may be registered twice. Never a block: whoever asks decides."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def person_from(self, values: Mapping[str, FieldValue]) -> Person:
        """Return who is being typed; a part that cannot be read is left out.

        ``values`` holds fields of the patient by key, as typed texts or as values.
        """
        with self._office.look() as work:
            locality = self._office.locality(clinic_of(work))
        return person_from(values, locality)

    def likely(
        self, actor: Actor, person: Person, *, limit: int = MOST_SHOWN
    ) -> tuple[Candidate, ...]:
        """Return who may be this person, likeliest first.

        Nobody is shown whom somebody told apart from the patient ``person.id``.
        """
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return _candidates(work, person, limit)

    def likely_of(
        self, actor: Actor, patient_id: str, *, limit: int = MOST_SHOWN
    ) -> tuple[Candidate, ...]:
        """Return who may be the same person as a stored patient, likeliest first."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            return _candidates(work, _stored(work, work.records(Patient).get(patient_id)), limit)

    def mark_different(self, actor: Actor, one_id: str, other_id: str) -> None:
        """Keep that two patients are two people: they are not shown to be alike again."""
        require(actor, Action.EDIT_INTAKE)
        with self._office.work() as work:
            if other_id in _told_apart(work, one_id):
                return
            for mine, theirs in ((one_id, other_id), (other_id, one_id)):
                kept = work.records(DifferentPeople).add(
                    DifferentPeople(id=self._office.ids.new(), patient_id=mine, other_id=theirs)
                )
                work.note(self._office.entry(actor, Deed.CREATED, kept, patient_id=mine))
            work.commit()

    def report(
        self,
        actor: Actor,
        *,
        progress: Callable[[int], object] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Pair, ...]:
        """Return the pairs of the whole database who may be one person, likeliest first.

        ``progress`` gets 0 to 100. When ``cancelled`` says so, what was found up to then is
        returned. Others can save meanwhile.
        """
        require(actor, Action.VIEW_PATIENT)
        pairs = _Best(MOST_PAIRS)
        with self._office.look() as work:
            patients = work.records(Patient).count()
        household = self._household(cancelled)
        done, last = 0, ""
        progress(0)
        while not cancelled():
            with self._office.look() as work:
                chunk = work.records(Patient).after(last, _AT_A_TIME)
                for patient in chunk:
                    for other in _others_of(work, patient, household):
                        pairs.offer(patient.id, other)
            if not chunk:
                break
            last = chunk[-1].id
            done += len(chunk)
            progress(min(99, 100 * done // max(patients, done)))
        lines = self._lines(pairs.in_order())
        progress(100)
        return lines

    def _household(self, cancelled: Callable[[], bool]) -> float:
        """Return what an address in common says here, learnt from those who were added first."""
        from intake_app.domain.matching_households import household_bits
        from intake_app.domain.matching_traits import traits_of

        people: list[Traits] = []
        last = ""
        while len(people) < _LEARNT_FROM and not cancelled():
            with self._office.look() as work:
                chunk = work.records(Patient).after(last, _AT_A_TIME)
            if not chunk:
                break
            last = chunk[-1].id
            people += [traits_of(Person.of(each)) for each in chunk if not each.merged_into]
        return household_bits(people)

    def _lines(self, pairs: Iterable[_Line]) -> tuple[Pair, ...]:
        with self._office.look() as work:
            return tuple(
                Pair(_found(work, one), _found(work, other), likeness)
                for _, one, other, likeness in pairs
            )


def person_from(values: Mapping[str, FieldValue], locality: Locality) -> Person:
    """Return who is being typed; a part that cannot be read is left out."""
    known = {field.key: field for field in fields_of(Patient) if field.key in _COMPARED}
    read_values: dict[str, FieldValue] = {}
    for key in known.keys() & values.keys():
        try:
            value = read(known[key], values[key], locality)
        except UnreadableError:
            continue
        if value is not None:
            read_values[key] = value
    patient = Patient(id="", **({"family_name": ""} | read_values))  # type: ignore[arg-type] # its own fields, read
    return Person.of(patient)


def _stored(work: UnitOfWork, patient: Patient) -> Person:
    return Person.of(patient, work.records(Identifier).owned_by(patient.id))


def _told_apart(work: UnitOfWork, patient_id: str) -> set[str]:
    rows = work.records(DifferentPeople).owned_by(patient_id) if patient_id else ()
    return {row.other_id for row in rows}


def _alike(
    work: UnitOfWork, person: Person, limit: int, *, household: float = HOUSEHOLD
) -> list[Likeness]:
    apart = _told_apart(work, person.id)
    likely = work.likely(person, limit=limit + len(apart), household=household)
    return [each for each in likely if each.patient_id not in apart][:limit]


def _candidates(work: UnitOfWork, person: Person, limit: int) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(_found(work, likeness.patient_id), likeness)
        for likeness in _alike(work, person, limit)
    )


def _others_of(work: UnitOfWork, patient: Patient, household: float) -> list[Likeness]:
    if patient.merged_into:
        return []
    return _alike(work, _stored(work, patient), MOST_SHOWN, household=household)


_Line = tuple[float, str, str, Likeness]
"""Weight of a pair, both ids, the likeness of the first to the second."""


class _Best:
    """The likeliest pairs out of many, each once; never more in memory than are asked for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[_Line] = []
        self._held: set[tuple[str, str]] = set()

    def offer(self, patient_id: str, likeness: Likeness) -> None:
        """Keep a pair unless it is known, or less likely than all that are kept."""
        one, other = sorted((patient_id, likeness.patient_id))
        if (one, other) in self._held:
            return
        line = (likeness.weight, one, other, likeness)
        if len(self._heap) < self._most:
            heappush(self._heap, line)
        elif line[0] > self._heap[0][0]:
            _, *gone, _ = heapreplace(self._heap, line)
            self._held.remove((gone[0], gone[1]))
        else:
            return
        self._held.add((one, other))

    def in_order(self) -> list[_Line]:
        """Return the pairs, likeliest first."""
        return sorted(self._heap, key=lambda line: (-line[0], line[1], line[2]))


def _found(work: UnitOfWork, patient_id: str) -> Found:
    patient = work.records(Patient).get(patient_id)
    days = [visit.day for visit in work.records(Visit).owned_by(patient_id) if visit.day]
    return Found(
        patient_id=patient_id,
        name=patient.list_name,
        birth_date=patient.birth_date,
        record_number=patient.record_number,
        phone=patient.mobile_phone or patient.home_phone,
        last_visit=max(days, default=None),
    )
