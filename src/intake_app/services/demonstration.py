"""The demonstration clinic: twelve made-up patients carried through a day by the real services."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from intake_app.domain.errors import InvalidDraftError
from intake_app.domain.estimate import hours
from intake_app.domain.fields import Record, field_of
from intake_app.domain.fractures import Fracture
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainFunction, PainMedicine
from intake_app.domain.patients import EmergencyContact, Insurance, Patient
from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Actor, Role
from intake_app.domain.visits import COURSE, ResponsibleAdult, Visit, VisitState
from intake_app.services.sheets import TO_FILE
from intake_app.services.visits import estimate_of

if TYPE_CHECKING:
    from intake_app.services.cases import Case
    from intake_app.services.clinic import ClinicService
    from intake_app.services.forms import FormService
    from intake_app.services.fractures import FractureService
    from intake_app.services.patients import PatientService
    from intake_app.services.safety import SafetyService
    from intake_app.services.sheets import SheetService
    from intake_app.services.visits import VisitService
    from intake_app.services.wordings import WordingService

Typed = Mapping[str, str]
_REVIEW_AFTER = timedelta(days=365)
_CHILDREN = 7
"""Passes over the safety answers: an answer may open further questions."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the demonstration did, and the paper that came of it."""

    sentence: str
    file_name: str = ""
    content: bytes = b""


