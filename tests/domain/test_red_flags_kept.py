"""The danger signs say no less, whatever a file or a writer makes of them."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from intake_app.domain.sheets import SheetKind
from intake_app.domain.wording_edit import WordingText
from tests.domain.languages import wording_in, wording_text

Data = dict[str, Any]


def block(data: Data, handle: str) -> Data:
    return next(each for each in data["block"] if each["id"] == handle)


def signs(text: str) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        for element in block(data, "R-1")["element"]:
            element["items"] = [text for _ in element["items"]]

    return change


def put(handle: str, key: str, value: object) -> Callable[[Data], None]:
    return lambda data: block(data, handle).update({key: value})


def both_into(data: Data) -> None:
    put("R-1", "into", "A-02")(data)
    put("R-2", "into", "A-02")(data)


def only_covered(data: Data) -> None:
    data["block"].remove(block(data, "R-1"))
    put("A-02", "covers", ["R-1", "A-24"])(data)


def nested(data: Data) -> None:
    when: object = "opioid"
    for _ in range(3000):
        when = {"all": [when]}
    put("A-05", "when", when)(data)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (signs("."), "wording_red_flags_shrunk"),
        (signs("**"), "wording_red_flags_shrunk"),
        (signs("\u200b"), "wording_red_flags_shrunk"),
        (signs("Chest pain"), "wording_red_flags_shrunk"),
        (put("R-2", "title", ""), "wording_empty_text"),
        (put("R-1", "title", "{emergency}"), "wording_empty_text"),
        (put("R-1", "into", "A-02"), "wording_red_flags_place"),
        (both_into, "wording_red_flags_place"),
        (only_covered, "wording_missing_block"),
        (put("R-1", "boxed", False), "wording_red_flags_place"),
        (nested, "wording_condition"),
    ],
)
def test_what_takes_from_the_danger_signs_is_refused(
    change: Callable[[Data], None], code: str
) -> None:
    data = tomllib.loads(wording_text(SheetKind.AFTERCARE, "en"))
    change(data)

    problems = WordingText.of(data).problems(wording_in(SheetKind.AFTERCARE, "en"))

    assert code in {problem.code for problem in problems}
