"""What somebody types to find a patient: right, misspelt, by ear, by numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.people import Invented, on_a_plain_keyboard

PLAIN, TYPO, SOUND, TWO, NUMBER = "plain", "one error", "sound-alike", "two errors", "number"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SAME_SOUND = (
    ("ph", "f"),
    ("f", "ph"),
    ("c", "k"),
    ("k", "c"),
    ("ie", "y"),
    ("y", "i"),
    ("ss", "s"),
    ("tt", "t"),
    ("ll", "l"),
    ("sch", "sh"),
    ("th", "t"),
    ("ck", "k"),
    ("z", "s"),
    ("w", "v"),
    ("ee", "ea"),
    ("ai", "ay"),
    ("nn", "n"),
)


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types to find one patient."""

    kind: str
    text: str
    number: int


def queries(targets: Sequence[Invented], seed: int = 5) -> Iterator[Query]:
    """Yield the ways of typing each patient: right, misspelt, by sound, by numbers."""
    chance = random.Random(seed)  # noqa: S311 - the same queries every time
    other = random.Random(seed + 1)  # noqa: S311 - the same queries every time
    for each in targets:
        first_family, first_given = each.family.split()[0], each.given.split()[0]
        family = on_a_plain_keyboard(each.family).split()[0]
        given = on_a_plain_keyboard(each.given).split()[0]

        def typed(kind: str, text: str, number: int = each.number) -> Query:
            return Query(kind, text, number)

        if not (family.isascii() and given.isascii()):
            yield typed(PLAIN, f"{first_family} {first_given}")
            continue
        yield typed(PLAIN, f"{family} {given}")
        yield typed(PLAIN, f"{given} {family}")
        yield typed(PLAIN, f"{first_family} {first_given}")
        yield typed(PLAIN, f"{family[:4]} {given[:3]}")
        if len(family) >= 5:
            yield typed(TYPO, f"{misspelt(chance, family)} {given}")
            if alike := spelt_by_sound(chance, family):
                yield typed(SOUND, f"{alike} {given}")
        year, month, day = each.born.split("-")
        yield typed(NUMBER, f"{each.born} {family[:3]}")
        yield typed(NUMBER, f"{day}/{month}/{year} {family[:3]}")
        yield typed(NUMBER, each.phone[-7:])
        yield typed(NUMBER, f"{each.phone[-4:]} {family[:3]}")
        yield typed(NUMBER, each.record_number)
        if len(family) >= 7:
            yield typed(TWO, f"{misspelt(other, misspelt(other, family))} {given}")
        elif len(family) >= 5 <= len(given):
            yield typed(TWO, f"{misspelt(other, family)} {misspelt(other, given)}")


def misspelt(chance: random.Random, word: str) -> str:
    """Return a word with one letter left out, put in, changed or swapped; not the first one."""
    at = chance.randrange(1, len(word))
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[:at] + chance.choice(_LETTERS) + word[at:]
    if how == 2:
        return word[:at] + chance.choice(_LETTERS.replace(word[at], "")) + word[at + 1 :]
    if word[at] == word[at - 1]:
        return word[:at] + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def spelt_by_sound(chance: random.Random, word: str) -> str:
    """Return a believable other spelling of the same sound; '' when there is none."""
    # The list is shuffled anew each time, so that the draws are those of the published figures.
    pairs = list(_SAME_SOUND)
    chance.shuffle(pairs)
    for spelt, otherwise in pairs:
        at = word.find(spelt, 1)
        if at > 0:
            return word[:at] + otherwise + word[at + len(spelt) :]
    return ""
