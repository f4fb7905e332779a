"""Where a paper is printed, for whom, and what keeps the printer from it: Enter prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.printing import PrintRequest, Trouble
from intake_app.ui.presenters.print_jobs import tray_words
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button, emphasise
from intake_app.ui.widgets.inputs import ChoiceInput
from intake_app.ui.widgets.texts import SignedText, label, strong

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from intake_app.domain.handing import CopyFor
    from intake_app.domain.printing import Printer
    from intake_app.ui.presenters.print_jobs import PrintsPresenter

_WIDTH_LETTERS = 56
_LOOKING = N_("Looking for printers…")
_LAST_SEEN = N_(
    "{trouble} So it said when it printed last. You can send the sheet all the same: "
    "it comes out as soon as the printer can."
)
_AFTER = {
    Trouble.PAUSED: N_("{trouble} The sheet waits until somebody lets it go on."),
    Trouble.REJECTING: N_("{trouble} Choose another one, or ask who looks after the printers."),
}
"""What the print service itself decides is true now, not since the last print."""


class PrintChoice(QDialog):
    """Printer, tray, sides and copies, as they were chosen last."""

    def __init__(
        self,
        presenter: PrintsPresenter,
        parent: QWidget | None = None,
        *,
        title: str = N_("Print"),
        copies: bool = True,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        usual = presenter.usual
        self._tray, self._touched = usual.tray, False
        self.setObjectName("print")
        self.setWindowTitle(translated(title))
        self.setAccessibleName(self.windowTitle())
        self.printer = _choice("print.printer", N_("Printer"))
        self.tray = _choice("print.tray", N_("Paper from"))
        self.two_sided = _tick("print.two_sided", N_("Print on both sides"))
        self.two_sided.setChecked(usual.two_sided)
        self.copies = {
            each: _tick(f"print.copy_{each.value}", words) for each, words in presenter.copies
        }
        for each, box in self.copies.items():
            box.setChecked(each in presenter.usual_copies)
            box.toggled.connect(self._weigh)
        self.trouble = SignedText("triangle-alert", attention=True)
        self.trouble.setObjectName("print.trouble")
        self.print_button = action_button("print_now", N_("Print"), "printer")
        cancel = action_button("cancel_printing", N_("Cancel"))
        emphasise(self.print_button)
        self.print_button.setDefault(True)
        self._arrange(cancel, with_copies=copies)
        self.printer.currentIndexChanged.connect(self._show_printer)
        self.printer.activated.connect(self._touch)
        self.print_button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        presenter.printers_changed.connect(self._fill)
        self._fill()
        presenter.look_for_printers()
        self.print_button.setFocus()

    def _arrange(self, cancel: QWidget, *, with_copies: bool) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(2 * GRID)
        form.setHorizontalSpacing(4 * GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(translated(N_("Printer")), self.printer)
        form.addRow(translated(N_("Paper from")), self.tray)
        form.addRow("", self.two_sided)
        if with_copies:
            ticks = QHBoxLayout()
            ticks.setSpacing(4 * GRID)
            for box in self.copies.values():
                ticks.addWidget(box)
            ticks.addStretch(1)
            form.addRow(translated(N_("Copies for")), ticks)
        self._form = form
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 5 * GRID)
        layout.setSpacing(4 * GRID)
        layout.addWidget(strong(translated(N_("Where should it be printed?")), scale=1.3))
        layout.addLayout(form)
        layout.addWidget(self.trouble)
        if not self._presenter.tells:
            layout.addWidget(label(translated(CANNOT_SEE)))
        layout.addLayout(buttons)
        self.setMinimumWidth(_WIDTH_LETTERS * self.fontMetrics().averageCharWidth())

    # --- what was chosen --------------------------------------------------------------------

    def request(self) -> PrintRequest:
        """Return where it shall be printed."""
        printer = self._presenter.printer(self.printer.chosen() or "")
        return PrintRequest(
            printer=self.printer.chosen() or "",
            tray=self.tray.chosen() or "",
            two_sided=self.two_sided.isChecked() and printer is not None and printer.two_sided,
        )

    def wanted(self) -> tuple[CopyFor, ...]:
        """Return for whom it shall be printed."""
        return tuple(each for each, box in self.copies.items() if box.isChecked())

    # --- showing ----------------------------------------------------------------------------

    def _touch(self) -> None:
        self._touched = True

    def _fill(self) -> None:
        presenter = self._presenter
        wanted = self.printer.chosen() if self._touched else presenter.usual.printer
        blocked = self.printer.blockSignals(True)
        self.printer.clear()
        for printer in presenter.printers:
            self.printer.addItem(_printer_words(printer), printer.name)
        if self.printer.findData(wanted) >= 0:
            self.printer.choose(wanted)
        self.printer.blockSignals(blocked)
        self._show_printer()

    def _show_printer(self) -> None:
        printer = self._presenter.printer(self.printer.chosen() or "")
        trays = printer.trays if printer is not None else ()
        wanted = self.tray.chosen() or self._tray
        self.tray.clear()
        self.tray.addItem(translated(N_("As the printer is set")), "")
        for tray in trays:
            self.tray.addItem(tray_words(tray), tray)
        self.tray.choose(wanted if wanted in trays else "")
        self._form.setRowVisible(self.tray, bool(trays))
        self._form.setRowVisible(self.two_sided, printer is None or printer.two_sided)
        self.trouble.set_text(self._trouble_words(printer))
        self._weigh()

    def _trouble_words(self, printer: Printer | None) -> str:
        presenter = self._presenter
        if printer is None:
            return presenter.no_printers if presenter.looked else translated(_LOOKING)
        if printer.trouble is None:
            return ""
        template = _AFTER.get(printer.trouble, _LAST_SEEN)
        return translated(template).format(trouble=translated(printer.trouble.label))

    def _weigh(self) -> None:
        self.print_button.setEnabled(bool(self.printer.chosen()) and bool(self.wanted()))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Print with Enter from anywhere; leave with Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.print_button.isEnabled():
            event.accept()
            self.accept()
            return
        super().keyPressEvent(event)


CANNOT_SEE = N_("This computer cannot see whether a sheet has come out. You will be asked to look.")


def _printer_words(printer: Printer) -> str:
    return f"{printer.name} · {printer.place}" if printer.place else printer.name


def _choice(name: str, spoken: str) -> ChoiceInput:
    made = ChoiceInput(())
    made.setObjectName(name)
    made.setAccessibleName(translated(spoken))
    return made


def _tick(name: str, text: str) -> QCheckBox:
    box = QCheckBox(translated(text))
    box.setObjectName(name)
    box.setAccessibleName(translated(text))
    return box
