"""The keys that lead through a patient page without the mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from intake_app.ui.presenters.page_sections import PageSection

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from intake_app.ui.views.patient_page import PatientPage
    from intake_app.ui.views.section_page import SectionPage

NEXT_SECTION = ("Ctrl+Return", "Ctrl+Enter")
SECTION_BEFORE = ("Ctrl+Shift+Return", "Ctrl+Shift+Enter")
NEXT_GROUP = "Ctrl+Down"
GROUP_BEFORE = "Ctrl+Up"
NEXT_MISSING = "F8"


class PageKeys(QObject):
    """Goes to the next group, section or missing field of a page."""

    def __init__(self, page: PatientPage) -> None:
        super().__init__(page)
        self._page = page
        for keys in NEXT_SECTION:
            self._on(keys, partial(self.go_on, 1))
        for keys in SECTION_BEFORE:
            self._on(keys, partial(self.go_on, -1))
        self._on(NEXT_GROUP, partial(self.go_to_group, 1))
        self._on(GROUP_BEFORE, partial(self.go_to_group, -1))
        self._on(NEXT_MISSING, self.go_to_missing)

    def _on(self, keys: str, deed: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._page)
        shortcut.activated.connect(deed)

    def reached_end(self, section: SectionPage) -> None:
        """Go on from the last input of a section."""
        if not section.go_on_inside():
            self.go_on(1)

    def go_on(self, step: int) -> None:
        """Go to the section after (1) or before (-1), with the keyboard in its first input."""
        sections = list(PageSection)
        wanted = sections.index(self._page.current) + step
        if 0 <= wanted < len(sections):
            self._page.jump(sections[wanted])

    def go_to_group(self, step: int) -> None:
        """Go to the next group of inputs; from the last one to the section after it."""
        section = self._page.section_page(self._page.current)
        if not section.go_to_group(step) and step > 0:
            self.go_on(step)

    def go_to_missing(self) -> None:
        """Go to the next thing nobody typed yet, from where the keyboard is."""
        sections = list(PageSection)
        here = sections.index(self._page.current)
        states = sorted(
            (state for state in self._page.presenter.sections() if state.started),
            key=lambda state: (sections.index(state.section) - here) % len(sections),
        )
        for turn, state in enumerate([*states, *states[:1]]):
            section = self._page.section_page(state.section)
            places = [section.find_place(missing.place) for missing in state.missing]
            open_ones = [each for each in places if each and _can_type(each, section)]
            wanted = section.first_after_focus(open_ones, anywhere=turn > 0)
            if wanted is not None and self._page.go_to(wanted.objectName()):
                return


def _can_type(place: QWidget, section: SectionPage) -> bool:
    return place.isEnabled() and place.isVisibleTo(section)
