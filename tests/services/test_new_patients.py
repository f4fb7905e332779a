"""A new patient while reception types: kept, created once, handed to who was there already."""

import pytest

from intake_app.domain.errors import InvalidDraftError, NotAllowedError
from intake_app.domain.patients import Patient
from intake_app.domain.staff import Actor
from intake_app.services.new_patients import HalfTyped
from intake_app.services.registration import new_patient
from tests.services.desk import NURSE, RECEPTION, Desk

CLARA = {"family_name": "Weber", "given_name": "Clara", "birth_date": "4 March 1951"}
NOBODY = Actor("nobody", "Nobody", frozenset())


def stored(desk: Desk, patient_id: str) -> Patient:
    """Return a patient as the database holds it."""
    with desk.work as work:
        return work.records(Patient).get(patient_id)


def how_many(desk: Desk) -> int:
    """Count the patients."""
    with desk.work as work:
        return len(work.records(Patient).all())


# --- kept ---------------------------------------------------------------------------------------


def test_what_is_typed_is_there_again(desk: Desk) -> None:
    half = HalfTyped("p-1", {"family_name": "Web", "birth_date": "4 Mar"}, is_open=True)

    desk.new_patients.keep(RECEPTION, half)

    assert desk.new_patients.half_typed(RECEPTION) == (half,)
    assert how_many(desk) == 0


@pytest.mark.parametrize("text", ["\ud800 half", "a\x00b", "👩‍🦽", "\u202e desrever"])
def test_whatever_was_pasted_is_there_again(desk: Desk, text: str) -> None:
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", {"family_name": text}))

    (half,) = desk.new_patients.half_typed(RECEPTION)
    assert half.texts == {"family_name": text}


def test_each_half_typed_patient_is_kept_once_however_often(desk: Desk) -> None:
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", {"family_name": "Web"}))
    desk.new_patients.keep(RECEPTION, HalfTyped("p-2", {"family_name": "Roe"}))
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", {"family_name": "Weber"}))

    names = [half.name for half in desk.new_patients.half_typed(RECEPTION)]
    assert names == ["Weber", "Roe"]


def test_everything_deleted_again_is_nothing_to_keep(desk: Desk) -> None:
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", {"family_name": "Web"}))

    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", {"family_name": " "}))

    assert desk.new_patients.half_typed(RECEPTION) == ()


def test_somebody_else_has_other_half_typed_patients(desk: Desk) -> None:
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", {"family_name": "Web"}))

    assert desk.new_patients.half_typed(NURSE) == ()


def test_what_is_thrown_away_is_gone(desk: Desk) -> None:
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", {"family_name": "Web"}))

    desk.new_patients.forget(RECEPTION, "p-1")

    assert desk.new_patients.half_typed(RECEPTION) == ()


def test_a_save_that_comes_late_does_not_bring_back_who_was_created(desk: Desk) -> None:
    desk.new_patients.create(RECEPTION, "p-1", CLARA)

    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", CLARA))

    assert desk.new_patients.half_typed(RECEPTION) == ()


# --- created ------------------------------------------------------------------------------------


def test_creating_makes_a_patient_with_a_first_visit_and_forgets_the_draft(desk: Desk) -> None:
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", CLARA))

    visit_id = desk.new_patients.create(RECEPTION, "p-1", CLARA)

    patient = desk.case(visit_id).patient
    assert (patient.id, patient.list_name, patient.record_number) == (
        "p-1",
        "Weber, Clara",
        "P-000001",
    )
    assert desk.new_patients.half_typed(RECEPTION) == ()


def test_creating_twice_creates_once(desk: Desk) -> None:
    first = desk.new_patients.create(RECEPTION, "p-1", CLARA)

    second = desk.new_patients.create(RECEPTION, "p-1", CLARA)

    assert second == first
    assert how_many(desk) == 1


@pytest.mark.parametrize("draft", [{}, {"family_name": "  "}, {"given_name": "Clara"}])
def test_nobody_without_a_family_name_becomes_a_record(desk: Desk, draft: dict[str, str]) -> None:
    with pytest.raises(InvalidDraftError) as refused:
        desk.new_patients.create(RECEPTION, "p-1", draft)

    assert [(p.key, p.code) for p in refused.value.problems] == [("family_name", "required")]
    assert how_many(desk) == 0


def test_what_is_no_value_is_kept_as_typed(desk: Desk) -> None:
    desk.new_patients.create(RECEPTION, "p-1", CLARA | {"birth_date": "4 Mar"})

    patient = stored(desk, "p-1")
    assert patient.birth_date is None
    assert desk.typed(patient) == {"birth_date": "4 Mar"}


