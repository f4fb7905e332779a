"""Finding a patient while typing, and a look at doubles before a record exists."""

import pytest

from intake_app.domain.errors import AppError, NotAllowedError
from intake_app.domain.staff import Actor
from intake_app.ui.presenters.patients import PatientsPresenter, Results
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import RECEPTION, Desk

pytestmark = pytest.mark.usefixtures("qapp")


class Heard:
    """What a presenter said."""

    def __init__(self, presenter: PatientsPresenter) -> None:
        self.results: list[Results] = []
        self.doubles: list[Results] = []
        self.visits: list[str] = []
        self.errors: list[AppError] = []
        presenter.results_changed.connect(self.results.append)
        presenter.doubles_found.connect(self.doubles.append)
        presenter.visit_ready.connect(self.visits.append)
        presenter.failed.connect(self.errors.append)


@pytest.fixture
def tasks() -> ImmediateTasks:
    """Return a runner that works in the call."""
    return ImmediateTasks()


@pytest.fixture
def presenter(desk: Desk, tasks: ImmediateTasks) -> PatientsPresenter:
    """Return a presenter for somebody at reception."""
    return PatientsPresenter(program(desk), RECEPTION, tasks)


@pytest.fixture
def heard(presenter: PatientsPresenter) -> Heard:
    """Listen to the presenter."""
    return Heard(presenter)


def how_many(desk: Desk, typed: str) -> int:
    """Count the patients a search finds."""
    return len(desk.patients.search(RECEPTION, typed))


def test_a_hit_shows_what_tells_people_of_one_name_apart(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    desk.register("Doe, Jane 3/4/1951")

    presenter.look_for("doe")

    (row,) = heard.results[-1].rows
    assert (row.name, row.born, row.age) == ("Doe, Jane", "4 March 1951", "75 years")
    assert row.record_number == "P-000001"
    assert row.last_visit == "visit 22 November 2026"


def test_an_older_answer_never_overtakes_a_newer_keystroke(
    desk: Desk, presenter: PatientsPresenter, heard: Heard, tasks: ImmediateTasks
) -> None:
    desk.register("Doe, Jane 3/4/1951")
    tasks.held = True

    presenter.look_for("d")
    presenter.look_for("do")
    presenter.look_for("doe")
    tasks.release()
    tasks.release()

    assert [results.typed for results in heard.results] == ["doe"]


def test_while_one_search_runs_only_the_latest_text_waits(
    presenter: PatientsPresenter, tasks: ImmediateTasks
) -> None:
    tasks.held = True

    presenter.look_for("d")
    presenter.look_for("do")
    presenter.look_for("doe")

    assert len(tasks.lanes) == 1


def test_an_answer_that_is_no_longer_wanted_is_not_shown(
    presenter: PatientsPresenter, heard: Heard, tasks: ImmediateTasks
) -> None:
    tasks.held = True

    presenter.look_for("doe")
    presenter.forget()
    tasks.release()

    assert heard.results == []


def test_an_empty_text_is_answered_by_the_patients_looked_at_last(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    visit = desk.register("Doe, Jane 3/4/1951")
    desk.register("Roe, Richard 5/6/1940")
    desk.patients.case(RECEPTION, visit, viewed=True)

    presenter.look_for("")

    assert heard.results[-1].latest
    assert [row.name for row in heard.results[-1].rows] == ["Doe, Jane"]


def test_a_likely_double_is_shown_before_the_record_exists(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    desk.register("Doe, Jane 3/4/1951")

    presenter.start_new("Doe, Jane 3/4/1951")

    assert [row.name for row in heard.doubles[-1].rows] == ["Doe, Jane"]
    assert how_many(desk, "doe") == 1
    assert heard.visits == []


def test_somebody_of_the_same_name_is_shown_with_another_birth_date(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    desk.register("Doe, Jane 3/4/1951")

    presenter.start_new("Jane Doe 1/2/1960")

    assert [row.born for row in heard.doubles[-1].rows] == ["4 March 1951"]


def test_a_double_is_never_a_block(desk: Desk, presenter: PatientsPresenter, heard: Heard) -> None:
    desk.register("Doe, Jane 3/4/1951")

    presenter.register("Doe, Jane 3/4/1951")

    assert how_many(desk, "doe") == 2
    assert len(heard.visits) == 1


def test_nobody_alike_is_registered_at_once(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    presenter.start_new("Weber, Clara 3/4/1951")

    assert how_many(desk, "weber") == 1
    assert desk.case(heard.visits[0]).patient.given_name == "Clara"


def test_a_second_press_does_not_add_the_patient_twice(
    desk: Desk, presenter: PatientsPresenter, tasks: ImmediateTasks
) -> None:
    tasks.held = True

    presenter.register("Weber, Clara")
    presenter.register("Weber, Clara")
    tasks.release()

    assert how_many(desk, "weber") == 1


def test_a_refusal_is_told_and_the_next_try_is_possible(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    presenter.actor = Actor("nobody", "Nobody", frozenset())
    presenter.register("Weber, Clara")
    presenter.actor = RECEPTION

    presenter.register("Weber, Clara")

    assert isinstance(heard.errors[0], NotAllowedError)
    assert how_many(desk, "weber") == 1


def test_opening_a_patient_shows_the_latest_visit(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    first = desk.register("Doe, Jane 3/4/1951")
    patient_id = desk.case(first).patient.id
    second = desk.patients.new_visit(RECEPTION, patient_id)

    presenter.open_patient(patient_id)

    assert heard.visits == [second]


def test_a_patient_without_a_birth_date_is_shown_as_such(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    desk.register("Doe")

    presenter.look_for("doe")

    (row,) = heard.results[-1].rows
    assert (row.born, row.age) == ("no date of birth", "")
