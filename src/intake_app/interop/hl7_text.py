"""HL7 v2 as bytes: messages out of files, letters out of bytes, fields out of messages.

The only module that knows the library which takes messages apart. Escape sequences are read here:
the library's own reading spoils letters beyond ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from intake_app.domain.errors import FileEmptyError, FileNotATableError, FileTooBigError
from intake_app.domain.reading import clean_text
from intake_app.domain.validation import Problem

MOST_MEGABYTES = 50
NULL = '""'
"""What a field holds when the sender wants it emptied; an empty field says nothing."""

_START, _END = b"\x0b", b"\x1c"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEGMENT = re.compile(rb"[A-Z][A-Z0-9]{2}(?![A-Za-z0-9 ])")
_CHARSETS = {
    "ASCII": "ascii",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
    "8859/1": "cp1252",
    "8859/15": "iso8859-15",
    "GB 18030-2000": "gb18030",
    "BIG-5": "big5",
    "KS X 1001": "euc_kr",
    "ISO IR6": "ascii",
    "ISO IR100": "cp1252",
    "WINDOWS-1252": "cp1252",
} | {f"8859/{part}": f"iso8859-{part}" for part in range(2, 10)}
"""MSH-18 (HL7 table 0211) to Python. Systems that say 8859/1 often send Windows-1252."""
_CHARSET_FIELD = 17
"""MSH-18, counted from the name of the segment: the separator itself is MSH-1."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One message as it stands in a file."""

    lines: tuple[bytes, ...]
    cut_off: bool = False


@dataclass(slots=True)
class _Splitter:
    raws: list[Raw] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    batch_open: bool = False

    def take(self, line: bytes) -> None:
        name = line[:3]
        if name in (b"FHS", b"BHS"):
            self.close()
            self.batch_open = True
        elif name in (b"FTS", b"BTS"):
            self.close()
            self.batch_open = False
        elif name == b"MSH":
            self.close()
            self.lines = [line]
        elif self.lines and _SEGMENT.match(line):
            self.lines.append(line)
        elif self.lines and line.strip():
            self.lines[-1] += b" " + line  # a line end inside a field

    def close(self, *, cut_off: bool = False) -> None:
        if self.lines:
            self.raws.append(Raw(tuple(self.lines), cut_off))
        self.lines = []


def split_messages(data: bytes) -> list[Raw]:
    """Return the messages of a file, with or without frames and batches around them.

    Raises:
        FileUnusableError: it is too big, or holds no message at all.
    """
    if len(data) > MOST_MEGABYTES * 1024 * 1024:
        raise FileTooBigError
    if data[:2] in _UTF_16:
        data = data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip(b"\x00 \t\r\n\x0b\x1c"):
        raise FileEmptyError
    splitter = _Splitter()
    for frame, cut_off in _frames(data):
        for line in frame.replace(b"\r\n", b"\r").replace(b"\n", b"\r").split(b"\r"):
            splitter.take(line.strip(b"\x00\x0b\x1c \t"))
        splitter.close(cut_off=cut_off or (splitter.batch_open and frame is data))
    if not splitter.raws:
        raise FileNotATableError
    return splitter.raws


