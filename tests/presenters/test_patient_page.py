"""One visit on one page: header, estimate, sections, rows, deeds."""

from datetime import UTC, datetime

import pytest

from intake_app.domain.countries import Units
from intake_app.domain.errors import AppError
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainMedicine
from intake_app.domain.patients import Patient
from intake_app.domain.procedures import ProcedureRecord, TreatedLevel
from intake_app.domain.sentences import sentence
from intake_app.domain.visits import ResponsibleAdult, Visit
from intake_app.ui.presenters.page_sections import PageSection
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import a_page
from tests.services.desk import NURSE, RECEPTION, Desk, a_desk

pytestmark = pytest.mark.usefixtures("qapp")

EIGHT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def with_levels(desk: Desk, visit_id: str, levels: str, start: datetime | None = EIGHT) -> None:
    """Mark levels and plan a start."""
    desk.fractures.set_levels(NURSE, visit_id, levels)
    desk.save(desk.case(visit_id).visit, {"planned_start": start})


# --- header -----------------------------------------------------------------------------------


def test_the_header_says_who_this_is_with_the_month_as_a_word(desk: Desk, visit_id: str) -> None:
    header = a_page(desk, visit_id).header()

    assert header.name == "Jane Doe"
    assert header.born == "4 March 1951, 75 years"
    assert header.record == "Record P-000001"


def test_allergies_that_nobody_asked_about_are_not_no_allergies(desk: Desk, visit_id: str) -> None:
    header = a_page(desk, visit_id).header()

    assert header.allergies == "Allergies not asked yet"
    assert header.allergies_open


@pytest.mark.parametrize(
    ("answer", "said"),
    [("none_known", "No known allergies"), ("unknown", "Allergies not known")],
)
def test_the_header_repeats_what_was_said_about_allergies(
    desk: Desk, visit_id: str, answer: str, said: str
) -> None:
    desk.safety.save(NURSE, visit_id, {"allergy_status": answer})

    assert a_page(desk, visit_id).header().allergies == said


def test_the_header_lists_the_allergies(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"allergy_status": "yes"})
    desk.safety.add_row(NURSE, visit_id, "allergies")
    desk.safety.save(NURSE, visit_id, {"allergies.0.substance": "latex"})

    assert a_page(desk, visit_id).header().allergies == "Allergies: Latex"


def test_levels_without_a_name_are_counted_in_the_header(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(NURSE, visit_id, "T12, L1")
    desk.fractures.add(NURSE, visit_id, "unknown")

    assert a_page(desk, visit_id).header().levels == "T12, L1 + 1 unknown"


# --- estimate ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "stay", "window"),
    [
        ("T12", "4 h to 5 h", "12:00 and 13:00"),
        ("T12 L1", "5 h to 6 h", "13:00 and 14:00"),
        ("T12, L1-L2", "6 h to 7 h", "14:00 and 15:00"),
        ("T12, L1-L3", "7 h to 8 h", "15:00 and 16:00"),
        ("T11, T12, L1-L4", "9 h to 10 h", "17:00 and 18:00"),
    ],
)
def test_the_estimate_gives_both_ends(
    desk: Desk, visit_id: str, levels: str, stay: str, window: str
) -> None:
    with_levels(desk, visit_id, levels.replace(" L1", ", L1") if "," not in levels else levels)

    text = a_page(desk, visit_id).estimate_text()

    assert text.stay == f"{stay} from the start of the procedure"
    assert f"usually between {window};" in text.pick_up


def test_the_rule_is_shown_in_every_state(desk: Desk, visit_id: str) -> None:
    rule = "1 hour for each fracture, plus 3 to 4 hours in recovery"
    page = a_page(desk, visit_id)

    without = page.estimate_text()
    with_levels(desk, visit_id, "T12")
    page.reread()

    assert without.rule == rule
    assert without.stay == "No estimate yet: mark at least one fracture to treat."
    assert page.estimate_text().rule == rule


def test_a_clinic_with_its_own_minutes_sees_its_own_rule() -> None:
    desk = a_desk(level_minutes=45, recovery_min_minutes=90, recovery_max_minutes=150)
    visit_id = desk.register()

    rule = a_page(desk, visit_id).estimate_text().rule

    assert rule == "45 minutes for each fracture, plus 1 h 30 min to 2 h 30 min in recovery"


def test_without_a_start_there_are_durations_only(desk: Desk, visit_id: str) -> None:
    with_levels(desk, visit_id, "T12", start=None)

    text = a_page(desk, visit_id).estimate_text()

    assert text.stay == "4 h to 5 h from the start of the procedure"
    assert text.times == ()
    assert "Type when the procedure starts" in text.pick_up


