"""What an aftercare sheet is composed from, and what follows from it without any wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from intake_app.domain.fractures import FractureStatus
from intake_app.domain.paper_dates import PaperDates
from intake_app.domain.paper_words import WORDLESS, PaperWords
from intake_app.domain.patients import age_on
from intake_app.domain.procedures import DoneAtLevel, Sedation, levels_treated
from intake_app.domain.spine import UNKNOWN, in_order
from intake_app.domain.values import Answer

if TYPE_CHECKING:
    from intake_app.domain.clinic import Clinic
    from intake_app.domain.fractures import Cause, Fracture
    from intake_app.domain.pain import PainMedicine
    from intake_app.domain.patients import Patient
    from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
    from intake_app.domain.safety import SafetyFacts
    from intake_app.domain.visits import ResponsibleAdult, Visit

ORDERED_LIMITS: tuple[str, ...] = (
    "lifting_limit",
    "lifting_until",
    "no_driving_hours",
    "shower_after_hours",
    "bath_after_days",
    "dressing_off_hours",
)
"""F-128: fields of the procedure record that may replace a limit of the clinic."""
_ACETAMINOPHEN = re.compile(r"acetaminophen|paracetamol|tylenol|panadol", re.IGNORECASE)
_ADHESIVE = re.compile(r"adhesive|tape|plaster|band-?aid", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AftercareFacts:
    """Everything that can change an aftercare sheet."""

    patient: Patient
    visit: Visit
    clinic: Clinic
    procedure: ProcedureRecord
    safety: SafetyFacts
    nurse: str
    """Name of the nurse who hands the sheet out."""
    now: datetime
    fractures: tuple[Fracture, ...] = ()
    treated: tuple[TreatedLevel, ...] = ()
    new_medicines: tuple[NewMedicine, ...] = ()
    pain_medicines: tuple[PainMedicine, ...] = ()
    driver: ResponsibleAdult | None = None
    words: PaperWords = WORDLESS
    """The program's own words in the language of the paper."""

    @property
    def dates(self) -> PaperDates:
        """How the paper writes days and times."""
        return PaperDates(self.words, self.clinic)

    @property
    def done(self) -> tuple[TreatedLevel, ...]:
        """The levels where something was done."""
        return levels_treated(self.treated)

    @property
    def levels(self) -> tuple[str, ...]:
        """Names of the treated levels from the head down, each once; unknown ones left out."""
        return in_order({row.level.value for row in self.done} - {UNKNOWN})

    def levels_with(self, done: DoneAtLevel) -> tuple[str, ...]:
        """Return the treated levels where ``done`` was done."""
        return in_order({r.level.value for r in self.done if r.done is done} - {UNKNOWN})

    @property
    def sites(self) -> int | None:
        """How many skin nicks there are; ``None`` while one level's number is not recorded."""
        numbers = [row.punctures for row in self.done]
        known = [number for number in numbers if number]
        return sum(known) if known and len(known) == len(numbers) else None

    @property
    def sedated(self) -> bool:
        """Whether the rules for after sedation hold; not recorded counts as given."""
        return self.procedure.sedation is not Sedation.NONE

    @property
    def ended(self) -> datetime:
        """The moment from which limits count; the moment of composing when nothing is stamped."""
        return self.procedure.ended_at or self.procedure.started_at or self.now

    @property
    def last_sedative(self) -> datetime:
        """The moment from which the rules for after sedation count."""
        return self.procedure.last_sedative_at or self.ended

    @property
    def day(self) -> date:
        """The day of the procedure by the clinic's calendar."""
        stamped = self.procedure.started_at or self.procedure.ended_at
        if stamped:
            return stamped.astimezone(self.clinic.zone).date()
        return self.visit.day or self.now.astimezone(self.clinic.zone).date()

    @property
    def age(self) -> int | None:
        """Completed years on the day of the procedure."""
        return age_on(self.patient.birth_date, self.day) if self.patient.birth_date else None

    @property
    def causes(self) -> tuple[Cause | None, ...]:
        """Cause of each fracture that was treated or planned; ``None`` where not recorded."""
        treated = set(self.levels)
        return tuple(
            row.cause
            for row in self.fractures
            if row.level.value in treated or row.status is FractureStatus.PLANNED
        )

    @property
    def opioids(self) -> tuple[str, ...]:
        """Names of the opioids prescribed, or taken before and continued."""
        new = [row.name for row in self.new_medicines if row.opioid is Answer.YES]
        if self.procedure.opioid_continued is Answer.NO:
            return tuple(dict.fromkeys(new))
        before = [row.name for row in self.pain_medicines if row.opioid is Answer.YES]
        return tuple(dict.fromkeys((*new, *before)))

    @property
    def opioid(self) -> Answer:
        """Whether an opioid is prescribed or continued; not recorded is unknown, never no."""
        if self.opioids or self.procedure.opioid_continued is Answer.YES:
            return Answer.YES
        answers = [self.procedure.opioid_continued, *(row.opioid for row in self.new_medicines)]
        return Answer.NO if all(a is Answer.NO for a in answers) else Answer.UNKNOWN

    @property
    def blood_thinner(self) -> Answer:
        """Whether a blood thinner is taken; never asked is unknown, a named drug is yes."""
        if self.safety.blood_thinners or self.procedure.blood_thinner_restart:
            return Answer.YES
        return self.safety.blood_thinner or Answer.UNKNOWN

    @property
    def thinner_names(self) -> tuple[str, ...]:
        """Names of the blood thinners as they were told."""
        return tuple(drug.name for drug in self.safety.blood_thinners if drug.name)

    @property
    def restart_ordered(self) -> bool:
        """Whether the restart is an order: drug, first dose and who ordered it."""
        record = self.procedure
        return bool(
            record.blood_thinner_restart
            and record.blood_thinner_restart_at
            and record.blood_thinner_ordered_by
        )

    @property
    def takes_acetaminophen(self) -> bool:
        """Whether acetaminophen is among the medicines ordered for home."""
        ordered = (self.procedure.simple_pain_medicine, *(m.name for m in self.new_medicines))
        return any(_ACETAMINOPHEN.search(text) for text in ordered)

    @property
    def pain_medicine_is_acetaminophen(self) -> bool:
        """Whether the pain medicine ordered for home is acetaminophen."""
        return bool(_ACETAMINOPHEN.search(self.procedure.simple_pain_medicine))

    @property
    def reacts_to_tape(self) -> bool:
        """Whether an allergy to dressings or tape was told."""
        return any(_ADHESIVE.search(allergy.substance) for allergy in self.safety.allergies)

    @property
    def chemotherapy(self) -> bool:
        """Whether the stricter fever rule holds: chemotherapy, or nobody knows that there is none.

        Somebody without cancer is not asked about chemotherapy.
        """
        if self.safety.chemotherapy is not None:
            return self.safety.chemotherapy is not Answer.NO
        return self.safety.cancer is not Answer.NO

    @property
    def limits_changed(self) -> bool:
        """Whether the record holds a limit other than the clinic's."""
        return any(getattr(self.procedure, key) is not None for key in ORDERED_LIMITS)
