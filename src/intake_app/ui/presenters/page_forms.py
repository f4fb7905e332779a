"""The forms of the patient page: one for each record of the visit, opened as it was left, saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from intake_app.domain.countries import Units
from intake_app.domain.fields import Field, FieldValue, Record, fields_of
from intake_app.domain.imaging import Imaging
from intake_app.domain.pain import PainFunction, PainMedicine
from intake_app.domain.patients import EmergencyContact, Insurance, Patient
from intake_app.domain.procedures import NewMedicine, ProcedureRecord, TreatedLevel
from intake_app.domain.validation import checks_of, draft_of
from intake_app.domain.visits import ResponsibleAdult, Visit
from intake_app.ui.presenters.autosave import Draft, Kept
from intake_app.ui.presenters.disputes import CHANGED_BY_OTHER
from intake_app.ui.presenters.form import FormModel
from intake_app.ui.presenters.record_rows import RecordRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from intake_app.domain.drafts import Dispute
    from intake_app.domain.staff import Actor
    from intake_app.domain.validation import Problem
    from intake_app.services.program import Program
    from intake_app.ui.presenters.patient_page import PatientPagePresenter
    from intake_app.ui.presenters.rows import RowsModel

_PLACES: dict[type[Record], str] = {
    Patient: "patient",
    EmergencyContact: "contact",
    Insurance: "insurance",
    Visit: "visit",
    ResponsibleAdult: "driver",
    Imaging: "imaging",
    PainFunction: "pain",
    ProcedureRecord: "procedure",
}
"""Where a case holds the one record of each form."""
_ROWS: dict[type[Record], str] = {
    PainMedicine: "pain_medicines",
    NewMedicine: "new_medicines",
    TreatedLevel: "treated",
}
_IN_CLINIC_UNIT = "lifting_limit"
_DAY_BOUND = (Visit, ProcedureRecord, ResponsibleAdult)
"""Forms in which a bare clock time belongs to the day of the visit."""


@dataclass(frozen=True, slots=True)
class Left:
    """A form as it was left."""

    values: Mapping[str, FieldValue]
    typed: Mapping[str, str]
    """Texts that are no values yet."""
    disputes: Mapping[str, Dispute]


def read_left(services: Program, actor: Actor, record_type: type[Record], record_id: str) -> Left:
    """Return what a form shows when it is opened; for the database lane."""
    opened = services.forms.open(actor, record_type, record_id)
    values = draft_of(opened.record)
    place = (record_type.FORM, record_id)
    table = fields_of(record_type)
    disputes = services.drafts.disputes(actor, place, values=values, table=table)
    return Left(values, opened.typed, disputes)


class PageForms:
    """Makes the forms and rows of one visit when they are first shown, and keeps them in step."""

    def __init__(self, page: PatientPagePresenter) -> None:
        self._page = page
        self._forms: dict[type[Record], FormModel] = {}
        self._rows: dict[type[Record], RecordRows[Record]] = {}

    def form(self, record_type: type[Record]) -> FormModel:
        """Return the form of one record of the case; it saves itself."""
        if record_type not in self._forms:
            page, record = self._page, self._record(record_type)
            model = FormModel(
                record_type.FORM,
                self._table(record_type),
                locality=page.locality,
                checks=checks_of(record_type),
                may_type=page.actor.may_type,
            )
            model.setParent(page)  # dies with the page, and what is connected to it as well
            self._forms[record_type] = model
            page.autosave.watch(
                model, partial(self.save, record_type, record.id), values=draft_of(record)
            )
            self.open(model, record_type, record.id, page.autosave.reload)
            if record_type is Visit:
                model.changed.connect(self._visit_edited)
        return self._forms[record_type]

    def rows(self, record_type: type[Record]) -> RowsModel:
        """Return the rows of one kind; each saves itself, adding and removing included."""
        if record_type not in self._rows:
            rows = RecordRows(self._page, record_type, self._page.visit_id)
            self._rows[record_type] = rows
            rows.show(self._records(record_type))
            rows.open_forms()
        return self._rows[record_type].model

    def open(
        self,
        model: FormModel,
        record_type: type[Record],
        record_id: str,
        show: Callable[..., None],
    ) -> None:
        """Read a form as it was left: texts that are no values, values in dispute; show it."""
        page = self._page
        model.record_id = record_id
        page.run(
            partial(read_left, page.services, page.actor, record_type, record_id),
            lambda left: show(model, values=left.values, typed=left.typed, disputes=left.disputes),
        )

    def refresh(self) -> None:
        """Show the case as it was just read; what is typed and not saved yet stays."""
        for record_type, model in self._forms.items():
            self._page.autosave.reload(model, values=draft_of(self._record(record_type)))
        for record_type, rows in self._rows.items():
            rows.show(self._records(record_type))

    def reopen(self) -> None:
        """Show every form as the database has it."""
        for record_type, model in self._forms.items():
            record_id = self._record(record_type).id
            self.open(model, record_type, record_id, self._page.autosave.restart)
        for rows in self._rows.values():
            rows.reopen()

    def follow_day(self, before: date | None) -> None:
        """Read clock times on the new day of the visit, and move what was planned to it."""
        day = self._page.case.visit.day
        for record_type, model in self._forms.items():
            if record_type in _DAY_BOUND:
                model.set_locality(self._page.locality)
        visit = self._forms.get(Visit)
        if visit is None or day is None or before is None:
            return
        for key in ("planned_start", "planned_arrival"):
            moment = visit.value(key)
            if isinstance(moment, datetime):
                local = moment.astimezone(self._page.case.clinic.zone)
                if local.date() == before:
                    visit.set_value(key, local.replace(year=day.year, month=day.month, day=day.day))

    def planned(self, key: str) -> datetime | None:
        """Return a planned time as it is typed now, else as it is stored."""
        visit = self._forms.get(Visit)
        value = getattr(self._page.case.visit, key) if visit is None else visit.value(key)
        return value if isinstance(value, datetime) else None

    # --- saving, in the database lane -------------------------------------------------------

    def save(self, record_type: type[Record], record_id: str, draft: Draft, seen: Draft) -> Kept:
        """Keep a draft of a record."""
        page = self._page
        saved = page.services.forms.save(
            page.actor, record_type, record_id, draft=draft, seen=seen, drafting=True
        )
        return self.kept(
            saved.record,
            values=draft_of(saved.record),
            problems=saved.problems,
            table=fields_of(record_type),
        )

    def kept(
        self,
        record: Record,
        *,
        values: Mapping[str, FieldValue],
        problems: tuple[Problem, ...],
        table: Iterable[Field],
    ) -> Kept:
        """Return what a save kept, with who was faster where somebody was."""
        if not any(each.code == CHANGED_BY_OTHER for each in problems):
            return Kept(values, problems)
        page, place = self._page, (record.FORM, record.id)
        disputes = page.services.drafts.disputes(page.actor, place, values=values, table=table)
        return Kept(values, problems, disputes)

    # --- inside -----------------------------------------------------------------------------

    def _table(self, record_type: type[Record]) -> tuple[Field, ...]:
        """Return the fields of a form; a weight is typed in the unit the clinic prints."""
        unit = "kg" if self._page.case.clinic.units is Units.METRIC else "lb"
        return tuple(
            replace(field, unit=unit) if field.key == _IN_CLINIC_UNIT else field
            for field in fields_of(record_type)
        )

    def _record(self, record_type: type[Record]) -> Record:
        found: Record = getattr(self._page.case, _PLACES[record_type])
        return found

    def _records(self, record_type: type[Record]) -> tuple[Record, ...]:
        found: tuple[Record, ...] = getattr(self._page.case, _ROWS[record_type])
        return found

    def _visit_edited(self, key: str) -> None:
        if key == "planned_start":
            self._page.estimate_changed.emit()
