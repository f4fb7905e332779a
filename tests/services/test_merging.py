"""Two records of one person become one patient, and can be taken apart again."""

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import (
    AlreadyApartError,
    AlreadyMergedError,
    ConflictError,
    MergedFurtherError,
    NotAllowedError,
    NotFoundError,
    SameRecordError,
)
from intake_app.domain.matching_decisions import DifferentPeople
from intake_app.domain.merging import Side
from intake_app.domain.nurse_questions import NurseQuestion
from intake_app.domain.patients import Identifier, Patient
from intake_app.domain.validation import draft_of
from intake_app.domain.visits import VisitState
from intake_app.services.merging import COMPARED, MOVED, STAYING
from tests.services.desk import MANAGER, NURSE, RECEPTION
from tests.services.test_rights import NOBODY
from tests.services.twins import Twins, twins_at_the_desk
from tests.storage.examples import RECORD_TYPES


@pytest.fixture
def twins() -> Twins:
    """Return a desk where Jane Doe was registered twice."""
    return twins_at_the_desk()


# --- comparing ----------------------------------------------------------------------------


def test_what_differs_is_listed_first(twins: Twins) -> None:
    seen = twins.desk.merging.compare(RECEPTION, twins.stays, twins.joins)

    assert seen.items[0].name == "patient.family_name"
    assert seen.items[0].suggested is Side.JOINS  # typed a day later


def test_both_records_say_when_they_were_made_and_which_visits_they_have(twins: Twins) -> None:
    seen = twins.desk.merging.compare(RECEPTION, twins.stays, twins.joins)

    assert seen.stays.registered_at is not None
    assert seen.joins.registered_at is not None
    assert seen.stays.registered_at < seen.joins.registered_at
    assert [visit.id for visit in seen.joins.visits] == [twins.second_visit]


def test_one_record_is_not_merged_with_itself(twins: Twins) -> None:
    with pytest.raises(SameRecordError):
        twins.desk.merging.compare(RECEPTION, twins.stays, twins.stays)


def test_a_record_that_is_gone_is_not_merged(twins: Twins) -> None:
    with pytest.raises(NotFoundError):
        twins.desk.merging.compare(RECEPTION, twins.stays, "nobody")


def test_a_record_that_is_part_of_another_is_not_merged_again(twins: Twins) -> None:
    twins.merge()

    with pytest.raises(AlreadyMergedError):
        twins.desk.merging.compare(RECEPTION, twins.stays, twins.joins)


@pytest.mark.parametrize("actor", [RECEPTION, NURSE, MANAGER], ids=lambda actor: actor.name)
def test_everybody_at_the_desk_may_merge(twins: Twins, actor: object) -> None:
    seen = twins.desk.merging.compare(actor, twins.stays, twins.joins)  # type: ignore[arg-type]

    assert twins.desk.merging.merge(actor, seen, {}).merged_id == twins.joins  # type: ignore[arg-type]


def test_somebody_without_a_role_may_not(twins: Twins) -> None:
    with pytest.raises(NotAllowedError):
        twins.desk.merging.compare(NOBODY, twins.stays, twins.joins)


# --- merging ------------------------------------------------------------------------------


def test_the_record_that_stays_takes_what_only_the_other_had(twins: Twins) -> None:
    twins.merge()

    assert twins.patient(twins.stays).email == "jane@example.org"


def test_the_picked_side_counts(twins: Twins) -> None:
    twins.merge(family_name=Side.STAYS)

    assert twins.patient(twins.stays).family_name == "Doe"


def test_without_a_pick_the_newer_value_counts(twins: Twins) -> None:
    twins.merge()

    assert twins.patient(twins.stays).family_name == "Dow"


def test_the_other_record_is_kept_as_it_was_and_points_to_the_one_that_stays(twins: Twins) -> None:
    before = twins.patient(twins.joins)

    twins.merge()

    after = twins.patient(twins.joins)
    assert after.merged_into == twins.stays
    assert (after.family_name, after.email, after.record_number) == (
        before.family_name,
        before.email,
        before.record_number,
    )


