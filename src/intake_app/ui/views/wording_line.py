"""One line of a wording: its text or cells, its menu, its condition and what is wrong with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from intake_app.domain.language import N_, translated
from intake_app.ui.theme import ATTENTION, GRID, icon
from intake_app.ui.widgets.growing_text import GrowingText
from intake_app.ui.widgets.texts import label, muted, show_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction, QResizeEvent

    from intake_app.ui.presenters.wording_fields import Place


class TextLine(QWidget):
    """The inputs of one line side by side; what is said about it stands under them."""

    edited = Signal(object, str)
    """A ``Place`` and its whole text."""

    def __init__(
        self, places: Sequence[Place], spoken: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.places = tuple(places)
        self.inputs: dict[Place, GrowingText] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(GRID)
        for place, name in zip(places, spoken, strict=True):
            made = GrowingText(self)
            made.setObjectName(place.name)
            made.setAccessibleName(name)
            made.edited.connect(self._teller(place))
            self._row.addWidget(made, 1, Qt.AlignmentFlag.AlignTop)
            self.inputs[place] = made
        self._when = muted()
        self._check = muted()
        self._problem = label(name=f"problem.{places[0].name}")
        self._problem.setForegroundRole(ATTENTION)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(self._row, 0, 0)
        for number, line in enumerate((self._problem, self._when, self._check), 1):
            layout.addWidget(line, number, 0)
            line.hide()

    def _teller(self, place: Place) -> Callable[[str], None]:
        return lambda text: self.edited.emit(place, text)

    def add_menu(self, menu: LineMenu) -> None:
        """Put the menu of the line at its end."""
        self._row.addWidget(menu, 0, Qt.AlignmentFlag.AlignTop)

    def show_texts(self, texts: Sequence[str], *, may_edit: bool, right_to_left: bool) -> None:
        """Show the texts as they are now."""
        for made, text in zip(self.inputs.values(), texts, strict=True):
            made.show_text(text)
            made.setReadOnly(not may_edit)
            made.set_right_to_left(right_to_left=right_to_left)

    def show_when(self, words: str) -> None:
        """Show the condition of the line; an empty one takes no room."""
        said = translated(N_("Only if {when}")).format(when=words) if words else ""
        show_text(self._when, said)
        for made in self.inputs.values():
            made.setAccessibleDescription(said)

    def show_check(self, note: str) -> None:
        """Show what the approver looks at first."""
        said = translated(N_("For the approver: {note}")).format(note=note) if note else ""
        show_text(self._check, said)

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong; an empty sentence takes it away."""
        show_text(self._problem, sentence)

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem.text()


class WhenButton(QPushButton):
    """Says when something prints, as far as there is room, and opens the choice of it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self.setObjectName(f"action.when.{name}")
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setIcon(icon("settings"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, said: str, *, name: str) -> None:
        """Show a condition; ``name`` is what a screen reader says."""
        self._said = said
        self.setAccessibleName(name)
        self.setToolTip(said)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Want room for all of it."""
        words = self.fontMetrics().horizontalAdvance(self._said)
        return QSize(words + self._around(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Need room for its beginning."""
        return QSize(min(self.sizeHint().width(), 40 * GRID), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _around(self) -> int:
        return self.iconSize().width() + 6 * GRID

    def _fit(self) -> None:
        room = self.width() - self._around() + GRID
        said = self.fontMetrics().elidedText(self._said, Qt.TextElideMode.ElideRight, room)
        if said != self.text():
            self.setText(said)


class LineMenu(QToolButton):
    """What else can be done with a line."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"action.more.{name}")
        self.setText("…")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translated(N_("More for {line}")).format(line=title))
        self.setToolTip(translated(N_("Condition, order, add, remove")))
        self._menu = QMenu(self)
        self.clicked.connect(self._open)

    def add(self, name: str, text: str, deed: Callable[[], object], *, keys: str = "") -> QAction:
        """Add an entry; ``keys`` says which keys do the same."""
        said = translated(text)
        action = self._menu.addAction(f"{said}\t{keys}" if keys else said)
        action.setObjectName(f"action.{name}")
        action.triggered.connect(partial(_do, deed))
        return action

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


def _do(deed: Callable[[], object], *_: object) -> None:
    deed()
