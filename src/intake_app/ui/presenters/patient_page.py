"""Everything about one visit on one page: what is shown, what is saved, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from intake_app.domain.countries import Units
from intake_app.domain.errors import AppError, NoFracturesError
from intake_app.domain.estimate import Rule, estimate
from intake_app.domain.fields import Field, FieldValue, Record, fields_of
from intake_app.domain.imaging import Imaging
from intake_app.domain.language import N_, translated
from intake_app.domain.pain import PainFunction, PainMedicine
from intake_app.domain.patients import EmergencyContact, Insurance, Patient
from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.reading import Locality
from intake_app.domain.safety import read_safety
from intake_app.domain.validation import checks_of, draft_of
from intake_app.domain.visits import ResponsibleAdult, Visit
from intake_app.ui.presenters.autosave import Autosave, Draft, Kept
from intake_app.ui.presenters.dates import clock_words
from intake_app.ui.presenters.drafts import DraftsPresenter
from intake_app.ui.presenters.estimate_text import EstimateText, estimate_text
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.presenters.header_text import HeaderText, header_text
from intake_app.ui.presenters.page_forms import kept_of, read_left
from intake_app.ui.presenters.page_sections import Missing, SectionState, section_states
from intake_app.ui.presenters.paper_needs import Purpose, annotated, needs
from intake_app.ui.presenters.questions import QuestionsPresenter
from intake_app.ui.presenters.record_rows import RecordRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from intake_app.domain.estimate import Estimate
    from intake_app.domain.flags import Flag
    from intake_app.domain.safety import SafetyFacts
    from intake_app.domain.staff import Actor
    from intake_app.domain.validation import Problem
    from intake_app.services.cases import Case
    from intake_app.services.program import Program
    from intake_app.services.visits import ShownFlag
    from intake_app.ui.presenters.rows import RowsModel
    from intake_app.ui.tasks import Tasks

T = TypeVar("T")

_PLACES: dict[type[Record], str] = {
    Patient: "patient",
    EmergencyContact: "contact",
    Insurance: "insurance",
    Visit: "visit",
    ResponsibleAdult: "driver",
    Imaging: "imaging",
    PainFunction: "pain",
    ProcedureRecord: "procedure",
}
"""Where a case holds the one record of each form."""
_ROWS: dict[type[Record], str] = {
    PainMedicine: "pain_medicines",
    NewMedicine: "new_medicines",
    TreatedLevel: "treated",
}
_IN_CLINIC_UNIT = "lifting_limit"
_DAY_BOUND = (Visit, ProcedureRecord, ResponsibleAdult)
"""Forms in which a bare clock time belongs to the day of the visit."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A case as it stands in the database, with what follows from it."""

    case: Case
    flags: tuple[ShownFlag, ...]
    facts: SafetyFacts
    now: datetime