def test_visits_of_both_belong_to_the_record_that_stays_also_on_the_same_day(twins: Twins) -> None:
    twins.merge()

    assert twins.visits(twins.stays) == [twins.first_visit, twins.second_visit]
    assert twins.visits(twins.joins) == []


def test_numbers_of_other_systems_come_over(twins: Twins) -> None:
    with twins.desk.work as work:
        work.records(Identifier).add(
            Identifier(id="n", patient_id=twins.joins, system="hospital", value="77")
        )
        work.commit()

    twins.merge()

    with twins.desk.work as work:
        assert work.by_identifier("hospital", "77") == twins.stays


def test_the_old_record_leads_to_the_one_that_stays(twins: Twins) -> None:
    twins.merge()

    assert twins.desk.patients.latest_visit(RECEPTION, twins.joins) == twins.second_visit
    assert [visit.id for visit in twins.desk.patients.visits(RECEPTION, twins.joins)] == [
        twins.first_visit,
        twins.second_visit,
    ]


def test_the_old_number_names_the_patient_who_stays(twins: Twins) -> None:
    twins.merge()

    assert twins.desk.patients.visit_named(RECEPTION, "p-000002") == twins.second_visit


def test_a_new_visit_for_the_old_record_is_one_of_the_patient_who_stays(twins: Twins) -> None:
    twins.merge()

    again = twins.desk.patients.new_visit(RECEPTION, twins.joins)

    assert again in twins.visits(twins.stays)


def test_a_visit_of_the_old_record_opens_with_the_patient_who_stays(twins: Twins) -> None:
    twins.merge()

    assert twins.desk.case(twins.second_visit).patient.id == twins.stays


def test_the_contact_comes_over_whole(twins: Twins) -> None:
    contact = twins.desk.case(twins.second_visit).contact
    twins.desk.save(contact, {"name": "Mary Doe", "phone": "312 555 0199"})

    twins.merge()

    kept = twins.desk.case(twins.first_visit).contact
    assert (kept.patient_id, kept.name, kept.phone) == (twins.stays, "Mary Doe", "312 555 0199")


def test_a_contact_that_the_other_lacks_altogether_comes_over(twins: Twins) -> None:
    contact = twins.desk.case(twins.first_visit).contact
    with twins.desk.work as work:
        work.records(type(contact)).remove(contact)
        work.commit()

    twins.merge()

    assert twins.desk.case(twins.first_visit).contact.patient_id == twins.stays


def test_text_that_could_not_be_read_is_not_lost(twins: Twins) -> None:
    joins = twins.patient(twins.joins)
    twins.desk.save(joins, {"home_phone": "ask her"}, actor=RECEPTION)

    twins.merge()

    assert twins.desk.typed(twins.patient(twins.stays)) == {"home_phone": "ask her"}


def test_a_question_to_the_nurse_stands_at_the_field_of_the_patient_who_stays(
    twins: Twins,
) -> None:
    asked = NurseQuestion(
        id="",
        visit_id=twins.second_visit,
        form="patient",
        record_id=twins.joins,
        key="email",
        note="hers?",
        asked_by="",
        asked_at=twins.desk.clock.now(),
    )
    twins.desk.questions.ask(RECEPTION, twins.second_visit, asked)

    twins.merge()

    with twins.desk.work as work:
        (question,) = work.records(NurseQuestion).owned_by(twins.second_visit)
    assert question.record_id == twins.stays


def test_a_form_opened_before_the_merge_saves_into_the_record_that_stays(twins: Twins) -> None:
    before = twins.patient(twins.joins)
    twins.merge()

    twins.desk.save(before, {"city": "Ames"}, actor=RECEPTION, seen={"city": ""})

    assert twins.patient(twins.stays).city == "Ames"
    assert twins.patient(twins.joins).city == ""


def test_so_does_the_form_of_the_contact(twins: Twins) -> None:
    before = twins.desk.case(twins.second_visit).contact
    twins.merge()

    twins.desk.save(before, {"name": "Mary Doe"}, actor=RECEPTION, seen={"name": ""})

    assert twins.desk.case(twins.first_visit).contact.name == "Mary Doe"


