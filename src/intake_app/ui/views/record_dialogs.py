"""What can be done with the whole record of a patient: look at its history, merge it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction

from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QMenu

    from intake_app.ui.presenters.history import HistoryPresenter
    from intake_app.ui.views.patient_page import PatientPage


class RecordDialogs(QObject):
    """Opens the windows about the whole record that a patient page shows."""

    outdated = Signal(str)
    """The page shows what is no more; the text says what happened."""

    def __init__(self, page: PatientPage) -> None:
        super().__init__(page)
        self._page = page
        self._presenter = page.presenter

    @property
    def may_merge(self) -> bool:
        """Whether whoever is at the keyboard may merge patients."""
        return self._presenter.actor.may(Action.MERGE_PATIENTS)

    def field_actions(self, name: str, menu: QMenu) -> list[QAction]:
        """Return what the menu of a field offers: its history."""
        history = QAction(translated(N_("&History of this field")), menu)
        history.setObjectName("action.field_history")
        history.triggered.connect(lambda: self.show_history(name))
        return [history]

    def show_history(self, field: str = "") -> None:
        """Show who changed what; of one field, when its name is given."""
        if not self._presenter.is_loaded:
            return
        from intake_app.ui.presenters.history import HistoryPresenter
        from intake_app.ui.views.history import HistoryDialog

        page = self._presenter
        page.flush()
        presenter = HistoryPresenter(
            page.services, page.actor, page.tasks, patient_id=page.case.patient.id, field=field
        )
        dialog = HistoryDialog(presenter, self._page)
        dialog.finished.connect(partial(self._history_closed, presenter))
        open_over(dialog)

    def merge_with(self) -> None:
        """Ask for the other record of this person, then compare both."""
        if not self._presenter.is_loaded:
            return
        from intake_app.ui.presenters.merge_with import MergeWithPresenter
        from intake_app.ui.views.merge_with import MergeWithDialog

        page = self._presenter
        patient_id = page.case.patient.id
        page.flush()
        search = MergeWithPresenter(page.services, page.actor, page.tasks, patient_id=patient_id)
        dialog = MergeWithDialog(search, self._page)
        dialog.chosen.connect(partial(self.compare, patient_id))
        open_over(dialog)

    def compare(self, one_id: str, other_id: str) -> None:
        """Compare two records and let them be merged."""
        from intake_app.ui.presenters.merge import MergePresenter
        from intake_app.ui.views.merge import MergeDialog

        page = self._presenter
        presenter = MergePresenter(
            page.services, page.actor, page.tasks, one_id=one_id, other_id=other_id
        )
        dialog = MergeDialog(presenter, self._page)
        dialog.merged.connect(self._merged)
        open_over(dialog)

    def _history_closed(self, presenter: HistoryPresenter, _: int) -> None:
        if presenter.last_said:
            self._presenter.changed.emit()
            self.outdated.emit(presenter.last_said)

    def _merged(self, _: str) -> None:
        self._presenter.changed.emit()
        self.outdated.emit(
            translated(N_("The two records are one now. In the history it can be undone."))
        )


def open_over(dialog: QDialog) -> None:
    """Show a window over its page; it goes when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
