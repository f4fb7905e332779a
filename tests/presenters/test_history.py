"""The history in words, by part and by field."""

from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from intake_app.domain.audit import Deed
from intake_app.domain.handing import SaidBack
from intake_app.domain.nurse_questions import NurseQuestion
from intake_app.domain.staff import Action, Actor
from intake_app.domain.visits import VisitState
from intake_app.ui.presenters.history import HistoryPresenter
from intake_app.ui.presenters.history_parts import DEEDS, PARTS
from intake_app.ui.presenters.history_words import HistoryLine, field_name
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import NURSE, RECEPTION, Desk
from tests.services.papers import approved, printed
from tests.services.test_rights import NOBODY
from tests.services.twins import Twins, twins_at_the_desk
from tests.storage.examples import RECORD_TYPES

WITHOUT_A_PATIENT = {
    *("clinic", "staff", "taken_in", "told"),
    *("wording_approval", "wording_version", "review_answer"),
}


def a_history(
    desk: Desk, patient_id: str, *, field: str = "", actor: Actor = RECEPTION
) -> HistoryPresenter:
    presenter = HistoryPresenter(
        program(desk), actor, ImmediateTasks(), patient_id=patient_id, field=field
    )
    presenter.load()
    return presenter


def lines(desk: Desk, visit_id: str) -> tuple[HistoryLine, ...]:
    return a_history(desk, desk.case(visit_id).patient.id).lines()


def said(desk: Desk, visit_id: str) -> list[str]:
    return [
        f"{line.place} | {line.what} | {line.before} | {line.after}"
        for line in lines(desk, visit_id)
    ]


def test_a_change_says_when_who_what_from_and_to(desk: Desk, visit_id: str) -> None:
    desk.save(desk.case(visit_id).patient, {"mobile_phone": "312 555 0142"}, actor=RECEPTION)

    line = lines(desk, visit_id)[0]

    assert (line.at, line.place, line.what) == (
        "22 November 2026, 14:00",
        "Identity",
        "Mobile phone",
    )
    assert (line.before, line.after) == ("–", "312 555 0142")


def test_people_are_called_by_their_names(desk: Desk, visit_id: str) -> None:
    rita = desk.clinic.staff()

    line = lines(desk, visit_id)[0]

    assert rita == ()
    assert line.who == "Somebody"  # the desk of the tests has no staff of its own


@pytest.mark.parametrize(
    ("draft", "shown"),
    [
        ({"sex": "female"}, "Identity | Sex at birth | – | Female"),
        ({"birth_date": "5/6/1950"}, "Identity | Date of birth | 4 March 1951 | 6 May 1950"),
        (
            {"reading_needs": ("large_print", "other")},
            "Identity | Sight, hearing and reading | – | Large print, Other",
        ),
        ({"lives_alone": "no"}, "Identity | Lives alone | – | No"),
    ],
    ids=["choice", "date", "several choices", "answer"],
)
def test_values_are_shown_as_on_the_form(
    desk: Desk, visit_id: str, draft: dict[str, str], shown: str
) -> None:
    desk.save(desk.case(visit_id).patient, draft, actor=RECEPTION)

    assert said(desk, visit_id)[0] == shown


def test_a_vertebra_is_named_also_after_it_was_removed(desk: Desk, visit_id: str) -> None:
    fracture = desk.fractures.add(NURSE, visit_id, "T12")
    desk.save(fracture, {"status": "healed"})
    desk.fractures.remove(NURSE, fracture.id)

    shown = said(desk, visit_id)

    assert "Fracture T12 | Removed |  | " in shown
    assert "Fracture T12 | Status | Planned to treat | Old or healed" in shown


def test_a_step_of_the_visit_is_told_in_words(desk: Desk, visit_id: str) -> None:
    desk.visits.set_state(RECEPTION, visit_id, VisitState.ARRIVED)

    assert said(desk, visit_id)[0] == "Appointment | Step of the visit | Booked | Arrived"


