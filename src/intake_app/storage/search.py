"""The search box: finds the patients who fit what was typed, and puts the likeliest first.

The plain way comes first: words and numbers that stand so in the index. Only when that gives too
few, nicknames, words that sound alike and misspelt words are looked for, the nearest first.
``search_query`` reads what was typed, ``search_entry`` says what the index holds, ``search_index``
keeps it, ``search_words`` knows near words, ``search_fit`` compares, ``search_marks`` explains.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.countries import Country
from intake_app.domain.ports import Found
from intake_app.storage.search_fit import Judge
from intake_app.storage.search_index import absorbed_by, read_patients
from intake_app.storage.search_marks import explain
from intake_app.storage.search_names import NameSearch
from intake_app.storage.search_numbers import NumberSearch
from intake_app.storage.search_query import read_query
from intake_app.storage.search_rows import Candidate, Pool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.storage.session import Session

_CLINIC = "SELECT country, time_zone FROM clinic WHERE id = :id"
_VISITS = """
    SELECT max(day), max(day = :today AND state <> 'cancelled')
    FROM visit WHERE patient_id = :patient_id"""


def search(session: Session, typed: str, *, limit: int, now: datetime) -> tuple[Found, ...]:
    """Return the patients who fit what was typed, best first."""
    clinic = session.remembered("clinic", lambda: _clinic(session))
    today = now.astimezone(clinic.zone).date()
    terms = read_query(typed, date_order=clinic.date_order, today=today)
    if not terms:
        return ()
    judge = Judge(terms, today)
    pool = Pool(session, judge, day=today.isoformat(), limit=limit)
    if all(term.is_name for term in terms):
        names = NameSearch(session, terms)
        names.plain(pool)
        if not pool.enough:
            names.guess(pool)
    else:
        NumberSearch(session, terms, today).search(pool)
    return tuple(_shown(session, pool.best(), judge))


def _clinic(session: Session) -> Clinic:
    row = session.one(_CLINIC, {"id": CLINIC_ID})
    if row is None:
        return Clinic(id=CLINIC_ID, name="", time_zone="UTC")
    known = [country for country in Country if country.value == row[0]]
    return Clinic(
        id=CLINIC_ID, name="", country=known[0] if known else Country.US, time_zone=row[1]
    )


def _shown(session: Session, best: Iterable[Candidate], judge: Judge) -> Iterable[Found]:
    best = tuple(best)
    patients = read_patients(session, [each.entry.patient_id for each in best])
    for each in best:
        entry = each.entry
        patient = patients[entry.patient_id]
        absorbed = absorbed_by(session, patient.id) if entry.has_absorbed else ()
        explained = explain(judge, entry, patient, absorbed)
        yield Found(
            patient_id=patient.id,
            name=patient.list_name,
            birth_date=patient.birth_date,
            record_number=patient.record_number,
            phone=explained.phone,
            last_visit=_day(each.last_visit),
            visit_today=each.visit_today,
            other_name=explained.other_name,
            matched=explained.matched,
            marks=explained.marks,
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def found_patient(session: Session, patient_id: str, *, now: datetime) -> Found | None:
    """Return one line of a list; ``None`` when there is no such patient, or it was merged."""
    patient = read_patients(session, [patient_id]).get(patient_id)
    if patient is None or patient.merged_into:
        return None
    today = now.astimezone(_clinic(session).zone).date()
    days = session.one(_VISITS, {"patient_id": patient_id, "today": today.isoformat()})
    last, here = days or (None, None)
    return Found(
        patient_id=patient.id,
        name=patient.list_name,
        birth_date=patient.birth_date,
        record_number=patient.record_number,
        phone=patient.mobile_phone or patient.home_phone,
        last_visit=_day(last),
        visit_today=bool(here),
    )
