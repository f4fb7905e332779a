"""Read a person from the PID and NK1 segments of HL7 v2: what can be read is kept.

PID-8 is called administrative sex and is taken for the sex at birth, the only sex we record; what
it says is never written over what somebody typed here. Numbers of the social security and of
licences, accounts and visits are not kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from intake_app.domain.fields import field_of
from intake_app.domain.patients import Patient, Sex
from intake_app.domain.validation import Problem
from intake_app.interop.fhir_terms import language_of
from intake_app.interop.hl7_text import NULL
from intake_app.interop.hl7_time import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from intake_app.domain.exchange import Values
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.patients import Language
    from intake_app.interop.hl7_text import Segment

_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE, "O": Sex.OTHER, "A": Sex.OTHER, "U": Sex.UNKNOWN}
_NO_SEX = ("", "N", NULL)
_LEGAL = ("L", "", "D", "S")
"""Types of names that are the person's name: legal, none said, as displayed; best first."""
_FORMER = ("M", "B")
_NICKNAME = "N"
_HOME = ("H", "HOME", "", "C", "P", "L", "M")
"""Types of addresses where somebody lives, likeliest first; others come after them."""
_NOT_AT_HOME = frozenset({"BA", "B", "O", "N", "BDL", "BR", "F", "S", "SH", "BI"})
"""Types of addresses that are bad, of a firm, an office, a birth, an origin, for bills."""
_NO_PERSONS_NUMBER = frozenset({"SS", "SB", "DL", "AN", "VN"})
_LONGEST_NUMBER = 200
_MOST_SHOWN = 40
_RELATIONS = {
    "SPO": "Spouse",
    "DOM": "Partner",
    "CHD": "Child",
    "SON": "Son",
    "DAU": "Daughter",
    "PAR": "Parent",
    "MTH": "Mother",
    "FTH": "Father",
    "SIB": "Sibling",
    "BRO": "Brother",
    "SIS": "Sister",
    "GRD": "Guardian",
    "GCH": "Grandchild",
    "FND": "Friend",
    "NCH": "Relative",
    "EXF": "Relative",
    "OTH": "",
    "EMC": "",
    "UNK": "",
}
"""HL7 table 0063 in words."""
_SELF = "SEL"
_EMERGENCY = "C"


def authority_of(segment: Segment, field: int, repetition: int, *, first: int, default: str) -> str:
    """Return who gave a number: an address for an OID or a web address, else a name."""

    def part(number: int) -> str:
        if first == 2:  # noqa: PLR2004 - of an entity the parts are components of their own
            return segment.text(field, first + number - 1, repetition=repetition)
        return segment.text(field, first, number, repetition=repetition)

    name, universal, kind = part(1), part(2), part(3)
    if universal and kind == "ISO":
        return f"urn:oid:{universal}"
    if universal and kind in ("URI", "URL"):
        return universal
    return name or universal or default


def surname(segment: Segment, field: int, component: int, *, repetition: int = 1) -> str:
    """Return a surname: the whole of it, else its prefix and its own part."""
    whole, *parts = (
        segment.text(field, component, part, repetition=repetition) for part in (1, 2, 3)
    )
    return whole or " ".join(part for part in parts if part)


def identifier_of(
    segment: Segment, field: int, repetition: int, *, sender: str
) -> tuple[str, str] | None:
    """Return who gave a number and the number; ``None`` for one that is not kept."""
    value = segment.text(field, 1, repetition=repetition)
    kind = segment.text(field, 5, repetition=repetition)
    if value in ("", NULL) or kind in _NO_PERSONS_NUMBER or len(value) > _LONGEST_NUMBER:
        return None
    return authority_of(segment, field, repetition, first=4, default=sender), value


