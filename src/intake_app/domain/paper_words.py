"""What the program itself writes on a paper, in the paper's language: dates, units, plurals.

The wording of a paper is the clinic's; these are the words between it and the facts. They come
from ``phrases.toml`` of each language (see ``paper_words_reader``). Numbers have Western digits
in every language, so that doses, dates and phones read the same on the box and on the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from intake_app.domain.plurals import plural_form
from intake_app.domain.sheets import SheetKind, SheetWords

COUNTED: tuple[str, ...] = (
    "minute",
    "hour",
    "day",
    "week",
    "back_bone",
    "broken_bone",
    "pound",
    "bottle_of_water",
)
"""What is counted on papers; each has its plural forms, with ``{n}`` for digits, ``{word}`` for
the number as a word."""

DATES: tuple[str, ...] = ("full", "day", "day_with_year", "near")
"""Forms of a date: with its year; weekday and date; these with the year; date alone."""

PHRASES: Mapping[str, tuple[str, ...]] = {
    "moment": ("day", "clock"),
    "weekday_clock": ("weekday", "clock"),
    "clock_on": ("clock", "day"),
    "clock_12": ("hour", "minute", "half"),
    "clock_24": ("hour", "minute"),
    "hours_and_minutes": ("hours", "minutes"),
    "no_wait": (),
    "today": (),
    "kilograms": ("n",),
    "gallon_of_milk": (),
    "half_gallon_of_milk": (),
    "quart_of_milk": (),
    "levels_in_region": ("levels", "region"),
    "neck": (),
    "mid_back": (),
    "low_back": (),
    "pelvis": (),
    "acetaminophen": (),
    "paracetamol": (),
    "your_blood_thinner": (),
    "by_day_first": (),
    "by_day": (),
    "open_on_days": ("first", "last", "opens", "closes"),
    "vertebroplasty": ("levels",),
    "kyphoplasty": ("levels",),
    "implant": ("levels",),
    "first_week": (),
    "aftercare": (),
    "what_to_expect": (),
    "driver_card": (),
    "appointment_card": (),
    "foot_approved": ("clinic", "day"),
    "foot_general": ("clinic",),
    "foot_differ": (),
    "foot_interpreter": (),
    "version": ("kind", "version"),
    "version_approved": ("name", "day", "review"),
    "version_translator": ("name",),
    "version_demonstration": (),
    "version_not_approved": (),
    "version_limits": ("name", "day"),
}
"""Every phrase, and the names that stand in it between braces."""

LISTS: Mapping[str, int] = {
    "months": 12,
    "weekdays": 7,
    "weekdays_short": 7,
    "numbers": 10,
}
"""Every list of words, and how many there are."""

JOINTS: tuple[str, ...] = ("comma", "and", "semicolon", "sentence_gap", "full_stop")
"""What stands between words, and between sentences; blanks count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """The program's own words in one language."""

    language: str
    """BCP-47 code."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    joints: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Forms of a date for each order of day and month, ``mdy`` and ``dmy``."""
    halves: tuple[tuple[int, str], ...] = ()
    """Hour from which each part of the day begins, and its name: (0, "am"), (12, "pm")."""
    sheet: SheetWords = field(default_factory=SheetWords)
    fingerprint: str = ""
    """SHA-256 of the phrases: named with the wording on what is stored."""

    @property
    def texts(self) -> Iterator[str]:
        """Every text that can print, as a person reads it through."""
        yield from self.phrases.values()
        for forms in (*self.plurals.values(), *self.dates.values()):
            yield from forms.values()
        for words in self.lists.values():
            yield self.joints["comma"].join(words)
        yield self.joints["comma"].join(name for _, name in self.halves)
        for part in fields(self.sheet):
            yield str(getattr(self.sheet, part.name))

    def say(self, key: str, **values: object) -> str:
        """Return a phrase with its values filled in."""
        said = self.phrases[key]
        return said.format(**values) if values else said

    def kind(self, kind: SheetKind) -> str:
        """Return the name of a kind of paper; papers without one in this language keep English."""
        return self.phrases.get(kind.value, kind.label)

    def counted(self, number: int, what: str) -> str:
        """Return so many of something: "1 day", "3 days"."""
        form = self.plurals[what][plural_form(self.language, number)]
        return form.format(n=number, word=self.number(number))

    def number(self, number: int) -> str:
        """Return a small number as a word where the language writes it so, others as digits."""
        words = self.lists["numbers"]
        return words[number] if number < len(words) else str(number)

    def joined(self, words: Sequence[str]) -> str:
        """Return "T12", "T12 and L1", "T12, L1 and L2"."""
        *before, last = words or ("",)
        return f"{self.joints['comma'].join(before)}{self.joints['and']}{last}" if before else last

    def listed(self, words: Sequence[str]) -> str:
        """Return words parted by the comma of the language."""
        return self.joints["comma"].join(words)

    def sentences(self, texts: Sequence[str]) -> str:
        """Return sentences as running text; Chinese has no blank between them."""
        return self.joints["sentence_gap"].join(texts)

    def half(self, hour: int) -> str:
        """Return the part of the day that an hour belongs to: "am"."""
        return [name for start, name in self.halves if start <= hour][-1]


WORDLESS = PaperWords(language="")
"""For whoever asks only what is missing: nothing can be written with it."""
