"""Merging two records of one person: what is compared, what is picked, what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.errors import ConflictError
from intake_app.domain.language import N_, translated
from intake_app.domain.merging import Agreement, Side
from intake_app.ui.presenters.dates import day_words
from intake_app.ui.presenters.header_text import born_words
from intake_app.ui.presenters.value_words import NOTHING, value_words

if TYPE_CHECKING:
    from datetime import date

    from intake_app.domain.errors import AppError
    from intake_app.domain.merging import Held, Item, Merge
    from intake_app.domain.staff import Actor
    from intake_app.services.merging import Comparison, Half
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Tasks

_TELLING: dict[str, str] = {
    "patient.birth_date": N_("the date of birth"),
    "patient.sex": N_("the sex at birth"),
}
"""What two records of one person seldom differ in."""
_OTHER = {Side.STAYS: Side.JOINS, Side.JOINS: Side.STAYS}


@dataclass(frozen=True, slots=True)
class HalfText:
    """One of the two records in words."""

    name: str
    born: str
    record_number: str
    registered: str
    visits: str

    @property
    def sentence(self) -> str:
        """Everything in one line, for a screen reader."""
        parts = (self.name, self.born, self.record_number, self.registered, self.visits)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine:
    """One thing to choose, in words."""

    name: str
    label: str
    stays: str
    joins: str
    agreement: Agreement
    picked: Side
    newer: Side | None
    """Which of two differing values was entered last; ``None`` when nobody knows."""

    def text(self, side: Side) -> str:
        """Return what one of the records holds."""
        return self.stays if side is Side.STAYS else self.joins


@dataclass(frozen=True, slots=True)
class _Looked:
    seen: Comparison
    today: date
    zone: tzinfo


class MergePresenter(QObject):
    """Compares two records and merges them as picked, once."""

    compared = Signal()
    """Both records are here, or were read again."""
    picked = Signal(str)
    """Another side of one line counts."""
    merged = Signal(str)
    """The id of the patient who stays."""
    failed = Signal(object)

    def __init__(
        self, services: Program, actor: Actor, tasks: Tasks, *, one_id: str, other_id: str
    ) -> None:
        super().__init__()
        self._services = services
        self._actor = actor
        self._tasks = tasks
        self._ids = (one_id, other_id)
        self._looked: _Looked | None = None
        self._picks: dict[str, Side] = {}
        self._working = False
        self.merge_id = ""

    def load(self) -> None:
        """Compare the records; the one registered first is proposed to stay."""
        self._tasks.run(
            partial(self._look, older_first=True),
            owner=self,
            done=self._took,
            failed=self.failed.emit,
        )

    def swap(self) -> None:
        """Let the other record be the one that stays; what was picked stays picked."""
        if self._looked is None or self._working:
            return
        self._ids = (self._ids[1], self._ids[0])
        self._picks = {name: _OTHER[side] for name, side in self._picks.items()}
        self._tasks.run(self._look, owner=self, done=self._took, failed=self.failed.emit)

    def pick(self, name: str, side: Side) -> None:
        """Let one side of a line count."""
        if self._side(name) is not side:
            self._picks[name] = side
            self.picked.emit(name)

    def merge(self) -> None:
        """Merge as picked; a second press meanwhile, or afterwards, does nothing."""
        if self._looked is None or self._working:
            return
        self._working = True
        self._tasks.run(
            partial(
                self._services.merging.merge, self._actor, self._looked.seen, dict(self._picks)
            ),
            owner=self,
            done=self._merged,
            failed=self._not_merged,
        )

    # --- what is shown ----------------------------------------------------------------------

    @property
    def is_ready(self) -> bool:
        """Whether there is something to merge."""
        return self._looked is not None

    def half(self, side: Side) -> HalfText:
        """Return one of the records in words; only once they were compared."""
        looked = self._shown()
        half = looked.seen.stays if side is Side.STAYS else looked.seen.joins
        return _half_text(half, looked.today)

    def lines(self) -> tuple[MergeLine, ...]:
        """Return everything to choose; what differs comes first."""
        looked = self._shown()
        return tuple(
            MergeLine(
                name=item.name,
                label=translated(item.label),
                stays=_held_words(item, Side.STAYS, looked.zone),
                joins=_held_words(item, Side.JOINS, looked.zone),
                agreement=item.agreement,
                picked=self._picks.get(item.name, item.suggested),
                newer=_newer(item),
            )
            for item in looked.seen.items
        )

    def warning(self) -> str:
        """Return what speaks against one person; '' when nothing does."""
        differing = [
            translated(_TELLING[item.name])
            for item in self._shown().seen.items
            if item.agreement is Agreement.DIFFER and item.name in _TELLING
        ]
        if not differing:
            return ""
        template = N_("Is this one person? The records differ in {what}.")
        and_ = translated(N_(" and "))
        return translated(template).format(what=and_.join(differing))

    def summary(self) -> str:
        """Return what will happen."""
        seen = self._shown().seen
        template = N_(
            "All visits of {joins} come to {stays}, with what is chosen above. {joins} is kept: "
            "searching for it finds {stays}. In the history you can take them apart again."
        )
        return translated(template).format(
            joins=seen.joins.patient.record_number or translated(N_("the other record")),
            stays=seen.stays.patient.record_number or translated(N_("this record")),
        )

    # --- inside -----------------------------------------------------------------------------

    def _shown(self) -> _Looked:
        assert self._looked is not None
        return self._looked

    def _side(self, name: str) -> Side | None:
        if name in self._picks:
            return self._picks[name]
        items = self._shown().seen.items
        return next((item.suggested for item in items if item.name == name), None)

    def _look(self, *, older_first: bool = False) -> _Looked:
        merging = self._services.merging
        seen = merging.compare(self._actor, *self._ids)
        made = seen.stays.registered_at, seen.joins.registered_at
        if older_first and made[0] is not None and made[1] is not None and made[1] < made[0]:
            seen = merging.compare(self._actor, self._ids[1], self._ids[0])
        clinic = self._services.clinic.clinic()
        today = self._services.clinic.locality().today
        return _Looked(seen, today, clinic.zone if clinic else UTC)

    def _took(self, looked: _Looked) -> None:
        self._looked = looked
        self._ids = (looked.seen.stays.patient.id, looked.seen.joins.patient.id)
        self.compared.emit()

    def _merged(self, merge: Merge) -> None:
        self.merge_id = merge.id
        self.merged.emit(merge.patient_id)  # stays at work: there is nothing left to press for

    def _not_merged(self, error: AppError) -> None:
        self._working = False
        self.failed.emit(error)
        if isinstance(error, ConflictError):
            self._tasks.run(self._look, owner=self, done=self._took, failed=self.failed.emit)


def _half_text(half: Half, today: date) -> HalfText:
    patient = half.patient
    registered = ""
    if half.registered_at is not None:
        registered = translated(N_("registered {day}")).format(
            day=day_words(half.registered_at.date())
        )
    return HalfText(
        name=patient.list_name or translated(N_("No name yet")),
        born=born_words(patient, today),
        record_number=patient.record_number,
        registered=registered,
        visits=_visits_words(half),
    )


def _visits_words(half: Half) -> str:
    days = sorted(visit.day for visit in half.visits if visit.day)
    count = len(half.visits)
    if not count:
        return translated(N_("no visit"))
    said = translated(N_("1 visit") if count == 1 else N_("{count} visits")).format(count=count)
    return f"{said}: {', '.join(day_words(day) for day in days)}" if days else said


def _held_words(item: Item, side: Side, zone: tzinfo) -> str:
    said = [
        _one(held, value_words(field, held.value, zone))
        for field, held in zip(item.fields, item.held(side), strict=True)
        if held.filled
    ]
    return ", ".join(said) or NOTHING


def _one(held: Held, value: str) -> str:
    if not held.typed:
        return value
    return translated(N_("“{text}” (cannot be read)")).format(text=held.typed)


def _newer(item: Item) -> Side | None:
    latest = {
        side: max(
            (held.since for held in item.held(side) if held.since and held.filled), default=None
        )
        for side in Side
    }
    stays, joins = latest[Side.STAYS], latest[Side.JOINS]
    if item.agreement is not Agreement.DIFFER or stays is None or joins is None or stays == joins:
        return None
    return Side.JOINS if joins > stays else Side.STAYS
