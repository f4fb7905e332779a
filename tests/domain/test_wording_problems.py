"""What is wrong with a wording: everywhere at once, and beside the shipped danger signs."""

from collections.abc import Callable

import pytest

from intake_app.domain.conditions import When
from intake_app.domain.wording import read_wording
from intake_app.domain.wording_edit import FIRST, WordingText
from intake_app.resources import resource

TEXT = resource("wording", "en", "aftercare.toml").read_text("utf-8")
AFTERCARE = WordingText.from_toml(TEXT)
SHIPPED = read_wording(TEXT, "aftercare.toml")
SEDATED: When[object] = When("all", ("sedation",))


def test_the_shipped_wording_has_no_problem() -> None:
    assert AFTERCARE.problems(SHIPPED) == ()


def test_all_problems_are_told_with_their_places() -> None:
    text = (
        AFTERCARE.with_title("A-02", "For {nobody}")
        .with_item("A-05", 0, 0, "")
        .with_item("A-05", 0, 1, "Sit {long")
        .with_block_when("A-19", When("all", ("full_moon",)))
        .with_element_when("A-09", 1, When("any", ("sedation", "high_tide")))
    )

    found = [
        (each.block, each.code, each.element, each.item, dict(each.params)["name"])
        for each in text.problems(SHIPPED)
    ]

    assert found == [
        ("A-02", "wording_placeholder", None, None, "nobody"),
        ("A-05", "wording_empty_text", 0, 0, ""),
        ("A-05", "wording_placeholder", 0, 1, "{"),
        ("A-09", "wording_condition", 1, None, "high_tide"),
        ("A-19", "wording_condition", None, None, "full_moon"),
    ]


def test_every_problem_has_a_sentence_with_nothing_left_to_fill_in() -> None:
    text = AFTERCARE.with_title("A-02", "For {nobody}").with_item("A-05", 0, 0, "")

    said = [problem.sentence for problem in text.problems(SHIPPED)]

    assert said[0].startswith("“nobody” between curly brackets")
    assert said[1] == "A line is empty. Type its text, or remove the line."


def test_a_title_of_the_paper_is_read_too() -> None:
    (problem,) = AFTERCARE.with_paper_title("{x}").problems(SHIPPED)

    assert problem.code == "wording_placeholder"


SHRUNK: dict[str, Callable[[WordingText], WordingText]] = {
    "a sign was taken away": lambda w: w.with_item_removed("R-1", 0, 0),
    "from one group to another": lambda w: w.with_item_removed("R-1", 0, 0).with_item_added(
        "R-1", 1, 0, "Chest pain"
    ),
    "from a long group to a short one": lambda w: w.with_item_removed("R-1", 0, 0).with_item_added(
        "R-1", 3, 0, "Chest pain"
    ),
    "a group was taken away": lambda w: w.with_element_removed("R-1", 3),
    "a sign prints for some only": lambda w: w.with_item_when("R-1", 0, 0, SEDATED),
    "a group prints for some only": lambda w: w.with_element_when("R-1", 0, SEDATED),
    "a sign to call the clinic went": lambda w: w.with_item_removed("R-2", 0, 1),
    "one for some prints for fewer": lambda w: w.with_item_when(
        "R-2", 0, 6, When("all", ("blood_thinner", "sedation"))
    ),
    "one for some went": lambda w: w.with_item_removed("R-2", 0, 6),
}


@pytest.mark.parametrize("name", SHRUNK)
def test_danger_signs_never_shrink(name: str) -> None:
    codes = {each.code for each in SHRUNK[name](AFTERCARE).problems(SHIPPED)}

    assert codes == {"wording_red_flags_shrunk"}


def test_a_group_of_danger_signs_for_some_is_refused_by_itself() -> None:
    codes = {each.code for each in AFTERCARE.with_element_when("R-1", 0, SEDATED).problems()}

    assert codes == {"wording_red_flags_shrunk"}


GROWN: dict[str, Callable[[WordingText], WordingText]] = {
    "reworded": lambda w: w.with_item("R-1", 0, 0, "Pain in your chest"),
    "one more": lambda w: w.with_item_added("R-1", 0, 0, "A blue face"),
    "in another order": lambda w: w.with_item_moved("R-1", 0, 0, by=2),
    "another lead": lambda w: w.with_lead("R-1", 0, "Heart and lungs"),
    "another group first": lambda w: w.with_element_added("R-1", FIRST, "bullets", text="Seizure"),
    "one for some prints for all": lambda w: w.with_item_when(
        "R-2", 0, 6, When("all", ("always",))
    ),
    "both leads changed": lambda w: w.with_lead("R-2", 0, "One").with_lead("R-2", 1, "Two"),
}


