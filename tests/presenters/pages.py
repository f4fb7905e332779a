"""A patient page over the services of a desk, without a window."""

from typing import cast

from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Actor
from intake_app.domain.wording_versions import WordingVersion
from intake_app.services.program import Program
from intake_app.ui.presenters.patient_page import PatientPagePresenter
from tests.fakes_ui import ImmediateTasks
from tests.services.desk import NURSE, Desk, shipped_questionnaire


def program(desk: Desk) -> Program:
    """Return the desk as windows see it."""
    desk.questionnaire = shipped_questionnaire()  # type: ignore[attr-defined]
    return cast("Program", desk)


def a_page(
    desk: Desk, visit_id: str, actor: Actor = NURSE, tasks: ImmediateTasks | None = None
) -> PatientPagePresenter:
    """Return the presenter of a visit's page, loaded."""
    page = PatientPagePresenter(program(desk), actor, visit_id, tasks or ImmediateTasks())
    page.load()
    return page


def approve(desk: Desk, kind: SheetKind = SheetKind.AFTERCARE) -> WordingVersion:
    """Let a physician approve a wording for another year."""
    return desk.approve(kind)
