"""What a history calls each record, each deed, and each field that no form asks."""

from __future__ import annotations

from intake_app.domain.audit import Deed
from intake_app.domain.fields import Field, Kind, Record
from intake_app.domain.flags import FlagAcknowledgement
from intake_app.domain.fractures import Fracture
from intake_app.domain.handing import HandOver, PrintJob, TeachBack
from intake_app.domain.imaging import Imaging
from intake_app.domain.language import N_
from intake_app.domain.matching_decisions import DifferentPeople
from intake_app.domain.nurse_questions import NurseQuestion
from intake_app.domain.pain import PainFunction, PainMedicine
from intake_app.domain.patients import EmergencyContact, Identifier, Insurance, Patient
from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.questionnaires import SafetyAnswers
from intake_app.domain.sheets import StoredSheet
from intake_app.domain.told import VisitNumber
from intake_app.domain.visits import ResponsibleAdult, Visit

PARTS: dict[type[Record], str] = {
    Patient: N_("Identity"),
    Identifier: N_("Numbers of other systems"),
    EmergencyContact: N_("Emergency contact"),
    Insurance: N_("Insurance"),
    ResponsibleAdult: N_("Driver"),
    Fracture: N_("Fractures"),
    Imaging: N_("Imaging"),
    PainFunction: N_("Pain"),
    PainMedicine: N_("Pain medicines"),
    SafetyAnswers: N_("Safety questions"),
    Visit: N_("Appointment"),
    ProcedureRecord: N_("Procedure record"),
    TreatedLevel: N_("Levels treated"),
    NewMedicine: N_("New medicines"),
    StoredSheet: N_("Papers"),
    PrintJob: N_("Prints"),
    TeachBack: N_("Said back"),
    HandOver: N_("Hand-over"),
    FlagAcknowledgement: N_("Ask the physician"),
    NurseQuestion: N_("Ask the nurse"),
    VisitNumber: N_("Numbers of other systems"),
    DifferentPeople: N_("Other people"),
}
"""What each sort of record is called; also the order in which they are offered."""
BY_TABLE = {record_type.FORM: record_type for record_type in PARTS}
"""Record class of each table."""
ROW_NAMES: dict[type[Record], str] = {
    Fracture: N_("Fracture {name}"),
    TreatedLevel: N_("Level {name}"),
    PainMedicine: N_("Medicine {name}"),
    NewMedicine: N_("New medicine {name}"),
}
"""How a row of a list is called by its level or name."""
DEEDS: dict[Deed, str] = {
    Deed.CREATED: N_("Added"),
    Deed.CHANGED: N_("Changed"),
    Deed.REMOVED: N_("Removed"),
    Deed.VIEWED: N_("Looked at"),
    Deed.PRINTED: N_("Printed"),
    Deed.COPIED: N_("Copy printed"),
    Deed.HANDED_OVER: N_("Handed over"),
    Deed.TAKEN_BACK: N_("Hand-over taken back"),
    Deed.MOVED: N_("Moved on"),
    Deed.ACKNOWLEDGED: N_("The physician was told"),
    Deed.BACKED_UP: N_("Backup made"),
    Deed.MERGED: N_("Merged"),
    Deed.SEPARATED: N_("Taken apart"),
    Deed.IMPORTED: N_("Came from a file"),
    Deed.EXPORTED: N_("Written into a file"),
}
"""What was done, where no field says more."""
UNDECLARED: dict[str, Field] = {
    field.key: field
    for field in (
        Field(key="confirmed_by", label=N_("Confirmed by"), kind=Kind.TEXT),
        Field(key="identity_checked_by", label=N_("Identity checked by"), kind=Kind.TEXT),
        Field(key="identity_checked_at", label=N_("Identity checked at"), kind=Kind.DATE_TIME),
        Field(key="note", label=N_("Question"), kind=Kind.TEXT),
        Field(key="answer", label=N_("Answer"), kind=Kind.TEXT),
        Field(key="answered_by", label=N_("Answered by"), kind=Kind.TEXT),
        Field(key="asked_by", label=N_("Asked by"), kind=Kind.TEXT),
        Field(key="asked_at", label=N_("Asked at"), kind=Kind.DATE_TIME),
        Field(key="handed_by", label=N_("Handed over by"), kind=Kind.TEXT),
        Field(key="handed_at", label=N_("Handed over at"), kind=Kind.DATE_TIME),
        Field(key="state", label=N_("Step of the visit"), kind=Kind.TEXT),
    )
}
"""What the trail keeps although no form asks it."""
SINGLES = frozenset(PARTS) - {Patient, Visit, Identifier, DifferentPeople, *ROW_NAMES}
"""Records that come with every patient or visit: that they were made says nothing."""
