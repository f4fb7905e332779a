"""Find the stored patients who may be the same person as one who is typed or imported."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from intake_app.domain.matching_compare import best_of, likeness
from intake_app.domain.matching_keys import ANY_YEAR, asked_keys
from intake_app.domain.matching_names import Crowd
from intake_app.domain.matching_traits import traits_of
from intake_app.storage.likely_index import traits_in
from intake_app.storage.search_fit import nicknames
from intake_app.storage.search_index import patient_count, token_counts

if TYPE_CHECKING:
    from intake_app.domain.matching import Likeness, Person
    from intake_app.storage.session import Session

_MOST_OF_A_KEY = 60
"""People read under one key; of a common name those born in the same year come first."""
_MOST_COMPARED = 120
"""People compared at most: those who share the most keys."""

_UNDER_KEY = """
    SELECT person FROM likeness_key WHERE key BETWEEN :low AND :high LIMIT :most"""
_TRAITS = """
    SELECT l.family, l.given, l.others, l.born, l.sex, l.phones, l.address, l.city, l.postcode,
        l.number, l.identifiers, l.patient_id
    FROM json_each(:people) AS j CROSS JOIN likeness AS l ON l.person = j.value"""


def likely(session: Session, person: Person, *, limit: int) -> tuple[Likeness, ...]:
    """Return the patients who may be this person, likeliest first; never ``person.id``."""
    asked = traits_of(person)
    crowd = Crowd(
        people=patient_count(session),
        bearers=lambda word: token_counts(session, (word,))[word],
        nicknames=nicknames(),
    )
    people = _under_keys(session, asked_keys(asked, crowd.nicknames))
    found = []
    for *columns, patient_id in session.all(_TRAITS, {"people": json.dumps(people)}):
        if patient_id == person.id:
            continue
        alike = likeness(asked, traits_in(columns), crowd, patient_id=patient_id)
        if alike is not None:
            found.append(alike)
    return best_of(found, limit)


def _under_keys(session: Session, keys: tuple[int, ...]) -> list[int]:
    shared: Counter[int] = Counter()
    for key in keys:
        low = key & ~ANY_YEAR
        rows = session.all(_UNDER_KEY, {"low": low, "high": low + ANY_YEAR, "most": _MOST_OF_A_KEY})
        if len(rows) == _MOST_OF_A_KEY:
            same = {"low": key, "high": key, "most": _MOST_OF_A_KEY}
            rows = list(dict.fromkeys((*rows, *session.all(_UNDER_KEY, same))))
        shared.update(person for (person,) in rows)
    return [person for person, _ in shared.most_common(_MOST_COMPARED)]
