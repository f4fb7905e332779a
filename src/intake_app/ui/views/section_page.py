"""What every section of the patient page shares: a title, a column of parts, finding a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from intake_app.domain.language import translated
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.field_form import FieldForm
from intake_app.ui.widgets.inputs import InputArea
from intake_app.ui.widgets.rows_form import RowsForm
from intake_app.ui.widgets.texts import heading, strong

if TYPE_CHECKING:
    from intake_app.ui.presenters.page_sections import PageSection

BETWEEN = 2 * GRID
"""Added between two forms, so that the heading of the second stands apart."""


class SectionPage(InputArea):
    """One section of the patient page; built when it is shown for the first time."""

    rearranged = Signal()
    """Another form stands in the section."""

    fills_page = False
    """Whether the section takes the room of the cards, too."""

    def __init__(self, section: PageSection) -> None:
        super().__init__()
        self.section = section
        self.setObjectName(f"section.{section.value}")
        self.setAccessibleName(translated(section.label))
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 4 * GRID)
        self.lines.setSpacing(2 * GRID)
        self.title = heading(translated(section.label))
        self.lines.addWidget(self.title)

    def add_heading(self, text: str) -> None:
        """Put a heading between two parts."""
        made = strong(translated(text), scale=1.1)
        made.setContentsMargins(0, 3 * GRID, 0, 0)
        self.lines.addWidget(made)

    def finish(self) -> None:
        """Keep the parts at the top, whatever the height."""
        self.lines.addStretch(1)

    def shown(self) -> None:
        """Note that the section came into view."""

    def hidden(self) -> None:
        """Note that the section went out of view."""

    def group_starts(self) -> list[QWidget]:
        """Return the first input of each group of the section, in Tab order."""
        starts: set[QWidget] = set()
        for form in self.findChildren(FieldForm):
            if form.isVisible():
                starts.update(form.group_starts())
        starts.update(each for each in self.more_starts() if each.isVisible() and each.isEnabled())
        return [widget for widget in _focus_chain(self) if widget in starts]

    def more_starts(self) -> list[QWidget]:
        """Return where a group begins that is no form: a line, the button for the first row."""
        return [rows.add_button for rows in self.findChildren(RowsForm)]

    def go_to_group(self, step: int) -> bool:
        """Put the keyboard into the group after (1) or before (-1); return whether there is one."""
        starts = self.group_starts()
        chain = _focus_chain(self)
        now = QApplication.focusWidget()
        here = chain.index(now) if now in chain else -1
        places = [chain.index(start) for start in starts]
        if step > 0:
            following = [start for start, at in zip(starts, places, strict=True) if at > here]
            wanted = following[0] if following else None
        else:
            before = [start for start, at in zip(starts, places, strict=True) if at < here]
            wanted = before[-1] if before else None
        if wanted is None:
            return False
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def go_on_inside(self) -> bool:
        """Go on to what comes after the last input in the section itself; ``False`` for nothing."""
        return False

    def first_after_focus(self, places: list[QWidget], *, anywhere: bool) -> QWidget | None:
        """Return the first of ``places`` in Tab order, after the keyboard if it is in here."""
        chain = _focus_chain(self) if self.isVisible() else places
        now = QApplication.focusWidget()
        here = chain.index(now) if now in chain and not anywhere else -1
        stops = {each.focusProxy() or each: each for each in places}
        after = [stops[widget] for widget in chain[here + 1 :] if widget in stops]
        return after[0] if after else None

    def first_stop(self) -> QWidget | None:
        """Return where the keyboard begins, if that is not the first input."""
        return None

    def find_place(self, place: str) -> QWidget | None:
        """Return the input or button with this object name."""
        return self.findChild(QWidget, place)


def _focus_chain(page: QWidget) -> list[QWidget]:
    """Return the visible widgets of a page in Tab order."""
    chain: list[QWidget] = []
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        if page.isAncestorOf(widget) and widget.isVisible():
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def scrolling(inside: QWidget) -> QScrollArea:
    """Return a frameless area that scrolls ``inside``."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
