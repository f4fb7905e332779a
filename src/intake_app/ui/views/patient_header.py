"""The header of the patient page: who this is, always in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, icon
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.texts import Panel, SignedText, label, muted, scaled, show_text, strong

if TYPE_CHECKING:
    from intake_app.ui.presenters.header_text import HeaderText

NAME_SCALE = 1.7
_COMPACT_SCALE = 1.25
_WITH_TEXT = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


class PatientHeader(Panel):
    """Shows name, birth date and age, record number, allergies, levels, estimate and flags."""

    closed = Signal()
    history_wanted = Signal()
    merge_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QPalette.ColorRole.Window)
        self.setParent(parent)
        self.setObjectName("patient.header")
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.back = QToolButton(self)
        self.back.setObjectName("action.close_patient")
        self.back.setIcon(icon("chevron-left"))
        self.back.setIconSize(QSize(6 * GRID, 6 * GRID))
        self.back.setAutoRaise(True)
        self.back.setAccessibleName(translated(N_("Back to the list")))
        self.back.setToolTip(translated(N_("Back to the list (Esc)")))
        self.back.clicked.connect(self.closed)
        self.name = strong(scale=NAME_SCALE, name="header.name")
        # A name written from right to left still begins where every other name does.
        alignment = Qt.AlignmentFlag
        self.name.setAlignment(
            alignment.AlignLeft | alignment.AlignAbsolute | alignment.AlignVCenter
        )
        self.born = strong(scale=1.1, name="header.born")
        self.record = label(name="header.record", wrap=False)
        self.visit = muted(name="header.visit")
        self.allergies = _chip("header.allergies", "triangle-alert")
        self.levels = _chip("header.levels", "bone")
        self.estimate = _chip("header.estimate", "clock")
        self.flags = _chip("header.flags", "stethoscope")
        self.history = self._button("show_history", N_("&History"), "clock")
        self.history.setToolTip(translated(N_("Who changed, printed and saw what")))
        self.history.clicked.connect(self.history_wanted)
        self.merge = self._button("merge_with", N_("Merge &with…"), "users")
        self.merge.setToolTip(translated(N_("This person has another record, too")))
        self.merge.clicked.connect(self.merge_wanted)
        self._arrange()

    def _button(self, name: str, text: str, sign: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"action.{name}")
        button.setText(translated(text))
        button.setIcon(icon(sign))
        button.setAutoRaise(True)
        button.setToolButtonStyle(_WITH_TEXT)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(button.text().replace("&", ""))
        return button

    def _arrange(self) -> None:
        who = FlowLayout(gap=5 * GRID)
        for widget in (self.born, self.record, self.visit):
            widget.setWordWrap(False)
            who.addWidget(widget)
        facts = FlowLayout(gap=5 * GRID)
        for chip in (self.allergies, self.levels, self.estimate, self.flags):
            facts.addWidget(chip)
        self._lines = lines = QVBoxLayout()
        lines.setSpacing(GRID)
        lines.addWidget(self.name)
        lines.addLayout(who)
        lines.addLayout(facts)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.back)
        layout.addLayout(lines, 1)
        self._deeds = deeds = QVBoxLayout()
        deeds.setSpacing(GRID)
        for button in (self.history, self.merge):
            deeds.addWidget(button)
        deeds.addStretch(1)
        layout.addLayout(deeds)

    def set_compact(self, *, compact: bool) -> None:
        """Take less room, where there is little of it."""
        scale = _COMPACT_SCALE if compact else NAME_SCALE
        self.name.setFont(scaled(self.font(), scale, bold=True))
        self._compact = compact
        self.visit.setHidden(compact)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if compact else _WITH_TEXT
        for button in (self.history, self.merge):
            button.setToolButtonStyle(style)
        around = GRID if compact else 2 * GRID
        self._layout.setContentsMargins(2 * GRID, around, 3 * GRID, around)
        self._lines.setSpacing(0 if compact else GRID)

    def show_text(self, text: HeaderText) -> None:
        """Show who this is."""
        show_text(self.name, text.name)
        show_text(self.born, text.born)
        show_text(self.record, text.record)
        self.visit.setText(text.visit)
        self.visit.setHidden(self._compact)
        self.allergies.set_text(text.allergies)
        sign = "check" if text.allergies_none else "triangle-alert"
        self.allergies.show_sign(sign, attention=text.allergies_open)
        self.levels.set_text(text.levels)
        self.flags.set_text(text.flags)
        parts = (text.name, text.born, text.record, text.allergies, text.levels, text.flags)
        self.setAccessibleName(". ".join(parts))

    def show_estimate(self, line: str) -> None:
        """Show the estimate in one line."""
        self.estimate.set_text(line)


def _chip(name: str, sign: str) -> SignedText:
    chip = SignedText(sign)
    chip.setObjectName(name)
    chip.text_label.setWordWrap(False)
    return chip
