"""Who may be registered twice: a report over all patients, worked through pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.language import N_, translated
from intake_app.domain.matching import Certainty
from intake_app.ui.presenters.patient_rows import patient_row

if TYPE_CHECKING:
    from datetime import date

    from intake_app.domain.errors import AppError
    from intake_app.domain.staff import Actor
    from intake_app.services.doubles import Pair
    from intake_app.services.program import Program
    from intake_app.ui.presenters.patient_rows import PatientRow
    from intake_app.ui.tasks import Progress, Tasks

_CERTAINTY: dict[Certainty, str] = {
    Certainty.CERTAIN: N_("Surely one person"),
    Certainty.LIKELY: N_("Probably one person"),
    Certainty.POSSIBLE: N_("Perhaps one person"),
}


@dataclass(frozen=True, slots=True)
class DoubleRow:
    """Two records that may be one person, in words."""

    one: PatientRow
    other: PatientRow
    certainty: str
    reasons: str

    @property
    def why(self) -> str:
        """How sure it is, and what speaks for it."""
        return f"{self.certainty}: {self.reasons}" if self.reasons else self.certainty

    @property
    def sentence(self) -> str:
        """The whole row, as a screen reader says it."""
        return f"{self.one.sentence} | {self.other.sentence}. {self.why}"


class DoublesPresenter(QObject):
    """Looks through all patients once and keeps the list as pairs are dealt with."""

    progressed = Signal(int)
    """Per cent of the patients compared."""
    found = Signal()
    """The list is here."""
    removed = Signal(int)
    """A pair is gone from the list: its number until now."""
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, services: Program, actor: Actor, tasks: Tasks) -> None:
        super().__init__()
        self.services = services
        self.actor = actor
        self.tasks = tasks
        self.rows: list[DoubleRow] = []
        self.is_looking = False
        self.was_stopped = False
        self._progress: Progress | None = None
        self._marking = False

    def start(self) -> None:
        """Begin to look."""
        if self.is_looking:
            return
        self.is_looking, self.was_stopped = True, False
        self._progress = self.tasks.run_long(
            self._look,
            owner=self,
            done=self._took,
            failed=self._gave_up,
            progressed=self.progressed.emit,
        )

    def stop(self) -> None:
        """Stop looking; what was found until then is shown."""
        if self.is_looking and self._progress is not None:
            self.was_stopped = True
            self._progress.cancel()

    def words(self) -> str:
        """Return what came of it."""
        count = len(self.rows)
        if self.is_looking:
            return translated(N_("Comparing every patient with every other…"))
        if not count:
            stopped = N_("Stopped. Nobody was found until then.")
            return translated(
                stopped if self.was_stopped else N_("Nobody seems to be there twice.")
            )
        template = (
            N_("1 pair may be one person.")
            if count == 1
            else N_("{count} pairs may be one person, the surest first.")
        )
        said = translated(template).format(count=count)
        if self.was_stopped:
            said += translated(N_(" Stopped before the end."))
        return said

    def mark_different(self, number: int) -> None:
        """Keep that a pair are two people; it is not shown again."""
        if self._marking or not 0 <= number < len(self.rows):
            return
        row = self.rows[number]
        self._marking = True
        self.tasks.run(
            lambda: self.services.doubles.mark_different(
                self.actor, row.one.patient_id, row.other.patient_id
            ),
            owner=self,
            done=lambda _: self._marked(row),
            failed=self._not_marked,
        )

    def merged(self, gone_id: str) -> None:
        """Take every pair off the list in which a record takes part that is used no more."""
        for number in reversed(range(len(self.rows))):
            row = self.rows[number]
            if gone_id in (row.one.patient_id, row.other.patient_id):
                self._drop(number)

    # --- inside -----------------------------------------------------------------------------

    def _look(self, progress: Progress) -> list[DoubleRow]:
        def told(percent: int) -> None:
            if not progress.cancelled:
                progress.report(percent)

        pairs = self.services.doubles.report(
            self.actor, progress=told, cancelled=lambda: progress.cancelled
        )
        today = self.services.clinic.locality().today
        return [_row(pair, today) for pair in pairs]

    def _took(self, rows: list[DoubleRow]) -> None:
        self.is_looking = False
        self.rows = rows
        self.found.emit()

    def _gave_up(self, error: AppError) -> None:
        self.is_looking = False
        self.failed.emit(error)
        self.found.emit()

    def _marked(self, row: DoubleRow) -> None:
        self._marking = False
        if row in self.rows:
            self._drop(self.rows.index(row))
        self.said.emit(translated(N_("Kept as two people. This pair is not shown again.")))

    def _not_marked(self, error: AppError) -> None:
        self._marking = False
        self.failed.emit(error)

    def _drop(self, number: int) -> None:
        del self.rows[number]
        self.removed.emit(number)


def _row(pair: Pair, today: date) -> DoubleRow:
    from intake_app.domain.matching_words import reasons_words

    return DoubleRow(
        one=patient_row(pair.one, today),
        other=patient_row(pair.other, today),
        certainty=translated(_CERTAINTY[pair.likeness.certainty]),
        reasons=reasons_words(pair.likeness.reasons),
    )
