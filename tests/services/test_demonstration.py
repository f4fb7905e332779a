"""The demonstration clinic is made by the same use cases as any other."""

import tomllib
from functools import cache

import pytest

from intake_app.domain.errors import InvalidDraftError
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import PROGRAM
from intake_app.domain.visits import VisitState
from intake_app.resources import resource
from intake_app.services.demonstration import DemonstrationService, Step
from tests.builders import TODAY
from tests.services.desk import Desk

KINDS = ("what-to-expect", "driver-card", "aftercare")


def script() -> str:
    return resource("demonstration", "clinic.toml").read_text(encoding="utf-8")


def at(desk: Desk, text: str = "") -> DemonstrationService:
    return DemonstrationService(
        desk.clinic,
        desk.forms,
        desk.patients,
        visits=desk.visits,
        fractures=desk.fractures,
        safety=desk.safety,
        sheets=desk.sheets,
        wordings=desk.wordings,
        script=lambda: text or script(),
    )


@cache
def carried_through() -> tuple[Desk, tuple[Step, ...]]:
    """Run the whole demonstration once for all the tests that look at it."""
    desk = Desk()
    return desk, tuple(at(desk).run())


@cache
def created() -> tuple[Desk, tuple[int, ...]]:
    """Make the demonstration clinic once for all the tests that look at it."""
    desk = Desk()
    progress: list[int] = []
    at(desk).create(progress.append)
    return desk, tuple(progress)


def test_every_patient_goes_home_with_three_papers() -> None:
    _, steps = carried_through()

    names = [step.file_name for step in steps if step.file_name]

    assert names == [f"{kind}-{number:02}.pdf" for number in range(1, 13) for kind in KINDS]


def test_every_paper_has_its_bytes_and_every_step_its_sentence() -> None:
    _, steps = carried_through()

    assert all(step.sentence.endswith(".") for step in steps)
    assert all(bool(step.content) == bool(step.file_name) for step in steps)


def test_the_papers_of_the_demonstration_are_final_and_say_what_they_are() -> None:
    desk, _ = carried_through()

    visit_id = desk.patients.visit_named(PROGRAM, "P-000001")
    prepared = desk.sheets.prepare(PROGRAM, visit_id, SheetKind.AFTERCARE)

    assert prepared.sheet is not None
    assert (prepared.sheet.specimen, prepared.sheet.demonstration) == (False, True)


def test_everybody_has_left_in_the_end() -> None:
    desk, _ = carried_through()

    states = {line.state for line in desk.board.lines(PROGRAM, TODAY)}

    assert states == {VisitState.LEFT}


def test_the_patients_have_one_to_four_levels() -> None:
    desk, _ = carried_through()

    assert {line.n for line in desk.board.lines(PROGRAM, TODAY)} == {1, 2, 3, 4}


def test_the_demonstration_clinic_shows_a_day_at_all_stages() -> None:
    desk, _ = created()

    states = {line.state for line in desk.board.lines(PROGRAM, TODAY)}

    assert states >= {
        VisitState.BOOKED,
        VisitState.ARRIVED,
        VisitState.PREPARING,
        VisitState.PROCEDURE,
        VisitState.RECOVERY,
        VisitState.READY,
        VisitState.LEFT,
    }


def test_making_the_demonstration_tells_how_far_it_is() -> None:
    _, progress = created()

    assert (len(progress), progress[-1], sorted(progress)) == (12, 100, list(progress))


def test_whoever_left_has_been_given_a_sheet() -> None:
    desk, _ = created()
    left = [x.visit_id for x in desk.board.lines(PROGRAM, TODAY) if x.state is VisitState.LEFT]

    given = [len(desk.sheets.sheets(PROGRAM, visit_id)) for visit_id in left]

    assert set(given) == {1}


@pytest.mark.parametrize(
    ("typed", "mistyped"),
    [('mri = "Yes"', 'mri = "Perhaps"'), ('blood_thinner = "no"', 'blood_thinner = "never"')],
)
def test_a_mistake_in_the_script_stops_it(typed: str, mistyped: str) -> None:
    text = script().replace(typed, mistyped)
    assert text != script()

    with pytest.raises(InvalidDraftError):
        list(at(Desk(), text).run())


def test_a_patient_of_whom_little_is_known_can_be_played() -> None:
    clinic = script().partition("[[patient]]")[0]
    person = '[[patient]]\nfind = "Doe, Jane"\nstage = "booked"\nlevels = "T12"\n'
    desk = Desk()

    at(desk, clinic + person).create()

    assert [line.levels for line in desk.board.lines(PROGRAM, TODAY)] == ["T12"]


def test_the_script_has_twelve_patients() -> None:
    assert len(tomllib.loads(script())["patient"]) == 12
