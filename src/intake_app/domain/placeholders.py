"""The closed list of placeholders that the aftercare wording may use, and what each stands for.

A placeholder gives text, or the problem that keeps the sheet from printing. Empty text is a
placeholder that could not be resolved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from intake_app.domain import limits
from intake_app.domain.countries import Country
from intake_app.domain.limits import Written
from intake_app.domain.opening_hours import opening_hours
from intake_app.domain.procedures import DoneAtLevel
from intake_app.domain.spine import Region, region_of

if TYPE_CHECKING:
    from intake_app.domain.aftercare_facts import AftercareFacts

F = TypeVar("F")
Placeholder = Callable[[F], Written]

_REGION_WORDS = {
    Region.CERVICAL: "neck",
    Region.THORACIC: "mid_back",
    Region.LUMBAR: "low_back",
    Region.SACRAL: "pelvis",
}


def _recorded(key: str, facts: AftercareFacts) -> Written:
    value = getattr(facts.procedure, key)
    if isinstance(value, datetime):
        return facts.dates.moment(value, year=facts.day.year)
    if isinstance(value, date):
        return facts.dates.day(value, year=facts.day.year)
    return str(value or "").rstrip(". \n").replace("\n", facts.words.joints["semicolon"])


def _pain_medicine(facts: AftercareFacts) -> Written:
    """Say the medicine without the "take" that the wording begins with."""
    text = str(_recorded("simple_pain_medicine", facts))
    return text[5:] if text.casefold().startswith("take ") else text


def _bones(facts: AftercareFacts) -> Written:
    n = len(facts.levels)
    return facts.words.counted(n, "back_bone") if n else ""


def _levels_in_words(facts: AftercareFacts) -> Written:
    """Say where the bones are: "T12 (mid back) and L1 (low back)"."""
    said = []
    for region in Region:
        names = [level for level in facts.levels if region_of(level) is region]
        if names:
            where = facts.words.say(_REGION_WORDS[region])
            levels = facts.words.joined(names)
            said.append(facts.words.say("levels_in_region", levels=levels, region=where))
    return facts.words.joined(said)


def _soon(key: str, facts: AftercareFacts) -> Written:
    """Say a day within weeks without weekday and year."""
    days = getattr(facts.clinic, key)
    if days is None:
        return limits.blank(key)
    return facts.dates.near(facts.day + timedelta(days=days))


def _acetaminophen(facts: AftercareFacts) -> Written:
    american = facts.clinic.country in (Country.US, Country.CA)
    return facts.words.say("acetaminophen" if american else "paracetamol")


def _acetaminophen_most(facts: AftercareFacts) -> Written:
    most = facts.clinic.acetaminophen_max_mg
    if most is None:
        return limits.blank("acetaminophen_max_mg")
    return f"{most:,} mg" if facts.clinic.date_order == "mdy" else f"{most} mg"


def _thinner_names(facts: AftercareFacts) -> Written:
    return facts.words.joined(facts.thinner_names) or facts.words.say("your_blood_thinner")


AFTERCARE_PLACEHOLDERS: Mapping[str, Placeholder[AftercareFacts]] = {
    "patient": lambda f: f.patient.full_name,
    "birth_date": lambda f: f.dates.full(f.patient.birth_date) if f.patient.birth_date else "",
    "clinic": lambda f: f.clinic.name,
    "phone_day": lambda f: f.clinic.phone_day,
    "phone_night": lambda f: f.clinic.phone_night,
    "opening_hours": lambda f: (
        opening_hours(f.clinic.opening_hours, f.words, f.dates) or f.words.say("by_day_first")
    ),
    "emergency": lambda f: f.clinic.emergency_number,
    "nurse": lambda f: f.nurse,
    "done_on": lambda f: f.dates.day(f.day, year=f.day.year),
    "done_on_with_year": lambda f: f.dates.full(f.day),
    "next_day": lambda f: f.dates.weekday(f.day + timedelta(days=1)),
    "levels": lambda f: f.words.joined(f.levels),
    "levels_in_words": _levels_in_words,
    "bones": _bones,
    "vertebroplasty_levels": lambda f: f.words.joined(f.levels_with(DoneAtLevel.VERTEBROPLASTY)),
    "kyphoplasty_levels": lambda f: f.words.joined(f.levels_with(DoneAtLevel.KYPHOPLASTY)),
    "implant_levels": lambda f: f.words.joined(f.levels_with(DoneAtLevel.OTHER)),
    "sites": lambda f: f.words.number(f.sites) if f.sites else "",
    "lifting_limit": limits.lifting_limit,
    "lifting_example": limits.lifting_example,
    "lifting_wait": limits.lifting_wait,
    "lifting_end": limits.lifting_end,
    "driving_wait": partial(limits.hours_wait, "no_driving_hours"),
    "driving_end": partial(limits.hours_end, "no_driving_hours"),
    "shower_wait": partial(limits.hours_wait, "shower_after_hours"),
    "shower_end": partial(limits.hours_end, "shower_after_hours"),
    "dressing_wait": partial(limits.hours_wait, "dressing_off_hours"),
    "dressing_end": partial(limits.hours_end, "dressing_off_hours"),
    "bath_wait": partial(limits.days_wait, "bath_after_days"),
    "bath_end": partial(limits.days_end, "bath_after_days"),
    "desk_work_wait": partial(limits.clinic_days_wait, "desk_work_days"),
    "desk_work_end": partial(limits.clinic_days_end, "desk_work_days"),
    "hard_work_wait": partial(limits.clinic_days_wait, "strenuous_days"),
    "hard_work_end": partial(limits.clinic_days_end, "strenuous_days"),
    "strips_off": partial(_soon, "strips_off_days"),
    "sedation_end": partial(limits.sedation_end, "sedation_hours"),
    "sedation_end_soon": limits.sedation_end_soon,
    "adult_until": partial(limits.sedation_end, "adult_stays_hours"),
    "sit_minutes": partial(limits.clinic_number, "sit_minutes"),
    "ice_minutes": partial(limits.clinic_number, "ice_minutes"),
    "fever_limit": limits.fever_limit,
    "fever_at_once": lambda f: limits.temperature(limits.CHEMOTHERAPY_FEVER_C, f.clinic),
    "pain_better_by": partial(_soon, "pain_better_days"),
    "acetaminophen": _acetaminophen,
    "acetaminophen_most": _acetaminophen_most,
    "pain_medicine": _pain_medicine,
    "opioids": lambda f: f.words.joined(f.opioids),
    "usual_medicines": partial(_recorded, "usual_medicines"),
    "antibiotic": partial(_recorded, "antibiotic"),
    "blood_thinners": _thinner_names,
    "restart": partial(_recorded, "blood_thinner_restart"),
    "restart_at": partial(_recorded, "blood_thinner_restart_at"),
    "restart_by": partial(_recorded, "blood_thinner_ordered_by"),
    "diabetes_plan": partial(_recorded, "diabetes_plan"),
    "cancer_plan": partial(_recorded, "cancer_plan"),
    "sleep_apnoea_plan": partial(_recorded, "sleep_apnoea_plan"),
    "brace_when": partial(_recorded, "brace_when"),
    "brace_until": partial(_recorded, "brace_until"),
    "stitches_out": partial(_recorded, "stitches_out_on"),
    "follow_up": partial(_recorded, "follow_up_at"),
    "follow_up_place": partial(_recorded, "follow_up_place"),
    "call_back": partial(_recorded, "call_back_on"),
    "bone_health_place": partial(_recorded, "bone_health_place"),
    "nurse_note": lambda f: f.procedure.nurse_note.replace("\n", " ").strip(),
}
"""Placeholders of the aftercare sheet."""
