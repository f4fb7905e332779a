"""Codes for how a name sounds, so that Stephen finds Steven and Nuñez finds Nunes."""

from __future__ import annotations

import re

_SAME_SOUND = (
    (r"sch|sh|ch|cz|sz", "x"),
    (r"ph|pf", "f"),
    (r"th|dt", "t"),
    (r"ck|kh|c(?![eiy])|q", "k"),
    (r"c|z|ç", "s"),
    (r"w", "v"),
    (r"y|j", "i"),
    (r"gh|h", ""),
)


def sound_codes(word: str) -> tuple[str, ...]:
    """Return the codes of a folded word, the likeliest first; none for a word without a letter.

    Two words that share a code may sound alike.
    """
    code = word
    for spelt, sound in _SAME_SOUND:
        code = re.sub(spelt, sound, code)
    code = code[:1] + re.sub(r"[aeiou]", "", code[1:])
    code = re.sub(r"(.)\1+", r"\1", code)
    return (code,) if code else ()
