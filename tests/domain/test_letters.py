"""Letters to other clinicians, and the appointment card: what they say and what keeps them back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from intake_app.domain.before import before_sheet, compose_before
from intake_app.domain.fractures import Cause, Fracture, FractureStatus
from intake_app.domain.imaging import DexaSite, Imaging
from intake_app.domain.letters import LetterFacts, compose_letter, letter_facts, letter_sheet
from intake_app.domain.pain import PainFunction
from intake_app.domain.procedures import DoneAtLevel, Event
from intake_app.domain.sheets import Composition, PrintSize, SheetKind, Table
from intake_app.domain.spine import Level
from intake_app.domain.values import Answer, PartialDate
from tests.domain.papers import BEFORE, ORDINARY, all_text, medicine, said_by, shipped, treated

DISCHARGE = shipped("discharge_letter.toml")
BONE = shipped("bone_letter.toml")
CARD = shipped("appointment_card.toml")
PATIENT = replace(
    ORDINARY.patient,
    referrer_name="Dr. Paul Ives",
    referrer_practice="Ives Family Medicine",
    referrer_fax="(515) 555-0166",
)
IMAGING = Imaging(id="i1", visit_id="v1")
PAIN = PainFunction(id="n1", visit_id="v1", pain_now=7, pain_worst=9)
DEXA = replace(
    IMAGING, dexa_t_score=Decimal("-2.7"), dexa_site=DexaSite.HIP, dexa_on=date(2026, 9, 3)
)


def facts(kind: SheetKind, **changes: object) -> LetterFacts:
    imaging = changes.pop("imaging", IMAGING)
    assert isinstance(imaging, Imaging)
    after = replace(ORDINARY, **({"patient": PATIENT} | changes))  # type: ignore[arg-type] # its fields
    return letter_facts(kind, after, imaging=imaging, pain=PAIN)


def discharge(**changes: object) -> Composition:
    return compose_letter(facts(SheetKind.DISCHARGE_LETTER, **changes), DISCHARGE)


def bone(**changes: object) -> Composition:
    return compose_letter(facts(SheetKind.BONE_LETTER, **changes), BONE)


def table_of(composition: Composition, block: str) -> Table:
    elements = next(one.elements for one in composition.blocks if one.id == block)
    return next(element for element in elements if isinstance(element, Table))


def test_the_discharge_letter_goes_to_who_referred_the_patient_and_says_what_was_done() -> None:
    letter = discharge()

    said = all_text(letter)
    assert letter.blocking == ()
    assert letter.blocks[0].title == "To Dr. Paul Ives"
    assert "Ives Family Medicine." in said
    assert "Fax (515) 555-0166." in said
    assert "About **Helen Marsh**, born March 4, 1948, our record 10023." in said
    assert "On **November 22, 2026** your patient had vertebroplasty of T12 and L1." in said
    assert "Pain before: 7 of 10 at intake and 9 of 10 at worst." in said


def test_two_techniques_are_named_with_their_levels() -> None:
    done = (treated(Level.T12), treated(Level.L1, DoneAtLevel.KYPHOPLASTY))

    assert "vertebroplasty of T12 and balloon kyphoplasty of L1" in all_text(
        discharge(treated=done)
    )


def test_a_letter_without_an_addressee_is_not_printed() -> None:
    letter = discharge(patient=replace(PATIENT, referrer_name=" "))

    assert [problem.code for problem in letter.blocking] == ["no_addressee"]


@pytest.mark.parametrize(
    ("events", "note", "said"),
    [
        ((Event.NONE,), "", "No events were recorded during the procedure."),
        ((Event.LOW_BP,), "short", "Events: low blood pressure; short."),
        ((Event.OTHER,), "Needle bent", "Events: Needle bent."),
    ],
)
def test_events_are_told_as_recorded(events: tuple[Event, ...], note: str, said: str) -> None:
    procedure = replace(ORDINARY.procedure, events=events, events_note=note)

    assert said in all_text(discharge(procedure=procedure))


def test_a_letter_without_an_operator_does_not_name_one() -> None:
    visit, procedure = ORDINARY.visit, ORDINARY.procedure

    letter = discharge(visit=replace(visit, operator=""), procedure=replace(procedure, operator=""))

    assert letter.blocking == ()
    assert "Operator" not in all_text(letter)


def test_events_that_nobody_recorded_are_not_called_none() -> None:
    assert "events" not in all_text(discharge()).casefold()


def test_a_blood_thinner_without_an_order_is_told_so() -> None:
    safety = replace(ORDINARY.safety, blood_thinner=Answer.YES)

    said = all_text(discharge(safety=safety))

    assert "no restart order is recorded yet" in said


def test_new_medicines_stand_in_a_table() -> None:
    table = table_of(discharge(new_medicines=(medicine("oxycodone"),)), "L-MEDICINES")

    assert table.rows == (("oxycodone", "5 mg", "every 6 hours", "3 days"),)


def test_a_single_day_is_one_day() -> None:
    row = replace(medicine("oxycodone"), days=1)

    table = table_of(discharge(new_medicines=(row,)), "L-MEDICINES")

    assert table.rows[0][-1] == "1 day"


def test_fractures_are_listed_without_the_healed_and_the_treated_say_so() -> None:
    rows = (
        Fracture(
            id="f1",
            visit_id="v1",
            level=Level.T12,
            cause=Cause.OSTEOPOROSIS,
            happened=PartialDate.in_month(2026, 10),
        ),
        Fracture(id="f2", visit_id="v1", level=Level.L3, status=FractureStatus.WATCH),
        Fracture(id="f3", visit_id="v1", level=Level.L5, status=FractureStatus.HEALED),
    )

    table = table_of(bone(fractures=rows), "L-FRACTURES")

    assert table.rows == (
        ("T12", "October 2026", "Osteoporosis", "treated this time"),
        ("L3", "not recorded", "not recorded", "watch only"),
    )


def test_the_bone_letter_goes_to_the_bone_clinician_else_to_the_referrer() -> None:
    named = bone(patient=replace(PATIENT, bone_health_name="Dr. Ann Koh"))

    assert named.blocks[0].title == "To Dr. Ann Koh"
    assert bone().blocks[0].title == "To Dr. Paul Ives"


@pytest.mark.parametrize(
    ("imaging", "said"),
    [
        (DEXA, "T-score on our record: **−2.7** (hip), measured on September 3, 2026."),
        (replace(DEXA, dexa_on=None), "**−2.7** (hip); the date is not recorded."),
        (replace(DEXA, dexa_t_score=Decimal("0.4")), "**0.4** (hip)"),
        (IMAGING, "No T-score is on our record."),
    ],
)
def test_the_t_score_is_told_as_recorded(imaging: Imaging, said: str) -> None:
    assert said in all_text(bone(imaging=imaging))


def test_a_missing_t_score_is_said_before_printing() -> None:
    assert "no_t_score" in [problem.code for problem in bone().missing]
    assert "no_t_score" not in [problem.code for problem in bone(imaging=DEXA).missing]


def test_no_letter_judges_the_patient() -> None:
    said = " ".join((*DISCHARGE.texts, *BONE.texts)).casefold()

    assert not [word for word in ("eligible", "suitable", "cleared", "fit for") if word in said]


def test_a_letter_is_signed_by_hand() -> None:
    of = facts(SheetKind.DISCHARGE_LETTER)
    sheet = letter_sheet(of, DISCHARGE, discharge(), size=PrintSize.NORMAL, specimen=True)

    assert sheet.subtitle == "November 22, 2026"
    assert sheet.blocks[-1].title == "Signed"


def test_the_appointment_card_needs_a_start_and_no_fracture() -> None:
    bare = replace(BEFORE, fractures=(), driver=None)

    card = compose_before(bare, CARD)

    assert card.blocking == ()
    assert "Come at\n**7:00 am**" in said_by(card, "P-1")
    late = compose_before(replace(bare, visit=replace(bare.visit, planned_start=None)), CARD)
    assert [problem.code for problem in late.blocking] == ["no_start"]


def test_the_appointment_card_is_for_the_patient() -> None:
    card = compose_before(BEFORE, CARD)

    sheet = before_sheet(BEFORE, CARD, card, size=PrintSize.NORMAL, specimen=True)

    assert sheet.kind is SheetKind.APPOINTMENT_CARD
    assert sheet.patient_birth_date == "March 4, 1948"
    assert "Do not stop or start any medicine unless we tell you" in said_by(card, "P-2")
