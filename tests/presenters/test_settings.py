"""The settings: saved by themselves, limits approved, wording signed, staff, backups."""

from datetime import date
from pathlib import Path

import pytest

from intake_app.domain.errors import AppError, BackupError
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Action, Role
from intake_app.ui.presenters.main import MainPresenter
from intake_app.ui.presenters.settings import SettingsPresenter
from tests.fakes_ui import ImmediateTasks
from tests.presenters.test_main import a_presenter, offered
from tests.services.desk import MANAGER, Desk, a_desk

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk() -> Desk:
    """Return a desk with a manager, a physician and a nurse."""
    desk = a_desk()
    for name, role in (
        ("Max Low", Role.MANAGER),
        ("Dr. Park", Role.PHYSICIAN),
        ("Nora Hill", Role.NURSE),
    ):
        desk.clinic.add_staff(MANAGER, name, frozenset({role}))
    return desk


@pytest.fixture
def main(desk: Desk, tmp_path: Path) -> MainPresenter:
    """Return an open program with the manager at the keyboard."""
    presenter = a_presenter(offered(desk), tmp_path)
    presenter.open_with(ImmediateTasks())
    return presenter


@pytest.fixture
def presenter(main: MainPresenter) -> SettingsPresenter:
    """Return the presenter of the settings, loaded."""
    presenter = SettingsPresenter(main)
    presenter.load()
    return presenter


def be(main: MainPresenter, name: str) -> None:
    """Let somebody else sit down."""
    main.be(next(person.id for person in main.staff if person.name == name))


def state_of(presenter: SettingsPresenter, kind: SheetKind) -> str:
    """Return what the page says of one wording."""
    return next(row.state for row in presenter.wording if row.kind is kind)


def test_what_is_typed_is_saved_by_itself(desk: Desk, presenter: SettingsPresenter) -> None:
    assert presenter.clinic is not None
    presenter.clinic.edit("directions", "Side door")

    presenter.autosave.flush()

    clinic = desk.clinic.clinic()
    assert clinic is not None
    assert clinic.directions == "Side door"


def test_a_changed_clinic_reaches_the_rest_of_the_program(
    main: MainPresenter, presenter: SettingsPresenter
) -> None:
    assert presenter.clinic is not None
    presenter.clinic.edit("closes", "16:00")

    presenter.autosave.flush()

    assert main.clinic is not None
    assert str(main.clinic.closes) == "16:00:00"


def test_text_that_is_no_value_is_kept_as_it_was_typed(
    main: MainPresenter, presenter: SettingsPresenter
) -> None:
    assert presenter.clinic is not None
    presenter.clinic.edit("closes", "half past never")
    presenter.autosave.flush()

    again = SettingsPresenter(main)
    again.load()

    assert again.clinic is not None
    assert again.clinic.text("closes") == "half past never"


def test_changing_a_limit_takes_its_approval_away(desk: Desk, presenter: SettingsPresenter) -> None:
    assert presenter.clinic is not None
    presenter.clinic.edit("no_driving_hours", "72")

    presenter.autosave.flush()

    clinic = desk.clinic.clinic()
    assert clinic is not None
    assert clinic.no_driving_hours == 72
    assert (clinic.limits_approved_by, clinic.limits_approved_on) == ("", None)


def test_changing_something_else_leaves_the_approval(
    desk: Desk, presenter: SettingsPresenter
) -> None:
    assert presenter.clinic is not None
    presenter.clinic.edit("directions", "Side door")

    presenter.autosave.flush()

    clinic = desk.clinic.clinic()
    assert clinic is not None
    assert clinic.limits_approved_by


def test_only_a_manager_may_type_here(main: MainPresenter, presenter: SettingsPresenter) -> None:
    assert presenter.clinic is not None
    as_manager = presenter.clinic.read_only("name")
    be(main, "Nora Hill")
    presenter.change_actor()

    assert (as_manager, presenter.clinic.read_only("name")) == (False, True)
    assert not presenter.may(Action.EDIT_CLINIC)


def test_wording_that_nobody_approved_says_what_that_means(presenter: SettingsPresenter) -> None:
    said = state_of(presenter, SheetKind.DRIVER_CARD)

    assert said == ("Nobody has approved this wording yet: it prints with DRAFT across every page.")


