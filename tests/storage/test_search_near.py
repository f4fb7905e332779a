"""Nobody is missed for a slip of the finger, a spelling by ear, a nickname or an old name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.patients import Patient
from intake_app.domain.ports import Found, Mark, MatchedBy
from intake_app.domain.visits import Visit, VisitState
from intake_app.storage.database import SqliteDatabase
from tests.storage.conftest import Opening

TODAY = datetime.now(UTC).date()
PEOPLE = (
    ("katherine", "Katherine", "Hughes", "P-000201", date(1950, 6, 1)),
    ("wojciech", "Wojciech", "Wiśniewski", "P-000202", date(1941, 2, 3)),
    ("steven", "Steven", "Nuñez", "P-000203", date(1951, 3, 4)),
    ("william", "William", "Abernathy", "P-000204", date(1939, 12, 31)),
    ("peggy", "Margaret", "Schmidt", "P-000205", date(1944, 7, 7)),
    ("macdonald", "Ann Marie", "MacDonald", "P-000206", date(1960, 5, 5)),
    ("vandenberg", "Piet", "van den Berg", "P-000207", date(1948, 8, 8)),
    ("jones", "Ruth", "Jones", "P-000208", date(1951, 10, 20)),
)


@pytest.fixture
def people(database: SqliteDatabase) -> SqliteDatabase:
    with database.work() as work:
        for name, first, family, number, born in PEOPLE:
            work.records(Patient).add(
                Patient(
                    id=name,
                    given_name=first,
                    family_name=family,
                    record_number=number,
                    birth_date=born,
                )
            )
        work.commit()
    return database


def lines(database: SqliteDatabase, typed: str) -> tuple[Found, ...]:
    with database.work() as work:
        return work.search(typed)


def found(database: SqliteDatabase, typed: str) -> list[str]:
    return [line.patient_id for line in lines(database, typed)]


def change(database: SqliteDatabase, patient_id: str, **values: object) -> None:
    with database.work() as work:
        patient = work.records(Patient).get(patient_id)
        work.records(Patient).update(replace(patient, **values))  # type: ignore[arg-type] # fields by name
        work.commit()


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("hughs", "katherine"),
        ("hugehs", "katherine"),
        ("huyhes", "katherine"),
        ("hughees", "katherine"),
        ("hugehs kath", "katherine"),
        ("katehrine hughes", "katherine"),
        ("wisneiwsky wojciech", "wojciech"),
        ("wijsnewski", "wojciech"),
        ("wojcech wisniewski", "wojciech"),
        ("wisnewsk", "wojciech"),
        ("abrenaty", "william"),
        ("abrnathy wiliam", "william"),
        ("abernahty 1939", "william"),
        ("abernahty 12/31/1939", "william"),
        ("hughs 75y", "katherine"),
        ("schmdt P-000205", "peggy"),
    ],
)
def test_typing_errors_are_forgiven(people: SqliteDatabase, typed: str, who: str) -> None:
    wanted = typed.replace("75y", f"{age(date(1950, 6, 1))}y")

    assert found(people, wanted)[:1] == [who]


def age(born: date) -> int:
    return TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("catherine", "katherine"),
        ("kathryn hews", "katherine"),
        ("stephen nunes", "steven"),
        ("nunes stephen", "steven"),
        ("shmit", "peggy"),
        ("voitsech", "wojciech"),
    ],
)
def test_who_is_spelt_by_ear_is_found(people: SqliteDatabase, typed: str, who: str) -> None:
    assert who in found(people, typed)


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("bill abernathy", "william"),
        ("abernathy, billy", "william"),
        ("peggy schmidt", "peggy"),
        ("peg shmidt", "peggy"),
        ("steve", "steven"),
    ],
)
def test_a_nickname_finds_the_name(people: SqliteDatabase, typed: str, who: str) -> None:
    assert found(people, typed)[:1] == [who]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("mac donald", "macdonald"),
        ("mac donald ann", "macdonald"),
        ("annmarie", "macdonald"),
        ("vandenberg", "vandenberg"),
        ("van denberg", "vandenberg"),
        ("berg piet", "vandenberg"),
    ],
)
def test_spaces_in_a_name_do_not_matter(people: SqliteDatabase, typed: str, who: str) -> None:
    assert found(people, typed) == [who]


@pytest.mark.parametrize("typed", ["xu", "qqqq", "smith jones", "katherine 1951", "ruth abernathy"])
def test_a_near_word_is_not_any_word(people: SqliteDatabase, typed: str) -> None:
    assert found(people, typed) == []


def test_an_age_chooses_among_people_of_a_name(people: SqliteDatabase) -> None:
    years = age(date(1951, 10, 20))
    change(people, "steven", family_name="Jones")

    assert found(people, f"jones {years - 1}") == []
    assert "jones" in found(people, f"jones {years}")
    assert "jones" in found(people, f"{years}y jones")


def test_an_age_hides_no_record_number(people: SqliteDatabase) -> None:
    change(people, "jones", record_number="7512")
    change(people, "peggy", birth_date=TODAY.replace(year=TODAY.year - 76))

    assert found(people, "75")[0] == "jones"


@pytest.mark.parametrize(
    "typed", ["6/1", "06/01", "6/1/19", "6/1/50", "06011950", "1950-06", "1950-6-1"]
)
def test_a_birth_date_is_found_before_it_is_typed_out(people: SqliteDatabase, typed: str) -> None:
    assert found(people, typed) == ["katherine"]


# --- order --------------------------------------------------------------------------------


def visit(database: SqliteDatabase, patient_id: str, day: date, **values: object) -> None:
    with database.work() as work:
        number = len(work.records(Visit).owned_by(patient_id))
        new = Visit(id=f"{patient_id}-{number}", patient_id=patient_id, day=day)
        work.records(Visit).add(replace(new, **values))  # type: ignore[arg-type] # fields by name
        work.commit()


def twins(database: SqliteDatabase, *names: str) -> None:
    with database.work() as work:
        for name in names:
            work.records(Patient).add(Patient(id=name, family_name=name))
        work.commit()


def test_who_comes_today_stands_first(database: SqliteDatabase) -> None:
    twins(database, "Lee", "Leeds", "Leeman")
    visit(database, "Leeman", TODAY)
    visit(database, "Leeds", TODAY, state=VisitState.CANCELLED)

    first, *others = lines(database, "lee")

    assert (first.patient_id, first.visit_today) == ("Leeman", True)
    assert [(line.patient_id, line.visit_today) for line in others] == [
        ("Lee", False),
        ("Leeds", False),
    ]


def test_whoever_is_only_near_stands_behind_even_with_a_visit_today(
    database: SqliteDatabase,
) -> None:
    twins(database, "Smith", "Smyth")
    visit(database, "Smyth", TODAY)

    assert found(database, "smith") == ["Smith", "Smyth"]


def test_of_equals_the_one_seen_last_stands_first(database: SqliteDatabase) -> None:
    twins(database, "Kim A", "Kim B", "Kim C")
    visit(database, "Kim B", TODAY - timedelta(days=400))
    visit(database, "Kim C", TODAY - timedelta(days=30))

    assert found(database, "kim") == ["Kim C", "Kim B", "Kim A"]


def test_exact_comes_before_begun_before_near(database: SqliteDatabase) -> None:
    twins(database, "Marten", "Martinez", "Martin", "Martinsson")

    assert found(database, "martin") == ["Martin", "Martinez", "Martinsson", "Marten"]


def test_who_comes_today_is_found_among_thousands_of_a_name(database: SqliteDatabase) -> None:
    with database.work() as work:
        for number in range(400):
            work.records(Patient).add(Patient(id=str(number), family_name="Garcia"))
        work.commit()
    visit(database, "3", TODAY)

    assert found(database, "garcia")[0] == "3"


# --- old names and records ----------------------------------------------------------------


def test_a_former_name_finds_and_is_shown(people: SqliteDatabase) -> None:
    change(people, "katherine", former_name="Ashworth")

    (line,) = lines(people, "katherine ashw")

    assert line.other_name == "Ashworth"
    assert line.matched == (MatchedBy.NAME, MatchedBy.FORMER_NAME)
    assert line.marks == (Mark("name", 8, 17), Mark("other_name", 0, 4))


def test_a_preferred_name_finds_and_is_shown(people: SqliteDatabase) -> None:
    change(people, "jones", preferred_name="Tiger")

    (line,) = lines(people, "tiger")

    assert (line.other_name, line.matched) == ("Tiger", (MatchedBy.PREFERRED_NAME,))


def test_the_other_name_is_not_shown_when_the_name_itself_fits(people: SqliteDatabase) -> None:
    change(people, "jones", former_name="Jonesbury")

    (line,) = lines(people, "jones")

    assert line.other_name == ""


def test_a_merged_record_is_not_found_but_its_name_and_number_lead_to_the_other(
    people: SqliteDatabase,
) -> None:
    change(people, "peggy", merged_into="jones")

    assert found(people, "schmidt") == ["jones"]
    assert found(people, "P-000205") == ["jones"]
    assert found(people, "000205") == ["jones"]
    assert lines(people, "schmidt")[0].other_name == "Schmidt, Margaret"


def test_what_was_merged_in_two_steps_leads_to_the_last(people: SqliteDatabase) -> None:
    change(people, "peggy", merged_into="jones")
    change(people, "jones", merged_into="steven")

    assert found(people, "schmidt") == ["steven"]
    assert found(people, "jones") == ["steven"]


def test_records_that_are_taken_apart_again_are_found_as_before(people: SqliteDatabase) -> None:
    change(people, "peggy", merged_into="jones")
    change(people, "peggy", merged_into="")

    assert found(people, "schmidt") == ["peggy"]
    assert found(people, "jones") == ["jones"]


# --- marks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "matched", "marks"),
    [
        ("nun", (MatchedBy.NAME,), (Mark("name", 0, 3),)),
        ("nunez stev", (MatchedBy.NAME,), (Mark("name", 0, 5), Mark("name", 7, 11))),
        ("nunes", (MatchedBy.SOUND,), (Mark("name", 0, 5),)),
        ("nunex", (MatchedBy.SPELLING,), (Mark("name", 0, 5),)),
        ("steve", (MatchedBy.NAME,), (Mark("name", 7, 12),)),
        ("1951-03-04", (MatchedBy.BIRTH_DATE,), (Mark("birth_date"),)),
        ("p000203", (MatchedBy.RECORD_NUMBER,), (Mark("record_number", 0, 8),)),
        ("P-00020", (MatchedBy.RECORD_NUMBER,), (Mark("record_number", 0, 7),)),
        ("203", (MatchedBy.RECORD_NUMBER,), (Mark("record_number", 5, 8),)),
        ("5550199", (MatchedBy.PHONE,), (Mark("phone", 9, 17),)),
    ],
)
def test_what_matched_is_marked(
    people: SqliteDatabase,
    typed: str,
    matched: tuple[MatchedBy, ...],
    marks: tuple[Mark, ...],
) -> None:
    change(people, "steven", home_phone="+1 (312) 555-0199", mobile_phone="+1 312 444 0000")

    line = next(line for line in lines(people, typed) if line.patient_id == "steven")

    assert line.matched == matched
    assert line.marks == marks


def test_the_phone_that_matched_is_the_one_shown(people: SqliteDatabase) -> None:
    change(people, "steven", home_phone="030 555 0199", mobile_phone="030 444 0000")

    assert lines(people, "5550199")[0].phone == "030 555 0199"
    assert lines(people, "nunez")[0].phone == "030 444 0000"


def test_a_nickname_marks_the_name_it_stands_for(people: SqliteDatabase) -> None:
    (line,) = lines(people, "bill abernathy")

    assert line.matched == (MatchedBy.NICKNAME, MatchedBy.NAME)
    assert set(line.marks) == {Mark("name", 0, 9), Mark("name", 11, 18)}


def test_an_accent_or_apostrophe_does_not_shift_the_marks(database: SqliteDatabase) -> None:
    with database.work() as work:
        work.records(Patient).add(Patient(id="1", family_name="O’Brien", given_name="Zoë"))
        work.records(Patient).add(Patient(id="2", family_name="Strauß", given_name="Åse"))
        work.commit()

    assert lines(database, "obri zoe")[0].marks == (Mark("name", 0, 5), Mark("name", 9, 12))
    assert lines(database, "strauss")[0].marks == (Mark("name", 0, 6),)


# --- whatever is typed --------------------------------------------------------------------


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabase]:
    folder = tmp_path_factory.mktemp("town")
    database = SqliteDatabase(folder / "intake.sqlite3", folder / "backups")
    with database.work() as work:
        for name, first, family, number, born in PEOPLE:
            work.records(Patient).add(
                Patient(
                    id=name,
                    given_name=first,
                    family_name=family,
                    record_number=number,
                    birth_date=born,
                    mobile_phone="+1 312 555 0100",
                )
            )
        work.commit()
    yield database
    database.close()


PIECES = st.sampled_from(
    (
        "ann",
        "jones",
        "o'b",
        "1951",
        "-03-04",
        "3/4/",
        "75y",
        "P-0002",
        "555 01",
        '"',
        "*",
        "(",
        "NEAR",
    )
)


@given(typed=st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=6).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_gives_an_answer(town: SqliteDatabase, typed: str) -> None:
    with town.work() as work:
        answer = work.search(typed)

    assert len({line.patient_id for line in answer}) == len(answer) <= len(PEOPLE)
    assert all(
        0 <= mark.start <= mark.end <= max(len(line.name), len(line.other_name), 20)
        for line in answer
        for mark in line.marks
    )


def test_a_visit_that_was_taken_back_makes_nobody_come_today(people: SqliteDatabase) -> None:
    with people.work() as work:
        work.records(Visit).add(Visit(id="v", patient_id="jones", day=TODAY))
        assert work.search("jones")[0].visit_today

    assert not lines(people, "jones")[0].visit_today


def test_a_visit_that_another_program_made_counts(people: SqliteDatabase, desk: Opening) -> None:
    assert not lines(people, "jones")[0].visit_today

    visit(desk(), "jones", TODAY)

    assert lines(people, "jones")[0].visit_today
