"""Teach-back and hand-over: what was said back is kept, the sheet goes home, the visit moves on."""

from datetime import timedelta

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import CannotHandOverError, NotAllowedError, NotFoundError
from intake_app.domain.handing import (
    CopyFor,
    HandOver,
    Listener,
    PrintJob,
    PrintState,
    SaidBack,
    TeachBack,
)
from intake_app.domain.sheets import PrintSize, StoredSheet
from intake_app.domain.visits import VisitState
from intake_app.services.handing import Handing
from tests.builders import NOW
from tests.services.desk import NURSE, PHYSICIAN, RECEPTION, Desk
from tests.services.papers import approved, make_demonstration, printed, treated


@pytest.fixture
def visit_id(desk: Desk) -> str:
    """Return a visit in recovery whose sheet can be printed."""
    return approved(desk)


def look(desk: Desk, visit_id: str) -> Handing:
    return desk.handing_over.look(NURSE, visit_id)


def hand_over(desk: Desk, visit_id: str) -> HandOver:
    return desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=True)


def give(desk: Desk, visit_id: str, **draft: object) -> None:
    """Note who gets the sheet."""
    desk.handing_over.note(NURSE, visit_id, draft={"to_patient": True} | draft)  # type: ignore[arg-type] # as typed


def say(desk: Desk, visit_id: str, group: str, said_back: SaidBack, **more: object) -> TeachBack:
    draft = {"said_back": said_back, "listener": Listener.PATIENT} | more
    return desk.handing_over.say_back(NURSE, visit_id, group, draft=draft).record  # type: ignore[arg-type] # as typed


def followed(desk: Desk, sheet: StoredSheet, *copies: tuple[CopyFor, PrintState]) -> None:
    """Note how prints of a sheet went."""
    with desk.work as work:
        for number, (copy_for, state) in enumerate(copies):
            work.records(PrintJob).add(
                PrintJob(
                    id=f"{sheet.id}-{number}",
                    sheet_id=sheet.id,
                    copy_for=copy_for,
                    printer="Front desk",
                    pages=2,
                    state=state,
                    sent_at=NOW,
                    sent_by="Nora Hill",
                    seen_at=NOW,
                )
            )
        work.commit()


def reasons(caught: pytest.ExceptionInfo[CannotHandOverError]) -> list[str]:
    return [problem.code for problem in caught.value.reasons]


# --- teach-back ---------------------------------------------------------------------------


def test_what_is_asked_follows_the_sheet(desk: Desk, visit_id: str) -> None:
    before = [each.group.key for each in look(desk, visit_id).asked]

    desk.safety.save(NURSE, visit_id, {"blood_thinner": "yes"})

    after = [each.group.key for each in look(desk, visit_id).asked]
    assert "blood_thinner" not in before
    assert "blood_thinner" in after


def test_what_was_said_back_is_kept_with_who_asked_and_when(desk: Desk, visit_id: str) -> None:
    say(desk, visit_id, "limits", SaidBack.AGAIN, note="Mixed up the days")

    row = next(each.row for each in look(desk, visit_id).asked if each.group.key == "limits")
    assert (row.said_back, row.listener) == (SaidBack.AGAIN, Listener.PATIENT)
    assert (row.note, row.asked_by, row.asked_at) == ("Mixed up the days", "Nora Hill", NOW)


def test_a_group_has_one_answer_and_the_trail_keeps_the_one_before(
    desk: Desk, visit_id: str
) -> None:
    say(desk, visit_id, "wound", SaidBack.NOT_ABLE)
    say(desk, visit_id, "wound", SaidBack.FIRST, listener=Listener.CARER)

    patient_id = desk.patients.case(NURSE, visit_id, viewed=False).patient.id
    with desk.work as work:
        (row,) = work.records(TeachBack).owned_by(visit_id)
        trail = work.trail_of(patient_id)
    changes = {change.key: change for change in trail[0].changes}
    assert (row.said_back, row.listener) == (SaidBack.FIRST, Listener.CARER)
    assert (changes["said_back"].before, changes["said_back"].after) == ("not_able", "first")


def test_a_note_that_is_too_long_is_kept_as_it_was_typed(desk: Desk, visit_id: str) -> None:
    saved = desk.handing_over.say_back(NURSE, visit_id, "wound", draft={"note": "x" * 201})

    with desk.work as work:
        typed = work.typed(TeachBack.FORM, saved.record.id)
    assert [problem.code for problem in saved.problems] == ["too_long"]
    assert typed == {"note": "x" * 201}


def test_two_nurses_do_not_overwrite_each_other(desk: Desk, visit_id: str) -> None:
    say(desk, visit_id, "wound", SaidBack.AGAIN)

    saved = desk.handing_over.say_back(
        PHYSICIAN,
        visit_id,
        "wound",
        draft={"said_back": SaidBack.FIRST},
        seen={"said_back": None},
    )

    assert [problem.code for problem in saved.problems] == ["changed_by_other"]
    assert saved.record.said_back is SaidBack.AGAIN


