"""A condition as people choose it, and back: the same condition."""

import pytest

from intake_app.domain.conditions import ALWAYS_WHEN, When
from intake_app.ui.presenters.wording_when import Chosen, chosen_of, when_of

NOT_B: When[object] = When("none", ("b",))

PAIRS: list[tuple[When[object], Chosen]] = [
    (ALWAYS_WHEN, Chosen()),
    (When("all", ("a",)), Chosen(("a",))),
    (When("all", ("a", "c")), Chosen(("a", "c"))),
    (When("any", ("a", "c")), Chosen(("a", "c"), one_is_enough=True)),
    (NOT_B, Chosen(fails=("b",))),
    (When("all", ("a", NOT_B)), Chosen(("a",), ("b",))),
    (
        When("all", (When("any", ("a", "c")), NOT_B)),
        Chosen(("a", "c"), ("b",), one_is_enough=True),
    ),
]


@pytest.mark.parametrize(("when", "chosen"), PAIRS)
def test_a_condition_is_shown_as_it_was_chosen(when: When[object], chosen: Chosen) -> None:
    assert chosen_of(when) == chosen


@pytest.mark.parametrize(("when", "chosen"), PAIRS)
def test_what_is_chosen_is_the_same_condition(when: When[object], chosen: Chosen) -> None:
    assert when_of(chosen) == when


@pytest.mark.parametrize(
    "when",
    [
        When("any", ("a", NOT_B)),
        When("none", ("a", When("any", ("b", "c")))),
        When("all", (When("all", ("a", NOT_B)), "c")),
    ],
)
def test_what_is_nested_deeper_is_not_shown_as_something_else(when: When[object]) -> None:
    assert chosen_of(when) is None
