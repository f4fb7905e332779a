"""The left side of the wording page: papers and languages, their versions, the blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.texts import strong
from intake_app.ui.widgets.word_list import Row, WordList

if TYPE_CHECKING:
    from intake_app.ui.presenters.wording import WordingPresenter
    from intake_app.ui.presenters.wording_blocks import BlockPresenter

_LINES_SHOWN = 7
_VERSIONS_SHOWN = 5


class WordingLists(QWidget):
    """Three lists under each other; what is chosen in one decides what the next shows."""

    def __init__(
        self,
        presenter: WordingPresenter,
        blocks: BlockPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._blocks = blocks
        self.wordings = WordList("wording.list", N_("Sheets and languages"), lines=_LINES_SHOWN)
        self.versions = WordList("wording.versions", N_("Versions"), lines=_VERSIONS_SHOWN)
        self.blocks = WordList("wording.blocks", N_("Parts of the sheet"), lines=_LINES_SHOWN)
        self.blocks.setToolTip(translated(N_("Alt with ↑ or ↓ moves a part")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for widget, stretch in ((self.wordings, 3), (self.versions, 2), (self.blocks, 5)):
            layout.addWidget(strong(widget.accessibleName()))
            layout.addWidget(widget, stretch)
        self.wordings.chosen.connect(presenter.choose)
        self.versions.chosen.connect(presenter.open)
        self.blocks.chosen.connect(blocks.choose)
        self.blocks.move_wanted.connect(blocks.move_block)
        presenter.lines_changed.connect(self._show_wordings)
        presenter.versions_changed.connect(self._show_versions)
        presenter.editor.shown.connect(self._show_versions)
        blocks.rows_changed.connect(self._show_blocks)
        blocks.block_changed.connect(self._show_blocks)

    def _show_wordings(self) -> None:
        self.wordings.fill(
            tuple(
                Row(
                    row.id,
                    row.title,
                    row.state,
                    "triangle-alert" if row.attention else "",
                    strong=True,
                )
                for row in self._presenter.rows
            ),
            self._presenter.wording_id,
        )

    def _show_versions(self) -> None:
        version = self._presenter.editor.version
        self.versions.fill(
            tuple(Row(row.id, row.words) for row in self._presenter.versions),
            version.id if version is not None else "",
        )

    def _show_blocks(self) -> None:
        self.blocks.fill(
            tuple(
                Row(
                    row.id,
                    row.title,
                    row.when,
                    "circle-alert" if row.wrong else "lock" if row.locked else "",
                )
                for row in self._blocks.rows
            ),
            self._blocks.chosen,
        )
