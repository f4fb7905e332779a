"""The closed lists of wording in words: when a text prints, and what a placeholder stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from intake_app.domain.conditions import ALWAYS, When
from intake_app.domain.language import N_, translated
from intake_app.domain.placeholder_words import BEFORE_WORDS, PLACEHOLDER_WORDS
from intake_app.domain.sheets import LETTERS, SheetKind
from intake_app.domain.vocabulary import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable

Pairs = tuple[tuple[str, str], ...]

_AFTERCARE: Mapping[str, str] = {
    ALWAYS: N_("always"),
    "sedation": N_("sedation was given (or not recorded)"),
    "no_adult_needed": N_("a physician said that no adult is needed"),
    "adult_stays_longer": N_("the adult stays for another time than the sedation rules last"),
    "opioid": N_("an opioid is taken (or not recorded)"),
    "opioid_named": N_("the opioid is named"),
    "naloxone": N_("naloxone was supplied"),
    "blood_thinner": N_("a blood thinner is taken (or not asked)"),
    "blood_thinner_certain": N_("a blood thinner is taken for certain"),
    "blood_thinner_ordered": N_("restarting the blood thinner is ordered"),
    "diabetes": N_("diabetes (or not asked)"),
    "diabetes_certain": N_("diabetes for certain"),
    "diabetes_plan": N_("a plan for diabetes is recorded"),
    "sleep_apnoea": N_("sleep apnea (or not asked)"),
    "sleep_apnoea_certain": N_("sleep apnea for certain"),
    "sleep_apnoea_plan": N_("a plan for sleep apnea is recorded"),
    "brace": N_("a brace is worn (or not recorded)"),
    "brace_certain": N_("a brace is worn for certain"),
    "brace_when": N_("when to wear the brace is recorded"),
    "brace_until": N_("the last day of the brace is recorded"),
    "cancer": N_("cancer (or not asked)"),
    "cancer_certain": N_("cancer for certain"),
    "cancer_plan": N_("a plan for cancer care is recorded"),
    "chemotherapy": N_("chemotherapy (or nobody knows that there is none)"),
    "bone_health": N_("age 50 or older, osteoporosis, steroids, or the cause is not known"),
    "bone_referral": N_("the patient was referred for bone health"),
    "bone_health_place": N_("the bone-health visit is recorded"),
    "several_levels": N_("more than one bone was treated"),
    "sites_known": N_("the skin nicks are counted for every bone"),
    "vertebroplasty": N_("vertebroplasty alone was done"),
    "kyphoplasty": N_("balloon kyphoplasty alone was done"),
    "both_techniques": N_("vertebroplasty and balloon kyphoplasty were done"),
    "other_implant": N_("another implant was used"),
    "closure_none": N_("the skin was not closed: a nick only"),
    "closure_strips": N_("paper strips close the skin"),
    "closure_glue": N_("glue closes the skin"),
    "closure_dissolving": N_("stitches that dissolve close the skin"),
    "closure_stitches": N_("stitches that must come out close the skin"),
    "closure_not_recorded": N_("how the skin was closed is not recorded"),
    "stitches_date": N_("the day the stitches come out is recorded"),
    "nsaid_ordered": N_("a physician ordered an anti-inflammatory"),
    "pain_medicine": N_("a pain medicine for home is ordered"),
    "acetaminophen": N_("acetaminophen is among the medicines for home"),
    "acetaminophen_for_pain": N_("the pain medicine for home is acetaminophen"),
    "new_medicines": N_("there are new medicines"),
    "usual_medicines": N_("what to restart of the usual medicines is recorded"),
    "antibiotic": N_("an antibiotic is prescribed"),
    "reacts_to_tape": N_("a reaction to tape or plaster was told"),
    "follow_up": N_("the follow-up visit is recorded"),
    "follow_up_place": N_("the place of the follow-up visit is recorded"),
    "call_back": N_("the day the clinic calls is recorded"),
    "nurse_note": N_("the nurse wrote a note for the sheet"),
}
_BEFORE: Mapping[str, str] = {
    ALWAYS: N_("always"),
    "sedation": N_("sedation is planned (or not recorded)"),
    "vertebroplasty": N_("vertebroplasty is planned"),
    "kyphoplasty": N_("balloon kyphoplasty is planned"),
    "both_techniques": N_("vertebroplasty and balloon kyphoplasty are planned"),
    "technique_open": N_("the procedure is not settled"),
    "several_levels": N_("more than one fracture is planned"),
    "counts_from_arrival": N_("the clinic counts the visit from arrival"),
    "fasting_food": N_("the clinic has a rule for food"),
    "fasting_fluid": N_("the clinic has a rule for drinks"),
    "preparation_note": N_("the clinic has a text of its own"),
    "visit_note": N_("there is a note for this patient"),
    "no_adult_needed": N_("a physician said that no adult is needed"),
    "driver_known": N_("the driver is named"),
    "adult_stays": N_("the clinic says for how long an adult stays"),
    "directions": N_("the clinic says where the driver comes"),
}
_LETTER: Mapping[str, str] = {
    "to_practice": N_("the practice written to is known"),
    "to_phone": N_("their phone is known"),
    "to_fax": N_("their fax is known"),
    "operator": N_("the operator is recorded"),
    "sedation_recorded": N_("sedation is recorded"),
    "closure_recorded": N_("how the skin was closed is recorded"),
    "events": N_("something happened during the procedure"),
    "no_events": N_("it is recorded that nothing happened during the procedure"),
    "pain_recorded": N_("pain before the procedure is recorded"),
    "dexa": N_("a T-score is recorded"),
    "dexa_dated": N_("the day of the bone density test is recorded"),
    "steroids": N_("steroids are taken"),
}


def condition_words(kind: SheetKind) -> Pairs:
    """Return every condition that the wording of a paper may use, in words, in a fixed order."""
    words = _conditions(kind)
    names = names_of(kind)[0]
    ordered = [name for name in words if name in names]
    rest = sorted(names - set(ordered))
    return tuple((name, translated(words.get(name, _plain(name)))) for name in (*ordered, *rest))


def placeholder_words(kind: SheetKind) -> Pairs:
    """Return everything that the program can fill into a paper, in words, in a fixed order."""
    before = kind is not SheetKind.AFTERCARE and kind not in LETTERS
    words = {**PLACEHOLDER_WORDS, **BEFORE_WORDS} if before else PLACEHOLDER_WORDS
    names = names_of(kind)[1]
    ordered = [name for name in words if name in names]
    rest = sorted(names - set(ordered))
    return tuple((name, translated(words.get(name, _plain(name)))) for name in (*ordered, *rest))


def when_words(when: When[object], kind: SheetKind | None = None) -> str:
    """Return a condition as one phrase: "sedation was given, and (not: a brace is worn)".

    Without a kind of paper the words are those of the aftercare sheet, where it has them.
    """
    words = _conditions(kind)
    said = [
        translated(words.get(part, _plain(part))) if isinstance(part, str) else _inner(part, kind)
        for part in when.parts
    ]
    match when.mode:
        case "none":
            return _not(said)
        case "any":
            return _joined(said, N_("{first}, or {last}"))
        case _:
            return _joined(said, N_("{first}, and {last}"))


def _inner(when: When[object], kind: SheetKind | None) -> str:
    said = when_words(when, kind)
    return f"({said})" if when.mode != "all" and len(when.parts) > 1 else said


def _not(said: Iterable[str]) -> str:
    either = _joined(list(said), N_("{first}, or {last}"))
    return translated(N_("not: {what}")).format(what=either)


def _joined(said: list[str], template: str) -> str:
    whole = said[0] if said else ""
    for part in said[1:]:
        whole = translated(template).format(first=whole, last=part)
    return whole


def _conditions(kind: SheetKind | None) -> Mapping[str, str]:
    if kind is None:
        return {**_BEFORE, **_LETTER, **_AFTERCARE}
    if kind is SheetKind.AFTERCARE:
        return _AFTERCARE
    return {**_AFTERCARE, **_LETTER} if kind in LETTERS else _BEFORE


def _plain(name: str) -> str:
    return name.replace("_", " ")
