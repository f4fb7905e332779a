"""What the letters to other clinicians are composed from, and the names their wording may use.

A letter repeats what is recorded, for a physician to sign. It advises nothing that nobody wrote
(clinical.md 5.4 and 7.1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.conditions import AFTERCARE_CONDITIONS, ALWAYS, Condition, Finding, either
from intake_app.domain.fractures import FractureStatus
from intake_app.domain.language import N_
from intake_app.domain.placeholders import AFTERCARE_PLACEHOLDERS
from intake_app.domain.procedures import Event
from intake_app.domain.values import Answer

if TYPE_CHECKING:
    from intake_app.domain.aftercare_facts import AftercareFacts
    from intake_app.domain.fractures import Fracture
    from intake_app.domain.imaging import Imaging
    from intake_app.domain.pain import PainFunction
    from intake_app.domain.placeholders import Placeholder

_CONDITIONS = (
    *("sedation", "vertebroplasty", "kyphoplasty", "both_techniques", "several_levels"),
    *("blood_thinner", "blood_thinner_ordered", "opioid", "opioid_named"),
    *("follow_up", "follow_up_place", "bone_referral", "bone_health_place", "antibiotic"),
)
"""Conditions of the aftercare sheet that letters may use too."""
_PLACEHOLDERS = (
    *("patient", "birth_date", "clinic", "phone_day", "phone_night", "nurse", "levels"),
    *("levels_in_words", "bones", "done_on", "done_on_with_year", "opioids", "antibiotic"),
    *("blood_thinners", "restart", "restart_at", "restart_by", "follow_up", "follow_up_place"),
    *("bone_health_place", "lifting_limit", "lifting_end", "driving_end", "pain_medicine"),
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to (F-18)."""

    name: str = ""
    practice: str = ""
    phone: str = ""
    fax: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything that can change a letter."""

    after: AftercareFacts
    imaging: Imaging
    pain: PainFunction
    to: Addressee

    @property
    def fractures(self) -> tuple[Fracture, ...]:
        """The fractures of the visit without those that are healed."""
        return tuple(row for row in self.after.fractures if row.status is not FractureStatus.HEALED)


def referrer(facts: AftercareFacts) -> Addressee:
    """Return the physician who referred the patient."""
    of = facts.patient
    return Addressee(of.referrer_name, of.referrer_practice, of.referrer_phone, of.referrer_fax)


def bone_health_clinician(facts: AftercareFacts) -> Addressee:
    """Return who looks after the patient's bones; the referring physician where nobody is named."""
    of = facts.patient
    if not of.bone_health_name.strip():
        return referrer(facts)
    return Addressee(
        of.bone_health_name, of.bone_health_practice, of.bone_health_phone, of.bone_health_fax
    )


def _after(condition: Condition[AftercareFacts]) -> Condition[LetterFacts]:
    return lambda facts: condition(facts.after)


def _said(placeholder: Placeholder[AftercareFacts]) -> Placeholder[LetterFacts]:
    return lambda facts: placeholder(facts.after)


def _recorded(
    look: Callable[[LetterFacts], object], *, yes: str, no: str
) -> Condition[LetterFacts]:
    def find(facts: LetterFacts) -> Finding:
        return either(holds=look(facts) not in (None, "", ()), yes=yes, no=no)

    return find


def _events(facts: LetterFacts) -> tuple[Event, ...]:
    return tuple(event for event in facts.after.procedure.events if event is not Event.NONE)


def _events_in_words(facts: LetterFacts) -> str:
    said = [event.label.casefold() for event in _events(facts) if event is not Event.OTHER]
    return "; ".join(
        part for part in (facts.after.words.joined(said), facts.after.procedure.events_note) if part
    )


def _t_score(facts: LetterFacts) -> str:
    score = facts.imaging.dexa_t_score
    if score is None:
        return ""
    said = f"{abs(score):.1f}"
    return f"−{said}" if score < 0 else said


def _pain_before(facts: LetterFacts) -> str:
    now, worst = facts.pain.pain_now, facts.pain.pain_worst
    said = [f"{now} of 10 at intake"] if now is not None else []
    if worst is not None:
        said.append(f"{worst} of 10 at worst")
    return facts.after.words.joined(said)


