"""A visit of which everything that a sheet must have is recorded, and its sheet on paper."""

from dataclasses import replace

from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.sheets import SheetKind, StoredSheet
from tests.presenters.pages import approve
from tests.services.desk import NURSE, RECEPTION, Desk


def treated(desk: Desk, typed: str = "Doe, Jane 3/4/1951") -> str:
    """Return a visit in recovery at which T12 and L1 were treated; the wording is approved."""
    visit_id = desk.register(typed)
    case = desk.case(visit_id)
    desk.save(case.visit, {"planned_start": "8:00"})
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")
    for row in desk.visits.take_over_plan(NURSE, visit_id):
        desk.save(row, {"done": "BKP"})
    desk.save(
        case.procedure,
        {"started_at": "8:00", "ended_at": "9:30", "sedation": "moderate", "closure": "strips"},
    )
    desk.visits.stamp(NURSE, visit_id, "recovery_at")
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "no"})
    return visit_id


def approved(desk: Desk) -> str:
    """Return such a visit at a clinic whose wording a physician approved."""
    approve(desk)
    return treated(desk)


def printed(
    desk: Desk, visit_id: str, kind: SheetKind = SheetKind.AFTERCARE, **choices: object
) -> StoredSheet:
    """Print a paper of a visit as it is recorded now."""
    prepared = desk.sheets.prepare(NURSE, visit_id, kind, **choices)  # type: ignore[arg-type] # as named
    return desk.sheets.hand_out(
        NURSE, prepared, desk.sheets.draw(prepared), printer="Front desk", confirmed_by_eye=True
    )


def make_demonstration(desk: Desk) -> None:
    """Make the clinic of a desk the demonstration clinic."""
    with desk.work as work:
        clinic = work.records(Clinic).get(CLINIC_ID)
        work.records(Clinic).update(replace(clinic, demonstration=True))
        work.commit()
