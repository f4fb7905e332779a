"""Rows of one kind of a patient or a visit: shown, added, removed, saved by themselves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from intake_app.domain.errors import ConflictError, DuplicateLevelError, InvalidDraftError
from intake_app.domain.fields import Record, fields_of
from intake_app.domain.reading import edit_text
from intake_app.domain.validation import Problem, checks_of, draft_of, read_draft
from intake_app.services.drafting import Place
from intake_app.ui.presenters.autosave import Draft, Kept
from intake_app.ui.presenters.rows import RowModel, RowsModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intake_app.ui.presenters.patient_page import PatientPagePresenter

R = TypeVar("R", bound=Record)


class RecordRows(Generic[R]):
    """Keeps a rows model and the records of one owner in step."""

    def __init__(self, page: PatientPagePresenter, record_type: type[R], owner_id: str) -> None:
        self._page = page
        self._type = record_type
        self._owner_id = owner_id
        self._watched: list[RowModel] = []
        self.model = RowsModel(
            record_type.FORM,
            fields_of(record_type),
            locality=page.locality,
            checks=checks_of(record_type),
            may_type=page.actor.may_type,
        )
        self.model.setParent(page)
        self.model.row_added.connect(self._added)
        self.model.row_removed.connect(self._removed)

    def show(self, records: Sequence[R]) -> None:
        """Show what the database holds; rows with edits not saved yet stay as they are."""
        shown = {row.row_id: row for row in self.model.rows if row.row_id}
        if shown.keys() != {record.id for record in records}:
            if any(self._is_pending(row) for row in self.model.rows):
                return
            for row in self._watched:
                self._page.autosave.forget(row)
            self._watched = []
            self.model.load([(each.id, draft_of(each), {}) for each in records])
            for row, record in zip(self.model.rows, records, strict=True):
                self._watch(row, draft_of(record))
            return
        for record in records:
            self._page.autosave.reload(shown[record.id], values=draft_of(record))

    def open_forms(self) -> None:
        """Show what each row was left with, and rows that were typed but are no records yet."""
        page = self._page
        for row in self.model.rows:
            if row.row_id:
                page.forms.open(row, self._type, row.row_id, page.autosave.reload)
        page.run(
            partial(page.services.drafts.rows, page.actor, self._type.FORM, page.visit_id),
            self._show_waiting,
        )

    def reopen(self) -> None:
        """Show every row as the database has it."""
        page = self._page
        for row in self.model.rows:
            if row.row_id:
                page.forms.open(row, self._type, row.row_id, page.autosave.restart)
            else:
                self.model.remove(self.model.rows.index(row))

    def _show_waiting(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        there = {row.new_id for row in self.model.rows}
        for new_id, texts in rows.items():
            if new_id not in there:
                self.model.append(dict(texts), new_id=new_id)

    @staticmethod
    def _is_pending(row: RowModel) -> bool:
        return row.dirty or not row.row_id

    def _added(self, index: int) -> None:
        row = self.model.rows[index]
        row.new_id = row.new_id or self._page.services.office.ids.new()
        typed = {field.key: row.text(field.key) for field in row.fields}
        self._watch(row, {}, {key: text for key, text in typed.items() if text})

    def _watch(self, row: RowModel, values: Draft, typed: Mapping[str, str] | None = None) -> None:
        self._page.autosave.watch(row, partial(self._save, row), values=values, typed=typed)
        self._watched.append(row)

    def _removed(self, _: int, row_id: str) -> None:
        page, forms = self._page, self._page.services.forms
        left = set(self.model.rows)
        for row in [row for row in self._watched if row not in left]:
            page.autosave.forget(row)
            self._watched.remove(row)
            if not row_id and row.waiting:
                page.change(partial(self._keep_waiting, row.new_id, {}))
        if row_id:
            page.change(partial(forms.remove_row, page.actor, self._type, row_id, drafting=True))

    def _save(self, row: RowModel, draft: Draft, seen: Draft) -> Kept:
        """Keep a row, in the database lane; a new one gets its record with its first values."""
        if row.row_id:
            return self._page.forms.save(self._type, row.row_id, draft, seen)
        typed = row.waiting | draft
        reading = read_draft(self._type, typed, self._page.locality)
        refused = {problem.key for problem in reading.errors}
        good = {key: value for key, value in reading.values.items() if key not in refused}
        required = [field.key for field in fields_of(self._type) if field.required]
        absent = [key for key in required if good.get(key) in (None, "")]
        if absent:
            row.waiting = typed
            self._keep_waiting(row.new_id, typed)
            values = {key: good.get(key) for key in draft}
            missing = tuple(Problem.of(key, "required") for key in absent)
            return Kept(values, (*reading.problems, *missing))
        record = self._add(row.new_id, good)
        row.row_id, row.waiting = record.id, {}
        draft = {key: typed[key] for key in refused if key in typed}
        if not draft:
            return Kept(draft_of(record))
        return self._page.forms.save(self._type, row.row_id, draft, {})

    def _keep_waiting(self, new_id: str, typed: Draft) -> None:
        """Keep what cannot be a record yet, for the database lane; nothing typed forgets it."""
        page = self._page
        texts = {
            field.key: edit_text(field, typed[field.key], page.locality)
            for field in fields_of(self._type)
            if field.key in typed
        }
        place = Place(
            form=self._type.FORM,
            record_id=new_id,
            patient_id=page.case.patient.id,
            visit_id=page.visit_id,
        )
        page.services.drafts.keep_row(page.actor, place, texts)

    def _add(self, row_id: str, values: Draft) -> R:
        page = self._page
        try:
            return page.services.forms.add_row(
                page.actor, self._type, self._owner_id, values, row_id=row_id, drafting=True
            )
        except (ConflictError, DuplicateLevelError) as error:  # only one row may name a level
            problem = Problem.of("level", "level_taken", level=str(values.get("level", "")))
            raise InvalidDraftError([problem]) from error
