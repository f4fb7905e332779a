"""The list of sections beside the patient page: where I am, what is complete, what is missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.page_sections import PageSection
from intake_app.ui.presenters.paper_needs import Purpose
from intake_app.ui.theme import ACCENT, GRID, MUTED, draw_icon
from intake_app.ui.widgets.texts import SMALL_SCALE, LinkButton, clear, scaled, strong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent

    from intake_app.ui.presenters.page_sections import Missing, SectionState

_MOST_LINES = 6
_MOST_NEEDED = 20
_LETTERS = 22


class SectionButton(QAbstractButton):
    """One section: its number, its title, its state in words; the current one is marked."""

    def __init__(self, number: int, section: PageSection) -> None:
        super().__init__()
        self.section = section
        self.number = number
        self.compact = False
        self._line = ""
        self._complete = False
        self.setObjectName(f"action.section_{section.value}")
        self.setCheckable(True)
        self.setText(translated(section.label))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.text())

    def show_state(self, state: SectionState) -> None:
        """Show what is complete or missing."""
        self._line = state.line
        self._complete = state.started and not state.missing
        keys = translated(N_("Alt+{n}")).format(n=self.number)
        self.setToolTip("\n".join(part for part in (keys, state.explanation) if part))
        self.setAccessibleName(f"{self.text()}: {state.line}")
        self.setAccessibleDescription(state.explanation.replace("\n", ", "))
        self.update()

    def sizeHint(self) -> QSize:
        """Want two lines of text."""
        metrics = self.fontMetrics()
        letters = 4 if self.compact else _LETTERS
        return QSize(
            letters * metrics.averageCharWidth() + 8 * GRID, 2 * metrics.lineSpacing() + 3 * GRID
        )

    def minimumSizeHint(self) -> QSize:
        """Need the same."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent, /) -> None:
        """Paint bar, title and state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, box = self.palette(), self.rect()
        role = QPalette.ColorRole
        accent = palette.color(ACCENT)
        if self.isChecked() or self.underMouse():
            tint = QColor(accent)
            tint.setAlphaF(0.16 if self.isChecked() else 0.07)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawRoundedRect(box.adjusted(0, 1, -1, -1), GRID, GRID)
        if self.isChecked():
            painter.fillRect(QRect(0, GRID, GRID, box.height() - 2 * GRID), accent)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(palette.color(role.WindowText))
            pen.setWidth(2)
            pen.setStyle(Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, -2, -2), GRID, GRID)
        self._paint_words(painter, box)
        painter.end()

    def _paint_words(self, painter: QPainter, box: QRect) -> None:
        palette = self.palette()
        line = self.fontMetrics().lineSpacing()
        top = (box.height() - 2 * line) // 2
        left = 3 * GRID
        painter.setPen(palette.color(MUTED))
        painter.setFont(scaled(self.font(), 1.0, bold=self.isChecked()))
        number = QRect(left, top, 4 * GRID, line)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, str(self.number))
        if self.compact:
            self._paint_sign(painter, QRect(left, top + line, line, line))
            return
        left += 5 * GRID
        width = box.width() - left - GRID
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(QRect(left, top, width, line), Qt.AlignmentFlag.AlignVCenter, self.text())
        side = line - GRID
        self._paint_sign(painter, QRect(left, top + line + GRID // 2, side, side))
        painter.setPen(palette.color(MUTED))
        painter.setFont(scaled(self.font(), SMALL_SCALE, bold=False))
        state = QRect(left + side + GRID, top + line, width - side - GRID, line)
        painter.drawText(state, Qt.AlignmentFlag.AlignVCenter, self._line)

    def _paint_sign(self, painter: QPainter, box: QRect) -> None:
        colour = self.palette().color(ACCENT if self._complete else MUTED)
        draw_icon(painter, "check" if self._complete else "circle-help", box, colour=colour)


class PurposeButton(LinkButton):
    """What one paper, or the estimate, still needs: a number that opens the list of it."""

    def __init__(self, purpose: Purpose) -> None:
        super().__init__("", "")
        self.setObjectName(f"action.missing_for_{purpose.value}")
        self.setCheckable(True)
        self._label = translated(purpose.label)

    def show_count(self, count: int) -> None:
        """Show how many things are missing."""
        if count:
            text = translated(N_("{purpose}: {n}")).format(purpose=self._label, n=count)
            spoken = translated(N_("{purpose}: {n} missing")).format(purpose=self._label, n=count)
        else:
            text = spoken = translated(N_("{purpose}: nothing")).format(purpose=self._label)
        self._text.setText(text)
        self.setAccessibleName(spoken)
        self.setEnabled(bool(count))


class SectionList(QWidget):
    """All sections, and under them what is missing in the current one."""

    chosen = Signal(object)
    """A ``PageSection``."""
    place_wanted = Signal(str)
    """The object name of a missing field that was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setAccessibleName(translated(N_("Sections")))
        self._group = QButtonGroup(self)
        self._buttons: dict[PageSection, SectionButton] = {}
        self._states: dict[PageSection, SectionState] = {}
        self._current = PageSection.IDENTITY
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        for number, section in enumerate(PageSection, start=1):
            button = SectionButton(number, section)
            button.clicked.connect(partial(self._chose, section))
            self._group.addButton(button)
            self._buttons[section] = button
            layout.addWidget(button)
        self._purposes: dict[Purpose, PurposeButton] = {}
        self._needed: dict[Purpose, tuple[Missing, ...]] = {}
        self._wanted: Purpose | None = None
        self._totals = QWidget(self)
        totals = QVBoxLayout(self._totals)
        totals.setContentsMargins(3 * GRID, 3 * GRID, 0, 0)
        totals.setSpacing(0)
        totals.addWidget(strong(translated(N_("Still missing for"))))
        for purpose in Purpose:
            total = PurposeButton(purpose)
            total.clicked.connect(partial(self._want, purpose))
            self._purposes[purpose] = total
            totals.addWidget(total)
        layout.addWidget(self._totals)
        self._missing = QWidget(self)
        self._missing_lines = QVBoxLayout(self._missing)
        self._missing_lines.setContentsMargins(3 * GRID, 3 * GRID, 0, 0)
        self._missing_lines.setSpacing(0)
        layout.addWidget(self._missing)
        layout.addStretch(1)
        self._shown: tuple[object, ...] = ()

    def button(self, section: PageSection) -> SectionButton:
        """Return the button of a section."""
        return self._buttons[section]

    def set_current(self, section: PageSection) -> None:
        """Mark the section that is shown."""
        if section is not self._current:
            self._show_purpose(None)
        self._current = section
        self._buttons[section].setChecked(True)
        self._show_missing()

    def set_compact(self, *, compact: bool) -> None:
        """Show numbers and signs only, where there is little room."""
        for button in self._buttons.values():
            if button.compact != compact:
                button.compact = compact
                button.updateGeometry()
        self._missing.setVisible(not compact)
        self._totals.setVisible(not compact)

    def show_states(
        self, states: tuple[SectionState, ...], needed: Mapping[Purpose, tuple[Missing, ...]]
    ) -> None:
        """Show what is complete and missing everywhere, and what each paper still needs."""
        self._needed = dict(needed)
        for purpose, button in self._purposes.items():
            button.show_count(len(self._needed.get(purpose, ())))
        for state in states:
            self._states[state.section] = state
            self._buttons[state.section].show_state(state)
        self._show_missing()

    def _chose(self, section: PageSection, *_: object) -> None:
        self.chosen.emit(section)

    def _show_missing(self) -> None:
        state = self._states.get(self._current)
        missing = state.missing if state is not None and state.started else ()
        title = translated(N_("Missing here"))
        if self._wanted is not None:
            missing = self._needed.get(self._wanted, ())
            title = translated(self._wanted.label)
        wanted = (self._current, self._wanted, missing)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._missing_lines)
        if not missing:
            return
        self._missing_lines.addWidget(strong(title))
        most = _MOST_NEEDED if self._wanted is not None else _MOST_LINES
        for index, each in enumerate(missing[:most]):
            link = LinkButton(each.text, each.place)
            link.setObjectName(f"missing.{index}")
            link.clicked.connect(partial(self._go, each.place))
            self._missing_lines.addWidget(link)
        rest = len(missing) - most
        if rest > 0:
            more = translated(N_("and {n} more")).format(n=rest)
            self._missing_lines.addWidget(strong(more, scale=SMALL_SCALE))

    def _want(self, purpose: Purpose, *_: object) -> None:
        """List what is missing for a purpose; pressed again, what is missing in the section."""
        self._show_purpose(None if self._wanted is purpose else purpose)
        self._show_missing()

    def _show_purpose(self, purpose: Purpose | None) -> None:
        self._wanted = purpose
        for each, button in self._purposes.items():
            button.setChecked(each is purpose)

    def _go(self, place: str, *_: object) -> None:
        self.place_wanted.emit(place)
