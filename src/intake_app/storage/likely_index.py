"""Keeps what is compared of each patient, and the keys under which likely doubles are found."""

from __future__ import annotations

import itertools
from array import array
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.errors import NotADatabaseError
from intake_app.domain.matching import Person
from intake_app.domain.matching_keys import KEY_BITS, KEYS_VERSION, key_changes, keys_of
from intake_app.domain.matching_traits import Traits, traits_of
from intake_app.domain.patients import Identifier, Patient, Sex
from intake_app.storage.dialect import layout_of
from intake_app.storage.up_to_date import Derived

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from intake_app.storage.session import Row, Session

_BATCH = 5000
_PART_BITS = 6
_PART_SHIFT = KEY_BITS - _PART_BITS
_BETWEEN = "\x1f"

_KEPT = """
    SELECT p.sequence, k.family, k.given, k.others, k.born, k.sex, k.phones, k.address, k.city,
        k.postcode, k.number, k.identifiers
    FROM patient AS p LEFT JOIN likeness AS k ON k.person = p.sequence WHERE p.id = :id"""
_WRITE = """
    INSERT INTO likeness (
        person, patient_id, family, given, others, born, sex, phones, address, city, postcode,
        number, identifiers)
    VALUES (
        :person, :patient_id, :family, :given, :others, :born, :sex, :phones, :address, :city,
        :postcode, :number, :identifiers)
    ON CONFLICT (person) DO UPDATE SET
        family = excluded.family, given = excluded.given, others = excluded.others,
        born = excluded.born, sex = excluded.sex, phones = excluded.phones,
        address = excluded.address, city = excluded.city, postcode = excluded.postcode,
        number = excluded.number, identifiers = excluded.identifiers"""
_FORGET = "DELETE FROM likeness WHERE person = :person"
_WRITE_KEY = "INSERT INTO likeness_key (key, person) VALUES (:key, :person)"
_FORGET_KEY = "DELETE FROM likeness_key WHERE key = :key AND person = :person"
_IDENTIFIERS = "SELECT system, value FROM identifier WHERE patient_id = :id ORDER BY sequence"

_EMPTY = ("DELETE FROM likeness", "DELETE FROM likeness_key")

_PATIENTS = """
    SELECT sequence, id, family_name, given_name, middle_name, former_name, preferred_name,
        birth_date, sex, mobile_phone, home_phone, address_line_1, address_line_2, city, postcode,
        record_number
    FROM patient WHERE sequence > :after AND merged_into = '' ORDER BY sequence LIMIT :limit"""
_ALL_IDENTIFIERS = """
    SELECT p.sequence, i.system, i.value
    FROM patient AS p CROSS JOIN identifier AS i ON i.patient_id = p.id
    WHERE p.sequence BETWEEN :first AND :last ORDER BY p.sequence, i.sequence"""


def keep_keys(session: Session, patient: Patient, *, numbers_changed: bool = False) -> None:
    """Bring what is compared up to date with a patient who was just saved; writes what changed.

    The numbers of other systems are read again only if they changed. A record that was merged
    into another one is never a candidate.
    """
    row = session.one(_KEPT, {"id": patient.id})
    if row is None:
        return
    person, *kept = row
    before = None if kept[0] is None else traits_in(kept)
    if patient.merged_into:
        after = None
    elif before is None or numbers_changed:
        after = traits_of(_person(session, patient))
    else:
        after = replace(traits_of(Person.of(patient)), identifiers=before.identifiers)
    if before == after:
        return
    if after is None:
        session.execute(_FORGET, {"person": person})
    else:
        session.execute(_WRITE, _row(person, patient.id, after))
    gone, new = key_changes(before, after)
    session.many(_FORGET_KEY, [{"key": key, "person": person} for key in sorted(gone)])
    session.many(_WRITE_KEY, [{"key": key, "person": person} for key in sorted(new)])


def keep_keys_of(session: Session, patient_id: str) -> None:
    """Bring what is compared up to date after a number of a patient changed."""
    layout = layout_of(Patient)
    row = session.one(layout.statements.find, {"id": patient_id})
    if row is not None:
        keep_keys(session, layout.record(row), numbers_changed=True)