def test_such_a_form_overwrites_nothing_that_differs_in_the_record_that_stays(
    twins: Twins,
) -> None:
    before = twins.patient(twins.joins)
    twins.merge(family_name=Side.STAYS)

    saved = twins.desk.save(
        before, {"family_name": "Dowe"}, actor=RECEPTION, seen={"family_name": "Dow"}
    )

    assert [problem.code for problem in saved.problems] == ["changed_by_other"]
    assert twins.patient(twins.stays).family_name == "Doe"


def test_what_was_typed_and_could_not_be_saved_waits_at_the_record_that_stays(
    twins: Twins,
) -> None:
    joins = twins.patient(twins.joins)
    twins.desk.save(joins, {"city": "Ames"}, actor=NURSE)
    twins.desk.save(joins, {"city": "Boone"}, actor=RECEPTION, seen={"city": ""})

    twins.merge()

    with twins.desk.work as work:
        draft = work.draft("patient", twins.stays, actor_id=RECEPTION.id)
    assert draft is not None
    assert (draft.patient_id, draft.edits["city"].mine) == (twins.stays, "Boone")


def test_who_saved_first_at_a_visit_that_came_over_is_known(twins: Twins) -> None:
    visit = twins.desk.case(twins.second_visit).visit
    twins.desk.save(visit, {"room": "2"}, actor=NURSE)
    twins.merge()

    twins.desk.save(visit, {"room": "3"}, actor=RECEPTION, seen={"room": ""})

    with twins.desk.work as work:
        draft = work.draft("visit", visit.id, actor_id=RECEPTION.id)
    assert draft is not None
    assert draft.edits["room"].by == NURSE.id


def test_what_is_typed_at_a_visit_goes_with_it_and_comes_back(twins: Twins) -> None:
    visit = twins.desk.case(twins.second_visit).visit
    twins.desk.forms.save(RECEPTION, type(visit), visit.id, draft={"room": "2"}, drafting=True)

    merge = twins.merge()

    with twins.desk.work as work:
        (draft,) = work.drafts_at(twins.stays)
        assert (draft.form, draft.visit_id) == ("visit", visit.id)
    twins.desk.merging.take_apart(RECEPTION, merge.id)
    with twins.desk.work as work:
        assert [each.visit_id for each in work.drafts_at(twins.joins)] == [visit.id]


def test_what_changed_since_it_was_compared_is_looked_at_again(twins: Twins) -> None:
    seen = twins.desk.merging.compare(RECEPTION, twins.stays, twins.joins)
    twins.desk.save(twins.patient(twins.stays), {"city": "Ames"}, actor=RECEPTION)

    with pytest.raises(ConflictError):
        twins.desk.merging.merge(RECEPTION, seen, {})

    assert twins.patient(twins.joins).merged_into == ""


def test_a_second_press_merges_nothing_twice(twins: Twins) -> None:
    seen = twins.desk.merging.compare(RECEPTION, twins.stays, twins.joins)
    twins.desk.merging.merge(RECEPTION, seen, {})

    with pytest.raises(AlreadyMergedError):
        twins.desk.merging.merge(RECEPTION, seen, {})

    assert len(twins.desk.merging.merges(RECEPTION, twins.stays)) == 1


def test_a_merge_is_one_transaction(twins: Twins) -> None:
    seen = twins.desk.merging.compare(RECEPTION, twins.stays, twins.joins)
    before = twins.desk.work.commits

    twins.desk.merging.merge(RECEPTION, seen, {})

    assert twins.desk.work.commits == before + 1


def test_every_record_of_a_patient_is_chosen_moved_or_known_to_stay() -> None:
    owned = {each for each in RECORD_TYPES if each.OWNER == "patient_id"}

    assert owned == {*COMPARED, *MOVED, *STAYING} - {Patient}


def others_of(twins: Twins, patient_id: str) -> set[str]:
    with twins.desk.work as work:
        return {row.other_id for row in work.records(DifferentPeople).owned_by(patient_id)}


