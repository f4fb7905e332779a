"""The physician's signature: every change side by side, then until when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.wording_remarks import grade_words
from intake_app.ui.theme import ATTENTION, GRID
from intake_app.ui.views.page_parts import action_button, emphasise, fit_over
from intake_app.ui.views.wording_changes import ChangesView
from intake_app.ui.widgets.texts import heading, label, muted, show_text

if TYPE_CHECKING:
    from intake_app.ui.presenters.wording_approval import ApprovalPresenter

_WIDTH, _HEIGHT = 240 * GRID, 170 * GRID
_INPUT_LETTERS = 60


class ApproveDialog(QDialog):
    """The button opens once the changes were shown down to the end."""

    def __init__(self, presenter: ApprovalPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        presenter.setParent(self)
        self._presenter = presenter
        title = translated(N_("Approve version {number}")).format(number=presenter.version.number)
        self.setObjectName("approve")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.changes = ChangesView(presenter.changes, "approve.changes", self)
        self._hint = muted(translated(N_("Read the changes down to the end first.")))
        self._grade = label(name="approve.grade")
        self._needed = label(name="approve.needed")
        self._needed.setForegroundRole(ATTENTION)
        self._problem = label(name="approve.problem")
        self._problem.setForegroundRole(ATTENTION)
        self._problem.hide()
        self.approve = action_button(
            "sign_wording",
            translated(N_("Approve as {name}")).format(name=presenter.name),
            "check",
            parent=self,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(heading(title))
        layout.addWidget(self.changes, 1)
        layout.addWidget(self._hint)
        layout.addWidget(self._grade)
        layout.addWidget(self._needed)
        self._form = self._fields()
        layout.addLayout(self._form)
        layout.addWidget(self._problem)
        layout.addLayout(self._buttons())
        fit_over(self, _WIDTH, _HEIGHT)
        self.changes.end_shown.connect(presenter.note_seen)
        presenter.state_changed.connect(self._show_state)
        presenter.refused.connect(self._refuse)
        presenter.approved.connect(self.accept)
        presenter.start()
        self._show_state()
        self.changes.text.setFocus()

    def _fields(self) -> QFormLayout:
        presenter = self._presenter
        form = QFormLayout()
        form.setHorizontalSpacing(4 * GRID)
        form.setVerticalSpacing(GRID)
        self.review = self._input("review_by", N_("Review by"), presenter.usual_review())
        form.addRow(self.review.accessibleName(), self.review)
        self.reason = self._input("reason", N_("Why it may be harder than grade 8"))
        self.translator = self._input("translator", N_("Name of the translator"))
        self.translated_on = self._input(
            "translated_on", N_("Translated on"), presenter.today_words()
        )
        for widget in (self.reason, self.translator, self.translated_on):
            form.addRow(widget.accessibleName(), widget)
        for widget in (self.translator, self.translated_on):
            form.setRowVisible(widget, presenter.needs_translator)
        return form

    def _input(self, name: str, title: str, text: str = "") -> QLineEdit:
        made = QLineEdit(text, self)
        made.setObjectName(f"approve.{name}")
        made.setAccessibleName(translated(title))
        made.setMaximumWidth(_INPUT_LETTERS * self.fontMetrics().averageCharWidth())
        return made

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addStretch(1)
        close = action_button("close_approve", N_("Cancel"), parent=self)
        close.clicked.connect(self.reject)
        emphasise(self.approve)
        self.approve.clicked.connect(self._sign)
        row.addWidget(close)
        row.addWidget(self.approve)
        return row

    def _show_state(self) -> None:
        seen = self._presenter.seen
        self.approve.setEnabled(seen)
        self._hint.setVisible(not seen)
        self._form.setRowVisible(self.reason, self._presenter.needs_reason)
        show_text(self._needed, self._presenter.needed_words())
        show_text(self._grade, grade_words(self._presenter.report))

    def _refuse(self, said: str) -> None:
        show_text(self._problem, said)

    def _sign(self) -> None:
        self._presenter.approve(
            self.review.text(),
            reason=self.reason.text(),
            translator=self.translator.text(),
            translated_on=self.translated_on.text(),
        )
