"""Invented patients from twelve countries, always the same ones for the same numbers.

A few names are common and most are rare, as in a real town: the names of each country are drawn
with a weight towards the front of its list, and the list is made longer with names put together
from the halves of others.
"""

from __future__ import annotations

import logging
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

SHARES = {
    "en_US": 40,
    "es_MX": 14,
    "de_DE": 8,
    "fr_FR": 8,
    "pl_PL": 6,
    "tr_TR": 4,
    "vi_VN": 5,
    "pt_BR": 5,
    "cs_CZ": 2,
    "no_NO": 2,
    "zh_CN": 3,
    "ar_AA": 3,
}
TWO_FAMILY_NAMES = ("es_MX", "pt_BR")
UNALTERED = ("zh_CN", "ar_AA")
COUNTRY_CODES = ("+1", "+44", "+49", "+52", "+48")
_GIVEN_DRAWN, _FAMILY_DRAWN = 9000, 20000
_INVENTED, _TRIES = 6000, 60000
_TOWARDS_THE_FRONT = 2.2
_KEYBOARD = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{RIGHT SINGLE QUOTATION MARK}": "",
        "'": "",
        "`": "",
        "-": " ",
        ".": " ",
        ",": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented patient."""

    number: int
    family: str
    given: str
    born: str
    phone: str
    record_number: str


def on_a_plain_keyboard(name: str) -> str:
    """Return a name as somebody without accents on the keyboard types it."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(bare.translate(_KEYBOARD).split())


@cache
def _names() -> dict[str, tuple[list[str], list[str]]]:
    """Return the given and the family names of each country."""
    from faker import Faker

    logging.getLogger("faker").setLevel(logging.ERROR)
    drawn: dict[str, tuple[list[str], list[str]]] = {}
    for country in SHARES:
        source = Faker(country)
        source.seed_instance(7)
        given = list(dict.fromkeys(source.first_name() for _ in range(_GIVEN_DRAWN)))
        family = list(dict.fromkeys(source.last_name() for _ in range(_FAMILY_DRAWN)))
        drawn[country] = given, family
    chance = random.Random(11)  # noqa: S311 - the same people every time
    return {
        country: (given, family + _put_together(chance, family, country))
        for country, (given, family) in drawn.items()
    }


def _put_together(chance: random.Random, family: list[str], country: str) -> list[str]:
    invented: set[str] = set()
    if country in UNALTERED:
        return []
    for _ in range(_TRIES):
        if len(invented) >= _INVENTED:
            break
        one, other = chance.choice(family), chance.choice(family)
        one, other = one.split()[0], other.split()[0]
        name = one[: max(2, len(one) // 2)] + other[len(other) // 2 :].lower()
        if 4 <= len(name) <= 14:
            invented.add(name)
    return sorted(invented)


def people(count: int, seed: int = 1) -> Iterator[Invented]:
    """Yield so many patients."""
    chance = random.Random(seed)  # noqa: S311 - the same people every time
    names = _names()
    countries = chance.choices(list(SHARES), weights=list(SHARES.values()), k=count)
    numbers = list(range(count))
    chance.shuffle(numbers)

    def drawn(list_of_names: list[str]) -> str:
        return list_of_names[int(len(list_of_names) * chance.random() ** _TOWARDS_THE_FRONT)]

    for at, country in enumerate(countries):
        all_given, all_family = names[country]
        family, given = drawn(all_family), drawn(all_given)
        if chance.random() < 0.25:
            given += " " + drawn(all_given)
        if country in TWO_FAMILY_NAMES and chance.random() < 0.6:
            family += " " + drawn(all_family)
        year = 1926 + int(100 * chance.random() ** 0.8)
        born = f"{year:04}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        code = chance.choice(COUNTRY_CODES)
        phone = f"{code}{chance.randrange(200, 1000)}{chance.randrange(10**7):07}"
        yield Invented(at + 1, family, given, born, phone, f"{100000 + numbers[at] * 7 + 3}")
