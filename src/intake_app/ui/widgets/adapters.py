"""How each kind of field is built, read, written and listened to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from intake_app.domain.fields import Field, FieldValue, Kind
from intake_app.domain.language import N_, translated
from intake_app.ui.widgets.inputs import (
    ChoiceInput,
    ChoicesInput,
    LongTextInput,
    TextInput,
    TickInput,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from intake_app.domain.reading import Locality
    from intake_app.ui.presenters.form import FormModel


@dataclass(frozen=True, slots=True)
class Adapter:
    """One kind of field as a widget."""

    build: Callable[[Field, str], QWidget]
    """Make the input, from the field and the name of its form."""
    read: Callable[[QWidget], FieldValue]
    """Return what the input holds, as text or as a picked value."""
    write: Callable[[QWidget, FormModel, str], None]
    """Show what the model holds."""
    edited: Callable[[QWidget], SignalInstance]
    """Return the signal that tells of an edit."""
    left: Callable[[QWidget], SignalInstance]
    """Return the signal that tells that the input was left."""
    letters: int = 0
    """How many letters wide the input is; 0 for as wide as there is room."""


def _text(field: Field, _: str) -> QWidget:
    """Make an input; where a list is known its entries are offered, and anything may be typed."""
    made = TextInput()
    if field.choices:
        offered = QCompleter([translated(option.label) for option in field.choices], made)
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        offered.setFilterMode(Qt.MatchFlag.MatchContains)
        made.setCompleter(offered)
    return made


def _read_text(widget: QWidget) -> FieldValue:
    return cast("QLineEdit", widget).text()


def _write_text(widget: QWidget, model: FormModel, key: str) -> None:
    edit = cast("QLineEdit", widget)
    text = model.text(key)
    if edit.text() != text:
        edit.setText(text)
        edit.setCursorPosition(0)


def _line_edited(widget: QWidget) -> SignalInstance:
    # Not textEdited: clearing by program, dropping and input methods count as well.
    return cast("QLineEdit", widget).textChanged


def _line_left(widget: QWidget) -> SignalInstance:
    return cast("QLineEdit", widget).editingFinished


def _long_text(_: Field, __: str) -> QWidget:
    return LongTextInput()


def _read_long_text(widget: QWidget) -> FieldValue:
    return cast("QPlainTextEdit", widget).toPlainText()


def _write_long_text(widget: QWidget, model: FormModel, key: str) -> None:
    edit = cast("QPlainTextEdit", widget)
    if edit.toPlainText() != model.text(key):
        edit.setPlainText(model.text(key))


def _choice(field: Field, _: str) -> QWidget:
    return ChoiceInput(field.choices)


def _write_choice(widget: QWidget, model: FormModel, key: str) -> None:
    value = model.value(key)
    cast("ChoiceInput", widget).choose(None if value is None else str(value))


def _choices(field: Field, form: str) -> QWidget:
    return ChoicesInput(form, field)


def _write_choices(widget: QWidget, model: FormModel, key: str) -> None:
    value = model.value(key)
    cast("ChoicesInput", widget).choose(value if isinstance(value, tuple) else ())


def _tick(field: Field, _: str) -> QWidget:
    return TickInput(translated(field.label))


def _write_tick(widget: QWidget, model: FormModel, key: str) -> None:
    cast("QCheckBox", widget).setChecked(model.value(key) is True)


def _typed(letters: int) -> Adapter:
    return Adapter(_text, _read_text, _write_text, _line_edited, _line_left, letters)


ADAPTERS: dict[Kind, Adapter] = {
    Kind.TEXT: _typed(0),
    Kind.EMAIL: _typed(0),
    Kind.PHONE: _typed(24),
    Kind.INTEGER: _typed(8),
    Kind.DECIMAL: _typed(8),
    Kind.QUANTITY: _typed(14),
    Kind.TIME: _typed(18),
    Kind.DATE: _typed(28),
    Kind.PARTIAL_DATE: _typed(40),
    Kind.DATE_TIME: _typed(32),
    Kind.LONG_TEXT: Adapter(
        _long_text,
        _read_long_text,
        _write_long_text,
        lambda widget: cast("QPlainTextEdit", widget).textChanged,
        lambda widget: cast("LongTextInput", widget).left,
    ),
    Kind.CHOICE: Adapter(
        _choice,
        lambda widget: cast("ChoiceInput", widget).chosen(),
        _write_choice,
        lambda widget: cast("ChoiceInput", widget).currentIndexChanged,
        lambda widget: cast("ChoiceInput", widget).left,
    ),
    Kind.CHOICES: Adapter(
        _choices,
        lambda widget: cast("ChoicesInput", widget).chosen(),
        _write_choices,
        lambda widget: cast("ChoicesInput", widget).edited,
        lambda widget: cast("ChoicesInput", widget).edited,
    ),
    Kind.BOOLEAN: Adapter(
        _tick,
        lambda widget: cast("QCheckBox", widget).isChecked(),
        _write_tick,
        lambda widget: cast("QCheckBox", widget).toggled,
        lambda widget: cast("QCheckBox", widget).toggled,
    ),
}
"""Every kind of field has its adapter; a test watches that."""

_BIRTH = date(1951, 3, 4)


def example_text(field: Field, locality: Locality) -> str:
    """Return what to show in an empty input: the field's own hint, or how to type its kind."""
    if field.hint and field.kind is not Kind.QUANTITY:
        return translated(field.hint)
    day = _BIRTH if field.key == "birth_date" else locality.today
    numbers = (day.month, day.day) if locality.date_order == "mdy" else (day.day, day.month)
    digits = f"{numbers[0]}/{numbers[1]}/{day.year}"
    words = f"{day.day} {day:%b} {day.year}"
    templates = {
        Kind.DATE: N_("{digits} or {words}"),
        Kind.PARTIAL_DATE: N_("{words}, {year}, about 3 weeks"),
        Kind.TIME: N_("14:30 or 2:30 pm"),
        Kind.DATE_TIME: N_("14:30, or {digits} 14:30"),
        Kind.QUANTITY: "{units}" if len(field.units) > 1 else "",
    }
    return translated(templates.get(field.kind, "")).format(
        digits=digits, words=words, year=day.year, units=", ".join(field.units)
    )
