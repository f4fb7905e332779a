"""Keeps the index of the search box beside the patients, and makes it anew when it must be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING

from intake_app.domain.patients import Patient
from intake_app.domain.sound import sound_codes
from intake_app.storage.search_entry import IndexEntry, vocabulary_of
from intake_app.storage.up_to_date import Derived

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.storage.session import Row, Session

INDEX_VERSION = 1
"""Counted on whenever what the index holds of a patient changes; the index is then made anew."""

PART_LENGTHS = (4, 5, 6, 7)
"""Beginnings of a word with which misspelt ones are compared."""
TWO_ERRORS_FROM = 7
_BATCH = 5000
_PATIENT = """
    patient.id, family_name, given_name, middle_name, preferred_name, former_name, birth_date,
    record_number, mobile_phone, home_phone, merged_into"""

_SEQUENCE = "SELECT sequence FROM patient WHERE id = :id"
_READ = """
    SELECT sequence, patient_id, words, sort_name, birth_date, record_number, phones
    FROM patient_index WHERE sequence = :sequence"""
_WRITE = """
    INSERT INTO patient_index (
        sequence, patient_id, words, sort_name, birth_date, birth_day, record_number, phones)
    VALUES (
        :sequence, :patient_id, :words, :sort_name, :birth_date, :birth_day, :record_number,
        :phones)"""
_FORGET = "DELETE FROM patient_index WHERE sequence = :sequence"
_WRITE_WORDS = "INSERT INTO patient_words (rowid, words) VALUES (:sequence, :text)"
_FORGET_WORDS = """
    INSERT INTO patient_words (patient_words, rowid, words) VALUES ('delete', :sequence, :text)"""
_WRITE_DIGITS = "INSERT INTO patient_digits (rowid, digits) VALUES (:sequence, :text)"
_FORGET_DIGITS = """
    INSERT INTO patient_digits (patient_digits, rowid, digits)
    VALUES ('delete', :sequence, :text)"""

_COUNT_WORD = """
    INSERT INTO name_word (word, patients) VALUES (:word, :by)
    ON CONFLICT (word) DO UPDATE SET patients = patients + excluded.patients"""
_COUNTED = "SELECT patients FROM name_word WHERE word = :word"
_FORGET_WORD = "DELETE FROM name_word WHERE word = :word"
_WRITE_SOUND = "INSERT INTO name_sound (code, word) VALUES (:code, :word)"
_FORGET_SOUND = "DELETE FROM name_sound WHERE code = :code AND word = :word"
_KNOWN_PART = "SELECT 1 FROM name_near WHERE remains = :part AND part = :part"
_PART_IN_USE = "SELECT 1 FROM name_word WHERE word >= :part AND word < :part || char(1114111)"
_WRITE_NEAR = "INSERT INTO name_near (remains, part) VALUES (:remains, :part)"
_FORGET_NEAR = "DELETE FROM name_near WHERE remains = :remains AND part = :part"

_ABSORBED = f"""
    WITH RECURSIVE gone (id) AS (
        SELECT id FROM patient WHERE merged_into = :id AND merged_into <> ''
        UNION SELECT p.id FROM patient AS p JOIN gone ON p.merged_into = gone.id
        WHERE p.merged_into <> '')
    SELECT {_PATIENT} FROM gone CROSS JOIN patient ON patient.id = gone.id ORDER BY sequence"""  # noqa: S608 - our own columns
_ONE_PATIENT = f"SELECT {_PATIENT} FROM patient WHERE id = :id"  # noqa: S608 - our own columns
_SOME_PATIENTS = f"""
    SELECT {_PATIENT} FROM json_each(:ids) AS j CROSS JOIN patient ON patient.id = j.value"""  # noqa: S608 - our own columns
_PATIENTS = f"""
    SELECT sequence, {_PATIENT} FROM patient
    WHERE sequence > :after AND merged_into = '' ORDER BY sequence LIMIT :limit"""  # noqa: S608 - our own columns
_SURVIVORS = "SELECT DISTINCT merged_into FROM patient WHERE merged_into <> ''"
_MERGED = "SELECT merged_into FROM patient WHERE id = :id"

_TEXTS: tuple[tuple[str, str, Callable[[IndexEntry], str]], ...] = (
    (_FORGET_WORDS, _WRITE_WORDS, attrgetter("searched_words")),
    (_FORGET_DIGITS, _WRITE_DIGITS, attrgetter("searched_digits")),
)

_EMPTY = (
    "DELETE FROM patient_index",
    "INSERT INTO patient_words (patient_words) VALUES ('delete-all')",
    "INSERT INTO patient_digits (patient_digits) VALUES ('delete-all')",
    "DELETE FROM name_word",
    "DELETE FROM name_sound",
    "DELETE FROM name_near",
)
_TIDY = (
    "INSERT INTO patient_words (patient_words) VALUES ('optimize')",
    "INSERT INTO patient_digits (patient_digits) VALUES ('optimize')",
)

WORD_COUNTS = """
    SELECT w.word, w.patients FROM json_each(:words) AS j CROSS JOIN name_word AS w
    ON w.word = j.value"""
"""How many patients have each of some words, as a list in JSON, in a name."""
_PATIENT_COUNT = "SELECT coalesce(max(sequence), 0) FROM patient"


# --- what others may ask ------------------------------------------------------------------


def token_counts(session: Session, words: Iterable[str]) -> dict[str, int]:
    """Return how many patients have each of these folded words in a name; 0 for none."""
    wanted = dict.fromkeys(words, 0)
    rows = session.all(WORD_COUNTS, {"words": json.dumps(list(wanted))})
    return wanted | dict(rows)


def patient_count(session: Session) -> int:
    """Return about how many patients there are: those who were ever added."""
    row = session.one(_PATIENT_COUNT, {})
    return int(row[0]) if row else 0


def read_patients(session: Session, patient_ids: Iterable[str]) -> dict[str, Patient]:
    """Return what is searched of some patients, by id."""
    rows = session.all(_SOME_PATIENTS, {"ids": json.dumps(list(patient_ids))})
    return {row[0]: _patient(row) for row in rows}


def absorbed_by(session: Session, patient_id: str) -> list[Patient]:
    """Return what is searched of the records that were merged into a patient's, over all steps."""
    return [_patient(row) for row in session.all(_ABSORBED, {"id": patient_id})]


