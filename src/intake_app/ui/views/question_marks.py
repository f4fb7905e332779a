"""What stands at the fields of a page: questions to the nurse, and what is needed for paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from intake_app.domain.fields import object_name
from intake_app.domain.language import N_, translated
from intake_app.ui.widgets.field_form import FieldForm
from intake_app.ui.widgets.question_line import QuestionLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

    from intake_app.ui.views.patient_page import PatientPage

ASK = "F6"


class QuestionMarks(QObject):
    """Puts a line under every field at which something is asked; F6 asks."""

    def __init__(self, page: PatientPage) -> None:
        super().__init__(page)
        self._page = page
        self._questions = page.presenter.questions
        shortcut = QShortcut(QKeySequence(ASK), page)
        shortcut.activated.connect(self.ask_here)

    def follow(self) -> None:
        """Show what is asked and needed now at the fields that are built."""
        if not self._page.presenter.is_loaded:
            return
        needed = {
            missing.place: missing.needed
            for state in self._page.presenter.sections()
            for missing in state.missing
            if missing.needed
        }
        for form in self._page.stack.findChildren(FieldForm):
            self._follow_form(form)
            name = form.model.form
            form.show_needed(
                {
                    field.key: words
                    for field in form.model.fields
                    if (words := needed.get(object_name(name, field.key)))
                }
            )

    def ask_here(self) -> None:
        """Ask about the field that has the keyboard; who answers questions answers there."""
        form, key = _field_at(QApplication.focusWidget())
        if form is not None and key:
            self._begin(form, key)

    def field_actions(self, name: str, menu: QMenu) -> list[QAction]:
        """Return what the menu of a field offers: to ask the nurse."""
        widget = self._page.findChild(QObject, name)
        form, key = _field_at(widget if widget is not None and widget.isWidgetType() else None)  # type: ignore[arg-type] # it is one
        if form is None or not self._questions.may_ask:
            return []
        ask = QAction(translated(N_("&Ask the nurse (F6)")), menu)
        ask.setObjectName("action.ask_nurse")
        ask.triggered.connect(partial(self._begin, form, key))
        return [ask]

    def _begin(self, form: FieldForm, key: str, *_: object) -> None:
        question = self._questions.at(form.model, key)
        is_open = question is not None and question.is_open
        line = self._line(form, key)
        if is_open and self._questions.may_answer:
            line.begin_answer()
        elif self._questions.may_ask:
            if not is_open:
                line.question = None
            line.begin_question()

    def _follow_form(self, form: FieldForm) -> None:
        asked = self._questions.keys(form.model)
        for field in form.model.fields:
            if not form.shows(field.key):
                continue
            line = form.under(field.key)
            if field.key in asked:
                line = self._line(form, field.key)
            elif isinstance(line, QuestionLine) and not line.typing:
                form.take_from_under(field.key)
                continue
            if isinstance(line, QuestionLine):
                line.show_question(
                    self._questions.at(form.model, field.key),
                    may_ask=self._questions.may_ask,
                    may_answer=self._questions.may_answer,
                )

    def _line(self, form: FieldForm, key: str) -> QuestionLine:
        line = form.under(key)
        if isinstance(line, QuestionLine):
            return line
        line = QuestionLine(object_name(form.model.form, key), form.label(key), form)
        line.asked.connect(partial(self._questions.ask, form.model, key))
        line.answered.connect(partial(self._answer, line))
        line.taken_back.connect(partial(self._take_back, line))
        line.left.connect(partial(self._left, form, key))
        form.put_under(key, line)
        return line

    def _answer(self, line: QuestionLine, text: str) -> None:
        if line.question is not None:
            self._questions.answer(line.question.id, text)

    def _take_back(self, line: QuestionLine) -> None:
        if line.question is not None:
            self._questions.take_back(line.question.id)

    def _left(self, form: FieldForm, key: str) -> None:
        form.focus_field(key)
        self._follow_form(form)


def _field_at(widget: QWidget | None) -> tuple[FieldForm | None, str]:
    """Return the form and the field in which a widget is."""
    around = widget.parentWidget() if widget is not None else None
    while around is not None and not isinstance(around, FieldForm):
        around = around.parentWidget()
    return (around, around.key_at(widget)) if around is not None else (None, "")
