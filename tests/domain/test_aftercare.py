"""The aftercare sheet: which blocks, why, with which text, and what keeps it back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from intake_app.domain.aftercare import AftercareFacts, aftercare_sheet, inputs_json
from intake_app.domain.countries import Country, Units
from intake_app.domain.fractures import Cause
from intake_app.domain.patients import Language
from intake_app.domain.placeholders import AFTERCARE_PLACEHOLDERS
from intake_app.domain.procedures import Closure, DoneAtLevel, Sedation
from intake_app.domain.safety import Allergy, BloodThinner
from intake_app.domain.sentences import sentence
from intake_app.domain.sentences_paper import PAPER
from intake_app.domain.sheets import (
    Bullets,
    Composition,
    Paragraph,
    PrintSize,
    Sheet,
    SpineFigure,
    Table,
    read_code,
)
from intake_app.domain.spine import Level
from intake_app.domain.values import Answer
from intake_app.domain.vocabulary import AFTERCARE_BLOCKS
from intake_app.domain.wording_versions import Approval
from tests.domain.papers import (
    AFTERCARE,
    DRIVER,
    EVERYTHING,
    FRACTURES,
    ORDINARY,
    PATIENT,
    VISIT,
    all_text,
    composed,
    ids,
    medicine,
    pain_medicine,
    said_by,
    treated,
    with_clinic,
    with_procedure,
    with_safety,
)


def codes(problems: tuple[object, ...]) -> list[str]:
    return [getattr(problem, "code", "") for problem in problems]


def sheet_of(facts: AftercareFacts, composition: Composition | None = None) -> Sheet:
    return aftercare_sheet(
        facts,
        AFTERCARE,
        composition or composed(facts),
        size=PrintSize.NORMAL,
        specimen=False,
    )


def with_causes(*causes: Cause | None, born: date = date(1990, 1, 1)) -> AftercareFacts:
    rows = tuple(replace(row, cause=cause) for row, cause in zip(FRACTURES, causes, strict=False))
    return replace(ORDINARY, fractures=rows, patient=replace(PATIENT, birth_date=born))


# --- which blocks -------------------------------------------------------------------------


def test_an_ordinary_sheet_can_be_printed_and_lacks_nothing() -> None:
    composition = composed(ORDINARY)

    assert (composition.blocking, composition.missing, composition.remarks) == ((), (), ())


def test_every_block_of_the_fact_file_is_reachable() -> None:
    assert set(AFTERCARE_BLOCKS) <= set(ids(composed(EVERYTHING)))


def test_every_block_either_prints_or_is_left_out_with_a_reason() -> None:
    composition = composed(ORDINARY)

    left = {handle for handle, _, _ in composition.left_out}
    assert set(AFTERCARE_BLOCKS) == (left | set(ids(composition))) - {"NOTE", "DIARY"}
    assert all(reason for _, _, reason in composition.left_out)
    assert all(block.reason for block in composition.blocks)


ALWAYS_THERE = (
    *("A-01", "A-02", "A-03", "A-05", "A-06", "A-07", "A-08", "A-09", "A-10", "A-11", "A-12"),
    *("A-14", "A-16", "A-22", "A-24", "A-25", "A-26", "A-27", "A-28", "A-29", "A-30"),
    *("R-1", "R-2"),
)


@pytest.mark.parametrize("handle", ALWAYS_THERE)
def test_these_blocks_always_print(handle: str) -> None:
    composition = composed(
        replace(with_procedure(sedation=Sedation.NONE), treated=(treated(Level.L1),))
    )

    (reason,) = {block.reason for block in composition.blocks if block.id == handle}
    assert reason == "always"


ON_AND_OFF = [
    ("A-04", with_procedure(sedation=Sedation.MINIMAL), "because: sedation was given"),
    ("A-04", with_procedure(sedation=None), "because: sedation is not recorded"),
    ("A-04", with_procedure(sedation=Sedation.NONE), ""),
    (
        "A-13",
        replace(ORDINARY, new_medicines=(medicine("oxycodone", Answer.YES),)),
        "because: oxycodone",
    ),
    ("A-13", with_procedure(opioid_continued=Answer.YES), "because: an opioid goes on"),
    ("A-13", with_procedure(opioid_continued=None), "because: opioid: not recorded"),
    (
        "A-13",
        replace(with_procedure(opioid_continued=None), pain_medicines=(pain_medicine("morphine"),)),
        "because: morphine",
    ),
    ("A-13", replace(ORDINARY, pain_medicines=(pain_medicine("morphine"),)), ""),
    ("A-13", replace(ORDINARY, new_medicines=(medicine("docusate"),)), ""),
    (
        "A-15",
        with_safety(blood_thinner=Answer.YES, blood_thinners=(BloodThinner("apixaban"),)),
        "because: apixaban",
    ),
    ("A-15", with_safety(blood_thinner=Answer.YES), "because: blood thinner"),
    ("A-15", with_safety(blood_thinner=Answer.UNKNOWN), "because: blood thinner: unknown"),
    ("A-15", with_safety(blood_thinner=None), "because: blood thinner: not recorded"),
    ("A-15", with_safety(blood_thinner=Answer.NO), ""),
    ("A-17", with_safety(diabetes="type_2"), "because: diabetes"),
    ("A-17", with_safety(diabetes="unknown"), "because: diabetes: unknown"),
    ("A-17", with_safety(diabetes="none"), ""),
    ("A-18", with_procedure(brace=Answer.YES), "because: brace"),
    ("A-18", with_procedure(brace=None), "because: brace: not recorded"),
    ("A-18", with_procedure(brace=Answer.NO), ""),
    ("A-19", with_causes(Cause.OSTEOPOROSIS, Cause.TRAUMA), "because: osteoporosis"),
    ("A-19", with_causes(Cause.STEROID, Cause.STEROID), "because: steroids"),
    ("A-19", with_causes(Cause.UNKNOWN, Cause.TRAUMA), "because: cause of the fracture not known"),
    ("A-19", with_causes(None, Cause.TRAUMA), "because: cause of the fracture not known"),
    (
        "A-19",
        with_causes(Cause.TRAUMA, Cause.TRAUMA, born=date(1976, 11, 22)),
        "because: age 50 or older",
    ),
    ("A-19", with_causes(Cause.TRAUMA, Cause.TRAUMA, born=date(1976, 11, 23)), ""),
    ("A-20", with_causes(Cause.METASTASIS, Cause.TRAUMA), "because: fracture caused by a tumor"),
    ("A-20", with_safety(chemotherapy=Answer.YES), "because: chemotherapy"),
    ("A-20", with_safety(cancer=None), "because: cancer: not recorded"),
    ("A-20", with_safety(cancer=Answer.NO), ""),
    ("A-21", with_safety(sleep_apnoea="diagnosed"), "because: sleep apnea"),
    ("A-21", with_safety(sleep_apnoea=None), "because: sleep apnea: not recorded"),
    ("A-21", with_safety(sleep_apnoea="none"), ""),
    ("A-23", ORDINARY, "because: 2 levels treated"),
    ("A-23", replace(ORDINARY, treated=(treated(Level.L1),)), ""),
    ("NOTE", with_procedure(nurse_note="Spare dressings"), "because: note by the nurse"),
    ("NOTE", ORDINARY, ""),
]


@pytest.mark.parametrize(
    ("handle", "facts", "reason"), ON_AND_OFF, ids=[f"{h}-{r or 'off'}" for h, _, r in ON_AND_OFF]
)
def test_a_block_prints_only_when_its_condition_holds(
    handle: str, facts: AftercareFacts, reason: str
) -> None:
    composition = composed(facts)

    reasons = [block.reason for block in composition.blocks if block.id == handle]
    assert reasons == ([reason] if reason else [])


def test_levels_where_nothing_was_done_do_not_count() -> None:
    facts = replace(ORDINARY, treated=(treated(Level.T12, DoneAtLevel.NOT_DONE), treated(Level.L1)))

    composition = composed(facts)

    assert "T12" not in all_text(composition)
    assert "A-23" not in ids(composition)


# --- what stands in them ------------------------------------------------------------------

SAID = [
    ("A-03", ORDINARY, "bone cement in **T12 (mid back) and L1 (low back)**"),
    ("A-03", ORDINARY, "Its name is **vertebroplasty**."),
    ("A-03", ORDINARY, "You have four small wounds"),
    (
        "A-03",
        replace(ORDINARY, treated=(treated(Level.T12, punctures=None), treated(Level.L1))),
        "You have more than one small wound",
    ),
    (
        "A-03",
        replace(ORDINARY, treated=(treated(Level.L2, DoneAtLevel.KYPHOPLASTY),)),
        "**balloon kyphoplasty**",
    ),
    ("A-03", EVERYTHING, "T11 and T12: **vertebroplasty**. L1 and L2: **balloon kyphoplasty**"),
    (
        "A-03",
        replace(ORDINARY, treated=(treated(Level.L3, DoneAtLevel.OTHER),)),
        "L3: another implant",
    ),
    ("A-09", with_procedure(closure=Closure.NONE), "You have no stitches"),
    ("A-09", ORDINARY, "Leave paper strips on until November 29."),
    ("A-09", with_procedure(closure=Closure.GLUE), "Glue closes the skin"),
    ("A-09", with_procedure(closure=Closure.DISSOLVING), "go away by themselves"),
    (
        "A-09",
        with_procedure(closure=Closure.STITCHES, stitches_out_on=date(2026, 12, 2)),
        "come out on **Wednesday, December 2**",
    ),
    ("A-09", with_procedure(closure=Closure.STITCHES), "Call us for the day"),
    ("A-09", with_procedure(closure=None), "Ask us how we closed your skin"),
    ("A-09", with_safety(allergies=(Allergy("Adhesive tape"),)), "you react to tape"),
    ("A-12", ORDINARY, "We cannot know who."),
    ("A-12", ORDINARY, "Use ice in a cloth: 15 minutes on, 20 off"),
    (
        "A-12",
        ORDINARY,
        "2 tablets, up to 3 times a day. Skip cold pills: same drug. Most in 24 hours: 3,000 mg",
    ),
    (
        "A-12",
        replace(
            with_procedure(simple_pain_medicine="metamizole 500 mg"),
            new_medicines=(medicine("acetaminophen"),),
        ),
        "Take acetaminophen only as listed. Skip cold pills: same drug. Most in 24 hours: 3,000 mg",
    ),
    (
        "A-12",
        replace(
            with_clinic(country=Country.GB),
            procedure=with_procedure(simple_pain_medicine="ibuprofen").procedure,
            new_medicines=(medicine("paracetamol"),),
        ),
        "Take paracetamol only as listed. Skip cold pills: same drug. Most in 24 hours: 3000 mg",
    ),
    ("A-12", with_procedure(simple_pain_medicine=""), "Ask us which pain medicine"),
    (
        "A-12",
        with_procedure(nsaid_ordered=True),
        "swelling pills (anti-inflammatory) only as ordered",
    ),
    ("A-13", EVERYTHING, "naloxone"),
    ("A-14", with_procedure(usual_medicines=""), "Ask us when to restart"),
    (
        "A-14",
        with_procedure(antibiotic="cephalexin"),
        "Take this against germs (antibiotic): cephalexin.",
    ),
    ("A-04", ORDINARY, "Drink no alcohol"),
    ("A-06", EVERYTHING, "Do not drive on oxycodone"),
    ("A-06", with_procedure(opioid_continued=Answer.YES), "Do not drive on an opioid"),
    ("A-06", ORDINARY, "Do not drive if pain slows you."),
    ("A-15", with_safety(blood_thinner=Answer.UNKNOWN), "**Do not restart it until we tell you.**"),
    ("A-17", with_safety(diabetes="type_1"), "Ask us before you restart diabetes medicine."),
    ("A-17", EVERYTHING, "Your plan: Back to your usual insulin"),
    ("A-17", with_safety(diabetes=None), "Do you have diabetes? Then this is for you."),
    ("A-18", with_procedure(brace=Answer.YES), "Ask us when to stop."),
    ("A-18", EVERYTHING, "Wear it when you are up."),
    ("A-20", EVERYTHING, "**at once** at 100.4 °F or more"),
    ("A-26", ORDINARY, "**911**"),
    ("A-26", ORDINARY, "**(515) 555-0199**"),
    ("A-27", ORDINARY, "**Friday, December 4, 10:30 am**, Dr. Calder"),
    ("A-27", with_procedure(follow_up_at=None), "Call us to book your next visit"),
    ("A-28", ORDINARY, "**Helen Marsh**, born March 4, 1948."),
    ("A-29", EVERYTHING, "When do you restart blood thinners?"),
    ("R-1", ORDINARY, "Chest pain"),
    ("R-2", ORDINARY, "Fever of 100.4 °F or more"),
    ("R-2", ORDINARY, "Pain no better by November 25"),
    ("R-2", ORDINARY, "Throwing up more than once"),
    ("R-2", with_procedure(sedation=Sedation.NONE), "Throwing up for 24 hours"),
    ("R-2", EVERYTHING, "No stool for 3 days"),
    ("R-2", EVERYTHING, "Unsure about your blood thinner"),
    ("A-12", with_procedure(simple_pain_medicine="Take aspirin 100 mg."), "Take aspirin 100 mg"),
    ("NOTE", EVERYTHING, "Your son has the spare dressings."),
]


@pytest.mark.parametrize(("handle", "facts", "said"), SAID, ids=[f"{h}-{s}" for h, _, s in SAID])
def test_a_block_says_what_is_true_for_this_patient(
    handle: str, facts: AftercareFacts, said: str
) -> None:
    assert said in said_by(composed(facts), handle)


NOT_SAID = [
    ("A-12", ORDINARY, "anti-inflammatory"),
    ("A-12", with_procedure(simple_pain_medicine="metamizole 500 mg"), "3,000 mg"),
    ("A-13", with_procedure(opioid_continued=Answer.YES), "naloxone"),
    ("A-14", ORDINARY, "antibiotic"),
    ("A-29", ORDINARY, "blood thinner"),
    ("R-2", ORDINARY, "No stool"),
    ("A-04", ORDINARY, "The adult stays until"),
]


@pytest.mark.parametrize(
    ("handle", "facts", "text"), NOT_SAID, ids=[f"{h}-{s}" for h, _, s in NOT_SAID]
)
def test_a_block_does_not_say_what_is_not_recorded(
    handle: str, facts: AftercareFacts, text: str
) -> None:
    assert text not in said_by(composed(facts), handle)


def test_an_exempted_patient_is_not_told_to_keep_an_adult() -> None:
    driver = replace(DRIVER, exempted=True, exempted_by="Dr. Ruth Calder")

    said = said_by(composed(replace(ORDINARY, driver=driver)), "A-04")

    assert "Have an adult stay with you" not in said


def test_an_adult_who_stays_longer_than_the_rules_last_has_an_own_line() -> None:
    said = said_by(composed(with_clinic(adult_stays_hours=36)), "A-04")

    assert "The adult stays until Monday, November 23, 10:00 pm." in said


def test_the_nurse_note_is_in_a_box_with_her_name() -> None:
    composition = composed(EVERYTHING)

    (note,) = [block for block in composition.blocks if block.id == "NOTE"]
    assert (note.title, note.boxed) == ("Added by nurse Nora Bell", True)


def test_new_medicines_are_a_table() -> None:
    composition = composed(EVERYTHING)

    (block,) = [block for block in composition.blocks if block.id == "A-14"]
    (table,) = [part for part in block.elements if isinstance(part, Table)]
    assert table.rows[0] == ("oxycodone", "5 mg", "every 6 hours", "3 days")


def test_the_diary_has_the_next_seven_days() -> None:
    (block,) = [block for block in composed(ORDINARY).blocks if block.id == "DIARY"]

    table, how = block.elements
    assert isinstance(table, Table)
    assert how == Paragraph(
        "Fill this in each day. 0 is no pain, 10 is the worst. Bring it to your visit."
    )
    assert table.head == (
        "Your first week",
        "Mon 23",
        "Tue 24",
        "Wed 25",
        "Thu 26",
        "Fri 27",
        "Sat 28",
        "Sun 29",
    )
    assert table.writing
    assert sum(table.widths) == pytest.approx(1)


def test_typed_text_cannot_bring_markup_or_placeholders() -> None:
    facts = with_procedure(nurse_note="**bold** {patient}")

    assert said_by(composed(facts), "NOTE") == "bold {patient}"


# --- blood thinner ------------------------------------------------------------------------

ORDER: dict[str, object] = {
    "blood_thinner_restart": "apixaban 5 mg, twice a day",
    "blood_thinner_restart_at": datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
    "blood_thinner_ordered_by": "Dr. Ruth Calder",
}


def on_apixaban(**order: object) -> AftercareFacts:
    thinner = with_safety(blood_thinner=Answer.YES, blood_thinners=(BloodThinner("apixaban"),))
    return replace(thinner, procedure=with_procedure(**order).procedure)


def test_a_complete_restart_order_prints_exactly_as_ordered() -> None:
    composition = composed(on_apixaban(**ORDER))

    assert said_by(composition, "A-15") == (
        "Start again: **apixaban 5 mg, twice a day**. "
        "First dose: **Monday, November 23, 9:00 am**. Dr. Ruth Calder ordered it."
    )
    assert "blood_thinner_not_ordered" not in codes(composition.remarks)


@pytest.mark.parametrize("blank", list(ORDER))
def test_without_a_complete_order_nothing_is_restarted_and_the_screen_says_so(blank: str) -> None:
    order = {key: value for key, value in ORDER.items() if key != blank}

    composition = composed(on_apixaban(**order))

    assert "**Do not restart apixaban until we tell you.**" in said_by(composition, "A-15")
    assert "(515) 555-0100" in said_by(composition, "A-15")
    assert "Start again" not in said_by(composition, "A-15")
    assert "blood_thinner_not_ordered" in codes(composition.remarks)


@pytest.mark.parametrize("answer", [Answer.UNKNOWN, None])
def test_an_unknown_blood_thinner_is_remarked_like_a_known_one(answer: Answer | None) -> None:
    composition = composed(with_safety(blood_thinner=answer))

    assert "blood_thinner_not_ordered" in codes(composition.remarks)


# --- limits -------------------------------------------------------------------------------


def rows_of(facts: AftercareFacts) -> dict[str, tuple[str, ...]]:
    (block,) = [block for block in composed(facts).blocks if block.id == "A-06"]
    table = block.elements[0]
    assert isinstance(table, Table)
    return {row[0].split(" over")[0]: row[1:] for row in table.rows}


def test_every_limit_prints_as_a_length_and_a_date() -> None:
    assert rows_of(ORDINARY) == {
        "Lifting": ("90 days", "Saturday, February 20, 2027"),
        "Driving": ("2 days", "Tuesday, November 24, 10:00 am"),
        "Shower, dressing off": ("24 hours", "Monday, November 23, 10:00 am"),
        "Bath, pool, hot tub": ("2 weeks", "Sunday, December 6"),
        "Desk work": ("2 days", "Tuesday, November 24"),
        "Hard work, sport": ("6 weeks", "Sunday, January 3, 2027"),
    }


def test_elsewhere_the_day_comes_first_and_the_clock_has_24_hours() -> None:
    facts = with_clinic(country=Country.GB, time_zone="Europe/London", units=Units.METRIC)

    assert rows_of(facts)["Driving"][1] == "Tuesday 24 November, 16:00"


def at(moment: datetime, zone: str = "America/Chicago") -> AftercareFacts:
    facts = with_procedure(started_at=moment, ended_at=moment, last_sedative_at=moment)
    return replace(facts, clinic=replace(facts.clinic, time_zone=zone, no_driving_hours=24))


MOMENTS = [
    (datetime(2026, 11, 22, 20, 1, tzinfo=UTC), "Monday, November 23, 2:30 pm"),
    (datetime(2026, 11, 22, 20, 30, tzinfo=UTC), "Monday, November 23, 2:30 pm"),
    (datetime(2026, 11, 23, 5, 40, tzinfo=UTC), "Tuesday, November 24, 12:30 am"),
    (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), "Tuesday, November 24, 12:30 am"),
    (datetime(2026, 10, 31, 20, 0, tzinfo=UTC), "Sunday, November 1, 2:00 pm"),
    (datetime(2026, 3, 7, 20, 0, tzinfo=UTC), "Sunday, March 8, 3:00 pm"),
    (datetime(2026, 10, 31, 6, 10, tzinfo=UTC), "Sunday, November 1, 1:30 am"),
    (datetime(2026, 10, 31, 7, 10, tzinfo=UTC), "Sunday, November 1, 2:00 am"),
    (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), "Friday, January 1, 2027, 2:00 pm"),
]


@pytest.mark.parametrize(
    ("moment", "written"),
    MOMENTS,
    ids=[
        "rounded up",
        "exact",
        "up to midnight",
        "midnight",
        "clocks back",
        "clocks forward",
        "first of a doubled hour",
        "second of a doubled hour",
        "new year",
    ],
)
def test_24_hours_are_24_hours_whatever_the_clock_does(moment: datetime, written: str) -> None:
    assert rows_of(at(moment))["Driving"] == ("24 hours", written)


@pytest.mark.parametrize(
    ("hours", "sedation", "wait"),
    [
        (0, Sedation.MODERATE, "24 hours"),
        (12, None, "24 hours"),
        (12, Sedation.NONE, "12 hours"),
        (0, Sedation.NONE, "no wait"),
        (48, Sedation.MODERATE, "2 days"),
    ],
)
def test_after_sedation_nobody_drives_within_24_hours(
    hours: int, sedation: Sedation | None, wait: str
) -> None:
    facts = with_procedure(
        sedation=sedation, no_driving_hours=hours, limits_ordered_by="Dr. Ruth Calder"
    )

    assert rows_of(facts)["Driving"][0] == wait
    assert ("driving_raised" in codes(composed(facts).remarks)) is (wait == "24 hours")


def test_driving_waits_as_long_as_the_other_rules_after_sedation() -> None:
    assert rows_of(with_clinic(no_driving_hours=24, sedation_hours=36))["Driving"][0] == "36 hours"


def test_limits_ordered_for_this_patient_beat_those_of_the_clinic() -> None:
    facts = with_procedure(
        limits_ordered_by="Dr. Ruth Calder",
        lifting_limit=Decimal(5),
        lifting_until=date(2026, 12, 24),
        no_driving_hours=336,
        shower_after_hours=48,
        bath_after_days=21,
        dressing_off_hours=72,
    )

    rows = rows_of(facts)

    assert rows["Lifting"] == ("32 days", "Thursday, December 24")
    assert rows["Driving"][0] == "2 weeks"
    assert rows["Shower"][1] == "Tuesday, November 24, 10:00 am"
    assert rows["Bath, pool, hot tub"][1] == "Sunday, December 13"
    assert rows["Dressing off"][0] == "3 days"
    assert "Lifting over 5 lb (a half gallon of milk)" in said_by(composed(facts), "A-06")


def test_a_changed_limit_without_who_ordered_it_keeps_the_sheet_back() -> None:
    composition = composed(with_procedure(shower_after_hours=0))

    assert codes(composition.blocking) == ["limits_without_order"]
    assert rows_of(with_procedure(shower_after_hours=0))["Shower, dressing off"][0] == "24 hours"


@pytest.mark.parametrize(
    ("key", "row"), [("shower_after_hours", "Shower"), ("bath_after_days", "Bath, pool, hot tub")]
)
def test_no_wait_prints_as_today(key: str, row: str) -> None:
    assert rows_of(with_clinic(**{key: 0}))[row] == ("no wait", "today")


def test_an_ordered_weight_is_in_the_unit_of_the_paper() -> None:
    facts = with_procedure(limits_ordered_by="Dr. Ruth Calder", lifting_limit=Decimal(3))
    facts = replace(facts, clinic=replace(facts.clinic, units=Units.METRIC))

    assert "Lifting over 3 kg" in said_by(composed(facts), "A-06")


@pytest.mark.parametrize("name", list(AFTERCARE_PLACEHOLDERS))
def test_every_placeholder_has_text_when_everything_is_recorded(name: str) -> None:
    facts = replace(EVERYTHING, treated=(*EVERYTHING.treated, treated(Level.L4, DoneAtLevel.OTHER)))

    said = AFTERCARE_PLACEHOLDERS[name](facts)

    assert isinstance(said, str)
    assert said.strip()


def test_times_come_from_now_when_nothing_is_stamped() -> None:
    record = with_procedure(started_at=None, ended_at=None, last_sedative_at=None)

    facts = replace(record, visit=replace(VISIT, day=None))

    assert rows_of(facts)["Driving"][1] == "Tuesday, November 24, 1:00 pm"


@pytest.mark.parametrize(
    ("kg", "units", "written"),
    [
        ("4.54", Units.US, "10 lb (a gallon of milk)"),
        ("4.54", Units.METRIC, "4.5 kg (4 big bottles of water)"),
        ("2.27", Units.US, "5 lb (a half gallon of milk)"),
        ("2.27", Units.METRIC, "2 kg (2 big bottles of water)"),
        ("1", Units.US, "2 lb (a quart of milk)"),
        ("1", Units.METRIC, "1 kg (1 big bottle of water)"),
        ("9.07", Units.US, "20 lb (a gallon of milk)"),
        ("5", Units.US, "11 lb (a gallon of milk)"),
    ],
)
def test_pounds_and_kilograms_come_from_one_stored_weight(
    kg: str, units: Units, written: str
) -> None:
    facts = with_clinic(lifting_limit_kg=Decimal(kg), units=units)

    assert f"Lifting over {written}" in said_by(composed(facts), "A-06")


@pytest.mark.parametrize(
    ("celsius", "units", "written"),
    [
        ("38.0", Units.US, "100.4 °F"),
        ("38.0", Units.METRIC, "38.0 °C"),
        ("38.3", Units.US, "100.9 °F"),
        ("38.3", Units.METRIC, "38.3 °C"),
    ],
)
def test_degrees_come_from_one_stored_temperature(celsius: str, units: Units, written: str) -> None:
    facts = with_clinic(fever_limit_c=Decimal(celsius), units=units)

    assert f"Fever of {written} or more" in said_by(composed(facts), "R-2")


@pytest.mark.parametrize(
    ("chemotherapy", "cancer", "limit"),
    [
        (Answer.YES, Answer.YES, "100.4 °F"),
        (Answer.UNKNOWN, Answer.YES, "100.4 °F"),
        (None, Answer.YES, "100.4 °F"),
        (None, None, "100.4 °F"),
        (None, Answer.NO, "100.9 °F"),
        (Answer.NO, Answer.YES, "100.9 °F"),
    ],
)
def test_with_chemotherapy_the_fever_limit_is_never_above_38(
    chemotherapy: Answer | None, cancer: Answer | None, limit: str
) -> None:
    facts = with_safety(chemotherapy=chemotherapy, cancer=cancer)
    facts = replace(facts, clinic=replace(facts.clinic, fever_limit_c=Decimal("38.3")))

    assert f"Fever of {limit} or more" in said_by(composed(facts), "R-2")


# --- what keeps it back, what is missing --------------------------------------------------

BLOCKED = [
    ("no_phone_day", with_clinic(phone_day=" ")),
    ("no_phone_night", with_clinic(phone_night="")),
    ("no_emergency_number", with_clinic(emergency_number="")),
    ("no_patient_name", replace(ORDINARY, patient=replace(PATIENT, family_name="", given_name=""))),
    ("no_birth_date", replace(ORDINARY, patient=replace(PATIENT, birth_date=None))),
    ("no_record_number", replace(ORDINARY, patient=replace(PATIENT, record_number=""))),
    ("no_nurse", replace(ORDINARY, nurse="")),
    ("no_treated_level", replace(ORDINARY, treated=())),
    ("no_treated_level", replace(ORDINARY, treated=(treated(Level.L1, DoneAtLevel.NOT_DONE),))),
    (
        "treated_level_not_named",
        replace(ORDINARY, treated=(treated(Level.L1), treated(Level.UNKNOWN))),
    ),
    ("limits_not_approved", with_clinic(limits_approved_by="")),
]


@pytest.mark.parametrize(
    ("code", "facts"), BLOCKED, ids=[f"{code}-{n}" for n, (code, _) in enumerate(BLOCKED)]
)
def test_the_sheet_is_kept_back_with_one_reason(code: str, facts: AftercareFacts) -> None:
    assert codes(composed(facts).blocking) == [code]


@pytest.mark.parametrize(
    "key",
    [
        *("sedation_hours", "sit_minutes", "lifting_limit_kg", "lifting_days"),
        *("no_driving_hours", "desk_work_days", "strenuous_days", "dressing_off_hours"),
        *("strips_off_days", "shower_after_hours", "bath_after_days", "ice_minutes"),
        *("acetaminophen_max_mg", "pain_better_days", "fever_limit_c", "adult_stays_hours"),
    ],
)
def test_a_limit_that_a_block_needs_is_never_guessed(key: str) -> None:
    blocking = composed(with_clinic(**{key: None})).blocking

    assert [(problem.key, problem.code) for problem in blocking] == [(key, "limit_blank")]


def test_a_limit_that_no_block_needs_may_be_blank() -> None:
    facts = with_clinic(strips_off_days=None, acetaminophen_max_mg=None)
    facts = replace(
        facts,
        procedure=replace(
            facts.procedure, closure=Closure.GLUE, simple_pain_medicine="metamizole 500 mg"
        ),
    )

    assert composed(facts).blocking == ()


GAPS = [
    ("sedation_not_recorded", with_procedure(sedation=None)),
    ("closure_not_recorded", with_procedure(closure=None)),
    ("follow_up_not_recorded", with_procedure(follow_up_at=None)),
    ("end_not_recorded", with_procedure(ended_at=None)),
    ("last_sedative_not_recorded", with_procedure(last_sedative_at=None)),
    ("stitches_date_not_recorded", with_procedure(closure=Closure.STITCHES)),
    ("safer_text", with_procedure(opioid_continued=None)),
    ("not_recorded", with_procedure(call_back_on=None)),
    ("not_recorded", with_procedure(brace=Answer.YES)),
    ("sites_not_recorded", replace(ORDINARY, treated=(treated(Level.L1, punctures=None),))),
    ("no_opening_hours", with_clinic(opening_hours="")),
    ("question_not_answered", with_safety(blood_thinner=None)),
    ("cause_not_recorded", with_causes(None, Cause.TRAUMA)),
]


@pytest.mark.parametrize(
    ("code", "facts"), GAPS, ids=[f"{code}-{n}" for n, (code, _) in enumerate(GAPS)]
)
def test_what_is_missing_is_listed_and_does_not_keep_the_sheet_back(
    code: str, facts: AftercareFacts
) -> None:
    composition = composed(facts)

    assert (codes(composition.missing), composition.blocking) == ([code], ())


def test_a_question_without_an_answer_is_called_as_people_call_it() -> None:
    (missing,) = composed(with_safety(blood_thinner=None)).missing

    assert sentence(missing).startswith("The safety question “Blood thinner” has no answer.")


REMARKS = [
    ("no_adult_confirmed", replace(ORDINARY, driver=None)),
    ("no_adult_confirmed", replace(ORDINARY, driver=replace(DRIVER, will_take_home=None))),
    (
        "no_wording_in_language",
        replace(ORDINARY, patient=replace(PATIENT, language_read=Language.SPANISH)),
    ),
    (
        "restart_before_procedure",
        on_apixaban(**ORDER | {"blood_thinner_restart_at": VISIT.planned_start}),
    ),
    ("treated_differs_from_plan", replace(ORDINARY, treated=(treated(Level.L1),))),
    ("patient_under_age", replace(ORDINARY, patient=replace(PATIENT, birth_date=date(2010, 1, 1)))),
    ("nsaid_with_risk", with_procedure(nsaid_ordered=True)),
    ("allergy_in_medicine", with_safety(allergies=(Allergy("Acetaminophen"), Allergy("")))),
]


@pytest.mark.parametrize(
    ("code", "facts"), REMARKS, ids=[f"{code}-{n}" for n, (code, _) in enumerate(REMARKS)]
)
def test_the_screen_is_told_before_printing(code: str, facts: AftercareFacts) -> None:
    composition = composed(facts)

    assert (codes(composition.remarks), composition.blocking) == ([code], ())


def test_an_exempted_patient_needs_no_confirmed_adult() -> None:
    driver = replace(DRIVER, name="", exempted=True, exempted_by="Dr. Ruth Calder")

    assert composed(replace(ORDINARY, driver=driver)).remarks == ()


ALL_PROBLEMS = [
    problem
    for facts in (*(f for _, f in BLOCKED), *(f for _, f in GAPS), *(f for _, f in REMARKS))
    for composition in [composed(facts)]
    for problem in (*composition.blocking, *composition.missing, *composition.remarks)
]


@pytest.mark.parametrize("problem", ALL_PROBLEMS, ids=lambda problem: problem.code)
def test_every_problem_has_a_sentence_without_blanks(problem: object) -> None:
    said = sentence(problem)  # type: ignore[arg-type] # a Problem

    assert getattr(problem, "code", "") in PAPER
    assert "{" not in said
    assert "cannot be used as it stands" not in said


# --- the whole sheet ----------------------------------------------------------------------


@pytest.mark.parametrize("facts", [ORDINARY, EVERYTHING], ids=["ordinary", "everything"])
def test_no_placeholder_is_left_on_the_paper(facts: AftercareFacts) -> None:
    text = all_text(composed(facts))

    assert not set("{}…") & set(text)


@pytest.mark.parametrize("facts", [ORDINARY, EVERYTHING], ids=["ordinary", "everything"])
def test_no_list_is_longer_than_seven(facts: AftercareFacts) -> None:
    lengths = [
        len(element.items)
        for block in composed(facts).blocks
        for element in block.elements
        if isinstance(element, Bullets)
    ]

    assert max(lengths) <= 7


def test_the_red_flags_come_first_and_stay_on_page_one() -> None:
    blocks = sheet_of(EVERYTHING).blocks

    first = [block.id for block in blocks if block.first_page]
    assert first == ["A-02", "R-1", "R-2", "A-26", "A-03"]
    assert [block.id for block in blocks][:5] == first


def test_the_treated_levels_stand_beside_the_spine() -> None:
    (block,) = [block for block in sheet_of(ORDINARY).blocks if block.id == "A-03"]

    (figure,) = block.elements
    assert isinstance(figure, SpineFigure)
    assert figure.treated == ("T12", "L1")
    assert len(figure.text) == 2


def test_the_sheet_names_the_patient_twice_over_and_the_procedure() -> None:
    sheet = sheet_of(EVERYTHING)

    assert (sheet.patient_name, sheet.patient_birth_date) == ("Helen Marsh", "March 4, 1948")
    assert sheet.record_number == "10023"
    assert sheet.subtitle == (
        "Vertebroplasty T11, T12; Balloon kyphoplasty L1, L2; November 22, 2026; Dr. Ruth Calder"
    )


def test_blocks_without_content_of_their_own_are_not_drawn() -> None:
    drawn = [block.id for block in sheet_of(ORDINARY).blocks]

    assert not {"A-01", "A-07", "A-22", "A-24", "A-30"} & set(drawn)


APPROVAL = Approval(
    approved_by="Dr. Ruth Calder",
    approved_on=date(2026, 10, 1),
    review_by=date(2027, 10, 1),
)


def test_the_version_line_names_template_version_approver_and_dates() -> None:
    sheet = aftercare_sheet(
        ORDINARY,
        AFTERCARE,
        composed(ORDINARY),
        size=PrintSize.NORMAL,
        specimen=False,
        approval=APPROVAL,
    )

    assert sheet.version_line == (
        f"Aftercare sheet, version {AFTERCARE.version}, approved by Dr. Ruth Calder on "
        "October 1, 2026, review by October 1, 2027; limits approved by Dr. Ruth Calder on "
        "October 1, 2026."
    )
    assert "approved by Prairie Spine Center on October 1, 2026" in sheet.foot


def test_the_risks_beside_an_anti_inflammatory_are_those_recorded() -> None:
    facts = replace(
        with_safety(kidney=None, conditions=("ulcer", "heart_failure", "stroke")),
        procedure=with_procedure(nsaid_ordered=True).procedure,
        patient=replace(PATIENT, birth_date=date(1990, 1, 1)),
    )

    (remark,) = composed(facts).remarks

    assert dict(remark.values)["risks"] == "kidney: not recorded, ulcer, heart failure"


@pytest.mark.parametrize("age", [date(1990, 1, 1), None])
def test_an_anti_inflammatory_without_a_recorded_risk_is_not_remarked(age: date | None) -> None:
    facts = with_procedure(nsaid_ordered=True)

    composition = composed(replace(facts, patient=replace(PATIENT, birth_date=age)))

    assert composition.remarks == ()


def test_the_demonstration_says_so_in_its_version_line() -> None:
    facts = with_clinic(demonstration=True, limits_approved_on=None)

    sheet = sheet_of(facts)

    assert sheet.demonstration
    assert sheet.version_line == f"Aftercare sheet, version {AFTERCARE.version}, demonstration."


def test_a_specimen_never_claims_to_be_approved() -> None:
    sheet = aftercare_sheet(
        ORDINARY,
        AFTERCARE,
        composed(ORDINARY),
        size=PrintSize.NORMAL,
        specimen=True,
        approval=APPROVAL,
    )

    assert "not approved" in sheet.version_line
    assert "approved by Prairie" not in sheet.foot


def test_equal_facts_give_the_same_sheet_and_code() -> None:
    again = replace(ORDINARY, now=datetime(2026, 11, 22, 20, 0, tzinfo=UTC))

    assert sheet_of(ORDINARY) == sheet_of(again)


@pytest.mark.parametrize(
    "other",
    [
        with_procedure(closure=Closure.GLUE),
        with_clinic(phone_day="(515) 555-0101"),
        replace(ORDINARY, patient=replace(PATIENT, given_name="Ellen")),
    ],
    ids=["closure", "phone", "name"],
)
def test_other_facts_give_another_code(other: AftercareFacts) -> None:
    code = sheet_of(other).check_code

    assert code != sheet_of(ORDINARY).check_code
    assert read_code(code) == code


def test_the_stored_inputs_hold_what_made_the_sheet_and_nothing_else_of_the_patient() -> None:
    patient = replace(PATIENT, mobile_phone="(515) 555-0111")

    inputs = inputs_json(replace(EVERYTHING, patient=patient))

    assert '"birth_date":"1948-03-04"' in inputs
    assert "apixaban" in inputs
    assert "555-0111" not in inputs
