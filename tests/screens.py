"""Drive the real windows through a whole visit and keep a picture of each page.

``python -m tests.screens [FOLDER]``; the folder is ``docs/screens`` when none is given.
"""

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before any Qt import

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabWidget

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.ui import theme
from intake_app.ui.app import Window
from intake_app.ui.widgets.word_list import WordList
from tests.fakes_printing import FakeSpooler
from tests.handing import print_sheet, teach
from tests.hands import Hands

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1280, 800)
ALT = Qt.KeyboardModifier.AltModifier
READY = "Marsh"
"""The patient of the demonstration who is ready to go home."""
TWICE = "twice"
PRINTER = FakeSpooler()


def main(arguments: list[str]) -> int:
    """Write every picture; the large one comes from a process of its own."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    if TWICE in arguments:
        photograph(folder, twice=True)
        return 0
    photograph(folder, twice=False)
    environment = {**os.environ, "QT_SCALE_FACTOR": "2"}
    command = [sys.executable, "-m", "tests.screens", str(folder), TWICE]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def photograph(folder: Path, *, twice: bool) -> None:
    """Start the program on an empty folder, carry a patient through, keep the pictures."""
    application = QApplication.instance() or QApplication(["screens"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as data:
        paths = Paths(Path(data) / "clinic")
        window = Window(application, partial(with_printer, paths), paths)
        theme.apply(application, "light")
        window.main.resize(SIZE[0] // (2 if twice else 1), SIZE[1] // (2 if twice else 1))
        window.show()
        camera = Camera(folder, Hands(window.main))
        try:
            if twice:
                take_large(camera)
            else:
                take_all(camera, application)
        finally:
            window.main.close()
            camera.hands.wait(lambda: not window.main.isVisible())
            window.close()


def with_printer(paths: Paths) -> Application:
    """Return the program with a printer that takes everything."""
    made = Application(paths)
    made.spooler = PRINTER
    return made


class Camera:
    """Keeps pictures of one window."""

    def __init__(self, folder: Path, hands: Hands) -> None:
        self._folder = folder
        self.hands = hands

    def take(self, name: str, *, settle: float = 1.0) -> None:
        """Keep a picture of the window as it is, with what lies over it."""
        self.hands.settle(settle)
        picture = self.hands.window.grab()
        path = self._folder / f"{name}.png"
        picture.save(str(path))
        path.chmod(0o644)  # the program lets nobody else read what it writes
        sys.stdout.write(f"{name}.png\n")

    def take_dialog(self, name: str) -> None:
        """Keep a picture of the window that lies over the page."""
        self.hands.settle(0.6)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        path = self._folder / f"{name}.png"
        dialog.grab().save(str(path))
        path.chmod(0o644)
        sys.stdout.write(f"{name}.png\n")


def take_all(camera: Camera, application: QApplication) -> None:
    """Walk from the first start to the sheet."""
    hands = camera.hands
    hands.find("action.try_demonstration")
    camera.take("first_start")
    hands.press("action.try_demonstration")
    hands.find("today.table")
    hands.wait(lambda: hands.seen("first_start") is None)
    camera.take("today")
    take_search(camera)
    register(hands)
    camera.take("patient")
    mark(hands)
    camera.take("fractures")
    hands.key(Qt.Key.Key_5, ALT)
    answer(hands)
    camera.take("safety")
    appoint(hands)
    camera.take("appointment")
    open_patient(hands, READY)
    hands.key(Qt.Key.Key_7, ALT)
    camera.take("procedure")
    hands.key(Qt.Key.Key_8, ALT)
    camera.take("going_home", settle=3.0)
    print_sheet(hands, PRINTER)
    teach(hands)
    hands.focus("teach_back.danger_signs.said_back")
    hands.focus("teach_back.wound.said_back")
    camera.take("hand_over")
    for scheme in ("dark", "high_contrast"):
        theme.apply(application, scheme)
        hands.key(Qt.Key.Key_3, ALT)
        camera.take(scheme)
    theme.apply(application, "light")
    hands.press("action.lock")
    hands.find("lock.staff")
    camera.take("locked")
    hands.type("nora")
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.seen("lock") is None, "unlocked")
    merge(camera)
    hands.press("action.show_settings")
    camera.take("settings")
    write(camera)


def write(camera: Camera) -> None:
    """Change words of the aftercare sheet, look at what changed, answer the checklist."""
    hands = camera.hands
    tabs = hands.find("settings.tabs")
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(4)
    hands.press("action.open_wording")
    hands.press("action.start_draft")
    hands.wait(lambda: "Draft" in hands.text("wording.state"), "draft")
    hands.press("action.close_notice")
    parts = hands.focus("wording.blocks")
    assert isinstance(parts, WordList)
    names = parts.words()
    parts.setCurrentRow(next(n for n, each in enumerate(names) if "danger signs" in each))
    hands.fill("wording.R-1.0.0", "Chest pain or tightness")
    parts.setCurrentRow(next(n for n, each in enumerate(names) if each == "Rest and moving"))
    hands.fill("wording.A-05.0.0", "Commence with a walk of 5 minutes; a bit more each day")
    hands.settle(2)
    camera.take("wording")
    looks = hands.find("wording.tabs")
    assert isinstance(looks, QTabWidget)
    for number, name in ((1, "wording_changes"), (2, "wording_review")):
        looks.setCurrentIndex(number)
        camera.take(name, settle=2)


def take_large(camera: Camera) -> None:
    """Show that twice the size still has room."""
    hands = camera.hands
    hands.press("action.try_demonstration")
    hands.find("today.table")
    hands.wait(lambda: hands.seen("first_start") is None)
    open_patient(hands, READY)
    hands.key(Qt.Key.Key_3, ALT)
    camera.take("twice_the_size")


def take_search(camera: Camera) -> None:
    """Find somebody whose name was heard badly."""
    hands = camera.hands
    hands.search("nunez")
    hands.settle(0.6)
    camera.take("search_results")
    hands.search("Marsh, Helena 3/4/1948")
    hands.press("action.new_patient")
    hands.find("registration.candidates")
    camera.take("new_patient")
    hands.press("action.discard_registration")
    hands.find("today.table")


def register(hands: Hands) -> None:
    """Register a new patient from what was typed into the search box."""
    hands.search("Weber, Clara 3/4/1951")
    hands.settle(0.6)
    hands.press("action.new_patient")
    hands.press("action.create_patient")
    hands.find("patient.family_name")
    hands.choose("patient.sex", "Female")
    hands.fill("patient.mobile_phone", "(515) 555-0142")


def mark(hands: Hands) -> None:
    """Mark two vertebrae."""
    hands.key(Qt.Key.Key_3, ALT)
    hands.fill("fractures.levels", "T12, L1")
    hands.wait(lambda: hands.text("fractures.count").startswith("2"))
    hands.settle()


def answer(hands: Hands) -> None:
    """Answer what decides which questions follow."""
    hands.choose("safety.allergy_status", "No")
    hands.choose("safety.blood_thinner", "Yes")
    hands.press("action.add_row.blood_thinners")
    hands.fill("safety.blood_thinners.0.name", "apixaban")


def appoint(hands: Hands) -> None:
    """Say when the procedure starts."""
    hands.key(Qt.Key.Key_6, ALT)
    hands.fill("visit.planned_start", "8:00")
    hands.fill("visit.operator", "Dr. Ruth Calder")


def merge(camera: Camera) -> None:
    """Make one patient of two records, and look at the history."""
    hands = camera.hands
    hands.search("Webber, Klara 3/4/1951")
    hands.settle(0.6)
    hands.press("action.new_patient")
    hands.press("action.create_patient")
    hands.wait(lambda: "Webber" in hands.text("header.name"), "the page")
    hands.settle()
    hands.fill("patient.city", "Ames")
    hands.press("action.merge_with")
    hands.find("merge_with.find")
    hands.type("Weber, Clara")
    hands.settle(1.5)
    hands.key(Qt.Key.Key_Return)
    hands.find("merge.differ")
    camera.take_dialog("merge")
    hands.press("action.merge")
    hands.wait(lambda: hands.seen("merge") is None, "merged")
    hands.wait(lambda: hands.seen("notices.text") is not None, "said")
    hands.settle(0.6)
    hands.press("action.show_history")
    hands.find("history.merged.0")
    camera.take_dialog("history")
    hands.press("action.close_history")


def open_patient(hands: Hands, name: str) -> None:
    """Open a patient from the search box."""
    hands.search(name)
    hands.wait(lambda: hands.seen("search.results") is not None, "results")
    hands.settle(0.6)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: name in hands.text("header.name"), name)
    hands.settle()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
