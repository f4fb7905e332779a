"""Whether an edited record now looks like somebody else's."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.domain.patients import Patient
    from intake_app.ui.presenters.patient_page import PatientPagePresenter
    from intake_app.ui.presenters.registration import CandidateRow

_Who = tuple[object, ...]


class LikenessPresenter(QObject):
    """Looks for a double whenever the name or the birth date on a patient page was changed."""

    changed = Signal()
    """There is somebody else now, or nobody any more."""
    failed = Signal(object)

    def __init__(self, page: PatientPagePresenter, parent: QObject | None = None) -> None:
        super().__init__(parent or page)
        self._page = page
        self._known: _Who | None = _who(page.case.patient) if page.is_loaded else None
        self.other: CandidateRow | None = None
        page.refreshed.connect(self._look)

    def text(self) -> str:
        """Return whom the patient may be, and why; '' when nobody is alike."""
        if self.other is None:
            return ""
        return translated(N_("May be the same person as {person}: {reasons}.")).format(
            person=f"{self.other.row.name}, {self.other.row.details}", reasons=self.other.why
        )

    def ids(self) -> tuple[str, str]:
        """Return the patient of the page, and the other one; only while there is another."""
        assert self.other is not None
        return self._page.case.patient.id, self.other.row.patient_id

    def tell_apart(self) -> None:
        """Keep that these are two people; they are not shown to be alike again."""
        one, other = self.ids()
        services, actor = self._page.services, self._page.actor
        self._page.tasks.run(
            lambda: services.doubles.mark_different(actor, one, other),
            owner=self,
            done=lambda _: self._show(None),
            failed=self.failed.emit,
        )

    def _look(self) -> None:
        """Compare only who was changed on this page: what stood there before was seen before."""
        patient = self._page.case.patient
        now = _who(patient)
        if self._known is None or now == self._known:
            self._known = now
            return
        self._known = now
        self._page.tasks.run(
            partial(self._alike, patient.id), owner=self, done=self._show, failed=self._failed
        )

    def _alike(self, patient_id: str) -> CandidateRow | None:
        from intake_app.domain.matching import Certainty
        from intake_app.ui.presenters.registration import candidate_row

        found = self._page.services.doubles.likely_of(self._page.actor, patient_id)
        sure = [each for each in found if each.likeness.certainty is not Certainty.POSSIBLE]
        return candidate_row(sure[0], self._page.today) if sure else None

    def _show(self, other: CandidateRow | None) -> None:
        self.other = other
        self.changed.emit()

    def _failed(self, error: AppError) -> None:
        self._known = None
        self.failed.emit(error)


def _who(patient: Patient) -> _Who:
    """Return by what a person is told from others."""
    return (patient.family_name, patient.given_name, patient.middle_name, patient.birth_date)
