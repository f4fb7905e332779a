"""The day's visits, one line each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed
from intake_app.domain.fractures import planned
from intake_app.domain.handing import HandOver
from intake_app.domain.print_sets import matters, unprinted
from intake_app.domain.sheets import SheetKind
from intake_app.domain.spine import UNKNOWN, write_levels
from intake_app.domain.staff import Action
from intake_app.domain.visits import VisitState
from intake_app.services.cases import Case, read_case
from intake_app.services.living import whole_trail
from intake_app.services.office import Office, clinic_of, require
from intake_app.services.visits import VisitService, estimate_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from intake_app.domain.estimate import Estimate
    from intake_app.domain.ports import UnitOfWork
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.domain.staff import Actor

_WITHOUT_STAMP = (VisitState.ARRIVED, VisitState.PREPARING)
"""States that no time of the procedure record begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One visit of the day."""

    visit_id: str
    patient_id: str
    name: str
    initials: str
    start: datetime | None
    levels: str
    n: int
    state: VisitState
    since: datetime | None
    """When the present state began, as far as it was stamped or noted."""
    started: datetime | None
    left: datetime | None
    estimate: Estimate | None
    open_flags: int
    driver: str
    driver_confirmed: bool
    open_questions: int = 0
    """Questions that reception asked and no nurse has answered."""
    unprinted: bool = False
    """A sheet was sent to a printer and is not known to have come out."""
    handed_over: datetime | None = None
    """When the sheet was handed over last."""


def levels_in_words(case: Case) -> str:
    """Return the planned levels as text, with unknown ones counted: "T12, L1 + 1 unknown"."""
    rows = planned(case.fractures)
    unknown = sum(row.level == UNKNOWN for row in rows)
    named = write_levels(row.level for row in rows)
    if not unknown:
        return named
    return f"{named} + {unknown} unknown" if named else f"{unknown} unknown"


def _moved_at(work: UnitOfWork, case: Case) -> datetime | None:
    """Return when the visit was moved to its present state, from the trail."""
    moves = (
        entry.at
        for entry in whole_trail(work, case.patient.id)
        if entry.deed is Deed.MOVED and entry.record_id == case.visit.id
    )
    return next(moves, None)


def _handed_at(work: UnitOfWork, case: Case) -> datetime | None:
    """Return when the sheet that was printed last was handed over; one it corrects is not it."""
    done = [row for row in work.records(HandOver).owned_by(case.visit.id) if row.handed_at]
    if not done:
        return None
    sheets = work.sheets_of(case.visit.id, SheetKind.AFTERCARE)
    same = {sheet.id for sheet in sheets if sheet.check_code == sheets[0].check_code}
    return max(
        (row.handed_at for row in done if row.handed_at and row.sheet_id in same), default=None
    )


def _waits_for_paper(work: UnitOfWork, visit_id: str) -> bool:
    """Return whether a paper of a visit was sent to a printer and is not known to be out."""
    jobs = work.prints_of(visit_id)
    if not unprinted(jobs):
        return False
    latest: dict[SheetKind, str] = {}
    for sheet in work.sheets_of(visit_id):
        latest.setdefault(sheet.kind, sheet.id)
    wanted = latest.values()
    return unprinted(job for job in jobs if matters(job, earlier=job.sheet_id not in wanted))


class BoardService:
    """What the Today page shows."""

    def __init__(self, office: Office, questionnaire: Questionnaire, visits: VisitService) -> None:
        self._office = office
        self._questionnaire = questionnaire
        self._visits = visits

    def today(self) -> date:
        """Return the clinic's day."""
        with self._office.look() as work:
            return self._office.locality(clinic_of(work)).today

    def lines(self, actor: Actor, day: date) -> tuple[BoardLine, ...]:
        """Return the visits of ``day`` by planned start."""
        require(actor, Action.VIEW_PATIENT)
        with self._office.look() as work:
            cases = [
                read_case(work, visit_id, self._questionnaire)
                for visit_id in work.visit_ids_on(day)
            ]
            noted = {
                case.visit.id: _moved_at(work, case)
                for case in cases
                if case.visit.state in _WITHOUT_STAMP
            }
            handed = {
                case.visit.id: _handed_at(work, case)
                for case in cases
                if case.visit.state is VisitState.READY  # handing over leads there
            }
            waiting = {case.visit.id for case in cases if _waits_for_paper(work, case.visit.id)}
        return tuple(
            replace(
                self._line(case, noted.get(case.visit.id), handed.get(case.visit.id)),
                unprinted=case.visit.id in waiting,
            )
            for case in cases
        )

    def _line(self, case: Case, noted: datetime | None, handed: datetime | None) -> BoardLine:
        stamps = {
            "procedure": case.procedure.started_at,
            "recovery": case.procedure.recovery_at,
            "ready": case.procedure.ready_at,
            "left": case.procedure.left_at,
        }
        return BoardLine(
            visit_id=case.visit.id,
            patient_id=case.patient.id,
            name=case.patient.list_name,
            initials=case.patient.initials,
            start=case.visit.planned_start,
            levels=levels_in_words(case),
            n=case.n,
            state=case.visit.state,
            since=stamps.get(case.visit.state.value, noted),
            started=case.procedure.started_at,
            left=case.procedure.left_at,
            estimate=estimate_of(case),
            open_flags=sum(shown.told is None for shown in self._visits.flags(case)),
            driver=case.driver.name,
            driver_confirmed=case.driver.confirmed_at is not None,
            open_questions=sum(question.is_open for question in case.questions),
            handed_over=handed,
        )
