"""Compare phones, addresses, cities and postcodes of two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA, Indel

from intake_app.domain import matching_weights as bits
from intake_app.domain.matching import Reason
from intake_app.domain.matching_traits import STREET_WORDS

if TYPE_CHECKING:
    from intake_app.domain.matching_traits import Traits

_SAME_PLACE = 0.92
_SIMILAR_PLACE = 0.75
_PART_OF_PLACE = 0.6
"""How much of two addresses is the same."""
_LONG_TEXT = 6
"""Letters of a city from which on two errors are forgiven."""
_NOTHING = (0.0, None)
_SAME_PHONE = Reason("same_phone")
_PHONE_ONE_DIGIT = Reason("phone_one_digit")
_OTHER_PHONE = Reason("other_phone", speaks_for=False)
_SAME_ADDRESS = Reason("same_address")
_SIMILAR_ADDRESS = Reason("similar_address")
_PART_OF_ADDRESS = Reason("part_of_address")
_OTHER_ADDRESS = Reason("other_address", speaks_for=False)
_PLACES = {
    "city": (
        (bits.SAME_CITY, Reason("same_city")),
        (bits.SIMILAR_CITY, Reason("similar_city")),
        (bits.OTHER_CITY, Reason("other_city", speaks_for=False)),
    ),
    "postcode": (
        (bits.SAME_POSTCODE, Reason("same_postcode")),
        (bits.SIMILAR_POSTCODE, Reason("similar_postcode")),
        (bits.OTHER_POSTCODE, Reason("other_postcode", speaks_for=False)),
    ),
}


def compare_contacts(asked: Traits, stored: Traits) -> tuple[float, list[Reason]]:
    """Return what phones and addresses are worth, and the reasons."""
    weight, reasons = 0.0, []
    for worth, reason in (
        _phones(asked.phones, stored.phones),
        _addresses(asked.address, stored.address),
        _texts("city", asked.city, stored.city),
        _texts("postcode", asked.postcode, stored.postcode),
    ):
        weight += worth
        if reason is not None:
            reasons.append(reason)
    return max(weight, bits.MOVED), reasons


def _phones(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[float, Reason | None]:
    if not mine or not theirs:
        return _NOTHING
    if not set(mine).isdisjoint(theirs):
        return bits.SAME_PHONE, _SAME_PHONE
    if not {each[-7:] for each in mine}.isdisjoint(each[-7:] for each in theirs):
        return bits.SAME_LAST_DIGITS, _SAME_PHONE
    if any(OSA.distance(a, b, score_cutoff=1) <= 1 for a in mine for b in theirs):
        return bits.PHONE_ONE_DIGIT, _PHONE_ONE_DIGIT
    return bits.OTHER_PHONE, _OTHER_PHONE


def _addresses(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[float, Reason | None]:
    if not mine or not theirs:
        return _NOTHING
    likeness = 1.0 if mine == theirs else address_likeness(mine, theirs)
    if likeness >= _SAME_PLACE:
        return bits.SAME_ADDRESS, _SAME_ADDRESS
    if likeness >= _SIMILAR_PLACE:
        return bits.SIMILAR_ADDRESS, _SIMILAR_ADDRESS
    if likeness >= _PART_OF_PLACE:
        return bits.PART_OF_ADDRESS, _PART_OF_ADDRESS
    return bits.OTHER_ADDRESS, _OTHER_ADDRESS


def address_likeness(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """Return 0 to 1: how much of two addresses is the same, in whatever order the words stand."""
    straight = Indel.normalized_similarity("".join(mine), "".join(theirs))
    if straight >= _SAME_PLACE:
        return straight
    ordered = Indel.normalized_similarity("".join(sorted(mine)), "".join(sorted(theirs)))
    return max(straight, ordered, _PART_OF_PLACE if _share_a_part(mine, theirs) else 0.0)


def _share_a_part(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Return whether half of what one address tells stands in the other, too."""
    telling, told = _telling(mine), _telling(theirs)
    shared = sum(map(len, telling & told))
    return bool(shared) and shared >= min(sum(map(len, telling)), sum(map(len, told))) / 2


def _telling(address: tuple[str, ...]) -> set[str]:
    return {word for word in address if not word.isdigit() and word not in STREET_WORDS}


def _texts(what: str, mine: str, theirs: str) -> tuple[float, Reason | None]:
    """Return how two cities or two postcodes agree."""
    if not mine or not theirs:
        return _NOTHING
    same, similar, other = _PLACES[what]
    if mine == theirs:
        return same
    allowed = 1 if min(len(mine), len(theirs)) < _LONG_TEXT else 2
    return similar if OSA.distance(mine, theirs, score_cutoff=allowed) <= allowed else other
