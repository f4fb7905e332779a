"""Tables to choose a line of: what all of them have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QWidget


def line_table(
    name: str, says: str, model: QAbstractItemModel, *, parent: QWidget | None = None
) -> QTableView:
    """Return a table whose lines are chosen whole and never edited, without a grid.

    ``says`` is its name for people who hear it. Lines have a fixed height, which the caller gives.
    """
    table = QTableView(parent)
    table.setObjectName(name)
    table.setAccessibleName(says)
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    rows = table.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().setHighlightSections(False)
    return table