# --- one patient --------------------------------------------------------------------------


def merged_into(session: Session, patient_id: str) -> str:
    """Return with whom a patient's record was merged; '' for a record of its own."""
    row = session.one(_MERGED, {"id": patient_id})
    return str(row[0]) if row else ""


def keep_index(session: Session, patient: Patient, *, was_merged_into: str = "") -> None:
    """Bring the index up to date with a patient who was just saved; writes only what changed.

    A record that was merged into another is not found any more; the other is found by its names
    and numbers too. ``was_merged_into`` says what stood there before this save.
    """
    if patient.merged_into:
        forget(session, sequence_of(session, patient.id))
    else:
        _keep(session, patient)
    for survivor in {patient.merged_into, was_merged_into}:
        keep_survivor(session, survivor)


def keep_survivor(session: Session, patient_id: str) -> None:
    """Bring the index up to date with the patient whom a merged record leads to; '' for nobody."""
    seen: set[str] = set()
    while patient_id and patient_id not in seen:
        seen.add(patient_id)
        row = session.one(_ONE_PATIENT, {"id": patient_id})
        if row is None:
            return
        patient = _patient(row)
        if not patient.merged_into:
            _keep(session, patient)
        patient_id = patient.merged_into


def _keep(session: Session, patient: Patient) -> None:
    sequence = sequence_of(session, patient.id)
    _replace(session, IndexEntry.of(sequence, patient, absorbed_by(session, patient.id)))


def sequence_of(session: Session, patient_id: str) -> int:
    """Return the number of a patient's row; 0 when there is none."""
    row = session.one(_SEQUENCE, {"id": patient_id})
    return int(row[0]) if row else 0


def forget(session: Session, sequence: int) -> None:
    """Take a patient out of the index; nothing happens to one who is not in it."""
    before = _kept(session, sequence)
    if before is None:
        return
    session.execute(_FORGET, {"sequence": before.sequence})
    session.execute(_FORGET_WORDS, _text(before, before.searched_words))
    session.execute(_FORGET_DIGITS, _text(before, before.searched_digits))
    gone: Counter[str] = Counter()
    gone.subtract(vocabulary_of(before))
    _count(session, gone)


def _replace(session: Session, entry: IndexEntry) -> None:
    before = _kept(session, entry.sequence)
    if entry == before:
        return
    changes = Counter(vocabulary_of(entry))
    if before is not None:
        changes.subtract(vocabulary_of(before))
        session.execute(_FORGET, {"sequence": before.sequence})
    session.execute(_WRITE, _row(entry))
    for forget_text, write_text, text_of in _TEXTS:
        old = text_of(before) if before is not None else None
        new = text_of(entry)
        if old == new:
            continue
        if old is not None:
            session.execute(forget_text, _text(entry, old))
        session.execute(write_text, _text(entry, new))
    _count(session, changes)


def _kept(session: Session, sequence: int) -> IndexEntry | None:
    row = session.one(_READ, {"sequence": sequence})
    return IndexEntry(*row) if row else None


def _text(entry: IndexEntry, text: str) -> dict[str, object]:
    return {"sequence": entry.sequence, "text": text}


