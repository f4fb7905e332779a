"""The search box: reads what was typed, keeps the index beside the patients, finds and ranks.

Everything about searching is in this module and ``names``: a better search replaces them alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.clinic import CLINIC_ID, HABITS, Country
from intake_app.domain.names import digits_of, fold, joined, typed_words, words_of
from intake_app.domain.patients import Patient
from intake_app.domain.ports import Found
from intake_app.domain.reading import Locality, UnreadableError, clean_text, read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from intake_app.storage.session import Session

MOST_TYPED = 200
"""Characters of the search box that count."""
FEWEST_DIGITS = 3
_MOST_PHONE_LIKE_DATE = 8
_ISO_DAY = 10
_MOST_RANKED = 200
"""Matches that are ranked against each other; reception never reads more than a screenful."""
_LAST = "\U0010ffff"

EXACT, OTHER_DAY, BEGINS, INSIDE = 4, 3, 2, 1
"""How well one part of what was typed fits."""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of what was typed, and everything it may mean; one meaning that fits is enough."""

    starts: tuple[str, ...] = ()
    """Beginnings of a name."""
    born: tuple[str, ...] = ()
    """Beginnings of a birth date in ISO form, the clinic's own way of reading it first."""
    number: str = ""
    """Beginning of the record number."""
    digits: tuple[str, ...] = ()
    """Digits anywhere in a phone number or in the record number."""

    def fits(self, entry: IndexEntry) -> int:
        """Return how well this part fits a patient; 0 when it does not."""
        return max(
            _beginning(self.starts, entry.words.split(" ")),
            self._born(entry.birth_date),
            _beginning((self.number,) if self.number else (), (entry.record_number,)),
            INSIDE if any(self._inside(run, entry) for run in self.digits) else 0,
        )

    def _born(self, birth_date: str) -> int:
        fit = _beginning(self.born, (birth_date,))
        return OTHER_DAY if fit == EXACT and birth_date != self.born[0] else fit

    @staticmethod
    def _inside(run: str, entry: IndexEntry) -> bool:
        return run in entry.phones or run in entry.record_number


def _beginning(starts: Iterable[str], words: Iterable[str]) -> int:
    best = 0
    for start in starts:
        for word in words:
            if word == start:
                return EXACT
            if word.startswith(start):
                best = BEGINS
    return best


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the index holds about one patient."""

    patient_id: str
    words: str
    """Folded words of all names, sorted, with a space between them."""
    sort_name: str
    birth_date: str
    record_number: str
    phones: str
    """The digits of each phone, with a space between the phones."""

    @classmethod
    def of(cls, patient: Patient) -> IndexEntry:
        """Return what the index should hold about ``patient``."""
        names = (
            patient.family_name,
            patient.given_name,
            patient.middle_name,
            patient.preferred_name,
        )
        phones = (digits_of(phone) for phone in (patient.mobile_phone, patient.home_phone))
        return cls(
            patient.id,
            " ".join(words_of(*names)),
            fold(patient.list_name),
            patient.birth_date.isoformat() if patient.birth_date else "",
            fold(joined(patient.record_number)),
            " ".join(run for run in phones if run),
        )


# --- reading what was typed ---------------------------------------------------------------


def read_query(typed: str, *, date_order: str, today: date) -> tuple[Term, ...]:
    """Return the parts of what was typed; a patient must fit each of them."""
    text = clean_text(typed)[:MOST_TYPED]
    tokens = text.replace(",", " ").split()
    locality = Locality(today=today, date_order=date_order)
    terms: list[Term] = []
    digits = digits_of(text)
    if not (_phone_like(text) and len(digits) > _MOST_PHONE_LIKE_DATE):
        tokens, terms = _take_date(tokens, locality)
    for run in _joined_runs(tokens):
        terms.extend(_terms_of(run))
    return tuple(terms)


_PHONE_LIKE = re.compile(r"\+?[\d\s().\-/]+")
_BIRTH_PART = re.compile(r"(?:18|19|20)\d\d(?:-\d{0,2}){0,2}")


def _phone_like(text: str) -> bool:
    return bool(_PHONE_LIKE.fullmatch(text))


def _take_date(tokens: list[str], locality: Locality) -> tuple[list[str], list[Term]]:
    """Return the tokens without the first date among them, and that date as a term."""
    for length in (3, 2, 1):
        for start in range(len(tokens) - length + 1):
            chunk = " ".join(tokens[start : start + length])
            days = _days(chunk, locality)
            if days:
                # Six digits may be a date, or the middle of a phone number.
                digits = _digit_runs(chunk) if chunk.isdecimal() else ()
                rest = tokens[:start] + tokens[start + length :]
                return rest, [Term(born=days, digits=digits)]
    return tokens, []


def _days(chunk: str, locality: Locality) -> tuple[str, ...]:
    """Return the birth dates that ``chunk`` may name, read the clinic's way first."""
    if not chunk[0].isalnum() or len(digits_of(chunk)) < FEWEST_DIGITS:
        return ()
    other = "dmy" if locality.date_order == "mdy" else "mdy"
    days: dict[str, None] = {}
    for order in (locality.date_order, other):
        try:
            day = read_date(chunk, replace(locality, date_order=order), past=True)
        except UnreadableError:
            continue
        days[day.isoformat()] = None
    return tuple(days)


