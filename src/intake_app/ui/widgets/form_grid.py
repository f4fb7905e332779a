"""Where the rows of a form stand: under headings, in columns where there is room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from intake_app.domain.fields import Kind
from intake_app.domain.language import translated
from intake_app.ui.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from intake_app.ui.widgets.form_row import FormRow

NARROWEST_LETTERS = 22
"""An input narrower than this makes the form give up its columns."""
_LINES_EACH = 3
"""The input, what is wrong with it, and what else stands under it."""
_WIDE = frozenset({Kind.LONG_TEXT, Kind.CHOICES, Kind.BOOLEAN})


class FormGrid:
    """Places rows on a form, each in three lines: input, problem, and what else belongs to it."""

    def __init__(self, form: QWidget, *, columns: int, label_width: int) -> None:
        self._form = form
        self._wanted_columns = self._columns = columns
        self._label_width = label_width
        self._headings: dict[str, QLabel] = {}
        self.layout = QGridLayout(form)
        self.layout.setContentsMargins(0, 0, 0, 0)
        self.layout.setHorizontalSpacing(3 * GRID)
        self.layout.setVerticalSpacing(GRID + 2)

    @property
    def narrowest(self) -> int:
        """The width that one column needs."""
        return self._label_width + NARROWEST_LETTERS * self._form.fontMetrics().averageCharWidth()

    def fit(self, width: int) -> bool:
        """Take as many columns as have room; return whether that differs from before."""
        columns = self._wanted_columns if width >= self._wanted_columns * self.narrowest else 1
        if columns == self._columns:
            return False
        for column in range(self._columns):
            self.layout.setColumnMinimumWidth(2 * column, 0)
            self.layout.setColumnStretch(2 * column + 1, 0)
        self.layout.setColumnStretch(2 * self._columns, 0)
        self._columns = columns
        return True

    def arrange(self, sections: Iterable[tuple[str, Sequence[FormRow]]]) -> None:
        """Place the rows of each section under its title."""
        while self.layout.count():
            self.layout.takeAt(0)
        line = 0
        for title, rows in sections:
            if title:
                self._place_heading(title, line)
                line += 1
            column = 0
            for row in rows:
                if column and (column == self._columns or row.field.kind in _WIDE):
                    line, column = line + _LINES_EACH, 0
                wide = row.field.kind in _WIDE or self._columns == 1
                self._place(row, line, column=column, wide=wide)
                column = self._columns if wide else column + 1
            line += _LINES_EACH
        for column in range(self._columns):
            self.layout.setColumnMinimumWidth(2 * column, self._label_width)
            self.layout.setColumnStretch(2 * column + 1, 100)
        # Takes what is left over where every input is as wide as it may be.
        self.layout.setColumnStretch(2 * self._columns, 1)

    def show_headings(self, titles: Collection[str]) -> None:
        """Show the headings of these sections and of no others."""
        for title, heading in self._headings.items():
            heading.setVisible(title in titles)

    def _place_heading(self, title: str, line: int) -> None:
        heading = self._headings.get(title)
        if heading is None:
            heading = QLabel(translated(title), self._form)
            font = heading.font()
            font.setBold(True)
            font.setPointSizeF(font.pointSizeF() * 1.1)
            heading.setFont(font)
            heading.setContentsMargins(0, 3 * GRID if line else 0, 0, GRID)
            self._headings[title] = heading
        heading.show()
        self.layout.addWidget(heading, line, 0, 1, 2 * self._columns)

    def _place(self, row: FormRow, line: int, *, column: int, wide: bool) -> None:
        left = 2 * column
        span = 2 * self._columns - 1 if wide else 1
        if row.label is not None:
            # A label beside a high input starts level with its first line.
            top = row.field.kind in (Kind.LONG_TEXT, Kind.CHOICES)
            where = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter
            self.layout.addWidget(row.label, line, left, where)
        row.place = (line, left + 1, span)
        if row.cell is not None:
            self.layout.addLayout(row.cell, line, left + 1, 1, span)
        else:
            self.layout.addWidget(row.input, line, left + 1, 1, span)
        for under in (row.problem, row.conflict):
            if under is not None:
                self.layout.addWidget(under, line + 1, left + 1, 1, span)
        if row.extra is not None:
            self.layout.addWidget(row.extra, line + 2, left + 1, 1, span)
