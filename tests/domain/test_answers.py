"""Tests for answers: immutable, with rows that keep their numbers in order."""

import pytest

from intake_app.domain.answers import Answers, Kept, row_path, without_row

TWO = Answers().with_values({"drugs.0.name": "aspirin", "drugs.1.name": "apixaban"})


def test_setting_an_answer_leaves_the_old_answers_alone() -> None:
    before = Answers()

    after = before.set("inr", 2)

    assert (before.get("inr"), after.get("inr")) == (None, 2)


@pytest.mark.parametrize("empty", [None, "", ()])
def test_an_emptied_answer_is_gone(empty: str | tuple[str, ...] | None) -> None:
    assert Answers().set("a", "x").set("a", empty) == Answers()


@pytest.mark.parametrize("value", [0, False])
def test_zero_and_no_are_answers(value: int) -> None:
    assert Answers().set("a", value).get("a") == value


def test_a_new_row_is_there_before_anything_is_typed() -> None:
    assert list(Answers().add_row("drugs").rows("drugs")) == [0]


def test_removing_a_row_moves_the_later_ones_up() -> None:
    left = TWO.set("inr", 1).remove_row("drugs", 0)

    assert left.values == {"drugs.0.name": "apixaban", "inr": 1}
    assert list(left.rows("drugs")) == [0]


def test_removing_the_last_row_leaves_none() -> None:
    assert TWO.remove_row("drugs", 1).remove_row("drugs", 0) == Answers()


def test_removing_a_row_that_is_not_there_changes_nothing() -> None:
    assert TWO.remove_row("drugs", 2) is TWO


def test_what_is_kept_of_an_old_version_moves_and_goes_with_its_row() -> None:
    kept = (Kept("drugs.0", {"linkId": "x"}), Kept("drugs.1", {"linkId": "y"}), Kept("", {}))

    left = Answers(TWO.values, TWO.row_counts, kept).remove_row("drugs", 0)

    assert left.kept == (Kept("drugs.0", {"linkId": "y"}), Kept("", {}))


def test_texts_that_could_not_be_read_stay_with_their_row() -> None:
    typed = {"drugs.0.last": "early", "drugs.2.last": "late", "other.1.last": "same", "inr": "?"}

    left = without_row(typed, "drugs", row=0)

    assert left == {"drugs.1.last": "late", "other.1.last": "same", "inr": "?"}


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("drugs.0.name", ("drugs", 0, "name")),
        ("a.b.12.c.d", ("a.b", 12, "c.d")),
        ("inr", None),
        ("a.b", None),
        ("drugs.0", None),
    ],
)
def test_a_path_in_a_row_is_told_from_one_outside(
    path: str, parts: tuple[str, int, str] | None
) -> None:
    assert row_path(path) == parts
