"""The buttons of a version's way: draft, review, approval; and in words why one is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action
from intake_app.ui.notices import Question
from intake_app.ui.presenters.wording_steps import Step, next_step
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button
from intake_app.ui.widgets.flow import FlowLayout
from intake_app.ui.widgets.texts import label, muted, show_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.wording import WordingPresenter

_TEXTS: dict[Step, tuple[str, str]] = {
    Step.START: (N_("Start a draft"), "plus"),
    Step.SEND: (N_("Send for review"), "check"),
    Step.SEND_BACK: (N_("Send back…"), "undo-2"),
    Step.APPROVE: (N_("Approve…"), "check"),
    Step.RETIRE: (N_("Retire…"), "x"),
    Step.DELETE: (N_("Delete draft"), "trash-2"),
}


class StepBar(QWidget):
    """One button for each step; those that do not apply are closed and say why."""

    def __init__(
        self, presenter: WordingPresenter, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._notices = notices
        self.state = label(name="wording.state")
        self._why = muted(name="wording.why_not")
        self.buttons: dict[Step, QPushButton] = {}
        row = FlowLayout(gap=2 * GRID)
        for step, (text, sign) in _TEXTS.items():
            button = action_button(step.value, text, sign, parent=self)
            row.addWidget(button)
            self.buttons[step] = button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.state)
        layout.addLayout(row)
        layout.addWidget(self._why)
        self.buttons[Step.START].clicked.connect(presenter.start_draft)
        self.buttons[Step.SEND].clicked.connect(presenter.send_for_review)
        self.buttons[Step.SEND_BACK].clicked.connect(self._send_back)
        self.buttons[Step.APPROVE].clicked.connect(self._approve)
        self.buttons[Step.RETIRE].clicked.connect(self._retire)
        self.buttons[Step.DELETE].clicked.connect(self._delete)
        presenter.steps_changed.connect(self.show_steps)
        presenter.lines_changed.connect(self.show_steps)
        self.show_steps()

    def show_steps(self) -> None:
        """Open and close the buttons as things stand now."""
        presenter = self._presenter
        actor = presenter.main.actor
        approve = self.buttons[Step.APPROVE]
        if actor.may(Action.APPROVE_WORDING):
            approve.setText(translated(N_("Approve as {name}…")).format(name=actor.name))
        else:
            approve.setText(translated(_TEXTS[Step.APPROVE][0]))
        approve.setAccessibleName(approve.text())
        for step, button in self.buttons.items():
            why = presenter.why_not(step)
            button.setEnabled(not why)
            button.setToolTip(why)
            button.setAccessibleDescription(why)
        version = presenter.editor.version
        show_text(self.state, presenter.state_words())
        why = presenter.next_words()
        if version is not None and why:
            name = self.buttons[next_step(version)].text().rstrip("…")
            why = f"{name}: {why}"
        show_text(self._why, why)

    # --- what is pressed --------------------------------------------------------------------

    def _send_back(self) -> None:
        from intake_app.ui.views.wording_dialogs import ReasonDialog

        dialog = ReasonDialog(
            N_("Send back"),
            N_("What is to be changed? The writer reads it over the draft."),
            N_("Send back"),
            self.window(),
        )
        if self._notices.run(dialog):
            self._presenter.send_back(dialog.reason)

    def _retire(self) -> None:
        from intake_app.ui.views.wording_dialogs import ReasonDialog

        dialog = ReasonDialog(
            N_("Retire"),
            N_(
                "Nothing prints as final in these words any more, until another version is "
                "approved. Why are they retired?"
            ),
            N_("Retire"),
            self.window(),
        )
        if self._notices.run(dialog):
            self._presenter.retire(dialog.reason)

    def _delete(self) -> None:
        question = Question(
            text=N_("Delete this draft?"),
            detail=N_("What was typed in it is gone. Approved versions stay."),
            yes=N_("Delete draft"),
        )
        if self._notices.ask(question):
            self._presenter.delete_draft()

    def _approve(self) -> None:
        from intake_app.ui.presenters.wording_approval import ApprovalPresenter
        from intake_app.ui.views.wording_approve import ApproveDialog

        presenter = self._presenter

        def show() -> None:
            approval = ApprovalPresenter(presenter)
            dialog = ApproveDialog(approval, self.window())
            dialog.open()

        presenter.editor.when_saved(show)
