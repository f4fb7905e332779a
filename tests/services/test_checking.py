"""A sheet of paper is compared with what was printed: which one it is, and what became of it."""

from dataclasses import replace

import pytest

from intake_app.domain.fields import FieldValue
from intake_app.domain.handing import HandOver
from intake_app.domain.sheets import StoredSheet
from intake_app.services.checking import unchanged
from tests.builders import NOW
from tests.services.desk import NURSE, Desk
from tests.services.papers import approved, printed, treated

MOMENT = "22 November 2026, 14:00"
BEGUN = f"This is the aftercare sheet of {MOMENT}, 2 pages, unchanged."
NOT_HANDED = "It is not recorded as handed over."


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return a visit in recovery whose sheet can be printed."""
    return approved(desk)


def correct(desk: Desk, visit_id: str, closure: str = "glue") -> StoredSheet:
    """Correct how the skin was closed, a quarter of an hour later, and print again."""
    desk.clock.advance(minutes=15)
    desk.save(desk.case(visit_id).procedure, {"closure": closure})
    return printed(desk, visit_id)


def tampered(desk: Desk, stored: StoredSheet, **changes: object) -> StoredSheet:
    """Return the sheet after somebody changed what is stored."""
    with desk.work as work:
        changed = work.records(StoredSheet).update(replace(stored, **changes))  # type: ignore[arg-type] # as named
        work.commit()
    return changed


@pytest.mark.parametrize("frame", ["{}", " {} ", "SI:{}", "si:{}"])
def test_a_code_finds_its_sheet_typed_or_scanned(desk: Desk, visit_id: str, frame: str) -> None:
    stored = printed(desk, visit_id)

    found = desk.checking.check(frame.format(stored.check_code.lower()))

    assert found is not None
    assert found.sheet == stored
    assert found.unchanged


def test_a_sheet_says_which_one_it_is(desk: Desk, visit_id: str) -> None:
    stored = printed(desk, visit_id)

    assert desk.checking.in_words(stored.check_code) == f"{BEGUN} {NOT_HANDED}"


def test_a_code_of_another_clinic_is_not_from_here(desk: Desk) -> None:
    said = desk.checking.in_words("7K3M-Q2XD")

    assert said == "Not from this database: no sheet with this code is in it."
    assert desk.checking.check("7K3M-Q2XD") is None


@pytest.mark.parametrize("typed", ["hello", "7K3M", "7K3M-Q2XDD"])
def test_what_is_no_code_is_said_to_be_none(desk: Desk, typed: str) -> None:
    said = desk.checking.in_words(typed)

    assert said.startswith("This is no check code.")


def test_a_sheet_of_one_page_is_said_as_such(desk: Desk, visit_id: str) -> None:
    stored = tampered(desk, printed(desk, visit_id), pages=1)

    assert ", 1 page, unchanged." in desk.checking.in_words(stored.check_code)


def test_a_sheet_whose_bytes_changed_is_not_to_be_used(desk: Desk, visit_id: str) -> None:
    changed = tampered(desk, printed(desk, visit_id), pdf=b"other")

    said = desk.checking.in_words(changed.check_code)

    assert "CHANGED" in said
    assert "unchanged" not in said
    assert not unchanged(changed)


def test_a_replaced_sheet_names_the_valid_one(desk: Desk, visit_id: str) -> None:
    first = printed(desk, visit_id)
    correct(desk, visit_id)
    last = correct(desk, visit_id, "stitches")

    said = desk.checking.in_words(first.check_code)

    moment = "22 November 2026, 14:30"
    assert f"It was REPLACED by the sheet of {moment} ({last.check_code}). Use that one." in said


def test_a_corrected_sheet_names_the_one_it_replaced(desk: Desk, visit_id: str) -> None:
    first = printed(desk, visit_id)
    second = correct(desk, visit_id)

    said = desk.checking.in_words(second.check_code)

    assert f"It replaced the sheet of {MOMENT} ({first.check_code})." in said
    assert "REPLACED" not in said


def test_a_sheet_that_was_handed_over_says_to_whom_and_names_nobody(
    desk: Desk, visit_id: str
) -> None:
    stored = printed(desk, visit_id)
    given: dict[str, FieldValue] = {"to_patient": True, "to_carer": True, "carer_name": "John Doe"}
    desk.handing_over.note(NURSE, visit_id, draft=given)
    desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=True)

    said = desk.checking.in_words(stored.check_code)

    assert said == f"{BEGUN} Handed over {MOMENT} to the patient and the carer."


def test_a_sheet_printed_twice_is_handed_over_once(desk: Desk, visit_id: str) -> None:
    stored = printed(desk, visit_id)
    with desk.work as work:
        work.records(HandOver).add(
            HandOver(
                id="handed",
                visit_id=visit_id,
                sheet_id=stored.id,
                to_carer=True,
                handed_at=NOW,
                handed_by="Nora Hill",
            )
        )
        work.commit()
    printed(desk, visit_id)

    said = desk.checking.in_words(stored.check_code)

    assert f"Handed over {MOMENT} to the carer." in said
    assert desk.handing_over.look(NURSE, visit_id).is_done


def test_a_draft_says_so(desk: Desk) -> None:
    stored = printed(desk, treated(desk))

    assert "It is a DRAFT" in desk.checking.in_words(stored.check_code)