def _frames(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield what stands in each frame and whether its end is missing; all of it without frames."""
    if _START not in data:
        yield data, False
        return
    before, *framed = data.split(_START)
    if before.strip():
        yield before, False
    for each in framed:
        inside, end, _ = each.partition(_END)
        yield inside, not end


@dataclass(frozen=True, slots=True)
class Letters:
    """How the letters of a message are written."""

    encoding: str
    remark: Problem | None = None


class UnreadableMessageError(ValueError):
    """A message that cannot be read; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def _letters(header: bytes, body: bytes) -> Letters:
    fields = header.split(header[3:4])
    said = fields[_CHARSET_FIELD] if len(fields) > _CHARSET_FIELD else b""
    repetition = header[5:6]
    names = said.split(repetition) if repetition.strip() else [said]
    name = names[0].decode("ascii", errors="replace").strip().upper()
    guessed = Problem.of("message", "letters_guessed", warning=True)
    if name in ("", "ASCII"):
        for encoding in ("ascii", "utf-8", "cp1252", "latin-1"):
            if _fits(body, encoding):
                return Letters(encoding, None if encoding == "ascii" else guessed)
    encoding = _CHARSETS.get(name, "")
    if encoding == "cp1252" and not _fits(body, encoding):
        encoding = "latin-1"
    if not encoding or not _fits(body, encoding):
        raise UnreadableMessageError(
            Problem.of("message", "letters_do_not_fit", said=clean_text(name)[:40] or "?")
        )
    return Letters(encoding)


def _fits(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


class Segment:
    """One line of a message; fields, repetitions, components and parts are counted from 1."""

    def __init__(self, fields: list[list[list[list[str]]]]) -> None:
        self._fields = fields

    @property
    def name(self) -> str:
        """Which segment it is: PID, NK1, SCH."""
        return self.text(0)

    def text(self, number: int, component: int = 1, part: int = 1, *, repetition: int = 1) -> str:
        """Return a text tidied; '' where there is nothing."""
        try:
            return clean_text(self._fields[number][repetition - 1][component - 1][part - 1])
        except IndexError:
            return ""

    def repetitions(self, number: int) -> range:
        """Return the numbers of the repetitions of a field."""
        return range(1, len(self._fields[number]) + 1 if number < len(self._fields) else 1)


@dataclass(frozen=True, slots=True)
class Message:
    """One message taken apart."""

    segments: tuple[Segment, ...]
    remark: Problem | None = None

    @property
    def header(self) -> Segment:
        """MSH."""
        return self.segments[0]

    def all(self, name: str) -> list[Segment]:
        """Return the segments of a name, in order."""
        return [segment for segment in self.segments if segment.name == name]

    def first(self, name: str) -> Segment:
        """Return the first segment of a name; an empty one when there is none."""
        return next(iter(self.all(name)), Segment([]))


_FEWEST_HEADER = 8
"""Letters of the shortest header that names its separators."""


def take_apart(raw: Raw) -> Message:
    """Return a message with its letters read and its escape sequences replaced.

    Raises:
        UnreadableMessageError: it is cut off, or no message.
    """
    if raw.cut_off:
        raise UnreadableMessageError(Problem.of("message", "message_cut_off"))
    header = raw.lines[0]
    if len(header) < _FEWEST_HEADER or header[3:4].isalnum():
        raise UnreadableMessageError(Problem.of("message", "message_unreadable"))
    body = b"\r".join(raw.lines)
    letters = _letters(header, body)
    text = body.decode(letters.encoding)
    codes = Codes.of(text, letters.encoding)
    segments = [Segment([_field(each, codes) for each in segment]) for segment in _parsed(text)]
    return Message(tuple(segments), letters.remark)


@dataclass(frozen=True, slots=True)
class Codes:
    """What the escape sequences of a message stand for."""

    escape: str = "\\"
    delimiters: tuple[tuple[str, str], ...] = (
        ("F", "|"),
        ("S", "^"),
        ("T", "&"),
        ("R", "~"),
        ("E", "\\"),
    )
    encoding: str = "utf-8"

    @classmethod
    def of(cls, text: str, encoding: str) -> Codes:
        """Return the codes that a message names in its header."""
        named = text[4:].split(text[3], 1)[0]
        component, repetition, escape, part = list((named + "^~\\&"[len(named) :])[:4])
        said = {"F": text[3], "S": component, "T": part, "R": repetition, "E": escape}
        return cls(escape, tuple(said.items()), encoding)


def _parsed(text: str) -> Any:
    import hl7

    try:
        return hl7.parse(text)
    except (hl7.HL7Exception, LookupError, TypeError, ValueError, AttributeError, AssertionError):
        raise UnreadableMessageError(Problem.of("message", "message_unreadable")) from None


def _field(field: Any, codes: Codes) -> list[list[list[str]]]:
    """Return a field as repetitions of components of parts."""
    return [
        [
            [unescape(str(part), codes) for part in _inside(component)]
            for component in _inside(repetition)
        ]
        for repetition in _inside(field)
    ]


def _inside(container: Any) -> list[Any]:
    return [container] if isinstance(container, str) else list(container)


_BREAKS = (".br", ".sp", ".ce", ".in", ".ti", ".fi", ".nf", ".sk")
_WITHOUT_LETTERS = ("H", "N")


def unescape(text: str, codes: Codes) -> str:
    """Return a text with its escape sequences replaced; an unknown one stays as it stands.

    F, S, T, R and E between escape characters are the separators of the message, X and digits are
    bytes in its letters, ``.br`` and the like are breaks.
    """
    if codes.escape not in text:
        return text
    delimiters = dict(codes.delimiters)

    def said(match: re.Match[str]) -> str:
        code = match[1]
        if code in delimiters:
            return delimiters[code]
        if code in _WITHOUT_LETTERS:
            return ""
        if code.startswith(_BREAKS):
            return "\n"
        if code.startswith("X"):
            try:
                return bytes.fromhex(code[1:]).decode(codes.encoding)
            except ValueError:
                return match[0]
        return match[0]

    mark = re.escape(codes.escape)
    return re.sub(f"{mark}([^{mark}]{{1,200}}){mark}", said, text)
