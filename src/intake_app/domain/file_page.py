"""The page for the clinic's file: what was said back, with whose help, and who got the papers.

It is the clinic's own record, so it is English whatever the patient reads, and no patient gets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.handing import Listener, SaidBack
from intake_app.domain.paper import letterhead
from intake_app.domain.paper_dates import PaperDates
from intake_app.domain.sheets import Block, Lines, Paragraph, Sheet, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from intake_app.domain.clinic import Clinic
    from intake_app.domain.handing import CopyFor, HandOver, TeachBack
    from intake_app.domain.paper_words import PaperWords
    from intake_app.domain.patients import Patient
    from intake_app.domain.sheets import StoredSheet
    from intake_app.domain.teach_back import Group

TITLE = "For the clinic’s file"
_ANSWERS = {
    SaidBack.FIRST: "Said back",
    SaidBack.AGAIN: "Needed repeating",
    SaidBack.NOT_ABLE: "Not able",
    None: "Not asked",
}
_WHO = {Listener.PATIENT: "Patient", Listener.CARER: "Carer", None: ""}
_WIDTHS = (0.26, 0.22, 0.14, 0.38)
_PAIR_WIDTHS = (0.3, 0.7)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What the page for the file tells."""

    clinic: Clinic
    patient: Patient
    sheet: StoredSheet
    """The sheet it belongs to; it bears the same check code."""
    asked: tuple[tuple[Group, TeachBack], ...]
    handed: HandOver
    """The hand-over of that sheet, or what is noted for it."""
    copies: tuple[CopyFor, ...]
    """The copies that came out of a printer that is followed."""
    words: PaperWords

    @property
    def dates(self) -> PaperDates:
        """How the page writes days and times."""
        return PaperDates(self.words, self.clinic)

    def moment(self, at: datetime) -> str:
        """Return a moment in the clinic's zone, with its year."""
        local = at.astimezone(self.clinic.zone)
        return self.words.say(
            "moment", day=self.dates.full(local.date()), clock=self.dates.clock(local)
        )


def file_page(facts: FileFacts) -> Sheet:
    """Return the page, ready to be drawn; its check code is that of the sheet it belongs to."""
    patient, stored = facts.patient, facts.sheet
    born = facts.dates.full(patient.birth_date) if patient.birth_date else ""
    return Sheet(
        kind=stored.kind,
        title=TITLE,
        subtitle=f"File copy of {stored.check_code}, printed {facts.moment(stored.made_at)}",
        clinic_lines=letterhead(facts.clinic),
        patient_name=patient.full_name,
        patient_birth_date=born,
        record_number=patient.record_number,
        blocks=(_taught(facts), _handed(facts), _signature()),
        foot="",
        version_line=f"Belongs to the sheet with check code {stored.check_code}.",
        check_code=stored.check_code,
        words=facts.words.sheet,
        paper=facts.clinic.paper,
        demonstration=facts.clinic.demonstration,
    )


def _taught(facts: FileFacts) -> Block:
    rows = tuple(
        (group.title, _ANSWERS[row.said_back], _WHO[row.listener], _how(facts, row))
        for group, row in facts.asked
    )
    head = ("Instructions", "In own words", "Who", "Asked by, note")
    return _block("TEACH-BACK", "Teach-back", Table(head, rows, _WIDTHS))


def _how(facts: FileFacts, row: TeachBack) -> str:
    if row.said_back is None or row.asked_at is None:
        return row.note
    at = facts.dates.clock(row.asked_at.astimezone(facts.clinic.zone))
    return "; ".join(part for part in (f"{row.asked_by}, {at}", row.note) if part)


def _handed(facts: FileFacts) -> Block:
    handed = facts.handed
    wanted = facts.patient.interpreter
    given = [
        part
        for part in (
            "the patient" if handed.to_patient else "",
            f"the carer, {handed.carer_name}".rstrip(", ") if handed.to_carer else "",
        )
        if part
    ]
    when = (
        f"{handed.handed_by}, {facts.moment(handed.handed_at)}"
        if handed.handed_at is not None
        else "Not yet"
    )
    rows = (
        ("Spoken in", handed.language or "Not recorded"),
        ("Interpreter wanted", wanted.label if wanted is not None else "Not recorded"),
        ("Interpreter", handed.interpreter or "None named"),
        ("Copies printed", _listed([copy.label for copy in facts.copies]) or "Not followed"),
        ("Given to", _listed(given) or "Nobody yet"),
        ("Handed over", when),
    )
    return _block("HANDED-OVER", "Handed over", Table(("What", "How"), rows, _PAIR_WIDTHS))


def _signature() -> Block:
    note = Paragraph("The patient was asked to say each part in their own words.")
    return _block("SIGNATURE", "Signature", note, Lines(("Nurse", "Date, time")))


def _block(handle: str, title: str, *elements: Paragraph | Table | Lines) -> Block:
    return Block(id=handle, title=title, elements=elements, reason="")


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)
