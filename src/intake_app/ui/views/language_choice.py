"""In which language a paper prints, and whether English stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from intake_app.domain.fields import Option
from intake_app.domain.language import N_, translated
from intake_app.domain.paper_languages import PaperLanguage
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.inputs import ChoiceInput
from intake_app.ui.widgets.texts import muted

if TYPE_CHECKING:
    from intake_app.ui.presenters.going_home import PaperPresenter


class LanguageChoice(QWidget):
    """A list of the languages a paper prints in; not there while English is the only one."""

    def __init__(self, presenter: PaperPresenter, name: str) -> None:
        super().__init__()
        self._presenter = presenter
        self._offered: tuple[str, ...] = ()
        # Made with all of them, the box is as wide as the longest needs it.
        self.input = ChoiceInput(Option(each.value, each.label) for each in PaperLanguage)
        self.input.setObjectName(f"{name}.language")
        self.input.setAccessibleName(translated(N_("Print in")))
        self.beside = QCheckBox(translated(N_("English beside it")))
        self.beside.setObjectName(f"{name}.english_beside")
        self.beside.setAccessibleName(translated(N_("English beside it")))
        self.beside.setToolTip(
            translated(N_("Two columns: whoever hands the sheet out can read what it says"))
        )
        self.reason = muted(name=f"{name}.language_reason")
        caption = QLabel(translated(N_("Print in")))
        caption.setBuddy(self.input)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addWidget(caption)
        layout.addWidget(self.input)
        layout.addWidget(self.beside)
        layout.addWidget(self.reason, 1)
        self.show_language()
        self.input.currentIndexChanged.connect(self._choose)
        self.beside.toggled.connect(self._put_beside)
        presenter.text_changed.connect(self.show_language)

    def show_language(self) -> None:
        """Show the language that is set, and what else there is to choose."""
        presenter = self._presenter
        self._offered = presenter.languages
        blocked = self.input.blockSignals(True)
        self.input.clear()
        for each in self._offered:
            self.input.addItem(translated(PaperLanguage(each).label), each)
        self.input.setCurrentIndex(self.input.findData(presenter.language))
        self.input.blockSignals(blocked)
        blocked = self.beside.blockSignals(True)
        self.beside.setChecked(presenter.has_english)
        self.beside.blockSignals(blocked)
        self.beside.setVisible(presenter.may_have_english)
        self.reason.setText(presenter.language_reason)
        self.setVisible(len(self._offered) > 1)

    def _choose(self) -> None:
        chosen = self.input.chosen()
        if chosen is not None:
            self._presenter.choose_language(chosen)

    def _put_beside(self) -> None:
        self._presenter.put_english_beside(beside=self.beside.isChecked())
