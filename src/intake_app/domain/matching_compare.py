"""Compare two people: a weight in bits, how sure that is, and the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from intake_app.domain import matching_weights as bits
from intake_app.domain.matching import Certainty, Likeness, Reason
from intake_app.domain.matching_names import Crowd, compare_all_names
from intake_app.domain.matching_places import compare_contacts
from intake_app.domain.matching_weights import BIRTH, Birth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.matching_traits import Traits


def names_are_enough(asked: Traits, crowd: Crowd) -> bool:
    """Return whether names can tell so much that somebody of any other birth date is shown."""
    names = crowd.most_for(asked.given, asked.family)
    return crowd.prior + BIRTH[Birth.DIFFERENT] + names >= bits.POSSIBLE_FROM


def likeness(asked: Traits, stored: Traits, crowd: Crowd, *, patient_id: str) -> Likeness | None:
    """Return how alike a stored patient is to the person asked about; ``None`` when too little."""
    birth = compare_births(asked.born, stored.born)
    contact, contact_reasons = compare_contacts(asked, stored)
    proof, reasons = _proof(asked, stored)
    member = BIRTH[birth] + proof
    needed = bits.POSSIBLE_FROM - (crowd.prior + contact + member)
    if crowd.most_for(asked.given, asked.family) < needed:
        return None
    alike = birth < Birth.ONLY_YEAR_DIFFERS or contact > 0
    names = compare_all_names(asked, stored, crowd, maybe_swapped=alike, needed=needed)
    if names is None:
        return None
    if contact > 0:
        household = min(crowd.household, crowd.prior + contact + names.family.weight)
        weight = household + member + names.given.weight
    else:
        said = min(bits.BOTH_NAMES, names.given.weight + names.family.weight)
        weight = crowd.prior + contact + member + said
    if weight < bits.POSSIBLE_FROM:
        return None
    if birth:
        reasons.append(Reason(f"birth_{birth.name.lower()}", birth < Birth.PARTLY))
    reasons += [*names.reasons, *contact_reasons]
    return Likeness(patient_id, weight, _certainty(weight, reasons), tuple(reasons))


def _proof(asked: Traits, stored: Traits) -> tuple[float, list[Reason]]:
    """Return what numbers and sex are worth, and the reasons."""
    weight, reasons = 0.0, []
    if asked.identifiers and not set(asked.identifiers).isdisjoint(stored.identifiers):
        weight += bits.SAME_IDENTIFIER
        reasons.append(Reason("same_identifier"))
    if asked.number and asked.number == stored.number:
        weight += bits.SAME_NUMBER
        reasons.append(Reason("same_number"))
    if asked.sex and stored.sex:
        weight += bits.SAME_SEX if asked.sex == stored.sex else bits.OTHER_SEX
        if asked.sex != stored.sex:
            reasons.append(Reason("other_sex", speaks_for=False))
    return weight, reasons


def best_of(found: Iterable[Likeness], limit: int) -> tuple[Likeness, ...]:
    """Return the likeliest ``limit`` of those found, likeliest first."""
    ranked = sorted(found, key=lambda each: (-each.weight, each.patient_id))
    return tuple(ranked[:limit])


def _certainty(weight: float, reasons: list[Reason]) -> Certainty:
    if weight < bits.LIKELY_FROM:
        return Certainty.POSSIBLE
    codes = {reason.code for reason in reasons}
    proven = "birth_same" in codes or "same_identifier" in codes
    doubtful = "given_different" in codes or "family_different" in codes
    if weight < bits.CERTAIN_FROM or doubtful or not proven:
        return Certainty.LIKELY
    return Certainty.CERTAIN


def compare_births(one: str, other: str) -> Birth:
    """Return how two birth dates of eight digits agree."""
    if not one or not other:
        return Birth.UNKNOWN
    if one == other:
        return Birth.SAME
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return _one_error(one, other)
    if one[4:] == other[4:]:
        return Birth.YEAR_BESIDE if _years_apart(one, other) == 1 else Birth.ONLY_YEAR_DIFFERS
    return _same_year(one[4:], other[4:]) if one[:4] == other[:4] else Birth.DIFFERENT


def _same_year(one: str, other: str) -> Birth:
    if one[:2] == other[2:] and one[2:] == other[:2]:
        return Birth.DAY_AND_MONTH_SWAPPED
    return Birth.PARTLY if one[:2] == other[:2] or one[2:] == other[2:] else Birth.DIFFERENT


def _one_error(one: str, other: str) -> Birth:
    if one[4:] == other[4:] and _years_apart(one, other) == 1:
        return Birth.YEAR_BESIDE
    differing = sum(a != b for a, b in zip(one, other, strict=True))
    return Birth.ONE_DIGIT if differing == 1 else Birth.DIGITS_SWAPPED


def _years_apart(one: str, other: str) -> int:
    return abs(int(one[:4]) - int(other[:4]))
