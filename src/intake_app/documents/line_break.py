"""Where a line may end in writing that puts no spaces between words: Chinese and Japanese."""

# ruff: noqa: RUF001 - marks that look like ours are what this module is about
from __future__ import annotations

import re
from typing import Final

_WIDE: Final = (
    "\u2e80-\u2fdf\u3000-\u30ff\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
)
_HAS_WIDE: Final = re.compile(f"[{_WIDE}]")
_LETTER: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_CLOSING: Final = "。，、；：？！）」』】》〉〕％%…—·”’ー々～℃°.,;:?!)]}"
"""Never at the start of a line."""
_OPENING: Final = "（「『【《〈〔“‘([{#$￥¥+"
"""Never at the end of one."""
_UNITS: Final = (
    "小时|分钟|个月|毫克|毫升|公斤|千克|厘米|英寸|英尺|星期|点半|岁|天|周|年|月|日|号|时|点|分|秒|次|片|粒|磅|克|度|位|个|节|页|块|倍|楼|层|"
    "年|时|小時|分鐘|個月|公克|公分|歲|週|點|號|樓|頁"
)
_PLACES: Final = re.compile(
    rf"(?P<number>[+-]?\d[\d.,:/–~～至-]*(?:{_UNITS})?)"
    rf"|[^{_WIDE}\d“”‘’…—]+|——|……|[\s\S]"
)


def has_wide(text: str) -> bool:
    """Return whether a text has letters that stand without spaces."""
    return _HAS_WIDE.search(text) is not None


def is_wide_letter(character: str) -> bool:
    """Return whether a character is a letter of such writing, not one of its marks."""
    return _LETTER.match(character) is not None


def is_wide_mark(character: str) -> bool:
    """Return whether Chinese writing has a mark in its own width that Latin writing has too."""
    return character in "“”‘’…—"


def unbreakable(word: str) -> list[str]:
    """Return the parts of a word without spaces between which a line may end.

    Closing marks stay with what is before them, opening ones with what follows; a number stays
    with its unit, and letters of other writing stay together.
    """
    parts: list[str] = []
    for match in _PLACES.finditer(word):
        part = match.group()
        if parts and _together(parts[-1], part):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def _together(before: str, after: str) -> bool:
    if after[0] in _CLOSING or before[-1] in _OPENING:
        return True
    return not _HAS_WIDE.match(before[-1]) and not _HAS_WIDE.match(after[0])


def is_mixed(before: str, after: str) -> bool:
    """Return whether a letter without spaces meets one of other writing."""
    wide = is_wide_letter(before), is_wide_letter(after)
    return wide[0] != wide[1] and before.isalnum() and after.isalnum()
