"""Find the stored patients who may be the same person as one who is typed or imported."""

from __future__ import annotations

import json
from collections import defaultdict
from heapq import nlargest
from typing import TYPE_CHECKING

from intake_app.domain.matching_compare import best_of, likeness, names_are_enough
from intake_app.domain.matching_keys import blocks_of
from intake_app.domain.matching_names import Crowd
from intake_app.domain.matching_traits import traits_of
from intake_app.domain.matching_weights import HOUSEHOLD
from intake_app.storage.likely_index import traits_in
from intake_app.storage.search_fit import nicknames
from intake_app.storage.search_index import patient_count, token_counts

if TYPE_CHECKING:
    from intake_app.domain.matching import Likeness, Person
    from intake_app.domain.matching_keys import Block
    from intake_app.storage.session import Session

_MOST_OF_A_KEY = 60
"""People read under one key; of a common name those born in the same year come besides."""
_MOST_COMPARED = 120
"""People compared at most: those who share the most telling keys."""

_UNDER_KEYS = "SELECT person FROM likeness_key WHERE key BETWEEN :low AND :high LIMIT :most"
_TRAITS = """
    SELECT l.patient_id, l.family, l.given, l.others, l.born, l.sex, l.phones, l.address, l.city,
        l.postcode, l.number, l.identifiers
    FROM json_each(:people) AS j CROSS JOIN likeness AS l ON l.person = j.value"""


def likely(
    session: Session, person: Person, *, limit: int, household: float = HOUSEHOLD
) -> tuple[Likeness, ...]:
    """Return the patients who may be this person, likeliest first; never ``person.id``."""
    asked = traits_of(person)
    bearers = token_counts(session, (*asked.given, *asked.family, *asked.others))

    def count(word: str) -> int:
        if word not in bearers:
            bearers.update(token_counts(session, (word,)))
        return bearers[word]

    crowd = Crowd(
        people=patient_count(session), bearers=count, nicknames=nicknames(), household=household
    )
    blocks = blocks_of(asked, crowd.nicknames, all_ages=names_are_enough(asked, crowd))
    found = []
    for patient_id, *columns in session.all(_TRAITS, {"people": _sharing(session, blocks)}):
        if patient_id == person.id:
            continue
        alike = likeness(asked, traits_in(columns), crowd, patient_id=patient_id)
        if alike is not None:
            found.append(alike)
    return best_of(found, limit)


def _sharing(session: Session, blocks: tuple[Block, ...]) -> str:
    """Return the people who share the most telling keys, as a list in JSON.

    A key tells the more, the fewer people share it.
    """
    telling: defaultdict[int, float] = defaultdict(float)
    for block in blocks:
        asked = {"low": block.low, "high": block.high, "most": _MOST_OF_A_KEY}
        people = {person for (person,) in session.all(_UNDER_KEYS, asked)}
        if len(people) == _MOST_OF_A_KEY:
            same_year = asked | {"low": block.nearest, "high": block.nearest}
            people.update(person for (person,) in session.all(_UNDER_KEYS, same_year))
        for person in people:
            telling[person] += 1 / len(people)
    return json.dumps(nlargest(_MOST_COMPARED, telling, key=telling.__getitem__))
