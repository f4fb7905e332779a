"""What was handed out of one paper before, and the way to print it again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button
from intake_app.ui.widgets.texts import Fold, label

if TYPE_CHECKING:
    from intake_app.domain.sheets import StoredSheet
    from intake_app.ui.presenters.going_home import PaperPresenter
    from intake_app.ui.views.paper_actions import PaperActions


class PrintedBefore(Fold):
    """The stored sheets of a paper, latest first; hidden while there are none."""

    def __init__(self, presenter: PaperPresenter, buttons: PaperActions, *, name: str) -> None:
        super().__init__("", name=name, is_open=True)
        self._presenter = presenter
        self._buttons = buttons
        presenter.sheets_changed.connect(self.show_sheets)
        self.hide()

    def show_sheets(self) -> None:
        """Show every sheet as it stands now; the keyboard stays where it is."""
        sheets = self._presenter.sheets
        self.setVisible(bool(sheets))
        self.set_title(translated(N_("Printed before ({n})")).format(n=len(sheets)))
        focus = QApplication.focusWidget()
        held = focus.objectName() if focus and self.isAncestorOf(focus) else ""
        self.fill(self._sheet(stored, latest=stored is sheets[0]) for stored in sheets)
        again = self.findChild(QWidget, held) if held else None
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sheet(self, stored: StoredSheet, *, latest: bool) -> QWidget:
        words = self._presenter.sheet_words(stored)
        again = action_button("print_again", N_("Print again"), "printer")
        again.setEnabled(self._presenter.may_print)
        again.setAccessibleName(translated(N_("Print again: {sheet}")).format(sheet=words))
        if not latest:
            again.setObjectName(f"action.print_again.{stored.check_code}")
        again.clicked.connect(partial(self._again, stored.id))
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID)
        lines.addWidget(label(words))
        lines.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _again(self, sheet_id: str, *_: object) -> None:
        self._buttons.print_copy(sheet_id)
