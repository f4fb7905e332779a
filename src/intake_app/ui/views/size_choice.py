"""In which size a paper prints, and why; another one may be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from intake_app.domain.fields import Option
from intake_app.domain.language import N_, translated
from intake_app.domain.sheets import PrintSize
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.inputs import ChoiceInput
from intake_app.ui.widgets.texts import muted

if TYPE_CHECKING:
    from intake_app.ui.presenters.going_home import PaperPresenter


class SizeChoice(QWidget):
    """A list of sizes with the reason of the one that is set."""

    def __init__(self, presenter: PaperPresenter, name: str) -> None:
        super().__init__()
        self._presenter = presenter
        self.input = ChoiceInput(Option(size.value, size.label) for size in PrintSize)
        self.input.removeItem(0)
        self.input.setObjectName(f"{name}.size")
        self.input.setAccessibleName(translated(N_("Print size")))
        self.reason = muted(name=f"{name}.size_reason")
        caption = QLabel(translated(N_("Print size")))
        caption.setBuddy(self.input)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(caption)
        layout.addWidget(self.input)
        layout.addWidget(self.reason, 1)
        self.show_size()
        self.input.currentIndexChanged.connect(self._choose)

    def show_size(self) -> None:
        """Show the size that is set, and why."""
        blocked = self.input.blockSignals(True)
        self.input.choose(self._presenter.size.value)
        self.input.blockSignals(blocked)
        self.reason.setText(self._presenter.size_reason)

    def _choose(self) -> None:
        chosen = self.input.chosen()
        if chosen is not None:
            self._presenter.choose_size(PrintSize(chosen))
        self.reason.setText(self._presenter.size_reason)
