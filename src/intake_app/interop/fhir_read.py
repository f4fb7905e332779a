"""Read one FHIR R4 resource as a person: what can be read is kept, the rest is remarked on."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from intake_app.domain.fields import field_of
from intake_app.domain.patients import Interpreter, Patient
from intake_app.domain.reading import clean_text
from intake_app.domain.validation import Problem
from intake_app.interop import fhir_terms as terms
from intake_app.interop.fhir_people import DRIVER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.exchange import Values
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.patients import Language, Sex

Json = dict[str, Any]

_PARTIAL = re.compile(r"\d{4}(?:-\d\d)?")
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d")
_EARLIEST_YEAR = 1880
_MOST_SHOWN = 40
_LONGEST_NUMBER = 200
_PAST = ("old", "maiden")
_NOT_THE_NAME = (*_PAST, "nickname", "anonymous", "temp")
_NO_PERSONS_NUMBER = frozenset({"SS", "SB", "DL", "AN", "VN"})
"""Types of numbers that are not kept: social security, licences, accounts, visits."""


def text_of(value: Any) -> str:
    """Return a text tidied; a number as its digits, '' for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return clean_text(value) if isinstance(value, str) else ""


def objects(value: Any) -> list[Json]:
    """Return the objects in a list, or the one object there is."""
    listed = value if isinstance(value, list) else [value]
    return [each for each in listed if isinstance(each, dict)]


def texts(value: Any) -> list[str]:
    """Return the texts in a list that say anything."""
    listed = value if isinstance(value, list) else [value]
    return [text for each in listed if (text := text_of(each))]


def _use(each: Json) -> str:
    return text_of(each.get("use"))


def _codes(concepts: Any) -> set[str]:
    return {
        text_of(coding.get("code"))
        for concept in objects(concepts)
        for coding in objects(concept.get("coding"))
    }


def is_emergency(related: Json) -> bool:
    """Return whether a related person is said to be the one to ring."""
    said = " ".join(text_of(each.get("text")) for each in objects(related.get("relationship")))
    return "C" in _codes(related.get("relationship")) or "emergency" in said.casefold()


def is_driver(related: Json) -> bool:
    """Return whether a related person is who takes the patient home."""
    return any(text_of(each.get("text")) == DRIVER for each in objects(related.get("relationship")))