def test_reception_teaches_nobody(desk: Desk, visit_id: str) -> None:
    with pytest.raises(NotAllowedError):
        desk.handing_over.say_back(RECEPTION, visit_id, "wound", draft={"note": "x"})


def test_not_able_is_a_remark_and_never_a_block(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)
    say(desk, visit_id, "danger_signs", SaidBack.NOT_ABLE)

    remarks = {remark.code: dict(remark.values) for remark in look(desk, visit_id).remarks}
    handed = hand_over(desk, visit_id)

    assert remarks["not_able"] == {"groups": "Danger signs"}
    assert handed.handed_at == NOW


# --- language and interpreter -------------------------------------------------------------


def test_the_language_spoken_and_the_driver_are_filled_in(desk: Desk, visit_id: str) -> None:
    case = desk.case(visit_id)
    desk.save(case.patient, {"language_spoken": "es"})
    desk.save(case.driver, {"name": "John Doe"})

    proposed = look(desk, visit_id).open

    assert (proposed.language, proposed.carer_name) == ("Spanish", "John Doe")
    assert (proposed.to_patient, proposed.to_carer) == (False, False)


def test_an_interpreter_who_is_wanted_and_not_named_is_asked_for(desk: Desk, visit_id: str) -> None:
    desk.save(desk.case(visit_id).patient, {"interpreter": "phone"})
    before = [remark.code for remark in look(desk, visit_id).remarks]

    give(desk, visit_id, interpreter="Line 4417")

    after = [remark.code for remark in look(desk, visit_id).remarks]
    assert "interpreter_not_named" in before
    assert "interpreter_not_named" not in after


def test_a_carer_without_a_name_and_without_a_copy_is_a_remark(desk: Desk, visit_id: str) -> None:
    sheet = printed(desk, visit_id)
    followed(desk, sheet, (CopyFor.PATIENT, PrintState.PRINTED))
    give(desk, visit_id, to_carer=True)

    handing = look(desk, visit_id)

    codes = {remark.code for remark in handing.remarks}
    assert {"carer_not_named", "carer_without_copy"} <= codes
    assert handing.refusals == ()


def test_what_is_noted_is_kept_before_anything_is_handed_over(desk: Desk, visit_id: str) -> None:
    give(desk, visit_id, interpreter="Line 4417")

    noted = look(desk, visit_id).open

    assert (noted.to_patient, noted.interpreter, noted.handed_at) == (True, "Line 4417", None)


# --- handed over --------------------------------------------------------------------------


def test_handing_over_notes_who_and_when_and_moves_the_visit_on(desk: Desk, visit_id: str) -> None:
    sheet = printed(desk, visit_id)
    give(desk, visit_id, to_carer=True, carer_name="John Doe")

    handed = hand_over(desk, visit_id)

    case, handing = desk.case(visit_id), look(desk, visit_id)
    assert (handed.sheet_id, handed.handed_at, handed.handed_by) == (sheet.id, NOW, "Nora Hill")
    assert (handed.to_patient, handed.to_carer, handed.carer_name) == (True, True, "John Doe")
    assert (case.visit.state, case.procedure.ready_at) == (VisitState.READY, NOW)
    assert handing.is_done
    assert handing.done == (handed,)


def test_a_visit_that_is_further_stays_where_it_is(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)
    desk.visits.stamp(NURSE, visit_id, "left_at")

    hand_over(desk, visit_id)

    case = desk.case(visit_id)
    assert (case.visit.state, case.procedure.ready_at) == (VisitState.LEFT, None)


def test_the_trail_says_that_it_was_handed_over(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)

    hand_over(desk, visit_id)

    patient_id = desk.patients.case(NURSE, visit_id, viewed=False).patient.id
    with desk.work as work:
        deeds = [entry.deed for entry in work.trail_of(patient_id)]
    assert deeds[:3] == [Deed.MOVED, Deed.CHANGED, Deed.HANDED_OVER]


def test_without_a_sheet_nothing_is_handed_over(desk: Desk, visit_id: str) -> None:
    give(desk, visit_id)

    with pytest.raises(CannotHandOverError) as caught:
        hand_over(desk, visit_id)

    assert reasons(caught) == ["not_printed"]


def test_somebody_has_to_get_it(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)

    with pytest.raises(CannotHandOverError) as caught:
        hand_over(desk, visit_id)

    assert reasons(caught) == ["nobody_given"]
    assert desk.case(visit_id).visit.state is VisitState.RECOVERY


def test_whose_sheet_it_is_is_looked_at(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)

    with pytest.raises(CannotHandOverError) as caught:
        desk.handing_over.hand_over(NURSE, visit_id, confirmed_by_eye=False)

    assert reasons(caught) == ["not_confirmed_by_eye"]