def _joined_runs(tokens: list[str]) -> Iterator[str]:
    """Yield the tokens, those of one phone number joined: "555 01 00" is one run of digits."""
    run: list[str] = []
    for token in tokens:
        if _phone_like(token) and not _BIRTH_PART.fullmatch(token):
            run.append(token)
            continue
        if run:
            yield "".join(run)
            run = []
        yield token
    if run:
        yield "".join(run)


def _terms_of(token: str) -> list[Term]:
    number = fold(joined(token))
    if not number:
        return []
    if _phone_like(token):
        born = (token.rstrip("-"),) if _BIRTH_PART.fullmatch(token) else ()
        return [Term(born=born, number=number, digits=_digit_runs(token))]
    if any(char.isdecimal() for char in number):
        return [Term(starts=(number,), number=number)]
    return [Term(starts=spelt) for spelt in typed_words(token)]


def _digit_runs(token: str) -> tuple[str, ...]:
    """Return the digits to look for: as typed, and without the zeros a country code replaces."""
    digits = digits_of(token)
    runs = dict.fromkeys((digits, digits.lstrip("0")))
    return tuple(run for run in runs if len(run) >= FEWEST_DIGITS)


def match(terms: tuple[Term, ...], entry: IndexEntry) -> int:
    """Return how well a patient fits all that was typed; 0 when a part does not fit."""
    total = 0
    for term in terms:
        fit = term.fits(entry)
        if not fit:
            return 0
        total += fit
    return total


def in_rank(matches: Iterable[tuple[int, IndexEntry]], limit: int) -> tuple[IndexEntry, ...]:
    """Return the best ``limit`` matches: whole words before beginnings, then by name."""
    ranked = sorted(matches, key=lambda each: (-each[0], each[1].sort_name, each[1].patient_id))
    return tuple(entry for _, entry in ranked[:limit])


# --- the index in the database ------------------------------------------------------------

_READ = """
    SELECT patient_id, words, sort_name, birth_date, record_number, phones
    FROM patient_index WHERE patient_id = :patient_id"""
_WRITE = """
    INSERT INTO patient_index (patient_id, words, sort_name, birth_date, record_number, phones)
    VALUES (:patient_id, :words, :sort_name, :birth_date, :record_number, :phones)
    ON CONFLICT (patient_id) DO UPDATE SET
        words = excluded.words, sort_name = excluded.sort_name,
        birth_date = excluded.birth_date, record_number = excluded.record_number,
        phones = excluded.phones"""
_FORGET_WORDS = "DELETE FROM patient_word WHERE patient_id = :patient_id"
_WRITE_WORD = "INSERT INTO patient_word (word, patient_id) VALUES (:word, :patient_id)"
_BY_WORD = """
    SELECT i.patient_id, i.words, i.sort_name, i.birth_date, i.record_number, i.phones
    FROM patient_word AS w JOIN patient_index AS i ON i.patient_id = w.patient_id
    WHERE w.word >= :low AND w.word < :high ORDER BY w.word"""
_BY_BIRTH_DATE = """
    SELECT patient_id, words, sort_name, birth_date, record_number, phones
    FROM patient_index WHERE birth_date >= :low AND birth_date < :high"""
