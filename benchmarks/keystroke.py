"""From a key in the search box to the painted results, in the real window over a large database.

``python -m benchmarks.keystroke --count 1000000`` measures another size than ``make bench``.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.pairs import percentile, row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from intake_app.config.paths import Paths
    from intake_app.ui.app import Window

COUNT = 100_000
TARGETS = 12
KEYS = 1000
GOAL_MS = 16.0
_LIMIT_MS = 5000
_START_S = 30.0
_WARM = 30


def rows(count: int = COUNT) -> list[dict[str, object]]:
    """Measure keys typed one after the other, each when the answer to the last is painted."""
    took = measure(count)
    worst = percentile(took, 95)
    return [
        row(
            f"Key to painted results at {count:,} patients, 95th percentile",
            ours=worst,
            floor=None,
            ratio=None,
            unit="ms",
            goal=f"<= {GOAL_MS:.0f}",
            met=worst <= GOAL_MS,
        )
    ]


def measure(count: int) -> list[float]:
    """Return the milliseconds of each key."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from intake_app.bootstrap import Application
    from intake_app.config.paths import Paths
    from intake_app.ui.app import Window

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(prefix="bench-keystroke-") as folder:
        paths = Paths(Path(folder) / "clinic")
        typed = _fill(paths, count)
        window = Window(application, lambda: Application(paths), paths)
        window.main.resize(1280, 800)
        window.show()
        try:
            _wait_until_working(window, application)
            return [took for text in typed for took in _type(window, text)][_WARM : KEYS + _WARM]
        finally:
            window.main.close()
            window.close()
            application.processEvents()


def _fill(paths: Paths, count: int) -> list[str]:
    """Make the database of a clinic with so many patients; return what to type."""
    from benchmarks.people import people
    from benchmarks.search import Ours
    from benchmarks.typed import queries
    from intake_app.bootstrap import Application
    from intake_app.domain.staff import Role
    from intake_app.storage.migrate import APPLICATION_ID, shipped

    paths.prepare()
    everybody = list(people(count))
    ours = Ours("sqlite3", paths.database, key=False)
    with closing(ours.connection):
        ours.fill(everybody)
        ours.connection.execute(f"PRAGMA user_version = {shipped()[-1].version}")
        ours.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    chance = random.Random(3)  # noqa: S311 - the same patients every time
    typed = list(queries(chance.sample(everybody, TARGETS)))
    del everybody
    application = Application(paths)
    application.database.open()
    application.clinic.set_up(
        {"name": "Bench", "time_zone": "UTC", "country": "US"}, [("Nora", frozenset(Role))]
    )
    application.close()
    chance.shuffle(typed)
    return [query.text for query in typed]


def _wait_until_working(window: Window, application: QApplication) -> None:
    limit = time.monotonic() + _START_S
    while not window.main.is_working:
        application.processEvents()
        if time.monotonic() > limit:
            raise TimeoutError("the window did not open the database")


def _type(window: Window, text: str) -> Iterator[float]:
    """Type a text key by key; yield how long each took until its results were painted."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
    from PySide6.QtTest import QTest

    class Painted(QObject):
        """Ends the waiting once the list has painted the answer to the latest text."""

        def __init__(self) -> None:
            super().__init__()
            self.loop = QEventLoop()
            self.answered = False

        def answer(self, results: object) -> None:
            self.answered = getattr(results, "typed", None) == box.text()

        def eventFilter(self, _: QObject, event: QEvent, /) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint and self.answered:
                QTimer.singleShot(0, self.loop.quit)  # after the picture is handed over
            return False

    top = window.main.top
    box = top.search
    box.clear()
    box.setFocus()
    watcher = Painted()
    top.presenter.results_changed.connect(watcher.answer)
    viewport = top.results.view.viewport()
    viewport.installEventFilter(watcher)
    handle = window.main.windowHandle()
    assert handle is not None
    plain = Qt.KeyboardModifier.NoModifier
    for letter in text:
        watcher.answered = False
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(watcher.loop.quit)
        limit.start(_LIMIT_MS)
        key = Qt.Key(ord(letter.upper())) if ord(letter.upper()) < 0x10000 else Qt.Key.Key_unknown
        start = time.perf_counter()
        QTest.sendKeyEvent(QTest.KeyAction.Click, handle, key, letter, plain)
        if not letter.isspace():
            watcher.loop.exec()
            if not watcher.answered:
                raise TimeoutError("nothing was painted")
            yield (time.perf_counter() - start) * 1e3
    viewport.removeEventFilter(watcher)
    top.presenter.results_changed.disconnect(watcher.answer)


def main(arguments: list[str]) -> int:
    """Measure one size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=COUNT)
    count = asked.parse_args(arguments).count
    took = measure(count)
    print(
        f"{len(took)} keys",
        *(f"p{percent} {percentile(took, percent):.2f} ms" for percent in (50, 95, 99, 100)),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
