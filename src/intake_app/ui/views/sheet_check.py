"""Check a sheet of paper against what was handed out, by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.sheets import read_code
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button, emphasise, heading, note, page_layout

if TYPE_CHECKING:
    from intake_app.ui.presenters.sheet_check import SheetCheckPresenter

_CODE_LETTERS = 24


class SheetCheckPage(QWidget):
    """Takes a typed or scanned code and says which sheet it belongs to."""

    closed = Signal()

    def __init__(self, presenter: SheetCheckPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet_check")
        self._presenter = presenter
        layout = page_layout(self)
        layout.addWidget(heading(N_("Check a sheet"), self))
        layout.addWidget(
            note(
                N_(
                    "Every sheet has a short code at its foot, such as 7K3M-Q2XD. Type it, or scan "
                    "the square beside it. Small and capital letters are the same here."
                ),
                self,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        label = QLabel(translated(N_("Code on the sheet")), self)
        self.code = QLineEdit(self)
        self.code.setObjectName("sheet_check.code")
        self.code.setAccessibleName(label.text())
        self.code.setPlaceholderText("7K3M-Q2XD")
        self.code.setMaximumWidth(_CODE_LETTERS * self.fontMetrics().averageCharWidth())
        self.code.returnPressed.connect(self._check)
        label.setBuddy(self.code)
        check = action_button("check_code", N_("&Check"), parent=self)
        emphasise(check)
        check.clicked.connect(self._check)
        for widget in (label, self.code, check):
            row.addWidget(widget)
        row.addStretch(1)
        layout.addLayout(row)
        self.answer = QLabel(self)
        self.answer.setObjectName("sheet_check.answer")
        self.answer.setWordWrap(True)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.answer.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        font.setBold(True)
        self.answer.setFont(font)
        layout.addWidget(self.answer)
        layout.addStretch(1)
        back = action_button("close_check", N_("&Back"), "chevron-left", parent=self)
        back.clicked.connect(self.closed)
        layout.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        presenter.answered.connect(self._show)

    def begin(self, scanned: str = "") -> None:
        """Be ready for the next code; say at once what a scanned one means."""
        self.code.setText(read_code(scanned))
        self.answer.clear()
        self.code.setFocus()
        if scanned:
            self._presenter.check(scanned)

    def _check(self) -> None:
        self._presenter.check(self.code.text())

    def _show(self, sentence: str) -> None:
        self.answer.setText(sentence)
        self.answer.setAccessibleName(sentence)
        self.code.selectAll()
