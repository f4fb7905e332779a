"""A log that a clinic may send to anybody: codes, places and reference numbers, never values."""

import logging
import secrets
import time
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

_LOGGER = "intake_app"
_BYTES_PER_FILE = 1_000_000
_FILES_KEPT = 5
# No 0/O, 1/I/L, 5/S, 8/B, 2/Z: it is read out over the telephone.
_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"

_ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class DiscreetFormatter(logging.Formatter):
    """Write where something failed and its class; the exception's text may hold what was typed."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name logging calls
        """Return the chain of exceptions as class names and places."""
        return "\n".join(_places(ei[1])) if ei[1] else ""


def start_log(folder: Path) -> logging.Handler:
    """Write this program's own log lines into ``folder``, one file rolling over into five.

    Libraries are left out: they may quote what they were given.

    Raises:
        OSError: no log can be written there.
    """
    handler = RotatingFileHandler(
        folder / "intake.log", maxBytes=_BYTES_PER_FILE, backupCount=_FILES_KEPT, encoding="utf-8"
    )
    handler.setFormatter(DiscreetFormatter())
    logger = logging.getLogger(_LOGGER)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Close the log that ``start_log`` began."""
    logger = logging.getLogger(_LOGGER)
    logger.removeHandler(handler)
    logger.propagate = True
    handler.close()


def new_reference() -> str:
    """Return a short number that a dialog and its log line share, such as ``7KM-4QX``."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"


def log_failure(failure: BaseException) -> str:
    """Log an unexpected failure and return its reference number."""
    reference = new_reference()
    exc_info = (type(failure), failure, failure.__traceback__)
    logging.getLogger(_LOGGER).error("unexpected failure %s", reference, exc_info=exc_info)
    return reference


def _places(failure: BaseException | None) -> Iterator[str]:
    while failure is not None:
        yield type(failure).__qualname__
        for frame in traceback.extract_tb(failure.__traceback__):
            yield f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        failure = failure.__cause__ or failure.__context__