@pytest.mark.parametrize("name", GROWN)
def test_danger_signs_may_be_reworded_and_grow(name: str) -> None:
    assert GROWN[name](AFTERCARE).problems(SHIPPED) == ()


MOVED: dict[str, Callable[[WordingText], WordingText]] = {
    "below those for the clinic": lambda w: w.with_block_moved("R-1", 1),
    "behind page 2": lambda w: w.with_block_moved("R-2", 30),
    "for some only": lambda w: w.with_block_when("R-1", SEDATED),
    "behind a block of our own": lambda w: w.with_block_added("A-02", "Parking", "Outside."),
}


@pytest.mark.parametrize("name", MOVED)
def test_danger_signs_stay_on_top_of_page_1_for_everybody(name: str) -> None:
    codes = {each.code for each in MOVED[name](AFTERCARE).problems(SHIPPED)}

    assert codes == {"wording_red_flags_place"}


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (lambda w: w.with_title("R-1", "Call now"), "{emergency}"),
        (lambda w: w.with_item("R-2", 0, 0, "Fever"), "{fever_limit}"),
    ],
    ids=["emergency number", "fever"],
)
def test_danger_signs_keep_their_numbers(
    edit: Callable[[WordingText], WordingText], name: str
) -> None:
    (problem,) = edit(AFTERCARE).problems(SHIPPED)

    assert (problem.code, dict(problem.params)["name"]) == ("wording_red_flag_number", name)


def test_a_translation_is_held_against_the_shipped_translation() -> None:
    text = resource("wording", "es", "aftercare.toml").read_text("utf-8")
    shipped = read_wording(text, "es")

    grown = WordingText.from_toml(text)

    assert grown.problems(shipped) == ()
    assert grown.with_item_removed("R-1", 0, 0).problems(shipped)


def test_a_part_that_stands_before_what_it_belongs_in_is_refused() -> None:
    (problem,) = AFTERCARE.with_block_moved("A-07", -1).problems(SHIPPED)

    assert (problem.block, problem.code) == ("A-07", "wording_into")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "wording_heading"),
        ({**AFTERCARE.data, "block": [{"id": "A-01", "element": [5]}]}, "wording_text"),
        ({**AFTERCARE.data, "block": [5]}, "wording_text"),
        ({**AFTERCARE.data, "block": 5}, "wording_missing_block"),
        (
            {**AFTERCARE.data, "block": [{"id": "A-01", "title": "x", "element": [5]}]},
            "wording_element",
        ),
    ],
    ids=["nothing", "no title", "no table", "no blocks", "no element"],
)
def test_whatever_stands_in_a_file_has_a_problem_and_no_crash(
    data: dict[str, object], code: str
) -> None:
    problems = WordingText(data).problems(SHIPPED)

    assert code in {each.code for each in problems}


HEAD = 'head = ["Danger sign", "{opening_hours}", "Any other time"]'
WIDTHS = "widths = [0.2, 0.45, 0.35]"
CELLS = 'rows = [["Driving", "{driving_wait}", "{driving_end}"]]'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WIDTHS, 'widths = ["wide", 0.45, 0.35]'),
        (WIDTHS, "widths = [nan, 0.45, 0.35]"),
        (WIDTHS, "widths = [0.5, 0.5]"),
        (WIDTHS, "widths = [0.9, 0.9, 0.9]"),
        (WIDTHS, ""),
        (HEAD, 'head = ["Danger sign", "Any time"]'),
        (CELLS, 'rows = [["Driving", "{driving_end}"]]'),
    ],
    ids=["a word", "no number", "one too few", "too wide", "no widths", "short head", "short row"],
)
def test_a_table_whose_columns_do_not_fit_is_refused(before: str, after: str) -> None:
    assert TEXT.count(before) == 1

    text = WordingText.from_toml(TEXT.replace(before, after))

    assert {each.code for each in text.problems(SHIPPED)} == {"wording_table"}
