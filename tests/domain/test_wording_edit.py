"""Wording while it is written: each edit gives a new wording and changes one thing."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.conditions import ALWAYS_WHEN, When
from intake_app.domain.errors import WordingEditError, WordingError
from intake_app.domain.sheets import SheetKind
from intake_app.domain.wording import data_of, read_wording
from intake_app.domain.wording_edit import FIRST, ItemText, WordingText
from intake_app.domain.wording_writer import write_toml
from intake_app.resources import resource

FILES = sorted(
    path
    for path in resource("wording").glob("*/*.toml")
    if path.stem in {kind.value for kind in SheetKind}
)
TEXT = resource("wording", "en", "aftercare.toml").read_text("utf-8")
AFTERCARE = WordingText.from_toml(TEXT)
NESTED: When[object] = When("all", ("sedation", When("none", ("driver_known",))))
SMALL = WordingText.from_toml(
    """
sheet = "driver_card"
language = "en"
version = "1"
title = "Card"
[[block]]
id = "D-1"
title = "Come"
[[block.element]]
kind = "paragraph"
text = "Come at {day}."
[[block.element]]
kind = "bullets"
items = ["one", { text = "two", when = "sedation", approver_check = "why" }, "three"]
[[block.element]]
kind = "table"
head = ["What", "When"]
widths = [0.4, 0.6]
rows = [["a", "b"], { cells = ["c", "d"], when = "sedation" }]
[[block]]
id = "D-2"
title = "More"
when = "sedation"
[[block.element]]
kind = "lines"
items = ["Name"]
"""
)


def texts(wording: WordingText, element: int) -> list[tuple[str, ...]]:
    """Return the texts of an element of the first block."""
    return [item.texts for item in wording.block("D-1").elements[element].items]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.stem}/{file.parent.name}")
def test_a_file_that_is_written_again_says_the_same(file: pytest.Item) -> None:
    text = file.read_text("utf-8")  # type: ignore[attr-defined] # a path

    again = WordingText.from_toml(text).to_toml()

    assert data_of(again, "") == data_of(text, "")
    assert read_wording(again, "").fingerprint == WordingText.from_toml(text).fingerprint


def test_what_is_written_reads_like_the_shipped_file() -> None:
    lines = AFTERCARE.to_toml().splitlines()

    assert max(map(len, lines)) <= max(map(len, TEXT.splitlines()))
    assert '  "Chest pain",' in lines
    assert "[[block.element]]" in lines


VALUES = st.recursive(
    st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), VALUES, max_size=5))
def test_whatever_is_written_reads_back_as_it_was(data: dict[str, object]) -> None:
    assert data_of(write_toml(data), "") == data


@pytest.mark.parametrize(
    "text",
    ["", "sheet = 5", 'sheet = "recipe"\nlanguage = "en"\nversion = "1"\ntitle = "x"', "a = "],
)
def test_what_is_no_wording_is_refused(text: str) -> None:
    with pytest.raises(WordingError):
        WordingText.from_toml(text)


def test_blocks_show_what_the_file_has() -> None:
    block = AFTERCARE.block("R-1")

    assert "{emergency}" in block.title
    assert (block.first_page, block.required, block.covers) == (True, True, ("A-24",))
    assert block.elements[0].lead.endswith("hest and breathing")
    assert block.elements[0].items[0] == ItemText(("Chest pain",))


def test_conditions_show_as_they_are_combined() -> None:
    elements = AFTERCARE.block("A-07").elements
    when = next(part.when for part in elements if "{opioids}" in part.items[0].text)

    assert when == When("all", ("opioid", "opioid_named"))


EDITS: dict[
    str, tuple[Callable[[WordingText], WordingText], Callable[[WordingText], object], object]
]
EDITS = {
    "paper title": (lambda w: w.with_paper_title("New"), lambda w: w.title, "New"),
    "title": (lambda w: w.with_title("D-2", "New"), lambda w: w.block("D-2").title, "New"),
    "block when": (
        lambda w: w.with_block_when("D-1", NESTED),
        lambda w: w.block("D-1").when,
        NESTED,
    ),
    "block always": (
        lambda w: w.with_block_when("D-2", ALWAYS_WHEN),
        lambda w: (w.block("D-2").when, "when" in w.to_toml().partition("D-2")[2]),
        (ALWAYS_WHEN, False),
    ),
    "moved down": (
        lambda w: w.with_block_moved("D-1", 1),
        lambda w: [block.id for block in w.blocks],
        ["D-2", "D-1"],
    ),
    "moved no further than the top": (
        lambda w: w.with_block_moved("D-2", -5),
        lambda w: [block.id for block in w.blocks],
        ["D-2", "D-1"],
    ),
    "block added": (
        lambda w: w.with_block_added("D-1", "Parking", "Park outside."),
        lambda w: [(block.id, block.title) for block in w.blocks],
        [("D-1", "Come"), ("C-1", "Parking"), ("D-2", "More")],
    ),
    "a second block of our own": (
        lambda w: w.with_block_added("D-1", "A", "a").with_block_added("C-1", "B", "b"),
        lambda w: [block.id for block in w.blocks],
        ["D-1", "C-1", "C-2", "D-2"],
    ),
    "block removed": (
        lambda w: w.with_block_removed("D-2"),
        lambda w: [block.id for block in w.blocks],
        ["D-1"],
    ),
    "element when": (
        lambda w: w.with_element_when("D-1", 1, When("all", ("sedation",))),
        lambda w: w.block("D-1").elements[1].when,
        When("all", ("sedation",)),
    ),
    "lead": (
        lambda w: w.with_lead("D-1", 1, "Mind"),
        lambda w: w.block("D-1").elements[1].lead,
        "Mind",
    ),
    "head": (
        lambda w: w.with_head("D-1", 2, ("A", "B")),
        lambda w: w.block("D-1").elements[2].head,
        ("A", "B"),
    ),
    "paragraph added first": (
        lambda w: w.with_element_added("D-1", FIRST, "paragraph", text="Hello."),
        lambda w: [part.kind for part in w.block("D-1").elements],
        ["paragraph", "paragraph", "bullets", "table"],
    ),
    "table added": (
        lambda w: w.with_element_added("D-1", 2, "table", text=("x", "y")),
        lambda w: w.block("D-1").elements[3].items,
        (ItemText(("x", "y")),),
    ),
    "element removed": (
        lambda w: w.with_element_removed("D-1", 1),
        lambda w: [part.kind for part in w.block("D-1").elements],
        ["paragraph", "table"],
    ),
    "text of a paragraph": (
        lambda w: w.with_item("D-1", 0, 0, "Come now."),
        lambda w: texts(w, 0),
        [("Come now.",)],
    ),
    "text keeps its condition and note": (
        lambda w: w.with_item("D-1", 1, 1, "2"),
        lambda w: w.block("D-1").elements[1].items[1],
        ItemText(("2",), When("all", ("sedation",)), "why"),
    ),
    "cells": (
        lambda w: w.with_item("D-1", 2, 1, ("C", "D")),
        lambda w: w.block("D-1").elements[2].items[1],
        ItemText(("C", "D"), When("all", ("sedation",))),
    ),
    "item when": (
        lambda w: w.with_item_when("D-1", 1, 0, When("none", ("sedation",))),
        lambda w: w.block("D-1").elements[1].items[0],
        ItemText(("one",), When("none", ("sedation",))),
    ),
    "row always": (
        lambda w: w.with_item_when("D-1", 2, 1, ALWAYS_WHEN),
        lambda w: w.block("D-1").elements[2].items[1],
        ItemText(("c", "d")),
    ),
    "a paragraph's only text has the condition of its element": (
        lambda w: w.with_item_when("D-1", 0, 0, When("all", ("sedation",))),
        lambda w: w.block("D-1").elements[0].when,
        When("all", ("sedation",)),
    ),
    "item added": (
        lambda w: w.with_item_added("D-1", 1, 0, "between"),
        lambda w: texts(w, 1),
        [("one",), ("between",), ("two",), ("three",)],
    ),
    "row added": (
        lambda w: w.with_item_added("D-1", 2, FIRST, ("x", "y")),
        lambda w: texts(w, 2),
        [("x", "y"), ("a", "b"), ("c", "d")],
    ),
    "item removed": (
        lambda w: w.with_item_removed("D-1", 1, 0),
        lambda w: texts(w, 1),
        [("two",), ("three",)],
    ),
    "the last text takes its element along": (
        lambda w: w.with_item_removed("D-1", 0, 0),
        lambda w: [part.kind for part in w.block("D-1").elements],
        ["bullets", "table"],
    ),
    "item moved": (
        lambda w: w.with_item_moved("D-1", 1, 0, by=9),
        lambda w: texts(w, 1),
        [("two",), ("three",), ("one",)],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_gives_a_new_wording_and_leaves_the_old_one(name: str) -> None:
    edit, look, expected = EDITS[name]
    before = SMALL.to_toml()

    edited = edit(SMALL)

    assert look(edited) == expected
    assert look(WordingText.from_toml(edited.to_toml())) == expected
    assert SMALL.to_toml() == before
    assert edited.problems() == ()


REFUSED: dict[str, Callable[[WordingText], WordingText]] = {
    "no such block": lambda w: w.with_title("D-9", "x"),
    "no such element": lambda w: w.with_lead("D-1", 9, "x"),
    "no such line": lambda w: w.with_item("D-1", 1, 9, "x"),
    "not backwards either": lambda w: w.with_item("D-1", 1, -1, "x"),
    "no such line to remove": lambda w: w.with_item_removed("D-1", 1, 9),
    "no such line to move": lambda w: w.with_item_moved("D-1", 1, 9, by=1),
    "no such line to change": lambda w: w.with_item_when("D-1", 1, 9, ALWAYS_WHEN),
    "no such element to remove": lambda w: w.with_element_removed("D-1", 9),
    "what every card needs": lambda w: w.with_block_removed("D-1"),
    "a kind that only ships": lambda w: w.with_element_added("D-1", 0, "spine"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(WordingEditError) as caught:
        REFUSED[name](SMALL)

    assert caught.value.reasons


def test_a_block_that_stands_for_one_that_is_needed_cannot_be_removed() -> None:
    with pytest.raises(WordingEditError):
        AFTERCARE.with_block_removed("R-1")


def test_only_rows_have_cells() -> None:
    assert [part.has_cells for part in SMALL.block("D-1").elements] == [False, False, True]


def test_another_word_gives_another_fingerprint() -> None:
    edited = AFTERCARE.with_title("A-02", "Now")

    assert edited.fingerprint != AFTERCARE.fingerprint
    assert edited.with_title("A-02", AFTERCARE.block("A-02").title) == AFTERCARE
