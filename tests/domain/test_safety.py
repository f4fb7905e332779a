"""Tests for what the answered safety questions mean as facts."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.answers import Answers
from intake_app.domain.fields import FieldValue
from intake_app.domain.safety import Allergy, BloodThinner, SafetyFacts, read_safety
from intake_app.domain.values import Answer, Quantity
from tests.domain.questions import SAFETY, a_questionnaire, meet, question, sample

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def facts(**values: FieldValue) -> SafetyFacts:
    """Return the facts of some answers; ``__0__`` in a name stands for ``.0.``."""
    paths = {name.replace("__0__", ".0."): value for name, value in values.items()}
    return read_safety(SAFETY, Answers().with_values(paths))


def test_without_answers_nothing_is_known_and_nothing_is_no() -> None:
    assert facts() == SafetyFacts()


@pytest.mark.parametrize(
    ("values", "name", "expected"),
    [
        ({"blood_thinner": "unknown"}, "blood_thinner", Answer.UNKNOWN),
        ({"blood_thinner": "no"}, "blood_thinner", Answer.NO),
        ({"bleeding_disorder": "yes"}, "bleeding_disorder", Answer.YES),
        ({"inr": Decimal("1.9")}, "inr", Decimal("1.9")),
        ({"platelets": 45}, "platelets", Decimal(45)),
        ({"temperature": Quantity(Decimal("100.4"), "°F")}, "temperature_c", Decimal("38.0")),
        ({"allergy_status": "none_known"}, "no_known_allergies", True),
        ({"allergy_status": "unknown"}, "no_known_allergies", False),
        ({"allergy_status": "known"}, "allergies", ()),
        ({"skin": "wound"}, "skin", "wound"),
        ({"pregnancy_possible": "no"}, "pregnancy", "no"),
        ({"pregnancy_possible": "yes"}, "pregnancy", "possible"),
        ({"pregnancy_possible": "unknown"}, "pregnancy", "unknown"),
        ({"pregnancy_possible": "not_applicable"}, "pregnancy", "not_applicable"),
        (
            {"pregnancy_possible": "unknown", "pregnancy_test": "positive"},
            "pregnancy",
            "positive",
        ),
        (
            {"pregnancy_possible": "yes", "pregnancy_test": "negative"},
            "pregnancy_test",
            "negative",
        ),
        ({"diabetes": "type_2"}, "diabetes", "type_2"),
        (
            {"diabetes": "type_2", "insulin": "yes", "glp1": "yes", "sglt2": "no"},
            "diabetes_drugs",
            ("insulin", "glp1"),
        ),
        (
            {"diabetes": "type_2", "metformin": "unknown"},
            "diabetes_drugs_unknown",
            ("metformin",),
        ),
        ({"glp1": "yes"}, "diabetes_drugs", ("glp1",)),
        ({"glp1": "yes", "diabetes_plan": "skip"}, "diabetes_plan", "skip"),
        (
            {"diabetes": "type_1", "glucose": Quantity(Decimal("5.0"), "mmol/L")},
            "glucose_mg_dl",
            Decimal(90),
        ),
        ({"kidney": "dialysis"}, "kidney", "dialysis"),
        ({"conditions": ("heart_failure", "ulcer")}, "conditions", ("heart_failure", "ulcer")),
        ({"conditions": ("none",)}, "conditions", ()),
        ({"conditions": ("unknown",)}, "conditions_unknown", True),
        ({"asa": "3"}, "asa", "3"),
        ({"asa": "unknown"}, "asa", None),
        ({"sleep_apnoea": "suspected", "cpap": "no"}, "cpap", Answer.NO),
        ({"last_solid_at": AT}, "last_solid_at", AT),
        ({"last_fluid_at": AT}, "last_fluid_at", AT),
        ({"lie_prone": "short"}, "lie_prone", "short"),
        ({"cancer": "yes", "cancer_kind": "breast"}, "cancer_kind", "breast"),
        ({"cancer": "unknown", "chemotherapy": "yes"}, "chemotherapy", Answer.YES),
        ({"epidural_tumour": "yes"}, "epidural_tumour", Answer.YES),
        ({"cord_signs": "yes"}, "cord_signs", Answer.YES),
        ({"nerve_root_pain": "unknown"}, "nerve_root_pain", Answer.UNKNOWN),
        ({"unstable": "yes"}, "unstable", Answer.YES),
        ({"steroids": "yes"}, "steroids", Answer.YES),
        (
            {"tumour_work_up": "yes", "tumour_work_up_note": "MRI with contrast"},
            "tumour_work_up",
            "MRI with contrast",
        ),
        ({"tumour_work_up": "yes"}, "tumour_work_up", "Yes"),
        ({"tumour_work_up": "unknown"}, "tumour_work_up", ""),
        (
            {"teaching_to": "caregiver", "teaching_name": "Rosa"},
            "sees_to_teaching",
            "Caregiver: Rosa",
        ),
    ],
    ids=str,
)
def test_each_answer_becomes_its_fact(
    values: dict[str, FieldValue], name: str, expected: object
) -> None:
    assert getattr(facts(**values), name) == expected


def test_each_blood_thinner_row_is_a_fact() -> None:
    found = facts(
        blood_thinner="yes",
        blood_thinners__0__name="Apixaban",
        blood_thinners__0__dose="5 mg",
        blood_thinners__0__last_dose=AT,
    )

    assert found.blood_thinners == (BloodThinner("Apixaban", "5 mg", AT),)


@pytest.mark.parametrize(
    ("kind", "which", "substance"),
    [
        ("latex", "", "Latex"),
        ("cement", "dental acrylic", "Bone cement or acrylic: dental acrylic"),
        ("other", "bee stings", "bee stings"),
        ("other", "", "Something else"),
        ("", "nuts", "nuts"),
    ],
)
def test_each_allergy_row_is_named_in_words(kind: str, which: str, substance: str) -> None:
    found = facts(
        allergy_status="known",
        allergies__0__substance=kind,
        allergies__0__which=which,
        allergies__0__reaction="rash",
        allergies__0__severity="mild",
    )

    assert found.allergies == (Allergy(substance, "rash", "mild", kind),)


@pytest.mark.parametrize(
    ("plan", "by", "ordered"),
    [
        ("apixaban, last dose 19 Nov", "Dr. Roy", "apixaban, last dose 19 Nov (Dr. Roy)"),
        ("apixaban, last dose 19 Nov", "", ""),
        ("", "Dr. Roy", ""),
    ],
)
def test_a_hold_is_ordered_only_with_the_name_of_who_ordered_it(
    plan: str, by: str, ordered: str
) -> None:
    found = facts(blood_thinner="yes", hold_plan=plan, hold_ordered_by=by)

    assert (found.hold_plan, found.hold_ordered) == (plan, ordered)


def test_infection_signs_carry_the_words_of_their_question() -> None:
    found = facts(infection_fever="no", infection_dental="unknown")

    assert found.infection_signs == {
        "Fever or chills in the last 7 days?": Answer.NO,
        "Tooth or gum infection?": Answer.UNKNOWN,
    }


def test_hidden_answers_are_no_facts() -> None:
    found = facts(
        blood_thinner="no", blood_thinners__0__name="Apixaban", hold_plan="x", insulin="yes"
    )

    assert (found.blood_thinners, found.hold_plan, found.diabetes_drugs) == ((), "", ())


def test_a_clinic_that_left_questions_out_still_has_facts() -> None:
    asks = a_questionnaire(question("inr", "decimal"))

    found = read_safety(asks, Answers().with_values({"inr": Decimal(2), "skin": "rash"}))

    assert found == SafetyFacts(inr=Decimal(2))


ALL_QUESTIONS = [item for item in SAFETY if item.kind is not None]


@given(st.sampled_from(ALL_QUESTIONS))
def test_any_single_answer_can_be_read_as_facts(item: object) -> None:
    found = next(each for each in ALL_QUESTIONS if each is item)
    row = 0 if SAFETY.rows_of(found) else None
    answers = meet(SAFETY, found).set(SAFETY.path_of(found, row), sample(found))

    assert isinstance(read_safety(SAFETY, answers), SafetyFacts)
