"""The papers: composed from what is recorded, handed out once, found and copied for ever."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import (
    CannotPrintError,
    IdentityNotConfirmedError,
    NotAllowedError,
)
from intake_app.domain.sheets import PrintSize, SheetKind, StoredSheet
from intake_app.services.sheets import TO_FILE, Prepared
from tests.services.desk import NURSE, RECEPTION, Desk, a_desk

REVIEW_BY = date(2027, 11, 22)


def ready(desk: Desk) -> str:
    """Return a visit of which everything that a sheet must have is recorded."""
    visit_id = desk.register()
    case = desk.case(visit_id)
    desk.save(case.patient, {"referrer_name": "Dr. Ives"})
    desk.save(case.visit, {"planned_start": "8:00", "operator": "Dr. Park"})
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")
    for row in desk.visits.take_over_plan(NURSE, visit_id):
        desk.save(row, {"done": "BKP"})
    desk.save(
        case.procedure,
        {"started_at": "8:00", "ended_at": "9:30", "sedation": "moderate", "closure": "strips"},
    )
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "no"})
    return visit_id


@pytest.fixture
def prepared(desk: Desk) -> Prepared:
    """Return an aftercare sheet that is ready to be drawn."""
    return desk.sheets.prepare(NURSE, ready(desk), SheetKind.AFTERCARE)


def hand_out(desk: Desk, prepared: Prepared) -> StoredSheet:
    return desk.sheets.hand_out(
        NURSE, prepared, desk.sheets.draw(prepared), printer="Front desk", confirmed_by_eye=True
    )


def test_a_paper_is_composed_from_what_is_recorded(prepared: Prepared) -> None:
    assert prepared.composition.blocking == ()
    assert (prepared.patient_name, prepared.birth_date) == ("Jane Doe", "4 March 1951")
    assert prepared.sheet is not None
    assert prepared.sheet.patient_name == "Jane Doe"


def test_a_paper_that_lacks_what_it_must_have_is_not_drawn(desk: Desk, visit_id: str) -> None:
    prepared = desk.sheets.prepare(NURSE, visit_id, SheetKind.AFTERCARE)

    with pytest.raises(CannotPrintError) as caught:
        desk.sheets.draw(prepared)

    assert [problem.code for problem in caught.value.reasons] == ["no_treated_level"]


@pytest.mark.parametrize(
    ("blank", "reason"),
    [("phone_day", "no_phone_day"), ("emergency_number", "no_emergency_number")],
)
def test_without_the_clinics_numbers_there_is_no_print(blank: str, reason: str) -> None:
    desk = a_desk(**{blank: ""})

    prepared = desk.sheets.prepare(NURSE, ready(desk), SheetKind.AFTERCARE)

    assert prepared.sheet is None
    assert reason in [problem.code for problem in prepared.composition.blocking]


@pytest.mark.parametrize("kind", SheetKind)
def test_each_paper_of_a_visit_can_be_drawn(desk: Desk, kind: SheetKind) -> None:
    prepared = desk.sheets.prepare(NURSE, ready(desk), kind)

    assert prepared.sheet is not None
    assert prepared.sheet.kind is kind
    assert desk.sheets.draw(prepared).pages == 2


def test_equal_records_give_equal_bytes(desk: Desk) -> None:
    visit_id = ready(desk)

    first, second = (
        desk.sheets.draw(desk.sheets.prepare(NURSE, visit_id, SheetKind.AFTERCARE)).pdf
        for _ in range(2)
    )

    assert first == second


@pytest.mark.parametrize(
    ("needs", "size"), [("", PrintSize.NORMAL), ("large print, read aloud", PrintSize.LARGE)]
)
def test_the_print_is_as_large_as_the_patient_needs(
    desk: Desk, visit_id: str, needs: str, size: PrintSize
) -> None:
    desk.save(desk.case(visit_id).patient, {"reading_needs": needs})

    assert desk.sheets.prepare(NURSE, visit_id, SheetKind.AFTERCARE).size is size


def test_the_size_can_be_chosen(desk: Desk, visit_id: str) -> None:
    prepared = desk.sheets.prepare(NURSE, visit_id, SheetKind.AFTERCARE, size=PrintSize.LARGE)

    assert prepared.size is PrintSize.LARGE


def test_a_patient_without_a_birth_date_has_none_to_show(desk: Desk) -> None:
    prepared = desk.sheets.prepare(NURSE, desk.register("Sukarno"), SheetKind.AFTERCARE)

    assert (prepared.birth_date, prepared.sheet) == ("", None)


# --- approval -------------------------------------------------------------------------------


def test_wording_that_nobody_approved_is_a_specimen(prepared: Prepared) -> None:
    assert prepared.sheet is not None
    assert (prepared.specimen, prepared.sheet.specimen) == (True, True)


def test_wording_that_a_physician_approved_is_final(desk: Desk) -> None:
    desk.approve(SheetKind.AFTERCARE, REVIEW_BY)

    prepared = desk.sheets.prepare(NURSE, ready(desk), SheetKind.AFTERCARE)

    assert prepared.sheet is not None
    assert (prepared.specimen, prepared.sheet.specimen) == (False, False)


def test_an_approval_that_has_run_out_makes_a_specimen_again(desk: Desk) -> None:
    desk.approve(SheetKind.AFTERCARE, REVIEW_BY)
    visit_id = ready(desk)
    desk.clock.advance(days=366)

    assert desk.sheets.prepare(NURSE, visit_id, SheetKind.AFTERCARE).specimen


# --- handing out ----------------------------------------------------------------------------


def test_what_was_handed_out_is_kept_as_it_was(desk: Desk, prepared: Prepared) -> None:
    drawn = desk.sheets.draw(prepared)

    stored = desk.sheets.hand_out(NURSE, prepared, drawn, printer=TO_FILE, confirmed_by_eye=True)

    assert (stored.pdf, stored.sha256, stored.pages) == (
        drawn.pdf,
        sha256(drawn.pdf).hexdigest(),
        drawn.pages,
    )
    assert (stored.made_by, stored.made_at, stored.printer) == (
        "Nora Hill",
        desk.clock.now(),
        "file",
    )
    assert (stored.inputs, stored.wording_version) == (prepared.inputs, prepared.wording_version)
    assert desk.sheets.sheets(NURSE, prepared.visit_id) == (stored,)


def test_handing_out_is_part_of_the_history(desk: Desk, prepared: Prepared) -> None:
    stored = hand_out(desk, prepared)

    latest = desk.patients.history(NURSE, desk.case(prepared.visit_id).patient.id)[0]
    assert (latest.deed, latest.record_id, latest.actor_id) == (
        Deed.PRINTED,
        stored.id,
        NURSE.id,
    )


def test_without_looking_at_the_name_nothing_is_handed_out(desk: Desk, prepared: Prepared) -> None:
    drawn = desk.sheets.draw(prepared)

    with pytest.raises(IdentityNotConfirmedError):
        desk.sheets.hand_out(NURSE, prepared, drawn, printer=TO_FILE, confirmed_by_eye=False)

    assert desk.sheets.sheets(NURSE, prepared.visit_id) == ()


def test_reception_does_not_hand_out_an_aftercare_sheet(desk: Desk, prepared: Prepared) -> None:
    drawn = desk.sheets.draw(prepared)

    with pytest.raises(NotAllowedError):
        desk.sheets.hand_out(RECEPTION, prepared, drawn, printer=TO_FILE, confirmed_by_eye=True)


@pytest.mark.parametrize("kind", [SheetKind.WHAT_TO_EXPECT, SheetKind.DRIVER_CARD])
def test_reception_hands_out_the_papers_for_before(desk: Desk, kind: SheetKind) -> None:
    prepared = desk.sheets.prepare(RECEPTION, ready(desk), kind)
    drawn = desk.sheets.draw(prepared)

    stored = desk.sheets.hand_out(
        RECEPTION, prepared, drawn, printer=TO_FILE, confirmed_by_eye=True
    )

    assert stored.kind is kind


def test_what_could_not_be_printed_cannot_be_handed_out(desk: Desk, prepared: Prepared) -> None:
    drawn = desk.sheets.draw(prepared)

    with pytest.raises(CannotPrintError):
        desk.sheets.hand_out(
            NURSE, replace(prepared, sheet=None), drawn, printer=TO_FILE, confirmed_by_eye=True
        )


def test_the_latest_sheet_stands_first(desk: Desk, prepared: Prepared) -> None:
    first, second = hand_out(desk, prepared), hand_out(desk, prepared)

    assert desk.sheets.sheets(NURSE, prepared.visit_id) == (second, first)


def test_characters_no_font_has_are_named(desk: Desk) -> None:
    assert desk.sheets.missing_characters("snow ☃") == ("☃",)