def test_more_than_three_levels_and_closing_time_are_said(desk: Desk, visit_id: str) -> None:
    with_levels(desk, visit_id, "T12, L1-L3", start=EIGHT.replace(hour=11))

    warnings = a_page(desk, visit_id).estimate_text().warnings

    assert warnings == (
        "This may last beyond closing time: the clinic closes at 18:00.",
        "More than 3 levels in one session: ask the physician (C-11).",
    )


def test_the_estimate_follows_a_start_that_is_not_saved_yet(desk: Desk, visit_id: str) -> None:
    with_levels(desk, visit_id, "T12")
    page = a_page(desk, visit_id)

    page.form(Visit).edit("planned_start", "09:30")

    assert "between 13:30 and 14:30" in page.estimate_text().pick_up


def test_a_pick_up_after_midnight_says_the_day(desk: Desk, visit_id: str) -> None:
    with_levels(desk, visit_id, "T12", start=EIGHT.replace(hour=20))

    text = a_page(desk, visit_id).estimate_text()

    assert "between 00:00 on 23 November and 01:00 on 23 November" in text.pick_up


# --- forms ------------------------------------------------------------------------------------


def test_moving_the_visit_takes_the_planned_times_along(desk: Desk, visit_id: str) -> None:
    with_levels(desk, visit_id, "T12")
    page = a_page(desk, visit_id)

    page.form(Visit).edit("day", "25 November 2026")
    page.flush()
    page.flush()

    assert desk.case(visit_id).visit.planned_start == EIGHT.replace(day=25)


def test_a_bare_time_belongs_to_the_day_of_the_visit(desk: Desk, visit_id: str) -> None:
    desk.save(desk.case(visit_id).visit, {"day": "30 November 2026"})
    page = a_page(desk, visit_id)

    page.form(ProcedureRecord).edit("started_at", "8:05")
    page.flush()

    started = desk.case(visit_id).procedure.started_at
    assert started == datetime(2026, 11, 30, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("record_type", "key", "read_only"),
    [
        (Patient, "family_name", False),
        (ResponsibleAdult, "name", False),
        (ResponsibleAdult, "exempted", True),
        (Imaging, "mri", False),
        (Imaging, "level_match", True),
        (ProcedureRecord, "sedation", True),
    ],
)
def test_reception_types_what_reception_knows(
    desk: Desk, visit_id: str, record_type: type, key: str, read_only: bool
) -> None:
    page = a_page(desk, visit_id, RECEPTION)

    assert page.form(record_type).read_only(key) is read_only


def test_the_status_line_says_when_it_was_saved(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)
    said: list[str] = []
    page.status.connect(said.append)

    page.form(Patient).edit("city", "Ames")
    page.flush()

    assert said[0] == "Saving…"
    assert said[-1] == "Saved 14:00"


def test_a_page_is_not_saved_while_a_save_is_on_its_way(desk: Desk, visit_id: str) -> None:
    tasks = ImmediateTasks()
    page = a_page(desk, visit_id, tasks=tasks)
    form = page.form(Patient)
    tasks.held = True
    form.edit("city", "Ames")
    page.flush()

    before = page.is_saved()
    tasks.held = False
    tasks.release()

    assert not before
    assert page.is_saved()


@pytest.mark.parametrize(("units", "unit"), [(Units.US, "lb"), (Units.METRIC, "kg")])
def test_a_lifting_limit_is_typed_in_the_unit_that_prints(units: Units, unit: str) -> None:
    desk = a_desk(units=units)

    page = a_page(desk, desk.register())

    assert page.form(ProcedureRecord).field("lifting_limit").unit == unit


# --- rows -------------------------------------------------------------------------------------


def test_a_new_row_gets_its_record_with_its_name(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)
    row = page.rows(PainMedicine).append()
    row.edit("dose", "500 mg")
    page.flush()
    before = desk.case(visit_id).pain_medicines

    row.edit("name", "acetaminophen")
    page.flush()

    (medicine,) = desk.case(visit_id).pain_medicines
    assert before == ()
    assert (medicine.name, medicine.dose) == ("acetaminophen", "500 mg")


def test_a_row_without_its_name_says_what_is_missing(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)
    row = page.rows(PainMedicine).append()

    row.edit("dose", "500 mg")
    page.flush()

    problem = row.problem("name")
    assert problem is not None
    assert problem.code == "required"


def test_editing_a_row_changes_its_record(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)
    row = page.rows(PainMedicine).append()
    row.edit("name", "tramadol")
    page.flush()

    row.edit("opioid", "yes")
    page.flush()

    (medicine,) = desk.case(visit_id).pain_medicines
    assert medicine.opioid == "yes"


def test_a_removed_row_is_gone(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)
    rows = page.rows(PainMedicine)
    rows.append().edit("name", "tramadol")
    page.flush()

    rows.remove(0)

    assert desk.case(visit_id).pain_medicines == ()


