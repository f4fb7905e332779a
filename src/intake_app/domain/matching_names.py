"""Compare the names of two people, each worth more the rarer it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, log2
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from intake_app.domain import matching_weights as bits
from intake_app.domain.matching import Reason
from intake_app.domain.matching_weights import NAME_SHARE, Name
from intake_app.domain.nicknames import Nicknames
from intake_app.domain.sound import sound_codes

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.matching_traits import Traits

_FEWEST_LETTERS = 3
"""In shorter names one letter is too much of a difference."""
_LONG_WORD = 6
"""Letters of a word from which on two errors are forgiven."""
_TWO_ERRORS = 2
_NOT_SIMILAR = 0.62
"""Jaro-Winkler similarity below which two words cannot sound alike either."""
_TELLING_SOUND = 3
"""Consonants from which on a sound says enough alone."""
_SIMILAR_SHORT = 0.8
"""Jaro-Winkler similarity that shorter sounds need besides."""
_SIMILAR = 0.88
"""Jaro-Winkler similarity from which on two words are taken for misspellings of each other."""


def _nobody(_: str) -> int:
    return 0


@dataclass(slots=True)
class Crowd:
    """Among whom somebody is compared: how many there are, and how common each name is."""

    people: int = 0
    bearers: Callable[[str], int] = _nobody
    """How many people bear a folded word in one of their names."""
    nicknames: Nicknames = field(default_factory=Nicknames)
    household: float = bits.HOUSEHOLD
    """The most that phone, address and family name together say."""
    _known: dict[str, float] = field(default_factory=dict)
    _most: dict[tuple[str, ...], float] = field(default_factory=dict)
    prior: float = field(init=False)
    """The weight before anything is compared."""

    def __post_init__(self) -> None:
        self.prior = -log2(self.people + bits.STRANGERS)

    def most_for(self, given: tuple[str, ...], family: tuple[str, ...]) -> float:
        """Return the most that the names of somebody can tell, if all of them agree."""
        return min(bits.BOTH_NAMES, self.most_of(given) + self.most_of(family))

    def most_of(self, name: tuple[str, ...]) -> float:
        """Return the most that one name of one or more words can tell."""
        if name not in self._most:
            told = sum(map(self.rarity, name)) if name else bits.RAREST_NAMES
            self._most[name] = min(bits.RAREST_NAMES, told)
        return self._most[name]

    def rarity(self, word: str) -> float:
        """Return how much it tells that two people bear this name, in bits."""
        known = self._known.get(word)
        if known is None:
            share = (self.people + bits.STRANGERS) / (self.bearers(word) + 1)
            known = self._known[word] = min(bits.RAREST_NAME, max(1.0, log2(share)))
        return known


class Agreement(NamedTuple):
    """How two names agree, and what that is worth."""

    how: Name
    weight: float

    @property
    def agrees(self) -> bool:
        """Whether the names speak for one person."""
        return self.how not in (Name.UNKNOWN, Name.DIFFERENT)


_UNKNOWN = Agreement(Name.UNKNOWN, 0.0)
_DIFFERENT = Agreement(Name.DIFFERENT, 0.0)


class NamesCompared(NamedTuple):
    """How the names of two people agree."""

    given: Agreement
    family: Agreement
    swapped: bool = False
    """Whether the names of one of them stand the other way round."""

    @property
    def reasons(self) -> list[Reason]:
        """What that says, for or against."""
        if not self.swapped:
            named = (("family", self.family), ("given", self.given))
            return [
                Reason(f"{n}_{each.how.name.lower()}", each.agrees) for n, each in named if each.how
            ]
        against = self.given.how is Name.DIFFERENT
        told = [Reason("given_different", speaks_for=False)] if against else []
        return [Reason("names_swapped"), *told]


def compare_all_names(
    asked: Traits, stored: Traits, crowd: Crowd, *, maybe_swapped: bool = True, needed: float = -inf
) -> NamesCompared | None:
    """Return how given and family names agree; ``None`` when they cannot tell as much as needed.

    With ``maybe_swapped`` the names of one may stand the other way round, too.
    """
    crossed = maybe_swapped and _initials_cross(asked, stored)
    given = compare_names(asked.given, stored.given, crowd)
    if given.how is Name.DIFFERENT:
        given = _by_other_name(given, (asked.given, stored.given), asked, stored, crowd)
        given = _paid(given, bits.GIVEN_DIFFERS)
        if not crossed and given.weight + crowd.most_of(asked.family) < needed:
            return None
    family = compare_names(asked.family, stored.family, crowd)
    straight = _paid(family, bits.FAMILY_DIFFERS)
    if crossed and not (given.agrees and family.agrees):
        turned = NamesCompared(
            _paid(compare_names(asked.family, stored.given, crowd), bits.GIVEN_DIFFERS),
            _paid(compare_names(asked.given, stored.family, crowd), bits.FAMILY_DIFFERS),
            swapped=True,
        )
        told = turned.given.weight + turned.family.weight + bits.NAMES_SWAPPED
        if told > given.weight + straight.weight:
            return turned
    family = _by_other_name(family, (asked.family, stored.family), asked, stored, crowd)
    return NamesCompared(given, _paid(family, bits.FAMILY_DIFFERS))


def _paid(found: Agreement, difference: float) -> Agreement:
    """Return the agreement with what a difference costs."""
    return Agreement(found.how, difference) if found.how is Name.DIFFERENT else found


def _initials_cross(asked: Traits, stored: Traits) -> bool:
    """Return whether a given name of one begins like a family name of the other."""
    return any(one[0] == other[0] for one in asked.given for other in stored.family) or any(
        one[0] == other[0] for one in asked.family for other in stored.given
    )


def _by_other_name(
    found: Agreement,
    words: tuple[tuple[str, ...], tuple[str, ...]],
    asked: Traits,
    stored: Traits,
    crowd: Crowd,
) -> Agreement:
    """Return the agreement with a former or preferred name, where the names themselves differ."""
    if found.how is not Name.DIFFERENT or not (asked.others or stored.others):
        return found
    best = max(
        compare_names(words[0], stored.others, crowd),
        compare_names(asked.others, words[1], crowd),
        key=lambda each: each.weight,
    )
    if best.how in (Name.DIFFERENT, Name.UNKNOWN, Name.BEGINNING):
        return found
    return Agreement(Name.OTHER_NAME, best.weight + bits.FORMER_NAME)


def compare_names(one: tuple[str, ...], other: tuple[str, ...], crowd: Crowd) -> Agreement:
    """Return how two names of one or more folded words agree."""
    if not one or not other:
        return _UNKNOWN
    if one == other:
        return Agreement(Name.SAME, _rarity(one, crowd))
    shared = tuple(word for word in one if word in other)
    if shared:
        how = Name.SAME if len(shared) == len(one) == len(other) else Name.ONE_OF_SEVERAL
        return Agreement(how, _rarity(shared, crowd) * NAME_SHARE[how])
    best = _DIFFERENT
    for mine in one:
        for theirs in other:
            best = _better(best, mine, theirs, crowd)
    if len(one) > 1 or len(other) > 1:
        best = _better(best, "".join(one), "".join(other), crowd)
    return best


def _rarity(words: tuple[str, ...], crowd: Crowd) -> float:
    return min(bits.RAREST_NAMES, sum(crowd.rarity(word) for word in words))


def _better(best: Agreement, one: str, other: str, crowd: Crowd) -> Agreement:
    how = compare_words(one, other, crowd.nicknames)
    if how is Name.DIFFERENT:
        return best
    weight = min(crowd.rarity(one), crowd.rarity(other)) * NAME_SHARE[how]
    return Agreement(how, weight) if weight > best.weight else best


def compare_words(one: str, other: str, nicknames: Nicknames) -> Name:
    """Return how two folded words of names agree."""
    if one == other:
        return Name.SAME
    shorter = min(len(one), len(other))
    similarity = JaroWinkler.similarity(one, other)
    # Of three letters two that are swapped make the words look quite different.
    if similarity < _NOT_SIMILAR and shorter != _FEWEST_LETTERS:
        return Name.NICKNAME if nicknames.same(one, other) else Name.DIFFERENT
    errors = OSA.distance(one, other, score_cutoff=_TWO_ERRORS)
    if errors == 1 and shorter >= _FEWEST_LETTERS:
        return Name.ONE_LETTER
    likest_first = (
        (Name.NICKNAME, nicknames.same(one, other)),
        (Name.SOUND, _sound_alike(one, other, similarity)),
        (Name.BEGINNING, one.startswith(other) or other.startswith(one)),
        (Name.SIMILAR, similarity >= _SIMILAR),
        (Name.SIMILAR, errors <= _TWO_ERRORS and shorter >= _LONG_WORD),
    )
    return next((how for how, applies in likest_first if applies), Name.DIFFERENT)


def _sound_alike(one: str, other: str, similarity: float) -> bool:
    """Return whether two words sound alike; Jane and John, with two consonants each, do not."""
    shared = set(sound_codes(one)).intersection(sound_codes(other))
    telling = max(map(len, shared), default=0) >= _TELLING_SOUND
    return bool(shared) and (telling or similarity >= _SIMILAR_SHORT)
