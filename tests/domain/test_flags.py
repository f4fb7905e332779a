"""Tests for "Ask the physician": every flag both ways, general knowledge off and on."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.asking import Raised
from intake_app.domain.clinic import Clinic
from intake_app.domain.flags import (
    FLAG_IDS,
    NOTICE,
    Flag,
    FlagAcknowledgement,
    FlagFacts,
    find_flags,
    told,
)
from intake_app.domain.fractures import (
    Cause,
    Fracture,
    FractureStatus,
    Genant,
    Oedema,
    PosteriorWall,
    Shape,
    Trigger,
)
from intake_app.domain.imaging import Imaging, LevelMatch, MriDone, OtherImaging
from intake_app.domain.pain import PainCourse, PainFunction
from intake_app.domain.patients import Patient, Sex
from intake_app.domain.safety import Allergy, BloodThinner, SafetyFacts
from intake_app.domain.spine import Level
from intake_app.domain.values import Answer, PartialDate
from intake_app.domain.visits import ResponsibleAdult, Technique, Visit

TODAY = date(2026, 11, 22)
NOW = datetime.combine(TODAY, time(8), tzinfo=UTC)
START = datetime.combine(TODAY, time(9), tzinfo=UTC)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def a_row(level: Level = Level.T12, **changes: Any) -> Fracture:
    """Return a fracture that fires nothing."""
    quiet: dict[str, Any] = {
        "happened": PartialDate.on(TODAY - timedelta(days=14)),
        "cause": Cause.OSTEOPOROSIS,
    }
    return Fracture(id=f"f-{level}", visit_id="v1", level=level, **(quiet | changes))


QUIET = FlagFacts(
    patient=Patient(id="p1", family_name="Lopez", birth_date=date(1948, 3, 4), sex=Sex.FEMALE),
    visit=Visit(
        id="v1",
        patient_id="p1",
        day=TODAY,
        planned_start=START,
        planned_sedation=YES,
        planned_procedure=Technique.KYPHOPLASTY,
    ),
    clinic=Clinic(id="clinic", name="Hill Clinic", fasting_solid_hours=6, fasting_fluid_hours=2),
    today=TODAY,
    now=NOW,
    fractures=(a_row(),),
    driver=ResponsibleAdult(id="d1", visit_id="v1", name="Ana", will_take_home=YES),
    imaging=Imaging(id="i1", visit_id="v1", mri=MriDone.YES, level_match=LevelMatch.YES),
    pain=PainFunction(id="n1", visit_id="v1", pain_now=7, course=PainCourse.WORSE),
    safety=SafetyFacts(
        blood_thinner=NO,
        no_known_allergies=True,
        allergy_status="none_known",
        lie_prone="yes",
        pregnancy="not_applicable",
    ),
)


def about(
    *,
    patient: dict[str, Any] | None = None,
    visit: dict[str, Any] | None = None,
    clinic: dict[str, Any] | None = None,
    driver: dict[str, Any] | None = None,
    imaging: dict[str, Any] | None = None,
    pain: dict[str, Any] | None = None,
    safety: dict[str, Any] | None = None,
    rows: tuple[Fracture, ...] | None = None,
) -> FlagFacts:
    """Return the quiet facts with some parts changed."""
    assert QUIET.driver
    assert QUIET.imaging
    assert QUIET.pain
    return replace(
        QUIET,
        patient=replace(QUIET.patient, **(patient or {})),
        visit=replace(QUIET.visit, **(visit or {})),
        clinic=replace(QUIET.clinic, **(clinic or {})),
        driver=replace(QUIET.driver, **(driver or {})),
        imaging=replace(QUIET.imaging, **(imaging or {})),
        pain=replace(QUIET.pain, **(pain or {})),
        safety=replace(QUIET.safety, **(safety or {})),
        fractures=QUIET.fractures if rows is None else rows,
    )


def with_general_knowledge(facts: FlagFacts) -> FlagFacts:
    return replace(facts, clinic=replace(facts.clinic, clinic_gk_rules=YES))


def fired(facts: FlagFacts) -> dict[str, Flag]:
    return {flag.id: flag for flag in find_flags(facts)}


def row(level: Level = Level.T12, **changes: Any) -> dict[str, Any]:
    return {"rows": (a_row(level, **changes),)}


MORE_LEVELS = tuple(a_row(level) for level in (Level.T11, Level.T12, Level.L1, Level.L2))
THINNER = {"blood_thinner": YES, "blood_thinners": (BloodThinner("Apixaban"),)}
RED = (*("leg_weakness", "leg_numbness", "saddle_numbness", "bladder_bowel"),)

FIRES: list[tuple[str, dict[str, Any], str]] = [
    ("C-01", {"imaging": {"level_match": LevelMatch.NO}}, "Tender level is the imaged level: No"),
    ("C-01", {"pain": {"pain_now": 0, "pain_worst": 0}}, "Pain now: 0"),
    ("C-02", {"safety": {"infection_signs": {"Fever?": YES}}}, "Fever: Yes"),
    ("C-02", {"safety": {"infection_signs": {"Fever?": UNKNOWN}}}, "Fever: Unknown"),
    ("C-02", {"safety": {"skin": "rash"}}, "Skin on the back: Rash"),
    ("C-02", {"safety": {"skin": "wound"}}, "Skin on the back: Wound"),
    ("C-02", {"safety": {"skin": "unknown"}}, "Skin on the back: Unknown"),
    ("C-03", {"safety": {"pregnancy": "possible"}}, "Pregnancy: Possible"),
    ("C-03", {"safety": {"pregnancy": "positive"}}, "Pregnancy: Test positive"),
    ("C-03", {"safety": {"pregnancy": "unknown"}}, "Pregnancy: Unknown"),
    (
        "C-03",
        {"safety": {"pregnancy": "possible", "pregnancy_test": "negative"}},
        "Pregnancy test: negative",
    ),
    ("C-04", {"pain": {"course": PainCourse.BETTER, "pain_now": 4}}, "Getting better"),
    (
        "C-04",
        {"pain": {"course": PainCourse.BETTER, "pain_now": None, "pain_worst": 4}},
        "Worst pain in 24 hours: 4",
    ),
    ("C-06", {"safety": {"blood_thinner": UNKNOWN}}, "Blood thinner: Unknown"),
    ("C-06", {"safety": THINNER}, "Apixaban; no stop ordered"),
    ("C-06", {"safety": THINNER | {"hold_plan": "stop"}}, "not who ordered it"),
    ("C-06", {"safety": {"blood_thinner": YES}}, "Blood thinner: Yes"),
    ("C-06", {"safety": {"bleeding_disorder": YES}}, "Bleeding or clotting disorder: Yes"),
    ("C-06", {"safety": {"bleeding_disorder": UNKNOWN}}, "disorder: Unknown"),
    ("C-06", {"safety": {"inr": Decimal("1.81")}}, "INR: 1.81"),
    ("C-06", {"safety": {"platelets": Decimal(49)}}, "Platelets: 49"),
    ("C-07", {"safety": {"cord_signs": YES}}, "Cord compression"),
    ("C-07", {"safety": {"cord_signs": UNKNOWN}}, "physician: Unknown"),
    ("C-07", {"pain": {"saddle_numbness": YES}}, "Numb between the legs: Yes"),
    ("C-07", {"pain": {"bladder_bowel": YES}}, "Bladder or bowel change: Yes"),
    (
        "C-10",
        {"safety": {"allergies": (Allergy("Bone cement or acrylic", kind="cement"),)}},
        "Bone cement",
    ),
    (
        "C-10",
        {"safety": {"allergies": (Allergy("X-ray", "hives", kind="contrast"),)}},
        "X-ray (hives)",
    ),
    ("C-10", {"safety": {"allergies": (Allergy("acrylic nails", kind="other"),)}}, "acrylic"),
    ("C-10", {"safety": {"allergy_status": "unknown"}}, "Allergies: Unknown"),
    ("C-11", {"rows": MORE_LEVELS}, "Fractures planned to treat: 4 (T11, T12, L1, L2)"),
    *(("C-12", {"pain": {key: YES}}, "Yes") for key in RED),
    ("C-12", {"pain": {"leg_weakness": UNKNOWN}}, "New weakness in a leg: Unknown"),
    ("C-12", {"safety": {"nerve_root_pain": YES}}, "worse than the back pain: Yes"),
    ("C-13", row(posterior_wall=PosteriorWall.YES), "T12, Posterior wall broken: Yes"),
    ("C-14", {"safety": {"epidural_tumour": YES}}, "epidural space: Yes"),
    ("C-14", {"safety": {"epidural_tumour": UNKNOWN}}, "epidural space: Unknown"),
    ("C-15", {"safety": {"unstable": YES}}, "Called unstable in the report: Yes"),
    ("C-18", row(happened=None), "T12, When it broke: not recorded"),
    ("C-18", row(happened=PartialDate.on(TODAY - timedelta(days=85))), "When it broke: 29"),
    ("C-18", row(happened=PartialDate.in_year(2026)), "When it broke: 2026"),
    ("C-18", row(happened=PartialDate.about(13, "w", TODAY)), "about 13 weeks"),
    ("C-19", {"patient": {"birth_date": date(2010, 1, 1)}}, "Age: 16"),
    ("C-19", row(cause=Cause.TRAUMA), "Trauma"),
    ("C-19", row(trigger=Trigger.ROAD_CRASH), "Road crash"),
    ("C-19", row(trigger=Trigger.FALL_HEIGHT), "Fall from a height"),
    ("C-20", row(Level.C7), "Level: C7"),
    ("C-20", row(Level.S1), "Level: S1"),
    ("C-20", row(Level.T4), "Level: T4"),
    ("C-20", row(Level.TRANSITIONAL), "Level: L6 / transitional"),
    ("C-20", row(Level.UNKNOWN), "Level: Unknown level"),
    ("C-21", {"imaging": {"mri": MriDone.NO}}, "MRI: No; Other imaging: none recorded"),
    ("C-21", {"imaging": {"mri": MriDone.BOOKED}}, "MRI: Booked"),
    (
        "C-21",
        {"imaging": {"mri": MriDone.NO, "other": (OtherImaging.XRAY,)}},
        "Other imaging: X-ray series",
    ),
    ("C-21", {"imaging": {"mri": None, "other": (OtherImaging.DEXA,)}}, "Other imaging: DEXA"),
    ("C-22", {"driver": {"name": ""}}, "Driver or responsible adult: not recorded"),
    ("C-22", {"driver": {"will_take_home": NO}}, "Will take the patient home: No"),
    ("C-22", {"driver": {"will_take_home": UNKNOWN}}, "patient home: Unknown"),
    ("C-22", {"driver": {"will_take_home": None}}, "patient home: not recorded"),
    (
        "C-22",
        {"driver": {"name": ""}, "visit": {"planned_sedation": UNKNOWN}},
        "Sedation planned: Unknown",
    ),
    ("C-22", {"driver": {"name": "", "exempted": True}}, "not recorded"),
    (
        "C-23",
        {"safety": {"last_solid_at": START - timedelta(hours=5, minutes=30)}},
        "Between the two: 5 h 30 min; Rule of the clinic: 6 h",
    ),
    ("C-23", {"safety": {"last_fluid_at": START - timedelta(hours=1)}}, "Last clear drink"),
    (
        "C-23",
        {
            "safety": {"last_solid_at": NOW - timedelta(hours=1)},
            "visit": {"planned_start": None},
        },
        "Last food: 22 November 2026, 07:00; Rule of the clinic: 6 h",
    ),
    ("C-24", {"safety": {"diabetes_drugs": ("insulin",)}}, "Insulin: Yes; Plan: not recorded"),
    ("C-24", {"safety": {"diabetes_drugs_unknown": ("insulin",)}}, "Insulin: Unknown"),
    ("C-25", {"patient": {"sex": Sex.MALE}}, "Male; Search for a tumor: not stated"),
    ("C-25", row(cause=Cause.UNKNOWN), "Cause: Not known"),
]

GENERAL_KNOWLEDGE: list[tuple[str, dict[str, Any], str]] = [
    ("C-02", {"safety": {"temperature_c": Decimal("38.0")}}, "Temperature today: 38.0 °C"),
    ("C-05", {"rows": ()}, "no fracture planned to treat"),
    ("C-05", row(severity=Genant.G0, oedema=Oedema.NO), "Marrow oedema at this level: No"),
    ("C-15", row(shape=Shape.BURST), "T12, Shape: Burst"),
    ("C-15", row(shape=Shape.SPLIT), "Split"),
    ("C-16", {"safety": {"lie_prone": "no"}}, "Can lie face down: No"),
    ("C-16", {"safety": {"lie_prone": "short"}}, "A short time only"),
    ("C-16", {"safety": {"lie_prone": "unknown"}}, "Can lie face down: Unknown"),
    ("C-16", {"safety": {"conditions": ("severe_lung",)}}, "Severe lung disease"),
    ("C-16", {"safety": {"conditions": ("heart_failure",)}}, "Heart failure"),
    ("C-16", {"safety": {"conditions": ("severe_heart",)}}, "Severe heart disease"),
    ("C-16", {"safety": {"conditions_unknown": True}}, "disease: Unknown"),
    ("C-16", {"safety": {"asa": "4"}}, "ASA class: IV"),
    ("C-16", {"safety": {"sleep_apnoea": "diagnosed"}}, "CPAP device: not recorded"),
    ("C-16", {"safety": {"sleep_apnoea": "suspected", "cpap": NO}}, "CPAP device: No"),
    ("C-16", {"safety": {"sleep_apnoea": "unknown"}}, "Sleep apnea: Unknown"),
    ("C-17", row(height_loss=71), "Height loss: 71 %"),
    ("C-19", {"patient": {"birth_date": date(1980, 1, 1)}}, "Age: 46"),
    ("C-24", {"safety": {"diabetes_drugs": ("metformin",)}}, "Metformin: Yes"),
    ("C-24", {"safety": {"diabetes_drugs": ("sglt2",)}}, "SGLT2"),
    ("C-24", {"safety": {"diabetes_drugs": ("glp1",)}}, "GLP-1"),
    ("C-24", {"safety": {"glucose_mg_dl": Decimal(69)}}, "Blood sugar today: 69"),
    ("C-24", {"safety": {"glucose_mg_dl": Decimal(251)}}, "251 mg/dL"),
]

QUIET_TOO: list[tuple[str, dict[str, Any]]] = [
    ("C-01", {"imaging": {"level_match": LevelMatch.NOT_EXAMINED}}),
    ("C-01", {"pain": {"pain_now": 0, "pain_moving": 8}}),
    ("C-01", {"pain": {"pain_now": None}}),
    ("C-02", {"safety": {"infection_signs": {"Fever?": NO}, "skin": "intact"}}),
    ("C-02", {"safety": {"temperature_c": Decimal("37.9")}}),
    ("C-03", {"safety": {"pregnancy": "no"}}),
    ("C-03", {"safety": {"pregnancy": None}}),
    ("C-04", {"pain": {"course": PainCourse.BETTER, "pain_now": 5}}),
    ("C-04", {"pain": {"course": PainCourse.SAME, "pain_now": 4}}),
    ("C-04", {"pain": {"course": PainCourse.BETTER, "pain_now": None}}),
    ("C-05", {"rows": (), "visit": {"planned_procedure": None}}),
    ("C-05", {"rows": (), "visit": {"planned_procedure": Technique.UNDECIDED}}),
    ("C-05", row(severity=Genant.G0, oedema=Oedema.YES)),
    ("C-06", {"safety": THINNER | {"hold_plan": "x", "hold_ordered": "x (Dr. Roy)"}}),
    ("C-06", {"safety": {"inr": Decimal("1.8"), "platelets": Decimal(50)}}),
    ("C-06", {"safety": {"bleeding_disorder": NO, "blood_thinner": None}}),
    ("C-07", {"safety": {"cord_signs": NO}, "pain": {"leg_weakness": YES}}),
    ("C-10", {"safety": {"allergies": (Allergy("Iodine cleaner", kind="iodine_antiseptic"),)}}),
    ("C-11", {"rows": MORE_LEVELS[:3]}),
    ("C-11", {"rows": (*MORE_LEVELS[:3], a_row(Level.L2, status=FractureStatus.WATCH))}),
    ("C-12", {"pain": dict.fromkeys(RED, NO), "safety": {"nerve_root_pain": NO}}),
    ("C-13", row(posterior_wall=PosteriorWall.NOT_STATED)),
    ("C-13", row(posterior_wall=PosteriorWall.YES, status=FractureStatus.HEALED)),
    ("C-14", {"safety": {"epidural_tumour": NO}}),
    ("C-15", {"safety": {"unstable": NO}, **row(shape=Shape.WEDGE)}),
    ("C-16", {"safety": {"sleep_apnoea": "diagnosed", "cpap": YES, "asa": "3"}}),
    ("C-16", {"safety": {"sleep_apnoea": "none", "conditions": ("lung", "heart")}}),
    ("C-17", row(height_loss=70)),
    ("C-18", row(happened=PartialDate.on(TODAY - timedelta(days=84)))),
    ("C-19", {"patient": {"birth_date": date(1976, 11, 22)}}),
    ("C-19", {"patient": {"birth_date": None}}),
    ("C-20", row(Level.T5)),
    ("C-20", row(Level.L5)),
    ("C-21", {"imaging": {"mri": MriDone.NO, "other": (OtherImaging.CT, OtherImaging.DEXA)}}),
    ("C-21", {"imaging": {"mri": MriDone.NO, "other": (OtherImaging.BONE_SCAN,)}}),
    ("C-21", {"imaging": {"mri": MriDone.NO, "other": (OtherImaging.SPECT_CT,)}}),
    ("C-21", {"imaging": {"mri": None}}),
    ("C-22", {"driver": {"name": ""}, "visit": {"planned_sedation": NO}}),
    ("C-22", {"driver": {"name": "", "exempted": True, "exempted_by": "Dr. Roy"}}),
    ("C-23", {"safety": {"last_solid_at": START - timedelta(hours=6)}}),
    (
        "C-23",
        {
            "safety": {"last_solid_at": START - timedelta(hours=1)},
            "clinic": {"fasting_solid_hours": None},
        },
    ),
    ("C-24", {"safety": {"diabetes_drugs": ("insulin", "glp1"), "diabetes_plan": "as ordered"}}),
    ("C-24", {"safety": {"glucose_mg_dl": Decimal(70)}}),
    ("C-24", {"safety": {"glucose_mg_dl": Decimal(250)}}),
    ("C-25", {"patient": {"sex": Sex.MALE}, "safety": {"tumour_work_up": "CT"}}),
    ("C-25", {"patient": {"sex": Sex.MALE}, **row(cause=Cause.MYELOMA)}),
    ("C-25", {"safety": {"steroids": YES}, **row(cause=Cause.UNKNOWN)}),
    ("C-25", {"imaging": {"dexa_t_score": Decimal("-2.5")}, **row(cause=Cause.OTHER)}),
    ("C-25", {"rows": ()}),
]


def names(case: Any) -> str:
    return str(case) if isinstance(case, str) else ""


@pytest.mark.parametrize("facts", [QUIET, with_general_knowledge(QUIET)], ids=["off", "on"])
def test_an_ordinary_visit_fires_nothing(facts: FlagFacts) -> None:
    assert find_flags(facts) == ()


@pytest.mark.parametrize(("flag", "changes", "data"), FIRES, ids=names)
def test_a_confirmed_rule_fires_and_repeats_what_was_recorded(
    flag: str, changes: dict[str, Any], data: str
) -> None:
    found = fired(about(**changes))[flag]

    assert data in found.data
    assert found.confirmed


@pytest.mark.parametrize(("flag", "changes", "data"), GENERAL_KNOWLEDGE, ids=names)
def test_a_rule_of_general_knowledge_is_off_until_the_clinic_switches_it_on(
    flag: str, changes: dict[str, Any], data: str
) -> None:
    facts = about(**changes)

    assert flag not in fired(facts)
    found = fired(with_general_knowledge(facts))[flag]
    assert data in found.data
    assert not found.confirmed
    assert found.source.startswith("[GK]")


@pytest.mark.parametrize(("flag", "changes"), QUIET_TOO, ids=names)
def test_a_rule_does_not_fire_on_what_it_does_not_name(flag: str, changes: dict[str, Any]) -> None:
    assert flag not in fired(with_general_knowledge(about(**changes)))


@pytest.mark.parametrize("flag", FLAG_IDS)
def test_every_flag_is_tried_both_ways_here(flag: str) -> None:
    assert flag in {case[0] for case in (*FIRES, *GENERAL_KNOWLEDGE)}
    assert flag in {case[0] for case in QUIET_TOO}


def test_the_list_holds_every_flag_of_the_facts() -> None:
    in_facts = [*range(1, 8), *range(10, 26)]

    assert tuple(f"C-{number:02}" for number in in_facts) == FLAG_IDS


def test_the_demonstration_shows_rules_of_general_knowledge() -> None:
    facts = about(clinic={"demonstration": True}, **row(height_loss=90))

    assert "C-17" in fired(facts)


def test_an_unconfirmed_piece_of_a_confirmed_flag_is_marked() -> None:
    facts = about(safety={"skin": "rash", "temperature_c": Decimal("38.4")})

    off, on = fired(facts)["C-02"], fired(with_general_knowledge(facts))["C-02"]

    assert off.data == "Skin on the back: Rash"
    assert on.data == "Skin on the back: Rash\nTemperature today: 38.4 °C [GK]"
    assert on.confirmed
    assert "[GK]" in on.source


@pytest.mark.parametrize(
    ("key", "flags"),
    [
        ("leg_weakness", {"C-12"}),
        ("leg_numbness", {"C-12"}),
        ("saddle_numbness", {"C-07", "C-12"}),
        ("bladder_bowel", {"C-07", "C-12"}),
    ],
)
def test_a_leg_symptom_says_to_tell_the_physician_now(key: str, flags: set[str]) -> None:
    found = find_flags(about(pain={key: YES}))

    assert {flag.id for flag in found} == flags
    assert all(flag.note.startswith("Tell the physician now") for flag in found)


@pytest.mark.parametrize(
    ("other", "noted"),
    [((OtherImaging.DEXA,), True), ((OtherImaging.DEXA, OtherImaging.XRAY), False)],
)
def test_dexa_alone_has_its_own_note(other: tuple[OtherImaging, ...], *, noted: bool) -> None:
    found = fired(about(imaging={"mri": MriDone.NO, "other": other}))["C-21"]

    assert found.note.startswith("Tell the physician: DEXA") is noted


def test_flags_come_in_the_order_of_their_ids() -> None:
    facts = about(
        patient={"sex": Sex.MALE},
        pain={"saddle_numbness": YES},
        safety={"blood_thinner": UNKNOWN, "skin": "rash"},
        rows=MORE_LEVELS,
    )

    assert list(fired(facts)) == ["C-02", "C-06", "C-07", "C-11", "C-12", "C-25"]


def test_a_source_is_named_in_full() -> None:
    found = fired(about(rows=MORE_LEVELS))["C-11"]

    assert found.source.startswith("[LCD] Medicare coverage texts")
    assert "[KAVIAR]" in found.source
    assert "[ZIDAN]" in found.source


def test_nothing_recorded_yet_fires_only_what_the_levels_need() -> None:
    empty = FlagFacts(
        patient=Patient(id="p1", family_name="Lopez"),
        visit=Visit(id="v1", patient_id="p1"),
        clinic=Clinic(id="clinic", name="Hill Clinic"),
        today=TODAY,
        now=NOW,
    )

    assert find_flags(empty) == ()


def test_the_age_of_a_fracture_is_counted_to_the_day_of_the_visit() -> None:
    happened = PartialDate.on(TODAY - timedelta(days=80))

    later = about(visit={"day": TODAY + timedelta(days=10)}, **row(happened=happened))

    assert "C-18" in fired(later)
    assert "C-18" not in fired(about(**row(happened=happened)))


def test_times_are_shown_on_the_clock_of_the_clinic() -> None:
    facts = about(
        clinic={"time_zone": "America/Chicago"},
        safety={"last_solid_at": datetime(2026, 11, 22, 5, 30, tzinfo=UTC)},
    )

    assert "Last food: 21 November 2026, 23:30" in fired(facts)["C-23"].data


def test_an_answer_the_clinic_marks_comes_after_the_list() -> None:
    raised = Raised("q1", "Allergic to bees?", "Yes", "Tell Dr. Roy.")

    found = find_flags(about(safety={"raised": (raised,), "skin": "rash"}))

    assert [flag.id for flag in found] == ["C-02", "Q-q1"]
    assert (found[1].data, found[1].note) == ("Allergic to bees? Yes", "Tell Dr. Roy.")


# --- wording ------------------------------------------------------------------------------

VERDICTS = re.compile(
    r"contraindicat|eligib|suitable|unfit|\bfit\b|cleared|\bsafe\b|risk|score|absolute|relative",
    re.IGNORECASE,
)
EVERYTHING = [*FIRES, *GENERAL_KNOWLEDGE]


@pytest.mark.parametrize(("flag", "changes", "data"), EVERYTHING, ids=names)
def test_no_flag_passes_a_verdict(flag: str, changes: dict[str, Any], data: str) -> None:
    found = fired(with_general_knowledge(about(**changes)))[flag]

    assert not VERDICTS.search(f"{found.rule} {found.data} {found.note}")
    assert found.source


def test_the_notice_says_the_list_is_not_a_finding() -> None:
    assert "not a finding" in NOTICE


# --- physician told -----------------------------------------------------------------------


def record(flag: str = "C-06", data: str = "Blood thinner: Unknown", hour: int = 9) -> Any:
    return FlagAcknowledgement(
        id=f"k{hour}",
        visit_id="v1",
        flag=flag,
        told_to="Dr. Roy",
        told_at=datetime.combine(TODAY, time(hour), tzinfo=UTC),
        recorded_by="nurse",
        fired_by=data,
    )


UNKNOWN_THINNER = fired(about(safety={"blood_thinner": UNKNOWN}))["C-06"]


def test_the_latest_record_of_telling_the_physician_counts() -> None:
    found = told(UNKNOWN_THINNER, [record(hour=9), record(hour=11), record(hour=10)])

    assert found == record(hour=11)


@pytest.mark.parametrize(
    "records",
    [[], [record(flag="C-07")], [record(data="Blood thinner: Yes; no stop ordered")]],
    ids=["none", "another flag", "other data"],
)
def test_a_flag_is_open_until_the_physician_heard_of_this_data(
    records: list[FlagAcknowledgement],
) -> None:
    assert told(UNKNOWN_THINNER, records) is None


@given(st.integers(0, 8))
def test_more_than_three_levels_is_counted_exactly(count: int) -> None:
    rows = tuple(a_row(level) for level in list(Level)[11 : 11 + count])

    assert ("C-11" in fired(about(rows=rows))) is (count > 3)
