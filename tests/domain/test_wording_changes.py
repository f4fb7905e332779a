"""What is different between two versions: block by block, line by line, word by word."""

from collections.abc import Callable

import pytest

from intake_app.domain.conditions import When
from intake_app.domain.wording_changes import (
    BlockChange,
    ChangeKind,
    LineChange,
    Piece,
    changes_of,
    word_marks,
)
from intake_app.domain.wording_edit import WordingText
from intake_app.resources import resource

AFTERCARE = WordingText.from_toml(resource("wording", "en", "aftercare.toml").read_text("utf-8"))
SEDATED: When[object] = When("all", ("sedation",))


def changed(after: WordingText, before: WordingText | None = AFTERCARE) -> list[BlockChange]:
    return [each for each in changes_of(before, after) if each.kind is not ChangeKind.SAME]


def lines(change: BlockChange) -> list[LineChange]:
    return [each for each in change.lines if each.kind is not ChangeKind.SAME]


def test_a_version_is_the_same_as_itself() -> None:
    assert changed(WordingText.from_toml(AFTERCARE.to_toml())) == []


def test_every_block_of_the_first_version_is_new() -> None:
    found = changes_of(None, AFTERCARE)

    assert [each.id for each in found] == [block.id for block in AFTERCARE.blocks]
    assert {each.kind for each in found} == {ChangeKind.ADDED}


CHANGES: dict[str, tuple[Callable[[WordingText], WordingText], list[tuple[str, ChangeKind]]]] = {
    "a word": (
        lambda w: w.with_item("A-05", 0, 0, "Walk a lot"),
        [("A-05", ChangeKind.CHANGED)],
    ),
    "a title": (lambda w: w.with_title("A-02", "Now"), [("A-02", ChangeKind.CHANGED)]),
    "a condition of a block": (
        lambda w: w.with_block_when("A-05", SEDATED),
        [("A-05", ChangeKind.CHANGED)],
    ),
    "a condition of a line": (
        lambda w: w.with_item_when("A-05", 0, 0, SEDATED),
        [("A-05", ChangeKind.CHANGED)],
    ),
    "a block more": (
        lambda w: w.with_block_added("A-05", "Parking", "Outside."),
        [("C-1", ChangeKind.ADDED)],
    ),
    "a block less": (lambda w: w.with_block_removed("DIARY"), [("DIARY", ChangeKind.REMOVED)]),
    "a block further down": (
        lambda w: w.with_block_moved("A-05", 3),
        [("A-05", ChangeKind.MOVED)],
    ),
    "a block further up": (
        lambda w: w.with_block_moved("A-19", -4),
        [("A-19", ChangeKind.MOVED)],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_only_what_is_different_is_told(name: str) -> None:
    edit, expected = CHANGES[name]

    assert [(each.id, each.kind) for each in changed(edit(AFTERCARE))] == expected


def test_a_removed_block_stands_where_it_was() -> None:
    found = [each.id for each in changes_of(AFTERCARE, AFTERCARE.with_block_removed("DIARY"))]

    assert found == [block.id for block in AFTERCARE.blocks]


def test_a_moved_block_says_how_far() -> None:
    (moved,) = changed(AFTERCARE.with_block_moved("A-05", 3))

    assert moved.moved_by == 3


def test_a_changed_line_stands_beside_what_it_was_with_the_words_marked() -> None:
    before = AFTERCARE.with_item("A-05", 0, 0, "Walk 5 minutes each day")

    (change,) = changed(before.with_item("A-05", 0, 0, "Walk 10 minutes each day"), before)
    (line,) = lines(change)

    assert line.before == (Piece("Walk "), Piece("5", marked=True), Piece(" minutes each day"))
    assert line.after == (Piece("Walk "), Piece("10", marked=True), Piece(" minutes each day"))


def test_lines_that_came_and_went_stand_alone() -> None:
    after = AFTERCARE.with_item_removed("A-05", 0, 0).with_item_added("A-05", 0, 1, "Zebras graze.")

    (change,) = changed(after)

    gone, came = lines(change)
    assert (gone.kind, gone.after) == (ChangeKind.REMOVED, ())
    assert (came.kind, came.before, came.after) == (
        ChangeKind.ADDED,
        (),
        (Piece("Zebras graze.", marked=True),),
    )


def test_a_line_that_stayed_is_found_among_lines_that_came() -> None:
    before = AFTERCARE.with_element_added("A-05", -1, "paragraph", text="Walk 5 minutes each day")
    after = AFTERCARE.with_element_added(
        "A-05", -1, "paragraph", text="Walk 9 minutes each day"
    ).with_element_added("A-05", -1, "paragraph", text="Zebras graze.")

    (change,) = changed(after, before)

    assert [each.kind for each in lines(change)] == [ChangeKind.ADDED, ChangeKind.CHANGED]


def test_several_lines_in_the_place_of_one_are_told_apart() -> None:
    before = AFTERCARE.with_element_added("A-05", -1, "paragraph", text="Walk 5 minutes each day")
    after = AFTERCARE.with_element_added(
        "A-05", -1, "paragraph", text="Zebras graze."
    ).with_element_added("A-05", -1, "paragraph", text="Lions roar.")

    (change,) = changed(after, before)

    assert [each.kind for each in lines(change)] == [
        ChangeKind.REMOVED,
        ChangeKind.ADDED,
        ChangeKind.ADDED,
    ]


def test_a_line_for_other_people_than_before_says_so() -> None:
    (change,) = changed(AFTERCARE.with_item_when("A-05", 0, 0, SEDATED))
    (line,) = lines(change)

    assert line.condition_changed
    assert line.when_after == SEDATED
    assert "".join(piece.text for piece in line.before) == "".join(p.text for p in line.after)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("by {day}", "by {start}", ["{day}", "{start}"]),
        ("今天休息", "明天休息", ["今", "明"]),
        ("No, now", "No now", [","]),
        ("", "new", ["new"]),
    ],
    ids=["placeholder", "Chinese", "punctuation", "nothing before"],
)
def test_words_placeholders_and_chinese_characters_are_marked_one_by_one(
    before: str, after: str, marked: list[str]
) -> None:
    left, right = word_marks(before, after)

    assert [piece.text for piece in (*left, *right) if piece.marked] == marked
    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (before, after)
