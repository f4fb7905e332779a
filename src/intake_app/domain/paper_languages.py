"""The languages that papers are written in, and which of them a reader's language means."""

from __future__ import annotations

from intake_app.domain.language import N_
from intake_app.domain.values import Choice


class PaperLanguage(Choice):
    """Languages that papers are written in, by their BCP-47 code."""

    ENGLISH = "en", N_("English")
    SPANISH = "es", N_("Spanish")
    CHINESE = "zh-Hans", N_("Chinese (simplified)")
    VIETNAMESE = "vi", N_("Vietnamese")
    ARABIC = "ar", N_("Arabic")


ENGLISH = PaperLanguage.ENGLISH.value
_OTHER_SCRIPT = frozenset({"hant", "tw", "hk", "mo"})
"""Marks of Chinese in traditional characters, which is none of ours."""


def paper_language(code: str) -> str:
    """Return the language of ours that a BCP-47 code means; '' for one that we do not have.

    Case and region do not matter: "es-MX" is Spanish, "zh-CN" simplified Chinese. Chinese in
    traditional characters ("zh-TW", "zh-Hant") is not ours.
    """
    first, *rest = code.strip().replace("_", "-").casefold().split("-")
    for language in PaperLanguage:
        if first == language.value.split("-")[0]:
            other = first == "zh" and _OTHER_SCRIPT.intersection(rest)
            return "" if other else language.value
    return ""
