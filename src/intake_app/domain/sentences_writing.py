"""Sentences of the writer's helper: what is hard to read, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from intake_app.domain.writing_check import WritingReport
    from intake_app.domain.writing_remarks import Remark

REMARKS: dict[str, str] = {
    "sentence_over_15": N_("This sentence has {words} words. Try to make two of it."),
    "sentence_over_25": N_("This sentence has {words} words: too many. Make two or three of it."),
    "passive": N_("“{text}”: say who does it. Not “the skin was closed” but “we closed the skin”."),
    "hard_word": N_("“{word}” is a hard word. Try “{plain}”."),
    "unexplained": N_("“{word}” is not explained. Put in brackets what it means: {meaning}."),
    "list_over_7": N_(
        "This list has {items} lines. Make two lists of it, each with a short line above."
    ),
    "limit_without_date": N_(
        "“{text}”: until which day? Put the date beside it, so that nobody has to count."
    ),
    "sum": N_("“{text}”: the reader must do a sum. Say the result, or the clock times."),
    "units_disagree": N_("These do not agree: {one} is {other}. Correct one of them."),
    "units_mixed": N_(
        "The sheet has both {one} and {other}. One set of units is easier: use the clinic’s own."
    ),
    "capitals": N_("“{text}” is all capitals, which is hard to read. Use small letters or bold."),
    "italics": N_("“{text}” looks like slanted print. Use bold: **word**."),
    "exclamation": N_("Leave the exclamation mark out. Put what matters most at the top instead."),
    "verb_first": N_("Begin with what to do: “Call us if …”, “Take …”, “Do not …”."),
    "should": N_("“{text}”: say it as an instruction, beginning with the verb."),
}
"""By code of the remark."""

BANDS: dict[str, str] = {
    "no_formula": N_("There is no formula for this language. Let a native reader judge it."),
    "easy": N_("Easy to read: grade 6 or below."),
    "allowed": N_("Harder than grade 6. Shorter sentences and plainer words make it easier."),
    "hard": N_("Too hard: above grade 8. It needs a written reason before it can be approved."),
    "very_easy": N_("Very easy to read."),
    "quite_easy": N_("Quite easy to read."),
    "normal": N_("Normal to read. For a sheet like this, easier is better."),
    "somewhat_hard": N_("Somewhat hard to read. Use shorter sentences and plainer words."),
    "very_hard": N_("Very hard to read. Use shorter sentences and plainer words."),
}
"""By code of the band."""


def remark_sentence(remark: Remark) -> str:
    """Return what to do about a remark."""
    values = {"text": remark.text} | dict(remark.params)
    return translated(REMARKS[remark.code]).format_map(values)


def band_sentence(report: WritingReport) -> str:
    """Return how hard the text is to read, in words."""
    return translated(BANDS[report.band])
