"""The main window: rail, search box, the page that is open, one status line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.elsewhere import Elsewhere
from intake_app.ui.presenters.main import ELSEWHERE, Changed
from intake_app.ui.views.closing import Closing
from intake_app.ui.views.desk_pages import DeskPages
from intake_app.ui.views.page_parts import PAGE_MARGIN
from intake_app.ui.views.patient_pages import PatientPages
from intake_app.ui.views.rail import PagesRail, RailButton
from intake_app.ui.views.registrations import Registrations
from intake_app.ui.views.start_pages import StartPages
from intake_app.ui.views.status_line import StatusLine
from intake_app.ui.views.today import TodayPage
from intake_app.ui.views.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.errors import AppError
    from intake_app.domain.licences import Licence
    from intake_app.services.program import Program
    from intake_app.ui.notices import Notices
    from intake_app.ui.presenters.main import MainPresenter
    from intake_app.ui.presenters.today import TodayPresenter
    from intake_app.ui.views.curtain import Curtain
    from intake_app.ui.views.settings import SettingsPage

_SIZE = (1280, 800)
_LEAST = (480, 320)
"""Smaller than any screen; what the pages would like to have must not force the window wider."""
_NARROW_LETTERS = 125
"""Below this width in average letters the rail and the bar at the top show signs only."""


class MainWindow(QMainWindow):
    """Shows one page at a time. The title never says anything about a patient."""

    first_painted = Signal()
    ready = Signal()
    """The page that the program starts with is there and can be used."""

    def __init__(self, presenter: MainPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._database = presenter.database_path
        self._painted = False
        self._today_presenter: TodayPresenter | None = None
        self._desk = DeskPages(self)
        self._closing = Closing(
            self,
            save=self.save_now,
            is_saved=self.is_saved,
            unsaved=self._unsaved_text,
            notices=lambda: self.notices,
        )
        self._working = False
        self._wanted: Callable[[], None] = self.show_today
        self.curtain: Curtain | None = None
        self.setWindowTitle(translated(N_("Spine Intake")))
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)
        self._build()
        self._wire()
        self._add_keys()
        presenter.opened.connect(self._start_work)
        presenter.set_up_needed.connect(self._start.show_set_up)
        presenter.unavailable.connect(self._start.show_problem)
        presenter.actor_changed.connect(self._change_actor)
        presenter.changed.connect(self._hand_on)
        presenter.failed.connect(self.show_error)
        self.elsewhere = Elsewhere(presenter, self)
        self.elsewhere.changed.connect(self._changed_elsewhere)

    # --- layout -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.rail = PagesRail(self)
        self.rail.today.clicked.connect(self.show_today)
        self.rail.patients.clicked.connect(self.show_patients)
        self.rail.wording.clicked.connect(self.show_wording)
        self.rail.settings.clicked.connect(self.show_settings)
        self.top = TopBar(self._presenter, self)
        self._notices: Notices | None = None
        self.today = TodayPage(self._presenter.preferences, self)
        self.today.visit_chosen.connect(self.open_visit)
        self._waiting = QLabel(translated(N_("Opening the database…")), self)
        self._waiting.setMargin(PAGE_MARGIN)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.today)
        self.pages.addWidget(self._waiting)
        self._start = StartPages(self._presenter, self.pages)
        self.status = StatusLine(self._presenter, self)
        self.patients = PatientPages(self._presenter, self.pages)
        self.registrations = Registrations(self._presenter, self.pages)
        right = self._right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.pages, 1)
        upper = QHBoxLayout()
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(upper, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(inside)
        # A database that was never made leads to the set-up, not to a day.
        there = self._database.exists()
        self.pages.setCurrentWidget(self.today if there else self._waiting)
        self._show_frame(shown=there)
        self.top.search.setFocus()
        self.rail.press(self.rail.today)

    def _wire(self) -> None:
        self._start.shown.connect(lambda: self._show_frame(shown=False))
        self._start.ready.connect(self.ready)
        self._start.again.connect(lambda: self.pages.setCurrentWidget(self._waiting))
        self._start.quit_wanted.connect(self.close)
        self._start.failed.connect(self.show_error)
        self.top.visit_chosen.connect(self.open_visit)
        self.top.new_wanted.connect(self.register)
        self.top.check_wanted.connect(self.show_check)
        self.top.back_wanted.connect(self.go_back)
        self.top.keys_wanted.connect(self.show_keys)
        self.top.failed.connect(self.show_error)
        self.patients.closed.connect(self.show_today)
        self.patients.changed.connect(self._patient_changed)
        self.patients.status.connect(self.status.say_saved)
        self.registrations.shown.connect(self._left_pages)
        self.registrations.thrown_away.connect(self.top.clear)
        self.registrations.closed.connect(self.show_today)
        self.registrations.visit_chosen.connect(self._open_registered)
        self.registrations.said.connect(self.say)
        self.registrations.failed.connect(self.show_error)

    @property
    def notices(self) -> Notices:
        """The banner over the page, and whoever asks questions; made when first needed."""
        if self._notices is None:
            from intake_app.ui.notices import Notices

            self._notices = Notices(self)
            self._right.insertWidget(1, self._notices)
        return self._notices

    def _clear_notices(self) -> None:
        if self._notices is not None:
            self._notices.clear()

    def _add_keys(self) -> None:
        for keys, deed in (
            ("Ctrl+K", self.top.begin_search),
            ("F2", self.top.begin_search),
            ("Ctrl+N", self.top.start_new),
            ("F1", self.show_keys),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(deed)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Go back on Esc and save on Ctrl+S, where no page does so itself."""
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.matches(QKeySequence.StandardKey.Save):
            self.save_now()
        else:
            super().keyPressEvent(event)

    def _show_frame(self, *, shown: bool) -> None:
        for part in (self.rail, self.top, self.status):
            part.setVisible(shown)

    # --- starting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Tell of the first paint, once it is on the screen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.first_painted.emit)

    def _start_work(self) -> None:
        from intake_app.ui.views.curtain import Curtain

        self.curtain = Curtain(self, self._presenter)
        self._start.drop()
        self._show_frame(shown=True)
        self.top.begin_work()
        self.status.begin_work()
        self._give_today_a_presenter()
        self._working = True
        self.rail.show_for(self._presenter.actor)
        self.top.search.setFocus()
        self._wanted()
        self.registrations.reopen_interrupted()
        self.ready.emit()

    def _give_today_a_presenter(self) -> None:
        from intake_app.ui.presenters.today import TodayPresenter

        main = self._presenter
        presenter = TodayPresenter(main.services, main.actor, main.tasks, self)
        presenter.failed.connect(self.show_error)
        self._today_presenter = presenter
        self.today.show_with(presenter)

    # --- pages ------------------------------------------------------------------------------

    def show_today(self) -> None:
        """Show the day."""
        self._show_page(self.today, self.rail.today)

    def show_patients(self) -> None:
        """Show the patients."""
        if self._later(self.show_patients):
            return
        page = self._desk.patients()
        self._show_page(page, self.rail.patients)
        page.input.setFocus()

    def show_settings(self) -> None:
        """Show the settings."""
        if self._later(self.show_settings):
            return
        page = self._desk.settings()
        self._show_page(page, self.rail.settings)
        page.tabs.setFocus()

    def show_wording(self) -> None:
        """Show the wording of the papers."""
        if self._later(self.show_wording):
            return
        page = self._desk.wording()
        self._show_page(page, self.rail.wording)
        page.lists.wordings.setFocus()

    def show_check(self, scanned: str = "") -> None:
        """Ask for the code of a sheet; say at once what a scanned one means."""
        if self._later(partial(self.show_check, scanned)):
            return
        page = self._desk.check()
        self._show_page(page, None)
        page.begin(scanned)

    def _later(self, deed: Callable[[], None]) -> bool:
        """Return whether nothing can be opened now; ``deed`` is done as soon as it can."""
        if self._working:
            return False
        self._wanted = deed
        return True

    def pause(self) -> None:
        """Open nothing until ``go_on``: the window is locked."""
        self._working = False
        self._wanted = _nothing

    def go_on(self, *, same: bool) -> None:
        """Go on after a pause; the same person gets what was asked for meanwhile."""
        self._working = True
        if same:
            self._wanted()
        self.patients.reread()

    def show_keys(self) -> None:
        """List the keys."""
        from PySide6.QtCore import Qt

        from intake_app.ui.views.keys import KeysWindow

        window = KeysWindow(self)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.open()

    def open_visit(self, visit_id: str) -> None:
        """Show the page of one visit."""
        if self._later(partial(self.open_visit, visit_id)):
            return
        self.registrations.leave()
        self.patients.open(visit_id)
        self._left_pages()

    def register(self, typed: str, licence: Licence | None = None) -> None:
        """Show the page for a new patient."""
        if self._later(lambda: self.register(typed, licence)):
            return
        self.patients.leave()
        self.registrations.open(typed, licence)

    def say(self, text: str) -> None:
        """Say something that is no failure in the banner."""
        self.notices.show_message(text)

    @property
    def is_working(self) -> bool:
        """Whether the database is open and the window is not locked."""
        return self._working

    @property
    def settings_page(self) -> SettingsPage | None:
        """The settings, if anybody opened them."""
        return self._desk.made_settings

    @property
    def presenter(self) -> MainPresenter:
        """What the window decides by."""
        return self._presenter

    @property
    def services(self) -> Program:
        """Every use case; only once the database is open."""
        return self._presenter.services

    def _open_registered(self, visit_id: str) -> None:
        self.top.clear()
        self.open_visit(visit_id)

    def _left_pages(self) -> None:
        self.rail.press(None)
        self._clear_notices()

    def go_back(self) -> None:
        """Close what lies over the day; from anywhere else go to the day."""
        if self.top.close_results():
            return
        if self.rail.isVisible():
            self.show_today()

    def save_now(self) -> None:
        """Save what is typed, without waiting for a pause."""
        self.patients.flush()
        self.registrations.flush()
        self._desk.flush()

    def _show_page(self, page: QWidget, button: RailButton | None) -> None:
        self.save_now()
        self.patients.leave()
        self.registrations.leave()
        self._clear_notices()
        self.pages.setCurrentWidget(page)
        self.rail.press(button)

    # --- room -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Show signs without words where there is no room for both."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent, /) -> None:
        """Follow another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _NARROW_LETTERS * self.fontMetrics().averageCharWidth()
        self.rail.show_signs_only(only=narrow)
        self.top.set_compact(compact=narrow)

    # --- following --------------------------------------------------------------------------

    def _change_actor(self) -> None:
        actor = self._presenter.actor
        self.rail.show_for(actor)
        if self._today_presenter is not None:
            self._today_presenter.actor = actor
        self._desk.change_actor()
        self.patients.open_again()
        self.registrations.change_actor()

    def _patient_changed(self) -> None:
        self._presenter.tell(Changed("visit"))

    def _hand_on(self, _: Changed) -> None:
        if self._today_presenter is not None and self.today.isVisible():
            self._today_presenter.reload()

    def _changed_elsewhere(self) -> None:
        self._presenter.tell(Changed(ELSEWHERE))
        if self._working:
            self.patients.reread()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Watch what others save while the window is to be seen."""
        super().showEvent(event)
        self.elsewhere.start()

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Stop watching while nobody sees the window."""
        super().hideEvent(event)
        self.elsewhere.stop()

    def show_error(self, error: AppError) -> None:
        """Say in the banner what failed, and what to do."""
        self.notices.show_error(error)

    # --- closing ----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent, /) -> None:
        """Close once everything typed is in the database; ask when that cannot be done."""
        event.setAccepted(self._closing.may_close())
        if event.isAccepted():
            self.patients.leave()
            super().closeEvent(event)

    def _unsaved_text(self) -> str:
        return self.patients.unsaved_text()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""
        return self._desk.is_saved() and self.patients.is_saved() and self.registrations.is_saved()


def _nothing() -> None:
    pass