def test_whom_the_other_was_told_apart_from_is_another_person_for_the_one_that_stays(
    twins: Twins,
) -> None:
    sister = twins.desk.case(twins.desk.register("Dow, Joan 3/4/1951")).patient.id
    twins.desk.doubles.mark_different(RECEPTION, twins.joins, sister)

    merge = twins.merge()

    assert others_of(twins, twins.stays) == {sister}
    assert twins.stays in others_of(twins, sister)
    twins.desk.merging.take_apart(RECEPTION, merge.id)
    assert others_of(twins, twins.stays) == set()
    assert others_of(twins, sister) == {twins.joins}


def test_records_that_another_system_merges_keep_what_the_one_that_stays_says(
    twins: Twins,
) -> None:
    with twins.desk.work as work:
        twins.desk.merging.merge_within(work, RECEPTION, stays_id=twins.stays, joins_id=twins.joins)
        work.commit()

    patient = twins.patient(twins.stays)
    assert (patient.family_name, patient.email) == ("Doe", "jane@example.org")


# --- histories ----------------------------------------------------------------------------


def test_the_history_of_the_patient_who_stays_is_that_of_both(twins: Twins) -> None:
    twins.merge()

    history = twins.desk.history.read(RECEPTION, twins.joins)

    assert history.patient.id == twins.stays
    assert {entry.patient_id for entry in history.entries} == {twins.stays, twins.joins}
    moments = [entry.at for entry in history.entries]
    assert moments == sorted(moments, reverse=True)


def test_the_trail_says_from_and_to_in_both_records(twins: Twins) -> None:
    twins.merge()

    with twins.desk.work as work:
        mine = [e for e in work.trail_of(twins.stays) if e.deed is Deed.MERGED]
        theirs = [e for e in work.trail_of(twins.joins) if e.deed is Deed.MERGED]
    changes = {c.key: (c.before, c.after) for e in mine for c in e.changes if e.table == "patient"}
    assert changes["email"] == ("", "jane@example.org")
    assert changes["family_name"] == ("Doe", "Dow")
    assert changes["other_record"] == (None, "P-000002")
    assert [c.after for e in theirs for c in e.changes] == ["P-000001"]


# --- taking apart -------------------------------------------------------------------------


def test_taken_apart_both_are_as_they_were(twins: Twins) -> None:
    before = twins.patient(twins.stays), twins.patient(twins.joins)
    merge = twins.merge()

    apart = twins.desk.merging.take_apart(RECEPTION, merge.id)

    after = twins.patient(twins.stays), twins.patient(twins.joins)
    assert apart.kept == ()
    assert [values(each) for each in after] == [values(each) for each in before]
    assert twins.visits(twins.stays) == [twins.first_visit]
    assert twins.visits(twins.joins) == [twins.second_visit]


def values(patient: Patient) -> dict[str, object]:
    return {**draft_of(patient), "merged_into": patient.merged_into}


def test_what_somebody_changed_since_stays_and_is_named(twins: Twins) -> None:
    merge = twins.merge()
    twins.desk.save(twins.patient(twins.stays), {"email": "new@example.org"}, actor=RECEPTION)

    apart = twins.desk.merging.take_apart(RECEPTION, merge.id)

    assert apart.kept == (("patient", "email"),)
    assert twins.patient(twins.stays).email == "new@example.org"
    assert twins.patient(twins.stays).family_name == "Doe"


def test_visits_made_after_the_merge_stay(twins: Twins) -> None:
    merge = twins.merge()
    later = twins.desk.patients.new_visit(RECEPTION, twins.stays)

    twins.desk.merging.take_apart(RECEPTION, merge.id)

    assert twins.visits(twins.stays) == [twins.first_visit, later]


def test_the_contact_and_the_text_that_came_over_go_back(twins: Twins) -> None:
    contact = twins.desk.case(twins.second_visit).contact
    twins.desk.save(contact, {"name": "Mary Doe"})
    twins.desk.save(twins.patient(twins.joins), {"home_phone": "ask her"}, actor=RECEPTION)
    merge = twins.merge()

    twins.desk.merging.take_apart(RECEPTION, merge.id)

    assert twins.desk.case(twins.first_visit).contact.name == ""
    assert twins.desk.case(twins.second_visit).contact.name == "Mary Doe"
    assert twins.desk.typed(twins.patient(twins.stays)) == {}
    assert twins.desk.typed(twins.patient(twins.joins)) == {"home_phone": "ask her"}


