"""The task runner with real threads: lanes, coming home, owners that are gone, closing."""

import gc
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from intake_app.domain.errors import AppError, ConflictError
from intake_app.ui.tasks import CancelledError, Lane, Progress, TaskRunner
from tests.fakes_ui import ImmediateTasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    """A runner that leaves no thread behind."""
    runner = TaskRunner()
    yield runner
    runner.close()
    assert not [t for t in threading.enumerate() if t.name.startswith(("database", "work"))]


def test_a_result_comes_home_to_the_main_thread(tasks: TaskRunner, qtbot: QtBot) -> None:
    owner = QObject()
    home: list[Any] = []

    tasks.run(
        threading.get_ident,
        owner=owner,
        done=lambda job: home.append((job, threading.get_ident())),
    )

    qtbot.waitUntil(lambda: bool(home))
    ((job_thread, done_thread),) = home
    assert job_thread != threading.get_ident()
    assert done_thread == threading.get_ident()


def test_the_database_keeps_one_thread(tasks: TaskRunner, qtbot: QtBot) -> None:
    owner = QObject()
    idents: list[Any] = []

    for _ in range(5):
        tasks.run(threading.get_ident, owner=owner, done=idents.append)

    qtbot.waitUntil(lambda: len(idents) == 5)
    assert len(set(idents)) == 1


def test_long_work_does_not_hold_up_the_database(tasks: TaskRunner, qtbot: QtBot) -> None:
    owner, gate = QObject(), threading.Event()
    heard: list[Any] = []

    tasks.run(gate.wait, owner=owner, lane=Lane.WORK)
    tasks.run(lambda: "saved", owner=owner, done=heard.append)

    qtbot.waitUntil(lambda: heard == ["saved"])
    gate.set()


def test_an_expected_failure_reaches_failed(tasks: TaskRunner, qtbot: QtBot) -> None:
    owner = QObject()
    failures: list[Any] = []

    def conflict() -> None:
        raise ConflictError("p1")

    tasks.run(conflict, owner=owner, failed=failures.append)

    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ConflictError)


def test_a_bug_goes_to_the_hook_and_frees_the_presenter(
    tasks: TaskRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = QObject()
    failures: list[Any] = []
    hooked: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: hooked.append(kind))

    tasks.run(lambda: 1 // 0, owner=owner, failed=failures.append)

    qtbot.waitUntil(lambda: bool(failures))
    assert hooked == [ZeroDivisionError]
    assert type(failures[0]) is AppError


def test_nothing_is_delivered_to_an_owner_that_is_gone(tasks: TaskRunner, qtbot: QtBot) -> None:
    import shiboken6

    gone, here = QObject(), QObject()
    heard: list[Any] = []
    gate = threading.Event()
    tasks.run(gate.wait, owner=gone, done=lambda _: heard.append("gone"))
    tasks.run(lambda: None, owner=here, done=lambda _: heard.append("here"))

    shiboken6.delete(gone)
    gate.set()

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["here"]


def test_a_long_job_reports_and_can_be_cancelled(tasks: TaskRunner, qtbot: QtBot) -> None:
    owner, ended = QObject(), threading.Event()
    percents: list[Any] = []

    def job(progress: Progress) -> None:
        try:
            while True:
                progress.report(10)
        finally:
            ended.set()

    progress = tasks.run_long(job, owner=owner, progressed=percents.append)
    qtbot.waitUntil(lambda: bool(percents))
    progress.cancel()

    assert ended.wait(5)
    assert set(percents) == {10}


def test_cancelling_is_no_failure(tasks: TaskRunner, qtbot: QtBot) -> None:
    owner = QObject()
    heard: list[Any] = []

    def job(progress: Progress) -> None:
        progress.cancel()
        progress.report(1)

    tasks.run_long(job, owner=owner, failed=heard.append)
    tasks.run(lambda: "after", owner=owner, done=heard.append, lane=Lane.WORK)

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["after"]


def test_closing_finishes_what_was_handed_to_the_database(qtbot: QtBot) -> None:
    runner, owner = TaskRunner(), QObject()
    saved: list[int] = []

    for number in range(3):
        runner.run(partial(saved.append, number), owner=owner)
    runner.close()
    runner.run(lambda: saved.append(99), owner=owner)

    assert saved == [0, 1, 2]


def test_slow_work_is_shown_and_taken_back(tasks: TaskRunner, qtbot: QtBot) -> None:
    owner, gate = QObject(), threading.Event()

    with qtbot.waitSignal(tasks.busy_changed) as begun:
        tasks.run(gate.wait, owner=owner)
    with qtbot.waitSignal(tasks.busy_changed) as ended:
        gate.set()

    assert (begun.args, ended.args) == ([True], [False])


def test_quick_work_is_not_shown(tasks: TaskRunner, qtbot: QtBot) -> None:
    owner = QObject()
    heard: list[Any] = []
    done: list[Any] = []
    tasks.busy_changed.connect(heard.append)

    tasks.run(lambda: None, owner=owner, done=done.append)

    qtbot.waitUntil(lambda: bool(done))
    assert heard == []


def fails(error: AppError) -> Callable[[], None]:
    def job() -> None:
        raise error

    return job


def test_the_fake_runner_keeps_the_same_promises() -> None:
    tasks, owner = ImmediateTasks(held=True), QObject()
    heard: list[object] = []

    tasks.run(lambda: 1, owner=owner, done=heard.append)
    tasks.run(fails(ConflictError()), owner=owner, failed=lambda error: heard.append(error.code))
    tasks.run(fails(CancelledError()), owner=owner, failed=heard.append)
    before = list(heard)
    tasks.release()

    assert (before, heard) == ([], [1, "conflict"])


class Knot(QObject):
    """Something of Qt that only the collector can let go of."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def _tie_a_knot(died_on: list[int]) -> None:
    weakref.finalize(Knot(), lambda: died_on.append(threading.get_ident()))


def _allocate_much() -> int:
    return len([[number] for number in range(200_000)])


def test_what_only_the_collector_frees_is_freed_on_the_main_thread(
    tasks: TaskRunner, qtbot: QtBot
) -> None:
    owner = QObject()
    died_on: list[int] = []
    heard: list[int] = []
    _tie_a_knot(died_on)

    tasks.run(_allocate_much, owner=owner, done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    gc.collect()

    assert died_on == [threading.get_ident()]


def test_a_worker_never_holds_the_last_reference_to_an_owner(
    tasks: TaskRunner, qtbot: QtBot
) -> None:
    died_on: list[int] = []
    gate = threading.Event()

    def begin() -> None:
        owner = QObject()
        weakref.finalize(owner, lambda: died_on.append(threading.get_ident()))
        tasks.run(gate.wait, owner=owner, done=lambda _: None)

    begin()
    gate.set()

    qtbot.waitUntil(lambda: bool(died_on))
    assert died_on == [threading.get_ident()]


def test_python_collects_by_itself_again_once_the_runner_is_closed(qtbot: QtBot) -> None:
    runner = TaskRunner()
    assert not gc.isenabled()

    runner.close()

    assert gc.isenabled()
