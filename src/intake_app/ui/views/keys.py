"""The window that lists the keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import subheading
from intake_app.ui.views.section_page import scrolling

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Everywhere"),
        (
            ("Ctrl+K, F2", N_("Search for a patient")),
            ("↓", N_("In the search box: into the list; in an empty box: the last ten patients")),
            ("Ctrl+N", N_("New patient, taking over what was typed in the search box")),
            ("Ctrl+S", N_("Save now (everything is saved by itself after each pause)")),
            ("Ctrl+P", N_("Print")),
            ("Ctrl+Z", N_("Undo: in an input what was typed in it, elsewhere all changes")),
            ("Ctrl+Shift+Z", N_("Bring undone changes back")),
            ("Ctrl+L", N_("Lock; everything typed is saved first")),
            ("Esc", N_("Back")),
            ("F1", N_("This list of keys")),
        ),
    ),
    (
        N_("For a new patient"),
        (
            ("F4", N_("Open the marked person with what was typed")),
            ("↓", N_("Into the list of people who may be the same person")),
            ("Ctrl+Enter", N_("Create the patient; so does Enter in the last field")),
            ("Esc", N_("Keep what was typed for another time, and go back")),
        ),
    ),
    (
        N_("In forms"),
        (
            ("Enter, Tab", N_("Next input; from the last one Enter goes to the next section")),
            ("Shift+Tab", N_("Input before")),
            ("Ctrl+↓, Ctrl+↑", N_("Next group of inputs, group before")),
            ("Ctrl+Enter", N_("Next section; with Shift the section before")),
            ("Alt+1 … Alt+8", N_("Section of the patient page")),
            ("F8", N_("Next thing that is still missing")),
            ("F6", N_("Ask the nurse about this input; a nurse answers with it")),
            (N_("Letters"), N_("Pick an answer, or go to one of several boxes")),
            (N_("Space"), N_("Tick a box, press a button, open a list")),
            (N_("Delete"), N_("Empty an answer")),
            ("3/4/51, 030451, -2w, t", N_("Dates: in digits, two weeks ago, today")),
            ("8, 1430, 2:30 pm, now", N_("Times; now where there is a button for it")),
            ("Shift+F10", N_("Menu of the input: history of this field")),
        ),
    ),
    (
        N_("On the page of the wording"),
        (
            ("Alt+↑, Alt+↓", N_("Move a line, or a part of the sheet")),
            ("Ctrl+Enter", N_("Add a line under this one")),
            ("Ctrl+Z", N_("Undo the last step, wherever it was")),
        ),
    ),
    (
        N_("On the spine"),
        (
            ("↑ ↓", N_("Vertebra above or below")),
            (N_("Space"), N_("Mark the vertebra, or take the mark away")),
        ),
    ),
    (
        N_("In lists"),
        (("↑ ↓", N_("Line above or below")), ("Enter", N_("Open"))),
    ),
)


_SECOND_COLUMN = N_("In forms")


class KeysWindow(QDialog):
    """What the keyboard can do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle(translated(N_("Keys")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        inside = QWidget(self)
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 3 * GRID, 0)
        columns.setSpacing(10 * GRID)
        middle = next(n for n, (title, _) in enumerate(KEYS) if title == _SECOND_COLUMN)
        for groups in (KEYS[:middle], KEYS[middle:]):
            columns.addLayout(self._column(groups))
        area = scrolling(inside)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows scroll where it is too high
        layout.addWidget(area)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("action.close_keys")
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        wanted = inside.sizeHint() + QSize(12 * GRID, 24 * GRID)
        around = parent.window().size() if parent is not None else wanted
        self.resize(wanted.boundedTo(around))

    def _column(self, groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6 * GRID)
        grid.setVerticalSpacing(GRID + 2)
        grid.setColumnStretch(1, 1)
        line = 0
        for title, keys in groups:
            head = subheading(title, self)
            if line:
                head.setContentsMargins(0, 3 * GRID, 0, 0)
            grid.addWidget(head, line, 0, 1, 2)
            line += 1
            for key, meaning in keys:
                name = QLabel(translated(key), self)
                font = name.font()
                font.setBold(True)
                name.setFont(font)
                grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
                said = QLabel(translated(meaning), self)
                said.setWordWrap(True)
                grid.addWidget(said, line, 1)
                line += 1
        grid.setRowStretch(line, 1)
        return grid
