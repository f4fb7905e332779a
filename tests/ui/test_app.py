"""Failures nobody foresaw: told once, with a number, and without a patient in the report."""

import logging
import sys
import threading
from collections.abc import Iterator
from threading import Event, Timer
from typing import Any

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication

from intake_app.config.paths import Paths
from intake_app.config.settings import PrinterChoice
from intake_app.domain.staff import Staff
from intake_app.ui import theme
from intake_app.ui.app import Hooks, Window
from intake_app.ui.notices import BugDialog
from intake_app.ui.tasks import Lane
from tests.hands import Hands


@pytest.fixture
def dialogs(opened: Window) -> Iterator[list[BugDialog]]:
    """Catch what would be shown, with the program's hooks in place."""
    shown: list[BugDialog] = []

    def run(dialog: Any) -> bool:
        shown.append(dialog)
        return False

    opened.main.notices.run = run  # type: ignore[method-assign]
    hooks = Hooks(opened.main)
    yield shown
    hooks.remove()


def raise_about(name: str) -> BaseException:
    """Return an exception as one that was raised."""
    try:
        raise ValueError(name)
    except ValueError as error:
        return error


def fail(error: BaseException) -> None:
    """Let a failure reach the hook."""
    sys.excepthook(type(error), error, error.__traceback__)


def test_a_failure_is_told_with_a_reference_that_is_in_the_log(
    dialogs: list[BugDialog], caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("intake_app")
    logger.addHandler(caplog.handler)

    fail(raise_about("Doe, Jane"))

    logger.removeHandler(caplog.handler)
    (dialog,) = dialogs
    reference = caplog.records[-1].getMessage().split()[-1]
    assert reference in dialog._report
    assert "Doe" not in dialog._report


def test_a_failure_on_another_thread_is_told_too(dialogs: list[BugDialog], hands: Hands) -> None:
    thread = threading.Thread(target=fail, args=(raise_about("x"),))
    thread.start()
    thread.join()

    hands.wait(lambda: dialogs, "dialog")

    assert len(dialogs) == 1


def test_two_failures_at_once_show_one_dialog(opened: Window, dialogs: list[BugDialog]) -> None:
    def run(dialog: Any) -> bool:
        dialogs.append(dialog)
        fail(raise_about("again"))
        return False

    opened.main.notices.run = run  # type: ignore[method-assign]

    fail(raise_about("first"))

    assert len(dialogs) == 1


def test_the_words_of_qt_are_not_logged(
    dialogs: list[BugDialog], caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("intake_app")
    logger.addHandler(caplog.handler)

    qWarning("Doe, Jane")

    logger.removeHandler(caplog.handler)
    assert "Doe" not in caplog.text
    assert "QtWarningMsg" in caplog.text


def test_the_log_is_kept_in_the_data_folder_and_let_go_at_the_end(
    opened: Window, demonstration: Paths
) -> None:
    handlers = list(logging.getLogger("intake_app").handlers)

    opened.main.close()
    Hands(opened.main).wait(opened.main.isHidden, "closed")
    opened.close()

    assert (demonstration.logs / "intake.log").exists()
    assert len(logging.getLogger("intake_app").handlers) == len(handlers) - 1


@pytest.mark.parametrize("lane", [Lane.WORK, Lane.PRINT])
def test_the_database_is_not_closed_under_a_job_beside_it(opened: Window, lane: Lane) -> None:
    services = opened.presenter.services
    inside, go_on = Event(), Event()
    seen: list[int] = []

    def job() -> None:
        with services.office.look() as work:
            inside.set()
            go_on.wait(5)
            seen.append(work.records(Staff).count())

    opened.presenter.tasks.run(job, owner=opened.main, lane=lane)
    assert inside.wait(5)
    Timer(0.2, go_on.set).start()

    opened.close()

    assert seen
    assert seen[0] > 0


def test_a_printer_is_remembered_without_dressing_the_program_anew(
    opened: Window, qapp: QApplication
) -> None:
    theme.apply(qapp, "dark")
    worn = qapp.palette()

    opened.preferences.keep("aftercare", PrinterChoice(printer="Desk printer"))

    assert qapp.palette() == worn