def _row(entry: IndexEntry) -> dict[str, object]:
    return {
        "sequence": entry.sequence,
        "patient_id": entry.patient_id,
        "words": entry.words,
        "sort_name": entry.sort_name,
        "birth_date": entry.birth_date,
        "birth_day": entry.birth_day,
        "record_number": entry.record_number,
        "phones": entry.phones,
    }


def _patient(row: Row) -> Patient:
    patient_id, family, given, middle, preferred, former, born, number, mobile, home, into = row
    return Patient(
        id=patient_id,
        family_name=family,
        given_name=given,
        middle_name=middle,
        preferred_name=preferred,
        former_name=former,
        birth_date=date.fromisoformat(born) if born else None,
        record_number=number,
        mobile_phone=mobile,
        home_phone=home,
        merged_into=into,
    )


# --- the words misspelt ones are compared with --------------------------------------------


def _count(session: Session, changes: Counter[str]) -> None:
    """Count patients by word; a word that comes up or goes out changes the comparison too."""
    for word, by in sorted(changes.items()):
        if not by:
            continue
        row = session.one(_COUNTED, {"word": word})
        before = int(row[0]) if row else 0
        if before + by > 0:
            session.execute(_COUNT_WORD, {"word": word, "by": by})
        else:
            session.execute(_FORGET_WORD, {"word": word})
        if not before:
            _learn(session, word)
        elif before + by <= 0:
            _unlearn(session, word)


def _learn(session: Session, word: str) -> None:
    session.many(_WRITE_SOUND, _sounds(word))
    for part in parts_of(word):
        if session.one(_KNOWN_PART, {"part": part}) is None:
            session.many(_WRITE_NEAR, _nears(part))


def _unlearn(session: Session, word: str) -> None:
    session.many(_FORGET_SOUND, _sounds(word))
    for part in parts_of(word):
        if session.one(_PART_IN_USE, {"part": part}) is None:
            session.many(_FORGET_NEAR, _nears(part))


def _sounds(word: str) -> list[dict[str, object]]:
    return [{"code": code, "word": word} for code in sound_codes(word)]


def _nears(part: str) -> list[dict[str, object]]:
    errors = 2 if len(part) >= TWO_ERRORS_FROM else 1
    return [{"remains": rest, "part": part} for rest in sorted(remains(part, errors))]


def parts_of(word: str) -> tuple[str, ...]:
    """Return the beginnings of a word that are compared with misspelt ones."""
    return tuple(word[:length] for length in PART_LENGTHS if length <= len(word))


def remains(part: str, errors: int) -> set[str]:
    """Return what is left of ``part`` when up to so many letters are taken out.

    Of two words that differ by that many errors, some remains are the same.
    """
    return {
        "".join(letter for at, letter in enumerate(part) if at not in out)
        for count in range(errors + 1)
        for out in combinations(range(len(part)), count)
    }


# --- everybody ----------------------------------------------------------------------------


def derived() -> Derived:
    """Return what the index is, for whoever keeps it up to date."""
    return Derived("search_index", INDEX_VERSION, rebuild)


def rebuild(session: Session) -> None:
    """Make the whole index anew from the patients, few of them in memory at a time."""
    for statement in _EMPTY:
        session.execute(statement, {})
    survivors = {row[0] for row in session.each(_SURVIVORS, {})}
    counts: Counter[str] = Counter()
    after = 0
    while rows := session.all(_PATIENTS, {"after": after, "limit": _BATCH}):
        entries = [_entry(session, row, survivors) for row in rows]
        session.many(_WRITE, map(_row, entries))
        for _, write_text, text_of in _TEXTS:
            session.many(write_text, [_text(entry, text_of(entry)) for entry in entries])
        for entry in entries:
            counts.update(vocabulary_of(entry))
        after = rows[-1][0]
    _learn_all(session, counts)
    for statement in _TIDY:
        session.execute(statement, {})


def _entry(session: Session, row: Row, survivors: set[str]) -> IndexEntry:
    patient = _patient(row[1:])
    absorbed = absorbed_by(session, patient.id) if patient.id in survivors else ()
    return IndexEntry.of(row[0], patient, absorbed)


def _learn_all(session: Session, counts: Counter[str]) -> None:
    words = sorted(counts)
    session.many(_COUNT_WORD, [{"word": word, "by": counts[word]} for word in words])
    sounds = sorted((code, word) for word in words for code in sound_codes(word))
    session.many(_WRITE_SOUND, [{"code": code, "word": word} for code, word in sounds])
    parts = sorted({part for word in words for part in parts_of(word)})
    nears = sorted((each["remains"], each["part"]) for part in parts for each in _nears(part))
    session.many(_WRITE_NEAR, [{"remains": rest, "part": part} for rest, part in nears])
