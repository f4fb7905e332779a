"""The set-up page of the first start, and the way into the demonstration clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import ATTENTION, GRID
from intake_app.ui.views.page_parts import (
    PAGE_MARGIN,
    action_button,
    emphasise,
    heading,
    note,
    subheading,
)
from intake_app.ui.widgets.field_form import FieldForm
from intake_app.ui.widgets.rows_form import RowsForm

if TYPE_CHECKING:
    from intake_app.ui.presenters.first_start import FirstStartPresenter

_WIDEST = 220 * GRID
_LARGE = 11 * GRID


class FirstStartPage(QScrollArea):
    """One page that asks for what the first sheet needs."""

    def __init__(self, presenter: FirstStartPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.setObjectName("first_start")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self)
        page.setMaximumWidth(_WIDEST)
        around = QWidget(self)
        outer = QHBoxLayout(around)
        outer.setContentsMargins(PAGE_MARGIN, 5 * GRID, PAGE_MARGIN, 5 * GRID)
        outer.addStretch(1)
        outer.addWidget(page, 30)
        outer.addStretch(1)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(heading(N_("Welcome to Spine Intake"), page))
        layout.addWidget(
            note(
                N_("Records and prints. Does not diagnose, choose treatment or replace judgement."),
                page,
            )
        )
        layout.addWidget(self._demonstration_card(page))
        layout.addWidget(subheading(N_("Or set up your own clinic"), page))
        self.form = FieldForm(presenter.clinic, columns=2, parent=page)
        layout.addWidget(self.form)
        layout.addSpacing(2 * GRID)
        layout.addWidget(subheading(N_("Who works here"), page))
        self.staff = RowsForm(
            presenter.staff,
            add_label=N_("Add a person"),
            row_label=N_("person"),
            columns=1,
            parent=page,
        )
        layout.addWidget(self.staff)
        layout.addLayout(self._me_row(page))
        self._problem = QLabel(page)
        self._problem.setObjectName("first_start.problem")
        self._problem.setWordWrap(True)
        self._problem.setForegroundRole(ATTENTION)
        self._problem.hide()
        layout.addWidget(self._problem)
        layout.addLayout(self._start_row(page))
        layout.addStretch(1)
        self.setWidget(around)
        presenter.names_changed.connect(self._show_names)
        presenter.problem_changed.connect(self._show_problem)
        presenter.working_changed.connect(self._show_working)
        presenter.progressed.connect(self._show_progress)
        self._show_names()

    # --- layout -----------------------------------------------------------------------------

    def _demonstration_card(self, page: QWidget) -> QFrame:
        card = QFrame(page)
        card.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QHBoxLayout(card)
        layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        layout.setSpacing(4 * GRID)
        text = QVBoxLayout()
        text.addWidget(subheading(N_("Just looking?"), card))
        self._progress_text = note(
            N_(
                "Twelve made-up patients at all stages of a day. Nothing to fill in; "
                "the papers say that they are a demonstration."
            ),
            card,
        )
        self._progress_text.setObjectName("first_start.progress")
        text.addWidget(self._progress_text)
        self._progress = QProgressBar(card)
        self._progress.setAccessibleName(translated(N_("Progress")))
        self._progress.setTextVisible(False)
        self._progress.setMaximumHeight(2 * GRID)
        self._progress.hide()
        text.addWidget(self._progress)
        layout.addLayout(text, 1)
        self._try = action_button(
            "try_demonstration", N_("Try it with the &demonstration clinic"), parent=card
        )
        self._try.setMinimumHeight(_LARGE)
        self._try.clicked.connect(self._presenter.try_demonstration)
        layout.addWidget(self._try, 0, Qt.AlignmentFlag.AlignVCenter)
        return card

    def _me_row(self, page: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        label = QLabel(translated(N_("I am")), page)
        self.me = QComboBox(page)
        self.me.setObjectName("first_start.me")
        self.me.setAccessibleName(translated(N_("Which of them I am")))
        self.me.setMinimumContentsLength(24)
        label.setBuddy(self.me)
        row.addWidget(label)
        row.addWidget(self.me)
        row.addStretch(1)
        return row

    def _start_row(self, page: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        self._start = action_button("start", N_("&Start"), parent=page)
        self._start.setMinimumHeight(_LARGE)
        self._start.setMinimumWidth(40 * GRID)
        emphasise(self._start)
        self._start.clicked.connect(self._begin)
        row.addWidget(self._start)
        row.addWidget(note(N_("Everything here can be changed later under Settings."), page), 1)
        return row

    # --- following the presenter ------------------------------------------------------------

    def _show_names(self) -> None:
        chosen = max(self.me.currentIndex(), 0)
        names = self._presenter.names()
        self.me.clear()
        for number, name in enumerate(names, start=1):
            self.me.addItem(name or translated(N_("Person {number}")).format(number=number))
        self.me.setCurrentIndex(min(chosen, len(names) - 1))

    def _show_problem(self) -> None:
        self._problem.setText(self._presenter.problem)
        self._problem.setVisible(bool(self._presenter.problem))
        if self._presenter.problem:
            self.ensureWidgetVisible(self._problem)
            self.form.focus_first_problem()

    def _show_working(self, working: bool) -> None:  # noqa: FBT001 - a Qt signal
        for widget in (self._try, self._start, self.form, self.staff, self.me):
            widget.setEnabled(not working)

    def _show_progress(self, percent: int) -> None:
        self._progress.show()
        self._progress.setValue(percent)
        self._progress_text.setText(
            translated(N_("Making the demonstration clinic: {percent} %")).format(percent=percent)
        )

    def _begin(self) -> None:
        self._presenter.start(self.me.currentIndex())
