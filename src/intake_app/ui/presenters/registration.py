"""A new patient before there is a record: typed, compared with everybody, kept, created once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.domain.errors import AppError, InvalidDraftError, StorageUnavailableError
from intake_app.domain.fields import Kind, field_of
from intake_app.domain.language import N_, translated
from intake_app.domain.patients import Patient
from intake_app.domain.validation import checks_of
from intake_app.services.new_patients import DRAFT, HalfTyped
from intake_app.services.patients import identity_from
from intake_app.ui.presenters.autosave import PAUSE_MS, RETRY_MS
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.presenters.patient_rows import PatientRow, patient_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.fields import FieldValue
    from intake_app.domain.licences import Licence
    from intake_app.domain.staff import Actor
    from intake_app.services.doubles import Candidate
    from intake_app.services.new_patients import CarriedOver
    from intake_app.services.program import Program
    from intake_app.ui.tasks import Tasks

T = TypeVar("T")
Typed = dict[str, "FieldValue"]

ASKED = ("family_name", "given_name", "birth_date", "sex", "mobile_phone")
"""What is asked of everybody."""
_ORDER = (
    *("family_name", "given_name", "middle_name", "birth_date", "sex"),
    *("address_line_1", "address_line_2", "city", "region", "postcode", "country"),
    "mobile_phone",
)
"""Everything a new patient may come with; what is not asked shows once it is filled."""


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody who may be the person typed, and why."""

    row: PatientRow
    why: str

    @property
    def sentence(self) -> str:
        """The whole row as a screen reader says it."""
        return f"{self.row.sentence}. {self.why}" if self.why else self.row.sentence


