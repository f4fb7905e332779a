"""Syllables of English and Spanish words."""

from pathlib import Path

import pytest

from intake_app.domain.syllables import Syllables, read_syllables
from intake_app.domain.syllables_es import spanish_syllables
from intake_app.resources import resource
from intake_app.services.writing import english_syllables

SAMPLE = Path(__file__).parent / "data" / "dictionary_sample.txt"
MOST_BYTES = 60_000


def dictionary_sample() -> dict[str, set[int]]:
    lines = SAMPLE.read_text("utf-8").splitlines()
    words = [line.split() for line in lines if not line.startswith("#")]
    return {word: {int(number) for number in numbers} for word, *numbers in words}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("rest", 1), ("pain", 1), ("bones", 1), ("numb", 1), ("wound", 1), ("stitches", 2)],
        *[("danger", 2), ("swollen", 2), ("needle", 2), ("little", 2), ("clothes", 1)],
        *[("looked", 1), ("added", 2), ("raised", 1), ("minutes", 2), ("glasses", 2)],
        *[("medicine", 3), ("diabetes", 4), ("vertebroplasty", 6), ("infection", 3)],
        *[("bleeding", 2), ("recovery", 4), ("emergency", 4), ("procedure", 3), ("12", 1)],
        *[("being", 2), ("people", 2), ("area", 3), ("question", 2), ("the", 1), ("The", 1)],
        *[("apixaban", 4), ("rivaroxaban", 5), ("acetaminophen", 6), ("naloxone", 3)],
        *[("take-back", 2), ("X-rays", 2), ("T12", 2), ("100.4", 1), ("10:30", 1)],
        *[("nurse's", 2), ("doctor’s", 2), ("don't", 1), ("didn’t", 2), ("CPAP", 2)],
    ],
)
def test_english_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert english_syllables().of(word) == count


def test_the_dictionary_agrees_with_nearly_every_word() -> None:
    heard = dictionary_sample()
    counter = english_syllables()

    wrong = [word for word, numbers in heard.items() if counter.of(word) not in numbers]

    assert len(heard) > 600
    assert len(wrong) <= len(heard) * 0.005


def test_the_rules_of_spelling_alone_are_mostly_right() -> None:
    heard = dictionary_sample()
    rules = Syllables()

    right = [word for word, numbers in heard.items() if rules.of(word) in numbers]

    assert len(right) >= len(heard) * 0.88


def test_the_shipped_list_is_small_and_comes_with_its_licence() -> None:
    file = resource("reading", "en_syllables.txt")
    licence = resource("reading", "CMUDICT-LICENSE.txt").read_text("utf-8")

    assert file.stat().st_size <= MOST_BYTES
    assert licence.startswith("Copyright (C) 1993-2015 Carnegie Mellon University")


def test_a_list_is_read_with_its_corrections_and_exceptions() -> None:
    corrections, exceptions = read_syllables("# about it\n+ ^re ea$\n- led$\n\n3 area idea\n")

    assert corrections == (("^re", 1), ("ea$", 1), ("led$", -1))
    assert exceptions == {"area": 3, "idea": 3}


def test_a_correction_holds_at_the_ends_it_names() -> None:
    counter = Syllables([("^re", 1)])

    assert counter.of("rest") == 2
    assert counter.of("forest") == 2


DIVIDED = (
    "ca-sa pue-de due-le san-gre mé-di-co dí-a pa-ís ma-íz re-ír o-ír ba-úl bú-ho prohi-bir "
    "al-co-hol ve-hí-cu-lo que-so quien guí-a gui-so ver-güen-za lin-güís-ti-ca ci-güe-ña "
    "a-gua cuan-do buey muy hoy es-toy yo ma-yo le-yes y pa-ra-no-ia le-í-ais a-é-re-o ca-er le-er "
    "po-e-ta te-a-tro hé-ro-e a-ho-ra ciu-dad rui-do cui-da-do cons-truir cons-truí viu-da "
    "re-no-váis o-es-te lim-piáis cau-sa pei-ne far-ma-cia ce-men-to co-lum-na "
    "ver-te-bro-plas-tia me-di-ci-na hue-so en-fer-me-ra res-pi-ra-ción a-nes-te-sia "
    "an-ti-bió-ti-co he-ri-da i-bu-pro-fe-no mie-do tam-bién"
)
BY_HAND = [(word.replace("-", ""), word.count("-") + 1) for word in DIVIDED.split()]


@pytest.mark.parametrize(("word", "count"), BY_HAND)
def test_spanish_words_are_divided_as_by_hand(word: str, count: int) -> None:
    assert spanish_syllables(word) == count


def test_more_than_forty_spanish_words_were_divided() -> None:
    assert len(dict(BY_HAND)) >= 40
