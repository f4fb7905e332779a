"""The patient page: header, sections, estimate and flags of one visit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.errors import AppError
from intake_app.domain.sheets import SheetKind
from intake_app.domain.staff import Action
from intake_app.ui.notices import Notices
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.theme import GRID
from intake_app.ui.views.draft_bar import DraftBar
from intake_app.ui.views.likeness_line import LikenessLine
from intake_app.ui.views.page_keys import PageKeys
from intake_app.ui.views.patient_header import PatientHeader
from intake_app.ui.views.question_marks import QuestionMarks
from intake_app.ui.views.record_dialogs import RecordDialogs
from intake_app.ui.views.section_list import SectionList
from intake_app.ui.views.section_page import SectionPage, scrolling
from intake_app.ui.views.section_pages import PLACES, section_page_of
from intake_app.ui.views.side_cards import EstimateCard, FlagsCard
from intake_app.ui.widgets.input_menu import ask_for_menu
from intake_app.ui.widgets.texts import Panel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent
    from PySide6.QtWidgets import QMenu

    from intake_app.ui.presenters.patient_page import PatientPagePresenter

_SIDE_LETTERS = 35
_WIDE_LETTERS = 150
"""Below this width in average letters the cards go under the section."""
_NARROW_LETTERS = 90
"""Below this width the section list shows numbers only."""
_LOW_LINES = 24
"""Below this height in lines of text the header takes less room."""
_AROUND_FOCUS = 12 * GRID
_SHARE_AROUND_FOCUS = 8
"""In a low window only this part of its height, so that the heading of a section stays."""


class PatientPage(QWidget):
    """Shows one visit; every section is built when it is looked at for the first time."""

    closed = Signal()
    changed = Signal()
    """Something was saved that other pages show, too."""
    status = Signal(str)
    outdated = Signal(str)
    """The page has to be opened again; the text says what happened to the record."""

    def __init__(self, presenter: PatientPagePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patient_page")
        self.presenter = presenter
        presenter.setParent(self)
        self.notices = Notices(self)
        self.header = PatientHeader(self)
        self.sections = SectionList(self)
        self.stack = QStackedWidget(self)
        self.estimate = EstimateCard()
        self.flags = FlagsCard(presenter)
        self.drafts = DraftBar(presenter.drafts, self)
        self.likeness = LikenessLine(presenter, self)
        self._cards = QWidget()
        self._side = scrolling(QWidget())
        self._pages: dict[PageSection, SectionPage] = {}
        self._holders: dict[PageSection, QWidget] = {}
        self._current: PageSection | None = None
        self._wide = True
        self._arrange()
        self._wire()
        self._add_shortcuts()
        self.keys = PageKeys(self)
        self.marks = QuestionMarks(self)
        if presenter.is_loaded:
            self._loaded()
            self._refresh()
            self._show_estimate()
        else:
            presenter.load()

    # --- the contract with the window -------------------------------------------------------

    def flush(self) -> None:
        """Save what is pending now."""
        self.presenter.flush()

    def finish(self) -> None:
        """Save now, and take what is saved as finished."""
        self.presenter.drafts.close()

    def is_saved(self) -> bool:
        """Return whether the database has acknowledged everything typed."""
        return self.presenter.is_saved()

    def go_to_section(self, section: PageSection) -> SectionPage | None:
        """Show a section; ``None`` while the visit is not here yet."""
        if not self.presenter.is_loaded:
            return None
        before = self._pages.get(self._current) if self._current is not None else None
        if self._current is section:
            return before
        self.presenter.flush()
        page = self._pages.get(section) or self._build(section)
        self._current = section
        self.stack.setCurrentWidget(self._holders[section])
        self.sections.set_current(section)
        if before is not None:
            before.hidden()
        self._place_cards()
        page.shown()
        return page

    def go_to(self, place: str) -> bool:
        """Go to a field or button by its object name; return whether there is one."""
        section = PLACES.get(place) or PLACES.get(place.partition(".")[0])
        page = self.go_to_section(section) if section is not None else None
        if page is None:
            return False
        found = page.find_place(place)
        if found is None:
            return False
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_focus(None, found)
        return True

    def _go_to_conflict(self, place: str) -> None:
        """Go to a field for which there are two values, with both in view."""
        if self.go_to(place):
            line = self.findChild(QWidget, f"conflict.{place}")
            if line is not None:
                self._scroll_to(line)

    def field_actions(self, name: str, menu: QMenu) -> list[QAction]:
        """Return what the menu of a field offers on this page."""
        return [*self.marks.field_actions(name, menu), *self.records.field_actions(name, menu)]

    @property
    def current(self) -> PageSection:
        """The section that is shown."""
        return self._current or PageSection.IDENTITY

    def section_page(self, section: PageSection) -> SectionPage:
        """Return a section, building it if nobody has looked at it yet."""
        return self._pages.get(section) or self._build(section)

    # --- building ---------------------------------------------------------------------------

    def _arrange(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        cards = QVBoxLayout(self._cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(2 * GRID)
        cards.addWidget(self.estimate)
        cards.addWidget(self.flags)
        cards.addStretch(1)
        self._side.setWidget(self._cards)
        self._side.setFixedWidth(_SIDE_LETTERS * letter)
        self._list = scrolling(self.sections)
        self._list.setSizePolicy(self.sections.sizePolicy())
        self._body = QHBoxLayout()
        self._body.setSpacing(2 * GRID)
        self._body.addWidget(self._list)
        frame = Panel(QPalette.ColorRole.Window)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.stack)
        self._body.addWidget(frame, 1)
        self._body.addWidget(self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.header)
        layout.addWidget(self.notices)
        layout.addLayout(self._body, 1)
        layout.addWidget(self.likeness)
        layout.addWidget(self.drafts)
        self._fit_list(compact=False)

    def _wire(self) -> None:
        presenter = self.presenter
        presenter.loaded.connect(self._loaded)
        presenter.refreshed.connect(self._refresh)
        presenter.sections_changed.connect(self._refresh)
        presenter.estimate_changed.connect(self._show_estimate)
        presenter.status.connect(self.status)
        presenter.changed.connect(self.changed)
        presenter.failed.connect(self._failed)
        presenter.said.connect(self._said)
        self.records = RecordDialogs(self)
        self.records.outdated.connect(self.outdated)
        self.header.closed.connect(self._close)
        self.header.history_wanted.connect(self.records.show_history)
        self.header.merge_wanted.connect(self.records.merge_with)
        self.likeness.merge_wanted.connect(self.records.compare)
        self.sections.chosen.connect(self._chosen)
        self.sections.place_wanted.connect(self.go_to)
        self.drafts.place_wanted.connect(self._go_to_conflict)
        self.drafts.grew.connect(self._keep_focus_in_view, Qt.ConnectionType.QueuedConnection)
        QApplication.instance().focusChanged.connect(self._show_focus)  # type: ignore[union-attr] # there is one

    def _add_shortcuts(self) -> None:
        for number, section in enumerate(PageSection, start=1):
            self._shortcut(f"Alt+{number}", partial(self.jump, section))
        self._shortcut("Shift+F10", ask_for_menu)
        self._shortcut(QKeySequence.StandardKey.Save, self.finish)
        # An input that has the keyboard keeps Ctrl+Z for what was typed in it.
        self._shortcut(QKeySequence.StandardKey.Undo, self.presenter.drafts.undo_all)
        self._shortcut(QKeySequence.StandardKey.Redo, self.presenter.drafts.redo_all)
        self._shortcut(QKeySequence.StandardKey.Print, self._print)
        # Only while the keyboard is in the page: elsewhere Esc closes something else first.
        back = self._shortcut("Esc", self._close)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _shortcut(self, keys: str | QKeySequence.StandardKey, slot: object) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(slot)
        return shortcut

    def _build(self, section: PageSection) -> SectionPage:
        page = section_page_of(section, self)
        page.end_reached.connect(partial(self.keys.reached_end, page))
        page.rearranged.connect(self.marks.follow)
        self._pages[section] = page
        holder = scrolling(page)
        self._holders[section] = holder
        self.stack.addWidget(holder)
        self.marks.follow()
        return page

    # --- following --------------------------------------------------------------------------

    def _loaded(self) -> None:
        page = self.go_to_section(PageSection.IDENTITY)
        first = _first_input(page) if page is not None and self.isVisible() else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        self.header.show_text(self.presenter.header())
        self.sections.show_states(self.presenter.sections(), self.presenter.needs())
        self.flags.show_flags()
        self.marks.follow()

    def _show_estimate(self) -> None:
        if self.presenter.is_loaded:
            text = self.presenter.estimate_text()
            self.estimate.show_text(text)
            self.header.show_estimate(text.line)

    def _failed(self, error: AppError) -> None:
        self.notices.show_error(error)

    def _said(self, text: str) -> None:
        self.notices.show_message(text)

    def _chosen(self, section: PageSection) -> None:
        self.go_to_section(section)

    def jump(self, section: PageSection) -> None:
        """Go to a section with the keyboard in its first input."""
        page = self.go_to_section(section)
        if page is not None:
            self.sections.button(section).setFocus(Qt.FocusReason.ShortcutFocusReason)
            first = page.first_stop() or _first_input(page)
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _print(self) -> None:
        """Print the aftercare sheet; for whom it is not yet, or not at all, what to expect."""
        from intake_app.ui.views.appointment_section import AppointmentSection
        from intake_app.ui.views.going_home_section import GoingHomeSection

        presenter = self.presenter
        aftercare = presenter.is_loaded and presenter.actor.may(Action.PRINT_AFTERCARE)
        if not aftercare or self._current is PageSection.APPOINTMENT:
            page = self.go_to_section(PageSection.APPOINTMENT)
            if isinstance(page, AppointmentSection):
                page.open_paper(SheetKind.WHAT_TO_EXPECT)
            return
        page = self.go_to_section(PageSection.GOING_HOME)
        if isinstance(page, GoingHomeSection):
            page.buttons.print_sheet()

    def _close(self) -> None:
        self.flush()
        self.closed.emit()

    def _show_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """Scroll the input that has the keyboard into view."""
        if now is not None and self.stack.isAncestorOf(now):
            self._scroll_to(now)

    def _keep_focus_in_view(self) -> None:
        """Scroll after the bar below took some of the room."""
        self._show_focus(None, QApplication.focusWidget())

    def _scroll_to(self, shown: QWidget) -> None:
        around = shown.parentWidget()
        while around is not None and around is not self.stack:
            if isinstance(around, QScrollArea):
                spare = (around.viewport().height() - shown.height()) // _SHARE_AROUND_FOCUS
                around.ensureWidgetVisible(shown, 0, min(_AROUND_FOCUS, max(spare, 0)))
            around = around.parentWidget()

    # --- room -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Put the cards under the section where there is no room beside it."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent, /) -> None:
        """Follow another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._side.setFixedWidth(_SIDE_LETTERS * self.fontMetrics().averageCharWidth())
            self._fit()

    def _fit(self) -> None:
        letters = self.width() // max(self.fontMetrics().averageCharWidth(), 1)
        self._fit_list(compact=letters < _NARROW_LETTERS)
        low = self.height() < _LOW_LINES * self.fontMetrics().lineSpacing()
        self.header.set_compact(compact=low)
        self.drafts.set_compact(compact=low)
        wide = letters >= _WIDE_LETTERS
        if wide != self._wide:
            self._wide = wide
            self._place_cards()

    def _fit_list(self, *, compact: bool) -> None:
        self.sections.set_compact(compact=compact)
        bar = self._list.verticalScrollBar().sizeHint().width()
        button = self.sections.button(PageSection.IDENTITY)
        self._list.setFixedWidth(button.sizeHint().width() + bar + GRID)

    def _place_cards(self) -> None:
        """Show the cards beside the section, under it, or not at all where it fills the page."""
        page = self._pages.get(self._current) if self._current is not None else None
        fills = page is not None and page.fills_page
        if self._wide and self._side.widget() is not self._cards:
            self._side.setWidget(self._cards)
        elif not self._wide and page is not None and not fills:
            if self._side.widget() is self._cards:
                self._side.takeWidget()
            page.lines.addWidget(self._cards)
        self._side.setVisible(self._wide and not fills)
        self._cards.show()


def _first_input(page: SectionPage) -> QWidget | None:
    from intake_app.ui.widgets.inputs import ChoiceInput, TextInput

    inputs = [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, TextInput | ChoiceInput) and widget.isEnabled() and widget.isVisible()
    ]
    return inputs[0] if inputs else None
