"""Teach-back and hand-over at one visit: what to ask, what was said back, who got the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.domain.errors import CannotHandOverError
from intake_app.domain.fields import fields_of
from intake_app.domain.handing import HandOver, Listener, SaidBack, TeachBack, given_to
from intake_app.domain.language import N_, translated
from intake_app.domain.sentences import sentence
from intake_app.domain.staff import Action
from intake_app.domain.validation import draft_of
from intake_app.ui.presenters.autosave import Draft, Kept
from intake_app.ui.presenters.dates import clock_words
from intake_app.ui.presenters.form import FormModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake_app.domain.errors import AppError
    from intake_app.domain.validation import Problem
    from intake_app.services.handing import Asked, Handing
    from intake_app.ui.presenters.patient_page import PatientPagePresenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group of instructions as the screen shows it."""

    key: str
    title: str
    question: str
    said_back: SaidBack | None
    line: str
    """Who said it back, who asked and when; '' before anybody asked."""
    more: bool
    """Whether listener and note are worth showing."""


class HandOverPresenter(QObject):
    """Keeps teach-back and hand-over in step with the record; saves each answer by itself."""

    changed = Signal()
    """Something that is shown may differ."""

    def __init__(self, page: PatientPagePresenter) -> None:
        super().__init__(page)
        self._page = page
        self._handing: Handing | None = None
        self._models: dict[str, FormModel] = {}
        self._active = False
        self._looks = 0
        self._then: Callable[[], None] | None = None
        """What is to be done once it is known how things stand."""
        self.listener = Listener.PATIENT
        """Who says it back, for the answers pressed next."""
        self.form = self._watched(
            FormModel(
                HandOver.FORM,
                fields_of(HandOver),
                locality=page.locality,
                may_type=page.actor.may_type,
            ),
            self._keep_note,
        )
        page.refreshed.connect(self._record_changed)

    # --- what is shown ----------------------------------------------------------------------

    @property
    def handing(self) -> Handing | None:
        """How things stood when they were read last; ``None`` before that."""
        return self._handing

    @property
    def may_hand_over(self) -> bool:
        """Whether this person's role teaches and hands over."""
        return self._page.actor.may(Action.HAND_OVER)

    @property
    def is_due(self) -> bool:
        """Whether there is something to explain: a procedure was begun, or a sheet printed."""
        if self._handing is None or not self._handing.asked:
            return False
        case = self._page.case
        return self.has_sheet or case.procedure.started_at is not None or bool(case.treated)

    @property
    def has_sheet(self) -> bool:
        """Whether a sheet was printed."""
        return self._handing is not None and self._handing.sheet is not None

    @property
    def is_done(self) -> bool:
        """Whether the sheet that was printed last is handed over."""
        return self._handing is not None and self._handing.is_done

    @property
    def can_hand_over(self) -> bool:
        """Whether a hand-over would be recorded now."""
        handing = self._handing
        return self.may_hand_over and handing is not None and not handing.refusals

    def rows(self) -> tuple[Row, ...]:
        """Return the groups of the sheet, as they were answered."""
        return tuple(self._row(each) for each in self._handing.asked) if self._handing else ()

    def _row(self, asked: Asked) -> Row:
        row, model = asked.row, self.model(asked.group.key)
        answer = model.value("said_back")
        said_back = answer if isinstance(answer, SaidBack) else None
        odd = said_back in (SaidBack.AGAIN, SaidBack.NOT_ABLE) or bool(model.text("note").strip())
        return Row(
            key=asked.group.key,
            title=translated(asked.group.title),
            question=translated(asked.group.question),
            said_back=said_back,
            line=self._line(row) if said_back is not None else "",
            more=odd,
        )

    def _line(self, row: TeachBack) -> str:
        if row.asked_at is None or row.said_back is None:
            return ""
        parts = [
            translated(row.listener.label) if row.listener is not None else "",
            f"{row.asked_by}, {clock_words(row.asked_at, self._page.case.clinic.zone)}",
        ]
        return " \N{MIDDLE DOT} ".join(part for part in parts if part)

    def refusals(self) -> tuple[str, ...]:
        """Return why no hand-over is recorded now, in words; nothing once it is done."""
        if self._handing is None or self.is_done:
            return ()
        return tuple(sentence(problem) for problem in self._handing.refusals)

    def remarks(self) -> tuple[str, ...]:
        """Return what to know before handing over, in words; nothing once it is done."""
        if self._handing is None or self.is_done:
            return ()
        return tuple(sentence(problem) for problem in self._handing.remarks)

    def done_words(self) -> str:
        """Return when the sheet was handed over, by whom and to whom; '' while it is not."""
        handing = self._handing
        if handing is None or not handing.is_done:
            return ""
        return self._handed(handing.done[0])

    def earlier_words(self) -> tuple[str, ...]:
        """Return the hand-overs of sheets that were printed before."""
        handing = self._handing
        if handing is None:
            return ()
        return tuple(self._handed(each) for each in handing.done[1 if handing.is_done else 0 :])

    def _handed(self, handed: HandOver) -> str:
        assert handed.handed_at is not None
        zone, day = self._page.case.clinic.zone, self._page.case.visit.day
        said = translated(N_("Handed over {time} by {name}")).format(
            time=clock_words(handed.handed_at, zone, day), name=handed.handed_by
        )
        whom = [
            f"{translated(who.label)} ({handed.carer_name})"
            if who is Listener.CARER and handed.carer_name
            else translated(who.label)
            for who in given_to(handed)
        ]
        return f"{said}: {', '.join(whom)}" if whom else said

    # --- keeping up -------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to follow the record: the card is in view."""
        self._active = True
        self.refresh()

    def stop(self) -> None:
        """Stop following: the card is out of view."""
        self._active = False

    def refresh(self, then: Callable[[], None] | None = None) -> None:
        """Read how things stand, then call ``then``; an older answer on its way is dropped."""
        self._looks += 1
        self._then = then or self._then
        page = self._page
        page.run(
            partial(page.services.handing_over.look, page.actor, page.visit_id),
            partial(self._took, self._looks),
            self._could_not,
        )

    def _could_not(self, error: AppError) -> None:
        self._then = None
        self._page.failed.emit(error)

    def _record_changed(self) -> None:
        if self._active:
            self.refresh()

    def follow_prints(self) -> None:
        """Look again: what is known of a print changed."""
        self._record_changed()

    def _took(self, number: int, handing: Handing) -> None:
        if number != self._looks:
            return
        self._handing = handing
        if handing.is_done != self._page.handed:
            self._page.handed = handing.is_done
            self._page.sections_changed.emit()
        autosave = self._page.autosave
        autosave.reload(self.form, values=draft_of(handing.open), typed=handing.typed)
        for each in handing.asked:
            autosave.reload(self.model(each.group.key), values=draft_of(each.row))
        self.changed.emit()
        then, self._then = self._then, None
        if then is not None:
            then()

    # --- typing -----------------------------------------------------------------------------

    def model(self, group: str) -> FormModel:
        """Return the answers to one group; they save themselves."""
        if group not in self._models:
            page = self._page
            model = FormModel(
                f"{TeachBack.FORM}.{group}",
                fields_of(TeachBack),
                locality=page.locality,
                may_type=page.actor.may_type,
            )
            self._models[group] = self._watched(model, partial(self._keep_answer, group))
        return self._models[group]

    def say(self, group: str, answer: SaidBack) -> None:
        """Note how a group was said back; the same again takes it back."""
        if not self.may_hand_over:
            return
        model = self.model(group)
        again = model.value("said_back") is answer
        model.set_value("said_back", None if again else answer)
        model.set_value("listener", None if again else self.listener)
        self._page.autosave.flush()
        self.changed.emit()

    def _watched(self, model: FormModel, save: Callable[[Draft, Draft], Kept]) -> FormModel:
        model.setParent(self)
        self._page.autosave.watch(model, save, values={each.key: None for each in model.fields})
        model.changed.connect(self._typed)
        return model

    def _typed(self, _: str) -> None:
        if self._active:
            self.changed.emit()

    def _keep_answer(self, group: str, draft: Draft, seen: Draft) -> Kept:
        page = self._page
        saved = page.services.handing_over.say_back(
            page.actor, page.visit_id, group, draft=draft, seen=seen
        )
        return Kept(draft_of(saved.record), saved.problems)

    def _keep_note(self, draft: Draft, seen: Draft) -> Kept:
        page = self._page
        saved = page.services.handing_over.note(page.actor, page.visit_id, draft=draft, seen=seen)
        return Kept(draft_of(saved.record), saved.problems)

    # --- deeds ------------------------------------------------------------------------------

    def check_fresh(self, then: Callable[[], None]) -> None:
        """Save what is typed, look again, and call ``then`` if a hand-over can be recorded."""
        page = self._page
        page.flush()
        page.autosave.when_saved(lambda: self.refresh(partial(self._weigh, then)))

    def _weigh(self, then: Callable[[], None]) -> None:
        refusals: tuple[Problem, ...] = self._handing.refusals if self._handing else ()
        if refusals:
            self._page.failed.emit(CannotHandOverError(refusals))
        else:
            then()

    def hand_over(self) -> None:
        """Record the hand-over, after name and birth date were compared with the paper."""
        page = self._page
        page.change(
            partial(
                page.services.handing_over.hand_over,
                page.actor,
                page.visit_id,
                confirmed_by_eye=True,
            ),
            lambda _: page.said.emit(translated(N_("Recorded as handed over."))),
        )

    def take_back(self) -> None:
        """Take the last hand-over back, with the step of the visit that came with it."""
        handing, page = self._handing, self._page
        if handing is not None and handing.done:
            page.change(
                partial(page.services.handing_over.take_back, page.actor, handing.done[0].id)
            )
