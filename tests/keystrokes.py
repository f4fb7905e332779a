"""How many keys a whole intake takes: the script of it, the count, and the page that tells.

``python -m tests.keystrokes`` types it once more and writes ``docs/reception-keystrokes.md``.
"""

import math
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from intake_app.bootstrap import Application
from intake_app.config.paths import Paths
from intake_app.domain.staff import Actor, Role
from intake_app.domain.validation import draft_of
from intake_app.ui.app import Window
from intake_app.ui.views.confirm_identity import ConfirmIdentity
from intake_app.ui.views.paper_dialog import PaperDialog
from intake_app.ui.views.print_choice import PrintChoice
from tests.builders import a_clinic
from tests.fakes_printing import FakeSpooler
from tests.hands import Hands

PLAIN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, DOWN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space
KEYS_PER_SECOND = 5.0
"""60 words a minute, a practised desk."""
SLOWER = 4.0
"""48 words a minute."""
LONGEST_S = 90
PAGE = Path(__file__).parents[1] / "docs" / "reception-keystrokes.md"
RECEPTION = "Rita Vale"


@dataclass
class Fingers:
    """Presses keys wherever the keyboard is; counts every one, with Shift, Ctrl and Alt."""

    hands: Hands
    part: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    def begin(self, part: str) -> None:
        """Count for another part of the intake from here on."""
        self.part = part
        self.counts[part] = 0
        self.hands.settle(0.1)

    def type(self, text: str) -> None:
        """Type letters; a capital is two keys."""
        self.counts[self.part] += sum(1 + letter.isupper() for letter in text)
        self.hands.type(text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, *, times: int = 1) -> None:
        """Press a key; Ctrl or Alt held with it is one more."""
        for _ in range(times):
            self.counts[self.part] += 1 + (modifier != PLAIN)
            self.hands.key(key, modifier)

    def answer(self, *texts: str) -> None:
        """Type one answer after the other, each with Enter; an empty one is left as it is."""
        for text in texts:
            self.type(text)
            self.press(ENTER)

    def tick(self, letter: str) -> None:
        """Go to one of several boxes by its letter, tick it and move on."""
        self.type(letter)
        self.press(SPACE)
        self.press(ENTER)

    def next_group(self) -> None:
        """Skip the rest of this group of inputs."""
        self.press(DOWN, CONTROL)

    def next_section(self) -> None:
        """Skip the rest of this section."""
        self.press(ENTER, CONTROL)


def identity(fingers: Fingers) -> None:
    """Register Clara Weber from the search box; phone, address, language, home, referral."""
    fingers.begin("Find and register, identity, referral")
    fingers.type("Weber, Clara 3/4/51")
    fingers.hands.settle(0.4)
    fingers.press(Qt.Key.Key_N, CONTROL)
    fingers.hands.find("registration.sex")
    fingers.hands.settle(0.2)
    fingers.answer("f", "3125550142")
    fingers.hands.find("patient.family_name")
    fingers.hands.settle(0.2)
    fingers.next_group()
    fingers.answer("", "", "afternoon", "y")
    fingers.next_group()
    fingers.answer("12 Oak Street", "", "Ames", "IA", "50010")
    fingers.next_group()
    fingers.answer("e", "e", "n")
    fingers.tick("l")
    fingers.next_group()
    fingers.answer("n", "y", "husband", "n")
    fingers.next_group()
    fingers.answer("Dr. Lang", "Story Clinic", "5155550199")
    fingers.next_section()


def driver(fingers: Fingers) -> None:
    """Say who takes her home and that he said so on the phone just now."""
    fingers.begin("Driver and emergency contact")
    fingers.answer("Paul Weber", "husband", "5155550123", "y", "y", "24", "now")
    fingers.press(Qt.Key.Key_S, ALT)
    fingers.next_section()


def fractures(fingers: Fingers) -> None:
    """Name T12 and L1, with when, why and how each broke."""
    fingers.begin("Fractures T12 and L1")
    fingers.answer("T12, L1")
    for _ in range(2):
        fingers.hands.find("fracture.counted_by")
        fingers.hands.settle(0.3)
        fingers.answer("rad", "v", "3w", "o", "fall")
        fingers.next_group()


def imaging(fingers: Fingers) -> None:
    """Say which pictures there are, and what is taken against the pain."""
    fingers.begin("Imaging, pain medicine")
    fingers.answer("y", "-2w", "Story Hospital")
    for _ in range(3):
        fingers.next_group()
    fingers.answer("3/2/25", "h", "-2.8")
    fingers.tick("p")
    fingers.answer("6")
    fingers.press(SPACE)
    fingers.hands.find("pain_medicine.0.name")
    fingers.answer("Acetaminophen", "1 g", "3", "n", "")


def safety(fingers: Fingers) -> None:
    """Ask every safety question that reception asks; an allergy, and a tablet for the bones."""
    fingers.begin("Safety questions")
    fingers.answer("y")
    fingers.press(SPACE)
    fingers.hands.find("safety.allergies.0.substance")
    fingers.hands.settle(0.3)
    fingers.answer("pen")
    fingers.next_group()
    fingers.next_group()
    fingers.answer("n", "n")
    fingers.answer(*"nnnnnnn")
    fingers.answer("n", "", "n", "n", "n", "n")
    fingers.answer("n")
    fingers.tick("c")
    fingers.answer("n", "1", "n", "0")
    fingers.tick("g")
    fingers.answer("")


