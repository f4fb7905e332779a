"""The page that stands in the place of the day until there is a database to work with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget, QWidget

    from intake_app.domain.errors import AppError
    from intake_app.ui.presenters.main import MainPresenter


class StartPages(QObject):
    """Shows the set-up of a new clinic, or why the database cannot be opened."""

    shown = Signal()
    ready = Signal()
    """The set-up can be filled in."""
    again = Signal()
    """The database is tried once more."""
    quit_wanted = Signal()
    failed = Signal(object)

    def __init__(self, presenter: MainPresenter, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._presenter = presenter
        self._pages = pages
        self._page: QWidget | None = None

    def show_set_up(self) -> None:
        """Ask for what a new clinic needs."""
        from intake_app.ui.presenters.first_start import FirstStartPresenter
        from intake_app.ui.views.first_start import FirstStartPage

        main = self._presenter
        presenter = FirstStartPresenter(main.services, main.tasks, self)
        presenter.finished.connect(self._set_up)
        presenter.failed.connect(self.failed)
        page = FirstStartPage(presenter)
        self._show(page)
        page.form.focus_field("name")
        self.ready.emit()

    def show_problem(self, error: AppError) -> None:
        """Say why the database cannot be opened, and what can be done."""
        from intake_app.ui.views.start_problem import StartProblemPage

        page = StartProblemPage(error, self._presenter.database_path)
        page.try_again.connect(self._try_again)
        page.quit_wanted.connect(self.quit_wanted)
        self._show(page)

    def drop(self) -> None:
        """Take the page away."""
        if self._page is not None:
            self._pages.removeWidget(self._page)
            self._page.deleteLater()
            self._page = None

    def _set_up(self, staff_id: str) -> None:
        self._presenter.preferences.change(last_user=staff_id)
        self._presenter.reopen()

    def _try_again(self) -> None:
        self.drop()
        self.again.emit()
        self._presenter.open()

    def _show(self, page: QWidget) -> None:
        self.drop()
        self.shown.emit()
        self._page = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
