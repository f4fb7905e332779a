"""One row for each fracture; only those planned to treat count."""

import pytest

from intake_app.domain.fractures import Fracture, FractureStatus, planned
from intake_app.domain.validation import find_problems
from tests.builders import a_fracture, a_locality

HERE = a_locality()


def test_only_rows_planned_to_treat_count() -> None:
    rows = [
        a_fracture("T11", status=FractureStatus.HEALED),
        a_fracture("T12"),
        a_fracture("L1", status=FractureStatus.WATCH),
        a_fracture("L2", status=FractureStatus.TREATED),
        a_fracture("L3"),
    ]

    assert [row.level for row in planned(rows)] == ["T12", "L3"]


@pytest.mark.parametrize("happened", ["today", "November 2026", "2026", "about 3 weeks", ""])
def test_a_fracture_happened_up_to_today(happened: str) -> None:
    assert find_problems(Fracture, {"happened": happened}, HERE) == ()


@pytest.mark.parametrize("happened", ["tomorrow", "December 2026", "2027"])
def test_a_fracture_to_come_is_refused(happened: str) -> None:
    (problem,) = find_problems(Fracture, {"happened": happened}, HERE)

    assert (problem.key, problem.code, problem.warning) == ("happened", "date_in_future", False)


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("height_loss", "101", "out_of_range"),
        ("height_loss", "-1", "out_of_range"),
        ("kyphosis", "91°", "out_of_range"),
        ("height_loss", "a third", "not_a_number"),
        ("level", "L7", "not_a_choice"),
        ("level", "", "required"),
        ("severity", "4", "not_a_choice"),
    ],
)
def test_what_cannot_be_is_refused_in_its_place(key: str, typed: str, code: str) -> None:
    (problem,) = find_problems(Fracture, {key: typed}, HERE)

    assert (problem.key, problem.code) == (key, code)