_BY_NUMBER = """
    SELECT patient_id, words, sort_name, birth_date, record_number, phones
    FROM patient_index WHERE record_number >= :low AND record_number < :high
    ORDER BY record_number"""
_BY_DIGITS = """
    SELECT patient_id, words, sort_name, birth_date, record_number, phones
    FROM patient_index
    WHERE instr(phones, :digits) > 0 OR instr(record_number, :digits) > 0"""
_FOUND = """
    SELECT p.id, p.family_name, p.given_name, p.middle_name, p.birth_date, p.record_number,
        p.mobile_phone, p.home_phone, (SELECT max(v.day) FROM visit AS v WHERE v.patient_id = p.id)
    FROM patient AS p WHERE p.id = :patient_id"""
_COUNTRY = "SELECT country FROM clinic WHERE id = :id"


def keep_index(session: Session, patient: Patient) -> None:
    """Bring the index up to date with a patient who was just saved; writes only what changed."""
    entry = IndexEntry.of(patient)
    kept = session.one(_READ, {"patient_id": patient.id})
    before = IndexEntry(*kept) if kept else None
    if entry == before:
        return
    session.execute(
        _WRITE,
        {
            "patient_id": entry.patient_id,
            "words": entry.words,
            "sort_name": entry.sort_name,
            "birth_date": entry.birth_date,
            "record_number": entry.record_number,
            "phones": entry.phones,
        },
    )
    if before is not None and before.words == entry.words:
        return
    session.execute(_FORGET_WORDS, {"patient_id": patient.id})
    for word in entry.words.split(" "):
        session.execute(_WRITE_WORD, {"word": word, "patient_id": patient.id})


def search(session: Session, typed: str, *, limit: int, today: date) -> tuple[Found, ...]:
    """Return the patients who fit what was typed, best first."""
    terms = read_query(typed, date_order=_date_order(session), today=today)
    if not terms:
        return ()
    matches: dict[str, tuple[int, IndexEntry]] = {}
    for entry in _candidates(session, min(terms, key=_cost)):
        fit = match(terms, entry)
        if fit:
            matches[entry.patient_id] = fit, entry
            if len(matches) >= _MOST_RANKED:
                break
    ranked = in_rank(matches.values(), limit)
    return tuple(
        found for entry in ranked if (found := found_patient(session, entry.patient_id)) is not None
    )


def _date_order(session: Session) -> str:
    row = session.one(_COUNTRY, {"id": CLINIC_ID})
    country = row[0] if row else Country.US
    return next((habits.date_order for each, habits in HABITS.items() if each == country), "mdy")


def _cost(term: Term) -> int:
    """Return a rank of how many rows a term reads: whole dates, then long words, scans last."""
    if term.digits:
        return 1000
    if term.born:
        return -min(len(start) for start in term.born)
    return -min((len(start) for start in term.starts), default=0)


def _candidates(session: Session, term: Term) -> Iterator[IndexEntry]:
    """Yield every patient whom one part may mean, from the shortest way to them."""
    ways = [(_BY_BIRTH_DATE, start) for start in term.born]
    ways += [(_BY_NUMBER, term.number)] if term.number else []
    ways += [(_BY_WORD, start) for start in term.starts]
    for sql, low in ways:
        for row in session.each(sql, {"low": low, "high": low + _LAST}):
            yield IndexEntry(*row)
    for run in term.digits:
        for row in session.each(_BY_DIGITS, {"digits": run}):
            yield IndexEntry(*row)


def found_patient(session: Session, patient_id: str) -> Found | None:
    """Return one line of a result list, or ``None`` when there is no such patient."""
    row = session.one(_FOUND, {"patient_id": patient_id})
    if row is None:
        return None
    patient_id, family, given, middle, born, number, mobile, home, last_visit = row
    patient = Patient(id=patient_id, family_name=family, given_name=given, middle_name=middle)
    return Found(
        patient_id=patient_id,
        name=patient.list_name,
        birth_date=date.fromisoformat(born) if born else None,
        record_number=number,
        phone=mobile or home,
        last_visit=date.fromisoformat(last_visit) if last_visit else None,
    )
