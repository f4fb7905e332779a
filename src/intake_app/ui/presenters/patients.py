"""Find a patient while typing; open one; make a new one, after a look at who may be a double."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.language import N_, translated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from intake_app.domain.errors import AppError
    from intake_app.domain.ports import Found
    from intake_app.domain.staff import Actor
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Tasks

MOST_SHOWN = 20
MOST_DOUBLES = 8


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient as lists show it: enough to tell two people of one name apart."""

    patient_id: str
    name: str
    born: str
    age: str
    record_number: str
    phone: str
    last_visit: str

    @property
    def details(self) -> str:
        """Everything but the name, in one line."""
        parts = (self.born, self.age, self.record_number, self.last_visit)
        return " · ".join(part for part in parts if part)

    @property
    def sentence(self) -> str:
        """The whole row as a screen reader says it."""
        return f"{self.name}, {self.details}"


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
    doubles_found = Signal(object)
    """A ``Results``: people who may be the one about to be registered."""
    visit_ready = Signal(str)
    """The id of a visit to show: of the patient chosen, or just registered."""
    registered = Signal(str)
    """The id of the first visit of a patient who did not exist before."""
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
        self._registering = False

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

    def start_new(self, typed: str) -> None:
        """Register a new patient from what was typed, unless somebody alike is there already.

        Somebody alike is shown by ``doubles_found``; ``register`` then goes on regardless.
        """
        if not typed.strip():
            self.register("")
            return
        self._tasks.run(
            lambda: self._doubles(typed),
            owner=self,
            done=self._saw_doubles,
            failed=self.failed.emit,
        )

    def register(self, typed: str) -> None:
        """Register a new patient from what was typed; a second press meanwhile does nothing."""
        if self._registering:
            return
        self._registering = True
        self._tasks.run(
            lambda: self._services.patients.register(self.actor, typed),
            owner=self,
            done=self._registered,
            failed=self._not_registered,
        )

    # --- in the database lane ---------------------------------------------------------------

    def _find(self, typed: str) -> Results:
        found = self._services.patients.search(self.actor, typed, limit=MOST_SHOWN)
        return Results(typed, self._rows(found))

    def _doubles(self, typed: str) -> Results:
        """Return who has the name and birth date typed, then who has just the name."""
        from intake_app.services.patients import identity_from

        patients = self._services.patients
        found = list(patients.search(self.actor, typed, limit=MOST_DOUBLES))
        identity = identity_from(typed, self._services.clinic.locality())
        names = " ".join(str(identity.get(key, "")) for key in ("given_name", "family_name"))
        if names.strip() and len(found) < MOST_DOUBLES:
            known = {hit.patient_id for hit in found}
            alike = patients.search(self.actor, names, limit=MOST_DOUBLES)
            found += [hit for hit in alike if hit.patient_id not in known]
        return Results(typed, self._rows(found[:MOST_DOUBLES]))

    def _visit_of(self, patient_id: str) -> str:
        from intake_app.domain.errors import NotFoundError

        patients = self._services.patients
        try:
            return patients.latest_visit(self.actor, patient_id)
        except NotFoundError:
            return patients.new_visit(self.actor, patient_id)

    def _rows(self, found: Iterable[Found]) -> tuple[PatientRow, ...]:
        today = self._services.clinic.locality().today
        return tuple(patient_row(hit, today) for hit in found)

    # --- home again -------------------------------------------------------------------------

    def _search(self) -> None:
        typed = self._wanted
        if typed is None:
            return
        self._searching = True
        self._tasks.run(
            lambda: self._find(typed), owner=self, done=self._answered, failed=self._unanswered
        )

    def _answered(self, results: Results) -> None:
        self._searching = False
        if results.typed == self._wanted:
            self.results_changed.emit(results)
        else:
            self._search()

    def _unanswered(self, error: AppError) -> None:
        self._searching = False
        self.failed.emit(error)

    def _saw_doubles(self, results: Results) -> None:
        if results.rows:
            self.doubles_found.emit(results)
        else:
            self.register(results.typed)

    def _registered(self, visit_id: str) -> None:
        self._registering = False
        self.registered.emit(visit_id)
        self.visit_ready.emit(visit_id)

    def _not_registered(self, error: AppError) -> None:
        self._registering = False
        self.failed.emit(error)


def patient_row(found: Found, today: date) -> PatientRow:
    """Return a search hit as lists show it, every month as a word."""
    from intake_app.domain.patients import age_on
    from intake_app.ui.presenters.dates import day_words

    born = day_words(found.birth_date) if found.birth_date else translated(N_("no date of birth"))
    age = ""
    if found.birth_date and found.birth_date <= today:
        age = translated(N_("{years} years")).format(years=age_on(found.birth_date, today))
    last = ""
    if found.last_visit:
        template = N_("visit {day}") if found.last_visit >= today else N_("last visit {day}")
        last = translated(template).format(day=day_words(found.last_visit))
    return PatientRow(
        patient_id=found.patient_id,
        name=found.name or translated(N_("No name yet")),
        born=born,
        age=age,
        record_number=found.record_number,
        phone=found.phone,
        last_visit=last,
    )
