"""Reading grades: the formulas, a hand count, and that every paper stays easy to read."""

import tomllib
from pathlib import Path

import pytest

from intake_app.domain.before import compose_before
from intake_app.domain.reading_grade import ReadingGrade, inflesz_band, reading_grade
from intake_app.domain.reading_words import (
    long_sentences_of,
    sentences_of,
    without_placeholders,
    words_of,
)
from intake_app.domain.sheets import Block, Bullets, Composition, Paragraph, SpineFigure
from intake_app.domain.syllables_es import spanish_syllables
from intake_app.services.writing import english_syllables
from tests.domain.papers import BEFORE, EVERYTHING, ORDINARY, all_text, composed, shipped

HAND_COUNTED = tomllib.loads(
    (Path(__file__).parent / "data" / "hand_counted.toml").read_text("utf-8")
)["text"]
PAPERS = {
    "ordinary": composed(ORDINARY),
    "everything": composed(EVERYTHING),
    "what to expect": compose_before(BEFORE, shipped("what_to_expect.toml")),
    "driver card": compose_before(BEFORE, shipped("driver_card.toml")),
}
LONGEST_SENTENCE = 25
USUAL_SENTENCE = 15
OF_ENGLISH = english_syllables().of


def running_text(block: Block) -> list[str]:
    """Return what is read as sentences: no headings, no tables."""
    found: list[str] = []
    for element in block.elements:
        match element:
            case Paragraph():
                found.append(element.text)
            case Bullets():
                found += element.items
            case SpineFigure():
                found += element.text
            case _:
                pass
    return found


def long_sentences_in(composition: Composition) -> list[str]:
    texts = [text for block in composition.blocks for text in running_text(block)]
    return [sentence for text in texts for sentence in long_sentences_of(text)]


@pytest.mark.parametrize("text", HAND_COUNTED, ids=lambda text: text["name"])
def test_a_text_is_counted_as_by_hand(text: dict[str, object]) -> None:
    grade = reading_grade(text["lines"], OF_ENGLISH)  # type: ignore[arg-type]

    by_hand = tuple(text[name] for name in ("words", "sentences", "syllables", "long_words"))
    assert (grade.words, grade.sentences, grade.syllables, grade.polysyllables) == by_hand


@pytest.mark.parametrize("text", HAND_COUNTED, ids=lambda text: text["name"])
def test_the_grade_agrees_with_a_hand_count_to_a_tenth(text: dict[str, float]) -> None:
    per_sentence = text["words"] / text["sentences"]
    per_word = text["syllables"] / text["words"]
    by_hand = max(0, 0.39 * per_sentence + 11.8 * per_word - 15.59)

    grade = reading_grade(text["lines"], OF_ENGLISH)  # type: ignore[arg-type]

    assert grade.flesch_kincaid == pytest.approx(by_hand, abs=0.1)


def test_each_sentence_and_each_list_item_counts_as_one() -> None:
    grade = reading_grade(["Rest today. Call us.", "Chest pain"], OF_ENGLISH)

    assert (grade.sentences, grade.words, grade.syllables) == (3, 6, 7)


def test_the_formulas_are_the_published_ones() -> None:
    grade = ReadingGrade(words=100, sentences=8, syllables=140, polysyllables=9)

    assert grade.flesch_kincaid == pytest.approx(0.39 * 12.5 + 11.8 * 1.4 - 15.59)
    assert grade.reading_ease == pytest.approx(206.835 - 1.015 * 12.5 - 84.6 * 1.4)
    assert grade.fernandez_huerta == pytest.approx(206.84 - 60 * 1.4 - 1.02 * 12.5)
    assert grade.szigriszt_pazos == pytest.approx(206.835 - 62.3 * 1.4 - 12.5)


def test_smog_needs_thirty_sentences() -> None:
    few = ReadingGrade(words=290, sentences=29, syllables=400, polysyllables=36)
    enough = ReadingGrade(words=300, sentences=30, syllables=400, polysyllables=36)

    assert few.smog is None
    assert enough.smog == pytest.approx(1.043 * 6 + 3.1291)


