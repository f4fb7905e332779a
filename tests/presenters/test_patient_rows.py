"""A search hit in words, with what matched marked."""

from datetime import date

import pytest

from intake_app.domain.ports import Found, Mark, MatchedBy
from intake_app.ui.presenters.patient_rows import patient_row

TODAY = date(2026, 11, 22)


def found(**changes: object) -> Found:
    """Return a hit: Ana Garcia, born 4 March 1951."""
    known: dict[str, object] = {
        "patient_id": "p-1",
        "name": "Garcia, Ana",
        "birth_date": date(1951, 3, 4),
        "record_number": "P-000012",
        "phone": "(515) 555-0142",
        "last_visit": date(2026, 11, 3),
    }
    return Found(**(known | changes))  # type: ignore[arg-type]


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    """Return the marked parts of a text."""
    return [text[start:end] for start, end in spans]


def test_what_matched_is_marked_in_the_name() -> None:
    row = patient_row(found(marks=(Mark("name", 0, 3), Mark("name", 8, 11))), TODAY)

    name = row.marked("name")
    assert marked(name.text, name.spans) == ["Gar", "Ana"]


@pytest.mark.parametrize(
    ("mark", "part"),
    [
        (Mark("birth_date"), "4 March 1951"),
        (Mark("age"), "75 years"),
        (Mark("record_number", 5, 8), "012"),
        (Mark("phone", 10, 14), "0142"),
    ],
)
def test_what_matched_is_marked_in_the_details(mark: Mark, part: str) -> None:
    details = patient_row(found(marks=(mark,)), TODAY).marked_details()

    assert marked(details.text, details.spans) == [part]


def test_the_phone_is_shown_only_when_it_matched() -> None:
    assert "555" not in patient_row(found(), TODAY).details
    assert "555" in patient_row(found(marks=(Mark("phone"),)), TODAY).details


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (MatchedBy.FORMER_NAME, "formerly Kowalski"),
        (MatchedBy.PREFERRED_NAME, "called Kowalski"),
    ],
)
def test_the_name_by_which_somebody_was_found_is_told(by: MatchedBy, words: str) -> None:
    hit = found(other_name="Kowalski", matched=(by,), marks=(Mark("other_name", 0, 3),))

    row = patient_row(hit, TODAY)

    other = row.marked("other_name")
    assert other.text == words
    assert marked(other.text, other.spans) == ["Kow"]
    assert words in row.sentence


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (MatchedBy.SOUND, "sounds alike"),
        (MatchedBy.SPELLING, "spelt differently"),
        (MatchedBy.NICKNAME, "another form of the name"),
    ],
)
def test_how_a_name_was_found_is_said_in_words(by: MatchedBy, words: str) -> None:
    row = patient_row(found(matched=(by, MatchedBy.BIRTH_DATE)), TODAY)

    assert row.how == words
    assert row.sentence.endswith(words)


def test_a_visit_today_is_told() -> None:
    row = patient_row(found(visit_today=True, last_visit=TODAY), TODAY)

    assert row.today
    assert row.last_visit == "visit today"


def test_a_hit_without_marks_marks_nothing() -> None:
    row = patient_row(found(), TODAY)

    assert row.marked_details().spans == ()
    assert row.sentence == (
        "Garcia, Ana, 4 March 1951 · 75 years · P-000012 · last visit 3 November 2026"
    )