class PatientPagePresenter(QObject):
    """Holds one visit: reads it, saves every form of it, tells when something changed."""

    loaded = Signal()
    """The case is here for the first time."""
    refreshed = Signal()
    """The case was read again."""
    estimate_changed = Signal()
    """The estimate may differ, saved or not."""
    reopening = Signal()
    """What was typed was taken back: everything shows the database again."""
    flushing = Signal()
    """Everything that is typed should be saved now."""
    status = Signal(str)
    changed = Signal()
    """Something was saved that other pages show, too."""
    failed = Signal(object)
    """An ``AppError`` for the banner."""
    said = Signal(str)
    """A message for the banner that is no failure."""

    def __init__(self, services: Program, actor: Actor, visit_id: str, tasks: Tasks) -> None:
        super().__init__()
        self.services = services
        self.actor = actor
        self.visit_id = visit_id
        self.tasks = tasks
        self.autosave = Autosave(tasks, self)
        self.autosave.saved.connect(self._saved)
        self.autosave.failed.connect(self.failed)
        self.autosave.state_changed.connect(self._tell_status)
        self.drafts = DraftsPresenter(self)
        self.questions = QuestionsPresenter(self)
        self.printed: bool | None = None
        self._snapshot: Snapshot | None = None
        self._forms: dict[type[Record], FormModel] = {}
        self._rows: dict[type[Record], RecordRows[Record]] = {}
        self._planned_preview: int | None = None
        self._last_saved: datetime | None = None
        self._held: set[str] = set()
        self._changing = 0

    # --- reading ----------------------------------------------------------------------------

    def load(self) -> None:
        """Read the case and note in the trail that it was opened."""
        self.run(partial(self._read, viewed=True), self._took)

    def reread(self) -> None:
        """Read the case again, after something was saved."""
        self.run(self._read, self._took)

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        """Run a job that needs the database; a failure goes to the banner."""
        self.tasks.run(job, owner=self, done=done, failed=failed or self.failed.emit)

    def change(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Save what is typed, run a job that changes the visit, then show what is there now."""

        def finished(result: T) -> None:
            self._changing -= 1
            if done is not None:
                done(result)
            self._saved("")

        def refused(error: AppError) -> None:
            self._changing -= 1
            if failed is not None:
                failed()
            self.failed.emit(error)
            self.reread()

        self.autosave.flush()
        self._changing += 1
        self.run(job, finished, refused)

    def _read(self, *, viewed: bool = False) -> Snapshot:
        case = self.services.patients.case(self.actor, self.visit_id, viewed=viewed)
        return Snapshot(
            case=case,
            flags=self.services.visits.flags(case),
            facts=read_safety(self.services.questionnaire, case.answers),
            now=self.services.office.clock.now(),
        )

    def _took(self, snapshot: Snapshot) -> None:
        before = self._snapshot
        self._snapshot = snapshot
        for record_type, model in self._forms.items():
            self.autosave.reload(model, values=draft_of(self._record(record_type)))
        for record_type, rows in self._rows.items():
            rows.show(getattr(snapshot.case, _ROWS[record_type]))
        if before is None:
            self.loaded.emit()
        elif before.case.visit.day != snapshot.case.visit.day:
            self._follow_day(before.case.visit.day)
        self.refreshed.emit()
        self.estimate_changed.emit()

    def _follow_day(self, before: date | None) -> None:
        """Read clock times on the new day of the visit, and move what was planned to it."""
        day = self.case.visit.day
        for record_type, model in self._forms.items():
            if record_type in _DAY_BOUND:
                model.set_locality(self.locality)
        visit = self._forms.get(Visit)
        if visit is None or day is None or before is None:
            return
        for key in ("planned_start", "planned_arrival"):
            moment = visit.value(key)
            if isinstance(moment, datetime):
                local = moment.astimezone(self.case.clinic.zone)
                if local.date() == before:
                    visit.set_value(key, local.replace(year=day.year, month=day.month, day=day.day))

    # --- what is known ----------------------------------------------------------------------

    @property
    def is_loaded(self) -> bool:
        """Whether the case is here."""
        return self._snapshot is not None

    @property
    def snapshot(self) -> Snapshot:
        """The case as it was read last; only once it is loaded."""
        assert self._snapshot is not None
        return self._snapshot

    @property
    def case(self) -> Case:
        """Everything recorded about the visit."""
        return self.snapshot.case

    @property
    def flags(self) -> tuple[ShownFlag, ...]:
        """The flags that fire now."""
        return self.snapshot.flags

    @property
    def today(self) -> date:
        """The clinic's day."""
        return self.snapshot.now.astimezone(self.case.clinic.zone).date()

    @property
    def locality(self) -> Locality:
        """How typed values are read here; a bare time belongs to the day of the visit."""
        clinic = self.case.clinic
        return Locality(
            today=self.today,
            zone=clinic.zone,
            date_order=clinic.date_order,
            country=clinic.country.value,
            base_day=self.case.visit.day,
        )

    def now(self) -> datetime:
        """Return the moment in the clinic's zone."""
        return self.services.office.clock.now().astimezone(self.case.clinic.zone)

    def header(self) -> HeaderText:
        """Return what the header says."""
        return header_text(self.case, self.snapshot.facts, self.flags, today=self.today)

    def sections(self) -> tuple[SectionState, ...]:
        """Return the state of every section."""
        states = section_states(self.case, self.services.questionnaire, printed=self.printed)
        return annotated(states, self.needs(), self.questions.open_in)

    def needs(self) -> dict[Purpose, tuple[Missing, ...]]:
        """Return what is missing for the estimate and for the papers."""
        return needs(self.case, self.services.questionnaire, self.snapshot.now)

    def estimate_text(self) -> EstimateText:
        """Return the estimate in words, with edits that are not saved yet."""
        return estimate_text(self._estimate(), self.case.clinic)

    def preview_planned(self, planned: int | None) -> None:
        """Count ``planned`` fractures until they are saved; ``None`` counts the saved ones."""
        if planned != self._planned_preview:
            self._planned_preview = planned
            self.estimate_changed.emit()

    def _estimate(self) -> Estimate | None:
        case = self.case
        clinic = case.clinic
        n = case.n if self._planned_preview is None else self._planned_preview
        try:
            return estimate(
                n,
                Rule.of(clinic),
                start=self._planned("planned_start"),
                arrival=self._planned("planned_arrival"),
                closes=clinic.closes,
                zone=clinic.zone,
            )
        except NoFracturesError:
            return None

    def _planned(self, key: str) -> datetime | None:
        """Return a planned time as it is typed now, else as it is stored."""
        visit = self._forms.get(Visit)
        value = getattr(self.case.visit, key) if visit is None else visit.value(key)
        return value if isinstance(value, datetime) else None

    # --- forms ------------------------------------------------------------------------------

    def form(self, record_type: type[Record]) -> FormModel:
        """Return the form of one record of the case; it saves itself."""
        if record_type not in self._forms:
            record = self._record(record_type)
            model = FormModel(
                record_type.FORM,
                self._table(record_type),
                locality=self.locality,
                checks=checks_of(record_type),
                may_type=self.actor.may_type,
            )
            model.setParent(self)  # dies with the page, and what is connected to it as well
            self._forms[record_type] = model
            self.autosave.watch(
                model, partial(self.save, record_type, record.id), values=draft_of(record)
            )
            self.open_form(model, record_type, record.id, self.autosave.reload)
            if record_type is Visit:
                model.changed.connect(self._visit_edited)
        return self._forms[record_type]

    def rows(self, record_type: type[Record]) -> RowsModel:
        """Return the rows of one kind; each saves itself, adding and removing included."""
        if record_type not in self._rows:
            rows = RecordRows(self, record_type, self.visit_id)
            self._rows[record_type] = rows
            rows.show(getattr(self.case, _ROWS[record_type]))
            rows.open_forms()
        return self._rows[record_type].model

    def open_form(
        self,
        model: FormModel,
        record_type: type[Record],
        record_id: str,
        show: Callable[..., None],
    ) -> None:
        """Read a form as it was left: texts that are no values, values in dispute; show it."""
        model.record_id = record_id
        self.run(
            partial(read_left, self.services, self.actor, record_type, record_id),
            lambda left: show(model, values=left.values, typed=left.typed, disputes=left.disputes),
        )

    def reopen(self) -> None:
        """Show every form as the database has it, after what was typed was taken back."""
        self.reopening.emit()
        for record_type, model in self._forms.items():
            record_id = self._record(record_type).id
            self.open_form(model, record_type, record_id, self.autosave.restart)
        for rows in self._rows.values():
            rows.reopen()

    def save(self, record_type: type[Record], record_id: str, draft: Draft, seen: Draft) -> Kept:
        """Keep a draft of a record; for the database lane."""
        saved = self.services.forms.save(
            self.actor, record_type, record_id, draft=draft, seen=seen, drafting=True
        )
        return self.kept(
            saved.record,
            values=draft_of(saved.record),
            problems=saved.problems,
            table=fields_of(record_type),
        )

    def kept(
        self,
        record: Record,
        *,
        values: Mapping[str, FieldValue],
        problems: tuple[Problem, ...],
        table: Iterable[Field],
    ) -> Kept:
        """Return what a save kept, with who was faster where somebody was; for the lane."""
        return kept_of(
            self.services, self.actor, record, values=values, problems=problems, table=table
        )

    def flush(self) -> None:
        """Save what is pending now."""
        self.flushing.emit()
        self.autosave.flush()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""
        return not (self.autosave.pending or self._held or self._changing)

    def hold(self, name: str) -> None:
        """Note that something is typed which is saved in a way of its own."""
        self._held.add(name)
        self._tell_status()

    def release(self, name: str) -> None:
        """Note that it is on its way to the database, or given up."""
        self._held.discard(name)

    def _table(self, record_type: type[Record]) -> tuple[Field, ...]:
        """Return the fields of a form; a weight is typed in the unit the clinic prints."""
        unit = "kg" if self.case.clinic.units is Units.METRIC else "lb"
        return tuple(
            replace(field, unit=unit) if field.key == _IN_CLINIC_UNIT else field
            for field in fields_of(record_type)
        )

    def _record(self, record_type: type[Record]) -> Record:
        found: Record = getattr(self.case, _PLACES[record_type])
        return found

    def _visit_edited(self, key: str) -> None:
        if key == "planned_start":
            self.estimate_changed.emit()

    def _saved(self, _: str) -> None:
        self._last_saved = self.services.office.clock.now()
        self._tell_status()
        self.changed.emit()
        self.reread()

    def _tell_status(self) -> None:
        if not self.is_saved():
            self.status.emit(translated(N_("Saving…")))
        elif self._last_saved is not None and self.is_loaded:
            self.status.emit(
                translated(N_("Saved {time}")).format(
                    time=clock_words(self._last_saved, self.case.clinic.zone)
                )
            )

    # --- deeds ------------------------------------------------------------------------------

    def acknowledge(self, flag: Flag, told_to: str) -> None:
        """Record that the physician was told of a flag."""
        self.change(
            partial(
                self.services.visits.acknowledge,
                self.actor,
                self.visit_id,
                flag=flag,
                told_to=told_to,
            )
        )

    def check_identity(self) -> None:
        """Record that name and birth date were checked with the patient, by whom and when."""
        self.change(partial(self.services.visits.check_identity, self.actor, self.visit_id))

    def stamp(self, key: str) -> None:
        """Stamp one of the times of the procedure with now."""
        self.change(partial(self.services.visits.stamp, self.actor, self.visit_id, key))

    def take_over_plan(self) -> None:
        """Make a row of the procedure record for each planned level."""
        self.change(partial(self.services.visits.take_over_plan, self.actor, self.visit_id))
