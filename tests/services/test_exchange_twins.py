"""Nobody is taken for a twin, a parent or whoever else shares nearly everything."""

import pytest

from intake_app.domain.exchange import Incoming, Outcome, Verdict
from intake_app.domain.patients import Patient
from tests.builders import TODAY
from tests.fakes import FakeWork
from tests.services.desk import MANAGER, Desk

HOME = {
    "family_name": "García",
    "birth_date": "3/14/1951",
    "home_phone": "(515) 555-0100",
    "address_line_1": "1 Main St",
    "city": "Ames",
}


@pytest.fixture
def desk() -> Desk:
    return Desk(work=FakeWork(today=TODAY))


def take_in(desk: Desk, *people: Incoming, doubtful_are_new: bool = False) -> list[Outcome]:
    told: list[Outcome] = []
    desk.exchange.take_in(
        MANAGER,
        people,
        doubtful_are_new=doubtful_are_new,
        on_outcome=lambda _, outcome: told.append(outcome),
    )
    return told


def of(given: str, **values: str) -> Incoming:
    return Incoming(place="row", values={**HOME, "given_name": given, **values}, cells=(given,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("María del Carmen", "María del Pilar"),
        ("Ana Maria", "Ana Lucia"),
        ("Hans-Peter", "Hans-Jürgen"),
        ("Jean", "Joan"),
        ("Daniel", "Danielle"),
        ("John", "James"),
    ],
)
def test_a_twin_is_asked_about_and_comes_in_as_somebody_new(
    desk: Desk, one: str, other: str
) -> None:
    take_in(desk, of(one))

    (asked,) = take_in(desk, of(other))
    (new,) = take_in(desk, of(other), doubtful_are_new=True)

    assert (asked.verdict, new.verdict) == (Verdict.REFUSED, Verdict.ACCEPTED)
    assert asked.reasons[0].code == "may_be_same"


def test_brother_and_sister_of_one_name_are_asked_about(desk: Desk) -> None:
    take_in(desk, of("Andrea", sex="male"))

    (asked,) = take_in(desk, of("Andrea", sex="female"))

    assert asked.verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("one", "other"), [("Mary Ann", "Mary"), ("Mary", "Mary J"), ("Mary Jane", "Mary J.")]
)
def test_a_further_given_name_or_an_initial_tells_nobody_apart(
    desk: Desk, one: str, other: str
) -> None:
    take_in(desk, of(one))

    (outcome,) = take_in(desk, of(other))

    assert outcome.verdict is Verdict.MATCHED


def test_a_message_is_not_asked_to_correct_its_row(desk: Desk) -> None:
    take_in(desk, of("Jean"))

    told = Incoming(place="entry 1", values={**HOME, "given_name": "Joan"})
    (asked,) = take_in(desk, told)

    assert asked.reasons[0].code == "may_be_same_told"


def test_a_name_at_birth_alone_is_the_family_name(desk: Desk) -> None:
    take_in(desk, of("Élise", family_name="", former_name="Lefèvre"))

    with desk.work as work:
        (patient,) = work.records(Patient).all()
    assert (patient.family_name, patient.given_name) == ("Lefèvre", "Élise")


def test_of_very_many_numbers_some_are_kept_and_it_is_said(desk: Desk) -> None:
    numbers = tuple((f"system {number}", str(number)) for number in range(60))
    told = Incoming(place="entry 1", values={**HOME}, identifiers=numbers)

    (outcome,) = take_in(desk, told)

    assert [reason.code for reason in outcome.reasons] == ["too_many_numbers"]
