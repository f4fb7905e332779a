"""A row of buttons that each show one paper of the visit, to look at and to print."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from intake_app.ui.presenters.going_home import PaperPresenter
from intake_app.ui.views.page_parts import action_button
from intake_app.ui.views.paper_dialog import PaperDialog
from intake_app.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from intake_app.domain.sheets import SheetKind
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.patient_page import PatientPagePresenter


class PaperButtons(QWidget):
    """Shows papers on demand; nothing of one is made before its button is pressed."""

    def __init__(
        self,
        page: PatientPagePresenter,
        notices: Notices,
        *papers: tuple[SheetKind, str, str],
    ) -> None:
        """Make a button for each paper: its kind, its text, its sign."""
        super().__init__()
        self._page = page
        self.notices = notices
        self._presenters: dict[SheetKind, PaperPresenter] = {}
        self._buttons: dict[SheetKind, QPushButton] = {}
        layout = FlowLayout(self)
        for kind, text, sign in papers:
            button = action_button(f"print_{kind.value}", text, sign)
            button.clicked.connect(partial(self.open, kind))
            self._buttons[kind] = button
            layout.addWidget(button)

    def button(self, kind: SheetKind) -> QPushButton:
        """Return the button of a paper."""
        return self._buttons[kind]

    def open(self, kind: SheetKind, *_: object) -> None:
        """Show a paper as the record stands now."""
        if kind not in self._presenters:
            self._presenters[kind] = PaperPresenter(self._page, kind)
        self._page.flush()
        self.notices.run(PaperDialog(self._presenters[kind], self.window()))
