"""Cells of a table as text that our own fields read, and our values as cells that do no harm."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from intake_app.domain.exchange import DateOrder
from intake_app.domain.fields import Kind
from intake_app.domain.language import translated
from intake_app.domain.names import fold, joined
from intake_app.domain.reading import edit_text
from intake_app.domain.values import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from intake_app.domain.fields import Field, FieldValue
    from intake_app.domain.reading import Locality

_FORMULA = re.compile(
    r"'*\s*[=+\-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}\N{MINUS SIGN}|]"
)
"""What a spreadsheet program may run instead of showing it."""


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula: an apostrophe in front."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_meant(cell: str) -> str:
    """Return a cell without the apostrophe that ``harmless`` put in front."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


# --- cells in ---------------------------------------------------------------------------------

_NOTHING = {"null", "n/a", "na", "none", "nil", "-", "--", "\N{EN DASH}", ".", "\\n", "#n/a"}
_NO_DATE = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}")
_CLOCK = re.compile(r"[T ]+\d{1,2}:\d\d.*$")
_COMPACT = re.compile(r"(1[89]\d\d|20\d\d)(0[1-9]|1[0-2])([0-3]\d)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jaenner janner enero janvier gennaio janeiro",
            "february februar febrero fevrier febbraio fevereiro",
            "march maerz marz marzo mars marco",
            "april abril avril aprile",
            "may mai mayo maggio maio",
            "june juni junio juin giugno junho",
            "july juli julio juillet luglio julho",
            "august agosto aout",
            "september septiembre setiembre septembre settembre setembro",
            "october oktober octubre octobre ottobre outubro",
            "november noviembre novembre novembro",
            "december dezember diciembre decembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_BETWEEN = re.compile(r"(?:[\s.,/\-]|\b(?:del?|of|st|nd|rd|th)\b)*", re.IGNORECASE)
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

_SEX = {
    "w": "female", "weiblich": "female", "frau": "female", "femme": "female", "feminin": "female",
    "mujer": "female", "femenino": "female", "fem": "female", "2": "female", "girl": "female",
    "woman": "female", "mann": "male", "maennlich": "male", "mannlich": "male", "herr": "male",
    "homme": "male", "masculin": "male", "hombre": "male", "masculino": "male", "h": "male",
    "varon": "male", "1": "male", "man": "male", "x": "other", "d": "other", "divers": "other",
    "diverse": "other", "otro": "other", "autre": "other", "9": "other", "nonbinary": "other",
    "unbekannt": "unknown", "desconocido": "unknown", "inconnu": "unknown", "u": "unknown",
    "0": "unknown",
}  # fmt: skip
_ANSWERS = {
    "ja": "yes", "j": "yes", "y": "yes", "true": "yes", "1": "yes", "si": "yes", "s": "yes",
    "oui": "yes", "o": "yes", "wahr": "yes", "vrai": "yes", "nein": "no", "n": "no",
    "false": "no", "0": "no", "non": "no", "falsch": "no", "faux": "no", "unbekannt": "unknown",
}  # fmt: skip
_LANGUAGES = {
    "eng": "en", "englisch": "en", "ingles": "en", "anglais": "en", "spa": "es", "esp": "es",
    "spanisch": "es", "espanol": "es", "castellano": "es", "espagnol": "es", "zh": "zh-Hans",
    "zho": "zh-Hans", "chi": "zh-Hans", "chinese": "zh-Hans", "mandarin": "zh-Hans",
    "vie": "vi", "ara": "ar", "arabisch": "ar", "arabe": "ar", "fra": "fr", "fre": "fr",
    "franzoesisch": "fr", "franzosisch": "fr", "frances": "fr", "francais": "fr", "ger": "de",
    "deu": "de", "deutsch": "de", "aleman": "de", "allemand": "de", "hat": "ht", "haitian": "ht",
    "creole": "ht", "hin": "hi", "ita": "it", "italienisch": "it", "italiano": "it",
    "italien": "it", "kor": "ko", "pol": "pl", "polnisch": "pl", "polski": "pl", "por": "pt",
    "portugiesisch": "pt", "portugues": "pt", "portugais": "pt", "rus": "ru", "russisch": "ru",
    "ruso": "ru", "russe": "ru", "tgl": "tl", "fil": "tl", "filipino": "tl", "urd": "ur",
    "other": "und", "andere": "und", "otro": "und", "autre": "und",
}  # fmt: skip
_CHOICES = {"sex": _SEX, "language_spoken": _LANGUAGES, "language_read": _LANGUAGES}
_YES_NO = "yes"
_MAY_BE_NOTHING = (Kind.DATE, Kind.PHONE, Kind.EMAIL, Kind.CHOICE, Kind.CHOICES)


def reader_of(field: Field) -> Callable[[str], str]:
    """Return what makes a cell of this field's column readable for the field."""

    @lru_cache(maxsize=1024)
    def read(cell: str) -> str:
        text = as_meant(cell).strip()
        if field.kind in _MAY_BE_NOTHING and text.casefold() in _NOTHING:
            return ""
        if field.kind is Kind.DATE:
            return read_day(text)
        return read_choice(field, text) if field.choices else text

    return read


def read_day(text: str) -> str:
    """Return a date without its clock time, its months in English, its digits with strokes."""
    if _NO_DATE.match(text):
        return ""
    text = _CLOCK.sub("", text)
    if match := _COMPACT.fullmatch(text):
        return "-".join(match.groups())
    word = _WORD.search(text)
    if word is None:
        return text
    month = _month(fold(word[0]))
    if not month:
        return text
    before, after = text[: word.start()], text[word.end() :]
    numbers = re.findall(r"\d+", before + " " + after)
    others = re.sub(r"\d+", " ", before + " " + after)
    if len(numbers) != 2 or not _BETWEEN.fullmatch(others):  # noqa: PLR2004 - day and year
        return text
    return f"{numbers[0]} {_ENGLISH[month - 1]} {numbers[1]}"


def _month(word: str) -> int:
    """Return the number of a month by its name, or by the beginning that only one has."""
    if word == "de":
        return 0
    beginning = {number for name, number in _MONTHS.items() if name.startswith(word)}
    return beginning.pop() if len(beginning) == 1 else 0


def read_choice(field: Field, text: str) -> str:
    """Return the stored value of an answer in one of our languages; other text as it stands."""
    if not text:
        return ""
    wanted = text.casefold()
    for option in field.choices:
        if wanted in (option.value.casefold(), translated(option.label).casefold()):
            return option.value
    word = joined(fold(text))
    values = {option.value for option in field.choices}
    known = _CHOICES.get(field.key) or (_ANSWERS if _YES_NO in values else {})
    if word in known:
        return known[word]
    if known is _LANGUAGES and (match := re.match(r"([A-Za-z]{2,3})[-_]", text)):
        return read_choice(field, match[1])
    return text


# --- cells out --------------------------------------------------------------------------------


def cell_of(field: Field, value: FieldValue, locality: Locality) -> str:
    """Return a value as a cell: days in ISO form, answers in words, nothing that does harm."""
    match value:
        case datetime():
            text = _moment(value, locality.zone)
        case date():
            text = value.isoformat()
        case PartialDate():
            text = value.words
        case tuple():
            labels = {option.value: translated(option.label) for option in field.choices}
            text = ", ".join(labels.get(each, each) for each in value)
        case str() if field.choices:
            text = translated(edit_text(field, value, locality))
        case _:
            text = edit_text(field, value, locality)
    return harmless(text)


def _moment(value: datetime, zone: tzinfo) -> str:
    return value.astimezone(zone).isoformat(sep=" ", timespec="minutes")


# --- the order of day and month ---------------------------------------------------------------

_DIGITS = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})[-/. ](\d{1,4})(?!\d)")
_TWELVE = 12
_CENTURY = 99
_FEW = 20
"""One date in so many may be a typing error."""


class DateOrders:
    """Counts what the dates of a file say about the order of day and month."""

    def __init__(self) -> None:
        self._iso = self._day = self._month = self._dots = self._either = 0

    def look(self, cell: str) -> None:
        """Count one cell."""
        match = _DIGITS.match(cell.strip())
        if match is None:
            self._iso += _COMPACT.fullmatch(cell.strip()) is not None
            return
        first, second = int(match[1]), int(match[3])
        if first > _CENTURY:
            self._iso += 1
        elif first > _TWELVE:
            self._day += 1
        elif second > _TWELVE:
            self._month += 1
        elif match[2] == ".":
            self._dots += 1
        else:
            self._either += 1

    def order(self, clinic_order: str) -> tuple[DateOrder, bool]:
        """Return the order, and whether the dates themselves say so."""
        day, month = self._day + self._dots, self._month
        if not day and not month:
            if self._either:
                return DateOrder(clinic_order), False
            return DateOrder.ISO, True
        return (DateOrder.DAY_FIRST if day >= month else DateOrder.MONTH_FIRST), not self.disagree

    @property
    def disagree(self) -> bool:
        """Whether some dates have the day first and some the month."""
        return min(self._day, self._month) * _FEW > max(self._day, self._month) > 0
