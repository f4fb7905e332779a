"""Small windows of the wording page: why, when it prints, and what the program fills in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.domain.conditions import SEVERAL
from intake_app.domain.fields import Option
from intake_app.domain.language import N_, translated
from intake_app.ui.presenters.wording_when import Chosen, when_of
from intake_app.ui.theme import GRID
from intake_app.ui.views.page_parts import action_button, emphasise, fit_over
from intake_app.ui.widgets.inputs import ChoiceInput
from intake_app.ui.widgets.texts import clear, heading, label, muted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from intake_app.domain.conditions import When

_WIDTH, _HEIGHT = 140 * GRID, 110 * GRID
_MOST_LETTERS = 300
HOLDS, FAILS = "holds", "fails"
ALL, ONE = "all", "one"


def _dialog_layout(dialog: QDialog, name: str, title: str) -> QVBoxLayout:
    said = translated(title)
    dialog.setObjectName(name)
    dialog.setWindowTitle(said)
    dialog.setAccessibleName(said)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
    layout.setSpacing(2 * GRID)
    layout.addWidget(heading(said))
    return layout


class ReasonDialog(QDialog):
    """Asks why; without a reason nothing is done."""

    def __init__(self, title: str, question: str, yes: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = _dialog_layout(self, "reason", title)
        asked = label(translated(question))
        layout.addWidget(asked)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("reason.text")
        self._text.setAccessibleName(asked.text())
        self._text.setTabChangesFocus(True)
        self._text.textChanged.connect(self._typed)
        layout.addWidget(self._text, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = action_button("close_reason", N_("Cancel"), parent=self)
        close.clicked.connect(self.reject)
        self._yes = action_button("give_reason", yes, parent=self)
        emphasise(self._yes)
        self._yes.clicked.connect(self.accept)
        row.addWidget(close)
        row.addWidget(self._yes)
        layout.addLayout(row)
        fit_over(self, _WIDTH, _HEIGHT // 2)
        self._typed()
        self._text.setFocus()

    @property
    def reason(self) -> str:
        """What was typed."""
        return " ".join(self._text.toPlainText().split())[:_MOST_LETTERS]

    def _typed(self) -> None:
        self._yes.setEnabled(bool(self.reason))


class ChooseDialog(QDialog):
    """One of many, found by typing part of its words; Enter takes it."""

    def __init__(
        self, title: str, options: Iterable[Option], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = _dialog_layout(self, "choose", title)
        self._find = QLineEdit(self)
        self._find.setObjectName("choose.find")
        self._find.setAccessibleName(translated(N_("Find")))
        self._find.setPlaceholderText(translated(N_("Type part of the words")))
        self._list = QListWidget(self)
        self._list.setObjectName("choose.list")
        self._list.setAccessibleName(self.accessibleName())
        self._list.setWordWrap(True)
        for option in options:
            item = QListWidgetItem(option.label, self._list)
            item.setData(Qt.ItemDataRole.UserRole, option.value)
        layout.addWidget(self._find)
        layout.addWidget(self._list, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = action_button("close_choose", N_("Cancel"), parent=self)
        close.clicked.connect(self.reject)
        take = action_button("choose", N_("Insert"), parent=self)
        emphasise(take)
        take.clicked.connect(self._take)
        row.addWidget(close)
        row.addWidget(take)
        layout.addLayout(row)
        self._find.textChanged.connect(self._narrow)
        self._find.installEventFilter(self)
        self._list.itemActivated.connect(lambda _: self._take())
        fit_over(self, _WIDTH, _HEIGHT)
        self._narrow("")
        self._find.setFocus()

    @property
    def chosen(self) -> str:
        """The value of the chosen entry; empty for none."""
        item = self._list.currentItem()
        return "" if item is None or item.isHidden() else str(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Let the arrows of the input move in the list, and Enter take the entry."""
        if watched is self._find and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            ):
                self._take()
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and event.type() == QEvent.Type.KeyPress:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split()
        first = -1
        for number in range(self._list.count()):
            item = self._list.item(number)
            fits = all(word in item.text().casefold() for word in words)
            item.setHidden(not fits)
            if fits and first < 0:
                first = number
        self._list.setCurrentRow(first)

    def _step(self, step: int) -> None:
        number = self._list.currentRow() + step
        while 0 <= number < self._list.count():
            if not self._list.item(number).isHidden():
                self._list.setCurrentRow(number)
                return
            number += step

    def _take(self) -> None:
        if self.chosen:
            self.accept()


