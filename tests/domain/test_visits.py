"""A visit goes through the day one step at a time, and every step can be taken back."""

from itertools import pairwise

import pytest

from intake_app.domain.validation import find_problems
from intake_app.domain.visits import COURSE, Visit, VisitState, next_state, previous_state
from tests.builders import a_locality


@pytest.mark.parametrize(("state", "following"), list(pairwise(COURSE)))
def test_a_visit_moves_on_one_step_at_a_time(state: VisitState, following: VisitState) -> None:
    assert next_state(state) is following


@pytest.mark.parametrize("state", [VisitState.LEFT, VisitState.CANCELLED, VisitState.NO_SHOW])
def test_a_visit_that_is_over_does_not_move_on(state: VisitState) -> None:
    assert next_state(state) is None


@pytest.mark.parametrize(("state", "following"), list(pairwise(COURSE)))
def test_undoing_leads_back_to_the_step_before(state: VisitState, following: VisitState) -> None:
    assert previous_state(following) is state


@pytest.mark.parametrize("state", [VisitState.CANCELLED, VisitState.NO_SHOW])
def test_a_visit_that_was_called_off_can_be_booked_again(state: VisitState) -> None:
    assert previous_state(state) is VisitState.BOOKED


def test_before_anything_happened_there_is_nothing_to_undo() -> None:
    assert previous_state(VisitState.BOOKED) is None


def test_arriving_after_the_start_is_questioned() -> None:
    draft = {"planned_arrival": "9:00", "planned_start": "8:00"}

    (problem,) = find_problems(Visit, draft, a_locality())

    assert (problem.key, problem.code, problem.warning) == (
        "planned_arrival",
        "arrival_after_start",
        True,
    )


@pytest.mark.parametrize("arrival", ["7:00", "8:00", ""])
def test_arriving_in_time_is_not_questioned(arrival: str) -> None:
    draft = {"planned_arrival": arrival, "planned_start": "8:00"}

    assert find_problems(Visit, draft, a_locality()) == ()
