"""Levels typed and drawn stay in step: one row for each fracture."""

import pytest

from intake_app.domain.audit import Deed, FieldChange
from intake_app.domain.errors import DuplicateLevelError, NotAllowedError
from intake_app.domain.fractures import FractureStatus
from intake_app.domain.spine import write_levels
from tests.services.desk import NURSE, RECEPTION, Desk


def levels(desk: Desk, visit_id: str) -> list[str]:
    return [row.level.value for row in desk.case(visit_id).fractures]


# --- levels ---------------------------------------------------------------------------------


def test_typed_levels_become_rows_planned_to_treat(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "L1-L3, 12th thoracic")

    rows = desk.case(visit_id).fractures
    assert [row.level.value for row in rows] == ["T12", "L1", "L2", "L3"]
    assert {row.status for row in rows} == {FractureStatus.PLANNED}


def test_typing_again_keeps_the_rows_that_stay(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")
    before = desk.case(visit_id).fractures
    desk.save(before[0], {"severity": "2"})

    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L4")

    after = desk.case(visit_id).fractures
    assert [row.level.value for row in after] == ["T12", "L4"]
    assert (after[0].id, after[0].severity) == (before[0].id, "2")


def test_nothing_changes_while_something_typed_cannot_be_read(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12")

    read = desk.fractures.set_levels(RECEPTION, visit_id, "L1, knee")

    assert [problem.code for problem in read.problems] == ["not_a_level"]
    assert levels(desk, visit_id) == ["T12"]


def test_a_level_typed_twice_is_one_row_and_a_word(desk: Desk, visit_id: str) -> None:
    read = desk.fractures.set_levels(RECEPTION, visit_id, "T12,T12")

    assert [problem.code for problem in read.problems] == ["level_twice"]
    assert levels(desk, visit_id) == ["T12"]


def test_rows_of_unknown_level_stay_when_levels_are_typed(desk: Desk, visit_id: str) -> None:
    desk.fractures.add(RECEPTION, visit_id, "unknown")

    desk.fractures.set_levels(RECEPTION, visit_id, "T12")

    assert levels(desk, visit_id) == ["T12", "unknown"]


def test_the_text_of_drawn_levels_can_be_typed_back(desk: Desk, visit_id: str) -> None:
    for level in ("L6", "L5", "L4", "L3", "T12"):
        desk.fractures.add(RECEPTION, visit_id, level)
    text = write_levels(levels(desk, visit_id))

    desk.fractures.set_levels(RECEPTION, visit_id, f"{text}, S1")

    assert text == "T12, L3-L5, L6"
    assert levels(desk, visit_id) == ["T12", "L3", "L4", "L5", "L6", "S1"]


def test_typing_l6_makes_no_row(desk: Desk, visit_id: str) -> None:
    desk.fractures.add(RECEPTION, visit_id, "T12")

    read = desk.fractures.set_levels(RECEPTION, visit_id, "T12, L6")

    assert [problem.code for problem in read.problems] == ["transitional_level"]
    assert levels(desk, visit_id) == ["T12"]


@pytest.mark.parametrize("level", ["T12", "L6", "C3"])
def test_a_level_is_drawn_only_once(desk: Desk, visit_id: str, level: str) -> None:
    desk.fractures.add(RECEPTION, visit_id, level)

    with pytest.raises(DuplicateLevelError) as caught:
        desk.fractures.add(RECEPTION, visit_id, level)

    assert caught.value.values == {"level": level}


def test_unknown_levels_may_be_many(desk: Desk, visit_id: str) -> None:
    for _ in range(3):
        desk.fractures.add(RECEPTION, visit_id, "unknown")

    assert desk.case(visit_id).n == 3


def test_an_unknown_level_can_become_known(desk: Desk, visit_id: str) -> None:
    row = desk.fractures.add(RECEPTION, visit_id, "unknown")

    desk.fractures.move(NURSE, row.id, "L1")

    assert levels(desk, visit_id) == ["L1"]


def test_a_row_does_not_move_to_a_level_that_is_taken(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")
    row = desk.case(visit_id).fractures[0]

    with pytest.raises(DuplicateLevelError):
        desk.fractures.move(RECEPTION, row.id, "L1")


def test_a_row_may_move_to_its_own_level_or_become_unknown(desk: Desk, visit_id: str) -> None:
    desk.fractures.add(RECEPTION, visit_id, "unknown")
    row = desk.fractures.add(RECEPTION, visit_id, "T12")

    desk.fractures.move(RECEPTION, row.id, "T12")
    desk.fractures.move(RECEPTION, row.id, "unknown")

    assert levels(desk, visit_id) == ["unknown", "unknown"]


def test_a_removed_fracture_stays_in_the_trail_with_what_it_held(desk: Desk, visit_id: str) -> None:
    row = desk.fractures.add(RECEPTION, visit_id, "T12")
    desk.save(row, {"cause": "osteoporosis", "height_loss": "lots"})

    desk.fractures.remove(RECEPTION, row.id)

    latest = desk.patients.history(NURSE, desk.case(visit_id).patient.id)[0]
    assert (levels(desk, visit_id), desk.work.kept.typed) == ([], {})
    assert latest.deed is Deed.REMOVED
    assert FieldChange("cause", "osteoporosis", None) in latest.changes


def test_the_nurse_confirms_every_row_by_name(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12, L1")

    desk.fractures.confirm(NURSE, visit_id)

    assert [row.confirmed_by for row in desk.case(visit_id).fractures] == ["Nora Hill"] * 2


def test_confirming_twice_is_one_entry(desk: Desk, visit_id: str) -> None:
    desk.fractures.set_levels(RECEPTION, visit_id, "T12")
    desk.fractures.confirm(NURSE, visit_id)
    patient_id = desk.case(visit_id).patient.id
    before = desk.patients.history(NURSE, patient_id)

    desk.fractures.confirm(NURSE, visit_id)

    assert desk.patients.history(NURSE, patient_id) == before


def test_a_row_that_reception_moves_is_not_confirmed_any_more(desk: Desk, visit_id: str) -> None:
    row = desk.fractures.add(RECEPTION, visit_id, "T12")
    desk.fractures.confirm(NURSE, visit_id)

    desk.fractures.move(RECEPTION, row.id, "L1")

    assert desk.case(visit_id).fractures[0].confirmed_by == ""


def test_reception_does_not_confirm(desk: Desk, visit_id: str) -> None:
    with pytest.raises(NotAllowedError):
        desk.fractures.confirm(RECEPTION, visit_id)
