"""The bar at the top: search box, new patient, check a sheet, who I am."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, MUTED, icon
from intake_app.ui.views.page_parts import Sign, action_button
from intake_app.ui.views.search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from intake_app.domain.licences import Licence
    from intake_app.domain.staff import Actor
    from intake_app.ui.presenters.main import MainPresenter
    from intake_app.ui.presenters.patients import PatientsPresenter, Results
    from intake_app.ui.views.results_list import ResultsList

_ACTOR_LETTERS = 10
_FEW_LETTERS = 4
"""Of the name in a narrow window; the list that opens shows it whole."""
_WIDEST_ACTOR = 30


class TopBar(QFrame):
    """Finds and registers patients from anywhere in the program."""

    visit_chosen = Signal(str)
    new_wanted = Signal(str, object)
    """What was typed, and the ``Licence`` that was scanned, if any, for a new patient."""
    check_wanted = Signal()
    back_wanted = Signal()
    """Esc in the box when there is nothing in it."""
    keys_wanted = Signal()
    lock_wanted = Signal()
    failed = Signal(object)

    def __init__(self, presenter: MainPresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._main = presenter
        self._patients: PatientsPresenter | None = None
        self._others: list[PatientsPresenter] = []
        self._pending: Callable[[], None] | None = None
        """What to do once the list answers what is typed."""
        self._shown: str | None = None
        self._licence: Licence | None = None
        self._new_asked = False
        self._compact = False
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.search = SearchBox(self)
        self._results: ResultsList | None = None
        self._build()
        self._connect()
        presenter.staff_changed.connect(self._show_staff)
        presenter.actor_changed.connect(self._follow_actor)

    def _build(self) -> None:
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        new = action_button("new_patient", N_("&New patient"), "user-plus", parent=self)
        new.setToolTip(translated(N_("New patient (Ctrl+N); takes over what is in the search box")))
        new.clicked.connect(self.start_new)
        check = action_button("check_sheet", N_("Check a sheet"), "file-text", parent=self)
        check.clicked.connect(self.check_wanted)
        self._buttons = {button: button.text() for button in (new, check)}
        sign = self._sign = Sign("user", MUTED, parent=self)
        self.actor = QComboBox(self)
        self.actor.setObjectName("actor")
        self.actor.setAccessibleName(translated(N_("Who is using the program")))
        self.actor.setToolTip(self.actor.accessibleName())
        self.actor.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.actor.setMinimumContentsLength(_ACTOR_LETTERS)
        self.actor.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        keys = QToolButton(self)
        keys.setObjectName("action.show_keys")
        keys.setIcon(icon("circle-help"))
        keys.setAutoRaise(True)
        keys.setAccessibleName(translated(N_("Keys")))
        keys.setToolTip(translated(N_("The keys (F1)")))
        keys.clicked.connect(self.keys_wanted)
        self._keys = keys
        self._lock = self._lock_button()
        layout.addWidget(self.search, 5)
        for button in (new, check):
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(sign)
        layout.addWidget(self.actor, 3)
        layout.addWidget(self._lock)
        layout.addWidget(keys)

    def _lock_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("action.lock")
        button.setIcon(icon("lock"))
        button.setAutoRaise(True)
        button.setAccessibleName(translated(N_("Lock")))
        button.setToolTip(translated(N_("Lock (Ctrl+L); everything typed is saved first")))
        button.clicked.connect(self.lock_wanted)
        return button

    def set_compact(self, *, compact: bool) -> None:
        """Leave the words of the buttons out where the window is narrow; a tooltip says them."""
        if compact == self._compact:
            return
        self._compact = compact
        for button, text in self._buttons.items():
            button.setText("" if compact else text)
            button.setShortcut(QKeySequence.mnemonic(text))
            if compact and not button.toolTip():
                button.setToolTip(button.accessibleName())
        self._sign.setVisible(not compact)
        self.actor.setMinimumContentsLength(_FEW_LETTERS if compact else _ACTOR_LETTERS)
        margin = 2 * GRID if compact else 5 * GRID
        self._layout.setContentsMargins(margin, 2 * GRID, margin, 2 * GRID)

    def _connect(self) -> None:
        self.actor.activated.connect(self._be)
        self.search.textChanged.connect(self._typed)
        self.search.entered.connect(self._enter)
        self.search.list_wanted.connect(self._go_down)
        self.search.cleared.connect(self._escape)
        self.search.left.connect(self._left)

    @property
    def presenter(self) -> PatientsPresenter:
        """Who answers what is typed; only once the database is open."""
        assert self._patients is not None
        return self._patients

    @property
    def results(self) -> ResultsList:
        """The list under the box, made when it is first needed."""
        if self._results is None:
            from intake_app.ui.views.results_list import ResultsList

            self._results = ResultsList(self.window())
            self._results.setFocusProxy(self.search)
            self._results.left.connect(self.search.setFocus)
            self._results.new_wanted.connect(self.start_new)
            self._results.chosen.connect(self._open)
        return self._results

    # --- starting ---------------------------------------------------------------------------

    def begin_work(self) -> None:
        """The database is open: search for what may have been typed already."""
        from PySide6.QtCore import Qt

        for widget in (self.actor, self._lock, self._keys):
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        patients = self.new_patients_presenter(self)
        patients.results_changed.connect(self._show_results)
        self._patients = patients
        self._show_staff()
        if self._new_asked:
            self.start_new()
        elif self.search.text().strip():
            patients.look_for(self.search.text())

    def new_patients_presenter(self, parent: QObject) -> PatientsPresenter:
        """Return a presenter of patients whose visits open in this window."""
        from intake_app.ui.presenters.patients import PatientsPresenter

        main = self._main
        presenter = PatientsPresenter(main.services, main.actor, main.tasks, parent)
        presenter.visit_ready.connect(self._opened)
        presenter.failed.connect(self.failed)
        self._others.append(presenter)
        return presenter

    # --- searching --------------------------------------------------------------------------

    def begin_search(self) -> None:
        """Put the cursor into the search box; not while the clinic is being set up."""
        if self.isHidden():
            return
        self.search.setFocus()
        self.search.selectAll()

    def start_new(self) -> None:
        """Ask for a page for a new patient, filled from what is typed or was scanned."""
        self.start_new_from(self.search.text())

    def start_new_from(self, typed: str) -> None:
        """Ask for a page for a new patient, filled from ``typed``."""
        if self._patients is None:
            self._new_asked = not self.isHidden()
            return
        self._new_asked = False
        self._patients.forget()
        self.close_results()
        self.new_wanted.emit(typed, self._licence if typed == self.search.text() else None)

    def search_licence(self, licence: Licence) -> None:
        """Look for whom a scanned licence names; *New patient* then takes over all it says."""
        self._search_scanned(licence.search_text())
        self._licence = licence

    def search_card(self, number: str) -> None:
        """Look for the number of a card; whoever alone has it is opened."""
        self._search_scanned(number)
        self._pending = self._enter

    def _search_scanned(self, text: str) -> None:
        self.begin_search()
        self.search.clear()
        self.search.setText(text)

    def clear(self) -> None:
        """Empty the box: what was typed has been dealt with."""
        self.search.clear()
        self.close_results()
        for patients in self._others:
            patients.forget()

    def close_results(self) -> bool:
        """Close the list; return whether it was open."""
        was_open = self._results is not None and self._results.isVisible()
        if self._results is not None:
            self._results.hide()
        return was_open

    def _typed(self, text: str) -> None:
        self._licence = None
        if self._patients is None:
            return
        self._pending = None
        if text.strip():
            self._patients.look_for(text)
        else:
            self._patients.forget()
            self.close_results()

    def _show_results(self, results: Results) -> None:
        if not self._has_focus():
            return
        self._shown = results.typed
        self.results.place_under(self.search)
        self.results.show_results(results)
        pending, self._pending = self._pending, None
        if pending is not None:
            pending()

    def _enter(self) -> None:
        """Open the only hit; with several, or none, go into the list to choose."""
        if not self._answers():
            self._wait_for_answer(self._enter)
        elif self.results.hits == 1:
            self.results.choose_first()
        else:
            self.results.enter()

    def _go_down(self) -> None:
        """Go into the list; over an empty box it opens first."""
        if self._answers():
            self.results.enter()
        elif self.search.text().strip():
            self._wait_for_answer(self.results.enter)
        elif self._patients is not None:
            self._patients.look_for("")

    def _answers(self) -> bool:
        """Return whether the list is open and answers exactly what is typed."""
        return self.results.isVisible() and self._shown == self.search.text()

    def _wait_for_answer(self, then: Callable[[], None]) -> None:
        typed = self.search.text()
        if typed.strip():
            self._pending = then
            if self._patients is not None:
                self._patients.look_for(typed)

    def _escape(self) -> None:
        if self.close_results():
            return
        if not self.search.text():
            self.back_wanted.emit()
        self.search.clear()

    def _left(self) -> None:
        QTimer.singleShot(0, self, self._close_when_left)

    def _close_when_left(self) -> None:
        if not self._has_focus():
            self.close_results()

    def _has_focus(self) -> bool:
        in_list = self._results is not None and self._results.view.hasFocus()
        return in_list or self.search.hasFocus()

    # --- choosing ---------------------------------------------------------------------------

    def _open(self, patient_id: str) -> None:
        if self._patients is not None:
            self._patients.open_patient(patient_id)

    def _opened(self, visit_id: str) -> None:
        self.clear()
        self.visit_chosen.emit(visit_id)

    # --- who I am ---------------------------------------------------------------------------

    def _show_staff(self) -> None:
        self.actor.clear()
        for person in self._main.staff:
            self.actor.addItem(_who(person), person.id)
        longest = max((len(_who(person)) for person in self._main.staff), default=0)
        letter = self.fontMetrics().averageCharWidth()
        self.actor.setMaximumWidth((min(longest, _WIDEST_ACTOR) + 6) * letter)
        self.actor.view().setMinimumWidth((longest + 4) * letter)
        self._show_actor()

    def _show_actor(self) -> None:
        self.actor.setCurrentIndex(self.actor.findData(self._main.actor.id))
        self.actor.setToolTip(self.actor.currentText())

    def _follow_actor(self) -> None:
        for patients in self._others:
            patients.actor = self._main.actor
        self._show_actor()

    def _be(self, index: int) -> None:
        self._main.be(str(self.actor.itemData(index)))


def _who(person: Actor) -> str:
    from intake_app.domain.staff import Role

    roles = ", ".join(translated(role.label) for role in Role if role in person.roles)
    return f"{person.name} · {roles}" if roles else person.name