def test_wording_that_a_physician_approved_says_who_and_until_when(
    desk: Desk, presenter: SettingsPresenter
) -> None:
    desk.approve(SheetKind.AFTERCARE, date(2027, 11, 22))

    presenter.load()

    assert state_of(presenter, SheetKind.AFTERCARE) == (
        "Approved by Dr. Park, to be reviewed by 22 November 2027."
    )


def test_an_approval_that_ran_out_is_told(desk: Desk, presenter: SettingsPresenter) -> None:
    desk.approve(SheetKind.DRIVER_CARD, date(2026, 11, 23))
    desk.clock.advance(days=3)

    presenter.load()

    assert "day of review has passed" in state_of(presenter, SheetKind.DRIVER_CARD)


def test_a_specimen_can_be_looked_at(presenter: SettingsPresenter) -> None:
    seen: list[tuple[str, bytes]] = []
    presenter.specimen_ready.connect(lambda title, pdf: seen.append((title, pdf)))

    presenter.look_at(SheetKind.AFTERCARE)

    ((title, pdf),) = seen
    assert title == "Aftercare sheet"
    assert b"specimen=True" in pdf


def test_a_person_is_added_with_roles(main: MainPresenter, presenter: SettingsPresenter) -> None:
    presenter.new_person.edit("name", "Rita Vale")
    presenter.new_person.edit("roles", (Role.RECEPTION.value,))

    presenter.add_person()

    added = presenter.people()[-1]
    assert (added.name, added.roles) == ("Rita Vale", "Reception")
    assert presenter.new_person.text("name") == ""


@pytest.mark.parametrize(
    ("name", "roles", "key"),
    [("", (Role.NURSE.value,), "name"), ("Rita Vale", (), "roles")],
)
def test_a_person_without_name_or_role_is_not_added(
    presenter: SettingsPresenter, name: str, roles: tuple[str, ...], key: str
) -> None:
    presenter.new_person.edit("name", name)
    presenter.new_person.edit("roles", roles)

    presenter.add_person()

    assert presenter.new_person.problem(key) is not None
    assert len(presenter.people()) == 3


def test_somebody_who_left_can_no_longer_be_chosen(
    main: MainPresenter, presenter: SettingsPresenter
) -> None:
    nora = next(person for person in presenter.people() if person.name == "Nora Hill")

    presenter.note_leaving(nora.id)

    assert [person.name for person in main.staff] == ["Max Low", "Dr. Park"]


def test_neither_the_last_manager_nor_i_myself_can_leave(
    main: MainPresenter, presenter: SettingsPresenter
) -> None:
    be(main, "Nora Hill")

    assert {person.name: person.may_leave for person in presenter.people()} == {
        "Max Low": False,
        "Dr. Park": True,
        "Nora Hill": False,
    }


def test_a_backup_is_written_and_remembered(
    desk: Desk, main: MainPresenter, presenter: SettingsPresenter, tmp_path: Path
) -> None:
    written: list[Path] = []
    desk.database.backup = written.append  # type: ignore[attr-defined]
    names: list[str] = []
    presenter.backed_up.connect(names.append)

    presenter.back_up(tmp_path / "copy.sqlite3")

    assert written == [tmp_path / "copy.sqlite3"]
    assert names == ["copy.sqlite3"]
    assert main.backup_words() == "Last backup: 22 November 2026"


def test_a_backup_that_failed_is_told_and_not_remembered(
    desk: Desk, main: MainPresenter, presenter: SettingsPresenter, tmp_path: Path
) -> None:
    def fail(_: Path) -> None:
        raise BackupError(why="full")

    desk.database.backup = fail  # type: ignore[attr-defined]
    errors: list[AppError] = []
    presenter.failed.connect(errors.append)

    presenter.back_up(tmp_path / "copy.sqlite3")

    assert [error.code for error in errors] == ["backup"]
    assert main.backup_words() == "No backup yet"


def test_a_backup_is_named_after_the_day_not_after_a_patient(
    presenter: SettingsPresenter,
) -> None:
    assert presenter.suggested_backup() == "spine-intake-2026-11-22.sqlite3"