def test_a_draft_is_not_handed_over(desk: Desk) -> None:
    desk_visit = treated(desk)
    printed(desk, desk_visit)
    give(desk, desk_visit)

    with pytest.raises(CannotHandOverError) as caught:
        hand_over(desk, desk_visit)

    assert reasons(caught) == ["sheet_is_draft"]


def test_the_demonstration_hands_its_drafts_over(desk: Desk) -> None:
    make_demonstration(desk)
    visit_id = treated(desk)
    printed(desk, visit_id)
    give(desk, visit_id)

    assert hand_over(desk, visit_id).handed_at == NOW


@pytest.mark.parametrize("state", [PrintState.WAITING, PrintState.FAILED, PrintState.SENT])
def test_a_copy_that_is_not_known_to_be_there_keeps_it_back(
    desk: Desk, visit_id: str, state: PrintState
) -> None:
    sheet = printed(desk, visit_id)
    give(desk, visit_id)
    followed(desk, sheet, (CopyFor.PATIENT, PrintState.PRINTED), (CopyFor.CARER, state))

    with pytest.raises(CannotHandOverError) as caught:
        hand_over(desk, visit_id)

    (reason,) = caught.value.reasons
    assert (reason.code, dict(reason.values)) == ("print_incomplete", {"copies": "Carer"})


def test_the_last_try_of_a_copy_counts(desk: Desk, visit_id: str) -> None:
    sheet = printed(desk, visit_id)
    give(desk, visit_id)
    followed(
        desk, sheet, (CopyFor.PATIENT, PrintState.FAILED), (CopyFor.PATIENT, PrintState.PRINTED)
    )

    assert hand_over(desk, visit_id).sheet_id == sheet.id


def test_a_sheet_that_is_no_longer_true_is_not_handed_over(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)
    desk.save(desk.case(visit_id).procedure, {"closure": "glue"})

    with pytest.raises(CannotHandOverError) as caught:
        hand_over(desk, visit_id)

    assert reasons(caught) == ["record_changed"]


def test_stamps_and_steps_after_the_print_do_not_make_it_untrue(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)
    desk.clock.advance(hours=1)
    desk.visits.stamp(NURSE, visit_id, "ready_at")
    desk.save(desk.case(visit_id).procedure, {"discharge_ordered_by": "Dr. Park"})

    assert hand_over(desk, visit_id).handed_at == NOW + timedelta(hours=1)


def test_a_sheet_in_large_print_is_compared_in_large_print(desk: Desk, visit_id: str) -> None:
    sheet = printed(desk, visit_id, size=PrintSize.LARGE)
    give(desk, visit_id)

    assert hand_over(desk, visit_id).sheet_id == sheet.id


def test_the_same_sheet_is_handed_over_once(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)
    hand_over(desk, visit_id)

    with pytest.raises(CannotHandOverError) as caught:
        hand_over(desk, visit_id)

    assert reasons(caught) == ["handed_already"]


def test_a_corrected_sheet_is_handed_over_by_itself(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id, interpreter="Line 4417")
    first = hand_over(desk, visit_id)
    desk.save(desk.case(visit_id).procedure, {"closure": "glue"})
    corrected = printed(desk, visit_id)

    handing = look(desk, visit_id)
    second = hand_over(desk, visit_id)

    assert not handing.is_done
    assert (handing.open.to_patient, handing.open.interpreter) == (True, "Line 4417")
    assert (first.sheet_id, second.sheet_id) == (corrected.replaces, corrected.id)


def test_reception_hands_nothing_over(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)

    with pytest.raises(NotAllowedError):
        desk.handing_over.hand_over(RECEPTION, visit_id, confirmed_by_eye=True)


# --- taking it back -----------------------------------------------------------------------


def test_a_hand_over_is_taken_back_with_the_step_that_came_with_it(
    desk: Desk, visit_id: str
) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)
    handed = hand_over(desk, visit_id)

    desk.handing_over.take_back(NURSE, handed.id)

    case, handing = desk.case(visit_id), look(desk, visit_id)
    assert (case.visit.state, case.procedure.ready_at) == (VisitState.RECOVERY, None)
    assert not handing.is_done
    assert handing.open.to_patient


def test_a_step_that_did_not_come_with_it_stays(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)
    desk.visits.stamp(NURSE, visit_id, "ready_at")
    desk.clock.advance(hours=1)
    handed = hand_over(desk, visit_id)

    desk.handing_over.take_back(NURSE, handed.id)

    case = desk.case(visit_id)
    assert (case.visit.state, case.procedure.ready_at) == (VisitState.READY, NOW)


def test_what_was_taken_back_is_not_taken_back_again(desk: Desk, visit_id: str) -> None:
    printed(desk, visit_id)
    give(desk, visit_id)
    handed = hand_over(desk, visit_id)
    desk.handing_over.take_back(NURSE, handed.id)

    with pytest.raises(NotFoundError):
        desk.handing_over.take_back(NURSE, handed.id)
