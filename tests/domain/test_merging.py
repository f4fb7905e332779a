"""What two records of one person agree on, and what is proposed where they do not."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from intake_app.domain.audit import Deed, Entry, FieldChange
from intake_app.domain.fields import fields_of
from intake_app.domain.merging import (
    TOGETHER,
    Agreement,
    Holding,
    Item,
    Side,
    entered_since,
    in_order,
    items_of,
    taken_over,
)
from tests.builders import NOW, a_contact, a_patient, an_insurance

EARLIER = NOW - timedelta(days=30)


def item(name: str, items: tuple[Item, ...]) -> Item:
    found = {each.name: each for each in items}
    return found[name]


def compared(stays: Holding | None = None, **joins: object) -> tuple[Item, ...]:
    other = replace(a_patient(id="patient-2", record_number="P-000002"), **joins)  # type: ignore[arg-type]
    return items_of(stays or Holding(a_patient()), Holding(other))


def test_equal_values_need_no_choice() -> None:
    found = item("patient.family_name", compared())

    assert found.agreement is Agreement.SAME


def test_what_neither_record_has_is_not_listed() -> None:
    names = [each.name for each in compared()]

    assert "patient.gender" not in names


@pytest.mark.parametrize(
    ("mine", "theirs", "side"),
    [("", "f@example.org", Side.JOINS), ("f@example.org", "", Side.STAYS)],
    ids=["only the other has it", "only this one has it"],
)
def test_the_filled_side_is_proposed(mine: str, theirs: str, side: Side) -> None:
    stays = Holding(a_patient(email=mine))

    found = item("patient.email", compared(stays, email=theirs))

    assert (found.agreement, found.suggested) == (Agreement.ONE_SIDED, side)


def test_where_both_are_filled_and_differ_it_is_said() -> None:
    found = item("patient.family_name", compared(family_name="Dow"))

    assert found.agreement is Agreement.DIFFER


@pytest.mark.parametrize(
    ("mine", "theirs", "side"),
    [(EARLIER, NOW, Side.JOINS), (NOW, EARLIER, Side.STAYS), (NOW, NOW, Side.STAYS)],
    ids=["the other is newer", "this one is newer", "as old"],
)
def test_of_two_values_the_newer_is_proposed(mine: datetime, theirs: datetime, side: Side) -> None:
    stays = Holding(a_patient(), since={"family_name": mine})
    joins = Holding(a_patient(id="p2", family_name="Dow"), since={"family_name": theirs})

    found = item("patient.family_name", items_of(stays, joins))

    assert found.suggested is side


def test_what_differs_comes_first_and_what_is_the_same_last() -> None:
    found = in_order(compared(given_name="Janet", email="j@example.org"))

    order = list(Agreement)
    places = [order.index(each.agreement) for each in found]
    assert places == sorted(places)
    assert found[0].name == "patient.given_name"


def test_a_phone_written_another_way_is_the_same_phone() -> None:
    stays = Holding(a_patient(mobile_phone="(312) 555-0142"))

    found = item("patient.mobile_phone", compared(stays, mobile_phone="312 555 0142"))

    assert found.agreement is Agreement.SAME


def test_no_is_not_the_same_as_nothing() -> None:
    stays = Holding(a_patient(lives_alone=None))

    found = item("patient.lives_alone", compared(stays, lives_alone="no"))

    assert found.suggested is Side.JOINS


def test_an_address_is_taken_as_a_whole_once_a_part_differs() -> None:
    stays = Holding(a_patient(address_line_1="1 Hill Road", city="Ames"))

    found = item(
        "patient.address_line_1", compared(stays, address_line_1="9 Elm", postcode="50010")
    )

    assert found.label == "Address"
    assert found.fields[0].key == "address_line_1"
    assert found.agreement is Agreement.DIFFER


def test_an_address_that_only_lacks_a_part_is_filled_in() -> None:
    stays = Holding(a_patient(address_line_1="1 Hill Road", city="Ames"))

    items = compared(stays, address_line_1="1 Hill Road", postcode="50010")

    assert item("patient.postcode", items).suggested is Side.JOINS
    assert item("patient.city", items).suggested is Side.STAYS


def test_the_phone_of_one_contact_never_goes_under_the_name_of_another() -> None:
    john = Holding(a_contact(name="John Doe"))
    mary = Holding(a_contact(id="c2", name="Mary Doe", phone="312 555 0142"))

    (found,) = items_of(john, mary)

    assert [one.key for one in found.fields] == ["name", "relation", "phone"]


def test_a_contact_that_only_one_has_is_taken_or_left_as_a_whole() -> None:
    mary = Holding(a_contact(id="c2", name="Mary Doe", phone="312 555 0142"))

    (found,) = items_of(Holding(a_contact(name="")), mary)

    assert (found.name, found.suggested) == ("emergency_contact.name", Side.JOINS)


def test_the_number_of_the_record_that_stays_is_not_chosen() -> None:
    found = item("patient.record_number", compared())

    assert (found.agreement, found.suggested) == (Agreement.SAME, Side.STAYS)


def test_a_record_without_a_number_takes_the_other_one() -> None:
    stays = Holding(a_patient(record_number=""))

    found = item("patient.record_number", compared(stays))

    assert found.suggested is Side.JOINS


def test_a_text_that_could_not_be_read_is_something_to_choose() -> None:
    stays = Holding(a_patient(birth_date=None))
    joins = Holding(a_patient(id="p2", birth_date=None), typed={"birth_date": "31/02/1951"})

    found = item("patient.birth_date", items_of(stays, joins))

    assert (found.agreement, found.suggested) == (Agreement.ONE_SIDED, Side.JOINS)


def test_a_date_is_proposed_before_a_text_that_is_none() -> None:
    stays = Holding(a_patient(birth_date=None), {"birth_date": "31/02/1951"})
    joins = Holding(a_patient(id="p2", birth_date=date(1951, 2, 28)))

    found = item("patient.birth_date", items_of(stays, joins))

    assert (found.agreement, found.suggested) == (Agreement.DIFFER, Side.JOINS)


def test_what_was_picked_is_taken_and_nothing_else() -> None:
    items = compared(given_name="Janet", family_name="Dow", email="j@example.org")

    taken = taken_over(items, {"patient.given_name": Side.JOINS, "patient.family_name": Side.STAYS})

    assert {key: held.value for key, held in taken["patient"].items()} == {
        "given_name": "Janet",
        "email": "j@example.org",
    }


def test_what_only_the_other_has_can_be_left_behind() -> None:
    items = compared(email="j@example.org")

    assert taken_over(items, {"patient.email": Side.STAYS}) == {}


def test_two_looks_at_the_same_are_the_same_whenever_it_was_entered() -> None:
    early = item("patient.family_name", compared(Holding(a_patient(), since={"family_name": NOW})))
    late = item("patient.family_name", compared())

    assert early.same_as(late)


def test_another_value_is_another_look() -> None:
    before = item("patient.family_name", compared())
    after = item("patient.family_name", compared(family_name="Dow"))

    assert not before.same_as(after)


def a_line(deed: Deed, at: datetime, *keys: str, record_id: str = "patient-1") -> Entry:
    changes = tuple(FieldChange(key, None, "x") for key in keys)
    return Entry(
        at=at, actor_id="a", deed=deed, table="patient", record_id=record_id, changes=changes
    )


def test_a_field_is_as_old_as_its_last_change_or_as_the_record() -> None:
    later = NOW + timedelta(days=1)
    lines = [
        a_line(Deed.CHANGED, later, "city", record_id="somebody else"),
        a_line(Deed.CHANGED, NOW, "city"),
        a_line(Deed.CHANGED, EARLIER, "city"),
        a_line(Deed.CREATED, EARLIER),
    ]

    since = entered_since(lines, a_patient())

    assert (since["city"], since["email"]) == (NOW, EARLIER)


def test_a_record_whose_making_is_not_told_has_no_age() -> None:
    assert entered_since([], a_patient()) == {}


@pytest.mark.parametrize("group", TOGETHER, ids=lambda group: str(group[1]))
def test_what_belongs_together_are_fields_side_by_side(
    group: tuple[type, str, tuple[str, ...]],
) -> None:
    record_type, _, keys = group
    order = [one.key for one in fields_of(record_type)]

    start = order.index(keys[0])

    assert tuple(order[start : start + len(keys)]) == keys


def test_every_row_of_the_insurance_can_be_compared() -> None:
    mine = an_insurance(payer="Aetna", member_id="1")
    theirs = an_insurance(id="i2", payer="Cigna", member_id="2", authorisation_number="77")

    found = items_of(Holding(mine), Holding(theirs))

    assert [each.name for each in found] == ["insurance.payer", "insurance.authorisation"]
