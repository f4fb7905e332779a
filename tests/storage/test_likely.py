"""Who may be somebody: the database finds by keys whom the fake finds by looking at everybody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from traceback import format_exception

import pytest

from intake_app.domain.errors import NotADatabaseError
from intake_app.domain.matching import Certainty, Likeness, Person
from intake_app.domain.matching_keys import KEYS_VERSION, keys_of
from intake_app.domain.matching_traits import traits_of
from intake_app.domain.patients import Identifier, Patient, Sex
from intake_app.domain.ports import UnitOfWork
from intake_app.storage import likely, likely_index
from intake_app.storage.database import SqliteDatabase
from tests.fakes import FakeWork

Works = Callable[[], UnitOfWork]

ANNA = Patient(
    id="anna",
    family_name="Lindqvist",
    given_name="Anna",
    birth_date=date(1951, 3, 14),
    sex=Sex.FEMALE,
    mobile_phone="+46 70 123 45 67",
    address_line_1="12 Mulberry Road",
    city="Ames",
    record_number="P-000123",
)
EVA = Patient(
    id="eva",
    family_name="de la Cruz",
    given_name="Eva",
    middle_name="María",
    former_name="Nuñez",
    preferred_name="Evi",
    birth_date=date(1962, 12, 1),
    sex=Sex.FEMALE,
    mobile_phone="312 555 0142",
    home_phone="312 555 0143",
    address_line_1="7 Station Street",
    address_line_2="Apartment 4",
    city="Boone",
    postcode="50036",
)
"""Everything that is compared is known of her."""
OLAF = Patient(id="olaf", family_name="Berg", given_name="Olaf", birth_date=date(1940, 1, 2))


@pytest.fixture(params=["sqlite", "fake"])
def work(request: pytest.FixtureRequest) -> Works:
    """Return a function that gives the next transaction on one and the same database."""
    if request.param == "fake":
        fake = FakeWork()
        return lambda: fake
    works: Works = request.getfixturevalue("database").work
    return works


def keep(work: Works, *patients: Patient) -> None:
    with work() as opened:
        for patient in patients:
            opened.records(Patient).add(patient)
        opened.commit()


def change(work: Works, patient_id: str, **changes: object) -> None:
    with work() as opened:
        patient = opened.records(Patient).get(patient_id)
        opened.records(Patient).update(replace(patient, **changes))  # type: ignore[arg-type]
        opened.commit()


def asked(work: Works, person: Person, limit: int = 10) -> tuple[Likeness, ...]:
    with work() as opened:
        return opened.likely(person, limit=limit)


def names(work: Works, person: Person) -> list[str]:
    return [each.patient_id for each in asked(work, person)]


def typed(**changes: object) -> Person:
    person = Person(family_name="Lindqvist", given_name="Anna", birth_date=date(1951, 3, 14))
    return replace(person, **changes)  # type: ignore[arg-type]


# --- the same for both ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"family_name": "Lindkvist"},
        {"family_name": "Anna", "given_name": "Lindqvist"},
        {"given_name": "Ana"},
        {"birth_date": date(1951, 3, 15)},
        {"birth_date": date(1961, 3, 14)},
        {"birth_date": None, "phones": ("070 123 45 67",)},
        {"family_name": "Smith", "phones": ("070 123 45 67",)},
        {"family_name": "", "given_name": "", "birth_date": None, "record_number": "p-000123"},
    ],
)
def test_somebody_known_is_found_in_spite_of_a_mistake(
    work: Works, changes: dict[str, object]
) -> None:
    keep(work, OLAF, ANNA)

    assert names(work, typed(**changes)) == ["anna"]


def test_somebody_new_finds_nobody(work: Works) -> None:
    keep(work, OLAF, ANNA)

    stranger = typed(family_name="Okafor", given_name="Chidi", birth_date=date(1944, 8, 2))

    assert asked(work, stranger) == ()


def test_nobody_is_found_for_a_person_without_anything_known(work: Works) -> None:
    keep(work, OLAF, ANNA)

    assert asked(work, Person()) == ()


def test_nobody_is_likely_to_be_themselves(work: Works) -> None:
    keep(work, ANNA, replace(ANNA, id="anna-2", record_number="P-000124"))

    assert names(work, Person.of(ANNA)) == ["anna-2"]


def test_the_likeliest_come_first_and_no_more_than_asked_for(work: Works) -> None:
    near = replace(ANNA, id="near", birth_date=date(1951, 3, 15), record_number="", mobile_phone="")
    keep(work, near, ANNA)

    assert names(work, typed()) == ["anna", "near"]
    assert [each.patient_id for each in asked(work, typed(), limit=1)] == ["anna"]
    assert asked(work, typed())[0].certainty is Certainty.CERTAIN


def test_a_record_that_was_merged_is_never_found(work: Works) -> None:
    keep(work, OLAF, ANNA)

    change(work, "anna", merged_into="olaf")
    assert asked(work, typed()) == ()

    change(work, "anna", merged_into="")
    assert names(work, typed()) == ["anna"]


def test_somebody_is_found_by_what_stands_there_now(work: Works) -> None:
    keep(work, ANNA)

    change(work, "anna", family_name="Holm", birth_date=date(1977, 7, 7), mobile_phone="")

    assert asked(work, typed(phones=("070 123 45 67",))) == ()
    assert names(work, typed(family_name="Holm", birth_date=date(1977, 7, 7))) == ["anna"]


def test_a_number_from_another_system_finds_whoever_has_it_now(work: Works) -> None:
    keep(work, OLAF, ANNA)
    person = Person(family_name="Xu", identifiers=(("urn:hospital", "77"),))

    with work() as opened:
        number = Identifier(id="n", patient_id="anna", system="urn:hospital", value="77")
        number = opened.records(Identifier).add(number)
        opened.commit()
    assert names(work, person) == ["anna"]

    with work() as opened:
        number = opened.records(Identifier).hand_over(number, "olaf")
        opened.commit()
    assert names(work, person) == ["olaf"]

    with work() as opened:
        number = opened.records(Identifier).update(replace(number, value="78"))
        opened.commit()
    assert asked(work, person) == ()

    with work() as opened:
        opened.records(Identifier).remove(number)
        opened.commit()
    assert asked(work, replace(person, identifiers=(("urn:hospital", "78"),))) == ()


# --- the keys in the database ---------------------------------------------------------------


def table(database: SqliteDatabase, statement: str) -> list[tuple[object, ...]]:
    with database.work() as work:
        return work._session.all(statement, {})


def keys_kept(database: SqliteDatabase) -> set[object]:
    return {key for (key,) in table(database, "SELECT key FROM likeness_key")}


def test_the_keys_are_those_of_the_patients_and_no_others(database: SqliteDatabase) -> None:
    keep(database.work, ANNA)
    change(database.work, "anna", family_name="Holm", address_line_1="", city="", mobile_phone="")

    now = replace(ANNA, family_name="Holm", address_line_1="", city="", mobile_phone="")

    assert keys_kept(database) == set(keys_of(traits_of(Person.of(now))))


def test_made_anew_the_keys_are_the_same(database: SqliteDatabase) -> None:
    keep(database.work, OLAF, ANNA, replace(ANNA, id="gone", merged_into="anna"), EVA)
    with database.work() as work:
        for system, value in (("hospital", "77 1"), ("insurer", "A-9")):
            number = Identifier(id=system, patient_id="eva", system=system, value=value)
            work.records(Identifier).add(number)
        work.commit()
    before = [table(database, f"SELECT * FROM {name}") for name in ("likeness", "likeness_key")]

    with database.work() as work:
        likely_index.rebuild_keys(work._session)
        work.commit()

    after = [table(database, f"SELECT * FROM {name}") for name in ("likeness", "likeness_key")]
    assert after == before
    assert before[0]


def test_what_no_program_of_ours_wrote_is_named_without_what_stands_in_it(
    database: SqliteDatabase,
) -> None:
    keep(database.work, ANNA)
    with database.work() as work:
        work._session.execute("UPDATE patient SET birth_date = 'Lindqvist'", {})

        with pytest.raises(NotADatabaseError) as error:
            likely_index.rebuild_keys(work._session)

    assert "Lindqvist" not in "".join(format_exception(error.value))


def test_keys_of_an_older_version_are_made_anew_when_the_database_is_opened(
    desk: Callable[[], SqliteDatabase], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk()
    keep(first.work, ANNA)
    with first.work() as work:
        work._session.execute("DELETE FROM likeness_key", {})
        work.commit()
    first.close()

    monkeypatch.setattr(likely_index, "KEYS_VERSION", KEYS_VERSION + 1)

    assert names(desk().work, typed()) == ["anna"]


def test_a_save_that_changes_nothing_compared_writes_no_key(database: SqliteDatabase) -> None:
    keep(database.work, ANNA)
    with database.work() as work:
        patient = work.records(Patient).get("anna")
        connection, _ = database._opened()
        before = connection.total_changes

        likely_index.keep_keys(work._session, replace(patient, pronouns="she", gender="x"))

        assert connection.total_changes == before


@pytest.mark.parametrize("given", ["Bill", "William", "Will"])
def test_somebody_is_found_by_a_nickname(database: SqliteDatabase, given: str) -> None:
    keep(
        database.work,
        Patient(id="bill", family_name="Quispe", given_name="William", birth_date=date(1951, 3, 4)),
    )

    person = Person(family_name="Quispe", given_name=given, birth_date=date(1951, 3, 4))

    assert asked(database.work, person)[0].certainty is Certainty.CERTAIN


def test_the_right_one_of_very_many_namesakes_is_found(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [date(1930 + year, month, 9) for year, month in product(range(40), range(1, 13))]
    namesakes = [
        Patient(id=str(at), family_name="Kim", given_name="Min Jun", birth_date=day)
        for at, day in enumerate(days)
    ]
    keep(database.work, *namesakes)
    monkeypatch.setattr(likely, "_MOST_OF_A_KEY", 20)
    monkeypatch.setattr(likely, "_MOST_COMPARED", 40)

    found = asked(
        database.work, Person(family_name="Kim", given_name="Min Jun", birth_date=days[-1])
    )

    assert found[0].patient_id == str(len(days) - 1)
