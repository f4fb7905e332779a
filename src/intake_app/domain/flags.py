"""The list "Ask the physician" (clinical.md 1.9).

A flag repeats what was typed and the rule it matched. There is no score, no total, no order by
weight and no verdict: the list is in the order of its ids, and only a person closes a flag.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from intake_app.domain import flag_rules as rules
from intake_app.domain import flag_rules_safety as safety_rules
from intake_app.domain.fields import Record
from intake_app.domain.flag_findings import GK, SOURCES, Finding, FlagFacts
from intake_app.domain.language import N_, translated
from intake_app.domain.values import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.flag_findings import Rule

__all__ = ["NOTICE", "TITLE", "Flag", "FlagAcknowledgement", "FlagFacts", "find_flags", "told"]

TITLE = N_("Ask the physician")
NOTICE = N_(
    "For the clinician. This list repeats what was typed and the rule it matched. "
    "It is not a finding and does not say what to do."
)
"""Stands over the list wherever it is shown (clinical.md 7.5)."""
CLINIC_SOURCE = N_("the clinic’s own questionnaire")
CLINIC_RULE = N_("Answer the clinic wants the physician to hear of.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One flag: the rule, what was recorded that matched it, and where the rule comes from."""

    id: str
    """``C-01`` … ``C-25``; ``Q-`` and the question for one the clinic's questionnaire raises."""
    rule: str
    data: str
    """What was recorded, with its label; several pieces stand on lines of their own."""
    source: str
    confirmed: bool
    """Whether a stored source confirms the rule; if not, the clinic switched it on itself."""
    note: str = ""
    """"Tell the physician now", where the facts ask for it; never more than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagAcknowledgement(Record):
    """The physician was told of a flag: who, when, and on which data it had fired."""

    FORM: ClassVar[str] = "flag_acknowledgement"
    OWNER: ClassVar[str] = "visit_id"

    visit_id: str
    flag: str
    told_to: str
    told_at: datetime
    recorded_by: str
    fired_by: str = ""
    """The flag's data at that time; when it fires on other data, it is open again."""


_RULES: tuple[tuple[str, str, Rule], ...] = (
    ("C-01", N_("Pain not mainly from the named fracture, or no pain"), rules.pain_from_elsewhere),
    (
        "C-02",
        N_("Signs of infection, fever, antibiotics now, or skin not intact"),
        safety_rules.infection,
    ),
    ("C-03", N_("Pregnancy possible or confirmed"), safety_rules.pregnancy),
    ("C-04", N_("Getting better on medical treatment, with pain below 5"), rules.improving),
    ("C-05", N_("Prevention: no fracture yet"), rules.no_fracture_yet),
    (
        "C-06",
        N_(
            "Bleeding: INR above 1.8, platelets below 50 × 10⁹/L, a blood thinner without an "
            "ordered stop, a disorder, or not known"
        ),
        safety_rules.bleeding,
    ),
    ("C-07", N_("Signs of cord compression"), rules.cord_signs),
    ("C-10", N_("Allergy to bone cement or contrast, or not known"), safety_rules.cement_allergy),
    ("C-11", N_("More than 3 levels planned in one session"), rules.many_levels),
    ("C-12", N_("Weakness, numbness or nerve pain in the legs"), rules.leg_signs),
    ("C-13", N_("Posterior wall broken, or a fragment in the canal"), rules.broken_wall),
    ("C-14", N_("Tumor growing into the epidural space"), safety_rules.epidural_tumour),
    ("C-15", N_("Spine called unstable, or a burst or split shape"), rules.unstable),
    (
        "C-16",
        N_("Cannot lie face down, severe heart or lung disease, or high sedation class"),
        safety_rules.hard_to_sedate,
    ),
    ("C-17", N_("More than 70 % of the height lost"), rules.deep_collapse),
    ("C-18", N_("Fracture older than 12 weeks, or age not known"), rules.old_fracture),
    ("C-19", N_("Under 18, a young patient, or a high-energy injury"), rules.outside_the_pathway),
    ("C-20", N_("Level outside T1 to L5, not known, or T1 to T4"), rules.unusual_level),
    ("C-21", N_("No MRI, CT or bone scan"), rules.no_cross_section),
    ("C-22", N_("Sedation planned and no responsible adult"), rules.nobody_to_take_home),
    ("C-23", N_("Fasting shorter than the rule of the clinic"), safety_rules.short_fast),
    (
        "C-24",
        N_("Diabetes medicine without a plan, or blood sugar below 70 or above 250 mg/dL"),
        safety_rules.diabetes_without_plan,
    ),
    (
        "C-25",
        N_("Man, or no reason for weak bone, and no search for a tumor stated"),
        rules.no_reason_for_weak_bone,
    ),
)
FLAG_IDS: tuple[str, ...] = tuple(flag for flag, _, _ in _RULES)


def find_flags(facts: FlagFacts) -> tuple[Flag, ...]:
    """Return the flags that fire on what is recorded, in the order of their ids."""
    shows_unconfirmed = _shows_unconfirmed(facts.clinic)
    found = []
    for flag, rule, look in _RULES:
        findings = [each for each in look(facts) if each.confirmed or shows_unconfirmed]
        if findings:
            found.append(_flag(flag, rule, findings))
    for raised in facts.safety.raised:
        found.append(
            Flag(
                id=f"Q-{raised.path}",
                rule=CLINIC_RULE,
                data=f"{raised.question} {raised.answer}",
                source=translated(CLINIC_SOURCE),
                confirmed=True,
                note=raised.note,
            )
        )
    return tuple(found)


def _shows_unconfirmed(clinic: Clinic) -> bool:
    return clinic.demonstration or clinic.clinic_gk_rules is Answer.YES


def _flag(flag: str, rule: str, findings: list[Finding]) -> Flag:
    confirmed = [finding for finding in findings if finding.confirmed]
    lines = (
        f"{finding.data} [{GK}]" if confirmed and not finding.confirmed else finding.data
        for finding in findings
    )
    names = dict.fromkeys(name for finding in findings for name in finding.sources)
    ordered = [*(name for name in names if name != GK), *(name for name in names if name == GK)]
    return Flag(
        id=flag,
        rule=rule,
        data="\n".join(dict.fromkeys(lines)),
        source="; ".join(f"[{name}] {translated(SOURCES[name])}" for name in ordered),
        confirmed=bool(confirmed),
        note=next((finding.note for finding in findings if finding.note), ""),
    )


def told(flag: Flag, acknowledgements: Iterable[FlagAcknowledgement]) -> FlagAcknowledgement | None:
    """Return the latest record that the physician was told of this flag with this data."""
    matching = [
        record
        for record in acknowledgements
        if record.flag == flag.id and record.fired_by == flag.data
    ]
    return max(matching, key=lambda record: record.told_at, default=None)
