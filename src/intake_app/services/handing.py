"""How things stand with the hand-over of a visit: what keeps it back, and what to know first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intake_app.domain.clinic import Clinic
from intake_app.domain.handing import CopyFor, HandOver, PrintJob, SaidBack, TeachBack, not_out
from intake_app.domain.language import translated
from intake_app.domain.patients import Interpreter, Patient
from intake_app.domain.sheets import StoredSheet
from intake_app.domain.still_true import same_facts
from intake_app.domain.teach_back import Group
from intake_app.domain.validation import Problem
from intake_app.domain.visits import Visit

if TYPE_CHECKING:
    from intake_app.services.sheets import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One group of instructions, and how it was said back; ``row`` is new before anybody asked."""

    group: Group
    row: TeachBack


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """Everything about handing over at one visit, as it stands now."""

    clinic: Clinic
    visit: Visit
    patient: Patient
    sheet: StoredSheet | None
    """The aftercare sheet that was printed last."""
    same: frozenset[str]
    """Ids of the sheets that say the very same, that one included: printed more than once."""
    asked: tuple[Asked, ...]
    """The groups of the sheet in the order in which they are asked."""
    open: HandOver
    """What is noted for the next hand-over; without an id while nothing is noted."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Texts of it that are no values yet."""
    done: tuple[HandOver, ...] = ()
    """The hand-overs there were, latest first."""
    refusals: tuple[Problem, ...] = ()
    """Why a hand-over is not recorded now."""
    remarks: tuple[Problem, ...] = ()
    """What to know first; never a block."""

    @property
    def is_done(self) -> bool:
        """Whether the sheet that was printed last is handed over."""
        last = self.done[0] if self.done else None
        return last is not None and last.sheet_id in self.same


def refusals_of(handing: Handing, jobs: tuple[PrintJob, ...], now: Prepared) -> list[Problem]:
    """Return why no hand-over is recorded."""
    stored = handing.sheet
    if stored is None:
        return [Problem.of("", "not_printed")]
    if handing.is_done:
        return [Problem.of("", "handed_already")]
    found = []
    if stored.specimen and not handing.clinic.demonstration:
        found.append(Problem.of("", "sheet_is_draft"))
    if missing := not_out(jobs):
        found.append(
            Problem.of("", "print_incomplete", copies=listed_words(copy.label for copy in missing))
        )
    if not still_true(stored, now):
        found.append(Problem.of("", "record_changed"))
    if not (handing.open.to_patient or handing.open.to_carer):
        found.append(Problem.of("to_patient", "nobody_given"))
    return found


def still_true(stored: StoredSheet, now: Prepared) -> bool:
    """Return whether a stored sheet says what the record says: in its words, or in its facts."""
    if now.sheet is not None and now.sheet.check_code == stored.check_code:
        return True
    return same_facts(stored.inputs, now.inputs)


def remarks_on(handing: Handing, jobs: tuple[PrintJob, ...]) -> list[Problem]:
    """Return what whoever hands the sheet over should know."""
    found = []

    for code, answer in (("not_asked_yet", None), ("not_able", SaidBack.NOT_ABLE)):
        groups = [each.group.title for each in handing.asked if each.row.said_back is answer]
        if groups:
            found.append(Problem.of("", code, groups=listed_words(groups)))
    wanted = handing.patient.interpreter
    named = handing.open.interpreter.strip()
    if wanted is not None and wanted is not Interpreter.NONE and not named:
        found.append(Problem.of("interpreter", "interpreter_not_named", interpreter=wanted.label))
    if handing.open.to_carer:
        if not handing.open.carer_name.strip():
            found.append(Problem.of("carer_name", "carer_not_named"))
        if jobs and CopyFor.CARER not in {job.copy_for for job in jobs}:
            found.append(Problem.of("to_carer", "carer_without_copy"))
    return found


def listed_words(words: Iterable[str]) -> str:
    """Return words of the program in the user's language, parted by commas."""
    return ", ".join(translated(word) for word in words)
