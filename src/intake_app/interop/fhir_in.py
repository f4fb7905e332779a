"""Read people from FHIR R4: a patient, a bundle of any kind, or one resource on each line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from intake_app.domain.errors import (
    FileDamagedError,
    FileEmptyError,
    FileNotATableError,
    FileTooBigError,
)
from intake_app.domain.exchange import Incoming, Refused
from intake_app.domain.language import N_, translated
from intake_app.domain.validation import Problem
from intake_app.interop.fhir_read import Reader, is_driver, is_emergency, text_of

Json = dict[str, Any]

MOST_MEGABYTES = 256
"""Our own bundle of more than a hundred thousand people fits into it."""
_KEPT = ("Patient", "RelatedPerson")
"""Kinds whose text is kept; of the others it is only said that they are not taken in."""
_GAP = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One resource as the text that it stands in, so that a large file fits into memory."""

    place: str
    kind: str
    text: str
    in_bundle: bool
    names: tuple[str, ...]
    """What others in the file may call it."""
    mark: int
    """Equal for equal resources."""

    @property
    def resource(self) -> Json:
        whole: Json = json.loads(self.text)
        found: Json = whole["resource"] if self.in_bundle else whole
        return found


def _entry_of(
    resource: Json, place: str, text: str, *, in_bundle: bool = False, full_url: str = ""
) -> _Entry:
    kind, number = text_of(resource.get("resourceType")), text_of(resource.get("id"))
    names = (full_url, f"{kind}/{number}" if number else "")
    return _Entry(
        place,
        kind,
        text if kind in _KEPT else "",
        in_bundle,
        tuple(filter(None, names)),
        hash(json.dumps(resource, sort_keys=True)) if any(names) else 0,
    )


@dataclass(slots=True)
class _People:
    """The patients of a file and who is to be rung for them."""

    patients: list[_Entry] = field(default_factory=list)
    by_name: dict[str, int] = field(default_factory=dict)
    contacts: dict[int, list[_Entry]] = field(default_factory=dict)


def read_bundle(data: bytes) -> Iterator[Incoming | Refused]:
    """Return each person of a file, and a refusal with its reason for everything else in it.

    Raises:
        FileUnusableError: it is no FHIR at all, too big, or damaged; nothing of it is read.
    """
    return _read(_entries(_decoded(data)))


def _decoded(data: bytes) -> str:
    if len(data) > MOST_MEGABYTES * 1024 * 1024:
        raise FileTooBigError
    utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileDamagedError("letters") from None
    if not text.strip():
        raise FileEmptyError
    return text


def _entries(text: str) -> list[_Entry | Refused]:
    try:
        return _bundle(text) if text.lstrip()[:1] == "{" else _no_bundle(json.loads(text))
    except RecursionError:
        raise FileDamagedError("nesting") from None
    except ValueError:
        return _lines(text)


def _no_bundle(whole: Any) -> list[_Entry | Refused]:
    if not isinstance(whole, dict) or not text_of(whole.get("resourceType")):
        raise FileNotATableError
    return [_entry_of(whole, _place(N_("entry {number}"), 1), json.dumps(whole))]


def _bundle(text: str) -> list[_Entry | Refused]:
    """Read an object member by member, and the entries of a bundle one by one.

    Raises:
        ValueError: it is no JSON.
    """
    head: Json = {}
    found: list[_Entry | Refused] = []
    at = _next(text, _next(text, 0) + 1)
    while text[at : at + 1] != "}":
        key, at = _DECODER.raw_decode(text, at)
        if not isinstance(key, str):
            raise ValueError
        at = _after(text, at, ":")
        if key == "entry" and text[at : at + 1] == "[":
            at = _read_entries(text, at, found)
        else:
            head[key], at = _DECODER.raw_decode(text, at)
        at = _next(text, at)
        if text[at : at + 1] != "}":
            at = _after(text, at, ",")
    if _next(text, at + 1) != len(text):
        raise ValueError
    if head.get("resourceType") != "Bundle":
        return _no_bundle(json.loads(text))
    if "entry" in head:
        raise FileDamagedError("entry")
    return found


