"""Forms: a keystroke to its repaint, and a form of 60 fields from nothing to its picture."""

from __future__ import annotations

import os
import time
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.pairs import alternate, percentile, row

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    from intake_app.domain.fields import Field
    from intake_app.ui.widgets.field_form import FieldForm

FIELDS = 60
KEYS = 300
GOAL_KEY_MS = 16.0
GOAL_BUILD = 1.6
PAIRS = 25
_LIMIT_S = 2.0


def rows() -> list[dict[str, object]]:
    """Measure both on the offscreen platform unless another one is chosen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from intake_app.ui import theme

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, "light")
    return [_keystroke(application), _build(application)]


def _table() -> tuple[Field, ...]:
    from intake_app.domain.fields import fields_of
    from intake_app.domain.patients import Patient
    from intake_app.domain.procedures import ProcedureRecord

    found = {field.key: field for field in fields_of(Patient) + fields_of(ProcedureRecord)}
    return tuple(found.values())[:FIELDS]


def _form(table: tuple[Field, ...]) -> FieldForm:
    from intake_app.domain.patients import Patient
    from intake_app.domain.reading import Locality
    from intake_app.domain.validation import checks_of
    from intake_app.ui.presenters.form import FormModel
    from intake_app.ui.widgets.field_form import FieldForm

    locality = Locality(today=date(2026, 11, 22))
    model = FormModel("patient", table, locality=locality, checks=checks_of(Patient))
    model.load({})
    return FieldForm(model)


def _keystroke(application: QApplication) -> dict[str, object]:
    """A key goes through input, model, checks and back to a painted input."""
    from PySide6.QtTest import QTest

    from intake_app.ui.widgets.inputs import TextInput

    form = _form(_table())
    painted = {"at": 0.0}

    class Watched(TextInput):
        def paintEvent(self, event: QPaintEvent, /) -> None:  # noqa: N802
            super().paintEvent(event)
            painted["at"] = time.perf_counter()

    # The input is the form's own; only the moment of its painting is noted as well.
    edit = form.widget("birth_date", TextInput)
    edit.__class__ = Watched
    form.resize(800, 1400)
    form.show()
    edit.setFocus()
    application.processEvents()
    took = []
    for number in range(KEYS):
        if number % 10 == 0:
            edit.clear()
            application.processEvents()
        start = time.perf_counter()
        QTest.keyClick(edit, "3/4/1951xx"[number % 10])
        while painted["at"] < start:
            application.processEvents()
            if time.perf_counter() - start > _LIMIT_S:
                raise TimeoutError("nothing was painted")
        took.append((painted["at"] - start) * 1000)
    form.close()
    form.deleteLater()
    worst = percentile(took, 95)
    return row(
        "Key in a form of 60 fields to its repaint, 95th percentile",
        ours=worst,
        floor=None,
        ratio=None,
        unit="ms",
        goal=f"<= {GOAL_KEY_MS:.0f}",
        met=worst <= GOAL_KEY_MS,
    )


def _build(application: QApplication) -> dict[str, object]:
    """Our form beside bare widgets of the same kinds in a plain form layout."""
    from PySide6.QtWidgets import (
        QCheckBox,
        QComboBox,
        QFormLayout,
        QLabel,
        QLineEdit,
        QPlainTextEdit,
        QWidget,
    )

    from intake_app.domain.fields import Kind

    table = _table()

    def show(widget: QWidget) -> None:
        widget.resize(800, 1400)
        widget.show()
        application.processEvents()
        widget.close()
        widget.deleteLater()

    def ours(_: int) -> None:
        show(_form(table))

    def floor(_: int) -> None:
        page = QWidget()
        layout = QFormLayout(page)
        for field in table:
            if field.kind is Kind.CHOICE:
                edit = QComboBox()
                edit.addItems([option.label for option in field.choices])
            elif field.kind is Kind.LONG_TEXT:
                edit = QPlainTextEdit()
            elif field.kind is Kind.BOOLEAN:
                edit = QCheckBox()
            else:
                edit = QLineEdit()
            layout.addRow(QLabel(field.label), edit)
        show(page)

    mine, bare, ratio = alternate(ours, floor, pairs=PAIRS)
    return row(
        "Form of 60 fields, built and painted, to bare widgets",
        ours=mine * 1000,
        floor=bare * 1000,
        ratio=ratio,
        unit="ms",
        goal=f"<= {GOAL_BUILD:.1f}x",
        met=ratio <= GOAL_BUILD,
    )
