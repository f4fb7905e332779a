"""The left side of the wording page: papers and languages, their versions, the blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import ATTENTION, GRID, icon
from intake_app.ui.widgets.texts import strong

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from intake_app.ui.presenters.wording import WordingPresenter
    from intake_app.ui.presenters.wording_blocks import BlockPresenter

_ID = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_LINES_SHOWN = 7
_VERSIONS_SHOWN = 5


class WordList(QListWidget):
    """A list in which each entry may take several lines."""

    chosen = Signal(str)
    move_wanted = Signal(int)
    """Alt with an arrow: -1 up, 1 down."""

    def __init__(self, name: str, title: str, *, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(translated(title))
        self._lines = lines
        self._filling = False
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSpacing(1)
        self.currentItemChanged.connect(self._choose)

    def fill(self, rows: list[tuple[str, str, str]], current: str) -> None:
        """Show rows of id, text and sign; the current one is chosen without being told."""
        self._filling = True
        same = [self._id(n) for n in range(self.count())] == [row[0] for row in rows]
        if not same:
            self.clear()
        for number, (key, text, sign) in enumerate(rows):
            item = self.item(number) if same else QListWidgetItem(self)
            item.setData(_ID, key)
            if item.text() != text:
                item.setText(text)
            item.setIcon(icon(sign, ATTENTION) if sign else icon("file-text"))
            if key == current and self.currentItem() is not item:
                self.setCurrentItem(item)
        if not current:
            self.setCurrentRow(-1)
        self._filling = False

    def _id(self, row: int) -> str:
        return str(self.item(row).data(_ID))

    def _choose(self, item: QListWidgetItem | None, _: object) -> None:
        if item is not None and not self._filling:
            self.chosen.emit(str(item.data(_ID)))

    def sizeHint(self) -> QSize:
        """Want room for some lines."""
        return QSize(60 * GRID, self._lines * self.fontMetrics().lineSpacing() + 2 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Need room for three lines."""
        return QSize(30 * GRID, 3 * self.fontMetrics().lineSpacing() + 2 * GRID)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move the entry on Alt with an arrow."""
        key = Qt.Key(event.key())
        if key in _STEPS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.accept()
            self.move_wanted.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)


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
            [
                (row.id, f"{row.title}\n{row.state}", "triangle-alert" if row.attention else "")
                for row in self._presenter.rows
            ],
            self._presenter.wording_id,
        )

    def _show_versions(self) -> None:
        version = self._presenter.editor.version
        self.versions.fill(
            [(row.id, row.words, "") for row in self._presenter.versions],
            version.id if version is not None else "",
        )

    def _show_blocks(self) -> None:
        rows = []
        for row in self._blocks.rows:
            said = f"{row.title}\n{row.when}" if row.when else row.title
            sign = "circle-alert" if row.wrong else "lock" if row.locked else ""
            rows.append((row.id, said, sign))
        self.blocks.fill(rows, self._blocks.chosen)
