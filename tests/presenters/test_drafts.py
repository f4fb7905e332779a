"""What the page says of drafts, and what undoing does to what is on the screen."""

from datetime import date

import pytest

from intake_app.domain.pain import PainFunction, PainMedicine
from intake_app.domain.patients import EmergencyContact, Patient
from intake_app.domain.staff import Actor
from intake_app.ui.presenters.disputes import Settle
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.presenters.patient_page import PatientPagePresenter
from intake_app.ui.presenters.safety import SafetyPresenter
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import a_page
from tests.services.desk import NURSE, RECEPTION, Desk
from tests.services.test_drafts import add_staff, mine

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return the visit of Jane Doe; nurse and reception are on the list of staff."""
    for actor in (NURSE, RECEPTION):
        add_staff(desk, actor)
    return desk.register()


def page_of(desk: Desk, visit_id: str, actor: Actor = RECEPTION) -> PatientPagePresenter:
    """Return the page as somebody opens it, identity in view."""
    page = a_page(desk, visit_id, actor)
    page.form(Patient)
    return page


def typed(page: PatientPagePresenter, key: str, text: str) -> FormModel:
    """Type into a field of the identity and let it be saved."""
    model = page.form(Patient)
    model.edit(key, text)
    model.leave(key)
    page.flush()
    return model


def test_nothing_typed_needs_no_word(desk: Desk, visit_id: str) -> None:
    assert page_of(desk, visit_id).drafts.text().is_empty


def test_what_is_typed_now_is_said_and_can_be_undone(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)

    typed(page, "city", "Ames")

    text = page.drafts.text()
    assert text.mine == "Changed since 14:00: City."
    assert (text.can_undo, text.can_keep) == (True, False)


def test_what_was_not_finished_is_said_when_the_page_opens_again(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    typed(page, "city", "Ames")
    typed(page, "birth_date", "31/2")
    desk.clock.advance(minutes=5)

    again = page_of(desk, visit_id)

    text = again.drafts.text()
    assert text.mine == "Not finished since 14:00: City, Date of birth."
    assert (text.can_undo, text.can_keep) == (True, True)
    assert again.form(Patient).text("birth_date") == "31/2"


def test_many_fields_are_counted(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)

    for key in ("city", "region", "postcode", "country", "gender", "pronouns"):
        typed(page, key, "x")

    assert page.drafts.text().mine.endswith("Country and 2 more.")


def test_a_page_that_was_left_is_finished(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    typed(page, "city", "Ames")

    page.drafts.close()

    assert page_of(desk, visit_id).drafts.text().is_empty
    assert page.drafts.text().is_empty


def test_leaving_saves_what_was_typed_last(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    page.form(Patient).edit("city", "Ames")

    page.drafts.close()

    assert desk.case(visit_id).patient.city == "Ames"
    assert mine(desk, visit_id) == ()


def test_keeping_ends_what_was_not_finished(desk: Desk, visit_id: str) -> None:
    typed(page_of(desk, visit_id), "city", "Ames")
    again = page_of(desk, visit_id)

    again.drafts.keep()

    assert again.drafts.text().is_empty
    assert desk.case(visit_id).patient.city == "Ames"


def test_undoing_shows_every_form_as_it_was(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    typed(page, "given_name", "Ann")
    typed(page, "birth_date", "31/2")
    page.form(EmergencyContact).edit("name", "John")

    page.drafts.undo()

    identity = page.form(Patient)
    assert (identity.text("given_name"), identity.text("birth_date")) == ("Jane", "4 March 1951")
    assert identity.problem("birth_date") is None
    assert page.form(EmergencyContact).text("name") == ""
    assert page.is_saved()


def test_undoing_takes_what_is_not_saved_yet_with_it(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    page.form(Patient).edit("city", "Ames")

    typed(page, "region", "Iowa")
    page.form(Patient).edit("city", "Boone")
    page.drafts.undo()

    assert (page.form(Patient).text("city"), desk.case(visit_id).patient.city) == ("", "")


def test_what_was_undone_can_be_brought_back(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    typed(page, "given_name", "Ann")
    typed(page, "birth_date", "31/2")
    page.drafts.undo()
    undone = page.drafts.text()

    page.drafts.redo_all()

    assert undone.mine == "Undone: Given name, Date of birth."
    assert (undone.can_undo, undone.can_redo) == (False, True)
    identity = page.form(Patient)
    assert (identity.text("given_name"), identity.text("birth_date")) == ("Ann", "31/2")


def test_the_key_for_undo_does_nothing_to_what_is_undone(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    typed(page, "given_name", "Ann")

    page.drafts.undo_all()
    page.drafts.undo_all()

    assert desk.case(visit_id).patient.given_name == "Jane"


def test_what_stays_because_of_somebody_else_is_said(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    typed(page, "city", "Ames")
    desk.save(desk.case(visit_id).patient, {"city": "Boone"}, actor=NURSE)

    page.drafts.undo()

    assert page.form(Patient).text("city") == "Boone"
    assert "City was not undone: Nora Hill changed it since." in page.drafts.text().others


def test_a_removed_row_is_on_the_screen_again(desk: Desk, visit_id: str) -> None:
    desk.forms.add_row(NURSE, PainMedicine, visit_id, {"name": "ibuprofen"})
    page = a_page(desk, visit_id, RECEPTION)
    rows = page.rows(PainMedicine)
    rows.remove(0)
    said = page.drafts.text().mine

    page.drafts.undo()

    assert said == "Changed since 14:00: Pain medicine removed."
    assert [row.text("name") for row in rows.rows] == ["ibuprofen"]


def test_an_answer_is_on_the_screen_as_it_was(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, NURSE)
    safety = SafetyPresenter(page)
    safety.model.edit("cancer", "yes")
    page.flush()

    page.drafts.undo()

    assert safety.model.value("cancer") is None


def test_what_others_saved_is_said_with_name_and_time(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    desk.save(desk.case(visit_id).patient, {"city": "Ames", "region": "Iowa"}, actor=NURSE)

    page.reread()

    assert page.drafts.text().others == ("Nora Hill changed City, State or county, 14:00.",)
    assert page.form(Patient).text("city") == "Ames"


def test_that_others_merged_the_patient_is_said_once_and_so_is_taking_apart(
    desk: Desk, visit_id: str
) -> None:
    twin = desk.case(desk.register("Dow, Jane 3/4/1951")).patient
    page = page_of(desk, visit_id)
    seen = desk.merging.compare(NURSE, page.case.patient.id, twin.id)

    merge = desk.merging.merge(NURSE, seen, {})
    page.reread()
    merged = page.drafts.text().others
    page.drafts.keep()
    desk.merging.take_apart(NURSE, merge.id)
    page.reread()

    assert merged == ("Nora Hill merged another record into this patient’s, 14:00.",)
    assert page.drafts.text().others == (
        "Nora Hill took merged records of this patient apart, 14:00.",
    )


def test_the_page_of_the_record_that_joins_says_so_too(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, desk.register("Dow, Jane 3/4/1951"))
    stays = desk.case(visit_id).patient
    seen = desk.merging.compare(NURSE, stays.id, page.case.patient.id)

    desk.merging.merge(NURSE, seen, {})
    page.reread()

    assert page.case.patient.id == stays.id
    assert page.drafts.text().others == (
        "Nora Hill merged another record into this patient’s, 14:00.",
    )


def test_who_else_is_typing_is_said_until_they_leave(desk: Desk, visit_id: str) -> None:
    other = page_of(desk, visit_id, NURSE)
    typed(other, "city", "Ames")
    page = page_of(desk, visit_id)
    typing = page.drafts.text().others
    desk.clock.advance(minutes=10)
    waiting = page.drafts.text().others
    other.drafts.close()
    page.reread()

    assert typing == ("Nora Hill is typing here: City.",)
    assert waiting == ("Nora Hill has not finished: City (since 14:00).",)
    assert page.drafts.text().others == ()


def test_two_values_for_one_field_are_said_with_the_way_there(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    desk.save(desk.case(visit_id).patient, {"city": "Ames"}, actor=NURSE)

    typed(page, "city", "Boone")

    text = page.drafts.text()
    assert text.choose == "There are two values for City. Choose which one stays."
    assert text.choose_at == "patient.city"


def test_two_values_are_there_again_when_the_page_opens_again(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    desk.save(desk.case(visit_id).patient, {"birth_date": "3/5/1951"}, actor=NURSE)
    typed(page, "birth_date", "3/6/1951")
    page.drafts.close()

    model = page_of(desk, visit_id).form(Patient)

    dispute = model.disputed("birth_date")
    assert dispute is not None
    assert (dispute.mine, dispute.theirs, dispute.by) == (
        "6 March 1951",
        date(1951, 3, 5),
        NURSE.name,
    )
    assert model.text("birth_date") == "6 March 1951"


def test_choosing_after_opening_again_ends_the_dispute(desk: Desk, visit_id: str) -> None:
    page = page_of(desk, visit_id)
    desk.save(desk.case(visit_id).patient, {"birth_date": "3/5/1951"}, actor=NURSE)
    typed(page, "birth_date", "3/6/1951")
    again = page_of(desk, visit_id)

    again.form(Patient).settle("birth_date", Settle.MINE)

    assert desk.case(visit_id).patient.birth_date == date(1951, 3, 6)
    assert again.drafts.text().choose == ""


def test_a_measurement_in_dispute_keeps_both(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, NURSE)
    model = page.form(PainFunction)
    desk.save(desk.case(visit_id).pain, {"pain_now": "3"}, actor=NURSE)
    model.edit("pain_now", "7")
    page.flush()

    dispute = model.disputed("pain_now")
    assert dispute is not None
    assert (dispute.mine, dispute.theirs, model.text("pain_now")) == ("7", 3, "7")


# --- rows that are no records yet -------------------------------------------------------------


def test_a_row_without_its_name_is_kept_and_shown_again(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, RECEPTION)
    row = page.rows(PainMedicine).append()
    row.edit("dose", "400 mg")
    page.flush()

    again = a_page(desk, visit_id, RECEPTION).rows(PainMedicine).rows

    assert page.is_saved()
    assert [each.text("dose") for each in again] == ["400 mg"]
    assert desk.case(visit_id).pain_medicines == ()


def test_a_row_becomes_a_record_with_everything_typed_before(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, RECEPTION)
    page.rows(PainMedicine).append().edit("dose", "400 mg")
    page.drafts.close()
    again = a_page(desk, visit_id, RECEPTION)

    again.rows(PainMedicine).rows[0].edit("name", "ibuprofen")
    again.drafts.close()

    (medicine,) = desk.case(visit_id).pain_medicines
    assert (medicine.name, medicine.dose) == ("ibuprofen", "400 mg")
    assert mine(desk, visit_id) == ()


def test_a_row_that_is_no_record_goes_with_remove_and_with_undo(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, RECEPTION)
    rows = page.rows(PainMedicine)
    rows.append().edit("dose", "400 mg")
    page.flush()

    rows.remove(0)
    removed = mine(desk, visit_id)
    rows.append().edit("dose", "200 mg")
    page.flush()
    page.drafts.undo()

    assert removed == ()
    assert rows.rows == ()
    assert mine(desk, visit_id) == ()


def test_an_empty_row_is_not_added_twice(desk: Desk, visit_id: str) -> None:
    rows = a_page(desk, visit_id, RECEPTION).rows(PainMedicine)

    first, second = rows.append(), rows.append()

    assert first is second
    assert len(rows.rows) == 1


def test_two_saves_of_a_new_row_make_one_record(desk: Desk, visit_id: str) -> None:
    held = ImmediateTasks()
    page = a_page(desk, visit_id, RECEPTION, held)
    row = page.rows(PainMedicine).append()
    held.held = True
    row.edit("name", "ibuprofen")
    page.flush()
    row.edit("dose", "400 mg")
    page.flush()
    held.held = False

    held.release()

    (medicine,) = desk.case(visit_id).pain_medicines
    assert (medicine.name, medicine.dose) == ("ibuprofen", "400 mg")
