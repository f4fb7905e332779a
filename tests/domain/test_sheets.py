"""The check code on a sheet can be read aloud, typed and scanned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.sheets import check_code, read_code

DIGESTS = st.binary(min_size=32, max_size=32)


def test_a_check_code_is_two_groups_of_four() -> None:
    assert check_code(bytes(range(200, 232))) == "S34W-NJYC"


def test_equal_sheets_have_equal_codes_and_others_do_not() -> None:
    codes = [check_code(bytes([n]) * 32) for n in (1, 1, 2)]

    assert (codes[0] == codes[1], codes[0] == codes[2]) == (True, False)


@given(DIGESTS)
def test_a_code_has_no_letter_that_looks_or_sounds_like_another(digest: bytes) -> None:
    assert not set(check_code(digest)) & set("ILOU")


@given(DIGESTS, st.sampled_from(["{}", " {} ", "SI:{}", "si: {}", "\t{}\n"]))
def test_a_code_is_read_back_as_it_was_printed(digest: bytes, frame: str) -> None:
    code = check_code(digest)

    assert read_code(frame.format(code)) == code


@given(DIGESTS, st.sampled_from(["", " ", "–", "."]))
def test_small_letters_and_other_dashes_do_not_matter(digest: bytes, dash: str) -> None:
    code = check_code(digest)

    assert read_code(code.lower().replace("-", dash)) == code


@given(DIGESTS, st.sampled_from(["O1I", "o1l", "O1L"]))
def test_letters_taken_for_digits_are_put_right(digest: bytes, confused: str) -> None:
    code = check_code(digest)

    typed = code.replace("0", confused[0]).replace("1", confused[2])

    assert read_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "SI:", "7K3M", "7K3M-Q2XDA", "7K3M-Q2X!", "7K3M-Q2XU", "ÄK3M-Q2XD"]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) == ""
