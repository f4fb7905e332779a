"""Print a sheet, let it be said back and hand it over, by keyboard in the real window."""

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from intake_app.ui.views.confirm_identity import ConfirmIdentity
from intake_app.ui.views.print_choice import PrintChoice
from tests.fakes_printing import FakeSpooler
from tests.hands import PATIENCE_S, Hands

ALT = Qt.KeyboardModifier.AltModifier
CONFIRM = (ConfirmIdentity, ("confirm.name", "confirm.birth_date", "action.confirm_identity"))
PRINT = (PrintChoice, ("action.print_now",))


def press_through(
    hands: Hands, button: str, *dialogs: tuple[type[QDialog], tuple[str, ...]]
) -> None:
    """Press a button, and what has to be pressed in each window that opens then."""
    waiting = list(dialogs)
    given_up = time.monotonic() + PATIENCE_S

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and time.monotonic() > given_up:
            dialog.reject()  # another window than was expected: the press must return
            return
        if waiting and isinstance(dialog, waiting[0][0]):
            _, names = waiting.pop(0)
            if waiting:
                QTimer.singleShot(20, answer)
            for name in names:
                hands.press(name)
        elif waiting:
            QTimer.singleShot(20, answer)

    QTimer.singleShot(0, answer)
    hands.press(button)
    hands.wait(lambda: not waiting and QApplication.activeModalWidget() is None, button)
    hands.window.activateWindow()  # no window manager does it here
    hands.wait(hands.window.isActiveWindow, "active")


def print_sheet(hands: Hands, spooler: FakeSpooler) -> str:
    """Print the sheet for the patient; return its check code once it is on paper."""
    hands.key(Qt.Key.Key_8, ALT)
    hands.wait(lambda: hands.find("action.print_sheet").isEnabled(), "preview")
    before = len(spooler.printed)
    press_through(hands, "action.print_sheet", CONFIRM, PRINT)
    hands.wait(lambda: len(spooler.printed) > before, "printed")
    hands.wait(lambda: "code" in hands.text("notices.text"), "told")
    return hands.text("notices.text").split("check code ")[1][:9]


def teach(hands: Hands) -> None:
    """Let the patient say everything back, by key; the limits need repeating."""
    hands.focus("teach_back.danger_signs.said_back")
    hands.key(Qt.Key.Key_1)
    hands.key(Qt.Key.Key_1)
    hands.key(Qt.Key.Key_2)
    hands.wait(lambda: hands.seen("teach_back.limits.note") is not None, "note")
    hands.fill("teach_back.limits.note", "Mixed up the days")
    hands.wait(lambda: hands.seen("teach_back.limits.line") is not None, "kept")


def hand_over(hands: Hands) -> None:
    """Give the sheet to the patient and record it."""
    hands.press("hand_over.to_patient")
    hands.wait(lambda: hands.find("action.hand_over").isEnabled(), "may be handed over")
    press_through(hands, "action.hand_over", CONFIRM)
    hands.wait(lambda: hands.seen("hand_over.done") is not None, "handed over")