class RegistrationPresenter(QObject):
    """Holds one new patient from the first letter until there is a record, or somebody else's."""

    candidates_changed = Signal(object)
    """A tuple of ``CandidateRow`` for what is typed now."""
    others_changed = Signal(object)
    """A tuple of ``HalfTyped``: the new patients put aside."""
    created = Signal(str)
    """The id of the first visit of the new patient."""
    carried_over = Signal(str, str)
    """The id of a visit of the person who was there already, and what to look at."""
    nameless = Signal()
    """There is no family name yet."""
    thrown_away = Signal()
    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        services: Program,
        actor: Actor,
        tasks: Tasks,
        *,
        clinic: Clinic | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.actor = actor
        self._tasks = tasks
        self._locality = services.office.locality(clinic)
        self.patient_id = services.office.ids.new()
        self.model = FormModel(
            DRAFT,
            [field_of(Patient, key) for key in ASKED],
            locality=self._locality,
            checks=checks_of(Patient),
            may_type=actor.may_type,
        )
        self.model.setParent(self)
        self.model.load({})
        self.model.changed.connect(self._edited)
        self.candidates: tuple[CandidateRow, ...] = ()
        self.compared = False
        """Whether ``candidates`` answers what is typed now."""
        self._given: dict[str, str] = {}
        """What came from the search box or a licence: it is there still, not to be put aside."""
        self._kept: dict[str, str] = {}
        self._keeping = 0
        self._aside = False
        self._comparing = False
        self._stale = False
        self._finished = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._paused)

    # --- filling ----------------------------------------------------------------------------

    def start(self, typed: str = "", licence: Licence | None = None) -> None:
        """Begin with a search text, or with a licence; show who else is half typed."""
        if licence is not None:
            self._take({key: str(value) for key, value in licence.values.items()})
        else:
            self._take(identity_from(typed, self._locality))
        self._given = self.texts()
        self._look_for_others()

    def go_on(self, half: HalfTyped) -> None:
        """Go on with a new patient who was half typed."""
        self.keep()
        self.patient_id = half.patient_id
        self._given, self._kept = {}, {}
        self.model.load({})
        self._take(half.texts)
        self.keep()
        self._look_for_others()

    def fill(self, licence: Licence) -> None:
        """Fill in what a licence says; what was typed instead is told, so that nothing is lost."""
        before = self.texts()
        scanned = {key: str(value) for key, value in licence.values.items()}
        self._take(scanned)
        now = self.texts()
        other = [
            translated(N_("{label} “{text}”")).format(
                label=translated(field_of(Patient, key).label), text=before[key]
            )
            for key in scanned
            if before.get(key) and before[key].casefold() != now.get(key, "").casefold()
        ]
        if other:
            self.said.emit(
                translated(N_("Filled in from the licence. Typed before: {typed}.")).format(
                    typed=", ".join(other)
                )
            )

    def _take(self, values: Mapping[str, FieldValue]) -> None:
        filled = {key: value for key, value in values.items() if key in _ORDER and value}
        asked = {field.key for field in self.model.fields} | filled.keys()
        if asked != {field.key for field in self.model.fields}:
            self.model.set_fields([field_of(Patient, key) for key in _ORDER if key in asked])
        for key, value in filled.items():
            self.model.set_value(key, value)

    def texts(self) -> dict[str, str]:
        """Return what is typed, by field key; picked answers by their stored value."""
        found = {}
        for field in self.model.fields:
            picked = field.kind is Kind.CHOICE
            text = str(self.model.value(field.key) or "") if picked else self.model.text(field.key)
            if text.strip():
                found[field.key] = text
        return found

    # --- keeping ----------------------------------------------------------------------------

    def keep(self, *, is_open: bool = True) -> None:
        """Keep what is typed in the database, now."""
        self._timer.stop()
        if self._finished:
            return
        texts = self.texts()
        if not is_open and texts == self._given:
            texts = {}
        if texts == self._kept and (is_open or not texts):
            return
        half = HalfTyped(self.patient_id, texts, is_open)
        self._keeping += 1
        self._tasks.run(
            lambda: self._services.new_patients.keep(self.actor, half),
            owner=self,
            done=partial(self._was_kept, texts),
            failed=self._not_kept,
        )

    def put_aside(self) -> None:
        """Keep what is typed for another time; nothing typed is forgotten."""
        self._aside = True
        self.keep(is_open=False)

    @property
    def is_saved(self) -> bool:
        """Whether everything typed is in the database."""
        if self._finished:
            return True
        texts = self.texts()
        gone = self._aside and texts == self._given
        return not self._keeping and ({} if gone else texts) == self._kept

    def _was_kept(self, texts: dict[str, str], _: None) -> None:
        self._keeping -= 1
        self._kept = texts

    def _not_kept(self, error: AppError) -> None:
        self._keeping -= 1
        self.failed.emit(error)
        if isinstance(error, StorageUnavailableError):
            self._timer.start(RETRY_MS)

    def _edited(self, _: str) -> None:
        self._timer.start(PAUSE_MS)
        self._compare()

    def _paused(self) -> None:
        self.model.pause()
        self.keep()

    def _look_for_others(self) -> None:
        self._tasks.run(
            lambda: self._services.new_patients.half_typed(self.actor),
            owner=self,
            done=self._tell_others,
            failed=self.failed.emit,
        )

    def _tell_others(self, kept: tuple[HalfTyped, ...]) -> None:
        self.others_changed.emit(tuple(each for each in kept if each.patient_id != self.patient_id))

    # --- who may it be ----------------------------------------------------------------------

    def _compare(self) -> None:
        """Ask who may be meant; while one answer is on its way only the latest text waits."""
        self.compared = False
        if self._comparing:
            self._stale = True
            return
        self._comparing, self._stale = True, False
        texts = self.texts()
        self._tasks.run(
            lambda: self._alike(texts),
            owner=self,
            done=self._compared,
            failed=self._not_compared,
        )

    def _alike(self, texts: Mapping[str, str]) -> tuple[CandidateRow, ...]:
        doubles = self._services.doubles
        found = doubles.likely(self.actor, doubles.person_from(texts)) if texts else ()
        return tuple(candidate_row(each, self._locality.today) for each in found)

    def _compared(self, rows: tuple[CandidateRow, ...]) -> None:
        self._comparing = False
        if self._stale:
            self._compare()
            return
        self.compared = bool(self.texts())
        self.candidates = rows
        self.candidates_changed.emit(rows)

    def _not_compared(self, error: AppError) -> None:
        self._comparing = False
        self.failed.emit(error)

    # --- what becomes of it -----------------------------------------------------------------

    def create(self) -> None:
        """Create the patient; a second press meanwhile does nothing."""
        if self._finished:
            return
        for field in self.model.fields:
            self.model.leave(field.key)  # the last one may still have the keyboard
        self.model.reveal()
        if not self.model.value("family_name"):
            self.nameless.emit()
            return
        self._finish(
            lambda draft: self._services.new_patients.create(self.actor, self.patient_id, draft),
            self.created.emit,
        )

    def open_existing(self, patient_id: str) -> None:
        """Go on with somebody who is there already, taking over what was typed."""
        if self._finished:
            return
        self._finish(
            lambda draft: self._services.new_patients.carry_over(
                self.actor, self.patient_id, patient_id, draft=draft
            ),
            self._carried_over,
        )

    def throw_away(self) -> None:
        """Forget what was typed."""
        if self._finished:
            return
        self._finish(
            lambda _: self._services.new_patients.forget(self.actor, self.patient_id),
            lambda _: self.thrown_away.emit(),
        )

    def _finish(self, job: Callable[[Typed], T], done: Callable[[T], None]) -> None:
        self._timer.stop()
        self._finished = True
        draft: Typed = dict(self.texts())
        self._tasks.run(lambda: job(draft), owner=self, done=done, failed=self._refused)

    def _refused(self, error: AppError) -> None:
        self._finished = False
        if isinstance(error, InvalidDraftError):
            self.model.tell(error.problems)
            self.nameless.emit()
        else:
            self.failed.emit(error)

    def _carried_over(self, gone: CarriedOver) -> None:
        self.carried_over.emit(gone.visit_id, _carried_over_words(gone.differing))


def candidate_row(candidate: Candidate, today: date) -> CandidateRow:
    """Return somebody who may be meant, with the reasons in words."""
    from intake_app.domain.matching_words import reasons_words

    return CandidateRow(
        patient_row(candidate.found, today), reasons_words(candidate.likeness.reasons)
    )


def _carried_over_words(differing: tuple[str, ...]) -> str:
    if not differing:
        return translated(
            N_("This person was here already. Empty fields took over what you typed.")
        )
    labels = ", ".join(translated(field_of(Patient, key).label) for key in differing)
    return translated(
        N_(
            "This person was here already. The record says something else than you typed: "
            "{fields}. Nothing was overwritten; compare and choose."
        )
    ).format(fields=labels)
