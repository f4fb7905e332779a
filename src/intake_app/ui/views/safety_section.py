"""Safety: the questions of the questionnaire, drawn by the same forms as everything else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from intake_app.domain.asking import Rows, Words
from intake_app.domain.language import N_, translated
from intake_app.domain.questionnaires import ItemType
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.presenters.safety import SafetyPresenter
from intake_app.ui.theme import GRID, icon
from intake_app.ui.views.section_page import SectionPage
from intake_app.ui.widgets.field_form import FieldForm, Section
from intake_app.ui.widgets.inputs import AddButton, put_in_tab_order
from intake_app.ui.widgets.press import press_once
from intake_app.ui.widgets.texts import clear, muted, strong

if TYPE_CHECKING:
    from intake_app.domain.questionnaires import Item
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

_LABEL_LETTERS = 34
"""Questions are longer than labels."""


class SafetySection(SectionPage):
    """Draws group after group; questions come and go while the keyboard stays where it is."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(PageSection.SAFETY)
        self.presenter = SafetyPresenter(page)
        self._rows: dict[str, _RowsPart] = {}
        self._words: dict[str, QWidget] = {}
        self._groups: dict[str, QWidget] = {}
        for item in self.presenter.questionnaire.items:
            self._add_group(item)
        self.finish()
        self.presenter.arranged.connect(self._follow)
        self._follow()

    def _add_group(self, group: Item) -> None:
        """Make one form for each run of questions, with words and rows between them."""
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 3 * GRID, 0, 0)
        lines.setSpacing(2 * GRID)
        lines.addWidget(strong(translated(group.text), scale=1.1))
        run: list[str] = []
        for item in _flat(group):
            if item.type is ItemType.DISPLAY:
                self._close_run(lines, run)
                words = muted(translated(item.text))
                self._words[item.link_id] = words
                lines.addWidget(words)
            elif item.is_rows:
                self._close_run(lines, run)
                part = _RowsPart(self.presenter, item)
                self._rows[item.link_id] = part
                lines.addWidget(part)
            else:
                run.append(item.link_id)
        self._close_run(lines, run)
        self._groups[group.link_id] = box
        self.lines.addWidget(box)

    def more_starts(self) -> list[QWidget]:
        """Count the buttons for a first row, too."""
        return [part.add_button for part in self._rows.values()]

    def _close_run(self, lines: QVBoxLayout, run: list[str]) -> None:
        if run:
            lines.addWidget(_form(self.presenter, tuple(run)))
            run.clear()

    def _follow(self) -> None:
        """Show the groups, words and rows that are asked now."""
        sections = self.presenter.sections()
        shown = {section.link_id for section in sections}
        for link_id, box in self._groups.items():
            box.setVisible(link_id in shown)
        parts = {
            part.link_id: part
            for section in sections
            for part in section.parts
            if isinstance(part, Rows | Words)
        }
        for link_id, words in self._words.items():
            words.setVisible(link_id in parts)
        for link_id, rows in self._rows.items():
            part = parts.get(link_id)
            rows.show_rows(part if isinstance(part, Rows) else None)


def _flat(group: Item) -> list[Item]:
    """Return the items of a group, those of groups inside it included; rows stay one item."""
    items = []
    for item in group.items:
        if item.type is ItemType.GROUP and not item.is_rows:
            items.extend(_flat(item))
        else:
            items.append(item)
    return items


def _form(presenter: SafetyPresenter, keys: tuple[str, ...]) -> FieldForm:
    sections = (Section("", keys),)
    return FieldForm(presenter.model, sections=sections, label_letters=_LABEL_LETTERS)


class _RowsPart(QWidget):
    """The rows of one repeating group with buttons to add and remove."""

    def __init__(self, presenter: SafetyPresenter, group: Item) -> None:
        super().__init__()
        self._presenter = presenter
        self._group = group
        self._count = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2 * GRID)
        layout.addLayout(self._lines)
        self.add_button = AddButton(
            translated(N_("Add: {what}")).format(what=translated(group.text))
        )
        self.add_button.setObjectName(f"action.add_row.{group.link_id}")
        self.add_button.setIcon(icon("plus"))
        press_once(self.add_button)
        self.add_button.clicked.connect(self._add)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Rows | None) -> None:
        """Show as many rows as there are; ``None`` when the group is not asked."""
        self.setVisible(rows is not None)
        self.add_button.setEnabled(self._presenter.may_edit)
        count = len(rows.rows) if rows is not None else 0
        if count == self._count:
            return
        grown = count > self._count
        self._count = count
        clear(self._lines)
        forms = [self._row(index) for index in range(count)]
        if grown and forms and self.add_button.hasFocus():
            forms[-1].focus_field(self._path(self._group.items[0], count - 1))

    def _row(self, index: int) -> FieldForm:
        keys = tuple(
            self._path(item, index)
            for item in self._group.items
            if item.type is not ItemType.DISPLAY
        )
        form = _form(self._presenter, keys)
        remove = QToolButton()
        remove.setIcon(icon("trash-2"))
        remove.setObjectName(f"action.remove_row.{self._group.link_id}.{index}")
        remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name = translated(N_("Remove {what} {number}")).format(
            what=translated(self._group.text), number=index + 1
        )
        remove.setAccessibleName(name)
        remove.setToolTip(name)
        press_once(remove)
        remove.clicked.connect(partial(self._remove, index))
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addWidget(form, 1)
        layout.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        self._lines.addWidget(frame)
        put_in_tab_order((*form.stops(), remove), before=self.add_button)
        return form

    def _path(self, item: Item, index: int) -> str:
        return self._presenter.questionnaire.path_of(item, index)

    def _add(self) -> None:
        self.add_button.setFocus()
        self._presenter.add_row(self._group.link_id)

    def _remove(self, index: int, *_: object) -> None:
        self._presenter.remove_row(self._group.link_id, index)
