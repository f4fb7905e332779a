"""Everything about one visit on one page: what is shown, what is saved, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from intake_app.domain.errors import AppError, NoFracturesError
from intake_app.domain.estimate import Rule, estimate
from intake_app.domain.language import N_, translated
from intake_app.domain.reading import Locality
from intake_app.domain.safety import read_safety
from intake_app.ui.presenters.autosave import Autosave
from intake_app.ui.presenters.dates import clock_words
from intake_app.ui.presenters.drafts import DraftsPresenter
from intake_app.ui.presenters.estimate_text import EstimateText, estimate_text
from intake_app.ui.presenters.header_text import HeaderText, header_text
from intake_app.ui.presenters.page_forms import PageForms
from intake_app.ui.presenters.page_sections import Missing, SectionState, section_states
from intake_app.ui.presenters.paper_needs import Purpose, annotated, needs
from intake_app.ui.presenters.print_choices import RememberedHere
from intake_app.ui.presenters.print_follower import PrintFollower
from intake_app.ui.presenters.questions import QuestionsPresenter

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from intake_app.domain.estimate import Estimate
    from intake_app.domain.fields import Record
    from intake_app.domain.flags import Flag
    from intake_app.domain.safety import SafetyFacts
    from intake_app.domain.staff import Actor
    from intake_app.services.cases import Case
    from intake_app.services.program import Program
    from intake_app.services.visits import ShownFlag
    from intake_app.ui.presenters.form import FormModel
    from intake_app.ui.presenters.print_choices import PrintChoices
    from intake_app.ui.presenters.rows import RowsModel
    from intake_app.ui.tasks import Tasks

T = TypeVar("T")


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
    sections_changed = Signal()
    """What is missing in a section may differ, although the case is the same."""
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
        self.forms = PageForms(self)
        self.printed: bool | None = None
        self.handed: bool | None = None
        """Whether the sheet that was printed last is handed over; ``None`` before it was read."""
        self.print_choices: PrintChoices = RememberedHere()
        self._follower: PrintFollower | None = None
        self._snapshot: Snapshot | None = None
        self._planned_preview: int | None = None
        self._last_saved: datetime | None = None
        self._held: set[str] = set()
        self._changing = 0

    @property
    def follower(self) -> PrintFollower:
        """Asks after prints on their way; the one of the window, or of this page alone."""
        if self._follower is None:
            self._follower = PrintFollower(self.services, self.tasks, self)
        return self._follower

    def print_with(self, choices: PrintChoices, follower: PrintFollower) -> None:
        """Share printers and prints on their way with the rest of the window."""
        self.print_choices, self._follower = choices, follower

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
        self.forms.refresh()
        if before is None:
            self.loaded.emit()
        elif before.case.visit.day != snapshot.case.visit.day:
            self.forms.follow_day(before.case.visit.day)
        self.refreshed.emit()
        self.estimate_changed.emit()

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
        states = section_states(
            self.case, self.services.questionnaire, printed=self.printed, handed=self.handed
        )
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
                start=self.forms.planned("planned_start"),
                arrival=self.forms.planned("planned_arrival"),
                closes=clinic.closes,
                zone=clinic.zone,
            )
        except NoFracturesError:
            return None

    # --- forms ------------------------------------------------------------------------------

    def form(self, record_type: type[Record]) -> FormModel:
        """Return the form of one record of the case; it saves itself."""
        return self.forms.form(record_type)

    def rows(self, record_type: type[Record]) -> RowsModel:
        """Return the rows of one kind; each saves itself, adding and removing included."""
        return self.forms.rows(record_type)

    def reopen(self) -> None:
        """Show every form as the database has it, after what was typed was taken back."""
        self.reopening.emit()
        self.forms.reopen()

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
        if name not in self._held:
            return
        self._held.discard(name)
        if self.is_saved():
            self.status.emit(translated(N_("Everything is saved")))

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
