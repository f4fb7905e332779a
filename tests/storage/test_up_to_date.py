"""What is made from the patients is made anew by a newer program, and only once."""

from collections.abc import Callable
from functools import partial

import pytest

from intake_app.storage.database import SqliteDatabase
from intake_app.storage.session import Session
from intake_app.storage.up_to_date import Derived, bring_up_to_date


def session_of(database: SqliteDatabase) -> Session:
    return database._opened()[1]


def note(made: list[int], version: int, _: Session) -> None:
    made.append(version)


def test_what_another_version_made_is_made_anew_and_then_left_alone(
    database: SqliteDatabase,
) -> None:
    made: list[int] = []
    session = session_of(database)

    for version in (1, 1, 2, 2):
        bring_up_to_date(session, Derived("trying", version, partial(note, made, version)))

    assert made == [1, 2]


def test_what_another_program_made_meanwhile_is_not_made_again(
    desk: Callable[[], SqliteDatabase],
) -> None:
    made: list[str] = []
    mine, theirs = session_of(desk()), session_of(desk())

    class Slow(Session):
        """One that has only looked when the other program begins, and is done."""

        def begin(self) -> None:
            bring_up_to_date(theirs, Derived("trying", 1, lambda _: made.append("theirs")))
            super().begin()

    slow = Slow(mine._connection)
    bring_up_to_date(slow, Derived("trying", 1, lambda _: made.append("mine")))

    assert made == ["theirs"]


def test_what_could_not_be_made_is_made_next_time(database: SqliteDatabase) -> None:
    made: list[str] = []
    session = session_of(database)

    def fail(opened: Session) -> None:
        opened.execute("DELETE FROM counter", {})
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_up_to_date(session, Derived("trying", 1, fail))
    bring_up_to_date(session, Derived("trying", 1, lambda _: made.append("made")))

    assert made == ["made"]