# --- somebody who was there already -------------------------------------------------------------


def test_what_was_typed_goes_into_empty_fields(desk: Desk) -> None:
    there = desk.case(desk.register("Weber, Clara 3/4/1951")).patient.id

    gone = desk.new_patients.carry_over(
        RECEPTION, "p-1", there, draft=CLARA | {"mobile_phone": "(515) 555-0142", "sex": "female"}
    )

    patient = stored(desk, there)
    assert patient.mobile_phone.endswith("555-0142")
    assert str(patient.sex) == "female"
    assert gone.differing == ()
    assert desk.case(gone.visit_id).patient.id == there
    assert how_many(desk) == 1


def test_what_the_record_says_otherwise_is_not_overwritten_and_not_lost(desk: Desk) -> None:
    there = desk.case(desk.register("Weber, Clara 3/4/1951")).patient.id

    gone = desk.new_patients.carry_over(
        RECEPTION, "p-1", there, draft=CLARA | {"birth_date": "3 April 1951"}
    )

    assert gone.differing == ("birth_date",)
    assert str(stored(desk, there).birth_date) == "1951-03-04"
    with desk.work as work:
        draft = work.draft(Patient.FORM, there, actor_id=RECEPTION.id)
    assert draft is not None
    assert draft.edits["birth_date"].mine == "3 April 1951"


@pytest.mark.parametrize(
    ("key", "typed"),
    [("family_name", "WEBER"), ("given_name", "clara"), ("mobile_phone", "515.555.0142")],
)
def test_the_same_written_otherwise_is_no_difference(desk: Desk, key: str, typed: str) -> None:
    there = desk.case(desk.register("Weber, Clara 3/4/1951 (515) 555-0142")).patient.id
    before = stored(desk, there)

    gone = desk.new_patients.carry_over(RECEPTION, "p-1", there, draft={key: typed})

    assert gone.differing == ()
    assert stored(desk, there) == before


@pytest.mark.parametrize(
    ("family", "given", "differing"),
    [("Clara", "Weber", ()), ("Klara", "Weber", ("given_name",)), ("Clara", "", ())],
)
def test_names_typed_the_other_way_round_are_put_in_order(
    desk: Desk, family: str, given: str, differing: tuple[str, ...]
) -> None:
    there = desk.case(desk.register("Weber, Clara 3/4/1951")).patient.id

    gone = desk.new_patients.carry_over(
        RECEPTION, "p-1", there, draft={"family_name": family, "given_name": given}
    )

    assert gone.differing == differing
    assert stored(desk, there).list_name == "Weber, Clara"


def test_the_draft_is_forgotten_once_it_is_carried_over(desk: Desk) -> None:
    there = desk.case(desk.register("Weber, Clara 3/4/1951")).patient.id
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", CLARA))

    desk.new_patients.carry_over(RECEPTION, "p-1", there, draft=CLARA)

    assert desk.new_patients.half_typed(RECEPTION) == ()


def test_somebody_without_a_visit_gets_one(desk: Desk) -> None:
    with desk.work as work:
        new_patient(desk.office, work, RECEPTION, values={"family_name": "Weber"}, patient_id="p-9")
        work.commit()

    gone = desk.new_patients.carry_over(RECEPTION, "p-1", "p-9", draft=CLARA)

    assert desk.case(gone.visit_id).patient.given_name == "Clara"


def test_who_was_created_by_somebody_else_is_not_half_typed_any_more(desk: Desk) -> None:
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", CLARA))

    desk.new_patients.create(NURSE, "p-1", CLARA)

    assert desk.new_patients.half_typed(RECEPTION) == ()


def test_the_same_kept_again_writes_nothing(desk: Desk) -> None:
    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", CLARA))
    commits = desk.work.commits

    desk.new_patients.keep(RECEPTION, HalfTyped("p-1", CLARA))

    assert desk.work.commits == commits


def test_who_may_not_type_may_not_register(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        desk.new_patients.create(NOBODY, "p-1", CLARA)
    with pytest.raises(NotAllowedError):
        desk.new_patients.keep(NOBODY, HalfTyped("p-1", CLARA))
    with pytest.raises(NotAllowedError):
        desk.new_patients.forget(NOBODY, "p-1")
    with pytest.raises(NotAllowedError):
        desk.new_patients.half_typed(NOBODY)