def traits_in(row: Sequence[str]) -> Traits:
    """Return what is compared of one person from the columns of its row."""
    family, given, others, born, sex, phones, address, city, postcode, number, identifiers = row
    return Traits(
        tuple(family.split()),
        tuple(given.split()),
        tuple(others.split()) if others else (),
        born,
        sex,
        tuple(phones.split()),
        tuple(address.split()) if address else (),
        city,
        postcode,
        number,
        tuple(identifiers.split(_BETWEEN)) if identifiers else (),
    )


def derived() -> Derived:
    """Return what this is, for whoever keeps it up to date."""
    return Derived("likeness", KEYS_VERSION, rebuild_keys)


def rebuild_keys(session: Session) -> None:
    """Make everything anew from the patients, few of them in memory at a time.

    The keys wait for each other in memory, twelve bytes each: written in order they need a small
    part of the time.
    """
    for statement in _EMPTY:
        session.execute(statement, {})
    keys = _SortedKeys()
    last = 0
    while rows := session.all(_PATIENTS, {"after": last, "limit": _BATCH}):
        numbers = _numbers_of(session, rows[0][0], rows[-1][0])
        people = [(row[0], row[1], traits_of(_read(row, numbers))) for row in rows]
        session.many(_WRITE, itertools.starmap(_row, people))
        for person, _, traits in people:
            keys.add(person, keys_of(traits))
        last = rows[-1][0]
    for some in keys.in_order():
        session.many(_WRITE_KEY, [{"key": key, "person": person} for key, person in some])


class _SortedKeys:
    """Many keys and whose they are, in little memory; parted by their first bits."""

    def __init__(self) -> None:
        self._parts = [(array("Q"), array("I")) for _ in range(1 << _PART_BITS)]

    def add(self, person: int, keys: Iterable[int]) -> None:
        """Keep the keys of a person."""
        for key in keys:
            held, people = self._parts[key >> _PART_SHIFT]
            held.append(key)
            people.append(person)

    def in_order(self) -> Iterator[list[tuple[int, int]]]:
        """Yield keys with their people, part by part, lowest first."""
        for held, people in self._parts:
            yield sorted(zip(held, people, strict=True))


def _numbers_of(session: Session, first: int, last: int) -> dict[int, list[tuple[str, str]]]:
    """Return the identifiers of the patients from one row to another."""
    found: dict[int, list[tuple[str, str]]] = {}
    for sequence, system, value in session.all(_ALL_IDENTIFIERS, {"first": first, "last": last}):
        found.setdefault(sequence, []).append((system, value))
    return found


def _read(row: Row, numbers: Mapping[int, Iterable[tuple[str, str]]]) -> Person:
    """Return what is compared of a stored patient, without reading the rest of the record.

    Raises:
        NotADatabaseError: the row holds what no program of ours wrote there.
    """
    sequence, patient_id, *names, born, sex, mobile, home, one, two, city, postcode, number = row
    family, given, middle, former, preferred = names
    try:
        birth_date, known_sex = (
            date.fromisoformat(born) if born else None,
            Sex(sex) if sex else None,
        )
    except ValueError:
        # Without the cause: its text would show what stands in the row.
        raise NotADatabaseError(f"patient {patient_id}") from None
    return Person(
        id=patient_id,
        family_name=family,
        given_name=given,
        middle_name=middle,
        former_name=former,
        preferred_name=preferred,
        birth_date=birth_date,
        sex=known_sex,
        phones=tuple(phone for phone in (mobile, home) if phone),
        address=" ".join(part for part in (one, two) if part),
        city=city,
        postcode=postcode,
        record_number=number,
        identifiers=tuple(numbers.get(sequence, ())),
    )


def _person(session: Session, patient: Patient) -> Person:
    rows = session.all(_IDENTIFIERS, {"id": patient.id})
    numbers = [Identifier(id="", patient_id=patient.id, system=s, value=v) for s, v in rows]
    return Person.of(patient, numbers)


def _row(person: int, patient_id: str, traits: Traits) -> dict[str, object]:
    return {
        "person": person,
        "patient_id": patient_id,
        "family": " ".join(traits.family),
        "given": " ".join(traits.given),
        "others": " ".join(traits.others),
        "born": traits.born,
        "sex": traits.sex,
        "phones": " ".join(traits.phones),
        "address": " ".join(traits.address),
        "city": traits.city,
        "postcode": traits.postcode,
        "number": traits.number,
        "identifiers": _BETWEEN.join(traits.identifiers),
    }
