"""A form over a field table: one row for each field, its problem right under it."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from intake_app.domain.fields import object_name
from intake_app.domain.language import translated
from intake_app.ui.widgets.adapters import example_text
from intake_app.ui.widgets.conflict_line import ConflictLine
from intake_app.ui.widgets.form_grid import FormGrid
from intake_app.ui.widgets.form_row import FILLED_IN_BY, FormRow, RowMaker, Section, Stamps
from intake_app.ui.widgets.input_menu import show_field_menu
from intake_app.ui.widgets.inputs import ChoicesInput
from intake_app.ui.widgets.problem_line import ProblemLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QResizeEvent

    from intake_app.domain.fields import Field
    from intake_app.ui.presenters.form import FormModel

__all__ = ["FieldForm", "Section", "Stamps"]

W = TypeVar("W", bound=QWidget)

LABEL_LETTERS = 22
"""Width of the label column in average letters."""
_NOW = ("n", "now")
"""Typed where there is a *Now* button, they mean the same as pressing it."""


class FieldForm(QWidget):
    """Shows a form model: builds one input for each field and reports what is typed."""

    def __init__(  # noqa: PLR0913 - how a form is laid out
        self,
        model: FormModel,
        *,
        sections: tuple[Section, ...] = (),
        columns: int = 1,
        stamps: Stamps | None = None,
        label_letters: int = LABEL_LETTERS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._sections = sections
        self._stamps = stamps
        self._rows: dict[str, FormRow] = {}
        self._label_width = label_letters * self.fontMetrics().averageCharWidth()
        self._maker = RowMaker(self, model, stamps, label_width=self._label_width)
        self._grid = FormGrid(self, columns=columns, label_width=self._label_width)
        self.setObjectName(model.form)
        self._arrange()
        model.rewritten.connect(self._show)
        model.problem_changed.connect(self._show_problem)
        model.fields_changed.connect(self._rearrange)

    @property
    def model(self) -> FormModel:
        """The form model that is shown."""
        return self._model

    def widget(self, key: str, kind: type[W]) -> W:
        """Return the input of a field.

        Raises:
            KeyError: the form shows no such field.
            TypeError: its input is of another kind.
        """
        found = self._rows[key].input
        if not isinstance(found, kind):
            raise TypeError(f"{key}: {type(found).__name__}")
        return found

    def label(self, key: str) -> str:
        """Return the label of a field as it is shown."""
        return translated(self._rows[key].field.label)

    def problem_text(self, key: str) -> str:
        """Return the sentence that stands under a field; empty when there is none."""
        row = self._rows[key]
        lines = [line for line in (row.problem, row.conflict) if line is not None]
        return " ".join(line.text() for line in lines if not line.isHidden())

    def focus_field(self, key: str) -> None:
        """Put the cursor into a field."""
        self._rows[key].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def key_at(self, widget: QWidget | None) -> str:
        """Return the field whose input holds ``widget``; empty for none."""
        for key, row in self._rows.items():
            if widget is not None and (row.input is widget or row.input.isAncestorOf(widget)):
                return key
        return ""

    def shows(self, key: str) -> bool:
        """Return whether the form has an input for the field."""
        return key in self._rows

    def under(self, key: str) -> QWidget | None:
        """Return what stands under a field beside its problem."""
        return self._rows[key].extra

    def put_under(self, key: str, extra: QWidget) -> None:
        """Let something stand under a field for as long as the form lives."""
        row = self._rows[key]
        row.extra = extra
        row.put_under(self._grid.layout, extra, 2)

    def take_from_under(self, key: str) -> None:
        """Take away what was put under a field."""
        row = self._rows[key]
        if row.extra is not None:
            row.extra.hide()
            row.extra.deleteLater()
            row.extra = None

    def show_needed(self, needed: Mapping[str, str]) -> None:
        """Mark the labels of these fields with what they are needed for; of no others."""
        for key, row in self._rows.items():
            words = needed.get(key, "")
            if row.label is not None and row.needed != words:
                row.show_needed(words, self._label_width)
                self._grid.layout.invalidate()

    def focus_first_empty(self) -> None:
        """Put the cursor into the first empty input that can be typed in, else into the first."""
        keys = [field.key for _, fields in self._shown_sections() for field in fields]
        open_keys = [key for key in keys if self._rows[key].input.isEnabled()]
        empty = [key for key in open_keys if self._model.value(key) in (None, "", ())]
        for key in (*empty, *open_keys)[:1]:
            self.focus_field(key)

    def stops(self) -> list[QWidget]:
        """Return where Tab stops, in the order asked."""
        stops: list[QWidget] = []
        for _, fields in self._shown_sections():
            for row in (self._rows[field.key] for field in fields):
                inside = row.input.boxes if isinstance(row.input, ChoicesInput) else (row.input,)
                stops.extend(inside)
                if row.stamp is not None:
                    stops.append(row.stamp)
        return stops

    def group_starts(self) -> list[QWidget]:
        """Return the first input of each group that can be typed in now, in the order asked."""
        starts = []
        for _, fields in self._shown_sections():
            inputs = [self._rows[field.key].input for field in fields]
            first = next((each for each in inputs if each.isEnabled()), None)
            if first is not None:
                starts.append(first.focusProxy() or first)
        return starts

    def focus_first_problem(self) -> bool:
        """Show every problem and go to the first error; return whether there is one."""
        self._model.reveal()
        key = self._model.first_problem()
        if not key or key not in self._rows:
            return False
        self.focus_field(key)
        return True

    def rename(self, form: str) -> None:
        """Give every input the name it has in another form (a row that moved up)."""
        self.setObjectName(form)
        for key, row in self._rows.items():
            name = object_name(form, key)
            if isinstance(row.input, ChoicesInput):
                row.input.rename(name)
            else:
                row.input.setObjectName(name)
            if row.stamp is not None:
                row.stamp.setObjectName(f"action.now.{name}")
            if row.conflict is not None:
                row.conflict.rename(name)

    def minimumSizeHint(self) -> QSize:
        """Need the width of one column: the others move under it."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), self._grid.narrowest), size.height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Put the fields under each other when there is no room for columns."""
        super().resizeEvent(event)
        if self._grid.fit(event.size().width()):
            self._rearrange()

    # --- building ---------------------------------------------------------------------------

    def _shown_sections(self) -> list[tuple[str, list[Field]]]:
        if not self._sections:
            return [("", list(self._model.fields))]
        shown = []
        for section in self._sections:
            fields = [self._model.field(key) for key in section.keys if self._model.has(key)]
            if fields:
                shown.append((section.title, fields))
        return shown

    def _arrange(self) -> None:
        self._grid.arrange(
            (title, [self._rows.get(field.key) or self._build(field) for field in fields])
            for title, fields in self._shown_sections()
        )

    def _build(self, field: Field) -> FormRow:
        row = self._maker.make(field)
        widget, adapter = row.input, row.adapter
        if row.stamp is not None:
            row.stamp.clicked.connect(partial(self._stamp, field.key))
        self._rows[field.key] = row
        adapter.write(widget, self._model, field.key)
        adapter.edited(widget).connect(partial(self._edited, field.key))
        adapter.left(widget).connect(partial(self._left, field.key))
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(partial(self._show_menu, field.key))
        self._apply_rights(row)
        if self._model.problem(field.key) is not None:
            self._show_problem(field.key)
        return row

    # --- following the model ------------------------------------------------------------------

    def _rearrange(self) -> None:
        """Show the rows the model asks now; answers typed elsewhere keep the focus."""
        self._arrange()
        wanted = [field for _, fields in self._shown_sections() for field in fields]
        keys = {field.key for field in wanted}
        for key, row in self._rows.items():
            for part in row.parts():
                said = not isinstance(part, ProblemLine | ConflictLine) or bool(part.text())
                part.setVisible(key in keys and said)
            if key in keys:
                self._apply_rights(row)
        self._grid.show_headings({title for title, _ in self._shown_sections()})
        for before, after in pairwise(self.stops()):
            QWidget.setTabOrder(before, after)

    def _apply_rights(self, row: FormRow) -> None:
        closed = self._model.read_only(row.field.key)
        if closed == row.closed:
            return
        row.closed = closed
        example = example_text(row.field, self._model.locality)
        why = translated(FILLED_IN_BY[row.field.by]) if closed else example
        row.input.setEnabled(not closed)
        row.input.setToolTip(why)
        if row.stamp is not None:
            row.stamp.setEnabled(not closed)
        row.input.setAccessibleDescription(why)

    def _show(self, key: str) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        blocked = row.input.blockSignals(True)
        row.adapter.write(row.input, self._model, key)
        row.input.blockSignals(blocked)
        row.input.update()

    def _show_problem(self, key: str) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        dispute = self._model.disputed(key)
        if dispute is not None and row.conflict is None:
            row.conflict = self._conflict_line(row)
        if row.conflict is not None:
            row.conflict.show_dispute(dispute)
        problem = self._model.problem(key)
        if dispute is not None and row.conflict is not None:
            if row.problem is not None:
                row.problem.clear()
            row.input.setAccessibleDescription(row.conflict.text())
            return
        if problem is None:
            if row.problem is not None or row.conflict is not None:
                if row.problem is not None:
                    row.problem.clear()
                row.input.setAccessibleDescription(example_text(row.field, self._model.locality))
            return
        if row.problem is None:
            row.problem = self._problem_line(row)
        row.problem.show_problem(problem)
        row.input.setAccessibleDescription(row.problem.text())

    def _problem_line(self, row: FormRow) -> ProblemLine:
        line = ProblemLine(self)
        line.setObjectName(f"problem.{object_name(self._model.form, row.field.key)}")
        row.put_under(self._grid.layout, line, 1)
        return line

    def _conflict_line(self, row: FormRow) -> ConflictLine:
        line = ConflictLine(self._model, row.field.key, self)
        row.put_under(self._grid.layout, line, 1)
        return line

    # --- reporting ----------------------------------------------------------------------------

    def _show_menu(self, key: str, place: QPoint) -> None:
        show_field_menu(self._rows[key].input, place)

    def _edited(self, key: str, *_: object) -> None:
        row = self._rows[key]
        self._model.edit(key, row.adapter.read(row.input))

    def _left(self, key: str, *_: object) -> None:
        if not self._model.has(key):
            return
        if self._rows[key].stamp is not None and self._model.text(key).casefold() in _NOW:
            self._stamp(key)
        self._model.leave(key)

    def _stamp(self, key: str, *_: object) -> None:
        if self._stamps is not None:
            moment = self._stamps.now().replace(second=0, microsecond=0)
            self._model.set_value(key, moment)
