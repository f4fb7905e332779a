"""The closed list of named conditions that wording files may use, each with its reason in words.

Anything but a recorded no keeps the safer text (clinical.md 3.4 and 7.1.9): not asked, not
recorded and unknown all print it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from intake_app.domain.fractures import TUMOUR_CAUSES, Cause
from intake_app.domain.language import N_, translated
from intake_app.domain.procedures import Closure, DoneAtLevel
from intake_app.domain.values import Answer

if TYPE_CHECKING:
    from intake_app.domain.aftercare_facts import AftercareFacts

F = TypeVar("F")
ALWAYS = "always"
SEVERAL = 2
BONE_HEALTH_AGE = 50
"""Years from which a broken spine bone is a reason to look at the bones (A-19)."""
_WEAK_BONE = frozenset({Cause.OSTEOPOROSIS, Cause.STEROID, Cause.UNKNOWN, None})
_NOT_RECORDED = N_("not recorded")


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a condition holds for this visit, and why in words for the screen."""

    holds: bool
    because: str


Condition = Callable[[F], Finding]


@dataclass(frozen=True, slots=True)
class When(Generic[F]):
    """A condition of a wording file: a name, or names combined by ``all``, ``any``, ``none``."""

    mode: str
    parts: tuple[str | When[F], ...]

    def find(self, look: Callable[[str], Finding]) -> Finding:
        """Return whether it holds; ``look`` answers for one name."""
        found = [look(part) if isinstance(part, str) else part.find(look) for part in self.parts]
        match self.mode:
            case "any":
                holding = [finding for finding in found if finding.holds]
                return Finding(bool(holding), _because(holding or found))
            case "none":
                holding = [finding for finding in found if finding.holds]
                return Finding(not holding, _because(holding or found))
            case _:
                failing = [finding for finding in found if not finding.holds]
                return Finding(not failing, _because(failing or found))


def _because(findings: Iterable[Finding]) -> str:
    return "; ".join(dict.fromkeys(finding.because for finding in findings))


ALWAYS_WHEN: When[object] = When("all", (ALWAYS,))


def always(_: object) -> Finding:
    """Hold for everybody."""
    return Finding(holds=True, because=translated(N_("always")))


def either(*, holds: bool, yes: str, no: str) -> Finding:
    """Return a finding with the reason that fits."""
    return Finding(holds, translated(yes if holds else no))


def unless_no(answer: str | None, *, no: str, yes: str, absent: str) -> Finding:
    """Return a finding that holds unless the recorded answer is no; unknown says so."""
    if answer is None:
        return Finding(holds=True, because=f"{translated(yes)}: {translated(_NOT_RECORDED)}")
    if answer == "unknown":
        return Finding(holds=True, because=f"{translated(yes)}: {translated(N_('unknown'))}")
    return either(holds=answer != no, yes=yes, no=absent)


def _sedation(facts: AftercareFacts) -> Finding:
    if facts.procedure.sedation is None:
        return Finding(holds=True, because=translated(N_("sedation is not recorded")))
    return either(holds=facts.sedated, yes=N_("sedation was given"), no=N_("local anesthetic only"))


def _opioid(facts: AftercareFacts) -> Finding:
    if facts.opioids:
        return Finding(holds=True, because=", ".join(facts.opioids))
    match facts.opioid:
        case Answer.YES:
            return Finding(holds=True, because=translated(N_("an opioid goes on")))
        case Answer.NO:
            return Finding(holds=False, because=translated(N_("no opioid")))
        case _:
            return Finding(holds=True, because=translated(N_("opioid: not recorded")))


def _blood_thinner(facts: AftercareFacts) -> Finding:
    if facts.thinner_names:
        return Finding(holds=True, because=", ".join(facts.thinner_names))
    return unless_no(
        facts.blood_thinner if facts.safety.blood_thinner else _yes_or_none(facts.blood_thinner),
        no="no",
        yes=N_("blood thinner"),
        absent=N_("no blood thinner"),
    )


def _yes_or_none(answer: Answer) -> str | None:
    return "yes" if answer is Answer.YES else None


def _restart_ordered(facts: AftercareFacts) -> Finding:
    return either(
        holds=facts.restart_ordered,
        yes=N_("restart of the blood thinner is ordered"),
        no=N_("no restart order for the blood thinner"),
    )


def _surely(answer: str | None, *, yes: str, no: str) -> Finding:
    return either(holds=answer not in (None, "unknown", "no", "none"), yes=yes, no=no)


def _diabetes(facts: AftercareFacts) -> Finding:
    return unless_no(facts.safety.diabetes, no="none", yes=N_("diabetes"), absent=N_("no diabetes"))


