"""The card of the hand-over: said back in own words, to whom the sheet goes, handed over."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake_app.domain.handing import Listener, SaidBack
from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.dates import day_words
from intake_app.ui.theme import GRID
from intake_app.ui.views.confirm_identity import HANDING_OVER, ConfirmIdentity
from intake_app.ui.views.page_parts import action_button, emphasise, light_up
from intake_app.ui.views.teach_back_row import TeachBackRow
from intake_app.ui.widgets.field_form import FieldForm, Section
from intake_app.ui.widgets.inputs import ChoiceInput, TextInput
from intake_app.ui.widgets.texts import SignedText, card, clear, heading, label, muted

if TYPE_CHECKING:
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.hand_over import HandOverPresenter
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

ASK = N_(
    "Ask for each part in the patient’s own words, not “do you understand?”. "
    "Explain again in other words, and ask again."
)
_GIVEN = (
    Section(N_("Given to"), ("to_patient", "to_carer", "carer_name")),
    Section(N_("Language"), ("language", "interpreter")),
)
_LABEL_LETTERS = 14


class HandOverCard(QWidget):
    """Shows what to ask and what is missing; records the hand-over once it is confirmed whose."""

    file_page_wanted = Signal(str)
    """Id of the sheet whose page for the clinic's file is to be printed."""

    def __init__(
        self, page: PatientPagePresenter, presenter: HandOverPresenter, notices: Notices
    ) -> None:
        super().__init__()
        self.setObjectName("hand_over.card")
        self._page = page
        self._presenter = presenter
        self._notices = notices
        self._rows: dict[str, TeachBackRow] = {}
        self.progress = muted(name="hand_over.progress")
        self.done = SignedText("check")
        self.done.setObjectName("hand_over.done")
        self.form = FieldForm(presenter.form, sections=_GIVEN, label_letters=_LABEL_LETTERS)
        self.hand_over = action_button("hand_over", N_("Handed over"), "check")
        self.take_back = action_button("take_back_hand_over", N_("Take back"))
        self.file_page = action_button("print_file_page", N_("Page for the file…"), "printer")
        self.who = {each: self._who(each) for each in (Listener.PATIENT, Listener.CARER)}
        emphasise(self.hand_over)
        self._arrange()
        self.hand_over.clicked.connect(self._press)
        self.take_back.clicked.connect(presenter.take_back)
        self.file_page.clicked.connect(self._want_file_page)
        presenter.changed.connect(self._show)
        self._show()

    def _who(self, listener: Listener) -> QPushButton:
        button = QPushButton(translated(listener.label))
        button.setObjectName(f"teach_back.by_{listener.value}")
        spoken = N_("Said back by: {who}")
        button.setAccessibleName(translated(spoken).format(who=translated(listener.label)))
        button.setAutoDefault(False)
        light_up(button)
        button.clicked.connect(partial(self._choose, listener))
        return button

    def _arrange(self) -> None:
        frame, lines = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        lines.addWidget(heading(translated(N_("Hand over"))))
        lines.addWidget(self.done)
        lines.addWidget(label(translated(ASK)))
        who = QHBoxLayout()
        who.setSpacing(GRID)
        who.addWidget(label(translated(N_("Said back by")), wrap=False))
        for button in self.who.values():
            who.addWidget(button)
        who.addStretch(1)
        lines.addLayout(who)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(0)
        lines.addLayout(self._groups)
        lines.addWidget(self.progress)
        lines.addWidget(self.form)
        self._points = QVBoxLayout()
        self._points.setSpacing(GRID)
        lines.addLayout(self._points)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        for button in (self.hand_over, self.take_back, self.file_page):
            buttons.addWidget(button)
        buttons.addStretch(1)
        lines.addLayout(buttons)
        self._earlier = muted(name="hand_over.earlier")
        lines.addWidget(self._earlier)

    # --- showing ----------------------------------------------------------------------------

    def _show(self) -> None:
        presenter = self._presenter
        self.setVisible(presenter.is_due)
        self._show_rows()
        for listener, button in self.who.items():
            button.setChecked(presenter.listener is listener)
            button.setEnabled(presenter.may_hand_over)
        self.done.set_text(presenter.done_words())
        self.form.setVisible(not presenter.is_done)
        self._show_points()
        self.hand_over.setVisible(not presenter.is_done)
        self.hand_over.setEnabled(presenter.can_hand_over)
        self.take_back.setVisible(presenter.is_done)
        self.take_back.setEnabled(presenter.may_hand_over)
        self.file_page.setVisible(presenter.has_sheet)
        self.file_page.setEnabled(presenter.may_hand_over)
        earlier = "\n".join(presenter.earlier_words())
        self._earlier.setText(earlier)
        self._earlier.setVisible(bool(earlier))

    def _show_rows(self) -> None:
        presenter = self._presenter
        rows = presenter.rows()
        if [row.key for row in rows] != list(self._rows):
            clear(self._groups)
            self._rows = {}
            for row in rows:
                made = TeachBackRow(row, presenter.model(row.key), enabled=presenter.may_hand_over)
                made.answered.connect(partial(presenter.say, row.key))
                made.left.connect(partial(self._go_on, row.key))
                self._rows[row.key] = made
                self._groups.addWidget(made)
            self._order_tabs()
        for row in rows:
            self._rows[row.key].show_row(row)
        said = sum(row.said_back in (SaidBack.FIRST, SaidBack.AGAIN) for row in rows)
        self.progress.setText(
            translated(N_("{said} of {all} said back")).format(said=said, all=len(rows))
        )

    def _order_tabs(self) -> None:
        """Let Tab go as the eye does: who says it back, the groups, to whom it goes."""
        stops: list[QWidget] = [*self.who.values()]
        for row in self._rows.values():
            stops += [*row.buttons.values(), *row.more.findChildren(ChoiceInput)]
            stops += row.more.findChildren(TextInput)
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _show_points(self) -> None:
        clear(self._points)
        for text in self._presenter.refusals():
            self._points.addWidget(SignedText("circle-alert", text, attention=True))
        for text in self._presenter.remarks():
            self._points.addWidget(SignedText("info", text))

    # --- pressing ---------------------------------------------------------------------------

    def _choose(self, listener: Listener, *_: object) -> None:
        self._presenter.listener = listener
        self._show()

    def _go_on(self, key: str) -> None:
        """Put the keyboard to the next group, and after the last one to whom the sheet goes."""
        keys = list(self._rows)
        following = keys[keys.index(key) + 1 :]
        if following:
            self._rows[following[0]].begin()
        elif not self.form.isHidden():
            self.form.focus_field("to_patient")

    def _press(self) -> None:
        self._presenter.check_fresh(self._confirm)

    def _confirm(self) -> None:
        case = self._page.case
        born = case.patient.birth_date
        dialog = ConfirmIdentity(
            case.patient.full_name,
            day_words(born) if born else "",
            self.window(),
            occasion=HANDING_OVER,
        )
        if self._notices.run(dialog):
            self._presenter.hand_over()

    def _want_file_page(self) -> None:
        handing = self._presenter.handing
        if handing is not None and handing.sheet is not None:
            self.file_page_wanted.emit(handing.sheet.id)
