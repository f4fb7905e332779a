"""The set-up of the first start: what is proposed, what is asked for, what it makes."""

from collections.abc import Callable

import pytest

from intake_app.domain.countries import Paper, Units
from intake_app.domain.errors import AppError, DiskFullError
from intake_app.domain.staff import Role
from intake_app.services.program import Program
from intake_app.ui.presenters.first_start import FirstStartPresenter
from tests.fakes_ui import ImmediateTasks
from tests.presenters.pages import program
from tests.services.desk import NURSE, Desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def empty() -> Desk:
    """Return a desk of a clinic that is not set up."""
    return Desk()


@pytest.fixture
def services(empty: Desk) -> Program:
    """Return that desk as windows see it."""
    return program(empty)


@pytest.fixture
def presenter(services: Program) -> FirstStartPresenter:
    """Return the presenter of a first start in the United States."""
    presenter = FirstStartPresenter(services, ImmediateTasks())
    presenter.clinic.set_value("country", "US")
    return presenter


def fill_in(presenter: FirstStartPresenter) -> None:
    """Type what the set-up cannot do without."""
    presenter.clinic.edit("name", "Prairie Spine")
    presenter.staff.rows[0].edit("name", "Nora Hill")
    presenter.staff.rows[0].edit("roles", (Role.NURSE.value, Role.MANAGER.value))


def test_a_country_proposes_what_it_usually_has(presenter: FirstStartPresenter) -> None:
    presenter.clinic.set_value("country", "DE")

    values = presenter.clinic.values()
    assert values["emergency_number"] == "112"
    assert (values["units"], values["paper"]) == (Units.METRIC, Paper.A4)
    assert values["time_zone"] == "Europe/Berlin"


def test_a_proposal_never_replaces_what_somebody_typed(presenter: FirstStartPresenter) -> None:
    presenter.clinic.edit("emergency_number", "0911")

    presenter.clinic.set_value("country", "DE")

    assert presenter.clinic.value("emergency_number") == "0911"


def test_start_makes_the_clinic_and_its_staff(empty: Desk, presenter: FirstStartPresenter) -> None:
    fill_in(presenter)
    presenter.clinic.edit("opens", "7")
    finished: list[str] = []
    presenter.finished.connect(finished.append)

    presenter.start(0)

    clinic = empty.clinic.clinic()
    (nora,) = empty.clinic.staff()
    assert clinic is not None
    assert (clinic.name, clinic.emergency_number, str(clinic.opens)) == (
        "Prairie Spine",
        "911",
        "07:00:00",
    )
    assert nora.roles == (Role.NURSE, Role.MANAGER)
    assert finished == [nora.id]


def test_i_am_the_one_i_chose_even_when_a_row_before_stayed_empty(
    empty: Desk, presenter: FirstStartPresenter
) -> None:
    presenter.clinic.edit("name", "Prairie Spine")
    presenter.staff.append()
    row = presenter.staff.append()
    presenter.staff.rows[0].edit("name", "Nora Hill")
    presenter.staff.rows[0].edit("roles", (Role.MANAGER.value,))
    row.edit("name", "Max Low")
    row.edit("roles", (Role.RECEPTION.value,))
    finished: list[str] = []
    presenter.finished.connect(finished.append)

    presenter.start(2)

    assert [p.id for p in empty.clinic.staff() if p.name == "Max Low"] == finished


def _no_name(presenter: FirstStartPresenter) -> None:
    presenter.clinic.edit("name", "")


def _nobody(presenter: FirstStartPresenter) -> None:
    presenter.staff.rows[0].edit("name", None)
    presenter.staff.remove(0)


def _no_role(presenter: FirstStartPresenter) -> None:
    presenter.staff.rows[0].edit("roles", ())


def _no_manager(presenter: FirstStartPresenter) -> None:
    presenter.staff.rows[0].edit("roles", (Role.NURSE.value,))


def _bad_hours(presenter: FirstStartPresenter) -> None:
    presenter.clinic.edit("opens", "7 o'clock")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_no_name, "Some answers about the clinic need another look."),
        (_bad_hours, "Some answers about the clinic need another look."),
        (_nobody, "Type the name of at least one person who works here."),
        (_no_role, "Tick at least one role for Nora Hill."),
        (_no_manager, "Tick “Manager” for somebody"),
    ],
)
def test_nothing_is_made_while_something_is_missing(
    empty: Desk,
    presenter: FirstStartPresenter,
    spoil: Callable[[FirstStartPresenter], None],
    sentence: str,
) -> None:
    fill_in(presenter)
    spoil(presenter)

    presenter.start(0)

    assert presenter.problem.startswith(sentence)
    assert empty.clinic.clinic() is None


def test_a_full_disk_is_told_and_start_works_afterwards(
    empty: Desk, presenter: FirstStartPresenter
) -> None:
    fill_in(presenter)
    errors: list[AppError] = []
    working: list[bool] = []
    presenter.failed.connect(errors.append)
    presenter.working_changed.connect(working.append)

    def full(*_: object, **__: object) -> None:
        raise DiskFullError

    empty.clinic.set_up = full  # type: ignore[method-assign, assignment]

    presenter.start(0)

    assert [error.code for error in errors] == ["disk_full"]
    assert working == [True, False]


def test_the_demonstration_says_how_far_it_is_and_who_i_am(
    empty: Desk, presenter: FirstStartPresenter
) -> None:
    class FakeDemonstration:
        def create(self, report: Callable[[int], None]) -> object:
            report(50)
            report(100)
            return NURSE

    empty.demonstration = FakeDemonstration()  # type: ignore[attr-defined]
    percents: list[int] = []
    finished: list[str] = []
    presenter.progressed.connect(percents.append)
    presenter.finished.connect(finished.append)

    presenter.try_demonstration()

    assert percents == [50, 100]
    assert finished == [NURSE.id]


def test_names_are_offered_as_they_are_typed(presenter: FirstStartPresenter) -> None:
    heard: list[None] = []
    presenter.names_changed.connect(lambda: heard.append(None))

    presenter.staff.rows[0].edit("name", "Nora Hill")
    presenter.staff.append()

    assert presenter.names() == ("Nora Hill", "")
    assert len(heard) == 2
