"""Reads the bar code of driving licences and identity cards of the United States and Canada.

The text is what a scanner types: a header, then one element on each line, three letters of code
and the value (AAMVA DL/ID card design standard, versions 1 to 10). Scanners differ in what they
make of the separators, so only line ends are relied upon.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.fields import field_of
from intake_app.domain.licences import Licence
from intake_app.domain.patients import Patient, Sex
from intake_app.domain.reading import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = re.compile(r"(?:ANSI ?|AAMVA)\d{6}(\d{2}|)")
_SUBFILE = re.compile(r"(DL|ID|EN)(\d{4})(\d{4})")
_ELEMENT = re.compile(r"(?:DL|ID|EN)?([DZ][A-Z][A-Z0-9])(.*)", re.DOTALL)
_LINES = re.compile(r"[\r\n\x1c-\x1f]+")
_NOTHING = frozenset({"NONE", "UNAVL", "UNAV", "UNKNOWN", "N/A"})
_SEXES = {"1": Sex.MALE, "M": Sex.MALE, "2": Sex.FEMALE, "F": Sex.FEMALE, "X": Sex.OTHER}
_COUNTRIES = {"USA": "United States", "CAN": "Canada"}
_EARLIEST, _LATEST = 1880, 2200
_US_POSTCODE = re.compile(r"(\d{5})-?(\d{4})")
_CANADIAN_POSTCODE = re.compile(r"([A-Z]\d[A-Z]) ?(\d[A-Z]\d)")


def read_licence(text: str) -> Licence:
    """Return what the bar code says; what makes no sense is left out, whatever it is."""
    elements = _elements(text)
    values: dict[str, str | date] = {}
    for key, value in {**_names(elements), **_address(elements)}.items():
        if kept := _tidy(value, key):
            values[key] = kept
    if born := _day(elements.get("DBB", "")):
        values["birth_date"] = born
    if sex := _SEXES.get(elements.get("DBC", "")[:1].upper()):
        values["sex"] = sex.value
    known = "family_name" in values and "birth_date" in values
    return Licence(values, complete=known and not _is_cut_off(text))


def _elements(text: str) -> dict[str, str]:
    """Return the elements by code; the first of two counts."""
    header = _HEADER.search(text)
    rest = text[header.end() :] if header else ""
    # Between header and first element stand the places of the subfiles: ZT03190008DL...
    rest = re.sub(r"^\d{2,4}(?:[A-Z][A-Z0-9]\d{8})*", "", rest)
    found: dict[str, str] = {}
    for line in _LINES.split(rest):
        if match := _ELEMENT.fullmatch(line.strip()):
            found.setdefault(match[1], match[2].strip())
    return found


def _names(elements: Mapping[str, str]) -> dict[str, str]:
    family = elements.get("DCS") or elements.get("DAB", "")
    given = elements.get("DAC", "")
    middle = elements.get("DAD", "")
    if not given and (together := elements.get("DCT", "")):
        given, _, middle = together.partition("," if "," in together else " ")
    if not family and (whole := elements.get("DAA", "")):
        family, given, middle = (*re.split(r"[,@]", whole, maxsplit=2), "", "")[:3]
    if not given and "," in family:
        family, _, given = family.partition(",")
    return {
        "family_name": _as_written(family),
        "given_name": _as_written(given.replace(",", " ")),
        "middle_name": _as_written(middle.replace(",", " ")),
    }


def _address(elements: Mapping[str, str]) -> dict[str, str]:
    return {
        "address_line_1": _as_written(elements.get("DAG", "")),
        "address_line_2": _as_written(elements.get("DAH", "")),
        "city": _as_written(elements.get("DAI", "")),
        "region": elements.get("DAJ", ""),
        "postcode": _postcode(elements.get("DAK", "")),
        "country": _COUNTRIES.get(elements.get("DCG", ""), ""),
    }


def _postcode(text: str) -> str:
    if match := _US_POSTCODE.fullmatch(text.strip()):
        return match[1] if match[2] == "0000" else f"{match[1]}-{match[2]}"
    if match := _CANADIAN_POSTCODE.fullmatch(text.strip().upper()):
        return f"{match[1]} {match[2]}"
    return text


def _as_written(text: str) -> str:
    """Return capitals as people write a name; "NONE" and its like say that there is none."""
    if text.strip().upper() in _NOTHING:
        return ""
    return _capitals(text) if text == text.upper() else text


def _capitals(text: str) -> str:
    words = (word.capitalize() for word in re.split(r"([\s'\u2019\-]+)", text))
    return re.sub(r"\bMc([a-z])", lambda match: f"Mc{match[1].upper()}", "".join(words))


def _tidy(text: str, key: str) -> str:
    limit = field_of(Patient, key).max_length
    return clean_text(text)[:limit].strip()


def _day(text: str) -> date | None:
    """Return a day written mmddyyyy (United States) or yyyymmdd (Canada, old cards).

    Only one of the two can be meant: a month is never above 12, no year below 1880.
    """
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    year_first = _EARLIEST <= int(text[:4]) < _LATEST
    year, month, day = (
        (text[:4], text[4:6], text[6:]) if year_first else (text[4:], text[:2], text[2:4])
    )
    if not _EARLIEST <= int(year) < _LATEST:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _is_cut_off(text: str) -> bool:
    """Return whether the last line has no end, or much less arrived than the header announces."""
    if not text.endswith(("\r", "\n")):
        return True
    announced = _SUBFILE.search(text)
    if announced is None:
        return False
    length = int(announced[3])
    start = text.find(announced[1], announced.end())
    if start < 0:
        return True
    arrived = text[start:]
    # A scanner may drop each line's end, and writes some letters as one that count as two.
    return len(arrived) + len(_LINES.findall(arrived)) + 2 < length
