"""Levels as people write them: read, refused with a reason, and written back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.spine import (
    LEVELS,
    STANDARD_LEVELS,
    TRANSITIONAL,
    UNKNOWN,
    Level,
    Region,
    in_order,
    position,
    read_levels,
    region_of,
    write_levels,
)


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("T12", "T12"),
        ("t12", "T12"),
        ("T 12", "T12"),
        ("T.12", "T12"),
        ("T-12", "T12"),
        ("Th12", "T12"),
        ("D12", "T12"),
        ("thoracic 12", "T12"),
        ("12th thoracic", "T12"),
        ("twelfth thoracic vertebra", "T12"),
        ("fracture of the 1st lumbar body", "L1"),
        ("T12.", "T12"),
        ("T12, L1-L3", "T12 L1 L2 L3"),
        ("L1-3", "L1 L2 L3"),
        ("T11, 12", "T11 T12"),
        ("T12-L2", "T12 L1 L2"),
        ("T12–L2", "T12 L1 L2"),
        ("T12 to L2", "T12 L1 L2"),
        ("from T12 through L2", "T12 L1 L2"),
        ("T12 L1", "T12 L1"),
        ("L1 and T12", "T12 L1"),
        ("T12/L1; L4 & L5 + C3\nS1", "C3 T12 L1 L4 L5 S1"),
        ("C7-T1", "C7 T1"),
        ("L5-S1", "L5 S1"),
        ("C3, S2", "C3 S2"),
        ("L3-L3", "L3"),
    ],
)
def test_levels_are_read_as_people_write_them(typed: str, levels: str) -> None:
    read = read_levels(typed)

    assert (read.levels, read.problems) == (tuple(levels.split()), ())


@pytest.mark.parametrize("typed", ["", "   ", " , ;"])
def test_nothing_typed_is_no_levels_and_no_problem(typed: str) -> None:
    read = read_levels(typed)

    assert (read.levels, read.problems) == ((), ())


@pytest.mark.parametrize(
    ("typed", "code", "levels"),
    [
        ("L6", "transitional_level", ()),
        ("T13", "no_such_level", ()),
        ("13th thoracic", "no_such_level", ()),
        ("T0", "no_such_level", ()),
        ("C8", "no_such_level", ()),
        ("S6", "no_such_level", ()),
        ("T12,T12", "level_twice", ("T12",)),
        ("T11-L1, T12", "level_twice", ("T11", "T12", "L1")),
        ("L3-T11", "range_upwards", ()),
        ("T12-T99", "no_such_level", ()),
        ("T99-L1", "no_such_level", ()),
        ("knee", "not_a_level", ()),
        ("12", "not_a_level", ()),
        ("C1-", "not_a_level", ()),
        ("L1-L2-L3", "not_a_level", ()),
        ("knee-L1", "not_a_level", ()),
        ("L1-knee", "not_a_level", ()),
        ("2 fractures", "not_a_level", ()),
        ("T12, knee, L1", "not_a_level", ("T12", "L1")),
    ],
)
def test_what_is_no_level_is_named_and_the_rest_is_read(
    typed: str, code: str, levels: tuple[str, ...]
) -> None:
    read = read_levels(typed)

    assert ([problem.code for problem in read.problems], read.levels) == ([code], levels)


def test_the_sentence_can_say_where_the_region_ends() -> None:
    (problem,) = read_levels("T13").problems

    assert dict(problem.values) == {"level": "T13", "first": "T1", "last": "T12"}


@pytest.mark.parametrize(
    ("levels", "written"),
    [
        ((), ""),
        (("T12",), "T12"),
        (("L1", "T12"), "T12, L1"),
        (("L3", "L1", "L2"), "L1-L3"),
        (("T12", "L1", "L2", "L3"), "T12, L1-L3"),
        (("L4", "L5"), "L4, L5"),
        (("L3", "L4", "L5", "L6"), "L3-L5, L6"),
        (("unknown", "T12", "unknown"), "T12"),
    ],
)
def test_levels_are_written_with_runs_joined(levels: tuple[str, ...], written: str) -> None:
    assert write_levels(levels) == written


@given(st.sets(st.sampled_from(LEVELS)))
def test_every_set_of_named_levels_reads_back_as_it_was_written(levels: set[str]) -> None:
    read = read_levels(write_levels(levels))

    assert (set(read.levels), read.problems) == (levels, ())


@given(st.text(alphabet="tldcsTL0123456789-, hoa", max_size=20))
def test_whatever_is_typed_gives_distinct_levels_from_the_head_down(typed: str) -> None:
    levels = read_levels(typed).levels

    assert levels == in_order(set(levels))


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_reader(typed: str) -> None:
    assert set(read_levels(typed).levels) <= set(LEVELS)


def test_the_standard_levels_are_the_seventeen_that_are_drawn_large() -> None:
    assert (len(STANDARD_LEVELS), STANDARD_LEVELS[0], STANDARD_LEVELS[-1]) == (17, "T1", "L5")


def test_every_level_that_can_be_stored_has_a_place_of_its_own() -> None:
    places = [position(level) for level in Level]

    assert len(set(places)) == len(places)


def test_transitional_stands_between_l5_and_s1_and_unknown_last() -> None:
    ordered = in_order(["unknown", "S1", "L6", "L5", "C1"])

    assert ordered == ("C1", "L5", TRANSITIONAL, "S1", UNKNOWN)


def test_an_unknown_level_is_in_no_region() -> None:
    assert (region_of(UNKNOWN), region_of("T12")) == (None, Region.THORACIC)
