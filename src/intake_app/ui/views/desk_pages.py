"""The pages of the main window that are made when they are first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.ui.views.main_window import MainWindow
    from intake_app.ui.views.patients import PatientsPage
    from intake_app.ui.views.settings import SettingsPage
    from intake_app.ui.views.sheet_check import SheetCheckPage
    from intake_app.ui.views.wording_page import WordingPage


class DeskPages:
    """Patients, settings, wording and the check of a sheet; each is made once."""

    def __init__(self, main: MainWindow) -> None:
        self._main = main
        self._patients: PatientsPage | None = None
        self.made_settings: SettingsPage | None = None
        """The settings, if anybody opened them."""
        self._wording: WordingPage | None = None
        self._check: SheetCheckPage | None = None

    # --- what saves itself ------------------------------------------------------------------

    def flush(self) -> None:
        """Save what is pending on any of the pages."""
        for page in (self.made_settings, self._wording):
            if page is not None:
                page.flush()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed on them."""
        pages = (self.made_settings, self._wording)
        return all(page is None or page.is_saved() for page in pages)

    def change_actor(self) -> None:
        """Open and close what the person at the keyboard may do."""
        for page in (self.made_settings, self._wording):
            if page is not None:
                page.change_actor()

    # --- the pages --------------------------------------------------------------------------

    def patients(self) -> PatientsPage:
        """Return the page of the patients."""
        if self._patients is None:
            from intake_app.ui.views.patients import PatientsPage

            main = self._main
            self._patients = PatientsPage(main.top.new_patients_presenter(main), main)
            self._patients.new_wanted.connect(main.top.start_new_from)
            main.pages.addWidget(self._patients)
        return self._patients

    def settings(self) -> SettingsPage:
        """Return the page of the settings."""
        if self.made_settings is None:
            from intake_app.ui.presenters.settings import SettingsPresenter
            from intake_app.ui.views.settings import SettingsPage

            main = self._main
            presenter = SettingsPresenter(main.presenter, main)
            presenter.failed.connect(main.show_error)
            presenter.status.connect(main.status.say_saved)
            self.made_settings = SettingsPage(presenter, main.notices, main)
            self.made_settings.wording.open_wanted.connect(main.show_wording)
            main.pages.addWidget(self.made_settings)
        return self.made_settings

    def wording(self) -> WordingPage:
        """Return the page of the wording."""
        if self._wording is None:
            from intake_app.ui.presenters.wording import WordingPresenter
            from intake_app.ui.views.wording_page import WordingPage

            main = self._main
            presenter = WordingPresenter(main.presenter, main)
            presenter.failed.connect(main.show_error)
            presenter.status.connect(main.status.say_saved)
            self._wording = WordingPage(presenter, main.notices, main)
            self._wording.closed.connect(main.show_settings)
            main.pages.addWidget(self._wording)
        return self._wording

    def check(self) -> SheetCheckPage:
        """Return the page that asks for the code of a sheet."""
        if self._check is None:
            from intake_app.ui.presenters.sheet_check import SheetCheckPresenter
            from intake_app.ui.views.sheet_check import SheetCheckPage

            main = self._main
            presenter = SheetCheckPresenter(main.services, main.presenter.tasks, main)
            presenter.failed.connect(main.show_error)
            self._check = SheetCheckPage(presenter, main)
            self._check.closed.connect(main.show_today)
            main.pages.addWidget(self._check)
        return self._check
