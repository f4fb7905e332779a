"""A question to the nurse under its field: typed, shown, answered in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from intake_app.domain.language import N_, translated
from intake_app.domain.nurse_questions import LONGEST_NOTE
from intake_app.ui.theme import GRID
from intake_app.ui.widgets.texts import SignedText

if TYPE_CHECKING:
    from intake_app.ui.presenters.questions import QuestionText

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteInput(QLineEdit):
    """One line that Enter keeps and Esc gives up."""

    kept = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_NOTE)

    def event(self, event: QEvent, /) -> bool:
        """Keep Esc for this line: it does not close the page."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Keep on Enter, give up on Esc."""
        if event.key() in _ENTER:
            event.accept()
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class QuestionLine(QWidget):
    """Shows one question; asks or answers it when told to."""

    asked = Signal(str)
    answered = Signal(str)
    taken_back = Signal()
    left = Signal()
    """Typing is over, kept or not."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"question.{name}")
        self._label = label
        self._answering = False
        self.question: QuestionText | None = None
        self.text = SignedText("circle-help")
        self.input = NoteInput(self)
        self.input.setObjectName(f"question_note.{name}")
        self.answer = _button(N_("Answer"), f"action.answer.{name}", label)
        self.back = _button(N_("Take back"), f"action.take_back.{name}", label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.input, 1)
        layout.addWidget(self.answer)
        layout.addWidget(self.back)
        self.input.hide()
        self.input.kept.connect(self._keep)
        self.input.given_up.connect(self._give_up)
        self.answer.clicked.connect(self.begin_answer)
        self.back.clicked.connect(self.taken_back)

    @property
    def typing(self) -> bool:
        """Whether a note or an answer is being typed."""
        return not self.input.isHidden()

    def show_question(
        self, question: QuestionText | None, *, may_ask: bool, may_answer: bool
    ) -> None:
        """Show a question with its answer, and what this person may do about it."""
        self.question = question
        is_open = question is not None and question.is_open
        self.answer.setVisible(is_open and may_answer and not self.typing)
        self.back.setVisible(is_open and may_ask and not self.typing)
        self.text.setVisible(question is not None and not self.typing)
        if question is None:
            return
        asked = translated(N_("Ask the nurse: {note} ({asked})")).format(
            note=question.note, asked=question.asked
        )
        said = translated(N_("{question} Answer: {answer}"))
        words = said.format(question=asked, answer=question.answer) if question.answer else asked
        self.text.set_text(words)
        self.text.show_sign("circle-help" if is_open else "check", attention=is_open)
        self.setAccessibleName(f"{self._label}: {words}")

    def begin_question(self) -> None:
        """Let a note be typed; an open one is shown to be changed."""
        known = self.question
        self._begin(N_("What should the nurse look at?"), known.note if known else "")

    def begin_answer(self) -> None:
        """Let the answer be typed."""
        self._answering = True
        self._begin(N_("Answer, or Enter alone: looked at"), "")

    def _begin(self, hint: str, text: str) -> None:
        said = translated(hint)
        self.input.setPlaceholderText(said)
        self.input.setAccessibleName(f"{self._label}: {said}")
        self.input.setText(text)
        for part in (self.answer, self.back):
            part.hide()
        self.text.setVisible(self._answering)
        self.input.show()
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        text, answering = self.input.text().strip(), self._answering
        self._end()
        if answering:
            self.answered.emit(text)
        elif text:
            self.asked.emit(text)
        self.left.emit()

    def _give_up(self) -> None:
        self._end()
        self.left.emit()

    def _end(self) -> None:
        self._answering = False
        self.input.hide()


def _button(text: str, name: str, label: str) -> QPushButton:
    said = translated(text)
    button = QPushButton(said)
    button.setObjectName(name)
    button.setAccessibleName(f"{label}: {said}")
    button.setAutoDefault(False)
    button.hide()
    return button
