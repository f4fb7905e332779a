from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.documents.line_break import unbreakable
from intake_app.documents.type import Letters

NEVER_FIRST = "。，、；：？！）」』】》%"
NEVER_LAST = "（「『【《"
CHINESE = (
    "请在24小时内服用500毫克（对乙酰氨基酚），每天最多3,000毫克！体温达到38°C（100.4°F）或更高时，"
    "拨打“911”——不要等。T12和L1已注入骨水泥；2026年11月23日14:30复诊。"
)


@pytest.mark.parametrize("width", range(100, 300, 10))
def test_no_line_begins_or_ends_with_the_wrong_mark(letters: Letters, width: int) -> None:
    lines = [line.text for line in letters.reading("zh-Hans").lines(CHINESE, size=14, width=width)]

    assert "".join(lines) == CHINESE
    assert [line for line in lines if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST] == []


@pytest.mark.parametrize(
    "whole", ["24小时", "500毫克", "3,000毫克", "38°C", "911", "T12", "L1", "2026年", "14:30", "——"]
)
def test_numbers_stay_with_their_unit_and_words_stay_whole(whole: str) -> None:
    assert [part for part in unbreakable(CHINESE) if whole in part] != []


def test_a_line_may_end_after_every_other_letter() -> None:
    assert unbreakable("服用药物") == ["服", "用", "药", "物"]


def test_lines_are_filled(letters: Letters) -> None:
    lines = letters.reading("zh-Hans").lines("药" * 40, size=10, width=100)

    assert [len(line.text) for line in lines] == [10, 10, 10, 10]


def test_there_is_a_little_white_between_chinese_and_other_letters(letters: Letters) -> None:
    chinese = letters.reading("zh-Hans")

    together = chinese.width("服用T12药", 100)
    apart = chinese.width("服用药", 100) + chinese.width("T12", 100)

    assert together - apart == pytest.approx(25)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("药用，。（）“”…—12Ab°%年 "), max_size=40))
def test_nothing_is_lost_between_the_parts(text: str) -> None:
    parts = unbreakable(text)

    assert "".join(parts) == text
    assert [pair for pair in pairwise(parts) if pair[1][0] in "，。）" or pair[0][-1] == "（"] == []
