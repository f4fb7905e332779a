"""The start beside a bare window, and the desk with 10,000 patients in the database.

The first paint is that of a window that takes keys into its search box; the day is read right
after it. How long the day takes is told in a row of its own.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.pairs import percentile, row

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from intake_app.config.paths import Paths
    from intake_app.ui.app import Window

PAIRS = 15
GOAL_START = 1.6
GOAL_MEMORY = 1.35
PATIENTS = 10_000
WITH_VISIT = 40
KEYS = 200
GOAL_KEY_MS = 16.0
GOAL_PAGE_MS = 60.0
_TYPED = "bananele"
_PATIENCE_S = 5.0
_BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
def done():
    print("FIRST", (time.monotonic_ns() - int(os.environ["T0_NS"])) / 1e6, flush=True)
    application.quit()
class Window(QMainWindow):
    painted = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, done)
application = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""
_DAY = """
import os, sys, time
from PySide6.QtCore import QTimer
from intake_app.config.paths import paths_for
from intake_app.ui import theme
from intake_app.ui.app import Window
from pathlib import Path
def open_program():
    from intake_app.bootstrap import Application
    return Application(paths)
def look():
    board = window.main.today.board
    if board is not None and board.table.model().rowCount():
        board.table.viewport().repaint()
        print("FIRST", (time.monotonic_ns() - int(os.environ["T0_NS"])) / 1e6, flush=True)
        application.quit()
paths = paths_for(Path(sys.argv[1]))
application = theme.start(sys.argv[0])
window = Window(application, open_program, paths)
timer = QTimer()
timer.timeout.connect(look)
timer.start(1)
window.show()
application.exec()
window.close()
"""


def rows() -> list[dict[str, object]]:
    """Measure the start on every platform there is, then the desk."""
    with tempfile.TemporaryDirectory(prefix="bench-start-") as folder:
        data = Path(folder) / "clinic"
        _demonstration(data)
        found = _starts(data, "offscreen", {"QT_QPA_PLATFORM": "offscreen"})
        found += _starts_in_x(data)
        found.append(_day(data))
    return found + _desk()


# --- starting -----------------------------------------------------------------------------------


def _starts(data: Path, name: str, platform: dict[str, str]) -> list[dict[str, object]]:
    ours = ["-m", "intake_app", "--data", str(data), "--quit-after-first-paint"]
    mine, bare = _pairs(ours, ["-c", _BARE], platform)
    times = [a / b for (a, _), (b, _) in zip(mine, bare, strict=True)]
    memory = [a / b for (_, a), (_, b) in zip(mine, bare, strict=True)]
    speed, size = statistics.median(times), statistics.median(memory)
    return [
        row(
            f"start to the first paint beside a bare window ({name})",
            ours=statistics.median(a for a, _ in mine),
            floor=statistics.median(b for b, _ in bare),
            ratio=speed,
            unit="ms",
            goal=f"<= {GOAL_START}",
            met=speed <= GOAL_START,
        ),
        row(
            f"peak memory at the first paint ({name})",
            ours=statistics.median(a for _, a in mine),
            floor=statistics.median(b for _, b in bare),
            ratio=size,
            unit="MiB",
            goal=f"<= {GOAL_MEMORY}",
            met=size <= GOAL_MEMORY,
        ),
    ]


def _starts_in_x(data: Path) -> list[dict[str, object]]:
    if os.environ.get("DISPLAY"):
        return _starts(data, "xcb", {"QT_QPA_PLATFORM": "xcb"})
    if shutil.which("Xvfb") is None:
        return [_unmeasured("start to the first paint (xcb: needs Xvfb)", f"<= {GOAL_START}")]
    with _x_server() as display:
        return _starts(data, "xcb", {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display})


@contextmanager
def _x_server() -> Iterator[str]:
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24"]
    server = subprocess.Popen(
        command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _day(data: Path) -> dict[str, object]:
    platform = {"QT_QPA_PLATFORM": "offscreen"}
    mine, bare = _pairs(["-c", _DAY, str(data)], ["-c", _BARE], platform)
    ratio = statistics.median(a / b for (a, _), (b, _) in zip(mine, bare, strict=True))
    return row(
        "start to the day with its 12 visits on the screen (offscreen)",
        ours=statistics.median(a for a, _ in mine),
        floor=statistics.median(b for b, _ in bare),
        ratio=ratio,
        unit="ms",
        goal=f"<= {GOAL_START}",
        met=ratio <= GOAL_START,
    )


def _pairs(
    ours: list[str], floor: list[str], platform: dict[str, str]
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    mine, bare = [], []
    for number in range(PAIRS + 1):
        a, b = _start(ours, platform), _start(floor, platform)
        if number:
            mine.append(a)
            bare.append(b)
    return mine, bare


def _start(arguments: list[str], platform: dict[str, str]) -> tuple[float, float]:
    """Return milliseconds to the first paint and the peak of the memory in MiB."""
    environment = os.environ | platform | {"T0_NS": str(time.monotonic_ns())}
    child = subprocess.Popen(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    if child.returncode:
        raise RuntimeError(f"the program ended with {child.returncode}")
    first = next(line for line in said.splitlines() if line.startswith("FIRST"))
    return float(first.split()[1]), usage.ru_maxrss / 1024


def _demonstration(data: Path) -> None:
    from intake_app.bootstrap import Application
    from intake_app.config.paths import Paths

    application = Application(Paths(data))
    application.demonstration.create()
    application.close()


# --- at the desk --------------------------------------------------------------------------------


def _desk() -> list[dict[str, object]]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from intake_app.bootstrap import Application
    from intake_app.config.paths import Paths
    from intake_app.ui import theme
    from intake_app.ui.app import Window

    application = QApplication.instance() or theme.start("bench")
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(prefix="bench-desk-") as folder:
        paths = Paths(Path(folder) / "clinic")
        visits = _fill(paths)
        window = Window(application, lambda: Application(paths), paths)
        window.show()
        _wait(lambda: window.main.today.board is not None)
        found = [_search(window), _open_pages(window, visits), _type(window)]
        window.main.close()
        _wait(window.main.isHidden)
        window.close()
    return found


def _fill(paths: Paths) -> list[str]:
    """Put 10,000 patients into a database; return the visits of some of them."""
    from datetime import date, timedelta

    from intake_app.bootstrap import Application
    from intake_app.domain.patients import Patient
    from intake_app.domain.staff import PROGRAM, Role

    application = Application(paths)
    roles = frozenset({Role.RECEPTION, Role.NURSE})
    application.clinic.set_up({"name": "Bench", "time_zone": "UTC"}, [("Nora", roles)])
    first, last = _names("aeiou", "bdlmnr"), _names("aeo", "bcdfghklmprstvw")
    with application.office.work() as work:
        for number in range(PATIENTS):
            work.records(Patient).add(
                Patient(
                    id=f"patient-{number}",
                    family_name=last[number * 7 % len(last)].title(),
                    given_name=first[number * 13 % len(first)].title(),
                    birth_date=date(1930, 1, 1) + timedelta(days=number * 3 % 15_000),
                    record_number=f"B-{number:06}",
                )
            )
        work.commit()
    visits = [
        application.patients.register(PROGRAM, f"{last[number * 31]}, Jane 3/4/1951")
        for number in range(WITH_VISIT)
    ]
    application.close()
    return visits


def _names(vowels: str, consonants: str) -> list[str]:
    syllables = [c + v for c in consonants for v in vowels]
    return [a + b + c for a in syllables for b in syllables for c in ("", "n", "rt")]


def _wait(until: Callable[[], object]) -> None:
    from PySide6.QtCore import QCoreApplication

    limit = time.perf_counter() + _PATIENCE_S
    while not until():
        QCoreApplication.processEvents()
        if time.perf_counter() > limit:
            raise TimeoutError("the window did not answer")


def _until(happened: SignalInstance) -> None:
    """Sleep in Qt's own loop until a signal: spinning in Python would slow the other thread."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    heard = happened.connect(loop.quit)
    QTimer.singleShot(int(_PATIENCE_S * 1000), loop, loop.quit)
    loop.exec()
    happened.disconnect(heard)