class Reader:
    """Reads one Patient or RelatedPerson; ``remarks`` says what was left out."""

    def __init__(self, resource: Json) -> None:
        self._resource = resource
        self.remarks: list[Problem] = []

    @property
    def is_replaced(self) -> bool:
        """Whether another record took the place of this one."""
        links = [text_of(link.get("type")) for link in objects(self._resource.get("link"))]
        return "replaced-by" in links

    def values(self) -> dict[str, FieldValue]:
        """Return what is said of the patient, by the keys of ``Patient``."""
        found: dict[str, FieldValue] = {
            **self._names(),
            **self._telecom(),
            **self._address(),
            **self._languages(),
            "birth_date": self._birth_date(),
            "sex": self._sex(),
            "gender": self._extension(terms.OWN_GENDER, "valueString"),
            "record_number": self._record_number(),
        }
        if self._raw_extension(terms.INTERPRETER).get("valueBoolean") is False:
            found["interpreter"] = Interpreter.NONE
        dead = self._resource.get("deceasedBoolean") is True
        if dead or text_of(self._resource.get("deceasedDateTime")):
            self.remarks.append(Problem.of("patient", "said_to_have_died", warning=True))
        return {key: value for key, value in found.items() if value not in ("", None, ())}

    def contact(self) -> Values:
        """Return a related person by the keys of ``EmergencyContact``; empty if nobody is named."""
        return _contact(self._resource, self._listed("name"))

    def own_contact(self) -> Values:
        """Return the first person to ring who stands inside the patient."""
        listed = self._listed("contact")
        listed.sort(key=lambda each: not is_emergency(each))
        found = (_contact(each, objects(each.get("name"))) for each in listed)
        return next((contact for contact in found if contact), {})

    def identifiers(self) -> tuple[tuple[str, str], ...]:
        """Return the numbers that others gave: the address or name of who did, and the number."""
        found = []
        for each in objects(self._resource.get("identifier")):
            value = text_of(each.get("value"))
            system = text_of(each.get("system")) or _assigner(each)
            if not value or not system or system == terms.RECORD_NUMBER or _use(each) == "old":
                continue
            if _codes(each.get("type")) & _NO_PERSONS_NUMBER or len(value) > _LONGEST_NUMBER:
                continue
            found.append((system, value))
        return tuple(dict.fromkeys(found))

    # --- the parts ----------------------------------------------------------------------------

    def _listed(self, key: str) -> list[Json]:
        """Return the objects under a key, or the one there is; anything else is remarked on."""
        raw = self._resource.get(key)
        found = objects(raw)
        if raw is not None and len(found) < (len(raw) if isinstance(raw, list) else 1):
            self.remarks.append(Problem.of(key, "badly_written", warning=True, field=key))
        return found

    def _left_out(self, key: str, text: str) -> None:
        label = field_of(Patient, key).label
        shown = text[:_MOST_SHOWN]
        self.remarks.append(Problem.of(key, "left_out", warning=True, field=label, text=shown))

    def _names(self) -> dict[str, FieldValue]:
        listed = self._listed("name")
        order = {"official": 0, "": 1, "usual": 2}
        main = sorted(
            (each for each in listed if _use(each) not in _NOT_THE_NAME),
            key=lambda each: order.get(_use(each), 3),
        )
        found: dict[str, FieldValue] = dict(_name(main[0])) if main else {}
        for each in listed:
            use = _use(each)
            if use in _PAST:
                found.setdefault("former_name", text_of(each.get("family")) or _whole(each))
            elif use == "nickname" or (use == "usual" and each is not main[0]):
                given = " ".join(texts(each.get("given")))
                found.setdefault("preferred_name", given or text_of(each.get("text")))
        return found

    def _telecom(self) -> dict[str, FieldValue]:
        found: dict[str, FieldValue] = {}
        spare: list[str] = []
        for each in sorted(self._listed("telecom"), key=_rank):
            value, system, use = (text_of(each.get(key)) for key in ("value", "system", "use"))
            if not value or use == "old":
                continue
            if system == "email":
                found.setdefault("email", value)
            elif system in ("phone", "sms", ""):
                key = {"mobile": "mobile_phone", "home": "home_phone"}.get(use)
                if key and key not in found:
                    found[key] = value
                elif value not in found.values():
                    spare.append(value)
        for key in ("mobile_phone", "home_phone"):
            if spare and key not in found:
                found[key] = spare.pop(0)
        return found

    def _address(self) -> dict[str, FieldValue]:
        order = {"home": 0, "": 1}
        listed = [
            each for each in self._listed("address") if _use(each) not in ("old", "temp", "billing")
        ]
        if not listed:
            return {}
        address = min(listed, key=lambda each: order.get(_use(each), 2))
        lines = texts(address.get("line")) or _lines_of(address.get("text"))
        return {
            "address_line_1": lines[0] if lines else "",
            "address_line_2": ", ".join(lines[1:]),
            "city": text_of(address.get("city")),
            "region": text_of(address.get("state")),
            "postcode": text_of(address.get("postalCode")),
            "country": text_of(address.get("country")),
        }

    def _languages(self) -> dict[str, FieldValue]:
        found: dict[str, FieldValue] = {}
        listed = self._listed("communication")
        for each in sorted(listed, key=lambda one: one.get("preferred") is not True):
            modes = _modes(each)
            language = self._language(each.get("language"), "language_spoken")
            if language is None:
                continue
            if not modes or modes & {"RSP", "ESP"}:
                found.setdefault("language_spoken", language)
            if modes & {"RWR", "EWR"}:
                found.setdefault("language_read", language)
        return found

    def _language(self, concept: Any, key: str) -> Language | None:
        for each in objects(concept):
            codes = [text_of(coding.get("code")) for coding in objects(each.get("coding"))]
            for code in codes:
                if language := terms.language_of(code):
                    return language
            if said := text_of(each.get("text")) or next(iter(codes), ""):
                self._left_out(key, said)
        return None

    def _birth_date(self) -> date | None:
        raw = self._resource.get("birthDate")
        said = text_of(raw)
        if not said:
            if raw is not None:
                self._left_out("birth_date", str(raw))
            return None
        if _WHOLE.fullmatch(said):
            try:
                day = date.fromisoformat(said)
            except ValueError:
                day = date.min
            if day.year >= _EARLIEST_YEAR:
                return day
        elif _PARTIAL.fullmatch(said):
            self.remarks.append(
                Problem.of("birth_date", "partial_birth_date", warning=True, text=said)
            )
            return None
        self._left_out("birth_date", said)
        return None

    def _sex(self) -> Sex | None:
        for url, table in ((terms.BIRTH_SEX, terms.SEXES_AT_BIRTH), (terms.OWN_SEX, terms.SEXES)):
            if sex := table.get(self._extension(url, "valueCode")):
                return sex
        if self._extension(terms.OWN_GENDER, "valueString"):
            return None  # ours, with a gender and without a sex: the code is the gender
        raw = self._resource.get("gender")
        if raw is None:
            return None
        if sex := terms.SEXES.get(text_of(raw)):
            return sex
        self._left_out("sex", str(raw))
        return None

    def _record_number(self) -> str:
        numbers = objects(self._resource.get("identifier"))
        own = [each for each in numbers if text_of(each.get("system")) == terms.RECORD_NUMBER]
        return text_of(own[0].get("value")) if own else ""

    def _raw_extension(self, url: str) -> Json:
        for each in objects(self._resource.get("extension")):
            if each.get("url") == url:
                return each
        return {}

    def _extension(self, url: str, key: str) -> str:
        return text_of(self._raw_extension(url).get(key))


