"""The wording of every paper: which versions there are, which one is open, what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.language import N_, translated
from intake_app.domain.wording_versions import WordingStage
from intake_app.ui.presenters.autosave import Autosave
from intake_app.ui.presenters.clinic_form import ClinicForm
from intake_app.ui.presenters.main import ELSEWHERE, Changed
from intake_app.ui.presenters.wording_editor import WordingEditor
from intake_app.ui.presenters.wording_preview import WordingPreview
from intake_app.ui.presenters.wording_steps import Step, next_step, why_not
from intake_app.ui.presenters.wording_words import (
    line_words,
    paper_words,
    version_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from intake_app.domain.errors import AppError
    from intake_app.domain.sheets import SheetKind
    from intake_app.domain.wording_versions import WordingVersion
    from intake_app.services.wordings import OpenWording, WordingLine
    from intake_app.ui.presenters.main import MainPresenter


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRow:
    """One paper in one language, as the list shows it."""

    id: str
    kind: SheetKind
    language: str
    title: str
    state: str
    attention: bool
    """It prints only with DRAFT."""
    open_id: str
    """The version to open first: the one being written, else the approved, else the newest."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version, as the list shows it."""

    id: str
    words: str


class WordingPresenter(QObject):
    """Shows one version at a time; every step ends in the lists being read again."""

    lines_changed = Signal()
    versions_changed = Signal()
    steps_changed = Signal()
    """What may be done now has changed."""
    said = Signal(str)
    failed = Signal(object)
    status = Signal(str)

    def __init__(self, main: MainPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.main = main
        self.editor = WordingEditor(main, self)
        self.preview = WordingPreview(main, self.editor, self)
        self.autosave = Autosave(main.tasks, self)
        self.clinic = ClinicForm(main, self.autosave, self)
        self.rows: tuple[WordingRow, ...] = ()
        self.versions: tuple[VersionRow, ...] = ()
        self.wording_id = ""
        self._wanted = ""
        for part in (self.editor, self.clinic, self.autosave):
            part.failed.connect(self.failed)
        self.autosave.state_changed.connect(self._tell_status)
        self.editor.saved.connect(self._saved)
        self.editor.state_changed.connect(self._tell_status)
        self.editor.problems_changed.connect(self.steps_changed)
        self.editor.conflict.connect(self._stay)
        self.editor.failed.connect(self._stay)
        self.autosave.saved.connect(self.preview.refresh)
        main.changed.connect(self._hand_on)

    # --- what is shown ----------------------------------------------------------------------

    @property
    def names(self) -> Mapping[str, str]:
        """The names of everybody who works here, by id."""
        return {person.id: person.name for person in self.main.staff}

    @property
    def today(self) -> date:
        """The day at the clinic."""
        return self.main.services.office.locality(self.main.clinic).today

    @property
    def row(self) -> WordingRow | None:
        """The paper and language that is chosen."""
        return next((row for row in self.rows if row.id == self.wording_id), None)

    def why_not(self, step: Step) -> str:
        """Return why a step cannot be taken now; empty when it can."""
        if step is Step.DELETE and len(self.versions) == 1:
            return translated(N_("It is the only version, so it stays."))
        return why_not(
            step,
            self.editor.version,
            self.main.actor,
            names=self.names,
            has_problems=bool(self.editor.problems),
        )

    def state_words(self) -> str:
        """Return how it stands with the open version: stage, who wrote it, what was asked for."""
        version, row = self.editor.version, self.row
        if version is None or row is None:
            return ""
        said = f"{row.title}. {version_words(version, self.today, self.names)}."
        if version.stage is WordingStage.DRAFT and version.sent_back_why:
            why = translated(N_("Sent back: {why}")).format(why=version.sent_back_why)
            said = f"{said}\n{why}"
        return said

    def next_words(self) -> str:
        """Return what keeps people from the step they come for; empty when nothing does."""
        version = self.editor.version
        return self.why_not(next_step(version)) if version is not None else ""

    # --- reading ----------------------------------------------------------------------------

    def load(self) -> None:
        """Read which wordings there are; the chosen one, else the first, is opened."""
        services, actor, today = self.main.services, self.main.actor, self.today
        self.main.tasks.run(
            lambda: tuple(_row(line, today) for line in services.wordings.overview(actor)),
            owner=self,
            done=self._took_rows,
            failed=self.failed.emit,
        )

    def _took_rows(self, rows: tuple[WordingRow, ...]) -> None:
        self.rows = rows
        self.lines_changed.emit()
        if self.wording_id:
            self._read_versions()
        elif rows:
            self.choose(rows[0].id)

    def choose(self, wording_id: str) -> None:
        """Choose a paper and language; the version people work on is opened."""
        row = next((row for row in self.rows if row.id == wording_id), None)
        if row is None or wording_id == self.wording_id:
            return
        self.editor.when_saved(partial(self._chose, row))

    def _chose(self, row: WordingRow) -> None:
        self.wording_id = row.id
        self.versions = ()
        self.lines_changed.emit()
        self._read_versions()
        self.open(row.open_id)

    def _read_versions(self) -> None:
        services, actor, wording_id = self.main.services, self.main.actor, self.wording_id
        self.main.tasks.run(
            lambda: services.wordings.versions(actor, wording_id),
            owner=self,
            done=partial(self._took_versions, wording_id),
            failed=self.failed.emit,
        )

    def _took_versions(self, wording_id: str, versions: tuple[WordingVersion, ...]) -> None:
        if wording_id != self.wording_id:
            return
        newest_first = sorted(versions, key=lambda version: version.number, reverse=True)
        self._follow(versions)
        self.versions = tuple(
            VersionRow(version.id, version_words(version, self.today, self.names))
            for version in newest_first
        )
        self.versions_changed.emit()
        self.steps_changed.emit()

    def _follow(self, versions: tuple[WordingVersion, ...]) -> None:
        """Open again what somebody else changed, unless something is typed here."""
        shown = self.editor.version
        newer = [
            each
            for each in versions
            if shown is not None and each.id == shown.id and each.version > shown.version
        ]
        if newer and not self.editor.pending:
            self.open(newer[0].id)

    def _hand_on(self, changed: Changed) -> None:
        if changed.record == ELSEWHERE and self.preview.is_active:
            self.load()

    def _stay(self, *_: object) -> None:
        """Show in the lists what is open: what was chosen there could not be opened."""
        self.lines_changed.emit()
        self.versions_changed.emit()

    def open(self, version_id: str) -> None:
        """Open a version once everything typed in another one is saved."""
        self._wanted = version_id
        services, actor = self.main.services, self.main.actor
        self.editor.when_saved(
            lambda: self.main.tasks.run(
                lambda: services.wordings.open(actor, version_id),
                owner=self,
                done=self._opened,
                failed=self.failed.emit,
            )
        )

    def _opened(self, opened: OpenWording) -> None:
        if opened.version.id == self._wanted:
            self.editor.show(opened)
            self.steps_changed.emit()

    def change_actor(self) -> None:
        """Somebody else is at the keyboard now."""
        self.editor.shown.emit()
        self.steps_changed.emit()

    # --- the way of a version ---------------------------------------------------------------

    def start_draft(self) -> None:
        """Begin a draft from the open version, and open it."""
        services, actor = self.main.services, self.main.actor
        version = self.editor.version
        if version is not None:
            self._do(
                Step.START,
                lambda: services.wordings.start_draft(actor, version.wording, from_id=version.id),
                N_("A new draft. Nobody gets it on paper before it is approved."),
            )

    def send_for_review(self) -> None:
        """Send the open draft to the physician who approves it."""
        services, actor = self.main.services, self.main.actor
        self._do_to_open(
            Step.SEND,
            lambda version_id: services.wordings.send_for_review(actor, version_id),
            N_("Sent for review. A physician who wrote none of it can approve it."),
        )

    def send_back(self, why: str) -> None:
        """Send the open version back to its writers, and say why."""
        services, actor = self.main.services, self.main.actor
        self._do_to_open(
            Step.SEND_BACK,
            lambda version_id: services.wordings.send_back(actor, version_id, why),
            N_("Sent back. It is a draft again."),
        )

    def retire(self, why: str) -> None:
        """Take the approval from the open version."""
        services, actor = self.main.services, self.main.actor
        self._do_to_open(
            Step.RETIRE,
            lambda version_id: services.wordings.retire(actor, version_id, why),
            N_("Retired. The sheet prints with DRAFT until a version is approved."),
        )

    def delete_draft(self) -> None:
        """Delete the open draft; the version people had before is opened."""
        version = self.editor.version
        if version is None or self.why_not(Step.DELETE):
            return
        services, actor = self.main.services, self.main.actor
        self.editor.when_saved(
            lambda: self.main.tasks.run(
                lambda: services.wordings.delete_draft(actor, version.id),
                owner=self,
                done=self._deleted,
                failed=self.failed.emit,
            )
        )

    def _deleted(self, _: object) -> None:
        self.editor.show(None)
        self.wording_id, chosen = "", self.wording_id
        services, actor, today = self.main.services, self.main.actor, self.today

        def done(rows: tuple[WordingRow, ...]) -> None:
            self.rows = rows
            self.choose(chosen)
            self.main.tell(Changed("wording"))

        self.main.tasks.run(
            lambda: tuple(_row(line, today) for line in services.wordings.overview(actor)),
            owner=self,
            done=done,
            failed=self.failed.emit,
        )

    def _do_to_open(self, step: Step, job: Callable[[str], WordingVersion], said: str) -> None:
        version = self.editor.version
        if version is not None:
            self._do(step, partial(job, version.id), said)

    def _do(self, step: Step, job: Callable[[], WordingVersion], said: str) -> None:
        """Take a step once everything typed is saved; the version that came of it is opened."""
        if self.why_not(step):
            return
        self.editor.when_saved(
            lambda: self.main.tasks.run(
                job,
                owner=self,
                done=partial(self.took_step, said=translated(said)),
                failed=self._step_failed,
            )
        )

    def took_step(self, version: WordingVersion, *, said: str) -> None:
        """Show the version that came of a step, and the lists as they are now."""
        self.said.emit(said)
        self.open(version.id)
        self.load()
        self.main.tell(Changed("wording"))

    def _step_failed(self, error: AppError) -> None:
        self.failed.emit(error)
        version = self.editor.version
        if version is not None:
            self.open(version.id)  # somebody else may have taken the step meanwhile
        self.load()

    # --- saving -----------------------------------------------------------------------------

    def _saved(self, _: WordingVersion) -> None:
        self._read_versions()
        self.steps_changed.emit()

    def flush(self) -> None:
        """Save words and numbers now."""
        self.editor.flush()
        self.autosave.flush()

    @property
    def pending(self) -> bool:
        """Whether something typed is not in the database yet."""
        return self.editor.pending or self.autosave.pending

    def _tell_status(self) -> None:
        self.status.emit(translated(N_("Saving…") if self.pending else N_("Everything is saved")))


def _row(line: WordingLine, today: date) -> WordingRow:
    approved, shown = line.approved, line.open or line.approved or line.newest
    return WordingRow(
        id=line.wording_id,
        kind=line.kind,
        language=line.language,
        title=paper_words(line.kind, line.language),
        state=line_words(approved, shown, today),
        attention=not line.prints,
        open_id=shown.id,
    )
