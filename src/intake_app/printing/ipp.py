"""The language of printers: requests are encoded, answers are decoded (RFC 8010 and 8011).

Strict on purpose: whatever does not read as an answer is an ``UnreadableAnswerError``.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSION = (1, 1)
CONTENT_TYPE = "application/ipp"
SUCCESS_UP_TO = 0x00FF
_MOST_VALUES = 20_000
_MOST_DEPTH = 16
_END = 0x03
_FIRST_VALUE_TAG = 0x10
_HEAD = struct.Struct(">BBHI")
_SHORT = struct.Struct(">H")
_INTEGER = struct.Struct(">i")


class UnreadableAnswerError(Exception):
    """What came back is no answer in the language of printers."""


class Operation(IntEnum):
    """What can be asked."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_DEFAULT = 0x4001
    CUPS_GET_PRINTERS = 0x4002


class Group(IntEnum):
    """The parts of a message."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Tag(IntEnum):
    """Kinds of values that are sent or understood."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    BEGIN_COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER_NAME = 0x4A


Value = int | bool | str | bytes | dict[str, tuple["Value", ...]]
Attributes = dict[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request; several values are sent as one set."""

    tag: Tag
    name: str
    values: tuple[int | bool | str, ...] = ()
    members: tuple[Attribute, ...] = ()
    """What a collection holds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a print system answered."""

    status: int
    groups: tuple[tuple[int, Attributes], ...] = ()
    operation: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether it did as asked."""
        return self.status <= SUCCESS_UP_TO

    @property
    def message(self) -> str:
        """What it says about it, in its own words."""
        return first_text(self.operation, "status-message")

    def of(self, group: Group) -> Iterator[Attributes]:
        """Give the groups of one kind, in order: one for each printer or job."""
        return (attributes for tag, attributes in self.groups if tag == group)


def text(tag: Tag, name: str, *values: str) -> Attribute:
    """Return an attribute of texts."""
    return Attribute(tag, name, values)


def number(name: str, value: int) -> Attribute:
    """Return an attribute with a whole number."""
    return Attribute(Tag.INTEGER, name, (value,))


def collection(name: str, *members: Attribute) -> Attribute:
    """Return an attribute that holds other attributes."""
    return Attribute(Tag.BEGIN_COLLECTION, name, members=members)


def encode(
    operation: Operation, request_id: int, groups: Mapping[Group, tuple[Attribute, ...]]
) -> bytes:
    """Return a request; a document follows it as it is."""
    parts = [_HEAD.pack(*VERSION, operation, request_id), bytes([Group.OPERATION])]
    first = (
        text(Tag.CHARSET, "attributes-charset", "utf-8"),
        text(Tag.LANGUAGE, "attributes-natural-language", "en"),
    )
    parts += [_encoded(each) for each in (*first, *groups.get(Group.OPERATION, ()))]
    for group, attributes in groups.items():
        if group is not Group.OPERATION and attributes:
            parts += [bytes([group]), *map(_encoded, attributes)]
    return b"".join(parts) + bytes([_END])


def _encoded(attribute: Attribute) -> bytes:
    if attribute.tag is Tag.BEGIN_COLLECTION:
        inside = b"".join(map(_member, attribute.members))
        begun = _item(Tag.BEGIN_COLLECTION, attribute.name, b"")
        return begun + inside + _item(Tag.END_COLLECTION, "", b"")
    first, *more = attribute.values
    parts = [_item(attribute.tag, attribute.name, _raw(first))]
    parts += [_item(attribute.tag, "", _raw(value)) for value in more]
    return b"".join(parts)


def _member(attribute: Attribute) -> bytes:
    name = _item(Tag.MEMBER_NAME, "", attribute.name.encode("ascii"))
    return name + _encoded(replace(attribute, name=""))


def _item(tag: Tag, name: str, raw: bytes) -> bytes:
    named = name.encode("ascii")
    return b"".join([bytes([tag]), _SHORT.pack(len(named)), named, _SHORT.pack(len(raw)), raw])


def _raw(value: int | bool | str) -> bytes:  # noqa: FBT001 - a value of a message
    match value:
        case bool():
            return bytes([value])
        case int():
            return _INTEGER.pack(value)
    return value.encode("utf-8")


def decode(raw: bytes) -> Answer:
    """Return what an answer says.

    Raises:
        UnreadableAnswerError: it is cut off, runs over, or was never an answer.
    """
    return _Reader(raw).answer()


def first_text(attributes: Mapping[str, tuple[Value, ...]], name: str) -> str:
    """Return the first value of a text attribute; empty when there is none."""
    return next((value for value in attributes.get(name, ()) if isinstance(value, str)), "")


def texts(attributes: Mapping[str, tuple[Value, ...]], name: str) -> tuple[str, ...]:
    """Return every value of a text attribute."""
    return tuple(value for value in attributes.get(name, ()) if isinstance(value, str))


def first_number(attributes: Mapping[str, tuple[Value, ...]], name: str) -> int | None:
    """Return the first value of a number; ``None`` when there is none."""
    for value in attributes.get(name, ()):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None


def first_truth(attributes: Mapping[str, tuple[Value, ...]], name: str, *, otherwise: bool) -> bool:
    """Return the first value of a yes or no."""
    for value in attributes.get(name, ()):
        if isinstance(value, bool):
            return value
    return otherwise


class _Reader:
    """Reads one answer from its first byte to its last."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0
        self._values = 0

    def answer(self) -> Answer:
        """Return the whole."""
        major, _, status, _ = _HEAD.unpack(self._take(_HEAD.size))
        if major not in {1, 2}:
            raise UnreadableAnswerError("version")
        groups: list[tuple[int, Attributes]] = []
        name = ""
        while (tag := self._byte()) != _END:
            if tag < _FIRST_VALUE_TAG:
                groups.append((tag, {}))
                name = ""
                continue
            if not groups:
                raise UnreadableAnswerError("value outside a group")
            name = self._text(self._short()) or name
            if not name:
                raise UnreadableAnswerError("value without a name")
            attributes = groups[-1][1]
            attributes[name] = (*attributes.get(name, ()), self._value(tag, 0))
        operation = next((each for kind, each in groups if kind == Group.OPERATION), {})
        return Answer(status, tuple(groups), operation)

    def _value(self, tag: int, depth: int) -> Value:
        self._values += 1
        if self._values > _MOST_VALUES or depth > _MOST_DEPTH:
            raise UnreadableAnswerError("too much")
        raw = self._take(self._short())
        match tag:
            case Tag.INTEGER | Tag.ENUM:
                return int(_exactly(raw, _INTEGER))
            case Tag.BOOLEAN:
                if raw not in {b"\0", b"\1"}:
                    raise UnreadableAnswerError("neither yes nor no")
                return raw == b"\1"
            case Tag.BEGIN_COLLECTION:
                return self._collection(depth + 1)
            case Tag.TEXT_WITH_LANGUAGE | Tag.NAME_WITH_LANGUAGE:
                return _spoken(raw)
            case _ if tag >= Tag.TEXT:
                return _decoded(raw)
        return raw

    def _collection(self, depth: int) -> dict[str, tuple[Value, ...]]:
        members: dict[str, tuple[Value, ...]] = {}
        name = ""
        while True:
            tag = self._byte()
            if tag < _FIRST_VALUE_TAG or self._take(self._short()):
                raise UnreadableAnswerError("collection")
            if tag == Tag.END_COLLECTION:
                self._take(self._short())
                return members
            if tag == Tag.MEMBER_NAME:
                name = self._text(self._short())
                continue
            if not name:
                raise UnreadableAnswerError("member without a name")
            members[name] = (*members.get(name, ()), self._value(tag, depth))

    def _take(self, length: int) -> bytes:
        end = self._at + length
        if end > len(self._raw):
            raise UnreadableAnswerError("cut off")
        taken = self._raw[self._at : end]
        self._at = end
        return taken

    def _byte(self) -> int:
        return self._take(1)[0]

    def _short(self) -> int:
        return int(_exactly(self._take(_SHORT.size), _SHORT))

    def _text(self, length: int) -> str:
        return _decoded(self._take(length))


def _exactly(raw: bytes, shape: struct.Struct) -> int:
    if len(raw) != shape.size:
        raise UnreadableAnswerError("number")
    return int(shape.unpack(raw)[0])


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", errors="replace")


def _spoken(raw: bytes) -> str:
    """Return a text that carries the language it is in."""
    reader = _Reader(raw)
    reader._text(reader._short())  # noqa: SLF001 - the same reader over the inner value
    return reader._text(reader._short())  # noqa: SLF001 - as above
