"""Names are folded and taken apart so that what is typed at the desk finds them."""

import pytest

from intake_app.domain.names import digits_of, name_words, placed_words, words_of
from intake_app.domain.nicknames import Nicknames


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("O’Brien", ("o", "brien", "obrien")),
        ("García-López", ("garcia", "lopez", "garcialopez")),
        ("de la Cruz", ("de", "la", "cruz", "delacruz")),
        ("Müller", ("muller", "mueller")),
        ("", ()),
        ("—", ()),
    ],
)
def test_the_words_of_a_name_come_as_they_stand_in_it(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


def test_the_words_of_several_names_are_sorted_and_stand_once() -> None:
    assert words_of("Ann Lee", "Lee") == ("ann", "annlee", "lee")


def test_each_word_has_its_place_and_so_have_those_between_the_spaces() -> None:
    assert placed_words("O’Brien, Ann") == (
        (0, 1, "O"),
        (2, 7, "Brien"),
        (9, 12, "Ann"),
        (0, 7, "OBrien"),
    )


def test_digits_of_every_script_are_read() -> None:
    assert digits_of("٠٣٠-12 ३") == "030123"


def test_nicknames_of_one_person_are_names_of_one_another() -> None:
    names = Nicknames([["william", "bill", "will"], ["robert", "bob"], ["willard", "will"]])

    assert names.same("bill", "will")
    assert names.others("will") == ("bill", "willard", "william")
    assert not names.same("bill", "willard")
    assert not names.same("bill", "bill")
    assert names.others("nobody") == ()
