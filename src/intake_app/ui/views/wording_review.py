"""The reviewer's checklist: one list at a time, its score above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from intake_app.domain.fields import Option
from intake_app.domain.language import N_, translated
from intake_app.domain.review_items import ReviewList
from intake_app.domain.wording_versions import Verdict
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.inputs import ChoiceInput, TextInput, TickInput
from intake_app.ui.widgets.texts import clear, label, muted, show_text, strong

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from intake_app.ui.presenters.wording_review import ReviewPresenter, ReviewRow


class ReviewView(QWidget):
    """Follows the open version while it is in view."""

    def __init__(self, presenter: ReviewPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shape: tuple[object, ...] = ()
        self._items: dict[str, _Item] = {}
        self.list = ChoiceInput(Option(each.value, each.label) for each in ReviewList)
        self.list.removeItem(0)
        self.list.setObjectName("wording.review_list")
        self.list.setAccessibleName(translated(N_("Which list")))
        self.only_open = TickInput(translated(N_("Only what is open")))
        self.only_open.setObjectName("wording.only_open")
        self.only_open.setAccessibleName(self.only_open.text())
        self.score = label(name="wording.score")
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self.list, 1)
        head.addWidget(self.only_open)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(area)
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 3 * GRID, 0)
        self._lines.setSpacing(3 * GRID)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, 2 * GRID, GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(head)
        layout.addWidget(self.score)
        layout.addWidget(area, 1)
        self.list.currentIndexChanged.connect(self.show_list)
        self.only_open.toggled.connect(self.show_list)
        presenter.changed.connect(self.show_list)

    def show_list(self) -> None:
        """Show the items of the chosen list as they are answered now."""
        chosen = ReviewList(self.list.chosen() or ReviewList.UNDERSTAND.value)
        rows = self._presenter.rows(chosen)
        if self.only_open.isChecked():
            rows = tuple(row for row in rows if row.is_open)
        shape = tuple((row.handle, bool(row.decided)) for row in rows)
        if shape != self._shape:
            self._shape = shape
            clear(self._lines)
            self._items = {}
            for row in rows:
                item = _Item(row, self._presenter)
                self._items[row.handle] = item
                self._lines.addWidget(item)
        for row in rows:
            self._items[row.handle].show_row(row, may_answer=self._presenter.may_answer)
        show_text(self.score, self._presenter.score_words())

    def showEvent(self, event: QShowEvent, /) -> None:
        """Begin to follow."""
        super().showEvent(event)
        self._presenter.start()

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Stop following."""
        super().hideEvent(event)
        self._presenter.stop()


class _Item(QWidget):
    """One question with its answer."""

    def __init__(self, row: ReviewRow, presenter: ReviewPresenter) -> None:
        super().__init__()
        self._handle = row.handle
        self._presenter = presenter
        must = f" {translated(N_('(needed)'))}" if row.must else ""
        self._question = label(f"{row.question}{must}")
        self._decided = muted()
        self._by = muted()
        self._answer: ChoiceInput | None = None
        self._note: QLineEdit | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        handle = strong(row.handle)
        handle.setWordWrap(False)
        head.addWidget(handle, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._question, 1)
        layout.addLayout(head)
        layout.addWidget(self._decided)
        if not row.decided:
            layout.addLayout(self._inputs(row))
        layout.addWidget(self._by)

    def _inputs(self, row: ReviewRow) -> QHBoxLayout:
        answers = [Verdict.YES, Verdict.NO]
        if row.may_not_apply:
            answers.append(Verdict.NOT_APPLICABLE)
        self._answer = ChoiceInput(Option(each.value, each.label) for each in answers)
        self._answer.setObjectName(f"review.{row.handle}")
        self._answer.setAccessibleName(f"{row.handle}: {row.question}")
        self._note = TextInput()
        self._note.setObjectName(f"review.{row.handle}.note")
        self._note.setAccessibleName(translated(N_("{item}: note")).format(item=row.handle))
        self._note.setPlaceholderText(translated(N_("Note")))
        self._answer.currentIndexChanged.connect(self._tell)
        self._note.editingFinished.connect(self._tell_note)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self._answer)
        line.addWidget(self._note, 1)
        return line

    def show_row(self, row: ReviewRow, *, may_answer: bool) -> None:
        """Show the answer as it is kept."""
        show_text(self._decided, row.decided)
        show_text(self._by, row.by)
        if self._answer is None or self._note is None:
            return
        for widget in (self._answer, self._note):
            widget.setEnabled(may_answer)
        blocked = self._answer.blockSignals(True)
        self._answer.choose(row.verdict.value if row.verdict is not None else None)
        self._answer.blockSignals(blocked)
        if not self._note.hasFocus() and self._note.text() != row.note:
            self._note.setText(row.note)
        self._kept = row.note

    def _tell_note(self) -> None:
        if self._note is not None and self._note.text() != self._kept:
            self._tell()

    def _tell(self) -> None:
        if self._answer is None or self._note is None:
            return
        chosen = self._answer.chosen()
        self._presenter.answer(
            self._handle, Verdict(chosen) if chosen else None, self._note.text().strip()
        )
