"""Rules of the flag list (clinical.md 1.9) that look at patient, fractures, imaging and visit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from intake_app.domain.estimate import MOST_LEVELS_WITHOUT_NOTE
from intake_app.domain.flag_findings import GK, Finding, answered, level_said, said
from intake_app.domain.fractures import (
    TUMOUR_CAUSES,
    Cause,
    Genant,
    Oedema,
    PosteriorWall,
    Shape,
    Trigger,
)
from intake_app.domain.imaging import LevelMatch, MriDone, OtherImaging
from intake_app.domain.language import N_, translated
from intake_app.domain.pain import PainCourse
from intake_app.domain.patients import ADULT, Sex, age_on
from intake_app.domain.spine import Level, Region, region_of, write_levels
from intake_app.domain.values import Answer
from intake_app.domain.visits import Technique

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.flag_findings import FlagFacts

TELL_NOW = N_("Tell the physician now; do not wait for the estimate.")
TELL_DEXA = N_("Tell the physician: DEXA measures density, it does not show how old a fracture is.")

_LITTLE_PAIN = 5
"""NRS; the Medicare texts ask for 5 or more outside hospital (F-60)."""
_CHRONIC = timedelta(weeks=12)
_DEEP_COLLAPSE = 70
"""Percent of height lost (F-34)."""
_YOUNG = 50
"""Years; below it a weak bone is unusual (clinical.md 3.4 starts bone health at 50)."""
_WEAK_BONE = -2.5
"""T-score (F-54)."""
_REASONS_FOR_WEAK_BONE = TUMOUR_CAUSES | {Cause.OSTEOPOROSIS, Cause.STEROID}
_NO_REASON = frozenset({Cause.UNKNOWN, Cause.OTHER})
_HIGH_ENERGY = frozenset({Trigger.ROAD_CRASH, Trigger.FALL_HEIGHT})
_RARE_LEVELS = frozenset({Level.T1, Level.T2, Level.T3, Level.T4})
_CROSS_SECTIONS = frozenset({OtherImaging.CT, OtherImaging.BONE_SCAN, OtherImaging.SPECT_CT})


def pain_from_elsewhere(facts: FlagFacts) -> Iterable[Finding]:
    """C-01: the pain is not mainly from the named fracture, or there is none."""
    if facts.imaging and facts.imaging.level_match is LevelMatch.NO:
        yield Finding(said(N_("Tender level is the imaged level"), LevelMatch.NO.label), ("LCD",))
    scores = facts.pain_scores
    if scores and all(score == 0 for _, score in scores):
        yield Finding("; ".join(said(label, score) for label, score in scores), ("LCD",))


def improving(facts: FlagFacts) -> Iterable[Finding]:
    """C-04: clearly better on medical treatment."""
    if not facts.pain or facts.pain.course is not PainCourse.BETTER or not facts.pain_scores:
        return
    now = facts.pain.pain_now
    label, score = (
        facts.pain_scores[0] if now is not None else max(facts.pain_scores, key=lambda s: s[1])
    )
    if score < _LITTLE_PAIN:
        yield Finding(
            f"{said(N_('Pain is'), PainCourse.BETTER.label)}; {said(label, score)}", ("LCD",)
        )


def no_fracture_yet(facts: FlagFacts) -> Iterable[Finding]:
    """C-05: prevention only, no fracture yet."""
    procedure = facts.visit.planned_procedure
    if not facts.planned and procedure not in (None, Technique.UNDECIDED):
        assert procedure is not None
        planned_text = said(N_("Planned procedure"), procedure.label)
        yield Finding(f"{planned_text}; {translated(N_('no fracture planned to treat'))}", (GK,))
    for row in facts.planned:
        if row.severity is Genant.G0 and row.oedema is Oedema.NO:
            oedema = said(N_("Marrow oedema at this level"), Oedema.NO.label)
            yield Finding(
                f"{level_said(row, N_('Genant grade, from the report'), row.severity.label)}; "
                f"{oedema}",
                (GK,),
            )


def many_levels(facts: FlagFacts) -> Iterable[Finding]:
    """C-11: more than three levels in one session."""
    count = len(
        {(row.level, row.id if row.level is Level.UNKNOWN else "") for row in facts.planned}
    )
    if count > MOST_LEVELS_WITHOUT_NOTE:
        levels = write_levels(row.level for row in facts.planned)
        data = said(N_("Fractures planned to treat"), count)
        yield Finding(f"{data} ({levels})" if levels else data, ("LCD", "KAVIAR", "ZIDAN"))


def leg_signs(facts: FlagFacts) -> Iterable[Finding]:
    """C-12: a deficit, or nerve-root pain beyond the back pain."""
    if facts.pain:
        for label, answer in (
            (N_("New weakness in a leg"), facts.pain.leg_weakness),
            (N_("New numbness in a leg"), facts.pain.leg_numbness),
            (N_("Numb between the legs"), facts.pain.saddle_numbness),
            (N_("Bladder or bowel change"), facts.pain.bladder_bowel),
        ):
            if data := answered(label, answer):
                yield Finding(data, ("LCD",), TELL_NOW if answer is Answer.YES else "")
    label = N_("Leg or nerve pain worse than the back pain")
    if data := answered(label, facts.safety.nerve_root_pain):
        yield Finding(data, ("LCD",))


def cord_signs(facts: FlagFacts) -> Iterable[Finding]:
    """C-07: cord compression signs."""
    label = N_("Cord compression signs noted by the physician")
    if data := answered(label, facts.safety.cord_signs):
        yield Finding(data, ("LCD",))
    if facts.pain:
        for label, answer in (
            (N_("Numb between the legs"), facts.pain.saddle_numbness),
            (N_("Bladder or bowel change"), facts.pain.bladder_bowel),
        ):
            if data := answered(label, answer):
                yield Finding(data, ("LCD",), TELL_NOW if answer is Answer.YES else "")


def broken_wall(facts: FlagFacts) -> Iterable[Finding]:
    """C-13: the posterior wall is broken, or a fragment stands in the canal."""
    for row in facts.planned:
        if row.posterior_wall is PosteriorWall.YES:
            text = level_said(row, N_("Posterior wall broken"), PosteriorWall.YES.label)
            yield Finding(text, ("LCD",))


def unstable(facts: FlagFacts) -> Iterable[Finding]:
    """C-15: called unstable in the report; burst and split patterns are general knowledge."""
    if data := answered(N_("Called unstable in the report"), facts.safety.unstable):
        yield Finding(data, ("LCD",))
    for row in facts.planned:
        if row.shape in (Shape.BURST, Shape.SPLIT):
            yield Finding(level_said(row, N_("Shape"), row.shape.label), (GK,))


def deep_collapse(facts: FlagFacts) -> Iterable[Finding]:
    """C-17: more than 70 % of the height lost."""
    for row in facts.planned:
        if row.height_loss is not None and row.height_loss > _DEEP_COLLAPSE:
            yield Finding(level_said(row, N_("Height loss"), f"{row.height_loss} %"), (GK,))


def old_fracture(facts: FlagFacts) -> Iterable[Finding]:
    """C-18: older than 12 weeks, or nobody knows; a date that may be older counts as older."""
    for row in facts.planned:
        label = N_("When it broke")
        if row.happened is None:
            yield Finding(level_said(row, label, N_("not recorded")), ("NGS-RTC",))
        elif facts.day - row.happened.earliest > _CHRONIC:
            yield Finding(level_said(row, label, row.happened.words), ("NGS-RTC",))


def outside_the_pathway(facts: FlagFacts) -> Iterable[Finding]:
    """C-19: under 18, or a high-energy injury; a young adult is general knowledge."""
    if facts.patient.birth_date and facts.patient.birth_date <= facts.day:
        age = age_on(facts.patient.birth_date, facts.day)
        if age < _YOUNG:
            yield Finding(said(N_("Age"), age), ("RAND18",) if age < ADULT else (GK,))
    for row in facts.planned:
        if row.cause is Cause.TRAUMA:
            yield Finding(level_said(row, N_("Cause"), Cause.TRAUMA.label), ("RAND18",))
        if row.trigger in _HIGH_ENERGY:
            assert row.trigger is not None
            yield Finding(level_said(row, N_("What happened"), row.trigger.label), ("RAND18",))


def unusual_level(facts: FlagFacts) -> Iterable[Finding]:
    """C-20: outside T1 to L5, or T1 to T4. A level nobody knows may be one of them."""
    for row in facts.planned:
        region = region_of(row.level)
        outside = row.level is Level.TRANSITIONAL or region not in (
            Region.THORACIC,
            Region.LUMBAR,
        )
        if outside or row.level in _RARE_LEVELS:
            yield Finding(said(N_("Level"), row.level.label), ("NGS-RTC", "LCD"))


def no_cross_section(facts: FlagFacts) -> Iterable[Finding]:
    """C-21: neither MRI nor CT nor bone scan. DEXA alone has its own note (D-1)."""
    imaging = facts.imaging
    if imaging is None or imaging.mri is MriDone.YES or _CROSS_SECTIONS & set(imaging.other):
        return
    only_dexa = set(imaging.other) == {OtherImaging.DEXA}
    if imaging.mri is None and not only_dexa:
        return
    mri = imaging.mri.label if imaging.mri else N_("not recorded")
    others = ", ".join(translated(other.label) for other in imaging.other)
    other = others or translated(N_("none recorded"))
    data = f"{said(N_('MRI'), mri)}; {translated(N_('Other imaging'))}: {other}"
    yield Finding(
        data, ("LCD", "RAND18") if only_dexa else ("LCD",), TELL_DEXA if only_dexa else ""
    )


def nobody_to_take_home(facts: FlagFacts) -> Iterable[Finding]:
    """C-22: sedation is planned and no responsible adult is sure to come."""
    sedation = answered(N_("Sedation planned"), facts.visit.planned_sedation)
    driver = facts.driver
    exempted = driver is not None and driver.exempted and driver.exempted_by
    if not sedation or exempted:
        return
    if driver is None or not driver.name:
        who = said(N_("Driver or responsible adult"), N_("not recorded"))
    elif driver.will_take_home is not Answer.YES:
        taken = driver.will_take_home.label if driver.will_take_home else N_("not recorded")
        who = said(N_("Will take the patient home"), taken)
    else:
        return
    yield Finding(f"{sedation}; {who}", ("CFR416",))


def no_reason_for_weak_bone(facts: FlagFacts) -> Iterable[Finding]:
    """C-25: a man, or no reason for weak bone, and no search for a tumour stated."""
    rows = facts.planned
    causes = {row.cause for row in rows}
    if not rows or facts.safety.tumour_work_up or causes & TUMOUR_CAUSES:
        return
    stated = said(N_("Search for a tumor"), N_("not stated"))
    if facts.patient.sex is Sex.MALE:
        yield Finding(f"{said(N_('Sex at birth'), Sex.MALE.label)}; {stated}", ("VP-IMG",))
    t_score = facts.imaging.dexa_t_score if facts.imaging else None
    weak = t_score is not None and t_score <= _WEAK_BONE
    reason = weak or causes & _REASONS_FOR_WEAK_BONE or facts.safety.steroids is Answer.YES
    if not reason and causes & _NO_REASON:
        named = "; ".join(
            level_said(row, N_("Cause"), row.cause.label) for row in rows if row.cause in _NO_REASON
        )
        yield Finding(f"{named}; {stated}", ("VP-IMG",))
