"""Items of the checklist that follow from the words and the build of a wording."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intake_app.domain.language import N_
from intake_app.domain.reading_words import plain_text, words_of
from intake_app.domain.review_look import Check, Found, Look, no, none_of, not_applicable, yes
from intake_app.domain.sheets import CARDS
from intake_app.domain.writing_check import HARDEST_GRADE, TARGET_GRADE
from intake_app.domain.writing_rules import speech_of
from intake_app.domain.writing_texts import TextKind, placed_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_PARAGRAPH = 60
MOST_COLUMNS = 4
USUAL_SHARE = 10
"""L-14: at most one sentence in ten has more than 15 words."""
INFLESZ_EASY, INFLESZ_NORMAL = 65.0, 55.0
"""Szigriszt-Pazos for "quite easy" and "normal": what stands for grades 6 and 8 in Spanish."""
_SPEAKS = {
    "en": re.compile(r"\byour?s?\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:usted|su|sus|le)\b", re.IGNORECASE),
}
_OF_PATIENT = {
    "en": re.compile(r"\bthe patient\b", re.IGNORECASE),
    "es": re.compile(r"\bel paciente\b", re.IGNORECASE),
}


def _short_pieces(look: Look) -> Found:
    longest = max(
        (
            len(words_of(plain_text(place.text)))
            for place in placed_texts(look.wording)
            if place.kind is TextKind.PARAGRAPH
        ),
        default=0,
    )
    untitled = [block.id for block in look.printed if not block.title]
    if untitled:
        return no(N_("A part has no heading: {part}."), part=untitled[0])
    if longest > LONGEST_PARAGRAPH:
        return no(N_("A paragraph has {words} words."), words=longest)
    return yes(
        N_("Every part has a heading; no paragraph has more than {words} words."), words=longest
    )


def _summary(look: Look) -> Found:
    if look.wording.kind in CARDS:
        return not_applicable(N_("The paper is very short."))
    first = look.printed[0]
    if first.boxed and first.first_page:
        return yes(N_("The box “{title}” stands first."), title=first.title)
    return no(N_("The sheet does not begin with a box that sums it up."))


def _main_message_first(look: Look) -> Found:
    first = look.printed[0]
    if first.boxed and first.first_page:
        return yes(N_("The box “{title}” stands first on page 1."), title=first.title)
    return no(N_("The first part is not a box on page 1."))


def _cues(look: Look) -> Found:
    boxes = sum(block.boxed for block in look.printed)
    lists = sum(1 for _ in look.elements("bullets"))
    if boxes and lists:
        return yes(N_("{boxes} boxes and {lists} lists."), boxes=boxes, lists=lists)
    return no(N_("There is no box, or no list."))


def _captions(look: Look) -> Found:
    figures = list(look.elements("spine"))
    if not figures:
        return not_applicable(N_("There is no picture."))
    if all(figure.items for figure in figures):
        return yes(N_("The drawing of the spine has a line that says what it shows."))
    return no(N_("A drawing has no line that says what it shows."))


def _no_pictures(look: Look) -> Found | None:
    return None if any(look.elements("spine")) else not_applicable(N_("There is no picture."))


def _tables(look: Look) -> Found:
    tables = list(look.elements("table", "limits_table", "medicines_table"))
    if not tables:
        return not_applicable(N_("There is no table."))
    if all(table.head and len(table.head) <= MOST_COLUMNS for table in tables):
        return yes(N_("Every table has headings and at most four columns."))
    return no(N_("A table has no headings, or more than four columns."))


def _no_tables(look: Look) -> Found | None:
    drawn = look.elements("table", "limits_table", "medicines_table", "diary", "spine")
    return None if any(drawn) else not_applicable(N_("There is no table and no drawing."))


def _instructs(look: Look) -> Found | None:
    speech = speech_of(look.wording.language)
    if speech is None:
        return None
    count = sum(
        speech.begins_with_verb(sentence)
        for place in placed_texts(look.wording)
        for sentence in re.split(r"(?<=[.;])\s+", place.text)
    )
    if count:
        return yes(N_("{count} sentences begin with what to do."), count=count)
    return no(N_("No sentence begins with what to do."))


def _speaks_to_reader(look: Look) -> Found | None:
    language = look.wording.language.partition("-")[0]
    if language not in _SPEAKS:
        return None
    texts = [place.text for place in placed_texts(look.wording)]
    away = next((text for text in texts if _OF_PATIENT[language].search(text)), "")
    if away and look.wording.kind not in CARDS:
        return no(N_("It speaks of the patient: “{text}”"), text=away)
    if any(_SPEAKS[language].search(text) for text in texts) or look.wording.kind in CARDS:
        return yes(N_("It says “you”, and speaks of nobody else as the patient."))
    return no(N_("It never says “you”."))


def _tool(look: Look) -> Found:
    if look.wording.kind in CARDS:
        return yes(N_("The card itself is there to be taken along."))
    if any(look.elements("diary")):
        return yes(N_("There is a diary to fill in."))
    if any(element.tick for element in look.elements("bullets")):
        return yes(N_("There is a list to tick."))
    return no(N_("There is no diary and no list to tick."))


def _no_sums(look: Look) -> Found | None:
    return None if look.remarks("sum") else not_applicable(N_("There is no sum to do."))


def _lists(look: Look) -> Found:
    if not any(look.elements("bullets")):
        return no(N_("There is no list."))
    return _LISTS_SHORT(look) or no(N_("There is no list."))


def _everyday_words(look: Look) -> Found:
    found = look.remarks("hard_word")
    if found:
        return no(N_("{count} hard words, first in {first}"), count=len(found), first=found[0])
    return yes(N_("No word of our list of hard words is there."))


def _active_message(look: Look) -> Found:
    handles = {look.printed[0].id, "R-1"}
    passive = [r.text for r in look.report.remarks if r.code == "passive" and r.block in handles]
    if passive:
        return no(N_("“{text}” does not say who acts."), text=passive[0])
    return yes(N_("Main message and emergency box say who acts."))


def _grades(look: Look) -> Iterable[tuple[str, float]]:
    """Return the grade of each sample that was read, else that of the wording."""
    read = [(one.name, one.report.hardest) for one in look.samples if one.report]
    return [
        (name, grade) for name, grade in (read or [("", look.report.hardest)]) if grade is not None
    ]


def _at_most(limit: int, inflesz: float) -> Check:
    def check(look: Look) -> Found:
        graded = _grades(look)
        if graded:
            worst = max(grade for _, grade in graded)
            say = yes if round(worst, 1) <= limit else no
            return say(
                N_("Flesch-Kincaid {grade}, SMOG {smog}."),
                grade=f"{worst:.1f}",
                smog="–" if look.report.smog is None else f"{look.report.smog:.1f}",
            )
        if look.report.inflesz is not None:
            say = yes if look.report.inflesz >= inflesz else no
            return say(N_("INFLESZ {value}."), value=f"{look.report.inflesz:.0f}")
        return not_applicable(N_("There is no formula for this language."))

    return check


def _sentence_length(look: Look) -> Found:
    longest = look.remarks("sentence_over_25")
    if longest:
        return no(N_("Over 25 words: {first}"), first=longest[0])
    long = len(look.remarks("sentence_over_15"))
    say = yes if long * USUAL_SHARE <= look.report.sentences else no
    return say(
        N_("{long} of {all} sentences have more than 15 words, none more than 25."),
        long=long,
        all=look.report.sentences,
    )


_LISTS_SHORT = none_of(
    ("list_over_7",),
    good=N_("No list has more than seven lines without a line of its own."),
    bad=N_("A list is too long, in {first}"),
)
_NO_SUMS = none_of(
    ("sum",), good=N_("There is no sum to do."), bad=N_("A sum is left to the reader, in {first}")
)
_EXPLAINED = none_of(
    ("unexplained",),
    good=N_("Every medical word of our list is explained."),
    bad=N_("{count} medical words are not explained, first in {first}"),
)

WORD_CHECKS: dict[str, Check] = {
    "PEMAT-3": _everyday_words,
    "PEMAT-4": _EXPLAINED,
    "PEMAT-5": none_of(
        ("passive",),
        good=N_("No sentence leaves out who acts."),
        bad=N_("{count} times it does not say who acts, first in {first}"),
    ),
    "PEMAT-7": _NO_SUMS,
    "PEMAT-8": _short_pieces,
    "PEMAT-11": _summary,
    "PEMAT-12": _cues,
    "PEMAT-16": _no_pictures,
    "PEMAT-17": _captions,
    "PEMAT-18": _no_pictures,
    "PEMAT-19": _tables,
    "PEMAT-20": _instructs,
    "PEMAT-21": _speaks_to_reader,
    "PEMAT-23": _tool,
    "PEMAT-24": _no_sums,
    "PEMAT-25": _no_tables,
    "CDC-2": _main_message_first,
    "CDC-3": _main_message_first,
    "CDC-5": _instructs,
    "CDC-6": _active_message,
    "CDC-7": none_of(
        ("hard_word", "unexplained"),
        good=N_("No hard word, and every medical word of our list is explained."),
        bad=N_("{count} words are hard or not explained, first in {first}"),
    ),
    "CDC-8": _lists,
    "CDC-9": _short_pieces,
    "CDC-12": _instructs,
    "CDC-17": _NO_SUMS,
    "L-04": _main_message_first,
    "L-05": none_of(
        ("verb_first", "should"),
        good=N_("Every instruction begins with what to do."),
        bad=N_("{count} instructions do not begin with what to do, first in {first}"),
    ),
    "L-12": _at_most(TARGET_GRADE, INFLESZ_EASY),
    "L-13": _at_most(HARDEST_GRADE, INFLESZ_NORMAL),
    "L-14": _sentence_length,
    "L-15": _EXPLAINED,
    "L-16": _LISTS_SHORT,
    "L-18": _summary,
    "L-19": _tool,
    "L-20": none_of(
        ("sum", "limit_without_date"),
        good=N_("No sums, and every length of time has its date."),
        bad=N_("A sum, or a length of time without a date, in {first}"),
    ),
    "L-23": none_of(
        ("capitals", "italics"),
        good=N_("No capitals or slanted print; the program prints no underlines and no colors."),
        bad=N_("Capitals or slanted print in {first}"),
    ),
}
"""By handle: what follows from the words."""
