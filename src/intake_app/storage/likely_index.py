"""Keeps what is compared of each patient, and the keys under which likely doubles are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.errors import DatabaseReadOnlyError
from intake_app.domain.matching import Person
from intake_app.domain.matching_keys import KEYS_VERSION, key_changes, keys_of
from intake_app.domain.matching_traits import Traits, traits_of
from intake_app.domain.patients import Identifier, Patient
from intake_app.storage.dialect import layout_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intake_app.storage.session import Row, Session

_BATCH = 5000
_BETWEEN = "\x1f"

_SEQUENCE = "SELECT sequence FROM patient WHERE id = :id"
_KEPT = """
    SELECT family, given, others, born, sex, phones, address, city, postcode, number, identifiers
    FROM likeness WHERE person = :person"""
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

_VERSION = "SELECT value FROM counter WHERE name = 'likeness'"
_WRITE_VERSION = """
    INSERT INTO counter (name, value) VALUES ('likeness', :version)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
_EMPTY = ("DELETE FROM likeness", "DELETE FROM likeness_key")
_ANYBODY = "SELECT 1 FROM patient LIMIT 1"
# So many keys are written in no order: most of the table should stay in memory meanwhile.
_MUCH_MEMORY = "PRAGMA cache_size = -262144"
_USUAL_MEMORY = "PRAGMA cache_size = -65536"


def keep_keys(session: Session, patient: Patient) -> None:
    """Bring what is compared up to date with a patient who was just saved; writes what changed.

    A record that was merged into another one is never a candidate.
    """
    row = session.one(_SEQUENCE, {"id": patient.id})
    if row is None:
        return
    (person,) = row
    kept = session.one(_KEPT, {"person": person})
    before = traits_in(kept) if kept else None
    after = None if patient.merged_into else traits_of(_person(session, patient))
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
        keep_keys(session, layout.record(row))


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


def bring_keys_up_to_date(session: Session) -> None:
    """Make everything anew if another version of the program made it, or if there is nothing.

    Two programs that start together are safe: the version is read again once it is their turn.
    """
    session.begin_reading()
    current = _is_current(session)
    session.roll_back()
    if current:
        return
    session.begin()
    try:
        if not _is_current(session):
            rebuild_keys(session)
            session.execute(_WRITE_VERSION, {"version": KEYS_VERSION})
        session.commit()
    except DatabaseReadOnlyError:
        session.roll_back()  # it can be looked at, with what is there
    except BaseException:
        session.roll_back()
        raise


def _is_current(session: Session) -> bool:
    row = session.one(_VERSION, {})
    return row is not None and row[0] == KEYS_VERSION


def rebuild_keys(session: Session) -> None:
    """Make everything anew from the patients, few of them in memory at a time."""
    for statement in _EMPTY:
        session.execute(statement, {})
    if session.one(_ANYBODY, {}) is None:
        return
    session.execute(_MUCH_MEMORY, {})
    try:
        _write_all(session)
    finally:
        session.execute(_USUAL_MEMORY, {})


def _write_all(session: Session) -> None:
    layout = layout_of(Patient)
    last = ""
    while rows := session.all(layout.statements.after, {"id": last, "limit": _BATCH}):
        patients = [layout.record(row) for row in rows]
        last = patients[-1].id
        people: list[dict[str, object]] = []
        keys: list[tuple[int, int]] = []
        for patient in patients:
            if patient.merged_into:
                continue
            (person,) = _sequence(session, patient.id)
            traits = traits_of(_person(session, patient))
            people.append(_row(person, patient.id, traits))
            keys += [(key, person) for key in keys_of(traits)]
        session.many(_WRITE, people)
        session.many(_WRITE_KEY, [{"key": key, "person": person} for key, person in sorted(keys)])


def _sequence(session: Session, patient_id: str) -> Row:
    row = session.one(_SEQUENCE, {"id": patient_id})
    assert row is not None
    return row


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
