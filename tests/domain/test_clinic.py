"""The clinic's own numbers: plausible, and blank until somebody types them."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from intake_app.domain.clinic import CLINIC_ID, LIMIT_KEYS, Clinic
from intake_app.domain.countries import HABITS, Country, Paper, Units
from intake_app.domain.fields import field_of
from intake_app.domain.validation import find_problems
from tests.builders import a_clinic, a_locality

HERE = a_locality()


@pytest.mark.parametrize("country", Country)
def test_every_country_has_habits_the_program_knows(country: Country) -> None:
    habits = HABITS[country]

    assert habits.date_order in ("mdy", "dmy")
    assert habits.units in list(Units)
    assert habits.paper in list(Paper)
    assert str(ZoneInfo(habits.zone)) == habits.zone


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd", "America"])
def test_a_time_zone_nobody_knows_is_refused(zone: str) -> None:
    (problem,) = find_problems(Clinic, {"time_zone": zone}, HERE)

    assert (problem.key, problem.code) == ("time_zone", "no_such_zone")


def test_a_time_zone_of_the_world_is_taken() -> None:
    assert find_problems(Clinic, {"time_zone": "Europe/Berlin"}, HERE) == ()


@pytest.mark.parametrize(
    ("name", "zone"), [("Europe/Berlin", "Europe/Berlin"), ("Mars/Base", "UTC"), ("", "UTC")]
)
def test_the_clinic_always_has_a_zone(name: str, zone: str) -> None:
    assert a_clinic(time_zone=name).zone == ZoneInfo(zone)


@pytest.mark.parametrize(
    ("country", "order"), [(Country.US, "mdy"), (Country.GB, "dmy"), (Country.OTHER, "dmy")]
)
def test_the_country_says_whether_the_month_comes_first(country: Country, order: str) -> None:
    assert a_clinic(country=country).date_order == order


@pytest.mark.parametrize(
    ("draft", "key"),
    [
        ({"opens": "18:00", "closes": "7:00"}, "closes"),
        ({"opens": "7:00", "closes": "7:00"}, "closes"),
        ({"recovery_min_minutes": "240", "recovery_max_minutes": "180"}, "recovery_max_minutes"),
    ],
    ids=["closes before opening", "closes at once", "longest below shortest"],
)
def test_an_end_before_its_start_is_refused(draft: dict[str, str], key: str) -> None:
    (problem,) = find_problems(Clinic, draft, HERE)

    assert (problem.key, problem.code) == (key, "ends_before_start")


def test_hours_and_recovery_in_order_are_taken() -> None:
    draft = {
        "opens": "7:00",
        "closes": "18:00",
        "recovery_min_minutes": "180",
        "recovery_max_minutes": "180",
    }

    assert find_problems(Clinic, draft, HERE) == ()


@pytest.mark.parametrize("key", LIMIT_KEYS)
def test_a_limit_is_blank_until_somebody_types_it(key: str) -> None:
    blank = Clinic(id=CLINIC_ID, name="Hillside")

    assert getattr(blank, key) is None
    assert not field_of(Clinic, key).required


def test_the_minutes_of_a_new_clinic_are_the_seeds() -> None:
    blank = Clinic(id=CLINIC_ID, name="Hillside")

    minutes = (blank.level_minutes, blank.recovery_min_minutes, blank.recovery_max_minutes)

    assert minutes == (60, 180, 240)


def test_the_built_clinic_breaks_no_rule_of_its_own() -> None:
    clinic = replace(a_clinic(), time_zone="America/Chicago")

    values = {key: getattr(clinic, key) for key in (*LIMIT_KEYS, "opens", "closes", "time_zone")}

    assert find_problems(Clinic, values, HERE) == ()
