"""Two records of one person share a key in spite of a mistake; strangers hardly ever do."""

from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.matching import Person
from intake_app.domain.matching_keys import ANY_YEAR, Block, blocks_of, key_changes, keys_of
from intake_app.domain.matching_traits import traits_of
from intake_app.domain.nicknames import Nicknames

ANNA = Person(
    family_name="Lindqvist",
    given_name="Anna",
    birth_date=date(1951, 3, 14),
    phones=("+46 70 123 45 67",),
    address="12 Mulberry Road",
    city="Ames",
    record_number="P-000123",
    identifiers=(("urn:hospital", "77"),),
)


def shared(one: Person, other: Person) -> int:
    """Return how many blocks of one hold a key of the other."""
    keys = keys_of(traits_of(other))
    blocks = blocks_of(traits_of(one), Nicknames([("anna", "nan")]), all_ages=True)
    return sum(any(block.low <= key <= block.high for key in keys) for block in blocks)


@pytest.mark.parametrize(
    "changes",
    [
        {"family_name": "Lindkvist"},
        {"family_name": "Xylander"},
        {"given_name": "Berit"},
        {"given_name": "Nan"},
        {"family_name": "Anna", "given_name": "Lindqvist"},
        {"family_name": "Lindqvist Holm"},
        {"family_name": "Smith", "former_name": "Lindqvist"},
        {"birth_date": date(1951, 4, 13)},
        {"birth_date": date(1915, 3, 14)},
        {"birth_date": date(1988, 9, 30)},
        {"birth_date": None},
    ],
)
def test_somebody_without_phone_and_address_shares_a_key_in_spite_of_a_mistake(
    changes: dict[str, object],
) -> None:
    bare = Person(family_name="Lindqvist", given_name="Anna", birth_date=date(1951, 3, 14))
    mistaken = replace(bare, **changes)  # type: ignore[arg-type]

    assert shared(mistaken, ANNA)
    assert shared(ANNA, mistaken)


@pytest.mark.parametrize(
    "known",
    [
        {"phones": ("070-123 45 67",)},
        {"record_number": "p000123"},
        {"identifiers": (("urn:hospital", "77"),)},
        {"address": "Mulberry Road 12"},
        {"address": "Mulberry Street", "city": "Ames"},
        {"address": "Mulberry Street", "given_name": "Anna"},
    ],
)
def test_one_thing_in_common_is_enough(known: dict[str, object]) -> None:
    assert shared(replace(Person(family_name="Xu"), **known), ANNA)  # type: ignore[arg-type]


def test_strangers_share_no_key() -> None:
    stranger = Person(
        family_name="Okafor",
        given_name="Chidi",
        birth_date=date(1944, 8, 2),
        phones=("515 555 0100",),
        address="7 Elm Street",
        city="Chicago",
    )

    assert not shared(stranger, ANNA)


def test_nobody_has_keys_without_anything_known() -> None:
    assert keys_of(traits_of(Person())) == ()


def test_keys_are_the_same_in_every_run() -> None:
    assert keys_of(traits_of(Person(record_number="P-1"))) == (0xA6DE882700,)


def test_namesakes_of_another_age_are_left_out_where_names_tell_too_little() -> None:
    asked = traits_of(ANNA)
    namesake = keys_of(traits_of(replace(ANNA, birth_date=date(1988, 9, 30))))
    names_only = {key & ~ANY_YEAR for key in keys_of(asked)} & {key & ~ANY_YEAR for key in namesake}

    narrow = blocks_of(asked, Nicknames(), all_ages=False)
    wide = blocks_of(asked, Nicknames(), all_ages=True)

    assert len(wide) == len(narrow)
    assert sum(_holds(narrow, key) for key in namesake) < sum(_holds(wide, key) for key in namesake)
    assert names_only


def _holds(blocks: tuple[Block, ...], key: int) -> bool:
    return any(block.low <= key <= block.high for block in blocks)


@pytest.mark.parametrize(
    "changed",
    [
        {"city": "Boone"},
        {"address": "7 Elm Street"},
        {"phones": ()},
        {"record_number": "P-000124"},
        {"family_name": "Lindquist"},
        {"given_name": "Annie"},
        {"former_name": "Berg"},
        {"birth_date": date(1951, 3, 15)},
        {"birth_date": None},
    ],
    ids="-".join,
)
def test_what_changes_of_the_keys_leads_from_the_old_ones_to_the_new(
    changed: dict[str, object],
) -> None:
    before, after = traits_of(ANNA), traits_of(replace(ANNA, **changed))  # type: ignore[arg-type] # its own fields

    gone, new = key_changes(before, after)

    assert (set(keys_of(before)) - gone) | new == set(keys_of(after))
    assert gone <= set(keys_of(before)) - set(keys_of(after))
