"""The clinic is set up once; only a manager changes the staff."""

from pathlib import Path

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.countries import Country, Paper, Units
from intake_app.domain.errors import (
    BackupError,
    InvalidDraftError,
    NotAllowedError,
    WrongStateError,
)
from intake_app.domain.staff import Role, Staff
from tests.services.desk import MANAGER, NURSE, Desk

PEOPLE = [("Nora Hill", frozenset({Role.NURSE, Role.RECEPTION}))]


def test_before_set_up_there_is_no_clinic_and_no_staff() -> None:
    desk = Desk()

    assert (desk.clinic.clinic(), desk.clinic.staff()) == (None, ())


@pytest.mark.parametrize(
    ("country", "number", "units", "paper"),
    [
        (Country.US, "911", Units.US, Paper.LETTER),
        (Country.GB, "999", Units.METRIC, Paper.A4),
        (Country.OTHER, "", Units.METRIC, Paper.A4),
    ],
)
def test_a_country_proposes_its_habits(
    country: Country, number: str, units: Units, paper: Paper
) -> None:
    proposed = Desk().clinic.proposed(country)

    assert (proposed["emergency_number"], proposed["units"], proposed["paper"]) == (
        number,
        units,
        paper,
    )


def test_set_up_makes_the_clinic_and_its_first_staff() -> None:
    desk = Desk()
    draft = {**desk.clinic.proposed(Country.GB), "name": " Hillside ", "closes": "6 pm"}

    clinic, staff = desk.clinic.set_up(draft, PEOPLE)

    assert (desk.clinic.clinic(), desk.clinic.staff()) == (clinic, staff)
    assert (clinic.name, clinic.date_order, clinic.demonstration) == ("Hillside", "dmy", False)
    assert staff[0].roles == (Role.RECEPTION, Role.NURSE)
    assert desk.clinic.locality().date_order == "dmy"


def test_the_demonstration_clinic_is_marked_as_one() -> None:
    clinic, _ = Desk().clinic.set_up({"name": "Demonstration"}, PEOPLE, demonstration=True)

    assert clinic.demonstration


@pytest.mark.parametrize(
    ("draft", "people", "problem"),
    [
        ({}, PEOPLE, ("name", "required")),
        ({"name": "Hillside", "phone_day": "call us"}, PEOPLE, ("phone_day", "not_a_phone")),
        ({"name": "Hillside", "time_zone": "Mars"}, PEOPLE, ("time_zone", "no_such_zone")),
        ({"name": "Hillside"}, [(" ", frozenset({Role.NURSE}))], ("name", "required")),
    ],
    ids=["no name", "no phone", "no zone", "staff without a name"],
)
def test_a_set_up_that_cannot_be_read_keeps_nothing(
    draft: dict[str, str], people: list[tuple[str, frozenset[Role]]], problem: tuple[str, str]
) -> None:
    desk = Desk()

    with pytest.raises(InvalidDraftError) as caught:
        desk.clinic.set_up(draft, people)

    assert [(p.key, p.code) for p in caught.value.problems] == [problem]
    assert (desk.clinic.clinic(), desk.clinic.staff()) == (None, ())


def test_a_clinic_is_not_set_up_twice(desk: Desk) -> None:
    with pytest.raises(WrongStateError):
        desk.clinic.set_up({"name": "Another"}, PEOPLE)


def test_a_manager_adds_to_the_staff(desk: Desk) -> None:
    person = desk.clinic.add_staff(MANAGER, "Sam Reed", frozenset({Role.PHYSICIAN}))

    assert desk.clinic.staff() == (person,)


def test_a_member_of_staff_needs_a_name(desk: Desk) -> None:
    with pytest.raises(InvalidDraftError):
        desk.clinic.add_staff(MANAGER, "", frozenset({Role.NURSE}))


def test_a_nurse_does_not_add_to_the_staff(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        desk.clinic.add_staff(NURSE, "Sam Reed", frozenset({Role.NURSE}))


def test_somebody_who_left_is_not_listed(desk: Desk) -> None:
    person = desk.clinic.add_staff(MANAGER, "Sam Reed", frozenset({Role.NURSE}))

    desk.forms.save(MANAGER, Staff, person.id, draft={"active": False})

    assert desk.clinic.staff() == ()


class FakeDatabase:
    """Remembers where it was copied to, or cannot be copied."""

    def __init__(self, error: BackupError | None = None) -> None:
        self.error = error
        self.copies: list[Path] = []

    def open(self, *, create: bool = True) -> None:
        """Is open."""

    def backup(self, target: Path) -> None:
        if self.error:
            raise self.error
        self.copies.append(target)

    def changed_elsewhere(self) -> bool:
        """Nobody else saves."""
        return False


def deeds(desk: Desk) -> list[Deed]:
    """Return what the trail says, in order."""
    return [entry.deed for entry in desk.work.kept.trail]


def test_a_backup_is_in_the_trail(desk: Desk) -> None:
    database = FakeDatabase()

    desk.clinic.back_up(NURSE, database, Path("copy.sqlite3"))

    assert database.copies == [Path("copy.sqlite3")]
    assert deeds(desk)[-1] is Deed.BACKED_UP


def test_a_backup_that_failed_is_not_in_the_trail(desk: Desk) -> None:
    with pytest.raises(BackupError):
        desk.clinic.back_up(NURSE, FakeDatabase(BackupError(why="full")), Path("copy.sqlite3"))

    assert Deed.BACKED_UP not in deeds(desk)
