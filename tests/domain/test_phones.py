"""Phone numbers by country: written its way, checked by its plan, never refused for it."""

import subprocess
import sys

import pytest

from intake_app.domain.fields import Field, Kind
from intake_app.domain.phones import read_phone, written_phone
from intake_app.domain.validation import read_field
from tests.builders import a_locality

PHONE = Field(key="mobile_phone", label="Mobile phone", kind=Kind.PHONE)


@pytest.mark.parametrize(
    ("country", "typed", "written"),
    [
        ("US", "3125550142", "(312) 555-0142"),
        ("US", "312/555/0142", "(312) 555-0142"),
        ("US", "13125550142", "(312) 555-0142"),
        ("CA", "416 555 0123", "(416) 555-0123"),
        ("GB", "02079460018", "020 7946 0018"),
        ("IE", "012345678", "(01) 234 5678"),
        ("AU", "0298765432", "(02) 9876 5432"),
        ("NZ", "021 1234567", "021 123 4567"),
        ("DE", "+49 (0)30 1234567", "030 1234567"),
        ("FR", "0142685300", "01 42 68 53 00"),
        ("ES", "912345678", "912 34 56 78"),
    ],
)
def test_a_number_is_written_as_its_country_does(country: str, typed: str, written: str) -> None:
    assert written_phone(typed, country) == written
    assert read_phone(typed, country).is_valid


def test_a_number_from_abroad_keeps_its_plus_sign() -> None:
    assert written_phone("+44 20 7946 0018", "US") == "+44 20 7946 0018"


@pytest.mark.parametrize("typed", ["312 555 0142 x12", "3125550142 ext. 12", "312-555-0142 #12"])
def test_an_extension_is_kept(typed: str) -> None:
    assert written_phone(typed, "US") == "(312) 555-0142 ext. 12"


def test_what_is_written_reads_as_itself() -> None:
    written = written_phone("312 555 0142 x12", "US")

    assert written_phone(written, "US") == written
    assert read_field(PHONE, written, a_locality(country="US")) == (written, [])


@pytest.mark.parametrize("typed", ["555 0142", "+1 555 010 2030", "312 555 01421", "000 000 0000"])
def test_a_number_nobody_can_have_is_kept_as_typed_with_a_warning(typed: str) -> None:
    value, problems = read_field(PHONE, typed, a_locality(country="US"))

    assert value == typed
    assert [(each.code, each.warning) for each in problems] == [("phone_not_valid", True)]
    assert written_phone(typed, "US") == typed


def test_a_country_without_a_known_plan_takes_any_number() -> None:
    assert read_field(PHONE, "030 33 44", a_locality(country="other")) == ("030 33 44", [])


def test_an_empty_number_has_no_problem() -> None:
    assert read_field(PHONE, "", a_locality(country="US")) == (None, [])


def test_the_numbering_plans_are_loaded_with_the_first_number_only() -> None:
    code = (
        "import sys, intake_app.domain.validation, intake_app.domain.phones as phones\n"
        "print('phonenumbers' in sys.modules)\n"
        "phones.read_phone('312 555 0142', 'US')\n"
        "print('phonenumbers' in sys.modules)"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "True"]
