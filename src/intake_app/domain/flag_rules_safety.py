"""Rules of the flag list (clinical.md 1.9) that look at the answered safety questions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_app.domain.estimate import hours
from intake_app.domain.flag_findings import GK, Finding, answered, day_words, said
from intake_app.domain.language import N_, translated
from intake_app.domain.values import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from intake_app.domain.flag_findings import FlagFacts

_FEVER_C = Decimal("38.0")
_HIGHEST_INR = Decimal("1.8")
_FEWEST_PLATELETS = 50
"""10⁹/L."""
_LOW_GLUCOSE, _HIGH_GLUCOSE = 70, 250
"""mg/dL."""
_CEMENT_WORDS = ("cement", "acryl", "pmma", "contrast", "opacifier")
_SEVERE = {
    "severe_lung": N_("Severe lung disease"),
    "severe_heart": N_("Severe heart disease"),
    "heart_failure": N_("Heart failure"),
}
_ASA = {"4": "IV", "5": "V", "6": "VI"}
_DRUGS = {
    "insulin": (N_("Insulin"), ("CHEYENNE",)),
    "metformin": (N_("Metformin"), (GK,)),
    "sglt2": (N_("SGLT2 medicine"), (GK,)),
    "glp1": (N_("GLP-1 medicine"), (GK,)),
}
"""Label, and the sources of "needs a plan when fasting" (F-93)."""


def infection(facts: FlagFacts) -> Iterable[Finding]:
    """C-02: signs of infection, or skin not intact; the temperature is general knowledge."""
    for label, answer in facts.safety.infection_signs.items():
        if data := answered(label, answer):
            yield Finding(data, ("LCD", "OPENRAD"))
    skin = {"rash": N_("Rash"), "wound": N_("Wound"), "unknown": N_("Unknown")}
    if facts.safety.skin in skin:
        yield Finding(said(N_("Skin on the back"), skin[facts.safety.skin]), ("LCD", "OPENRAD"))
    temperature = facts.safety.temperature_c
    if temperature is not None and temperature >= _FEVER_C:
        yield Finding(said(N_("Temperature today"), f"{temperature} °C"), (GK,))


def pregnancy(facts: FlagFacts) -> Iterable[Finding]:
    """C-03: possible or confirmed; unknown is possible."""
    words = {
        "possible": N_("Possible"),
        "positive": N_("Test positive"),
        "unknown": N_("Unknown"),
    }
    if facts.safety.pregnancy not in words:
        return
    data = said(N_("Pregnancy"), words[facts.safety.pregnancy])
    if facts.safety.pregnancy_test == "negative":
        data = f"{data}; {said(N_('Pregnancy test'), N_('negative'))}"
    yield Finding(data, ("LCD",))


def bleeding(facts: FlagFacts) -> Iterable[Finding]:
    """C-06: a clotting disorder not corrected, or nobody knows."""
    safety = facts.safety
    label = N_("Blood thinner")
    if safety.blood_thinner is Answer.UNKNOWN:
        yield Finding(said(label, Answer.UNKNOWN.label), ("LCD", "SIR19"))
    if safety.blood_thinner is Answer.YES and not safety.hold_ordered:
        named = ", ".join(drug.name for drug in safety.blood_thinners if drug.name)
        order = (
            N_("stop typed, but not who ordered it") if safety.hold_plan else N_("no stop ordered")
        )
        data = said(label, named or Answer.YES.label)
        yield Finding(f"{data}; {translated(order)}", ("LCD", "SIR19"))
    if data_text := answered(N_("Bleeding or clotting disorder"), safety.bleeding_disorder):
        yield Finding(data_text, ("LCD", "OPENRAD"))
    if safety.inr is not None and safety.inr > _HIGHEST_INR:
        yield Finding(said("INR", safety.inr), ("LCD", "SIR19"))
    if safety.platelets is not None and safety.platelets < _FEWEST_PLATELETS:
        yield Finding(said(N_("Platelets"), f"{safety.platelets} × 10⁹/L"), ("LCD", "SIR19"))


def cement_allergy(facts: FlagFacts) -> Iterable[Finding]:
    """C-10: an allergy to cement or contrast, or nobody knows of any allergies."""
    if facts.safety.allergy_status == "unknown":
        yield Finding(said(N_("Allergies"), N_("Unknown")), ("LCD",))
    for allergy in facts.safety.allergies:
        words = f"{allergy.kind} {allergy.substance}".casefold()
        if any(word in words for word in _CEMENT_WORDS):
            reaction = f" ({allergy.reaction})" if allergy.reaction else ""
            yield Finding(f"{said(N_('Allergy'), allergy.substance)}{reaction}", ("LCD",))


def epidural_tumour(facts: FlagFacts) -> Iterable[Finding]:
    """C-14: a tumour that grows into the epidural space, by the report."""
    label = N_("Tumor grows into the epidural space")
    if data := answered(label, facts.safety.epidural_tumour):
        yield Finding(data, ("OPENRAD",))


def hard_to_sedate(facts: FlagFacts) -> Iterable[Finding]:
    """C-16: cannot lie face down, severe lung or heart disease, or a high sedation class."""
    safety = facts.safety
    prone = {"short": N_("A short time only"), "no": N_("No"), "unknown": N_("Unknown")}
    if safety.lie_prone in prone:
        yield Finding(said(N_("Can lie face down"), prone[safety.lie_prone]), (GK,))
    for condition, label in _SEVERE.items():
        if condition in safety.conditions:
            yield Finding(said(label, Answer.YES.label), (GK,))
    if safety.conditions_unknown:
        yield Finding(said(N_("Heart and lung disease"), Answer.UNKNOWN.label), (GK,))
    if safety.asa in _ASA:
        yield Finding(said(N_("ASA class"), _ASA[safety.asa]), (GK,))
    apnoea = {"suspected": N_("Suspected"), "diagnosed": N_("Diagnosed"), "unknown": N_("Unknown")}
    if safety.sleep_apnoea in apnoea and safety.cpap is not Answer.YES:
        cpap = safety.cpap.label if safety.cpap else N_("not recorded")
        data = said(N_("Sleep apnea"), apnoea[safety.sleep_apnoea])
        yield Finding(f"{data}; {said(N_('CPAP device'), cpap)}", (GK,))


def short_fast(facts: FlagFacts) -> Iterable[Finding]:
    """C-23: food or drink later than the clinic's own rule allows. No rule, no flag."""
    for label, eaten_at, rule_hours in (
        (N_("Last food"), facts.safety.last_solid_at, facts.clinic.fasting_solid_hours),
        (N_("Last clear drink"), facts.safety.last_fluid_at, facts.clinic.fasting_fluid_hours),
    ):
        if eaten_at is None or rule_hours is None:
            continue
        start = facts.visit.planned_start
        fasted = (start or facts.now) - eaten_at
        if fasted >= timedelta(hours=rule_hours):
            continue
        words = [said(label, _clock(facts, eaten_at))]
        if start is not None:
            words.append(said(N_("Procedure starts"), _clock(facts, start)))
            minutes = max(0, int(fasted.total_seconds() // 60))
            words.append(said(N_("Between the two"), hours(minutes)))
        words.append(said(N_("Rule of the clinic"), f"{rule_hours} h"))
        yield Finding("; ".join(words), ("KAISER", "CLINIC"))


def _clock(facts: FlagFacts, moment: datetime) -> str:
    local = moment.astimezone(facts.clinic.zone)
    return f"{day_words(local.date())}, {local:%H:%M}"


def diabetes_without_plan(facts: FlagFacts) -> Iterable[Finding]:
    """C-24: a medicine that matters when fasting without a plan; or an unusual blood sugar."""
    safety = facts.safety
    if not safety.diabetes_plan:
        for drug, (label, sources) in _DRUGS.items():
            if drug in safety.diabetes_drugs or drug in safety.diabetes_drugs_unknown:
                unknown = drug in safety.diabetes_drugs_unknown
                taken = said(label, (Answer.UNKNOWN if unknown else Answer.YES).label)
                plan = said(N_("Plan"), N_("not recorded"))
                yield Finding(f"{taken}; {plan}", sources)
    glucose = safety.glucose_mg_dl
    if glucose is not None and not _LOW_GLUCOSE <= glucose <= _HIGH_GLUCOSE:
        yield Finding(said(N_("Blood sugar today"), f"{glucose} mg/dL"), (GK,))
