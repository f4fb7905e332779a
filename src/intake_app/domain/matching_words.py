"""Say in words why two people may be one: "same birth date, family name differs by one letter"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.matching import Reason

_WORDS = {
    "same_identifier": N_("same number from another system"),
    "same_number": N_("same record number"),
    "birth_same": N_("same birth date"),
    "birth_day_and_month_swapped": N_("birth date with day and month the other way round"),
    "birth_year_beside": N_("birth date one year apart"),
    "birth_one_digit": N_("birth date differs by one digit"),
    "birth_digits_swapped": N_("birth date with two digits swapped"),
    "birth_only_year_differs": N_("same birthday, different year"),
    "birth_partly": N_("birth date partly the same"),
    "birth_different": N_("birth date differs"),
    "names_swapped": N_("family and given name the other way round"),
    "family_same": N_("same family name"),
    "family_one_of_several": N_("one family name in common"),
    "family_nickname": N_("family name commonly used for the other"),
    "family_one_letter": N_("family name differs by one letter"),
    "family_sound": N_("family name sounds the same"),
    "family_similar": N_("similar family name"),
    "family_beginning": N_("family name begins the same"),
    "family_other_name": N_("family name is a former or preferred one"),
    "family_different": N_("family name differs"),
    "given_same": N_("same given name"),
    "given_one_of_several": N_("one given name in common"),
    "given_nickname": N_("given name is short for the other"),
    "given_one_letter": N_("given name differs by one letter"),
    "given_sound": N_("given name sounds the same"),
    "given_similar": N_("similar given name"),
    "given_beginning": N_("given name begins the same"),
    "given_other_name": N_("given name is a preferred or former one"),
    "given_different": N_("given name differs"),
    "other_sex": N_("sex differs"),
    "same_phone": N_("same phone"),
    "phone_one_digit": N_("phone differs by one digit"),
    "other_phone": N_("phone differs"),
    "same_address": N_("same address"),
    "similar_address": N_("similar address"),
    "part_of_address": N_("part of the address is the same"),
    "other_address": N_("address differs"),
    "same_city": N_("same city"),
    "similar_city": N_("similar city"),
    "other_city": N_("city differs"),
    "same_postcode": N_("same postcode"),
    "similar_postcode": N_("similar postcode"),
    "other_postcode": N_("postcode differs"),
}
_SAID_BY_ANOTHER = {
    "same_city": "same_address",
    "same_postcode": "same_address",
    "other_city": "other_address",
    "other_postcode": "other_address",
}
"""What need not be said when something else is."""


def reason_words(reason: Reason) -> str:
    """Return one reason in words; "" for one that says nothing to a reader."""
    return translated(_WORDS.get(reason.code, ""))


def reasons_words(reasons: Iterable[Reason]) -> str:
    """Return all reasons in one line, what speaks for it first."""
    ordered = sorted(reasons, key=lambda reason: not reason.speaks_for)
    codes = {reason.code for reason in ordered}
    told = [each for each in ordered if _SAID_BY_ANOTHER.get(each.code) not in codes]
    return translated(N_(", ")).join(filter(None, map(reason_words, told)))


def reasons_sentence(reasons: Iterable[Reason]) -> str:
    """Return all reasons as a sentence: with a capital in front and a full stop."""
    words = reasons_words(reasons)
    return words[:1].upper() + words[1:] + "." if words else ""