def _name(name: Json) -> dict[str, FieldValue]:
    family, given = text_of(name.get("family")), texts(name.get("given"))
    if not family and not given:
        return _split(text_of(name.get("text")))
    if not family:
        return {"family_name": " ".join(given)}
    marks = [each for raw in objects(name.get("_given")) for each in objects(raw.get("extension"))]
    if any(each.get("url") == terms.OWN_MIDDLE for each in marks):
        return {"family_name": family, "middle_name": " ".join(given)}
    return {
        "family_name": family,
        "given_name": given[0] if given else "",
        "middle_name": " ".join(given[1:]),
    }


def _split(whole: str) -> dict[str, FieldValue]:
    """Return the parts of a name that is only written out: "Jane Doe" or "Doe, Jane"."""
    if "," in whole:
        family, _, given = whole.partition(",")
    else:
        given, _, family = whole.rpartition(" ")
    return {"family_name": family.strip(), "given_name": given.strip()}


def _whole(name: Json) -> str:
    parts = [*texts(name.get("given")), text_of(name.get("family"))]
    return text_of(name.get("text")) or " ".join(part for part in parts if part)


def _contact(person: Json, names: list[Json]) -> Values:
    phones = [
        text_of(each.get("value"))
        for each in sorted(objects(person.get("telecom")), key=_rank)
        if text_of(each.get("system")) in ("phone", "sms", "")
    ]
    name = next((whole for each in names if (whole := _whole(each))), "")
    phone = next((each for each in phones if each), "")
    if not name and not phone:
        return {}
    return {"name": name, "relation": _relation(person), "phone": phone}


def _relation(person: Json) -> str:
    said = []
    for concept in objects(person.get("relationship")):
        codings = objects(concept.get("coding"))
        if "C" in {text_of(coding.get("code")) for coding in codings}:
            continue
        shown = [text_of(coding.get("display")) for coding in codings]
        said.append(text_of(concept.get("text")) or next((each for each in shown if each), ""))
    return next((each for each in said if each), "")


def _assigner(identifier: Json) -> str:
    assigner = identifier.get("assigner")
    return text_of(assigner.get("display")) if isinstance(assigner, dict) else ""


def _rank(each: Json) -> int:
    rank = each.get("rank")
    return rank if isinstance(rank, int) else 99


def _lines_of(text: Any) -> list[str]:
    return texts(text.split("\n")) if isinstance(text, str) else []


def _modes(communication: Json) -> set[str]:
    return {
        text_of(coding.get("code"))
        for outer in _under(communication, terms.PROFICIENCY)
        for inner in _under(outer, "type")
        for coding in objects(inner.get("valueCoding"))
    }


def _under(element: Json, url: str) -> Iterable[Json]:
    return [each for each in objects(element.get("extension")) if each.get("url") == url]
