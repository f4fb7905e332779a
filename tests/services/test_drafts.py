"""Whatever somebody types stays theirs to finish, to undo, or to choose."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.drafts import Draft, Edit, RowDeed
from intake_app.domain.errors import NotAllowedError
from intake_app.domain.fields import FieldValue, Record
from intake_app.domain.fractures import Fracture
from intake_app.domain.pain import PainMedicine
from intake_app.domain.staff import Actor, Staff
from intake_app.domain.values import Answer
from tests.services.desk import NURSE, RECEPTION, Desk
from tests.services.drafting import answer_disputes, disputes


def keep(
    desk: Desk,
    record: Record,
    draft: Mapping[str, FieldValue],
    *,
    actor: Actor = RECEPTION,
    seen: Mapping[str, FieldValue] | None = None,
) -> None:
    """Save as a form on the screen does."""
    desk.forms.save(actor, type(record), record.id, draft=draft, seen=seen, drafting=True)


def mine(desk: Desk, visit_id: str, actor: Actor = RECEPTION) -> tuple[Draft, ...]:
    """Return the drafts of one person."""
    return desk.drafts.standing(actor, visit_id).mine


# --- the draft ------------------------------------------------------------------------------


def test_a_save_of_a_form_keeps_how_it_was_before(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    keep(desk, patient, {"given_name": "Ann"})

    (draft,) = mine(desk, visit_id)
    assert (draft.form, draft.record_id, draft.started_at) == (
        "patient",
        patient.id,
        desk.clock.now(),
    )
    assert (draft.edits["given_name"].before, draft.edits["given_name"].after) == ("Jane", "Ann")


def test_many_saves_of_one_form_are_one_draft_from_the_first_on(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    began = desk.clock.now()

    for name in ("A", "An", "Ann"):
        keep(desk, patient, {"given_name": name})
        desk.clock.advance(minutes=1)

    (draft,) = mine(desk, visit_id)
    assert (draft.edits["given_name"].before, draft.edits["given_name"].after) == ("Jane", "Ann")
    assert (draft.started_at, draft.edited_at) == (began, began + timedelta(minutes=2))


def test_a_form_that_is_as_before_again_is_no_draft(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"given_name": "Ann"})

    keep(desk, patient, {"given_name": "Jane"})

    assert mine(desk, visit_id) == ()


def test_text_that_is_no_value_belongs_to_the_draft(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient

    keep(desk, patient, {"birth_date": "31/2"})

    (draft,) = mine(desk, visit_id)
    assert (draft.edits["birth_date"].text, draft.is_open) == ("31/2", True)


def test_what_no_form_saved_is_no_draft(desk: Desk, visit_id: str) -> None:
    desk.forms.save(
        RECEPTION,
        type(desk.case(visit_id).patient),
        desk.case(visit_id).patient.id,
        draft={"given_name": "Ann"},
    )

    assert mine(desk, visit_id) == ()


def test_two_unreadable_texts_in_one_field_are_both_kept(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"birth_date": "31/2"}, actor=RECEPTION)

    keep(desk, patient, {"birth_date": "soon"}, actor=NURSE)

    kind = type(patient)
    assert desk.forms.open(RECEPTION, kind, patient.id).typed == {"birth_date": "31/2"}
    assert desk.forms.open(NURSE, kind, patient.id).typed == {"birth_date": "soon"}


# --- leaving --------------------------------------------------------------------------------


def test_leaving_ends_a_draft_that_is_all_in_the_record(desk: Desk, visit_id: str) -> None:
    keep(desk, desk.case(visit_id).patient, {"given_name": "Ann"})

    desk.drafts.close(RECEPTION, visit_id)

    assert mine(desk, visit_id) == ()
    assert desk.case(visit_id).patient.given_name == "Ann"


def test_leaving_keeps_of_a_draft_what_is_not_in_the_record(desk: Desk, visit_id: str) -> None:
    keep(desk, desk.case(visit_id).patient, {"given_name": "Ann", "birth_date": "31/2"})

    desk.drafts.close(RECEPTION, visit_id)

    (draft,) = mine(desk, visit_id)
    assert set(draft.edits) == {"birth_date"}


def test_leaving_does_not_end_the_draft_of_somebody_else(desk: Desk, visit_id: str) -> None:
    keep(desk, desk.case(visit_id).patient, {"given_name": "Ann"}, actor=NURSE)

    desk.drafts.close(RECEPTION, visit_id)

    assert len(mine(desk, visit_id, NURSE)) == 1


# --- undo -----------------------------------------------------------------------------------


def test_undoing_brings_back_every_field_as_it_was(desk: Desk, visit_id: str) -> None:
    case = desk.case(visit_id)
    keep(desk, case.patient, {"given_name": "Ann", "birth_date": "3/5/51", "city": "Ames"})
    keep(desk, case.contact, {"name": "John"})

    stayed = desk.drafts.undo(RECEPTION, visit_id)

    now = desk.case(visit_id)
    assert stayed == ()
    assert (now.patient.given_name, now.patient.birth_date, now.patient.city) == (
        "Jane",
        date(1951, 3, 4),
        "",
    )
    assert now.contact.name == case.contact.name


def test_undoing_takes_unreadable_text_away(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"birth_date": "31/2"})

    desk.drafts.undo(RECEPTION, visit_id)

    assert desk.forms.open(RECEPTION, type(patient), patient.id).typed == {}


def test_undoing_twice_brings_the_changes_back(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"given_name": "Ann", "birth_date": "31/2"})

    desk.drafts.undo(RECEPTION, visit_id)
    desk.drafts.undo(RECEPTION, visit_id)

    opened = desk.forms.open(RECEPTION, type(patient), patient.id)
    assert (opened.record.given_name, opened.typed) == ("Ann", {"birth_date": "31/2"})


def test_undoing_leaves_what_somebody_else_changed_since(desk: Desk, visit_id: str) -> None:
    add_staff(desk, NURSE)
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"given_name": "Ann", "city": "Ames"})
    keep(desk, patient, {"city": "Boone"}, actor=NURSE)

    stayed = desk.drafts.undo(RECEPTION, visit_id)

    now = desk.case(visit_id).patient
    assert (now.given_name, now.city) == ("Jane", "Boone")
    assert [(each.key, each.name) for each in stayed] == [("city", NURSE.name)]


def test_undoing_is_in_the_trail(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"given_name": "Ann"})

    desk.drafts.undo(RECEPTION, visit_id)

    latest = desk.patients.history(NURSE, patient.id)[0]
    assert [(c.key, c.before, c.after) for c in latest.changes] == [("given_name", "Ann", "Jane")]


def test_undoing_does_not_reach_behind_the_last_leaving(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"given_name": "Ann"})
    desk.drafts.close(RECEPTION, visit_id)
    keep(desk, patient, {"given_name": "Anna"})

    desk.drafts.undo(RECEPTION, visit_id)

    assert desk.case(visit_id).patient.given_name == "Ann"


def test_typing_after_undoing_begins_a_new_draft(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"given_name": "Ann"})
    desk.drafts.undo(RECEPTION, visit_id)

    keep(desk, patient, {"city": "Ames"})

    (draft,) = mine(desk, visit_id)
    assert (set(draft.edits), draft.undone) == ({"city"}, False)


def test_a_removed_row_comes_back(desk: Desk, visit_id: str) -> None:
    row = desk.forms.add_row(
        RECEPTION, PainMedicine, visit_id, {"name": "ibuprofen", "dose": "400 mg"}
    )
    desk.forms.remove_row(RECEPTION, PainMedicine, row.id, drafting=True)

    desk.drafts.undo(RECEPTION, visit_id)

    (back,) = desk.case(visit_id).pain_medicines
    assert (back.id, back.name, back.dose) == (row.id, "ibuprofen", "400 mg")


def test_a_row_removed_after_a_change_comes_back_as_it_was_before(
    desk: Desk, visit_id: str
) -> None:
    row = desk.forms.add_row(RECEPTION, PainMedicine, visit_id, {"name": "ibuprofen"})
    keep(desk, row, {"name": "aspirin"})
    desk.forms.remove_row(RECEPTION, PainMedicine, row.id, drafting=True)

    desk.drafts.undo(RECEPTION, visit_id)

    assert [each.name for each in desk.case(visit_id).pain_medicines] == ["ibuprofen"]


def test_an_added_row_goes_and_comes_back(desk: Desk, visit_id: str) -> None:
    row = desk.forms.add_row(
        RECEPTION, PainMedicine, visit_id, {"name": "ibuprofen"}, drafting=True
    )
    keep(desk, row, {"dose": "400 mg"})

    desk.drafts.undo(RECEPTION, visit_id)
    without = desk.case(visit_id).pain_medicines
    desk.drafts.undo(RECEPTION, visit_id)

    assert without == ()
    (back,) = desk.case(visit_id).pain_medicines
    assert (back.id, back.name, back.dose) == (row.id, "ibuprofen", "400 mg")


def test_a_row_that_somebody_else_changed_stays(desk: Desk, visit_id: str) -> None:
    row = desk.forms.add_row(
        RECEPTION, PainMedicine, visit_id, {"name": "ibuprofen"}, drafting=True
    )
    keep(desk, row, {"name": "aspirin"}, actor=NURSE)

    stayed = desk.drafts.undo(RECEPTION, visit_id)

    assert [each.name for each in desk.case(visit_id).pain_medicines] == ["aspirin"]
    assert [each.key for each in stayed] == ["name"]


def test_a_row_added_and_removed_is_no_draft(desk: Desk, visit_id: str) -> None:
    row = desk.forms.add_row(
        RECEPTION, PainMedicine, visit_id, {"name": "ibuprofen"}, drafting=True
    )

    desk.forms.remove_row(RECEPTION, PainMedicine, row.id, drafting=True)

    assert mine(desk, visit_id) == ()


def test_a_level_that_is_taken_meanwhile_stays(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12")
    (row,) = desk.case(visit_id).fractures
    keep(desk, row, {"level": "L1"})
    desk.forms.add_row(NURSE, Fracture, visit_id, {"level": "T12"})

    stayed = desk.drafts.undo(RECEPTION, visit_id)

    assert {each.level for each in desk.case(visit_id).fractures} == {"T12", "L1"}
    assert [each.key for each in stayed] == ["level"]


def test_an_answer_goes_back_to_what_it_was(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"cancer": "yes"})
    desk.safety.save(NURSE, visit_id, {"cancer": "no"}, drafting=True)

    desk.drafts.undo(NURSE, visit_id)

    assert desk.case(visit_id).answers.get("cancer") == Answer.YES


def test_the_draft_of_an_answer_moves_up_with_its_row(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"blood_thinner": "yes"})
    for _ in range(2):
        desk.safety.add_row(NURSE, visit_id, "blood_thinners")
    desk.safety.save(NURSE, visit_id, {"blood_thinners.1.name": "aspirin"}, drafting=True)

    desk.safety.remove_row(NURSE, visit_id, "blood_thinners", index=0)

    (draft,) = mine(desk, visit_id, NURSE)
    assert set(draft.edits) == {"blood_thinners.0.name"}


# --- two people -----------------------------------------------------------------------------

DISPUTED = [
    (("patient", "city"), "Ames", "Boone"),
    (("patient", "birth_date"), "3/5/1951", "3/6/1951"),
    (("patient", "sex"), "female", "male"),
    (("patient", "reading_needs"), "Large print", "Read aloud, Hearing aid"),
    (("pain", "pain_now"), "3", "7"),
    (("visit", "planned_start"), "8:00", "9:30"),
]


@pytest.mark.parametrize(("where", "first", "second"), DISPUTED)
def test_the_second_value_for_a_field_waits_for_a_choice(
    desk: Desk, visit_id: str, where: tuple[str, str], first: str, second: str
) -> None:
    place, key = where
    record: Record = getattr(desk.case(visit_id), place)
    before = getattr(record, key)
    keep(desk, record, {key: first}, actor=NURSE)
    stored = getattr(getattr(desk.case(visit_id), place), key)

    keep(desk, record, {key: second}, actor=OTHER, seen={key: before})

    found = disputes(desk, OTHER, record)[key]
    assert getattr(getattr(desk.case(visit_id), place), key) == stored != before
    assert (found.mine, found.theirs, found.seen) == (second, stored, before)


OTHER = Actor("other", "Olga Ray", NURSE.roles)


def test_a_dispute_knows_who_was_first_and_when(desk: Desk, visit_id: str) -> None:
    add_staff(desk, RECEPTION)
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"city": "Ames"})
    saved_at = desk.clock.now()
    desk.clock.advance(minutes=5)

    keep(desk, patient, {"city": "Boone"}, actor=NURSE, seen={"city": ""})

    found = disputes(desk, NURSE, patient)["city"]
    assert (found.by, found.at) == (RECEPTION.name, saved_at)


def test_emptying_a_field_that_somebody_filled_is_a_dispute_too(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"given_name": "Ann"})

    keep(desk, patient, {"given_name": ""}, actor=NURSE, seen={"given_name": "Jane"})

    assert disputes(desk, NURSE, patient)["given_name"].mine == ""
    assert desk.case(visit_id).patient.given_name == "Ann"


def test_choosing_mine_having_seen_theirs_ends_the_dispute(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"city": "Ames"})
    keep(desk, patient, {"city": "Boone"}, actor=NURSE, seen={"city": ""})

    keep(desk, patient, {"city": "Boone"}, actor=NURSE, seen={"city": "Ames"})

    assert disputes(desk, NURSE, patient) == {}
    assert desk.case(visit_id).patient.city == "Boone"


def test_choosing_theirs_ends_the_dispute(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"city": "Ames"})
    keep(desk, patient, {"city": "Boone"}, actor=NURSE, seen={"city": ""})

    keep(desk, patient, {"city": "Ames"}, actor=NURSE, seen={"city": "Ames"})

    assert mine(desk, visit_id, NURSE) == ()


def test_a_dispute_outlives_leaving(desk: Desk, visit_id: str) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"city": "Ames"})
    keep(desk, patient, {"city": "Boone"}, actor=NURSE, seen={"city": ""})

    desk.drafts.close(NURSE, visit_id)

    assert disputes(desk, NURSE, patient)["city"].mine == "Boone"


def test_text_that_is_no_value_waits_when_somebody_put_the_field_right(
    desk: Desk, visit_id: str
) -> None:
    patient = desk.case(visit_id).patient
    keep(desk, patient, {"birth_date": "31/2"})

    keep(desk, patient, {"birth_date": "3/5/1951"}, actor=NURSE)

    found = disputes(desk, RECEPTION, patient)["birth_date"]
    assert (found.mine, found.theirs) == ("31/2", date(1951, 3, 5))


def test_two_answers_to_one_question_wait_for_a_choice(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"cancer": "no"}, drafting=True)

    desk.safety.save(OTHER, visit_id, {"cancer": "yes"}, seen={"cancer": None}, drafting=True)

    found = answer_disputes(desk, OTHER, visit_id)["cancer"]
    assert (found.mine, found.theirs) == ("Yes", "no")


def test_everybody_is_told_who_else_is_typing(desk: Desk, visit_id: str) -> None:
    add_staff(desk, NURSE)
    keep(desk, desk.case(visit_id).patient, {"city": "Ames"}, actor=NURSE)

    standing = desk.drafts.standing(RECEPTION, visit_id)

    assert standing.mine == ()
    assert [(name, set(draft.edits)) for name, draft in standing.others] == [(NURSE.name, {"city"})]


def test_what_others_saved_is_told_once(desk: Desk, visit_id: str) -> None:
    add_staff(desk, NURSE)
    patient = desk.case(visit_id).patient
    start = desk.drafts.standing(RECEPTION, visit_id)
    keep(desk, patient, {"city": "Ames"}, actor=NURSE)
    keep(desk, patient, {"region": "Iowa"}, actor=RECEPTION)

    first = desk.drafts.standing(RECEPTION, visit_id, after=start.line)
    second = desk.drafts.standing(RECEPTION, visit_id, after=first.line)

    assert [(each.name, each.deed, each.keys) for each in first.news] == [
        (NURSE.name, Deed.CHANGED, ("city",))
    ]
    assert (start.news, second.news) == ((), ())


def test_drafts_of_another_visit_are_not_shown(desk: Desk, visit_id: str) -> None:
    other = desk.patients.new_visit(RECEPTION, desk.case(visit_id).patient.id)
    keep(desk, desk.case(other).visit, {"operator": "Dr. Park"}, actor=NURSE)

    assert mine(desk, visit_id, NURSE) == ()
    assert len(mine(desk, other, NURSE)) == 1


def test_who_may_not_type_does_not_undo(desk: Desk, visit_id: str) -> None:
    with pytest.raises(NotAllowedError):
        desk.drafts.undo(Actor("nobody", "", frozenset()), visit_id)


def add_staff(desk: Desk, actor: Actor) -> None:
    """Put somebody on the list of staff."""
    with desk.work as work:
        work.records(Staff).add(Staff(id=actor.id, name=actor.name, roles=tuple(actor.roles)))
        work.commit()


def test_the_drafts_of_a_patient_who_was_merged_are_at_the_one_that_stays(
    desk: Desk, visit_id: str
) -> None:
    stays = desk.case(desk.register("Doe, Jane 3/4/1951")).patient
    gone = desk.case(visit_id)
    keep(desk, gone.driver, {"name": "John", "phone": "?"})
    compared = desk.merging.compare(RECEPTION, stays.id, gone.patient.id)
    desk.merging.merge(RECEPTION, compared, {})

    (draft,) = mine(desk, visit_id)
    desk.drafts.undo(RECEPTION, visit_id)

    assert draft.record_id == gone.driver.id
    assert desk.case(visit_id).driver.name == ""


# --- odd ends -------------------------------------------------------------------------------


def keep_raw(desk: Desk, draft: Draft) -> None:
    """Put a draft into the database as an older program, or a slip, may have left it."""
    with desk.work as work:
        work.keep_draft(draft)
        work.commit()


def a_draft(desk: Desk, visit_id: str, **changes: Any) -> Draft:
    """Return a draft of reception at Jane Doe's own form."""
    case = desk.case(visit_id)
    values: dict[str, Any] = {
        "form": "patient",
        "record_id": case.patient.id,
        "actor_id": RECEPTION.id,
        "patient_id": case.patient.id,
        "started_at": desk.clock.now(),
        "edited_at": desk.clock.now(),
    }
    return Draft(**(values | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"form": "unheard_of"},
        {"record_id": "gone"},
        {"form": "safety", "record_id": "gone"},
        {"form": "pain_medicine", "record_id": "gone", "deed": RowDeed.ADDED},
        {"form": "unheard_of", "deed": RowDeed.REMOVED},
    ],
    ids=str,
)
def test_a_draft_of_what_is_not_there_any_more_is_forgotten(
    desk: Desk, visit_id: str, changes: dict[str, Any]
) -> None:
    edits = {"name": Edit(before="a", after="b")}
    keep_raw(desk, a_draft(desk, visit_id, edits=edits, **changes))

    assert desk.drafts.undo(RECEPTION, visit_id) == ()
    assert mine(desk, visit_id) == ()


