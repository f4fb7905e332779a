"""Is this the same person? Names, birth dates, phones and places, and the reasons in words."""

from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.matching import Certainty, Likeness, Person, Reason
from intake_app.domain.matching_compare import best_of, compare_births, likeness
from intake_app.domain.matching_households import household_bits
from intake_app.domain.matching_names import Crowd, compare_names, compare_words
from intake_app.domain.matching_places import address_likeness
from intake_app.domain.matching_traits import traits_of
from intake_app.domain.matching_weights import HOUSEHOLD, MOST_HOUSEHOLD, MOVED, Birth, Name
from intake_app.domain.matching_words import _WORDS, reason_words, reasons_sentence, reasons_words
from intake_app.domain.nicknames import Nicknames
from intake_app.domain.patients import Sex

NICKNAMES = Nicknames([("william", "bill", "will")])
JANE = Person(
    id="jane",
    family_name="Doberman",
    given_name="Jane",
    birth_date=date(1951, 3, 4),
    sex=Sex.FEMALE,
    phones=("+1 515 555 0100",),
    address="12 Mulberry Road",
    city="Ames",
    postcode="50010",
)


def crowd(people: int = 10_000, common: int = 20) -> Crowd:
    """Return a clinic of so many patients where every name is borne by so many."""
    return Crowd(people=people, bearers=lambda _: common, nicknames=NICKNAMES)


def alike(one: Person, other: Person = JANE, among: Crowd | None = None) -> Likeness | None:
    return likeness(traits_of(one), traits_of(other), among or crowd(), patient_id="jane")


def sure(one: Person, other: Person = JANE, among: Crowd | None = None) -> Certainty | None:
    found = alike(one, other, among)
    return found.certainty if found else None


def codes(found: Likeness | None) -> set[str]:
    return {reason.code for reason in found.reasons} if found else set()


def typed(**changes: object) -> Person:
    """Return Jane as far as reception has typed her: names and birth date."""
    known = Person(
        family_name=JANE.family_name, given_name=JANE.given_name, birth_date=JANE.birth_date
    )
    return replace(known, **changes)  # type: ignore[arg-type]


# --- who is shown, and how surely -----------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"family_name": "Dobermann"},
        {"family_name": "Doebrman"},
        {"family_name": "DOBERMAN"},
        {"given_name": "Jane Elizabeth"},
        {"given_name": "Jnae"},
    ],
)
def test_the_same_name_and_birth_date_are_certain_in_spite_of_a_typing_error(
    changes: dict[str, object],
) -> None:
    assert sure(typed(**changes)) is Certainty.CERTAIN


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_date": date(1951, 4, 3)},
        {"birth_date": date(1951, 3, 5)},
        {"birth_date": date(1952, 3, 4)},
        {"birth_date": date(1915, 3, 4)},
        {"family_name": "Jane", "given_name": "Doberman", "birth_date": date(1951, 4, 3)},
        {"birth_date": None, "phones": ("515-555-0100",)},
        {"family_name": "Smith", "phones": ("515 555 0100",)},
    ],
)
def test_one_thing_that_differs_is_likely_but_never_certain(changes: dict[str, object]) -> None:
    assert sure(typed(**changes)) is Certainty.LIKELY


@pytest.mark.parametrize(
    "changes",
    [
        {"family_name": "Kowalski", "given_name": "Piotr"},
        {"birth_date": date(1987, 11, 29)},
        {"family_name": "Okafor", "birth_date": date(1987, 11, 29)},
        {"family_name": "", "given_name": "", "birth_date": None},
    ],
)
def test_somebody_else_is_not_shown(changes: dict[str, object]) -> None:
    assert alike(typed(**changes)) is None


def test_a_rare_name_tells_more_than_a_common_one() -> None:
    asked = typed(birth_date=date(1951, 3, 5))

    rare, common = alike(asked, among=crowd(common=1)), alike(asked, among=crowd(common=500))

    assert rare is not None
    assert common is not None
    assert rare.weight > common.weight + 5


def test_a_common_name_alone_says_nothing_in_a_large_clinic() -> None:
    asked = typed(birth_date=None)

    assert alike(asked, among=crowd(people=1_000_000, common=5_000)) is None
    assert alike(asked, among=crowd(people=1_000_000, common=1)) is not None


def test_husband_and_wife_are_not_taken_for_one() -> None:
    husband = replace(JANE, given_name="Peter", birth_date=date(1949, 7, 21), sex=Sex.MALE)

    assert alike(husband) is None
    assert alike(replace(husband, sex=None)) is None


def test_father_and_son_of_one_name_are_shown_but_never_certain() -> None:
    son = replace(JANE, birth_date=date(1979, 8, 15))

    assert sure(son) in (Certainty.LIKELY, Certainty.POSSIBLE)
    assert "birth_different" in codes(alike(son))


def test_twins_in_one_house_are_shown_but_never_certain() -> None:
    assert sure(replace(JANE, given_name="Ruth")) is Certainty.LIKELY


