"""Tables that are made from the patients: made anew when another version of the program did it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.errors import DatabaseReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.storage.session import Session

_VERSION = "SELECT value FROM counter WHERE name = :name"
_WRITE_VERSION = """
    INSERT INTO counter (name, value) VALUES (:name, :version)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value"""


@dataclass(frozen=True, slots=True)
class Derived:
    """Tables that hold nothing of their own."""

    name: str
    """Under which their version is kept."""
    version: int
    make_anew: Callable[[Session], None]


def bring_up_to_date(session: Session, *parts: Derived) -> None:
    """Make each part anew that another version of the program made, or nobody yet.

    Two programs that start together are safe: the version is read again once it is their turn.
    """
    session.begin_reading()
    try:
        old = [part for part in parts if not _is_current(session, part)]
    finally:
        session.roll_back()
    for part in old:
        _bring(session, part)


def _bring(session: Session, part: Derived) -> None:
    session.begin()
    try:
        if not _is_current(session, part):
            part.make_anew(session)
            session.execute(_WRITE_VERSION, {"name": part.name, "version": part.version})
        session.commit()
    except DatabaseReadOnlyError:
        session.roll_back()  # it can be looked at, with what is there
    except BaseException:
        session.roll_back()
        raise


def _is_current(session: Session, part: Derived) -> bool:
    row = session.one(_VERSION, {"name": part.name})
    return row is not None and row[0] == part.version
