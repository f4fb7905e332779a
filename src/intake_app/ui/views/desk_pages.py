"""The pages of the main window that are made when they are first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake_app.ui.views.main_window import MainWindow
    from intake_app.ui.views.patients import PatientsPage
    from intake_app.ui.views.settings import SettingsPage
    from intake_app.ui.views.sheet_check import SheetCheckPage


class DeskPages:
    """Patients, settings and the check of a sheet; each is made once."""

    def __init__(self, main: MainWindow) -> None:
        self._main = main
        self._patients: PatientsPage | None = None
        self.made_settings: SettingsPage | None = None
        """The settings, if anybody opened them."""
        self._check: SheetCheckPage | None = None

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
            main.pages.addWidget(self.made_settings)
        return self.made_settings

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