def _sleep_apnoea(facts: AftercareFacts) -> Finding:
    return unless_no(
        facts.safety.sleep_apnoea, no="none", yes=N_("sleep apnea"), absent=N_("no sleep apnea")
    )


def _brace(facts: AftercareFacts) -> Finding:
    return unless_no(facts.procedure.brace, no="no", yes=N_("brace"), absent=N_("no brace"))


def _cancer(facts: AftercareFacts) -> Finding:
    if TUMOUR_CAUSES.intersection(facts.causes):
        return Finding(holds=True, because=translated(N_("fracture caused by a tumor")))
    if facts.safety.chemotherapy is Answer.YES:
        return Finding(holds=True, because=translated(N_("chemotherapy")))
    return unless_no(facts.safety.cancer, no="no", yes=N_("cancer"), absent=N_("no cancer"))


def _cancer_certain(facts: AftercareFacts) -> Finding:
    certain = (
        bool(TUMOUR_CAUSES.intersection(facts.causes))
        or facts.safety.cancer is Answer.YES
        or facts.safety.chemotherapy is Answer.YES
    )
    return either(holds=certain, yes=N_("cancer"), no=N_("no cancer recorded"))


def _chemotherapy(facts: AftercareFacts) -> Finding:
    return either(
        holds=facts.chemotherapy,
        yes=N_("chemotherapy cannot be ruled out"),
        no=N_("no chemotherapy"),
    )


def _bone_health(facts: AftercareFacts) -> Finding:
    reasons = []
    if Cause.OSTEOPOROSIS in facts.causes:
        reasons.append(N_("osteoporosis"))
    if Cause.STEROID in facts.causes or facts.safety.steroids is Answer.YES:
        reasons.append(N_("steroids"))
    if not reasons and _WEAK_BONE.intersection(facts.causes or (None,)):
        reasons.append(N_("cause of the fracture not known"))
    if facts.age is None or facts.age >= BONE_HEALTH_AGE:
        reasons.append(N_("age 50 or older"))
    if not reasons:
        return Finding(holds=False, because=translated(N_("under 50, another cause")))
    return Finding(holds=True, because=", ".join(translated(reason) for reason in reasons))


def _several_levels(facts: AftercareFacts) -> Finding:
    n = len(facts.done)
    return Finding(n >= SEVERAL, translated(N_("{n} levels treated")).format(n=n))


def _techniques(*wanted: DoneAtLevel) -> Condition[AftercareFacts]:
    def look(facts: AftercareFacts) -> Finding:
        done = {row.done for row in facts.done}
        labels = [translated(row.label) for row in DoneAtLevel if row in done]
        matches = done - {DoneAtLevel.OTHER} == set(wanted)
        return Finding(matches, ", ".join(labels) or translated(_NOT_RECORDED))

    return look


def _other_implant(facts: AftercareFacts) -> Finding:
    return either(
        holds=any(row.done is DoneAtLevel.OTHER for row in facts.done),
        yes=N_("another implant"),
        no=N_("no other implant"),
    )


def _closure(closure: Closure | None) -> Condition[AftercareFacts]:
    def look(facts: AftercareFacts) -> Finding:
        recorded = facts.procedure.closure
        said = translated(recorded.label if recorded else N_("closure is not recorded"))
        return Finding(recorded is closure, said)

    return look


def _nsaid(facts: AftercareFacts) -> Finding:
    return either(
        holds=facts.procedure.nsaid_ordered,
        yes=N_("an anti-inflammatory is ordered"),
        no=N_("no anti-inflammatory ordered"),
    )


def _no_adult_needed(facts: AftercareFacts) -> Finding:
    driver = facts.driver
    return either(
        holds=bool(driver and driver.exempted and driver.exempted_by),
        yes=N_("physician says no adult is needed"),
        no=N_("an adult is needed"),
    )


def _fact(look: Callable[[AftercareFacts], object], yes: str, no: str) -> Condition[AftercareFacts]:
    return lambda facts: either(holds=bool(look(facts)), yes=yes, no=no)


def _text(key: str, yes: str, no: str) -> Condition[AftercareFacts]:
    return _fact(lambda facts: getattr(facts.procedure, key), yes, no)


