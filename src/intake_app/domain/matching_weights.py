"""What agreement and difference are worth, in bits, and from where on somebody is shown.

A weight is the logarithm of the odds that two records are of one person: 0 means even odds, each
bit more doubles them. The weights of agreement are the logarithms of how much more often a thing
agrees between two records of one person than between two people; a name weighs more the rarer it
is. They were set from how clinics err and checked on public test sets of synthetic people.
"""

from __future__ import annotations

from enum import IntEnum

CERTAIN_FROM = 10.0
"""A thousand to one. Only together with the same birth date and with names that agree."""
LIKELY_FROM = 3.0
"""Eight to one."""
POSSIBLE_FROM = 0.0
"""Even odds; below it nobody is shown."""

STRANGERS = 400
"""People whom a clinic is taken to have seen besides, so that a new one is careful, too."""
RAREST_NAME = 13.0
RAREST_NAMES = 16.0
"""No name tells more than this, and no two or three together."""
BOTH_NAMES = 22.0
"""The most that given and family name tell: who bears a rare one often bears the other, too."""


class Birth(IntEnum):
    """How two birth dates agree."""

    UNKNOWN = 0
    SAME = 1
    DAY_AND_MONTH_SWAPPED = 2
    YEAR_BESIDE = 3
    ONE_DIGIT = 4
    DIGITS_SWAPPED = 5
    ONLY_YEAR_DIFFERS = 6
    PARTLY = 7
    DIFFERENT = 8


BIRTH = {
    Birth.UNKNOWN: 0.0,
    Birth.SAME: 13.0,
    Birth.DAY_AND_MONTH_SWAPPED: 8.5,
    Birth.YEAR_BESIDE: 7.0,
    Birth.ONE_DIGIT: 7.5,
    Birth.DIGITS_SWAPPED: 7.5,
    Birth.ONLY_YEAR_DIFFERS: 1.0,
    Birth.PARTLY: -1.0,
    Birth.DIFFERENT: -5.0,
}


class Name(IntEnum):
    """How two names agree."""

    UNKNOWN = 0
    SAME = 1
    ONE_OF_SEVERAL = 2
    NICKNAME = 3
    ONE_LETTER = 4
    SOUND = 5
    SIMILAR = 6
    BEGINNING = 7
    OTHER_NAME = 8
    DIFFERENT = 9


NAME_SHARE = {
    Name.UNKNOWN: 0.0,
    Name.SAME: 1.0,
    Name.ONE_OF_SEVERAL: 0.9,
    Name.NICKNAME: 0.75,
    Name.ONE_LETTER: 0.8,
    Name.SOUND: 0.7,
    Name.SIMILAR: 0.5,
    Name.BEGINNING: 0.3,
}
"""Which share of a name's rarity counts."""
GIVEN_DIFFERS = -4.0
FAMILY_DIFFERS = -3.5
NAMES_SWAPPED = -1.0
FORMER_NAME = -1.0
"""Taken off when a name agrees only with a former or preferred one."""

SAME_SEX = 0.9
OTHER_SEX = -4.5

SAME_PHONE = 11.0
SAME_LAST_DIGITS = 9.0
PHONE_ONE_DIGIT = 5.0
OTHER_PHONE = -0.7

SAME_ADDRESS = 12.0
SIMILAR_ADDRESS = 8.0
PART_OF_ADDRESS = 4.0
OTHER_ADDRESS = -2.0
SAME_CITY = 3.0
SIMILAR_CITY = 2.5
OTHER_CITY = -1.5
SAME_POSTCODE = 5.0
SIMILAR_POSTCODE = 3.0
OTHER_POSTCODE = -1.5

MOVED = -4.0
"""The most that phone, address, city and postcode say against it: who moves changes them all."""

SAME_NUMBER = 25.0
SAME_IDENTIFIER = 30.0

HOUSEHOLD = 5.0
"""The most that phone, address and family name together say before given name and birth date do.

They show that two people belong to one household; which member of it somebody is they do not.
"""
MOST_HOUSEHOLD = 9.0
"""The most that can be learnt of it from the people at hand."""
