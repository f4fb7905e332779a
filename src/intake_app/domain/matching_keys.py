"""Keys under which people who may be the same are found together without comparing everybody.

Each key is a number that two records of one person are likely to share even after a mistake: its
upper 32 bits stand for what must be equal, the lowest eight for the year of birth, so that those of
the same age come first out of a long block of namesakes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING
from zlib import crc32

from intake_app.domain.matching_traits import STREET_WORDS
from intake_app.domain.sound import sound_codes

if TYPE_CHECKING:
    from intake_app.domain.matching_traits import Traits
    from intake_app.domain.nicknames import Nicknames

KEYS_VERSION = 1
"""Counted up whenever keys are made otherwise, so that stored ones are made anew."""
YEAR_BITS = 8
KEY_BITS = 32 + YEAR_BITS
"""A key is a number of so many bits."""
ANY_YEAR = (1 << YEAR_BITS) - 1
_FIRST_YEAR = 1850
_MOST_WORDS = 3
_MOST_PAIRS = 4
_MOST_NICKNAMES = 4
_ADDRESS_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Block:
    """Keys from ``low`` to ``high`` to look under; ``nearest`` is that of the same year."""

    low: int
    nearest: int
    high: int


def keys_of(traits: Traits) -> tuple[int, ...]:
    """Return every key of a person."""
    keys = (*_number_keys(traits), *_birth_keys(traits), *_name_keys(traits))
    return tuple(dict.fromkeys((*keys, *_address_keys(traits))))


def key_changes(before: Traits | None, after: Traits | None) -> tuple[set[int], set[int]]:
    """Return the keys that a person has no more, and those that are new.

    The many keys of names are left out of both when neither names nor birth date changed.
    """
    if before and after and _named_alike(before, after):
        old = {*_number_keys(before), *_address_keys(before)}
        new = {*_number_keys(after), *_address_keys(after)}
    else:
        old = set(keys_of(before)) if before else set()
        new = set(keys_of(after)) if after else set()
    return old - new, new - old


def _named_alike(one: Traits, other: Traits) -> bool:
    return (one.born, one.given, one.family, one.others) == (
        other.born,
        other.given,
        other.family,
        other.others,
    )


def blocks_of(traits: Traits, nicknames: Nicknames, *, all_ages: bool) -> tuple[Block, ...]:
    """Return where to look for somebody: under their own keys, and under those of nicknames.

    Without ``all_ages`` namesakes are looked for only among those born about the same year; a
    namesake of another age who shares anything else has other keys in common, too.
    """
    sure = (*_number_keys(traits), *_birth_keys(traits), *_address_keys(traits))
    wide, narrow = dict.fromkeys(sure), dict.fromkeys(_name_keys(traits))
    if not all_ages and traits.born:
        about = [Block(max(key - 1, key & ~ANY_YEAR), key, key + 1) for key in narrow]
        return (*map(_whole, wide), *about)
    for name in traits.given[:1]:
        for other in nicknames.others(name)[:_MOST_NICKNAMES]:
            narrow |= dict.fromkeys(_name_keys(replace(traits, given=(other,))))
    return tuple(map(_whole, wide | narrow))


def _whole(key: int) -> Block:
    return Block(key & ~ANY_YEAR, key, key | ANY_YEAR)


def _number_keys(traits: Traits) -> list[int]:
    keys = [_key(f"i {each}") for each in traits.identifiers]
    if traits.number:
        keys.append(_key(f"r {traits.number}"))
    return keys + [_key(f"p {phone[-7:]}") for phone in traits.phones]


def _birth_keys(traits: Traits) -> list[int]:
    if not traits.born:
        return []
    words = dict.fromkeys((*traits.given[:2], *traits.family[:2], *traits.others[:2]))
    day = traits.born[:4] + _month_and_day(traits.born)
    keys = [_key(f"d {day} {first}") for first in {word[:2]: None for word in words}]
    if traits.given and traits.family:
        one, other = sorted((traits.given[0][:2], traits.family[0][:2]))
        keys.append(_key(f"y {traits.born[:4]} {one} {other}"))
    return keys


def _name_keys(traits: Traits) -> list[int]:
    given, family = _tokens(traits.given), _tokens((*traits.family, *traits.others))
    pairs = _pairs(given, family)
    keys = [_key(f"n {one} {other}") | _year_bits(traits.born) for one, other in pairs]
    if traits.born:
        day = _month_and_day(traits.born)
        keys += [_key(f"m {day} {one} {other}") for one, other in pairs]
    return keys


def _address_keys(traits: Traits) -> list[int]:
    year = _year_bits(traits.born)
    names = (*_tokens(traits.given[:1]), *_tokens(traits.family[:2]))
    house = next((word for word in traits.address if word[0].isdigit()), "")
    streets = [
        word[:_ADDRESS_LETTERS]
        for word in traits.address
        if len(word) >= _ADDRESS_LETTERS and not word.isdigit() and word not in STREET_WORDS
    ][:_MOST_WORDS]
    keys = [_key(f"a {street} {name}") | year for street in streets for name in names]
    if traits.city:
        keys += [_key(f"c {street} {traits.city[:4]}") | year for street in streets]
    if house:
        keys += [_key(f"h {house} {street}") | year for street in streets]
    return keys


def _pairs(given: tuple[str, ...], family: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return each given name with each family name, by letters: they may be swapped."""
    pairs = dict.fromkeys(
        (min(one, other), max(one, other)) for one, other in product(given[:2], family[:3])
    )
    return list(pairs)[:_MOST_PAIRS]


def _tokens(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return how words sound; a word in letters without a known sound stands for itself."""
    return tuple(dict.fromkeys((sound_codes(word) or (word,))[0] for word in words))


def _month_and_day(born: str) -> str:
    return min(born[4:6], born[6:]) + max(born[4:6], born[6:])


def _year_bits(born: str) -> int:
    return min(max(int(born[:4]) - _FIRST_YEAR, 0), ANY_YEAR) if born else ANY_YEAR


def _key(said: str) -> int:
    return crc32(said.encode()) << YEAR_BITS
