"""What every section of the patient page shares: a title, a column of parts, finding a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from intake_app.domain.language import translated
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.texts import heading, strong

if TYPE_CHECKING:
    from intake_app.ui.presenters.page_sections import PageSection

BETWEEN = 2 * GRID
"""Added between two forms, so that the heading of the second stands apart."""


class SectionPage(QWidget):
    """One section of the patient page; built when it is shown for the first time."""

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

    def find_place(self, place: str) -> QWidget | None:
        """Return the input or button with this object name."""
        return self.findChild(QWidget, place)


def scrolling(inside: QWidget) -> QScrollArea:
    """Return a frameless area that scrolls ``inside``."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
