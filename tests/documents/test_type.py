from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.documents.type import BOLD, REGULAR, Letters, Line, clean
from tests.documents.conftest import FONTS

SHIPPED = Letters(FONTS)


def bare(text: str) -> str:
    """Return the letters alone, a letter and its mark in one where they can be."""
    letters = "".join(text.split()).replace("\u200d", "").replace("\u200c", "")
    return normalize("NFC", letters)


def words(lines: list[Line]) -> list[str]:
    return ["".join(run.text for run in line) for line in lines]


def test_lines_break_between_words(letters: Letters) -> None:
    lines = letters.lines("one two three four", size=10, width=50)

    assert words(lines) == ["one two", "three four"]


def test_a_word_wider_than_the_line_is_cut_and_nothing_of_it_is_lost(letters: Letters) -> None:
    lines = letters.lines("W" * 40, size=10, width=50)

    assert len(lines) > 1
    assert "".join(words(lines)) == "W" * 40


def test_stars_make_bold_and_are_not_printed(letters: Letters) -> None:
    (line,) = letters.lines("Call **911** now", size=10, width=500)

    assert [(run.font, run.text) for run in line] == [
        (REGULAR, "Call "),
        (BOLD, "911 "),
        (REGULAR, "now"),
    ]


def test_punctuation_stays_with_the_bold_word_before_it(letters: Letters) -> None:
    lines = letters.lines("Call **911**.", size=10, width=letters.width("Call 911", 10))

    assert words(lines) == ["Call", "911."]


@pytest.mark.parametrize("pair", ["(515) 555-0100", "10:30 am", "7 pm", "312 555 0142"])
def test_phone_numbers_and_times_stay_on_one_line(letters: Letters, pair: str) -> None:
    width = letters.width(f"Call us at {pair}", 10) - 1

    assert words(letters.lines(f"Call us at {pair}", size=10, width=width)) == ["Call us at", pair]


def test_a_word_with_one_strange_letter_is_wholly_in_the_other_font(letters: Letters) -> None:
    (line,) = letters.lines("Thị Lan", size=10, width=500)

    assert [run.text for run in line] == ["Thị ", "Lan"]
    assert line[0].font not in (REGULAR, BOLD)
    assert line[1].font == REGULAR


def test_composed_and_decomposed_letters_are_the_same(letters: Letters) -> None:
    assert letters.missing("é") == ()
    assert letters.lines("Jose\u0301", size=10, width=99) == letters.lines(
        "José", size=10, width=99
    )


def test_each_missing_letter_is_named_once(letters: Letters) -> None:
    assert letters.missing("\U00012000\U00013000\U00012000 Ann") == ("\U00012000", "\U00013000")


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.sampled_from("abcWMilé ễЖ.**-"), max_size=200),
    st.floats(min_value=30, max_value=500),
)
def test_no_line_is_wider_than_asked(text: str, width: float) -> None:
    lines = SHIPPED.lines(text, size=10, width=width)

    widths = [
        sum(SHIPPED._shelf.face(run.font).font.stringWidth(run.text, 10) for run in line)
        for line in lines
    ]
    assert max(widths, default=0) <= width + 0.01


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("abc éễ.-"), max_size=200))
def test_no_letter_is_lost_by_breaking_lines(text: str) -> None:
    lines = SHIPPED.lines(text, size=10, width=40)

    assert "".join(words(lines)).replace(" ", "") == text.replace(" ", "")


MIXED = (
    "abW 12,.()**/%-:اببتال لاهن שלם药用。（「"
    "कृष्णा가나ไทยသែ\u200d\u200c\u2066\u2069\u202b\u202c\u0301"
)


@pytest.mark.parametrize("steering", ["\u202b", "\u2069", "\u200b\u202c"])
def test_a_mark_belongs_to_its_letter_whatever_stands_between(steering: str) -> None:
    (line,) = SHIPPED.reading("vi").lines(f"Vie{steering}\u0302t", size=10, width=300)

    assert "".join(line.text.split()) == "Viêt"


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans", "vi"])
@settings(deadline=None, max_examples=150)
@given(
    text=st.text(st.sampled_from(MIXED), max_size=60), width=st.floats(min_value=40, max_value=300)
)
def test_any_mixture_of_scripts_fits_its_lines_and_loses_nothing(
    language: str, text: str, width: float
) -> None:
    letters = SHIPPED.reading(language)

    lines = letters.lines(text, size=10, width=width)

    printed = "".join(line.text for line in lines)
    assert max((line.width * 10 for line in lines), default=0) <= width + 0.01
    assert bare(printed) == bare(clean(text.replace("**", "")))
