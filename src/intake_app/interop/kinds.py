"""What sort of file somebody chose, and the reader for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from intake_app.domain.errors import FileEmptyError, FileNotATableError
from intake_app.domain.exchange import FileKind
from intake_app.interop.csv_file import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from intake_app.domain.exchange import Incoming, Refused

_START = 65_536
_LARGEST = 256 * 1024 * 1024
"""A larger file of messages is not read into memory."""
_MARKS = b"\xef\xbb\xbf \t\r\n\x0b\x1c"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEGMENTS = (b"MSH|", b"FHS|", b"BHS|", b"MSH^")


class Messages:
    """Reads messages of other systems; keeps nothing of them."""

    def kind_of(self, path: Path) -> FileKind:
        """Return what sort of file it is; a table when it is nothing else.

        Raises:
            FileUnusableError: it cannot be read, or there is nothing in it.
        """
        with opened(path) as file:
            start = file.read(_START)
        if not start:
            raise FileEmptyError
        if start[:2] in _UTF_16:
            start = start.decode("utf-16", "ignore").encode("utf-8", "ignore")
        start = start.lstrip(_MARKS)
        if start[:4] in _SEGMENTS:
            return FileKind.HL7
        if start[:1] in (b"{", b"[") and _is_json(start):
            return FileKind.FHIR
        return FileKind.CSV

    def read(self, path: Path, kind: FileKind) -> Iterator[Incoming | Refused]:
        """Yield each person of a file.

        Raises:
            FileUnusableError: it cannot be read, or holds nothing of that sort.
        """
        with opened(path) as file:
            data = file.read(_LARGEST + 1)
        if not data:
            raise FileEmptyError
        if len(data) > _LARGEST:
            raise FileNotATableError
        if kind is FileKind.HL7:
            from intake_app.interop.hl7_in import read_messages

            return read_messages(data)
        from intake_app.interop.fhir_in import read_bundle

        return read_bundle(data)


def _is_json(start: bytes) -> bool:
    """Return whether a beginning may be JSON: a file that is cut short still is."""
    try:
        # The beginning may end in the middle of a letter.
        json.loads(start.decode("utf-8", "replace"))
    except json.JSONDecodeError as error:
        return error.pos > 1
    except (ValueError, RecursionError):
        return True  # too large a number, or nested without end: the reader says so
    return True
