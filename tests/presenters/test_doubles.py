"""The report of doubles: looked for beside the window, worked through pair by pair."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import pytest

from intake_app.domain.errors import AppError, StorageUnavailableError
from intake_app.domain.matching import Certainty, Likeness, Reason
from intake_app.domain.ports import Found
from intake_app.domain.staff import Actor
from intake_app.services.doubles import DoublesService, Pair
from intake_app.ui.presenters.doubles import DoublesPresenter
from intake_app.ui.tasks import Lane
from tests.builders import TODAY
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import RECEPTION, a_desk


def a_pair(one: str = "1", other: str = "2", certainty: Certainty = Certainty.LIKELY) -> Pair:
    def found(number: str) -> Found:
        return Found(f"p{number}", f"Doe, Jane {number}", TODAY, f"P-{number}", "", None)

    reasons = (Reason("birth_same"),)
    return Pair(found(one), found(other), Likeness(f"p{other}", 12.0, certainty, reasons))


@dataclass
class FakeDoubles:
    """Finds what it is given, and remembers who was told apart."""

    pairs: tuple[Pair, ...] = (a_pair(), a_pair("3", "4"), a_pair("2", "5"))
    error: AppError | None = None
    apart: list[tuple[str, str]] = field(default_factory=list)
    on_progress: Callable[[], None] = lambda: None

    def report(
        self,
        actor: Actor,
        *,
        progress: Callable[[int], object],
        cancelled: Callable[[], bool],
    ) -> tuple[Pair, ...]:
        found = []
        for number, pair in enumerate(self.pairs):
            progress(100 * number // len(self.pairs))
            self.on_progress()
            if cancelled():
                break
            found.append(pair)
        return tuple(found)

    def mark_different(self, actor: Actor, one_id: str, other_id: str) -> None:
        if self.error is not None:
            raise self.error
        self.apart.append((one_id, other_id))


@pytest.fixture
def doubles() -> FakeDoubles:
    return FakeDoubles()


def a_report(doubles: FakeDoubles, tasks: ImmediateTasks | None = None) -> DoublesPresenter:
    desk = a_desk()
    desk.doubles = cast("DoublesService", doubles)
    return DoublesPresenter(program(desk), RECEPTION, tasks or ImmediateTasks())


def test_pairs_are_listed_with_what_speaks_for_them(doubles: FakeDoubles) -> None:
    presenter = a_report(doubles)

    presenter.start()

    row = presenter.rows[0]
    assert (row.one.record_number, row.other.record_number) == ("P-1", "P-2")
    assert row.why.startswith("Probably one person: same birth date")
    assert presenter.words() == "3 pairs may be one person, the surest first."


def test_the_looking_is_done_beside_the_window_and_tells_how_far_it_is(
    doubles: FakeDoubles,
) -> None:
    tasks = ImmediateTasks()
    presenter = a_report(doubles, tasks)
    told: list[int] = []
    presenter.progressed.connect(told.append)

    presenter.start()

    assert tasks.lanes == [Lane.WORK]
    assert told == [0, 33, 66]


def test_stopped_it_shows_what_was_found_until_then(doubles: FakeDoubles) -> None:
    tasks = ImmediateTasks(held=True)
    presenter = a_report(doubles, tasks)
    presenter.start()
    count = iter(range(9))

    def stop_at_the_second() -> None:
        if next(count) == 1:
            presenter.stop()

    doubles.on_progress = stop_at_the_second
    tasks.release()

    assert len(presenter.rows) == 1
    assert presenter.words() == "1 pair may be one person. Stopped before the end."


def test_nobody_twice_is_said(doubles: FakeDoubles) -> None:
    doubles.pairs = ()
    presenter = a_report(doubles)

    presenter.start()

    assert presenter.words() == "Nobody seems to be there twice."


def test_two_people_are_taken_off_the_list(doubles: FakeDoubles) -> None:
    presenter = a_report(doubles)
    presenter.start()
    removed: list[int] = []
    presenter.removed.connect(removed.append)

    presenter.mark_different(1)

    assert doubles.apart == [("p3", "p4")]
    assert removed == [1]
    assert [row.one.record_number for row in presenter.rows] == ["P-1", "P-2"]


def test_what_cannot_be_kept_stays_on_the_list(doubles: FakeDoubles) -> None:
    presenter = a_report(doubles)
    presenter.start()
    doubles.error = StorageUnavailableError()
    errors: list[AppError] = []
    presenter.failed.connect(errors.append)

    presenter.mark_different(0)

    assert [error.code for error in errors] == ["storage_unavailable"]
    assert len(presenter.rows) == 3


def test_after_a_merge_every_pair_of_the_record_that_is_gone_goes(doubles: FakeDoubles) -> None:
    presenter = a_report(doubles)
    presenter.start()

    presenter.merged("p2")

    assert [row.one.record_number for row in presenter.rows] == ["P-3"]


def test_there_is_nothing_to_do_beyond_the_list(doubles: FakeDoubles) -> None:
    presenter = a_report(doubles)

    presenter.mark_different(0)

    assert doubles.apart == []


@pytest.mark.parametrize("certainty", Certainty)
def test_how_sure_it_is_has_words(doubles: FakeDoubles, certainty: Certainty) -> None:
    doubles.pairs = (a_pair(certainty=certainty),)
    presenter = a_report(doubles)

    presenter.start()

    assert "one person" in presenter.rows[0].why
