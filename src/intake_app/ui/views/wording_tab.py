"""The wording of the sheets: its approval, a look at it, and the physician's signature."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action
from intake_app.ui.theme import ACCENT, ATTENTION, GRID
from intake_app.ui.views.page_parts import Sign, action_button, note, subheading

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from intake_app.domain.sheets import SheetKind
    from intake_app.ui.presenters.settings import SettingsPresenter, WordingRow

_DAY_LETTERS = 24


class WordingTab(QWidget):
    """One card for each sheet."""

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
                    "A physician approves the wording as it stands, and says when it must be "
                    "looked at again. Until then, and after that day, sheets print with DRAFT."
                ),
                self,
            )
        )
        self._who = note(
            N_("Only a physician approves wording. If you are one, choose your name at the top."),
            self,
        )
        self._layout.addWidget(self._who)
        presenter.wording_changed.connect(self.show_rows)

    def show_rows(self) -> None:
        """Show every sheet's wording as it stands now."""
        may = self._presenter.may(Action.APPROVE_WORDING)
        self._who.setVisible(not may)
        for row in self._presenter.wording:
            if row.kind not in self._cards:
                card = _Card(row.kind, self._presenter, self)
                self._cards[row.kind] = card
                self._layout.addWidget(card)
            self._cards[row.kind].show_row(row, may_approve=may)


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
        self._to_check = note("", self)
        self._to_check.setObjectName(f"wording.{kind.value}.to_check")
        layout.addWidget(self._to_check)
        layout.addLayout(self._buttons(kind))
        self._problem = note("", self)
        self._problem.setForegroundRole(ATTENTION)
        self._problem.hide()
        layout.addWidget(self._problem)

    def _buttons(self, kind: SheetKind) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        title = translated(kind.label)
        look = action_button(f"look_at_{kind.value}", N_("Look at it"), "eye", parent=self)
        look.setAccessibleName(translated(N_("Look at it: {title}")).format(title=title))
        look.clicked.connect(partial(self._look, kind))
        label = QLabel(translated(N_("Review by")), self)
        self._review = QLineEdit(self._presenter.usual_review(), self)
        self._review.setObjectName(f"wording.{kind.value}.review_by")
        self._review.setAccessibleName(translated(N_("{title}: review by")).format(title=title))
        self._review.setMaximumWidth(_DAY_LETTERS * self.fontMetrics().averageCharWidth())
        label.setBuddy(self._review)
        self._approve: QPushButton = action_button(
            f"approve_{kind.value}", N_("Approve"), "check", parent=self
        )
        self._approve.clicked.connect(self._sign_it)
        row.addWidget(look)
        row.addStretch(1)
        row.addWidget(label)
        row.addWidget(self._review)
        row.addWidget(self._approve)
        return row

    def show_row(self, row: WordingRow, *, may_approve: bool) -> None:
        """Show the state of the wording and who could approve it."""
        sign, role = ("check", ACCENT) if row.approved else ("triangle-alert", ATTENTION)
        self._sign.show_sign(sign, role)
        self._state.setText(row.state)
        head = translated(N_("No source confirms these words. Check them before you approve:"))
        self._to_check.setText("\n".join((head, *row.to_check)))
        self._to_check.setVisible(bool(row.to_check))
        name = self._presenter.main.actor.name
        text = translated(N_("Approve as {name}")).format(name=name)
        self._approve.setText(text if may_approve else translated(N_("Approve")))
        self._approve.setAccessibleName(f"{self._approve.text()}: {row.title}")
        self._approve.setEnabled(may_approve)
        self._review.setEnabled(may_approve)

    def _look(self, kind: SheetKind, *_: object) -> None:
        self._presenter.look_at(kind)

    def _sign_it(self) -> None:
        problem = self._presenter.approve(self._kind, self._review.text())
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
