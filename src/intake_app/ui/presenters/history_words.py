"""The trail in words: when, who, where, what, from, to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from typing import TYPE_CHECKING

from intake_app.domain.audit import Deed, Entry, FieldChange
from intake_app.domain.fields import Field, Kind, Record, fields_of, object_name
from intake_app.domain.handing import TeachBack
from intake_app.domain.language import N_, translated
from intake_app.domain.matching_decisions import DifferentPeople
from intake_app.domain.nurse_questions import NurseQuestion
from intake_app.domain.patients import Patient
from intake_app.domain.questionnaires import SafetyAnswers
from intake_app.domain.sheets import StoredSheet
from intake_app.domain.teach_back import BY_KEY
from intake_app.domain.visits import Visit, VisitState
from intake_app.ui.presenters.dates import day_words, moment_words
from intake_app.ui.presenters.history_parts import (
    BY_TABLE,
    DEEDS,
    PARTS,
    ROW_NAMES,
    SINGLES,
    UNDECLARED,
)
from intake_app.ui.presenters.value_words import NOTHING, stored_words

if TYPE_CHECKING:
    from datetime import tzinfo

    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.services.history import History


class Sort(Enum):
    """What sort of thing a line tells of."""

    CHANGE = "change"
    PRINT = "print"
    VIEW = "view"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One line of a history, in words."""

    at: str
    who: str
    part: str
    """Where it was: the title of a section, the same for every line of it."""
    place: str
    """Which record: the part, and what tells it from others: "Fracture T12"."""
    what: str
    """The label of the field, or what was done."""
    before: str = ""
    after: str = ""
    sort: Sort = Sort.CHANGE
    name: str = ""
    """Object name of the field without the number of a row; '' for a deed."""

    @property
    def sentence(self) -> str:
        """The whole line, as a screen reader says it."""
        said = f"{self.at}, {self.who}. {self.place}: {self.what}"
        return f"{said}: {self.before} → {self.after}" if self.before or self.after else said


_NAMED_BY = ("level", "name")
_SORTS = {
    Deed.VIEWED: Sort.VIEW,
    Deed.PRINTED: Sort.PRINT,
    Deed.COPIED: Sort.PRINT,
    Deed.EXPORTED: Sort.PRINT,
}
_OTHER_RECORD = "other_record"
_QUESTION_FIELD = "field"
_GROUP = "group"


def history_lines(history: History, questionnaire: Questionnaire) -> tuple[HistoryLine, ...]:
    """Return a history line by line, latest first."""
    words = _Words(history, questionnaire)
    return tuple(line for entry in history.entries for line in words.lines(entry))


def field_name(name: str) -> str:
    """Return the name of an input as the history knows it: the rows of a list share one."""
    form, _, rest = name.partition(".")
    if form == SafetyAnswers.FORM or "." not in rest:
        return name
    return object_name(form, rest.rpartition(".")[2])


def field_label(name: str, questionnaire: Questionnaire) -> str:
    """Return the label of the field with this object name, in the user's language."""
    form, _, key = field_name(name).partition(".")
    record_type = BY_TABLE.get(form)
    declared = fields_of(record_type) if record_type is not None else ()
    for field in declared:
        if field.key == key:
            return translated(field.label)
    item = questionnaire.item_at(key)
    return translated(item.text) if item is not None else translated(N_("This field"))


