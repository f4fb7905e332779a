"""The start: what is loaded before the first paint, and what is shown when it cannot go on."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from intake_app.config.paths import Paths
from intake_app.ui.app import Window
from tests.hands import Hands

HEAVY = (
    "PIL",
    "PySide6.QtNetwork",
    "PySide6.QtPdf",
    "PySide6.QtPrintSupport",
    "babel",
    "phonenumbers",
    "pikepdf",
    "reportlab",
    "sqlite3",
)
LIST_MODULES = """
import sys
from pathlib import Path
from intake_app.config.paths import Paths
from intake_app.ui import theme
from intake_app.ui.app import Window
application = theme.start("test")
window = Window(application, lambda: None, Paths(Path(sys.argv[1])))
window.main.first_painted.connect(application.quit)
window.main.show()
application.exec()
print(*sys.modules)
print("Qt" in vars(sys.modules["PySide6.QtCore"]))
"""


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python offscreen in a folder of its own."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "T0_NS": "0"}
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.slow
def test_nothing_heavy_is_loaded_at_the_first_paint(tmp_path: Path) -> None:
    done = run(["-c", LIST_MODULES, str(tmp_path)], tmp_path)

    loaded = done.stdout.splitlines()[0].split()
    assert done.returncode == 0, done.stderr
    assert [name for name in loaded if name.startswith(HEAVY)] == []


@pytest.mark.slow
def test_the_hundreds_of_names_of_qt_are_not_made_before_the_first_paint(tmp_path: Path) -> None:
    done = run(["-c", LIST_MODULES, str(tmp_path)], tmp_path)

    assert done.stdout.splitlines()[1] == "False", done.stderr


@pytest.mark.slow
def test_the_program_prints_its_first_paint_and_ends(tmp_path: Path) -> None:
    command = ["-m", "intake_app", "--data", str(tmp_path / "data"), "--quit-after-first-paint"]

    done = run(command, tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("FIRST ")


def test_what_is_typed_before_the_database_is_open_is_not_lost(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    window = start_window(demonstration)
    hands = Hands(window.main)

    hands.type("sukarno", window.main.top.search)
    QTest.keyClick(window.main.top.search, Qt.Key.Key_Return)
    hands.find("header.name")
    hands.wait(lambda: hands.text("header.name"), "name")

    assert hands.text("header.name") == "Sukarno"


def test_a_page_asked_for_before_the_database_is_open_comes_then(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    window = start_window(demonstration)

    window.main.show_settings()

    assert Hands(window.main).find("settings.tabs").isVisible()


def test_a_new_patient_asked_for_before_the_database_is_open_comes_then(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    window = start_window(demonstration)
    hands = Hands(window.main)

    hands.type("Weber, Clara 3/4/1951", window.main.top.search)
    window.main.top.start_new()
    hands.find("registration.family_name")

    assert hands.text("registration.given_name") == "Clara"


# --- a database that cannot be opened -----------------------------------------------------------


def newer(paths: Paths) -> None:
    """Make the database one of a newer program."""
    import sqlite3

    connection = sqlite3.connect(paths.database)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()


def foreign(paths: Paths) -> None:
    """Put something else in the database's place."""
    paths.database.write_bytes(b"This is a letter, not a database." * 200)


def in_the_way(paths: Paths) -> None:
    """Put a folder where the database should be."""
    paths.database.unlink()
    paths.database.mkdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (newer, "newer version"),
        (foreign, "damaged or belongs to another program"),
        (in_the_way, "database"),
    ],
    ids=["newer", "not a database", "a folder"],
)
def test_a_database_that_cannot_be_opened_is_told_in_a_sentence(
    start_window: Callable[[Paths], Window],
    demonstration: Paths,
    spoil: Callable[[Paths], None],
    said: str,
) -> None:
    spoil(demonstration)
    hands = Hands(start_window(demonstration).main)

    sentence = hands.find("start_problem.sentence")

    assert isinstance(sentence, QLabel)
    assert said in sentence.text()
    assert "Error" not in sentence.text()
    assert hands.seen("action.show_today") is None


def test_a_missing_folder_that_cannot_be_made_is_told(
    start_window: Callable[[Paths], Window], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    hands = Hands(start_window(Paths(tmp_path / "file" / "clinic")).main)

    assert hands.find("start_problem.sentence").isVisible()


def test_try_again_goes_on_once_the_reason_is_gone(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    kept = demonstration.database.read_bytes()
    foreign(demonstration)
    hands = Hands(start_window(demonstration).main)
    hands.find("start_problem.sentence")
    demonstration.database.write_bytes(kept)

    hands.press("action.try_again")

    assert hands.find("today.table").isVisible()


def test_quit_closes_the_window(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    foreign(demonstration)
    window = start_window(demonstration)
    hands = Hands(window.main)

    hands.press("action.quit")

    hands.wait(lambda: not window.main.isVisible(), "closed")
    assert not window.main.isVisible()


def test_settings_that_could_not_be_read_are_told_by_their_new_name(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    demonstration.settings.write_text("{", encoding="utf-8")
    hands = Hands(start_window(demonstration).main)

    hands.find("notices.text")

    assert "settings.json.broken-1" in hands.text("notices.text")


def test_a_database_that_another_program_holds_for_a_moment_is_waited_for(
    start_window: Callable[[Paths], Window], demonstration: Paths
) -> None:
    import sqlite3

    other = sqlite3.connect(demonstration.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    hands = Hands(start_window(demonstration).main)
    hands.settle(0.5)

    other.execute("ROLLBACK")
    other.close()

    assert hands.find("today.table").isVisible()
