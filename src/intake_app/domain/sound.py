"""Codes for how a name sounds, so that Stephen finds Steven and Nuñez finds Nunes.

A code is the row of consonants that most speakers of European languages hear: letters of one sound
are written alike, silent ones and vowels are left out. The spelling is the only evidence, so a word
whose spelling is read differently in different languages (Michael, Gimenez) has two codes.
"""

from __future__ import annotations

import re
from functools import lru_cache

LEAST_LETTERS = 3
"""Shorter words sound like too many others to have a code."""

# What a spelling stands for: upper case is a hiss (X: sh, ch), "a" any vowel, "y" a y or an English
# j, "f" also v and w, "" nothing. Longer spellings stand before their beginnings.
_AT_THE_START = {
    "chr": "kr",
    "kn": "n",
    "gn": "n",
    "ng": "n",
    "pn": "n",
    "wr": "r",
    "ps": "s",
    "mc": "mk",
    "dj": "y",
    "gh": "g",
    "wh": "f",
    "x": "s",
    "h": "",
    "j": "y",
}
_ANYWHERE = {
    "tzsch": "X",
    "tsch": "X",
    "szcz": "X",
    "sch": "X",
    "tch": "X",
    "sh": "X",
    "ch": "X",
    "cz": "X",
    "sz": "X",
    "zh": "X",
    "mps": "ms",
    "mpt": "mt",
    "ph": "f",
    "pf": "f",
    "th": "t",
    "dt": "t",
    "tz": "s",
    "ts": "s",
    "ck": "k",
    "cq": "k",
    "qu": "k",
    "kh": "k",
    "sce": "se",
    "sci": "si",
    "ce": "se",
    "ci": "si",
    "cy": "sy",
    "gh": "",
    "gn": "n",
    "ks": "ks",
    "x": "ks",
    "c": "k",
    "q": "k",
    "z": "s",
    "v": "f",
    "w": "f",
    "j": "y",
    "h": "",
}
_STARTS = re.compile("|".join(sorted(_AT_THE_START, key=len, reverse=True)))
_SPELLINGS = re.compile("|".join(sorted(_ANYWHERE, key=len, reverse=True)))
# A w that only lengthens the vowel before it: Shawn, Lowman.
_SILENT_W = re.compile(r"(?<=[aeou])w(?![aeiouy])")
_AGAIN = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouy]+")
# What a spelling may stand for besides: Michael, Sánchez; Gerald, Gimenez; Javier, Xavier.
_OTHERWISE = (
    (re.compile(r"(?<!s)ch"), "k"),
    (re.compile(r"^g(?=[ei])"), "j"),
    (re.compile(r"^x(?=[aeiou])"), "j"),
)


@lru_cache(maxsize=16384)
def sound_codes(word: str) -> tuple[str, ...]:
    """Return the codes of a folded word, the likeliest first; none for one of other letters.

    Two words that share a code may sound alike.
    """
    if len(word) < LEAST_LETTERS or not (word.isascii() and word.isalpha()):
        return ()
    codes = {_code(word): None}
    for spelt, otherwise in _OTHERWISE:
        other = spelt.sub(otherwise, word)
        if other != word:
            codes[_code(other)] = None
    return tuple(codes)


def _code(word: str) -> str:
    heard = _SILENT_W.sub("", word)
    start = _STARTS.match(heard)
    first = _AT_THE_START[start[0]] if start else ""
    rest = heard[start.end() :] if start else heard
    heard = _SPELLINGS.sub(lambda spelt: _ANYWHERE[spelt[0]], rest)
    heard = _AGAIN.sub(r"\1", first + heard)
    if heard.endswith("d"):
        heard = heard[:-1] + "t"
    begins_with_vowel = "a" if heard[:1] in "aeiouy" else ""
    return begins_with_vowel + _VOWELS.sub("", heard)
