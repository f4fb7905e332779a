"""A print service that says what it was told to say, on a socket of its own."""

import socket
import struct
import threading
from collections import defaultdict, deque
from pathlib import Path
from typing import Self

from intake_app.printing.connection import Place
from intake_app.printing.ipp import Operation

_OPERATION = struct.Struct(">BBH")


class FakeService:
    """Answers each operation with the next answer that was put in; the last one stays."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "cups.sock"
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self._path))
        self._listening.listen()
        self._answers: dict[Operation, deque[bytes]] = defaultdict(deque)
        self.asked: list[Operation] = []
        self.bodies: list[bytes] = []
        self.heads: list[str] = []
        self.place = Place(str(self._path))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def says(self, operation: Operation, *answers: bytes) -> None:
        """Put answers in."""
        self._answers[operation].extend(answers)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            with line, line.makefile("rb") as heard:
                while self._answered(line, heard):
                    pass

    def _answered(self, line: socket.socket, heard: object) -> bool:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            part = heard.readline()  # type: ignore[attr-defined]
            if not part:
                return False
            head += part
        said = head.decode("latin-1")
        fields = dict(each.split(": ", 1) for each in said.splitlines()[1:] if ": " in each)
        body = heard.read(int(fields["Content-Length"]))  # type: ignore[attr-defined]
        operation = Operation(_OPERATION.unpack_from(body)[2])
        self.asked.append(operation)
        self.bodies.append(body)
        self.heads.append(said)
        waiting = self._answers[operation]
        answer = waiting.popleft() if len(waiting) > 1 else waiting[0]
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n")
        line.sendall(f"Content-Length: {len(answer)}\r\n\r\n".encode() + answer)
        return True
