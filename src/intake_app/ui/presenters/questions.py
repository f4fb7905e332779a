"""Questions to the nurse at the fields of one visit: shown, asked, answered, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from intake_app.domain.language import N_, translated
from intake_app.domain.nurse_questions import NurseQuestion
from intake_app.domain.staff import Action
from intake_app.ui.presenters.dates import moment_words
from intake_app.ui.presenters.page_sections import PageSection

if TYPE_CHECKING:
    from intake_app.ui.presenters.form import FormModel
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

_SECTIONS: dict[str, PageSection] = {
    "patient": PageSection.IDENTITY,
    "insurance": PageSection.IDENTITY,
    "emergency_contact": PageSection.CONTACTS,
    "driver": PageSection.CONTACTS,
    "fracture": PageSection.FRACTURES,
    "imaging": PageSection.IMAGING,
    "pain": PageSection.IMAGING,
    "pain_medicine": PageSection.IMAGING,
    "safety": PageSection.SAFETY,
    "visit": PageSection.APPOINTMENT,
    "procedure": PageSection.PROCEDURE,
    "treated_level": PageSection.PROCEDURE,
    "new_medicine": PageSection.PROCEDURE,
}
"""In which section the fields of a form stand."""
_MANY = frozenset({"fracture", "pain_medicine", "treated_level", "new_medicine"})
"""Forms of which a visit has several."""


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One question as it stands at its field."""

    id: str
    note: str
    asked: str
    """By whom and when."""
    answer: str
    """What the nurse said, by whom and when; empty while it is open."""
    is_open: bool


class QuestionsPresenter(QObject):
    """Says what is asked at which field, and keeps what is asked and answered."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(page)
        self._page = page

    @property
    def may_ask(self) -> bool:
        """Whether this person may ask and take back."""
        return self._page.actor.may(Action.EDIT_INTAKE)

    @property
    def may_answer(self) -> bool:
        """Whether this person answers questions."""
        return self._page.actor.may(Action.CONFIRM_INTAKE)

    def at(self, model: FormModel, key: str) -> QuestionText | None:
        """Return the latest question at a field; ``None`` when nobody asked."""
        asked = [each for each in self._of(model) if each.key == key]
        return self._text(asked[-1]) if asked else None

    def keys(self, model: FormModel) -> set[str]:
        """Return the fields of a form at which something was asked."""
        return {each.key for each in self._of(model)}

    def open_in(self, section: PageSection) -> int:
        """Return how many questions of a section wait for an answer."""
        return sum(
            each.is_open and _SECTIONS.get(each.form) is section
            for each in self._page.case.questions
        )

    def ask(self, model: FormModel, key: str, note: str) -> None:
        """Ask the nurse about a field; an open question there gets the new note."""
        page = self._page
        question = NurseQuestion(
            id="",
            visit_id=page.visit_id,
            form=_form_of(model),
            record_id=_record_of(model),
            key=key,
            note=note,
            asked_by=page.actor.name,
            asked_at=page.now(),
        )
        page.change(partial(page.services.questions.ask, page.actor, page.visit_id, question))

    def answer(self, question_id: str, answer: str) -> None:
        """Answer a question; without words it only says that it was looked at."""
        page = self._page
        page.change(partial(page.services.questions.answer, page.actor, question_id, answer))

    def take_back(self, question_id: str) -> None:
        """Take a question back that needs no answer any more."""
        page = self._page
        page.change(partial(page.services.questions.take_back, page.actor, question_id))

    def _of(self, model: FormModel) -> list[NurseQuestion]:
        """Return the questions at a form. Only rows are told apart by their record.

        There is one patient of a visit, and merging two records gives that one another id.
        """
        form = _form_of(model)
        return [
            each
            for each in self._page.case.questions
            if each.form == form and (form not in _MANY or each.record_id == _record_of(model))
        ]

    def _text(self, question: NurseQuestion) -> QuestionText:
        zone = self._page.case.clinic.zone
        by = translated(N_("{name}, {moment}"))
        answer = ""
        if question.answered_at is not None:
            said = question.answer or translated(N_("Looked at"))
            who = by.format(
                name=question.answered_by, moment=moment_words(question.answered_at, zone)
            )
            answer = f"{said} ({who})"
        return QuestionText(
            id=question.id,
            note=question.note,
            asked=by.format(name=question.asked_by, moment=moment_words(question.asked_at, zone)),
            answer=answer,
            is_open=question.is_open,
        )


def _form_of(model: FormModel) -> str:
    """Return the name of the form; a row is known by its record, not by its number."""
    return model.form.partition(".")[0]


def _record_of(model: FormModel) -> str:
    return str(getattr(model, "row_id", "")) or model.record_id
