"""Phones in search results."""

import pytest

from intake_app.domain.ports import Found, Mark
from intake_app.services.found_phones import with_written_phone


def a_hit(phone: str, *marks: Mark) -> Found:
    """Return a search result with this phone."""
    return Found("patient-1", "Doe, Jane", None, "P-1", phone, None, marks=marks)


def marked(found: Found) -> str:
    """Return what of the phone is marked."""
    (mark,) = [mark for mark in found.marks if mark.field == "phone"]
    return found.phone[mark.start : mark.end] if mark.end else found.phone


@pytest.mark.parametrize(
    ("kept", "country", "part", "written", "still"),
    [
        ("5155550142", "US", "0142", "(515) 555-0142", "0142"),
        ("5155550142", "US", "5155", "(515) 555-0142", "515) 5"),
        ("+15155550142", "US", "5550", "(515) 555-0142", "555-0"),
        ("+15155550142", "US", "+1", "(515) 555-0142", "(515) 555-0142"),
        ("+442071838750", "GB", "8750", "020 7183 8750", "8750"),
        ("515 555 0142 x12", "US", "0142", "(515) 555-0142 ext. 12", "0142"),
        ("12345", "US", "234", "12345", "234"),
        ("ask at home", "US", "ask", "ask at home", "ask"),
        ("+442071838750", "GB", "4420", "020 7183 8750", "020 7183 8750"),
    ],
)
def test_a_phone_that_matched_is_written_for_people_and_stays_marked(
    kept: str, country: str, part: str, written: str, still: str
) -> None:
    start = kept.index(part)
    hit = a_hit(kept, Mark("phone", start, start + len(part)))

    shown = with_written_phone(hit, country)

    assert shown.phone == written
    assert marked(shown) == still


def test_a_phone_that_did_not_match_is_left_alone() -> None:
    hit = a_hit("5155550142", Mark("name", 0, 3))

    assert with_written_phone(hit, "US") is hit


def test_a_mark_over_the_whole_stays_over_the_whole() -> None:
    shown = with_written_phone(a_hit("5155550142", Mark("phone")), "US")

    assert marked(shown) == "(515) 555-0142"
