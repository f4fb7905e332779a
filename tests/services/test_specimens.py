"""A paper of somebody who does not exist, to look at the wording."""

import pytest

from intake_app.domain.errors import CannotPrintError, NotFoundError
from intake_app.domain.sheets import SheetKind
from tests.services.desk import MANAGER, PHYSICIAN, Desk, a_desk


@pytest.mark.parametrize("kind", SheetKind)
def test_every_wording_can_be_looked_at_and_is_a_draft(desk: Desk, kind: SheetKind) -> None:
    drawn = desk.wordings.specimen(PHYSICIAN, kind)

    assert b"Ruth Specimen" in drawn.pdf
    assert b"specimen=True" in drawn.pdf


def test_a_specimen_is_a_draft_even_when_the_wording_is_approved(desk: Desk) -> None:
    desk.approve(SheetKind.DRIVER_CARD, desk.board.today().replace(year=2027))

    drawn = desk.wordings.specimen(PHYSICIAN, SheetKind.DRIVER_CARD)

    assert b"specimen=True" in drawn.pdf


def test_a_manager_who_prints_no_sheet_may_look_at_its_wording(desk: Desk) -> None:
    drawn = desk.wordings.specimen(MANAGER, SheetKind.AFTERCARE)

    assert b"Ruth Specimen" in drawn.pdf


def test_a_specimen_leaves_nobody_behind(desk: Desk) -> None:
    desk.wordings.specimen(PHYSICIAN, SheetKind.AFTERCARE)

    assert desk.work.kept.tables.get("patient", {}) == {}
    assert desk.work.kept.tables.get("sheet", {}) == {}


def test_without_a_clinic_phone_there_is_no_specimen_either() -> None:
    desk = a_desk(phone_day="", phone_night="")

    with pytest.raises(CannotPrintError):
        desk.wordings.specimen(PHYSICIAN, SheetKind.AFTERCARE)


def test_before_the_set_up_there_is_no_specimen() -> None:
    with pytest.raises(NotFoundError):
        Desk().wordings.specimen(PHYSICIAN, SheetKind.AFTERCARE)
