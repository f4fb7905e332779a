"""What was typed is taken apart into everything it may mean."""

from datetime import date

import pytest

from intake_app.storage.search_query import Term, born_between, read_query

TODAY = date(2026, 11, 22)


def read(typed: str, date_order: str = "mdy") -> tuple[Term, ...]:
    return read_query(typed, date_order=date_order, today=TODAY)


def test_words_are_names() -> None:
    assert read("de la Cruz, Juan") == tuple(
        Term(spelt=(word,)) for word in ("de", "la", "cruz", "juan")
    )


def test_a_hyphen_parts_and_an_apostrophe_does_not() -> None:
    assert read("O'Brien-Müller") == (Term(spelt=("obrien",)), Term(spelt=("muller", "mueller")))


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("1951", ("1951",)),
        ("1951-", ("1951-",)),
        (
            "1951-0",
            (
                "1951-01",
                "1951-02",
                "1951-03",
                "1951-04",
                "1951-05",
                "1951-06",
                "1951-07",
                "1951-08",
                "1951-09",
            ),
        ),
        ("1951-3", ("1951-03",)),
        ("1951-1", ("1951-01", "1951-10", "1951-11", "1951-12")),
        ("1951-03", ("1951-03",)),
        ("1951-03-", ("1951-03-",)),
        ("1951-03-3", ("1951-03-03", "1951-03-30", "1951-03-31")),
        ("1951-03-04", ("1951-03-04",)),
        ("1951/03/04", ("1951-03-04",)),
        ("19510304", ("1951-03-04",)),
        ("03041951", ("1951-03-04", "1951-04-03")),
        ("4 Mar 1951", ("1951-03-04",)),
    ],
)
def test_a_date_that_begins_with_the_year(typed: str, born: tuple[str, ...]) -> None:
    (term,) = read(typed)

    assert term.born == born


@pytest.mark.parametrize(
    ("typed", "order", "first"),
    [
        ("3/", "mdy", "03-"),
        ("3/4", "mdy", "03-04-"),
        ("3/4", "dmy", "04-03-"),
        ("3/4/19", "mdy", "03-04-19"),
        ("3/4/195", "mdy", "03-04-195"),
        ("31/1", "dmy", "01-31-"),
        ("31/1", "mdy", "01-31-"),
    ],
)
def test_a_date_whose_year_is_still_to_come_is_read_in_the_order_of_the_clinic(
    typed: str, order: str, first: str
) -> None:
    (term,) = read(typed, order)

    assert term.birthdays[0] == first


def test_a_month_that_may_go_on_means_all_of_them() -> None:
    (term,) = read("3/1", "dmy")

    assert term.birthdays[:4] == ("01-03-", "10-03-", "11-03-", "12-03-")


@pytest.mark.parametrize("typed", ["75y", "75 y", "75 years", "75 yo", "75yrs"])
def test_an_age_with_its_unit_is_one_part(typed: str) -> None:
    (term,) = read(typed)

    assert term.age == 75


def test_a_bare_number_is_an_age_and_the_beginning_of_a_record_number() -> None:
    name, term = read("doe 75")

    assert name == Term(spelt=("doe",))
    assert (term.age, term.number) == (75, "75")


@pytest.mark.parametrize("typed", ["7", "121", "0751"])
def test_what_nobody_is_old_is_no_age(typed: str) -> None:
    (term,) = read(typed)

    assert term.age is None


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        ("555 01 00", "5550100"),
        ("(312) 555-0100", "3125550100"),
        ("030 654321", "30654321"),
        ("+49 30 654321", "30654321"),
        ("1 312 555 0100", "3125550100"),
    ],
)
def test_the_digits_of_a_phone_are_one_run_without_what_stands_before(typed: str, run: str) -> None:
    (term,) = read(typed)

    assert run in term.digits


def test_six_digits_may_be_a_date_a_phone_or_a_record_number() -> None:
    (term,) = read("030451")

    assert term.born[0] == "1951-03-04"
    assert term.number == "030451"
    assert "030451" in term.digits


@pytest.mark.parametrize(
    ("age", "first", "after"),
    [
        (75, "1950-11-23", "1951-11-23"),
        (0, "2025-11-23", "2026-11-23"),
        (5000, "0001-11-23", "0001-11-23"),
    ],
)
def test_the_birth_dates_of_an_age(age: int, first: str, after: str) -> None:
    assert born_between(age, TODAY) == (first, after)


def test_somebody_born_on_29_february_ages_on_1_march() -> None:
    assert born_between(10, date(2027, 2, 28)) == ("2016-02-29", "2017-03-01")
    assert born_between(11, date(2028, 2, 29)) == ("2016-03-01", "2017-03-01")
