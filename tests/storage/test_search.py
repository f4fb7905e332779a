"""Reception finds people by whatever they say on the phone."""

from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.names import fold, words_of
from intake_app.domain.patients import Patient
from intake_app.storage.database import SqliteDatabase

PEOPLE = {
    "obrien": ("Siobhán", "O’Brien", "P-000101"),
    "nunez": ("María José", "Nuñez", "P-000102"),
    "garcia": ("Ana", "García-López", "P-000103"),
    "cher": ("", "Cher", "P-000104"),
    "mueller": ("Jörg", "Müller", "P-000105"),
    "delacruz": ("Juan", "de la Cruz", "P-000106"),
    "sorensen": ("Åse", "Sørensen", "P-000107"),
    "lodz": ("Łukasz", "Żółć", "P-000108"),
    "strauss": ("Ruth", "Strauß", "P-000109"),
    "dang": ("Thị", "Đặng", "P-000110"),
    "li": ("雷", "李", "P-000111"),
    "smith": ("Mary", "Smith", "P-000112"),
    "smithers": ("Mary", "Smithers", "P-000113"),
    "martin": ("Smith", "Martin", "P-000114"),
}
BORN = {"smith": date(1951, 3, 4), "smithers": date(1951, 4, 3), "cher": date(1946, 5, 20)}
PHONES = {"smith": "+1 (312) 555-0100", "cher": "030 123456", "mueller": "+49 30 654321"}


@pytest.fixture
def people(database: SqliteDatabase) -> SqliteDatabase:
    """Return a database with everybody in it."""
    with database.work() as work:
        for name, (given, family, number) in PEOPLE.items():
            work.records(Patient).add(
                Patient(
                    id=name,
                    given_name=given,
                    family_name=family,
                    record_number=number,
                    birth_date=BORN.get(name),
                    home_phone=PHONES.get(name, ""),
                )
            )
        work.commit()
    return database


def found(database: SqliteDatabase, typed: str) -> list[str]:
    with database.work() as work:
        return [each.patient_id for each in work.search(typed)]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("obrien", "obrien"),
        ("brien", "obrien"),
        ("o brien", "obrien"),
        ("OBRIEN siobhan", "obrien"),
        ("Nunez", "nunez"),
        ("NUÑEZ", "nunez"),
        ("nun\u0303ez", "nunez"),
        ("jose nunez", "nunez"),
        ("nunez, maria", "nunez"),
        ("García-López", "garcia"),
        ("garcia lopez", "garcia"),
        ("lopez", "garcia"),
        ("lopez garcia ana", "garcia"),
        ("garcialopez", "garcia"),
        ("cher", "cher"),
        ("müller", "mueller"),
        ("muller", "mueller"),
        ("mueller jo", "mueller"),
        ("de la cruz", "delacruz"),
        ("delacruz", "delacruz"),
        ("cruz juan", "delacruz"),
        ("sorensen", "sorensen"),
        ("soerensen", "sorensen"),
        ("ase", "sorensen"),
        ("zolc lukasz", "lodz"),
        ("strauss", "strauss"),
        ("STRAUSS", "strauss"),
        ("dang thi", "dang"),
        ("李", "li"),
        ("雷 李", "li"),
        ("  siob  ", "obrien"),
    ],
)
def test_a_name_is_found_however_it_is_typed(people: SqliteDatabase, typed: str, who: str) -> None:
    assert found(people, typed)[:1] == [who]


@pytest.mark.parametrize("typed", ["smith mary", "mary smith", "mary smi", "SMITH, Mary"])
def test_words_are_found_in_any_order(people: SqliteDatabase, typed: str) -> None:
    assert found(people, typed)[:2] == ["smith", "smithers"]


def test_a_whole_word_comes_before_a_beginning(people: SqliteDatabase) -> None:
    assert found(people, "smith") == ["martin", "smith", "smithers"]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("3/4/1951", ["smith", "smithers"]),
        ("4/3/1951", ["smithers", "smith"]),
        ("03/04/51", ["smith", "smithers"]),
        ("4.3.1951", ["smithers", "smith"]),
        ("030451", ["smith", "smithers"]),
        ("1951-03-04", ["smith"]),
        ("1951-03", ["smith"]),
        ("4 Mar 1951", ["smith"]),
        ("March 4, 1951", ["smith"]),
        ("4 march 1951", ["smith"]),
        ("1951", ["smith", "smithers"]),
        ("smith 3/4/1951", ["smith", "smithers"]),
        ("3 Apr 1951 mary", ["smithers"]),
        ("mary 1951-03", ["smith"]),
        ("31/02/1951", []),
        ("cher 3/4/1951", []),
    ],
)
def test_a_birth_date_is_found_however_it_is_typed(
    people: SqliteDatabase, typed: str, who: list[str]
) -> None:
    assert found(people, typed) == who


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("3125550100", "smith"),
        ("312 555 0100", "smith"),
        ("+1 312 555 0100", "smith"),
        ("(312) 555-01", "smith"),
        ("0100", "smith"),
        ("555", "smith"),
        ("030123456", "cher"),
        ("123 456", "cher"),
        ("030 654321", "mueller"),
        ("mary 555 01 00", "smith"),
    ],
)
def test_a_phone_is_found_by_any_run_of_its_digits(
    people: SqliteDatabase, typed: str, who: str
) -> None:
    assert found(people, typed) == [who]


@pytest.mark.parametrize("typed", ["P-000112", "p000112", "p-000112 smith", "000112", "112"])
def test_a_record_number_is_found(people: SqliteDatabase, typed: str) -> None:
    assert found(people, typed) == ["smith"]


def test_the_beginning_of_a_record_number_is_enough(people: SqliteDatabase) -> None:
    assert len(found(people, "P-00010")) == 9


@pytest.mark.parametrize(
    "typed", ["", "   ", "-", "'", "%", "_", "x", "mary x", "\u202e", "55", "(" * 300, "🙂"]
)
def test_nothing_is_found_where_there_is_nothing(people: SqliteDatabase, typed: str) -> None:
    assert found(people, typed) == []


def test_each_of_many_people_with_one_name_is_found_by_name_and_birth_date(
    database: SqliteDatabase,
) -> None:
    twin = Patient(id="", family_name="Kim", birth_date=date(1950, 1, 1))
    with database.work() as work:
        for number in range(300):
            born = date(1950 + number // 12, number % 12 + 1, 17)
            work.records(Patient).add(replace(twin, id=str(number), birth_date=born))
        work.commit()

    assert found(database, "kim 17 dec 1974") == ["299"]
    assert found(database, "17 dec 1974 kim") == ["299"]


def test_a_save_that_changes_no_name_writes_nothing_into_the_index(
    people: SqliteDatabase,
) -> None:
    with people.work() as work:
        patient = work.records(Patient).get("smith")
        connection, _ = people._opened()
        before = connection.total_changes

        work.records(Patient).update(replace(patient, pronouns="she"))

        assert connection.total_changes == before + 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ÅSE", "ase"), ("Straße", "strasse"), ("İstanbul", "istanbul"), ("ﬁn", "fin"), ("Ł", "l")],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_name_of_signs_alone_has_no_words() -> None:
    assert words_of("—", "'", "") == ()
