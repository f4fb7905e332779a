"""What became of the prints of a paper, copy by copy, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button
from intake_app.ui.widgets.texts import Panel, SignedText, clear

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.ui.presenters.going_home import PaperPresenter
    from intake_app.ui.presenters.print_jobs import PrintLine


class PrintState(Panel):
    """A line for each copy; it takes no room while nothing was printed."""

    other_wanted = Signal(str)
    """The id of a print that shall go to another printer."""

    def __init__(self, presenter: PaperPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._shown: tuple[PrintLine, ...] = ()
        self._pressed_last = ""
        self.setObjectName("print_state")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self._lines.setSpacing(2 * GRID)
        self.hide()
        presenter.sheets_changed.connect(self.show_lines)

    def text(self) -> str:
        """Return what is said of all copies."""
        return "\n".join(f"{line.copy}: {line.state}" for line in self._shown)

    def show_lines(self) -> None:
        """Show what is known now; the keyboard stays where it is unless something changed."""
        lines = self._presenter.print_lines()
        if lines == self._shown:
            return
        self._shown = lines
        held = self._held()
        if held:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._lines)
        for number, line in enumerate(lines):
            self._lines.addWidget(self._line(line, first=not number))
        self.setVisible(bool(lines))
        self.setAccessibleName(self.text())
        if held:
            self._hold(held)
        # A card that changes by itself is read out.
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _held(self) -> str:
        """Return the name of the button that has or had the keyboard; '' when it is elsewhere."""
        focus = QApplication.focusWidget()
        if focus is None or not (focus is self or self.isAncestorOf(focus)):
            return ""
        return self._pressed_last if focus is self else focus.objectName()

    def _hold(self, name: str) -> None:
        """Keep the keyboard at the same button, else at the card: nothing else is pressed next."""
        self._pressed_last = name
        deed = ".".join(name.split(".")[:2])
        buttons = self.findChildren(QPushButton)
        same = [each for each in buttons if each.objectName() == name]
        like = [each for each in buttons if each.objectName().startswith(deed)]
        for found in (*same, *like, self)[:1]:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, line: PrintLine, *, first: bool) -> QWidget:
        sign = "check" if line.done else "triangle-alert" if line.attention else "printer"
        said = SignedText(sign, f"{line.copy}: {line.state}", attention=line.attention)
        said.setObjectName("print_state.text" if first else f"print_state.text.{line.job_id}")
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID)
        lines.addWidget(said)
        buttons = self._buttons(line, first=first)
        if buttons:
            row = QHBoxLayout()
            row.setContentsMargins(6 * GRID, 0, 0, 0)
            row.setSpacing(2 * GRID)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            lines.addLayout(row)
        return box

    def _buttons(self, line: PrintLine, *, first: bool) -> list[QPushButton]:
        prints = self._presenter.prints
        offered: list[tuple[bool, str, str, Callable[[str], None]]] = [
            (line.asks_for_pages, "pages_there", N_("All pages are there"), prints.confirm),
            (
                line.asks_for_pages or line.may_miss,
                "page_missing",
                N_("A page is missing"),
                prints.say_missing,
            ),
            (line.may_try, "try_again", N_("Try again"), prints.try_again),
            (line.may_try, "other_printer", N_("Other printer"), self.other_wanted.emit),
            (line.may_cancel, "cancel_job", N_("Cancel"), prints.cancel),
        ]
        made = []
        for wanted, name, text, press in offered:
            if not wanted:
                continue
            button = action_button(name if first else f"{name}.{line.job_id}", text)
            button.setAccessibleName(f"{translated(text)}: {line.copy}")
            button.setEnabled(self._presenter.may_print)
            button.clicked.connect(partial(_pressed, press, line.job_id))
            made.append(button)
        return made


def _pressed(press: Callable[[str], None], job_id: str, *_: object) -> None:
    press(job_id)