def test_another_sex_speaks_against_it() -> None:
    same, other = alike(replace(JANE, id="")), alike(replace(JANE, id="", sex=Sex.MALE))

    assert same is not None
    assert other is not None
    assert other.weight < same.weight - 4
    assert Reason("other_sex", speaks_for=False) in other.reasons


@pytest.mark.parametrize("sex", [Sex.UNKNOWN, Sex.OTHER, None])
def test_a_sex_that_is_not_known_speaks_neither_way(sex: Sex | None) -> None:
    assert "other_sex" not in codes(alike(replace(JANE, sex=sex)))


def test_the_record_number_finds_somebody_whatever_else_differs() -> None:
    stored = replace(JANE, record_number="P-000123")

    found = alike(Person(family_name="Xu", record_number="p 000123"), stored)

    assert found is not None
    assert "same_number" in codes(found)


def test_a_number_from_another_system_counts_only_with_its_system() -> None:
    stored = replace(JANE, identifiers=(("urn:hospital", "77"),))
    asked = Person(family_name="Xu", identifiers=(("urn:hospital", "77"),))

    assert "same_identifier" in codes(alike(asked, stored))
    assert alike(replace(asked, identifiers=(("urn:other", "77"),)), stored) is None


def test_moving_house_speaks_against_it_only_once() -> None:
    moved = replace(
        JANE, phones=("312 555 9999",), address="7 Elm Street", city="Chicago", postcode="60601"
    )

    bare = alike(replace(JANE, phones=(), address="", city="", postcode=""))
    found = alike(moved)

    assert bare is not None
    assert found is not None
    assert found.certainty is Certainty.CERTAIN
    assert found.weight == pytest.approx(bare.weight + MOVED)


def test_the_likeliest_come_first_and_no_more_than_asked_for() -> None:
    found = [
        Likeness(name, weight, Certainty.LIKELY, ())
        for name, weight in (("c", 4.0), ("a", 9.0), ("b", 9.0), ("d", 1.0))
    ]

    assert [each.patient_id for each in best_of(found, 3)] == ["a", "b", "c"]


# --- names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ({"family_name": "García López"}, {"family_name": "Garcia"}),
        ({"family_name": "García-López"}, {"family_name": "Lopez Garcia"}),
        ({"family_name": "García López"}, {"family_name": "GarciaLopez"}),
        ({"family_name": "de la Cruz"}, {"family_name": "Cruz"}),
        ({"family_name": "von der Heide"}, {"family_name": "Heide"}),
        ({"family_name": "O'Brien"}, {"family_name": "obrien"}),
        ({"family_name": "Nuñez"}, {"family_name": "Nunes"}),
        ({"given_name": "Mary Ann"}, {"given_name": "Maryann"}),
        ({"given_name": "William"}, {"given_name": "Bill"}),
        ({"given_name": "Katherine"}, {"given_name": "Catherine"}),
        ({"given_name": "Ann", "middle_name": "Louise"}, {"given_name": "Louise"}),
        ({"former_name": "Petrova"}, {"family_name": "Petrova"}),
        ({}, {"family_name": "Smith", "former_name": "Doberman"}),
        ({"preferred_name": "Kit"}, {"given_name": "Kit"}),
        ({}, {"family_name": "Jane", "given_name": "Doberman"}),
        ({"family_name": "王", "given_name": "秀英"}, {"family_name": "王", "given_name": "秀英"}),
    ],
)
def test_a_person_is_known_by_any_way_of_writing_the_name(
    stored: dict[str, str], asked: dict[str, str]
) -> None:
    patient = replace(JANE, **stored)  # type: ignore[arg-type]
    person = replace(patient, id="", phones=(), address="", city="", postcode="", former_name="")

    assert sure(replace(person, preferred_name="", **asked), patient) is Certainty.CERTAIN  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("smith", "smith", Name.SAME),
        ("smith", "smyth", Name.ONE_LETTER),
        ("smith", "smiht", Name.ONE_LETTER),
        ("doe", "deo", Name.ONE_LETTER),
        ("bill", "william", Name.NICKNAME),
        ("stephen", "steven", Name.SOUND),
        ("alex", "alexander", Name.BEGINNING),
        ("j", "jane", Name.BEGINNING),
        ("musolino", "musoqlinl", Name.SIMILAR),
        ("jane", "john", Name.DIFFERENT),
        ("li", "lu", Name.DIFFERENT),
        ("smith", "okafor", Name.DIFFERENT),
    ],
)
def test_two_words_agree_in_one_way(one: str, other: str, how: Name) -> None:
    assert compare_words(one, other, NICKNAMES) is how
    assert compare_words(other, one, NICKNAMES) is how


def test_one_name_of_several_in_common_counts_only_for_that_name() -> None:
    both = compare_names(("garcia", "lopez"), ("garcia", "lopez"), crowd())
    one = compare_names(("garcia", "lopez"), ("garcia",), crowd())

    assert both.how is Name.SAME
    assert one.how is Name.ONE_OF_SEVERAL
    assert one.weight < both.weight


