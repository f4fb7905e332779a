"""Several records of one kind in one form: medicines, contacts, levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.ui.presenters.form import FormModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from intake_app.domain.fields import Field, FieldValue
    from intake_app.domain.reading import Locality
    from intake_app.domain.validation import CrossChecks


class RowModel(FormModel):
    """One row; ``row_id`` is the id of its record, empty until it has one."""

    row_id: str = ""
    new_id: str = ""
    """The id that its record will have, made before it is saved: two saves make one record."""
    waiting: dict[str, FieldValue]
    """What is typed while something needed is missing; kept in the draft, not in a record."""
    edited = Signal(object, str)
    """The row itself and the key of the field that was edited."""

    @property
    def typed_in(self) -> bool:
        """Whether something stands in the row."""
        return any(self.text(field.key).strip() for field in self.fields)

    def pass_on(self) -> None:
        """Tell of edits together with the row."""
        self.changed.connect(self._tell)

    def _tell(self, key: str) -> None:
        self.edited.emit(self, key)


class RowsModel(QObject):
    """Holds the rows in order; every row is a form of its own, named ``form.index``."""

    row_added = Signal(int)
    row_removed = Signal(int, str)
    """Index and ``row_id`` of the row that went."""
    changed = Signal(int, str)
    """Index of the row and key of the field that was edited."""
    reset = Signal()
    """All rows were replaced."""

    def __init__(
        self,
        form: str,
        table: Iterable[Field],
        *,
        locality: Locality,
        checks: CrossChecks = (),
        may_type: Callable[[Field], bool] | None = None,
    ) -> None:
        super().__init__()
        self.form = form
        self._table = tuple(table)
        self._locality = locality
        self._checks = checks
        self._may_type = may_type
        self._rows: list[RowModel] = []

    @property
    def rows(self) -> tuple[RowModel, ...]:
        """The rows in order."""
        return tuple(self._rows)

    @property
    def may_edit(self) -> bool:
        """Whether the person at the keyboard may type any field of a row."""
        return self._may_type is None or any(self._may_type(field) for field in self._table)

    @property
    def dirty(self) -> bool:
        """Whether any row holds something not saved."""
        return any(row.dirty for row in self._rows)

    def load(
        self, records: Sequence[tuple[str, Mapping[str, FieldValue], Mapping[str, str]]]
    ) -> None:
        """Show these records (id, values, kept texts); forget every edit."""
        for row in self._rows:
            row.deleteLater()
        self._rows = []
        for row_id, values, typed in records:
            self._new(row_id, values, typed)
        self.reset.emit()

    def append(
        self,
        values: Mapping[str, FieldValue] | None = None,
        row_id: str = "",
        *,
        new_id: str = "",
    ) -> RowModel:
        """Add a row at the end and return it; one that is there with nothing in it serves, too."""
        last = self._rows[-1] if self._rows else None
        if last is not None and not (values or row_id or last.row_id or last.typed_in):
            return last
        row = self._new(row_id, values or {}, {})
        row.new_id = new_id
        self.row_added.emit(len(self._rows) - 1)
        return row

    def remove(self, index: int) -> None:
        """Take a row out; the rows after it move up."""
        row = self._rows.pop(index)
        for place, later in enumerate(self._rows):
            later.form = f"{self.form}.{place}"
        self.row_removed.emit(index, row.row_id)
        row.deleteLater()

    def set_may_type(self, may_type: Callable[[Field], bool]) -> None:
        """Change who may type what in every row."""
        self._may_type = may_type
        for row in self._rows:
            row.set_may_type(may_type)

    def pause(self) -> None:
        """Show the problems of every row: typing has paused."""
        for row in self._rows:
            row.pause()

    def _new(
        self, row_id: str, values: Mapping[str, FieldValue], typed: Mapping[str, str]
    ) -> RowModel:
        row = RowModel(
            f"{self.form}.{len(self._rows)}",
            self._table,
            locality=self._locality,
            checks=self._checks,
        )
        row.setParent(self)
        if self._may_type is not None:
            row.set_may_type(self._may_type)
        row.row_id = row_id
        row.waiting = {}
        row.load(values, typed)
        # Not a lambda: it would keep this model alive until the row dies, and take it along then.
        row.pass_on()
        row.edited.connect(self._edited)
        self._rows.append(row)
        return row

    def _edited(self, row: RowModel, key: str) -> None:
        self.changed.emit(self._rows.index(row), key)
