"""What the writer's helper looks for; what it knows of a language has a module of its own."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.reading_words import (
    long_sentences_of,
    plain_text,
    spaced,
    without_placeholders,
    words_of,
)
from intake_app.domain.values import Quantity
from intake_app.domain.writing_english import ENGLISH
from intake_app.domain.writing_languages import Speech
from intake_app.domain.writing_remarks import Remark, remark
from intake_app.domain.writing_spanish import SPANISH
from intake_app.domain.writing_texts import Placed, TextKind
from intake_app.domain.writing_words import WordFinder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from intake_app.domain.word_lists import WordLists

USUAL_WORDS, MOST_WORDS = 15, 25
"""L-14: sentences are mostly not longer than the first, and never than the second."""
MOST_ITEMS = 7
RED_FLAGS = ("R-1", "R-2")
"""Signs, not instructions: "throwing up for 24 hours" needs no date."""
_LABELS = (TextKind.HEAD, TextKind.CAPTION)
SPOKEN_CAPITALS = frozenset({"CPAP", "MRI"})
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ]{3,}\b")
_ITALICS = re.compile(r"(?<![\w*])[*_](?=[^\s*_])[^*_{}]+[*_](?![\w*])")
_EXCLAMATION = re.compile("[!\\u00a1\\uff01]")
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_MEASURES = {
    "°F": re.compile(_NUMBER + r"\s*°\s*F\b"),
    "°C": re.compile(_NUMBER + r"\s*°\s*C\b"),
    "lb": re.compile(_NUMBER + r"\s*(?:lbs?|pounds?|libras?)\b"),
    "kg": re.compile(_NUMBER + r"\s*(?:kg|kilos?|kilograms?|kilogramos?)\b"),
}
_PAIRS = (("°F", "°C"), ("lb", "kg"))
_CLOSE = Decimal("0.1")
_SPEECHES: dict[str, Speech] = {"en": ENGLISH, "es": SPANISH}


def speech_of(language: str) -> Speech | None:
    """Return what is known of a language; ``None`` when nothing is."""
    return _SPEECHES.get(language.partition("-")[0])


def remarks_on(
    texts: Sequence[Placed], *, language: str, lists: WordLists, for_patient: bool = True
) -> Iterator[Remark]:
    """Yield what can be made better, text by text; then what concerns the paper as a whole."""
    speech = speech_of(language) if for_patient else None
    words = WordFinder(texts, lists)
    for place in texts:
        yield from _long_sentences(place, language)
        if speech is not None:
            yield from words.hard(place)
            yield from words.unexplained(place)
            yield from _spoken(place, speech)
        yield from _looks(place)
        yield from _measures(place)
    yield from _long_lists(texts)
    yield from _mixed_units(texts)


def _long_sentences(place: Placed, language: str) -> Iterator[Remark]:
    if not spaced(language):
        return
    for sentence in long_sentences_of(without_placeholders(place.text)):
        count = len(words_of(sentence))
        if count > MOST_WORDS:
            yield remark(place, "sentence_over_25", sentence, words=count)
        elif count > USUAL_WORDS:
            yield remark(place, "sentence_over_15", sentence, words=count)


def _spoken(place: Placed, speech: Speech) -> Iterator[Remark]:
    """Yield what depends on the language: passive voice, sums, limits, verbs."""
    text = plain_text(place.text)
    if place.kind not in _LABELS:
        for found in speech.passives(text):
            if place.kind is not TextKind.TITLE or not found.endswith(
                " by"
            ):  # "Added by" is a label
                yield remark(place, "passive", found)
    for found in speech.sums(text):
        yield remark(place, "sum", found)
    if place.block not in RED_FLAGS and not speech.is_dated(
        " ".join((text, place.beside, place.heading))
    ):
        for found in speech.limits(text):
            yield remark(place, "limit_without_date", found)
    instructs = place.kind is TextKind.ITEM and place.block not in RED_FLAGS
    if instructs and speech.hides_its_verb(text):
        yield remark(place, "verb_first")
    if place.kind in (TextKind.ITEM, TextKind.PARAGRAPH):
        for found in speech.advises(text):
            yield remark(place, "should", found)


def _looks(place: Placed) -> Iterator[Remark]:
    for found in _CAPITALS.findall(place.text):
        if found not in SPOKEN_CAPITALS:
            yield remark(place, "capitals", found)
    for match in _ITALICS.finditer(place.text.replace("**", "")):
        yield remark(place, "italics", match[0])
    if _EXCLAMATION.search(place.text):
        yield remark(place, "exclamation")


def _measured(text: str, unit: str) -> list[Decimal]:
    return [Decimal(found.replace(",", ".")) for found in _MEASURES[unit].findall(text)]


def _measures(place: Placed) -> Iterator[Remark]:
    """Yield each pair of measures in one text that are not the same to 0.1."""
    for one, other in _PAIRS:
        for first, second in zip(
            _measured(place.text, one), _measured(place.text, other), strict=False
        ):
            there = abs(Quantity(first, one).to(other) - second)
            back = abs(Quantity(second, other).to(one) - first)
            if min(there, back) > _CLOSE:
                yield remark(
                    place,
                    "units_disagree",
                    f"{first} {one}, {second} {other}",
                    one=f"{first} {one}",
                    other=f"{Quantity(first, one).to(other)} {other}",
                )


def _mixed_units(texts: Sequence[Placed]) -> Iterator[Remark]:
    """Yield one note where a paper uses two sets of units."""
    for one, other in _PAIRS:
        with_one = [place for place in texts if _MEASURES[one].search(place.text)]
        with_other = [place for place in texts if _MEASURES[other].search(place.text)]
        if with_one and with_other:
            fewer = min(with_one, with_other, key=len)
            yield remark(fewer[0], "units_mixed", one=one, other=other)


def _long_lists(texts: Sequence[Placed]) -> Iterator[Remark]:
    lists: dict[tuple[str, int], list[Placed]] = {}
    for place in texts:
        if place.kind in (TextKind.ITEM, TextKind.QUESTION) and place.always:
            lists.setdefault((place.block, place.element), []).append(place)
    for items in lists.values():
        if len(items) > MOST_ITEMS:
            yield remark(items[MOST_ITEMS], "list_over_7", items=len(items))