def _search(window: Window) -> dict[str, object]:
    from PySide6.QtTest import QTest

    top = window.main.top
    top.search.setFocus()
    took = []
    for number in range(KEYS):
        if number % len(_TYPED) == 0:
            top.search.clear()
        start = time.perf_counter()
        QTest.keyClick(top.search, _TYPED[number % len(_TYPED)])
        _until(top.presenter.results_changed)
        top.results.view.viewport().repaint()
        took.append((time.perf_counter() - start) * 1000)
    top.search.clear()
    return _told("key in the search box to its painted results", took, GOAL_KEY_MS)


def _open_pages(window: Window, visits: list[str]) -> dict[str, object]:
    took = []
    for number, visit_id in enumerate(visits):
        start = time.perf_counter()
        window.main.open_visit(visit_id)
        page = window.main.patients.current
        assert page is not None
        _until(page.presenter.loaded)
        page.repaint()
        if number > 2:
            took.append((time.perf_counter() - start) * 1000)
    middle = statistics.median(took)
    return row(
        f"opening a patient page, {PATIENTS} patients (median; 95 %: {percentile(took, 95):.0f})",
        ours=middle,
        floor=None,
        ratio=None,
        unit="ms",
        goal=f"<= {GOAL_PAGE_MS:.0f}",
        met=middle <= GOAL_PAGE_MS,
    )


def _type(window: Window) -> dict[str, object]:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    class Watch(QObject):
        painted = 0.0

        def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                self.painted = time.perf_counter()
            return super().eventFilter(watched, event)

    edit = window.main.findChildren(QLineEdit, "patient.city")[-1]
    watch = Watch()
    edit.installEventFilter(watch)
    edit.setFocus()
    took = []
    for number in range(KEYS):
        start = time.perf_counter()
        QTest.keyClick(edit, "ames "[number % 5])
        _wait(lambda start=start: watch.painted > start)
        took.append((watch.painted - start) * 1000)
        if number % 40 == 0:
            edit.clear()
    edit.removeEventFilter(watch)
    return _told("key in the patient page to its repaint", took, GOAL_KEY_MS)


def _told(name: str, took: list[float], goal: float) -> dict[str, object]:
    worst = percentile(took, 95)
    return row(
        f"{name}, {PATIENTS} patients, 95th percentile",
        ours=worst,
        floor=None,
        ratio=None,
        unit="ms",
        goal=f"<= {goal:.0f}",
        met=worst <= goal,
    )


def _unmeasured(name: str, goal: str) -> dict[str, object]:
    return row(name, ours=None, floor=None, ratio=None, unit="ms", goal=goal, met=None)