def test_a_level_can_have_only_one_row_of_the_record(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)
    rows = page.rows(TreatedLevel)
    rows.append().edit("level", "T12")
    page.flush()
    second = rows.append()

    second.edit("level", "T12")
    page.flush()

    problem = second.problem("level")
    assert problem is not None
    assert "T12" in sentence(problem)
    assert len(desk.case(visit_id).treated) == 1


def test_planned_levels_are_taken_over_into_the_record(desk: Desk, visit_id: str) -> None:
    with_levels(desk, visit_id, "T12, L1")
    page = a_page(desk, visit_id)
    rows = page.rows(TreatedLevel)

    page.take_over_plan()

    assert [row.value("level") for row in rows.rows] == ["T12", "L1"]


# --- sections ---------------------------------------------------------------------------------


def missing(desk: Desk, visit_id: str, section: PageSection) -> list[str]:
    """Return the places that a section of a fresh page misses."""
    states = a_page(desk, visit_id).sections()
    return [each.place for state in states if state.section is section for each in state.missing]


def test_a_section_lists_what_nobody_typed_yet(desk: Desk, visit_id: str) -> None:
    assert "patient.sex" in missing(desk, visit_id, PageSection.IDENTITY)
    assert "patient.birth_date" not in missing(desk, visit_id, PageSection.IDENTITY)


def test_one_phone_number_is_enough(desk: Desk, visit_id: str) -> None:
    before = missing(desk, visit_id, PageSection.IDENTITY)

    desk.save(desk.case(visit_id).patient, {"home_phone": "(515) 555-0100"})

    assert "patient.mobile_phone" in before
    assert "patient.mobile_phone" not in missing(desk, visit_id, PageSection.IDENTITY)


def test_an_exempted_patient_needs_no_driver(desk: Desk, visit_id: str) -> None:
    before = missing(desk, visit_id, PageSection.CONTACTS)

    desk.save(desk.case(visit_id).driver, {"exempted": True})

    assert "driver.name" in before
    assert "driver.name" not in missing(desk, visit_id, PageSection.CONTACTS)


def test_levels_wait_for_a_nurse(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12")
    before = missing(desk, visit_id, PageSection.FRACTURES)

    desk.fractures.confirm(NURSE, visit_id)

    assert "action.confirm_fractures" in before
    assert "action.confirm_fractures" not in missing(desk, visit_id, PageSection.FRACTURES)


def test_the_procedure_record_is_not_due_before_the_procedure(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)
    before = page.sections()[6]

    page.stamp("started_at")

    assert before.line == "Not yet"
    assert page.sections()[6].line.endswith("missing")


def test_an_answered_group_of_safety_questions_is_not_missing(desk: Desk, visit_id: str) -> None:
    before = missing(desk, visit_id, PageSection.SAFETY)

    desk.safety.save(NURSE, visit_id, {"allergy_status": "none_known"})

    assert "safety.allergy_status" in before
    assert "safety.allergy_status" not in missing(desk, visit_id, PageSection.SAFETY)


# --- deeds ------------------------------------------------------------------------------------


def test_telling_the_physician_closes_a_flag_by_name(desk: Desk, visit_id: str) -> None:
    with_levels(desk, visit_id, "T12, L1-L3")
    page = a_page(desk, visit_id)
    flag = next(shown.flag for shown in page.flags if shown.flag.id == "C-11")

    page.acknowledge(flag, "Dr. Park")

    told = next(shown.told for shown in page.flags if shown.flag.id == "C-11")
    assert told is not None
    assert told.told_to == "Dr. Park"


def test_a_stamp_is_the_time_of_now(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)
    form = page.form(ProcedureRecord)

    page.stamp("started_at")

    assert form.value("started_at") == desk.clock.now()


def test_checking_the_identity_keeps_who_and_when(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id)

    page.check_identity()

    assert page.case.visit.identity_checked_by == NURSE.name
    assert page.case.visit.identity_checked_at == desk.clock.now()


def test_what_somebody_may_not_do_is_said(desk: Desk, visit_id: str) -> None:
    page = a_page(desk, visit_id, RECEPTION)
    failures: list[AppError] = []
    page.failed.connect(failures.append)

    page.stamp("started_at")

    assert [failure.code for failure in failures] == ["not_allowed"]
    assert page.case.procedure.started_at is None


def test_opening_a_page_is_noted_in_the_trail(desk: Desk, visit_id: str) -> None:
    a_page(desk, visit_id)

    history = desk.patients.history(NURSE, desk.case(visit_id).patient.id)
    assert history[0].deed == "viewed"


def test_a_booked_arrival_is_the_arrival_of_the_estimate(desk: Desk, visit_id: str) -> None:
    with_levels(desk, visit_id, "T12, L1")
    desk.save(desk.case(visit_id).visit, {"planned_arrival": "06:15"})

    text = a_page(desk, visit_id).estimate_text()

    assert "06:15" in str(text)
