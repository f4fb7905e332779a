"""A corrected sheet names the one it replaces; the old one stays as it was."""

from dataclasses import replace

import pytest

from intake_app.domain.clinic import CLINIC_ID, Clinic
from intake_app.domain.handing import CopyFor, PrintJob, PrintState
from intake_app.domain.sheets import PrintSize, SheetKind
from intake_app.services.sheets import Prepared
from tests.builders import NOW
from tests.services.desk import NURSE, Desk
from tests.services.papers import approved, printed, treated


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return a visit in recovery whose sheet can be printed."""
    return approved(desk)


def correct(desk: Desk, visit_id: str, closure: str = "glue") -> None:
    """Correct how the skin was closed."""
    desk.save(desk.case(visit_id).procedure, {"closure": closure})


def prepared(desk: Desk, visit_id: str, size: PrintSize | None = None) -> Prepared:
    return desk.sheets.prepare(NURSE, visit_id, SheetKind.AFTERCARE, size=size)


def notice(paper: Prepared) -> str:
    assert paper.sheet is not None
    return paper.sheet.notice


def test_the_first_sheet_replaces_nothing(desk: Desk, visit_id: str) -> None:
    sheet = printed(desk, visit_id)

    assert sheet.replaces == ""
    assert notice(prepared(desk, visit_id)) == ""


def test_a_corrected_sheet_says_which_one_to_throw_away(desk: Desk, visit_id: str) -> None:
    first = printed(desk, visit_id)

    correct(desk, visit_id)

    paper = prepared(desk, visit_id)
    assert paper.replaces == first.id
    assert notice(paper) == (
        "This sheet replaces the one of November 22, 2026, 2:00 pm "
        f"({first.check_code}). Throw the old one away."
    )


def test_the_old_sheet_stays_byte_for_byte(desk: Desk, visit_id: str) -> None:
    first = printed(desk, visit_id)
    correct(desk, visit_id)

    second = printed(desk, visit_id)

    assert desk.sheets.sheets(NURSE, visit_id) == (second, first)
    assert second.replaces == first.id


def test_the_same_facts_printed_again_replace_nothing_and_have_the_same_code(
    desk: Desk, visit_id: str
) -> None:
    first = printed(desk, visit_id)
    desk.clock.advance(hours=1)

    again = printed(desk, visit_id)

    assert (again.replaces, again.check_code) == ("", first.check_code)


def test_a_corrected_sheet_printed_again_is_the_same_sheet(desk: Desk, visit_id: str) -> None:
    first = printed(desk, visit_id)
    correct(desk, visit_id)
    second = printed(desk, visit_id)

    again = printed(desk, visit_id)

    assert (again.replaces, again.sha256) == (first.id, second.sha256)


def test_a_change_that_no_sheet_says_corrects_nothing(desk: Desk, visit_id: str) -> None:
    first = printed(desk, visit_id)
    with desk.work as work:
        clinic = work.records(Clinic).get(CLINIC_ID)
        work.records(Clinic).update(replace(clinic, preparation_minutes=75))
        work.commit()

    again = printed(desk, visit_id)

    assert (again.replaces, again.check_code) == ("", first.check_code)


def test_a_larger_print_of_the_same_facts_is_no_correction(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)

    assert notice(prepared(desk, visit_id, PrintSize.LARGE)) == ""


def test_each_correction_names_the_one_before(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    correct(desk, visit_id)
    second = printed(desk, visit_id)

    correct(desk, visit_id, "stitches")

    assert prepared(desk, visit_id).replaces == second.id


def test_a_sheet_that_never_came_out_is_not_named(desk: Desk, visit_id: str) -> None:
    lost = printed(desk, visit_id)
    with desk.work as work:
        work.records(PrintJob).add(
            PrintJob(
                id="job",
                sheet_id=lost.id,
                copy_for=CopyFor.PATIENT,
                printer="Front desk",
                pages=2,
                state=PrintState.CANCELLED,
                sent_at=NOW,
                sent_by="Nora Hill",
                seen_at=NOW,
            )
        )
        work.commit()

    correct(desk, visit_id)

    assert notice(prepared(desk, visit_id)) == ""


def test_a_draft_that_nobody_got_is_not_named(desk: Desk) -> None:
    desk_visit = treated(desk)
    draft = printed(desk, desk_visit)

    correct(desk, desk_visit)

    assert draft.specimen
    assert notice(prepared(desk, desk_visit)) == ""