def _read_entries(text: str, at: int, found: list[_Entry | Refused]) -> int:
    """Add the entries of a list that begins here; return where it has ended."""
    at = _next(text, at + 1)
    while text[at : at + 1] != "]":
        raw, end = _DECODER.raw_decode(text, at)
        found.append(_entry(raw, len(found) + 1, text[at:end]))
        at = _next(text, end)
        if text[at : at + 1] != "]":
            at = _after(text, at, ",")
    return at + 1


def _next(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


def _after(text: str, at: int, sign: str) -> int:
    at = _next(text, at)
    if text[at : at + 1] != sign:
        raise ValueError
    return _next(text, at + 1)


def _entry(raw: Any, number: int, text: str) -> _Entry | Refused:
    place = _place(N_("entry {number}"), number)
    resource = raw.get("resource") if isinstance(raw, dict) else None
    if not isinstance(resource, dict):
        return Refused(place=place, reasons=(Problem.of("entry", "nothing_inside"),))
    return _entry_of(resource, place, text, in_bundle=True, full_url=text_of(raw.get("fullUrl")))


def _lines(text: str) -> list[_Entry | Refused]:
    """Read one resource from each line; a first line that is none means a damaged file."""
    found: list[_Entry | Refused] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = _place(N_("line {number}"), number)
        try:
            resource = json.loads(line)
        except (ValueError, RecursionError):
            resource = None
        if isinstance(resource, dict) and text_of(resource.get("resourceType")):
            found.append(_entry_of(resource, place, line))
        elif found:
            found.append(Refused(place=place, reasons=(Problem.of("line", "unreadable_line"),)))
        else:
            raise FileDamagedError("json")
    return found


def _place(words: str, number: int) -> str:
    return translated(words).format(number=number)


def _read(entries: list[_Entry | Refused]) -> Iterator[Incoming | Refused]:
    people = _People()
    others: list[_Entry] = []
    seen: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry, Refused):
            yield entry
        elif (name := next(iter(entry.names), "")) in seen:
            if entry.mark != seen[name]:
                yield _refused(entry, Problem.of("entry", "told_twice"))
        else:
            if name:
                seen[name] = entry.mark
            if entry.kind == "Patient":
                people.by_name |= dict.fromkeys(entry.names, len(people.patients))
                people.patients.append(entry)
            else:
                others.append(entry)
    for entry in others:
        if problem := _hang_on(entry, people):
            yield _refused(entry, problem)
    for number, entry in enumerate(people.patients):
        yield from _person(entry, people.contacts.get(number, []))


def _hang_on(entry: _Entry, people: _People) -> Problem | None:
    """Keep whom to ring with the patient; say why anything else is not taken in."""
    if entry.kind != "RelatedPerson":
        return Problem.of("entry", "kind_not_taken", kind=entry.kind[:60])
    resource = entry.resource
    if is_driver(resource):
        return Problem.of("entry", "drivers_by_visit")
    whose = resource.get("patient")
    reference = text_of(whose.get("reference")) if isinstance(whose, dict) else ""
    number = people.by_name.get(reference.partition("/_history/")[0])
    if number is None:
        tail = "/".join(reference.partition("/_history/")[0].split("/")[-2:])
        number = people.by_name.get(tail)
    if number is None:
        return Problem.of("entry", "whose_contact")
    people.contacts.setdefault(number, []).append(entry)
    return None


def _person(entry: _Entry, contacts: list[_Entry]) -> Iterator[Incoming | Refused]:
    reader = Reader(entry.resource)
    if reader.is_replaced:
        yield _refused(entry, Problem.of("entry", "replaced_record"))
        return
    values = reader.values()
    if not values.get("family_name"):
        yield _refused(entry, Problem.of("family_name", "no_name_told"))
        return
    contacts = sorted(contacts, key=lambda each: not is_emergency(each.resource))
    found = [(each, Reader(each.resource).contact()) for each in contacts]
    named = [(each, contact) for each, contact in found if contact]
    contact = named[0][1] if named else reader.own_contact()
    yield Incoming(
        place=entry.place,
        values=values,
        identifiers=reader.identifiers(),
        contact=contact,
        remarks=tuple(reader.remarks),
    )
    for each, _ in named[1:]:
        yield _refused(each, Problem.of("entry", "second_contact"))
    for each, contact in found:
        if not contact:
            yield _refused(each, Problem.of("entry", "nothing_inside"))


def _refused(entry: _Entry, *reasons: Problem) -> Refused:
    return Refused(place=entry.place, reasons=reasons)