def test_a_safety_answer_is_told_with_its_question(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "yes"})

    shown = said(desk, visit_id)[0]

    assert shown.startswith("Safety questions | ")
    assert shown.endswith(" | – | Yes")


def test_a_row_of_the_safety_questions_says_which(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "yes"})
    desk.safety.add_row(NURSE, visit_id, "blood_thinners")
    desk.safety.save(NURSE, visit_id, {"blood_thinners.0.name": "apixaban"})
    desk.safety.remove_row(NURSE, visit_id, "blood_thinners", index=0)

    shown = said(desk, visit_id)

    assert any(" 1: " in line and line.endswith("– | apixaban") for line in shown)
    assert any(", row 1: added" in line for line in shown)


def test_empty_forms_that_come_with_a_patient_are_not_news(desk: Desk, visit_id: str) -> None:
    shown = said(desk, visit_id)

    assert "Identity | Registered |  | " in shown
    assert not [line for line in shown if line.startswith("Insurance")]


def test_looking_is_shown_when_wanted(desk: Desk, visit_id: str) -> None:
    desk.patients.case(NURSE, visit_id, viewed=True)
    presenter = a_history(desk, desk.case(visit_id).patient.id)
    before = [line.what for line in presenter.lines()]

    presenter.show_views(wanted=True)

    assert "Looked at" not in before
    assert "Looked at" in [line.what for line in presenter.lines()]


def test_the_history_is_filtered_by_part(desk: Desk, visit_id: str) -> None:
    desk.save(desk.case(visit_id).insurance, {"payer": "Aetna"}, actor=RECEPTION)
    presenter = a_history(desk, desk.case(visit_id).patient.id)

    presenter.show_part("Insurance")

    assert [line.what for line in presenter.lines()] == ["Payer"]
    assert [choice.label for choice in presenter.fields()] == ["All fields", "Payer"]
    assert [choice.label for choice in presenter.parts()] == [
        "All parts",
        "Identity",
        "Insurance",
        "Appointment",
    ]


def test_the_history_of_one_field_is_all_that_was_in_it(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    desk.save(patient, {"city": "Ames", "region": "Iowa"}, actor=RECEPTION)
    desk.save(patient, {"city": "Boone"}, actor=RECEPTION)

    presenter = a_history(desk, patient.id, field="patient.city")

    assert [(line.before, line.after) for line in presenter.lines()] == [
        ("Ames", "Boone"),
        ("–", "Ames"),
    ]
    assert presenter.part == "Identity"


def test_a_field_nobody_changed_is_offered_with_nothing_in_its_history(
    desk: Desk, visit_id: str
) -> None:
    presenter = a_history(desk, desk.case(visit_id).patient.id, field="patient.pronouns")

    assert presenter.lines() == ()
    assert "Pronouns" in [choice.label for choice in presenter.fields()]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("patient.city", "patient.city"),
        ("pain_medicine.0.name", "pain_medicine.name"),
        ("safety.blood_thinners.0.name", "safety.blood_thinners.0.name"),
    ],
)
def test_an_input_in_a_row_is_known_by_its_field(name: str, known: str) -> None:
    assert field_name(name) == known


def test_every_record_of_a_patient_has_a_part_in_the_history() -> None:
    known = {each.FORM for each in PARTS} | WITHOUT_A_PATIENT | {"merge"}

    assert {each.FORM for each in RECORD_TYPES} <= known


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_has_words(deed: Deed) -> None:
    assert DEEDS[deed]


