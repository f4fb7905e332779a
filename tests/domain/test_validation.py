"""From draft to record: every problem at once, each in its place, and nothing lost."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

import pytest

from intake_app.domain.errors import InvalidDraftError
from intake_app.domain.fields import Kind, Record, Spec, field_of
from intake_app.domain.patients import Patient, ReadingNeed
from intake_app.domain.procedures import ProcedureRecord
from intake_app.domain.validation import (
    Problem,
    apply,
    draft_of,
    find_problems,
    parse,
    read_draft,
    read_field,
)
from tests.builders import a_locality, a_patient, a_procedure

HERE = a_locality()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed(Record):
    """A record without cross checks."""

    FORM: ClassVar[str] = "bed"

    number: Annotated[int, Spec("Number", minimum=1)]
    note: Annotated[str, Spec("Note", Kind.LONG_TEXT)] = ""


def test_every_problem_is_found_at_once() -> None:
    draft = {"family_name": "", "birth_date": "soon", "mobile_phone": "call me"}

    problems = find_problems(Patient, draft, HERE)

    assert [(p.key, p.code) for p in problems] == [
        ("family_name", "required"),
        ("birth_date", "not_a_date"),
        ("mobile_phone", "not_a_phone"),
    ]


def test_what_can_be_read_is_read_beside_what_cannot() -> None:
    reading = read_draft(Patient, {"given_name": " Ana ", "birth_date": "soon"}, HERE)

    assert reading.values == {"given_name": "Ana"}


def test_a_field_the_draft_does_not_hold_is_left_alone() -> None:
    assert find_problems(Patient, {"given_name": "Ana"}, HERE) == ()


def test_a_key_that_is_no_field_is_left_alone() -> None:
    assert read_draft(Patient, {"shoe_size": "42"}, HERE).values == {}


def test_a_warning_is_no_error() -> None:
    reading = read_draft(Patient, {"family_name": "A\u200bna"}, HERE)

    assert (reading.errors, reading.values) == ((), {"family_name": "Ana"})


def test_invisible_characters_are_worth_a_word() -> None:
    _, problems = read_field(field_of(Patient, "family_name"), "A\u200bna", HERE)

    assert problems == [Problem.of("family_name", "invisible_characters", warning=True)]


def test_a_problem_carries_the_values_of_its_sentence() -> None:
    _, (problem,) = read_field(field_of(Patient, "family_name"), "x" * 300, HERE)

    assert dict(problem.values) == {"length": 300, "maximum": 80}


def test_problems_with_the_same_values_are_equal() -> None:
    assert Problem.of("a", "b", x=1, y=2) == Problem.of("a", "b", y=2, x=1)


def test_a_draft_without_problems_becomes_the_record() -> None:
    patient = parse(a_patient(), {"birth_date": "3/5/51", "given_name": "Ann"}, HERE)

    assert patient == a_patient(birth_date=date(1951, 3, 5), given_name="Ann")


def test_a_draft_with_an_error_becomes_no_record_and_says_why() -> None:
    with pytest.raises(InvalidDraftError) as caught:
        parse(a_patient(), {"birth_date": "2/31/51", "family_name": ""}, HERE)

    assert {problem.code for problem in caught.value.problems} == {"no_such_day", "required"}


def test_a_warning_does_not_keep_the_record_from_being_made() -> None:
    patient = parse(a_patient(), {"birth_date": "1/1/1919"}, HERE)

    assert patient.birth_date == date(1919, 1, 1)


@pytest.mark.parametrize("record", [a_patient(), a_procedure()], ids=["patient", "procedure"])
def test_a_record_reads_back_from_its_own_draft(record: Record) -> None:
    assert parse(record, draft_of(record), HERE) == record


def test_an_emptied_field_gets_its_default() -> None:
    patient = a_patient(reading_needs=(ReadingNeed.LARGE_PRINT,))

    emptied = apply(patient, {"given_name": None, "reading_needs": None, "birth_date": None})

    assert (emptied.given_name, emptied.reading_needs, emptied.birth_date) == ("", (), None)


def test_cross_checks_see_only_values_that_could_be_read() -> None:
    draft = {"started_at": "10:00", "ended_at": "soon"}

    problems = find_problems(ProcedureRecord, draft, HERE)

    assert [problem.code for problem in problems] == ["not_a_date_time"]


def test_a_record_without_cross_checks_is_read_field_by_field() -> None:
    assert read_draft(Bed, {"number": "0"}, HERE).errors[0].code == "out_of_range"
