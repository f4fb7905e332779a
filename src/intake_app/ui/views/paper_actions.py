"""Print, save and print again: the buttons of a paper, and what happens after a press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from intake_app.domain.errors import FileUnwritableError
from intake_app.domain.language import N_, translated
from intake_app.domain.sheets import LETTERS
from intake_app.ui.theme import GRID, icon
from intake_app.ui.views.confirm_identity import (
    PRINTING,
    PRINTING_LETTER,
    SAVING,
    SAVING_LETTER,
    ConfirmIdentity,
)
from intake_app.ui.views.page_parts import action_button, emphasise
from intake_app.ui.views.print_choice import PrintChoice

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.domain.sheets import StoredSheet
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.going_home import PaperPresenter

TO_FILE = "file"
"""Stands for the printer when a sheet was saved."""
PDF_KIND = "PDF (*.pdf)"
TEXT_KIND = N_("Text (*.txt)")


class PaperActions(QWidget):
    """The buttons under or over a preview. Nothing prints before the patient was confirmed."""

    def __init__(self, presenter: PaperPresenter, notices: Notices) -> None:
        super().__init__()
        self._presenter = presenter
        self._notices = notices
        self.print_button = action_button("print_sheet", N_("Print"), "printer")
        self.print_button.setToolTip(
            translated(N_("Print ({keys})")).format(
                keys=QKeySequence(QKeySequence.StandardKey.Print).toString()
            )
        )
        self.save_button = action_button("save_pdf", N_("Save as PDF"), "file-down")
        self.text_button = action_button("save_text", N_("Save as text"), "file-text")
        self.text_button.setToolTip(
            translated(N_("The same words as plain text, to be read aloud by a phone or computer"))
        )
        _emphasise(self.print_button)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.print_button)
        layout.addWidget(self.save_button)
        layout.addWidget(self.text_button)
        layout.addStretch(1)
        self.print_button.clicked.connect(self.print_sheet)
        self.save_button.clicked.connect(self.save_sheet)
        self.text_button.clicked.connect(self.save_text)
        presenter.working_changed.connect(self._follow)
        presenter.preview_changed.connect(self._follow)
        presenter.handed_out.connect(self._handed_out)
        self._follow()

    def print_sheet(self) -> None:
        """Print the paper of the preview, once it is confirmed whose it is."""
        if self.print_button.isEnabled():
            self._presenter.check_fresh(self._confirm_and_print)

    def save_sheet(self) -> None:
        """Save the paper of the preview as a file, once it is confirmed whose it is."""
        if self.save_button.isEnabled():
            self._presenter.check_fresh(self._confirm_and_save)

    def save_text(self) -> None:
        """Save the words of the paper for a voice to read, once it is confirmed whose it is."""
        if self.text_button.isEnabled():
            self._presenter.check_fresh(self._confirm_and_save_text)

    def print_copy(self, sheet_id: str) -> None:
        """Print a stored sheet again, marked COPY, once it is confirmed whose it is."""
        if not self._confirmed():
            return
        dialog = PrintChoice(self._presenter.prints, self.window())
        if self._notices.run(dialog):
            self._presenter.print_copy(sheet_id, dialog.wanted(), dialog.request())

    def print_elsewhere(self, job_id: str) -> None:
        """Print one copy that did not come out on another printer."""
        dialog = PrintChoice(
            self._presenter.prints, self.window(), title=N_("Other printer"), copies=False
        )
        if self._notices.run(dialog):
            request = dialog.request()
            self._presenter.prints.remember(request)
            self._presenter.prints.try_again(job_id, request)

    def print_file_page(self, sheet_id: str) -> None:
        """Print the page for the clinic's file of a stored sheet."""
        dialog = PrintChoice(self._presenter.prints, self.window(), copies=False)
        if self._notices.run(dialog):
            self._presenter.prints.send_file_page(sheet_id, dialog.request())

    def _follow(self) -> None:
        ready = self._presenter.can_print
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)
        self.text_button.setEnabled(ready)

    def _confirmed(self, *, saving: bool = False) -> bool:
        presenter = self._presenter
        if presenter.kind in LETTERS:
            occasion = SAVING_LETTER if saving else PRINTING_LETTER
        else:
            occasion = SAVING if saving else PRINTING
        dialog = ConfirmIdentity(
            presenter.patient_name, presenter.birth_date, self.window(), occasion=occasion
        )
        return self._notices.run(dialog)

    def _confirm_and_print(self) -> None:
        if self._presenter.pdf is None or not self._confirmed():
            return
        dialog = PrintChoice(self._presenter.prints, self.window())
        if self._notices.run(dialog):
            self._presenter.print_on(dialog.request(), dialog.wanted())

    def _confirm_and_save(self) -> None:
        pdf = self._presenter.pdf
        if pdf is None or not self._confirmed(saving=True):
            return
        path = self._notices.ask_save_path(self._presenter.file_name(), kind=PDF_KIND)
        if path is not None and self._written(path, pdf):
            self._presenter.record(TO_FILE)

    def _confirm_and_save_text(self) -> None:
        text = self._presenter.spoken
        if not text or not self._confirmed(saving=True):
            return
        suggested = self._presenter.file_name("txt")
        path = self._notices.ask_save_path(suggested, kind=translated(TEXT_KIND))
        if path is not None and self._written(path, text.encode("utf-8")):
            self._presenter.record(TO_FILE)

    def _written(self, path: Path, content: bytes) -> bool:
        try:
            path.write_bytes(content)
        except OSError as error:
            self._notices.show_error(FileUnwritableError(str(error.errno), why=error.strerror))
            return False
        return True

    def _handed_out(self, stored: StoredSheet) -> None:
        template = (
            N_("Saved. Check code {code}. The sheet is kept and can be printed again.")
            if stored.printer == TO_FILE
            else N_("Kept with check code {code}. Below it says what became of the print.")
        )
        self._notices.show_message(translated(template).format(code=stored.check_code))


def _emphasise(button: QPushButton) -> None:
    """Give the button the accent colour while it can be pressed, and a sign that shows on it."""
    plain = button.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Button)
    emphasise(button)
    palette = button.palette()
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Button, plain)
    button.setPalette(palette)
    button.setIcon(icon("printer", QPalette.ColorRole.HighlightedText))
