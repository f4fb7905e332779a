"""A person made ready for comparing: names folded into words, phones and dates as digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.names import digits_of, fold, joined, typed_words
from intake_app.domain.patients import Sex

if TYPE_CHECKING:
    from intake_app.domain.matching import Person

PARTICLES = frozenset(
    (
        *("al", "ap", "el", "abu", "ben", "bin", "bint", "ibn", "da", "das", "de", "del", "della"),
        *("den", "der", "di", "do", "dos", "du", "e", "y", "et", "la", "las", "le", "les", "lo"),
        *("los", "of", "san", "santa", "saint", "st", "ter", "van", "vd", "vom", "von", "zu"),
        *("zum", "zur"),
    )
)
"""Words in front of a name that are often left out."""
STREET_WORDS = frozenset(
    (
        *("street", "road", "avenue", "drive", "court", "place", "lane", "crescent", "close"),
        *("circuit", "terrace", "boulevard", "square", "parade", "highway", "apartment", "suite"),
        *("unit", "floor", "flat", "strasse", "calle", "avenida", "carrera"),
    )
)
"""Words of addresses that say nothing about where."""
PHONE_DIGITS = 9
"""The last digits of a phone number that count; country and trunk prefixes come before them."""
FEWEST_PHONE_DIGITS = 7
_ADDRESS_PIECES = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of one person, ready for comparing."""

    family: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    """Words of the given and the middle name."""
    others: tuple[str, ...] = ()
    """Words of former and preferred names."""
    born: str = ""
    """Eight digits, year first; '' when it is not known."""
    sex: str = ""
    phones: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    city: str = ""
    postcode: str = ""
    number: str = ""
    """The record number."""
    identifiers: tuple[str, ...] = ()


def traits_of(person: Person) -> Traits:
    """Return what is compared of a person."""
    phones = (digits_of(phone)[-PHONE_DIGITS:] for phone in person.phones)
    sex = person.sex if person.sex in (Sex.FEMALE, Sex.MALE) else None
    return Traits(
        family=_words(person.family_name),
        given=_words(person.given_name, person.middle_name),
        others=_words(person.former_name, person.preferred_name),
        born=person.birth_date.strftime("%Y%m%d") if person.birth_date else "",
        sex=sex.value if sex else "",
        phones=tuple(dict.fromkeys(run for run in phones if len(run) >= FEWEST_PHONE_DIGITS)),
        address=tuple(_ADDRESS_PIECES.findall(fold(person.address))),
        city=fold(joined(person.city)),
        postcode=fold(joined(person.postcode)),
        number=fold(joined(person.record_number)),
        identifiers=tuple(f"{system} {value}" for system, value in person.identifiers if value),
    )


def _words(*names: str) -> tuple[str, ...]:
    """Return the folded words of names in order, without particles unless nothing else is there."""
    words = tuple(dict.fromkeys(spelt[0] for name in names if name for spelt in typed_words(name)))
    telling = tuple(word for word in words if word not in PARTICLES)
    return telling or words