def appointment(fingers: Fingers) -> None:
    """Book her for Thursday at eight and note that name and birth date were checked."""
    fingers.begin("Appointment and identity check")
    fingers.answer("+3d", "8", "", "", "Dr. Park", "v", "y", "")
    fingers.press(SPACE)


def what_to_expect(fingers: Fingers) -> None:
    """Look at the sheet for before the visit, say that it is hers, print it, close it.

    Where to print was asked before: Enter prints there again.
    """
    fingers.begin("What-to-expect sheet, looked at and printed")

    def when(wanted: type, then: Callable[[], None]) -> None:
        if isinstance(QApplication.activeModalWidget(), wanted):
            then()
        else:
            QTimer.singleShot(10, lambda: when(wanted, then))

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PaperDialog)
        dialog.activateWindow()  # as a window manager does
        fingers.hands.wait(dialog.buttons.print_button.isEnabled, "preview")
        when_confirming()
        fingers.press(Qt.Key.Key_P, CONTROL)
        fingers.hands.wait(lambda: "Printed" in dialog.prints.text(), "printed")
        dialog.activateWindow()
        fingers.hands.settle(0.05)
        fingers.press(Qt.Key.Key_Escape)

    def when_confirming() -> None:
        QTimer.singleShot(0, lambda: when(ConfirmIdentity, confirm))

    def confirm() -> None:
        fingers.hands.wait(
            lambda: "confirm.name" in str(getattr(QApplication.focusWidget(), "objectName", str)()),
            "question",
        )
        fingers.press(SPACE)
        fingers.press(Qt.Key.Key_Tab)
        fingers.press(SPACE)
        QTimer.singleShot(0, lambda: when(PrintChoice, choose))
        fingers.press(SPACE)

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PrintChoice)
        dialog.activateWindow()  # as a window manager does
        fingers.hands.wait(dialog.isActiveWindow, "where to print")
        fingers.hands.wait(dialog.print_button.isEnabled, "printers")
        fingers.press(Qt.Key.Key_Return)

    QTimer.singleShot(0, lambda: when(PaperDialog, look))
    fingers.press(Qt.Key.Key_P, CONTROL)


def take_intake(hands: Hands) -> dict[str, int]:
    """Type the whole intake; return the keys for each part."""
    fingers = Fingers(hands)
    hands.focus("search")
    for part in (identity, driver, fractures, imaging, safety, appointment):
        part(fingers)
    hands.settle(0.3)
    what_to_expect(fingers)
    hands.settle(0.3)
    return fingers.counts


def seconds(keys: int, speed: float = KEYS_PER_SECOND) -> int:
    """Return how long that many keys take, in whole seconds."""
    return math.ceil(keys / speed)


def page_of(counts: dict[str, int]) -> str:
    """Return the page that tells how long an intake takes."""
    keys = sum(counts.values())
    lines = [f"| {part} | {count} | {seconds(count)} s |" for part, count in counts.items()]
    return _PAGE.format(
        lines="\n".join(lines),
        keys=keys,
        seconds=seconds(keys),
        slower=seconds(keys, SLOWER),
        longest=LONGEST_S,
    )


_PAGE = """# How many keys an intake takes

`tests/ui/test_intake_by_keyboard.py` types this intake into the real window, key by key, and reads
it back from the database and from the paper. This page is written by
`python -m tests.keystrokes`; the test fails when it is out of date or says more than
{longest} seconds.

The case: Clara Weber, 75, two fractures (T12 and L1), an allergy to penicillin, a referral, an
MRI, a bone density, one pain medicine, a husband who drives, an appointment in three days. The
person at the keyboard is a receptionist; what only a nurse may fill in is not asked. No mouse.

Every key counts as one, a capital letter and each key with Ctrl or Alt as two. Time is at 5 keys a
second (60 words a minute). Listening to the patient is not counted: it takes longer than typing.

| Part | Keys | Time |
|---|---|---|
{lines}
| **Whole intake** | **{keys}** | **{seconds} s** |

At 4 keys a second (48 words a minute) it is {slower} s.

What makes it short: *Enter* goes to the next field and from the last one to the next section;
*Ctrl+↓* skips the rest of a group, *Ctrl+Enter* the rest of a section; letters pick an answer or
go to a box; dates may be typed as `3/4/51`, `-2w` or `+3d`, times as `8`; `now` stamps the time of
a call; *Alt+S* takes the driver over as emergency contact; *Ctrl+P* shows and prints the sheet.
"""


def set_up(paths: Paths) -> Actor:
    """Set a clinic up where a receptionist sits at the desk; return the receptionist."""
    application = Application(paths)
    people = [
        (RECEPTION, frozenset({Role.RECEPTION})),
        ("Dr. Park", frozenset({Role.PHYSICIAN})),
    ]
    _, staff = application.clinic.set_up(draft_of(a_clinic()), people)
    application.close()
    return Actor.of(staff[0])


def program_at(paths: Paths, spooler: FakeSpooler) -> Application:
    """Return the real program over a folder, with a printer that does as told."""
    application = Application(paths)
    application.spooler = spooler
    return application


def main() -> None:
    """Type the intake once more and write the page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "clinic")
        set_up(paths)
        window = Window(app, partial(program_at, paths, FakeSpooler()), paths)
        window.show()
        hands = Hands(window.main)
        hands.find("actor")
        counts = take_intake(hands)
        window.main.close()
        hands.wait(window.main.isHidden, "closed")
        window.close()
    PAGE.write_text(page_of(counts), encoding="utf-8")


if __name__ == "__main__":
    main()
