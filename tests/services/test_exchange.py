"""People of a file: new ones are accepted, known ones matched, doubtful ones refused."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intake_app.domain.audit import Deed
from intake_app.domain.errors import DiskFullError, FileUnusableError, NotAllowedError
from intake_app.domain.exchange import Incoming, Intake, Outcome, Refused, Summary, Verdict
from intake_app.domain.matching import Certainty, Likeness, Person
from intake_app.domain.names import fold
from intake_app.domain.patients import EmergencyContact, Identifier, Insurance, Patient
from intake_app.domain.sentences import sentence
from intake_app.domain.staff import Actor, Role
from intake_app.domain.validation import Problem
from intake_app.domain.visits import Visit
from intake_app.services import exchange_in
from tests.builders import TODAY, an_actor
from tests.fakes import FakeWork
from tests.services.desk import MANAGER, RECEPTION, Desk

DOE = {"family_name": "Doe", "given_name": "Jane", "birth_date": "3/4/1951"}


class ComparingWork(FakeWork):
    """Is certain of equal names and birth dates, and in doubt about equal names."""

    def likely(self, person: Person, *, limit: int = 10, **_: Any) -> tuple[Likeness, ...]:
        return tuple(self._alike(person))[:limit]

    def _alike(self, person: Person) -> Iterator[Likeness]:
        for patient in self.records(Patient).all():
            if fold(patient.full_name) != fold(f"{person.given_name} {person.family_name}".strip()):
                continue
            certain = person.birth_date is not None and person.birth_date == patient.birth_date
            certainty = Certainty.CERTAIN if certain else Certainty.POSSIBLE
            yield Likeness(patient.id, 20.0, certainty, ())


class UnsureWork(FakeWork):
    """Finds nobody alike."""

    def likely(self, person: Person, *, limit: int = 10, **_: Any) -> tuple[Likeness, ...]:
        return ()


@pytest.fixture
def desk() -> Desk:
    return Desk(work=ComparingWork(today=TODAY))


def row(*, number: int = 2, **values: Any) -> Incoming:
    """Return a person as a file tells of them; Jane Doe unless it says otherwise."""
    return Incoming(place=f"row {number}", values={**DOE, **values}, cells=tuple(values.values()))


def take_in(desk: Desk, *people: Incoming | Refused, **options: Any) -> list[Outcome]:
    """Take in these people; return what became of each."""
    told: list[Outcome] = []
    service = desk.exchange
    service.take_in(MANAGER, people, on_outcome=lambda _, outcome: told.append(outcome), **options)
    return told


def patients(desk: Desk) -> list[Patient]:
    with desk.work as work:
        return list(work.records(Patient).all())


def said(outcome: Outcome) -> list[str]:
    return [sentence(reason) for reason in outcome.reasons]


def test_a_new_person_is_registered_with_everything_a_patient_has(desk: Desk) -> None:
    (outcome,) = take_in(desk, row(sex="female", city="Ames"))

    (patient,) = patients(desk)
    assert outcome == Outcome("row 2", Verdict.ACCEPTED, patient.id)
    assert (patient.full_name, patient.birth_date) == ("Jane Doe", date(1951, 3, 4))
    assert (patient.sex, patient.city, patient.record_number) == ("female", "Ames", "P-000001")
    with desk.work as work:
        assert len(work.records(EmergencyContact).owned_by(patient.id)) == 1
        assert len(work.records(Insurance).owned_by(patient.id)) == 1
        assert work.records(Visit).owned_by(patient.id) == ()


def test_the_same_row_again_is_not_a_second_patient(desk: Desk) -> None:
    desk.work.__class__ = UnsureWork
    (first,) = take_in(desk, row())

    (again,) = take_in(desk, row(number=9))

    assert again == Outcome("row 9", Verdict.MATCHED, first.patient_id)
    assert len(patients(desk)) == 1


def test_somebody_here_already_gets_what_was_missing_and_keeps_what_was_there(desk: Desk) -> None:
    take_in(desk, row(city="Ames"))

    (outcome,) = take_in(desk, row(city="Boone", postcode="50010"))

    (patient,) = patients(desk)
    assert outcome.verdict is Verdict.MATCHED
    assert (patient.city, patient.postcode) == ("Ames", "50010")
    assert said(outcome) == ["City: the file says “Boone”; what was here was kept."]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"city": "Ames"}, {"city": "AMES"}),
        ({"mobile_phone": "(515) 555-0100"}, {"mobile_phone": "515 555 0100"}),
        ({"former_name": "Müller"}, {"former_name": "Muller"}),
    ],
)
def test_another_way_of_writing_the_same_is_not_reported(
    desk: Desk, ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    take_in(desk, row(**ours))

    (outcome,) = take_in(desk, row(**theirs))

    assert outcome.reasons == ()


def test_who_may_be_somebody_here_is_left_to_a_person(desk: Desk) -> None:
    take_in(desk, row())

    (outcome,) = take_in(desk, row(birth_date=""))

    assert outcome.verdict is Verdict.REFUSED
    assert len(patients(desk)) == 1
    assert "This may be Jane Doe, 4 March 1951, who is here already" in said(outcome)[0]
    assert "P-000001" in said(outcome)[0]


def test_who_may_be_somebody_here_is_new_if_a_person_says_so(desk: Desk) -> None:
    take_in(desk, row())

    (outcome,) = take_in(desk, row(birth_date=""), doubtful_are_new=True)

    assert outcome.verdict is Verdict.ACCEPTED
    assert len(patients(desk)) == 2


def test_the_record_number_decides_when_name_or_date_agrees(desk: Desk) -> None:
    take_in(desk, row())

    (outcome,) = take_in(desk, row(record_number="p-000001", birth_date=""))

    assert outcome.verdict is Verdict.MATCHED


def test_the_record_number_of_somebody_else_is_refused(desk: Desk) -> None:
    take_in(desk, row())

    (outcome,) = take_in(
        desk, row(record_number="P-000001", family_name="Roe", given_name="Ann", birth_date="")
    )

    assert outcome.verdict is Verdict.REFUSED
    assert said(outcome)[0].startswith("The record number P-000001 belongs to Jane Doe, 4 March")


def test_a_record_number_of_the_file_is_kept(desk: Desk) -> None:
    take_in(desk, row(record_number="OLD-7"))

    assert patients(desk)[0].record_number == "OLD-7"


def test_numbers_of_another_system_find_the_patient_again(desk: Desk) -> None:
    numbered = replace(row(), identifiers=(("urn:hospital", "77"),))
    take_in(desk, numbered)

    (outcome,) = take_in(
        desk, replace(row(given_name="Janet", birth_date=""), identifiers=numbered.identifiers)
    )

    with desk.work as work:
        assert [each.value for each in work.records(Identifier).all()] == ["77"]
    assert outcome.verdict is Verdict.MATCHED


def test_numbers_of_two_patients_are_refused(desk: Desk) -> None:
    take_in(desk, replace(row(), identifiers=(("a", "1"),)))
    take_in(desk, replace(row(given_name="Ann"), identifiers=(("a", "2"),)))

    (outcome,) = take_in(desk, replace(row(given_name="Eve"), identifiers=(("a", "1"), ("a", "2"))))

    assert outcome.reasons == (Problem.of("row", "numbers_disagree"),)


def test_a_merged_record_leads_to_the_one_that_is_kept(desk: Desk) -> None:
    take_in(desk, row(record_number="OLD-1"), row(record_number="NEW-1", given_name="Janet"))
    old, new = patients(desk)
    with desk.work as work:
        work.records(Patient).update(replace(old, merged_into=new.id))
        work.commit()

    (outcome,) = take_in(desk, row(record_number="OLD-1", city="Ames"))

    assert outcome.patient_id == new.id
    assert patients(desk)[1].city == "Ames"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"birth_date": "31 Feb 1951"}, "no_such_day"),
        ({"birth_date": "1/1/2030"}, "birth_date_in_future"),
        ({"email": "ana"}, "not_an_email"),
        ({"family_name": "x" * 81}, "too_long"),
        ({"family_name": "", "given_name": ""}, "no_name_at_all"),
        ({"family_name": "\u200b", "given_name": ""}, "required"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    desk: Desk, values: dict[str, Any], code: str
) -> None:
    (outcome,) = take_in(desk, row(**values))

    assert outcome.verdict is Verdict.REFUSED
    assert [reason.code for reason in outcome.reasons] == [code]
    assert patients(desk) == []


def test_a_single_name_is_the_family_name(desk: Desk) -> None:
    take_in(desk, row(family_name="", given_name="Suharto"))

    assert (patients(desk)[0].family_name, patients(desk)[0].given_name) == ("Suharto", "")


def test_dates_are_read_as_the_file_writes_them(desk: Desk) -> None:
    take_in(desk, replace(row(), date_order="dmy"))

    assert patients(desk)[0].birth_date == date(1951, 4, 3)


def test_whom_to_ring_is_taken_over_where_nobody_is_named(desk: Desk) -> None:
    take_in(desk, replace(row(), contact={"name": "John Doe", "phone": "515 555 0100"}))
    take_in(desk, replace(row(city="Ames"), contact={"name": "Ann Roe"}))

    with desk.work as work:
        (contact,) = work.records(EmergencyContact).all()
    assert (contact.name, contact.phone) == ("John Doe", "515 555 0100")


def test_what_the_reader_refused_is_passed_on(desk: Desk) -> None:
    reason = Problem.of("row", "quote_never_closed")

    (outcome,) = take_in(desk, Refused(place="row 4", reasons=(reason,)))

    assert outcome == Outcome("row 4", Verdict.REFUSED, "", (reason,))


def test_the_trail_says_who_took_in_how_many_and_nothing_of_them(desk: Desk) -> None:
    take_in(desk, row(), row(number=3, email="x"))

    (line,) = [entry for entry in desk.work.kept.trail if entry.deed is Deed.IMPORTED]
    assert (line.actor_id, line.patient_id) == (MANAGER.id, "")
    assert {change.key: change.after for change in line.changes} == {
        "accepted": "1",
        "matched": "0",
        "refused": "1",
    }


# --- batches ------------------------------------------------------------------------------


def many(count: int) -> Iterator[Incoming]:
    for number in range(count):
        yield row(number=number, family_name=f"Name{number}")


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange_in, "BATCH", 10)


def run(desk: Desk, people: Intake, stop_after: int) -> tuple[Summary, list[Outcome]]:
    told: list[Outcome] = []
    asked = iter(range(10_000))
    summary = desk.exchange.take_in(
        MANAGER,
        people,
        cancelled=lambda: next(asked) >= stop_after,
        on_outcome=lambda _, outcome: told.append(outcome),
    )
    return summary, told


@pytest.mark.usefixtures("small_batches")
def test_cancelling_leaves_out_the_whole_batch(desk: Desk) -> None:
    summary, told = run(desk, many(40), stop_after=25)

    assert summary == Summary(accepted=20, cancelled=True)
    assert len(patients(desk)) == len(told) == 20


@pytest.mark.usefixtures("small_batches")
def test_what_was_left_out_comes_in_with_the_next_try(desk: Desk) -> None:
    run(desk, many(40), stop_after=25)

    summary, _ = run(desk, many(40), stop_after=1000)

    assert summary == Summary(accepted=20, matched=20)
    assert len(patients(desk)) == 40


@pytest.mark.usefixtures("small_batches")
def test_a_full_disk_keeps_the_batches_before_and_says_so(desk: Desk) -> None:
    service = desk.exchange
    commit, commits = desk.work.commit, iter(range(99))

    def fail_the_third_time() -> None:
        if next(commits) == 2:
            raise DiskFullError
        commit()

    desk.work.commit = fail_the_third_time  # type: ignore[method-assign]
    summary = service.take_in(MANAGER, many(40))

    assert isinstance(summary.failure, DiskFullError)
    assert summary.accepted == len(patients(desk)) == 20


@pytest.mark.usefixtures("small_batches")
def test_only_one_batch_of_a_file_is_in_memory(desk: Desk) -> None:
    read: list[int] = []

    def counted(people: Iterable[Incoming]) -> Iterator[Incoming]:
        for number, person in enumerate(people):
            read.append(number)
            yield person

    seen: list[int] = []
    desk.exchange.take_in(MANAGER, counted(many(30)), on_outcome=lambda *_: seen.append(len(read)))

    assert max(ahead - done for done, ahead in enumerate(seen)) <= 10


@pytest.mark.parametrize(
    ("took_s", "size"), [(0.1, 200), (0.2, 100), (0.4, 50), (9.0, 50), (0.01, 250), (0.0, 250)]
)
def test_a_batch_is_as_large_as_a_desk_can_wait_for(took_s: float, size: int) -> None:
    assert exchange_in._next_size(100, took_s) == size


@pytest.mark.usefixtures("small_batches")
def test_a_file_that_ends_in_an_error_keeps_what_was_before(desk: Desk) -> None:
    def torn() -> Iterator[Incoming]:
        yield from many(25)
        raise FileUnusableError

    summary = desk.exchange.take_in(MANAGER, torn())

    assert isinstance(summary.failure, FileUnusableError)
    assert summary.accepted == len(patients(desk)) == 20


@pytest.mark.parametrize("actor", [RECEPTION, an_actor(Role.NURSE), an_actor(Role.PHYSICIAN)])
def test_only_a_manager_takes_in_files(desk: Desk, actor: Actor) -> None:
    with pytest.raises(NotAllowedError):
        desk.exchange.take_in(actor, [row()])
