"""Rows: adding, removing, names that follow."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from intake_app.domain.fields import fields_of
from intake_app.domain.patients import EmergencyContact
from intake_app.domain.reading import Locality
from intake_app.ui.presenters.rows import RowsModel
from intake_app.ui.widgets.inputs import TextInput
from intake_app.ui.widgets.rows_form import RowsForm


@pytest.fixture
def model() -> RowsModel:
    """Two contacts."""
    model = RowsModel(
        "emergency_contact",
        fields_of(EmergencyContact),
        locality=Locality(today=date(2026, 11, 22)),
    )
    model.load([("a", {"name": "Ann"}, {}), ("b", {"name": "Bob"}, {})])
    return model


@pytest.fixture
def rows(qtbot: QtBot, model: RowsModel) -> RowsForm:
    """The contacts, shown."""
    form = RowsForm(model, add_label="Add a contact", row_label="contact")
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    return form


def test_every_row_has_inputs_with_its_number(rows: RowsForm) -> None:
    second = rows.findChild(TextInput, "emergency_contact.1.name")

    assert second is not None
    assert second.text() == "Bob"


def test_adding_puts_the_cursor_into_the_new_row(rows: RowsForm, model: RowsModel) -> None:
    button = rows.findChild(QPushButton, "action.add_emergency_contact")
    assert button is not None

    button.click()

    assert len(model.rows) == 3
    assert QApplication.focusWidget() is rows.row(2).widget("name", TextInput)


def test_the_names_follow_when_a_row_goes(rows: RowsForm, model: RowsModel) -> None:
    rows.remove_button(0).click()

    first = rows.findChild(TextInput, "emergency_contact.0.name")
    assert first is not None
    assert first.text() == "Bob"
    assert rows.remove_button(0).accessibleName() == "Remove contact 1"
    assert rows.findChild(QToolButton, "action.remove_emergency_contact.0") is not None
    assert [row.row_id for row in model.rows] == ["b"]


def test_other_rows_replace_what_was_shown(rows: RowsForm, model: RowsModel) -> None:
    model.load([("c", {"name": "Cy"}, {})])

    assert rows.row(0).widget("name", TextInput).text() == "Cy"


def test_a_role_that_types_nothing_here_cannot_add_or_remove(
    rows: RowsForm, model: RowsModel
) -> None:
    model.set_may_type(lambda _: False)
    model.load([("c", {"name": "Cy"}, {})])

    assert not rows.add_button.isVisible()
    assert not rows.remove_button(0).isVisible()
