"""What the program says and asks: the banner, questions, and the report of a bug."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from intake_app import __version__
from intake_app.domain.errors import AppError
from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import error_sentence
from intake_app.ui.theme import ATTENTION, GRID, icon

_SIGN = 5 * GRID
_DIALOG_LETTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with two answers; the safe answer is the one Enter and Esc give."""

    text: str
    detail: str = ""
    yes: str = N_("Yes")
    no: str = N_("Cancel")


class Says(Protocol):
    """What presenters and pages need to say something."""

    def show_error(self, error: AppError) -> None:
        """Say what happened and what to do."""

    def show_message(self, text: str) -> None:
        """Say something that is no failure."""

    def clear(self) -> None:
        """Take back what was said."""


class Notices(QFrame):
    """The banner over the page, and the one place that opens dialogs."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._sign = QLabel(self)
        self._text = QLabel(self)
        self._text.setObjectName("notices.text")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton(self)
        close.setObjectName("action.close_notice")
        close.setIcon(icon("x"))
        close.setAutoRaise(True)
        close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close.setAccessibleName(translated(N_("Close this message")))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_error(self, error: AppError) -> None:
        """Say what happened and what to do; a bare ``AppError`` has its own dialog."""
        if type(error) is AppError:
            return
        self._say(error_sentence(error), "circle-alert", alert=True)

    def show_message(self, text: str) -> None:
        """Say something that is no failure."""
        self._say(text, "info", alert=False)

    def text(self) -> str:
        """Return what is said now; empty when nothing is."""
        return "" if self.isHidden() else self._text.text()

    def clear(self) -> None:
        """Take back what was said."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def ask(self, question: Question) -> bool:
        """Ask and wait; return whether the answer was yes."""
        return self.run(QuestionDialog(question, self.window()))

    def run(self, dialog: QDialog) -> bool:
        """Show a dialog and wait; return whether it was accepted."""
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def ask_save_path(self, suggested: str, *, kind: str) -> Path | None:
        """Ask where to save a file of ``kind`` ("PDF (*.pdf)"); ``None`` when it was cancelled."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self.window(), translated(N_("Save as")), "", kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # A name typed without its ending would make a file that nothing opens.
        dialog.setDefaultSuffix(Path(suggested).suffix)
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")"))
        )
        dialog.selectFile(suggested)
        chosen = dialog.selectedFiles() if self.run(dialog) else []
        return Path(chosen[0]) if chosen else None

    def ask_open_path(self, *, kind: str) -> Path | None:
        """Ask which file of ``kind`` ("PDF (*.pdf)") to open; ``None`` when it was cancelled."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(
            self.window(), translated(N_("Choose a file")), "", kind
        )
        return Path(chosen) if chosen else None

    def _say(self, text: str, sign: str, *, alert: bool) -> None:
        role = ATTENTION if alert else self._text.foregroundRole()
        self._sign.setPixmap(icon(sign, role).pixmap(_SIGN, _SIGN))
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        if QAccessible.isActive():
            event = QAccessible.Event.Alert if alert else QAccessible.Event.NameChanged
            QAccessible.updateAccessibility(QAccessibleEvent(self, event))


class QuestionDialog(QDialog):
    """A question in words, with buttons that say what they do."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setWindowTitle(translated(N_("Spine Intake")))
        text = _wrapped(translated(question.text), self)
        font = text.font()
        font.setBold(True)
        text.setFont(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(text)
        if question.detail:
            layout.addWidget(_wrapped(translated(question.detail), self))
        buttons = QDialogButtonBox(self)
        self.yes = buttons.addButton(
            translated(question.yes), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.no = buttons.addButton(translated(question.no), QDialogButtonBox.ButtonRole.RejectRole)
        self.yes.setObjectName("action.yes")
        self.no.setObjectName("action.no")
        self.yes.setAutoDefault(False)
        self.no.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.no.setFocus()
        self.setAccessibleName(translated(question.text))


class BugDialog(QDialog):
    """Says that something went wrong that nobody foresaw, with a number to quote."""

    def __init__(self, reference: str, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bug")
        self.setWindowTitle(translated(N_("Something went wrong")))
        self._report = report
        heading = _wrapped(translated(N_("Something went wrong, nothing was saved.")), self)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        what = translated(
            N_(
                "What was saved before is safe. You can go on. If it happens again, give the "
                "number {reference} to whoever looks after this computer."
            )
        ).format(reference=reference)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        layout.setSpacing(3 * GRID)
        layout.addWidget(heading)
        layout.addWidget(_wrapped(what, self))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.copy = QPushButton(translated(N_("Copy the report")), self)
        self.copy.setObjectName("action.copy_report")
        self.copy.setToolTip(translated(N_("The report says nothing about patients.")))
        self.copy.setAutoDefault(False)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.setAccessibleName(heading.text())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.copy.setText(translated(N_("Copied")))


def bug_report(bug: BaseException, reference: str) -> str:
    """Return where a bug happened, for whoever repairs it: classes and lines, never a value."""
    lines = [f"Spine Intake {__version__}, reference {reference}", type(bug).__name__]
    lines += [
        f"  {PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(bug.__traceback__)
    ]
    return "\n".join(lines)


def _wrapped(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setMinimumWidth(_DIALOG_LETTERS * parent.fontMetrics().averageCharWidth())
    return label