def test_a_question_to_the_nurse_says_at_which_field(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    asked = NurseQuestion(
        id="",
        visit_id=visit_id,
        form="patient",
        record_id=patient.id,
        key="mobile_phone",
        note="hers?",
        asked_by="",
        asked_at=desk.clock.now(),
    )
    desk.questions.ask(RECEPTION, visit_id, asked)

    assert "Ask the nurse: Mobile phone | Question | – | hers?" in said(desk, visit_id)


# --- merged records -----------------------------------------------------------------------


@pytest.fixture
def twins() -> Twins:
    """Return a desk where Jane Doe was registered twice."""
    return twins_at_the_desk()


def test_a_merge_stands_on_top_with_what_it_changed(twins: Twins) -> None:
    twins.merge()

    shown = [(line.place, line.what) for line in a_history(twins.desk, twins.stays).lines()]

    assert shown[:2] == [
        ("Identity", "Merged with record P-000002"),
        ("Identity", "Family name"),
    ]


def test_what_was_done_with_the_other_record_names_its_number(twins: Twins) -> None:
    twins.merge()

    shown = [
        f"{line.place}: {line.what}: {line.after}"
        for line in a_history(twins.desk, twins.stays).lines()
    ]

    assert "Identity of P-000002: E-mail: jane@example.org" in shown
    assert "Identity of P-000002: Merged with record P-000001: " in shown


def test_the_records_that_became_part_of_it_are_listed(twins: Twins) -> None:
    twins.merge()

    (merged,) = a_history(twins.desk, twins.joins).merged()

    assert merged.text.startswith("P-000002 (Dow, Jane) became part of this record on 23 November")


def test_taken_apart_the_history_says_so_and_lists_none(twins: Twins) -> None:
    merge = twins.merge()
    presenter = a_history(twins.desk, twins.stays)
    messages: list[str] = []
    presenter.said.connect(messages.append)

    presenter.take_apart(merge.id)

    assert messages == ["There are two records again, each as it was."]
    assert presenter.merged() == ()
    assert presenter.lines()[0].what == "Taken apart from P-000002"


def test_what_stayed_because_somebody_changed_it_is_named(twins: Twins) -> None:
    merge = twins.merge()
    twins.desk.save(twins.patient(twins.stays), {"email": "new@example.org"}, actor=RECEPTION)
    presenter = a_history(twins.desk, twins.stays)

    presenter.take_apart(merge.id)

    assert presenter.last_said.endswith("so it stayed as it is: E-mail.")


def test_a_second_press_takes_nothing_apart_twice(twins: Twins, qtbot: QtBot) -> None:
    merge = twins.merge()
    tasks = ImmediateTasks()
    presenter = HistoryPresenter(program(twins.desk), RECEPTION, tasks, patient_id=twins.stays)
    presenter.load()
    tasks.held = True

    presenter.take_apart(merge.id)
    presenter.take_apart(merge.id)
    with qtbot.assertNotEmitted(presenter.failed):
        tasks.release()

    with twins.desk.work as work:
        told = [entry for entry in work.trail_of(twins.stays) if entry.deed is Deed.SEPARATED]
    assert len([entry for entry in told if entry.table == "patient"]) == 1


def test_a_refusal_is_told(twins: Twins) -> None:
    presenter = a_history(twins.desk, twins.stays)
    errors: list[object] = []
    presenter.failed.connect(errors.append)

    presenter.take_apart("no such merge")

    assert [cast("Exception", error).args[0] for error in errors] == ["not_found"]


def test_somebody_without_the_right_cannot_press(twins: Twins) -> None:
    presenter = HistoryPresenter(
        program(twins.desk), NOBODY, ImmediateTasks(), patient_id=twins.stays
    )

    assert not NOBODY.may(Action.MERGE_PATIENTS)
    assert not presenter.may_take_apart


def test_what_was_said_back_and_handed_over_is_told_by_its_group(desk: Desk) -> None:
    visit_id = approved(desk)
    printed(desk, visit_id)
    desk.handing_over.say_back(NURSE, visit_id, "limits", draft={"said_back": SaidBack.AGAIN})
    desk.handing_over.note(NURSE, visit_id, draft={"to_patient": True})
    desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=True)

    told = said(desk, visit_id)
    group = "Said back: What must wait | Said back in own words | – | Needed repeating"
    assert group in told
    assert "Hand-over | Handed over by | – | Nora Hill" in told
    assert "Appointment | Step of the visit | Recovery | Ready to go home" in told