class _Words:
    def __init__(self, history: History, questionnaire: Questionnaire) -> None:
        self._history = history
        self._questionnaire = questionnaire
        self._zone: tzinfo = history.clinic.zone if history.clinic else UTC
        self._names = _row_names(history)
        self._numbers = {each.id: each.record_number or NOTHING for each in history.patients[1:]}
        """Record numbers of what became part of this patient."""
        visits = [each for each in history.records.values() if isinstance(each, Visit)]
        self._several_visits = len(visits) > 1

    def lines(self, entry: Entry) -> list[HistoryLine]:
        """Return one line for each field that changed, or one for the deed."""
        record_type = BY_TABLE.get(entry.table)
        made = entry.deed is Deed.CREATED
        if made and record_type in SINGLES and not entry.changes:
            return []
        shown = [change for change in entry.changes if self._is_shown(change)]
        lines = []
        if not shown or made or entry.deed is Deed.REMOVED:
            lines.append(self._line(entry, self._deed(entry)))
        return lines + [self._changed(entry, record_type, change) for change in shown]

    def label(self, name: str) -> str:
        """Return the label of the field with this object name."""
        return field_label(name, self._questionnaire)

    @staticmethod
    def _is_shown(change: FieldChange) -> bool:
        return (change.before or "") != (change.after or "") or _is_row(change)

    def _line(
        self, entry: Entry, what: str, *, before: str = "", after: str = "", name: str = ""
    ) -> HistoryLine:
        part = PARTS.get(BY_TABLE.get(entry.table, Record), N_("Other"))
        return HistoryLine(
            at=moment_words(entry.at, self._zone),
            who=self._history.names.get(entry.actor_id, translated(N_("Somebody"))),
            part=translated(part),
            place=self._place(entry, translated(part)),
            what=what,
            before=before,
            after=after,
            sort=_SORTS.get(entry.deed, Sort.CHANGE),
            name=name,
        )

    def _place(self, entry: Entry, part: str) -> str:
        record_type = BY_TABLE.get(entry.table)
        called = self._names.get(entry.record_id, "")
        if record_type in ROW_NAMES and called:
            part = translated(ROW_NAMES[record_type]).format(name=called)
        asked = next((each.after for each in entry.changes if each.key == _QUESTION_FIELD), None)
        if record_type is NurseQuestion and asked:
            part = f"{part}: {self.label(asked)}"
        group = next((each.after for each in entry.changes if each.key == _GROUP), None)
        if record_type is TeachBack and group in BY_KEY:
            part = f"{part}: {translated(BY_KEY[group].title)}"
        number = self._numbers.get(entry.patient_id)
        if number is not None:
            part = translated(N_("{part} of {number}")).format(part=part, number=number)
        day = self._day(entry)
        return f"{part}, {day}" if day else part

    def _day(self, entry: Entry) -> str:
        """Return which visit is meant, where there are several."""
        if not self._several_visits:
            return ""
        record = self._history.records.get(entry.record_id)
        visit_id = record.id if isinstance(record, Visit) else getattr(record, "visit_id", "")
        visit = self._history.records.get(visit_id)
        return day_words(visit.day) if isinstance(visit, Visit) and visit.day else ""

    def _deed(self, entry: Entry) -> str:
        said = translated(DEEDS[entry.deed])
        if entry.table == StoredSheet.FORM:
            title = self._history.sheets.get(entry.record_id, "")
            return f"{said}: {translated(title)}" if title else said
        if entry.table == Patient.FORM and entry.deed is Deed.CREATED:
            return translated(N_("Registered"))
        if entry.table == DifferentPeople.FORM:
            return translated(N_("Another patient was said to be somebody else"))
        return said

    def _changed(
        self, entry: Entry, record_type: type[Record] | None, change: FieldChange
    ) -> HistoryLine:
        if change.key == _OTHER_RECORD:
            return self._other_record(entry, change)
        if change.key == "state":
            before, after = (_state(text) for text in (change.before, change.after))
            label = UNDECLARED["state"].label
        elif record_type is SafetyAnswers:
            label, before, after = self._safety(change)
        else:
            field = _field(record_type, change.key)
            label = field.label
            before = stored_words(field, change.before, self._zone)
            after = stored_words(field, change.after, self._zone)
        return self._line(
            entry,
            translated(label),
            before=before,
            after=after,
            name=object_name(entry.table, change.key),
        )

    def _other_record(self, entry: Entry, change: FieldChange) -> HistoryLine:
        merged = entry.deed is Deed.MERGED
        if change.before is None:
            said = N_("Merged with record {number}") if merged else N_("Taken apart from {number}")
            return self._line(entry, translated(said).format(number=change.after or NOTHING))
        said = N_("Record number it belongs to")
        return self._line(
            entry, translated(said), before=change.before or NOTHING, after=change.after or NOTHING
        )

    def _safety(self, change: FieldChange) -> tuple[str, str, str]:
        item = self._questionnaire.item_at(change.key)
        if item is not None:
            field = item.field(change.key)
            before, after = (
                stored_words(field, text, self._zone) for text in (change.before, change.after)
            )
            return self._in_row(change.key, translated(item.text)), before, after
        group, _, row = change.key.rpartition(".")
        rows = self._questionnaire.find(group)
        if rows is None:
            return change.key, change.before or NOTHING, change.after or NOTHING
        said = (
            N_("{group}, row {row}: added")
            if change.before is None
            else N_("{group}, row {row}: removed")
        )
        number = int(row) + 1 if row.isdecimal() else row
        return translated(said).format(group=translated(rows.text), row=number), "", ""

    def _in_row(self, path: str, label: str) -> str:
        from intake_app.domain.answers import row_path

        place = row_path(path)
        rows = self._questionnaire.find(place.group) if place else None
        if place is None or rows is None:
            return label
        return f"{translated(rows.text)} {place.row + 1}: {label}"


def _row_names(history: History) -> dict[str, str]:
    """Return what each row is called, also one that was removed since."""
    found: dict[str, str] = {}
    for entry in reversed(history.entries):
        for change in entry.changes:
            if change.key in _NAMED_BY and entry.table in {each.FORM for each in ROW_NAMES}:
                named = change.after or change.before
                if named and (entry.deed is not Deed.REMOVED or entry.record_id not in found):
                    found[entry.record_id] = named
                if entry.deed is Deed.REMOVED and change.before:
                    found[entry.record_id] = change.before
    for record in history.records.values():
        if type(record) in ROW_NAMES:
            named = str(getattr(record, "level", "") or getattr(record, "name", ""))
            found[record.id] = named or found.get(record.id, "")
    return found


def _field(record_type: type[Record] | None, key: str) -> Field:
    declared = fields_of(record_type) if record_type is not None else ()
    found = next((field for field in declared if field.key == key), None)
    return found or UNDECLARED.get(key) or Field(key=key, label=N_("Other"), kind=Kind.TEXT)


def _state(text: str | None) -> str:
    label = next((state.label for state in VisitState if state.value == text), text or NOTHING)
    return translated(label)


def _is_row(change: FieldChange) -> bool:
    """Return whether a row of the safety questions came or went, still empty."""
    return (change.before is None and change.after == "") or (
        change.before == "" and change.after is None
    )
