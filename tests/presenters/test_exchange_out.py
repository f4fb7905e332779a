"""Everybody on the way out: to tables, or to a FHIR bundle."""

from pathlib import Path

import pytest

from intake_app.domain.errors import AppError, FileUnwritableError
from intake_app.domain.staff import Role
from intake_app.ui.presenters.exchange_out import ExportPresenter
from intake_app.ui.presenters.main import MainPresenter
from tests.fakes_ui import ImmediateTasks
from tests.presenters.test_main import a_presenter, offered
from tests.services.desk import MANAGER, Desk, a_desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk() -> Desk:
    desk = a_desk()
    desk.clinic.add_staff(MANAGER, "Max Low", frozenset({Role.MANAGER}))
    desk.register()
    return desk


@pytest.fixture
def tasks() -> ImmediateTasks:
    return ImmediateTasks()


@pytest.fixture
def presenter(desk: Desk, tmp_path: Path, tasks: ImmediateTasks) -> ExportPresenter:
    main: MainPresenter = a_presenter(offered(desk), tmp_path)
    main.open_with(tasks)
    return ExportPresenter(main)


def listened(presenter: ExportPresenter) -> tuple[list[str], list[AppError]]:
    said: list[str] = []
    failed: list[AppError] = []
    presenter.said.connect(said.append)
    presenter.failed.connect(failed.append)
    return said, failed


def test_tables_are_written_beside_each_other(presenter: ExportPresenter, tmp_path: Path) -> None:
    said, _ = listened(presenter)

    presenter.export(tmp_path / "all.csv")

    assert said == ["1 patients are in all.csv, 1 visits in all-visits.csv."]
    assert "Doe" in (tmp_path / "all.csv").read_text("utf-8-sig")
    assert not presenter.busy


def test_a_name_that_ends_in_json_gives_a_bundle(
    presenter: ExportPresenter, tmp_path: Path
) -> None:
    said, _ = listened(presenter)

    presenter.export(tmp_path / "all.json")

    assert said == ["1 patients are in all.json."]
    assert '"Bundle"' in (tmp_path / "all.json").read_text("utf-8")


@pytest.mark.parametrize("name", ["all.csv", "all.json"])
def test_stopping_writes_nothing(
    presenter: ExportPresenter, tmp_path: Path, tasks: ImmediateTasks, name: str
) -> None:
    said, _ = listened(presenter)
    tasks.held = True
    presenter.export(tmp_path / name)

    presenter.stop()
    tasks.release()

    assert said == ["Stopped. Nothing was written."]
    assert not (tmp_path / name).exists()


def test_a_place_that_cannot_be_written_to_is_named(
    presenter: ExportPresenter, tmp_path: Path
) -> None:
    _, failed = listened(presenter)

    presenter.export(tmp_path / "no" / "all.csv")

    assert [type(error) for error in failed] == [FileUnwritableError]
    assert not presenter.busy


def test_the_name_proposed_says_what_day_it_is(presenter: ExportPresenter) -> None:
    assert presenter.suggested() == "patients-2026-11-22.csv"
