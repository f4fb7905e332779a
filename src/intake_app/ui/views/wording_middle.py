"""The middle of the wording page: texts, changes, checklist, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.wording_changes import ChangesPresenter
from intake_app.ui.presenters.wording_review import ReviewPresenter
from intake_app.ui.presenters.wording_when import chosen_of
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button
from intake_app.ui.views.wording_block import BlockEditor
from intake_app.ui.views.wording_changes import ChangesView
from intake_app.ui.views.wording_numbers import NumbersView
from intake_app.ui.views.wording_review import ReviewView
from intake_app.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.wording import WordingPresenter
    from intake_app.ui.presenters.wording_blocks import BlockPresenter
    from intake_app.ui.presenters.wording_fields import Place


class WordingMiddle(QTabWidget):
    """Four looks at the open version; each is filled when it is looked at."""

    def __init__(
        self,
        presenter: WordingPresenter,
        blocks: BlockPresenter,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("wording.tabs")
        self.setAccessibleName(translated(N_("Wording")))
        self.setDocumentMode(True)
        self._presenter = presenter
        self._blocks = blocks
        self._notices = notices
        self.editor = BlockEditor(blocks)
        self._changes = ChangesPresenter(presenter.main, self)
        self.changes = ChangesView(self._changes, "wording.changes")
        self._review = ReviewPresenter(presenter, self)
        self.review = ReviewView(self._review)
        self.numbers = NumbersView(presenter.clinic, presenter.main)
        self.addTab(self._text_tab(), translated(N_("Text")))
        self.addTab(self.changes, translated(N_("Changes")))
        self.addTab(self.review, translated(N_("Checklist")))
        self.addTab(self.numbers, translated(N_("Numbers")))
        self._changes.failed.connect(presenter.failed)
        self._review.failed.connect(presenter.failed)
        self.currentChanged.connect(self._look)
        editor = presenter.editor
        editor.shown.connect(self._follow)
        editor.saved.connect(self._follow)
        editor.state_changed.connect(self._show_state)
        editor.shown.connect(self._show_state)
        presenter.steps_changed.connect(self._show_rights)
        self._show_state()

    def _text_tab(self) -> QWidget:
        tab = QWidget(self)
        tools = FlowLayout(gap=GRID)
        self.undo = action_button("undo_wording", N_("Undo"), "undo-2")
        self.redo = action_button("redo_wording", N_("Redo"), "rotate-ccw")
        self.insert = action_button("insert_placeholder", N_("Insert…"), "plus")
        self.insert.setToolTip(translated(N_("Insert what the program fills in: a date, a name")))
        self.add_block = action_button("add_block", N_("Add a part"), "plus")
        self.remove_block = action_button("remove_block", N_("Remove part"), "trash-2")
        self.undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.redo.setShortcut(QKeySequence(QKeySequence.StandardKey.Redo))
        for button in (self.undo, self.redo, self.insert, self.add_block, self.remove_block):
            tools.addWidget(button)
        layout = QVBoxLayout(tab)
        layout.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(tools)
        layout.addWidget(self.editor, 1)
        self.undo.clicked.connect(self._presenter.editor.undo)
        self.redo.clicked.connect(self._presenter.editor.redo)
        self.insert.clicked.connect(self._insert)
        self.add_block.clicked.connect(self._blocks.add_block)
        self.remove_block.clicked.connect(self._blocks.remove_block)
        self.editor.when_wanted.connect(self._choose_when)
        self.editor.insert_wanted.connect(self._insert)
        return tab

    def go_to(self, place: Place) -> None:
        """Show a text, and put the keyboard into it."""
        self.setCurrentIndex(0)
        self._blocks.go_to(place)

    # --- following --------------------------------------------------------------------------

    def _show_state(self) -> None:
        editor = self._presenter.editor
        self.undo.setEnabled(editor.can_undo)
        self.redo.setEnabled(editor.can_redo)
        for button in (self.insert, self.add_block, self.remove_block):
            button.setEnabled(editor.may_edit)

    def _show_rights(self) -> None:
        self.numbers.show_rights()
        self.review.show_list()
        self._show_state()

    def _follow(self, *_: object) -> None:
        if self.currentWidget() is self.changes:
            self._look()

    def _look(self, *_: object) -> None:
        version = self._presenter.editor.version
        if self.currentWidget() is self.changes and version is not None:
            version_id = version.id
            self._presenter.editor.when_saved(lambda: self._changes.read(version_id))

    # --- small windows ----------------------------------------------------------------------

    def _choose_when(self, place: Place) -> None:
        from intake_app.ui.views.wording_dialogs import WhenDialog

        when = self._blocks.when_at(place)
        dialog = WhenDialog(
            chosen_of(when),
            self._blocks.conditions(),
            self._blocks.when_words(when),
            self.window(),
        )
        if self._notices.run(dialog):
            self._blocks.set_when(place, dialog.when)

    def _insert(self) -> None:
        from intake_app.ui.views.wording_dialogs import ChooseDialog

        title = N_("What the program fills in")
        dialog = ChooseDialog(title, self._blocks.placeholders(), self.window())
        if self._notices.run(dialog):
            self.editor.put_in(f"{{{dialog.chosen}}}")
