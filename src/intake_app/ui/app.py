"""The program with its window: start it, catch what nobody foresaw, close it whole."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QObject,
    QSettings,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from intake_app.ui import theme
from intake_app.ui.presenters.main import MainPresenter
from intake_app.ui.presenters.preferences import Preferences
from intake_app.ui.views.main_window import MainWindow
from intake_app.ui.views.page_parts import dress_again

if TYPE_CHECKING:
    from collections.abc import Callable
    from logging import Handler
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext

    from intake_app.config.paths import Paths
    from intake_app.services.program import Program
    from intake_app.ui.scanner import Scanner
    from intake_app.ui.tasks import TaskRunner

_PLACE = "window.ini"
_GEOMETRY = "geometry"
WARM_UP_AFTER_MS = 1500
"""How long after the first page the program waits before it loads what printing needs."""

_NOBODYS_NAME = "wrzlqx"
"""Sends the search for near spellings, sounds and nicknames."""


class Window(QObject):
    """Everything that lives as long as the window does."""

    def __init__(
        self, application: QApplication, open_application: Callable[[], Program], paths: Paths
    ) -> None:
        super().__init__()
        self._application = application
        self._paths = paths
        self.preferences = Preferences(paths.settings)
        self._dress()
        self._tasks: TaskRunner | None = None
        self.scanner: Scanner | None = None
        self._log: Handler | None = None
        self.presenter = MainPresenter(
            open_application,
            self.preferences,
            database=paths.database,
            backups=paths.backups,
        )
        self.main = MainWindow(self.presenter)
        self.preferences.changed.connect(self._dress_again)
        self.main.ready.connect(self._begin)
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)
        self._warm_up.setInterval(WARM_UP_AFTER_MS)
        self._warm_up.timeout.connect(self._load_printing)

    def show(self) -> None:
        """Show the window; the database is opened once it can be seen."""
        place = self._paths.data / _PLACE
        if place.exists():
            places = QSettings(str(place), QSettings.Format.IniFormat)
            kept = places.value(_GEOMETRY)
            if isinstance(kept, QByteArray):
                self.main.restoreGeometry(kept)
        self.main.first_painted.connect(self._open)
        self.main.show()

    def _open(self) -> None:
        gc.enable()
        from intake_app.ui.tasks import TaskRunner

        self._tasks = TaskRunner()
        self._tasks.busy_changed.connect(self.main.status.show_busy)
        self.presenter.open_with(self._tasks)

    def close(self) -> None:
        """Finish what was handed to the database, close it, stop every lane."""
        self._warm_up.stop()
        if self.scanner is not None:
            self.scanner.deleteLater()
            self.scanner = None
        self._keep_place()
        if self._tasks is not None:
            self._tasks.finish_beside()
            self.presenter.close()
            self._tasks.close()
        if self._log is not None:
            from intake_app.config.logs import stop_log

            stop_log(self._log)
            self._log = None

    def _keep_place(self) -> None:
        """Remember where the window was and how large, and nothing else."""
        if self._paths.data.is_dir():
            places = QSettings(str(self._paths.data / _PLACE), QSettings.Format.IniFormat)
            places.setValue(_GEOMETRY, self.main.saveGeometry())

    def _dress(self) -> None:
        chosen = self.preferences.settings
        self._worn = chosen.theme, chosen.text_scale
        theme.apply(self._application, chosen.theme.value, chosen.text_scale)

    def _dress_again(self) -> None:
        chosen = self.preferences.settings
        if self.scanner is not None:
            self.scanner.prefix = chosen.scan_prefix
        if self._worn == (chosen.theme, chosen.text_scale):
            return  # the printer of a sheet is remembered in the settings, too
        self._dress()
        dress_again(self.main)

    def _begin(self) -> None:
        from intake_app.config.logs import start_log
        from intake_app.domain.language import N_, translated

        with suppress(OSError):  # without a log the program works just as well
            self._log = start_log(self._paths.logs)
        if self.preferences.set_aside is not None:
            self.main.notices.show_message(
                translated(
                    N_(
                        "The settings of this computer could not be read. They are kept as "
                        "{name}; the usual settings are in use."
                    )
                ).format(name=self.preferences.set_aside.name)
            )
            self.preferences.set_aside = None
        from intake_app.ui.scanner import Scanner
        from intake_app.ui.views.scan_desk import ScanDesk

        if self.scanner is None:
            self.scanner = Scanner(self._application, prefix=self.preferences.settings.scan_prefix)
            ScanDesk(self.scanner, self.main)
        self._warm_up.start()

    def _load_printing(self) -> None:
        """Load what the first paper, page and misspelt search need, while nobody waits."""
        from intake_app.domain.errors import AppError
        from intake_app.domain.staff import PROGRAM
        from intake_app.ui.tasks import Lane

        services = self.presenter.services

        def load() -> None:
            import intake_app.ui.views.patient_page  # noqa: F401 - loading it is the purpose

            services.sheets.missing_characters("A")
            with suppress(AppError):  # whoever searches will be told
                services.patients.search(PROGRAM, _NOBODYS_NAME)

        self.presenter.tasks.run(load, owner=self, lane=Lane.WORK)
        self.presenter.look_for_prints()


class Hooks(QObject):
    """Catches failures nobody foresaw, on every thread and in Qt; shows one dialog at a time."""

    caught = Signal(str, str)
    """Reference number and report."""

    def __init__(self, main: MainWindow) -> None:
        super().__init__()
        self._main = main
        self._showing = False
        self._before = sys.excepthook, threading.excepthook
        self.caught.connect(self._show)
        sys.excepthook = self._failed
        threading.excepthook = self._failed_in_thread
        qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)

    def _failed(
        self,
        kind: type[BaseException],
        failure: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        from intake_app.config.logs import log_failure
        from intake_app.ui.notices import bug_report

        failure = failure.with_traceback(trace)
        reference = log_failure(failure)
        self.caught.emit(reference, bug_report(failure, reference))

    def _failed_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._failed(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _show(self, reference: str, report: str) -> None:
        if self._showing:
            return
        from intake_app.ui.notices import BugDialog

        self._showing = True
        try:
            self._main.notices.run(BugDialog(reference, report, self._main))
        finally:
            self._showing = False


def run_window(
    open_application: Callable[[], Program],
    paths: Paths,
    *,
    quit_after_first_paint: bool = False,
) -> int:
    """Show the window until it is closed; return the exit code.

    With ``quit_after_first_paint`` the program prints how long the start took and closes again.
    """
    application = theme.start(sys.argv[0])
    application.setApplicationName("Spine Intake")
    window = Window(application, open_application, paths)
    hooks = Hooks(window.main)
    if quit_after_first_paint:
        window.main.first_painted.connect(_print_first_paint)
        window.main.first_painted.connect(application.quit)
        window.main.show()
    else:
        window.show()
    code = application.exec()
    window.close()
    hooks.remove()
    return code


def _print_first_paint() -> None:
    started = os.environ.get("T0_NS")
    took_ms = (time.monotonic_ns() - int(started)) / 1e6 if started else -1.0
    sys.stdout.write(f"FIRST {took_ms:.3f}\n")
    sys.stdout.flush()


def _log_qt(kind: QtMsgType, context: QMessageLogContext, _: str) -> None:
    """Log that Qt complained, and where; its words may quote what was typed."""
    if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        return
    import logging

    log = logging.getLogger("intake_app.qt")
    if log.hasHandlers():
        log.warning("%s in %s", kind.name, context.category)