class WhenDialog(QDialog):
    """For whom something prints: facts that must hold, and facts that must not."""

    def __init__(
        self,
        chosen: Chosen | None,
        options: tuple[Option, ...],
        now: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options = options
        self._rows: list[tuple[ChoiceInput, ChoiceInput]] = []
        layout = _dialog_layout(self, "when", N_("When it prints"))
        if chosen is None:
            kept = N_("Now: {when}. What you choose here takes its place.")
            layout.addWidget(label(translated(kept).format(when=now)))
        layout.addWidget(muted(translated(N_("With no line it always prints."))))
        self._mode = ChoiceInput(
            (
                Option(ALL, N_("All of these must be so")),
                Option(ONE, N_("One of these is enough")),
            )
        )
        self._mode.removeItem(0)
        self._mode.setObjectName("when.mode")
        self._mode.setAccessibleName(translated(N_("All or one of them")))
        layout.addWidget(self._mode)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GRID)
        layout.addLayout(self._lines)
        add = action_button("add_condition", N_("Add a line"), "plus", parent=self)
        add.clicked.connect(self._add_empty)
        layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = action_button("close_when", N_("Cancel"), parent=self)
        close.clicked.connect(self.reject)
        take = action_button("take_condition", N_("Take over"), parent=self)
        emphasise(take)
        take.clicked.connect(self.accept)
        row.addWidget(close)
        row.addWidget(take)
        layout.addLayout(row)
        fit_over(self, _WIDTH + 20 * GRID, _HEIGHT)
        self._show(chosen or Chosen())
        self._rows[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, chosen: Chosen) -> None:
        self._mode.choose(ONE if chosen.one_is_enough else ALL)
        told = [(HOLDS, name) for name in chosen.holds] + [(FAILS, name) for name in chosen.fails]
        self._fill(told or [(HOLDS, "")])

    def _fill(self, told: list[tuple[str, str]]) -> None:
        clear(self._lines)
        self._rows = []
        for number, (mode, name) in enumerate(told):
            self._rows.append(self._line(number, mode, name))
        self._show_mode()

    def _line(self, number: int, mode: str, name: str) -> tuple[ChoiceInput, ChoiceInput]:
        host = QWidget(self)
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        holds = ChoiceInput((Option(HOLDS, N_("If")), Option(FAILS, N_("Not if"))))
        holds.removeItem(0)
        holds.setObjectName(f"when.{number}.mode")
        holds.setAccessibleName(translated(N_("If or not if, line {n}")).format(n=number + 1))
        holds.choose(mode)
        fact = ChoiceInput(self._options)
        fact.setObjectName(f"when.{number}.fact")
        fact.setAccessibleName(translated(N_("Fact, line {n}")).format(n=number + 1))
        fact.choose(name or None)
        remove = action_button(f"remove_condition.{number}", "", "x", parent=host)
        remove.setAccessibleName(translated(N_("Remove line {n}")).format(n=number + 1))
        remove.setToolTip(remove.accessibleName())
        remove.clicked.connect(partial(self._remove, number))
        holds.currentIndexChanged.connect(self._show_mode)
        fact.currentIndexChanged.connect(self._show_mode)
        row.addWidget(holds)
        row.addWidget(fact, 1)
        row.addWidget(remove)
        self._lines.addWidget(host)
        return holds, fact

    def _told(self) -> list[tuple[str, str]]:
        return [(holds.chosen() or HOLDS, fact.chosen() or "") for holds, fact in self._rows]

    def _add_empty(self) -> None:
        self._fill([*self._told(), (HOLDS, "")])
        self._rows[-1][1].setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, number: int, *_: object) -> None:
        told = self._told()
        del told[number]
        self._fill(told)

    def _show_mode(self) -> None:
        told = self._told()
        self._mode.setVisible(sum(mode == HOLDS and bool(name) for mode, name in told) >= SEVERAL)

    @property
    def when(self) -> When[object]:
        """The condition that was chosen."""
        told = self._told()
        return when_of(
            Chosen(
                tuple(dict.fromkeys(name for mode, name in told if name and mode == HOLDS)),
                tuple(dict.fromkeys(name for mode, name in told if name and mode == FAILS)),
                one_is_enough=self._mode.chosen() == ONE,
            )
        )
