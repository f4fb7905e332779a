"""The wording: papers and versions on the left, texts in the middle, the paper on the right."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.wording_blocks import BlockPresenter
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button, heading, light_up, page_layout
from intake_app.ui.views.wording_bar import StepBar
from intake_app.ui.views.wording_files import WordingFiles
from intake_app.ui.views.wording_lists import WordingLists
from intake_app.ui.views.wording_middle import WordingMiddle
from intake_app.ui.views.wording_sample import SamplePaper
from intake_app.ui.widgets.texts import SignedText

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.wording import WordingPresenter
    from intake_app.ui.presenters.wording_fields import Place

_NARROW_LETTERS = 105
"""Below this width in average letters one part is shown at a time."""
_WIDTHS = (54, 104, 82)
"""How wide lists, texts and paper begin, in steps of the grid."""


class Part(IntEnum):
    """The three parts of the page."""

    LISTS = 0
    TEXT = 1
    PAPER = 2


_PARTS = {Part.LISTS: N_("Sheets"), Part.TEXT: N_("Text"), Part.PAPER: N_("Preview")}


class WordingPage(QWidget):
    """Everything about the words that patients get on paper; what is typed saves itself."""

    closed = Signal()

    def __init__(
        self, presenter: WordingPresenter, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("wording_page")
        self._presenter = presenter
        self._notices = notices
        self.blocks = BlockPresenter(presenter.editor, self)
        self.lists = WordingLists(presenter, self.blocks)
        self.steps = StepBar(presenter, notices)
        self.texts = WordingMiddle(presenter, self.blocks, notices)
        self.sample = SamplePaper(presenter.preview)
        self._narrow = False
        self._part = Part.TEXT
        self._arrange()
        self._wire()

    # --- layout -----------------------------------------------------------------------------

    def _arrange(self) -> None:
        layout = page_layout(self)
        layout.setSpacing(2 * GRID)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        back = action_button("close_wording", N_("Settings"), "chevron-left", parent=self)
        back.clicked.connect(self.closed)
        head.addWidget(back)
        head.addWidget(heading(N_("Wording"), self))
        head.addStretch(1)
        self._chooser = QWidget(self)
        chooser = QHBoxLayout(self._chooser)
        chooser.setContentsMargins(0, 0, 0, 0)
        chooser.setSpacing(GRID)
        self._group = QButtonGroup(self)
        for part, text in _PARTS.items():
            button = action_button(f"show_{part.name.casefold()}", text, parent=self)
            light_up(button)
            button.clicked.connect(partial(self._show_part, part))
            self._group.addButton(button, part)
            chooser.addWidget(button)
        head.addWidget(self._chooser)
        self.files = WordingFiles(self._presenter, self._notices)
        head.addWidget(self.files)
        layout.addLayout(head)
        layout.addWidget(self._conflict_line())
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self._parts = (_scrolled(self._side()), self._middle(), _scrolled(self.sample))
        for widget in self._parts:
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(Part.LISTS, 2)
        self.splitter.setStretchFactor(Part.TEXT, 4)
        self.splitter.setStretchFactor(Part.PAPER, 3)
        self.splitter.setSizes([width * GRID for width in _WIDTHS])
        layout.addWidget(self.splitter, 1)
        self._fit()

    def _side(self) -> QWidget:
        self._side_part = QWidget(self)
        self._side_layout = QVBoxLayout(self._side_part)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        self._side_layout.addWidget(self.lists, 1)
        return self._side_part

    def _middle(self) -> QWidget:
        middle = QWidget(self)
        self._middle_layout = QVBoxLayout(middle)
        self._middle_layout.setContentsMargins(0, 0, 0, 0)
        self._middle_layout.setSpacing(2 * GRID)
        self._middle_layout.addWidget(self.steps)
        self._middle_layout.addWidget(self.texts, 1)
        return middle

    def _conflict_line(self) -> QWidget:
        self._conflict_host = QWidget(self)
        row = QHBoxLayout(self._conflict_host)
        row.setContentsMargins(0, 0, 0, 0)
        conflict = SignedText(
            "triangle-alert",
            translated(N_("Somebody else changed this draft meanwhile. Nothing is saved yet.")),
            attention=True,
        )
        theirs = action_button("take_theirs", N_("Take over theirs"), parent=self)
        mine = action_button("keep_mine", N_("Keep mine"), parent=self)
        theirs.clicked.connect(self._presenter.editor.take_theirs)
        mine.clicked.connect(self._presenter.editor.keep_mine)
        row.addWidget(conflict, 1)
        row.addWidget(theirs)
        row.addWidget(mine)
        self._conflict_host.hide()
        return self._conflict_host

    # --- following --------------------------------------------------------------------------

    def _wire(self) -> None:
        presenter, editor = self._presenter, self._presenter.editor
        self.sample.place_wanted.connect(self._go_to)
        self.blocks.refused.connect(self._notices.show_message)
        presenter.said.connect(self._notices.show_message)
        editor.state_changed.connect(self._show_state)
        editor.shown.connect(self._show_state)
        self._show_state()

    def _show_state(self) -> None:
        self._conflict_host.setVisible(self._presenter.editor.in_conflict)

    def _go_to(self, place: Place) -> None:
        self._show_part(Part.TEXT)
        self.texts.go_to(place)

    # --- the contract with the window -------------------------------------------------------

    def flush(self) -> None:
        """Save what is pending now."""
        self._presenter.flush()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""
        return not self._presenter.pending

    def change_actor(self) -> None:
        """Open or close what the person at the keyboard may do."""
        self.flush()
        self._presenter.change_actor()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Read again what others may have changed, and follow the words."""
        super().showEvent(event)
        self._presenter.load()
        self._presenter.preview.start()

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Draw nothing while nobody looks."""
        super().hideEvent(event)
        self._presenter.preview.stop()

    # --- room -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Show one part at a time where there is no room for three."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent, /) -> None:
        """Follow another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _NARROW_LETTERS * self.fontMetrics().averageCharWidth()
        if narrow != self._narrow:
            self._narrow = narrow
            target = self._side_layout if narrow else self._middle_layout
            target.insertWidget(1 if narrow else 0, self.steps)
        self._chooser.setVisible(narrow)
        self.files.setVisible(not narrow)
        self._show_part(self._part)

    def _show_part(self, part: Part, *_: object) -> None:
        self._part = part
        for number in Part:
            self._parts[number].setVisible(not self._narrow or number == part)
            self._group.button(number).setChecked(number == part)


def _scrolled(part: QWidget) -> QScrollArea:
    """Let a part that needs more height than there is be scrolled."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(part)
    return area
