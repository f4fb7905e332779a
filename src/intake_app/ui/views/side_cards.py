"""The cards on the right of the patient page: the estimate, and what to ask the physician."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.flags import NOTICE, TITLE
from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action
from intake_app.ui.presenters.dates import clock_words
from intake_app.ui.presenters.estimate_text import NOTICE as ESTIMATE_NOTICE
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.inputs import TextInput
from intake_app.ui.widgets.press import press_once
from intake_app.ui.widgets.texts import (
    SignedText,
    card,
    clear,
    heading,
    label,
    muted,
    show_text,
    strong,
)

if TYPE_CHECKING:
    from intake_app.services.visits import ShownFlag
    from intake_app.ui.presenters.estimate_text import EstimateText
    from intake_app.ui.presenters.patient_page import PatientPagePresenter


class EstimateCard(QWidget):
    """Shows how long the visit takes: the rule always, both ends, never a middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("estimate")
        frame, lines = card()
        self.count = strong(name="estimate.count")
        self.stay = strong(scale=1.3, name="estimate.stay")
        self.rule = label(name="estimate.rule")
        self.preparation = label(name="estimate.preparation")
        self.times = label(name="estimate.times")
        self.pick_up = strong(name="estimate.pick_up")
        self.warning = SignedText("triangle-alert", attention=True)
        self.warning.setObjectName("estimate.warning")
        lines.addWidget(heading(translated(N_("How long it takes"))))
        for widget in (self.count, self.stay, self.rule, self.preparation, self.times):
            lines.addWidget(widget)
        lines.addWidget(self.pick_up)
        lines.addWidget(self.warning)
        lines.addWidget(muted(translated(ESTIMATE_NOTICE)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def show_text(self, text: EstimateText) -> None:
        """Show the estimate in words."""
        show_text(self.count, text.count)
        show_text(self.stay, text.stay)
        show_text(self.rule, text.rule)
        show_text(self.preparation, text.preparation)
        show_text(self.times, "\n".join(text.times))
        show_text(self.pick_up, text.pick_up)
        self.warning.set_text("\n".join(text.warnings))
        said = (text.count, text.stay, text.rule, text.preparation, *text.times, text.pick_up)
        self.setAccessibleName(". ".join(part for part in (*said, *text.warnings) if part))


class FlagsCard(QWidget):
    """The list "Ask the physician": rule, data, source, and who was told. Never a verdict."""

    changed = Signal()

    def __init__(self, page: PatientPagePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flags")
        self._page = page
        self._shown: tuple[ShownFlag, ...] | None = None
        frame, self._lines = card()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def show_flags(self) -> None:
        """Show the flags that fire now; nothing moves while they stay the same."""
        flags = self._page.flags
        if flags == self._shown:
            return
        self._shown = flags
        clear(self._lines)
        self._lines.addWidget(heading(translated(TITLE)))
        if not self._page.actor.may(Action.ACKNOWLEDGE_FLAG):
            self._lines.addWidget(label(self._for_reception(flags)))
            return
        self._lines.addWidget(muted(translated(NOTICE)))
        if not flags:
            self._lines.addWidget(label(translated(N_("Nothing typed so far matches a rule."))))
        for shown in flags:
            self._lines.addWidget(self._flag(shown))

    @staticmethod
    def _for_reception(flags: tuple[ShownFlag, ...]) -> str:
        still_open = sum(shown.told is None for shown in flags)
        if not still_open:
            return translated(N_("Nothing open for the physician."))
        return translated(N_("{n} open. Please tell the nurse.")).format(n=still_open)

    def _flag(self, shown: ShownFlag) -> QWidget:
        flag = shown.flag
        frame = QFrame()
        frame.setObjectName(f"flag.{flag.id}")
        lines = QVBoxLayout(frame)
        lines.setContentsMargins(0, 2 * GRID, 0, 0)
        lines.setSpacing(GRID // 2)
        rule = translated(flag.rule)
        frame.setAccessibleName(f"{flag.id}: {rule}. {flag.data}")
        lines.addWidget(strong(f"{flag.id}  {rule}"))
        lines.addWidget(label(flag.data))
        lines.addWidget(muted(flag.source))
        if not flag.confirmed:
            lines.addWidget(muted(translated(N_("Rule switched on by this clinic."))))
        if flag.note:
            lines.addWidget(SignedText("triangle-alert", translated(flag.note), attention=True))
        if shown.told is not None:
            told = translated(N_("Told {name} at {time}")).format(
                name=shown.told.told_to,
                time=clock_words(shown.told.told_at, self._page.case.clinic.zone, self._page.today),
            )
            lines.addWidget(SignedText("check", told))
        else:
            self._add_told(lines, shown)
        return frame

    def _add_told(self, lines: QVBoxLayout, shown: ShownFlag) -> None:
        flag = shown.flag
        name = TextInput()
        name.setObjectName(f"flag_told_to.{flag.id}")
        name.setText(self._page.case.visit.operator)
        name.setPlaceholderText(translated(N_("Name of the physician")))
        name.setAccessibleName(translated(N_("Physician told of {id}: name")).format(id=flag.id))
        button = QPushButton(translated(N_("Physician told")))
        button.setObjectName(f"action.acknowledge_flag.{flag.id}")
        button.setAccessibleName(translated(N_("Physician told of {id}")).format(id=flag.id))
        button.setAutoDefault(False)
        press_once(button)
        button.clicked.connect(partial(self._told, shown, name))
        lines.addWidget(name)
        lines.addWidget(button)

    def _told(self, shown: ShownFlag, name: QLineEdit, *_: object) -> None:
        if not name.text().strip():
            name.setFocus()
            self._page.said.emit(
                translated(N_("Type the name of the physician who was told, then press again."))
            )
            return
        self._page.acknowledge(shown.flag, name.text().strip())