def test_a_value_that_is_none_of_the_field_is_taken_as_nothing(desk: Desk, visit_id: str) -> None:
    edits = {"sex": Edit(before="older than the list", after=""), "no_such_field": Edit(after="x")}
    keep_raw(desk, a_draft(desk, visit_id, edits=edits))
    disputed = a_draft(
        desk, visit_id, actor_id=NURSE.id, edits={"sex": Edit(mine="Male", seen="older")}
    )
    keep_raw(desk, disputed)

    desk.drafts.undo(RECEPTION, visit_id)

    found = disputes(desk, NURSE, desk.case(visit_id).patient)["sex"]
    assert desk.case(visit_id).patient.sex is None
    assert (found.mine, found.seen) == ("Male", None)


def test_an_answer_that_somebody_else_changed_stays(desk: Desk, visit_id: str) -> None:
    desk.safety.save(NURSE, visit_id, {"cancer": "no"}, drafting=True)
    desk.safety.save(OTHER, visit_id, {"cancer": "yes"}, drafting=True)

    stayed = desk.drafts.undo(NURSE, visit_id)

    assert [each.key for each in stayed] == ["cancer"]
    assert desk.case(visit_id).answers.get("cancer") == Answer.YES


def test_a_removed_level_that_somebody_marked_again_does_not_come_back_twice(
    desk: Desk, visit_id: str
) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")
    desk.fractures.set_levels(RECEPTION, visit_id, "L1", drafting=True)
    desk.fractures.set_levels(NURSE, visit_id, "T12, L1")

    stayed = desk.drafts.undo(RECEPTION, visit_id)

    assert [each.form for each in stayed] == ["fracture"]
    assert desk.case(visit_id).n == 2


def test_a_removed_row_that_is_there_again_stays_one(desk: Desk, visit_id: str) -> None:
    row = desk.forms.add_row(RECEPTION, PainMedicine, visit_id, {"name": "ibuprofen"})
    desk.forms.remove_row(RECEPTION, PainMedicine, row.id, drafting=True)
    desk.forms.add_row(NURSE, PainMedicine, visit_id, {"name": "aspirin"}, row_id=row.id)

    desk.drafts.undo(RECEPTION, visit_id)

    assert [each.name for each in desk.case(visit_id).pain_medicines] == ["aspirin"]


def test_a_visit_that_is_gone_has_no_draft_to_end(desk: Desk) -> None:
    desk.drafts.close(RECEPTION, "gone")

    assert desk.work.commits == 1  # the clinic's
