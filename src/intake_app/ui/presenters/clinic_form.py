"""The clinic's own record as a form that saves itself: letterhead, hours, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.clinic import CLINIC_ID, LIMIT_KEYS, Clinic
from intake_app.domain.fields import fields_of
from intake_app.domain.validation import checks_of, draft_of
from intake_app.ui.presenters.autosave import Autosave, Draft, Kept
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.presenters.main import Changed

if TYPE_CHECKING:
    from intake_app.services.forms import Opened
    from intake_app.ui.presenters.main import MainPresenter

_APPROVAL_KEYS = ("limits_approved_by", "limits_approved_on")


class ClinicForm(QObject):
    """Opened as it was left; limits that were changed are no longer those that were approved."""

    loaded = Signal()
    """The clinic is here: ``model`` is its form."""
    failed = Signal(object)

    def __init__(self, main: MainPresenter, autosave: Autosave, parent: QObject) -> None:
        super().__init__(parent)
        self._main = main
        self._autosave = autosave
        self.model: FormModel | None = None
        autosave.saved.connect(self._saved)

    def load(self) -> None:
        """Read the clinic; ``loaded`` follows the first time."""
        services, actor = self._main.services, self._main.actor
        self._main.tasks.run(
            lambda: services.forms.open(actor, Clinic, CLINIC_ID),
            owner=self,
            done=self._took,
            failed=self.failed.emit,
        )

    def _took(self, opened: Opened[Clinic]) -> None:
        values = draft_of(opened.record)
        if self.model is not None:
            self._autosave.reload(self.model, values=values, typed=opened.typed)
            return
        self.model = FormModel(
            Clinic.FORM,
            fields_of(Clinic),
            locality=self._main.services.office.locality(self._main.clinic),
            checks=checks_of(Clinic),
            may_type=self._main.actor.may_type,
        )
        self._autosave.watch(self.model, self._keep, values=values, typed=opened.typed)
        self.model.changed.connect(self._edited)
        self.loaded.emit()

    def change_actor(self) -> None:
        """Open and close the fields for whoever is at the keyboard now."""
        if self.model is not None:
            self.model.set_may_type(self._main.actor.may_type)

    def _keep(self, draft: Draft, seen: Draft) -> Kept:
        saved = self._main.services.forms.save(
            self._main.actor, Clinic, CLINIC_ID, draft=draft, seen=seen
        )
        return Kept(draft_of(saved.record), saved.problems)

    def _edited(self, key: str) -> None:
        """Take the approval away from limits that are no longer those that were approved."""
        model = self.model
        if model is None or key not in LIMIT_KEYS or key not in model.readable():
            return
        for approval in _APPROVAL_KEYS:
            if model.value(approval):
                model.set_value(approval, None)

    def _saved(self, form: str) -> None:
        if form == Clinic.FORM:
            self._main.tell(Changed("clinic", CLINIC_ID))