def test_names_the_other_way_round_are_told_as_such() -> None:
    found = alike(typed(family_name="Jane", given_name="Doberman"))

    assert "names_swapped" in codes(found)


# --- birth dates and places -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("19510304", "19510304", Birth.SAME),
        ("19510304", "19510403", Birth.DAY_AND_MONTH_SWAPPED),
        ("19510304", "19520304", Birth.YEAR_BESIDE),
        ("19991231", "20001231", Birth.YEAR_BESIDE),
        ("19510304", "19510306", Birth.ONE_DIGIT),
        ("19510304", "19610304", Birth.ONE_DIGIT),
        ("19510304", "19150304", Birth.DIGITS_SWAPPED),
        ("19510312", "19510321", Birth.DIGITS_SWAPPED),
        ("19510304", "19880304", Birth.ONLY_YEAR_DIFFERS),
        ("19510304", "19510327", Birth.PARTLY),
        ("19510304", "19870921", Birth.DIFFERENT),
        ("19510304", "19511128", Birth.DIFFERENT),
        ("", "19510304", Birth.UNKNOWN),
    ],
)
def test_two_birth_dates_agree_in_one_way(one: str, other: str, how: Birth) -> None:
    assert compare_births(one, other) is how
    assert compare_births(other, one) is how


@pytest.mark.parametrize(
    ("phone", "code"),
    [
        ("+1 (515) 555-0100", "same_phone"),
        ("0515 555 0100", "same_phone"),
        ("555 0100", "same_phone"),
        ("515 555 0108", "phone_one_digit"),
        ("515 555 1000", "phone_one_digit"),
        ("312 444 9876", "other_phone"),
    ],
)
def test_phones_are_compared_by_their_last_digits(phone: str, code: str) -> None:
    assert code in codes(alike(typed(phones=(phone,))))


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("12 Mulberry Road", "same_address"),
        ("Mulberry Road 12", "same_address"),
        ("12 Mulbery Rd", "similar_address"),
        ("Mulberry Road, Flat 3, Westside Gardens", "part_of_address"),
        ("901 Station Avenue", "other_address"),
    ],
)
def test_addresses_are_compared_in_any_order_of_words(address: str, code: str) -> None:
    assert code in codes(alike(typed(address=address)))


def test_how_much_of_two_addresses_is_the_same_does_not_depend_on_who_is_asked() -> None:
    one, other = ("12", "mulberry", "road"), ("unit", "4", "mulberry", "road")

    assert address_likeness(one, other) == address_likeness(other, one)


# --- households -----------------------------------------------------------------------------


def home(number: int, *people: tuple[str, date | None]) -> list[Person]:
    """Return people of one family name at one address."""
    return [
        Person(
            family_name=f"family{number}",
            given_name=name,
            birth_date=born,
            address=f"{number} Hill",
        )
        for name, born in people
    ]


def learnt(*homes: list[Person]) -> float:
    return household_bits(traits_of(person) for people in homes for person in people)


def test_an_address_in_common_says_little_where_couples_are_patients() -> None:
    couples = [home(n, ("ann", date(1950, 1, 3)), ("ruth", date(1947, 8, 9))) for n in range(40)]

    assert learnt(*couples) < 0


def test_an_address_in_common_says_much_where_those_who_share_one_are_the_same() -> None:
    doubles = [home(n, ("ann", date(1950, 1, 3)), ("anne", date(1950, 1, 3))) for n in range(200)]

    assert learnt(*doubles) > HOUSEHOLD + 2
    assert learnt(*doubles) <= MOST_HOUSEHOLD


def test_where_nobody_shares_an_address_the_usual_weight_is_kept() -> None:
    assert learnt(home(1, ("ann", None)), home(2, ("ruth", None))) == HOUSEHOLD
    assert learnt() == HOUSEHOLD


# --- in words -------------------------------------------------------------------------------


def test_the_reasons_are_told_in_words() -> None:
    found = alike(typed(family_name="Dobermann", phones=("515 555 0100",)))

    assert found is not None
    assert reasons_words(found.reasons) == (
        "same birth date, family name differs by one letter, same given name, same phone"
    )


def test_what_speaks_for_it_is_told_first() -> None:
    reasons = (Reason("other_phone", speaks_for=False), Reason("birth_same"))

    assert reasons_words(reasons) == "same birth date, phone differs"


def test_city_and_postcode_are_not_told_besides_the_address() -> None:
    reasons = (Reason("same_address"), Reason("same_city"), Reason("same_postcode"))

    assert reasons_words(reasons) == "same address"


def test_the_reasons_make_a_sentence() -> None:
    assert reasons_sentence((Reason("same_number"),)) == "Same record number."
    assert reasons_sentence(()) == ""


def test_every_way_in_which_people_agree_has_words() -> None:
    told = {f"birth_{birth.name.lower()}" for birth in Birth if birth}
    told |= {
        f"{which}_{name.name.lower()}" for which in ("family", "given") for name in Name if name
    }

    assert told - _WORDS.keys() == set()
    assert all(reason_words(Reason(code)) for code in told)
