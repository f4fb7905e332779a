"""What one rule found, and the sources the rules stand on (clinical.md section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from intake_app.domain.fractures import planned
from intake_app.domain.language import N_, translated
from intake_app.domain.pain import PainFunction
from intake_app.domain.safety import SafetyFacts
from intake_app.domain.values import Answer, PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.fractures import Fracture
    from intake_app.domain.imaging import Imaging
    from intake_app.domain.patients import Patient
    from intake_app.domain.visits import ResponsibleAdult, Visit

GK = "GK"
"""Short name of general knowledge: such a rule is off until the clinic switches it on."""

SOURCES: dict[str, str] = {
    "LCD": N_("Medicare coverage texts on vertebral augmentation (L34228, L34106 and others)"),
    "OPENRAD": N_("OpenRadiology survey, indications for vertebroplasty"),
    "SIR19": N_("SIR consensus guidelines 2019, J Vasc Interv Radiol 30:1168-1184"),
    "KAVIAR": N_("Randomised trial of balloon kyphoplasty and vertebroplasty, 1 to 3 levels"),
    "ZIDAN": N_("Series of 40 patients with 4 to 6 levels in one session"),
    "NGS-RTC": N_("Answers of one Medicare contractor to comments, article A58534"),
    "RAND18": N_("RAND care pathway for vertebral fragility fractures, 2018"),
    "CFR416": N_("US rule for surgery centers, 42 CFR 416.52"),
    "KAISER": N_("Kaiser Permanente, fasting before a procedure"),
    "CHEYENNE": N_("Cheyenne Regional, vertebroplasty patient education"),
    "VP-IMG": N_("Review of imaging before vertebroplasty"),
    "CLINIC": N_("the clinic’s own setting"),
    GK: N_("general knowledge that no stored source confirms yet"),
}
"""Short name → what it is."""


_NOTHING_ANSWERED = SafetyFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagFacts:
    """Everything the rules look at, for one visit."""

    patient: Patient
    visit: Visit
    clinic: Clinic
    today: date
    now: datetime
    fractures: tuple[Fracture, ...] = ()
    driver: ResponsibleAdult | None = None
    imaging: Imaging | None = None
    pain: PainFunction | None = None
    safety: SafetyFacts = _NOTHING_ANSWERED

    @property
    def day(self) -> date:
        """The day ages are counted to: that of the visit, or today."""
        return self.visit.day or self.today

    @property
    def planned(self) -> tuple[Fracture, ...]:
        """The fractures planned to treat."""
        return planned(self.fractures)

    @property
    def pain_scores(self) -> tuple[tuple[str, int], ...]:
        """Each recorded pain score (F-60) with its label."""
        pain = self.pain or PainFunction(id="", visit_id="")
        given = (
            (translated(N_("Pain now")), pain.pain_now),
            (translated(N_("Worst pain in 24 hours")), pain.pain_worst),
            (translated(N_("Pain on standing or turning")), pain.pain_moving),
        )
        return tuple((label, score) for label, score in given if score is not None)


class Finding(NamedTuple):
    """One piece of recorded data that a rule matched, with its sources."""

    data: str
    sources: tuple[str, ...]
    note: str = ""
    """What to do with it, in our words: never more than telling the physician."""

    @property
    def confirmed(self) -> bool:
        """Whether a stored source confirms the rule this matched."""
        return GK not in self.sources


if TYPE_CHECKING:
    Rule = Callable[[FlagFacts], Iterable[Finding]]


def said(label: str, value: object) -> str:
    """Return "label: value", both in the user's language."""
    return f"{translated(label).rstrip(':?')}: {translated(str(value))}"


def answered(label: str, answer: Answer | None) -> str | None:
    """Return the data text of a yes or an unknown; unknown is never treated as no."""
    if answer in (Answer.YES, Answer.UNKNOWN):
        return said(label, answer.label)
    return None


def level_said(row: Fracture, label: str, value: object) -> str:
    """Return "T12, label: value"."""
    return f"{translated(row.level.label)}, {said(label, value)}"


def day_words(day: date) -> str:
    """Return a day with the month as a word."""
    return PartialDate.on(day).words
