"""Who the patient is: plausible birth dates, names of every shape."""

from datetime import date

import pytest

from intake_app.domain.patients import Insurance, Patient, age_on
from intake_app.domain.validation import find_problems
from tests.builders import TODAY, a_locality, a_patient

HERE = a_locality()


@pytest.mark.parametrize(
    ("born", "code", "warning"),
    [
        ("11/23/2026", "birth_date_in_future", False),
        ("11/21/1905", "too_old", False),
        ("11/23/1905", "very_old", True),
        ("11/22/1920", "very_old", True),
        ("11/23/2008", "under_age", True),
        ("11/22/2026", "under_age", True),
    ],
)
def test_an_unlikely_birth_date_is_questioned(born: str, code: str, warning: bool) -> None:
    (problem,) = find_problems(Patient, {"birth_date": born}, HERE)

    assert (problem.code, problem.warning) == (code, warning)


@pytest.mark.parametrize("born", ["11/23/1920", "11/22/2008", "3/4/1951", ""])
def test_a_likely_birth_date_or_none_is_not_questioned(born: str) -> None:
    assert find_problems(Patient, {"birth_date": born}, HERE) == ()


def test_the_age_is_part_of_the_question() -> None:
    (problem,) = find_problems(Patient, {"birth_date": "1/1/1919"}, HERE)

    assert dict(problem.values) == {"age": 107}


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1951, 11, 22), TODAY, 75),
        (date(1951, 11, 23), TODAY, 74),
        (date(1952, 2, 29), date(2026, 2, 28), 73),
        (date(1952, 2, 29), date(2026, 3, 1), 74),
        (date(2026, 11, 22), TODAY, 0),
    ],
    ids=["birthday", "the day before", "29 Feb, not yet", "29 Feb, 1 March", "today"],
)
def test_age_counts_completed_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("patient", "full", "listed", "initials"),
    [
        (a_patient(), "Jane Doe", "Doe, Jane", "J.D."),
        (a_patient(middle_name="Q."), "Jane Q. Doe", "Doe, Jane Q.", "J.D."),
        (a_patient(family_name="Sukarno", given_name=""), "Sukarno", "Sukarno", "S."),
        (
            a_patient(family_name="O’Brien-Nuñez"),
            "Jane O’Brien-Nuñez",
            "O’Brien-Nuñez, Jane",
            "J.O.",
        ),
        (a_patient(family_name="李", given_name="小龍"), "小龍 李", "李, 小龍", "小.李."),
        (a_patient(family_name="", given_name=""), "", "", ""),
    ],
    ids=["two names", "three names", "one name", "hyphen", "not Latin", "nothing yet"],
)
def test_a_name_of_any_shape_is_shown_whole(
    patient: Patient, full: str, listed: str, initials: str
) -> None:
    assert (patient.full_name, patient.list_name, patient.initials) == (full, listed, initials)


def test_one_name_is_enough() -> None:
    assert find_problems(Patient, {"family_name": "Sukarno", "given_name": ""}, HERE) == ()


def test_an_authorisation_cannot_end_before_it_starts() -> None:
    draft = {"authorisation_from": "2/1/2026", "authorisation_to": "1/31/2026"}

    (problem,) = find_problems(Insurance, draft, HERE)

    assert (problem.key, problem.code) == ("authorisation_to", "ends_before_start")


@pytest.mark.parametrize("end", ["2/1/2026", ""])
def test_an_authorisation_may_last_one_day_or_be_open(end: str) -> None:
    draft = {"authorisation_from": "2/1/2026", "authorisation_to": end}

    assert find_problems(Insurance, draft, HERE) == ()
