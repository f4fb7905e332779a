"""Whose copy it is: the patient's is the sheet itself, the others say so in the margin."""

from hashlib import sha256

import pytest

from intake_app.domain.fields import FieldValue
from intake_app.domain.handing import CopyFor, SaidBack
from intake_app.domain.printing import PrintRequest
from intake_app.domain.sheets import SheetKind, StoredSheet
from tests.services.desk import NURSE, Desk
from tests.services.papers import approved, printed

DESK = PrintRequest(printer="Desk printer")


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return a visit in recovery whose sheet can be printed."""
    return approved(desk)


@pytest.fixture
def sheet(desk: Desk, visit_id: str) -> StoredSheet:
    """Return the sheet that was printed of it."""
    return printed(desk, visit_id)


def say(desk: Desk, visit_id: str) -> None:
    """Note that the danger signs were said back, by whom, and who gets the sheet."""
    draft = {"said_back": SaidBack.AGAIN, "listener": "patient", "note": "Forgot the number"}
    desk.handing_over.say_back(NURSE, visit_id, "danger_signs", draft=draft)
    given: dict[str, FieldValue] = {
        "to_patient": True,
        "to_carer": True,
        "carer_name": "John Doe",
        "language": "Spanish",
    }
    desk.handing_over.note(NURSE, visit_id, draft=given)


def sent(desk: Desk, sheet: StoredSheet, *copies: CopyFor) -> list[bytes]:
    """Print copies; return what the printer got."""
    desk.prints.send(NURSE, sheet, copies, request=DESK)
    return desk.spooler.printed


def test_the_patients_copy_is_the_sheet_byte_for_byte(desk: Desk, sheet: StoredSheet) -> None:
    assert sent(desk, sheet, CopyFor.PATIENT) == [sheet.pdf]


def test_the_very_bytes_come_again_long_after_the_record_changed(
    desk: Desk, visit_id: str, sheet: StoredSheet
) -> None:
    desk.save(desk.case(visit_id).procedure, {"closure": "glue"})
    printed(desk, visit_id)
    desk.clock.advance(days=400)

    (pdf,) = sent(desk, sheet, CopyFor.PATIENT)

    assert sha256(pdf).hexdigest() == sheet.sha256
    assert desk.sheets.sheets(NURSE, visit_id)[-1] == sheet


def test_the_carers_copy_says_whose_it_is(desk: Desk, sheet: StoredSheet) -> None:
    assert sent(desk, sheet, CopyFor.CARER) == [sheet.pdf + b"Copy for the carer"]


def test_the_clinics_copy_names_the_sheet_it_is_a_copy_of(desk: Desk, sheet: StoredSheet) -> None:
    mark = f"File copy of {sheet.check_code}".encode()

    assert sent(desk, sheet, CopyFor.FILE) == [sheet.pdf + mark]


def test_a_copy_printed_again_says_both_in_one_mark(desk: Desk, sheet: StoredSheet) -> None:
    wanted = desk.prints.take(NURSE, sheet.id, (CopyFor.CARER,), request=DESK, mark_copy=True)

    desk.prints.submit(wanted)

    (pdf,) = desk.spooler.printed
    assert pdf.decode().endswith("COPY 22 November 2026, 14:00 · Copy for the carer")


def test_behind_the_clinics_copy_stands_what_was_said_back(
    desk: Desk, visit_id: str, sheet: StoredSheet
) -> None:
    say(desk, visit_id)

    (pdf,) = sent(desk, sheet, CopyFor.FILE)

    text = pdf.removeprefix(sheet.pdf).decode()
    assert "('Danger signs', 'Needed repeating', 'Patient', 'Nora Hill, 2:00 pm; Forgot" in text
    assert "('What must wait', 'Not asked', '', '')" in text


def test_the_page_for_the_file_prints_alone(desk: Desk, visit_id: str, sheet: StoredSheet) -> None:
    say(desk, visit_id)
    desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=True)

    (pdf,) = sent(desk, sheet, CopyFor.FILE_PAGE)

    text = pdf.decode()
    assert not text.startswith(sheet.pdf.decode()[:200])
    assert f"File copy of {sheet.check_code}" in text
    assert "('Given to', 'the patient, the carer, John Doe')" in text
    assert "('Spoken in', 'Spanish')" in text
    assert "('Handed over', 'Nora Hill, November 22, 2026, 2:00 pm')" in text


def test_the_page_for_the_file_has_one_page_and_keeps_nothing_back(
    desk: Desk, visit_id: str, sheet: StoredSheet
) -> None:
    desk.spooler.refuses = None
    (job,) = desk.prints.take(NURSE, sheet.id, (CopyFor.FILE_PAGE,), request=DESK)

    assert job.job.pages == 1
    assert desk.prints.set_state(sheet.id).complete


def test_the_page_for_the_file_names_the_copies_that_came_out(
    desk: Desk, visit_id: str, sheet: StoredSheet
) -> None:
    sent(desk, sheet, CopyFor.PATIENT, CopyFor.CARER)
    desk.prints.follow(visit_id)

    facts = desk.handing_over.facts_of(sheet.id)

    assert facts.copies == (CopyFor.PATIENT, CopyFor.CARER)


def test_a_page_for_an_older_sheet_names_its_own_hand_over(
    desk: Desk, visit_id: str, sheet: StoredSheet
) -> None:
    say(desk, visit_id)
    first = desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=True)
    desk.save(desk.case(visit_id).procedure, {"closure": "glue"})
    printed(desk, visit_id)

    assert desk.handing_over.facts_of(sheet.id).handed == first


def test_with_a_letter_nothing_that_was_said_back_is_filed(desk: Desk, visit_id: str) -> None:
    desk.save(desk.case(visit_id).patient, {"referrer_name": "Dr. Paul Ives"})
    say(desk, visit_id)
    letter = printed(desk, visit_id, kind=SheetKind.DISCHARGE_LETTER)

    (pdf,) = sent(desk, letter, CopyFor.FILE)

    assert pdf == letter.pdf + f"File copy of {letter.check_code}".encode()
