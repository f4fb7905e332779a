"""Rows: added, removed, renumbered."""

from datetime import date

from intake_app.domain.fields import fields_of
from intake_app.domain.patients import EmergencyContact
from intake_app.domain.reading import Locality
from intake_app.ui.presenters.rows import RowsModel


def some_rows() -> RowsModel:
    rows = RowsModel(
        "emergency_contact",
        fields_of(EmergencyContact),
        locality=Locality(today=date(2026, 11, 22)),
    )
    rows.load([("a", {"name": "Ann"}, {}), ("b", {"name": "Bob"}, {})])
    return rows


def test_rows_are_loaded_in_order_and_clean() -> None:
    rows = some_rows()

    assert [row.text("name") for row in rows.rows] == ["Ann", "Bob"]
    assert [row.form for row in rows.rows] == ["emergency_contact.0", "emergency_contact.1"]
    assert not rows.dirty


def test_the_rows_after_a_removed_one_move_up() -> None:
    rows = some_rows()
    removed: list[tuple[int, str]] = []
    rows.row_removed.connect(lambda index, row_id: removed.append((index, row_id)))

    rows.remove(0)

    assert removed == [(0, "a")]
    assert [(row.form, row.row_id) for row in rows.rows] == [("emergency_contact.0", "b")]


def test_an_edit_says_which_row_and_field() -> None:
    rows = some_rows()
    heard: list[tuple[int, str]] = []
    rows.changed.connect(lambda index, key: heard.append((index, key)))

    rows.append().edit("phone", "555 010 123")

    assert heard == [(2, "phone")]
    assert rows.dirty
