"""Nobody twice: candidates for somebody typed, people told apart, the report over everybody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.matching import Certainty, Person
from intake_app.domain.matching_decisions import DifferentPeople
from intake_app.domain.patients import Identifier, Patient, Sex
from intake_app.services import doubles
from tests.services.desk import RECEPTION, Desk

JANE = {"family_name": "Doe", "given_name": "Jane", "birth_date": "3/4/1951"}


def patient_of(desk: Desk, visit_id: str) -> str:
    return desk.case(visit_id).patient.id


def register(desk: Desk, typed: str) -> str:
    return patient_of(desk, desk.register(typed))


@pytest.fixture
def jane(desk: Desk) -> str:
    """Return the id of Jane Doe, who has been here."""
    return register(desk, "Doe, Jane 3/4/1951 515 555 0100")


def likely(desk: Desk, values: Mapping[str, str]) -> tuple[doubles.Candidate, ...]:
    return desk.doubles.likely(RECEPTION, desk.doubles.person_from(values))


def test_somebody_typed_again_is_shown_with_birth_date_number_and_last_visit(
    desk: Desk, jane: str
) -> None:
    (candidate,) = likely(desk, JANE | {"family_name": "Deo"})

    assert candidate.found.patient_id == jane
    assert candidate.found.name == "Doe, Jane"
    assert candidate.found.birth_date == date(1951, 3, 4)
    assert candidate.found.record_number == "P-000001"
    assert candidate.found.last_visit == date(2026, 11, 22)
    assert candidate.likeness.certainty is Certainty.CERTAIN


def test_somebody_new_is_not_warned_of(desk: Desk, jane: str) -> None:
    assert jane
    assert likely(desk, {"family_name": "Okafor", "birth_date": "8/2/1944"}) == ()


@pytest.mark.parametrize(
    ("values", "person"),
    [
        (JANE, Person(family_name="Doe", given_name="Jane", birth_date=date(1951, 3, 4))),
        ({"birth_date": date(1951, 3, 4)}, Person(birth_date=date(1951, 3, 4))),
        ({"family_name": " Doe ", "birth_date": "31/31"}, Person(family_name="Doe")),
        ({"sex": "f"}, Person(sex=Sex.FEMALE)),
        ({"mobile_phone": "515 555 0100"}, Person(phones=("515 555 0100",))),
        ({"address_line_1": "1 Hill", "city": ""}, Person(address="1 Hill")),
        ({"pronouns": "she", "nothing": "?"}, Person()),
        ({"family_name": "x" * 500, "given_name": "Jane"}, Person(given_name="Jane")),
        ({}, Person()),
    ],
)
def test_a_half_typed_form_says_what_can_be_read(
    desk: Desk, values: Mapping[str, str], person: Person
) -> None:
    read = desk.doubles.person_from(values)

    assert replace(read, phones=()) == replace(person, phones=())
    assert len(read.phones) == len(person.phones)


def test_a_stored_patient_is_compared_with_the_others(desk: Desk, jane: str) -> None:
    twice = register(desk, "Deo, Jane 3/4/1951")

    (of_jane,) = desk.doubles.likely_of(RECEPTION, jane)
    (of_twice,) = desk.doubles.likely_of(RECEPTION, twice)

    assert (of_jane.found.patient_id, of_twice.found.patient_id) == (twice, jane)


def test_the_numbers_of_other_systems_are_compared_too(desk: Desk, jane: str) -> None:
    with desk.work as work:
        work.records(Identifier).add(
            Identifier(id="n", patient_id=jane, system="urn:hospital", value="77")
        )
        work.commit()

    person = Person(family_name="Xu", identifiers=(("urn:hospital", "77"),))

    assert [each.found.patient_id for each in desk.doubles.likely(RECEPTION, person)] == [jane]


def test_people_told_apart_are_not_shown_again_from_either_side(desk: Desk, jane: str) -> None:
    twin = register(desk, "Deo, Jane 3/4/1951")

    desk.doubles.mark_different(RECEPTION, jane, twin)

    assert desk.doubles.likely_of(RECEPTION, jane) == ()
    assert desk.doubles.likely_of(RECEPTION, twin) == ()
    assert desk.doubles.report(RECEPTION) == ()
    assert len(likely(desk, JANE)) == 2


def test_people_told_apart_leave_room_for_others(desk: Desk, jane: str) -> None:
    twin = register(desk, "Doe, Jane 3/4/1951 515 555 0100")
    other = register(desk, "Deo, Jane 3/4/1951")

    desk.doubles.mark_different(RECEPTION, twin, jane)

    shown = desk.doubles.likely_of(RECEPTION, jane, limit=1)
    assert [each.found.patient_id for each in shown] == [other]


def test_telling_people_apart_stands_in_the_history_of_both_once(desk: Desk, jane: str) -> None:
    twin = register(desk, "Deo, Jane 3/4/1951")

    desk.doubles.mark_different(RECEPTION, jane, twin)
    desk.doubles.mark_different(RECEPTION, twin, jane)

    for patient_id in (jane, twin):
        lines = [
            entry
            for entry in desk.patients.history(RECEPTION, patient_id)
            if entry.table == DifferentPeople.FORM
        ]
        assert [(line.deed, line.actor_id) for line in lines] == [(Deed.CREATED, RECEPTION.id)]


def test_the_report_shows_each_pair_once_the_likeliest_first(desk: Desk, jane: str) -> None:
    twice = register(desk, "Doe, Jane 3/4/1951 515 555 0100")
    perhaps = register(desk, "Doe, Jane 3/5/1951")
    register(desk, "Okafor, Chidi 8/2/1944")

    pairs = desk.doubles.report(RECEPTION)

    assert {pairs[0].one.patient_id, pairs[0].other.patient_id} == {jane, twice}
    assert [{pair.one.patient_id, pair.other.patient_id} for pair in pairs[1:]] == [
        {jane, perhaps},
        {twice, perhaps},
    ]
    weights = [pair.likeness.weight for pair in pairs]
    assert weights == sorted(weights, reverse=True)


def test_a_merged_record_is_in_no_pair(desk: Desk, jane: str) -> None:
    twice = register(desk, "Doe, Jane 3/4/1951 515 555 0100")
    with desk.work as work:
        merged = replace(work.records(Patient).get(twice), merged_into=jane)
        work.records(Patient).update(merged)
        work.commit()

    assert desk.doubles.report(RECEPTION) == ()


def test_the_report_keeps_only_so_many_pairs(
    desk: Desk, jane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice = register(desk, "Doe, Jane 3/4/1951 515 555 0100")
    register(desk, "Doe, Jane 3/5/1951")
    monkeypatch.setattr(doubles, "MOST_PAIRS", 1)

    (pair,) = desk.doubles.report(RECEPTION)

    assert {pair.one.patient_id, pair.other.patient_id} == {jane, twice}


def test_the_report_tells_how_far_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 5):
        register(desk, f"Doe, Number{number} 3/{number}/1951")
    monkeypatch.setattr(doubles, "_AT_A_TIME", 2)
    told: list[int] = []

    desk.doubles.report(RECEPTION, progress=told.append)

    assert told == [0, 50, 99, 100]


def test_a_cancelled_report_returns_what_was_found(
    desk: Desk, jane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(desk, "Doe, Jane 3/4/1951")
    for number in range(1, 5):
        register(desk, f"Okafor, Number{number} 8/{number}/1944")
    monkeypatch.setattr(doubles, "_AT_A_TIME", 1)
    told: list[int] = []

    (pair,) = desk.doubles.report(
        RECEPTION, progress=told.append, cancelled=lambda: told[-1:] == [16]
    )

    assert jane in (pair.one.patient_id, pair.other.patient_id)
    assert told == [0, 16, 100]


def test_where_many_share_an_address_the_report_leaves_families_out(desk: Desk) -> None:
    family = Patient(id="", family_name="")
    homes = [
        *("Abara", "Berger", "Chukwu", "Dvorak", "Eklund", "Fiore", "Gruber", "Hansson", "Ikeda"),
        *("Jansky", "Kowal", "Lombardi", "Mwangi", "Novak", "Olsen", "Petrov", "Quispe", "Rossi"),
        *("Suzuki", "Tanaka", "Usman", "Varga"),
    ]
    with desk.work as work:
        for number, (home, name) in enumerate(product(homes, ("Ann", "Ruth"))):
            born = date(1900 + 2 * number, 1 + number % 12, 1 + number % 28)
            member = replace(family, id=f"{home}-{name}", family_name=home, given_name=name)
            at_home = replace(member, birth_date=born, address_line_1=f"{number // 2} {home} Way")
            work.records(Patient).add(at_home)
        alone = replace(family, id="alone", family_name="Ikeda", address_line_1="8 Ikeda Way")
        work.records(Patient).add(alone)
        work.commit()

    assert desk.doubles.likely_of(RECEPTION, "alone") != ()
    assert desk.doubles.report(RECEPTION) == ()


def test_the_report_of_an_empty_clinic_is_empty(desk: Desk) -> None:
    assert desk.doubles.report(RECEPTION) == ()
