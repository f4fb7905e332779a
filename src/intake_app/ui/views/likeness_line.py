"""A quiet line on the patient page: this may be the same person as somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from intake_app.domain.language import N_
from intake_app.domain.staff import Action
from intake_app.ui.presenters.likeness import LikenessPresenter
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button

if TYPE_CHECKING:
    from intake_app.ui.presenters.patient_page import PatientPagePresenter


class LikenessLine(QFrame):
    """Names the other person and offers to compare both; takes no room when there is nobody."""

    merge_wanted = Signal(str, str)
    """The ids of the patient of this page and of the other one."""

    def __init__(self, page: PatientPagePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("likeness")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._presenter = presenter = LikenessPresenter(page, self)
        presenter.failed.connect(page.failed)
        self._may_merge = page.actor.may(Action.MERGE_PATIENTS)
        self._text = QLabel(self)
        self._text.setObjectName("likeness.text")
        self._text.setWordWrap(True)
        self._merge = action_button("merge_likely", N_("Merge…"), "users", parent=self)
        self._apart = action_button("tell_apart", N_("Two different people"), parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._merge)
        layout.addWidget(self._apart)
        self._merge.clicked.connect(self._ask_to_merge)
        self._apart.clicked.connect(presenter.tell_apart)
        presenter.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what is so now."""
        text = self._presenter.text()
        self._text.setText(text)
        self._merge.setVisible(self._may_merge)
        self.setVisible(bool(text))
        self.setAccessibleName(text)
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _ask_to_merge(self) -> None:
        self.merge_wanted.emit(*self._presenter.ids())
