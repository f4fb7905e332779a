"""Find a patient while typing; open one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.ui.presenters.patient_rows import PatientRow, patient_rows

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.domain.staff import Actor
    from intake_app.services.program import Program
    from intake_app.ui.presenters.doubles import DoublesPresenter
    from intake_app.ui.tasks import Tasks

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one search text; an empty text is answered by the latest patients."""

    typed: str
    rows: tuple[PatientRow, ...]

    @property
    def latest(self) -> bool:
        """Whether these are the patients looked at last."""
        return not self.typed.strip()


class PatientsPresenter(QObject):
    """Answers what is typed, never with the results of an older keystroke."""

    results_changed = Signal(object)
    """A ``Results`` for the text that was typed last."""
    visit_ready = Signal(str)
    """The id of a visit to show, of the patient chosen."""
    failed = Signal(object)

    def __init__(
        self, services: Program, actor: Actor, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self.actor = actor
        self._wanted: str | None = None
        self._searching = False

    def look_for(self, typed: str) -> None:
        """Search; while one search is on its way only the latest text waits behind it."""
        self._wanted = typed
        if not self._searching:
            self._search()

    def forget(self) -> None:
        """Drop what was typed; an answer still on its way is not shown."""
        self._wanted = None

    def open_patient(self, patient_id: str) -> None:
        """Find the visit to show of a patient; one is made for a patient who has none."""
        self._tasks.run(
            lambda: self._visit_of(patient_id),
            owner=self,
            done=self.visit_ready.emit,
            failed=self.failed.emit,
        )

    def new_doubles_presenter(self) -> DoublesPresenter:
        """Return a presenter of the people who may be here twice."""
        from intake_app.ui.presenters.doubles import DoublesPresenter

        return DoublesPresenter(self._services, self.actor, self._tasks)

    # --- in the database lane ---------------------------------------------------------------

    def _find(self, typed: str) -> Results:
        answer = self._services.patients.look_up(self.actor, typed, limit=MOST_SHOWN)
        return Results(typed, patient_rows(answer.found, answer.today))

    def _visit_of(self, patient_id: str) -> str:
        from intake_app.domain.errors import NotFoundError

        patients = self._services.patients
        try:
            return patients.latest_visit(self.actor, patient_id)
        except NotFoundError:
            return patients.new_visit(self.actor, patient_id)

    # --- home again -------------------------------------------------------------------------

    def _search(self) -> None:
        typed = self._wanted
        if typed is None:
            return
        self._searching = True
        self._tasks.run(
            lambda: self._find(typed),
            owner=self,
            done=self._answered,
            failed=partial(self._unanswered, typed),
        )

    def _answered(self, results: Results) -> None:
        self._searching = False
        if results.typed == self._wanted:
            self.results_changed.emit(results)
        else:
            self._search()

    def _unanswered(self, typed: str, error: AppError) -> None:
        self._searching = False
        self.failed.emit(error)
        if typed != self._wanted:
            self._search()
