"""One row of a form: label, input, unit and button of a field."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from intake_app.domain.fields import EnteredBy, Field, Kind, object_name
from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.adapters import ADAPTERS, Adapter, example_text
from intake_app.ui.widgets.inputs import ChoiceInput, TextInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from intake_app.ui.presenters.form import FormModel
    from intake_app.ui.widgets.conflict_line import ConflictLine
    from intake_app.ui.widgets.problem_line import ProblemLine


FILLED_IN_BY: dict[EnteredBy, str] = {
    EnteredBy.RECEPTION: N_("Reception fills this in"),
    EnteredBy.RECEPTION_THEN_NURSE: N_("Reception and the nurse fill this in"),
    EnteredBy.NURSE: N_("The nurse fills this in"),
    EnteredBy.PHYSICIAN: N_("The physician or the nurse fills this in"),
    EnteredBy.MANAGER: N_("The manager fills this in"),
}
"""What a closed field says."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the keys under it; keys the form does not ask now are left out."""

    title: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stamps:
    """Which time stamps get a *Now* button, and the clock it reads."""

    now: Callable[[], datetime]
    keys: frozenset[str]
    labels: Mapping[str, str] | None = None
    """What a button says instead of *Now*, by key."""


@dataclass(slots=True)
class FormRow:
    """Everything that stands for one field."""

    field: Field
    adapter: Adapter
    input: QWidget
    label: QLabel | None = None
    unit: QLabel | None = None
    stamp: QToolButton | None = None
    cell: QHBoxLayout | None = None
    problem: ProblemLine | None = None
    conflict: ConflictLine | None = None
    extra: QWidget | None = None
    needed: str = ""
    closed: bool = False
    place: tuple[int, int, int] = (0, 0, 1)
    """Line, column and span of the input in the grid."""

    def parts(self) -> list[QWidget]:
        """Return every widget of the row."""
        found = (
            self.label,
            self.input,
            self.unit,
            self.stamp,
            self.problem,
            self.conflict,
            self.extra,
        )
        return [widget for widget in found if widget is not None]

    def put_under(self, grid: QGridLayout, widget: QWidget, lines: int) -> None:
        """Put a widget so many lines under the input."""
        at, left, span = self.place
        grid.addWidget(widget, at + lines, left, 1, span)

    def show_needed(self, words: str, width: int) -> None:
        """Say beside the label what the field is needed for; nothing when it is filled in."""
        self.needed = words
        if self.label is None:
            return
        if words:
            self.label.setWordWrap(True)
            self.label.setFixedWidth(width)
        label = translated(self.field.label)
        text = f"{label} *" if self.field.required else label
        with_words = f"{escape(text)} •<br><small>{escape(words)}</small>"
        self.label.setText(with_words if words else text)
        self.label.setToolTip(words)


class RowMaker:
    """Makes the rows of one form."""

    def __init__(
        self, form: QWidget, model: FormModel, stamps: Stamps | None, *, label_width: int
    ) -> None:
        self._form = form
        self._model = model
        self._stamps = stamps
        self._label_width = label_width
        self._letter = form.fontMetrics().averageCharWidth()

    def make(self, field: Field) -> FormRow:
        """Return the row of a field; nothing is connected and nothing shown in it yet."""
        adapter = ADAPTERS[field.kind]
        widget = adapter.build(field, self._model.form)
        widget.setParent(self._form)
        name, label = object_name(self._model.form, field.key), translated(field.label)
        unit = translated(field.unit) if field.kind is not Kind.QUANTITY else ""
        widget.setObjectName(name)
        widget.setAccessibleName(f"{label} ({unit})" if unit else label)
        row = FormRow(field, adapter, widget)
        if field.kind is not Kind.BOOLEAN:
            row.label = self._label_for(field, label, widget)
        if isinstance(widget, TextInput):
            example = example_text(field, self._model.locality)
            stamped = self._stamps is not None and field.key in self._stamps.keys
            widget.setPlaceholderText("14:30" if stamped else example)
            widget.setAccessibleDescription(example)
            widget.setToolTip(example)
            if adapter.letters:
                widget.setMaximumWidth((adapter.letters + 2) * self._letter)
        elif isinstance(widget, ChoiceInput):
            widget.setMaximumWidth(44 * self._letter)
        elif field.hint:
            widget.setAccessibleDescription(translated(field.hint))
            widget.setToolTip(translated(field.hint))
        if unit:
            row.unit = QLabel(unit, self._form)
        if self._stamps is not None and field.key in self._stamps.keys:
            row.stamp = self._stamp_button(field.key, name, label)
        if row.unit is not None or row.stamp is not None:
            row.cell = self._side_by_side(row)
        return row

    def _label_for(self, field: Field, text: str, widget: QWidget) -> QLabel:
        shown = f"{text} *" if field.required else text
        label = QLabel(shown, self._form)
        label.setBuddy(widget)
        if self._form.fontMetrics().horizontalAdvance(shown) > self._label_width:
            label.setWordWrap(True)
            label.setFixedWidth(self._label_width)  # or the column grows as wide as the text
        return label

    def _side_by_side(self, row: FormRow) -> QHBoxLayout:
        cell = QHBoxLayout()
        cell.setSpacing(2 * GRID)
        cell.addWidget(row.input, 100)  # up to its widest; the stretch takes the rest
        for widget in (row.unit, row.stamp):
            if widget is not None:
                cell.addWidget(widget)
        cell.addStretch(1)
        return cell

    def _stamp_button(self, key: str, name: str, label: str) -> QToolButton:
        button = QToolButton(self._form)
        labels = self._stamps.labels if self._stamps is not None else None
        own = (labels or {}).get(key, "")
        button.setText(translated(own or N_("Now")))
        button.setObjectName(f"action.now.{name}")
        spoken = translated(own) or translated(N_("{label}: now")).format(label=label)
        button.setAccessibleName(spoken)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button
