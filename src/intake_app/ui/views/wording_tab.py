"""The wording of the sheets: its approval, a look at it, and the physician's signature."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import ACCENT, ATTENTION, GRID
from intake_app.ui.views.page_parts import Sign, action_button, emphasise, note, subheading

if TYPE_CHECKING:
    from intake_app.domain.sheets import SheetKind
    from intake_app.ui.presenters.settings import SettingsPresenter, WordingRow

_DAY_LETTERS = 24


class WordingTab(QWidget):
    """One card for each sheet, and the way to the page where wording is written."""

    open_wanted = Signal()

    def __init__(self, presenter: SettingsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._cards: dict[SheetKind, _Card] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3 * GRID)
        self._layout.addWidget(
            note(
                N_(
                    "A physician approves wording on the page Wording, and says when it must be "
                    "looked at again. Until then, and after that day, sheets print with DRAFT."
                ),
                self,
            )
        )
        open_button = action_button("open_wording", N_("Open the wording"), "file-text")
        emphasise(open_button)
        open_button.clicked.connect(self.open_wanted)
        self._layout.addWidget(open_button, 0, Qt.AlignmentFlag.AlignLeft)
        presenter.wording_changed.connect(self.show_rows)

    def show_rows(self) -> None:
        """Show every sheet's wording as it stands now."""
        for row in self._presenter.wording:
            if row.kind not in self._cards:
                card = _Card(row.kind, self._presenter, self)
                self._cards[row.kind] = card
                self._layout.addWidget(card)
            self._cards[row.kind].show_row(row)


class _Card(QFrame):
    def __init__(self, kind: SheetKind, presenter: SettingsPresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self._presenter = presenter
        self.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(subheading(kind.label, self))
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        self._sign = Sign("triangle-alert", ATTENTION, parent=self)
        self._state = QLabel(self)
        self._state.setObjectName(f"wording.{kind.value}.state")
        self._state.setWordWrap(True)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._state, 1)
        layout.addLayout(line)
        layout.addLayout(self._buttons(kind))

    def _buttons(self, kind: SheetKind) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        title = translated(kind.label)
        look = action_button(f"look_at_{kind.value}", N_("Look at it"), "eye", parent=self)
        look.setAccessibleName(translated(N_("Look at it: {title}")).format(title=title))
        look.clicked.connect(partial(self._look, kind))
        row.addWidget(look)
        row.addStretch(1)
        return row

    def show_row(self, row: WordingRow) -> None:
        """Show the state of the wording."""
        sign, role = ("check", ACCENT) if row.approved else ("triangle-alert", ATTENTION)
        self._sign.show_sign(sign, role)
        self._state.setText(row.state)

    def _look(self, kind: SheetKind, *_: object) -> None:
        self._presenter.look_at(kind)
