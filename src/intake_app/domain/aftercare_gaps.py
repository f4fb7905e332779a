"""What keeps an aftercare sheet from printing, what it lacks, and what to say before printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.domain.aftercare_facts import ORDERED_LIMITS
from intake_app.domain.fields import field_of
from intake_app.domain.fractures import planned
from intake_app.domain.language import N_
from intake_app.domain.limits import driving_was_raised
from intake_app.domain.paper import identity_problems, reader_remarks
from intake_app.domain.paper_reader import language_remark, typed_remark
from intake_app.domain.patients import ADULT
from intake_app.domain.procedures import Closure, ProcedureRecord
from intake_app.domain.sheets import SheetKind
from intake_app.domain.spine import UNKNOWN
from intake_app.domain.validation import Problem
from intake_app.domain.values import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake_app.domain.aftercare_facts import AftercareFacts

_WANTED: tuple[tuple[str, str], ...] = (
    ("sedation", "sedation_not_recorded"),
    ("ended_at", "end_not_recorded"),
    ("closure", "closure_not_recorded"),
    ("follow_up_at", "follow_up_not_recorded"),
    ("follow_up_place", "not_recorded"),
    ("call_back_on", "not_recorded"),
    ("operator", "not_recorded"),
    ("simple_pain_medicine", "not_recorded"),
    ("usual_medicines", "not_recorded"),
    ("opioid_continued", "safer_text"),
    ("brace", "safer_text"),
    ("discharge_ordered_by", "not_recorded"),
)
"""Fields of the procedure record that make the sheet truer, and the sentence without them."""
_ASKED: tuple[tuple[str, str], ...] = (
    ("blood_thinner", N_("Blood thinner")),
    ("diabetes", N_("Diabetes")),
    ("sleep_apnoea", N_("Sleep apnea")),
    ("cancer", N_("Cancer")),
)
"""Safety questions that decide about a block, and what people call them."""
_TYPED = (
    *("simple_pain_medicine", "usual_medicines", "antibiotic", "blood_thinner_restart"),
    *("diabetes_plan", "cancer_plan", "sleep_apnoea_plan", "brace_when", "follow_up_place"),
    *("bone_health_place", "nurse_note"),
)
"""Free texts of the procedure record that the sheet prints."""
_NSAID_RISKS = ("ulcer", "heart_failure")
NSAID_AGE = 65
"""Years from which the screen reminds of age beside an anti-inflammatory (A-12)."""


def problems_of(facts: AftercareFacts) -> list[Problem]:
    """Return why the sheet may not be printed, apart from blanks in its wording."""
    clinic = facts.clinic
    problems = identity_problems(facts.patient, clinic)
    checks = (
        ("phone_night", "no_phone_night", clinic.phone_night.strip()),
        ("nurse", "no_nurse", facts.nurse.strip()),
        ("treated_level", "no_treated_level", facts.done),
        ("limits_approved_by", "limits_not_approved", clinic.limits_approved_by.strip()),
    )
    problems += [Problem.of(key, code) for key, code, value in checks if not value]
    if any(row.level.value == UNKNOWN for row in facts.done):
        problems.append(Problem.of("level", "treated_level_not_named"))
    if facts.limits_changed and not facts.procedure.limits_ordered_by.strip():
        changed = [k for k in ORDERED_LIMITS if getattr(facts.procedure, k) is not None]
        label = field_of(ProcedureRecord, changed[0]).label
        problems.append(Problem.of("limits_ordered_by", "limits_without_order", limit=label))
    return problems


def missing_in(facts: AftercareFacts) -> tuple[Problem, ...]:
    """Return what is not recorded and would make the sheet truer."""
    return tuple(_missing(facts))


def _missing(facts: AftercareFacts) -> Iterator[Problem]:
    record = facts.procedure
    for key, code in _WANTED:
        if getattr(record, key) in (None, ""):
            yield Problem.of(key, code, field=field_of(ProcedureRecord, key).label)
    if facts.sedated and record.sedation and not record.last_sedative_at:
        yield Problem.of("last_sedative_at", "last_sedative_not_recorded")
    if record.closure is Closure.STITCHES and not record.stitches_out_on:
        yield Problem.of("stitches_out_on", "stitches_date_not_recorded")
    if record.brace is Answer.YES and not record.brace_when:
        yield Problem.of("brace_when", "not_recorded", field=_label("brace_when"))
    if facts.done and facts.sites is None:
        yield Problem.of("punctures", "sites_not_recorded")
    if not facts.clinic.opening_hours:
        yield Problem.of("opening_hours", "no_opening_hours")
    for key, called in _ASKED:
        if getattr(facts.safety, key) is None:
            yield Problem.of(key, "question_not_answered", question=called)
    if any(cause is None for cause in facts.causes):
        yield Problem.of("cause", "cause_not_recorded")


def _label(key: str) -> str:
    return field_of(ProcedureRecord, key).label


def remarks_on(facts: AftercareFacts, language: str) -> tuple[Problem, ...]:
    """Return what the screen says before printing; none of it keeps the sheet back."""
    return tuple(_remarks(facts, language))


def _remarks(facts: AftercareFacts, language: str) -> Iterator[Problem]:
    record, patient = facts.procedure, facts.patient
    if facts.blood_thinner is not Answer.NO and not facts.restart_ordered:
        names = ", ".join(facts.thinner_names)
        yield Problem.of("blood_thinner_restart", "blood_thinner_not_ordered", drugs=names)
    ordered_at = record.blood_thinner_restart_at
    if ordered_at and record.ended_at and ordered_at < record.ended_at:
        yield Problem.of("blood_thinner_restart_at", "restart_before_procedure")
    if facts.sedated and not _adult_confirmed(facts):
        yield Problem.of("driver", "no_adult_confirmed")
    yield from language_remark(patient, SheetKind.AFTERCARE, language)
    yield from typed_remark(language, ((record, _TYPED),))
    yield from reader_remarks(patient)
    if facts.age is not None and facts.age < ADULT:
        yield Problem.of("birth_date", "patient_under_age", age=facts.age)
    if record.nsaid_ordered and (risks := _nsaid_risks(facts)):
        yield Problem.of("nsaid_ordered", "nsaid_with_risk", risks=", ".join(risks))
    for substance in _allergies_in_medicines(facts):
        yield Problem.of("allergies", "allergy_in_medicine", substance=substance)
    if driving_was_raised(facts):
        yield Problem.of("no_driving_hours", "driving_raised")
    plan = {row.level.value for row in planned(facts.fractures)}
    if facts.levels and plan and plan != set(facts.levels):
        yield Problem.of("treated_level", "treated_differs_from_plan")


def _adult_confirmed(facts: AftercareFacts) -> bool:
    driver = facts.driver
    if driver is None:
        return False
    exempted = driver.exempted and bool(driver.exempted_by)
    return exempted or (bool(driver.name) and driver.will_take_home is Answer.YES)


def _allergies_in_medicines(facts: AftercareFacts) -> list[str]:
    """Return the told allergies whose very word stands in a medicine for home."""
    record = facts.procedure
    typed = [record.simple_pain_medicine, record.antibiotic, record.blood_thinner_restart]
    medicines = " ".join((*typed, *(row.name for row in facts.new_medicines))).casefold()
    substances = (allergy.substance.strip() for allergy in facts.safety.allergies)
    return [name for name in substances if name and name.casefold() in medicines]


def _nsaid_risks(facts: AftercareFacts) -> list[str]:
    """Return what a person weighs against an anti-inflammatory; the program weighs nothing."""
    safety = facts.safety
    risks = []
    if facts.blood_thinner is not Answer.NO:
        risks.append("blood thinner")
    if safety.kidney != "none":
        risks.append("kidney disease" if safety.kidney else "kidney: not recorded")
    risks += [name.replace("_", " ") for name in _NSAID_RISKS if name in safety.conditions]
    if facts.age is not None and facts.age >= NSAID_AGE:
        risks.append(f"age {facts.age}")
    return risks
