"""The reading grade, and that every paper stays easy to read."""

import pytest

from intake_app.domain.before import compose_before
from intake_app.domain.reading_grade import (
    reading_grade,
    sentences_of,
    syllables_of,
    words_of,
)
from intake_app.domain.sheets import Block, Bullets, Composition, Paragraph, SpineFigure
from tests.domain.papers import BEFORE, EVERYTHING, ORDINARY, all_text, composed, shipped

PAPERS = {
    "ordinary": composed(ORDINARY),
    "everything": composed(EVERYTHING),
    "what to expect": compose_before(BEFORE, shipped("what_to_expect.toml")),
    "driver card": compose_before(BEFORE, shipped("driver_card.toml")),
}
HARDEST_GRADE = 6
LONGEST_SENTENCE = 25
USUAL_SENTENCE = 15


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


def sentences_in(composition: Composition) -> list[str]:
    texts = [text for block in composition.blocks for text in running_text(block)]
    return [sentence for text in texts for sentence in sentences_of(text)]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("rest", 1), ("pain", 1), ("bones", 1), ("numb", 1), ("wound", 1), ("stitches", 2)],
        *[("danger", 2), ("swollen", 2), ("needle", 2), ("little", 2), ("clothes", 1)],
        *[("looked", 1), ("added", 2), ("raised", 1), ("minutes", 2), ("glasses", 2)],
        *[("medicine", 3), ("diabetes", 4), ("vertebroplasty", 6), ("infection", 3)],
        *[("bleeding", 2), ("recovery", 4), ("emergency", 4), ("procedure", 3), ("12", 1)],
        *[("being", 2), ("people", 2), ("area", 3), ("question", 2), ("the", 1)],
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_each_sentence_and_each_list_item_counts_as_one() -> None:
    grade = reading_grade(["Rest today. Call us.", "Chest pain"])

    assert (grade.sentences, grade.words, grade.syllables) == (3, 6, 7)


def test_the_grade_is_the_published_formula() -> None:
    grade = reading_grade(["The doctor puts cement into the broken bone."])

    # 8 words, 1 sentence, 12 syllables
    assert grade.flesch_kincaid == pytest.approx(0.39 * 8 + 11.8 * 12 / 8 - 15.59)


def test_hard_text_has_a_high_grade() -> None:
    text = (
        "Percutaneous vertebral augmentation necessitates postprocedural immobilization, "
        "after which progressive reintroduction of ordinary physical activity is recommended."
    )

    assert reading_grade([text]).flesch_kincaid > 16


def test_names_of_drugs_can_be_left_out() -> None:
    grade = reading_grade(["Take acetaminophen now"], ignoring=frozenset({"acetaminophen"}))

    assert grade.words == 2


def test_a_text_of_ignored_words_only_is_no_sentence() -> None:
    assert reading_grade(["Apixaban."], ignoring=frozenset({"apixaban"})).sentences == 0


def test_no_text_has_no_grade() -> None:
    assert reading_grade([]).flesch_kincaid == 0


def test_a_title_does_not_end_a_sentence() -> None:
    assert sentences_of("Dr. Ruth Calder put it in.") == ["Dr Ruth Calder put it in."]


@pytest.mark.parametrize("name", list(PAPERS))
def test_every_paper_can_be_read_after_six_years_of_school(name: str) -> None:
    whole = reading_grade(all_text(PAPERS[name]).split("\n"))
    sentences = reading_grade(sentences_in(PAPERS[name]))

    assert whole.flesch_kincaid <= HARDEST_GRADE
    assert sentences.flesch_kincaid <= HARDEST_GRADE


@pytest.mark.parametrize("name", ["aftercare.toml", "what_to_expect.toml", "driver_card.toml"])
def test_every_wording_file_can_be_read_after_six_years_of_school(name: str) -> None:
    texts = [text.replace("{", "").replace("}", "") for text in shipped(name).texts]

    assert reading_grade(texts).flesch_kincaid <= HARDEST_GRADE


@pytest.mark.parametrize("name", list(PAPERS))
def test_sentences_are_short(name: str) -> None:
    lengths = sorted(len(words_of(sentence)) for sentence in sentences_in(PAPERS[name]))

    assert lengths[-1] <= LONGEST_SENTENCE
    assert sum(length > USUAL_SENTENCE for length in lengths) <= len(lengths) // 10


@pytest.mark.parametrize("name", list(PAPERS))
def test_nothing_is_shouted(name: str) -> None:
    loud = {word for word in words_of(all_text(PAPERS[name])) if word.isupper() and len(word) > 2}

    assert loud <= {"CPAP"}


@pytest.mark.parametrize("name", list(PAPERS))
def test_nothing_is_promised(name: str) -> None:
    text = all_text(PAPERS[name]).casefold()

    promises = ("cure", "you will be", "guarantee", "safe to drive", "fit for", "no risk")
    assert [promise for promise in promises if promise in text] == []
