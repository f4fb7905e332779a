"""The new patient on the screen, and those who were put aside but are not in the database yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from intake_app.domain.licences import Licence
    from intake_app.services.new_patients import HalfTyped
    from intake_app.ui.presenters.main import MainPresenter
    from intake_app.ui.presenters.registration import RegistrationPresenter
    from intake_app.ui.views.registration import RegistrationPage

_LOOK_AGAIN_MS = 50


class Registrations(QObject):
    """Opens one new patient at a time; a page goes only when everything typed in it is kept."""

    shown = Signal()
    closed = Signal()
    thrown_away = Signal()
    """What was typed is forgotten, so nothing else should show it either."""
    visit_chosen = Signal(str)
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, presenter: MainPresenter, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._main = presenter
        self._pages = pages
        self._left: list[RegistrationPage] = []
        self._opened_from = ""
        self.current: RegistrationPage | None = None

    def open(self, typed: str = "", licence: Licence | None = None) -> None:
        """Show the page for a new patient, filled from a search text or a licence.

        Asked twice for the same, the page that is open stays.
        """
        if self.current is not None and licence is None and typed in ("", self._opened_from):
            self.current.begin()
            return
        presenter = self._begin()
        self._opened_from = typed
        presenter.start(typed, licence)
        self._show(presenter)

    def go_on(self, half: HalfTyped) -> None:
        """Show the page for a new patient who was half typed."""
        presenter = self._begin()
        presenter.go_on(half)
        self._show(presenter)

    def reopen_interrupted(self) -> None:
        """Show the new patient who was on the screen when the program ended unasked."""
        main = self._main
        actor = main.actor
        main.tasks.run(
            lambda: main.services.new_patients.half_typed(actor),
            owner=self,
            done=self._reopen,
            failed=self.failed.emit,
        )

    def change_actor(self) -> None:
        """Go on as somebody else."""
        if self.current is None:
            return
        from intake_app.services.new_patients import HalfTyped

        before, main = self.current.presenter, self._main
        self.go_on(HalfTyped(before.patient_id, before.texts()))
        main.tasks.run(
            lambda: main.services.new_patients.forget(before.actor, before.patient_id),
            owner=self,
            failed=self.failed.emit,
        )

    def fill(self, licence: Licence) -> bool:
        """Fill a scanned licence into the page that is open; return whether there is one."""
        if self.current is None:
            return False
        self.current.presenter.fill(licence)
        self.current.begin()
        return True

    def leave(self) -> None:
        """Put aside what is typed and let go of the page once that is in the database."""
        page, self.current = self.current, None
        if page is not None:
            page.presenter.put_aside()
            self._left.append(page)
            self._drop_saved()

    def flush(self) -> None:
        """Keep everything typed, now."""
        if self.current is not None:
            self.current.presenter.keep()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""
        pages = self._left if self.current is None else [*self._left, self.current]
        return all(page.presenter.is_saved for page in pages)

    def _begin(self) -> RegistrationPresenter:
        from intake_app.ui.presenters.registration import RegistrationPresenter

        self.leave()
        main = self._main
        presenter = RegistrationPresenter(
            main.services, main.actor, main.tasks, clinic=main.clinic, parent=self
        )
        presenter.created.connect(partial(self._created, presenter))
        presenter.carried_over.connect(partial(self._carried_over, presenter))
        presenter.thrown_away.connect(partial(self._thrown_away, presenter))
        presenter.said.connect(self.said)
        presenter.failed.connect(self.failed)
        return presenter

    def _show(self, presenter: RegistrationPresenter) -> None:
        from intake_app.ui.views.registration import RegistrationPage

        page = RegistrationPage(presenter)
        presenter.setParent(page)
        page.closed.connect(self.closed)
        page.other_wanted.connect(self.go_on)
        self.current = page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.begin()
        self.shown.emit()

    def _reopen(self, kept: tuple[HalfTyped, ...]) -> None:
        interrupted = next((half for half in reversed(kept) if half.is_open), None)
        if interrupted is not None and self.current is None:
            self.go_on(interrupted)
            self.said.emit(
                translated(N_("Here is the new patient you were typing. There is no record yet."))
            )

    def _created(self, presenter: RegistrationPresenter, visit_id: str) -> None:
        if self._close(presenter):
            self.visit_chosen.emit(visit_id)

    def _carried_over(self, presenter: RegistrationPresenter, visit_id: str, words: str) -> None:
        if self._close(presenter):
            self.visit_chosen.emit(visit_id)
            self.said.emit(words)

    def _thrown_away(self, presenter: RegistrationPresenter) -> None:
        if self._close(presenter):
            self.thrown_away.emit()
            self.closed.emit()

    def _close(self, presenter: RegistrationPresenter) -> bool:
        """Let go of the page if it is still the one on the screen; return whether it was."""
        page = self.current
        if page is None or page.presenter is not presenter:
            return False
        self.current = None
        self._drop(page)
        return True

    def _drop(self, page: RegistrationPage) -> None:
        self._pages.removeWidget(page)
        page.deleteLater()

    def _drop_saved(self) -> None:
        for page in [page for page in self._left if page.presenter.is_saved]:
            self._left.remove(page)
            self._drop(page)
        if self._left:
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self._drop_saved)