class PersonReader:
    """Reads one PID; ``remarks`` says what was left out."""

    def __init__(self, pid: Segment, sender: str) -> None:
        self._pid = pid
        self._sender = sender
        self.remarks: list[Problem] = []

    def values(self) -> dict[str, FieldValue]:
        """Return what is said, by the keys of ``Patient``; ``None`` for what is to be emptied."""
        found: dict[str, FieldValue] = {
            **self._names(),
            **self._address(),
            **self._phones(),
            "birth_date": self._birth_date(),
            "sex": self._sex(),
            "language_spoken": self._language(),
        }
        found = {key: value for key, value in found.items() if value not in ("", None)}
        if self._pid.text(30).upper() == "Y" or self._pid.text(29) not in ("", NULL):
            self.remarks.append(Problem.of("patient", "said_to_have_died", warning=True))
        return found | dict.fromkeys(self._emptied(found))

    def identifiers(self) -> tuple[tuple[str, str], ...]:
        """Return the numbers of PID-3 and who gave them."""
        found = [
            identifier_of(self._pid, 3, each, sender=self._sender)
            for each in self._pid.repetitions(3)
        ]
        return tuple(dict.fromkeys(number for number in found if number))

    def contact(self, relatives: Iterable[Segment]) -> Values:
        """Return whom to ring: the one who is called so, else the first; empty for nobody."""
        others = [each for each in relatives if each.text(3) != _SELF]
        others.sort(key=lambda each: each.text(7) != _EMERGENCY and each.text(3) != "EMC")
        for each in others:
            parts = (each.text(2, 2), surname(each, 2, 1))
            name = " ".join(part for part in parts if part not in ("", NULL))
            phone = next((number for _, number in _numbers(each, 5)), "")
            if name or phone:
                return {"name": name, "relation": _relation(each), "phone": phone}
        return {}

    # --- the parts ----------------------------------------------------------------------------

    def _left_out(self, key: str, text: str) -> None:
        label = field_of(Patient, key).label
        shown = text[:_MOST_SHOWN]
        self.remarks.append(Problem.of(key, "left_out", warning=True, field=label, text=shown))

    def _names(self) -> dict[str, FieldValue]:
        found: dict[str, FieldValue] = {}
        kinds = {each: self._pid.text(5, 7, repetition=each) for each in self._pid.repetitions(5)}
        order = {kind: place for place, kind in enumerate(_LEGAL)}
        for each in sorted(kinds, key=lambda one: order.get(kinds[one], len(order))):
            kind, family = kinds[each], surname(self._pid, 5, 1, repetition=each)
            given, middle = (self._pid.text(5, part, repetition=each) for part in (2, 3))
            if kind in _LEGAL and "family_name" not in found:
                if not family or family == NULL:
                    family, given = given, ""
                names = {"family_name": family, "given_name": given, "middle_name": middle}
                found |= {key: value for key, value in names.items() if value != NULL}
            elif kind in _FORMER:
                found.setdefault("former_name", family)
            elif kind == _NICKNAME:
                found.setdefault("preferred_name", given or family)
        return found

    def _address(self) -> dict[str, FieldValue]:
        kinds = {each: self._pid.text(11, 7, repetition=each) for each in self._pid.repetitions(11)}
        homes = [each for each, kind in kinds.items() if kind not in _NOT_AT_HOME]
        if not homes:
            return {}
        order = {kind: place for place, kind in enumerate(_HOME)}
        home = min(homes, key=lambda each: order.get(kinds[each].upper(), len(order)))
        keys = ("address_line_1", "address_line_2", "city", "region", "postcode", "country")
        said = {
            key: self._pid.text(11, part, repetition=home) for part, key in enumerate(keys, start=1)
        }
        return {key: value for key, value in said.items() if value != NULL}

    def _phones(self) -> dict[str, FieldValue]:
        found: dict[str, FieldValue] = {}
        spare: list[str] = []
        for field in (13, 14):
            for kind, number in _numbers(self._pid, field):
                key = {"mobile": "mobile_phone", "email": "email"}.get(kind)
                if kind == "phone" and field == 13:  # noqa: PLR2004 - PID-13: phones at home
                    key = "home_phone"
                if key and key not in found:
                    found[key] = number
                elif key != "email" and number not in found.values():
                    spare.append(number)
        for key in ("mobile_phone", "home_phone"):
            if spare and key not in found:
                found[key] = spare.pop(0)
        return found

    def _birth_date(self) -> date | None:
        said = self._pid.text(7)
        if said in ("", NULL):
            return None
        if moment := read_moment(said):
            return moment.day
        if re.fullmatch(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])?", said):
            self.remarks.append(
                Problem.of("birth_date", "partial_birth_date", warning=True, text=said)
            )
        else:
            self._left_out("birth_date", said)
        return None

    def _sex(self) -> Sex | None:
        said = self._pid.text(8).upper()
        if said not in _SEXES and said not in _NO_SEX:
            self._left_out("sex", said)
        return _SEXES.get(said)

    def _language(self) -> Language | None:
        said = [self._pid.text(15, part) for part in (1, 2)]
        if said[0] in ("", NULL) and not said[1]:
            return None
        for each in said:
            if language := language_of(each):
                return language
        self._left_out("language_spoken", said[1] or said[0])
        return None

    def _emptied(self, found: dict[str, FieldValue]) -> list[str]:
        """Return the keys of the fields that the sender wants emptied."""
        whole = {
            7: ("birth_date",),
            8: ("sex",),
            11: ("address_line_1", "address_line_2", "city", "region", "postcode", "country"),
            13: ("home_phone",),
            15: ("language_spoken",),
        }
        keys = [
            key for field, keys in whole.items() if self._pid.text(field) == NULL for key in keys
        ]
        parts = {2: "given_name", 3: "middle_name"}
        keys += [key for part, key in parts.items() if self._pid.text(5, part) == NULL]
        return [key for key in keys if key not in found]


def _numbers(segment: Segment, field: int) -> Iterable[tuple[str, str]]:
    """Yield each phone or address of a field: ``mobile``, ``phone`` or ``email``, and itself."""
    for each in segment.repetitions(field):
        number, use, kind, mail, country, area, local, extension = (
            segment.text(field, part, repetition=each) for part in range(1, 9)
        )
        if kind == "FX" or NULL in (number, local):
            continue
        if "@" in mail or use == "NET" or kind.casefold() == "internet":
            if mail or number:
                yield "email", mail or number
            continue
        if not number and not local:
            number = mail  # where some systems put a number
        if not number and local:
            prefix = f"+{country.lstrip('+')} " if country else ""
            number = prefix + " ".join(part for part in (area, local) if part)
            number += f" x{extension}" if extension else ""
        number = number or segment.text(field, 12, repetition=each)
        if number:
            yield "mobile" if kind == "CP" or use == "PRS" else "phone", number


def _relation(relative: Segment) -> str:
    code, words = relative.text(3), relative.text(3, 2)
    if code.upper() in _RELATIONS:
        return words or _RELATIONS[code.upper()]
    return words or code
