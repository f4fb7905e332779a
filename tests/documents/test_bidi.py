"""Which way letters run: facts, and the Unicode rules by another implementation."""

import re
from dataclasses import dataclass

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.documents import bidi

MIRRORED = str.maketrans("()[]{}<>«»≤≥", ")(][}{><»«≥≤")
LRI, PDI = "\u2066", "\u2069"


@dataclass(frozen=True)
class Piece:
    text: str
    level: int


def shown(text: str, *, base: int = 1) -> str:
    """Return a line as its letters stand on paper from the left."""
    levels = bidi.levels(text, base=base)
    letters = [
        Piece(letter.translate(MIRRORED) if level % 2 else letter, level)
        for letter, level in zip(text, levels, strict=True)
        if not bidi.is_steering(letter)
    ]
    return "".join(piece.text for piece in bidi.in_print_order(letters))


@pytest.mark.parametrize(
    "phrase",
    [
        "+1 555 0100",
        "(515) 555-0100",
        "312 555 0142",
        "500 mg",
        "3,000 mg",
        "T12",
        "2:30 pm",
        "14:30",
        "7K3M-Q2XD",
        "22/11/2026",
        "100.4 °F",
        "38.0 °C (100.4 °F)",
        "15%",
        "Dr. Ruth Okafor",
        "apixaban (Eliquis)",
        "Bone clinic, December 14, 9 am",
        "12 Shore Road, Chicago, IL 60601",
        "acetaminophen 500 mg, 2 tablets, up to 3 times a day",
        "you@clinic.example",
    ],
)
def test_what_is_read_from_the_left_stays_so_inside_arabic(phrase: str) -> None:
    line = shown(f"اتصلوا {phrase} اليوم.")

    assert phrase in line
    assert line == "." + "اليوم"[::-1] + f" {phrase} " + "اتصلوا"[::-1]


@pytest.mark.parametrize("text", ["خذوا 500 mg من apixaban مرتين", "T12 و L1", "بين 3 و 5 أيام"])
def test_it_is_what_the_unicode_rules_make_of_parts_set_apart(text: str) -> None:
    marked = re.sub(r"[0-9A-Za-z]+(?: [0-9A-Za-z]+)*", lambda m: f"{LRI}{m.group()}{PDI}", text)

    expected = get_display(marked, base_dir="R").replace(LRI, "").replace(PDI, "")

    assert shown(text) == expected


def test_brackets_and_quotes_turn_with_the_letters() -> None:
    assert shown("اسم (عربي) «آخر»") == "»رخآ« )يبرع( مسا".translate(str.maketrans("()«»", ")(»«"))


def test_a_list_with_arabic_commas_goes_on_leftwards() -> None:
    line = shown("T11، T12، L1")

    assert line == "L1 ،T12 ،T11"


@pytest.mark.parametrize("name", ["عبد الرحمن القاضي", "שרה כהן"])
def test_a_name_inside_english_keeps_to_itself(name: str) -> None:
    line = shown(f"{name} · Record 10023, 5", base=0)

    assert line == f"{name[::-1]} · Record 10023, 5"


def test_a_number_after_an_arabic_name_stays_after_it() -> None:
    assert shown("علي 4", base=0) == "يلع 4"


def test_marks_that_set_a_part_apart_are_followed_and_not_printed() -> None:
    text = f"اسم {LRI}A-1; B{PDI} هنا"

    assert shown(text) == "انه A-1; B مسا"


def test_digits_of_arabic_writing_are_read_from_the_left() -> None:
    assert shown("خذوا ٥٠٠ ملغ") == "غلم ٥٠٠ اوذخ"


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ابج שר,.()«» 12AB٣\u2066\u2067\u2069\u200f-"), max_size=40))
def test_no_letter_is_lost_or_made_up_by_putting_it_in_order(text: str) -> None:
    kept = [letter for letter in text if not bidi.is_steering(letter)]

    assert sorted(shown(text).translate(str.maketrans("()«»", "((««"))) == sorted(
        "".join(kept).translate(str.maketrans("()«»", "((««"))
    )
