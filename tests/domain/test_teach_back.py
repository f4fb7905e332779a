"""What is asked follows the sheet."""

import json

import pytest

from intake_app.domain.still_true import same_facts
from intake_app.domain.teach_back import GROUPS, groups_of

ALWAYS = ("R-1", "A-24", "R-2", "A-25", "A-26", "A-06", "A-09", "A-12", "A-27")
FACTS = {
    "now": "2026-11-22T14:00:00+00:00",
    "nurse": "Nora Hill",
    "visit": {"id": "visit-1", "version": 3, "state": "recovery", "day": "2026-11-22"},
    "procedure": {"version": 7, "sedation": "moderate", "ready_at": "2026-11-22T15:00:00+00:00"},
    "treated": [{"level": "T12", "version": 2}],
}


def test_a_sheet_without_a_blood_thinner_asks_nothing_about_one() -> None:
    assert [group.key for group in groups_of(ALWAYS)] == [
        "danger_signs",
        "whom_to_call",
        "limits",
        "wound",
        "medicines",
        "next_visit",
    ]


def test_a_sheet_with_a_blood_thinner_asks_when_it_starts_again() -> None:
    groups = {group.key: group for group in groups_of([*ALWAYS, "A-15"])}

    assert "blood thinner" in groups["blood_thinner"].question


def test_an_empty_sheet_asks_nothing() -> None:
    assert groups_of(()) == ()


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.key)
def test_a_question_cannot_be_answered_with_yes_or_no(group: object) -> None:
    question = getattr(group, "question", "")

    assert question.endswith("?")
    assert question.split()[0] in {"What", "Whom", "When", "How", "Which"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("now",), "2026-11-22T18:00:00+00:00"),
        (("nurse",), "Somebody Else"),
        (("visit", "state"), "ready"),
        (("visit", "version"), 4),
        (("procedure", "ready_at"), "2026-11-22T16:00:00+00:00"),
        (("procedure", "left_at"), "2026-11-22T17:00:00+00:00"),
        (("procedure", "recovery_at"), "2026-11-22T14:00:00+00:00"),
        (("procedure", "score_total"), 10),
        (("procedure", "discharge_ordered_by"), "Dr. Park"),
        (("visit", "identity_checked"), True),
    ],
    ids=lambda part: ".".join(part) if isinstance(part, tuple) else "",
)
def test_what_no_sheet_says_makes_no_sheet_untrue(path: tuple[str, ...], value: object) -> None:
    assert same_facts(json.dumps(FACTS), json.dumps(changed(path, value)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("procedure", "sedation"), "none"),
        (("visit", "day"), "2026-11-23"),
        (("treated",), [{"level": "L1", "version": 2}]),
        (("new_medicines",), [{"name": "Oxycodone"}]),
    ],
    ids=lambda part: ".".join(part) if isinstance(part, tuple) else "",
)
def test_a_changed_fact_makes_the_sheet_untrue(path: tuple[str, ...], value: object) -> None:
    assert not same_facts(json.dumps(FACTS), json.dumps(changed(path, value)))


def test_facts_that_cannot_be_read_are_compared_as_they_are() -> None:
    assert same_facts("old", "old")
    assert not same_facts("old", "new")


def changed(path: tuple[str, ...], value: object) -> object:
    """Return the facts with one of them put in or replaced."""
    facts = json.loads(json.dumps(FACTS))
    *parents, last = path
    place = facts
    for name in parents:
        place = place[name]
    place[last] = value
    return facts
