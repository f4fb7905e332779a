"""What to expect and the driver card: times, the rule, and what keeps them back."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from intake_app.domain.before import (
    BeforeFacts,
    before_sheet,
    compose_before,
    inputs_json,
)
from intake_app.domain.clinic import CountsFrom
from intake_app.domain.countries import Country
from intake_app.domain.fractures import Fracture, FractureStatus
from intake_app.domain.patients import Language
from intake_app.domain.sentences_paper import PAPER
from intake_app.domain.sheets import Bullets, Composition, PrintSize, SheetKind
from intake_app.domain.spine import STANDARD_LEVELS, Level
from intake_app.domain.values import Answer
from intake_app.domain.visits import Technique
from tests.domain.papers import (
    BEFORE,
    CLINIC,
    DRIVER,
    PATIENT,
    VISIT,
    all_text,
    ids,
    said_by,
    shipped,
)

WHAT_TO_EXPECT = shipped("what_to_expect.toml")
DRIVER_CARD = shipped("driver_card.toml")


def expected(facts: BeforeFacts = BEFORE) -> Composition:
    return compose_before(facts, WHAT_TO_EXPECT)


def card(facts: BeforeFacts = BEFORE) -> Composition:
    return compose_before(facts, DRIVER_CARD)


def with_levels(n: int) -> BeforeFacts:
    rows = tuple(
        Fracture(id=f"f{level}", visit_id="v1", level=Level(level)) for level in STANDARD_LEVELS[:n]
    )
    return replace(BEFORE, fractures=rows)


def with_visit(**changes: object) -> BeforeFacts:
    return replace(BEFORE, visit=replace(VISIT, **changes))  # type: ignore[arg-type]


def with_clinic(**changes: object) -> BeforeFacts:
    return replace(BEFORE, clinic=replace(CLINIC, **changes))  # type: ignore[arg-type]


def codes(problems: tuple[object, ...]) -> list[str]:
    return [getattr(problem, "code", "") for problem in problems]


def test_an_ordinary_visit_can_be_printed_and_lacks_nothing() -> None:
    for_patient, for_driver = expected(), card()

    assert (for_patient.blocking, for_patient.missing, for_patient.remarks) == ((), (), ())
    assert for_driver.blocking == ()


@pytest.mark.parametrize(
    ("n", "stay", "earliest", "latest"),
    [
        (1, "4 hours to 5 hours", "12:00 pm", "1:00 pm"),
        (2, "5 hours to 6 hours", "1:00 pm", "2:00 pm"),
        (3, "6 hours to 7 hours", "2:00 pm", "3:00 pm"),
        (4, "7 hours to 8 hours", "3:00 pm", "4:00 pm"),
        (6, "9 hours to 10 hours", "5:00 pm", "6:00 pm"),
    ],
)
def test_both_papers_show_both_ends_of_the_estimate(
    n: int, stay: str, earliest: str, latest: str
) -> None:
    facts = with_levels(n)

    how_long = said_by(expected(facts), "B-2")
    driver = said_by(card(facts), "D-1")

    assert f"That makes {stay} from the start." in how_long
    assert f"between {earliest} and {latest}. Your nurse decides when it is safe" in how_long
    assert f"between **{earliest}** and **{latest}**" in driver


def test_the_rule_stands_beside_the_estimate() -> None:
    assert "Our rule: 1 hour for each broken bone, and 3 hours to 4 hours to recover." in said_by(
        expected(), "B-2"
    )


def test_preparation_has_a_line_of_its_own() -> None:
    said = said_by(expected(with_clinic(preparation_minutes=90)), "B-2")

    assert "Getting ready\n1 hour 30 minutes\nfrom 6:30 am" in said


def test_a_clinic_that_counts_from_arrival_says_so() -> None:
    said = said_by(expected(with_clinic(counts_from=CountsFrom.ARRIVAL)), "B-2")

    assert "from when you come." in said
    assert "between 12:00 pm and 1:00 pm" in said


def test_a_booked_arrival_beats_the_computed_one() -> None:
    facts = with_visit(planned_arrival=datetime(2026, 11, 22, 12, 30, tzinfo=UTC))

    assert "at **6:30 am**" in said_by(expected(facts), "B-1")


def test_leaving_after_midnight_names_the_day() -> None:
    facts = with_visit(planned_start=datetime(2026, 11, 23, 1, 0, tzinfo=UTC))

    assert "12:00 am on Monday, November 23 and 1:00 am on Monday, November 23" in said_by(
        expected(facts), "B-2"
    )


def test_elsewhere_the_clock_has_24_hours() -> None:
    facts = with_clinic(country=Country.GB, time_zone="Europe/London")

    assert "**Sunday 22 November 2026** at **13:00**" in said_by(expected(facts), "B-1")


SAID = [
    ("B-3", BEFORE, "**Do not stop or start any medicine unless we tell you.**"),
    ("B-4", BEFORE, "Eat nothing after **2:00 am**"),
    ("B-4", BEFORE, "until **6:00 am**"),
    ("B-4", with_clinic(fasting_solid_hours=None), "Ask us when to stop eating"),
    ("B-4", with_clinic(fasting_fluid_hours=None), "Ask us when to stop drinking"),
    ("B-4", with_clinic(fasting_solid_hours=10), "after **10:00 pm on Saturday, November 21**"),
    ("B-4", BEFORE, "Wear loose clothes."),
    ("B-5", with_visit(what_to_bring="Your old scans"), "Your old scans"),
    ("B-6", BEFORE, "Tom Marsh takes you home."),
    ("B-6", replace(BEFORE, driver=None), "Tell us which adult takes you home"),
    (
        "B-6",
        replace(BEFORE, driver=replace(DRIVER, exempted=True, exempted_by="Dr. Calder")),
        "no adult has to come",
    ),
    ("B-6", BEFORE, "Have an adult stay with you for 24 hours"),
    ("B-7", BEFORE, "medicine that makes you calm and sleepy"),
    ("B-7", with_visit(planned_sedation=None), "medicine that makes you calm and sleepy"),
    ("B-7", with_visit(planned_procedure=Technique.KYPHOPLASTY), "A small balloon makes room"),
    ("B-7", with_visit(planned_procedure=Technique.BOTH), "In some bones a small balloon"),
    ("B-7", with_visit(planned_procedure=None), "In some bones a small balloon"),
    ("B-8", BEFORE, "Some do not. We cannot know ahead."),
    ("B-9", BEFORE, "**Call 911 now.**"),
    ("B-10", BEFORE, "(515) 555-0100"),
]


@pytest.mark.parametrize(("handle", "facts", "said"), SAID, ids=[f"{h}-{s}" for h, _, s in SAID])
def test_the_sheet_says_what_is_planned(handle: str, facts: BeforeFacts, said: str) -> None:
    assert said in said_by(expected(facts), handle)


NOT_SAID = [
    ("B-7", with_visit(planned_sedation=Answer.NO), "sleepy"),
    ("B-7", BEFORE, "balloon"),
    ("B-6", with_visit(planned_sedation=Answer.NO), "Have an adult stay"),
    ("B-6", with_clinic(limits_approved_by=""), "Have an adult stay"),
]


@pytest.mark.parametrize(
    ("handle", "facts", "text"),
    NOT_SAID,
    ids=[f"{h}-{s}-{n}" for n, (h, _, s) in enumerate(NOT_SAID)],
)
def test_the_sheet_does_not_say_what_is_not_planned(
    handle: str, facts: BeforeFacts, text: str
) -> None:
    assert text not in said_by(expected(facts), handle)


def test_the_driver_reads_who_when_where_and_which_phone() -> None:
    text = all_text(card())

    assert "Take Helen Marsh home" in text
    assert "**Sunday, November 22, 2026**" in text
    assert "1200 Sample Avenue" in text
    assert "Front door, bell marked Recovery" in text
    assert "**(515) 555-0100**" in text
    assert "The nurse decides when it is safe to leave" in text


def test_without_a_place_for_the_driver_the_card_has_no_such_line() -> None:
    assert "Door" not in all_text(card(with_clinic(directions="")))


BLOCKED = [
    ("no_fractures", replace(BEFORE, fractures=())),
    (
        "no_fractures",
        replace(
            BEFORE,
            fractures=tuple(replace(row, status=FractureStatus.WATCH) for row in BEFORE.fractures),
        ),
    ),
    ("no_start", with_visit(planned_start=None)),
    ("no_phone_day", with_clinic(phone_day="")),
    ("no_emergency_number", with_clinic(emergency_number="")),
    ("no_patient_name", replace(BEFORE, patient=replace(PATIENT, family_name="", given_name=""))),
    ("no_birth_date", replace(BEFORE, patient=replace(PATIENT, birth_date=None))),
    ("no_record_number", replace(BEFORE, patient=replace(PATIENT, record_number=""))),
]


@pytest.mark.parametrize(
    ("code", "facts"), BLOCKED, ids=[f"{c}-{n}" for n, (c, _) in enumerate(BLOCKED)]
)
def test_both_papers_are_kept_back_with_one_reason(code: str, facts: BeforeFacts) -> None:
    assert codes(expected(facts).blocking) == [code]
    assert codes(card(facts).blocking) == [code]


TOLD = [
    ("procedure_not_planned", with_visit(planned_procedure=None)),
    ("sedation_not_planned", with_visit(planned_sedation=None)),
    ("driver_not_named", replace(BEFORE, driver=None)),
    ("no_fasting_rule", with_clinic(fasting_solid_hours=None)),
    ("ends_after_closing", with_clinic(closes=time(13, 30))),
    ("many_levels", with_levels(4)),
    (
        "no_wording_in_language",
        replace(BEFORE, patient=replace(PATIENT, language_read=Language.SPANISH)),
    ),
]


@pytest.mark.parametrize(("code", "facts"), TOLD, ids=[code for code, _ in TOLD])
def test_gaps_and_remarks_are_told_and_do_not_keep_the_paper_back(
    code: str, facts: BeforeFacts
) -> None:
    composition = expected(facts)

    assert codes((*composition.missing, *composition.remarks)) == [code]
    assert composition.blocking == ()
    assert code in PAPER


VARIANTS = [
    BEFORE,
    with_visit(planned_procedure=Technique.KYPHOPLASTY),
    with_visit(planned_procedure=Technique.BOTH, what_to_bring="Your old scans"),
    with_clinic(fasting_solid_hours=None, fasting_fluid_hours=None, before_visit_note=""),
    replace(with_levels(6), driver=None),
]


@pytest.mark.parametrize("facts", VARIANTS, ids=range(len(VARIANTS)))
def test_no_placeholder_is_left_and_no_list_is_longer_than_seven(facts: BeforeFacts) -> None:
    both = (expected(facts), card(facts))

    lists = [
        len(element.items)
        for composition in both
        for block in composition.blocks
        for element in block.elements
        if isinstance(element, Bullets)
    ]
    assert max(lists) <= 7
    assert not set("{}…") & set("".join(all_text(composition) for composition in both))


def test_the_sheets_carry_kind_title_and_day() -> None:
    sheet = before_sheet(BEFORE, WHAT_TO_EXPECT, expected(), size=PrintSize.NORMAL, specimen=False)
    driver = before_sheet(BEFORE, DRIVER_CARD, card(), size=PrintSize.NORMAL, specimen=True)

    assert (sheet.kind, sheet.subtitle) == (
        SheetKind.WHAT_TO_EXPECT,
        "Sunday, November 22, 2026",
    )
    assert (driver.kind, driver.title, driver.specimen) == (
        SheetKind.DRIVER_CARD,
        "For the driver",
        True,
    )
    assert sheet.check_code != driver.check_code


def test_equal_plans_give_the_same_sheet() -> None:
    first, again = (
        before_sheet(facts, WHAT_TO_EXPECT, expected(facts), size=PrintSize.NORMAL, specimen=False)
        for facts in (BEFORE, replace(BEFORE))
    )

    assert first == again


def test_the_stored_inputs_hold_the_plan() -> None:
    assert '"planned_start":"2026-11-22T14:00:00+00:00"' in inputs_json(BEFORE)


def test_every_block_of_the_sheet_is_always_there() -> None:
    assert ids(expected()) == tuple(f"B-{number}" for number in range(1, 11))
