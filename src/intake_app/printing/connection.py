"""Where the print service listens, and one request to it; nothing is written to the disk."""

from __future__ import annotations

import http.client
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from intake_app.printing.ipp import CONTENT_TYPE, Answer, UnreadableAnswerError, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_S = 3.0
SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock")
IPP_PORT = 631
_MOST_ANSWER = 16 * 1024 * 1024
_CHUNK = 64 * 1024


class NoServiceError(Exception):
    """Nobody listens there, or whoever does says nothing that can be understood."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a print service listens: a socket of this computer, or host and port."""

    path: str = ""
    host: str = "localhost"
    port: int = IPP_PORT


def usual_place() -> Place:
    """Return where this computer's print service listens, as CUPS itself finds it."""
    if server := os.environ.get("CUPS_SERVER", ""):
        return place_of(server)
    for path in SOCKETS:
        if Path(path).exists():
            return Place(path)
    return Place()


def place_of(server: str) -> Place:
    """Return the place that ``/path``, ``host`` or ``host:port`` names."""
    server = server.partition("/version=")[0]
    if server.startswith("/"):
        return Place(server)
    host, colon, port = server.rpartition(":")
    if colon and port.isdigit() and not host.endswith(":"):
        return Place(host=host.strip("[]"), port=int(port))
    return Place(host=server.strip("[]"))


class _LocalHTTP(http.client.HTTPConnection):
    """HTTP over a socket of this computer."""

    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path
        self._patience = timeout

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self._patience)
        self.sock.connect(self._path)


class Connection:
    """One conversation with a print service; several requests go over it."""

    def __init__(self, place: Place, *, timeout: float = TIMEOUT_S) -> None:
        self._http = (
            _LocalHTTP(place.path, timeout)
            if place.path
            else http.client.HTTPConnection(place.host, place.port, timeout=timeout)
        )

    def __enter__(self) -> Self:
        """Begin; the first request opens the line."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._http.close()

    def ask(self, resource: str, head: bytes, document: bytes = b"", *, user: str = "") -> Answer:
        """Send a request, with a document after it, and return the answer.

        With a ``user`` the service lets the system vouch for who asks, as it can on this computer.

        Raises:
            NoServiceError: nobody answers, or not in the language of printers.
        """
        headers = {
            "Content-Type": CONTENT_TYPE,
            "Content-Length": str(len(head) + len(document)),
        }
        if user and isinstance(self._http, _LocalHTTP):
            headers["Authorization"] = f"PeerCred {user}"
        try:
            self._http.request("POST", resource, body=_parts(head, document), headers=headers)
            answer = self._http.getresponse()
            raw = answer.read(_MOST_ANSWER)
            if answer.status != http.client.OK:
                raise NoServiceError(f"HTTP {answer.status}")
            return decode(raw)
        except (OSError, http.client.HTTPException) as error:
            self._http.close()
            raise NoServiceError(type(error).__name__) from error
        except UnreadableAnswerError as error:
            self._http.close()
            raise NoServiceError(str(error)) from error


def _parts(head: bytes, document: bytes) -> Iterator[bytes]:
    """Give a request piece by piece: the document is never copied as a whole."""
    yield head
    view = memoryview(document)
    for start in range(0, len(document), _CHUNK):
        yield bytes(view[start : start + _CHUNK])
