"""The history of a patient: what is shown of it, and taking merged records apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.fields import object_name
from intake_app.domain.language import N_, translated
from intake_app.domain.staff import Action
from intake_app.ui.presenters.dates import day_words
from intake_app.ui.presenters.history_parts import PARTS
from intake_app.ui.presenters.history_words import (
    HistoryLine,
    Sort,
    field_label,
    field_name,
    history_lines,
)

if TYPE_CHECKING:
    from intake_app.domain.errors import AppError
    from intake_app.domain.merging import Merge
    from intake_app.domain.patients import Patient
    from intake_app.domain.staff import Actor
    from intake_app.services.history import History
    from intake_app.services.merging import Apart
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """A record that became part of this patient, in words."""

    merge_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter: what is filtered by, and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class _Read:
    history: History
    lines: tuple[HistoryLine, ...]
    merges: tuple[tuple[Merge, Patient], ...]


class HistoryPresenter(QObject):
    """Reads a history once and filters it as often as wanted."""

    loaded = Signal()
    """The history is here, or here again."""
    shown_changed = Signal()
    """Other lines are shown."""
    separated = Signal()
    """Two records were taken apart."""
    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self, services: Program, actor: Actor, tasks: Tasks, *, patient_id: str, field: str = ""
    ) -> None:
        super().__init__()
        self._services = services
        self._actor = actor
        self._tasks = tasks
        self._patient_id = patient_id
        self._read: _Read | None = None
        self._working = False
        self.last_said = ""
        """What came of taking records apart, in words."""
        self.part = ""
        self.field = field_name(field)
        self.with_prints = True
        self.with_views = False

    def load(self) -> None:
        """Read the history."""
        self._tasks.run(self._fetch, owner=self, done=self._took, failed=self.failed.emit)

    # --- what is shown ----------------------------------------------------------------------

    def title(self) -> str:
        """Return whose history it is."""
        if self._read is None:
            return ""
        patient = self._read.history.patient
        born = day_words(patient.birth_date) if patient.birth_date else ""
        parts = (patient.list_name, born, patient.record_number)
        return " · ".join(part for part in parts if part)

    def lines(self) -> tuple[HistoryLine, ...]:
        """Return the lines that the filters let through, latest first."""
        return tuple(line for line in self._all() if self._is_shown(line))

    def count_words(self) -> str:
        """Return how many lines there are."""
        count = len(self.lines())
        if count == 1:
            return translated(N_("1 entry"))
        return translated(N_("{count} entries")).format(count=count)

    def parts(self) -> tuple[Choice, ...]:
        """Return the parts there are lines of, in the order of the page."""
        there = {line.part for line in self._all()}
        labels = [translated(label) for label in dict.fromkeys(PARTS.values())]
        everything = Choice("", translated(N_("All parts")))
        return (everything, *(Choice(label, label) for label in labels if label in there))

    def fields(self) -> tuple[Choice, ...]:
        """Return the fields there are lines of in the part that is shown."""
        found: dict[str, str] = {}
        for line in self._all():
            if line.name and self.part in ("", line.part):
                found.setdefault(line.name, line.what if self.part else _full(line))
        if self.field:
            found.setdefault(self.field, self._label_of(self.field))
        listed = sorted(found.items(), key=lambda pair: pair[1].casefold())
        everything = Choice("", translated(N_("All fields")))
        return (everything, *(Choice(name, label) for name, label in listed))

    def show_part(self, part: str) -> None:
        """Show only one part; '' shows all."""
        if part != self.part:
            self.part = part
            self.field = ""
            self.shown_changed.emit()

    def show_field(self, name: str) -> None:
        """Show only one field; '' shows all."""
        if name != self.field:
            self.field = name
            self.shown_changed.emit()

    def show_prints(self, *, wanted: bool) -> None:
        """Show or leave out what was printed."""
        self.with_prints = wanted
        self.shown_changed.emit()

    def show_views(self, *, wanted: bool) -> None:
        """Show or leave out who looked."""
        self.with_views = wanted
        self.shown_changed.emit()

    # --- merged records ---------------------------------------------------------------------

    def merged(self) -> tuple[MergedRecord, ...]:
        """Return which records became part of this patient, latest first."""
        if self._read is None:
            return ()
        names = self._read.history.names
        template = N_("{number} ({name}) became part of this record on {day} ({who}).")
        return tuple(
            MergedRecord(
                merge.id,
                translated(template).format(
                    number=patient.record_number,
                    name=patient.list_name,
                    day=day_words(merge.merged_at.date()),
                    who=names.get(merge.merged_by, ""),
                ),
            )
            for merge, patient in self._read.merges
        )

    @property
    def may_take_apart(self) -> bool:
        """Whether this person may take merged records apart."""
        return self._actor.may(Action.MERGE_PATIENTS)

    def take_apart(self, merge_id: str) -> None:
        """Make two patients of a merge again; a second press meanwhile does nothing."""
        if self._working:
            return
        self._working = True
        self._tasks.run(
            partial(self._services.merging.take_apart, self._actor, merge_id),
            owner=self,
            done=self._apart,
            failed=self._not_apart,
        )

    # --- inside -----------------------------------------------------------------------------

    def _fetch(self) -> _Read:
        history = self._services.history.read(self._actor, self._patient_id)
        merges = self._services.merging.merges(self._actor, self._patient_id)
        return _Read(history, history_lines(history, self._services.questionnaire), merges)

    def _took(self, read: _Read) -> None:
        self._read = read
        if self.field:
            self.part = next((line.part for line in read.lines if line.name == self.field), "")
        self.loaded.emit()

    def _all(self) -> tuple[HistoryLine, ...]:
        return () if self._read is None else self._read.lines

    def _is_shown(self, line: HistoryLine) -> bool:
        if line.sort is Sort.PRINT and not self.with_prints:
            return False
        if line.sort is Sort.VIEW and not self.with_views:
            return False
        return self.part in ("", line.part) and self.field in ("", line.name)

    def _label_of(self, name: str) -> str:
        return field_label(name, self._services.questionnaire)

    def _apart(self, apart: Apart) -> None:
        self._working = False
        self.last_said = self._apart_words(apart)
        self.said.emit(self.last_said)
        self.separated.emit()
        self.load()

    def _apart_words(self, apart: Apart) -> str:
        if not apart.kept:
            return translated(N_("There are two records again, each as it was."))
        labels = [self._label_of(object_name(form, key)) for form, key in apart.kept]
        template = N_(
            "There are two records again. Somebody changed this since the merge, so it stayed "
            "as it is: {fields}."
        )
        return translated(template).format(fields=", ".join(labels))

    def _not_apart(self, error: AppError) -> None:
        self._working = False
        self.failed.emit(error)


def _full(line: HistoryLine) -> str:
    return f"{line.part}: {line.what}"
