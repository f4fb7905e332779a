"""The safety questions: which are asked now, their answers, and the rows of medicines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.asking import Rows, Section, Words, fields_for, sections_for
from intake_app.ui.presenters.autosave import Draft, Kept
from intake_app.ui.presenters.form import FormModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake_app.domain.answers import Answers
    from intake_app.domain.drafts import Dispute
    from intake_app.domain.fields import Field
    from intake_app.domain.questionnaires import Questionnaire
    from intake_app.ui.presenters.patient_page import PatientPagePresenter

FORM = "safety"


@dataclass(frozen=True, slots=True)
class _Left:
    """The answers as they were left."""

    answers: Answers
    typed: Mapping[str, str]
    disputes: Mapping[str, Dispute]


def fields_of_answers(questionnaire: Questionnaire, answers: Answers) -> tuple[Field, ...]:
    """Return the field of each question that is asked with these answers."""
    return tuple(asked.field for asked in fields_for(questionnaire, answers))


class SafetyPresenter(QObject):
    """Holds the answers while they are typed and asks what follows from them at once."""

    arranged = Signal()
    """Which questions are asked, or how many rows there are, changed."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(page)
        self._page = page
        self._answers = page.case.answers
        self._asked = self._outline()
        self.model = FormModel(
            FORM, self._table(), locality=page.locality, may_type=page.actor.may_type
        )
        self.model.setParent(self)
        self.model.record_id = page.case.safety.id
        page.autosave.watch(self.model, self._save, values=self._answers.values)
        self.model.changed.connect(self._edited)
        page.refreshed.connect(self._refreshed)
        page.reopening.connect(self._reopen)
        page.run(self._open, self._opened)

    @property
    def questionnaire(self) -> Questionnaire:
        """The questions."""
        return self._page.services.questionnaire

    @property
    def may_edit(self) -> bool:
        """Whether this person may answer any question."""
        return any(not self.model.read_only(field.key) for field in self.model.fields)

    def sections(self) -> tuple[Section, ...]:
        """Return what is asked now, group by group."""
        return sections_for(self.questionnaire, self._answers, units=self._page.case.clinic.units)

    def add_row(self, group: str) -> None:
        """Add an empty row to a repeating group."""
        page = self._page
        page.change(
            partial(page.services.safety.add_row, page.actor, page.visit_id, group), self._replace
        )

    def remove_row(self, group: str, index: int) -> None:
        """Remove one row; those after it move up with what is in them."""
        page = self._page
        page.change(
            partial(page.services.safety.remove_row, page.actor, page.visit_id, group, index=index),
            self._replace,
        )

    def _table(self) -> tuple[Field, ...]:
        units = self._page.case.clinic.units
        return tuple(
            asked.field for asked in fields_for(self.questionnaire, self._answers, units=units)
        )

    def _open(self) -> _Left:
        page = self._page
        answers, typed = page.services.safety.open(page.actor, page.visit_id)
        disputes = page.services.drafts.disputes(
            page.actor,
            (FORM, page.case.safety.id),
            values=answers.values,
            table=fields_of_answers(self.questionnaire, answers),
        )
        return _Left(answers, typed, disputes)

    def _opened(self, left: _Left) -> None:
        if left.typed or left.disputes:
            self._page.autosave.reload(
                self.model, values=left.answers.values, typed=left.typed, disputes=left.disputes
            )

    def _reopen(self) -> None:
        """Show the answers as the database has them, after what was typed was taken back."""
        self._page.run(self._open, lambda left: self._replace(left.answers))

    def _edited(self, path: str) -> None:
        self._answers = self._answers.set(path, self.model.value(path))
        self._ask()

    def _ask(self) -> None:
        table, outline = self._table(), self._outline()
        other = [field.key for field in table] != [field.key for field in self.model.fields]
        if other:
            self.model.set_fields(table)
        if other or outline != self._asked:
            self._asked = outline
            self.arranged.emit()

    def _outline(self) -> tuple[tuple[str, int], ...]:
        """Return the words and groups of rows that are asked now; they are no fields."""
        return tuple(
            (part.link_id, len(part.rows) if isinstance(part, Rows) else 0)
            for section in self.sections()
            for part in section.parts
            if isinstance(part, Rows | Words)
        )

    def _save(self, draft: Draft, seen: Draft) -> Kept:
        page = self._page
        answers, problems = page.services.safety.save(
            page.actor, page.visit_id, draft, seen=seen, drafting=True
        )
        return page.forms.kept(
            page.case.safety,
            values=dict(answers.values),
            problems=problems,
            table=fields_of_answers(self.questionnaire, answers),
        )

    def _replace(self, answers: Answers) -> None:
        """Show the answers after rows were added or removed."""
        self._answers = answers
        self.model.set_fields(self._table())
        self._page.autosave.restart(self.model, values=answers.values)
        self._page.run(self._open, self._opened)
        self.arranged.emit()

    def _refreshed(self) -> None:
        if self._page.autosave.pending:
            return
        self._answers = self._page.case.answers
        self._page.autosave.reload(self.model, values=self._answers.values)
        self._ask()