def _day(facts: LetterFacts) -> str:
    after = facts.after
    return after.dates.full(after.now.astimezone(after.clinic.zone).date())


def _operator(facts: LetterFacts) -> str:
    return facts.after.procedure.operator or facts.after.visit.operator


def _techniques(facts: LetterFacts) -> str:
    done = dict.fromkeys(row.done for row in facts.after.done if row.done)
    joined = facts.after.words.joined
    return joined(
        [f"{one.label.casefold()} of {joined(facts.after.levels_with(one))}" for one in done]
    )


LETTER_CONDITIONS: Mapping[str, Condition[LetterFacts]] = {
    ALWAYS: _after(AFTERCARE_CONDITIONS[ALWAYS]),
    **{name: _after(AFTERCARE_CONDITIONS[name]) for name in _CONDITIONS},
    "to_practice": _recorded(
        lambda f: f.to.practice, yes=N_("practice is known"), no=N_("no practice recorded")
    ),
    "to_phone": _recorded(
        lambda f: f.to.phone, yes=N_("phone is known"), no=N_("no phone recorded")
    ),
    "to_fax": _recorded(lambda f: f.to.fax, yes=N_("fax is known"), no=N_("no fax recorded")),
    "operator": _recorded(
        _operator, yes=N_("the operator is recorded"), no=N_("no operator recorded")
    ),
    "sedation_recorded": _recorded(
        lambda f: f.after.procedure.sedation,
        yes=N_("sedation is recorded"),
        no=N_("sedation is not recorded"),
    ),
    "closure_recorded": _recorded(
        lambda f: f.after.procedure.closure,
        yes=N_("closure is recorded"),
        no=N_("closure is not recorded"),
    ),
    "events": _recorded(
        _events_in_words, yes=N_("events are recorded"), no=N_("no events recorded")
    ),
    "no_events": lambda f: either(
        holds=f.after.procedure.events == (Event.NONE,),
        yes=N_("recorded: no events"),
        no=N_("events are not recorded as none"),
    ),
    "pain_recorded": _recorded(
        _pain_before, yes=N_("pain is recorded"), no=N_("pain is not recorded")
    ),
    "dexa": _recorded(
        lambda f: f.imaging.dexa_t_score,
        yes=N_("a T-score is recorded"),
        no=N_("no T-score recorded"),
    ),
    "dexa_dated": _recorded(
        lambda f: f.imaging.dexa_on,
        yes=N_("date of the bone density test is recorded"),
        no=N_("date of the bone density test is not recorded"),
    ),
    "steroids": lambda f: either(
        holds=f.after.safety.steroids is Answer.YES,
        yes=N_("steroids"),
        no=N_("no steroids recorded"),
    ),
}
"""Conditions of the letters."""

LETTER_PLACEHOLDERS: Mapping[str, Placeholder[LetterFacts]] = {
    **{name: _said(AFTERCARE_PLACEHOLDERS[name]) for name in _PLACEHOLDERS},
    "to": lambda f: f.to.name,
    "to_practice": lambda f: f.to.practice,
    "to_phone": lambda f: f.to.phone,
    "to_fax": lambda f: f.to.fax,
    "letter_date": _day,
    "record_number": lambda f: f.after.patient.record_number,
    "operator": _operator,
    "techniques": _techniques,
    "sedation": lambda f: (
        f.after.procedure.sedation.label.casefold() if f.after.procedure.sedation else ""
    ),
    "closure": lambda f: (
        f.after.procedure.closure.label.casefold() if f.after.procedure.closure else ""
    ),
    "events": _events_in_words,
    "pain_before": _pain_before,
    "t_score": _t_score,
    "dexa_on": lambda f: f.after.dates.full(f.imaging.dexa_on) if f.imaging.dexa_on else "",
    "dexa_site": lambda f: (
        f.imaging.dexa_site.label.casefold() if f.imaging.dexa_site else "site not recorded"
    ),
}
"""Placeholders of the letters."""
