"""The first start: a clinic, its staff, who I am; or the demonstration clinic."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimeZone, Signal

from intake_app.domain.clinic import Clinic
from intake_app.domain.countries import HABITS, Country
from intake_app.domain.dates import Locality
from intake_app.domain.errors import InvalidDraftError
from intake_app.domain.fields import field_of
from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Role, Staff
from intake_app.domain.validation import checks_of
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.presenters.rows import RowsModel

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.domain.fields import FieldValue
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Tasks

CLINIC_KEYS = (
    "name",
    "country",
    "phone_day",
    "emergency_number",
    "phone_night",
    "time_zone",
    "opening_hours",
    "units",
    "opens",
    "paper",
    "closes",
    "preparation_minutes",
)
"""In pairs: left what only the clinic knows, right what its country proposes."""
STAFF_KEYS = ("name", "roles")
_PROPOSED = ("emergency_number", "units", "paper", "time_zone")


class FirstStartPresenter(QObject):
    """Holds what is typed until *Start*; nothing is written before."""

    finished = Signal(str)
    """Everything is there; the id of the member of staff I am."""
    names_changed = Signal()
    problem_changed = Signal()
    working_changed = Signal(bool)
    progressed = Signal(int)
    """How far the demonstration clinic is, in per cent."""
    failed = Signal(object)

    def __init__(self, services: Program, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._proposed: dict[str, FieldValue] = {}
        self.problem = ""
        locality = Locality(today=datetime.now(UTC).date())
        table = [field_of(Clinic, key) for key in CLINIC_KEYS]
        self.clinic = FormModel(Clinic.FORM, table, locality=locality, checks=checks_of(Clinic))
        self.clinic.load({"preparation_minutes": 60})
        self.staff = RowsModel(
            Staff.FORM, [field_of(Staff, key) for key in STAFF_KEYS], locality=locality
        )
        self.staff.append()
        self.clinic.changed.connect(self._edited)
        self.staff.changed.connect(self._named)
        self.staff.row_added.connect(self._rows_changed)
        self.staff.row_removed.connect(self._rows_changed)
        self.clinic.set_value("country", _country_here().value)

    # --- what is proposed -------------------------------------------------------------------

    def _edited(self, key: str) -> None:
        if key == "country":
            self._propose()

    def _propose(self) -> None:
        """Fill in what this country usually has, except where somebody typed something else."""
        chosen = self.clinic.value("country")
        if not chosen:
            return
        proposed = self._services.clinic.proposed(Country(str(chosen)))
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
        if here and "UTC" not in here and _country_here() is Country(str(chosen)):
            proposed["time_zone"] = here
        for key in _PROPOSED:
            now = self.clinic.value(key)
            if now in (None, "", self._proposed.get(key)):
                self.clinic.set_value(key, proposed[key])
        self._proposed = proposed

    # --- staff ------------------------------------------------------------------------------

    def names(self) -> tuple[str, ...]:
        """Return the names of the staff typed so far, one for each row."""
        return tuple(str(row.value("name") or "") for row in self.staff.rows)

    def _named(self, _: int, key: str) -> None:
        if key == "name":
            self.names_changed.emit()

    def _rows_changed(self, *_: object) -> None:
        self.names_changed.emit()

    # --- start ------------------------------------------------------------------------------

    def start(self, me: int) -> None:
        """Create the clinic and its staff; ``me`` is the row of the one who starts."""
        people = self._people()
        self._say(self._what_is_wrong(people))
        if self.problem:
            return
        draft = {key: value for key, value in self.clinic.values().items() if value is not None}
        named = [index for index, row in enumerate(self.staff.rows) if row.value("name")]
        place = named.index(me) if me in named else 0
        self._work(working=True)
        self._tasks.run(
            lambda: self._services.clinic.set_up(draft, people)[1][place].id,
            owner=self,
            done=self._done,
            failed=self._refused,
        )

    def try_demonstration(self) -> None:
        """Create the demonstration clinic; I am its nurse and receptionist."""
        self._say("")
        self._work(working=True)
        self._tasks.run(
            lambda: self._services.demonstration.create(self.progressed.emit).id,
            owner=self,
            done=self._done,
            failed=self._refused,
        )

    def _people(self) -> list[tuple[str, frozenset[Role]]]:
        found = []
        for row in self.staff.rows:
            roles = row.value("roles")
            chosen = frozenset(Role(role) for role in roles) if isinstance(roles, tuple) else ()
            if name := row.value("name"):
                found.append((str(name), frozenset(chosen)))
        return found

    def _what_is_wrong(self, people: list[tuple[str, frozenset[Role]]]) -> str:
        self.clinic.reveal()
        if self.clinic.first_problem():
            return translated(N_("Some answers about the clinic need another look."))
        for row in self.staff.rows:
            if row.first_problem():
                row.reveal()
                return translated(N_("Some answers about the staff need another look."))
        if not people:
            return translated(N_("Type the name of at least one person who works here."))
        without = next((name for name, roles in people if not roles), "")
        if without:
            return translated(N_("Tick at least one role for {name}.")).format(name=without)
        if not any(Role.MANAGER in roles for _, roles in people):
            return translated(
                N_(
                    "Tick “Manager” for somebody: only a manager can change these settings later. "
                    "One person may have several roles."
                )
            )
        return ""

    def _say(self, problem: str) -> None:
        self.problem = problem
        self.problem_changed.emit()

    def _work(self, *, working: bool) -> None:
        self.working_changed.emit(working)

    def _done(self, staff_id: str) -> None:
        self._work(working=False)
        self.finished.emit(staff_id)

    def _refused(self, error: AppError) -> None:
        self._work(working=False)
        if isinstance(error, InvalidDraftError):
            self.clinic.tell(error.problems)
            self._say(translated(N_("Some answers about the clinic need another look.")))
        else:
            self.failed.emit(error)


def _country_here() -> Country:
    """Return the country whose clocks this machine shows; the United States if none is known."""
    short = QLocale.territoryToCode(QTimeZone.systemTimeZone().territory())
    return Country(short) if short in HABITS else Country.US