AFTERCARE_CONDITIONS: Mapping[str, Condition[AftercareFacts]] = {
    ALWAYS: always,
    "sedation": _sedation,
    "no_adult_needed": _no_adult_needed,
    "adult_stays_longer": _fact(
        lambda f: f.clinic.adult_stays_hours != f.clinic.sedation_hours,
        N_("the adult stays for another time"),
        N_("the adult stays as long as the rules last"),
    ),
    "opioid": _opioid,
    "opioid_named": _fact(lambda f: f.opioids, N_("opioid named"), N_("opioid not named")),
    "naloxone": _fact(
        lambda f: f.procedure.naloxone is Answer.YES,
        N_("naloxone is supplied"),
        N_("no naloxone"),
    ),
    "blood_thinner": _blood_thinner,
    "blood_thinner_certain": _fact(
        lambda f: f.blood_thinner is Answer.YES,
        N_("takes a blood thinner"),
        N_("blood thinner not known"),
    ),
    "blood_thinner_ordered": _restart_ordered,
    "diabetes": _diabetes,
    "diabetes_certain": lambda f: _surely(
        f.safety.diabetes, yes=N_("diabetes"), no=N_("diabetes not known")
    ),
    "diabetes_plan": _text("diabetes_plan", N_("diabetes plan"), N_("no diabetes plan")),
    "sleep_apnoea": _sleep_apnoea,
    "sleep_apnoea_certain": lambda f: _surely(
        f.safety.sleep_apnoea, yes=N_("sleep apnea"), no=N_("sleep apnea not known")
    ),
    "sleep_apnoea_plan": _text("sleep_apnoea_plan", N_("sleep plan"), N_("no sleep plan")),
    "brace": _brace,
    "brace_certain": lambda f: _surely(
        f.procedure.brace, yes=N_("brace"), no=N_("brace not known")
    ),
    "brace_when": _text("brace_when", N_("when to wear it"), _NOT_RECORDED),
    "brace_until": _text("brace_until", N_("brace end date"), N_("no end date for the brace")),
    "cancer": _cancer,
    "cancer_certain": _cancer_certain,
    "cancer_plan": _text("cancer_plan", N_("cancer plan"), N_("no cancer plan")),
    "chemotherapy": _chemotherapy,
    "bone_health": _bone_health,
    "bone_referral": _fact(
        lambda f: f.procedure.bone_health_referral is Answer.YES,
        N_("referred for bone health"),
        N_("no bone-health referral"),
    ),
    "bone_health_place": _text(
        "bone_health_place", N_("bone-health visit"), N_("no bone-health visit")
    ),
    "several_levels": _several_levels,
    "sites_known": _fact(lambda f: f.sites, N_("skin nicks counted"), _NOT_RECORDED),
    "vertebroplasty": _techniques(DoneAtLevel.VERTEBROPLASTY),
    "kyphoplasty": _techniques(DoneAtLevel.KYPHOPLASTY),
    "both_techniques": _techniques(DoneAtLevel.VERTEBROPLASTY, DoneAtLevel.KYPHOPLASTY),
    "other_implant": _other_implant,
    "closure_none": _closure(Closure.NONE),
    "closure_strips": _closure(Closure.STRIPS),
    "closure_glue": _closure(Closure.GLUE),
    "closure_dissolving": _closure(Closure.DISSOLVING),
    "closure_stitches": _closure(Closure.STITCHES),
    "closure_not_recorded": _closure(None),
    "stitches_date": _text("stitches_out_on", N_("date for the stitches"), _NOT_RECORDED),
    "nsaid_ordered": _nsaid,
    "pain_medicine": _text(
        "simple_pain_medicine", N_("pain medicine ordered"), N_("no pain medicine ordered")
    ),
    "acetaminophen": _fact(
        lambda f: f.takes_acetaminophen, N_("acetaminophen"), N_("no acetaminophen")
    ),
    "acetaminophen_for_pain": _fact(
        lambda f: f.pain_medicine_is_acetaminophen, N_("acetaminophen"), N_("another medicine")
    ),
    "new_medicines": _fact(lambda f: f.new_medicines, N_("new medicines"), N_("no new medicines")),
    "usual_medicines": _text("usual_medicines", N_("usual medicines"), _NOT_RECORDED),
    "antibiotic": _text("antibiotic", N_("antibiotic"), N_("no antibiotic")),
    "reacts_to_tape": _fact(
        lambda f: f.reacts_to_tape, N_("reacts to tape"), N_("no reaction to tape told")
    ),
    "follow_up": _text("follow_up_at", N_("follow-up visit"), N_("no follow-up visit recorded")),
    "follow_up_place": _text("follow_up_place", N_("place of the follow-up"), _NOT_RECORDED),
    "call_back": _text("call_back_on", N_("day we ring"), N_("no day to ring recorded")),
    "nurse_note": _text("nurse_note", N_("note by the nurse"), N_("no note by the nurse")),
}
"""Conditions of the aftercare sheet."""
