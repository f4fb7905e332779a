"""Several small forms under each other, with buttons to add and to remove one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID, icon
from intake_app.ui.widgets.field_form import FieldForm
from intake_app.ui.widgets.inputs import AddButton, put_in_tab_order
from intake_app.ui.widgets.press import press_once

if TYPE_CHECKING:
    from intake_app.ui.presenters.rows import RowsModel


class RowsForm(QWidget):
    """Shows a rows model: one form for each row, *Remove* beside it, *Add* under all of them."""

    def __init__(
        self,
        model: RowsModel,
        *,
        add_label: str,
        row_label: str,
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._columns = columns
        self._row_label = row_label
        self._boxes: list[_RowBox] = []
        self.setObjectName(model.form)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 * GRID)
        self.add_button = AddButton(translated(add_label), self)
        self.add_button.setIcon(icon("plus"))
        self.add_button.setObjectName(f"action.add_{model.form}")
        press_once(self.add_button)
        self.add_button.clicked.connect(self._add)
        self._layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        model.row_added.connect(self._show_added)
        model.row_removed.connect(self._hide_removed)
        model.reset.connect(self._rebuild)
        self._rebuild()

    def row(self, index: int) -> FieldForm:
        """Return the form of one row."""
        return self._boxes[index].form

    def remove_button(self, index: int) -> QToolButton:
        """Return the button that removes one row."""
        return self._boxes[index].remove

    def _rebuild(self) -> None:
        for box in self._boxes:
            self._discard(box)
        self._boxes = []
        for index in range(len(self._model.rows)):
            self._insert(index)
        self.add_button.setVisible(self._model.may_edit)

    def _insert(self, index: int) -> None:
        box = _RowBox(FieldForm(self._model.rows[index], columns=self._columns), self)
        box.remove.setVisible(self._model.may_edit)
        press_once(box.remove)
        box.remove.clicked.connect(partial(self._remove, box))
        self._boxes.insert(index, box)
        self._layout.insertWidget(index, box)
        after = self._boxes[index + 1 :]
        following = after[0].form.stops()[0] if after else self.add_button
        put_in_tab_order((*box.form.stops(), box.remove), before=following)
        self._number()

    def _number(self) -> None:
        for index, box in enumerate(self._boxes):
            box.form.rename(f"{self._model.form}.{index}")
            box.remove.setObjectName(f"action.remove_{self._model.form}.{index}")
            name = translated(N_("Remove {what} {number}")).format(
                what=translated(self._row_label), number=index + 1
            )
            box.remove.setAccessibleName(name)
            box.remove.setToolTip(name)

    def _add(self) -> None:
        row = self._model.append()
        index = self._model.rows.index(row)
        if row.fields:
            self.row(index).focus_field(row.fields[0].key)

    def _remove(self, box: _RowBox, *_: object) -> None:
        self._model.remove(self._boxes.index(box))

    def _show_added(self, index: int) -> None:
        self._insert(index)

    def _hide_removed(self, index: int) -> None:
        self._discard(self._boxes.pop(index))
        self._number()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _discard(self, box: _RowBox) -> None:
        # It lives until the event loop runs; nobody may find it by its old names until then.
        box.form.rename("removed")
        box.remove.setObjectName("")
        self._layout.removeWidget(box)
        box.hide()
        box.deleteLater()


class _RowBox(QFrame):
    def __init__(self, form: FieldForm, parent: QWidget) -> None:
        super().__init__(parent)
        self.form = form
        self.remove = QToolButton(self)
        self.remove.setIcon(icon("trash-2"))
        side = self.fontMetrics().height()
        self.remove.setIconSize(QSize(side, side))
        self.remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addWidget(form, 1)
        layout.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
