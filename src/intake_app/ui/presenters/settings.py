"""The settings: the clinic, its staff, how this machine looks, the wording, backups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.errors import InvalidDraftError
from intake_app.domain.fields import field_of
from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action, Role, Staff
from intake_app.domain.validation import Problem
from intake_app.services.wording_shelf import ENGLISH
from intake_app.ui.presenters.autosave import Autosave
from intake_app.ui.presenters.clinic_form import ClinicForm
from intake_app.ui.presenters.dates import day_words
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.presenters.main import Changed

if TYPE_CHECKING:
    from pathlib import Path

    from intake_app.domain.errors import AppError
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.reading import Locality
    from intake_app.domain.sheets import SheetKind
    from intake_app.services.wordings import WordingLine
    from intake_app.ui.presenters.main import MainPresenter


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One sheet's wording as the page shows it."""

    kind: SheetKind
    title: str
    state: str
    approved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One member of staff as the page shows it."""

    id: str
    name: str
    roles: str
    may_leave: bool


class SettingsPresenter(QObject):
    """Opens what may be set, saves it by itself, and says who may change what."""

    loaded = Signal()
    """The clinic is here: ``clinic`` is its form."""
    rights_changed = Signal()
    staff_changed = Signal()
    wording_changed = Signal()
    specimen_ready = Signal(str, bytes)
    """Title and PDF of a specimen."""
    backed_up = Signal(str)
    """The file name of a backup that was written and checked."""
    status = Signal(str)
    failed = Signal(object)

    def __init__(self, main: MainPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.main = main
        self._services = main.services
        self.autosave = Autosave(main.tasks, self)
        self._form = ClinicForm(main, self.autosave, self)
        self.new_person = FormModel(
            "new_staff",
            [field_of(Staff, "name"), field_of(Staff, "roles")],
            locality=self._locality(),
        )
        self.new_person.load({})
        self.wording: tuple[WordingRow, ...] = ()
        self._form.loaded.connect(self.loaded)
        self._form.failed.connect(self.failed)
        self.autosave.failed.connect(self.failed)
        self.autosave.state_changed.connect(self._tell_status)
        main.staff_changed.connect(self.staff_changed)

    # --- the clinic -------------------------------------------------------------------------

    def load(self) -> None:
        """Read clinic and wording; ``loaded`` and ``wording_changed`` follow."""
        self._form.load()
        self._read_wording()

    @property
    def clinic(self) -> FormModel | None:
        """The form of the clinic, once it was read."""
        return self._form.model

    def _tell_status(self) -> None:
        pending = self.autosave.pending
        self.status.emit(translated(N_("Saving…") if pending else N_("Everything is saved")))

    def _locality(self) -> Locality:
        return self._services.office.locality(self.main.clinic)

    # --- rights -----------------------------------------------------------------------------

    def may(self, action: Action) -> bool:
        """Return whether the person at the keyboard may do this."""
        return self.main.actor.may(action)

    def change_actor(self) -> None:
        """Somebody else is at the keyboard now."""
        self._form.change_actor()
        self.rights_changed.emit()

    # --- staff ------------------------------------------------------------------------------

    def people(self) -> tuple[PersonRow, ...]:
        """Return everybody who works here; the last manager and I myself cannot leave."""
        managers = [person for person in self.main.staff if Role.MANAGER in person.roles]
        return tuple(
            PersonRow(
                id=person.id,
                name=person.name,
                roles=", ".join(translated(role.label) for role in Role if role in person.roles),
                may_leave=person != self.main.actor and [person] != managers,
            )
            for person in self.main.staff
        )

    def note_leaving(self, staff_id: str) -> None:
        """Note that somebody no longer works here; what they did keeps their name."""
        services, actor = self._services, self.main.actor
        self.main.tasks.run(
            lambda: services.forms.save(actor, Staff, staff_id, draft={"active": False}),
            owner=self,
            done=lambda _: self.main.tell(Changed("staff", staff_id)),
            failed=self.failed.emit,
        )

    def add_person(self) -> None:
        """Add the person typed into ``new_person``."""
        model = self.new_person
        model.reveal()
        roles = model.value("roles")
        chosen = roles if isinstance(roles, tuple) else ()
        if model.first_problem():
            return
        if not chosen:
            model.tell([Problem("roles", "required")])
            return
        name, actor = str(model.value("name")), self.main.actor
        self.main.tasks.run(
            lambda: self._services.clinic.add_staff(
                actor, name, frozenset(Role(role) for role in chosen)
            ),
            owner=self,
            done=self._added,
            failed=self._not_added,
        )

    def _added(self, _: Staff) -> None:
        self.new_person.load({"name": None, "roles": ()})
        self.main.tell(Changed("staff"))

    def _not_added(self, error: AppError) -> None:
        if isinstance(error, InvalidDraftError):
            self.new_person.tell(error.problems)
        else:
            self.failed.emit(error)

    # --- wording ----------------------------------------------------------------------------

    def look_at(self, kind: SheetKind) -> None:
        """Draw the sheet for a made-up patient; ``specimen_ready`` follows."""
        services, actor = self._services, self.main.actor
        self.main.tasks.run(
            lambda: services.wordings.specimen(actor, kind).pdf,
            owner=self,
            done=lambda pdf: self.specimen_ready.emit(translated(kind.label), pdf),
            failed=self.failed.emit,
        )

    def _read_wording(self) -> None:
        services, actor = self._services, self.main.actor
        self.main.tasks.run(
            lambda: tuple(
                _wording_row(line)
                for line in services.wordings.overview(actor)
                if line.language == ENGLISH
            ),
            owner=self,
            done=self._took_wording,
            failed=self.failed.emit,
        )

    def _took_wording(self, rows: tuple[WordingRow, ...]) -> None:
        self.wording = rows
        self.wording_changed.emit()

    # --- this machine -----------------------------------------------------------------------

    def suggested_backup(self) -> str:
        """Return a file name for a backup of today."""
        return f"spine-intake-{self._locality().today.isoformat()}.sqlite3"

    def back_up(self, target: Path) -> None:
        """Copy the whole database to a file; the copy is checked."""
        services, actor = self._services, self.main.actor
        now = services.office.clock.now()

        def done(_: None) -> None:
            self.main.preferences.change(last_backup=now.isoformat())
            self.main.find_last_backup()
            self.backed_up.emit(target.name)

        self.main.tasks.run(
            lambda: services.clinic.back_up(actor, services.database, target),
            owner=self,
            done=done,
            failed=self.failed.emit,
        )

    def change(self, **changes: FieldValue | float) -> None:
        """Change how the program looks on this machine."""
        self.main.preferences.change(**changes)


PHRASES_CHANGED = N_(
    "The program’s own words on it have changed since it was approved: it prints with DRAFT "
    "across every page until a physician looks at it and approves it again."
)


def _wording_row(line: WordingLine) -> WordingRow:
    approved = line.approved
    if approved is not None and line.prints and approved.review_by is not None:
        words = translated(N_("Approved by {name}, to be reviewed by {until}.")).format(
            name=approved.approved_by, until=day_words(approved.review_by)
        )
    elif approved is not None and not line.expired:
        words = translated(PHRASES_CHANGED)
    elif approved is not None:
        words = translated(
            N_(
                "The day of review has passed: it prints with DRAFT across every page "
                "until a physician approves it again."
            )
        )
    else:
        words = translated(
            N_("Nobody has approved this wording yet: it prints with DRAFT across every page.")
        )
    return WordingRow(line.kind, translated(line.kind.label), words, line.prints)
