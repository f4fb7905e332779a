"""The bar under a patient page: what is not finished, who else is here, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from intake_app.domain.language import N_
from intake_app.ui.theme import ATTENTION, GRID
from intake_app.ui.views.page_parts import action_button

if TYPE_CHECKING:
    from intake_app.ui.presenters.drafts import DraftsPresenter


class DraftBar(QFrame):
    """Says what the drafts presenter knows; takes no room when there is nothing to say."""

    place_wanted = Signal(str)
    """The object name of a field for which there are two values."""
    grew = Signal()
    """The bar takes more room now than before."""

    def __init__(self, presenter: DraftsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("draft_bar")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._presenter = presenter
        self._place = ""
        self._compact = False
        self._mine = _line("draft_bar.mine", self)
        self._choose = _line("draft_bar.choose", self)
        self._choose.setForegroundRole(ATTENTION)
        self._others = _line("draft_bar.others", self)
        self.undo = action_button("undo_changes", N_("Undo changes"), "undo-2", parent=self)
        self.redo = action_button("redo_changes", N_("Bring them back"), "rotate-ccw", parent=self)
        self.keep = action_button("keep_changes", N_("Keep"), "check", parent=self)
        self.show_choice = action_button("show_conflict", N_("Show"), "eye", parent=self)
        self._arrange()
        self.undo.clicked.connect(presenter.undo)
        self.redo.clicked.connect(presenter.undo)
        self.keep.clicked.connect(presenter.keep)
        self.show_choice.clicked.connect(self._go)
        presenter.changed.connect(self.refresh)
        self.refresh()

    def _arrange(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(GRID)
        for line in (self._choose, self._mine, self._others):
            lines.addWidget(line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(lines, 1)
        for button in (self.show_choice, self.undo, self.redo, self.keep):
            layout.addWidget(button)

    def refresh(self) -> None:
        """Say what is so now."""
        text = self._presenter.text()
        said = (text.choose, text.mine, " ".join(text.others))
        news = said != (self._choose.text(), self._mine.text(), self._others.text())
        for line, words in zip((self._choose, self._mine, self._others), said, strict=True):
            line.setText(words)
        self._fit()
        self._place = text.choose_at
        self.show_choice.setVisible(bool(text.choose_at))
        self.undo.setVisible(text.can_undo)
        self.redo.setVisible(text.can_redo)
        self.keep.setVisible(text.can_keep)
        height = self.sizeHint().height() if self.isVisible() else 0
        self.setVisible(not text.is_empty)
        if self.isVisible() and self.sizeHint().height() > height:
            self.grew.emit()
        if news:
            self.setAccessibleName(" ".join(filter(None, said)))
            if QAccessible.isActive():
                QAccessible.updateAccessibility(
                    QAccessibleEvent(self, QAccessible.Event.NameChanged)
                )

    def set_compact(self, *, compact: bool) -> None:
        """Take one line only, where the window is low; the rest is in the tool tip."""
        if compact != self._compact:
            self._compact = compact
            self._fit()

    def _fit(self) -> None:
        said = [line for line in (self._choose, self._mine, self._others) if line.text()]
        for line in (self._choose, self._mine, self._others):
            line.setVisible(line in (said[:1] if self._compact else said))
        self.setToolTip("\n".join(line.text() for line in said))

    def _go(self) -> None:
        if self._place:
            self.place_wanted.emit(self._place)


def _line(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