def test_hard_text_has_a_high_grade() -> None:
    text = (
        "Percutaneous vertebral augmentation necessitates postprocedural immobilization, "
        "after which progressive reintroduction of ordinary physical activity is recommended."
    )

    assert reading_grade([text], OF_ENGLISH).flesch_kincaid > 16


def test_names_of_drugs_can_be_left_out() -> None:
    grade = reading_grade(
        ["Take acetaminophen now"], OF_ENGLISH, ignoring=frozenset({"acetaminophen"})
    )

    assert grade.words == 2


def test_a_text_of_ignored_words_only_is_no_sentence() -> None:
    grade = reading_grade(["Apixaban."], OF_ENGLISH, ignoring=frozenset({"apixaban"}))

    assert grade.sentences == 0


def test_no_text_has_no_grade() -> None:
    assert reading_grade([], OF_ENGLISH).flesch_kincaid == 0


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr. Ruth Calder put it in.", ["Dr Ruth Calder put it in."]),
        ("Ask Dra. Ruiz. Llame.", ["Ask Dra Ruiz.", "Llame."]),
        ("Come at 10:30 am. Eat.", ["Come at 10:30 am.", "Eat."]),
        ("Keep it dry; use no oil", ["Keep it dry;", "use no oil"]),
        ("**Stop.** Call us", ["Stop.", "Call us"]),
        ("今天休息。明天走路。", ["今天休息。", "明天走路。"]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


def test_a_colon_does_not_make_a_long_sentence_shorter() -> None:
    text = "Walk: five minutes; then rest. Sit."

    assert long_sentences_of(text) == ["Walk: five minutes; then rest.", "Sit."]


def test_levels_numbers_and_joined_words_are_one_word_each() -> None:
    assert words_of("T12 and L1: take-back at 100.4 °F, 3,000 mg") == [
        *("T12", "and", "L1", "take-back", "at", "100.4", "F", "3,000", "mg"),
    ]


def test_a_placeholder_counts_as_one_short_word() -> None:
    assert words_of(without_placeholders("until {next_day}")) == ["until", "9"]


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (80, "very_easy"),
        (79.9, "quite_easy"),
        (65, "quite_easy"),
        (64, "normal"),
        (55, "normal"),
        (54, "somewhat_hard"),
        (40, "somewhat_hard"),
        (39, "very_hard"),
    ],
)
def test_inflesz_has_five_bands(value: float, band: str) -> None:
    assert inflesz_band(value) == band


def test_an_easy_spanish_text_is_easier_than_a_hard_one() -> None:
    easy = reading_grade(["Descanse hoy. Llame si tiene fiebre."], spanish_syllables)
    hard = reading_grade(
        ["La administración intravenosa de anticoagulantes requiere monitorización periódica."],
        spanish_syllables,
    )

    assert easy.szigriszt_pazos > 65
    assert hard.szigriszt_pazos < 40


@pytest.mark.parametrize("name", list(PAPERS))
def test_sentences_are_short(name: str) -> None:
    lengths = sorted(len(words_of(sentence)) for sentence in long_sentences_in(PAPERS[name]))

    assert lengths[-1] <= LONGEST_SENTENCE
    assert sum(length > USUAL_SENTENCE for length in lengths) <= len(lengths) // 10


@pytest.mark.parametrize("name", list(PAPERS))
def test_nothing_is_shouted(name: str) -> None:
    words = words_of(all_text(PAPERS[name]))
    loud = {word for word in words if word.isalpha() and word.isupper() and len(word) > 2}

    assert loud <= {"CPAP"}


@pytest.mark.parametrize("name", list(PAPERS))
def test_nothing_is_promised(name: str) -> None:
    text = all_text(PAPERS[name]).casefold()

    promises = ("cure", "you will be", "guarantee", "safe to drive", "fit for", "no risk")
    assert [promise for promise in promises if promise in text] == []
