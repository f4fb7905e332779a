"""The patient page that is open, and those that were left but are not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from intake_app.ui.presenters.main import MainPresenter
    from intake_app.ui.views.patient_page import PatientPage

_LOOK_AGAIN_MS = 50


class PatientPages(QObject):
    """Opens one visit at a time; a page goes only when everything typed in it is kept."""

    closed = Signal()
    changed = Signal()
    status = Signal(str)

    def __init__(self, presenter: MainPresenter, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._presenter = presenter
        self._pages = pages
        self._left: list[PatientPage] = []
        self.current: PatientPage | None = None

    def open(self, visit_id: str) -> None:
        """Show the page of one visit, as whoever is at the keyboard now."""
        # Loaded when the first patient is opened, or before that while nobody waits.
        from intake_app.ui.presenters.patient_page import PatientPagePresenter
        from intake_app.ui.views.patient_page import PatientPage

        self.leave()
        main = self._presenter
        presenter = PatientPagePresenter(main.services, main.actor, visit_id, main.tasks)
        presenter.print_with(main.preferences, main.follower)
        page = PatientPage(presenter)
        page.closed.connect(self.closed)
        page.changed.connect(self.changed)
        page.status.connect(self.status)
        page.outdated.connect(self._open_outdated)
        self.current = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def open_again(self) -> None:
        """Show the same visit as somebody else."""
        if self.current is not None:
            self.open(self.current.presenter.visit_id)

    def _open_outdated(self, text: str) -> None:
        """Show the same visit again, with what happened to the record it belongs to."""
        self.open_again()
        if self.current is not None:
            self.current.notices.show_message(text)

    def leave(self) -> None:
        """Let go of the open page once everything typed in it is in the database."""
        page, self.current = self.current, None
        if page is not None:
            page.finish()
            self._left.append(page)
            self._drop_saved()

    def finish(self) -> None:
        """Save, and take what is saved as finished, as leaving does; the page stays."""
        if self.current is not None:
            self.current.finish()

    def flush(self) -> None:
        """Save everything typed, now."""
        for page in self._all():
            page.flush()

    def reread(self) -> None:
        """Show what the database holds now: somebody else saved something."""
        if self.current is not None and self.current.presenter.is_loaded:
            self.current.presenter.reread()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""
        return all(page.is_saved() for page in self._all())

    def unsaved_text(self) -> str:
        """Return what the database has not acknowledged, a line for each field."""
        return "\n".join(
            f"{label}: {text}"
            for page in self._all()
            for label, text in page.presenter.autosave.unsaved()
        )

    def _all(self) -> list[PatientPage]:
        return self._left if self.current is None else [*self._left, self.current]

    def _drop_saved(self) -> None:
        for page in [page for page in self._left if page.is_saved()]:
            self._left.remove(page)
            self._pages.removeWidget(page)
            page.deleteLater()
        if self._left:
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self._drop_saved)