def test_numbers_of_other_systems_go_back(twins: Twins) -> None:
    with twins.desk.work as work:
        work.records(Identifier).add(
            Identifier(id="n", patient_id=twins.joins, system="hospital", value="77")
        )
        work.commit()
    merge = twins.merge()

    twins.desk.merging.take_apart(RECEPTION, merge.id)

    with twins.desk.work as work:
        assert work.by_identifier("hospital", "77") == twins.joins


def test_nothing_is_taken_apart_twice(twins: Twins) -> None:
    merge = twins.merge()
    twins.desk.merging.take_apart(RECEPTION, merge.id)

    with pytest.raises(AlreadyApartError):
        twins.desk.merging.take_apart(RECEPTION, merge.id)


def test_records_taken_apart_can_be_merged_again_the_other_way_round(twins: Twins) -> None:
    twins.desk.merging.take_apart(RECEPTION, twins.merge().id)
    seen = twins.desk.merging.compare(RECEPTION, twins.joins, twins.stays)

    twins.desk.merging.merge(RECEPTION, seen, {})

    assert twins.patient(twins.stays).merged_into == twins.joins


def test_the_trail_tells_of_taking_apart_in_both_records(twins: Twins) -> None:
    twins.desk.merging.take_apart(RECEPTION, twins.merge().id)

    with twins.desk.work as work:
        mine = [e for e in work.trail_of(twins.stays) if e.deed is Deed.SEPARATED]
        theirs = [e for e in work.trail_of(twins.joins) if e.deed is Deed.SEPARATED]
    assert {c.key: (c.before, c.after) for e in mine for c in e.changes}["family_name"] == (
        "Dow",
        "Doe",
    )
    assert {entry.table for entry in theirs} == {"patient", "visit"}


def test_a_third_record_first_gives_back_the_second(twins: Twins) -> None:
    first = twins.merge()
    third = twins.desk.case(twins.desk.register("Doe, Jane 3/4/1951")).patient.id
    seen = twins.desk.merging.compare(RECEPTION, third, twins.stays)
    second = twins.desk.merging.merge(RECEPTION, seen, {})

    with pytest.raises(MergedFurtherError):
        twins.desk.merging.take_apart(RECEPTION, first.id)

    assert twins.desk.patients.latest_visit(RECEPTION, twins.joins)
    assert twins.desk.case(twins.second_visit).patient.id == third
    twins.desk.merging.take_apart(RECEPTION, second.id)
    twins.desk.merging.take_apart(RECEPTION, first.id)
    assert twins.visits(twins.joins) == [twins.second_visit]
    assert twins.visits(twins.stays) == [twins.first_visit]


def test_the_board_knows_since_when_a_visit_waits_that_came_over(twins: Twins) -> None:
    twins.desk.clock.advance(minutes=5)
    twins.desk.visits.set_state(RECEPTION, twins.second_visit, VisitState.ARRIVED)
    arrived = twins.desk.clock.now()
    day = twins.desk.case(twins.second_visit).visit.day
    assert day is not None

    twins.merge()

    (line,) = [
        line
        for line in twins.desk.board.lines(RECEPTION, day)
        if line.visit_id == twins.second_visit
    ]
    assert line.since == arrived


def test_the_history_goes_back_over_several_merges(twins: Twins) -> None:
    twins.merge()
    third = twins.desk.case(twins.desk.register("Doe, Jane 3/4/1951")).patient.id
    seen = twins.desk.merging.compare(RECEPTION, third, twins.stays)
    twins.desk.merging.merge(RECEPTION, seen, {})

    history = twins.desk.history.read(RECEPTION, twins.stays)

    assert [each.id for each in history.patients] == [third, twins.stays, twins.joins]
