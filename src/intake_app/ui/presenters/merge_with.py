"""Find the other record of a person: who is likely at first, then whoever is searched for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.patient_rows import patient_row
from intake_app.ui.presenters.patients import PatientsPresenter, Results

if TYPE_CHECKING:
    from intake_app.domain.staff import Actor
    from intake_app.services.program import Program
    from intake_app.ui.presenters.patient_rows import PatientRow
    from intake_app.ui.tasks import Tasks


class MergeWithPresenter(PatientsPresenter):
    """Answers what is typed; the patient who asks is never among the answers."""

    def __init__(self, services: Program, actor: Actor, tasks: Tasks, *, patient_id: str) -> None:
        super().__init__(services, actor, tasks)
        self._patient_id = patient_id

    @staticmethod
    def words(results: Results) -> str:
        """Return the line over the list; '' when the list speaks for itself."""
        if results.latest:
            said = (
                N_("These may be the same person:")
                if results.rows
                else N_("Nobody seems to be the same person. Type a name to search.")
            )
            return translated(said)
        return "" if results.rows else translated(N_("Nobody else found. Check the spelling."))

    def _find(self, typed: str) -> Results:
        if not typed.strip():
            return Results(typed, self._likely())
        found = super()._find(typed)
        others = tuple(row for row in found.rows if row.patient_id != self._patient_id)
        return Results(typed, others)

    def _likely(self) -> tuple[PatientRow, ...]:
        from intake_app.domain.matching_words import reasons_words

        today = self._services.clinic.locality().today
        likely = self._services.doubles.likely_of(self.actor, self._patient_id)
        return tuple(
            replace(patient_row(each.found, today), how=reasons_words(each.likeness.reasons))
            for each in likely
        )
