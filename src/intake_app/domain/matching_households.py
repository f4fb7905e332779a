"""What an address and a family name in common say, learnt from the people at hand."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from math import log2
from typing import TYPE_CHECKING

from intake_app.domain.matching_compare import compare_births
from intake_app.domain.matching_names import Crowd, compare_names
from intake_app.domain.matching_weights import HOUSEHOLD, MOST_HOUSEHOLD, Birth, Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.matching_traits import Traits

_BOTH_WRONG = 0.006
"""How often both given name and birth date of one person are quite different in two records."""
_TAKEN_FOR_GRANTED = 0.5
_LARGEST_HOME = 6
"""People at one address who are compared; a nursing home says nothing about households."""


def household_bits(people: Iterable[Traits]) -> float:
    """Return how surely two records of one address and family name are of one person, in bits.

    Nobody says who is who: where given name and birth date both differ, two people live there,
    except for the few whose records are wrong in both. Where no two records share an address, the
    usual weight is returned.
    """
    homes: defaultdict[tuple[object, ...], list[Traits]] = defaultdict(list)
    for each in people:
        if each.address and each.family and each.given and each.born:
            homes[tuple(sorted(each.address)), each.family].append(each)
    pairs = [pair for home in homes.values() for pair in combinations(home[:_LARGEST_HOME], 2)]
    apart = sum(_two_people(one, other) for one, other in pairs)
    one_person = len(pairs) - apart
    several = max(0.0, apart - _BOTH_WRONG * one_person) + _TAKEN_FOR_GRANTED
    learnt = log2((one_person + _TAKEN_FOR_GRANTED * 2**HOUSEHOLD) / several)
    return min(MOST_HOUSEHOLD, learnt)


def _two_people(one: Traits, other: Traits) -> bool:
    given = compare_names(one.given, other.given, Crowd())
    births = compare_births(one.born, other.born)
    return given.how is Name.DIFFERENT and births is Birth.DIFFERENT
