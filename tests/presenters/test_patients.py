"""Finding a patient while typing."""

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
        self.visits: list[str] = []
        self.errors: list[AppError] = []
        presenter.results_changed.connect(self.results.append)
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


def test_a_hit_shows_what_tells_people_of_one_name_apart(
    desk: Desk, presenter: PatientsPresenter, heard: Heard
) -> None:
    desk.register("Doe, Jane 3/4/1951")

    presenter.look_for("doe")

    (row,) = heard.results[-1].rows
    assert (row.name, row.born, row.age) == ("Doe, Jane", "4 March 1951", "75 years")
    assert row.record_number == "P-000001"
    assert row.last_visit == "visit today"


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


def test_a_refusal_is_told_and_the_latest_text_is_searched(
    desk: Desk, presenter: PatientsPresenter, heard: Heard, tasks: ImmediateTasks
) -> None:
    desk.register("Doe, Jane 3/4/1951")
    tasks.held = True
    presenter.actor = Actor("nobody", "Nobody", frozenset())
    presenter.look_for("d")
    presenter.look_for("doe")
    tasks.release()

    presenter.actor = RECEPTION
    tasks.release()

    assert isinstance(heard.errors[0], NotAllowedError)
    assert [results.typed for results in heard.results] == ["doe"]


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
