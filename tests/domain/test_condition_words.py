"""Every condition and placeholder of the closed lists has words that a writer understands."""

import pytest

from intake_app.domain.condition_words import condition_words, placeholder_words, when_words
from intake_app.domain.conditions import ALWAYS_WHEN, When
from intake_app.domain.sheets import SheetKind
from intake_app.domain.vocabulary import names_of


@pytest.mark.parametrize("kind", SheetKind)
def test_every_condition_has_words_of_its_own(kind: SheetKind) -> None:
    pairs = condition_words(kind)

    assert {name for name, _ in pairs} == names_of(kind)[0]
    assert len({words for _, words in pairs}) == len(pairs)
    assert [words for name, words in pairs if words == name.replace("_", " ")] == ["always"]


@pytest.mark.parametrize("kind", SheetKind)
def test_every_placeholder_has_words_of_its_own(kind: SheetKind) -> None:
    pairs = placeholder_words(kind)

    assert {name for name, _ in pairs} == names_of(kind)[1]
    assert len({words for _, words in pairs}) == len(pairs)
    assert [words for name, words in pairs if words == name.replace("_", " ")] == []


SAID: list[tuple[When[object], str]] = [
    (ALWAYS_WHEN, "always"),
    (When("all", ("naloxone",)), "naloxone was supplied"),
    (When("none", ("naloxone",)), "not: naloxone was supplied"),
    (
        When("any", ("naloxone", "call_back")),
        "naloxone was supplied, or the day the clinic calls is recorded",
    ),
    (
        When("all", ("naloxone", When("none", ("call_back", "antibiotic")))),
        "naloxone was supplied, and (not: the day the clinic calls is recorded, "
        "or an antibiotic is prescribed)",
    ),
    (When("all", ("from_the_future",)), "from the future"),
    (When("all", ("fasting_food",)), "the clinic has a rule for food"),
]


@pytest.mark.parametrize(("when", "said"), SAID, ids=[said for _, said in SAID])
def test_a_condition_is_said_as_a_phrase(when: When[object], said: str) -> None:
    assert when_words(when) == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (SheetKind.AFTERCARE, "sedation was given (or not recorded)"),
        (SheetKind.DRIVER_CARD, "sedation is planned (or not recorded)"),
        (SheetKind.DISCHARGE_LETTER, "sedation was given (or not recorded)"),
    ],
)
def test_the_same_name_means_something_else_before_the_visit(kind: SheetKind, said: str) -> None:
    assert when_words(When("all", ("sedation",)), kind) == said