class DemonstrationService:
    """Make the demonstration clinic, by the same use cases that the windows call."""

    def __init__(  # noqa: PLR0913 - one argument for each use case it plays
        self,
        clinic: ClinicService,
        forms: FormService,
        patients: PatientService,
        *,
        visits: VisitService,
        fractures: FractureService,
        safety: SafetyService,
        sheets: SheetService,
        wordings: WordingService,
        script: Callable[[], str],
    ) -> None:
        self._clinic = clinic
        self._forms = forms
        self._patients = patients
        self._visits = visits
        self._fractures = fractures
        self._safety = safety
        self._sheets = sheets
        self._wordings = wordings
        self._script = script

    def create(self, report: Callable[[int], None] = lambda _: None) -> Actor:
        """Set up the clinic with its patients at all stages of a day; return who I am there.

        ``report`` is told the progress in per cent.
        """
        script = tomllib.loads(self._script())
        actor = self._set_up(script)
        people = script["patient"]
        for number, person in enumerate(people, start=1):
            self._play(actor, person, VisitState(person["stage"]))
            report(100 * number // len(people))
        return actor

    def run(self) -> Iterator[Step]:
        """Carry every patient through the whole main job; yield each step with its paper."""
        script = tomllib.loads(self._script())
        actor = self._set_up(script)
        yield Step(f"Set up {script['clinic']['name']}.")
        for number, person in enumerate(script["patient"], start=1):
            case = self._play(actor, person, VisitState.READY)
            found = estimate_of(case)
            assert found is not None
            yield Step(
                f"Patient {number:02}: {case.n} planned, "
                f"{hours(found.stay_min)} to {hours(found.stay_max)} from the start."
            )
            for kind, name in (
                (SheetKind.WHAT_TO_EXPECT, "what-to-expect"),
                (SheetKind.DRIVER_CARD, "driver-card"),
                (SheetKind.AFTERCARE, "aftercare"),
            ):
                yield self._paper(actor, case.visit.id, kind, f"{name}-{number:02}.pdf")
            self._visits.set_state(actor, case.visit.id, VisitState.LEFT)
        yield Step("Every patient has gone home with a sheet.")

    def _paper(self, actor: Actor, visit_id: str, kind: SheetKind, file_name: str) -> Step:
        prepared = self._sheets.prepare(actor, visit_id, kind)
        drawn = self._sheets.draw(prepared)
        stored = self._sheets.hand_out(
            actor, prepared, drawn, printer=TO_FILE, confirmed_by_eye=True
        )
        pages = "1 page" if drawn.pages == 1 else f"{drawn.pages} pages"
        return Step(
            f"  {file_name}: {pages}, check code {stored.check_code}.", file_name, drawn.pdf
        )

    def _set_up(self, script: Mapping[str, object]) -> Actor:
        people = [
            (str(person["name"]), frozenset(Role(role) for role in person["roles"]))
            for person in cast("Sequence[Mapping[str, Sequence[str]]]", script["staff"])
        ]
        _, staff = self._clinic.set_up(cast("Typed", script["clinic"]), people, demonstration=True)
        physician = next(person for person in staff if Role.PHYSICIAN in person.roles)
        review_by = self._clinic.locality().today + _REVIEW_AFTER
        for kind in SheetKind:
            self._wordings.approve_for_demonstration(Actor.of(physician), kind, review_by=review_by)
        return Actor.of(staff[0])

    def _play(self, actor: Actor, person: Mapping[str, object], stage: VisitState) -> Case:
        """Do everything that has been done for this patient by ``stage``."""
        visit_id = self._patients.register(actor, str(person["find"]))
        case = self._patients.case(actor, visit_id)
        self._fill(actor, Patient, case.patient.id, typed=_texts(person, "patient"))
        self._fill(
            actor, EmergencyContact, case.contact.id, typed=_texts(person, "emergency_contact")
        )
        self._fill(actor, Insurance, case.insurance.id, typed=_texts(person, "insurance"))
        self._fill(actor, Visit, visit_id, typed=_texts(person, "visit"))
        self._fill(actor, ResponsibleAdult, case.driver.id, typed=_texts(person, "driver"))
        self._fractures.set_levels(actor, visit_id, str(person["levels"]))
        rows = {row.level.value: row.id for row in self._patients.case(actor, visit_id).fractures}
        for fracture in _rows(person, "fractures"):
            values = {key: text for key, text in fracture.items() if key != "level"}
            self._fill(actor, Fracture, rows[fracture["level"]], typed=values)
        self._fill(actor, Imaging, case.imaging.id, typed=_texts(person, "imaging"))
        if _reached(stage, VisitState.ARRIVED):
            self._visits.check_identity(actor, visit_id)
        if _reached(stage, VisitState.PREPARING):
            self._prepare(actor, person, case)
        if stage is VisitState.PROCEDURE:
            started = {k: v for k, v in _texts(person, "procedure").items() if k == "started_at"}
            self._fill(actor, ProcedureRecord, case.procedure.id, typed=started)
        if _reached(stage, VisitState.RECOVERY):
            self._record(actor, person, case)
        if stage is VisitState.LEFT:
            self._paper(actor, visit_id, SheetKind.AFTERCARE, "")
        self._visits.set_state(actor, visit_id, stage)
        return self._patients.case(actor, visit_id)

    def _prepare(self, actor: Actor, person: Mapping[str, object], case: Case) -> None:
        self._fill(actor, PainFunction, case.pain.id, typed=_texts(person, "pain"))
        for medicine in _rows(person, "pain_medicines"):
            self._forms.add_row(actor, PainMedicine, case.visit.id, medicine)
        answers = dict(_texts(person, "safety"))
        for group in {path.split(".")[0] for path in answers if "." in path}:
            opener = {k: v for k, v in answers.items() if "." not in k}
            self._answer(actor, case.visit.id, opener)
            if not self._safety.open(actor, case.visit.id)[0].rows(group):
                self._safety.add_row(actor, case.visit.id, group)
        for _ in range(_CHILDREN):
            self._answer(actor, case.visit.id, answers)
        self._fractures.confirm(actor, case.visit.id)

    def _answer(self, actor: Actor, visit_id: str, answers: Typed) -> None:
        _, problems = self._safety.save(actor, visit_id, answers)
        if errors := [problem for problem in problems if not problem.warning]:
            raise InvalidDraftError(errors)

    def _record(self, actor: Actor, person: Mapping[str, object], case: Case) -> None:
        rows = {
            row.level.value: row.id for row in self._visits.take_over_plan(actor, case.visit.id)
        }
        for treated in _rows(person, "treated"):
            values = {key: text for key, text in treated.items() if key != "level"}
            self._fill(actor, TreatedLevel, rows[treated["level"]], typed=values)
        for medicine in _rows(person, "new_medicines"):
            self._forms.add_row(actor, NewMedicine, case.visit.id, medicine)
        self._fill(actor, ProcedureRecord, case.procedure.id, typed=_texts(person, "procedure"))

    def _fill(
        self, actor: Actor, record_type: type[Record], record_id: str, *, typed: Typed
    ) -> None:
        if not typed:
            return
        for key in typed:
            field_of(record_type, key)
        saved = self._forms.save(actor, record_type, record_id, draft=dict(typed))
        if errors := [problem for problem in saved.problems if not problem.warning]:
            raise InvalidDraftError(errors)


def _texts(person: Mapping[str, object], key: str) -> Typed:
    return cast("Typed", person.get(key, {}))


def _rows(person: Mapping[str, object], key: str) -> Sequence[Typed]:
    return cast("Sequence[Typed]", person.get(key, ()))


def _reached(stage: VisitState, state: VisitState) -> bool:
    return COURSE.index(stage) >= COURSE.index(state)
